"""Dates as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.model.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "date", "shown"),
    [
        ("2026", (2026,), "2026"),
        ("2026年", (2026,), "2026"),
        ("2026-02", (2026, 2), "2026.02"),
        ("2026.02", (2026, 2), "2026.02"),
        ("2026/2", (2026, 2), "2026.02"),
        ("Feb 2026", (2026, 2), "2026.02"),
        ("February, 2026", (2026, 2), "2026.02"),
        ("Sept. 2026", (2026, 9), "2026.09"),
        ("2026年2月", (2026, 2), "2026.02"),
        ("2026-02-14", (2026, 2, 14), "2026.02.14"),
        ("2026-02-14 10:20", (2026, 2, 14), "2026.02.14"),
        ("2026-02-14T10:20:30+01:00", (2026, 2, 14), "2026.02.14"),
        ("2026-02-14 10:20:30 +0800", (2026, 2, 14), "2026.02.14"),
        ("2026 年 2 月", (2026, 2), "2026.02"),
        ("14 Feb 2026", (2026, 2, 14), "2026.02.14"),
        ("Feb 14, 2026", (2026, 2, 14), "2026.02.14"),
        ("2026年2月14日", (2026, 2, 14), "2026.02.14"),
    ],
)
def test_dates(text, date, shown):
    """A date gains or loses a month or day."""
    assert PartialDate.parse(text) == PartialDate(*date)
    assert str(PartialDate.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13", "2026-00", "2026-2-30", "2025-02-29", "03/04/2026", "26-02", "0000",
     "2026-02.14", "2026-", "Febr 2026", "32 Jan 2026", "20260", "2026-02-14-1"],
)  # fmt: skip
def test_invalid_dates(text):
    """An impossible or ambiguous date is parsed as another day."""
    with pytest.raises(ValueError, match="is not a valid date"):
        PartialDate.parse(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_any_day(day):
    """A day is refused, moved or sorted out of order."""
    date = PartialDate.parse(day.isoformat())
    assert date.isoformat() == day.isoformat()
    month, year = PartialDate(day.year, day.month), PartialDate(day.year)
    assert date.sort_key > month.sort_key > year.sort_key


@given(st.text(max_size=20))
def test_any_text(text):
    """A text crashes the build instead of raising ValueError."""
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        assert "is not a valid date" in str(error)
    else:
        assert PartialDate.parse(date.isoformat()) == date
