"""A record under the tags of RIS becomes a paper.

What a tag holds depends on the type: the tables follow EndNote's manual ("Reference types") and
the import of Zotero.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ...model import SCHEMES, find_doi, month_number
from ...util import is_path, shorten
from ..common import (
    add_reference,
    count_words,
    dot_initials,
    escape_markdown,
    find_date,
    fold_text,
    format_date,
    format_inverted_name,
    format_list,
    format_pages,
    format_people,
    format_person,
    is_citation_key,
    is_short_name,
    note_unread,
    plain_line,
)
from ..result import SourceTree
from .record import Field, Record
from .record_types import TYPES

# The tags of each header, in order of preference, and those of single types.
_HEADERS = {
    "title": "TI T1 CT", "venue": "T2 JF BT JO", "series": "T3", "volume": "VL VO",
    "number": "IS CP M1", "publisher": "PB PU", "address": "CY PP PI", "edition": "ET",
    "lang": "LA", "pmid": "PM", "venue_short": "J2 JI JA J1",
}  # fmt: skip
_JOURNAL_HEADERS = {"venue": "JF T2 JO JA J1 BT J2", "venue_short": "J2 JI JA J1 JO"}
_HEADERS_OF_TYPES = {
    "article-journal": _JOURNAL_HEADERS, "article-magazine": _JOURNAL_HEADERS,
    "article-newspaper": _JOURNAL_HEADERS,
    "paper-conference": {"venue": "C3 BT T2 JF JO", "address": "C1 CY PP PI"},
    "chapter": {"venue": "T2 BT JF", "number": "IS CP SV"},
    # EndNote has the date of the access in VL and M1.
    "webpage": {"volume": "", "number": "IS CP"},
    "book": {"title": "TI T1 BT CT", "venue": "JF", "series": "T2 T3"},
    "thesis": {"venue": "PB PU T2 JF"},
    "report": {"venue": "PB PU T2 JF", "series": "T2 T3"},
}  # fmt: skip
# Types that have editors in A2; in A2 of a book are those of the series.
_EDITED_TYPES = ("article-journal", "article-magazine", "paper-conference", "chapter", "document")
# Types whose kind of work is in M3; other records may have a DOI there.
_TYPES_WITH_GENRE = "thesis report manuscript speech webpage dataset software patent".split()
_BLANK_OR_HYPHEN = "[-‐‑–— ]"
# An ISBN of 13 or 10 digits, or an ISSN.
_SERIAL = re.compile(
    rf"(?<![\w-])(?:(?P<isbn>(?:97[89]{_BLANK_OR_HYPHEN}?)?(?:\d{_BLANK_OR_HYPHEN}?){{9}}[\dXx])"
    rf"|(?P<issn>\d{{4}}{_BLANK_OR_HYPHEN}?\d{{3}}[\dXx]))(?![\w-])"
)
_PAGES = re.compile(r"[A-Za-z]{0,3}\d+[A-Za-z]?(?:\s*[-–—]+\s*[A-Za-z]{0,3}\d+[A-Za-z]?)?")
_DOI_IN_TEXT = re.compile(r"\bdoi(?:\.org/|[:\s]+)\s*(?P<doi>10\.\d{4,9}/[^\s;,]+)", re.IGNORECASE)
_DATABASE_NOTE = re.compile(
    r"(?:export date|(?:times )?cited|conference code|correspondence address|references)\b", re.I
)


def import_records(source: SourceTree, path: Path, records: list[Record]) -> None:
    """Import each record; one note lists the tags that nothing reads."""
    unread: dict[str, int] = {}
    for record in records:
        for item in _import_record(source, path, record):
            unread.setdefault(item.name, item.line)
    note_unread(source, path, "tags", unread)
    if records:
        source.note("taken", path, count_words(len(records), "record", "records"))
    else:
        source.note("left", path, "contains no record")


def _import_record(source: SourceTree, path: Path, record: Record) -> list[Field]:
    """Add a record as a paper; return its fields that nothing has read."""
    name = next(iter(record.values("TY")), "").upper()
    type_ = _read_type(record, name)
    has_affiliations = record.peek("AN").startswith("WOS:")
    tags = _HEADERS | _HEADERS_OF_TYPES.get(type_, {})
    headers = {"type": type_}
    for header, names in tags.items():
        if has_affiliations:  # The Web of Science has those of the authors in C1 and C3.
            names = re.sub(r"\bC[13]\b", "", names)
        headers[header] = record.text(names)
    headers["title"] = headers["title"] or record.text("ST")
    headers |= _read_authors_and_editors(record, headers, name)
    headers |= {"date": _read_date(record), "tags": _read_keywords(record)}
    headers |= _read_pages(record, type_)
    if name == "INPR":
        headers["stage"] = "accepted"
    _read_identifiers(record, headers)
    _read_venue(record, headers)
    _read_numbers(record, headers)
    headers |= {"url": _read_url(record, headers), "note": _read_notes(record, headers)}
    headers["links"] = "\n".join(_read_links(source, path, record))
    if type_ == "document" and TYPES.get(name) != "document":
        message = f'"{shorten(name)}" was read as a document'
        source.note("guessed", path, message, record.line, headers["title"])
    abstracts = record.values("AB") or record.values("N2")
    add_reference(source, path, headers, escape_markdown("\n\n".join(abstracts)), record.line)
    _mark_short_title(record, headers["title"])
    return record.unread_fields(headers)


def _read_type(record: Record, name: str) -> str:
    type_ = TYPES.get(name, "document")
    is_preprint = (
        SCHEMES["arxiv"].parse(record.peek("AN")) is not None
        or record.peek("T2 PB DO") != ""
        or record.peek("M3").lower() == "preprint"
    )
    return "article" if name in ("UNPB", "UNPD") and is_preprint else type_


def _read_authors_and_editors(record: Record, headers: dict[str, str], name: str) -> dict[str, str]:
    type_ = headers["type"]
    authors, editors = _read_people(record, "AU A1"), _read_people(record, "ED")
    if name == "EDBOOK" and not editors:
        return {"authors": "", "editor": authors}
    if type_ == "book" and not editors and name != "EBOOK":
        has_series_editors = record.peek("A3") or (authors and headers["series"])
        editors = _read_people(record, "A3" if has_series_editors else "A2")
    elif type_ in _EDITED_TYPES or name == "EBOOK":
        editors = _read_people(record, "ED A2") or editors
    return {"authors": authors, "editor": editors}


def _read_people(record: Record, tags: str) -> str:
    """Return the people of some tags in the order of the file."""
    names = [_split_all_names(record.values(tag)) for tag in tags.split()]
    values = _split_all_names(record.values(tags))
    has_others = values[-1:] == ["others"]
    if len(names) == 2 and names[0] == names[1]:  # Some programs write both tags.
        values = names[0]
    # In a list of "Last, First", a name of several words without a comma is a team's.
    # Web of Science has initials without points.
    without_points = record.peek("AN").startswith("WOS:")
    without_commas = len(values) > 1 and not any("," in value for value in values)
    people = []
    for value in values:
        if team := re.fullmatch(r"\{(.+)\}", value):
            people.append(format_person(team[1]))
            continue
        family, comma, given = value.partition(", ")
        is_person = without_commas or re.match(r"(?:[^\W\d_]\.[ -]?)+ ?\w", value)
        if comma and without_points:
            value = f"{family}, {dot_initials(given)}"
        people.append(format_inverted_name(value, corporate=not is_person))
    return format_people(people[: len(people) - has_others], has_others)


def _split_all_names(values: list[str]) -> list[str]:
    return [name for value in values for name in _split_names(value)]


def _split_names(value: str) -> list[str]:
    """Split names that a program wrote into one field."""
    lines = value.split("\n")
    if not all("," in line for line in lines):  # A long name that goes on in the next line.
        value = " ".join(lines)
    names = re.split(r"\s*[;\n]\s*", value)
    if len(names) == 1 and value.count(",") > 1:
        parts = re.split(r"\s+(?:and|&)\s+", value)
        names = parts if all("," in part for part in parts) else names
    return [name for name in names if name.strip(" ,")]


def _read_date(record: Record) -> str:
    """Return the most precise of the dates that are of the year of publication.

    DA is the date of publication; Y1 is that of the specification of 2001.
    """
    year = ""
    dates: list[str] = []
    for item in sorted(
        record.find("PY DA Y1"), key=lambda item: ("PY", "DA", "Y1").index(item.tag)
    ):
        date = _parse_date(item.text)
        if not date and year:
            date = find_date(f"{item.text} {year}")  # "SEP 15", beside its year.
        year = year or date[:4]
        if date and date[:4] == year:
            dates.append(date)
            words = re.findall(r"[^\W\d_]{2,}", item.text)
            item.is_read = all(map(month_number, words))
    return max(dates, key=len, default="")


def _parse_date(value: str) -> str:
    parts = value.split("/")
    date = format_date(*parts) if parts[0].strip().isdecimal() else ""
    return max(date, find_date(value) if value else "", key=len)


def _read_keywords(record: Record) -> str:
    values = record.values("KW")
    words = [word for value in values for word in re.split(r"\n(?:%K\s)?|;", value)]
    words = list(filter(None, map(plain_line, words)))
    if len(words) == 1:
        words = list(filter(None, map(str.strip, words[0].split(","))))
    return format_list(dict.fromkeys(words))


def _read_pages(record: Record, type_: str) -> dict[str, str]:
    """Return pages, and the number of an article beside them."""
    is_article = type_.startswith("article-") or type_ == "paper-conference"
    first = record.text("SP")
    for tag in ("M2", "SE") if is_article else ("M2",):
        if not first and _PAGES.fullmatch(record.peek(tag)):
            first = record.text(tag)
    pages, last = format_pages(first), record.peek("EP")
    if last and pages.endswith(f"–{last}"):
        record.values("EP")
    elif last and ("–" not in pages or "-" in last):  # "021905-1" and "021905-13"
        pages = format_pages("–".join(filter(None, (first, record.text("EP")))))
    if is_article and _PAGES.fullmatch(record.peek("SE")) and record.peek("SE") == first:
        record.values("SE")
    article_number = record.text("C7") if is_article else ""
    if not pages:
        pages, article_number = article_number, ""
    return {"pages": pages, "article_number": article_number}


def _read_venue(record: Record, headers: dict[str, str]) -> None:
    """Set what depends on the venue: its short form, and the genre."""
    type_, venue, short = headers["type"], headers["venue"], headers["venue_short"]
    # In JO, some have the full name of a journal, others the short one.
    if type_.startswith("article-") and len(short) > len(venue) and record.find("JO"):
        venue, short = short, venue
    elif type_ == "book" and venue == headers["series"]:
        venue = ""
    conference = record.peek("T2") if type_ == "paper-conference" else ""
    if conference and not short and is_short_name(conference, venue):
        short = record.text("T2")
    elif conference and fold_text(conference) in fold_text(venue):
        record.text("T2")
    headers |= {"venue": venue, "venue_short": "" if short == venue else short}
    if type_ in _TYPES_WITH_GENRE:
        headers["genre"] = record.text("M3")
        if type_ == "thesis" and not re.search(r"\d", headers["volume"]):
            # EndNote has the degree there.
            headers["genre"] = headers["genre"] or headers["volume"]
            headers["volume"] = ""
    if type_ == "article":
        headers["genre"] = record.text("M3") or "Preprint"


def _read_numbers(record: Record, headers: dict[str, str]) -> None:
    """Set number, issue, edition, ISBN and ISSN."""
    type_ = headers["type"]
    if type_.startswith("article-"):
        headers["issue"] = headers.pop("number")
        if match := re.fullmatch(r"(\d+), (\D.*)", headers["issue"]):
            headers["number"], headers["issue"] = match.groups()
        if find_date(headers["edition"]):
            # EndNote has the date of the electronic edition there.
            headers["edition"] = ""
            for item in record.find("ET"):
                item.is_read = False
    for item in record.find("SN"):
        numbers = [(match.lastgroup, match[0]) for match in _SERIAL.finditer(item.text)]
        # A header holds one; the note names the tag if there are others.
        in_header = [headers.setdefault(name, number) == number for name, number in numbers]
        item.is_read = bool(in_header) and all(in_header)
        if not numbers and type_ in ("patent", "report"):
            headers["number"] = headers["number"] or record.text("SN")


def _read_identifiers(record: Record, headers: dict[str, str]) -> None:
    """Set the identifiers, which databases write into several tags."""
    if arxiv := SCHEMES["arxiv"].parse(record.peek("AN")):
        headers["arxiv"] = arxiv
        record.values("AN")
    elif re.search("pubmed|medline|nlm", "".join(item.text for item in record.find("DB DP")), re.I):
        if not headers["pmid"] and SCHEMES["pmid"].parse(record.peek("AN")):
            headers["pmid"] = record.text("AN")
    doi = record.text("DO DI")
    headers["doi"] = SCHEMES["doi"].parse(doi) or find_doi(doi) or doi
    for item in record.find("M3 L1 L3 N1 ID"):
        match = _DOI_IN_TEXT.search(item.text)
        doi = SCHEMES["doi"].parse(item.text)
        if doi or match:
            headers["doi"] = headers["doi"] or doi or match["doi"].rstrip(".")
            # A text around it stays a note.
            item.is_read = doi is not None and SCHEMES["doi"].is_same(doi, headers["doi"])
    for item in record.find("C2 C3 C7"):
        if re.fullmatch(r"PMC\d+", item.text) and not item.is_read:
            headers["pmcid"], item.is_read = item.text, True
    key = record.peek("ID")
    headers["dblp"] = SCHEMES["dblp"].parse(key) or ""
    if is_citation_key(key):
        headers["key"] = record.text("ID")


def _read_url(record: Record, headers: dict[str, str]) -> str:
    """Return the first address, and set the identifiers that addresses hold."""
    url = ""
    for item in record.find("UR LK"):
        values = re.split(r"\s+|;\s*(?=https?:)", item.value.strip())
        item.is_read = True
        for value in filter(None, values):
            if match := re.fullmatch(r"PM:(\d+)", value):
                headers["pmid"] = headers["pmid"] or match[1]
            elif _set_identifier(value, headers):
                continue
            elif not url:
                url = value
            else:
                record.add("UR", value, item.line)
    headers["doi"] = headers["doi"] or find_doi(url) or ""
    return url


def _read_notes(record: Record, headers: dict[str, str]) -> str:
    notes = []
    for item in record.find("N1"):
        if item.is_read or _DATABASE_NOTE.match(item.text):
            continue
        item.is_read = True
        if fold_text(item.text) != fold_text(headers["title"]):
            notes.append(item.text)
    return " ".join(notes)


def _read_links(source: SourceTree, path: Path, record: Record) -> Iterator[str]:
    """Yield the links to files and further addresses."""
    labels = {"L1": "pdf", "L2": "full text", "L3": "link", "L4": "link", "UR": "link"}
    for item in record.find("L1 L2 L3 L4 UR"):
        if item.is_read:
            continue
        item.is_read = True
        for value in filter(None, re.split(r"\n|;\s*(?=https?:)", item.value.strip())):
            # EndNote's own folder of attachments, as Zotero writes it.
            name = re.sub(r"^internal-pdf://", "PDF/", value.strip(), flags=re.IGNORECASE)
            if re.match(r"https?://[^\s/]+\S*$", name):
                yield f"{labels[item.tag]} | {name}"
            elif is_path(name) and (file := source.find_file(name, path)):
                yield f"{labels[item.tag]} | {source.result.add_asset(file, 'papers')}"
            elif name:
                message = f'"{shorten(value)}" was not found (put the file into content/papers/)'
                source.note("left", path, message, item.line)


def _set_identifier(address: str, headers: dict[str, str]) -> bool:
    """Set the header of an identifier's address; tell whether the paper has this identifier."""
    for name, scheme in SCHEMES.items():
        if "://" in address and (identifier := scheme.parse(address)):
            headers[name] = headers.get(name) or identifier
            return scheme.is_same(headers[name], identifier)
    return False


def _mark_short_title(record: Record, title: str) -> None:
    for item in record.find("ST"):
        item.is_read = item.is_read or fold_text(item.text) in fold_text(title)
