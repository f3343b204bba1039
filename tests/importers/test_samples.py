"""What templates come with, and folders that are not sites."""

import pytest
from conftest import write
from papers.importers import detect
from papers.importers import report as import_report
from papers.importers.result import SAMPLE, ImportNote
from papers.importers.samples import is_sample
from papers.importers.writer import write_import


def page(body, **header):
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    return f"---\n{lines}---\n\n{body}\n"


SAMPLES = [
    page("A simple inline announcement.", layout="post", inline="true"),
    page("A simple inline announcement with Markdown emoji! :sparkles: :smile:", date="2016-01-15"),
    page("Announcements and news can be much longer than just quick inline posts. In fact, …",
         title="A long announcement with details"),
    page("Every project has a beautiful feature showcase page.", title="project 3"),
    page("This theme supports rendering beautiful math.", title="a post with math"),
    "Write your biography here. Tell the world about yourself. Link to your favorite subreddit.",
    page("[Download](http://academicpages.github.io/files/paper1.pdf)",
         title='"Paper Title Number 1"',
         excerpt="'This paper is about the number 1. The number 2 is left for future work.'"),
    page("This is a description of your talk, which is a markdown file.",
         title='"Talk 1 on Relevant Topic in Your Field"'),
    page("* Ph.D in Version Control Theory, GitHub University, 2018 (expected)", title='"CV"'),
    page("{% include toc %}\n\n## Locations of key files/directories", title='"Markdown"'),
    page("{{% callout note %}}\nClick the *Cite* button above to demo the feature.",
         title="An example conference paper", authors="\n- admin\n- Robert Ford"),
    page("Slides can be added in a few ways:", title="Example Talk"),
    page("Next is a site of Hugo Blox.", title="Welcome to Hugo Blox Builder"),
]  # fmt: skip
OWN = [
    page("Our paper is accepted.", layout="post", inline="true"),
    page("A simple inline announcement. We have moved to Graz.", layout="post"),
    page("We look for dark matter.", title="project 1"),
    page("My group studies proofs.", title="a post with math"),
    page("This paper is about engines.", title='"Notes on Engines"'),
    page("I shall speak of looms.", title='"Talk 1 on Relevant Topic in Your Field"'),
    page("* Ph.D. in Mathematics, University of Graz", title='"CV"'),
    page("How I write Markdown.", title='"Markdown"'),
    page("Lorem ipsum is the subject of this paper.", title="A History of Lorem Ipsum"),
    page("Welcome to my page; I teach.", title="Welcome to my course"),
]


@pytest.mark.parametrize("text", SAMPLES)
def test_samples_of_templates_are_known(text):
    """A sample of a template is published under the owner's name."""
    assert is_sample(text)


@pytest.mark.parametrize("text", OWN)
def test_edited_samples_are_the_owners(text):
    """A sample that somebody has edited is skipped."""
    assert not is_sample(text)


def test_samples_are_left_out_and_listed(tmp_path):
    """News, papers, pages and entries of a template become the owner's, or vanish untold."""
    einstein = "author = {Einstein, Albert}, year = 1905, journal = {Annalen}"
    write(tmp_path, {
        "_config.yml": "first_name: Ada\nlast_name: Example\n",
        "_pages/about.md": page("Write your biography here. Tell the world about yourself.\n\n"
            "I am Ada.\n\nPut your address / P.O. box / other info right below your picture.",
            layout="about", permalink="/", news="false"),
        "_news/announcement_1.md": SAMPLES[0],
        "_news/mine.md": page("Ours is out.", date="2024-05-01"),
        "_bibliography/papers.bib": f"@article{{e, title = {{Bodies}}, {einstein}}}\n"
            "@misc{a, title = {Mine}, author = {Example, Ada}, year = 2024}\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    kinds = {document.kind: document for document in result.documents}
    assert len(result.documents) == 2 and kinds["news"].body == "Ours is out."
    assert kinds["news"].headers["status"] == "draft"  # `news: false` hides it.
    assert "I am Ada." in kinds["home"].body and "biography" not in kinds["home"].body
    assert "P.O. box" not in kinds["home"].body
    assert "Einstein" not in result.bib_files["papers.bib"]
    left = [str(note) for note in result.notes if note.kind == "left"]
    for name in ("_news/announcement_1.md", "papers.bib:1: e", "_pages/about.md"):
        assert any(name in line and "sample of the template" in line for line in left), left


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"README.md": "# A tool\n"}, ["README.md is about a repository", "Known are", "Quarto"]),
        ({"CLAUDE.md": "# Rules\n", "SECURITY.md": "# Bugs\n"}, ["CLAUDE.md, SECURITY.md"]),
        (
            {"package.json": "{}", "data/refs.bib": "@misc{a}"},
            ["import {}/data/refs.bib`", "React"],
        ),
        ({"next.config.js": "", "README.md": "# Me\n"}, ["Next.js"]),
        ({"src/page.html": "<p>x</p>"}, ["import {}/src/page.html`"]),
        ({"_config.yml": "theme: minima\n", "README.md": "# Me\n"}, ["README.md"]),
        ({"notes.txt": "x"}, ["Name the folder that has the site's settings"]),
    ],
)
def test_a_folder_that_is_no_site(tmp_path, files, words):
    """A README becomes the home page, or the message does not say what can be imported."""
    write(tmp_path, files)
    with pytest.raises(ValueError) as error:
        detect.import_source(tmp_path)
    for word in words:
        assert word.format(tmp_path) in str(error.value)


def test_a_bib_beside_pages(tmp_path):
    """A .bib beside a home page hides it, or a paper in both is there twice."""
    write(tmp_path, {
        "index.md": "# Ada Example\n\nI am Ada.\n\n## Publications\n\n"
            "- **Ada Example**, Ben Sample. *Notes on Engines*. Nature, 2020.\n",
        "papers.bib": "@article{n, title = {Notes on Engines}, author = {Ada Example and Ben "
            "Sample}, journal = {Nature}, year = 2020}\n",
        "README.md": "# About this repository\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    notes = [str(note) for note in write_import(result, tmp_path / "content", "old")]
    assert (tmp_path / "content" / "home.md").is_file()
    assert [path.name for path in (tmp_path / "content/papers").iterdir()] == ["papers.bib"]
    assert any("the same paper is in content/papers/papers.bib" in note for note in notes)


def test_what_is_hidden_stays_hidden(tmp_path):
    """A draft of the old site is published: a paper, a post, or an item of a list."""
    header = "---\ntitle: Of {}\ndate: 2024-01-01\n{}\n---\nThe secret of {}.\n"
    files = {
        f"{folder}/{name}/index.md": header.format(name, flag, name)
        for folder, name, flag in (
            ("publication", "looms", "draft: true"), ("post", "mills", "draft: true"),
            ("project", "gears", "draft: true"), ("project", "engines", "draft: false"),
            ("event", "belts", 'draft: "true"'),
        )
    }  # fmt: skip
    write(tmp_path / "content", files | {"authors/admin/_index.md": "---\ntitle: Ada\n---\nHi.\n"})
    result = detect.import_source(tmp_path)
    shown = [
        document.body for document in result.documents if document.headers.get("status") != "draft"
    ]
    assert "engines" in "".join(shown)
    assert not any(name in "".join(shown) for name in ("looms", "mills", "gears", "belts"))
    left = [str(note) for note in result.notes if "is hidden in the old site" in note.message]
    assert sorted(line.split("/")[2] for line in left) == ["belts", "gears"]


@pytest.mark.parametrize("flag", ["draft: true", "published: false", 'draft: "true"'])
def test_hidden_pages_are_drafts(tmp_path, flag):
    """A hidden page of a site is published, whatever its reader is."""
    write(tmp_path, {
        "_config.yml": "title: Ada Example\n", "_pages/about.md": "---\npermalink: /\n---\nHi.\n",
        "_pages/secret.md": f"---\ntitle: Secret\n{flag}\n---\nWords.\n",
        "_posts/2024-01-01-a.md": f"---\ntitle: Post\n{flag}\n---\nWords.\n",
    })  # fmt: skip
    documents = detect.import_source(tmp_path).documents
    statuses = {document.kind: document.headers.get("status") for document in documents}
    assert statuses == {"home": None, "page": "draft", "news": "draft"}


def test_a_report_of_samples_alone_says_that_nothing_is_to_be_done(tmp_path):
    """Below "To do first" stood nothing where only samples had been left out."""
    file = tmp_path / "report.md"
    points = import_report.list_points([], [ImportNote("left", "cv.md", f"cv {SAMPLE}")])
    import_report.update_report(file, points)
    assert "\n## To do first\n\nNothing: " in file.read_text("utf-8")
