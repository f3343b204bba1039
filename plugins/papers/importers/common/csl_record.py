"""A record of CSL-JSON becomes a paper."""

import re
from pathlib import Path

from ...model import SCHEMES, STAGES, TYPES, month_number
from ...util import split_list
from ..result import SourceTree
from .author_list import format_people, format_person
from .reference import (
    add_reference,
    find_date,
    format_date,
    format_list,
    format_pages,
    is_short_name,
)
from .text import escape_markdown, fold_text, plain_line

# Types of CSL 1.0.2 (appendix III) that papers here do not have, as the nearest one.
_TYPES = {
    "entry": "chapter", "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter", "review": "article-journal", "review-book": "article-journal",
    "post": "webpage", "post-weblog": "webpage", "collection": "book", "classic": "book",
    "pamphlet": "book", "periodical": "article-journal", "standard": "report",
    "event": "speech", "performance": "speech", "map": "document", "figure": "document",
    "graphic": "document",
}  # fmt: skip
# Variables that Zotero's users write into the field Extra, one a line, and our headers for them.
_EXTRA_LINE = re.compile(r"\s*(?P<name>[A-Za-z][A-Za-z -]{2,20}?)\s*:\s*(?P<value>\S.*)")
_EXTRA_HEADERS = {
    "arxiv": "arxiv", "doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "citation key": "key",
    "collection title": "series", "container title": "venue", "event title": "venue",
    "article number": "article_number",
}  # fmt: skip
# What CSL 1.0.2 has in a date and in a name.
_DATE_PARTS = {"date-parts", "date_parts"}
_NAME_PARTS = set(
    "family given suffix literal name non-dropping-particle dropping-particle comma-suffix "
    "static-ordering parse-names".split()
)


class _Variables:
    """The variables of an item, and the names of those that have been read."""

    def __init__(self, item: dict):
        self.item = item
        self.read = {"id"}
        # Parts of names and dates that nothing reads.
        self.unread_parts: set[str] = set()

    def text(self, *names: str) -> str:
        """Return the first text of some variables; where others say the same, all are read."""
        value = ""
        for name in names:
            text = _to_text(self.item.get(name))
            if text and (not value or text == value):
                value = text
                self.read.add(name)
        return value

    def people(self, name: str) -> str:
        """Return people as a header holds them, from the parts of their names."""
        people, names = self.item.get(name), []
        for person in people if isinstance(people, list) else ():
            if not isinstance(person, dict):
                continue
            self.read.add(name)
            self.unread_parts |= {
                f"{name}.{part}" for part in person if person[part] and part not in _NAME_PARTS
            }
            names.append(_format_name(person))
        has_others = names[-1:] == ["others"]  # So Better BibTeX exports "and others".
        return format_people(names[: len(names) - has_others], has_others)

    def date(self, *names: str) -> str:
        """Return the first of some dates."""
        for name in names:
            value = self.item.get(name)
            if date := _read_date(value):
                self.read.add(name)
                if isinstance(value, dict):
                    self.unread_parts |= _unread_date_parts(name, value)
                return date
        return ""

    def unread(self, headers: dict[str, str]) -> set[str]:
        """Return what nothing has read, and what is not a header's value."""
        unread = {
            name
            for name, value in self.item.items()
            if name not in self.read and value not in (None, "", [], {})
            if (_to_text(value) or None) not in headers.values()
        }
        return unread | self.unread_parts


def import_csl_record(
    source: SourceTree, path: Path, item: dict, line: int | None = None
) -> set[str]:
    """Add a record of CSL-JSON 1.0.2 as a paper; return the variables that nothing reads."""
    variables = _Variables(item)
    text = variables.text
    title, csl_type = text("title"), text("type")
    kind = csl_type if csl_type in TYPES else _TYPES.get(csl_type, "document")
    if kind != csl_type:
        label = "document" if kind == "document" else TYPES[kind].lower()
        source.note("guessed", path, f'"{csl_type}" was read as a {label}', line, title)
    extra, note = _split_note(item.get("note"))
    variables.read.add("note")
    headers = extra | {
        "title": title, "type": kind, "authors": variables.people("author"),
        "editor": variables.people("editor"),
        "date": variables.date("issued", "available-date", "event-date", "submitted"),
        "lang": text("language"), "tags": _read_keywords(variables),
        "series": text("collection-title") or extra.get("series"),
        "genre": text("genre"), "volume": text("volume"), "issue": text("issue"),
        "edition": text("edition", *(["version"] if kind in ("software", "dataset") else [])),
        "pages": format_pages(text("page") or text("page-first")), "url": text("URL"),
        "doi": text("DOI") or extra.get("doi"), "isbn": text("ISBN"), "issn": text("ISSN"),
        "pmid": text("PMID") or extra.get("pmid"), "license": text("license"),
        "pmcid": text("PMCID") or extra.get("pmcid"),
        "key": text("citation-key") or extra.get("key") or _read_key(_to_text(item.get("id"))),
    }  # fmt: skip
    headers |= _read_numbers(kind, variables, headers)
    headers |= _read_venue(kind, variables, extra.get("venue"))
    if kind == "article" and headers["venue"]:
        headers["genre"] = headers["genre"] or "Preprint"
    status = text("status")
    if status.lower() in STAGES:
        headers["stage"] = status.lower()
    elif status:
        note = ". ".join(filter(None, (note, status)))
    headers["note"] = note
    abstract = item.get("abstract")
    body = escape_markdown(abstract) if isinstance(abstract, str) else ""
    variables.read |= {"abstract"} if body else set()
    for name in ("title-short", "shortTitle"):
        if fold_text(_to_text(item.get(name))) in fold_text(title):
            variables.read.add(name)
    unread = variables.unread(headers)
    add_reference(source, path, headers, body, line)
    return unread


def _to_text(value: object) -> str:
    """Return a value of JSON as text on one line; "" for an object, a boolean or null."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_to_text, value[:50])))
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return plain_line(str(value)) if plain else ""


def _read_keywords(variables: _Variables) -> str:
    """Return the keywords, which lines, semicolons or commas separate; one can hold commas."""
    value = variables.item.get("keyword")
    if variables.text("keyword") and isinstance(value, str):
        lines = list(filter(None, map(plain_line, value.split("\n"))))
        is_wrapped = any(line[-1] in ",;" for line in lines)
        return format_list(lines if "\n" in value and not is_wrapped else split_list(value))
    return format_list(map(_to_text, value)) if isinstance(value, list) else ""


def _read_numbers(kind: str, variables: _Variables, headers: dict[str, str]) -> dict[str, str]:
    """Return the headers of `number`: an arXiv id, the number of an article, or another.

    In a journal it is that of the article, or of an issue that has a name, too.
    """
    text, item = variables.text, variables.item
    number = text("number")
    arxiv, in_number = headers.get("arxiv"), SCHEMES["arxiv"].parse(number)
    if in_number and arxiv in (None, in_number):
        return {"arxiv": in_number}
    if not arxiv and (arxiv := SCHEMES["arxiv"].parse(_to_text(item.get("archive_location")))):
        headers["arxiv"] = arxiv
        text("archive_location")
    if kind.startswith("article-") and (headers["issue"].isdecimal() or not headers["issue"]):
        return {"article_number": number}
    return {"number": number or text("collection-number")}


def _read_venue(kind: str, variables: _Variables, extra_venue: str | None) -> dict[str, str]:
    """Return the headers of where a paper appeared."""
    text, item = variables.text, variables.item
    venue, publisher = text("container-title") or extra_venue, text("publisher")
    short = text("container-title-short", "journalAbbreviation")
    address = text("publisher-place")
    if kind in ("thesis", "report") and not venue:
        venue, publisher = publisher, ""
    if kind in ("paper-conference", "speech", "article"):
        venue = venue or text("event-title", "event")
        address = address or text("event-place")
        conference = _to_text(item.get("event-title") or item.get("event"))
        if venue and not short and is_short_name(conference, venue):
            short = text("event-title", "event")
        elif venue and fold_text(conference) in fold_text(venue):
            text("event-title", "event")
    headers = {"venue": venue, "publisher": publisher, "venue_short": short, "address": address}
    if short == venue:
        headers["venue_short"] = ""
    return headers


def _format_name(person: dict) -> str:
    """Return a name as a header holds it, from its parts (CSL 1.0.2)."""
    text = {name: _to_text(value) for name, value in person.items()}.get
    family = " ".join(filter(None, (text("non-dropping-particle"), text("family"))))
    family = re.sub(r"(?<=['’]) ", "", family) or text("literal") or text("name", "")
    given = " ".join(filter(None, (text("given"), text("dropping-particle"))))
    return format_person(family, given, text("suffix", ""))


def _read_date(value: object) -> str:
    if not isinstance(value, dict):
        return find_date(_to_text(value))
    start = _date_ranges(value)[:1]
    date = format_date(*start[0]) if start and isinstance(start[0], list) else ""
    return date or find_date(_to_text(value.get("raw") or value.get("literal")))


def _date_ranges(value: dict) -> list:
    ranges = value.get("date-parts") or value.get("date_parts")
    return ranges if isinstance(ranges, list) else []


def _unread_date_parts(name: str, value: dict) -> set[str]:
    """Return what a date has beside its first day."""
    used = _DATE_PARTS
    if not any(map(value.get, _DATE_PARTS)):
        part = "raw" if value.get("raw") else "literal"
        words = re.findall(r"[^\W\d_]{2,}", _to_text(value[part]))
        used = used | ({part} if all(map(month_number, words)) else set())
    unread = {f"{name}.{part}" for part in value if part not in used and value[part]}
    return unread | ({f"{name} (its end)"} if len(_date_ranges(value)) > 1 else set())


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
