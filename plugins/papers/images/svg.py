"""SVG files: their size, whether they are safe to publish, and as pixels."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from PIL import Image

FONT_FILES = sorted(map(str, Path(__file__).with_name("fonts").glob("*.[ot]tf")))
_ACTIVE = set("script handler listener iframe object embed".split())
_SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_DATA = re.compile(r"data:(?!image/(?!svg)|(?:application/(?:x-)?)?font)", re.IGNORECASE)
_ADDRESSES = ("href", "src", "from", "to", "by", "values", "action", "formaction", "content")
# What brings along another file; a link in a drawing may lead anywhere.
_SHOWN = ("href", "src", "srcset", "poster", "data", "background", "manifest")
_OUTSIDE = re.compile(r"@import|//|url\(\s*[\"']?\s*(?!#|data:)[^\s\"')]", re.IGNORECASE)
_LARGEST = 16 * 1024 * 1024
# The renderer calls itself for each level, until it has no more memory to do so.
_DEEPEST = 150
_MOST_PIXELS = 4_000_000


def measure_svg(path: Path) -> tuple[int, int]:
    """Return width and height in pixels.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    root = _read(path)[0]
    given = [root.get(name, "").removesuffix("px") for name in ("width", "height")]
    for sizes in (given, root.get("viewBox", "").replace(",", " ").split()[2:]):
        if len(sizes) == 2 and all(re.fullmatch(r"\d{1,6}(\.\d*)?", size) for size in sizes):
            width, height = (round(float(size)) for size in sizes)
            if width > 0 and height > 0:
                return width, height
    raise ValueError("has no size (give its <svg> a viewBox)")


def refuse_active_svg(path: Path) -> None:
    """Raise ValueError, in words, for a file that runs scripts or shows other files.

    Within a page's <img> it can do neither, but anybody can open the file itself.
    """
    for element in _read(path):
        if not isinstance(element.tag, str):
            if element.text.startswith("xml-stylesheet"):
                raise ValueError("has a stylesheet outside itself (export it again)")
            continue
        name = _local(element.tag)
        if name in _ACTIVE:
            raise ValueError(f"holds <{name}> (export it again, without)")
        if name == "style":
            _refuse_styles("".join(element.itertext()))
        for attribute, value in element.attrib.items():
            attribute, plain = _local(attribute), re.sub(r"[\x00-\x20]", "", value)
            data = attribute in _ADDRESSES and _DATA.search(plain)
            if attribute.startswith("on") or _SCRIPT.search(plain) or data:
                raise ValueError("holds a script (export it again, without)")
            if attribute in _SHOWN and name != "a" and not plain.startswith(("#", "data:")):
                raise ValueError("shows another file (embed it)")
            if attribute == "style" or "(" in value:
                _refuse_styles(value)


def _refuse_styles(css: str) -> None:
    """Refuse styles that ask for other files, however they are written."""
    css = re.sub(r"/\*.*?\*/|@namespace[^;]*;", "", css, flags=re.DOTALL)
    css = re.sub(r"\\([0-9A-Fa-f]{1,6})\s?", lambda found: _sign(found[1]), css)
    if _OUTSIDE.search(re.sub(r"data:[^\"')]*", "data:", css)):
        raise ValueError("shows a file of another host (embed it)")


def _sign(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def draw_svg(path: Path, width: int) -> Image.Image:
    """Return the picture in RGBA, at most `width` pixels wide; its letters are those of our fonts.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    # The renderer would show files of this machine.
    refuse_active_svg(path)
    across, down = measure_svg(path)
    width = max(1, min(width, int((_MOST_PIXELS * across / down) ** 0.5)))
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=path.read_text(encoding="utf-8-sig"), width=width, skip_system_fonts=True,
            font_files=FONT_FILES, font_family="Noto Sans", sans_serif_family="Noto Sans",
        )  # fmt: skip
    except ValueError:
        raise ValueError("cannot be drawn (export it again)") from None
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _read(path: Path) -> list[ElementTree.Element]:
    """Return all elements of a file, the root first, and the instructions to its reader."""
    try:
        data = path.read_bytes() if path.stat().st_size < _LARGEST else b""
        found, depth, deepest = [], 0, 0
        for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end", "pi")):
            depth += {"start": 1, "end": -1, "pi": 0}[event]
            deepest = max(depth, deepest)
            if event != "end":
                found.append(element)
    except (ElementTree.ParseError, OSError, LookupError, ValueError):
        raise ValueError("is no SVG file below 16 MB (export it again)") from None
    found.sort(key=lambda element: not isinstance(element.tag, str))
    if not isinstance(found[0].tag, str) or _local(found[0].tag) != "svg":
        raise ValueError("is no SVG file below 16 MB (export it again)")
    if deepest > _DEEPEST:
        raise ValueError(f"is nested more than {_DEEPEST} levels deep (export it again)")
    return found


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
