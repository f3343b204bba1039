"""A paper and its parts: frozen values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..util import LazyPattern, is_path, measure_text
from .contacts import find_icon, is_profile
from .dates import PartialDate
from .honours import shorten_honour, split_honours
from .identifiers import SCHEMES
from .names import LEGEND, Author
from .publication_types import STAGES, TYPES
from .venues import (
    ShortVenue,
    find_venue,
    is_type_name,
    read_short_venue,
    shorten_venue,
    split_presentation,
    without_year,
)

# Videos that browsers play.
VIDEO_SUFFIXES = (".mp4", ".m4v", ".webm")

# "S-12", not the range "iv-12"; "12-1-12-20".
_NUMBER_WITH_HYPHEN = LazyPattern(
    r"(?P<first>\s*(?:(?P<letters>(?![ivxlc]+-)[^\W\d_]+)|\w+)-\w*\d)"
    r"(?:\s*-\s*(?P<last>\w+-\w*\d\s*))?"
)


class Byline(NamedTuple):
    """The authors that a card shows: the first ones and owners behind them; and those it hides."""

    first: tuple[Author, ...]
    owners: tuple[Author, ...]
    hidden: tuple[Author, ...]

    @property
    def shown(self) -> tuple[Author, ...]:
        """All authors that the card shows."""
        return self.first + self.owners


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled link; `address` is absolute, or the path of a file or page of the site."""

    label: str
    address: str

    @property
    def icon(self) -> str:
        """Return the name of the icon of the address's service."""
        return find_icon(self.label, self.address)

    @property
    def is_profile(self) -> bool:
        """Tell whether this is a web page about the person whose contact it is."""
        return is_profile(self.label, self.address)

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
        if self.type == "document" and not self.genre:  # "Other" says nothing.
            return STAGES[self.stage].capitalize()
        return f"{label}, {STAGES[self.stage]}"

    @property
    def short_venue(self) -> ShortVenue:
        """The venue's short name and its year, None for the paper's; arXiv or publisher else."""
        short, venue = (split_presentation(it or "")[0] for it in (self.venue_short, self.venue))
        if short and not (venue and is_type_name(short)):
            return read_short_venue(short, self.date.year)
        if venue:
            return shorten_venue(venue, self.date.year, self.type)
        return ShortVenue("arXiv" if "arxiv" in self.ids else self.publisher or "", None)

    @property
    def venue_label(self) -> str:
        """The venue's short name and the year, as "ICLR 2026"; a year in the venue's name wins."""
        name, year = self.short_venue
        year = str(self.date.year) if year is None else year
        return name if year in name else f"{name} {year}".strip()

    @property
    def venue_series(self) -> str:
        """The venue's short name without the year, as "ICLR"."""
        return without_year(self.short_venue.name)

    @property
    def honours(self) -> tuple[str, ...]:
        """The presentation, which may be in the venue's name, and the awards, one by one."""
        presentation = self.presentation
        if not presentation:
            venues = filter(None, (self.venue_short, self.venue))
            presentation = next(filter(None, (split_presentation(it)[1] for it in venues)), None)
        return tuple(dict.fromkeys(split_honours(presentation) + split_honours(self.award)))

    @property
    def honour_labels(self) -> dict[str, str]:
        """Short labels of the honours, such as "Best Paper Award", each with the honour in full."""
        labels: dict[str, str] = {}
        for honour in self.honours:
            labels.setdefault(shorten_honour(honour), honour)
        return labels

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

    def byline(self, width: int = 110) -> Byline:
        """Shorten a list of authors to those who fit in `width` characters, owners in any case.

        110 characters take three lines on a phone of 390 pixels.
        """
        people = self.authors or self.editors
        widths = [measure_text(author.name) + 2 for author in people]
        if sum(widths) <= width:
            return Byline(people, (), ())
        room = (
            width
            - len("and 100 more")
            - sum(needed for author, needed in zip(people, widths, strict=True) if author.owner)
        )
        count = 0
        for author, needed in zip(people, widths, strict=True):
            room -= 0 if author.owner else needed
            if count and room < 0:
                break
            count += 1
        first, rest = people[:count], people[count:]
        hidden = tuple(author for author in rest if not author.owner)
        if len(hidden) < 2:  # "and 1 more" takes as much room as a name.
            return Byline(people, (), ())
        return Byline(first, tuple(author for author in rest if author.owner), hidden)


def name_venue(paper: Paper, names: Mapping[str, str]) -> Paper:
    """Return a paper with the short name that a table of a site has for its venue, if any."""
    if paper.venue_short or not (short := find_venue(paper.venue or "", names)):
        return paper
    return replace(paper, venue_short=short)


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
