"""Jon Barron's page of tables, and its copies."""

import time

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.result import ImportResult
from papers.importers.table_page.reader import _convert_page
from papers.importers.table_page.rows import convert_row, is_highlighted

PNG = b"\x89PNG\r\n\x1a\n"
HEAD = """<!DOCTYPE HTML>
<html lang="en"><head><title>{name}</title></head>
<body>
<table style="width:100%"><tbody>
  <tr style="padding:0px"><td style="padding:0px">
    <table style="width:100%"><tbody>
      <tr>
        <td style="padding:2.5%">
          {heading}
          <p>I am an analyst at the <a href="https://x.example">Society</a>.</p>
          <p style="text-align:center">
            <a href="mailto:ada@x.example">Email</a> &nbsp/&nbsp
            <a href="data/cv.pdf">CV</a> &nbsp/&nbsp
            <a href="www.linkedin.com/in/ada">LinkedIn</a>
          </p>
        </td>
        <td><a href="me.png"><img alt="profile photo" src="me.png" class="hoverZoomLink"></a></td>
      </tr>
    </tbody></table>
"""
SECTION = """    <table><tbody><tr><td>
      {heading}
      {text}
    </td></tr></tbody></table>
"""
ROW = """
      <!-- ==== {key} ==== -->
      <tr onmouseout="{key}_stop()" onmouseover="{key}_start()"{colour}>
        <td style="padding:20px;width:25%">
          <div class="one"><div class="two" id='{key}_image'>{hover}</div>
          <img src='images/{key}.png' width="160"></div>
          <script type="text/javascript">
            function {key}_start() {{ document.title = "1"; }}
          </script>
        </td>
        <td style="padding:20px;width:75%">
          <a href="{url}">
            {title}
          </a>
          <br>
          {authors}
          <br>
          {venue}
          <br>
          {links}
          <p></p>
          <p>What {key} says.</p>
        </td>
      </tr>
"""
CREDIT = """<table><tbody><tr><td><p>Copied from this <a
href="https://github.com/jonbarron/jonbarron_website">source code</a>.</p></td></tr></tbody></table>
</td></tr></tbody></table></body></html>"""


def make_row(title: str, **values: str) -> str:
    """Return the row of a paper."""
    return ROW.format(**{
        "key": "one", "colour": "", "hover": "", "url": "https://one.example", "title": title,
        "authors": '<strong>Ada Lovelace</strong>, <a href="https://alan.example">Alan Turing</a>',
        "venue": "<em>CVPR</em>, 2022",
        "links": '<a href="https://one.example">project page</a> / '
        '<a href="https://arxiv.org/abs/2201.00001">arXiv</a>',
    } | values)  # fmt: skip


def make_page(first: str, heading: str, title: str) -> str:
    """Return a page of three papers, with news and what else there is."""
    rows = [
        make_row(title.format("One: A Paper on Engines"), colour=' bgcolor="#ffffd0"',
                 hover='<video muted><source src="images/one.mp4">No video.</video>'),
        make_row(title.format("Two: A Paper on Wheels"), key="two", url="two.html",
                 venue='<em>ICCV</em>, 2021 &nbsp <font color="red"><strong>(Oral Presentation, '
                 "Best Paper Award)</strong></font>", links='<a href="data/two.pdf">pdf</a>',
                 hover="<img src='images/two_after.png'>"),
        make_row(title.format("Three: Alone"), key="three", authors="<b>Ada Lovelace</b>",
                 venue='<em>Journal of Engines</em><span class="pub-badge">SCI</span>, 2020',
                 links=""),
    ]  # fmt: skip
    news = "<ul><li>[2022/03] Two papers accepted.</li><li>[2021/10] A talk.</li></ul>"
    return "".join([
        HEAD.format(name="Ada Lovelace", heading=first),
        SECTION.format(heading=heading.format("News"), text=news),
        SECTION.format(heading=heading.format("Research"), text="<p>I like wheels.</p>"),
        "    <table><tbody>\n", *rows, "    </tbody></table>\n",
        SECTION.format(heading=heading.format("Misc"), text='<a href="https://y.example">Chair</a>'),
        CREDIT,
    ])  # fmt: skip


FILES = {f"images/{key}.png": PNG for key in ("one", "two", "two_after", "three")} | {
    "me.png": PNG, "data/two.pdf": b"%PDF-1", "data/cv.pdf": b"%PDF-2", "images/one.mp4": b"video",
    "two.html": "<html><body>The project.</body></html>",
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.mark.parametrize(("first", "heading", "title"), [
    ('<p style="x">\n<name>Ada Lovelace</name>\n</p>', "<heading>{}</heading>",
     "<papertitle>{}</papertitle>"),
    ('<p class="name" style="x">\nAda Lovelace\n</p>', "<h2>{}</h2>",
     '<span class="papertitle">{}</span>'),
    ('<p class="name">Ada Lovelace</p>', "<h2>{}</h2>",
     '<span class="small paper-title"><b>{}</b></span>'),
])  # fmt: skip
@pytest.mark.parametrize("alone", [False, True])
def test_page(tmp_path, first, heading, title, alone):
    """A page of tables loses papers, their parts, its sections or which papers it selects."""
    write(tmp_path, FILES | {"index.html": make_page(first, heading, title)})
    result = detect.import_source(tmp_path / "index.html" if alone else tmp_path)
    assert result.owner.name == "Ada Lovelace" and "images/portrait.png" in result.assets
    assert dict(result.owner.social) == {
        "Email": "mailto:ada@x.example", "LinkedIn": "https://www.linkedin.com/in/ada"}  # fmt: skip
    (home,) = documents(result, "home")
    assert "[CV]({static}/images/cv.pdf)" in home.body and "source code" not in home.body
    assert home.body.endswith(
        "## News\n\n[NEWS]\n\n## Research\n\nI like wheels.\n\n[PAPERS]\n\n## Misc\n\n"
        "[Chair](https://y.example)"
    )
    assert [news.headers["date"] for news in documents(result, "news")] == ["2022-03", "2021-10"]
    one, two, three = (paper.headers for paper in documents(result, "paper"))
    assert one | {"image_alt": ""} == {
        "title": "One: A Paper on Engines", "authors": "Ada Lovelace, Alan Turing",
        "venue": "CVPR", "date": "2022", "arxiv": "2201.00001", "image": "images/one.png",
        "links": "animation | one.mp4\nwebsite | https://one.example", "image_alt": "",
        "selected": "yes", "weight": "1",
    }  # fmt: skip
    assert (two["venue"], two["date"], two["links"]) == ("ICCV", "2021", "pdf | two.pdf")
    assert (two["presentation"], two["award"]) == ("Oral Presentation", "Best Paper Award")
    assert two["image"] == "images/two.png" and "selected" not in two
    assert (three["authors"], three["venue"], three["date"]) == (
        "Ada Lovelace", "Journal of Engines", "2020")  # fmt: skip
    bodies = [paper.body for paper in documents(result, "paper")]
    assert bodies == ["What one says.", "What two says.", "What three says.\n\nSCI"]
    assert alone or any(note.file == "two.html" for note in result.notes)
    assert not any("script" in note.message for note in result.notes)


@pytest.mark.parametrize(("cell", "expected"), [
    ("A, B<br>CVPR 2020<br>x", '<div class="authors">A, B</div> <div class="venue">CVPR</div> '
     '<div class="date">2020</div> <p>x</p>'),
    ("A, B<br><em>ICML</em>, 2020<br>(Oral)<br>x", '<div class="authors">A, B</div> '
     '<div class="venue">ICML</div> <div class="date">2020</div> <div class="award">Oral</div> '
     "<p>x</p>"),
    ("A,<br>B<br><em>ICML 2020 Workshop</em>", '<div class="authors">A, B</div> '
     '<div class="venue">ICML 2020 Workshop</div>'),
    ("A, B", '<div class="authors">A, B</div>'),
])  # fmt: skip
def test_rows(cell, expected):
    """Authors, venue or awards of a row are mixed up."""
    row = f"<tr>\n<td></td><td><papertitle>T</papertitle><br>{cell}</td></tr>"
    start = '<div class="paper"> <div class="paper-title">T</div>'
    assert convert_row(row) == f"{start} {expected} </div>\n"


def test_highlights():
    """A row in another colour is one like others."""
    assert is_highlighted('<tr bgcolor="#ffffd0"><td>') and not is_highlighted("<tr><td bgcolor>")


@pytest.mark.parametrize("piece", [
    "<tr><papertitle>", "<papertitle>", "<tr>", "<name>", "<p>", "<!--", "<video ", "<span class=",
])  # fmt: skip
def test_long_pages_take_no_time(piece):
    """A page that repeats a tag takes minutes."""
    start = time.process_time()
    _convert_page("<papertitle>T</papertitle><table>" + piece * 1000)
    assert time.process_time() - start < 10
