"""List co-authors, for forms on conflicts of interest."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Author, Paper, PartialDate, Person, name_key
from ..util import LETTERS

_COLUMNS = ("Name", "Last paper", "Papers", "Title of the last", "Key of the last", "ORCID",
            "Address")  # fmt: skip
# Text that spreadsheets take for the start of a formula.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_PLAIN = str.maketrans(LETTERS)


@dataclass(slots=True)
class Coauthor:
    """A person, named as in the last paper, and the papers, newest first."""

    author: Author
    papers: list[Paper] = field(default_factory=list)


def months_before(day: tuple[int, int, int], months: int) -> tuple[int, int, int]:
    """Return the day a number of months before a day."""
    months = day[0] * 12 + day[1] - 1 - months
    return months // 12, months % 12 + 1, day[2]


def papers_since(papers: Iterable[Paper], first: tuple[int, int, int]) -> list[Paper]:
    """Return the papers since a day, newest first; a year or a month counts as its last day."""
    recent = [paper for paper in papers if _last_day(paper.date) >= first]
    return sorted(recent, key=lambda paper: (_last_day(paper.date), paper.key), reverse=True)


def _last_day(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 12, date.day or 31


def list_coauthors(papers: Iterable[Paper], people: Mapping[str, Person]) -> list[Coauthor]:
    """Return the owner's co-authors, sorted by family name.

    `papers` are sorted, newest first. A person with several names in content/people.yml is one.
    """
    coauthors: dict[object, Coauthor] = {}
    for paper in papers:
        for author in paper.authors:
            if author.owner or author.collective:
                continue
            key = name_key(author.name)
            # All names of one person map to the same object.
            person = id(people[key]) if key in people else key
            coauthor = coauthors.setdefault(person, Coauthor(author))
            if paper not in coauthor.papers:
                coauthor.papers.append(paper)
    return sorted(coauthors.values(), key=lambda coauthor: _sort_key(coauthor.author))


def _sort_key(author: Author) -> tuple[str, str]:
    """Sort by family name without accents, then by the full name."""
    plain = unicodedata.normalize("NFKD", author.inverted)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain.translate(_PLAIN).casefold(), author.inverted


def format_csv(coauthors: Iterable[Coauthor]) -> bytes:
    """Return co-authors as CSV (RFC 4180).

    Excel takes a file without a byte order mark for Windows-1252. An apostrophe keeps text from
    being a formula.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_COLUMNS)
    for coauthor in coauthors:
        last, author = coauthor.papers[0], coauthor.author
        count = str(len(coauthor.papers))
        row = (author.inverted, last.date.isoformat(), count, last.title, last.key,
               author.orcid or "", author.url or "")  # fmt: skip
        rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
