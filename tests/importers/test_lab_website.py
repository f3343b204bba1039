"""Sites of Greene Lab's lab-website-template."""

import time

import pytest
from conftest import ROOT, write
from papers.importers import detect
from papers.importers.lab_website.components import convert_components
from papers.importers.result import ImportResult

CASE = ROOT.parent / "shared" / "cases" / "import" / "38-lab-website-template" / "input"
PNG = b"\x89PNG\r\n\x1a\n"
INDEX = """---
---

# Engine Lab

We build engines.

{% include section.html %}

## Highlights

{% capture text %}

Lorem ipsum dolor sit amet, consectetur.

{%
  include button.html
  link="research"
  text="See our papers"
%}

{% endcapture %}

{%
  include feature.html
  image="images/photo.jpg"
  link="team"
  title="Our Team"
  text=text
%}

{% capture text %}
We are few.
{% endcapture %}

{% include feature.html title="Second" text=text style="width: 50%" %}

{% include list.html data="posts" component="post-excerpt" %}
"""
CITATIONS = """# DO NOT EDIT, GENERATED AUTOMATICALLY

- id: doi:10.1000/one
  title: Notes on engines.
  authors: [Ada K Lovelace, Alan Turing]
  publisher: Nature
  date: '2024-05-02'
  link: https://doi.org/10.1000/one
  plugin: sources.py
  file: sources.yaml
  image: images/photo.jpg
  buttons:
  - type: source
    text: Manuscript Source
    link: https://github.com/lab/notes
  tags: [engines]
  repo: lab/code
- id: pubmed:12345
  title: Notes on engines.
  authors: [Ada K Lovelace]
  publisher: 'bioRxiv : the preprint server for biology'
  date: '2023-01-02'
- id: arxiv:2401.00001
  title: Third
  authors: [Cy Doe]
  publisher: Proceedings of Engines
  date: '2024-01-01'
- id: doi:10.1000/broken
"""
SITE = {
    "_config.yaml": "title: Engine Lab\nsubtitle: Analytical Society\ndescription: About us.\n"
    "links:\n  email: lab@a.example\n  google-scholar: XyZ\n  github: lab\n",
    "index.md": INDEX,
    "README.md": "# Template\n",
    "_data/citations.yaml": CITATIONS,
    "_data/sources.yaml": "- id: doi:10.1000/one\n- id: doi:10.1000/new\n- title: By hand\n"
    "  authors: [Ada K Lovelace]\n  publisher: Talk\n  date: 2020-01-02\n  link: https://a.example\n",
    "_data/types.yaml": "lead:\n  description: Head\nlabtech:\n  description: Technologist\n",
    "_data/projects.yaml": "- title: Demo\n  description: Lorem ipsum _dolor sit_ amet.\n"
    "- title: Engine\n  subtitle: Ours\n  description: It *runs*.\n  link: https://e.example\n"
    "  repo: lab/engine\n  tags: [brass]\n  phase: two\n",
    "_members/ada.md": "---\nname: Ada Lovelace\nrole: pi\naliases: [Ada K Lovelace]\n"
    "links:\n  orcid: 0000-0002-1825-0097\n  home-page: https://ada.example\n---\n\nAda leads.\n",
    "_members/ben.md": "---\nname: Ben\nrole: labtech\ngroup: alum\n"
    "image: images/photo.jpg\n---\nHi.\n",
    "_members/cy.md": "---\nname: Cy Doe\nrole: labtech\naliases: [C. Doe]\n---\nHi.\n",
    "_members/jane-smith.md": "---\nname: Jane Smith\nrole: pi\n---\n\n"
    "Lorem ipsum dolor sit amet.\n",
    "_posts/2025-03-04-grant.md": "---\ntitle: A grant\nauthor: ada\n---\n\nSee [us](/team).\n",
    "_posts/2019-01-07-example-post-1.md": "---\ntitle: Example\n---\n\n"
    "Lorem ipsum dolor sit amet\n",
    "research/index.md": "---\ntitle: Research\n---\n\n# Research\n\nWe study.\n\n"
    "## Highlighted\n\n"
    '{% include citation.html lookup="Third" %}\n\n## All\n\n{% include search-box.html %}\n'
    '{% include list.html data="citations" component="citation" %}\n',
    "team/index.md": '---\ntitle: Our team\n---\n\n# {% include icon.html icon="x" %}Our team\n\n'
    'With {% include portrait.html lookup="cy" %}.\n\n'
    '{% include list.html data="members" component="portrait" filter="role == \'pi\'" %}\n'
    '{% include list.html data="members" component="portrait" filter="role != \'pi\'" %}\n',
    "projects/index.md": "---\ntitle: Projects\n---\n\nWhat we make.\n\n## Featured\n\n"
    '{% include list.html data="projects" component="card" %}\n',
    "images/photo.jpg": PNG,
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> ImportResult:
    """The import of the site above."""
    return detect.import_source(write(tmp_path_factory.mktemp("lab") / "old", SITE))


def test_papers(result):
    """A record of the workflow is lost, or its id, button or repository."""
    papers = documents(result, "paper")
    assert [paper.headers["title"] for paper in papers] == [
        "Notes on engines", "Notes on engines", "Third", "By hand"]  # fmt: skip
    first, second, third, _ = (paper.headers for paper in papers)
    assert first | {"image_alt": ""} == {
        "title": "Notes on engines", "authors": "Ada K Lovelace, Alan Turing", "venue": "Nature",
        "date": "2024-05-02", "doi": "10.1000/one", "tags": "engines", "image": "photo.jpg",
        "links": "Manuscript Source | https://github.com/lab/notes\n"
        "code | https://github.com/lab/code", "image_alt": "",
    }  # fmt: skip
    assert (second["type"], second["venue"], second["pmid"]) == ("article", "bioRxiv", "12345")
    assert (third["type"], third["arxiv"], third["selected"]) == (
        "paper-conference", "2401.00001", "yes")  # fmt: skip


def test_owner_and_members(result):
    """Members lose their names in lists of authors, roles or order; the demo's are published."""
    owner = result.owner
    assert (owner.name, owner.role) == ("Engine Lab", "Analytical Society")
    assert owner.names == ["Ada Lovelace", "Ada K Lovelace"]
    assert owner.social[1] == (
        "Google Scholar", "https://scholar.google.com/citations?user=XyZ")  # fmt: skip
    assert result.people == {
        "Ada Lovelace": {"orcid": "0000-0002-1825-0097", "address": "https://ada.example"},
        "Cy Doe": {"aliases": ["C. Doe"]},
    }
    team = next(page for page in documents(result, "page") if page.slug == "team")
    assert team.headers["title"] == "Our team"
    assert team.body == (
        "With **Cy Doe**.\n\n## Ada Lovelace\n\nPrincipal Investigator\n\n"
        "[ORCID](https://orcid.org/0000-0002-1825-0097) · [Home page](https://ada.example)\n\n"
        "Ada leads.\n\n## Cy Doe\n\nTechnologist\n\nHi.\n\n"
        "## Ben\n\n![Ben]({static}/images/photo.jpg)\n\nTechnologist · alum\n\nHi."
    )


def test_home_posts_and_pages(result):
    """The home page loses its pieces, or each captured text is the last one."""
    (home,), (post,) = documents(result, "home"), documents(result, "news")
    assert home.body == (
        "We build engines.\n\n## Highlights\n\n### [Our Team]({filename}/pages/team.md)\n\n"
        "![Our Team]({static}/images/photo.jpg)\n\n"
        "[See our papers]({filename}/pages/research.md)\n\n### Second\n\nWe are few.\n\n[NEWS]"
    )
    assert home.headers["summary"] == "About us."
    assert post.headers["date"] == "2025-03-04" and post.headers["authors"] == "Ada Lovelace"
    assert post.body == "See [us]({filename}/pages/team.md)."
    pages = {page.slug: page.body for page in documents(result, "page")}
    assert pages.keys() == {"team", "projects", "research"} and pages["research"] == "We study."
    assert pages["projects"] == (
        "What we make.\n\n## [Engine](https://e.example)\n\nOurs · brass\n\nIt *runs*.\n\n"
        "[GitHub](https://github.com/lab/engine)"
    )


@pytest.mark.parametrize("words", [
    '"doi:10.1000/broken" has no title', '"doi:10.1000/new" is an id only', "jane-smith.md",
    "example-post-1.md", "_data/projects.yaml:1: is the template's example", '"two"', "filler",
])  # fmt: skip
def test_what_is_left_is_reported(result, words):
    """Something disappears without a word."""
    assert any(words in str(note) for note in result.notes)


@pytest.mark.parametrize(("text", "expected"), [
    ('{% include button.html type="email" text="us" link="a@b.example" %}',
     "[us](mailto:a@b.example)"),
    ('{% include figure.html image="images/a b.png" caption="Two" %}', "![Two](<images/a b.png>)"),
    ('{% include alert.html type="tip" content="Mind." %}', "Mind."),
    ('{% capture c1 %}A{% endcapture %}{% include cols.html col1=c1 col2="B" %}', "A\n\nB"),
    ('{% include card.html title="T" link="https://x.example" description="D" %}',
     "### [T](https://x.example)\n\nD"),
    ('{% include other.html x="y" %}', '{% include other.html x="y" %}'),
])  # fmt: skip
def test_components(text, expected):
    """A component of the template loses its words."""
    assert convert_components(text, False, lambda name, words: "") == expected


@pytest.mark.parametrize(
    "piece", ["{% capture a %}", "{% include a.html ", '{% include a.html b="']
)
def test_long_texts_take_no_time(piece):
    """Components without an end take minutes."""
    start = time.process_time()
    convert_components(piece * 1000, False, lambda name, words: "")
    assert time.process_time() - start < 10


@pytest.mark.skipif(not CASE.is_dir(), reason="the cases are not here")
def test_case():
    """Papers and members of the template are lost without a word."""
    result = detect.import_source(CASE)
    assert len(documents(result, "paper")) == 2 and len(documents(result, "news")) == 1
    assert "Ada leads the lab." in documents(result, "page")[0].body


def test_sources_that_describe_papers_are_papers(tmp_path):
    """A source with id, title and authors was "an id only", and one of ORCID was passed over."""
    sources = (
        "- id: doi:10.1000/g1\n  title: Looms one\n  authors: [Ada Lovelace]\n  publisher: Looms\n"
        "  date: 2024-05-05\n- id: doi:10.1000/g2\n- orcid: 0000-0002-1825-0097\n"
        "- id: doi:10.1000/g3\n  title: Known\n  authors: [Ada Lovelace]\n"
    )
    files = {
        "_config.yaml": "title: Loom Lab\n",
        "_data/sources.yaml": sources,
        "_data/citations.yaml": "- id: doi:10.1000/g3\n  title: Known\n  authors: [A B]\n",
        "_members/ada.md": "---\nname: Ada Lovelace\nrole: pi\n---\n",
        "index.md": "---\n---\n# Loom Lab\n\nLooms.\n",
    }
    result = detect.import_source(write(tmp_path, files))
    papers = [document for document in result.documents if document.kind == "paper"]
    assert sorted(paper.headers["title"] for paper in papers) == ["Known", "Looms one"]
    messages = [note.message for note in result.notes if note.kind == "left"]
    assert any("10.1000/g2" in message for message in messages)
    assert any("from a service" in message for message in messages)
