"""Strings: control characters, lists, slugs."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache
from typing import Any


class LazyPattern:
    """A regular expression that is compiled when it is first used.

    There are hundreds, of which most commands need less than half.
    """

    def __init__(self, pattern: str | bytes, flags: int = 0):
        self.pattern, self.flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        """Return a method of the pattern, and keep it: this is called once for each name."""
        attribute = getattr(self._compiled, name)
        setattr(self, name, attribute)
        return attribute


# Control characters except tab and line ends: browsers and feed readers reject them.
CONTROL = LazyPattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


_WIDE = LazyPattern("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")

# What stands around the words of a title that are in italics.
ITALICS_START, ITALICS_END = "\x04", "\x05"


def replace_italics(text: str, start: str = "", end: str = "") -> str:
    """Return a title with other marks around its italics, or without marks."""
    return text.replace(ITALICS_START, start).replace(ITALICS_END, end)


def balance_italics(text: str) -> str:
    """Return a title with the outer pairs of marks only, and without those around nothing."""
    parts, depth = [], 0
    for part in re.split(f"([{ITALICS_START}{ITALICS_END}])", text):
        if part == ITALICS_START:
            depth += 1
            parts.append(part if depth == 1 else "")
        elif part == ITALICS_END:
            parts.append(part if depth == 1 else "")
            depth = max(depth - 1, 0)
        else:
            parts.append(part)
    marked = "".join(parts).replace(ITALICS_START + ITALICS_END, "")
    return replace_italics(marked) if depth else marked


def shorten(text: str) -> str:
    """Return a value on one line for a message, at most 60 characters long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def measure_text(text: str) -> int:
    """Return the width of a text in characters; Chinese, Japanese and Korean ones count double."""
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))


def fold_text(text: str) -> str:
    """Return the letters and digits of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def find_misspelt(name: str, names: Iterable[str]) -> str | None:
    """Return the name of which another one is a misspelling: of six letters, two may be wrong."""
    limit = 1 if len(name) < 6 else 2
    near = [
        (distance, -SequenceMatcher(None, name, other).ratio(), other)
        for other in names
        if abs(len(other) - len(name)) <= limit
        and (distance := _edit_distance(name, other)) <= limit
        # Few people err in the first letter, and "mrnumber" is no "number".
        and (distance == 1 or name[:1] == other[:1])
    ]
    return min(near)[2] if near else None


def find_near_path(path: str, paths: Iterable[str]) -> str | None:
    """Return the path that was meant by one that does not exist.

    That is one in another case, a near miss, or the only file of this name in other folders.
    """
    folded = {other.rstrip("/").casefold(): other for other in sorted(paths)}
    name = path.rstrip("/").casefold()
    if not name or name in folded:
        return folded.get(name)
    if near := find_misspelt(name, get_close_matches(name, folded, n=5)):
        return folded[near]
    file = name.rpartition("/")[2]
    same = [other for other in folded if "." in file and other.rpartition("/")[2] == file]
    return folded[same[0]] if len(same) == 1 else None


def _edit_distance(first: str, second: str) -> int:
    """Return how many letters to add, drop, change or swap (optimal string alignment)."""
    before, row = [], list(range(len(second) + 1))
    for n, letter in enumerate(first, 1):
        two_before, before, row = before, row, [n]
        for m, other in enumerate(second, 1):
            cost = min(before[m] + 1, row[-1] + 1, before[m - 1] + (letter != other))
            if n > 1 and m > 1 and (letter, first[n - 2]) == (second[m - 2], other):
                cost = min(cost, two_before[m - 2] + 1)
            row.append(cost)
    return row[-1]


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of a list, each once: `- ` lines, or separated by `;`, commas or lines."""
    lines = text.split("\n")
    if lines and all(line.startswith("- ") for line in lines):
        items = [line.removeprefix("- ") for line in lines]
    else:
        items = re.split("[;；]" if re.search("[;；]", text) else "[,，、\n]", text)
    return tuple(dict.fromkeys(" ".join(item.split()) for item in items if item.strip()))


# Characters that distinguish names, such as C, C++ and C#.
_CHARS = {"+": "-plus", "#": "-sharp", "*": "-star", "&": "-and-"}


@lru_cache(maxsize=4096)
def slugify(name: str) -> str:
    """Return a name as it is in a URL: lower case, letters of any script, hyphens."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(_CHARS.get(char, char) for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    text = re.sub(r"[\s!-/:-@\[-`{-~]+", "-", text).strip("-")
    # File systems limit names in bytes.
    return text.encode()[:100].decode(errors="ignore").strip("-")


# Superscripts and subscripts in plain text: Unicode's raised digits, or `^` and `_`.
_SUPERSCRIPTS = str.maketrans("0123456789+-–−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-–−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_TRADE_SIGNS = {"TM": "™", "SM": "℠", "R": "®", "(R)": "®"}
# The endings of ordinals in several languages, after a digit or a Roman number.
_ORDINAL = LazyPattern(r"st|nd|rd|th|e|er|re|ère|nde?|è?me|ème|a|o|do|to|mo|vo", re.IGNORECASE)
_SCRIPT_TAG = LazyPattern(
    r"<(?:jats:)?(?P<kind>su[bp])(?:\s[^<>]*)?>(?P<text>[^<>]{1,60})</(?:jats:)?su[bp]\s*>",
    re.IGNORECASE,
)


def format_superscript(text: str, before: str = "") -> str:
    """Return what a superscript is in plain text; `before` is the text before it."""
    text = text.strip()
    if all(ord(char) in _SUPERSCRIPTS for char in text):
        return text.translate(_SUPERSCRIPTS)
    if text in _TRADE_SIGNS and before[-1:].isalpha():
        return _TRADE_SIGNS[text]
    if _ORDINAL.fullmatch(text) and re.search(r"[0-9]$|\b[IVXLCDM]+$", before[-12:]):
        return text
    return f"^{text}" if re.fullmatch(r"[-–−+]?\w+(?:[.,/]\w+)*", text) else text


def format_subscript(text: str) -> str:
    """Return what a subscript is in plain text."""
    text = text.strip()
    if all(ord(char) in _SUBSCRIPTS for char in text):
        return text.translate(_SUBSCRIPTS)
    return f"_{text}" if re.fullmatch(r"\w+", text) else text


def replace_script_tags(html: str) -> str:
    """Return HTML or JATS with the text of each `<sup>` and `<sub>` in plain text."""
    if "<" not in html:
        return html
    return _SCRIPT_TAG.sub(_format_tag, html)


def _format_tag(match: re.Match) -> str:
    if match["kind"].lower() == "sub":
        return format_subscript(match["text"])
    return format_superscript(
        match["text"], match.string[max(match.start() - 12, 0) : match.start()]
    )
