"""Dates as precise as they were written."""

import datetime
import re
from dataclasses import dataclass

from ..util import LazyPattern

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FULL_MONTHS = (
    "january february march april may june july august september october november december"
).split()

# A time of day is ignored.
_DATE_PATTERNS = [
    LazyPattern(r"(?P<year>\d{4})年?"),
    LazyPattern(r"(?P<year>\d{4}) *年 *(?P<month>\d{1,2}) *月(?: *(?P<day>\d{1,2}) *日)?"),
    LazyPattern(
        r"(?P<year>\d{4})(?P<sep>[-./])(?P<month>\d{1,2})"
        r"(?:(?P=sep)(?P<day>\d{1,2})(?:[T ]\d{1,2}:\d{2}[\d:.]*(?: *[+-]\d{2}:?\d{2}|Z)?)?)?"
    ),
    LazyPattern(r"(?:(?P<day>\d{1,2}) +)?(?P<month>[A-Za-z]{3,9})\.?,? +(?P<year>\d{4})"),
    LazyPattern(r"(?P<month>[A-Za-z]{3,9})\.? +(?P<day>\d{1,2}), *(?P<year>\d{4})"),
]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as it was written: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Parse 2026, 2026-02, 2026.02.14, Feb 2026, 14 Feb 2026 or 2026年2月.

        Raises ValueError with a message that says what to write.
        """
        for pattern in _DATE_PATTERNS:
            if match := pattern.fullmatch(text.strip()):
                parts = match.groupdict()
                year, month = int(parts["year"]), month_number(parts.get("month"))
                day = int(parts["day"]) if parts.get("day") else None
                try:
                    datetime.date(year, 1 if month is None else month, 1 if day is None else day)
                except ValueError:
                    break
                return cls(year, month, day)
        raise ValueError(f'"{text}" {_correction(text)}')

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Order by time; the less precise date comes first."""
        return self.year, self.month or 0, self.day or 0

    def isoformat(self) -> str:
        """Return 2026, 2026-02 or 2026-02-14, as HTML's `datetime` takes it."""
        return "-".join(self._parts())

    def __str__(self) -> str:
        return ".".join(self._parts())

    def _parts(self) -> list[str]:
        return [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]


def guess_dates(text: str) -> list[PartialDate]:
    """Return the dates that a text in another format can mean."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,](?= |$)", "", text.strip(), flags=re.IGNORECASE)
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        candidates = [match.groups()]
    elif match := re.fullmatch(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})", text):
        candidates = [(match[4], match[3], match[1]), (match[4], match[1], match[3])]
    elif match := re.fullmatch(r"(\d{1,2})[-./](\d{4})", text):
        candidates = [(match[2], match[1], None)]
    elif match := re.fullmatch(r"(\d{1,2})[-./ ]*([A-Za-z]{3,9})[-./ ]*(\d{4})", text):
        candidates = [(match[3], match[2], match[1])]
    elif match := re.fullmatch(r"(\d{4})[-./ ]*([A-Za-z]{3,9})(?:[-./ ]*(\d{1,2}))?", text):
        candidates = [(match[1], match[2], match[3])]
    elif match := re.fullmatch(r"([A-Za-z]{3,9})[-./ ]*(?:(\d{1,2})[-./ ]+)?(\d{4})", text):
        candidates = [(match[3], match[1], match[2])]
    else:
        return []
    dates = []
    for year, month, day in candidates:
        date = PartialDate(int(year), month_number(month), int(day) if day else None)
        try:
            datetime.date(date.year, date.month or 0, 1 if date.day is None else date.day)
        except ValueError:
            continue
        dates.append(date)
    return list(dict.fromkeys(dates))


def _correction(text: str) -> str:
    dates = [date.isoformat() for date in guess_dates(text)]
    if len(dates) > 1:
        return f"is not a valid date: it is ambiguous (write {' or '.join(sorted(dates))})"
    return f"is not a valid date (write {dates[0] if dates else '2026, 2026-02 or 2026-02-14'})"


def month_number(text: str | None) -> int | None:
    """Return the number of a month; 0 for a word that names no month."""
    if text is None or text.isdecimal():
        # Python refuses to read very long numbers.
        return None if text is None else int(text) if len(text) < 5 else 0
    word = text.lower()
    if word in _FULL_MONTHS or word in _MONTHS or word == "sept":
        return _MONTHS.index(word[:3]) + 1
    return 0
