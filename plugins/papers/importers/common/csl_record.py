"""A record of CSL-JSON becomes a paper."""

import re
from pathlib import Path

from ...model import SCHEMES, STAGES, TYPES
from ..result import SourceTree
from .author_list import format_people, format_person
from .fields import add_reference, escape_markdown, find_date, format_date, format_pages, plain_line

# CSL's types (CSL 1.0.2, appendix III) that ours have no name for.
_TYPES = {
    "article-magazine": "article-magazine", "entry": "chapter", "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter", "review": "article-journal", "review-book": "article-journal",
    "post": "webpage", "post-weblog": "webpage", "collection": "book", "classic": "book",
    "pamphlet": "book", "periodical": "article-journal", "standard": "report",
    "event": "speech", "performance": "speech", "map": "document", "figure": "document",
    "graphic": "document", "article-newspaper": "article-newspaper",
}  # fmt: skip
# Zotero's field Extra holds variables of CSL's.
_NOTE = re.compile(r"\s*(?P<key>[A-Za-z][A-Za-z -]{2,20}?)\s*:\s*(?P<value>\S.*)")
_NOTED = {
    "arxiv": "arxiv", "doi": "doi", "pmid": "pmid", "citation key": "key",
    "collection title": "series", "container title": "venue", "event title": "venue",
}  # fmt: skip
_READ = set(
    "id type title author editor issued container-title container-title-short collection-title "
    "publisher publisher-place genre status volume issue number page edition ISBN ISSN DOI PMID "
    "URL abstract keyword language note citation-key event-title event journalAbbreviation "
    "title-short shortTitle categories accessed source number-of-pages event-place archive "
    "archive_location call-number custom submitted original-date".split()
)


def text_of(value: object) -> str:
    """Return a value of JSON as text on one line; "" for one that is none."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(text_of, value[:50])))
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return plain_line(str(value)) if plain else ""


def import_csl_record(source: SourceTree, path: Path, item: dict, line: int | None = None) -> None:
    """Add a record of CSL-JSON 1.0.2 as a paper; what nothing reads is noted."""
    given = text_of(item["type"])
    kind = given if given in TYPES else _TYPES.get(given)
    title = text_of(item["title"])
    if kind is None:
        source.note("guessed", path, f'"{given}" is taken for a document', line, title)
        kind = "document"
    noted, rest = _noted(item.get("note"))
    number, publisher = text_of(item.get("number")), text_of(item.get("publisher"))
    arxiv = noted.pop("arxiv", None) or SCHEMES["arxiv"].parse(number)
    if arxiv and SCHEMES["arxiv"].parse(number) == arxiv:
        number = ""
    venue = text_of(item.get("container-title")) or noted.get("venue", "")
    if kind in ("thesis", "report") and not venue:
        venue, publisher = publisher, ""
    if kind in ("paper-conference", "speech", "article") and not venue:
        venue = text_of(item.get("event-title") or item.get("event"))
    status = text_of(item.get("status")).lower()
    headers = noted | {
        "title": title, "type": kind, "venue": venue, "publisher": publisher, "number": number,
        "authors": _people(item.get("author")), "editor": _people(item.get("editor")),
        "date": _date(item.get("issued")), "arxiv": arxiv, "stage": status,
        "venue_short": text_of(item.get("container-title-short") or
                               item.get("journalAbbreviation")),
        "series": text_of(item.get("collection-title")) or noted.get("series", ""), "note": rest,
        "address": text_of(item.get("publisher-place")), "genre": text_of(item.get("genre")),
        "pages": format_pages(text_of(item.get("page"))), "url": text_of(item.get("URL")),
        "doi": text_of(item.get("DOI")) or noted.get("doi", ""),
        "pmid": text_of(item.get("PMID")) or noted.get("pmid", ""),
        "key": text_of(item.get("citation-key")) or noted.get("key") or _key(item.get("id")),
        "tags": text_of(item.get("keyword")), "lang": text_of(item.get("language")),
    }  # fmt: skip
    for name in ("volume", "issue", "edition", "ISBN", "ISSN"):
        headers[name.lower()] = text_of(item.get(name))
    if headers["venue_short"] == venue:
        headers["venue_short"] = ""
    if kind == "article" and venue:
        headers["genre"] = "Preprint"
    if status and status not in STAGES:
        headers["stage"] = ""
        headers["note"] = ". ".join(filter(None, (headers["note"], text_of(item["status"]))))
    if unread := sorted(map(str, item.keys() - _READ)):
        source.note("left", path, f"nothing reads {', '.join(unread)[:200]} of it", line, title)
    abstract = item.get("abstract")
    body = escape_markdown(abstract) if isinstance(abstract, str) else ""
    add_reference(source, path, headers, body, line)


def _people(people: object) -> str:
    names = []
    for one in people if isinstance(people, list) else ():
        if not isinstance(one, dict):
            continue
        parts = {name: text_of(value) for name, value in one.items()}
        family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts.get("family"))))
        family = re.sub(r"(?<=['’]) ", "", family)
        given = " ".join(filter(None, (parts.get("given"), parts.get("dropping-particle"))))
        names.append(format_person(family or parts.get("literal") or parts.get("name", ""),
                                  given, parts.get("suffix", "")))  # fmt: skip
    return format_people(names)


def _date(issued: object) -> str:
    if not isinstance(issued, dict):
        return find_date(text_of(issued))
    parts = issued.get("date-parts") or issued.get("date_parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    found = format_date(*first) if isinstance(first, list) else ""
    return found or find_date(text_of(issued.get("raw") or issued.get("literal")))


def _key(value: object) -> str:
    """Return an id that an author can have chosen; Zotero's own are addresses or numbers."""
    key = text_of(value)
    return "" if re.search(r"/items/|^\d+/", key) else key


def _noted(note: object) -> tuple[dict[str, str], str]:
    """Split a note into what its `key: value` lines tell, and the rest of it."""
    told, rest = {}, []
    for line in note.split("\n") if isinstance(note, str) else ():
        found = _NOTE.fullmatch(line)
        key = _NOTED.get(found["key"].lower().replace("-", " ")) if found else None
        value = plain_line(found["value"]) if key else ""
        if key and (key not in SCHEMES or SCHEMES[key].parse(value)):
            told.setdefault(key, SCHEMES[key].parse(value) if key in SCHEMES else value)
        else:
            rest.append(plain_line(line))
    return told, " ".join(filter(None, rest))
