"""The date of an entry, from one field or several."""

import re

from ...model import PartialDate, month_number
from ...util import decode_latex_line, shorten
from ..header import HeaderEntry
from .entry import BibtexEntry

DATE_FIELDS = ("year", "month", "day", "date", "issued", "pub_date")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")


def parse_bibtex_date(entry: BibtexEntry) -> HeaderEntry | None:
    """Return the date of an entry, as precisely as it can be parsed; None for one without."""
    fields = entry.fields
    date_name = next((name for name in ("date", "issued", "pub_date") if fields.get(name)), None)
    name = "year" if fields.get("year") else date_name
    if name is None:
        return None
    date = None
    if name == date_name or (date_name and not fields[date_name].isdecimal()):
        try:
            date = PartialDate.parse(decode_latex_line(fields[date_name]).split("/")[0])
        except ValueError:
            pass  # There may be a year in it, or beside it.
    if date is None:
        date = _date_of_parts(entry, name)
    # What cannot be parsed is reported where the header is read.
    return entry.make_header(name, date.isoformat() if date else fields[name], parsed=date)


def _date_of_parts(entry: BibtexEntry, name: str) -> PartialDate | None:
    """Return the date of an entry whose field `name` holds the year, and others month and day."""
    fields = entry.fields
    year = _YEAR.search(decode_latex_line(fields[name]))
    if year is None:
        return None
    if decode_latex_line(fields[name]) != year[0]:
        entry.report_notice(name, f'"{shorten(fields[name])}" is read as {year[0]}')
    month = day = None
    if fields.get("month"):
        month, day = _parse_month(decode_latex_line(fields["month"]))
        if month is None:
            message = f'"{shorten(fields["month"])}" is no month (write `month = jan`)'
            entry.report_notice("month", message)
        elif _is_date_range(decode_latex_line(fields["month"])):
            date = "-".join(filter(None, (year[0], f"{month:02}", day and day.zfill(2))))
            entry.report_notice("month", f'"{shorten(fields["month"])}" is read as {date}')
    # Some files hold the day in `date`.
    day = day or fields.get("day") or (fields.get("date") if name == "year" else None)
    try:
        return PartialDate.parse(
            "-".join(filter(None, (year[0], month and f"{month:02}", month and day)))
        )
    except ValueError:
        line = entry.lines.get("day") or entry.lines.get("month") or entry.lines[name]
        message = f'"{shorten(day)}" is no day of it (write 14)'
        entry.header.report("day", message, line, notice=True)
        return PartialDate(int(year[0]), month)


def _parse_month(text: str) -> tuple[int | None, str | None]:
    """Parse a month, with a day or without: `May 27`, `5 June`, `10`, `2016-06-03T00:00:00`.

    Of a range, such as `June--July` or `May 2-4`, the first counts; a season has no month.
    """
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    text = re.sub(r"\b\d{4}\b", " ", text)
    days = re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?(?![^\W_])", text, re.IGNORECASE)
    months = [month for word in re.findall(r"[^\W\d_]+", text) if (month := month_number(word))]
    if months:
        return months[0], days[0] if days else None
    if re.search(r"[^\W\d_]", text) or not days or not 1 <= int(days[0]) <= 12:
        return None, None
    # "06-15" can only be a day of June, "06-07" are two months.
    return int(days[0]), days[1] if len(days) > 1 and int(days[1]) > 12 else None


def _is_date_range(text: str) -> bool:
    """Tell whether a month's text names two months or two days."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if month_number(word)]
    numbers = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if re.match(r"\d{4}-", text) or (not words and len(numbers) > 1 and int(numbers[1]) > 12):
        return False
    return len(words) > 1 or len(numbers) > 1
