"""The tags of a text in HTML, read as a browser would, without building a tree."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# The bounds keep a text of nothing but open tags from being read over and over.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])"""
    r"""(?P<rest>(?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}'){0,4000}+)>"""
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
# Code is words about markup; a comment is for nobody.
CODE_OR_COMMENT = re.compile(r"<!--.*?-->|<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)


class Tag(NamedTuple):
    """A tag of a text: `name` in lower case, its attributes as they are meant."""

    name: str
    closing: bool
    closed: bool
    attributes: dict[str, str]


def parse_tags(html: str) -> Iterator[Tag]:
    """Yield the tags of a text, but for those in code and comments."""
    for match in _TAG.finditer(CODE_OR_COMMENT.sub("", html)) if "<" in html else ():
        rest = match["rest"]
        found = {}
        for name, value in _ATTRIBUTE.findall(rest) if rest.strip(" /") else ():
            value = value[1:-1] if value[:1] in "\"'" else value
            found.setdefault(name.lower(), unescape(value))
        yield Tag(match["name"].lower(), bool(match["end"]), rest.endswith("/"), found)


_HIDDEN = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1>|<sup id=\"fnref.*?</sup>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|h\d|pre|blockquote|table|tr|br|figure|dl|dt|dd)\b[^>]*>")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def html_to_text(html: str) -> str:
    """Return the words of a text, its paragraphs parted by blank lines."""
    parts = _BLOCK.split(_HIDDEN.sub("", html))
    words = (" ".join(unescape(_ANY_TAG.sub("", part)).split()) for part in parts)
    return "\n\n".join(filter(None, words))
