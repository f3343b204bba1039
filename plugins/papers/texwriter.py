"""Plain text becomes TeX for BibTeX fields."""

import re
import unicodedata
from functools import cache

from .tex import MATH, keeps_itself, strip_word
from .texdata import ACCENT_MACROS, LETTERS

# What stands in no formula, but between two prices, or would act where it is compiled.
_NO_FORMULA = re.compile(
    r"(?<!\\)[%#]|\$[^$\\]*(?<!\\)&|\\(?:input|include|write|openout|immediate|def|catcode|csname)\b"
)
# Most texts: nothing in them means anything to TeX.
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:()/+*=!?'\n-]*")
# BibTeX counts a brace with a backslash too, so that text must not hold one.
_NAMED = {
    "\\": "textbackslash", "~": "textasciitilde", "^": "textasciicircum",
    "{": "textbraceleft", "}": "textbraceright",
}  # fmt: skip
# What programs that look for the next entry would take for it.
_ENTRY = re.compile(r"@(?=\s*[A-Za-z]+\s*[{(])")


def encode(text: str, kept: tuple[str, ...] | None = None) -> str:
    """Return plain text as TeX: accents and special characters as macros, mathematics as it is.

    Where `kept` is given, as for titles, its words and those that keep themselves get braces.
    """
    if kept is None and _PLAIN.fullmatch(text):
        return text
    text = re.sub(r'(^|[\s(\[{–—-])"(?=\S)', r"\1``", text).replace('"', "''")
    parts, end = [], 0
    for match in MATH.finditer(text):
        if _NO_FORMULA.search(match[0]) or not _is_balanced(match[0]):
            continue
        parts += [_encode(text[end : match.start()], kept), match[0]]
        end = match.end()
    whole = "".join([*parts, _encode(text[end:], kept)])
    return _ENTRY.sub("{@}", whole)


def _is_balanced(formula: str) -> bool:
    depth = 0
    for sign in formula:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _encode(text: str, kept: tuple[str, ...] | None) -> str:
    if kept is None:
        return _encode_signs(text)
    pieces = re.split(r"(\s+)", text)
    for n, piece in enumerate(pieces):
        word = strip_word(piece)
        if word and (keeps_itself(word) or word in kept):
            before, _, behind = piece.partition(word)
            braced = f"{{{_encode_signs(word)}}}"
            pieces[n] = f"{_encode_signs(before)}{braced}{_encode_signs(behind)}"
        else:
            pieces[n] = _encode_signs(piece)
    return "".join(pieces)


def _encode_signs(text: str) -> str:
    if text.isascii() and not re.search(r"[\\{}$&%#_~^]", text):
        return text
    return "".join(map(_encode_sign, text))


@cache
def _encode_sign(sign: str) -> str:
    if sign in "$&%#_":
        return f"\\{sign}"
    if sign in LETTERS:
        return f"{{\\{LETTERS[sign]}}}"
    if sign in _NAMED:
        return f"{{\\{_NAMED[sign]}}}"
    if sign in "–—":
        return "--" if sign == "–" else "---"
    base, *marks = unicodedata.normalize("NFD", sign)
    if len(marks) == 1 and marks[0] in ACCENT_MACROS and base.isascii():
        name = ACCENT_MACROS[marks[0]]
        return f"{{\\{name}{{{base}}}}}" if name.isalpha() else f"{{\\{name}{base}}}"
    return sign
