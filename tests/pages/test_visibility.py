"""Drafts, hidden files, future news and embargoed papers, which only the preview shows."""

import gzip

import pytest
from conftest import HOME, NEWS, PAPER, SETTINGS, build, words, write
from sample import picture

# 2026-06-15, noon.
DAY = "1781524800"
SECRET = "Unpublished finding"
UNPUBLISHED = {
    "Draft": "Status: draft\n",
    "Hidden": "Status: hidden\n",
    "Until 2026.07": "Hidden_until: 2026-07\n",
    "Until 2026.06.16": "Hidden_until: 2026-06-16\n",
    "Until 2027": "Hidden_until: 2027\n",
}


def site_with_secrets(header: str) -> dict:
    """Return a site with a paper, a post and a page with pictures that have this header."""
    body = f"\n{SECRET} ![A secret]({{static}}/images/secret-body.png) $x$\n"
    figure = "Image: images/secret-figure.png\nImage_alt: A secret thing.\nPdf: secret.pdf\n"
    paper = f"Title: {SECRET}\nAuthors: Secret Person; Ada Lovelace\nDate: 2026\nVenue: Secret J\n"
    return {
        "papers/secret-paper.md": f"{paper}Tags: secret-tag\nSelected: yes\n{figure}{header}{body}",
        "papers/secret.pdf": b"%PDF-1.4 " + SECRET.encode(),
        "news/secret-post.md": f"Title: {SECRET}\nDate: 2026-02\nTags: secret-tag\n{header}{body}",
        "pages/secret-page.md": f"Title: {SECRET}\n{header}{body}",
        "images/secret-body.png": picture("PNG", 900, 600),
        "images/secret-figure.png": picture("PNG", 901, 600),
        "images/shown.png": picture("PNG", 902, 600),
        "papers/p.md": PAPER,
        "news/n.md": NEWS,
    }


@pytest.mark.parametrize("mark", UNPUBLISHED)
def test_nothing_of_a_draft_is_published(make, tmp_path, mark):
    """Something of a draft is published: a page, a card, a feed, a picture, a name."""
    files = site_with_secrets(UNPUBLISHED[mark])
    site = make(files, SITEURL="https://ada.example", SOURCE_DATE_EPOCH=DAY)
    for path, data in site.files().items():
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        assert b"secret" not in data.lower() and b"unpublished" not in data.lower(), path
        assert "secret" not in path
    assert "images/shown.png" in site.files()
    assert ("keeps it off the site until" in site.printed) == mark.startswith("Until")
    content, preview = tmp_path / "content", tmp_path / "preview"
    seen = build(content, preview, "pelicanconf.py", SETTINGS, SOURCE_DATE_EPOCH=DAY)
    assert seen.code == 0, seen.printed
    for path in (
        "papers/secret-paper/",
        "news/secret-post/",
        "secret-page/",
        "news/",
        "",
    ):
        assert mark in [words(node) for node in seen.page(path).select(".not-public")], path
    assert not seen.page("papers/p/").select(".not-public")


def test_the_day_comes(make):
    """A content that is hidden until a day is still hidden on that day."""
    files = {
        "papers/p.md": PAPER.replace("\n\n", "\nHidden_until: 2026-06-15\n\n"),
        "papers/b.bib": "@misc{b, title={T}, author={A B}, year=2020, hidden_until={2026-06}}\n"
        "@misc{c, title={Later}, author={A B}, year=2020, hidden_until={2026-07}}",
        "news/n.md": "Title: Today\nDate: 2026-06-15\n\nWords.\n",
        "news/m.md": "Title: Tomorrow\nDate: 2026-06-16\n\nWords.\n",
        "papers/next.md": PAPER.replace("2026", "2027"),
    }
    site = make(files, SOURCE_DATE_EPOCH=DAY)
    pages = [path for path in site.pages() if path.count("/") == 2]
    assert pages == [
        "news/n/index.html", "papers/b/index.html", "papers/next/index.html", "papers/p/index.html",
    ]  # fmt: skip
    assert "content/news/m.md:2: date: keeps it off the site until 2026.06.16" in site.printed
    assert "content/papers/b.bib:2: hidden_until: keeps it off the site" in site.printed


def test_links_to_drafts(make):
    """A post with a link to a draft is published: the link is dead and shows its name."""
    draft = PAPER.replace("\n\n", "\nStatus: draft\n\n")
    files = {"papers/d.md": draft, "news/n.md": NEWS + "[so]({filename}/papers/d.md#x)\n"}
    site = make(files, check=False)
    message = '"/papers/d.md" is not published (publish it, or delete the link)'
    assert site.code == 1 and f"content/news/n.md:5: {message}" in site.printed


def test_unfinished_draft(tmp_path):
    """A draft without its headers ends the preview, or is not reported."""
    files = {"home.md": HOME, "papers/d.md": "Title: D\nStatus: draft\n\n$\\foo$\n"}
    content = write(tmp_path / "content", files)
    site = build(content, tmp_path / "out", "pelicanconf.py", SETTINGS)
    assert site.code == 0 and "papers/d.md: authors: missing" in site.printed
    assert "[notice]" in site.printed and "papers/d/index.html" not in site.files()
