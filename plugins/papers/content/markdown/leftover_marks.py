"""Marks of Markdown that a page shows, because nothing has read the text as Markdown."""

import re
from collections.abc import Iterator
from html import unescape

from ...util import CODE_OR_COMMENT, TEX_MATH, LazyPattern

# Elements whose text is not a Markdown: citations and formulas are marked by then.
_OTHER_TEXT = set("script style textarea svg math kbd samp tt var cite".split())
_TAG = LazyPattern(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>")
_ESCAPED = LazyPattern(r"\\([*_`#\[\]()+.-])")
_CHAR = LazyPattern(r"[*_`#$|]|\]\s?[(\[]|^ {0,3}(?:[-+]|\d+[.)]) ", re.MULTILINE)
_BLANK_LINES = 'leave a blank line above and below this text, or write markdown="1" into the tag'
_MARKS = tuple(
    (LazyPattern(pattern, re.MULTILINE), hint)
    for pattern, hint in (
        (r"!?(?<![\w)\]])\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)", ""),
        (r"!?(?<![\w)\]])\[[^\[\]\n]{1,300}\] \((?:https?:|mailto:|\{|\.{0,2}/)[^()\s]{1,500}\)",
         "delete the space between ] and ("),
        (r"(?<![\w)\]])\[(?!\d+\])[^\[\]\n]{1,300}\]\[(?!\d*\])[^\[\]\n]{1,100}\]",
         "write the address of the link after it: [words](https://…)"),
        (r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\*\*(?!\*)", ""),
        (r"(?<![\w_])__(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])__(?![\w_])", ""),
        (r"(?<![\w*])\*(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\*(?![\w*])", ""),
        (r"(?<![\w_/])_(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])_(?![\w_])", ""),
        (r"(?<![\w*])\*\*(?=[^\W\d_]{2})[^*\n]{1,60}", "write ** where the bold words end"),
        (r"(?<!`)`(?=[^\s`])[^`\n]{1,300}`(?![`'])", ""),
        (r"^ {0,3}#{1,6} \S[^\n]{0,200}", ""),
        (r"^ {0,3}```[^\n`]{0,40}$", ""),
        (r"^ {0,3}[-*+] \S[^\n]{0,200}(?=\n {0,3}[-*+] \S)", ""),
        (r"^ {0,3}1[.)] \S[^\n]{0,200}(?=\n {0,3}2[.)] \S)", ""),
        (r"^ {0,3}\|(?: *:?-+:? *\|)+ *$", ""),
    )
)  # fmt: skip

# Links, bold and emphasized words, code.
_HEADER_MARKS = LazyPattern(
    r"(?<![\w)\]])\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)"
    r"|(?<![\w*])(?P<stars>\*\*?)(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])(?P=stars)(?![\w*])"
    r"|(?<!`)`(?=[^\s`])[^`\n]{1,300}`(?![`'])"
)


def find_mark_in_header(value: str) -> str | None:
    """Return the first mark of Markdown in a header, which is shown as it is written, or None."""
    if not re.search(r"[*`]|\]\(", value):
        return None
    match = _HEADER_MARKS.search(TEX_MATH.sub("", value))
    return match[0] if match else None


def find_leftover_marks(html: str, source: str) -> Iterator[tuple[str, str]]:
    """Yield marks of Markdown in the text of a page's HTML, and what to write instead.

    Those that `source`, the file, escapes with a backslash are meant to be seen.
    """
    if not _CHAR.search(html):
        return
    text, marks = unescape(_read_text(CODE_OR_COMMENT.sub("", html))), []
    if not _CHAR.search(text):
        return
    if "$" in text or "\\" in text:
        marks = [(match[0], "") for match in TEX_MATH.finditer(text)]
        text = TEX_MATH.sub("", text)
    for pattern, hint in _MARKS:
        marks += [(match[0].strip(), hint) for match in pattern.finditer(text)]
        text = pattern.sub("", text)
    unescaped = _ESCAPED.sub(r"\1", source)
    for piece, hint in dict.fromkeys(marks):
        if "\n" not in piece and 0 < source.count(piece) == unescaped.count(piece):
            yield piece, hint or _BLANK_LINES


def _read_text(html: str) -> str:
    """Return the text of HTML without that of some elements."""
    parts, end, skipped = [], 0, None
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if skipped is None:
            parts.append(html[end : tag.start()])
            skipped = name if name in _OTHER_TEXT and not tag["end"] else None
        elif name == skipped and tag["end"]:
            skipped = None
        end = tag.end()
    return "".join([*parts, html[end:] if skipped is None else ""])
