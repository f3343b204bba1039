"""The sitemap, robots.txt, and the canonical address of each page."""

from urllib.parse import unquote
from xml.etree import ElementTree

import extruct
import pytest
from conftest import LOCAL, SUBPATH
from published_site import build_published_site


@pytest.fixture
def site(make_once):
    """The site of published_site.py, built once."""
    return make_once("published_site", build_published_site)


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


def test_own_robots(make):
    """The site's own robots.txt is overwritten, or ends the build."""
    site = make({"extra/robots.txt": "User-agent: *\n"}, SITEURL=LOCAL)
    assert site.text("robots.txt") == "User-agent: *\n" and "sitemap.xml" in site.files()
