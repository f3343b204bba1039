"""Raster images: their size, their pixels, and what a camera writes into them."""

import io
import math
import struct
import warnings
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageCms

from ..util import LazyPattern
from .bounded_reader import BoundedReader
from .pixel_budget import PixelBudget
from .svg import draw_svg, measure_svg

_FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
# What Pillow raises for files that are truncated or damaged.
_DECODE_ERRORS = (
    OSError, SyntaxError, ValueError, RuntimeError, EOFError, IndexError, OverflowError,
    struct.error, ImageCms.PyCMSError,
)  # fmt: skip
# Where Pillow warns; it ends at twice as many.
_MAX_IMAGE_PIXELS = 89_478_485
# What Pillow uses for a pixel while it converts an image is about ten bytes.
_BUDGET = PixelBudget(96_000_000)
# A progressive JPEG has about ten scans; each takes as long as the whole image.
_MAX_SCANS, _MAX_SCANNED_PIXELS, _SCAN = 200, 2_000_000_000, b"\xff\xda"
_TOO_MANY_SCANS = "is a JPEG with too many parts (save it again)"
_TOO_MANY_FRAMES = (
    "is an animation that contains the location where it was recorded (remove the location, "
    "or make it shorter)"
)
_MAX_PIXELS = 50_000_000
_MAX_FILM_PIXELS, _MAX_FRAMES = 500_000_000, 10_000
_TOO_LARGE = "has too many pixels (make it at most 2,400 pixels wide)"
# Signs of metadata in a PNG, which make a closer look worthwhile.
_PNG_METADATA = LazyPattern(b"eXIf|Raw profile|XMP|xmp|exif:|GPS")
# The text chunks in which converters store a camera's metadata.
_PNG_PROFILE = LazyPattern(rb"[tzi](?:EXt|TXt)(?:Raw profile type |exif:)")
# Exif tags: the orientation, and the block with the location.
_ORIENTATION, _GPS_IFD = 0x0112, 0x8825
# Tags of a TIFF: whether black is zero, whether values have a sign, and GDAL's value for nothing.
_PHOTOMETRIC, _SAMPLE_FORMAT, _NO_DATA = 262, 339, 42113
# White of 8, 10, 12, 14 and 16 bits: cameras of microscopes fill no more of the 16.
_FULL_RANGES = (255, 1023, 4095, 16383, 65535)
_MAX_SAMPLE = 1_000_000
_TOO_MANY_BITS = "is a TIFF with values above 2,147,483,647 (save it with 8 or 16 bits)"
# How to turn an image upright, by its Exif orientation.
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip


class _TooManyBits(ValueError):
    """An image has values that Pillow cannot hold."""


IMAGE_SUFFIXES = tuple(".avif .bmp .gif .jpg .jpeg .png .svg .tif .tiff .webp".split())


def measure_image(path: Path) -> tuple[int, int]:
    """Return an image's width and height in pixels, turned upright.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    if path.suffix.lower() == ".svg":
        return measure_svg(path)
    is_tiff = path.suffix.lower() in (".tif", ".tiff")
    kind = "not an image, or a TIFF of a rare kind" if is_tiff else "not an image"
    reason = f"is {kind} (save it as PNG, JPEG, WebP or SVG)"
    with _explained_errors(reason), _open(path) as image:
        return image.size[::-1] if _orientation(image) > 4 else image.size


def load_image(path: Path, width: int) -> Image.Image:
    """Return the first frame of a measured image, upright, in sRGB, as RGB or RGBA.

    It is at most `width` pixels wide. Raises ValueError as `measure_image` does.
    """
    if path.suffix.lower() == ".svg":
        return draw_svg(path, width)
    with _explained_errors(), _open(path) as image:
        transposition = _TRANSPOSITIONS.get(_orientation(image))
        is_costly = _has_many_scans(image, path)
        # A JPEG of many megapixels is decoded at a half, a quarter or an eighth of its size.
        image.draft("RGB" if image.mode == "RGB" else None, (2 * width, 2 * width))
        with _BUDGET.reserve(0 if is_costly else image.width * image.height):
            if not is_costly:
                return _decode(image, transposition, width)
    raise ValueError(_TOO_MANY_SCANS)


def _decode(image: Image.Image, transposition: Image.Transpose | None, width: int) -> Image.Image:
    image.load()
    profile = image.info.get("icc_profile")
    image = _to_srgb(_to_rgb(image), profile)
    if transposition is not None:
        image = image.transpose(transposition)
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        size = (width, height)
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _has_many_scans(image: Image.Image, path: Path) -> bool:
    if image.format not in ("JPEG", "MPO"):
        return False
    scans = path.read_bytes().count(_SCAN)
    return scans > _MAX_SCANS or scans * image.width * image.height > _MAX_SCANNED_PIXELS


def is_animated(path: Path) -> bool:
    """Tell whether a measured image is animated. Raises ValueError as `load_image` does."""
    if path.suffix.lower() == ".svg":
        return False
    with _explained_errors(), _open(path) as image:
        # A JPEG of a phone can have other frames, and a TIFF pages: these are not animations.
        return image.format in ("AVIF", "GIF", "PNG", "WEBP") and image.is_animated


def has_location(path: Path) -> bool:
    """Tell whether an image says where it was taken; a file that is not an image does not.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    try:
        with _open(path) as image:
            if image.format == "PNG":
                data = path.read_bytes()
                if not _PNG_METADATA.search(data) or _PNG_PROFILE.search(data):
                    return _PNG_PROFILE.search(data) is not None
            xmp = [image.info.get(key, "") for key in ("xmp", "XML:com.adobe.xmp")]
            if not image.getexif().get_ifd(_GPS_IFD) and "GPS" not in repr(xmp):
                return False
            # Its metadata will be removed, for which all of it is decoded.
            has_many_scans = _has_many_scans(image, path)
            frames = getattr(image, "n_frames", 1)
            pixels = image.width * image.height * frames
    except (MemoryError, Image.DecompressionBombError):
        raise ValueError(_TOO_LARGE) from None
    except _DECODE_ERRORS:
        return False
    if has_many_scans or pixels > _MAX_FILM_PIXELS or frames > _MAX_FRAMES:
        raise ValueError(_TOO_MANY_SCANS if has_many_scans else _TOO_MANY_FRAMES)
    return True


def remove_metadata(path: Path) -> bytes:
    """Return the bytes of an image without metadata, but for orientation and colour profile.

    Raises ValueError as `measure_image` does.
    """
    needed = ("transparency", "duration", "loop")
    with _explained_errors(), _open(path) as image:
        exif = Image.Exif()
        if (orientation := _orientation(image)) > 1:
            exif[_ORIENTATION] = orientation
        is_jpeg = image.format in ("JPEG", "MPO")
        profile = image.info.get("icc_profile")
        image.info = {key: image.info[key] for key in needed if key in image.info}
        # Pillow would copy the tags of a TIFF.
        source = image.copy() if image.format == "TIFF" else image
        out = io.BytesIO()
        with _BUDGET.reserve(image.width * image.height):
            source.save(
                out, "JPEG" if is_jpeg else image.format, exif=exif, icc_profile=profile,
                quality="keep" if image.format == "JPEG" else 92,
                save_all=not is_jpeg and image.n_frames > 1,
            )  # fmt: skip
        return out.getvalue()


def shrink_image(path: Path, width: int) -> tuple[int, int]:
    """Replace an image by one of at most this width; return its new size.

    A high one is narrower. Raises ValueError as `measure_image` does, and for more than
    178 million pixels, where Pillow ends.
    """
    with _explained_errors():
        with _open(path, 2 * _MAX_IMAGE_PIXELS) as image:
            form, transposition = image.format, _TRANSPOSITIONS.get(_orientation(image))
            if _has_many_scans(image, path):
                raise OSError
            image.draft("RGB" if image.mode == "RGB" else None, (2 * width, 2 * width))
            width = min(width, int((_MAX_PIXELS * image.width / image.height) ** 0.5) or 1)
            # Most of the pixels come before the colours are converted, which takes memory.
            factor = image.width // (2 * width) if image.mode in ("L", "RGB", "RGBA") else 1
            small = image.reduce(factor) if factor > 1 else image
            small = _decode(small, transposition, width)
        if form in ("JPEG", "MPO"):
            small.convert("RGB").save(path, "JPEG", quality=90)
        else:
            small.save(path, form)
    return small.size


@contextmanager
def _open(path: Path, max_pixels: int = _MAX_IMAGE_PIXELS) -> Iterator[Image.Image]:
    """Open an image, or raise DecompressionBombError for one of more pixels."""
    with warnings.catch_warnings():
        # Of each entry of damaged metadata Pillow warns, and of many pixels.
        warnings.simplefilter("ignore")
        with BoundedReader(path) as file, Image.open(file, formats=_FORMATS) as image:
            if image.width * image.height > max_pixels:
                raise Image.DecompressionBombError
            yield image


@contextmanager
def _explained_errors(reason: str = "is damaged (save it again)") -> Iterator[None]:
    """Raise ValueError for what Pillow raises: too many pixels, or the given reason."""
    try:
        yield
    except (MemoryError, Image.DecompressionBombError):
        raise ValueError(_TOO_LARGE) from None
    except _TooManyBits:
        raise ValueError(_TOO_MANY_BITS) from None
    except _DECODE_ERRORS:
        raise ValueError(reason) from None


def _orientation(image: Image.Image) -> int:
    # To look for Exif at the end of a PNG, Pillow would read all of it. A TIFF it turns itself.
    has_exif = image.format != "TIFF" and (image.format != "PNG" or "exif" in image.info)
    value = image.getexif().get(_ORIENTATION) if has_exif else None
    return value if value in _TRANSPOSITIONS else 1


def _to_rgb(image: Image.Image) -> Image.Image:
    """Return an image as RGB or RGBA, or unchanged in a mode that its colour profile converts."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_eight_bits(image)
    if image.mode in ("RGB", "CMYK", "LAB", "YCbCr") and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    return image if image.getextrema()[3][0] < 255 else image.convert("RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Return an image of 16 or 32 bits a pixel as greys; Pillow would clip what is above 255.

    Raises _TooManyBits for values that Pillow cannot hold.
    """
    if image.format != "TIFF":
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    low, high = _range_of_values(image)
    scale, offset = 255 / ((high - low) or 1), 0.5
    if image.tag_v2.get(_PHOTOMETRIC) == 0:  # White is zero.
        scale, low = -scale, high
    image = image.convert("I").convert("F") if image.mode != "F" else image
    # Pillow's point() takes a product and a sum only.
    factor, summand = scale, offset - low * scale
    return image.point(lambda value: value * factor + summand).convert("L")


def _range_of_values(image: Image.Image) -> tuple[float, float]:
    """Return the values that are black and white: of the format, or else of this image."""
    without_data = str(image.tag_v2.get(_NO_DATA, "")).strip("\0 ")
    low, high = (image if image.mode == "F" else image.convert("I")).getextrema()
    if not (math.isfinite(low) and math.isfinite(high)) or without_data:
        values = array("f", image.convert("F").tobytes())
        sample = values[:: max(1, len(values) // _MAX_SAMPLE)]
        sample = [v for v in sample if math.isfinite(v) and f"{v:g}" != without_data]
        low, high = min(sample, default=0), max(sample, default=0)
    if image.mode == "I" and low < 0 and image.tag_v2.get(_SAMPLE_FORMAT, 1) in (1, (1,)):
        raise _TooManyBits
    if image.mode.startswith("I;16") and low >= 0:
        return 0, next(full for full in _FULL_RANGES if high <= full)
    for full in (1, 255, 65535) if image.mode == "F" else (255, 65535):
        if low >= 0 and full / 2 <= high <= full:
            return 0, full
    return low, high


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, srgb, outputMode=target)
        except (ImageCms.PyCMSError, OSError):
            pass  # A profile for another mode, or a broken one, is ignored.
    return image.convert(target)
