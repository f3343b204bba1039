"""Sites of jemdoc: its sources, or the HTML that it writes."""

import time

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.jemdoc.markup import convert_jemdoc
from papers.importers.result import ImportResult

PNG = b"\x89PNG\r\n\x1a\n"
HOME = r"""# jemdoc: menu{MENU}{index.html}, notime
= Ada Lovelace (艾达)

~~~
{}{img_left}{pics/me.png}{alt text}{185px}{239px}
Analyst, [https://x.example/ Analytical Society]\n
Email: [ada@x.example ada at x dot example]\n
\[[https://scholar.google.com/citations?user=X Google Scholar]\]\[[cv.pdf CV]\]
~~~

# == Old news
== News
- \[05-15-2021\] A *paper* is accepted.
- 2020.03: Another one, see [talks.html talks].

== Interests
They are:
- engines,
-- of brass.
. one

== Selected publications

- *Notes on Engines* \n
_Ada Lovelace_, Alan Turing. \n
International Conference on Engines (ICE), 2020. \n
[https://arxiv.org/abs/2001.00001 \[arXiv\]][one.pdf \[PDF\]]
"""
SOURCES = {
    "MENU": "Ada\n    Home        [index.html]\n    My teaching   [teaching.html]\n"
    "    CV [cv.pdf]\n",
    "index.jemdoc": HOME,
    "teaching.jemdoc": "# jemdoc: menu{MENU}{teaching.html}\nI teach /numbers/.\n",
    "talks.jemdoc": "# jemdoc: menu{MENU}{talks.html}\n= Talks\nOne.\n",
    "example.jemdoc": "= Example\nWords.\n",
    "index.html": "<html><body>built</body></html>",
    "pics/me.png": PNG,
    "one.pdf": b"%PDF-1",
    "cv.pdf": b"%PDF-2",
}
HTML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html><head>
<meta name="generator" content="jemdoc, see http://jemdoc.jaboc.net/" />
<title>{title}</title>
</head>
<body>
<table summary="Table for page layout." id="tlayout">
<tr valign="top">
<td id="layout-menu">
<div class="menu-item"><a href="index.html" class="current">Home</a></div>
<div class="menu-item"><a href="papers.html">My&nbsp;papers</a></div>
<div class="menu-item"><a href="teach.html">Teaching&nbsp;etc</a></div>
</td>
<td id="layout-content">
<div id="toptitle">
<h1>{title}</h1>
</div>
{body}
<div id="footer">
<div id="footer-text">
Page generated 2021-09-14, by <a href="http://jemdoc.jaboc.net/">jemdoc</a>.
</div>
</div>
</td>
</tr>
</table>
</body>
</html>
"""
BUILT = {
    "index.html": HTML.format(title="Ada Lovelace", body="""<table class="imgtable"><tr><td>
<img src="me.png" alt="alt text" width="1px" />&nbsp;</td>
<td align="left"><p>Analyst, <br />
<a href="https://x.example/">Society</a></p>
</td></tr></table>
<h2>News</h2>
<ul>
<li><p>[2021.05] One paper accepted.</p>
</li>
<li><p>[2020.01] Another one.</p>
</li>
</ul>"""),
    "papers.html": HTML.format(title="Publications", body="""<ol>
<li><p><b>Ada Lovelace</b>, Alan Turing, <i>Notes on engines</i>, Nature, 2020.
[<a href="https://x.example/code">code</a>]</p>
</li>
<li><p>Alan Turing, <b>Ada Lovelace</b>, <i>Second notes on engines</i>, Nature, 2019.</p>
</li>
</ol>"""),
    "teach.html": HTML.format(title="Teaching", body="<p>I teach.</p>"),
    "me.png": PNG,
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


def test_sources(tmp_path):
    """jemdoc's sources are not read, or its demo pages are published."""
    result = detect.import_source(write(tmp_path / "old", SOURCES))
    owner = result.owner
    assert owner.names == ["Ada Lovelace", "艾达"]
    assert owner.social == [
        ("Email", "mailto:ada@x.example"),
        ("Google Scholar", "https://scholar.google.com/citations?user=X"),
    ]
    assert result.assets["images/portrait.png"].name == "me.png"
    (home,) = documents(result, "home")
    assert "[CV]({static}/images/cv.pdf)" in home.body and "Old news" not in home.body
    assert (
        "## News\n\n[NEWS]\n\n## Interests\nThey are:\n\n- engines,\n    - of brass.\n1. one\n\n"
        "## Selected publications\n\n[PAPERS]" in home.body
    )
    news = [(item.headers["date"], item.body) for item in documents(result, "news")]
    assert news == [
        ("2021-05-15", "A **paper** is accepted."),
        ("2020-03", "Another one, see [talks]({filename}/pages/talks.md)."),
    ]
    (paper,) = documents(result, "paper")
    assert paper.headers["title"] == "Notes on Engines" and paper.headers["selected"] == "yes"
    assert paper.headers["authors"] == "Ada Lovelace, Alan Turing"
    assert (paper.headers["arxiv"], paper.headers["links"]) == ("2001.00001", "pdf | one.pdf")
    pages = {page.slug: (page.headers["title"], page.body) for page in documents(result, "page")}
    assert pages == {
        "teaching": ("My teaching", "I teach *numbers*."), "talks": ("Talks", "One.")}  # fmt: skip
    assert any(note.file == "example.jemdoc" and note.kind == "left" for note in result.notes)


def test_html(tmp_path):
    """Menu, footer and layout of jemdoc's HTML are a part of the pages."""
    result = detect.import_source(write(tmp_path / "old", BUILT))
    assert result.owner.name == "Ada Lovelace" and "images/portrait.png" in result.assets
    (home,), (page,) = documents(result, "home"), documents(result, "page")
    assert [item.headers["date"] for item in documents(result, "news")] == ["2021-05", "2020-01"]
    body = "Analyst,   \n[Society](https://x.example/)\n\n## News\n\n[NEWS]"
    assert home.body == body
    assert (page.headers["title"], page.body) == ("Teaching", "I teach.")
    titles = [paper.headers["title"] for paper in documents(result, "paper")]
    assert titles == ["Notes on engines", "Second notes on engines"]


def test_name_below_the_title(tmp_path):
    """The name in a heading of the second level is not a name."""
    text = "== Ada Lovelace\n\nI count.\n\n== Education\n- A school\n"
    result = detect.import_source(write(tmp_path, {"src/index.jemdoc": text}))
    assert result.owner.name == "Ada Lovelace"
    assert documents(result, "home")[0].body == "I count.\n\n## Education\n- A school"


@pytest.mark.parametrize(("text", "expected"), [
    ("== A heading ==", "## A heading"),
    ("a /b c/ *d* _e_ +f*g+ 1/2 and/or x_1_2", "a *b c* **d** **e** `f*g` 1/2 and/or x_1_2"),
    ("[http://x.example/a_b/c words /here/] [y.html] [a@b.example]",
     "[words /here/](http://x.example/a_b/c) [y.html](y.html) [a@b.example](mailto:a@b.example)"),
    ("[not a link] \\[2020\\] \\#1 # gone", "[not a link] [2020] #1 "),
    ("[http://x.example [img{1}{2}{n} a.png words]]", "[![words](a.png)](http://x.example)"),
    ("$a_b_c$ {{<b>x_y_z</b>}}", "$a_b_c$ <b>x_y_z</b>"),
    ("one\\n\n\\n two \\nu", "one  \n<br> two \\nu"),
    (": {term} words", "- **term** words"),
    ("a -- b --- c", "a – b — c"),
    ("~~~\n{T}{pyint}\n# no *comment*\n~~~\n*b*", "\n```python\n# no *comment*\n```\n**b**"),
    ("~~~\n{}{table}{t}\na | *b* ||\nc\n|\nd ||\n~~~", "\n\na · **b**\nc\n\nd\n"),
    ("~~~\n{}{raw}\n<i>*x*</i>\n~~~", "\n\n<i>*x*</i>\n"),
    ("~~~\n{A box}\nWords.\n~~~", "\n**A box**\nWords.\n"),
    ("~~~\nWords.\n~~~", "\nWords.\n"),
    ("~~~ {}{img_left}{a.png}{Me}{1}{2}{u.html}", "[![Me](a.png)](u.html)"),
])  # fmt: skip
def test_markup(text, expected):
    """jemdoc's markup is in the text, or words are lost with it."""
    assert convert_jemdoc(text) == expected


@pytest.mark.parametrize(
    "piece", ["[", "[a ", "{{", "*a ", "/a ", "_a ", "+a ", "\\[[", "$a", "{}"]
)
def test_long_lines_take_no_time(piece):
    """A repeated sign takes minutes."""
    start = time.process_time()
    convert_jemdoc(piece * 3000)
    assert time.process_time() - start < 10
