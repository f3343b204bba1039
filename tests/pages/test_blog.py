"""The blog: posts with pages, a list, feeds and a place on the home page, apart from the news."""

import json
import re

import feedparser
import pytest
from conftest import HOME, NEWS, PAPER, SETTINGS, build, words, write
from papers.content import Header
from papers.content.post_reader import read_post
from sample import picture

URL = "https://ada.example"
BLOG_HOME = HOME.replace("## Papers", "## From the blog\n\n[BLOG]\n\n## Papers")
FIRST = (
    """Title: Why engines & looms $x^2$
Date: 2026-02-03
Modified: 2026-02-10
Series: Engines
Tags: engines; C++
Papers: p
Summary: In *short*: they are alike.

"""
    + "So said [@p], with $x^2$ and [the other]({filename}second.md). " * 60
    + """

## A part

```python
loom = 1
```
"""
)
SECOND = """---
title: The second part
date: 2026-03
authors: [Grace Hopper, Ada Lovelace]
series: engines
image: plot.png
image_alt: A line goes up.
image_caption: What was measured.
---

It goes on. ![Two lines]({static}/images/other.png)

More.
"""
FILES = {
    "home.md": BLOG_HOME,
    "blog/first.md": FIRST,
    "blog/second.md": SECOND,
    "blog/plot.png": picture("PNG", 900, 600),
    "blog/old/zh.md": "Title: 第三篇\nDate: 2024\nLang: zh\n\n" + "文字。" * 700 + "\n",
    "blog/later.md": "Title: Secret\nDate: 2999\n\nSecret.\n",
    "blog/draft.md": "Title: Secret\nDate: 2026\nStatus: draft\nImage: secret.png\n"
    "Image_alt: A secret thing.\n\nSecret.\n",
    "blog/secret.png": picture("PNG", 901, 600),
    "images/other.png": picture("PNG", 400, 300),
    "news/n.md": NEWS.replace("Date:", "Papers: p\nTags: engines\nDate:"),
    "news/first.md": "Title: A short one\nDate: 2026-01\n\nNews.\n",
    "papers/p.md": PAPER,
}  # fmt: skip
MENU = {"MENUITEMS": [["News", "news/"], ["Blog", "blog/"]]}


def build_blog(folder):
    """Build a site with a blog."""
    content = write(folder / "content", FILES)
    site = build(content, folder / "output", settings=SETTINGS | MENU, SITEURL=URL)
    assert site.code == 0, site.printed
    return site


@pytest.fixture
def site(make_once):
    """A site with a blog, built once."""
    return make_once("blog", build_blog)


def test_list_and_pages(site):
    """Posts have no page or list of their own, or are mixed with the news."""
    page = site.page("blog/")
    assert words(page.h1) == "Blog" and [words(h) for h in page.select("h2")] == ["2026", "2024"]
    rows = page.select(".news > li")
    titles = ["The second part", "Why engines & looms x2", "第三篇"]
    assert [words(row.select_one("a.title")) for row in rows] == titles
    assert [words(row.time) for row in rows] == ["2026.03", "2026.02.03", "2024"]
    assert words(rows[1].select_one("p:not(.date, .kind)")) == "In short: they are alike."
    assert [words(row.select_one(".kind")) for row in rows] == [
        "1 min read", "2 min read", "3 min read"
    ]  # fmt: skip
    assert page.select_one("nav [aria-current]").text == "Blog"
    assert [words(a) for a in site.page("news/").select(".news time")] == ["2026.02", "2026.01"]
    assert {path for path in site.pages() if path.startswith(("blog/", "news/"))} == {
        "blog/index.html", "blog/first/index.html", "blog/second/index.html", "blog/zh/index.html",
        "news/index.html", "news/n/index.html", "news/first/index.html",
    }  # fmt: skip


def test_a_post(site):
    """A post's page lacks its authors, time, figure, series, papers, citations or neighbours."""
    page = site.page("blog/second/")
    assert words(page.select_one(".date")) == "2026.03 · 1 min read"
    assert words(page.select_one(".byline")) == "Grace Hopper, Ada Lovelace"
    assert words(page.select_one(".byline strong")) == "Ada Lovelace"
    assert page.select_one("figure img")["alt"] == "A line goes up."
    assert words(page.figcaption) == "What was measured."
    assert [words(li) for li in page.select("#_series + ol li")] == [
        "Why engines & looms x2", "The second part"
    ]  # fmt: skip
    back = page.select(".back a")
    assert [a["href"] for a in back] == [f"{URL}/blog/first/", f"{URL}/blog/"]
    assert words(back[-1]) == "All posts"
    first = site.page("blog/first/")
    assert words(first.select_one(".byline strong")) == "Ada Lovelace"
    assert [words(a) for a in first.select(".back a")] == [
        "Newer: The second part", "Older: 第三篇", "All posts"
    ]  # fmt: skip
    assert (
        first.select_one("math") and first.select_one(".highlight") and first.select_one("#ref-p")
    )
    assert first.select_one("#_papers + ul a")["href"] == f"{URL}/papers/p/"
    assert first.select_one("article a[href*=second]")["href"] == f"{URL}/blog/second/"
    assert not site.page("blog/zh/").select("#_series") and site.page("blog/zh/").select(
        "[lang=zh]"
    )


def test_what_leads_to_posts(site):
    """A paper, a topic, the search, a feed, the sitemap, llms.txt or the home page has no posts."""
    home = site.page()
    blog = next(h for h in home.select("h2") if words(h) == "From the blog").parent.parent
    assert len(blog.select("li")) == 3 and "A short one" not in words(blog)
    for path in ("papers/p/", "topics/engines/"):
        sections = site.page(path).select("section:has(h2)")
        groups = {words(s.h2): len(s.select("li")) for s in sections}
        assert groups["News"] == groups["Blog"] == 1, path
    atom = feedparser.parse(site.text("feeds/blog.atom.xml"))
    assert not atom.bozo and atom.feed.title == "Ada Lovelace: Blog" and len(atom.entries) == 3
    authors = [[author.name for author in entry.authors] for entry in atom.entries]
    assert authors == [["Grace Hopper", "Ada Lovelace"], ["Ada Lovelace"], ["Ada Lovelace"]]
    feed = json.loads(site.text("feeds/blog.json"))
    assert [item["url"] for item in feed["items"]][:2] == [
        f"{URL}/blog/second/",
        f"{URL}/blog/first/",
    ]
    assert [author["name"] for author in feed["items"][0]["authors"]] == authors[0]
    assert len(json.loads(site.text("feeds/news.json"))["items"]) == 2
    assert "feeds/blog.json" in {
        a["href"].removeprefix(f"{URL}/") for a in home.select("[rel=alternate]")
    }
    sitemap = site.text("sitemap.xml")
    assert f"<loc>{URL}/blog/</loc>\n  <lastmod>2026-03" in sitemap
    assert f"<loc>{URL}/blog/first/</loc>\n  <lastmod>2026-02-10" in sitemap
    text = site.text("llms.txt")
    assert re.search(r"## News\n\n.*\n.*\n\n## Blog\n\n- 2026-03: \[The second part\]", text)
    assert f"({URL}/blog/first/): In \\*short\\*: they are alike." in text
    assert "From the blog" not in text and "[BLOG]" not in text


def test_data_for_others(site):
    """A shared post has no card of its own, or search engines do not know that it is one."""
    first, second = site.page("blog/first/"), site.page("blog/second/")
    cards = {page.select_one('[property="og:image"]')["content"] for page in (first, second)}
    assert len(cards) == 2 and all("-card" in card for card in cards)
    assert second.select_one('[property="og:type"]')["content"] == "article"
    graph = json.loads(second.select_one("[type='application/ld+json']").string)["@graph"]
    post, trail = graph
    assert post["@type"] == "BlogPosting" and post["datePublished"] == "2026-03"
    assert [author["name"] for author in post["author"]] == ["Grace Hopper", "Ada Lovelace"]
    assert post["image"] == f"{URL}/blog/plot.png"
    assert [item["name"] for item in trail["itemListElement"]] == [
        "Ada Lovelace", "Blog", "The second part"
    ]  # fmt: skip


def test_nothing_of_drafts(site):
    """A draft, or a post of the future, is published, or its figure."""
    assert not any("secret" in path for path in site.files())
    texts = (path for path in site.files() if path.endswith((".html", ".xml", ".json", ".txt")))
    assert not any("Secret" in site.text(path) for path in texts)


def test_lists_of_authors(make):
    """A post with a list below `author:` ended the build with a traceback."""
    headers = {
        "a": "author:\n  - Grace Hopper\n  - Alan Turing",
        "b": "author: [Grace Hopper]",
        "c": "authors:\n- Grace Hopper\n- Alan Turing",
        "d": "author: Grace Hopper",
    }
    post = "---\ntitle: A post\ndate: 2026-02-03\n{}\n---\n\nText.\n"
    site = make(
        {"home.md": BLOG_HOME, "papers/p.md": PAPER}
        | {f"blog/{name}.md": post.format(header) for name, header in headers.items()}
    )
    for name in headers:
        page = words(site.page(f"blog/{name}/").select_one(".byline"))
        assert "Grace Hopper" in page and ("Alan Turing" in page) == (name in "ac")


def test_empty_blog_leaves_no_trace(make):
    """A site without posts has a page, a feed, a menu entry or a heading of a blog."""
    files = {"home.md": BLOG_HOME, "news/n.md": NEWS, "papers/p.md": PAPER}
    draft = {"blog/d.md": "Title: D\nDate: 2026\nStatus: draft\n\nSecret.\n"}
    site = make(files | draft, settings=MENU, SITEURL=URL)
    assert not any("blog" in path for path in site.files())
    assert not any(
        "blog/" in site.text(path) or "From the blog" in site.text(path) for path in site.pages()
    )


MISTAKES = {
    "no date": ("Title: T\n\nx\n", "content/blog/x.md: date: missing (write `Date: 2026-02`)"),
    "an unknown header": ("Title: T\nDate: 2026\nSerie: A\n\nx\n", "did you mean `series`?"),
    "no words for the figure": (
        "Title: T\nDate: 2026\nImage: plot.png\n\nx\n",
        "content/blog/x.md:3: image_alt: missing (describe the image in one sentence)",
    ),
    "no figure": (
        "Title: T\nDate: 2026\nImage: none.png\nImage_alt: A line.\n\nx\n",
        'content/blog/x.md:3: image: "none.png" does not exist',
    ),
    "half a name": (
        "Title: T\nDate: 2026\nAuthors: A, B, C, D, E,,\n\nx\n",
        'content/blog/x.md:3: authors: "A" may be half of a name',
    ),
    "an unknown paper": (
        "Title: T\nDate: 2026\nPapers: q\n\nx\n",
        'content/blog/x.md:3: papers: "q" is not a paper of the site (did you mean `p`?)',
    ),
    "a citation of nothing": ("Title: T\nDate: 2026\n\n[@q]\n", "[@q] is not a paper of the site"),
}  # fmt: skip


def test_mistakes_are_reported(make):
    """A mistake in a post ends in a traceback, or is not reported."""
    files = {f"blog/x{n}.md": text for n, (text, _) in enumerate(MISTAKES.values())}
    files |= {"papers/p.md": PAPER, "blog/plot.png": picture("PNG", 90, 60)}
    files["news/n.md"] = NEWS.replace("Date:", "Series: A\nDate:")
    site = make(files, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    for n, (_, message) in enumerate(MISTAKES.values()):
        assert message.replace("/x.md", f"/x{n}.md") in site.printed, site.printed
    assert "content/news/n.md:2: series: unknown header" in site.printed


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 1), ("word " * 119, 1), ("word " * 600, 2), ("文字。" * 500, 2), ("word 字 " * 400, 2)],
)
def test_reading_time(text, minutes, tmp_path):
    """A Chinese text is one word, and read in a minute."""
    header = Header("content/blog/x.md", plain_text=text)
    assert read_post(header, tmp_path / "x.md", tmp_path, {}, []).minutes == minutes
