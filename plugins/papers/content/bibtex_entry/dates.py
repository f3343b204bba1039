"""The date of an entry, from one field or several."""

import re

from ...model import PartialDate, guess_dates, month_number, parse_stage
from ...util import LazyPattern, decode_latex_line, shorten
from ..header import HeaderEntry
from .entry import BibtexEntry

DATE_FIELDS = ("year", "month", "day", "date", "issued", "pub_date")
# Fields that say when an entry was made, in the order of preference.
_RECORDS = {
    "eprint": r"^(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}",
    "arxiv": r"^(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}",
} | dict.fromkeys(
    ("urldate", "date-added", "timestamp"), r"\b(?P<year>20\d\d)-(?P<month>\d\d)(?:\b|-)"
)
_YEAR = LazyPattern(r"(?<![^\W_])(?:1[5-9]|20)\d{2}(?!\d)")
# Months in other languages of Europe, by the number of the month.
_MONTHS = {
    word: number
    for number, words in enumerate(
        "januar janvier enero gennaio janeiro januari|februar février fevrier febrero febbraio "
        "fevereiro februari|märz maerz mars marzo março marco maart|avril abril aprile|mai mayo "
        "maggio maio mei|juni juin junio giugno junho|juli juillet julio luglio julho|août aout "
        "agosto augustus|septembre septiembre settembre setembro|oktober octobre octubre ottobre "
        "outubro|novembre noviembre|dezember décembre decembre diciembre dicembre dezembro".split(
            "|"
        ),
        1,
    )
    for word in words.split()
}


def parse_bibtex_date(entry: BibtexEntry) -> HeaderEntry | None:
    """Return the date of an entry, as precisely as it can be parsed; None for one without."""
    fields = entry.fields
    date_name = next((name for name in ("date", "issued", "pub_date") if fields.get(name)), None)
    name = "year" if fields.get("year") else date_name
    if name is None:
        return None
    date = None
    # Some files hold the day in `date`.
    if date_name and (name == date_name or not fields[date_name].isdecimal()):
        date = _parse_date(entry, date_name)
    if date_name and not _YEAR.search(fields[name]):
        name = date_name  # "in press" is not a year.
    if date is None or (date.month is None and fields.get("month")):
        date = _date_of_parts(entry, name) or date
    _read_stage(entry, name)
    if date is None and parse_stage(fields[name].strip(" ,;.:()[]{}")):
        date = _date_of_record(entry, name)
    # What cannot be parsed is reported where the header is read.
    return entry.make_header(name, date.isoformat() if date else fields[name], parsed=date)


def _date_of_record(entry: BibtexEntry, name: str) -> PartialDate | None:
    """Return when an entry without a year, such as one in press, was put on arXiv or recorded."""
    for field, pattern in _RECORDS.items():
        if match := re.search(pattern, entry.fields.get(field, "")):
            year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
            if date := _try_date(f"{year}-{match['month']}"):
                entry.report_notice(name, f"the date was taken from `{field}`, {date.isoformat()}")
                return date
    return None


def _parse_date(entry: BibtexEntry, name: str) -> PartialDate | None:
    """Parse a date of biblatex, of a range the first day; None if it is none."""
    text = decode_latex_line(entry.fields[name])
    first = re.sub(r"(?:-(?:XX|uu|00))+$|[?~%]$", "", text.partition("/")[0].strip(), flags=re.I)
    if date := _try_date(text):
        return date
    guesses = guess_dates(text)
    date = _try_date(first) or (guesses[0] if len(guesses) == 1 else None)
    if date:
        message = f'"{shorten(entry.fields[name])}" is read as {date.isoformat()}'
        entry.report_notice(name, message)
    return date


def _try_date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _read_stage(entry: BibtexEntry, name: str) -> None:
    """Add the stage that is in place of the year, or beside it: "2020, to appear"."""
    words = _YEAR.sub(
        "", decode_latex_line(entry.fields["year" if "year" in entry.fields else name])
    )
    stage = parse_stage(words.strip(" ,;.:()[]"))
    if stage and not (entry.fields.get("pubstate") or entry.fields.get("stage")):
        entry.header.entries["stage"] = entry.make_header(name, stage)


def _date_of_parts(entry: BibtexEntry, name: str) -> PartialDate | None:
    """Return the date of an entry whose field `name` holds the year, and others month and day."""
    fields = entry.fields
    year = _YEAR.search(decode_latex_line(fields[name]))
    if year is None:
        return None
    words = decode_latex_line(fields[name]).replace(year[0], "").strip(" ,;.:()[]")
    if words and not parse_stage(words) and not _try_date(decode_latex_line(fields[name])):
        entry.report_notice(name, f'"{shorten(fields[name])}" is read as {year[0]}')
    month = day = None
    if fields.get("month"):
        month, day = _parse_month(decode_latex_line(fields["month"]))
        if month is None:
            message = f'"{shorten(fields["month"])}" is not a valid month (write `month = jan`)'
            entry.report_notice("month", message)
        elif _is_date_range(decode_latex_line(fields["month"])):
            date = "-".join(filter(None, (year[0], f"{month:02}", day and day.zfill(2))))
            entry.report_notice("month", f'"{shorten(fields["month"])}" is read as {date}')
    # Some files hold the day in `date`.
    day = day or fields.get("day") or (fields.get("date") if name == "year" else None)
    if day and (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?(?P<to>\s*[-–/].*)?", day)):
        if match["to"]:
            entry.report_notice("day", f'"{shorten(day)}" is read as {match[1]}')
        day = match[1]
    try:
        return PartialDate.parse(
            "-".join(filter(None, (year[0], month and f"{month:02}", month and day)))
        )
    except ValueError:
        line = entry.lines.get("day") or entry.lines.get("month") or entry.lines[name]
        message = f'"{shorten(day)}" is not a day of that month (write 14)'
        entry.header.report("day", message, line, notice=True)
        return PartialDate(int(year[0]), month)


def _month_of(word: str) -> int:
    return month_number(word) or _MONTHS.get(word.lower(), 0)


def _parse_month(text: str) -> tuple[int | None, str | None]:
    """Parse a month, with a day or without: `May 27`, `5 June`, `10`, `2016-06-03T00:00:00`.

    Of a range, such as `June--July` or `May 2-4`, the first counts; a season has no month.
    """
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    text = re.sub(r"\b\d{4}\b", " ", text)
    if match := re.fullmatch(r"\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?\s*", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    days = re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?(?![^\W_])", text, re.IGNORECASE)
    months = [month for word in re.findall(r"[^\W\d_]+", text) if (month := _month_of(word))]
    if months:
        return months[0], days[0] if days else None
    if re.search(r"[^\W\d_]", text) or not days or not 1 <= int(days[0]) <= 12:
        return None, None
    # "06-15" can only be a day of June, "06-07" are two months.
    return int(days[0]), days[1] if len(days) > 1 and int(days[1]) > 12 else None


def _is_date_range(text: str) -> bool:
    """Tell whether a month's text names two months or two days."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if _month_of(word)]
    numbers = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if re.match(r"\d{4}-", text) or (not words and len(numbers) > 1 and int(numbers[1]) > 12):
        return False
    return len(words) > 1 or len(numbers) > 1
