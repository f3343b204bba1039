"""Rows of pictures in Markdown, parts that open, and where an abstract ends."""

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from papers.content import find_abstract
from papers.pages import PapersReader
from papers.util import html_to_text
from pelican.settings import read_settings

A, B = '![One box](a.png "A **box**")', "![Two boxes](b.png)"
ROWS = {
    f"{A}\n{B}\n{{: .strip}}": ".strip[tabindex='0'][role=group][aria-label] > figure strong",
    f"{A}\n{B}\n{{: .compare}}": ".compare:not([role]) > figure + figure > img",
    f"{A}  \n{B}\\\n![Three](c.mp4)\n{{: .strip}}": ".strip > figure + figure + figure > video",
    f"[{A}](https://x.example)\n{B}\n{{: .compare .wide #cmp}}": "#cmp.compare.wide a > img",
    f"{A}\n![Talk](https://youtu.be/MrKrnHhk8IA)\n{{: .strip}}": ".strip > figure > a.embed",
    f'{A}\n{B}\n{{: .strip aria-label="Results"}}': ".strip[aria-label=Results]",
    f"1. Words\n\n   {A}\n   {B}\n   {{: .compare}}": "li > .compare > figure",
    f"<details>\n<summary>S</summary>\n\n{A}\n{B}\n{{: .strip}}\n\n</details>": "details .strip",
}
NO_ROWS = [
    f"{A}\n{{: .strip}}",
    f"Words\n{A}\n{B}\n{{: .strip}}",
    f"{A} and\n{B}\n{{: .compare}}",
    f"{A}\n\n{B}\n{{: .compare}}",
    f"- {A}\n- {B}\n{{: .strip}}",
    "Words.\n{: .strip}",
]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return a function that reads a post: its HTML, and the messages about it."""
    folder = tmp_path_factory.mktemp("content")
    settings = read_settings(str(ROOT / "publishconf.py"), override={"PATH": str(folder)})
    reader = PapersReader(settings)

    def read_post(text: str) -> tuple[BeautifulSoup, list[str]]:
        file = folder / "pages.md"
        file.write_text(f"Title: T\nDate: 2026\n\n{text}\n", encoding="utf-8")
        html, metadata = reader.read(str(file))
        messages = [f"{each.line}: {each.message}" for each in metadata["header"].problems]
        return BeautifulSoup(html, "html.parser"), messages

    return read_post


@pytest.mark.parametrize("text", ROWS, ids=range(len(ROWS)))
def test_row(read, text):
    """Pictures below each other are no row, or lose a caption, a link or an attribute."""
    html, messages = read(text)
    assert html.select(ROWS[text]) and messages == []
    assert not html.select("p.strip, p.compare, br, [title]")


@pytest.mark.parametrize("text", NO_ROWS, ids=range(len(NO_ROWS)))
def test_no_row(read, text):
    """A class for a row does nothing, and nobody says so."""
    html, messages = read(text)
    assert not html.select("div.strip, div.compare")
    (message,) = messages
    assert message.startswith(f"{text[: text.index('{:')].count(chr(10)) + 4}: `{{: .")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<details>Words</details>", "a <details> has no <summary>"),
        ("<details><summary>a</summary>b</details>\n<details>c</details>", "no <summary>"),
        ("<details>\n\n**a**\n\n</details>", "no <summary>"),
        ('<details name="a" open><summary>a</summary></details>\n' * 2, 'name="a"> are open'),
        ('<details name="a" open><summary>a</summary></details>\n<details name="b" open>'
         "<summary>a</summary></details>\n<details open><summary>a</summary></details>\n", ""),
    ],
)  # fmt: skip
def test_parts_that_open(read, text, message):
    """A part has no title, or two are open of which the browser closes one, and nobody says so."""
    _, messages = read(text)
    assert len(messages) == bool(message) and message in "".join(messages)


@pytest.mark.parametrize(
    ("html", "abstract"),
    [
        ("<p>A</p><p>B</p>", "A\n\nB"),
        ("<p>A</p>\n<h2 id='r'>Results</h2><p>B</p>", "A"),
        ("<h2>Abstract</h2><p>A</p><h2>Results</h2><p>B</p>", "A"),
        ("<p>A</p><h3>Background</h3><p>B</p><h1>C</h1><p>D</p>", "A\n\nBackground\n\nB"),
        ("<h2>Results</h2>", "Results"),
        ("", ""),
    ],
)
def test_abstract_ends_at_a_section(html, abstract):
    """All sections of a project page are in its BibTeX and in Google Scholar's abstract."""
    assert find_abstract(html, html_to_text(html)) == abstract
