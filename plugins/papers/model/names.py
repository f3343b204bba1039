"""Names of authors: split lists, parse names into parts, read marks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple

from ..util import LazyPattern, decode_latex_names
from .affiliations import MARK, MARKS, NUMBER, read_numbers, strip_affiliations
from .name_parts import is_group, parse_name_parts, remove_braces, remove_groups

LEGEND = {"*": "equal contribution", "†": "corresponding author"}

_FULL_WIDTH = str.maketrans("；，、؛،", ";,,;,")
_CJK = LazyPattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUFFIX = LazyPattern(r"(?i:jr|sr)\.?|II|III|IV")
_COLLECTIVE = LazyPattern(
    r".+ (team|collaborations?|consortium|group|initiative|project|network|community|society|"
    r"association|institute|committee|foundation|organi[sz]ation|laboratory|lab)",
    re.IGNORECASE,
)
_MORE = (
    r"\.\.\.|…|et\.? al\.?|et alii|等|(?:and |& ?|\+ ?)?\d+ (?:others|more|(?:other|more) authors)"
)
_OTHERS = LazyPattern(rf"(?:and )?(?:others|{_MORE})", re.IGNORECASE)
_NAME_AND_OTHERS = LazyPattern(rf"(.+?),? (?:{_MORE})", re.IGNORECASE)
# DBLP tells people of the same name apart by a number.
_HOMONYM = LazyPattern(r"(?<=\S)\s+0\d{3}(?=\s*(?:,|$))")
# The style of medicine: "Le Goues C", "van der Berg JR*", "Stone A.".
_INITIALS_LAST = LazyPattern(
    r"(?P<family>[^\W\d_][\w'’ -]*?[^\W\d_]) "
    r"(?P<given>[^\W\d_]\.?(?:[ -]?[^\W\d_]\.?){0,3})(?P<marks>\s*[*†‡#§¶+\ue101-\ue163]*)"
)
# A given name such as LI or YU, not initials: Chinese in Latin letters.
_SYLLABLE = LazyPattern(r"[BCDFGHJKLMNPQRSTWXYZ]{1,2}[AEIOU]+(?:N|NG)?")
# Text that BibTeX takes for the end of a name or of a part.
_SEPARATOR = LazyPattern(r",|\band\b", re.IGNORECASE)
# TeX for an accent or a letter, which some people write in headers, too.
_TEX = LazyPattern(r"\\(?:[A-Za-z'`^\"~=.])")
_EMPHASIS = LazyPattern(r"</?(?:b|strong|i|em|u)>|\*\*(?=[^*\s][^*]*\*\*)|(?<=[^*\s])\*\*", re.I)
_TOO_MANY_COMMAS = '"{}" is not a name (separate authors by `;`, in a .bib by `and`)'
_UNDERSCORES = LazyPattern(r"__|(?<!\w)_(?=[^\s_])([^_]+)(?<!\s)_(?!\w)")


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a collective; `family` holds the whole name where it has no parts.

    `marks` are those of the paper's list: `*` for an equal contribution, `†` for the
    corresponding author. `affiliations` are places in the paper's list of them, from 1. `url` and
    `orcid` come from content/people.yml.
    """

    family: str
    given: str = ""
    suffix: str = ""
    collective: bool = False
    marks: str = ""
    affiliations: tuple[int, ...] = ()
    owner: bool = False
    url: str | None = None
    orcid: str | None = None
    # The name as it is printed: a site with 400 papers asks for it 30,000 times.
    name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        if self.given and _CJK.search(self.family) and _CJK.search(self.given):
            name = self.family + self.given
        else:
            name = " ".join(filter(None, (self.given, self.family, self.suffix)))
        object.__setattr__(self, "name", name)

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


def split_authors(text: str, numbered: bool = False) -> list[str]:
    """Split an author list: at semicolons, else at commas and "and", else at line ends.

    If `numbered`, names end in the numbers of affiliations; see `strip_affiliations`.
    BibTeX's "Last, First and Last, First" has one comma in each part, a YAML list hyphens.
    Raises ValueError with a message where a comma may be part of a name.
    """
    if _TEX.search(text):
        text = "\n".join(map(decode_latex_names, text.split("\n")))
    text = re.sub(r"[ \t]+", " ", text)
    text = strip_affiliations(text, numbered)[0].translate(_FULL_WIDTH)
    text = re.sub(" +[|·•] +", "; ", text)
    lines = text.split("\n")
    text = " ".join(lines)
    parts = re.split(r"(?: +(?:and|&))+ +", text)
    if lines and all(line.startswith("- ") for line in lines):
        names = [line.removeprefix("- ") for line in lines]
    elif ";" in text:
        names = [re.sub(r"^ *and ", "", name) for name in text.split(";")]
    elif len(parts) > 1 and _are_inverted([part for part in parts if not _is_others(part)]):
        names = parts
    elif "," in text:
        separators = r", *(?:(?:and|&) +)+|,|(?: +(?:and|&))+ +"
        names = [part for part in re.split(separators, text) if part.strip()]
        if len(names) > 1 and (half := next(filter(_is_half, names), None)):
            raise ValueError(f'"{half.strip()}" may be half of a name (separate authors by `;`)')
    else:
        names = parts if len(parts) > 1 else lines
    return list(filter(None, map(_clean, names)))


@lru_cache(8192)
def _clean(name: str) -> str:
    return " ".join(name.translate(_FULL_WIDTH).split()).strip(", ")


def _are_inverted(parts: list[str]) -> bool:
    """Tell whether each part is "Last, First" rather than two names of two words."""
    halves = [half for part in parts for half in part.split(",")]
    return len(halves) == 2 * len(parts) and any(len(half.split()) == 1 for half in halves)


def parse_authors(text: str, people: Mapping[str, Person], numbered: bool = False) -> AuthorList:
    """Parse an author list, and identify the authors in `people` (by `name_key`).

    If `numbered`, the numbers after names are those of their affiliations. Raises ValueError as
    `split_authors` and `parse_name` do.
    """
    return parse_name_list(split_authors(text, numbered)).identify(people)


def parse_name_list(names: Sequence[str]) -> AuthorList:
    """Parse names, of which the last may be "others" or end in "et al.".

    Raises ValueError as `parse_name` does.
    """
    names = list(filter(None, map(_clean, names)))
    has_more = bool(names) and _is_others(names[-1])
    if has_more:
        names.pop()
    elif names and (match := _NAME_AND_OTHERS.fullmatch(names[-1])):
        names[-1], has_more = match[1], True
    names = put_family_first(names)
    return AuthorList(
        tuple(author for name in names if (author := parse_name(name)).name), has_more
    )


@cache
def parse_name(text: str) -> Author:
    """Parse "First von Last, Jr.", "von Last, First", "von Last, Jr., First" or "{Collective}".

    Raises ValueError with a message for a name with too many commas.
    """
    text = _strip_emphasis(text)
    if numbers := read_numbers(text):
        return replace(parse_name(NUMBER.sub("", text)), affiliations=numbers)
    marks = "".join(dict.fromkeys(MARKS[mark[-1]] for mark in MARK.findall(text)))
    text = " ".join(MARK.sub("", text).split()).strip(" ,")
    text = re.sub(r" +,", ",", _HOMONYM.sub("", text))
    if _is_collective(text):
        return Author(remove_braces(text).strip(), collective=True, marks=marks)
    words, commas = text.split(), remove_groups(text).count(",")
    if commas == 0:
        if len(words) == 2 and all(map(_CJK.search, words)) and "{" not in text:
            return Author(words[0], words[1], marks=marks)
        if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
            return replace(parse_name(" ".join(words[:-1])), suffix=words[-1], marks=marks)
    elif commas == 1 and _SUFFIX.fullmatch(words[-1]):
        person = parse_name(text.rpartition(",")[0])
        if not person.collective:
            return replace(person, suffix=words[-1], marks=marks)
    parts = parse_name_parts(text)
    if parts is None:
        raise ValueError(_TOO_MANY_COMMAS.format(text))
    family, given, suffix = parts
    if commas == 2 and _is_list_of_names(text):
        raise ValueError(_TOO_MANY_COMMAS.format(text))
    if not family:
        family, given = given, ""
    collective = not (given or suffix) and not _is_written_plain(family, text)
    return Author(family, given, suffix, collective=collective, marks=marks)


def _is_written_plain(family: str, text: str) -> bool:
    """Tell whether a name without parts needs no braces, unlike "{De Souza}-Smith" and "* *"."""
    if " " in family and not re.match(r"['’]?[^\W\d_]", family):
        return False
    return "{" not in text or ("," not in family and parse_name(family).family == family)


def format_name_parts(author: Author) -> list[tuple[str, bool]]:
    """Return the parts of a name in BibTeX's order, and whether each needs braces.

    What is written so is parsed as the same name again.
    """
    if author.collective:
        return [(author.family, True)]
    texts = list(filter(None, (author.family, author.suffix, author.given)))
    plain = Author(author.family, author.given, author.suffix)
    parts = [(text, _SEPARATOR.search(text) is not None) for text in texts]
    if _is_parsed_as(parts, plain):
        return parts
    return [(text, True) for text in texts]


def join_name(family: str, given: str = "", suffix: str = "") -> str:
    """Return a name as BibTeX writes it, from which the same parts are parsed."""
    return _join_parts(format_name_parts(Author(family, given, suffix)))


def _join_parts(parts: list[tuple[str, bool]]) -> str:
    return ", ".join(f"{{{part}}}" if braces else part for part, braces in parts)


def _is_parsed_as(parts: list[tuple[str, bool]], author: Author) -> bool:
    try:
        return parse_name(_join_parts(parts)) == author
    except ValueError:
        return False


def are_whole_names(parts: Sequence[str]) -> bool:
    """Tell whether texts are names of two words or more, of which none is an initial or suffix."""
    return len(parts) > 1 and all(
        "{" not in part and re.match(r"\S*[^\W_]{2,}\S* +\S*[^\W_]{2,}", part.strip())
        for part in parts
    )


def _is_list_of_names(text: str) -> bool:
    """Tell whether a text is "Ann Stone, Bob Rock, Carl Clay" or "Stone A, Rock B, Clay C"."""
    names = [name.strip() for name in text.split(",")]
    return are_whole_names(names) or put_family_first(names) != names


def put_family_first(names: Sequence[str]) -> list[str]:
    """Return names as "Family, Initials" if each of several has its initials last.

    That is the style of medicine: "Stone A", "Le Goues CB". Groups and single words stay.
    """
    matches = {}
    for name in names:
        if " " in name and not _is_collective(name):
            matches[name] = match = _INITIALS_LAST.fullmatch(name)
            if not _is_initials_last(match):
                return list(names)
    # "Wei LI, Bo YU" are Chinese names.
    if len(matches) < 2 or all(_SYLLABLE.fullmatch(match["given"]) for match in matches.values()):
        return list(names)
    # In braces, the initials JR are not a suffix.
    form = r"\g<family>, {\g<given>}\g<marks>"
    return [matches[name].expand(form) if name in matches else name for name in names]


def _is_initials_last(match: re.Match | None) -> bool:
    if match is None or not match["given"].isupper():
        return False
    return any(map(str.islower, match["family"].split()[-1]))


def _is_collective(text: str) -> bool:
    return is_group(text) or ("{" not in text and _COLLECTIVE.fullmatch(text) is not None)


@lru_cache(8192)
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
    if "_" in text:
        text = _UNDERSCORES.sub(r"\1", text)
    return _EMPHASIS.sub("", text) if "**" in text or "<" in text else text


def _is_others(name: str) -> bool:
    return _OTHERS.fullmatch(name.strip()) is not None


def _is_half(name: str) -> bool:
    """Tell whether a name is one word in Latin letters, such as "He", "Y." or "Jr."."""
    return (
        re.fullmatch(r"[A-Za-zÀ-ɏ.'’0-9-]+", name.strip()) is not None and name.strip() != "others"
    )
