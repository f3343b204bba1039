"""EndNote's own formats: its tagged one (.enw, like Refer and BibIX), and its XML."""

import re
from collections.abc import Iterator
from xml.parsers import expat

from ...util import CONTROL
from ..common import is_citation_key
from .record import Record
from .record_types import TYPES, find_ris_type

# The tags of RIS for those of EndNote (its manual, "Creating a tagged EndNote import file").
_TAGS = {
    "0": "TY", "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "A2", "F": "LB", "G": "LA",
    "H": "TA", "I": "PB", "J": "JF", "K": "KW", "L": "CN", "M": "AN", "N": "IS", "O": "J2",
    "P": "SP", "Q": "TT", "R": "DO", "S": "T3", "T": "TI", "U": "UR", "V": "VL", "W": "DP",
    "X": "AB", "Y": "A3", "Z": "N1", "1": "C1", "2": "C2", "3": "C3", "4": "C4", "6": "NV",
    "7": "ET", "8": "DA", "9": "M3", "?": "A4", "@": "SN", "!": "ST", "#": "C5", "$": "C6",
    "]": "C7", "&": "SE", "(": "OP", ")": "RP", "*": "RI", "+": "AD", "^": "CA", ">": "L1",
    "<": "RN", "[": "Y2", "=": "LR", "~": "DB",
}  # fmt: skip
_LINE = re.compile(r"\s{0,3}%(?P<tag>[^\s\w]|[0-9A-Z])(?:\s(?P<value>.*)|)")

# The tags of RIS for the elements of a record in XML.
_ELEMENTS = {
    "ref-type": "TY", "contributors/authors/author": "AU",
    "contributors/secondary-authors/author": "A2", "contributors/tertiary-authors/author": "A3",
    "contributors/subsidiary-authors/author": "A4", "contributors/translated-authors/author": "TA",
    "titles/title": "TI", "titles/secondary-title": "T2", "titles/tertiary-title": "T3",
    "titles/alt-title": "J2", "titles/short-title": "ST", "titles/translated-title": "TT",
    "periodical/full-title": "JF", "periodical/abbr-1": "JA", "alt-periodical/full-title": "J2",
    "alt-periodical/abbr-1": "J2", "pages": "SP", "volume": "VL", "number": "IS", "issue": "M1",
    "num-vols": "NV", "edition": "ET", "section": "SE", "keywords/keyword": "KW",
    "dates/year": "PY", "dates/pub-dates/date": "DA", "pub-location": "CY", "publisher": "PB",
    "isbn": "SN", "accession-num": "AN", "call-num": "CN", "electronic-resource-num": "DO",
    "abstract": "AB", "label": "LB", "caption": "CA", "notes": "N1", "research-notes": "RN",
    "work-type": "M3", "report-id": "SN", "reviewed-item": "RI", "orig-pub": "OP",
    "auth-address": "AD", "language": "LA", "urls/related-urls/url": "UR",
    "urls/web-urls/url": "UR", "urls/pdf-urls/url": "L1", "urls/text-urls/url": "L2",
    "urls/image-urls/url": "L4", "remote-database-name": "DB", "remote-database-provider": "DP",
    "access-date": "Y2", "custom1": "C1", "custom2": "C2", "custom3": "C3", "custom4": "C4",
    "custom5": "C5", "custom6": "C6", "custom7": "C7", "misc1": "M1", "misc2": "M3",
}  # fmt: skip
_SCRIPTS = {"superscript": "sup", "subscript": "sub"}


def is_enw(text: str) -> bool:
    """Tell whether a text begins as EndNote's tagged format does: with two lines of tags."""
    lines = [line for line in text[:4000].split("\n") if line.strip("\ufeff \t")][:2]
    matches = [_LINE.fullmatch(line.lstrip("\ufeff")) for line in lines]
    return len(lines) == 2 and all(match and match["tag"] in _TAGS for match in matches)


def read_enw(text: str) -> list[Record]:
    """Return the records of a text in EndNote's tagged format."""
    records: list[Record] = []
    record, is_after_blank = None, False
    # A record begins with its type; where no record has one, after a blank line.
    has_types = re.search(r"^\s{0,3}%0(?:\s|$)", text, re.MULTILINE) is not None
    for number, tag, lines in _split_fields(text):
        begins = tag == "0" and record and record.fields[-1].tag != "TY"
        if record is None or begins or (is_after_blank and not has_types):
            record = Record(number)
            records.append(record)
        is_after_blank = not lines[-1] and len(lines) > 1
        value = "\n".join(lines).strip()
        ris_tag = _TAGS.get(tag, "")
        if ris_tag == "TY":
            value = find_ris_type(value)
        elif ris_tag in ("AU", "A2", "A3"):
            value = _mark_team(value) if "," in value else _invert_name(value)
        record.add(ris_tag, value, number, f"%{tag}")
    for record in records:
        _use_original_meanings(record)
    return records


def _split_fields(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line number, tag and lines of each field."""
    number, tag, lines = 0, "", []
    for n, line in enumerate(text.split("\n"), start=1):
        if match := _LINE.fullmatch(line.lstrip("\ufeff")):
            if tag:
                yield number, tag, lines
            number, tag, lines = n, match["tag"], [(match["value"] or "").strip()]
        else:
            lines.append(line.strip())
    if tag:
        yield number, tag, lines


def _invert_name(name: str) -> str:
    """Return "Ada Lovelace" as in RIS; a name of one word is that of a team or a person."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else name


def _mark_team(name: str) -> str:
    """Return a team's name in braces; in EndNote a comma ends it."""
    return f"{{{name.rstrip(', ')}}}" if name.endswith(",") else name


def _use_original_meanings(record: Record) -> None:
    """Read tags as Refer and bibutils have them, where EndNote's meaning does not fit.

    `%Q` is a team, `%O` a note, and at the ACL `%Y` is an editor, `%S` the proceedings. In the Web
    of Science `%O` is the number of an article.
    """
    for item in record.find("J2"):
        if match := re.fullmatch(
            r"Art(?:n|icle)\.? (?:No\.? )?(\S*\d\S*)", item.value, re.IGNORECASE
        ):
            item.tag, item.value = "C7", match[1]
    if not record.find("AU A2"):
        for item in record.find("TT"):
            item.tag, item.value = "AU", f"{{{item.value}}}"
    type_ = TYPES.get(record.peek("TY"))
    is_part = type_ in ("paper-conference", "chapter") or (type_ or "").startswith("article-")
    if not record.find("JF T2"):
        for item in record.find("J2"):
            item.tag = "N1"
        if is_part:
            for item in record.find("T3"):
                item.tag = "T2"
    if is_part and not record.find("A2"):
        for item in record.find("A3"):
            item.tag = "A2"
    for item in record.find("LB"):
        item.tag = "ID" if is_citation_key(item.value) else "LB"


def is_endnote_xml(data: bytes) -> bool:
    """Tell whether a file is XML of EndNote's, in any encoding."""
    plain = data.replace(b"\0", b"")
    return re.search(rb"<record\b", plain) is not None and b"<ref-type" in plain


def read_endnote_xml(text: str) -> list[Record]:
    """Return the records of EndNote's XML.

    Raises ValueError for what is not XML, and for entities of its own, which can fill the memory.
    """
    reader = _XmlReader()
    try:
        reader.parser.Parse(CONTROL.sub(" ", text), True)
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise ValueError(
            f"is not valid XML in line {error.lineno}: {message} (export it again)"
        ) from None
    return reader.records


class _XmlReader:
    """The handlers of a parser, which collect the records."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._collect
        parser.EntityDeclHandler = self._refuse
        # The elements within a record, and the text of the innermost that is not a style.
        self._path: list[str] = []
        self._parts: list[str] = []
        self._line, self._type, self._face = 0, "", ""

    def _refuse(self, *declaration: object) -> None:
        raise ValueError("declares entities, and is not read (export it again)")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "record":
            self.records.append(Record(self.parser.CurrentLineNumber))
            self._path = []
        elif name == "style":
            self._face = attributes.get("face", "")
        elif self.records:
            self._path.append(name)
            self._parts, self._line = [], self.parser.CurrentLineNumber
            self._type = attributes.get("name", "") if name == "ref-type" else self._type

    def _collect(self, text: str) -> None:
        if text.isspace() and "\n" in text:
            return  # The layout of the file.
        tag = next((tag for face, tag in _SCRIPTS.items() if face in self._face), None)
        self._parts.append(f"<{tag}>{text}</{tag}>" if tag else text)

    def _end(self, name: str) -> None:
        if name == "style":
            self._face = ""
        elif name != "record" and self._path:
            value = "".join(self._parts).strip()
            self._parts = []
            if value:
                self._add("/".join(self._path), value)
            self._path.pop()

    def _add(self, path: str, value: str) -> None:
        tag = _ELEMENTS.get(path, "")
        if tag == "TY":
            value = find_ris_type(self._type or value)
        elif tag in ("AU", "A2", "A3"):
            value = _mark_team(value)
        self.records[-1].add(tag, value, self._line, f"<{path}>")
