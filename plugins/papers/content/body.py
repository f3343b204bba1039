"""Problems of a text below its header: markup, pictures, addresses."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from ..util import (
    CODE_OR_COMMENT,
    Element,
    check_scheme,
    check_secure,
    find_file,
    is_path,
    parse_fragment,
    parse_tags,
    shorten,
)
from .elements import check_elements, has_raw_html
from .encoding import check_tex_in_text
from .header import Header

_FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*$")
# Elements without an end tag, or whose end tag is optional (HTML, 13.1.2).
_NO_END_TAG = set(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead "
    "tbody tfoot option optgroup colgroup caption rt rp html head body".split()
)
_WORDLESS = re.compile(
    r"(?:an? |the |my )?(?:image|img|picture|photo|pic|figure|fig|graphic|screenshot|diagram|plot|"
    r"logo|untitled|foto|bild|abbildung|alt(?: text)?|图|图片|截图|画像|写真)[\s.#:_-]*\d*\.?"
    r"|[\w() -]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)|(?:img|dsc|dscn|pxl)_?\d+|\W*",
    re.IGNORECASE,
)


def check_text(header: Header, body: str, first: int, html: str) -> None:
    """Report problems of a Markdown text, which begins in line `first` of its file."""
    _check_fences(header, body, first)
    if 'alt=""' in html and (match := re.search(r"!\[\s*\]\(", body)):
        hint = "write `![what it shows](…)`"
        line = first + body.count("\n", 0, match.start())
        header.report(None, f"a picture has no alternative text ({hint})", line)


def check_html(header: Header, html: str, path: Path, content: Path, raw: bool = True) -> None:
    """Report problems of the HTML made of the text of the file at `path`.

    Without `raw`, HTML in the text is shown as text.
    """
    fragment, problems = parse_fragment(html), len(header.problems)
    # The tags that Markdown makes are in order.
    if not header.source or has_raw_html(header.source):
        _check_end_tags(header, html)
    if raw and "&lt;!--" in html and "&lt;!--" in CODE_OR_COMMENT.sub("", html):
        hint = "write --> where it is to end"
        header.report(None, f"nothing ends the comment <!-- ({hint})", header.line_of("<!--"))
    elif not raw:
        _check_escaped(header)
    if not fragment.contained and len(header.problems) == problems:
        hint = "end each element that you begin, and no other"
        message = f"its HTML ends an element of the page, or takes in what follows ({hint})"
        header.report(None, message, header.line_of("</") or header.line_of("<"))
    check_elements(header, fragment)
    for element in fragment.elements:
        if element.name == "img":
            _check_picture(header, element)
    for target in dict.fromkeys(
        element.attributes.get(name, "")
        for element in fragment.elements
        for name in ("href", "src")
    ):
        _check_address(header, target, path, content)
    if "\\" in html:
        check_tex_in_text(header, html)


def _check_fences(header: Header, body: str, first: int) -> None:
    fence, start = "", 0
    for n, line in enumerate(body.split("\n") if "```" in body or "~~~" in body else (), first):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif match := _FENCE.match(line):
            fence, start = match[1], n
    if fence:
        message = f'nothing ends the code that begins here (write "{fence}" below it)'
        header.report(None, message, start)


def _check_end_tags(header: Header, html: str) -> None:
    opened, ended = Counter(), Counter()
    svg_depth = 0
    for tag in parse_tags(html):
        svg_depth += (tag.name == "svg") * (-1 if tag.closing else 1)
        if tag.name not in _NO_END_TAG and not (svg_depth and tag.closed):
            (ended if tag.closing else opened)[tag.name] += 1
    for name in sorted(opened.keys() | ended.keys()):
        if opened[name] > ended[name]:
            message = f"nothing ends <{name}> (write </{name}> where it is to end)"
            header.report(None, message, header.line_of(f"<{name}"))
        elif opened[name] < ended[name]:
            message = f"</{name}> ends nothing (take it away)"
            header.report(None, message, header.line_of(f"</{name}"))


def _check_picture(header: Header, element: Element) -> None:
    source, alt = element.attributes.get("src", ""), element.attributes.get("alt")
    line = header.line_of(source)
    if alt is None:
        hint = 'write alt="what it shows", or alt="" where it shows nothing'
        header.report(None, f'"{shorten(source)}" has no alternative text ({hint})', line)
    elif alt and is_wordless(alt):
        hint = "say in a sentence what the picture shows"
        message = f'"{shorten(alt)}" says nothing of the picture ({hint})'
        header.report(None, message, line, notice=True)


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
            message = f'"{target}" leads to no file of the site ({hint})'
            header.report(None, message, header.line_of(target))


def _check_escaped(header: Header) -> None:
    """Report HTML that is shown as text because RAW_HTML is off."""
    shown = CODE_OR_COMMENT.sub("", header.html)
    names = re.findall(r"&lt;/?([A-Za-z][\w-]*)(?=[\s/]|&gt;)", shown)
    for name in dict.fromkeys(names):
        message = f"<{name}> is shown as text, for RAW_HTML is off"
        header.report(None, message, header.line_of(f"<{name}"), notice=True)


@cache
def is_wordless(alt: str) -> bool:
    """Tell whether an alternative text describes nothing: a file's name, or "image 1"."""
    return _WORDLESS.fullmatch(alt.strip()) is not None
