"""What is wrong with a text below its header: markup, pictures, addresses."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from ..util import (
    CODE_OR_COMMENT,
    Tag,
    check_scheme,
    check_secure,
    find_file,
    is_path,
    parse_tags,
    shorten,
)
from .encoding import check_tex_in_text
from .header import Header

_FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*$")
# Elements that have no end, or need none (HTML, 13.1.2).
_ENDLESS = set(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead "
    "tbody tfoot option optgroup colgroup caption rt rp html head body".split()
)
_WORDLESS = re.compile(
    r"(?:an? |the |my )?(?:image|img|picture|photo|pic|figure|fig|graphic|screenshot|diagram|plot|"
    r"logo|untitled|foto|bild|abbildung|alt(?: text)?|图|图片|截图|画像|写真)[\s.#:_-]*\d*\.?"
    r"|[\w() -]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)|(?:img|dsc|dscn|pxl)_?\d+|\W*",
    re.IGNORECASE,
)
# What a page asks for by itself, and where it says so.
_ASKING = {
    "img": "src srcset", "source": "src srcset", "video": "src poster", "audio": "src",
    "track": "src", "script": "src", "iframe": "src", "frame": "src", "embed": "src",
    "object": "data", "link": "href", "input": "src", "form": "action", "image": "href",
    "use": "href",
}  # fmt: skip
_SCRIPTS = ("", "module", "text/javascript")


def check_text(header: Header, body: str, first: int, html: str) -> None:
    """Note what is wrong with a text as it is written; its first line is `first`."""
    _check_fences(header, body, first)
    if 'alt=""' in html and (found := re.search(r"!\[\s*\]\(", body)):
        hint = "write `![what it shows](…)`"
        line = first + body.count("\n", 0, found.start())
        header.report(None, f"a picture has no alternative text ({hint})", line)


def check_html(header: Header, html: str, path: Path, content: Path, raw: bool = True) -> None:
    """Note what is wrong with the HTML that the text of the file at `path` became.

    Without `raw`, what its author wrote as HTML is text.
    """
    found = list(parse_tags(html))
    _check_ends(header, html, found)
    if raw and "&lt;!--" in html and "&lt;!--" in CODE_OR_COMMENT.sub("", html):
        hint = "write --> where it is to end"
        header.report(None, f"nothing ends the comment <!-- ({hint})", header.line_of("<!--"))
    elif not raw:
        _check_shown(header)
    for tag in found:
        if not tag.closing:
            _check_scripts(header, tag)
            _check_hosts(header, tag)
            if tag.name == "img":
                _check_picture(header, tag)
    for target in dict.fromkeys(
        tag.attributes.get(name, "") for tag in found for name in ("href", "src")
    ):
        _check_address(header, target, path, content)
    if "\\" in html:
        check_tex_in_text(header, html)


def _check_fences(header: Header, body: str, first: int) -> None:
    fence, where = "", 0
    for n, line in enumerate(body.split("\n") if "```" in body or "~~~" in body else (), first):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif match := _FENCE.match(line):
            fence, where = match[1], n
    if fence:
        told = f'nothing ends the code that begins here (write "{fence}" below it)'
        header.report(None, told, where)


def _check_ends(header: Header, html: str, found: list[Tag]) -> None:
    opened, ended = Counter(), Counter()
    drawing = 0
    for tag in found:
        drawing += (tag.name == "svg") * (-1 if tag.closing else 1)
        if tag.name not in _ENDLESS and not (drawing and tag.closed):
            (ended if tag.closing else opened)[tag.name] += 1
    for name in sorted(opened.keys() | ended.keys()):
        if opened[name] > ended[name]:
            told = f"nothing ends <{name}> (write </{name}> where it is to end)"
            header.report(None, told, header.line_of(f"<{name}"))
        elif opened[name] < ended[name]:
            told = f"</{name}> ends nothing (take it away)"
            header.report(None, told, header.line_of(f"</{name}"))


def _check_picture(header: Header, tag: Tag) -> None:
    source, words = tag.attributes.get("src", ""), tag.attributes.get("alt")
    line = header.line_of(source)
    if words is None:
        hint = 'write alt="what it shows", or alt="" where it shows nothing'
        header.report(None, f'"{shorten(source)}" has no alternative text ({hint})', line)
    elif words and is_wordless(words):
        hint = "say in a sentence what the picture shows"
        told = f'"{shorten(words)}" says nothing of the picture ({hint})'
        header.report(None, told, line, notice=True)


def _check_scripts(header: Header, tag: Tag) -> None:
    """Note what the pages' policy does not run, and what belongs to a page's head."""
    if tag.name in ("base", "meta", "frameset"):
        told = f"<{tag.name}> is for a page's head (take it away)"
        header.report(None, told, header.line_of(f"<{tag.name}"))
    kind = tag.attributes.get("type", "")
    if tag.name == "script" and not tag.attributes.get("src") and kind in _SCRIPTS:
        hint = "put it into a file of content/extra/ and name that in src"
        told = f"a script within a page does not run ({hint})"
        header.report(None, told, header.line_of("<script"))
    for name in tag.attributes:
        if name.startswith("on"):
            told = f"a script within a page does not run (take {name}=… away)"
            header.report(None, told, header.line_of(name))


def _check_hosts(header: Header, tag: Tag) -> None:
    hint = "link to it" if tag.name in ("iframe", "form") else "put the file into content/"
    for name in _ASKING.get(tag.name, "").split():
        value = tag.attributes.get(name, "")
        for part in value.split(",") if name == "srcset" else [value]:
            if re.match(r"\s*(?:https?:)?//", part, re.IGNORECASE):
                told = f'"{shorten(part)}" would be asked of another host, and is not shown'
                header.report(None, f"{told} ({hint})", header.line_of(part.strip()))


def _check_address(header: Header, target: str, path: Path, content: Path) -> None:
    image = target.startswith("data:image/") and not target.startswith("data:image/svg")
    if not image and (wrong := check_scheme(target)):
        header.report(None, wrong, header.line_of(target))
    elif told := check_secure(target):
        header.report(None, told, header.line_of(target), notice=True)
    elif is_path(target) and not re.match(r"[/{|?]|$", target):
        plain, header.depends_on_files = re.split("[?#]", target)[0], True
        if plain and (found := find_file(unquote(plain), path, content)):
            word = "filename" if found.endswith(".md") else "static"
            hint = f"write `{{{word}}}{target}`"
            told = f'"{target}" leads to no file of the site ({hint})'
            header.report(None, told, header.line_of(target))


def _check_shown(header: Header) -> None:
    """Note HTML that a build without it shows as text."""
    if match := re.search(
        r"&lt;/?([A-Za-z][\w-]*)(?=[\s/]|&gt;)", CODE_OR_COMMENT.sub("", header.html)
    ):
        told = f"<{match[1]}> is shown as text, for RAW_HTML is off"
        header.report(None, told, header.line_of(f"<{match[1]}"), notice=True)


@cache
def is_wordless(words: str) -> bool:
    """Tell whether the words for a picture say nothing of it."""
    return _WORDLESS.fullmatch(words.strip()) is not None
