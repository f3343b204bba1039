"""Whole home pages of common themes and by hand: portrait, role, contacts, sections, papers."""

import pytest
from conftest import ROOT, write
from papers.importers import detect
from papers.importers.result import ImportResult

CASES = ROOT.parent / "shared" / "cases" / "import"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"{CASES} was not found")
PNG = b"\x89PNG\r\n\x1a\n"
BOX = (
    "<div class='paper-box'><div class='paper-box-image'><div><div class=\"badge\">{badge}</div>"
    '<img src=\'images/{image}\' alt="sym" width="100%"></div></div>\n<div '
    "class='paper-box-text' "
    'markdown="1">\n\n{text}\n</div>\n</div>\n\n'
)
# acad-homepage, as its users fill it in.
ACADEMIC = {
    "_config.yml": 'title: "Ada"\ndescription: "I weave."\nauthor:\n  name: "Ada Lovelace (艾达)"\n'
    '  avatar: "images/me.png"\n  bio: "PhD student"\n  location: "London"\n  employer: "Loom '
    'University"\n  email: "ada@loom.example"\n  github: "ada"\n  linkedin: "ada-l"\n  dblp: '
    '"https://dblp.org/pid/1/2.html"\n  googlescholar: '
    '"https://scholar.google.com/citations?user=a"'
    "\n  orcid: # http://orcid.org/yourorcidurl\n  tumblr: ada\n",
    "images/me.png": PNG, "images/a.png": PNG, "images/b.png": PNG,
    "_pages/about.md": "---\npermalink: /\ntitle: \"\"\nauthor_profile: true\n---\n\n"
    "{% if site.google_scholar_stats_use_cdn %}\n{% endif %}\n<span class='anchor' id='about-me'>"
    "</span>\n\nI weave with **engines**.\n\n# 🔥 News\n- *2026.02*: &nbsp;🎉🎉 One\n\n# 📝 "
    "Publications \n\n"
    + BOX.format(badge="Under Review 2025", image="a.png", text="**Looms that weave "
    "themselves**\n\n"
                 "Cy Babbage\\*, **Ada Lovelace**\\*, Jo Person (\\* Equal contribution)\n\n"
                 "[[Paper]](https://arxiv.org/abs/2509.20279) [[Website]](https://l.example/)")
    + BOX.format(badge="LOOM 2024", image="b.png", text="[Wide Looms for "
    "All](https://w.example/) \\\\"
                 "\n**Ada Lovelace**, Cy Babbage\n\n[**Project**](https://p.example/) "
                 "<strong><span "
                 "class='show_paper_citations' data='x'></span></strong>\n- The first of its kind.")
    + "# 🎖 Honors and Awards\n- *2021.10* A prize.\n\n# 📖 Educations\n- *2019 - now*, Loom.\n",
}  # fmt: skip
# minimal-light, with papers in `_data` or on the page.
MINIMAL = {
    "_config.yml": "title: Homepage of Ada Lovelace\nposition: PhD student\naffiliation: Loom "
    "University\nemail: ada@loom.example\ngoogle_scholar: "
    "https://scholar.google.com/citations?user=a"
    "\ngithub_link: https://github.com/ada\navatar: ./assets/img/avatar.png\n",
    "assets/img/avatar.png": PNG, "assets/img/a.png": PNG,
    "index.md": "---\nlayout: homepage\n---\n\n## About Me\n\nI weave.\n\n## News\n\n- **[Feb. "
    "2026]** "
    "One\n\n{% include_relative _includes/publications.md %}\n\n{% include_relative "
    "_includes/services.md %}\n",
    "_includes/publications.md": "<h2 id=\"publications\" style=\"margin: "
    "2px;\">Publications</h2>\n\n"
    "<div class=\"publications\">\n<ol class=\"bibliography\">\n\n{% for link in "
    "site.data.publications"
    ".main %}\n<li>{% for x in link.tags %}{{ x }}{% endfor %}\n{{ link.title }}</li>\n{% "
    "endfor %}\n"
    "</ol>\n</div>\n",
    "_includes/services.md": "## Services\n\n- Reviewer\n",
    "_data/publications.yml": "main:\n  - title: \"Looms that weave\"\n    authors: <strong>Ada "
    "Lovelace</strong>, Cy Babbage\n    conference_short: LOOM\n    conference: Conference on "
    "Looms "
    "<strong>(LOOM)</strong>, 2025. <strong>(Oral)</strong>\n    pdf: "
    "https://arxiv.org/abs/2502.00001"
    "\n    code: https://github.com/ada/l\n    page: https://l.example/\n    image: "
    "./assets/img/a.png\n    others: <a href=\"https://v.example\">Video</a>\n",
}  # fmt: skip
BARRON = (
    "<html><head><title>Ada Lovelace</title></head><body><table><tbody><tr><td><p class='name'>Ada "
    "Lovelace</p><p>I am an analyst at <a href='https://l.example'>Loom</a>.</p><p "
    "style='text-align:"
    "center'><a href='mailto:ada@loom.example'>Email</a> &nbsp;/&nbsp; <a "
    "href='data/cv.pdf'>CV</a> "
    "&nbsp;/&nbsp; <a href='https://scholar.google.com/citations?user=a'>Scholar</a></p></td><td>"
    "<a href='images/Ada.png'><img style='width:100%' alt='profile photo' src='images/ada.png' "
    "class='hoverZoomLink'></a></td></tr></tbody></table>\n<table><tr><td><h2>Research</h2>"
    "<p>I weave.</p></td></tr></table>\n<table>{rows}</table></body></html>"
)
ROW = (
    "<tr><td><img src='images/{0}.png'></td>\n<td><a "
    "href='https://arxiv.org/abs/2411.0000{0}'><span "
    "class='papertitle'>A Loom of Kind {0}</span></a><br>\n{1}<br>\n<em>LOOM</em>, 2024<br>\n"
    "<a href='https://p.example/{0}'>project page</a><p>Words.</p></td></tr>\n"
)


def import_files(folder, files) -> ImportResult:
    """Return the result of the import of a site of these files."""
    return detect.import_source(write(folder, files))


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of a kind."""
    return [document for document in result.documents if document.kind == kind]


def test_academic_homepage(tmp_path):
    """acad-homepage loses portrait, role, a profile, the order of sections, or what papers say."""
    result = import_files(tmp_path, ACADEMIC)
    owner = result.owner
    assert (owner.names, owner.role) == (["Ada Lovelace", "艾达"], "PhD student, Loom University")
    labels = {"Email", "GitHub", "LinkedIn", "DBLP", "Google Scholar", "Tumblr"}
    assert {label for label, _ in owner.social} == labels
    assert result.assets["images/portrait.png"].name == "me.png"
    (home,) = documents(result, "home")
    assert home.body.split("\n\n") == [
        "I weave with **engines**.", "## 🔥 News", "[NEWS]", "## 📝 Publications", "[PAPERS]",
        "## 🎖 Honors and Awards\n- *2021.10* A prize.", "## 📖 Educations\n- *2019 - now*, Loom.",
    ]  # fmt: skip
    assert [item.body for item in documents(result, "news")] == ["🎉🎉 One"]
    first, second = (paper.headers for paper in documents(result, "paper"))
    assert first["authors"] == "Cy Babbage*, Ada Lovelace*, Jo Person"
    assert (first["stage"], first["date"], first.get("venue")) == ("submitted", "2025-09", None)
    assert (first["image"], second["image"]) == ("images/a.png", "images/b.png")
    assert (second["venue"], second["date"]) == ("LOOM", "2024")
    assert second["links"] == "paper | https://w.example/\nwebsite | https://p.example/"
    assert documents(result, "paper")[1].body == "- The first of its kind."


def test_minimal_light(tmp_path):
    """minimal-light loses the portrait, the role, the place of its papers, or their buttons."""
    result = import_files(tmp_path, MINIMAL)
    assert (result.owner.name, result.owner.role) == (
        "Ada Lovelace",
        "PhD student, Loom University",
    )
    assert [label for label, _ in result.owner.social] == ["Email", "Google Scholar", "GitHub"]
    assert result.assets["images/portrait.png"].name == "avatar.png"
    assert documents(result, "home")[0].body.split("\n\n") == [
        "## About Me", "I weave.", "## News", "[NEWS]", "## Publications", "[PAPERS]", "## "
        "Services",
        "- Reviewer",
    ]  # fmt: skip
    (paper,) = documents(result, "paper")
    expected = {
        "venue": "Conference on Looms",
        "venue_short": "LOOM", "presentation": "Oral", "date": "2025",
        "arxiv": "2502.00001", "image": "a.png",
        "links": "code | https://github.com/ada/l\nwebsite | https://l.example/\n"
        "video | https://v.example",
    }  # fmt: skip
    assert {key: paper.headers[key] for key in expected} == expected


@pytest.mark.parametrize(("authors", "count"), [
    (("<strong>Ada Lovelace</strong>, <a href='https://c.example'>Cy Babbage</a>",) * 2, 2),
    (("<strong>Ada Lovelace</strong>, Cy Babbage", "<strong>Ada Lovelace</strong>"), 2),
    (("<strong>Ada Lovelace</strong>",) * 3, 3),
    (("Ada Lovelace, Cy Babbage", "Cy Babbage, Ada Lovelace", ""), 2),
])  # fmt: skip
def test_rows_of_one_author(tmp_path, authors, count):
    """A row with one author, or none, hides all papers of a page; portrait and links are lost."""
    rows = "".join(ROW.format(n, names) for n, names in enumerate(authors))
    pictures = {f"images/{name}.png": PNG for name in ("ada", *range(len(authors)))}
    files = {"index.html": BARRON.replace("{rows}", rows), "data/cv.pdf": b"%PDF", **pictures}
    result = import_files(tmp_path, files)
    assert len(documents(result, "paper")) == count
    assert all(paper.headers["image"] for paper in documents(result, "paper"))
    assert result.owner.social == [
        ("Email", "mailto:ada@loom.example"),
        ("Google Scholar", "https://scholar.google.com/citations?user=a"),
    ]
    assert result.assets["images/portrait.png"].name == "ada.png"
    (home,) = documents(result, "home")
    assert home.headers == {"title": "Ada Lovelace", "role": "analyst at Loom"}
    assert home.body.startswith(
        "I am an analyst at [Loom](https://l.example).\n\n[CV]({static}/images/cv.pdf)\n\n## "
        "Research\n\n"
        "I weave.\n\n[PAPERS]"
    )


@pytest.mark.parametrize(("picture", "is_portrait"), [
    ("![Me](img/me.png)", True),
    ('<img src="img/x.png" class="rounded-circle">', True),
    ('<a href="img/x.png"><img src="img/x.png"></a>', True),
    ("![A loom](img/x.png) ![Ada](img/lovelace.png)", True),
    ("![A loom](img/x.png) ![An engine](img/y.png)", False),
    ("![Ada](https://x.example/me.png)", False),
])  # fmt: skip
def test_portraits_by_hand(tmp_path, picture, is_portrait):
    """The portrait stays in the text, or another picture becomes it."""
    files = {f"img/{name}.png": PNG for name in ("me", "x", "y", "lovelace")}
    text = f"# Ada Lovelace\n\n{picture}\n\nI weave.\n\n## Papers\n\n![z](img/y.png)\n"
    result = import_files(tmp_path, {"index.md": text, **files})
    assert ("images/portrait.png" in result.assets) == is_portrait
    body = documents(result, "home")[0].body
    assert body.count("![") == 1 + 2 * (picture.count("![") == 2) - is_portrait * (
        picture.count("![") == 2
    )
    assert "\n\n\n" not in body


@needs_cases
@pytest.mark.parametrize(("name", "papers", "news"), [
    ("02-single-author-row-hides-all", 3, 0), ("03-minimal-light-home", 2, 2),
    ("04-star-badge-in-title", 2, 0), ("05-news-in-details", 0, 3), ("07-etc-before-venue", 2, 0),
    ("30-dagger-and-chinese-name", 1, 0), ("35-one-file-of-many-papers", 2, 0),
])  # fmt: skip
def test_cases(name, papers, news):
    """A small site of the cases loses papers or news."""
    result = detect.import_source(CASES / name / "input")
    assert (len(documents(result, "paper")), len(documents(result, "news"))) == (papers, news)
    (home,) = documents(result, "home")
    assert ("[PAPERS]" in home.body) == (papers > 0 and name[:2] != "35")
    assert home.body.count("[NEWS]") == (news > 0)


LANGUAGES = {
    "elements": "<div lang='en'>\n\nI weave.\n\n</div>\n<div lang='zh-CN'>\n\n我织布。\n\n</div>",
    "classes": "<section class='lang-en'><p>I weave.</p></section>\n<section "
    "class='lang-zh'><p>我织布。"
    "</p></section>",
    "inline": "<p><span data-lang=en>I weave.</span><span data-lang=zh>我织布。</span></p>",
    "headings": "## English\n\nI weave.\n\n## 中文版\n\n我织布。\n",
    "one heading": "I weave.\n\n## 中文简介\n\n我织布。\n",
}


@pytest.mark.parametrize("form", LANGUAGES)
def test_two_languages_on_one_page(tmp_path, form):
    """Two languages of a page stand one after the other, or one of them is lost."""
    page = f"---\ntitle: Ada Lovelace (艾达)\n---\n# Ada Lovelace\n\n{LANGUAGES[form]}\n"
    result = import_files(tmp_path, {"index.md": page})
    (home,) = documents(result, "home")
    (other,) = documents(result, "page")
    assert home.body.startswith("[中文]({filename}/pages/zh.md)")
    assert "I weave." in home.body and "我织布" not in home.body and "English" not in home.body
    assert (other.slug, other.headers["lang"]) == ("zh", "zh")
    assert "我织布。" in other.body and "I weave." not in other.body


@pytest.mark.parametrize("text", [
    "<p lang='en'>I weave.</p>\n\nWords.", "## English courses\n\nI teach.", "<div "
    "class='en'>A</div>",
    "## Languages\n\n- English\n- 中文\n",
])  # fmt: skip
def test_one_language_stays_one_page(tmp_path, text):
    """A page in one language is split."""
    result = import_files(tmp_path, {"index.md": f"# Ada Lovelace\n\n{text}\n"})
    assert not documents(result, "page")


@pytest.mark.parametrize(("text", "headers"), [
    ("**1.** `TITS 2025` [Looms of Many Kinds.](https://l.example/) <br/>\n**Ada Lovelace**, Cy "
     "Babbage. <br/>\nTransactions on Looms (TITS), 2025. "
     "[Download](https://arxiv.org/pdf/2403.16794)",
     {"title": "Looms of Many Kinds", "venue": "Transactions on Looms", "venue_short": "TITS",
      "arxiv": "2403.16794"}),
    ("<span>(Best Paper Award - Finalist)</span> [link](https://a.example/) <br/>\n**2.** `LOOM "
    "2025` "
     "[Looms of Many Kinds.](https://l.example/) <br/>\n**Ada Lovelace**, Cy Babbage.",
     {"title": "Looms of Many Kinds", "award": "Best Paper Award - Finalist", "venue": "LOOM",
      "links": "link | https://a.example/\npaper | https://l.example/"}),
    ("**[J1]** [Looms of Many Kinds](https://l.example/)<br>\nCy Babbage*, **Ada Lovelace "
    "(Co-first)**, "
     "Jo Person (corresponding author)<br>\n*LOOM*, 2025",
     {"authors": "Cy Babbage*, Ada Lovelace*, Jo Person†"}),
])  # fmt: skip
def test_boxes_of_papers(tmp_path, text, headers):
    """A number, an award with a link, or a remark after a name hides a paper of a box."""
    page = f"# Publications\n\n<div class='paper-box' markdown='1'>\n{text}\n</div>\n"
    result = import_files(tmp_path, {"_config.yml": "name: Ada Lovelace", "_pages/about.md": page})
    (paper,) = documents(result, "paper")
    assert {key: paper.headers.get(key, "") for key in headers} == headers


def test_examples_of_a_theme_are_left(tmp_path):
    """The examples of acad-homepage become papers, news and text of the home page."""
    lorem = "Lorem ipsum dolor sit amet, consectetur adipiscing elit."
    box = BOX.format(badge="CVPR 2016", image="a.png", text="[Deep Residual Learning for Images]("
                     f"https://x.example)\n\n**Kaiming He**, Jian Sun\n\n- {lorem}")  # fmt: skip
    page = (
        f"I weave.\n\n# News\n- *2022.02*: &nbsp;🎉🎉 {lorem}\n- *2022.03*: Real.\n\n"
        f"# Publications\n\n{box}"
        f"- [{lorem[:-1]}](https://github.com), A, B, C, **CVPR 2020**\n\n# Honors\n"
        f"- *2021.10* {lorem}\n"
        "- A prize.\n<button onclick='x()'>Show More</button>\n"
    )
    result = import_files(tmp_path, {"_config.yml": "name: Ada Lovelace", "_pages/about.md": page})
    assert not documents(result, "paper") and result.owner.names == ["Ada Lovelace"]
    assert [item.body for item in documents(result, "news")] == ["Real."]
    assert documents(result, "home")[0].body.endswith("## Honors\n- A prize.")
    assert sum("the theme's example" in note.message for note in result.notes) > 3


def test_references_below_headings_of_years(tmp_path):
    """A heading of a year or a type becomes the title of the reference below it."""
    page = (
        "---\ntitle: Publications\nauthor: Ada Lovelace\n---\n## Publications\n\n### Journal "
        "articles "
        "(peer-reviewed)\n\n#### 2021\n\n**Lovelace, A.**, & Babbage, C. (2021).  Looms or direct "
        "recall: On a procedure. _Psychonomic Looms & Review._ (https://doi.org/10.3758/s1)([PDF]("
        "https://l.example/x.pdf))\n\n#### 2020\n\nBabbage, C., & **Lovelace, A.** (2020). The "
        "uncanny of"
        " looms vs. engines. _Computers in Looms, 102,_ 274-286. (https://doi.org/10.1016/j.1)\n\n"
        "Babbage, C. (2019). Two ways to weave. _Looms_, _49_(3), 5. [10.1016/j.2](https://doi.org/"
        "10.1016/j.2) [osf](https://osf.io/abc)\n\n### Book chapters\n\nBabbage, C., & "
        "Lovelace, A. "
        "(2020). Robots. In M. Person (Ed.), _Die Maschine_ (pp. 1-10). Springer.\n\n### "
        "Patents\n\n#### 1."
        " A Method of Weaving Numbers\n*(Granted)*  \n&nbsp;&nbsp;**Authors:** Cy Babbage "
        "(Advisor), "
        "**Ada Lovelace**\n"
    )
    result = import_files(tmp_path, {"_config.yml": "title: x", "_pages/publications.md": page})
    papers = {paper.headers["title"]: paper.headers for paper in documents(result, "paper")}
    assert list(papers) == [
        "Looms or direct recall: On a procedure", "The uncanny of looms vs. engines",
        "Two ways to weave", "Robots", "A Method of Weaving Numbers",
    ]  # fmt: skip
    first, second, third, fourth, fifth = papers.values()
    assert (first["doi"], first["links"]) == ("10.3758/s1", "pdf | https://l.example/x.pdf")
    assert (second["venue"], second["volume"], second["pages"]) == (
        "Computers in Looms", "102", "274–286")  # fmt: skip
    assert (third["volume"], third["issue"], third["doi"]) == ("49", "3", "10.1016/j.2")
    assert third["links"] == "osf | https://osf.io/abc"
    assert (fourth["type"], fourth["editor"], fourth["venue"]) == (
        "chapter", "M. Person", "Die Maschine")  # fmt: skip
    assert (fifth["type"], fifth["authors"]) == ("patent", "Cy Babbage, Ada Lovelace")
    assert not any("selected" in headers for headers in papers.values())
    assert result.owner.names == ["Ada Lovelace", "A. Lovelace"]


def test_references_without_a_title_of_their_own(tmp_path):
    """A file, or an item of data, whose reference alone has the title is lost."""
    text = "Lovelace, A.J. (2009). Looms in the presence of words. _Current Looms, 18_, 95-100."
    item = "Babbage, C., & Lovelace, A. (2020). Learning of looms. <i>Looms, 139</i>, 266-298."
    result = import_files(tmp_path, {
        "_config.yml": "title: Ada Lovelace\n",
        "_publications/ada-2009.md": "---\ndate: 2009-04-01\npdf: /assets/pdf/l.pdf\nosr: https://"
        f"osf.io/jc9xs/\nteaser: https://x.example/t.png\n---\n\n{text}\n",
        "_data/publications.yml": f"- year: 2020\n  apa_reference: \"{item}\"\n  doi: 10.1037/a1\n",
        "assets/pdf/l.pdf": b"%PDF",
    })  # fmt: skip
    first, second = documents(result, "paper")
    assert first.headers["title"] == "Looms in the presence of words" and first.slug == "ada-2009"
    assert first.headers["links"] == "pdf | l.pdf\nosr | https://osf.io/jc9xs/"
    assert (second.headers["title"], second.headers["doi"]) == ("Learning of looms", "10.1037/a1")
    assert second.headers["venue"] == "Looms"
