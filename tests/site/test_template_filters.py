"""Filters of the templates: the lead of a text, the sections of the home page, page paths."""

from types import SimpleNamespace

import pytest
from papers.site.template_filters import lead, page_path, sections


@pytest.mark.parametrize(
    ("html", "words", "more"),
    [
        ("<p>All <b>of</b> it</p>", "All <b>of</b> it", False),
        ("<p>First</p>\n<p>second</p>", "First", True),
        ("<ul><li>x</li></ul>", "", True),
        ("<h2>H</h2>\n<p>Text</p>", "Text", True),
        ('<p>A<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>', "A", False),
        ('<p class="x">A <a class="y" href="#b">b</a></p>', "A b", False),
        ("<!-- <p>no</p> --><p>A</p>", "A", False),
        ("", "", False),
    ],
)
def test_lead(html, words, more):
    """A list shows a text twice, cut off, or without a link to the full text."""
    shown = lead(SimpleNamespace(references=(), metadata={}, content=html))
    assert (str(shown.html), shown.more) == (words, more)


def test_lead_of_a_summary():
    """A summary that Markdown renders as a list or heading is not shown."""
    for html in ("<p>1 &lt; 2</p>", "<ol>\n<li>1 &lt; 2</li>\n</ol>", "<h1>1 &lt; 2</h1>"):
        content = SimpleNamespace(
            references=(), metadata={"summary": ""}, summary=html, content="<p>Text</p>"
        )
        assert lead(content) == ("1 &lt; 2", True)


def test_sections():
    """The heading of an empty list is shown, or text around the lists is lost."""
    html = (
        '<p>Hi</p>\n<h2>A</h2>\n<p>x</p>\n<h2 id="n">News</h2>\n<p>[NEWS]</p>\n'
        "<h2>Papers</h2>\n<p>Some of them:</p>\n<p>[papers] </p>\n<p>Bye</p>"
    )
    assert [(part.name, str(part.html).strip()) for part in sections(html)] == [
        ("text", "<p>Hi</p>\n<h2>A</h2>\n<p>x</p>"),
        ("news", '<h2 id="n">News</h2>'),
        ("text", "<h2>Papers</h2>\n<p>Some of them:</p>"),
        ("papers", ""),
        ("text", "<p>Bye</p>"),
    ]


def test_no_sections():
    """A home page without lists or text makes the build fail."""
    assert [str(part.html) for part in sections("<p>Hi [NEWS]</p>")] == ["<p>Hi [NEWS]</p>"]
    assert list(sections("")) == []


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("index.html", ""),
        ("news/index.html", "news/"),
        ("404.html", "404.html"),
        ("a/reindex.html", "a/reindex.html"),
    ],
)
def test_page_path(file, address):
    """The canonical address of a page is another page's."""
    assert page_path(file) == address
