"""A site with posts, papers, a page and aliases, for the tests of the files beside its pages."""

from pathlib import Path

from conftest import HOME, NEWS, PAPER, SETTINGS, SUBPATH, Site, build, write
from sample import picture

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


def build_published_site(folder: Path) -> Site:
    """Build the site below a path of its host."""
    content = write(folder / "content", {"home.md": HOME} | FILES)
    site = build(content, folder / "output", settings=SETTINGS, SITEURL=SUBPATH)
    assert site.code == 0, site.printed
    return site
