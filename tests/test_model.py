"""Dates, authors and venues, as people write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.model import Author, Link, Paper, PartialDate, read_authors, split_year


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
    """A date gains or loses a month or day by being read."""
    assert PartialDate.parse(text) == PartialDate(*date)
    assert str(PartialDate.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13", "2026-00", "2026-2-30", "2025-02-29", "03/04/2026", "26-02", "0000",
     "2026-02.14", "2026-", "Febr 2026", "32 Jan 2026", "20260", "2026-02-14-1"],
)  # fmt: skip
def test_no_dates(text):
    """An impossible or ambiguous date is read as some other day."""
    with pytest.raises(ValueError, match="is no date"):
        PartialDate.parse(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_read(day):
    """A day in the calendar is refused, moved, or sorted out of order."""
    read = PartialDate.parse(day.isoformat())
    assert read.isoformat() == day.isoformat()
    month, year = PartialDate(day.year, day.month), PartialDate(day.year)
    assert read.sort_key > month.sort_key > year.sort_key


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_none(text):
    """Some text brings down the build instead of being told."""
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        assert "is no date" in str(error)
    else:
        assert PartialDate.parse(date.isoformat()) == date


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing,", ["Ada Lovelace", "Alan Turing"]),
        ("A B, C D, and E F", ["A B", "C D", "E F"]),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Lovelace, Ada and Turing, Alan", ["Ada Lovelace", "Alan Turing"]),
        ("Research and Development Team;", ["Research and Development Team"]),
        ("Lovelace, Ada; Turing,\nAlan", ["Lovelace, Ada", "Turing, Alan"]),
        ("Alexandra Anderson, Sandy Brand", ["Alexandra Anderson", "Sandy Brand"]),
        ("何燕成，王 伟、李 四", ["何燕成", "王 伟", "李 四"]),
        ("何燕成；王 伟", ["何燕成", "王 伟"]),
        ("Ada Lovelace & Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace\nAlan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace, Alan\nTuring", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace and\nAlan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace\nand Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("- Lovelace, Ada\n- Alan Turing", ["Lovelace, Ada", "Alan Turing"]),
    ],
)
def test_authors(text, names):
    """An author is split in two, two are run together, or an empty one appears."""
    assert [author.name for author in read_authors(text, [])] == names


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Lovelace, Ada", "Lovelace"),
        ("Lovelace, A., Turing, A., & Doe, J.", "Lovelace"),
        ("Lovelace, Ada and Turing, Alan and others", "Lovelace"),
        ("Yancheng He1,2, Ada Lovelace", "2"),
        ("Martin Luther King, Jr., Ada Lovelace", "Jr."),
    ],
)
def test_halves_of_names(text, half):
    """A comma within a name makes two authors of one, in silence."""
    with pytest.raises(ValueError, match=f'"{half}" may be half of a name'):
        read_authors(text, [])


def test_owner():
    """The owner is not known under another form of the name, or with a mark behind it."""
    names = "Y. He, YANCHENG  HE*, 何燕成¹, Yancheng Hebert, **Yancheng He**"
    authors = read_authors(names, ["Yancheng He", "何燕成"])
    assert [author.owner for author in authors] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("venue", "arxiv", "label"),
    [
        ("ICLR", None, "ICLR 2025"),
        ("ICLR2026", None, "ICLR 2026"),
        ("NeurIPS'24", None, "NeurIPS 2024"),
        ("CHI 1999–2001", None, "CHI 1999–2001"),
        ("ICLR 2026", None, "ICLR 2026"),
        ("Proc. of ACL, 2025", None, "Proc. of ACL 2025"),
        ("ICLR 2024 (oral)", None, "ICLR 2024 (oral)"),
        (None, "2508.08221", "arXiv 2025"),
        (None, None, "2025"),
        ("Studies 1234", None, "Studies 1234 2025"),
    ],
)
def test_venue_label(venue, arxiv, label):
    """A label has the year twice, glued on, or not at all."""
    paper = Paper("T", (Author("A"),), PartialDate(2025, 8), venue=venue, arxiv=arxiv)
    assert paper.venue_label == label


def test_split_year_keeps_other_numbers():
    """A number that is part of a venue's name is taken for its year."""
    assert split_year("Workshop 42") == ("Workshop 42", None)
    assert split_year("2025") == ("2025", None)


@given(st.integers(1, 120), st.none() | st.integers(0, 119))
def test_byline(count, owner):
    """A shortened list loses an author, names one twice, or hides the owner."""
    authors = tuple(Author(f"A{n}", n == owner) for n in range(count))
    byline = Paper("T", authors, PartialDate(2025)).byline()
    assert sorted(byline.shown + byline.more, key=lambda a: int(a.name[1:])) == list(authors)
    assert not any(author.owner for author in byline.more)
    assert (len(byline.shown) == count) if count <= 12 else len(byline.shown) in (6, 7)


@pytest.mark.parametrize(
    ("label", "lang"), [("paper", None), ("机器之心", "zh-Hans"), ("論文はこちら", None)]
)
def test_language_of_a_label(label, lang):
    """Chinese labels are set with Japanese glyphs, or the other way round."""
    assert Link(label, "https://example.org").lang == lang
