"""Encode text as TeX."""

import re
import unicodedata
from functools import cache

from ..util import (
    ACCENT_MACROS,
    LETTERS,
    TEX_MATH,
    LazyPattern,
    has_inner_capitals,
    strip_punctuation,
)

# Text between two prices that looks like a formula, and macros that are harmful if compiled.
_NO_FORMULA = LazyPattern(
    r"(?<!\\)[%#]|\$[^$\\]*(?<!\\)&|\\(?:input|include|write|openout|immediate|def|catcode|csname)\b"
)
# Most texts: no character is special to TeX.
_PLAIN = LazyPattern(r"[A-Za-z0-9 .,;:()/+*=!?'\n-]*")
# By name, for BibTeX counts a brace with a backslash too.
_NAMED = {
    "\\": "textbackslash", "~": "textasciitilde", "^": "textasciicircum",
    "{": "textbraceleft", "}": "textbraceright",
}  # fmt: skip
# Text that some programs take for the start of an entry.
_ENTRY = LazyPattern(r"@(?=\s*[A-Za-z]+\s*[{(])")
# Single quotation marks in pairs, not the apostrophe of "'t Veer" or "rock 'n' roll".
_SINGLE_QUOTES = LazyPattern(
    r"(^|[\s(\[{–—`-])'(?=[^\W\d_])(?!(?:t|n|s|k|em)\b)"
    r"([^'`]{1,200}(?:(?<!\s)'\w[^'`]{1,99})?)(?<!\s)'(?!\w)"
)


def encode_latex(text: str, protected: tuple[str, ...] | None = None) -> str:
    """Return plain text as TeX: accents and special characters as macros, mathematics as it is.

    With `protected`, for titles, braces protect its words and words with inner capitals.
    """
    if protected is None and _PLAIN.fullmatch(text):
        return text
    text = re.sub(r'(^|[\s(\[{–—-])"(?=\S)', r"\1``", text).replace('"', "''")
    text = _SINGLE_QUOTES.sub(r"\1`\2'", text) if "'" in text else text
    parts, end = [], 0
    for match in TEX_MATH.finditer(text):
        if _NO_FORMULA.search(match[0]) or not _is_balanced(match[0]):
            continue
        parts += [_encode(text[end : match.start()], protected), match[0]]
        end = match.end()
    return _ENTRY.sub("{@}", "".join([*parts, _encode(text[end:], protected)]))


def _is_balanced(formula: str) -> bool:
    depth = 0
    for char in formula:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


def _encode(text: str, protected: tuple[str, ...] | None) -> str:
    if protected is None:
        return _encode_chars(text)
    pieces = re.split(r"(\s+)", text)
    for n, piece in enumerate(pieces):
        word = strip_punctuation(piece)
        if word and (has_inner_capitals(word) or word in protected):
            before, _, behind = piece.partition(word)
            braced = f"{{{_encode_chars(word)}}}"
            pieces[n] = f"{_encode_chars(before)}{braced}{_encode_chars(behind)}"
        else:
            pieces[n] = _encode_chars(piece)
    return "".join(pieces)


def _encode_chars(text: str) -> str:
    if text.isascii() and not re.search(r"[\\{}$&%#_~^]", text):
        return text
    return "".join(map(_encode_char, text))


@cache
def _encode_char(char: str) -> str:
    if char in "$&%#_":
        return f"\\{char}"
    if char in LETTERS:
        return f"{{\\{LETTERS[char]}}}"
    if char in _NAMED:
        return f"{{\\{_NAMED[char]}}}"
    if char in "–—":
        return "--" if char == "–" else "---"
    base, *marks = unicodedata.normalize("NFD", char)
    if len(marks) == 1 and marks[0] in ACCENT_MACROS and base.isascii():
        name = ACCENT_MACROS[marks[0]]
        return f"{{\\{name}{{{base}}}}}" if name.isalpha() else f"{{\\{name}{base}}}"
    return char
