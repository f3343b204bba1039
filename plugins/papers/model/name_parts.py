"""BibTeX's grammar of names: words, braces, particles, and lists with `and`.

Source: Patashnik, BibTeXing (1988), section 4; Markey, Tame the BeaST, chapter 11.
"""

import re
from functools import cache
from typing import NamedTuple

from ..util import LazyPattern

_BLANKS = " ~\t\n"
_BRACES = str.maketrans("", "", "{}")
# Parts of biblatex's extended form (biblatex 3.20, 3.4), some of which only sort or abbreviate.
_EXTENDED = LazyPattern(
    r'\s*"?(?:family|given|prefix|suffix|useprefix|id|gender|nametype|sorting\w+|'
    r"(?:family|given|prefix|suffix)-i)\s*="
)


class NameParts(NamedTuple):
    """The parts of a name, without braces; `family` begins with the particle."""

    family: str
    given: str = ""
    suffix: str = ""


def split_outside_braces(text: str, separators: str, quotes: bool = False) -> list[str]:
    """Split a text at characters outside of braces; with `quotes`, outside of quotes, too."""
    if "{" not in text and not (quotes and '"' in text):
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return text.split(separators[0])
    parts, depth, start, quoted = [], 0, 0, False
    for match in _sign_pattern(separators).finditer(text):
        char = match[0]
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif char == '"' and quotes and depth == 0:
            quoted = not quoted
        elif depth == 0 and not quoted and char in separators:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


@cache
def _sign_pattern(separators: str) -> re.Pattern:
    return re.compile(f'[{{}}"{re.escape(separators)}]')


def split_at_and(text: str) -> list[str]:
    """Split a list at each `and` outside of braces; names may be empty."""
    names: list[list[str]] = [[]]
    for word in _split_words(text):
        if word.lower() == "and":
            names.append([])
        else:
            names[-1].append(word)
    return [" ".join(words) for words in names]


def remove_groups(text: str) -> str:
    """Return a text without its groups in braces."""
    if "{" not in text:
        return text
    chars, depth = [], 0
    for char in text:
        if char == "{":
            depth += 1
        elif depth == 0:
            chars.append(char)
        elif char == "}":
            depth -= 1
    return "".join(chars)


def is_group(text: str) -> bool:
    """Tell whether one pair of braces holds the whole text."""
    return text[:1] == "{" and text[-1:] == "}" and _depth_is_positive(text[:-1])


def remove_braces(text: str) -> str:
    """Return a text without braces."""
    return text.translate(_BRACES)


def parse_name_parts(text: str) -> NameParts | None:
    """Parse "First von Last", "von Last, First" or "von Last, Jr., First".

    Returns None for a name with more commas.
    """
    sections = [_split_words(section) for section in split_outside_braces(text, ",")]
    while len(sections) > 1 and not sections[-1]:
        sections.pop()
    if len(sections) > 3:
        return None
    if len(sections) == 1:
        words = sections[0]
        end = next((n for n, word in enumerate(words[:-1]) if _is_particle(word)), len(words) - 1)
        sections = [words[max(end, 0) :], words[: max(end, 0)]]
    family, *suffix, given = (remove_braces(" ".join(words)) for words in sections)
    return NameParts(family, given, "".join(suffix))


def is_extended(name: str) -> bool:
    """Tell whether a name has biblatex's extended form: "family=Bach, given=Carl"."""
    return "=" in name and _EXTENDED.match(name) is not None


def parse_extended(name: str) -> NameParts:
    """Parse a name in biblatex's extended form; parts that only sort are left out."""
    parts = dict.fromkeys(("family", "given", "prefix", "suffix"), "")
    for item in split_outside_braces(name, ",", quotes=True):
        key, _, value = item.strip().strip('"').partition("=")
        if key.strip() in parts:
            parts[key.strip()] = " ".join(remove_braces(value).strip(' "').split())
    family = f"{parts['prefix']} {parts['family']}".strip()
    return NameParts(family, parts["given"], parts["suffix"])


def _split_words(text: str) -> list[str]:
    if "{" not in text:
        return text.replace("~", " ").split()
    return list(filter(None, split_outside_braces(text, _BLANKS)))


def _is_particle(word: str) -> bool:
    """Tell whether the first letter outside of braces is a small one, as in "von".

    Unlike for BibTeX, "{B}ob" is none.
    """
    first = next(filter(str.isalpha, remove_braces(word)), "")
    outside = next(filter(str.isalpha, remove_groups(word)), "")
    return first.islower() and outside.islower()


def _depth_is_positive(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 1:
            return False
    return True
