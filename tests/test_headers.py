"""Where a header block begins and ends, and what stands in it."""

from hypothesis import given
from hypothesis import strategies as st
from papers.headers import split


def test_block_and_body():
    """The first line of the text is taken for a header, or a header for text."""
    header, body = split("f", "Title: A: B\nimage-alt:\tX\n\nNote: text.\n\nMore.\n")
    assert {key: entry.value for key, entry in header.entries.items()} == {
        "title": "A: B",
        "image_alt": "X",
    }
    assert body == "Note: text.\n\nMore."
    assert header.problems == []


def test_indented_lines_go_on():
    """A list of links ends with its first line, or an address with a colon is a header."""
    header, body = split("f", "Links: a | https://a\n  b | https://b\n\thttps://c\nDate: 2026\n")
    assert header.get("links") == "a | https://a\nb | https://b\nhttps://c"
    assert header.get("date") == "2026"
    assert header.entries["date"].line == 4
    assert body == ""


def test_problems_have_lines():
    """A mistake is told without its line, or hides the ones behind it."""
    header, _ = split("f.md", "Title: A\nVenue ICLR\ntitle: B\nDate: x\n\nText")
    header.date("date")
    header.date("date")
    assert [str(problem) for problem in header.problems] == [
        'f.md:2: "Venue ICLR" is no header (write `Key: value`, or leave a blank line between '
        "headers and text)",
        "f.md:3: title: given twice, first in line 1 (keep one)",
        'f.md:4: date: "x" is no date (write 2026, 2026-02 or 2026-02-14)',
    ]


def test_empty_header_is_absent():
    """`Venue:` with nothing behind it is shown as an empty venue."""
    header, _ = split("f", "Venue:\nTitle:   \n")
    assert header.get("venue") is None and header.get("title") is None


@given(st.text())
def test_no_text_breaks_it(text):
    """Some file brings down the build, or loses lines in silence."""
    header, body = split("f", text)
    lines = text.splitlines()
    blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    assert body == "\n".join(lines[blank + 1 :])
    counted = sum(1 + entry.value.count("\n") for entry in header.entries.values())
    assert counted + len(header.problems) <= blank or blank == 0
