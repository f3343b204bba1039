"""What arXiv and Crossref answer becomes a paper."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from ...model import parse_name
from ...util import decode_latex, decode_latex_line
from ..common import (
    add_reference,
    escape_markdown,
    format_date,
    format_pages,
    format_people,
    format_person,
    plain_line,
)
from ..result import ImportResult, SourceTree
from .client import ARXIV, CROSSREF, atom_values, fetch_arxiv, fetch_crossref
from .jats import jats_to_text

# Crossref's types (api.crossref.org/types) as CSL's.
_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "posted-content": "article", "book-chapter": "chapter", "book-section": "chapter",
    "book-part": "chapter", "book-track": "chapter", "reference-entry": "chapter", "book": "book",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "book-set": "book", "book-series": "book", "dissertation": "thesis", "report": "report",
    "report-component": "report", "report-series": "report", "standard": "report",
    "dataset": "dataset", "database": "dataset", "peer-review": "document", "other": "document",
}  # fmt: skip


def import_arxiv(identifier: str, found: ImportResult) -> None:
    """Add a paper of arXiv to what was found. Raises what `remote.arxiv` does."""
    entry = fetch_arxiv(identifier)
    source, path = _place(ARXIV, found)

    def first(name: str) -> str:
        return next(iter(atom_values(entry, name)), "")

    known = re.sub(r"v\d+$", "", first("id").partition("/abs/")[2])
    area = first("primary_category")
    area = f" [{area}]" if re.fullmatch(r"[\w.-]{1,20}", area) else ""
    # A line that is indented begins a paragraph there; a tilde before a number is no tie.
    text = re.sub(r"\n[ \t]+", "\n\n", first("summary"))
    text = re.sub(r"(?<=[\s(])~(?=\s*[\d$])", "∼", text)
    title = plain_line(decode_latex_line(first("title")))
    headers = {
        "title": title, "date": first("published")[:10], "arxiv": f"{known}{area}",
        "authors": format_people(format_person(*_parts(name)) for name in
                                atom_values(entry, "author")),
        "doi": first("doi"), "note": plain_line(decode_latex_line(first("journal_ref"))),
    }  # fmt: skip
    add_reference(source, path, headers, escape_markdown(jats_to_text(decode_latex(text))))
    for name in ("comment", "journal_ref"):
        if told := plain_line(first(name)):
            hint = "write `Venue: …` if it tells where the paper appears"
            source.note("guessed", path, f'{name}: "{told[:200]}" ({hint})')
    if doi := plain_line(headers["doi"]):
        hint = "write `Venue: …` and the like, or begin with the DOI instead"
        source.note("guessed", path, f"is published as {doi} ({hint})")


def import_crossref(doi: str, found: ImportResult) -> None:
    """Add a paper of Crossref to what was found. Raises what `remote.crossref` does."""
    record = fetch_crossref(doi)
    source, path = _place(CROSSREF, found)
    given = _text(record.get("type"))
    kind = _TYPES.get(given, "document")
    if given not in _TYPES:
        source.note("guessed", path, f'"{given[:40]}" is taken for a document')
    title, subtitle = _text(record.get("title")), _text(record.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    venues = _texts(record.get("container-title"))
    series = venues[0] if kind in ("chapter", "paper-conference") and len(venues) > 1 else ""
    venue = venues[-1] if series else (venues or [""])[0]
    publisher, house = _text(record.get("publisher")), _name(record.get("institution"))
    if kind in ("thesis", "report"):
        venue, publisher = venue or house or publisher, ""
    elif kind in ("paper-conference", "article"):
        venue = venue or _name(record.get("event")) or house
    short = _text(record.get("short-container-title"))
    headers = {
        "title": title, "authors": _people(record.get("author")), "date": _date(record),
        "type": kind, "venue": venue, "series": series, "publisher": publisher, "doi": doi,
        "venue_short": short if short != venue and not series else "",
        "editor": _people(record.get("editor")), "volume": _text(record.get("volume")),
        "issue": _text(record.get("issue")), "edition": _text(record.get("edition-number")),
        "pages": format_pages(_text(record.get("page")) or _text(record.get("article-number"))),
        "address": _text(record.get("publisher-location")), "genre": _text(record.get("degree")),
        "isbn": _text(record.get("ISBN")).rpartition("/")[2], "issn": _text(record.get("ISSN")),
    }  # fmt: skip
    if kind == "article" and venue:
        headers["genre"] = "Preprint"
    abstract = record.get("abstract")
    body = jats_to_text(abstract) if isinstance(abstract, str) else ""
    add_reference(source, path, headers, escape_markdown(body))


def _place(address: str, found: ImportResult) -> tuple[SourceTree, Path]:
    """Return a source without files of its own, and the name under which notes tell of it."""
    return SourceTree(Path(), found), Path(urlsplit(address).hostname or "")


def _parts(name: str) -> tuple[str, ...]:
    """Return the family name and the given ones, where `person` can tell them apart."""
    text = plain_line(decode_latex_line(name))
    try:
        author = parse_name(text)
    except ValueError:
        return (text,)
    return author.family, author.given, author.suffix


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    plain = (str(item) for item in items[:20] if type(item) in (str, int))
    return [text for item in plain if (text := " ".join(jats_to_text(item).split()))]


def _text(value: object) -> str:
    """Return the first text of a value of JSON, without markup; "" where there is none."""
    return next(iter(_texts(value)), "")


def _name(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name")) if isinstance(first, dict) else ""


def _people(people: object) -> str:
    names = []
    for one in people if isinstance(people, list) else ():
        if isinstance(one, dict):
            parts = [_text(one.get(name)) for name in ("family", "given", "suffix")]
            parts = parts if any(parts) else [_text(one.get("name"))]
            if any(map(str.isalpha, "".join(parts))):
                names.append(format_person(*parts))
    return format_people(names)


def _date(record: dict) -> str:
    for name in ("issued", "published", "published-print", "published-online", "posted"):
        value = record.get(name)
        parts = value.get("date-parts") if isinstance(value, dict) else None
        first = parts[0] if isinstance(parts, list) and parts else None
        if isinstance(first, list) and (date := format_date(*first)):
            return date
    return ""
