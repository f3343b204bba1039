"""Home pages in Org."""

import time

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.orgmode.markup import convert_org
from papers.importers.result import ImportResult

PNG = b"\x89PNG\r\n\x1a\n"
HOME = """#+TITLE: Ada Lovelace
#+EMAIL: ada@x.example
#+OPTIONS: toc:nil

[[file:me.png]]

I am an *analyst* at the [[https://x.example][Society]]. See [[file:teaching.org::*Spring][this]].

* News
- [2022-03] A paper is accepted.
- 2021-10: Another.

* Publications
** Journal papers
1. *Ada Lovelace*, Alan Turing, "Notes on engines", /Nature/, 2020. [[https://arxiv.org/abs/2001.00001][arXiv]] [[file:a.pdf][PDF]]
2. *Ada Lovelace*, Cy Doe, "Second notes on engines", /Nature/, 2021.

* COMMENT Old
hidden

* Plans :noexport:
** Deeper
hidden too

* Interests
Numbers.
"""  # noqa: E501
SITE = {
    "index.org": HOME, "me.png": PNG, "a.pdf": b"%PDF-1", "README.org": "* Repository\n",
    "teaching.org": "#+title: My teaching\n\n* Spring :x:\nI teach $x^2$.\n:PROPERTIES:\n"
    ":CUSTOM_ID: a\n:END:\n",
    "posts/first.org": "#+TITLE: First post\n#+DATE: <2021-02-03 Wed>\n#+FILETAGS: :a:b:\n\n"
    "Words.\n",
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


def test_site(tmp_path):
    """A home page in Org is not read, or what it hides is published."""
    result = detect.import_source(write(tmp_path / "old", SITE))
    assert result.owner.name == "Ada Lovelace"
    assert result.owner.social == [("Email", "mailto:ada@x.example")]
    assert "images/portrait.png" in result.assets
    (home,), (page,) = documents(result, "home"), documents(result, "page")
    assert home.body == (
        "I am an **analyst** at the [Society](https://x.example). "
        "See [this]({filename}/pages/teaching.md).\n\n## News\n\n[NEWS]\n\n## Publications\n\n"
        "[PAPERS]\n\n## Interests\nNumbers."
    )
    first, second = documents(result, "paper")
    assert (first.headers["arxiv"], first.headers["links"]) == ("2001.00001", "pdf | a.pdf")
    assert second.headers["venue"] == "Nature" and second.headers["date"] == "2021"
    assert (page.headers["title"], page.body) == ("My teaching", "## Spring\nI teach $x^2$.")
    news = {item.headers["title"]: item.headers for item in documents(result, "news")}
    assert news.keys() == {"A paper is accepted", "Another"}
    (post,) = documents(result, "post")
    assert (post.headers["date"], post.headers["tags"]) == ("2021-02-03", "a, b")


@pytest.mark.parametrize(("text", "expected"), [
    ("*b* /i/ _u_ =c*d*= ~e~ +f+ a/b/c 2*3*4", "**b** *i* **u** `c*d*` `e` ~~f~~ a/b/c 2*3*4"),
    ("*a /b/ c*", "**a *b* c**"),
    ("[[./a.png]] [[https://x.example/a_b_c][w *x*]]", "![](./a.png) [w *x*](https://x.example/a_b_c)"),
    ("[[https://x.example][file:a.png]]", "[![](a.png)](https://x.example)"),
    ("[[*Part][part]] $a_b_c$ \\(d/e/f\\)", "part $a_b_c$ \\(d/e/f\\)"),
    ("** TODO [#A] Words :a:b:", "### Words"),
    ("- term :: words", "- **term**: words"),
    ("#+BEGIN_SRC python :results none\n* x /y/\n#+END_SRC", "```python\n* x /y/\n```"),
    ("#+begin_quote\nA *b*\n#+end_quote", "\n> A **b**\n"),
    ("#+BEGIN_EXPORT html\n<b>*x*</b>\n#+END_EXPORT", "\n<b>*x*</b>\n"),
    ("#+BEGIN_EXPORT latex\n\\x\n#+END_EXPORT\n# remark", "\n\n\n"),
    ("| *a* | b |\n|---+---|", "| **a** | b |\n|---|---|"),
    ("<2021-02-03 Wed 10:00> [fn:1]", "2021-02-03 [^1]"),
    ("a \\\\\nb", "a   \nb"),
])  # fmt: skip
def test_markup(text, expected):
    """Org's markup is in the text, or words are lost with it."""
    assert convert_org(text) == expected


@pytest.mark.parametrize(
    "piece", ["[[", "[[a][", "*a ", "/a ", "=a ", "$a", "[fn:", "| a", "<2021-"]
)
def test_long_lines_take_no_time(piece):
    """A repeated sign takes minutes."""
    start = time.process_time()
    convert_org(piece * 2000)
    assert time.process_time() - start < 10
