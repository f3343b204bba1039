"""SVG files: their size, whether they are safe to publish, and as pixels."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from ..util import LazyPattern, decode_css_escapes, normalize_css
from .svg_renderer import Drawing, make_renderer

FONT_FILES = sorted(map(str, Path(__file__).with_name("fonts").glob("*.[ot]tf")))
_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
# Elements of SVG 1.1, 1.2 (of Inkscape's texts) and 2 that show something, in lower case.
SVG_ELEMENTS = set(
    "svg g defs symbol use switch title desc metadata view style a image path rect circle ellipse "
    "line polyline polygon text tspan tref textpath textarea tbreak altglyph altglyphdef "
    "altglyphitem glyphref flowroot flowregion flowregionexclude flowdiv flowpara flowline "
    "flowspan marker lineargradient radialgradient stop pattern solidcolor solidcolour "
    "meshgradient mesh meshrow meshpatch hatch hatchpath clippath mask filter feblend "
    "fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting "
    "fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr "
    "fegaussianblur feimage femerge femergenode femorphology feoffset fepointlight "
    "fespecularlighting fespotlight fetile feturbulence font font-face font-face-src "
    "font-face-uri font-face-format font-face-name glyph missing-glyph hkern vkern cursor "
    "color-profile animate animatecolor animatemotion animatetransform set mpath discard "
    "foreignobject".split()
)
# Elements of HTML in which draw.io, Mermaid and the like set text, and what it may show.
HTML_TEXT_ELEMENTS = set(
    "html body div span p br wbr hr a b strong i em u s strike del ins small big sub sup font code "
    "pre kbd samp var tt mark abbr cite q blockquote center label ul ol li dl dt dd table caption "
    "colgroup col thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6 img section article figure "
    "figcaption".split()
)
# Elements that run or load something in some program, in whichever namespace.
_ACTIVE_ELEMENTS = set("script handler listener iframe object embed".split())
_LOADING_ELEMENTS = set("frame applet audio video source track meta base link form include".split())
_SCRIPT_URL = LazyPattern(r"(?:java|vb)script:", re.IGNORECASE)
_DATA_URL = LazyPattern(r"data:(?!image/(?!svg)|(?:application/(?:x-)?)?font)", re.IGNORECASE)
_URL_ATTRIBUTES = set(
    "href src from to by values action formaction content background ping".split()
)
# Attributes that load another file; a link, <a href>, only leads to one.
_LOADING = set(
    "href src srcset imagesrcset poster data background manifest base ping action formaction "
    "lowsrc dynsrc longdesc classid codebase archive profile attributionsrc".split()
)
# Attributes of animations, which become the value of another attribute.
_ANIMATIONS = {"animate", "animatecolor", "animatemotion", "animatetransform", "set"}
_ANIMATED_VALUES = {"from", "to", "by", "values"}
_ANIMATED_ADDRESSES = _LOADING | {"style", "attributename"}
_ADDRESS = LazyPattern(r"//|^[a-z][a-z0-9+.-]*:|;[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_EXTERNAL_STYLE = LazyPattern(
    r"@import|//|url\(\s*[\"']?\s*(?!#|data:)[^\s\"')]"
    r"|(?:image-set|src|image|cross-fade)\(\s*[\"'](?!data:)",
    re.IGNORECASE,
)
_SLASH_STAR_IN_URL = LazyPattern(r"url\(\s*[^\s\"')][^\"')]*/\*|url\(\s*/\*", re.IGNORECASE)
_ENCODING = LazyPattern(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
# In others, a browser may read something else than we do.
_ENCODINGS = LazyPattern(
    rb"utf-?(?:8|16(?:le|be)?)|us-ascii|ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE
)
_MAX_BYTES = 16 * 1024 * 1024
# The renderer is recursive, and crashes when its stack is full.
_MAX_DEPTH = 150
_MAX_PIXELS = 4_000_000
_MAX_ELEMENTS = 250_000
# Octaves of noise: each takes as long as the first, and nobody sees more than ten.
_MAX_OCTAVES = 32
SVG_RENDERER = make_renderer(
    skip_system_fonts=True, font_files=FONT_FILES, font_family="Noto Sans",
    sans_serif_family="Noto Sans",
)  # fmt: skip


# Pixels of a unit: an inch has 96.
_PIXELS = {"px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}


def measure_svg(path: Path) -> tuple[int, int]:
    """Return the width and height of a drawing in pixels.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    root = _read_elements(path)[0]
    attributes = [_to_pixels(root.get(name, "").strip()) for name in ("width", "height")]
    for sizes in (attributes, root.get("viewBox", "").replace(",", " ").split()[2:]):
        if len(sizes) == 2 and all(re.fullmatch(r"\d{1,6}(\.\d*)?", size) for size in sizes):
            width, height = (round(float(size)) for size in sizes)
            if width > 0 and height > 0:
                return width, height
    raise ValueError("has no size (give its <svg> a viewBox)")


def _to_pixels(length: str) -> str:
    """Return a length of physical units in pixels (CSS Values 4, 6.2); others as they are."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{,9})?)(px|in|cm|mm|pt|pc)", length, re.IGNORECASE)
    return f"{float(match[1]) * _PIXELS[match[2].lower()]:f}" if match else length


def refuse_active_svg(path: Path) -> None:
    """Raise ValueError for a drawing that runs scripts or loads other files.

    In an <img> it can do neither, but a link can lead to the file itself. The message is the end
    of a sentence that begins with the file's name.
    """
    for element in _read_elements(path):
        if not isinstance(element.tag, str):
            if element.text.startswith("xml-stylesheet"):
                raise ValueError("uses an external stylesheet (export it again)")
            continue
        name = _local_name(element.tag)
        if name not in _ACTIVE_ELEMENTS:
            _refuse_attributes(name, element)
        if not _is_allowed(element.tag, name):
            raise ValueError(f"contains <{name}> (export it again without it)")
        if name == "style":
            _refuse_styles("".join(element.itertext()))


def _is_allowed(tag: str, name: str) -> bool:
    """Tell whether browsers show an element, or ignore it as that of a program."""
    namespace = tag[1:].partition("}")[0] if tag.startswith("{") else _SVG
    if namespace == _SVG:
        return name in SVG_ELEMENTS
    if namespace == _XHTML:
        return name in HTML_TEXT_ELEMENTS
    return name not in _ACTIVE_ELEMENTS | _LOADING_ELEMENTS


def _refuse_attributes(name: str, element: ElementTree.Element) -> None:
    for attribute, value in element.attrib.items():
        attribute, plain = _local_name(attribute), re.sub(r"[\x00-\x20]", "", value)
        data = attribute in _URL_ATTRIBUTES and _DATA_URL.search(plain)
        if attribute.startswith("on") or _SCRIPT_URL.search(plain) or data:
            raise ValueError("contains a script (export it again without it)")
        if attribute in _LOADING and not plain.startswith(("#", "data:")):
            if plain and (name, attribute) != ("a", "href"):
                raise ValueError("loads another file (embed it)")
        if name in _ANIMATIONS and attribute in _ANIMATED_VALUES and _ADDRESS.search(plain):
            raise ValueError("loads another file (embed it)")
        if name in _ANIMATIONS and attribute == "attributename":
            _refuse_animation(plain.rpartition(":")[2].lower(), element)
        if attribute == "style" or "(" in value:
            _refuse_styles(value)


def _refuse_animation(animated: str, element: ElementTree.Element) -> None:
    """Refuse an animation of an address or of a script."""
    if animated.startswith("on"):
        raise ValueError("contains a script (export it again without it)")
    values = [value for key, value in element.attrib.items() if key in _ANIMATED_VALUES]
    parts = ";".join(values).split(";")
    if animated in _ANIMATED_ADDRESSES and not all(
        part.strip().startswith("#") for part in parts if part.strip()
    ):
        if _SCRIPT_URL.search("".join(parts)):
            raise ValueError("contains a script (export it again without it)")
        raise ValueError("loads another file (embed it)")


def _refuse_styles(css: str) -> None:
    """Refuse styles that load other files, however they are escaped."""
    plain = re.sub(r"data:[^\"')]*", "data:", normalize_css(css))
    if _SLASH_STAR_IN_URL.search(decode_css_escapes(css)) or _EXTERNAL_STYLE.search(plain):
        raise ValueError("loads a file from another host (embed it)")


def draw_svg(path: Path, width: int) -> Image.Image:
    """Return a drawing as RGBA, at most `width` pixels wide, with text in our own fonts.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    png = _draw(path, width).png
    return Image.open(io.BytesIO(png)).convert("RGBA")


def check_drawing(path: Path, width: int) -> None:
    """Raise ValueError where `draw_svg` does, mostly in much less time."""
    seconds = _draw(path, max(1, width // 8)).seconds
    # A drawing of 64 times as many pixels takes at most 64 times as long; with filters, longer.
    if seconds > 0.1 or b"<fe" in path.read_bytes():
        _draw(path, width)


def _draw(path: Path, width: int) -> Drawing:
    # The renderer would load files of this computer.
    refuse_active_svg(path)
    natural_width, height = measure_svg(path)
    width = max(1, min(width, int((_MAX_PIXELS * natural_width / height) ** 0.5)))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except ValueError:
        raise ValueError("cannot be drawn (export it again)") from None
    return SVG_RENDERER.draw(text, width)


def _read_elements(path: Path) -> list[ElementTree.Element]:
    """Return all elements of a file, the root first, and its processing instructions."""
    try:
        data = path.read_bytes() if path.stat().st_size < _MAX_BYTES else b""
        if (encoding := _ENCODING.match(data)) and not _ENCODINGS.fullmatch(encoding[1]):
            raise ValueError("unknown encoding")
        elements, depth, max_depth = [], 0, 0
        for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end", "pi")):
            depth += {"start": 1, "end": -1, "pi": 0}[event]
            max_depth = max(depth, max_depth)
            if event != "end":
                elements.append(element)
            if len(elements) > _MAX_ELEMENTS:
                break
    except (ElementTree.ParseError, OSError, LookupError, ValueError):
        raise ValueError("is not an SVG file below 16 MB (export it again)") from None
    if len(elements) > _MAX_ELEMENTS:
        raise ValueError(f"has more than {_MAX_ELEMENTS:,} elements (export it as PNG)")
    if any(_is_above(element.get("numOctaves", ""), _MAX_OCTAVES) for element in elements):
        raise ValueError(f'has noise of more than {_MAX_OCTAVES} octaves (write numOctaves="5")')
    elements.sort(key=lambda element: not isinstance(element.tag, str))
    if not isinstance(elements[0].tag, str) or _local_name(elements[0].tag) != "svg":
        raise ValueError("is not an SVG file below 16 MB (export it again)")
    if max_depth > _MAX_DEPTH:
        raise ValueError(f"is nested more than {_MAX_DEPTH} levels deep (export it again)")
    return elements


def _is_above(number: str, limit: int) -> bool:
    try:
        return float(number) > limit
    except ValueError:
        return False  # The renderer ignores it.


def _local_name(name: str) -> str:
    return name.rpartition("}")[2].lower()
