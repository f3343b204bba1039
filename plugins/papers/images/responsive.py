"""What pages show of a picture: smaller ones for every screen, made once and kept."""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ..util import replace_file
from .raster import is_animated, load_image, measure_image

# A card on a desk shows 206 CSS pixels, on a phone some 360, a paper's page 606; twice those too.
WIDTHS = (208, 416, 720, 1216)
PORTRAIT_WIDTH, FIGURE_WIDTH = WIDTHS[1], WIDTHS[-1]
# How wide a card's picture can be, and the bytes that it may have.
CARD_WIDTH, BUDGET = WIDTHS[2], 40_000
# Counts up when the same source is to give other bytes.
_RECIPE = b"1"


@dataclass(frozen=True, slots=True)
class ResponsiveImage:
    """A picture as pages show it; addresses are paths below the site's root.

    `src` is what every browser can show, `sources` are address and width in pixels of the
    same in WebP, the narrowest first (none of a drawing), `original` is the file itself.
    """

    width: int
    height: int
    src: str
    sources: tuple[tuple[str, int], ...]
    original: str
    animated: bool

    @property
    def files(self) -> set[str]:
        """The addresses of what was made for it."""
        return {address for address, _ in self.sources} | {self.src} - {self.original}


@dataclass(frozen=True, slots=True)
class ImageCache:
    """A folder of files that were made of others; their names tell of which bytes."""

    folder: Path

    def path(self, address: str) -> Path:
        """Return where the file of an address lies."""
        return self.folder / address

    def ensure(self, address: str, make: Callable[[], bytes]) -> None:
        """Make the file of an address unless it exists."""
        path = self.path(address)
        if path.exists():
            return
        replace_file(path, make())


def hashed_path(stem: str, *sources: bytes) -> str:
    """Return the beginning of an address that tells from which bytes a file was made."""
    digest = hashlib.sha256(b"\0".join((_RECIPE, *sources))).hexdigest()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40]
    return f"pictures/{plain or 'picture'}-{digest[:12]}"


def render_image(file: Path, path: str, widest: int, cache: ImageCache) -> ResponsiveImage:
    """Make what pages show of a picture that is published at `path`.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    width, height = measure_image(file)
    if file.suffix.lower() == ".svg":
        return ResponsiveImage(width, height, path, (), path, False)
    stem = hashed_path(file.stem, file.read_bytes())
    widths = [step for step in WIDTHS if step < min(width, widest)] + [min(width, widest)]
    sources = tuple((f"{stem}-{step}.webp", step) for step in widths)
    middle = max(step for step in widths if step <= CARD_WIDTH or step == widths[0])
    found = [f"{stem}-{middle}{suffix}" for suffix in (".jpg", ".png")]
    there = [address for address in found if cache.path(address).exists()]
    if not there or not all(cache.path(address).exists() for address, _ in sources):
        image = load_image(file, widths[-1])
        for address, step in sources:
            cache.ensure(address, lambda step=step: _webp(_narrow(image, step)))
        there = [found[image.mode == "RGBA"]]
        cache.ensure(there[0], lambda: _plain(_narrow(image, middle)))
    return ResponsiveImage(width, height, there[0], sources, path, is_animated(file))


def is_rendered(file: Path, cache: ImageCache) -> bool:
    """Tell whether a picture was made before, and so can be."""
    stem = hashed_path(file.stem, file.read_bytes())
    return any(cache.folder.glob(f"{stem}-*.webp"))


def _narrow(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _webp(image: Image.Image) -> bytes:
    """Return a picture as WebP; what a card may show is held to its budget."""
    for quality in (82, 65, 45, 25):
        out = io.BytesIO()
        # Sharp conversion of colours: thin red lines and letters keep theirs.
        image.save(out, "WEBP", quality=quality, method=4, use_sharp_yuv=True)
        if image.width > CARD_WIDTH or out.tell() <= BUDGET:
            break
    return out.getvalue()


def _plain(image: Image.Image) -> bytes:
    out = io.BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
