"""TeX as it stands in BibTeX fields becomes plain text."""

import re
import unicodedata
from functools import cache
from html import unescape

from pylatexenc.latex2text import get_default_latex_context_db

from .texdata import (
    ACCENTS,
    FIRST_ARGUMENT_GOES,
    JOURNALS,
    LOOKS,
    SYMBOLS,
)

_TOKEN = re.compile(
    r"\\(?:url|path|nolinkurl)\s*\{(?P<verbatim>[^{}]*)\}"
    r"|(?P<math>\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]|\$\$?(?:[^$\\]|\\.)*\$\$?)"
    r"|\\(?P<macro>[A-Za-z]+)\*?(?P<space>\s*)|\\(?P<sign>.)"
    r"|[{}]|(?P<dash>---?)|(?P<quote>``|'')|(?P<tick>`)|(?P<tie>~)",
    re.DOTALL,
)
_PLAIN = re.compile(r"(?:[^\\{}$~&<`'-]|-(?!-)|'(?!'))*")
_SIGNS = dict.fromkeys(" \n\t\\,;:", " ") | dict.fromkeys("-/!@", "") | {"(": "\\(", "[": "\\["}
_SIGNS |= {")": "\\)", "]": "\\]"}
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_TAG = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|u|sub|sup|sc|scp|tt|code|span|italic|bold|br|a|font|p|div|title"
    r"|sec)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:jats:)?(?:p|div|br|sec|title)\b", re.IGNORECASE)
# Mathematics in plain text: $…$ and $$…$$, or \(…\) and \[…\]. Between two prices stands none:
# it has words and no command, or blanks at its ends, or a digit behind it.
MATH = re.compile(
    r"\$\$[^$]+\$\$"
    r"|\$(?=[^\s$]*[\\^_{=])(?:[^\s$\\]|\\.)+\$"
    r"|\$(?=[^\s$])(?![^$\\]*[A-Za-z]{2} [A-Za-z]{2}[^$\\]*\$)(?:[^$\\]|\\.)*?(?<=\S)\$(?!\d)"
    # No formula is longer; without a bound, many that nothing ends would be read over and over.
    r"|\\\(.{1,4000}?\\\)|\\\[.{1,4000}?\\\]",
    re.DOTALL,
)
# What stands for the braces that keep capitals, while a title is decoded.
_OPEN, _CLOSE = "\x01", "\x02"


def decode(text: str) -> str:
    """Return a BibTeX field's text without TeX; mathematics stays as it is.

    A macro that nobody knows stays too. Paragraphs are kept apart by blank lines.
    """
    return _tidy(text) if _PLAIN.fullmatch(text) else _decode(text)


def decode_title(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a title without TeX, and its words whose capitals braces keep."""
    if "{" not in text:
        return _line(decode(text)), ()
    marked = _line(_decode(text, _OPEN, _CLOSE))
    kept, depth = set(), 0
    for word in marked.split():
        inside = depth > 0
        for sign in word:
            depth += (sign == _OPEN) - (sign == _CLOSE)
            inside = inside or depth > 0
        word = strip_word(word.replace(_OPEN, "").replace(_CLOSE, ""))
        if inside and word != word.lower() and not keeps_itself(word) and "$" not in word:
            kept.add(word)
    return _line(marked.replace(_OPEN, "").replace(_CLOSE, "")), tuple(sorted(kept))


def decode_line(text: str) -> str:
    """Return a field's text without TeX, on one line."""
    return _line(decode(text))


def keeps_itself(word: str) -> bool:
    """Tell whether a word has capitals behind its first letter, as LLM, K-means and iPhone have."""
    parts = word.split("-")
    return any(
        any(map(str.isupper, part[1:])) or (len(parts) > 1 and len(part) == 1 and part.isupper())
        for part in parts
    )


def strip_word(word: str) -> str:
    """Return a word without the punctuation around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", word)


def _decode(text: str, opening: str = "", closing: str = "") -> str:
    """Decode in one pass; `opening` and `closing` stand for braces that keep capitals."""
    out: list[str] = []
    ends: list[str | int] = []  # for each open brace: what its end puts out, or cuts down to
    accent, drop, bare, end = "", False, True, 0

    def put(words: str) -> None:
        nonlocal accent
        if accent and words.strip():
            letter = {"ı": "i", "ȷ": "j"}.get(words[0], words[0])
            words, accent = letter + accent + words[1:], ""
        out.append(words)

    for match in _TOKEN.finditer(text):
        if match.start() > end:
            put(text[end : match.start()])
            bare = True
        end = match.end()
        kind, value = match.lastgroup, match[0]
        if value == "{":
            if drop:
                ends.append(len(out))
            else:
                keeps = bare and not accent and text[end : end + 1] != "\\"
                put(opening if keeps else "")
                ends.append(closing if keeps else "")
            bare, drop = True, False
        elif value == "}":
            last = ends.pop() if ends else ""
            if isinstance(last, int):
                del out[last:]
            else:
                out.append(last)
            accent, bare = "", True
        elif kind in ("macro", "space"):
            name = match["macro"]
            accent = ACCENTS.get(name, accent)
            drop = name in FIRST_ARGUMENT_GOES
            bare = False
            if not (drop or name in ACCENTS or name in LOOKS):
                bare = True
                symbol = _symbol(name)
                put(value if symbol is None else symbol)
        elif kind == "sign":
            accent = ACCENTS.get(match["sign"], accent)
            bare = match["sign"] not in ACCENTS
            if bare:
                put(_SIGNS.get(match["sign"], match["sign"]))
        else:
            put(_VALUES[kind](match))
            bare = True
    put(text[end:])
    return _tidy(unicodedata.normalize("NFC", "".join(out)))


def _math(match: re.Match) -> str:
    inner = match[0].strip("$").strip()
    return (
        match[0] if match[0][0] == "\\" or MATH.fullmatch(match[0]) else f"${inner}$" * bool(inner)
    )


# What a token of each kind becomes.
_VALUES = {
    "verbatim": lambda match: match["verbatim"],
    "math": _math,
    "dash": lambda match: "–" if len(match[0]) == 2 else "—",
    "quote": lambda match: '"',
    "tick": lambda match: "'",
    "tie": lambda match: " ",
}


@cache
def _symbol(name: str) -> str | None:
    """Return what a macro without arguments prints, None for one that nobody knows."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    if name in JOURNALS:
        return JOURNALS[name]
    spec = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(spec, "simplify_repl", None)
    return text if isinstance(text, str) and text and "%" not in text else None


def _tidy(text: str) -> str:
    """Take HTML away and join lines, but for blank ones between paragraphs."""
    for _ in range(3):  # Some systems escape what was escaped already.
        if "&" in text:
            text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    if "<" in text:
        text = _TAG.sub(lambda found: "\n\n" if _BREAK.match(found[0]) else "", text)
    if "\n" not in text and "  " not in text:
        return text.strip()
    paragraphs = (" ".join(lines.split()) for lines in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, paragraphs))


def _line(text: str) -> str:
    return " ".join(text.split())
