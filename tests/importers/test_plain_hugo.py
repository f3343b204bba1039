"""Hugo sites of PaperMod and other themes that are not made for papers."""

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.result import ImportResult

PNG = b"\x89PNG\r\n\x1a\n"
PAPER = """---
title: "Notes on Engines"
date: 2020-05-03
tags: [engines]
author: ["Ada Lovelace", "Alan Turing"]
summary: "It counts."
cover:
    image: "one.png"
    alt: "An engine that counts with wheels"
editPost:
    URL: "https://doi.org/10.1000/1"
    Text: "Notes"
showToc: true
---

---

##### Download

+ [Paper](one.pdf)
+ [Code](https://github.com/ada/one)

---

##### Abstract

We count things.

##### Proof

By counting.

##### Citation

Lovelace, Ada and Turing, Alan. 2020. "Notes on Engines." *Notes* 3(2): 1–9.

```BibTeX
@article{AL2020, author = {Ada Lovelace and Alan Turing}, title = {Notes on Engines},
  journal = {Notes}, volume = {3}, number = {2}, pages = {1--9}, year = {2020}}
```
"""
CONTENT = {
    "content/papers/_index.md": "---\ntitle: Papers\n---\nAll of them.\n",
    "content/papers/one/index.md": PAPER,
    "content/papers/one/one.png": PNG,
    "content/papers/one/one.pdf": b"%PDF-1",
    "content/posts/first.md": "---\ntitle: First\ndate: 2021-02-03T10:00:00+02:00\n"
    "image: /images/me.png\n---\n"
    'See [a paper](/papers/one/) and [it]({{< relref "posts/second.md" >}}).\n',
    "content/posts/second.md": '+++\ntitle = "Second"\ndate = 2021-03-03\ndraft = true\n+++\n'
    "Words.\n",
    "content/courses/_index.md": "---\ntitle: My courses\n---\nWhat I teach.\n",
    "content/courses/algebra.md": "---\ntitle: Algebra\ndate: 2020-09-01\n---\nWe add.\n",
    "content/courses/logic.md": "---\ntitle: Logic\ndate: 2021-09-01\n---\n# Rules\nWe deduce.\n",
    "content/archives.md": "---\ntitle: Archive\nlayout: archives\n---\n",
    "content/about.md": "---\ntitle: About\n---\nI am Ada. See [courses](/courses).\n",
    "content/about.zh.md": "---\ntitle: 关于\n---\n我是艾达。\n",
    "static/images/me.png": PNG,
    "static/cv.pdf": b"%PDF-2",
}  # fmt: skip
PAPERMOD = """title: Ada's site
params:
  author: Ada Lovelace
  profileMode:
    enabled: true
    title: Ada Lovelace
    subtitle: "Analyst at the [Society](https://x.example)"
    imageUrl: "/images/me.png"
    buttons: [{name: Papers, url: papers}]
  socialIcons:
    - {name: github, url: "https://github.com/ada"}
    - {name: email, url: "mailto:ada@x.example"}
    - {name: cv, url: cv.pdf}
"""
CODER = """title = "Ada Lovelace"
[params]
author = "Ada Lovelace"
info = "Analyst at the Society"
avatarURL = "images/me.png"
[[params.social]]
name = "GitHub"
icon = "fa-brands fa-github"
url = "https://github.com/ada"
[[params.social]]
name = "Email"
url = "mailto:ada@x.example"
[[params.social]]
name = "CV"
url = "/cv.pdf"
"""
BLOWFISH = """title = "Ada's site"
[author]
name = "Ada Lovelace"
image = "images/me.png"
headline = "Analyst at the Society"
links = [{ github = "https://github.com/ada" }, { email = "mailto:ada@x.example" }]
"""
THEMES = {
    "PaperMod": {"hugo.yaml": PAPERMOD},
    "coder": {"config.toml": CODER},
    "Blowfish": {
        "config/_default/hugo.toml": 'baseURL = "https://x.example"\n',
        "config/_default/languages.en.toml": BLOWFISH,
        "content/_index.md": "---\ntitle: Home\n---\nWelcome, see [me](/about/).\n",
    },
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.mark.parametrize("theme", THEMES)
def test_site(tmp_path, theme):
    """A plain Hugo site is not read, or loses its owner, papers, posts, courses or links."""
    result = detect.import_source(write(tmp_path / "old", CONTENT | THEMES[theme]))
    owner = result.owner
    assert (owner.name, owner.role) == ("Ada Lovelace", "Analyst at the Society")
    assert {"GitHub": "https://github.com/ada", "Email": "mailto:ada@x.example"}.items() <= dict(
        owner.social).items()  # fmt: skip
    assert result.assets["images/portrait.png"].name == "me.png"
    (paper,) = documents(result, "paper")
    assert paper.headers == {
        "title": "Notes on Engines", "authors": "Ada Lovelace, Alan Turing", "date": "2020-05-03",
        "venue": "Notes", "type": "article-journal", "volume": "3", "issue": "2", "pages": "1–9",
        "doi": "10.1000/1", "tags": "engines", "summary": "It counts.", "key": "AL2020",
        "links": "paper | one.pdf\ncode | https://github.com/ada/one", "image": "one.png",
        "image_alt": "An engine that counts with wheels", "aliases": "/papers/one/",
    }  # fmt: skip
    assert paper.body == "We count things.\n\n## Proof\n\nBy counting."
    posts = {post.headers["title"]: post for post in documents(result, "news")}
    assert posts["First"].headers["date"] == "2021-02-03"
    assert posts["First"].body.endswith(
        "See [a paper]({filename}/papers/one.md) and [it]({filename}/news/second.md).")  # fmt: skip
    assert posts["Second"].headers["status"] == "draft"
    pages = {page.slug: page for page in documents(result, "page")}
    assert pages["courses"].headers["title"] == "My courses"
    assert pages["courses"].body == (
        "What I teach.\n\n## Logic\n\n2021-09-01\n\n### Rules\nWe deduce.\n\n"
        "## Algebra\n\n2020-09-01\n\nWe add."
    )
    (home,) = documents(result, "home")
    words = {
        "PaperMod": "I am Ada. See [courses]({filename}/pages/courses.md).\n\n"
        "[Papers](/publications/) · [CV]({static}/images/cv.pdf)",
        "coder": "I am Ada. See [courses]({filename}/pages/courses.md).\n\n"
        "[CV]({static}/images/cv.pdf)",
        "Blowfish": "Welcome, see [me]({filename}/pages/about.md).",
    }
    assert home.body == words[theme]
    assert set(pages) == {"courses"} | ({"about"} if theme == "Blowfish" else set())
    left = [str(note) for note in result.notes if note.kind == "left"]
    assert any("All of them." in note for note in left)
    assert any("about.zh.md" in note for note in left)


def test_site_of_hugoblox_is_none(tmp_path):
    """A site of HugoBlox is read as a plain one."""
    write(tmp_path, {
        "hugo.yaml": "title: A\n", "content/authors/admin/_index.md": "---\ntitle: Ada\n---\nI.\n",
        "content/publication/x/index.md": "---\ntitle: X\nauthors: [admin]\ndate: 2020\n---\n",
    })  # fmt: skip
    (paper,) = documents(detect.import_source(tmp_path), "paper")
    assert paper.headers["authors"] == "Ada"


def test_books_and_sentences(tmp_path):
    """A book with an entry is an item, its text a citation; a sentence about the owner a role."""
    write(tmp_path, {
        "config.yml": "title: Prof. Name\nparams:\n  author: Name\n  profileMode:\n"
        "    enabled: true\n"
        "    title: Prof. Ada Lovelace\n    subtitle: I am a professor of numbers. I count.\n",
        "content/books/one.md": "---\ntitle: Numbers\ndate: 1999\nauthor: [Ada Lovelace]\n"
        "description: About numbers and more.\n---\n\n#### Download\n\n+ [Raw data](https://d.example)\n"
        "+ [Chapter](https://c.example) of words\n\n---\n\n#### About\n\n"
        "About numbers and more words."
        "\n\n```BibTeX\n@book{n, author = {Ada Lovelace}, title = {Numbers}, publisher = {P},"
        " year = 1999}\n```\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    (home,), (book,) = documents(result, "home"), documents(result, "paper")
    assert (home.headers["title"], home.headers["role"]) == ("Ada Lovelace", "professor of numbers")
    assert home.body == "I am a professor of numbers. I count."
    assert (book.headers["type"], book.headers["publisher"]) == ("book", "P")
    assert book.headers["links"] == "Raw data | https://d.example"
    assert book.body.endswith("## About\n\nAbout numbers and more words.")
    assert "[Chapter](https://c.example) of words" in book.body
