"""Sites of HugoBlox: versions of a paper, widgets, formulas, talks, projects and the like."""

import pytest
from conftest import ROOT, write
from papers.importers import detect, writer
from papers.importers.common.publication_version import is_other_version
from papers.importers.result import ImportResult

CASES = ROOT.parent / "shared" / "cases" / "import"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"{CASES} was not found")
PNG = b"\x89PNG\r\n\x1a\n"
OWNER = (
    "---\ntitle: Ada Lovelace\nrole: Professor\nsuperuser: true\norganizations:\n- name: "
    "Loom\n{more}"
    "---\nI weave.\n"
)
PAPER = (
    "---\ntitle: Looms\nauthors: [admin, Cy Babbage]\ndate: '2024-02-01'\npublication: "
    "'*{venue}*'\n"
    "publication_types: ['{type}']\n{more}---\n"
)


def import_files(folder, files) -> ImportResult:
    """Return the result of the import of a site of these files, with an owner and a paper."""
    site = {
        "config/_default/hugo.yaml": "title: x",
        "content/authors/admin/_index.md": OWNER.format(more=""),
        "content/publication/a/index.md": PAPER.format(venue="Nature", type="2", more=""),
    }
    return detect.import_source(write(folder, site | files))


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of a kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.mark.parametrize(("first", "second", "different"), [
    ("Journal of Looms", "Proc. of the 2018 Conference on Looms", True),
    ("Nature", "2020 IEEE Research and Applications of Looms in Defense Conference (RALD)", True),
    ("Nature", "Science", True),
    ("ICML", "International Conference on Machine Learning", False),
    ("IEEE TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence", False),
    ("CVPR 2020", "Conference on Computer Vision and Pattern Recognition", False),
    ("NeurIPS", "Advances in Neural Information Processing Systems", False),
    ("J. Exp. Psychol.", "Journal of Experimental Psychology", False),
    ("PNAS", "Proceedings of the National Academy of Sciences", False),
    ("AAAI", "The 6th International Conference on Data-driven Optimization of Systems", True),
    ("NAACL", "North American Chapter of the Association for Computational Linguistics", False),
    ("arXiv", "Nature", False),
    ("", "Nature", False),
])  # fmt: skip
def test_versions_of_a_paper(first, second, different):
    """The journal's version of a paper is read as the conference's, or one paper for two."""
    assert is_other_version({"venue": first}, {"venue": second}) == different
    assert is_other_version({"venue": second}, {"venue": first}) == different


def test_two_versions_are_two_papers(tmp_path):
    """Of a journal and a conference version with one title, one is not written."""
    result = import_files(tmp_path / "old", {
        "content/publication/b/index.md": PAPER.format(
            venue="Conference on Looms", type="1", more=""
        ),
        "content/publication/c/index.md": PAPER.format(venue="Nature", type="2", more=""),
        "content/publication/d/index.md": PAPER.format(venue="arXiv", type="3", more=""),
    })  # fmt: skip
    list(writer.write_import(result, tmp_path / "content", "old"))
    texts = [path.read_text("utf-8") for path in sorted(tmp_path.glob("content/papers/*.md"))]
    assert sorted("Venue: Nature" in text for text in texts) == [False, True]
    assert sum("/publication/b/" in text for text in texts) == 1


@pytest.mark.parametrize(("name", "text"), [
    ("home/posts.md", "---\nwidget: pages\nheadless: true\ntitle: Recent Posts\n---\n"),
    ("home/news.md", "+++\nwidget = \"pages\"\ntitle = \"News\"\n+++\n"),
    ("post/list/index.md", "---\nwidget: pages\ntitle: Recent\ndate: 2020-01-01\n---\nx\n"),
    ("post/hidden/index.md", "---\nheadless: true\ntitle: Recent\ndate: 2020-01-01\n---\nx\n"),
    ("posts.md", "---\ntitle: Posts\n---\n"),
])  # fmt: skip
def test_widgets_are_no_news(tmp_path, name, text):
    """A widget of the home page becomes a news item."""
    result = import_files(tmp_path, {f"content/{name}": text})
    assert not documents(result, "news") and len(documents(result, "paper")) == 1


@pytest.mark.parametrize("text", [
    "summary: |\t\n  I weave.\n", "bio: I weave.\t\neducation:\n\tcourses:\n\t- course: PhD\n",
    "interests:\n-\tLooms\n\t\n- Sums\n",
])  # fmt: skip
def test_tabs_in_yaml(tmp_path, text):
    """A tab in the front matter of a person loses the person."""
    owner = OWNER.format(more=text)
    result = import_files(tmp_path, {"content/authors/admin/_index.md": owner})
    assert result.owner.name == "Ada Lovelace"
    assert documents(result, "paper")[0].headers["authors"] == "Ada Lovelace, Cy Babbage"
    assert documents(result, "home")[0].body.startswith("I weave.")


@pytest.mark.parametrize(("value", "file"), [
    ("image:\n  filename: featured\n", "featured.png"),
    ("image:\n  filename: featured.png\n", "Featured.PNG"),
    ("image:\n  filename: loom.jpg\n", "loom.png"),
    ("image:\n  caption: x\n", "featured.png"),
])  # fmt: skip
def test_figures_without_an_ending(tmp_path, value, file):
    """A figure that is named without its ending, or with another, is lost."""
    paper = PAPER.format(venue="Nature", type="2", more=value)
    files = {"content/publication/a/index.md": paper, f"content/publication/a/{file}": PNG}
    result = import_files(tmp_path, files)
    assert documents(result, "paper")[0].headers["image"] == file
    assert "was not found" not in "\n".join(map(str, result.notes))


def test_formulas_of_goldmark(tmp_path):
    """The backslashes that protect a formula from Goldmark stay in it."""
    text = (
        "---\ntitle: x\ndate: 2020-01-01\n---\n$r^{\\*}\\_1$ and \\*no\\* "
        "$\\text{a\\_b}$\n\n$$\na \\\\\\\\ b"
        "\n$$\n"
    )
    result = import_files(tmp_path, {"content/post/p/index.md": text})
    body = documents(result, "news")[0].body
    assert body == "$r^{*}_1$ and \\*no\\* $\\text{a\\_b}$\n\n$$\na \\\\ b\n$$"


def test_other_kinds_are_pages(tmp_path):
    """Talks, projects, courses, people, experience or awards are lost, or an example stays."""
    lists = (
        "experience:\n- {title: Weaver, company: Loom Ltd, date_start: '2020-01-01', date_end: "
        "''}\n"
        "awards:\n- {title: Best Loom, awarder: Society, date: '2021-05'}\n"
        "work:\n- {title: Blockchain Fundamentals}\n"
    )
    result = import_files(tmp_path, {
        "content/authors/admin/_index.md": OWNER.format(more=lists),
        "content/authors/cy/_index.md": "---\ntitle: Cy Babbage\nrole: Student\n---\nCy counts.\n",
        "content/event/t/index.md": "---\ntitle: A talk\nevent: LOOM\nlocation: London\ndate: "
        "'2023-06-01T13:00:00Z'\nabstract: We talk.\nurl_slides: https://s.example/\n---\n",
        "content/event/u/index.md": "---\ntitle: A later talk\ndate: '2024-06-01'\n---\n",
        "content/talk/e/index.md": "---\ntitle: Example Talk\ndate: 2030-01-01\n---\n",
        "content/project/p/index.md": "---\ntitle: A project\nsummary: Words.\nexternal_link: "
        "https://p.example/\n---\n",
        "content/project/p/featured.jpg": PNG,
        "content/courses/c/_index.md": "---\ntitle: Looms 101\n---\nA text.\n",
        "content/courses/_index.md": "---\ntitle: Courses\n---\n",
        "content/home/accomplishments.md": "+++\nwidget = 'accomplishments'\n[[item]]\ntitle = "
        "'Prize'"
        "\norganization = 'Fund'\ndate_start = '2018-10-01'\n+++\n",
        "content/home/off.md": "---\nwidget: experience\nactive: false\nexperience:\n- title: "
        "Boss\n---",
        "content/home/skills.md": "---\nwidget: blank\n---\nSome words.\n",
    })  # fmt: skip
    pages = {page.slug: page.body for page in documents(result, "page")}
    assert pages == {
        "talks": "## A later talk\n\n2024-06-01\n\n## A talk\n\nLOOM · London · "
        "2023-06-01\n\nWe talk."
        "\n\n[slides](<https://s.example/>)",
        "projects": "## [A project](https://p.example/)\n\n![A "
        "project]({static}/images/featured.jpg)"
        "\n\nWords.",
        "teaching": "## Looms 101\n\nA text.",
        "people": "## Cy Babbage\n\nStudent\n\nCy counts.",
        "experience": "## Weaver\n\nLoom Ltd · 2020-01-01 – today",
        "awards": "## Best Loom\n\nSociety · 2021-05\n\n## Prize\n\nFund · 2018-10-01",
    }
    notes = "\n".join(map(str, result.notes))
    assert "talk/e/index.md:1: is the theme's example" in notes
    assert "Some words." in documents(result, "home")[0].body


@needs_cases
@pytest.mark.parametrize(("name", "papers", "news"), [
    ("17-journal-and-conference-version", 2, 0), ("19-home-widget-of-posts", 1, 0),
    ("21-goldmark-math", 1, 1), ("23-venue-says-only-paper", 1, 0),
    ("26-two-published-versions", 2, 0),
])  # fmt: skip
def test_cases(tmp_path, name, papers, news):
    """A small site of the cases loses papers, or gains news."""
    result = detect.import_source(CASES / name / "input")
    list(writer.write_import(result, tmp_path, name))
    counts = [len([*tmp_path.glob(f"{kind}/*.md")]) for kind in ("papers", "news")]
    assert counts == [papers, news]
    if name.startswith("23"):
        assert "Venue: Phys. Lett. B" in next(tmp_path.glob("papers/*.md")).read_text("utf-8")


LANDING = """---
title: ''
type: landing
sections:
- block: hero
  content:
    title: Welcome
    text: We **weave** looms.
- block: collection
  content:
    title: Latest news
    filters: {folders: [post]}
- block: resume-biography-3
  content: {username: admin}
- block: collection
  content:
    title: My papers
    filters: {folders: [publication]}
- block: collection
  content:
    title: Also papers
    page_type: publication
- block: portfolio
  content:
    title: What I build
    filters: {folders: [project]}
- block: markdown
  content:
    title: Contact
    text: |-
      Feel free to write.
---
"""
ORDER = [
    "## Welcome", "We **weave** looms.", "## Latest news", "[NEWS]", "I weave.", "## My papers",
    "[PAPERS]", "## What I build", "[What I build]({filename}/pages/projects.md)", "## Contact",
    "Feel free to write.",
]  # fmt: skip
CONTENT = {
    "content/post/p/index.md": "---\ntitle: p\ndate: 2020-01-01\n---\nIt.\n",
    "content/project/l/index.md": "---\ntitle: Loom\n---\nA loom.\n",
}


def test_order_of_a_landing_page(tmp_path):
    """The home page loses the order of its sections, or their texts."""
    result = import_files(tmp_path, CONTENT | {"content/_index.md": LANDING})
    assert documents(result, "home")[0].body.split("\n\n") == ORDER


def test_order_of_widgets(tmp_path):
    """Widgets of the home page lose their order, or one that is off is shown."""
    widgets = {
        "hero": "weight: 10\ntitle: Welcome\nwidget: hero\n---\nWe **weave** looms.\n",
        "news": "weight: 20\ntitle: Latest news\nwidget: pages\ncontent: {page_type: post}\n---\n",
        "about": "weight: 30\nwidget: about\n---\n",
        "papers": "weight: 40\ntitle: My papers\nwidget: pages\ncontent: {page_type: "
        "publication}\n---",
        "work": "weight: 50\ntitle: What I build\nwidget: portfolio\ncontent: {page_type: "
        "project}\n---",
        "text": "weight: 60\ntitle: Contact\nwidget: blank\n---\nFeel free to write.\n",
        "off": "weight: 5\ntitle: Off\nactive: false\nwidget: blank\n---\nNot shown.\n",
    }
    files = {f"content/home/{name}.md": f"---\n{text}\n" for name, text in widgets.items()}
    result = import_files(tmp_path, CONTENT | files)
    assert documents(result, "home")[0].body.split("\n\n") == ORDER


def test_home_page_of_a_group(tmp_path):
    """A group's home page, which is nobody's, is lost; other texts are, too."""
    result = detect.import_source(write(tmp_path, CONTENT | {
        "config/_default/hugo.yaml": "title: Loom group",
        "content/_index.md": LANDING,
        "content/authors/ada/_index.md": "---\ntitle: Ada Lovelace\nrole: Head\n---\nAda leads.\n",
        "content/authors/cy/_index.md": "---\ntitle: Cy Babbage\nrole: Student\n---\nCy counts.\n",
        "content/publication/a/index.md": PAPER.format(venue="Nature", type="2", more=""),
        "content/join-us/index.md": "---\ntitle: Join us\n---\nWrite to us.\n",
        "content/tour/_index.md": LANDING.replace("title: ''", "title: Tour"),
        "content/slides/s/index.md": "---\ntitle: Slides\n---\nWords.\n",
    }))  # fmt: skip
    (home,) = documents(result, "home")
    assert home.headers["title"] == "Loom group"
    assert home.body.split("\n\n")[:4] == ORDER[:4] and "Feel free to write." in home.body
    pages = {page.slug: page for page in documents(result, "page")}
    assert pages.keys() == {"projects", "people", "join-us", "tour"}
    assert pages["join-us"].body == "Write to us." and "Ada leads." in pages["people"].body
    assert pages["tour"].body.startswith("## Welcome\n\nWe **weave** looms.")
    assert "slides/s/index.md: is a draft or a set of slides" in "\n".join(map(str, result.notes))


def test_addresses_of_examples(tmp_path):
    """The addresses of the theme's examples become links of papers."""
    links = (
        "links:\n- {name: Custom Link, url: 'http://example.org'}\nurl_pdf: "
        "http://eprints.soton.ac.uk/"
        "352095/1/Cushen-IMV2013.pdf\nurl_code: 'https://github.com/HugoBlox/hugo-blox-builder'\n"
        "url_video: https://v.example/\n"
    )
    paper = PAPER.format(venue="Nature", type="2", more=links)
    result = import_files(tmp_path, {"content/publication/a/index.md": paper})
    assert documents(result, "paper")[0].headers["links"] == "video | https://v.example/"


def test_portrait_and_cv_of_the_owner(tmp_path):
    """The avatar in assets/media, or the CV, is lost; attributes of Markdown stay as text."""
    more = (
        "avatar_filename: me.jpg\nprofiles:\n- {icon: cv, url: uploads/ada.pdf}\n"
        "- {icon: brands/github, url: 'https://github.com/ada'}\n"
    )
    owner = OWNER.format(more=more) + '\n{style="text-align: justify;"}\n\n## More\n\nWords.\n'
    files = {"content/authors/admin/_index.md": owner, "assets/media/me.jpg": PNG}
    result = import_files(tmp_path, files | {"static/uploads/ada.pdf": b"%PDF"})
    assert result.assets["images/portrait.jpg"].name == "me.jpg"
    assert result.owner.social == [("GitHub", "https://github.com/ada")]
    body = documents(result, "home")[0].body
    assert body.startswith("I weave.\n\n[CV]({static}/images/ada.pdf)\n\n## More\n\nWords.")


def test_a_paper_without_a_date_is_the_same(tmp_path):
    """A paper that stands twice, once without its date, is written twice."""
    undated = PAPER.format(venue="Nature", type="2", more="").replace("date: '2024-02-01'\n", "")
    other = undated.replace("*Nature*", "*Science*")
    result = import_files(tmp_path / "old", {
        "content/publication/b/index.md": undated, "content/publication/c/index.md": other,
    })  # fmt: skip
    list(writer.write_import(result, tmp_path / "content", "old"))
    assert len([*tmp_path.glob("content/papers/*.md")]) == 2
