"""Hold what an import makes of the first home page against the content that stands here.

It is true of the content that the repository began with. Once content/ is yours,
delete this folder.
"""

import re

import pytest
from conftest import ROOT
from papers.content import frontmatter
from papers.importers import writer
from papers.importers.result import ImportResult, SourceTree
from papers.importers.webpage import page

SEED = ROOT.parent / "shared" / "seed" / "home.md"
# What a person chose beyond the page: words for pictures, and venues written out.
CHOSEN = {"image", "image_alt", "venue", "venue_short"}

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"{SEED.parent} is not here")


def read(path):
    """Return a content file's headers, with values on one line, and its body."""
    header, body = frontmatter.split_header(path.name, path.read_text(encoding="utf-8"))
    return {key: entry.value for key, entry in header.entries.items()}, body.strip()


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The seed's content, in a folder of its own; what was told of it."""
    folder = tmp_path_factory.mktemp("seed")
    found = ImportResult()
    source = SourceTree(SEED, found)
    page.import_page(source, SEED)
    list(writer.write_import(found, folder, SEED.name))
    return folder, found


def papers(folder):
    files = [read(path) for path in (folder / "papers").glob("*.md")]
    return {headers["title"]: (headers, body) for headers, body in files}


def test_papers_are_those_of_the_repository(imported):
    """A header of the page was lost or changed, or a paper was made up."""
    ours, theirs = papers(ROOT / "content"), papers(imported[0])
    assert theirs.keys() == ours.keys()
    for title, (headers, body) in ours.items():
        found, text = theirs[title]
        assert text == body
        assert found.keys() - CHOSEN == headers.keys() - CHOSEN, title
        for key in headers.keys() - CHOSEN:
            assert found[key].split() == headers[key].split(), (title, key)
        assert found["venue"] == headers.get("venue_short", headers["venue"])


def test_news_is_that_of_the_repository(imported):
    """An item of news lost its date or words."""

    def items(folder):
        files = [read(path) for path in (folder / "news").glob("*.md")]
        return sorted((headers["date"], body) for headers, body in files)

    assert items(imported[0]) == items(ROOT / "content")


def test_the_home_page_is_that_of_the_repository(imported):
    """A section of the home page was lost, or its lists stand elsewhere."""
    assert read(imported[0] / "home.md") == read(ROOT / "content" / "home.md")


def test_what_a_person_must_choose_is_told(imported):
    """A picture that is not beside the page, or a date that was guessed, is passed over."""
    notes = imported[1].notes
    pictures = {
        match[1] for note in notes if (match := re.search(r'picture "/(images/\S+)"', str(note)))
    }
    assert pictures == {headers["image"] for headers, _ in papers(ROOT / "content").values()}
    assert all(note.line for note in notes if "picture" in note.message)
    guessed = [note.message for note in notes if note.kind == "guessed" and "date" in note.message]
    assert len(guessed) == 2 and all("arXiv" in message for message in guessed)
