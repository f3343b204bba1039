"""A record of CSL-JSON becomes a paper."""

import re
from collections.abc import Callable
from pathlib import Path

from ...model import SCHEMES, STAGES, TYPES
from ..result import SourceTree
from .author_list import format_people, format_person
from .reference import add_reference, find_date, format_date, format_pages
from .text import escape_markdown, plain_line

# Types of CSL 1.0.2 (appendix III) that papers here do not have, as the nearest one.
_TYPES = {
    "article-magazine": "article-magazine", "entry": "chapter", "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter", "review": "article-journal", "review-book": "article-journal",
    "post": "webpage", "post-weblog": "webpage", "collection": "book", "classic": "book",
    "pamphlet": "book", "periodical": "article-journal", "standard": "report",
    "event": "speech", "performance": "speech", "map": "document", "figure": "document",
    "graphic": "document", "article-newspaper": "article-newspaper",
}  # fmt: skip
# Variables that Zotero's users write into the field Extra, one a line, and our headers for them.
_EXTRA_LINE = re.compile(r"\s*(?P<name>[A-Za-z][A-Za-z -]{2,20}?)\s*:\s*(?P<value>\S.*)")
_EXTRA_HEADERS = {
    "arxiv": "arxiv", "doi": "doi", "pmid": "pmid", "citation key": "key",
    "collection title": "series", "container title": "venue", "event title": "venue",
}  # fmt: skip
# Variables that are imported, or that no page could show.
_VARIABLES = set(
    "id type title author editor issued container-title container-title-short collection-title "
    "publisher publisher-place genre status volume issue number page edition ISBN ISSN DOI PMID "
    "URL abstract keyword language note citation-key event-title event journalAbbreviation "
    "title-short shortTitle categories accessed source number-of-pages event-place archive "
    "archive_location call-number custom submitted original-date".split()
)


def import_csl_record(source: SourceTree, path: Path, item: dict, line: int | None = None) -> None:
    """Add a record of CSL-JSON 1.0.2 as a paper; variables that are not imported are noted."""
    text = {name: _to_text(value) for name, value in item.items()}.get
    title, csl_type = text("title", ""), text("type", "")
    kind = csl_type if csl_type in TYPES else _TYPES.get(csl_type)
    if kind is None:
        source.note("guessed", path, f'"{csl_type}" is taken for a document', line, title)
        kind = "document"
    extra, note = _split_note(item.get("note"))
    headers = extra | {
        "title": title, "type": kind, "note": note,
        "authors": _format_names(item.get("author")), "editor": _format_names(item.get("editor")),
        "date": _read_date(item.get("issued")), "lang": text("language"), "tags": text("keyword"),
        "series": text("collection-title") or extra.get("series"),
        "address": text("publisher-place"), "genre": text("genre"), "volume": text("volume"),
        "issue": text("issue"), "edition": text("edition"), "pages": format_pages(text("page", "")),
        "url": text("URL"), "doi": text("DOI") or extra.get("doi"), "isbn": text("ISBN"),
        "issn": text("ISSN"), "pmid": text("PMID") or extra.get("pmid"),
        "key": text("citation-key") or extra.get("key") or _read_key(text("id", "")),
    }  # fmt: skip
    number_as_arxiv = SCHEMES["arxiv"].parse(text("number", ""))
    headers["arxiv"] = extra.get("arxiv") or number_as_arxiv
    if not number_as_arxiv or number_as_arxiv != headers["arxiv"]:
        headers["number"] = text("number")
    headers |= _read_venue(kind, text, extra.get("venue"))
    status = text("status", "")
    if status.lower() in STAGES:
        headers["stage"] = status.lower()
    elif status:
        headers["note"] = ". ".join(filter(None, (note, status)))
    if unread := sorted(map(str, item.keys() - _VARIABLES)):
        source.note("left", path, f"nothing reads {', '.join(unread)[:200]} of it", line, title)
    abstract = item.get("abstract")
    body = escape_markdown(abstract) if isinstance(abstract, str) else ""
    add_reference(source, path, headers, body, line)


def _to_text(value: object) -> str:
    """Return a value of JSON as text on one line; "" for an object, a boolean or null."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_to_text, value[:50])))
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return plain_line(str(value)) if plain else ""


def _read_venue(kind: str, text: Callable[..., str], extra_venue: str | None) -> dict[str, str]:
    """Return the headers of where a paper appeared, from its texts by CSL's variables."""
    venue, publisher = text("container-title") or extra_venue, text("publisher")
    short = text("container-title-short") or text("journalAbbreviation")
    if kind in ("thesis", "report") and not venue:
        venue, publisher = publisher, ""
    if kind in ("paper-conference", "speech", "article") and not venue:
        venue = text("event-title") or text("event")
    headers = {"venue": venue, "publisher": publisher, "venue_short": short}
    if short == venue:
        headers["venue_short"] = ""
    if kind == "article" and venue:
        headers["genre"] = "Preprint"
    return headers


def _format_names(people: object) -> str:
    """Return people as a header holds them, from the parts of their names (CSL 1.0.2)."""
    names = []
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, dict):
            continue
        text = {name: _to_text(value) for name, value in person.items()}.get
        family = " ".join(filter(None, (text("non-dropping-particle"), text("family"))))
        family = re.sub(r"(?<=['’]) ", "", family) or text("literal") or text("name", "")
        given = " ".join(filter(None, (text("given"), text("dropping-particle"))))
        names.append(format_person(family, given, text("suffix", "")))
    return format_people(names)


def _read_date(issued: object) -> str:
    if not isinstance(issued, dict):
        return find_date(_to_text(issued))
    ranges = issued.get("date-parts") or issued.get("date_parts")
    start = ranges[0] if isinstance(ranges, list) and ranges else None
    date = format_date(*start) if isinstance(start, list) else ""
    return date or find_date(_to_text(issued.get("raw") or issued.get("literal")))


def _read_key(identifier: str) -> str:
    """Return an id that an author may have chosen; Zotero's own are addresses or numbers."""
    return "" if re.search(r"/items/|^\d+/", identifier) else identifier


def _split_note(note: object) -> tuple[dict[str, str], str]:
    """Return the headers in the `name: value` lines of a note, and the other lines as a text."""
    headers, others = {}, []
    for line in note.split("\n") if isinstance(note, str) else ():
        match = _EXTRA_LINE.fullmatch(line)
        header = _EXTRA_HEADERS.get(match["name"].lower().replace("-", " ")) if match else None
        value = plain_line(match["value"]) if header else ""
        if header in SCHEMES:
            value = SCHEMES[header].parse(value)
        if value:
            headers.setdefault(header, value)
        else:
            others.append(plain_line(line))
    return headers, " ".join(filter(None, others))
