"""What a paper is: values only, no files and no Pelican."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..util import is_path
from .dates import PartialDate
from .identifiers import SCHEMES
from .names import LEGEND, Author

# CSL's types (CSL 1.0.2, appendix III) that papers have, and what a reader is told.
TYPES = {
    "article-journal": "Journal article",
    "paper-conference": "Conference paper",
    "article": "Preprint",
    "chapter": "Book chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "manuscript": "Manuscript",
    "patent": "Patent",
    "dataset": "Dataset",
    "software": "Software",
    "speech": "Talk",
    "webpage": "Web page",
    "document": "Other",
}
# What browsers play.
VIDEO_SUFFIXES = (".mp4", ".m4v", ".webm")
STAGES = {
    "preprint": "preprint",
    "submitted": "submitted",
    "accepted": "to appear",
    "published": "published",
}


class Byline(NamedTuple):
    """The authors that a card shows, and those that it shows on request."""

    shown: tuple[Author, ...]
    hidden: tuple[Author, ...]


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
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper; text is as it was written, without markup and with straight quotes.

    `type` is one of TYPES, `stage` one of STAGES or None, which means published. `ids`
    maps names of SCHEMES to identifiers. `protected_words` are words of the title whose capitals
    BibTeX keeps though they stand at their beginning. `abstract` is plain text, its paragraphs
    parted by blank lines. `titles` maps languages to the title in them.
    """

    key: str
    title: str
    authors: tuple[Author, ...]
    date: PartialDate
    type: str = "document"
    has_more_authors: bool = False
    editors: tuple[Author, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    protected_words: tuple[str, ...] = ()
    genre: str | None = None
    venue: str | None = None
    venue_short: str | None = None
    stage: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    number: str | None = None
    publisher: str | None = None
    address: str | None = None
    series: str | None = None
    edition: str | None = None
    isbn: str | None = None
    issn: str | None = None
    note: str | None = None
    url: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    abstract: str = ""
    tags: tuple[str, ...] = ()
    annotation: str | None = None
    award: str | None = None
    presentation: str | None = None
    lang: str | None = None
    license: str | None = None
    bibtex: str | None = None
    links: tuple[Link, ...] = ()
    figure: Figure | None = None
    selected: bool = False
    weight: int | None = None

    @property
    def type_label(self) -> str:
        """What sort of paper it is, in words; a stage before publication goes with it."""
        kind = self.genre or TYPES[self.type]
        told = self.stage in (None, "published") or STAGES[self.stage] == kind.lower()
        return kind if told else f"{kind}, {STAGES[self.stage]}"

    @property
    def venue_label(self) -> str:
        """Venue and year, as "ICLR 2026"; a year that stands in the venue is the label's."""
        venue = self.venue_short or self.venue or ("arXiv" if "arxiv" in self.ids else "")
        venue = venue or self.publisher or ""
        name, year = split_year(venue)
        if year is None and re.search(r"\b(19|20)\d{2}\b", venue):
            return venue
        return f"{name} {year or self.date.year}".strip()

    @property
    def honours(self) -> tuple[str, ...]:
        """The presentation and the award, where there are any."""
        return tuple(filter(None, (self.presentation, self.award)))

    @property
    def imprint(self) -> str:
        """Where it was published, in full: venue, volume, issue, pages, publisher."""
        volume = self.volume or ""
        if self.issue:
            volume = f"{volume}({self.issue})" if volume else f"no. {self.issue}"
        pages = self.pages and f"{'pp.' if re.search('[–,]', self.pages) else 'p.'} {self.pages}"
        parts = (self.venue, self.series, volume, self.number and f"no. {self.number}", pages)
        place = ", ".join(filter(None, (self.publisher, self.address)))
        return ", ".join(filter(None, (*parts, place)))

    @property
    def video(self) -> str | None:
        """The path below content/ of the first video that browsers play, where there is one."""
        paths = (link.address for link in self.links if is_path(link.address))
        return next((path for path in paths if path.lower().endswith(VIDEO_SUFFIXES)), None)

    @property
    def legend(self) -> str:
        """What the marks in the list of authors mean, in the author's words or in ours."""
        marks = "".join(author.marks for author in self.authors)
        found = [f"{mark} {words}" for mark, words in LEGEND.items() if mark in marks]
        return self.annotation or ", ".join(found)

    @property
    def citation_url(self) -> str | None:
        """The address to cite: the given one, the DOI's, or that of the first identifier."""
        names = sorted(self.ids, key=list(SCHEMES).index)
        first = next(iter(names), None)
        known = SCHEMES[first].url(self.ids[first]) if first else None
        return self.url or known

    def byline(self, limit: int = 12, shown: int = 6) -> Byline:
        """Shorten a list of more than `limit` authors; the owner is always shown."""
        people = self.authors or self.editors
        if len(people) <= limit:
            return Byline(people, ())
        rest = people[shown:]
        owners = tuple(author for author in rest if author.owner)
        more = tuple(author for author in rest if not author.owner)
        return Byline(people[:shown] + owners, more)


def split_year(venue: str) -> tuple[str, str | None]:
    """Split "ICLR2026", "ICLR 2026" or "ICLR'26" into name and year, which may be absent."""
    if match := re.fullmatch(r"(?P<name>.*[^\d–-])(?P<year>(?:19|20)\d{2}|(?<=['’])\d{2})", venue):
        return match["name"].rstrip(" ,'’"), f"20{match['year']}"[-4:]
    return venue, None
