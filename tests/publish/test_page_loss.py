"""A site that lost pages is not published."""

import pytest
from conftest import SUBPATH, write
from papers.publish.atomic_swap import PublishRefused
from papers.publish.page_loss import list_pages, parse_sitemap, refuse_page_loss

SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{}">{}</urlset>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def test_pages(tmp_path):
    """The pages of a folder have other paths than those of a sitemap."""
    files = ["index.html", "a/index.html", "b.html", "c.txt", ".git/x.html"]
    assert list_pages(write(tmp_path, dict.fromkeys(files, ""))) == {*files[:3]}
    assert list_pages(tmp_path / "none") == set()


def test_our_sitemap(published):
    """Our own sitemap is not understood, or names something that is not a page."""
    pages = parse_sitemap(published.text("sitemap.xml"), SUBPATH)
    assert {"index.html", "publications/index.html", "papers/ale/index.html"} <= pages
    assert pages <= list_pages(published.output)
    refuse_page_loss(published.output, pages)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (SUBPATH, "index.html"),
        (f"{SUBPATH}/", "index.html"),
        (f" {SUBPATH}/a/ ", "a/index.html"),
        (f"{SUBPATH}/a.html", "a.html"),
        (f"{SUBPATH}/papers/%E5%90%8E/", "papers/后/index.html"),
        (f"{SUBPATH}/cv.pdf", None),
    ],
)
def test_urls_of_a_sitemap(url, path):
    """A URL of a sitemap is assigned to a wrong page."""
    text = SITEMAP.format(NAMESPACE, f"<url><loc>{url}</loc></url>")
    expected = {path} - {None}
    assert parse_sitemap(text, SUBPATH) == parse_sitemap(text, f"{SUBPATH}/") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>Not found",
        "<urlset/>",
        f'<sitemapindex xmlns="{NAMESPACE}"/>',
        "\ud800",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset>&b;</urlset>',
        "<a>" * 200_000,
    ]
    + [
        SITEMAP.format(NAMESPACE, f"<url><loc>{url}</loc></url>")
        for url in (
            "", "/", "https://user.github.io/repository/", "https://user.github.io/",
            f"{SUBPATH}/../x.html", f"{SUBPATH}/%2e%2e/x.html", f"{SUBPATH}//x.html",
            f"{SUBPATH}/a\n::error::x.html", f"{SUBPATH}/%1B[2J.html", f"{SUBPATH}/%E2%80%AE.html",
        )
    ],
    ids=range(17),
)  # fmt: skip
def test_hostile_sitemap(text):
    """The answer of a server ends the build with a traceback, or controls the terminal."""
    with pytest.raises(ValueError, match="^the sitemap [^\x00-\x1f]+$"):
        parse_sitemap(text, SUBPATH)


def test_no_home_page(tmp_path):
    """An empty site is published."""
    with pytest.raises(PublishRefused, match="no index.html"):
        refuse_page_loss(write(tmp_path, {"a.html": ""}), set())


@pytest.mark.parametrize(
    ("last", "remaining", "refused"),
    [(3, 1, False), (4, 3, False), (4, 2, True), (5, 3, False), (20, 1, True), (0, 1, False)],
)
def test_loss(tmp_path, last, remaining, refused):
    """A mistake that removes half of the pages is published, or a page cannot be deleted."""
    names = ["index.html", *(f"p{n:02}.html" for n in range(1, last))][:last]
    write(tmp_path, dict.fromkeys(["index.html", "new.html", *names[:remaining]], ""))
    if not refused:
        return refuse_page_loss(tmp_path, set(names))
    with pytest.raises(PublishRefused) as caught:
        refuse_page_loss(tmp_path, set(names))
    message = str(caught.value)
    assert message.startswith(f"{last - remaining} of {last} pages would be gone")
    assert (
        ": " + ", ".join(names[remaining:][:5]) + (" and 14 more (" if last == 20 else " (")
        in message
    )
    assert "ALLOW_LOSS=yes make publish" in message and "--allow-loss" in message
