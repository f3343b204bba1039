"""Files for programs: feeds, sitemap, robots.txt, llms.txt, and redirects for aliases."""

import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import extruct
import feedparser
import jsonschema
import pytest
from conftest import LOCAL, NEWS, PAPER, SUBPATH, words
from sample import picture

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
LONG = """Title: On "quotes" & <tags> $x^2$
Date: 2026-02-03
Modified: 2026-03
Tags: C++; 强化
Papers: p

First[^1] paragraph, [@p]. ![A plot]({static}/images/x.png) [so]({filename}/pages/cv.md)

Second, $O(n)$.

[^1]: A note.
"""
FILES = {
    "papers/p.md": PAPER.replace("Date", "Venue: J\nSummary: In *short*.\nArxiv: 2508.08221\nDate"),
    "papers/后.md": "Title: 后 & [so]\nAuthors: 李雷; {Big Team}\nDate: 2020\nVenue: J\n\n文字\n",
    "news/long.md": LONG,
    "news/n.md": NEWS,
    "pages/cv.md": "Title: CV\nModified: 2025-05-05\nAliases: /vita.html, old/cv/\n\nLife.\n",
    "images/x.png": picture("PNG", 400, 300),
}  # fmt: skip


@pytest.fixture
def site(make):
    return make(FILES, SITEURL=SUBPATH)


def test_feeds(site):
    """A feed has a part of a text, a relative address, MathML, or ids that change."""
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
    """A feed reader does not find the feeds from a page."""
    for path in site.pages():
        page = site.page(path, strict=False)
        if page.find("link", rel="stylesheet"):
            found = [link["href"] for link in page.select("link[rel=alternate][title]")]
            names = ("news.atom.xml", "news.json", "papers.atom.xml")
            assert found == [f"{SUBPATH}/feeds/{name}" for name in names], path


def test_sitemap(site):
    """The sitemap misses a page, lists one that does not exist, or has an invented date."""
    root = ElementTree.fromstring(site.text("sitemap.xml").encode())
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    dates = {url[0].text: url[1].text if len(url) > 1 else None for url in root}
    assert all(address.isascii() for address in dates)
    places = {unquote(address.removeprefix(f"{SUBPATH}/")) for address in dates}
    indexed = {
        path.removesuffix("index.html")
        for path in site.pages()
        if site.page(path, strict=False).find("link", rel="stylesheet") and path != "404.html"
    }
    assert places == indexed - {"search/"}
    assert dates[f"{SUBPATH}/cv/"] == "2025-05-05" and dates[f"{SUBPATH}/news/long/"] == "2026-03"
    assert dates[f"{SUBPATH}/news/"] == "2026-03" and dates[f"{SUBPATH}/papers/p/"] is None
    assert f"Sitemap: {SUBPATH}/sitemap.xml" in site.text("robots.txt")


def test_every_page_has_one_address(site):
    """A page's canonical URL does not exist, is that of another, or its description is empty."""
    seen = set()
    for path in site.pages():
        page = site.page(path, strict=False)
        canonical = [link["href"] for link in page.select("link[rel=canonical]")]
        if path == "404.html":
            assert canonical == []
            continue
        place = unquote(canonical[0].removeprefix(f"{SUBPATH}/"))
        assert len(canonical) == 1 and (site.output / place / "index.html").is_file()
        if page.find("meta", {"http-equiv": "refresh"}):
            assert place == "cv/"
            continue
        assert place == path.removesuffix("index.html") and place not in seen
        seen.add(place)
        for selector in ("meta[name=description]", "meta[property='og:description']"):
            assert page.select_one(selector)["content"].strip(), path
        data = extruct.extract(site.text(path), syntaxes=["json-ld"])["json-ld"]
        trails = [t for t in data[0]["@graph"] if t["@type"] == "BreadcrumbList"]
        if place:
            way = [item["item"] for item in trails[0]["itemListElement"]]
            assert way[0] == f"{SUBPATH}/" and unquote(way[-1]) == f"{SUBPATH}/{place}"
            listed = place.startswith(("papers/", "news/l", "news/n"))
            assert len(way) == (3 if listed else 2), place
    post = extruct.extract(site.text("news/long/"), syntaxes=["json-ld"])["json-ld"][0]["@graph"][0]
    assert post["@type"] == "BlogPosting" and post["about"] == [
        {"@id": f"{SUBPATH}/papers/p/#paper"}
    ]
    assert post["dateModified"] == "2026-03" and post["headline"].startswith("On “quotes” & <tags>")


def test_texts_for_machines(site):
    """A language model gets no Markdown, or another text than people."""
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


def test_aliases(site):
    """An alias is not written, or leads out of the site."""
    for path in ("vita.html", "old/cv/index.html"):
        page = site.page(path)
        assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={SUBPATH}/cv/"
        assert page.a["href"] == f"{SUBPATH}/cv/" and words(page.a) == "CV"


def test_preview(make):
    """A preview has feeds with its addresses, or its redirects lead to the published site."""
    preview = make(FILES, conf="pelicanconf.py")
    assert preview.page("old/cv/").a["href"] == "../../cv/"
    assert not [path for path in preview.files() if "feeds/" in path or path == "sitemap.xml"]


def test_own_robots(make):
    """The site's own robots.txt is overwritten, or ends the build."""
    site = make({"extra/robots.txt": "User-agent: *\n"}, SITEURL=LOCAL)
    assert site.text("robots.txt") == "User-agent: *\n" and "sitemap.xml" in site.files()
