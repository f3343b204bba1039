"""Redirects from the aliases of a page."""

import pytest
from conftest import SUBPATH, words
from published_site import build_published_site


@pytest.fixture
def site(make_once):
    """The site of published_site.py, built once."""
    return make_once("published_site", build_published_site)


def test_aliases(site):
    """An alias has no page, or redirects out of the site."""
    for path in ("vita.html", "old/cv/index.html"):
        page = site.page(path)
        assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={SUBPATH}/cv/"
        assert page.a["href"] == f"{SUBPATH}/cv/" and words(page.a) == "CV"
