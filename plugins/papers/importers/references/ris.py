"""RIS: records of two-letter tags, as reference managers and publishers write them."""

import re
from collections.abc import Iterator
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
_VENUES = {
    "article-journal": "JF T2 JO JA J1 BT", "chapter": "T2 BT JF", "thesis": "PB T2",
    "report": "PB T2", "book": "",
}  # fmt: skip
_READ = set(
    "TY ER AU A1 A2 ED TI T1 CT PY Y1 DA T2 T3 JF JO JA J1 J2 JI BT C3 C7 VL IS SP EP DO UR L1 L2 "
    "LK AB N2 KW SN PB PU CY PP PI PM LA N1 AN ET M3 ID".split()
)
# Of no use beside a paper: addresses of its authors and publisher, what databases count.
_UNTOLD = set("Y2 DB DP U1 U2 U3 U4 U5 RP AV AD C1 C2 C6 J9 PA PT VO WE".split())
_COUNTED = re.compile(
    r"(?:export date|(?:times )?cited|conference code|correspondence address|references)\b", re.I
)


def is_ris(text: str) -> bool:
    """Tell whether a text begins as RIS does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    found = _TAG.fullmatch(first)
    return found is not None and found[1] == "TY"


def import_ris(source: SourceTree, path: Path, text: str) -> None:
    """Add each record of a text to what was found."""
    records = list(_records(source, path, text))
    for line, tags in records:
        _take(source, path, line, tags)
    source.note("taken", path, count_words(len(records), "record", "records"))


def _records(
    source: SourceTree, path: Path, text: str
) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield the line of each record, and its values by tag."""
    record: dict[str, list[str]] = {}
    first, last = 0, None
    for n, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line)
        # In a line that goes on, "US - based" is no tag.
        if found is None or (found[2] != "  " and found[1] not in _READ):
            if line.strip() and last and record:
                record[last][-1] = f"{record[last][-1]}\n{line.strip()}"
            elif line.strip():
                source.note("left", path, f'"{shorten(line)}" stands in no record', n)
            elif last and record:
                record[last][-1] += "\n"
            continue
        tag, value = found[1], (found[3] or "").strip()
        if tag in ("TY", "ER"):
            if record:
                if tag == "TY":
                    source.note("guessed", path, "no `ER  -` ends this record", first)
                yield first, record
            record, first, last = {}, n, None
        if tag != "ER":
            record.setdefault(tag, []).append(value)
            last = tag
    if record:
        source.note("guessed", path, "no `ER  -` ends this record", first)
        yield first, record


def _take(source: SourceTree, path: Path, line: int, tags: dict[str, list[str]]) -> None:
    def one(names: str) -> str:
        values = (value for name in names.split() for value in tags.get(name, ()))
        return next((text for text in map(plain_line, values) if text not in ("", "n/a")), "")

    kind = _TYPES.get(one("TY").upper())
    title = one("TI T1 CT BT" if kind == "book" else "TI T1 CT")
    if kind is None:
        source.note("guessed", path, f'"{one("TY")}" is taken for a document', line, title)
        kind = "document"
    arxiv = SCHEMES["arxiv"].parse(one("AN"))
    if one("TY") == "UNPB" and (arxiv or one("T2 PB DO")):
        kind = "article"
    venue = one(_VENUES.get(kind, "T2 JF C3 JO BT JA"))
    if kind in ("thesis", "report") and one("PB") and one("T2") != venue:
        venue = one("PB")
    short = one("J2 JI JA")
    number = "issue" if kind.startswith("article-") else "number"
    serials = re.sub(r"\s*\([^()]*\)", "", one("SN"))
    serial = kind.startswith("article-") or all(map(_ISSN.fullmatch, re.split(r"[,;\s]+", serials)))
    first, last, doi = one("SP C7"), one("EP"), SCHEMES["doi"].parse(one("ID"))
    note = " ".join(filter(None, (plain_line(text) for text in tags.get("N1", ())
                                  if not _COUNTED.match(text))))  # fmt: skip
    words = [word for text in tags.get("KW", ()) for word in map(plain_line, text.split("\n"))]
    headers = {
        "title": title, "type": kind, "venue": venue, number: one("IS"),
        "authors": _people(tags, "AU A1"), "editor": _people(tags, "ED A2"), "pmid": one("PM"),
        "date": _date(tags), "venue_short": short if short != venue else "",
        "volume": one("VL"), "pages": format_pages(f"{first}-{last}" if last else first),
        "publisher": "" if kind in ("thesis", "report") else one("PB PU"),
        "address": one("CY PP PI"), "series": one("T3"), "edition": one("ET"),
        "issn" if serial else "isbn": serials, "arxiv": arxiv or "", "lang": one("LA"),
        "url": one("UR LK"), "doi": one("DO") or doi or "",
        "genre": one("M3") if kind in ("thesis", "report") else "",
        "note": "" if SCHEMES["doi"].parse(note) else note,  # As one publisher writes it.
        "tags": "; ".join(filter(None, words)), "key": "" if doi else one("ID"),
        "links": "\n".join(_links(source, path, line, tags)),
    }  # fmt: skip
    if kind == "article" and venue:
        headers["genre"] = "Preprint"
    if len(words) == 1:
        headers["tags"] = re.sub(r"\s*[,;]\s*", "; ", headers["tags"])
    unread = sorted(tags.keys() - _READ - _UNTOLD)
    if unread:
        source.note("left", path, f"nothing reads {', '.join(unread)} of it", line, title)
    abstract = "\n\n".join(tags.get("AB") or tags.get("N2") or ())
    add_reference(source, path, headers, escape_markdown(abstract), line)


def _people(tags: dict[str, list[str]], names: str) -> str:
    values = [value.strip() for name in names.split() for value in tags.get(name, ())]
    # In a list of "Last, First", a name of several words without a comma is a team's.
    # Web of Science has initials without points.
    bare = any(value.startswith("WOS:") for value in tags.get("AN", ()))
    plain = len(values) > 1 and not any("," in value for value in values)
    found = []
    for value in values:
        family, comma, given = value.partition(", ")
        first = plain or re.match(r"(?:[^\W\d_]\.[ -]?)+ ?\w", value)
        if comma and bare:
            value = f"{family}, {dot_initials(given)}"
        found.append(format_inverted_name(value, corporate=not first))
    return format_people(found)


def _date(tags: dict[str, list[str]]) -> str:
    """Return the most precise of a record's dates that are of its first year."""
    found: list[str] = []
    for value in (value for name in ("PY", "Y1", "DA") for value in tags.get(name, ())):
        parts = value.split("/")
        date = format_date(*parts) if parts[0].strip().isdecimal() else ""
        if not (date := date or find_date(value)) and found:
            date = find_date(f"{value} {found[0][:4]}")  # "SEP 15", beside its year.
        found += [date] if date else []
    return max((date for date in found if date[:4] == found[0][:4]), key=len, default="")


def _links(
    source: SourceTree, path: Path, line: int, tags: dict[str, list[str]]
) -> Iterator[str]:  # fmt: skip
    for tag, label in (("L1", "pdf"), ("L2", "link"), ("UR", "link")):
        values = [value.strip() for value in tags.get(tag, ())]
        for value in values[1:] if tag == "UR" else values:
            if re.match(r"https?://[^\s/]+\S*$", value):
                yield f"{label} | {value}"
            elif is_path(value) and (file := source.find_file(value, path)):
                yield f"{label} | {source.result.add_asset(file, 'papers')}"
            elif value:
                told = f'"{shorten(value)}" is not here (put the file into content/papers/)'
                source.note("left", path, told, line)
