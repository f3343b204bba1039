"""What a paper is: values only, no files and no Pelican."""

import datetime
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FULL_MONTHS = (
    "january february march april may june july august september october november december"
).split()

# A time of day is read over: what is shown and sorted by is the day.
_DATE_FORMS = [
    re.compile(r"(?P<year>\d{4})年?"),
    re.compile(r"(?P<year>\d{4}) *年 *(?P<month>\d{1,2}) *月(?: *(?P<day>\d{1,2}) *日)?"),
    re.compile(
        r"(?P<year>\d{4})(?P<sep>[-./])(?P<month>\d{1,2})"
        r"(?:(?P=sep)(?P<day>\d{1,2})(?:[T ]\d{1,2}:\d{2}[\d:.]*(?: *[+-]\d{2}:?\d{2}|Z)?)?)?"
    ),
    re.compile(r"(?:(?P<day>\d{1,2}) +)?(?P<month>[A-Za-z]{3,9})\.?,? +(?P<year>\d{4})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? +(?P<day>\d{1,2}), *(?P<year>\d{4})"),
]
# What stands around a name in an author list: marks of footnotes, emphasis.
_MARKS = r"[*∗†‡§¶#^_\\✉0-9, ]+"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it was written: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read 2026, 2026-02, 2026.02.14, Feb 2026, 14 Feb 2026 or 2026年2月.

        Raises ValueError with a sentence that says what to write.
        """
        for form in _DATE_FORMS:
            if match := form.fullmatch(text.strip()):
                found = match.groupdict()
                year, month = int(found["year"]), _month(found.get("month"))
                day = int(found["day"]) if found.get("day") else None
                try:
                    datetime.date(year, 1 if month is None else month, 1 if day is None else day)
                except ValueError:
                    break
                return cls(year, month, day)
        raise ValueError(f'"{text}" is no date (write 2026, 2026-02 or 2026-02-14)')

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Order by time; the less precise date comes first."""
        return self.year, self.month or 0, self.day or 0

    def isoformat(self) -> str:
        """Return 2026, 2026-02 or 2026-02-14, as HTML's `datetime` takes it."""
        return "-".join(self._parts())

    def __str__(self) -> str:
        return ".".join(self._parts())

    def _parts(self) -> list[str]:
        return [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]


def _month(text: str | None) -> int | None:
    """Return a month's number; 0, which is none, for a word that names no month."""
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    word = text.lower()
    if word in _FULL_MONTHS or word in _MONTHS or word == "sept":
        return _MONTHS.index(word[:3]) + 1
    return 0


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a collective, named as the paper names it."""

    name: str
    owner: bool = False


class Byline(NamedTuple):
    """The authors that a card shows, and those that it shows on request."""

    shown: tuple[Author, ...]
    more: tuple[Author, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link; `address` is absolute, or the path of a file or page of the site."""

    label: str
    address: str

    @property
    def lang(self) -> str | None:
        """Return "zh-Hans" for a label in Chinese characters, to get Chinese glyphs."""
        han = re.search("[\u4e00-\u9fff]", self.label)
        return "zh-Hans" if han and not re.search("[\u3040-\u30ff]", self.label) else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its path below content/, its size in pixels, what it shows."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; text is as it was written, without markup and with straight quotes."""

    title: str
    authors: tuple[Author, ...]
    date: PartialDate
    venue: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    links: tuple[Link, ...] = ()
    figure: Figure | None = None
    selected: bool = False
    weight: int | None = None

    @property
    def venue_label(self) -> str:
        """Venue and year, as "ICLR 2026"; a year that stands in the venue is the label's."""
        venue = self.venue or ("arXiv" if self.arxiv else "")
        name, year = split_year(venue)
        if year is None and re.search(r"\b(19|20)\d{2}\b", venue):
            return venue
        return f"{name} {year or self.date.year}".strip()

    def byline(self, limit: int = 12, shown: int = 6) -> Byline:
        """Shorten a list of more than `limit` authors; the owner is always shown."""
        if len(self.authors) <= limit:
            return Byline(self.authors, ())
        rest = self.authors[shown:]
        owners = tuple(author for author in rest if author.owner)
        more = tuple(author for author in rest if not author.owner)
        return Byline(self.authors[:shown] + owners, more)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, in words for the person who wrote it."""

    file: str
    message: str
    key: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (where, self.key, self.message) if part)


def split_year(venue: str) -> tuple[str, str | None]:
    """Split "ICLR2026", "ICLR 2026" or "ICLR'26" into name and year, which may be absent."""
    if match := re.fullmatch(r"(?P<name>.*[^\d–-])(?P<year>(?:19|20)\d{2}|(?<=['’])\d{2})", venue):
        return match["name"].rstrip(" ,'’"), f"20{match['year']}"[-4:]
    return venue, None


def read_authors(text: str, owners: Collection[str]) -> tuple[Author, ...]:
    """Split an author list: at semicolons, else at commas and "and", else at line ends.

    BibTeX's "Last, First and Last, First" is known by one comma in each part, a list by
    its hyphens. Raises ValueError with a sentence where a comma may stand within a name.
    """
    text = text.replace("；", ";").replace("，", ",").replace("、", ",")
    lines = text.splitlines()
    text = " ".join(lines)
    parts = re.split(r" +(?:and|&) +", text)
    if lines and all(line.startswith("- ") for line in lines):
        names = [line.removeprefix("- ") for line in lines]
    elif ";" in text:
        names = text.split(";")
    elif len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        names = [" ".join(reversed(part.split(","))) for part in parts]
    elif "," in text:
        names = [part for part in re.split(r", *(?:and|&) +|,| +(?:and|&) +", text) if part.strip()]
        if len(names) > 1 and (half := next(filter(_is_half, names), None)):
            raise ValueError(f'"{half.strip()}" may be half of a name (separate authors by `;`)')
    else:
        names = parts if len(parts) > 1 else lines
    known = {_name_key(owner) for owner in owners}
    clean = (" ".join(name.split()).strip(", ") for name in names)
    return tuple(Author(name, _name_key(name) in known) for name in clean if name)


def _is_half(name: str) -> bool:
    """Tell whether a name is one word in Latin letters, as are "He", "Y." and "Jr."."""
    return re.fullmatch(r"[A-Za-zÀ-ɏ.'’0-9-]+", name.strip()) is not None


def _name_key(name: str) -> str:
    """Return what two spellings of a name share: case, width and marks do not count."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.sub(rf"^{_MARKS}|{_MARKS}$", "", folded).split())
