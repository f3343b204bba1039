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
    """The sitemap lacks a page, lists a page that does not exist, or has an invented date."""
    root = ElementTree.fromstring(site.text("sitemap.xml").encode())
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    dates = {url[0].text: url[1].text if len(url) > 1 else None for url in root}
    assert all(address.isascii() for address in dates)
    paths = {unquote(address.removeprefix(f"{SUBPATH}/")) for address in dates}
    indexed = {
        path.removesuffix("index.html")
        for path in site.pages()
        if site.page(path, strict=False).find("link", rel="stylesheet") and path != "404.html"
    }
    assert paths == indexed - {"search/"}
    assert dates[f"{SUBPATH}/cv/"] == "2025-05-05" and dates[f"{SUBPATH}/news/long/"] == "2026-03"
    assert dates[f"{SUBPATH}/news/"] == "2026-03" and dates[f"{SUBPATH}/papers/p/"] is None
    assert f"Sitemap: {SUBPATH}/sitemap.xml" in site.text("robots.txt")


def test_every_page_has_one_address(site):
    """A canonical URL does not exist or is another page's, or a description is empty."""
    targets = set()
    for path in site.pages():
        page = site.page(path, strict=False)
        canonical = [link["href"] for link in page.select("link[rel=canonical]")]
        if path == "404.html":
            assert canonical == []
            continue
        target = unquote(canonical[0].removeprefix(f"{SUBPATH}/"))
        assert len(canonical) == 1 and (site.output / target / "index.html").is_file()
        if page.find("meta", {"http-equiv": "refresh"}):
            assert target == "cv/"
            continue
        assert target == path.removesuffix("index.html") and target not in targets
        targets.add(target)
        for selector in ("meta[name=description]", "meta[property='og:description']"):
            assert page.select_one(selector)["content"].strip(), path
        data = extruct.extract(site.text(path), syntaxes=["json-ld"])["json-ld"]
        breadcrumbs = [thing for thing in data[0]["@graph"] if thing["@type"] == "BreadcrumbList"]
        if target:
            addresses = [item["item"] for item in breadcrumbs[0]["itemListElement"]]
            assert addresses[0] == f"{SUBPATH}/"
            assert unquote(addresses[-1]) == f"{SUBPATH}/{target}"
            in_a_list = target.startswith(("papers/", "news/l", "news/n"))
            assert len(addresses) == (3 if in_a_list else 2), target
    post = extruct.extract(site.text("news/long/"), syntaxes=["json-ld"])["json-ld"][0]["@graph"][0]
    assert post["@type"] == "BlogPosting" and post["about"] == [
        {"@id": f"{SUBPATH}/papers/p/#paper"}
    ]
    assert post["dateModified"] == "2026-03" and post["headline"].startswith("On “quotes” & <tags>")


def test_own_robots(make):
    """The site's own robots.txt is overwritten, or makes the build fail."""
    site = make({"extra/robots.txt": "User-agent: *\n"}, SITEURL=LOCAL)
    assert site.text("robots.txt") == "User-agent: *\n" and "sitemap.xml" in site.files()
