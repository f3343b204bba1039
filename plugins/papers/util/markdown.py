"""Plain text as Markdown that shows the same words."""

import re

from .strings import ITALICS_END, ITALICS_START, LazyPattern
from .tex_math import TEX_MATH

# What begins code, emphasis, a link, HTML or an entity (CommonMark, chapter 6), or struck text
# (GitHub), and a backslash before a character or at the end of a line.
_INLINE = LazyPattern(
    r"[`*\[\]~]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)"
    r"|\\(?=[!-/:-@\[-`{-~]|$)|(?<!\w)_+|_++(?!\w)"
)
# What makes a heading, a quotation, a list, a table or a rule of a line (chapters 4 and 5).
_LINE_START = LazyPattern(r"[#>+=|:-]|<(?=[\w/!?])")
_NUMBER = LazyPattern(r"(\d{1,9})([.)])(?=\s|$)")
_ADDRESS_CHARS = LazyPattern(r"""[\s`*\[\]<>\\"|]|~(?=~)|(?<=~)~|(?<!\w)_+|_++(?!\w)""")


def escape_commonmark(text: str) -> str:
    """Return a plain text as Markdown that shows these words and nothing else.

    Paragraphs and lines stay; blanks at the ends of lines go, for they have a meaning.
    """
    lines = (" ".join(line.split()) for line in re.split(r"\r\n?|\n", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(_escape_line, lines)).strip("\n"))


def _escape_line(line: str) -> str:
    start = _LINE_START.match(line)
    line = _INLINE.sub(_escape_chars, line)
    if start and not line.startswith(("\\", "&lt;")):
        line = f"\\{line}"
    line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
    # Characters at the end of a heading belong to it.
    return re.sub(r"(?<!\\)#(?=#*$)", r"\\#", line)


def _escape_chars(match: re.Match) -> str:
    # Some parsers know no backslash before these two.
    return {"<": "&lt;", "&": "&amp;"}.get(match[0]) or re.sub(r"(.)", r"\\\1", match[0])


def encode_for_markdown(address: str) -> str:
    """Return an address whose characters are not markup where it is in a text."""

    def encode(match: re.Match) -> str:
        return "".join(f"%{byte:02X}" for byte in match[0].encode())

    return re.sub(r"(&#?[A-Za-z0-9]+);", r"\1%3B", _ADDRESS_CHARS.sub(encode, address))


def fence_code(text: str, language: str) -> str:
    """Return a text as a block of code, which nothing in it ends."""
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * max([3, *(length + 1 for length in runs)])
    return f"{fence}{language}\n{text}\n{fence}"


_NO_MARKS = dict.fromkeys(map(ord, (ITALICS_START, ITALICS_END, "\x06")))
# Emphasis by the rules of CommonMark (chapter 6.2), where it holds no other, and begins and ends
# with a word; HTML for the same; escaped characters. U+0006 stands for a formula.
_EMPHASIS = LazyPattern(
    r"(?<![\w*\\])\*(?=[\w\"“‘'(\[{«\x06])(?P<star>[^*]{0,400}?[^\s*\\])\*(?![\w*])"
    r"|(?<![\w\\])_(?=[^\W_]|[\"“‘'(\[{«\x06])(?P<line>[^_]{0,400}?[^\s_\\])_(?!\w)"
    r"|<(?P<tag>i|em)>(?P<html>[^<>]{1,400})</(?P=tag)>"
    r"|\\(?P<char>[*_])",
    re.IGNORECASE,
)


def mark_markdown_italics(title: str) -> str:
    """Return a title with ITALICS_START and ITALICS_END instead of Markdown's and HTML's marks."""
    formulas = [match[0] for match in TEX_MATH.finditer(title)]
    masked = TEX_MATH.sub("\x06", title.translate(_NO_MARKS))

    def replace(match: re.Match) -> str:
        if match["char"]:
            return match["char"]
        words = match["star"] or match["line"] or match["html"]
        return f"{ITALICS_START}{words}{ITALICS_END}"

    marked = _EMPHASIS.sub(replace, masked).split("\x06")
    return "".join(part for pair in zip(marked, [*formulas, ""], strict=True) for part in pair)
