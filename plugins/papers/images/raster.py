"""Measure and read pictures."""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageCms

from .svg import draw_svg, measure_svg

_READ = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
# What Pillow raises for files that are cut off, or were changed.
_WRONG = (
    OSError, SyntaxError, ValueError, RuntimeError, EOFError, IndexError, struct.error,
    ImageCms.PyCMSError,
)  # fmt: skip
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_TOO_LARGE = "has too many pixels (make it at most 2,400 pixels wide)"
_PNG_TEXTS = re.compile(b"eXIf|Raw profile|XMP|xmp|exif:|GPS")
# Chunks in which converters keep what a camera told.
_PNG_KEPT = re.compile(rb"[tzi](?:EXt|TXt)(?:Raw profile type |exif:)")
_ORIENTATION, _LOCATION = 0x0112, 0x8825
# How to set a picture upright, by its Exif orientation.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
IMAGE_SUFFIXES = tuple(".avif .bmp .gif .jpg .jpeg .png .svg .tif .tiff .webp".split())


def measure_image(path: Path) -> tuple[int, int]:
    """Return a picture's width and height in pixels, as it is shown.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    if path.suffix.lower() == ".svg":
        return measure_svg(path)
    try:
        with _opened(path) as image:
            return image.size[::-1] if _orientation(image) > 4 else image.size
    except _BOMBS:
        raise ValueError(_TOO_LARGE) from None
    except _WRONG:
        raise ValueError("is no picture (save it as PNG, JPEG, WebP or SVG)") from None


def load_image(path: Path, width: int) -> Image.Image:
    """Return the first frame of a measured picture, upright, in sRGB, as RGB or RGBA.

    It is at most `width` pixels wide. Raises ValueError as `measure` does.
    """
    if path.suffix.lower() == ".svg":
        return draw_svg(path, width)
    try:
        with Image.open(path, formats=_READ) as image:
            turn = _UPRIGHT.get(_orientation(image))
            # A JPEG of many megapixels is read at a half, a quarter or an eighth of its size.
            image.draft("RGB" if image.mode == "RGB" else None, (2 * width, 2 * width))
            image.load()
            profile = image.info.get("icc_profile")
            image = _in_srgb(_plain(image), profile)
            if turn is not None:
                image = image.transpose(turn)
            if image.width > width:
                height = max(1, round(image.height * width / image.width))
                size = (width, height)
                image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            return image
    except _WRONG:
        raise ValueError("is damaged (save it again)") from None


def is_animated(path: Path) -> bool:
    """Tell whether a measured picture has frames to play. Raises ValueError as `load` does."""
    if path.suffix.lower() == ".svg":
        return False
    try:
        with Image.open(path, formats=_READ) as image:
            # Phones append other frames to a JPEG, and a TIFF has pages: they do not move.
            return image.format in ("AVIF", "GIF", "PNG", "WEBP") and image.n_frames > 1
    except _WRONG:
        raise ValueError("is damaged (save it again)") from None


def has_location(path: Path) -> bool:
    """Tell whether a file says where its picture was taken; one that is no picture says nothing.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    try:
        with _opened(path) as image:
            if image.format == "PNG":
                data = path.read_bytes()
                if not _PNG_TEXTS.search(data) or _PNG_KEPT.search(data):
                    return _PNG_KEPT.search(data) is not None
            told = [image.info.get(key, "") for key in ("xmp", "XML:com.adobe.xmp")]
            return bool(image.getexif().get_ifd(_LOCATION)) or "GPS" in repr(told)
    except _BOMBS:
        raise ValueError(_TOO_LARGE) from None
    except _WRONG:
        return False


def remove_metadata(path: Path) -> bytes:
    """Return a picture's file anew, without all that it tells beside the picture.

    Raises ValueError as `measure` does.
    """
    kept = ("transparency", "duration", "loop")
    try:
        with Image.open(path, formats=_READ) as image:
            plain = Image.Exif()
            if (turned := _orientation(image)) > 1:
                plain[_ORIENTATION] = turned
            jpeg = image.format in ("JPEG", "MPO")
            profile = image.info.get("icc_profile")
            image.info = {key: image.info[key] for key in kept if key in image.info}
            # A TIFF would bring its tags along.
            source = image.copy() if image.format == "TIFF" else image
            out = io.BytesIO()
            source.save(
                out, "JPEG" if jpeg else image.format, exif=plain, icc_profile=profile,
                quality="keep" if image.format == "JPEG" else 92,
                save_all=not jpeg and image.n_frames > 1,
            )  # fmt: skip
            return out.getvalue()
    except _WRONG:
        raise ValueError("is damaged (save it again)") from None


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture, or raise one of _BOMBS for more than 89 million pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path, formats=_READ) as image:
            yield image


def _orientation(image: Image.Image) -> int:
    # Asked for its Exif, a PNG that tells none at its beginning would be read whole. A TIFF is
    # turned by Pillow itself.
    told = image.format != "TIFF" and (image.format != "PNG" or "exif" in image.info)
    value = image.getexif().get(_ORIENTATION) if told else None
    return value if value in _UPRIGHT else 1


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture whose mode is RGB, RGBA, or one that only its profile can translate."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits a pixel: Pillow alone would cut off what is above 255.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("RGB", "CMYK", "LAB", "YCbCr") and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    return image if image.getextrema()[3][0] < 255 else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, srgb, outputMode=target)
        except (ImageCms.PyCMSError, OSError):
            pass  # A profile of another kind of colours, or a broken one: as if there were none.
    return image.convert(target)
