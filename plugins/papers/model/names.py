"""Names of authors: split lists, parse names into parts, read marks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

# Marks as they are written, and the mark that each stands for.
_MARKS = (
    dict.fromkeys("*∗＊⁎", "*") | dict.fromkeys("†#＃✉✝", "†") | {sign: sign for sign in "+‡§¶"}
)
_MARK = re.compile(rf"\\?[{''.join(_MARKS)}]")
LEGEND = {"*": "equal contribution", "†": "corresponding author"}

_FULL_WIDTH = str.maketrans("；，、", ";,,")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUFFIX = re.compile(r"(?i:jr|sr)\.?|II|III|IV")
_COLLECTIVE = re.compile(
    r".+ (team|collaborations?|consortium|group|initiative|project|network|community|society|"
    r"association|institute|committee|foundation|organi[sz]ation|laboratory|lab)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(and )?(others|et\.? al\.?|等)", re.IGNORECASE)
_EMPHASIS = re.compile(r"</?(?:b|strong|i|em|u)>|\*\*(?=[^*\s][^*]*\*\*)|(?<=[^*\s])\*\*", re.I)


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a collective; `family` holds the whole name where it has no parts.

    `marks` are those of the paper's list: `*` for an equal contribution, `†` for the
    corresponding author. `url` and `orcid` come from content/people.yml.
    """

    family: str
    given: str = ""
    suffix: str = ""
    collective: bool = False
    marks: str = ""
    owner: bool = False
    url: str | None = None
    orcid: str | None = None

    @property
    def name(self) -> str:
        """The name as it is printed."""
        if self.given and _CJK.search(self.family) and _CJK.search(self.given):
            return self.family + self.given
        return " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def inverted(self) -> str:
        """The name with the family name first, as "King, Martin Luther, Jr."."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))


class AuthorList(NamedTuple):
    """The authors of a paper, and whether the list ends in "and others" or "et al."."""

    authors: tuple[Author, ...] = ()
    has_more: bool = False

    def identify(self, people: Mapping[str, "Person"]) -> "AuthorList":
        """Add what `people` (by `name_key`) says about each author."""
        return AuthorList(
            tuple(_identify(author, people) for author in self.authors), self.has_more
        )


@dataclass(frozen=True, slots=True)
class Person:
    """What content/people.yml says about somebody."""

    owner: bool = False
    url: str | None = None
    orcid: str | None = None


def split_authors(text: str) -> list[str]:
    """Split an author list: at semicolons, else at commas and "and", else at line ends.

    BibTeX's "Last, First and Last, First" has one comma in each part, a YAML list hyphens.
    Raises ValueError with a message where a comma may be part of a name.
    """
    text = text.translate(_FULL_WIDTH)
    lines = text.split("\n")
    text = " ".join(lines)
    parts = re.split(r" +(?:and|&) +", text)
    if lines and all(line.startswith("- ") for line in lines):
        names = [line.removeprefix("- ") for line in lines]
    elif ";" in text:
        names = [re.sub(r"^ *and ", "", name) for name in text.split(";")]
    elif len(parts) > 1 and _are_inverted([part for part in parts if not _is_others(part)]):
        names = parts
    elif "," in text:
        names = [part for part in re.split(r", *(?:and|&) +|,| +(?:and|&) +", text) if part.strip()]
        if len(names) > 1 and (half := next(filter(_is_half, names), None)):
            raise ValueError(f'"{half.strip()}" may be half of a name (separate authors by `;`)')
    else:
        names = parts if len(parts) > 1 else lines
    return list(filter(None, map(_clean, names)))


def _clean(name: str) -> str:
    return " ".join(name.translate(_FULL_WIDTH).split()).strip(", ")


def _are_inverted(parts: list[str]) -> bool:
    """Tell whether each part is "Last, First" rather than two names of two words."""
    halves = [half for part in parts for half in part.split(",")]
    return len(halves) == 2 * len(parts) and any(len(half.split()) == 1 for half in halves)


def parse_authors(text: str, people: Mapping[str, Person]) -> AuthorList:
    """Parse an author list, and identify the authors in `people` (by `name_key`).

    Raises ValueError as `split_authors` and `parse_name` do.
    """
    return parse_name_list(split_authors(text)).identify(people)


def parse_name_list(names: Sequence[str]) -> AuthorList:
    """Parse names, of which the last may be "others" or end in "et al.".

    Raises ValueError as `parse_name` does.
    """
    names = list(filter(None, map(_clean, names)))
    has_more = bool(names) and _is_others(names[-1])
    if has_more:
        names.pop()
    elif names and (match := re.fullmatch(r"(.+?),? (?:et\.? al\.?|等)", names[-1])):
        names[-1], has_more = match[1], True
    return AuthorList(
        tuple(author for name in names if (author := parse_name(name)).name), has_more
    )


@cache
def parse_name(text: str) -> Author:
    """Parse "First von Last, Jr.", "von Last, First", "von Last, Jr., First" or "{Collective}".

    Raises ValueError with a message for a name with too many commas.
    """
    text = _strip_emphasis(text)
    marks = "".join(dict.fromkeys(_MARKS[mark[-1]] for mark in _MARK.findall(text)))
    text = " ".join(_MARK.sub("", text).split()).strip(" ,")
    text = re.sub(r" +,", ",", text)
    if re.fullmatch(r"\{[^{}]*\}", text) or _COLLECTIVE.fullmatch(text):
        return Author(text.strip("{}"), collective=True, marks=marks)
    words = text.split()
    if "," not in text:
        if len(words) == 2 and all(map(_CJK.search, words)):
            return Author(words[0], words[1], marks=marks)
        if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
            return replace(parse_name(" ".join(words[:-1])), suffix=words[-1], marks=marks)
    elif text.count(",") == 1 and _SUFFIX.fullmatch(words[-1]):
        return replace(parse_name(text.partition(",")[0]), suffix=words[-1], marks=marks)
    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except InvalidNameError:
        parts = None
    if parts is None or text.count(",") > 2:
        raise ValueError(f'"{text}" is no name (separate authors by `;`, in a .bib by `and`)')
    first, von, last, suffix = (
        " ".join(part).replace("{", "").replace("}", "")
        for part in (parts.first, parts.von, parts.last, parts.jr)
    )
    family = f"{von} {last}".strip()
    return Author(family or first, first if family else "", suffix, marks=marks)


def name_key(name: str) -> str:
    """Return the key of a name, the same for spellings of other case, width, accents or spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Vowel signs are marks in Unicode, but letters of the name.
    return "".join(s for s in folded if s.isalpha() or unicodedata.category(s)[0] == "M")


def _identify(author: Author, people: Mapping[str, Person]) -> Author:
    person = people.get(name_key(author.name))
    if person is None:
        return author
    return replace(author, owner=person.owner, url=person.url, orcid=person.orcid)


def _strip_emphasis(text: str) -> str:
    return _EMPHASIS.sub("", text) if "**" in text or "<" in text else text


def _is_others(name: str) -> bool:
    return _OTHERS.fullmatch(name.strip()) is not None


def _is_half(name: str) -> bool:
    """Tell whether a name is one word in Latin letters, such as "He", "Y." or "Jr."."""
    return (
        re.fullmatch(r"[A-Za-zÀ-ɏ.'’0-9-]+", name.strip()) is not None and name.strip() != "others"
    )
