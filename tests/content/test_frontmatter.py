"""Split files into header and body."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.content.frontmatter import YamlError, parse_yaml_header, split_header


def test_header_and_body():
    """The first line of the text is read as a header, or a header as text."""
    header, body = split_header("f", "Title: A: B\nimage-alt:\tX\n\nNote: text.\n\nMore.\n")
    assert {key: entry.value for key, entry in header.entries.items()} == {
        "title": "A: B",
        "image_alt": "X",
    }
    assert body == "Note: text.\n\nMore.\n"
    assert header.problems == []


def test_continuation_lines():
    """A list of links ends after its first line, or an address with a colon becomes a header."""
    header, body = split_header(
        "f", "Links: a | https://a\n  b | https://b\n\thttps://c\n Date: 2026\n"
    )
    assert header.get("links") == "a | https://a\nb | https://b\nhttps://c"
    assert header.get("date") == "2026"
    assert header.entries["date"].line == 4
    assert body == ""


def test_leading_blank_lines():
    """A blank first line turns the header into text."""
    header, body = split_header("f", "\n\nTitle: A\n\nText")
    assert (header.get("title"), header.entries["title"].line, body) == ("A", 3, "Text")


def test_problems_have_lines():
    """A problem has no line, or hides the problems after it."""
    header, _ = split_header("f.md", "Title: A\nVenue ICLR\ntitle: B\nDate: x\n\nText")
    header.parse_date("date")
    header.parse_date("date")
    assert [str(problem) for problem in header.problems] == [
        'f.md:2: "Venue ICLR" is not a header (write `Key: value`, or leave a blank line between '
        "headers and text)",
        "f.md:3: title: given twice, first in line 1 (keep one)",
        'f.md:4: date: "x" is not a valid date (write 2026, 2026-02 or 2026-02-14)',
    ]


def test_misplaced_headers():
    """A draft is published because its status is where text is read."""
    header, _ = split_header("f", "Authors: A,\n    Status: draft\n    B\n\nDate: 2026\n\nSlug: x")
    header.check_keys(("authors", "status", "date", "slug"))
    message = "is read as text here (move it to the left margin, above the first blank line)"
    assert [str(problem) for problem in header.problems] == [
        f"f:2: `Status:` {message}",
        f"f:5: `Date:` {message}",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("\tvenue: ICLR\ndate: 2026", "write spaces instead of the tab"),
        ("title: T\nlinks:\n\tcode: x", "write spaces instead of the tab"),
        ("authors:\n\t- A", "write spaces instead of the tab"),
        ("title:\tT", "write spaces instead of the tab"),
        ('venue: "ICLR\ndate: 1', "close the quote"),
        ("venue: 'ICLR\n---\nx: 1", "close the quote"),
        (r'title: "\pi and \q"', "write single quotes around a value with backslashes"),
        ("authors: [A, B\ndate: 1", "close it with `]`, or put the whole value in quotes"),
        ("title: {A", "close it with `}`, or put the whole value in quotes"),
        ("title: a\nb\nc: d", "write `key: value`, and indent lines that continue a value"),
        ("title: a\n- b", "indent keys and items alike"),
        (" title: a\ndate: 2", "indent keys and items alike"),
        ("title: a\n  date: 2", "write a space after each colon, and indent all keys alike"),
        ("title:a\ndate: 2", "write a space after each colon, and indent all keys alike"),
        ("title: A: b", "put values that contain a colon, a `#` or a quote in quotes"),
        ("title: - x", "put each item in a line of its own, or the value in quotes"),
        ("a: b\n--- c", 'write "---" only above and below the headers'),
        ("title: a\x07", "delete the control character"),
        ("title: *A* search", "put the whole value in quotes"),
        ("title: @x", "put the whole value in quotes"),
        ('title: "A" and B', "put the whole value in quotes"),
        ("title: | x", "put the whole value in quotes"),
    ],
)
def test_hints_at_yaml(text, hint):
    """Whatever is wrong with YAML, the advice is about colons."""
    with pytest.raises(YamlError) as caught:
        parse_yaml_header(text, 1)
    assert caught.value.message.endswith(f"({hint})"), caught.value.message


def test_empty_header_is_absent():
    """`Venue:` without a value is shown as an empty venue."""
    header, _ = split_header("f", "Venue:\nTitle:   \n")
    assert header.get("venue") is None and header.get("title") is None


def test_line_ends():
    """Line ends of another system, or separators in a title, split a header."""
    header, body = split_header("f", "Title: a\u2028b\x85c\r\nDate: 2026\r\rText\r\n")
    assert header.get("title") == "a\u2028b\x85c"
    assert header.get("date") == "2026"
    assert body == "Text\n"
    assert header.problems == []


@given(st.text(alphabet=st.sampled_from("Ab:- \t\n\r\x0c\u2028é"), max_size=60) | st.text())
def test_no_line_is_lost(text):
    """A file crashes the build, or loses lines without a problem."""
    header, body = split_header("f", text)
    lines = re.split(r"\r\n?|\n", text)
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    blank = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    assert body == "\n".join(lines[blank + 1 :])
    reported = {problem.line for problem in header.problems}
    values = "\n".join(entry.value for entry in header.entries.values())
    for number, line in enumerate(lines[first:blank], start=first + 1):
        value = line.partition(":")[2].strip()
        assert number in reported or line.strip() in values or value in values


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
    """YAML loses a list, a nested value or a quote, or turns an id into a number."""
    header, body = split_header("f", f"---\n{yaml}\n---\nText\n")
    assert (header.get(key), body, header.problems) == (value, "Text\n", [])
    assert header.entries[key].line == 2


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#% \n\t,?"), max_size=50) | st.text())
def test_any_yaml(text):
    """YAML crashes the build, or is lost without a problem."""
    header, _ = split_header("f", f"---\n{text}\n---\n")
    lines = [line.split("#")[0].strip() for line in text.split("\n")]
    # YAML ignores only comments and directives.
    if any(line and not line.startswith(("%", "-", ".")) for line in lines):
        assert header.entries or header.problems


def test_nested_too_deeply():
    """A header of ten thousand brackets crashes the build."""
    header, _ = split_header("f", f"---\ntitle: {'[' * 10_000}\n---\n")
    assert [problem.message for problem in header.problems] == [
        "is nested too deeply (use fewer levels)"
    ]


def test_yaml_items():
    """An author or a link is dropped because of the names of its fields."""
    yaml = "authors: [{first: John, last: Roe}, {given: A., family: Lee, suffix: Jr.}]\n"
    assert parse_yaml_header(yaml, 0)[0][1] == "- Roe, John\n- Lee, Jr., A."
    assert parse_yaml_header("links: [{icon: x, href: 'https://a'}, {url: 'https://b'}]", 0)[0][
        1
    ] == ("- x | https://a\n- link | https://b")
    with pytest.raises(YamlError) as error:
        parse_yaml_header("a: b\nauthors:\n- {affiliation: X, age: 3}\n", 1)
    assert error.value.line == 4


def test_escaped_control_characters():
    """A control character that is escaped in YAML gets into a feed, or crashes the build."""
    header, _ = split_header("f", '---\ntitle: "a\\x0b\\uD800b"\n---\n')
    assert header.get("title") == "ab"
    assert "contains the control character U+000B" in str(header.problems[0])
