"""Compare an import of the original home page with the content of this repository.

These tests are about the content that the repository starts with. Delete this folder once
content/ is yours.
"""

import re

import pytest
from conftest import ROOT
from papers.content import frontmatter
from papers.importers import writer
from papers.importers.result import ImportResult, SourceTree
from papers.importers.webpage import page

SEED = ROOT.parent / "shared" / "seed" / "home.md"
# Edited by hand after the import: descriptions of images, and full names of venues.
EDITED_KEYS = {"image", "image_alt", "venue", "venue_short"}

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED.parent} was not found")


def read_file(path):
    """Return a content file's headers, with values on one line, and its body."""
    header, body = frontmatter.split_header(path.name, path.read_text(encoding="utf-8"))
    return {key: entry.value for key, entry in header.entries.items()}, body.strip()


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The folder of the imported content, and the result of the import."""
    folder = tmp_path_factory.mktemp("seed")
    result = ImportResult()
    source = SourceTree(SEED, result)
    page.import_page(source, SEED)
    list(writer.write_import(result, folder, SEED.name))
    return folder, result


def papers(folder):
    files = [read_file(path) for path in (folder / "papers").glob("*.md")]
    return {headers["title"]: (headers, body) for headers, body in files}


def test_papers_are_those_of_the_repository(imported):
    """A header of the page is lost or changed, or a paper is invented."""
    repository_papers, imported_papers = papers(ROOT / "content"), papers(imported[0])
    assert imported_papers.keys() == repository_papers.keys()
    for title, (headers, body) in repository_papers.items():
        imported_headers, text = imported_papers[title]
        assert text == body
        assert imported_headers.keys() - EDITED_KEYS == headers.keys() - EDITED_KEYS, title
        for key in headers.keys() - EDITED_KEYS:
            assert imported_headers[key].split() == headers[key].split(), (title, key)
        assert imported_headers["venue"] == headers.get("venue_short", headers["venue"])


def test_news_is_that_of_the_repository(imported):
    """A news item loses its date or text."""

    def items(folder):
        files = [read_file(path) for path in (folder / "news").glob("*.md")]
        return sorted((headers["date"], body) for headers, body in files)

    assert items(imported[0]) == items(ROOT / "content")


def test_the_home_page_is_that_of_the_repository(imported):
    """A section of the home page is lost, or its lists are in another place."""
    assert read_file(imported[0] / "home.md") == read_file(ROOT / "content" / "home.md")


def test_notes_of_the_import(imported):
    """A missing picture or a guessed date is not reported."""
    notes = imported[1].notes
    pictures = {
        match[1] for note in notes if (match := re.search(r'image "/(images/\S+)"', str(note)))
    }
    assert pictures == {headers["image"] for headers, _ in papers(ROOT / "content").values()}
    assert all(note.line for note in notes if "picture" in note.message)
    guessed = [note.message for note in notes if note.kind == "guessed" and "date" in note.message]
    assert len(guessed) == 2 and all("arXiv" in message for message in guessed)
