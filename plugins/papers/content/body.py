"""Problems of a text below its header: markup, pictures, addresses."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from ..images import HTML_TEXT_ELEMENTS, SVG_ELEMENTS
from ..util import (
    CODE_OR_COMMENT,
    NO_END_TAG,
    Element,
    Fragment,
    LazyPattern,
    check_scheme,
    check_secure,
    find_file,
    is_path,
    normalize_css,
    parse_fragment,
    parse_tags,
    shorten,
)
from .allowed_hosts import find_host_use, find_origin, is_allowed_host
from .encoding import check_tex_in_text
from .header import Header
from .markdown import Fence, find_leftover_marks, find_row_class

# Markup of other systems, by what it begins with, and what to write here.
_FOREIGN = (
    (r"\{\{[<%].{0,500}?[>%]\}\}|\{%.{0,500}?%\}", "a Hugo or Jekyll template tag",
     "write `![what it shows](file)` for a figure, or delete it"),
    (r"\{\{[^{}<%\n]{1,200}\}\}", "a Hugo or Jekyll template variable", "write its value"),
    (r"\{::?[^{}\n]{0,200}\}", "a kramdown attribute list that is attached to nothing",
     "put it right below a paragraph, or delete it"),
    (r"(?m)^:{3,} ?[\w{][^\n]{0,200}$", "a Quarto block", 'write `!!! note "Title"`'),
    (r"\^\[[^\]\n]{1,500}\]", "a Pandoc footnote", "write `[^1]`, and `[^1]: …` below"),
    (r"\b\w+~[\w+-]{1,10}~\w*", "a Pandoc subscript", "write `<sub>2</sub>` or `$_2$`"),
    (r"\b\w+\^[\w+-]{1,10}\^\w*", "a Pandoc superscript", "write `<sup>2</sup>` or `$^2$`"),
    (r"(?<![\w:/]):[a-z][a-z0-9_+]{2,30}:(?![\w:/])", "an emoji name", "write the emoji"),
    (r"!?\[\[[^\[\]\n]{0,100}[A-Za-z][^\[\]\n]{0,100}\]\]", "a wiki link",
     "write `[words]({filename}page.md)`, or `![what it shows]({static}file)`"),
)  # fmt: skip
_FOREIGN = tuple((LazyPattern(pattern, re.S), name, hint) for pattern, name, hint in _FOREIGN)
_DIAGRAM = LazyPattern(r"^[ >]*(?:`{3,}|~{3,}) *\{?\.?(?P<name>mermaid)\b", re.MULTILINE)
_TEMPLATE = LazyPattern(r"\{[{%][^{}]{1,500}[}%]\}")
_FOREIGN_CHAR = LazyPattern(r"\{[{%:]|:::|\^\[|~\w|\w\^|:[a-z]|\[\[")
_WORDLESS = LazyPattern(
    r"(?:an? |the |my )?(?:image|img|picture|photo|pic|figure|fig|graphic|screenshot|diagram|plot|"
    r"logo|untitled|foto|bild|abbildung|alt(?: text)?|图|图片|截图|画像|写真)[\s.#:_-]*\d*\.?"
    r"|[\w() -]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)|(?:img|dsc|dscn|pxl)_?\d+|\W*",
    re.IGNORECASE,
)
_ELEMENTS = set(
    "acronym address area aside audio bdi bdo big button canvas data datalist details dfn dialog "
    "dir embed fieldset footer form header hgroup iframe input legend link main map marquee menu "
    "meter nav nobr object optgroup option output param picture progress rb rp rt rtc ruby script "
    "search select source style summary textarea time track video"
    # MathML Core, and what converters write besides.
    " math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub "
    "msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd "
    "mlabeledtr maction semantics annotation annotation-xml menclose mfenced".split()
)
_ALLOWED = _ELEMENTS | HTML_TEXT_ELEMENTS | SVG_ELEMENTS
_OF_HEAD = ("base", "meta", "frameset")
# Attributes whose address the browser requests by itself, or sends something to.
_REQUESTED = set(
    "src srcset imagesrcset poster background action formaction ping manifest codebase "
    "attributionsrc lowsrc dynsrc xlink:href".split()
)
_ANIMATIONS = {"animate", "animatetransform", "animatemotion", "animatecolor", "set"}
_ANIMATED_VALUES = {"from", "to", "by", "values"}
_HOST_HINT = "put the file into content/"
_INLINE_SCRIPT = LazyPattern(r"<script(?![^<>]*\s(?:src|type)\s*=)[^<>]*>", re.IGNORECASE)
_OTHER_HOST = LazyPattern(r"(?:https?:)?//|https?:(?=.)", re.IGNORECASE)
_CSS_HOST = LazyPattern(r"(?:https?:)?//[^\s\"')]*", re.IGNORECASE)
_RAW_HTML = LazyPattern(r"<[/!?A-Za-z]")
# What the browser runs, or acts by; other types are data.
_SCRIPT_TYPE = LazyPattern(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j|live)script"
    r"[\d.]*",
    re.IGNORECASE,
)


def check_text(header: Header, body: str, first: int, html: str) -> None:
    """Report problems of a Markdown text, which begins in line `first` of its file."""
    _check_fences(header, body, first)
    if (abstract := header.get("abstract")) and abstract != body:
        hint = "keep one"
        message = f"is not shown: the text below the header is the abstract ({hint})"
        header.report("abstract", message, notice=True)
    if ('alt=""' in html or 'class="embed' in html) and (match := re.search(r"!\[\s*\]\(", body)):
        hint = "write `![what it shows](…)`"
        line = first + body.count("\n", 0, match.start())
        header.report(None, f"an image has no alternative text ({hint})", line)
    if "mermaid" in body and (match := _DIAGRAM.search(body)):
        line = first + body.count("\n", 0, match.start("name"))
        hint = "save the diagram as SVG and show that image"
        header.report(None, f'"mermaid" is shown as code ({hint})', line, notice=True)
    if _FOREIGN_CHAR.search(html):
        _check_foreign(header, html)
    lines = set()
    for piece, hint in find_leftover_marks(html, header.source):
        if (line := header.line_of(piece)) not in lines:
            message = f'"{shorten(piece)}" is shown as it is written ({hint})'
            header.report(None, message, line, notice=True)
        lines.add(line)


def _check_foreign(header: Header, html: str) -> None:
    """Report markup of other systems that is shown as text."""
    html = CODE_OR_COMMENT.sub("", html)
    # Of tags those with a template in an address.
    shown = re.sub(r"<[^<>]*>", lambda tag: "\n".join(_TEMPLATE.findall(tag[0])), html)
    shown = unescape(shown)
    for pattern, name, hint in _FOREIGN if _FOREIGN_CHAR.search(shown) else ():
        for piece in dict.fromkeys(match[0] for match in pattern.finditer(shown)):
            line = header.line_of(piece.partition("\n")[0])
            message = f'"{shorten(piece)}" is {name} and is shown as text ({hint})'
            header.report(None, message, line, notice=True)


def check_html(header: Header, html: str, path: Path, settings: Mapping, raw: bool = True) -> None:
    """Report problems of the HTML made of the text of the file at `path`.

    The site's `settings` are those of Pelican. Without `raw`, HTML in the text is shown as text.
    """
    fragment, problems = parse_fragment(html), len(header.problems)
    # The tags that Markdown makes are in order.
    if not header.source or has_raw_html(header.source):
        _check_end_tags(header, html)
    if raw and "&lt;!--" in html and "&lt;!--" in CODE_OR_COMMENT.sub("", html):
        hint = "write --> where it ends"
        header.report(None, f"the comment <!-- is never closed ({hint})", header.line_of("<!--"))
    elif not raw:
        _check_escaped(header)
    if not fragment.contained and len(header.problems) == problems:
        hint = "close each element that you open, and no other"
        message = f"its HTML closes an element of the page or leaves one open ({hint})"
        header.report(None, message, header.line_of("</") or header.line_of("<"))
    check_elements(header, fragment, settings.get("ALLOWED_HOSTS"))
    for element in fragment.elements:
        if element.name == "img":
            _check_picture(header, element)
        elif element.name != "div" and (name := find_row_class(element.attributes)):
            hint = "write each picture on a line of its own right above it"
            message = f"`{{: .{name}}}` needs two pictures and no other words ({hint})"
            header.report(None, message, header.line_of(f".{name}"), notice=True)
    if "<details" in html:
        _check_details(header, fragment)
    content = Path(settings["PATH"])
    for target in dict.fromkeys(
        element.attributes.get(name, "")
        for element in fragment.elements
        for name in ("href", "src")
    ):
        _check_address(header, target, path, content)
    if "\\" in html:
        check_tex_in_text(header, html)


def _check_fences(header: Header, body: str, first: int) -> None:
    fence, start = None, 0
    for n, line in enumerate(body.split("\n") if "```" in body or "~~~" in body else (), first):
        text = line.lstrip(" ")
        if len(line) - len(text) > 3:
            continue
        if fence:
            fence = None if fence.is_end(text) else fence
        elif fence := Fence.parse(text):
            start = n
    if fence:
        message = (
            f'the code block that starts here is never closed (write "{fence.chars}" below it)'
        )
        header.report(None, message, start)


def _check_end_tags(header: Header, html: str) -> None:
    opened, ended = Counter(), Counter()
    svg_depth = 0
    for tag in parse_tags(html):
        svg_depth += (tag.name == "svg") * (-1 if tag.closing else 1)
        if tag.name not in NO_END_TAG and not (svg_depth and tag.closed):
            (ended if tag.closing else opened)[tag.name] += 1
    for name in sorted(opened.keys() | ended.keys()):
        if opened[name] > ended[name]:
            message = f"<{name}> is never closed (write </{name}> where it ends)"
            header.report(None, message, header.line_of(f"<{name}"))
        elif opened[name] < ended[name]:
            message = f"</{name}> has no opening tag (delete it)"
            header.report(None, message, header.line_of(f"</{name}"))


def _check_picture(header: Header, element: Element) -> None:
    source, alt = element.attributes.get("src", ""), element.attributes.get("alt")
    line = header.line_of(source)
    if alt is None:
        hint = 'write alt="what it shows", or alt="" if it is decorative'
        header.report(None, f'"{shorten(source)}" has no alternative text ({hint})', line)
    elif alt and is_wordless(alt):
        hint = "describe the image in one sentence"
        message = f'"{shorten(alt)}" does not describe the image ({hint})'
        header.report(None, message, line, notice=True)


def _check_details(header: Header, fragment: Fragment) -> None:
    """Report <details> that browsers give a title, or close because another one is open."""
    names = [element.name for element in fragment.elements]
    if names.count("details") > names.count("summary"):
        hint = "write <summary>Title</summary> below it"
        line = header.line_of("<details")
        header.report(None, f"a <details> has no <summary> ({hint})", line, notice=True)
    opened = Counter(
        element.attributes["name"]
        for element in fragment.elements
        if element.name == "details" and {"name", "open"} <= element.attributes.keys()
    )
    for name in (name for name, number in opened.items() if number > 1):
        message = f'several <details name="{shorten(name)}"> are open (write `open` in one)'
        header.report(None, message, header.line_of(f'name="{name}"'), notice=True)


def _check_address(header: Header, target: str, path: Path, content: Path) -> None:
    image = target.startswith("data:image/") and not target.startswith("data:image/svg")
    if not image and (message := check_scheme(target)):
        header.report(None, message, header.line_of(target))
    elif message := check_secure(target):
        header.report(None, message, header.line_of(target), notice=True)
    elif is_path(target) and not re.match(r"[/{|?]|$", target):
        relative, header.depends_on_files = re.split("[?#]", target)[0], True
        if relative and (file := find_file(unquote(relative), path, content)):
            word = "filename" if file.endswith(".md") else "static"
            hint = f"write `{{{word}}}{target}`"
            message = f'"{target}" is not a file of this site ({hint})'
            header.report(None, message, header.line_of(target))


def _check_escaped(header: Header) -> None:
    """Report HTML that is shown as text because RAW_HTML is off."""
    shown = CODE_OR_COMMENT.sub("", header.html)
    names = re.findall(r"&lt;/?([A-Za-z][\w-]*)(?=[\s/]|&gt;)", shown)
    for name in dict.fromkeys(names):
        message = f"<{name}> is shown as text because RAW_HTML is off"
        header.report(None, message, header.line_of(f"<{name}"), notice=True)


@cache
def is_wordless(alt: str) -> bool:
    """Tell whether an alternative text describes nothing: a file's name, or "image 1"."""
    return _WORDLESS.fullmatch(alt.strip()) is not None


def has_raw_html(text: str) -> bool:
    """Tell whether a Markdown text may have HTML in it."""
    return "<" in text and _RAW_HTML.search(text) is not None


def check_elements(header: Header, fragment: Fragment, allowed_hosts: object) -> None:
    """Report elements and attributes that a text must not have."""
    if fragment.too_deep:
        message = "its HTML is nested too deeply (use fewer levels)"
        header.report(None, message, header.line_of("<"))
    for element in fragment.elements:
        _check_name(header, element)
        check_policy(header, element, allowed_hosts)


def check_policy(header: Header, element: Element, allowed_hosts: object) -> None:
    """Report what the Content-Security-Policy of pages blocks in an element."""
    if element.attributes or element.name == "script":
        _check_scripts(header, element)
        _check_requests(header, element, allowed_hosts)
        if "style" in element.attributes:
            _check_style(header, element.attributes["style"], allowed_hosts)
    if element.css:
        _check_style(header, element.css, allowed_hosts)


def check_trusted(
    header: Header, body: str, convert: Callable[[str], str], settings: Mapping
) -> None:
    """Report what a text of a stranger would do where its HTML is taken."""
    text = f"{body}\n\n{header.get('summary') or ''}"
    if has_raw_html(text):
        check_elements(header, parse_fragment(convert(text)), settings.get("ALLOWED_HOSTS"))


def check_typeset(header: Header, html: str, typeset: str) -> None:
    """Report a text whose tags are others once its quotes are set."""
    if html == typeset or (header.source and not has_raw_html(header.source)):
        return
    before, after = (
        [element for element in parse_fragment(text).elements if element.name != "span"]
        for text in (html, typeset)
    )
    if before != after:
        line = next((line for e in before if (line := header.line_of(f"<{e.name}"))), None)
        hint = "write &gt; and &quot; in its attribute values"
        header.report(None, f"a tag breaks when quotes become typographic ({hint})", line)


def _check_name(header: Header, element: Element) -> None:
    name = element.name
    if name in _OF_HEAD:
        message = f"<{name}> belongs in the head of a page (delete it)"
    # Browsers make <head> themselves; a name with a hyphen is an element of a script.
    elif name not in _ALLOWED and "-" not in name and name != "head":
        message = f"<{name}> is not allowed in text (delete it, or write &lt;{name}> to show it)"
    else:
        return
    header.report(None, message, header.line_of(f"<{name}"))


def _check_scripts(header: Header, element: Element) -> None:
    """Report scripts that the Content-Security-Policy blocks, and pages within the page."""
    attributes = element.attributes
    type_ = attributes.get("type", "").strip()
    if element.name == "script" and not attributes.get("src") and _SCRIPT_TYPE.fullmatch(type_):
        hint = "put it into a file in content/extra/ and load that with src"
        message = f"an inline script does not run ({hint})"
        inline = _INLINE_SCRIPT.search(header.source)
        header.report(None, message, header.line_of(inline[0] if inline else "<script"))
    if element.name == "iframe" and "srcdoc" in attributes:
        hint = "put it into the text itself"
        message = f"a page in srcdoc=… is not shown ({hint})"
        header.report(None, message, header.line_of("srcdoc"))
    animated = attributes.get("attributename", "").strip().lower()
    for name in attributes:
        if name.startswith("on") or (animated.startswith("on") and name == "attributename"):
            word = name if name.startswith("on") else animated
            message = f"an inline script does not run (delete {word}=…)"
            header.report(None, message, header.line_of(word))


def _check_requests(header: Header, element: Element, allowed_hosts: object) -> None:
    name, attributes = element.name, element.attributes
    if name in _OF_HEAD:
        return
    hint = "link to it" if name in ("iframe", "form") else _HOST_HINT
    animates = name in _ANIMATIONS
    for key, value in attributes.items():
        link = key in ("href", "xlink:href")
        if link and name in ("a", "area"):
            # Those of `href` are checked with all links.
            if key != "href" and (message := check_scheme(value)):
                header.report(None, message, header.line_of(value.strip()))
            continue
        data = key == "data" and name == "object"
        animated = animates and key in _ANIMATED_VALUES
        if not (link or data or animated or key in _REQUESTED):
            continue
        separator = "," if key.endswith("srcset") else ";" if animated else None
        for part in value.split(separator) if separator else [value]:
            address = re.sub(r"[\t\n\r]", "", part).strip("\x00\x0c ").replace("\\", "/")
            if _OTHER_HOST.match(address):
                use = find_host_use(element, key)
                if is_allowed_host(allowed_hosts, use, address):
                    continue
                message = f'"{shorten(part)}" is on another host and is not loaded'
                message += f" ({hint}{_suggest_host(use, address)})"
                header.report(None, message, header.line_of(part.strip()))
            elif key not in ("href", "src") and "data:image/" not in address[:11]:
                if message := check_scheme(address):
                    header.report(None, message, header.line_of(part.strip()))


def _suggest_host(use: str | None, address: str) -> str:
    """Return what to add to a hint: how the settings allow a host."""
    origin = find_origin(address)
    return f', or allow it: ALLOWED_HOSTS = {{"{use}": ["{origin}"]}}' if use and origin else ""


def _check_style(header: Header, css: str, allowed_hosts: object) -> None:
    """Report addresses of other hosts in styles: of images, fonts, and other styles."""
    plain = re.sub(r"data:[^\"')]*", "", normalize_css(css)) if "/" in css or "\\" in css else ""
    for match in _CSS_HOST.finditer(plain):
        uses = ("images", "fonts", "styles")
        if not any(is_allowed_host(allowed_hosts, use, match[0]) for use in uses):
            message = f'"{shorten(match[0])}" is on another host and is not loaded'
            header.report(None, f"{message} ({_HOST_HINT})", header.line_of(match[0]))
            break
