"""Plain text becomes TeX for BibTeX fields."""

import re
import unicodedata
from functools import cache

from .tex import MATH, keeps_itself, strip_word
from .texdata import ACCENT_MACROS, LETTERS


def encode(text: str, kept: tuple[str, ...] | None = None) -> str:
    """Return plain text as TeX: accents and special characters as macros, mathematics as it is.

    Where `kept` is given, as for titles, its words and those that keep themselves get braces.
    """
    parts, end = [], 0
    for match in MATH.finditer(text):
        parts += [_encode(text[end : match.start()], kept), match[0]]
        end = match.end()
    return "".join([*parts, _encode(text[end:], kept)])


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
    if text.isascii() and not re.search(r'[\\{}$&%#_~^"]', text):
        return text
    text = re.sub(r'(^|[\s(\[{–—-])"(?=\S)', r"\1``", text).replace('"', "''")
    return "".join(map(_encode_sign, text))


@cache
def _encode_sign(sign: str) -> str:
    if sign in "{}$&%#_":
        return f"\\{sign}"
    if sign in LETTERS:
        return f"{{\\{LETTERS[sign]}}}"
    special = {"\\": "textbackslash", "~": "textasciitilde", "^": "textasciicircum"}
    if sign in special:
        return f"{{\\{special[sign]}}}"
    if sign in "–—":
        return "--" if sign == "–" else "---"
    base, *marks = unicodedata.normalize("NFD", sign)
    if len(marks) == 1 and marks[0] in ACCENT_MACROS and base.isascii():
        name = ACCENT_MACROS[marks[0]]
        return f"{{\\{name}{{{base}}}}}" if name.isalpha() else f"{{\\{name}{base}}}"
    return sign
