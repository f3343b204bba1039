"""Where a header block begins and ends, and what stands in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.content.frontmatter import split_header


def test_block_and_body():
    """The first line of the text is taken for a header, or a header for text."""
    header, body = split_header("f", "Title: A: B\nimage-alt:\tX\n\nNote: text.\n\nMore.\n")
    assert {key: entry.value for key, entry in header.entries.items()} == {
        "title": "A: B",
        "image_alt": "X",
    }
    assert body == "Note: text.\n\nMore.\n"
    assert header.problems == []


def test_indented_lines_go_on():
    """A list of links ends with its first line, or an address with a colon is a header."""
    header, body = split_header(
        "f", "Links: a | https://a\n  b | https://b\n\thttps://c\n Date: 2026\n"
    )
    assert header.get("links") == "a | https://a\nb | https://b\nhttps://c"
    assert header.get("date") == "2026"
    assert header.entries["date"].line == 4
    assert body == ""


def test_blank_line_before():
    """A blank first line makes text of the whole header."""
    header, body = split_header("f", "\n\nTitle: A\n\nText")
    assert (header.get("title"), header.entries["title"].line, body) == ("A", 3, "Text")


def test_problems_have_lines():
    """A mistake is told without its line, or hides the ones behind it."""
    header, _ = split_header("f.md", "Title: A\nVenue ICLR\ntitle: B\nDate: x\n\nText")
    header.parse_date("date")
    header.parse_date("date")
    assert [str(problem) for problem in header.problems] == [
        'f.md:2: "Venue ICLR" is no header (write `Key: value`, or leave a blank line between '
        "headers and text)",
        "f.md:3: title: given twice, first in line 1 (keep one)",
        'f.md:4: date: "x" is no date (write 2026, 2026-02 or 2026-02-14)',
    ]


def test_misplaced_headers():
    """A status that stands where text is read publishes a draft."""
    header, _ = split_header("f", "Authors: A,\n    Status: draft\n    B\n\nDate: 2026\n\nSlug: x")
    header.check_keys(("authors", "status", "date", "slug"))
    where = "is read as text here (write it at the left margin, above the first blank line)"
    assert [str(problem) for problem in header.problems] == [
        f"f:2: `Status:` {where}",
        f"f:5: `Date:` {where}",
    ]


def test_empty_header_is_absent():
    """`Venue:` with nothing behind it is shown as an empty venue."""
    header, _ = split_header("f", "Venue:\nTitle:   \n")
    assert header.get("venue") is None and header.get("title") is None


def test_line_ends():
    """Line ends of another system, or characters within a title, cut a header."""
    header, body = split_header("f", "Title: a\u2028b\x85c\r\nDate: 2026\r\rText\r\n")
    assert header.get("title") == "a\u2028b\x85c"
    assert header.get("date") == "2026"
    assert body == "Text\n"
    assert header.problems == []


@given(st.text(alphabet=st.sampled_from("Ab:- \t\n\r\x0c\u2028é"), max_size=60) | st.text())
def test_no_line_is_lost(text):
    """Some file brings down the build, or loses lines in silence."""
    header, body = split_header("f", text)
    lines = re.split(r"\r\n?|\n", text)
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    blank = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    assert body == "\n".join(lines[blank + 1 :])
    told = {problem.line for problem in header.problems}
    kept = "\n".join(entry.value for entry in header.entries.values())
    for number, line in enumerate(lines[first:blank], start=first + 1):
        assert number in told or line.strip() in kept or line.partition(":")[2].strip() in kept


@pytest.mark.parametrize(
    ("yaml", "key", "value"),
    [
        ("title: 'It''s: \"x\"'", "title", 'It\'s: "x"'),
        ("arxiv: 2510.10650", "arxiv", "2510.10650"),
        ("date: 2026-02", "date", "2026-02"),
        ("selected: true", "selected", "true"),
        ("venue: null", "venue", None),
        ("venue: ~", "venue", None),
        ("venue: 'null'", "venue", "null"),
        ("tags: [a, 'b, c']", "tags", "- a\n- b, c"),
        ("tags:\n- a", "tags", "- a"),
        ("authors:\n- {family: He, given: Y.}\n- name: A B", "authors", "- He, Y.\n- A B"),
        ("type: [article]", "type", "article"),
        ("links: {code: https://a, x: y}", "links", "code | https://a\nx | y"),
        ("links:\n- type: pdf\n  url: p.pdf", "links", "- pdf | p.pdf"),
        ("header: {teaser: x.png}", "header.teaser", "x.png"),
        ("summary: >\n  two\n  lines", "summary", "two lines"),
    ],
)
def test_yaml(yaml, key, value):
    """YAML loses a list, a nested value, a quote, or makes a number of an id."""
    header, body = split_header("f", f"---\n{yaml}\n---\nText\n")
    assert (header.get(key), body, header.problems) == (value, "Text\n", [])
    assert header.entries[key].line == 2


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#% \n\t,?"), max_size=50) | st.text())
def test_any_yaml_is_read_or_told(text):
    """Some YAML brings down the build, or is lost in silence."""
    header, _ = split_header("f", f"---\n{text}\n---\n")
    lines = [line.split("#")[0].strip() for line in text.split("\n")]
    # A comment, or a directive's line, is all that YAML passes over.
    if any(line and not line.startswith(("%", "-", ".")) for line in lines):
        assert header.entries or header.problems


def test_nested_too_deeply():
    """A header of ten thousand brackets brings down the build."""
    header, _ = split_header("f", f"---\ntitle: {'[' * 10_000}\n---\n")
    assert [problem.message for problem in header.problems] == [
        "is nested too deeply (write it in fewer levels)"
    ]
