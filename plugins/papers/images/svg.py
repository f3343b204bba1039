"""SVG files: their size, whether they are safe to publish, and as pixels."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from PIL import Image

FONT_FILES = sorted(map(str, Path(__file__).with_name("fonts").glob("*.[ot]tf")))
_ACTIVE_ELEMENTS = set("script handler listener iframe object embed".split())
_SCRIPT_URL = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_DATA_URL = re.compile(r"data:(?!image/(?!svg)|(?:application/(?:x-)?)?font)", re.IGNORECASE)
_URL_ATTRIBUTES = ("href", "src", "from", "to", "by", "values", "action", "formaction", "content")
# Attributes that load another file; a link, <a href>, only leads to one.
_LOADING = ("href", "src", "srcset", "poster", "data", "background", "manifest")
_EXTERNAL_STYLE = re.compile(r"@import|//|url\(\s*[\"']?\s*(?!#|data:)[^\s\"')]", re.IGNORECASE)
_MAX_BYTES = 16 * 1024 * 1024
# The renderer is recursive, and crashes when its stack is full.
_MAX_DEPTH = 150
_MAX_PIXELS = 4_000_000


def measure_svg(path: Path) -> tuple[int, int]:
    """Return the width and height of a drawing in pixels.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    root = _read_elements(path)[0]
    attributes = [root.get(name, "").removesuffix("px") for name in ("width", "height")]
    for sizes in (attributes, root.get("viewBox", "").replace(",", " ").split()[2:]):
        if len(sizes) == 2 and all(re.fullmatch(r"\d{1,6}(\.\d*)?", size) for size in sizes):
            width, height = (round(float(size)) for size in sizes)
            if width > 0 and height > 0:
                return width, height
    raise ValueError("has no size (give its <svg> a viewBox)")


def refuse_active_svg(path: Path) -> None:
    """Raise ValueError for a drawing that runs scripts or loads other files.

    In an <img> it can do neither, but a link can lead to the file itself. The message is the end
    of a sentence that begins with the file's name.
    """
    for element in _read_elements(path):
        if not isinstance(element.tag, str):
            if element.text.startswith("xml-stylesheet"):
                raise ValueError("has a stylesheet outside itself (export it again)")
            continue
        name = _local_name(element.tag)
        if name in _ACTIVE_ELEMENTS:
            raise ValueError(f"holds <{name}> (export it again, without)")
        if name == "style":
            _refuse_styles("".join(element.itertext()))
        for attribute, value in element.attrib.items():
            attribute, plain = _local_name(attribute), re.sub(r"[\x00-\x20]", "", value)
            data = attribute in _URL_ATTRIBUTES and _DATA_URL.search(plain)
            if attribute.startswith("on") or _SCRIPT_URL.search(plain) or data:
                raise ValueError("holds a script (export it again, without)")
            if attribute in _LOADING and name != "a" and not plain.startswith(("#", "data:")):
                raise ValueError("shows another file (embed it)")
            if attribute == "style" or "(" in value:
                _refuse_styles(value)


def _refuse_styles(css: str) -> None:
    """Refuse styles that load other files, however they are escaped."""
    css = re.sub(r"/\*.*?\*/|@namespace[^;]*;", "", css, flags=re.DOTALL)
    css = re.sub(r"\\([0-9A-Fa-f]{1,6})\s?", lambda escape: _decode_escape(escape[1]), css)
    if _EXTERNAL_STYLE.search(re.sub(r"data:[^\"')]*", "data:", css)):
        raise ValueError("shows a file of another host (embed it)")


def _decode_escape(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def draw_svg(path: Path, width: int) -> Image.Image:
    """Return a drawing as RGBA, at most `width` pixels wide, with text in our own fonts.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    # The renderer would load files of this computer.
    refuse_active_svg(path)
    natural_width, height = measure_svg(path)
    width = max(1, min(width, int((_MAX_PIXELS * natural_width / height) ** 0.5)))
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=path.read_text(encoding="utf-8-sig"), width=width, skip_system_fonts=True,
            font_files=FONT_FILES, font_family="Noto Sans", sans_serif_family="Noto Sans",
        )  # fmt: skip
    except ValueError:
        raise ValueError("cannot be drawn (export it again)") from None
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _read_elements(path: Path) -> list[ElementTree.Element]:
    """Return all elements of a file, the root first, and its processing instructions."""
    try:
        data = path.read_bytes() if path.stat().st_size < _MAX_BYTES else b""
        elements, depth, max_depth = [], 0, 0
        for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end", "pi")):
            depth += {"start": 1, "end": -1, "pi": 0}[event]
            max_depth = max(depth, max_depth)
            if event != "end":
                elements.append(element)
    except (ElementTree.ParseError, OSError, LookupError, ValueError):
        raise ValueError("is no SVG file below 16 MB (export it again)") from None
    elements.sort(key=lambda element: not isinstance(element.tag, str))
    if not isinstance(elements[0].tag, str) or _local_name(elements[0].tag) != "svg":
        raise ValueError("is no SVG file below 16 MB (export it again)")
    if max_depth > _MAX_DEPTH:
        raise ValueError(f"is nested more than {_MAX_DEPTH} levels deep (export it again)")
    return elements


def _local_name(name: str) -> str:
    return name.rpartition("}")[2].lower()
