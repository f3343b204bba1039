"""Markdown extensions in a post, and the stylesheet."""

from conftest import ROOT, words
from sample import picture

POST = r"""Title: T
Date: 2026

[TOC]

## One & *two*

## 标题

## One & two

![Boxes]({static}/images/x.png "A **strong** caption, $x$")

[![Boxes]({static}/images/x.png "Linked")](https://example.org)

Words ![Boxes]({static}/images/x.png "No figure") words

![A film]({static}f.mp4 "It moves")

![A sound]({static}a.MP3)

!!! warning "Mind"
    A *callout*.

- a

1. b

```python
def f(): return "a" -- 1  # "b"
```

```
no language "here"
```
"""


def test_post(make):
    """A caption, video, callout, table of contents or code block is published as plain text."""
    files = {"news/n.md": POST, "images/x.png": picture("PNG", 900, 600), "news/f.mp4": b"film"}
    files["news/a.MP3"] = b"sound"
    site = make(files, SITEURL="https://ada.example")
    page = site.page("news/n/").article
    assert [words(a) for a in page.select(".toc a")] == ["One & two", "标题", "One & two"]
    heads = page.select("h2")
    assert [head["id"] for head in heads] == ["one-two", "标题", "one-two_1"]
    for head in heads:
        assert head.a["href"] == f"#{head['id']}" and head.a["aria-label"]
    figures = page.select("figure")
    assert [words(f.figcaption)[:14] for f in figures] == ["A strong capti", "Linked", "It moves"]
    assert figures[0].select("figcaption strong, figcaption math")
    assert figures[0].img["width"] == "900" and figures[1].a["href"] == "https://example.org"
    assert not any(image.get("title") for image in figures[0].select("img"))
    assert page.select_one("p > picture > img[title]")
    assert figures[2].video["src"] == "https://ada.example/news/f.mp4"
    assert figures[2].video["aria-label"] == "A film"
    assert site.files()["news/f.mp4"] == b"film"
    assert page.audio["src"].endswith("a.MP3") and page.audio["aria-label"] == "A sound"
    assert words(page.select_one(".admonition.warning .admonition-title")) == "Mind"
    assert [node.name for node in page.select(":scope > ul, :scope > ol")] == ["ul", "ol"]
    code = page.select(".highlight pre")
    assert words(code[0]) == 'def f(): return "a" -- 1 # "b"' and code[0].select(".k, .nf, .s2")
    assert words(code[1]) == 'no language "here"' and not code[1].select("code span")
    # In a list of news, there are no links within the post.
    assert not site.page("news/").select("main a[href^='#']")


def test_stylesheet_is_minified(make):
    """The published stylesheet has comments, or lacks a rule."""
    style = make().text("theme/css/style.css")
    source = (ROOT / "theme/static/css/style.css").read_text(encoding="utf-8")
    assert "/*" not in style and "\n" not in style.strip()
    assert style.count("{") == source.count("{") and len(style) < 0.8 * len(source)
