"""Paragraphs such as [NEWS], which stand for lists on the home page, and those that do not."""

import re
from os.path import basename

from pelican.contents import Content, Page

from ..content import Header
from ..model import KINDS
from ..util import CODE_OR_COMMENT, LazyPattern, find_misspelt

_LISTS = tuple(KINDS)
# What people call the lists elsewhere.
_OTHER_NAMES = {
    "publications": "papers", "publication": "papers", "pubs": "papers", "articles": "papers",
    "selected papers": "papers", "selected publications": "papers", "research": "papers",
    "updates": "news", "announcements": "news", "posts": "blog", "latest posts": "blog",
}  # fmt: skip
_PARAGRAPH = LazyPattern(r"<p>\s*\[(?P<name>[^\W\d_][\w -]{1,30})\]\s*</p>")
_HOME = "home.md"


def check_list_markers(content: Content) -> None:
    """Report markers of lists that are shown as text: unknown ones, or those in a wrong place."""
    header, html = content.header, content.header.html
    if not isinstance(content, Page) or hasattr(content, "paper") or "[" not in html:
        return
    html = CODE_OR_COMMENT.sub("", html)
    is_home = basename(content.source_path) == _HOME
    for name in dict.fromkeys(match["name"] for match in _PARAGRAPH.finditer(html)):
        if name.lower() in _LISTS:
            if not is_home:
                _report(header, name, f"only {_HOME} has lists: move it there, or delete it")
        elif is_home:
            _report(header, name, _describe_known(name.lower()))
    if is_home:
        text = re.sub(r"<[^<>]*>", "", _PARAGRAPH.sub("", html))
        for name in dict.fromkeys(re.findall(rf"\[({'|'.join(_LISTS).upper()})\]", text)):
            lines = enumerate(header.source.split("\n"), 1)
            marker = f"[{name}]"
            others = (n for n, line in lines if marker in line and line.strip() != marker)
            hint = "put it on its own line, with a blank line above and below"
            _report(header, name, hint, next(others, None))


def _report(header: Header, name: str, hint: str, line: int | None = None) -> None:
    message = f'"[{name}]" is shown as text ({hint})'
    header.report(None, message, line or header.line_of(f"[{name}]"), notice=True)


def _describe_known(name: str) -> str:
    known = ", ".join(f"[{each.upper()}]" for each in _LISTS)
    close = _OTHER_NAMES.get(name) or find_misspelt(name, _LISTS)
    if close in _LISTS:
        return f"did you mean [{close.upper()}]? The lists are {known}"
    return f"the lists are {known}"
