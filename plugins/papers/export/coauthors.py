"""With whom papers were written: a table for the forms on conflicts of interest."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Author, Paper, PartialDate, Person, name_key
from ..util import LETTERS

_COLUMNS = ("Name", "Last paper", "Papers", "Title of the last", "Key of the last", "ORCID",
            "Address")  # fmt: skip
# What spreadsheets take for the beginning of a formula.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_PLAIN = str.maketrans(LETTERS)


@dataclass(slots=True)
class Coauthor:
    """Somebody, as the last paper prints the name, and the papers, the last one first."""

    author: Author
    papers: list[Paper] = field(default_factory=list)


def months_before(day: tuple[int, int, int], months: int) -> tuple[int, int, int]:
    """Return the day that is a number of months before another one."""
    months = day[0] * 12 + day[1] - 1 - months
    return months // 12, months % 12 + 1, day[2]


def papers_since(papers: Iterable[Paper], first: tuple[int, int, int]) -> list[Paper]:
    """Return the papers since a day, the last one first; a year or a month counts to its end."""
    found = [paper for paper in papers if _ends(paper.date) >= first]
    return sorted(found, key=lambda paper: (_ends(paper.date), paper.key), reverse=True)


def _ends(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 12, date.day or 31


def list_coauthors(papers: Iterable[Paper], people: Mapping[str, Person]) -> list[Coauthor]:
    """Return the people who wrote papers with the owner, by their family names.

    `papers` begins with the last one. Who has several names in content/people.yml is one.
    """
    found: dict[object, Coauthor] = {}
    for paper in papers:
        for author in paper.authors:
            if author.owner or author.collective:
                continue
            key = name_key(author.name)
            # All names of one person lead to the same object.
            one = found.setdefault(id(people[key]) if key in people else key, Coauthor(author))
            if paper not in one.papers:
                one.papers.append(paper)
    return sorted(found.values(), key=lambda one: _order(one.author))


def _order(author: Author) -> tuple[str, str]:
    """Order by family name, however it is accented, then by the rest."""
    plain = unicodedata.normalize("NFKD", author.inverted)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return plain.translate(_PLAIN).casefold(), author.inverted


def format_csv(people: Iterable[Coauthor]) -> bytes:
    """Return people as CSV.

    Excel takes a file without a byte order mark for Windows-1252, and LibreOffice knows the mark
    too; lines end as RFC 4180 wants it. What would be a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(_COLUMNS)
    for one in people:
        last, author = one.papers[0], one.author
        row = (author.inverted, last.date.isoformat(), str(len(one.papers)), last.title, last.key,
               author.orcid or "", author.url or "")  # fmt: skip
        rows.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
