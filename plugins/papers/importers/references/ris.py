"""RIS: records of two-letter tags, as reference managers and publishers write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...model import SCHEMES
from ...util import is_path, shorten
from ..common import (
    add_reference,
    count_words,
    dot_initials,
    escape_markdown,
    find_date,
    format_date,
    format_inverted_name,
    format_pages,
    format_people,
    plain_line,
)
from ..result import SourceTree

# Types of the RIS specification (2001, and EndNote's and Zotero's extensions), as CSL's.
_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal",
    "INPR": "article-journal", "ABST": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "CPAPER": "paper-conference", "CONF": "paper-conference",
    "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "chapter", "DICT": "chapter", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "THES": "thesis", "RPRT": "report", "STAND": "report",
    "GOVDOC": "report", "PAT": "patent", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset",
    "COMP": "software", "ELEC": "webpage", "WEB": "webpage", "BLOG": "webpage", "ICOMM": "webpage",
    "SLIDE": "speech", "MANSCPT": "manuscript", "PCOMM": "document", "GEN": "document",
    "UNPB": "manuscript", "PREPRINT": "article",
}  # fmt: skip
_TAG = re.compile(r"\s{0,3}([A-Z][A-Z0-9])(  | ?)-(?: (.*)|)")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
# The tags of each header, in order of preference.
_HEADERS = {
    "title": "TI T1 CT", "volume": "VL", "pmid": "PM", "publisher": "PB PU", "address": "CY PP PI",
    "series": "T3", "edition": "ET", "lang": "LA", "url": "UR LK", "arxiv": "AN", "doi": "DO",
    "genre": "M3", "key": "ID", "venue_short": "J2 JI JA", "number": "IS",
}  # fmt: skip
_VENUE_TAGS = {
    "article-journal": "JF T2 JO JA J1 BT", "chapter": "T2 BT JF", "thesis": "PB T2",
    "report": "PB T2", "book": "",
}  # fmt: skip
_READ_TAGS = set(
    "TY ER AU A1 A2 ED TI T1 CT PY Y1 DA T2 T3 JF JO JA J1 J2 JI BT C3 C7 VL IS SP EP DO UR L1 L2 "
    "LK AB N2 KW SN PB PU CY PP PI PM LA N1 AN ET M3 ID".split()
)
# Of no use beside a paper: addresses of its authors and publisher, what databases count.
_IGNORED_TAGS = set("Y2 DB DP U1 U2 U3 U4 U5 RP AV AD C1 C2 C6 J9 PA PT VO WE".split())
_DATABASE_NOTE = re.compile(
    r"(?:export date|(?:times )?cited|conference code|correspondence address|references)\b", re.I
)


@dataclass(slots=True)
class _Record:
    """A record: the number of its first line, and its values by tag."""

    line: int
    tags: dict[str, list[str]] = field(default_factory=dict)

    def values(self, names: str) -> list[str]:
        """Return all values of some tags."""
        return [value for name in names.split() for value in self.tags.get(name, ())]

    def text(self, names: str) -> str:
        """Return the first value of some tags as plain text."""
        texts = map(plain_line, self.values(names))
        return next((text for text in texts if text not in ("", "n/a")), "")


def is_ris(text: str) -> bool:
    """Tell whether a text begins as RIS does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    match = _TAG.fullmatch(first)
    return match is not None and match[1] == "TY"


def import_ris(source: SourceTree, path: Path, text: str) -> None:
    """Import each record of a text."""
    records = list(_split_records(source, path, text))
    for record in records:
        _import_record(source, path, record)
    source.note("taken", path, count_words(len(records), "record", "records"))


def _split_records(source: SourceTree, path: Path, text: str) -> Iterator[_Record]:
    record, last_tag = _Record(0), None
    for n, line in enumerate(text.split("\n"), start=1):
        match = _TAG.fullmatch(line)
        # In a continued line, "US - based" is no tag.
        if match is None or (match[2] != "  " and match[1] not in _READ_TAGS):
            if last_tag and record.tags:
                record.tags[last_tag][-1] += f"\n{line.strip()}"
            elif line.strip():
                source.note("left", path, f'"{shorten(line)}" stands in no record', n)
            continue
        tag, value = match[1], (match[3] or "").strip()
        if tag in ("TY", "ER"):
            if record.tags:
                if tag == "TY":
                    source.note("guessed", path, "no `ER  -` ends this record", record.line)
                yield record
            record, last_tag = _Record(n), None
        if tag != "ER":
            record.tags.setdefault(tag, []).append(value)
            last_tag = tag
    if record.tags:
        source.note("guessed", path, "no `ER  -` ends this record", record.line)
        yield record


def _import_record(source: SourceTree, path: Path, record: _Record) -> None:
    headers = {name: record.text(tags) for name, tags in _HEADERS.items()}
    headers["type"] = _read_type(source, path, record, headers)
    headers |= {
        "authors": _read_people(record, "AU A1"), "editor": _read_people(record, "ED A2"),
        "date": _read_date(record), "pages": _read_pages(record), "tags": _read_keywords(record),
        "links": "\n".join(_read_links(source, path, record)),
    }  # fmt: skip
    _read_venue(record, headers)
    _read_identifiers(record, headers)
    note = " ".join(
        plain_line(text) for text in record.values("N1") if not _DATABASE_NOTE.match(text)
    ).strip()
    # One publisher writes the DOI as a note.
    headers["note"] = "" if SCHEMES["doi"].parse(note) else note
    if unread := sorted(record.tags.keys() - _READ_TAGS - _IGNORED_TAGS):
        message = f"nothing reads {', '.join(unread)} of it"
        source.note("left", path, message, record.line, headers["title"])
    abstract = "\n\n".join(record.tags.get("AB") or record.tags.get("N2") or ())
    add_reference(source, path, headers, escape_markdown(abstract), record.line)


def _read_type(source: SourceTree, path: Path, record: _Record, headers: dict[str, str]) -> str:
    """Return the type of a record; a book has its title in other tags."""
    name = record.text("TY")
    type_ = _TYPES.get(name.upper())
    if type_ == "book":
        headers["title"] = headers["title"] or record.text("BT")
    if type_ is None:
        title = headers["title"]
        source.note("guessed", path, f'"{name}" is taken for a document', record.line, title)
        return "document"
    if name == "UNPB" and (SCHEMES["arxiv"].parse(headers["arxiv"]) or record.text("T2 PB DO")):
        return "article"
    return type_


def _read_venue(record: _Record, headers: dict[str, str]) -> None:
    """Set the venue, and what depends on it: publisher, genre, short venue, issue."""
    type_, publisher = headers["type"], record.text("PB")
    venue = record.text(_VENUE_TAGS.get(type_, "T2 JF C3 JO BT JA"))
    if type_ in ("thesis", "report"):
        headers["publisher"] = ""
        if publisher and record.text("T2") != venue:
            venue = publisher
    else:
        headers["genre"] = ""
    if type_ == "article" and venue:
        headers["genre"] = "Preprint"
    if type_.startswith("article-"):
        headers["issue"] = headers.pop("number")
    if headers["venue_short"] == venue:
        headers["venue_short"] = ""
    headers["venue"] = venue


def _read_identifiers(record: _Record, headers: dict[str, str]) -> None:
    headers["arxiv"] = SCHEMES["arxiv"].parse(headers["arxiv"]) or ""
    if doi := SCHEMES["doi"].parse(headers["key"]):
        headers["doi"], headers["key"] = headers["doi"] or doi, ""
    serials = re.sub(r"\s*\([^()]*\)", "", record.text("SN"))
    is_issn = all(map(_ISSN.fullmatch, re.split(r"[,;\s]+", serials)))
    headers["issn" if headers["type"].startswith("article-") or is_issn else "isbn"] = serials


def _read_pages(record: _Record) -> str:
    first, last = record.text("SP C7"), record.text("EP")
    return format_pages(f"{first}-{last}" if last else first)


def _read_keywords(record: _Record) -> str:
    words = [word for text in record.values("KW") for word in map(plain_line, text.split("\n"))]
    tags = "; ".join(filter(None, words))
    return re.sub(r"\s*[,;]\s*", "; ", tags) if len(words) == 1 else tags


def _read_people(record: _Record, names: str) -> str:
    values = [value.strip() for value in record.values(names)]
    # In a list of "Last, First", a name of several words without a comma is a team's.
    # Web of Science has initials without points.
    without_points = any(value.startswith("WOS:") for value in record.values("AN"))
    without_commas = len(values) > 1 and not any("," in value for value in values)
    people = []
    for value in values:
        family, comma, given = value.partition(", ")
        is_person = without_commas or re.match(r"(?:[^\W\d_]\.[ -]?)+ ?\w", value)
        if comma and without_points:
            value = f"{family}, {dot_initials(given)}"
        people.append(format_inverted_name(value, corporate=not is_person))
    return format_people(people)


def _read_date(record: _Record) -> str:
    """Return the most precise of a record's dates that are of its first year."""
    dates: list[str] = []
    for value in record.values("PY Y1 DA"):
        parts = value.split("/")
        date = format_date(*parts) if parts[0].strip().isdecimal() else ""
        if not (date := date or find_date(value)) and dates:
            date = find_date(f"{value} {dates[0][:4]}")  # "SEP 15", beside its year.
        dates += [date] if date else []
    return max((date for date in dates if date[:4] == dates[0][:4]), key=len, default="")


def _read_links(source: SourceTree, path: Path, record: _Record) -> Iterator[str]:
    for tag, label in (("L1", "pdf"), ("L2", "link"), ("UR", "link")):
        values = [value.strip() for value in record.values(tag)]
        for value in values[1:] if tag == "UR" else values:
            if re.match(r"https?://[^\s/]+\S*$", value):
                yield f"{label} | {value}"
            elif is_path(value) and (file := source.find_file(value, path)):
                yield f"{label} | {source.result.add_asset(file, 'papers')}"
            elif value:
                message = f'"{shorten(value)}" is not here (put the file into content/papers/)'
                source.note("left", path, message, record.line)
