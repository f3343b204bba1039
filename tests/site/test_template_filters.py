"""Filters of the templates: the sections of the home page, page paths."""

from types import SimpleNamespace

import pytest
from papers.site.template_filters import page_path, prose, sections


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


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<thead><tr><th></th><th>A</th></tr></thead>",
            "<thead><tr><td></td><th>A</th></tr></thead>",
        ),
        ('<TH scope="col" colspan=2> \n</TH>', "<td colspan=2></td>"),
        ('<th style="text-align: left;"></th>', '<td style="text-align: left;"></td>'),
        ("<th abbr='x' scope=row></th>", "<td></td>"),
        ("<th><b>A</b></th>", "<th><b>A</b></th>"),
    ],
)
def test_empty_corner(html, shown):
    """A corner of a table without words is a heading, which screen readers announce as nothing."""
    content = SimpleNamespace(references=())
    assert prose({}, html, content) == shown
