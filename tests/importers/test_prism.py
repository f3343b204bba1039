"""Sites of PRISM: TOML, Markdown and BibTeX around a program of Next.js."""

import pytest
from conftest import ROOT, write
from papers.importers import detect
from papers.importers.result import ImportResult

CASE = ROOT.parent / "shared" / "cases" / "import" / "28-prism" / "input"
PNG = b"\x89PNG\r\n\x1a\n"
CONFIG = """[site]
title = "Ada's page"
description = "About engines."
[author]
name = "Ada Lovelace (艾达)"
title = "Analyst"
institution = "Analytical Society"
avatar = "/me.png"
[social]
email = "ada@example.org"
github = "https://github.com/ada"
location = "London"
location_details = ["Room 1", "12 St James's Square"]
cv = "/files/cv.pdf"
wechat_id = "ada-1843"
[[navigation]]
title = "About"
target = "about"
[[navigation]]
title = "Papers"
target = "publications"
[[navigation]]
title = "Projects"
target = "projects"
[[navigation]]
title = "CV"
target = "cv"
[[navigation]]
title = "Blog"
type = "link"
href = "https://blog.example"
"""
ABOUT = """type = "about"
[profile]
research_interests = ["Engines", "Numbers"]
[[sections]]
id = "news"
type = "list"
title = "What is new"
source = "news.toml"
[[sections]]
type = "markdown"
title = "About me"
source = "bio.md"
[[sections]]
type = "publications"
title = "Selected work"
filter = "selected"
[[sections]]
type = "list"
title = "Service"
source = "service.toml"
"""
BIB = """@inproceedings{one, title = {One}, author = {Ada Lovelace#* and Alan Turing# and Cy Doe*},
  conference = {ICML}, year = 2024, selected = {true}, preview = {one.png}, pdfUrl = {one.pdf},
  shortName = {ICML'24}, status = {accepted}, description = {What it says.}}
@misc{two, title = {Two}, author = {Lovelace, Ada}, year = 2023, status = {draft}}
"""
SITE = {
    "package.json": '{"dependencies": {"next": "15"}}',
    "README.md": "# PRISM\n\nA template.\n",
    "src/app/page.tsx": "export default 1;\n",
    "content/config.toml": CONFIG,
    "content/about.toml": ABOUT,
    "content/bio.md": "## About me\n\nI count, see [projects](/projects) and "
    "[all](/publications).\n",
    "content/news.toml": '[[items]]\ndate = "2025-06"\ncontent = "A **paper** at [X](https://x.example)."'
    '\n[[items]]\ndate = "2024"\ncontent = "Second item of news. And more."\n',
    "content/service.toml": '[[items]]\ndate = "2023"\ncontent = "Reviewer of Notes"\n',
    "content/publications.toml": 'type = "publication"\ntitle = "Papers"\n'
    'source = "publications.bib"\n',
    "content/publications.bib": BIB,
    "content/projects.toml": 'type = "card"\ntitle = "Projects"\ndescription = "What I build."\n'
    '[[items]]\ntitle = "Engine [v2]"\nsubtitle = "Lead"\ndate = "1843"\n'
    'tags = ["brass", "steam"]\n'
    "content = '''\n# Parts\n- a wheel\n'''\nlink = \"https://engine.example\"\n"
    'image = "/engine.png"\n'
    '[[items]]\ntitle = "Notes"\nteam = "two people"\n',
    "content/cv.toml": 'type = "text"\ntitle = "Vita"\nsource = "cv.md"\n',
    "content/cv.md": "# Education\n\nAt home.\n",
    "content/hidden.toml": 'type = "card"\n[[items]]\ntitle = "Hidden"\n',
    "content_zh/config.toml": '[author]\nname = "阿达"\n',
    "content_zh/bio.md": "我算。\n",
    "public/me.png": PNG,
    "public/engine.png": PNG,
    "public/papers/one.png": PNG,
    "public/pdf/one.pdf": b"%PDF-1",
    "public/files/cv.pdf": b"%PDF-2",
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.fixture
def result(tmp_path) -> ImportResult:
    """The import of the site above."""
    return detect.import_source(write(tmp_path / "old", SITE))


def test_owner(result):
    """A site of PRISM loses name, role, profiles or portrait, or its README is the home page."""
    owner = result.owner
    assert (owner.name, owner.role) == ("Ada Lovelace", "Analyst, Analytical Society")
    assert owner.names == ["Ada Lovelace", "艾达", "阿达"]
    assert owner.social == [
        ("Email", "mailto:ada@example.org"),
        ("GitHub", "https://github.com/ada"),
    ]
    assert result.assets["images/portrait.png"].name == "me.png"


def test_home_page_has_the_sections_in_order(result):
    """Sections come in another order, or what is not a profile is lost."""
    (home,) = documents(result, "home")
    assert home.headers["summary"] == "About engines."
    assert home.body == (
        "## What is new\n\n[NEWS]\n\n"
        "Room 1, 12 St James's Square, London · [CV]({static}/images/cv.pdf) · "
        "Wechat id: ada-1843\n\n"
        "## About me\n\nI count, see [projects]({filename}/pages/projects.md) and "
        "[all](/publications/).\n\n"
        "## Selected work\n\n[PAPERS]\n\n## Service\n\n- 2023 – Reviewer of Notes\n\n"
        "## Research interests\n\n- Engines\n- Numbers"
    )


def test_papers_are_read_as_prism_shows_them(result):
    """Marks of authors change their meaning, or a field of PRISM is lost."""
    text = result.bib_files["publications.bib"]
    assert "Ada Lovelace*† and Alan Turing* and Cy Doe†" in text
    assert "pdf = {one.pdf}" in text and "abbr = {ICML'24}" in text
    assert "pubstate = {accepted}" in text and "status = {draft}" in text
    assert {"papers/one.pdf", "papers/one.png"} <= result.assets.keys()


def test_news_and_pages(result):
    """News, cards or texts are lost, or what no menu shows is published."""
    news = documents(result, "news")
    assert [(item.headers["date"], item.headers["title"]) for item in news] == [
        ("2025-06", "A paper at X"), ("2024", "Second item of news")]  # fmt: skip
    pages = {page.slug: page for page in documents(result, "page")}
    assert pages.keys() == {"projects", "cv"}
    assert pages["cv"].headers["title"] == "Vita"
    assert pages["projects"].body == (
        "What I build.\n\n## [Engine &#91;v2&#93;](https://engine.example)\n\n"
        "![Engine &#91;v2&#93;]({static}/images/engine.png)\n\nLead · 1843 · brass, steam\n\n"
        "### Parts\n- a wheel\n\n## Notes"
    )  # fmt: skip
    left = [str(note) for note in result.notes if note.kind == "left"]
    assert any("content/hidden.toml" in note for note in left)
    assert any("two people" in note for note in left)
    assert any("https://blog.example" in note for note in left)
    assert any("content_zh" in note for note in left)
    assert not any("was a page" in note for note in left)


@pytest.mark.skipif(not CASE.is_dir(), reason="the cases are not here")
def test_case():
    """PRISM's README becomes the home page, and nothing else is read."""
    result = detect.import_source(CASE)
    (home,), (news,) = documents(result, "home"), documents(result, "news")
    assert result.owner.name == "Ada Example" and "I work on examples." in home.body
    assert news.headers["date"] == "2025-06" and list(result.bib_files) == ["publications.bib"]


@pytest.mark.parametrize("files", [
    # An older release has the sections in the settings.
    {"content/config.toml": CONFIG + '[[sections]]\ntype = "markdown"\nsource = "bio.md"\n'},
    # Settings that cannot be read, and a page that is missing.
    {"content/config.toml": CONFIG, "content/about.toml": "type = [[["},
    {"content/config.toml": CONFIG, "content/about.toml": ABOUT},
])  # fmt: skip
def test_incomplete_sites(tmp_path, files):
    """A part that is missing or broken ends the import, or is not reported."""
    write(tmp_path, files | {"content/bio.md": "I count.\n", "package.json": "{}"})
    result = detect.import_source(tmp_path)
    assert result.owner.name == "Ada Lovelace" and documents(result, "home")
    assert any(note.kind == "left" for note in result.notes)
