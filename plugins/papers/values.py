"""Names and dates of BibTeX fields, as header blocks hold them."""

import re
from collections.abc import Mapping

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from .dates import PartialDate, month_number
from .headers import Entry, Header, shorten
from .tex import decode_line

DATES = ("year", "month", "day", "date", "issued", "pub_date")
# Marks and emphasis in names, and what is left of them.
_MARK_MACROS = [
    (re.compile(r"\$?\^?\{?\\(?:dagger|dag)\b *\}?\$?"), "†"),
    (re.compile(r"\$?\^?\{?\\(?:ddagger|ddag)\b *\}?\$?"), "‡"),
    (re.compile(r"\$?\^?\{?\\(?:ast|star)\b *\}?\$?"), "*"),
    (re.compile(r"\\thanks\{[^{}]*\}"), ""),
    (re.compile(r"\$\^?\{?[\d, ]+\}?\$|\\textsuperscript\{[\d, ]*\}"), ""),
    (re.compile(r"\$\^?\{?([*+†‡§¶#\d, ]+)\}?\$"), r"\1"),
    (re.compile(r"\\textsuperscript\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?:textbf|underline|textit|emph|uline)\{((?:[^{}]|\{[^{}]*\})*)\}"), r"\1"),
]
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")


def read_names(header: Header, name: str, value: str, line: int) -> str:
    """Return names as a header's list holds them: one a line, "Last, First", "{Collective}"."""
    found = []
    for macro, plain in _MARK_MACROS:
        value = macro.sub(plain, value) if "\\" in value or "$" in value else value
    for raw in split_multiple_persons_names(re.sub(r"(?<!\\)~|\s+", " ", value)):
        if raw.rstrip() != (raw := raw.strip().rstrip(", ")) and raw:
            hint = "take it away"
            header.problem(name, f'a comma ends "{shorten(raw)}," ({hint})', line, notice=True)
        plain = re.sub(r"\{[^{}]*\}", "", raw)
        commas, parts = plain.count(","), [part.strip() for part in raw.split(",")]
        if ";" in plain:
            message = "semicolons are read as the ends of names (write `and` between names)"
            header.problem(name, message, line, notice=True)
            found += [f"- {_name(part.strip())}" for part in raw.split(";") if part.strip()]
        elif commas > 2 and commas % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
            message = "commas are read as the ends of names (write `and` between names)"
            header.problem(name, message, line, notice=True)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            found += [f"- {_name(f'{last}, {first}')}" for last, first in pairs]
        elif commas > 2:
            message = "commas are read as the ends of names (write `and` between names)"
            header.problem(name, message, line, notice=True)
            found += [f"- {decode_line(part)}" for part in raw.split(",") if part.strip()]
        elif raw:
            found.append(f"- {_name(raw)}")
    return "\n".join(found)


def _name(raw: str) -> str:
    if "\\" not in raw and "{" not in raw:
        return decode_line(raw)
    bare = raw.rstrip("*+†‡§¶# ")
    if re.fullmatch(r"\{(?!\\)(?:[^{}]|\{[^{}]*\})*\}", bare):
        return f"{{{decode_line(bare[1:-1])}}}{raw[len(bare) :]}"
    try:
        parts = parse_single_name_into_parts(raw, strict=False)
    except InvalidNameError:
        return decode_line(raw)
    von, last, jr, first = (
        decode_line(" ".join(part)) for part in (parts.von, parts.last, parts.jr, parts.first)
    )
    return ", ".join(filter(None, (f"{von} {last}".strip(), jr, first)))


def read_date(header: Header, fields: Mapping[str, str], lines: Mapping[str, int]) -> None:
    """Note when an entry was published, as precisely as can be read."""
    whole = next((name for name in ("date", "issued", "pub_date") if fields.get(name)), None)
    given = "year" if fields.get("year") else whole
    if given is None:
        return

    def note(value: str) -> None:
        header.entries["date"] = Entry(value, lines[given], given)

    if given == whole or (whole and not fields[whole].isdecimal()):
        try:
            date = PartialDate.parse(decode_line(fields[whole]).split("/")[0])
            return note(date.isoformat())
        except ValueError:
            pass  # There may be a year in it, or beside it.
    year = _YEAR.search(decode_line(fields[given]))
    if year is None:
        return note(fields[given])
    if decode_line(fields[given]) != year[0]:
        message = f'"{shorten(fields[given])}" is read as {year[0]}'
        header.problem(given, message, lines[given], notice=True)
    month = day = None
    if fields.get("month"):
        month, day = _month(decode_line(fields["month"]))
        if month is None:
            message = f'"{shorten(fields["month"])}" is no month (write `month = jan`)'
            header.problem("month", message, lines["month"], notice=True)
    # Some hold the day in `date`.
    day = day or fields.get("day") or (fields.get("date") if given == "year" else None)
    text = "-".join(filter(None, (year[0], month and f"{month:02}", month and day)))
    try:
        date = PartialDate.parse(text)
    except ValueError:
        date = PartialDate(int(year[0]), month)
        line = lines.get("day") or lines.get("month") or lines[given]
        header.problem("day", f'"{shorten(day)}" is no day of it (write 14)', line, notice=True)
    return note(date.isoformat())


def _month(text: str) -> tuple[int | None, str | None]:
    """Read a month, and a day where there is one: `May 27`, `10`, `2016-06-03T00:00:00`."""
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    match = re.match(r"(\d{1,2}(?=\D*$)|[A-Za-z]{3,9})\W*(\d{1,2})?", text)
    month = month_number(match[1]) if match else None
    return (month, match[2]) if match and month and 1 <= month <= 12 else (None, None)
