"""RIS: records of two-letter tags, as reference managers and publishers write them."""

import re
from collections.abc import Iterator
from pathlib import Path

from ...util import shorten
from ..common import count_words
from ..result import SourceTree
from .record import Record

# Two blanks before the hyphen, and one after it; some programs write one, none or a tab.
_LINE = re.compile(
    r"\s{0,3}(?P<tag>[A-Z][A-Z0-9])(?P<gap>\s{0,4})-(?:(?P<blank>\s)|$)?(?P<value>.*)"
)
# The tags of the RIS specification, EndNote, Citavi and databases (see `paper.py`).
_KNOWN_TAGS = set(
    "TY ER A1 A2 A3 A4 A5 AU AB AD AN AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DI DO "
    "DP ED EP ET H1 H2 ID IS J1 J2 JA JF JI JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PI "
    "PM PP PU PY RI RN RP SE SN SP ST SV T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2".split()
)
# Marks of an encoding, which stand before the records of joined files.
_MARKS = "\ufeff\u200b"


def is_ris(text: str) -> bool:
    """Tell whether a text begins as RIS does; databases write some lines about themselves first."""
    lines = [line for line in text[:4000].split("\n") if line.strip(f"{_MARKS} \t")]
    return any(match["tag"] == "TY" and match["gap"] for match in _matches(lines[:10]))


def _matches(lines: list[str]) -> Iterator[re.Match]:
    return filter(None, (_LINE.fullmatch(line.lstrip(_MARKS)) for line in lines))


def read_ris(source: SourceTree, path: Path, text: str) -> list[Record]:
    """Return the records of a text; note what is not complete, or in no record."""
    records, record, outside = [], None, []
    for number, tag, value in _split_fields(text):
        if tag is None:
            outside.append((number, value))
            continue
        if tag in ("TY", "ER") and record:
            if tag == "TY":
                source.note("guessed", path, "no `ER  -` ends this record", record.line)
            records.append(record)
            record = None
        if tag != "ER":
            record = record or Record(number)
            record.add(tag, value, number)
    if record:
        source.note("guessed", path, "no `ER  -` ends this record", record.line)
        records.append(record)
    if outside:
        number, line = outside[0]
        message = f'"{shorten(line)}" is outside of all records'
        if outside[1:]:
            lines = count_words(len(outside) - 1, "other line", "other lines")
            message = f'"{shorten(line)}" and {lines} are outside of all records'
        source.note("left", path, f"{message} (a record starts with `TY  - `)", number)
    return records


def _split_fields(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield line number, tag and value of each field; no tag for a line outside of records."""
    lines = text.split("\n")
    styles = {_style(match) for match in _matches(lines) if match["tag"] == "TY"}
    number, tag, parts = 0, None, []
    for n, line in enumerate(lines, start=1):
        line = line.lstrip(_MARKS)
        match = _LINE.fullmatch(line)
        if match is None or not _is_field(match, styles):
            if tag not in (None, "ER"):
                parts.append(line.strip())
            elif line.strip():
                yield n, None, line.strip()
            continue
        if tag:
            yield number, tag, "\n".join(parts)
        number, tag, parts = n, match["tag"], [match["value"].strip()]
    if tag:
        yield number, tag, "\n".join(parts)


def _style(match: re.Match) -> tuple[str, bool]:
    return match["gap"], match["blank"] is not None


def _is_field(match: re.Match, styles: set[tuple[str, bool]]) -> bool:
    """Tell whether a line begins a field; in a continued line, "US - based" does not."""
    gap, has_blank = _style(match)
    is_separate = has_blank or not match["value"]
    if match["tag"] not in _KNOWN_TAGS:
        return is_separate and (gap == "  " or (gap, has_blank) in styles)
    return is_separate or (gap, has_blank) in styles
