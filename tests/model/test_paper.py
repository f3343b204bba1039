"""Properties of a paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.model.dates import PartialDate
from papers.model.names import Author
from papers.model.paper import Link, Paper, mark_page_ranges, name_venue
from papers.model.venues import split_year


def make_paper(**values) -> Paper:
    """Return a paper with some values, and defaults for what it requires."""
    required = {"key": "k", "title": "T", "authors": (Author("A"),), "date": PartialDate(2025)}
    return Paper(**(required | values))


@pytest.mark.parametrize(
    ("venue", "arxiv", "label"),
    [
        ("ICLR", None, "ICLR 2025"),
        ("ICLR2026", None, "ICLR 2026"),
        ("NeurIPS'24", None, "NeurIPS 2024"),
        ("CHI 1999–2001", None, "CHI 1999–2001"),
        ("ICLR 2026", None, "ICLR 2026"),
        ("Proc. of ACL, 2025", None, "Proc. of ACL 2025"),
        ("ICLR 2024 (oral)", None, "ICLR 2024"),
        (None, "2508.08221", "arXiv 2025"),
        (None, None, "2025"),
        ("Studies 1234", None, "Studies 1234 2025"),
    ],
)
def test_venue_label(venue, arxiv, label):
    """A label has the year twice, without a space, or not at all."""
    ids = {"arxiv": arxiv} if arxiv else {}
    paper = make_paper(date=PartialDate(2025, 8), venue=venue, ids=ids)
    assert paper.venue_label == label


def test_split_year():
    """A number that is part of a venue's name becomes the year."""
    assert split_year("Workshop 42") == ("Workshop 42", None)
    assert split_year("2025") == ("2025", None)


@pytest.mark.parametrize(
    ("type_", "stage", "genre", "label"),
    [
        ("document", "submitted", None, "Submitted"), ("document", None, None, "Other"),
        ("document", "accepted", None, "To appear"),
        ("document", "submitted", "Note", "Note, submitted"),
        ("article", "preprint", None, "Preprint"), ("chapter", "published", None, "Book chapter"),
        ("paper-conference", "accepted", None, "Conference paper, to appear"),
    ],
)  # fmt: skip
def test_type_label(type_, stage, genre, label):
    """A paper without a type is "Other, submitted"."""
    assert make_paper(type=type_, stage=stage, genre=genre).type_label == label


@given(st.integers(1, 120), st.none() | st.integers(0, 119), st.integers(1, 30))
def test_byline(count, owner, length):
    """A shortened list loses or repeats an author, or hides the owner."""
    names = [f"A{n}".ljust(length, "x") for n in range(count)]
    authors = tuple(Author(name, owner=n == owner) for n, name in enumerate(names))
    byline = make_paper(authors=authors).byline()
    assert sorted(byline.shown + byline.hidden, key=authors.index) == list(authors)
    assert byline.first == authors[: len(byline.first)] != ()
    assert not any(author.owner for author in byline.hidden) and len(byline.hidden) != 1


@pytest.mark.parametrize(
    ("name", "count", "owner", "shown"),
    [
        ("Ada B. Lovelace", 6, 3, 6), ("Ada B. Lovelace", 7, 3, 5), ("Ada B. Lovelace", 7, 6, 5),
        ("Ada B. Lovelace", 100, 50, 5), ("Ada B. Lovelace", 100, None, 5), ("Li Lei", 13, 0, 13),
        ("李雷雷", 13, 0, 13), ("李雷雷", 100, 99, 12), ("A" * 300, 1, None, 1),
        ("A" * 300, 100, 99, 2), ("A" * 300, 2, None, 2),
    ],
)  # fmt: skip
def test_lines_of_a_byline(name, count, owner, shown):
    """The names of a hundred authors take more than three lines on a phone."""
    authors = tuple(Author(name, owner=n == owner) for n in range(count))
    assert len(make_paper(authors=authors).byline().shown) == shown


@pytest.mark.parametrize(
    ("venue", "short", "expected"),
    [
        ("5th Conference on Stones, Paris", None, "CoSto"), ("Conference on Sand", None, None),
        ("Conference on Stones", "CS", "CS"), (None, None, None), ("on STONES", None, None),
        ("the conference on stones", None, "CoSto"),
    ],
)  # fmt: skip
def test_short_name_of_the_site(venue, short, expected):
    """A site's own short name of a venue is not used, or replaces that of a paper."""
    paper = make_paper(venue=venue, venue_short=short)
    assert name_venue(paper, {"": "x", "Conference on Stones": "CoSto"}).venue_short == expected


@pytest.mark.parametrize(
    ("label", "lang"), [("paper", None), ("机器之心", "zh-Hans"), ("論文はこちら", None)]
)
def test_label_language(label, lang):
    """Chinese labels have Japanese glyphs, or the other way round."""
    assert Link(label, "https://example.org").lang == lang


def test_legend():
    """A legend explains a mark that no author has, or replaces the author's own words."""
    authors = (Author("A", marks="*"), Author("B", marks="*†"))
    assert make_paper(authors=authors[:1]).legend == "* equal contribution"
    assert make_paper(authors=authors).legend == "* equal contribution, † corresponding author"
    assert make_paper().legend == ""
    assert make_paper(authors=authors, annotation="* by lot").legend == "* by lot"
    assert make_paper(annotation="weak method, do not cite").legend == ""


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12-20", "12–20"),
        ("S-12--S-20", "S-12–S-20"),
        ("213–-218", "213–218"),
        ("213---218", "213–218"),
        ("S-12-S-20", "S-12–S-20"),
        ("12-1 – 12-20", "12-1–12-20"),
        ("A-7", "A-7"),
        ("iv-12, 15 -- 18", "iv–12, 15–18"),
        ("12:1-12:20", "12:1–12:20"),
        ("12--", "12"),
        ("arXiv:hep-th/0501001", "arXiv:hep-th/0501001"),
    ],
)
def test_page_ranges(text, pages):
    """The hyphen within the number of a page is mistaken for a range."""
    assert mark_page_ranges(text) == pages
