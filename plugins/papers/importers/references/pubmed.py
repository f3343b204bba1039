"""PubMed's format (.nbib, MEDLINE): tags of up to four letters."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..common import dot_initials, find_date
from .record import Record

# A tag fills four columns; the hyphen is in the fifth.
_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,4})\s{0,2}-(?:\s|$|(?<=^.{4}-))(?P<value>.*)")
# The tags of RIS for those of MEDLINE (nlm.nih.gov/bsd/mms/medlineelements.html).
_TAGS = {
    "PMID": "PM", "TI": "TI", "BTI": "T2", "JT": "JF", "TA": "JA", "VI": "VL", "IP": "IS",
    "AB": "AB", "PB": "PB", "PL": "CY", "EN": "ET", "CTI": "T3", "LA": "LA", "IS": "SN",
    "ISBN": "SN", "ISSN": "SN", "CN": "AU", "FAU": "AU", "FED": "ED", "OT": "KW", "KW": "KW",
    "PG": "SP", "DP": "DA", "TT": "TT", "PMC": "C2",
}  # fmt: skip
# Types of publication that say what a record is; the first that is there decides.
_TYPES = {
    "Preprint": "PREPRINT", "Book Chapter": "CHAP", "Book": "BOOK", "Books": "BOOK",
    "Dataset": "DATA", "Technical Report": "RPRT", "Newspaper Article": "NEWS",
    "Academic Dissertation": "THES", "Journal Article": "JOUR",
}  # fmt: skip

_PAGES = re.compile(r"\b(?P<first>\d+)-(?P<last>\d+)\b")
_UNIVERSITY = re.compile(r"Dissertation, (?P<name>.+)")


def is_nbib(text: str) -> bool:
    """Tell whether a text begins as a record of PubMed or ERIC does."""
    first = next((line for line in text[:4000].split("\n") if line.strip("\ufeff \t")), "")
    match = _LINE.fullmatch(first.lstrip("\ufeff"))
    return match is not None and match["tag"] in ("PMID", "OWN")


def read_nbib(text: str) -> list[Record]:
    """Return the records of a text, under the tags of RIS."""
    records: list[list[RawField]] = []
    is_after_blank = True
    for item in _split_fields(text):
        # In PubMed each record begins with its number, in ERIC after a blank line.
        if item.tag == "PMID" or is_after_blank:
            records.append([])
        is_after_blank = not item.lines[-1]
        records[-1].append(item)
    return list(map(_translate, records))


class RawField(NamedTuple):
    """A field as the file has it: the number of its first line, its tag, its lines."""

    line: int
    tag: str
    lines: list[str]

    @property
    def value(self) -> str:
        """The text of all lines."""
        return " ".join(filter(None, self.lines))


def _split_fields(text: str) -> Iterator[RawField]:
    field = None
    for n, line in enumerate(text.split("\n"), start=1):
        if match := _LINE.fullmatch(line.lstrip("\ufeff").rstrip()):
            if field:
                yield field
            field = RawField(n, match["tag"], [match["value"].strip()])
        elif field:
            field.lines.append(line.strip())
    if field:
        yield field


def _translate(fields: list[RawField]) -> Record:
    """Return a record under the tags of RIS, and its abbreviations as what they mean."""
    record, tags = Record(fields[0].line), {field.tag for field in fields}
    type_ = _find_type(fields, tags)
    record.add("TY", type_, record.line, "PT")
    for field in fields:
        tag, value = _TAGS.get(field.tag, ""), field.value
        match field.tag:
            case "TI" | "BTI":
                if field.tag == "BTI" and type_ == "BOOK":
                    tag = "TI"
                value = _clean_title(value)
            case "FAU" | "FED":
                value = _dot_name(value)
            case "AU" | "ED" if f"F{field.tag}" in tags:
                continue  # The same names, shorter.
            case "AU" | "ED":
                tag, value = field.tag, _invert_short_name(value)
            case "CN":
                value = f"{{{value}}}"
            case "DP":
                value = find_date(value) or value
            case "PG":
                value = _PAGES.sub(_expand_pages, value)
            case "AID" | "LID":
                tag, value = _translate_id(value, "PG" in tags)
            case "MH":
                tag, value = _translate_heading(value, tags)
            case "PL" if type_ in ("JOUR", "PREPRINT"):
                tag = ""  # The country of the publisher.
            case "PT" if value in _TYPES:
                continue
            case "SO" if type_ == "THES" and (match := _UNIVERSITY.search(value)):
                tag, value = "PB", match["name"]
        record.add(tag, value, field.line, field.tag)
    _remove_repetitions(record)
    return record


def _find_type(fields: list[RawField], tags: set[str]) -> str:
    types = [field.value for field in fields if field.tag == "PT"]
    if any("Dissertation" in type_ for type_ in types):
        return "THES"
    for name, ris_type in _TYPES.items():
        if name in types:
            return "CHAP" if ris_type == "BOOK" and {"TI", "BTI"} <= tags else ris_type
    is_report = any("Report" in type_ for type_ in types) and not tags & {"TA", "VI", "IS"}
    return "RPRT" if is_report else "JOUR"


def _clean_title(text: str) -> str:
    """Return a title without the full stop of PubMed, and the brackets of a translated one."""
    text = re.sub(r"(?<![.\s])\.$", "", text)
    return re.sub(r"^\[(.*)\]$", r"\1", text)


def _dot_name(name: str) -> str:
    """Return "Rossum, G B" with points after the initials."""
    family, comma, given = name.partition(", ")
    initials = re.sub(r"(?<!\S)([A-Z])(?!\S)", r"\1.", dot_initials(given))
    return f"{family}{comma}{initials}"


def _invert_short_name(name: str) -> str:
    """Return "Rossum GB" as "Rossum, G. B."."""
    family, _, given = name.rpartition(" ")
    return f"{family}, {dot_initials(given)}" if family and given.isupper() else name


def _expand_pages(match: re.Match) -> str:
    """Return "6913-7" as "6913-6917"."""
    first, last = match["first"], match["last"]
    return f"{first}-{first[: max(len(first) - len(last), 0)]}{last}"


def _translate_id(value: str, has_pages: bool) -> tuple[str, str]:
    """Return tag and value of an identifier, whose kind is in brackets after it."""
    identifier, _, kind = value.rpartition(" ")
    if kind == "[doi]":
        return "DO", identifier
    if kind == "[pii]" and not has_pages and re.fullmatch(r"[a-z]?\d{1,8}", identifier):
        return "SP", identifier
    return ("UR", value.split()[0]) if value.startswith("http") else ("", value)


def _translate_heading(value: str, tags: set[str]) -> tuple[str, str]:
    """Return tag and value of a MeSH heading: a keyword if it is a main topic, and needed."""
    if tags & {"OT", "KW"} or "*" not in value:
        return "", value
    return "KW", value.partition("/")[0].replace("*", "")


def _remove_repetitions(record: Record) -> None:
    """Remove fields that databases write twice: identifiers, ISSNs, pages."""
    seen, distinct = set(), []
    for item in record.fields:
        text = re.sub(r"\s*\((?:Print|Electronic|Linking|ISSN|ISBN)\)$", "", item.value)
        if item.tag not in ("DO", "SN", "SP", "KW") or (item.tag, text) not in seen:
            distinct.append(item)
        seen.add((item.tag, text))
    record.fields = distinct
