"""Plain text as Markdown that shows the same words."""

import re

from .strings import LazyPattern

# What begins code, emphasis, a link, HTML or an entity (CommonMark, chapter 6), or struck text
# (GitHub), and a backslash before a sign or at the end of a line.
_INLINE = LazyPattern(
    r"[`*\[\]~]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)"
    r"|\\(?=[!-/:-@\[-`{-~]|$)|(?<!\w)_+|_++(?!\w)"
)
# What makes a heading, a quotation, a list, a table or a rule of a line (chapters 4 and 5).
_LINE_START = LazyPattern(r"[#>+=|:-]|<(?=[\w/!?])")
_NUMBER = LazyPattern(r"(\d{1,9})([.)])(?=\s|$)")
_ADDRESS_SIGNS = LazyPattern(r"""[\s`*\[\]<>\\"|]|~(?=~)|(?<=~)~|(?<!\w)_+|_++(?!\w)""")


def escape_commonmark(text: str) -> str:
    """Return a plain text as Markdown that shows these words and nothing else.

    Paragraphs and lines stay; blanks at the ends of lines go, for they have a meaning.
    """
    lines = (" ".join(line.split()) for line in re.split(r"\r\n?|\n", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(_escape_line, lines)).strip("\n"))


def _escape_line(line: str) -> str:
    start = _LINE_START.match(line)
    line = _INLINE.sub(_escape_signs, line)
    if start and not line.startswith(("\\", "&lt;")):
        line = f"\\{line}"
    line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
    # Signs at the end of a heading belong to it.
    return re.sub(r"(?<!\\)#(?=#*$)", r"\\#", line)


def _escape_signs(match: re.Match) -> str:
    # Some parsers know no backslash before these two.
    return {"<": "&lt;", "&": "&amp;"}.get(match[0]) or re.sub(r"(.)", r"\\\1", match[0])


def encode_for_markdown(address: str) -> str:
    """Return an address whose signs are not markup where it is in a text."""

    def encode(match: re.Match) -> str:
        return "".join(f"%{byte:02X}" for byte in match[0].encode())

    return re.sub(r"(&#?[A-Za-z0-9]+);", r"\1%3B", _ADDRESS_SIGNS.sub(encode, address))


def fence_code(text: str, language: str) -> str:
    """Return a text as a block of code, which nothing in it ends."""
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * max([3, *(length + 1 for length in runs)])
    return f"{fence}{language}\n{text}\n{fence}"
