"""Pelican sites: settings that are never executed, articles, pages, and a .bib."""

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.pelican_site.texts import convert_markdown_text, convert_rst
from papers.importers.result import ImportResult

PNG = b"\x89PNG\r\n\x1a\n"
SETTINGS = """AUTHOR = 'Ada Lovelace'
SITENAME = "Ada's site"
SITESUBTITLE = 'Analyst'
open('executed.txt', 'w').write('x')
PATH = {path!r}
PROFILE_IMAGE = '/images/me.png'
SOCIAL = (('GitHub', 'https://github.com/ada'), ('mail', 'mailto:ada@x.example'),)
LINKS = (('Society', 'https://x.example'),)
COMPUTED = [n for n in range(3)]
"""
SITE = {
    "pubs.bib": "@article{a, title={Notes on engines}, author={Ada Lovelace}, journal={Nature},"
    " year=2020, pdf={pdfs/a.pdf}}\n",
    "pdfs/a.pdf": b"%PDF-1",
    "images/me.png": PNG,
    "pages/about.md": "Title: About me\nsave_as: index.html\nurl:\n\n"
    "I count. ![A picture of Ada Lovelace at work]({static}/images/me.png)\n",
    "pages/teaching.rst": "Teaching\n########\n\n:slug: teaching\n\nI *teach*, see `this <https://x."
    "example>`_.\n\nSection\n=======\n\n* one\n* two\n",
    "first.md": "Title: First: one\nDate: 2020-03-04 10:00\nCategory: Notes\nTags: a, b\n"
    "Authors: Cy Doe\n\nSee [me]({filename}/pages/about.md) and [second]({filename}second.rst).\n",
    "second.rst": "Second post\n###########\n\n:date: 2021-02-03\n:tags: x\n:status: draft\n\n"
    "Some ``code``.\n\n.. image:: {static}/images/me.png\n   :alt: Ada Lovelace who is at work\n",
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.mark.parametrize("folder", ["content", "src", "texts/all"])
def test_site(tmp_path, monkeypatch, folder):
    """The settings are executed, or texts, links and the .bib of a Pelican site are lost."""
    monkeypatch.chdir(tmp_path)
    files = {f"{folder}/{name}": data for name, data in SITE.items()}
    write(tmp_path / "old", files | {"pelicanconf.py": SETTINGS.format(path=folder)})
    result = detect.import_source(tmp_path / "old")
    assert not [*tmp_path.rglob("executed.txt")]
    owner = result.owner
    assert (owner.name, owner.role) == ("Ada Lovelace", "Analyst")
    assert owner.social == [
        ("GitHub", "https://github.com/ada"), ("Email", "mailto:ada@x.example")]  # fmt: skip
    assert result.assets["images/portrait.png"].name == "me.png"
    assert list(result.bib_files) == ["pubs.bib"] and "papers/a.pdf" in result.assets
    (home,), (page,) = documents(result, "home"), documents(result, "page")
    assert home.body.startswith("I count.")
    assert page.headers["title"] == "Teaching"
    assert page.body == (
        "I *teach*, see [this](https://x.example).\n\n## Section\n\n- one\n- two")  # fmt: skip
    first, second = documents(result, "news")
    assert (first.headers["title"], first.headers["date"]) == ("First: one", "2020-03-04")
    assert first.headers["authors"] == "Cy Doe"
    assert first.body == "See [me]({filename}/home.md) and [second]({filename}/news/second.md)."
    assert second.headers["status"] == "draft" and "Some `code`." in second.body
    assert "![Ada Lovelace who is at work]({static}/images/me.png)" in second.body
    assert any("Society" in str(note) for note in result.notes)


@pytest.mark.parametrize(
    "settings", ["AUTHOR = (", "import os\nos.remove('x')\n", "\0", "(" * 5000]
)
def test_bad_settings(tmp_path, settings):
    """Settings that cannot be read end the import with a traceback."""
    write(tmp_path, {"pelicanconf.py": settings, "content/a.md": "Title: A\nDate: 2020\n\nB.\n"})
    assert [post.body for post in documents(detect.import_source(tmp_path), "news")] == ["B."]


def test_texts():
    """A value of a header is read as YAML, or reStructuredText includes a file or HTML."""
    text = convert_markdown_text('Title: "A": b\nSummary: one\n    two\n\nBody: x\n', "content")
    assert text == '---\ntitle: "\\"A\\": b"\nsummary: "one two"\n---\nBody: x\n'
    assert convert_markdown_text("No header here\n\n- a\n", "content").startswith("No header")
    text = convert_rst(
        "T\n=\n\n.. include:: /etc/hostname\n\n.. raw:: html\n\n   <script>1</script>\n\n"
        ".. code-block:: python\n\n   x < 1\n", "content",
    )  # fmt: skip
    assert "<script" not in text and "```\nx < 1\n```" in text
