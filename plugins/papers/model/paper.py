"""A paper and its parts: frozen values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..util import LazyPattern, is_path
from .dates import PartialDate
from .identifiers import SCHEMES
from .names import LEGEND, Author
from .publication_types import STAGES, TYPES
from .venues import shorten_venue

_TYPES_WITH_SHORT_VENUES = ("paper-conference", "article-journal", "chapter", "article")
# Videos that browsers play.
VIDEO_SUFFIXES = (".mp4", ".m4v", ".webm")

# "S-12", not the range "iv-12"; "12-1-12-20".
_NUMBER_WITH_HYPHEN = LazyPattern(
    r"(?P<first>\s*(?:(?P<letters>(?![ivxlc]+-)[^\W\d_]+)|\w+)-\w*\d)"
    r"(?:\s*-\s*(?P<last>\w+-\w*\d\s*))?"
)


class Byline(NamedTuple):
    """The authors that a card shows, and those that it hides until asked."""

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
    """One paper; texts are plain, with straight quotes.

    `type` is one of TYPES, `stage` one of STAGES or None, which means published. `ids`
    maps names of SCHEMES to identifiers. `protected_words` are words of the title whose first
    capital BibTeX styles must not lower. Blank lines separate the paragraphs of `abstract`.
    `marked_title` is the title with ITALICS_START and ITALICS_END around its italics, if any.
    `titles` maps languages to the title in them. An article number is in `pages`, or in
    `article_number` where there are pages, too.
    """

    key: str
    title: str
    authors: tuple[Author, ...]
    date: PartialDate
    type: str = "document"
    has_more_authors: bool = False
    affiliations: tuple[str, ...] = ()
    editors: tuple[Author, ...] = ()
    marked_title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    protected_words: tuple[str, ...] = ()
    genre: str | None = None
    venue: str | None = None
    venue_short: str | None = None
    stage: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
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
    layout: str | None = None

    @property
    def styled_title(self) -> str:
        """The title, with its italics marked if it has any."""
        return self.marked_title or self.title

    @property
    def type_label(self) -> str:
        """The genre or type in words, with a stage before publication."""
        label = self.genre or TYPES[self.type]
        if self.stage in (None, "published") or STAGES[self.stage] == label.lower():
            return label
        return f"{label}, {STAGES[self.stage]}"

    @property
    def venue_label(self) -> str:
        """The venue's short name and the year, as "ICLR 2026"; a year in the venue's name wins."""
        if self.venue and not self.venue_short and self.type in _TYPES_WITH_SHORT_VENUES:
            if short := shorten_venue(self.venue, self.type != "article-journal"):
                return f"{short.name} {short.year or self.date.year}"
        venue = self.venue_short or self.venue or ("arXiv" if "arxiv" in self.ids else "")
        venue = venue or self.publisher or ""
        name, year = split_year(venue)
        if year is None and re.search(r"\b(19|20)\d{2}\b", venue):
            return venue
        return f"{name} {year or self.date.year}".strip()

    @property
    def honours(self) -> tuple[str, ...]:
        """The presentation and the award, if any."""
        return tuple(filter(None, (self.presentation, self.award)))

    @property
    def imprint(self) -> str:
        """The publication in full: venue, volume, issue, pages, publisher."""
        volume = self.volume or ""
        number = self.number and f"no. {self.number}"
        if self.number and self.issue:  # An issue with a name, such as Summer, beside its number.
            number = self.issue
            volume = f"{volume}({self.number})" if volume else f"no. {self.number}"
        elif self.issue:
            volume = f"{volume}({self.issue})" if volume else f"no. {self.issue}"
        article = self.article_number and f"art. {self.article_number}"
        pages = self.pages and f"{'pp.' if re.search('[–,]', self.pages) else 'p.'} {self.pages}"
        parts = (self.venue, self.series, volume, number, article, pages)
        publisher = ", ".join(filter(None, (self.publisher, self.address)))
        return ", ".join(filter(None, (*parts, publisher)))

    @property
    def video(self) -> str | None:
        """The path below content/ of the first video that browsers play."""
        paths = (link.address for link in self.links if is_path(link.address))
        return next((path for path in paths if path.lower().endswith(VIDEO_SUFFIXES)), None)

    @property
    def legend(self) -> str:
        """What the marks in the list of authors mean; "" without marks."""
        marks = "".join(author.marks for author in self.authors)
        meanings = [f"{mark} {meaning}" for mark, meaning in LEGEND.items() if mark in marks]
        return (marks and self.annotation) or ", ".join(meanings)

    @property
    def citation_url(self) -> str | None:
        """The URL to cite: the paper's own, or that of the first identifier."""
        if self.url:
            return self.url
        urls = (scheme.url(self.ids[name]) for name, scheme in SCHEMES.items() if name in self.ids)
        return next(urls, None)

    def byline(self, limit: int = 12, shown: int = 6) -> Byline:
        """Shorten a list of more than `limit` authors to `shown` and the owner."""
        people = self.authors or self.editors
        if len(people) <= limit:
            return Byline(people, ())
        owners = tuple(author for author in people[shown:] if author.owner)
        hidden = tuple(author for author in people[shown:] if not author.owner)
        return Byline(people[:shown] + owners, hidden)


def split_year(venue: str) -> tuple[str, str | None]:
    """Split "ICLR2026", "ICLR 2026" or "ICLR'26" into name and year; the year may be None."""
    if match := re.fullmatch(r"(?P<name>.*[^\d–-])(?P<year>(?:19|20)\d{2}|(?<=['’])\d{2})", venue):
        return match["name"].rstrip(" ,'’"), f"20{match['year']}"[-4:]
    return venue, None


def mark_page_ranges(text: str) -> str:
    """Return pages with an en dash between first and last; "S-12" is one, "S-1-S-9" are two."""
    if text[:5].lower() == "arxiv":  # "arXiv:hep-th/0501001", as ADS has it.
        return text
    return ",".join(map(_mark_range, text.split(","))).strip("-– ")


def _mark_range(pages: str) -> str:
    if re.search(r"\w\s*(?:--|[–—])", pages):
        return re.sub(r"(?<=\w)\s*(?:[-–—]{2,}|[–—])\s*(?=\w)", "–", pages)
    match = _NUMBER_WITH_HYPHEN.fullmatch(pages)
    if match and (match["last"] or match["letters"]):
        return "–".join(filter(None, (match["first"], match["last"])))
    return re.sub(r"(?<=\w)\s*-\s*(?=\w)", "–", pages)
