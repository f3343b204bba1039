"""Broken characters in texts: mojibake, invisible characters, TeX shown as text."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from ..util import CODE_OR_COMMENT, TEX_MATH, LazyPattern, decode_latex_line, shorten
from .header import Header

# The bytes 0x80 to 0x9F in Windows-1252; in Latin-1 where that leaves them undefined.
_C1 = "".join(bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0))
_C1 = "".join(chr(0x80 + n) if char == "\ufffd" else char for n, char in enumerate(_C1))
_BYTES = {char: 0x80 + n for n, char in enumerate(_C1)} | {chr(n): n for n in range(0x80, 0x100)}
_NEXT = re.escape(_C1) + "\u0080-\u00bf"
_BROKEN = LazyPattern(f"[Â-ß][{_NEXT}]|[à-ï][{_NEXT}]{{2}}|[ð-ô][{_NEXT}]{{3}}")
# Characters that follow a letter in sound texts too: é”, “à”…
_PUNCTUATION = "‘’‚“”„‹›«»…–—· \u00a0"
# Two bytes in UTF-8: punctuation and letters of Latin, Greek and Cyrillic.
_LIKELY = LazyPattern("[\u00a0-\u017f\u0386-\u03ce\u0400-\u0491]")
_INVISIBLE = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "changes the direction of the text"),
    **dict.fromkeys("\u2066\u2067\u2068", "isolates a piece of text and is never closed"),
    **dict.fromkeys("\ufeff\u200b", "is invisible"),
    "\ufffd": "stands for a lost letter",
}
# TeX that Markdown shows as text.
_TEX = LazyPattern(
    r"\\(?:textbf|textit|textsc|texttt|emph|cite[pt]?|ref|url|href|footnote|label|section|item|"
    r"begin|end|mathrm|alpha|beta)\b\s*\{[^{}\n]{0,80}\}?|\{\\[A-Za-z'\"`^~=.]\s*\{?[A-Za-z]\}?\}"
    r"|\\['\"`^~=.]\{?[A-Za-z]\}?(?=[A-Za-z])|(?<=[A-Za-z])\\['\"`^~=]\{?[A-Za-z]\}?"
)
# Any macro; in a plain-text header also a character after a backslash, or a word in braces.
_MACRO = LazyPattern(r"\\[A-Za-z]{2,}(?:\{[^{}\n]{0,80}\})?")
_HEADER_MACRO = LazyPattern(rf"{_MACRO.pattern}|\\[&%_#]|\{{[A-Z][\w-]*\}}")
_MARKDOWN_KEYS = ("summary", "image_caption", "note")
_MARKDOWN = {
    "textbf": "**{}**", "emph": "*{}*", "textit": "*{}*", "texttt": "`{}`", "url": "<{}>",
    "cite": "[@{}]", "citep": "[@{}]", "citet": "[@{}]", "section": "## {}",
}  # fmt: skip
_INVISIBLE_CHAR = LazyPattern(f"[{''.join(_INVISIBLE)}]")
_ISOLATE = LazyPattern("[\u2066-\u2068][^\u2066-\u2069\n]*\u2069")


def find_mojibake(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line number, broken piece and its repair, for each line with mojibake.

    In such a line, characters that could be correct are repaired too.
    """
    for n, line in enumerate(text.split("\n"), start=1) if _BROKEN.search(text) else ():
        if any(_repair(match) != match[0] for match in _BROKEN.finditer(line)):
            matches = [m for m in _BROKEN.finditer(line) if _repair(m, True) != m[0]]
            piece = line[matches[0].start() : matches[-1].end()]
            yield n, piece, _BROKEN.sub(lambda match: _repair(match, True), piece)


def check_characters(header: Header, text: str, lenient: bool = False) -> None:
    """Report mojibake and invisible characters; as notices if `lenient`."""
    if text.isascii():
        return
    for line, piece, repair in find_mojibake(text):
        message = f'"{piece[:40]}" is UTF-8 that was read as Windows-1252 (write "{repair[:40]}")'
        header.report(None, message, line, lenient, fix=(piece, repair))
    if not _INVISIBLE_CHAR.search(text):
        return
    for n, line in enumerate(text.split("\n"), start=1):
        for char in dict.fromkeys(_INVISIBLE_CHAR.findall(_ISOLATE.sub("", line))):
            if lenient and char == "\ufffd":
                continue  # Lost in another system already.
            name = unicodedata.name(char, "unnamed").lower()
            harmless = _INVISIBLE[char] == "is invisible"
            first = " at the beginning of the file" if char == "\ufeff" and n == 1 else ""
            hint = "retype the letter" if char == "\ufffd" else "delete it"
            message = f"U+{ord(char):04X} ({name}) {_INVISIBLE[char]}{first} ({hint})"
            fix = (char, "") if char == "\ufeff" else None
            header.report(None, message, n, lenient or harmless, fix=fix)


def check_tex_in_text(header: Header, html: str) -> None:
    """Report TeX in a text, which a page shows as text; formulas and code are fine."""
    plain = unescape(CODE_OR_COMMENT.sub("", html))
    for tex in dict.fromkeys(_find_tex(plain, _MACRO)):
        message = f'"{shorten(tex)}" is TeX and is shown as it is ({_suggest(tex)})'
        header.report(None, message, header.line_of(tex), notice=True)


def check_tex_in_header(header: Header, key: str) -> None:
    """Report TeX in a header, which a page shows as text; formulas are fine."""
    value = header.get(key) or ""
    if "\\" not in value and "{" not in value:
        return
    is_plain = key not in _MARKDOWN_KEYS
    for tex in _find_tex(TEX_MATH.sub(" ", value), _HEADER_MACRO if is_plain else _MACRO):
        words = decode_latex_line(tex)
        is_known = is_plain and words and _is_known(tex)
        hint = f'write "{shorten(words)}"' if is_known else _suggest(tex)
        header.report(key, f'"{shorten(tex)}" is TeX and is shown as it is ({hint})', notice=True)
        break


def _find_tex(text: str, macro: LazyPattern) -> Iterator[str]:
    """Yield the pieces of TeX in a text; of macros those that have a meaning in one."""
    end = 0
    while match := min(
        filter(None, (_TEX.search(text, end), macro.search(text, end))),
        key=lambda match: (match.start(), -match.end()),
        default=None,
    ):
        end = match.end()
        if match.re.pattern == _TEX.pattern or _is_known(match[0]):
            yield match[0]


def _is_known(tex: str) -> bool:
    words = decode_latex_line(tex)
    return words != tex and "\\" not in words


def _suggest(tex: str) -> str:
    macro = re.fullmatch(r"\\(\w+)\s*\{([^{}]*)\}", tex)
    if macro and macro[1] in _MARKDOWN:
        return f"write {_MARKDOWN[macro[1]].format(macro[2])}"
    plain = decode_latex_line(tex)
    accent = re.search(r"[^\x00-\x7f]", plain) and "\\" not in plain
    return f'write "{shorten(plain)}"' if accent else "write it in Markdown"


def _repair(match: re.Match, certain: bool = False) -> str:
    """Return the character that was meant; the text itself if it is not mojibake.

    Unless it is `certain` that the line is broken, letters before punctuation stay.
    """
    text = match[0]
    doubtful = all(char in _PUNCTUATION for char in text[1:]) and text[0] not in "âÂ"
    if doubtful and not certain:
        return text
    if len(text) == 2 and text[0] not in "ÂÃÄÅÎÏÐÑ":
        return text
    try:
        char = bytes(_BYTES[char] for char in text).decode()
    except UnicodeDecodeError:
        return text
    likely = len(text) > 2 or _LIKELY.fullmatch(char)
    return char if likely and unicodedata.category(char) not in ("Cn", "Co", "Cc") else text
