"""Atom and JSON feeds."""

import json
import re
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest
from conftest import SUBPATH
from published_site import FILES, build_published_site

# JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/, as far as this site writes it.
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
AUTHORS = {"type": "array", "minItems": 1, "items": {"type": "object", "minProperties": 1}}
ITEM = {
    "type": "object", "required": ["id", "content_html"], "additionalProperties": False,
    "properties": {
        "id": ADDRESS, "url": ADDRESS, "title": {"type": "string"},
        "content_html": {"type": "string"}, "date_published": DATE, "date_modified": DATE,
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip
JSON_FEED = {
    "type": "object", "required": ["version", "title", "items"], "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": {"type": "string"},
        "home_page_url": ADDRESS, "feed_url": ADDRESS, "language": {"type": "string"},
        "authors": AUTHORS, "items": {"type": "array", "items": ITEM},
    },
}  # fmt: skip


@pytest.fixture
def site(make_once):
    """The site of published_site.py, built once."""
    return make_once("published_site", build_published_site)


def test_feeds(site):
    """A feed has half of a text, a relative address, MathML, or ids that change."""
    news = feedparser.parse(site.text("feeds/news.atom.xml"))
    assert not news.bozo and news.feed.title == "Ada Lovelace: News"
    assert [entry.title for entry in news.entries] == ["On “quotes” & <tags> $x^2$", "An item"]
    entry = news.entries[0]
    assert entry.id == entry.link == f"{SUBPATH}/news/long/"
    assert entry.published == "2026-02-03T00:00:00Z" and entry.updated == "2026-03-01T00:00:00Z"
    assert news.feed.updated == "2026-03-01T00:00:00Z"
    assert [tag.term for tag in entry.tags] == ["C++", "强化"]
    html = entry.content[0].value
    assert "Second," in html and "$O(n)$" in html and "<math" not in html
    addresses = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert f"{SUBPATH}/images/x.png" in addresses and f"{SUBPATH}/cv/" in addresses
    assert f"{SUBPATH}/news/long/#ref-p" in addresses and "Lovelace and Turing, 2026" in html
    assert all(address.startswith(SUBPATH) for address in addresses), addresses
    papers = feedparser.parse(site.text("feeds/papers.atom.xml"))
    assert not papers.bozo and [entry.title for entry in papers.entries] == ["A Paper", "后 & [so]"]
    assert [author.name for author in papers.entries[1].authors] == ["李雷", "Big Team"]
    assert "https://arxiv.org/abs/2508.08221" in papers.entries[0].content[0].value
    assert "An abstract." in papers.entries[0].content[0].value
    data = json.loads(site.text("feeds/news.json"))
    jsonschema.validate(data, JSON_FEED)
    assert [item["content_html"] for item in data["items"]] == [
        ElementTree.fromstring(site.text("feeds/news.atom.xml"))
        .findall("{*}entry/{*}content")[n].text for n in range(2)
    ]  # fmt: skip


def test_feeds_are_announced(site):
    """A feed reader cannot discover the feeds from a page."""
    for path in site.pages():
        page = site.page(path, strict=False)
        if page.find("link", rel="stylesheet"):
            addresses = [link["href"] for link in page.select("link[rel=alternate][title]")]
            names = ("news.atom.xml", "news.json", "papers.atom.xml")
            assert addresses == [f"{SUBPATH}/feeds/{name}" for name in names], path


def test_preview(make):
    """A preview writes feeds, or redirects to the published site."""
    preview = make(FILES, conf="pelicanconf.py")
    assert preview.page("old/cv/").a["href"] == "../../cv/"
    assert not [path for path in preview.files() if "feeds/" in path or path == "sitemap.xml"]
