"""Responsive images: an image in the widths that screens need, made once and cached."""

import errno
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ..util import TrustedCache, replace_file
from .image_file import is_animated, load_image, measure_image

# In pixels. A card shows an image at 206 CSS pixels on a desktop and at some 360 on a phone, a
# paper's page at 606; dense screens need twice as many pixels.
WIDTHS = (208, 416, 720, 1216)
PORTRAIT_WIDTH, FIGURE_WIDTH = WIDTHS[1], WIDTHS[-1]
# The greatest width of an image on a card, and the bytes that it may have.
CARD_WIDTH, CARD_BYTES = WIDTHS[2], 40_000
# Part of each hash: raise it when the same source must give other files.
_VERSION = b"1"


@dataclass(frozen=True, slots=True)
class ResponsiveImage:
    """An image as pages show it; addresses are paths below the site's root.

    `width` and `height` are those of the original. `src` is a file that every browser can show.
    `sources` are the addresses and widths of WebP files, the narrowest first; an SVG has none.
    """

    width: int
    height: int
    src: str
    sources: tuple[tuple[str, int], ...]
    original: str
    animated: bool

    @property
    def files(self) -> set[str]:
        """The addresses of the files that were made of the original."""
        return {address for address, _ in self.sources} | {self.src} - {self.original}


class ImageCache:
    """A folder of files that were made of others, with the hash of their sources in their names.

    Where it cannot be written to, files are made in `make_folder()` instead. Raises OSError where
    there is no such function.
    """

    def __init__(self, folder: Path, make_folder: Callable[[], Path] | None = None):
        self.folder = folder
        self._trusted = TrustedCache(folder)
        self._make_folder = make_folder
        self._other_folder: Path | None = None
        self._elsewhere: dict[str, Path] = {}

    def path(self, address: str) -> Path:
        """Return the file of an address."""
        return self._elsewhere.get(address) or self.folder / address

    def has(self, address: str) -> bool:
        """Tell whether there is a file of an address as it was made."""
        return address in self._elsewhere or self._trusted.read(address) is not None

    def ensure(self, address: str, make: Callable[[], bytes]) -> None:
        """Make the file of an address unless it exists."""
        if self.has(address):
            return
        data = make()
        if not self._trusted.write(address, data):
            if self._make_folder is None:
                raise PermissionError(errno.EACCES, "cannot be written to", str(self.folder))
            self._other_folder = self._other_folder or self._make_folder()
            path = self._other_folder / address
            replace_file(path, data)
            self._elsewhere[address] = path


def hashed_path(stem: str, *sources: bytes) -> str:
    """Return the address of a file, without its suffix, with the hash of its sources."""
    digest = hashlib.sha256(b"\0".join((_VERSION, *sources))).hexdigest()
    name = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:40]
    return f"pictures/{name or 'picture'}-{digest[:12]}"


def render_image(file: Path, path: str, max_width: int, cache: ImageCache) -> ResponsiveImage:
    """Make the smaller files of an image whose original is published at `path`.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    width, height = measure_image(file)
    if file.suffix.lower() == ".svg":
        return ResponsiveImage(width, height, path, (), path, False)
    stem = hashed_path(file.stem, file.read_bytes())
    full_width = min(width, max_width)
    widths = [step for step in WIDTHS if step < full_width] + [full_width]
    sources = tuple((f"{stem}-{step}.webp", step) for step in widths)
    src_width = max(step for step in widths if step <= CARD_WIDTH or step == widths[0])
    # Which of the two depends on whether the image has transparent parts.
    candidates = [f"{stem}-{src_width}{suffix}" for suffix in (".jpg", ".png")]
    src = next((address for address in candidates if cache.has(address)), None)
    if src is None or not all(cache.has(address) for address, _ in sources):
        image = load_image(file, full_width)
        for address, step in sources:
            cache.ensure(address, lambda step=step: _encode_webp(_shrink(image, step)))
        src = candidates[image.mode == "RGBA"]
        cache.ensure(src, lambda: _encode_fallback(_shrink(image, src_width)))
    return ResponsiveImage(width, height, src, sources, path, is_animated(file))


def is_rendered(file: Path, cache: ImageCache) -> bool:
    """Tell whether an image was rendered before, and so is not damaged."""
    stem, pattern = hashed_path(file.stem, file.read_bytes()), "{}-*.webp"
    if file.suffix.lower() == ".svg":
        # A figure's card has the name of its page, and the hash of its figure.
        stem, pattern = stem.rpartition("-")[2], "pictures/*-{}.jpg"
    paths = cache.folder.glob(pattern.format(stem))
    return any(cache.has(path.relative_to(cache.folder).as_posix()) for path in paths)


def _shrink(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode_webp(image: Image.Image) -> bytes:
    """Return an image as WebP; at the widths of a card with at most CARD_BYTES, if possible."""
    for quality in (82, 65, 45, 25):
        out = io.BytesIO()
        # Without sharp conversion, thin red lines and letters lose their colour.
        image.save(out, "WEBP", quality=quality, method=4, use_sharp_yuv=True)
        if image.width > CARD_WIDTH or out.tell() <= CARD_BYTES:
            break
    return out.getvalue()


def _encode_fallback(image: Image.Image) -> bytes:
    """Return an image in a format that every browser knows."""
    out = io.BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
