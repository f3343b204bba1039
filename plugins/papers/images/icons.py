"""The site's icons for tabs and home screens, and its web manifest, from one SVG."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from .social_card import BACKGROUND
from .svg import draw_svg

FAVICON_SOURCE = "extra/favicon.svg"
ICON_FILES = tuple(
    "favicon.ico apple-touch-icon.png icon-192.png icon-512.png icon-maskable.png"
    " site.webmanifest".split()
)

_MAX_SIDE = 8 * 512


def draw_icons(drawing: Path, site_name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path, below the site's root, and the bytes of each of ICON_FILES.

    Raises ValueError with the end of a sentence that begins with the drawing's name.
    """
    large = draw_icon(drawing)
    out = io.BytesIO()
    large.save(out, "ICO", sizes=[(size, size) for size in (16, 32, 48)])
    yield "favicon.ico", out.getvalue()
    # iOS makes transparent parts black, and Android cuts a circle out of a maskable icon.
    yield "apple-touch-icon.png", _encode_png(_on_background(large, 180, 148))
    yield "icon-192.png", _encode_png(large.resize((192, 192), Image.Resampling.LANCZOS))
    yield "icon-512.png", _encode_png(large)
    yield "icon-maskable.png", _encode_png(_on_background(large, 512, 350))
    icons = [
        ("icon-192.png", 192, "any"),
        ("icon-512.png", 512, "any"),
        ("icon-maskable.png", 512, "maskable"),
    ]
    manifest = {
        "name": site_name, "start_url": "./", "scope": "./", "display": "browser",
        "background_color": BACKGROUND, "theme_color": BACKGROUND,
        "icons": [
            {"src": file, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for file, size, purpose in icons
        ],
    }  # fmt: skip
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    yield "site.webmanifest", f"{text}\n".encode()


def draw_icon(drawing: Path) -> Image.Image:
    """Return the icon from which the others are made; raises ValueError as draw_icons does."""
    return _make_square(draw_svg(drawing, 512))


def _make_square(image: Image.Image) -> Image.Image:
    side = max(image.size)
    if side > _MAX_SIDE:
        raise ValueError("is too narrow for an icon (make it square)")
    square = Image.new("RGBA", (side, side))
    square.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return square.resize((512, 512), Image.Resampling.LANCZOS)


def _on_background(image: Image.Image, side: int, inner: int) -> Image.Image:
    background = Image.new("RGB", (side, side), BACKGROUND)
    image = image.resize((inner, inner), Image.Resampling.LANCZOS)
    background.paste(image, ((side - inner) // 2, (side - inner) // 2), image)
    return background


def _encode_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
