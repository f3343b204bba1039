"""RIS: records of two-letter tags, as reference managers and publishers write them."""

import re
from collections.abc import Iterator
from pathlib import Path

from ..headers import shorten
from ..links import is_path
from ..schemes import SCHEMES
from . import cited, naming
from .found import Source

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
    "TY ER AU A1 A2 ED TI T1 CT PY Y1 DA T2 T3 JF JO JA J1 J2 BT C3 VL IS SP EP DO UR L1 L2 LK AB "
    "N2 KW SN PB CY PP LA N1 AN ET M3 ID".split()
)
# Of no use beside a paper: dates of the record, the database that it is from.
_UNTOLD = set("Y2 DB DP U1 U2 U3 U4 U5 RP AV".split())


def is_ris(text: str) -> bool:
    """Tell whether a text begins as RIS does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    found = _TAG.fullmatch(first)
    return found is not None and found[1] == "TY"


def read(source: Source, path: Path, text: str) -> None:
    """Add each record of a text to what was found."""
    records = list(_records(source, path, text))
    names = [name for _, tags in records for tag in ("AU", "A1") for name in tags.get(tag, ())]
    # In a list of "Last, First", a name of several words without a comma is a team's.
    corporate = any("," in name for name in names) or not names
    for line, tags in records:
        _take(source, path, line, tags, corporate)
    source.note("taken", path, cited.count(len(records), "record", "records"))


def _records(source: Source, path: Path, text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
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


def _take(
    source: Source, path: Path, line: int, tags: dict[str, list[str]], corporate: bool
) -> None:
    def one(names: str) -> str:
        values = (value for name in names.split() for value in tags.get(name, ()))
        return next(filter(None, map(cited.plain, values)), "")

    kind = _TYPES.get(one("TY").upper())
    title = one("TI T1 CT BT" if kind == "book" else "TI T1 CT")
    if kind is None:
        source.note("guessed", path, f'"{one("TY")}" is taken for a document', line, title)
        kind = "document"
    arxiv = SCHEMES["arxiv"].read(one("AN"))
    if one("TY") == "UNPB" and (arxiv or one("T2 PB DO")):
        kind = "article"
    venue = one(_VENUES.get(kind, "T2 JF C3 JO BT JA"))
    if kind in ("thesis", "report") and one("PB") and one("T2") != venue:
        venue = one("PB")
    short = one("J2 JA")
    number = "issue" if kind.startswith("article-") else "number"
    numbers = re.split(r"[,;\s]+", re.sub(r"\([^()]*\)", "", one("SN")).strip())
    serial = kind.startswith("article-") or all(map(_ISSN.fullmatch, numbers))
    first, last = one("SP"), one("EP")
    headers = {
        "title": title, "type": kind, "venue": venue, number: one("IS"), "doi": one("DO"),
        "authors": _people(tags, "AU A1", corporate), "editor": _people(tags, "ED A2", corporate),
        "date": _date(tags), "venue_short": short if short != venue else "",
        "volume": one("VL"), "pages": cited.pages_of(f"{first}-{last}" if last else first),
        "publisher": "" if kind in ("thesis", "report") else one("PB"), "address": one("CY PP"),
        "series": one("T3"), "edition": one("ET"), "issn" if serial else "isbn": one("SN"),
        "arxiv": arxiv or "", "lang": one("LA"), "note": one("N1"), "url": one("UR LK"),
        "genre": one("M3") if kind in ("thesis", "report") else "",
        "tags": "; ".join(map(cited.plain, tags.get("KW", ()))), "key": one("ID"),
        "links": "\n".join(_links(source, path, line, tags)),
    }  # fmt: skip
    if kind == "article" and venue:
        headers["genre"] = "Preprint"
    if headers["tags"] and len(tags["KW"]) == 1:
        headers["tags"] = re.sub(r"\s*[,;]\s*", "; ", headers["tags"])
    unread = sorted(tags.keys() - _READ - _UNTOLD)
    if unread:
        source.note("left", path, f"nothing reads {', '.join(unread)} of it", line, title)
    cited.add(source, path, headers, cited.markdown("\n\n".join(tags.get("AB") or tags.get("N2")
                                                                or ())), line)  # fmt: skip


def _people(tags: dict[str, list[str]], names: str, corporate: bool) -> str:
    values = (value.strip() for name in names.split() for value in tags.get(name, ()))
    return naming.people(naming.inverted(value, corporate) for value in values)


def _date(tags: dict[str, list[str]]) -> str:
    """Return the most precise of a record's dates that are of its first year."""
    found = []
    for value in (value for name in ("PY", "Y1", "DA") for value in tags.get(name, ())):
        parts = value.split("/")
        found.append(cited.date_of(*parts) if parts[0].strip().isdecimal() else "")
        found[-1] = found[-1] or cited.date_in(value)
    found = [date for date in found if date]
    return max((date for date in found if date[:4] == found[0][:4]), key=len, default="")


def _links(
    source: Source, path: Path, line: int, tags: dict[str, list[str]]
) -> Iterator[str]:  # fmt: skip
    for tag, label in (("L1", "pdf"), ("L2", "link"), ("UR", "link")):
        values = [value.strip() for value in tags.get(tag, ())]
        for value in values[1:] if tag == "UR" else values:
            if re.match(r"https?://[^\s/]+\S*$", value):
                yield f"{label} | {value}"
            elif is_path(value) and (file := source.find(value, path)):
                yield f"{label} | {source.found.bring(file, 'papers')}"
            elif value:
                told = f'"{shorten(value)}" is not here (put the file into content/papers/)'
                source.note("left", path, told, line)
