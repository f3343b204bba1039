"""llms.txt, and papers as Markdown."""

import pytest
from conftest import SUBPATH
from published_site import build_published_site


@pytest.fixture
def site(make_once):
    """The site of published_site.py, built once."""
    return make_once("published_site", build_published_site)


def test_markdown_versions(site):
    """A paper has no Markdown version, or its text differs from the page's."""
    llms = site.text("llms.txt")
    assert llms.startswith("# Ada Lovelace\n\n> Analyst\n\n") and "[PAPERS]" not in llms
    assert f"- [A Paper]({SUBPATH}/papers/p/index.md): Ada Lovelace, Alan Turing. J 2026" in llms
    assert "- [后 & \\[so\\]](" in llms and "News\n\nPapers" not in llms and "\n\nBye.\n\n" in llms
    text = site.text("papers/p/index.md")
    assert text.startswith("# A Paper\n\n- Authors: Ada Lovelace, Alan Turing\n")
    assert "- paper: https://arxiv.org/abs/2508.08221\n" in text and "An abstract." in text
    assert "```bibtex\n@" in text
    link = site.page("papers/p/").select_one("link[type='text/markdown']")
    assert link["href"] == f"{SUBPATH}/papers/p/index.md"
