"""Measure pictures."""

import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

# What browsers show, SVG aside.
_SHOWN = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")


def measure(path: Path) -> tuple[int, int]:
    """Return a picture's width and height in pixels, as it is shown.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    if path.suffix.lower() == ".svg":
        return _measure_svg(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_SHOWN) as image:
                turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                return (image.height, image.width) if turned else image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("has too many pixels (make it at most 2,400 pixels wide)") from None
    except (OSError, SyntaxError, ValueError, RuntimeError):
        raise ValueError("is no picture (save it as PNG, JPEG, WebP or SVG)") from None


def _measure_svg(path: Path) -> tuple[int, int]:
    try:
        with path.open("rb") as file:
            _, root = next(ElementTree.iterparse(file, events=("start",)))
    except (ElementTree.ParseError, StopIteration, OSError, LookupError, ValueError):
        raise ValueError("is no SVG file (export it again)") from None
    given = [root.get(name, "").removesuffix("px") for name in ("width", "height")]
    for sizes in (given, root.get("viewBox", "").replace(",", " ").split()[2:]):
        if len(sizes) == 2 and all(re.fullmatch(r"\d{1,6}(\.\d*)?", size) for size in sizes):
            width, height = (round(float(size)) for size in sizes)
            if width > 0 and height > 0:
                return width, height
    raise ValueError("has no size (give its <svg> a viewBox)")
