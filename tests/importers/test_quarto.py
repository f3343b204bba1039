"""Websites of Quarto: .qmd texts, listings, records in YAML, and .bib files."""

import time

import pytest
from conftest import ROOT, write
from papers.importers import detect
from papers.importers.quarto.markdown import convert_markdown
from papers.importers.result import ImportResult

CASE = ROOT.parent / "shared" / "cases" / "import" / "29-quarto" / "input"
PNG = b"\x89PNG\r\n\x1a\n"
HOME = """---
title: "Ada Lovelace"
subtitle: "Analyst<br>Analytical Society"
image: me.png
about:
  id: hero
  template: trestles
  links:
    - icon: envelope
      href: mailto:ada@example.org
    - icon: google
      href: https://scholar.google.com/citations?user=X
      aria-label: Scholar
    - text: "{{< ai orcid >}}"
      href: https://orcid.org/0000-0002-1825-0097
    - icon: cv
      text: "{{< ai cv >}}"
      href: files/cv.pdf
listing:
  - id: latest
    contents: posts
  - id: chosen
    contents: papers/*/index.qmd
---

::: {#hero}
I **count**, see [all papers](papers/) and [tools](software/index.qmd#engine){.btn .btn-primary}.
:::

## News

::: {#latest}
:::

### Chosen papers {.unnumbered}

::: {#chosen}
:::
"""
PAPER = """---
title: "Notes on engines"
author:
  - name: Ada Lovelace
    orcid: 0000-0002-1825-0097
    equal-contributor: true
  - name: {given: Alan, family: Turing}
    corresponding: true
date: 2024-05-02
categories: [engines]
image: featured.png
pub-info:
  reference: "Ada Lovelace and Alan Turing, “Notes on engines,” <em>Notes</em> 7, no. 2: 1–9."
  links:
    - {name: Preprint, url: one.pdf, icon: fa-file}
    - {name: Code, url: https://github.com/ada/one, icon: fa-github}
haiku: [a, b]
---

## Abstract

We count.

{{< include _more.qmd >}}

## Citation

```bibtex
@article{ada2024, title = {Notes on engines}, author = {Lovelace, Ada and Turing, Alan},
  journal = {Notes}, volume = {7}, year = {2024}, doi = {10.1000/1}}
```
"""
RECORDS = """- title: Notes on engines
  path: /papers/one/
- title: A second paper
  author: Ada Lovelace, Cy Doe
  publication: Proc. of Engines
  date: 2021-03-01
  path: https://a.example/two
  abstract: Ada Lovelace, Cy Doe (2021). A second paper. Proc. of Engines.
"""
SITE = {
    "_quarto.yml": "project: {type: website}\nwebsite:\n  title: Ada's site\n  navbar:\n"
    "    right:\n"
    "      - {icon: github, href: 'https://github.com/ada'}\n      - {icon: rss, href: index.xml}\n"
    "bibliography: refs.bib\n",
    "README.md": "# About the repository\n",
    "refs.bib": "@book{c, title = {Cited}, author = {Other, Jo}, publisher = {P}, year = 1999}\n",
    "own.bib": "@misc{d, title = {Third}, author = {Lovelace, Ada}, year = 2020}\n",
    "index.qmd": HOME,
    "me.png": PNG,
    "files/cv.pdf": b"%PDF-1",
    "papers/index.qmd": "---\ntitle: Papers\nlisting:\n  - contents: ['*/index.qmd', list.yml]\n"
    "---\n"
    "All that I wrote.\n",
    "papers/list.yml": RECORDS,
    "papers/one/index.qmd": PAPER,
    "papers/one/_more.qmd": "And more.\n",
    "papers/one/featured.png": PNG,
    "papers/one/one.pdf": b"%PDF-2",
    "more.qmd": "---\ntitle: More publications\nbibliography: own.bib\nnocite: '@*'\n---\n\n"
    "1. **Ada Lovelace**, Alan Turing. *A paper by hand*. Nature, 2019. "
    "[{{< ai arxiv >}}](https://arxiv.org/abs/1901.00001)\n\n::: {#refs}\n:::\n",
    "software/index.qmd": "---\ntitle: Tools\nlisting:\n  contents: '*.qmd'\n---\n\n"
    "What I build.\n",
    "software/old.qmd": "---\ntitle: Old\ndate: 2019-01-02\n---\n\n# Use\n\nTurn it.\n",
    "software/engine.qmd": "---\ntitle: Engine\ndate: 2022-01-02\ndescription: It runs.\n"
    "href: https://engine.example\n---\n",
    "talks.qmd": "---\ntitle: Talks\nlisting:\n  contents: talks.yml\n---\n",
    "talks.yml": "- title: On engines\n  event: Conf\n  date: 2020\n  fee: five\n",
    "posts/2023-04-05-first/index.qmd": "---\ntitle: First\ncategories: [R]\n---\n\n"
    "See [@c, p. 2].\n",
    "posts/second.qmd": "---\ntitle: Second\ndate: 2022-02-02\ndraft: true\n---\nWords.\n",
    "teaching.qmd": "---\ntitle: Teaching\n---\n\nI teach, see [home](index.qmd).\n",
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> ImportResult:
    """The import of the site above."""
    return detect.import_source(write(tmp_path_factory.mktemp("quarto") / "old", SITE))


def test_owner_and_home(result):
    """A home page loses its owner, its lists or its order, or the README takes its place."""
    owner = result.owner
    assert (owner.name, owner.role) == ("Ada Lovelace", "Analyst, Analytical Society")
    assert owner.social == [
        ("Email", "mailto:ada@example.org"),
        ("Google Scholar", "https://scholar.google.com/citations?user=X"),
        ("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("GitHub", "https://github.com/ada"),
    ]
    assert result.assets["images/portrait.png"].name == "me.png"
    (home,) = documents(result, "home")
    assert home.headers["role"] == owner.role
    assert home.body == (
        "I **count**, see [all papers](/publications/) and [tools]({filename}/pages/software.md)."
        "\n\n## News\n\n[NEWS]\n\n### Chosen papers\n\n[PAPERS]\n\n[CV]({static}/images/cv.pdf)"
    )


def test_papers(result):
    """A paper in a text, a record, a list by hand or a .bib is lost, twice there, or a citation."""
    papers = {paper.headers["title"]: paper for paper in documents(result, "paper")}
    assert papers.keys() == {"Notes on engines", "A second paper", "A paper by hand"}
    first = papers["Notes on engines"]
    assert first.headers | {"image_alt": ""} == {
        "title": "Notes on engines", "authors": "Ada Lovelace*, Alan Turing†",
        "date": "2024-05-02", "tags": "engines", "venue": "Notes", "volume": "7",
        "type": "article-journal", "doi": "10.1000/1", "key": "ada2024", "image": "featured.png",
        "links": "preprint | one.pdf\ncode | https://github.com/ada/one", "image_alt": "",
        "aliases": "/papers/one/",
    }  # fmt: skip
    assert first.body == "We count.\n\nAnd more." and first.slug == "one"
    second = papers["A second paper"].headers
    assert (second["venue"], second["authors"]) == ("Proc. of Engines", "Ada Lovelace, Cy Doe")
    assert not papers["A second paper"].body and "https://a.example/two" in second["links"]
    assert papers["A paper by hand"].headers["arxiv"] == "1901.00001"
    assert list(result.bib_files) == ["own.bib"]
    assert result.people == {"Ada Lovelace": {"orcid": "0000-0002-1825-0097"}}


def test_posts_and_pages(result):
    """Posts lose their dates, or a kind of items has no page, or several."""
    posts = {post.headers["title"]: post for post in documents(result, "news")}
    assert posts["First"].headers["date"] == "2023-04-05"
    assert posts["First"].body == "See (c, p. 2)."
    assert posts["Second"].headers["status"] == "draft"
    pages = {page.slug: page for page in documents(result, "page")}
    assert pages.keys() == {"software", "talks", "teaching"}
    assert pages["software"].headers["title"] == "Tools"
    assert pages["software"].body == (
        "What I build.\n\n## [Engine](https://engine.example)\n\n2022-01-02\n\nIt runs.\n\n"
        "## Old\n\n2019-01-02\n\n### Use\n\nTurn it."
    )
    assert pages["talks"].body == "## On engines\n\nConf · 2020"
    assert pages["teaching"].body == "I teach, see [home]({filename}/home.md)."


@pytest.mark.parametrize("words", [
    "was read as works that texts cite", '"five"', "All that I wrote.", "citations became",
])  # fmt: skip
def test_what_is_left_is_reported(result, words):
    """Something disappears without a word."""
    assert any(words in str(note) for note in result.notes)


@pytest.mark.parametrize(("text", "expected"), [
    ("```{r}\n#| echo: false\nplot(x)\n```\nEnd", "\n\n\n\nEnd"),
    ("```{python}\n#| label: x\nx = 1\n```", "```python\n\nx = 1\n```"),
    ("```{r, include=FALSE}\nx\n```", "\n\n"),
    ("``` {.bash filename=\"x\"}\n:::\n{{< no >}}\n```", "```bash\n:::\n{{< no >}}\n```"),
    ("```{=html}\n<b>x</b>\n```", "\n<b>x</b>\n"),
    ("```{=latex}\n\\x\n```", "\n\n"),
    ("::: {.callout-tip title=\"Mind\"}\nThis.\n:::", "**Mind**\nThis.\n"),
    (":::: {.columns}\n::: {.column width=\"50%\"}\nA\n:::\n::::", "\n\nA\n\n"),
    ("::: {.content-visible when-format=\"pdf\"}\nA\n:::\nB", "\n\n\nB"),
    ("::: {.pub-entry}\n### T\n::: {.pub-venue}\nV\n:::\n:::",
     '<div class="pub-entry">\n<h3>T</h3>\n<div class="pub-venue">\nV\n</div>\n</div>'),
    ("::: {#refs}\n:::", "\n"),
    ("[{{< fa brands github >}}](https://x.example)", "[github](https://x.example)"),
    ("[{{< fa book >}} ](https://x.example)", "[paper](https://x.example)"),
    ("{{< fa star >}} Words", "Words"),
    ("[a [b](c.html) d]{.red #x} ![e](f.png){width=50%}", "a [b](c.html) d ![e](f.png)"),
    ("## T {#sec-x .unnumbered}", "## T"),
    ("A note^[Of [mine](x.html).] here", "A note (Of [mine](x.html).) here"),
    ("`r 1 + 1` and `{python} x`", "… and …"),
    ("me@x.example [me@x.example] [see @a; -@b]", "me@x.example [me@x.example] (see a; -b)"),
    ("{{< video a.mp4 >}}", "[video](a.mp4)"),
    ("{{< video https://youtu.be/aB3-_efGh1x >}}",
     "![Video](https://www.youtube.com/watch?v=aB3-_efGh1x)"),
    ("$$x$$ {#eq-one}", "$$x$$"),
])  # fmt: skip
def test_markdown(text, expected):
    """Syntax of Quarto is in the text, or words are lost with it."""
    assert convert_markdown(text) == expected


@pytest.mark.parametrize("piece", [
    "[", "[a](b)", "{{< fa ", "::: {.x}\n", "```{r}\n", "^[", "[@a;", "{.x", "`r ", "[a]{.b} ",
    "![](", "$$ {#", "[{{< fa a >}}", '::: {title="',
])  # fmt: skip
def test_long_lines_take_no_time(piece):
    """A repeated sign takes minutes."""
    start = time.process_time()
    convert_markdown(piece * 3000)
    assert time.process_time() - start < 10


@pytest.mark.skipif(not CASE.is_dir(), reason="the cases are not here")
def test_case():
    """Quarto's README becomes the home page."""
    result = detect.import_source(CASE)
    (home,), (paper,) = documents(result, "home"), documents(result, "paper")
    assert result.owner.name == "Ada Example" and home.body == "I work on examples."
    assert paper.headers["doi"] == "10.1000/1" and paper.headers["venue"] == "Journal of Examples"


def test_blog_with_an_about_page(tmp_path):
    """The list of posts at the root hides the page that introduces the owner."""
    write(tmp_path, {
        "_quarto.yml": "website: {title: Ada's blog}\n",
        "index.qmd": "---\ntitle: A blog\nlisting: {contents: posts}\n---\n",
        "about.qmd": "---\ntitle: About\nabout: {template: jolla, image: me.png}\n---\n\n"
        "I am Ada Lovelace, an analyst.\n",
        "me.png": PNG, "posts/one.qmd": "---\ntitle: One\ndate: 2020-01-02\n---\nWords.\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    (home,) = documents(result, "home")
    assert home.body == "I am Ada Lovelace, an analyst.\n\n[NEWS]"
    assert result.owner.name == "Ada Lovelace" and "images/portrait.png" in result.assets
