"""The command `import`, and the guides that show it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, run_papers, write

GUIDE = (ROOT / "docs" / "moving.md").read_text(encoding="utf-8")
SECTIONS = dict(
    (part.split("\n", 1)[0], part) for part in re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
)
BIB = """@article{lovelace2026, title = {Notes on {Engines}}, author = {Lovelace, Ada and
Turing, Alan}, year = 2026, journal = {Notes}, selected = {true}, preview = {e.png},
pdf = {n.pdf}}
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)
YAML = '---\ntitle: "Notes on Engines"\nauthors: [Ada Lovelace, Alan Turing]\ndate: 2026-02-03\n'
CITED = (
    "citation: 'Ada Lovelace, Alan Turing, &quot;Notes on Engines.&quot; Notes, 2026.'\n"
    "venue: Notes\npermalink: /publication/notes\n---\n"
    "[Access paper here](https://a.example/n.pdf)\n"
)
CARD = """# Ada

I am **Ada Lovelace**, analyst.

## News

- **[2026.02]** One paper accepted ðŸŽ‰

## Publications

<div class="paper-card"><h3>Notes on Engines</h3><p>Ada Lovelace, Alan Turing</p>
<span>ICLR2026</span><p>We note what engines can do, and what they cannot.</p>
<a href="https://arxiv.org/abs/2601.00001">[paper]</a></div>
"""
CSL = (
    '[{"id": "l", "type": "article-journal", "title": "Notes on Engines", "container-title":'
    ' "Notes", "author": [{"family": "Lovelace", "given": "Ada"},'
    ' {"family": "Turing", "given": "Alan"}],'
    ' "issued": {"date-parts": [[2026]]}}]'
)
RIS = (
    "TY  - JOUR\nTI  - Notes on Engines\nAU  - Lovelace, Ada\nAU  - Turing, Alan\nPY  - 2026\n"
    "T2  - Notes\nER  - \n"
)
ORCID = (
    '{"person": {"name": {"given-names": {"value": "Ada"}, "family-name": {"value": "Lovelace"}}},'
    ' "activities-summary": {"works": {"group": [{"work-summary": [{"type": "journal-article",'
    ' "title": {"title": {"value": "Notes on Engines"}}, "journal-title": {"value": "Notes"},'
    ' "publication-date": {"year": {"value": "2026"}}, "external-ids": {"external-id": []}}]}]}}}'
)
OLD = {
    "al-folio": {
        "old-site/_config.yml": "first_name: Ada\nlast_name: Lovelace\nscholar: {style: apa}",
        "old-site/_bibliography/papers.bib": BIB,
        "old-site/assets/img/publication_preview/e.png": PNG,
        "old-site/assets/pdf/n.pdf": b"%PDF-1.4",
        "old-site/_news/1.md": "---\ndate: 2026-02-01\ninline: true\n---\nA paper is out.\n",
        "old-site/_pages/about.md": "---\npermalink: /\nnews: true\n---\nI am Ada.\n",
    },
    "academicpages": {
        "old-site/_config.yml": "author: {name: Ada Lovelace, email: ada@a.example}\n",
        "old-site/_publications/2026-notes.md": YAML.replace("authors:", "by:") + CITED,
    },
    "HugoBlox (Wowchemy, Academic)": {
        "old-site/content/publication/notes/index.md": YAML + "publication: '*Notes*'\n---\n",
        "old-site/content/publication/notes/featured.png": PNG,
        "old-site/content/authors/admin/_index.md": "---\ntitle: Ada Lovelace\n---\nI am Ada.\n",
    },
    "luost26's academic homepage": {
        "old-site/_config.yml": "title: Ada\n",
        "old-site/_publications/2026/n.md": YAML + "pub: Notes\ncover: /assets/e.png\n---\n",
        "old-site/assets/e.png": PNG,
    },
    "acad-homepage and minimal-light": {
        "old-site/_config.yml": "author: {name: Ada Lovelace, email: ada@a.example}\n",
        "old-site/images/e.png": PNG,
        "old-site/_pages/about.md": "---\npermalink: /\n---\nI am Ada.\n\n# Publications\n\n<div "
        "class='paper-box'><div><div class='badge'>ICLR 2026</div><img src='images/e.png'></div>\n"
        "<div class='paper-box-text' markdown='1'>\n\n[Notes on Engines](https://arxiv.org/abs/"
        "2601.00001) \\\\\n**Ada Lovelace**, Alan Turing\n</div>\n</div>\n",
    },
    "A hand-written home page": {"old-site/index.md": CARD},
    "Zotero, DBLP, and any .bib file": {"papers.bib": BIB},
    "CSL-JSON, RIS, PubMed, EndNote": {
        "papers.json": CSL,
        "papers.ris": RIS,
        "pubmed.nbib": "PMID- 1\nTI  - Notes on Engines.\nFAU - Lovelace, Ada\nFAU - Turing, Alan\n"
        "DP  - 2026\nJT  - Notes\n",
        "papers.enw": "%0 Journal Article\n%T Notes on Engines\n%A Lovelace, Ada\n%A Turing, Alan\n"
        "%D 2026\n%J Notes\n",
        "papers.xml": '<xml><records><record><ref-type name="Journal Article">17</ref-type>'
        "<contributors><authors><author>Lovelace, Ada</author><author>Turing, Alan</author>"
        "</authors></contributors><titles><title>Notes on Engines</title></titles>"
        "<dates><year>2026</year></dates><periodical><full-title>Notes</full-title></periodical></record></records></xml>",
    },
    "ORCID": {"record.json": ORCID},
}  # fmt: skip


SAMPLE = b"Sample: yes"


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """Return a function that makes a new site in a folder, and runs the commands there."""
    first = tmp_path_factory.mktemp("begun") / "my-site"
    assert run_papers("init", first).returncode == 0

    def make(folder: Path, command: Path | None = None):
        site = shutil.copytree(first, folder / "my-site")

        def run(*arguments: str) -> subprocess.CompletedProcess:
            if command:
                line = [command, *arguments]
                options = {"capture_output": True, "encoding": "utf-8", "timeout": 120}
                done = subprocess.run(line, cwd=site, **options)
            else:
                done = run_papers(*arguments, cwd=site)
            assert "Traceback" not in done.stderr, done.stderr
            return done

        run.folder = site
        return run

    return make


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_guides_are_tried():
    """A guide describes the import from a system that no test imports."""
    guides = {name for name, text in SECTIONS.items() if "pelican-papers import" in text}
    assert guides == OLD.keys()


@pytest.mark.parametrize("system", OLD)
def test_guide(begun, request, tmp_path, system):
    """The commands of a guide do not run, lose the paper, or make a site that does not build."""
    # One guide is followed with the installed wheel, the others in faster forks.
    command = request.getfixturevalue("installed") if system == "al-folio" else None
    run = begun(write(tmp_path, OLD[system]), command)
    before = {name: data for name, data in files(tmp_path).items() if "my-site" not in name}
    shown = re.findall(r"^pelican-papers (import .+)", SECTIONS[system], re.MULTILINE)
    for line in shown:
        done = run(*line.split())
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Imported (" in done.stdout or line != shown[0]
    content = files(run.folder / "content")
    assert not [name for name, data in content.items() if "papers/" in name and SAMPLE in data]
    papers = b"".join(data for name, data in content.items() if name.startswith("papers/"))
    assert len(re.findall(rb"(?i)\btitle(?:: | = \{)Notes on", papers)) == 1
    assert b"Lovelace" in papers and b"2026" in papers
    assert (PNG in content.values()) == (PNG in OLD[system].values())
    # The old site is only read, and to import again changes nothing.
    imported = files(run.folder)
    for line in shown:
        assert "Nothing new was found." in run(*line.split()).stdout
    assert files(run.folder) == imported
    assert {name: data for name, data in files(tmp_path).items() if name in before} == before
    assert run("check").returncode == 0
    if system in ("al-folio", "academicpages"):
        conf = (run.folder / "pelicanconf.py").read_text(encoding="utf-8")
        assert 'SITENAME = "Ada Lovelace"' in conf
        assert content["home.md"].startswith(b"Title: Ada Lovelace\n")
        assert run("publish", "--url", "https://ada.example").returncode == 0


def test_edits_stay(begun, tmp_path):
    """A second import overwrites an edited, renamed or new file."""
    run = begun(write(tmp_path, OLD["A hand-written home page"]))
    assert run("import", "../old-site").returncode == 0
    content = run.folder / "content"
    paper, news = next(content.glob("papers/*.md")), next(content.glob("news/*.md"))
    paper.write_text(paper.read_text(encoding="utf-8") + "Mine.\n", encoding="utf-8")
    paper.rename(content / "papers" / "mine.md")
    news.rename(content / "news" / "moved.md")
    (content / "home.md").write_text("Title: Mine\n\n[PAPERS]\n", encoding="utf-8")
    before = files(run.folder)
    done = run("import", "../old-site")
    assert "Nothing new was found." in done.stdout and files(run.folder) == before
    assert "the same paper is in content/papers/mine.md, which was not changed" in done.stdout
    assert "content/home.md already exists with other text and was not changed" in done.stdout
    # What is new there comes.
    page = CARD.replace("## Publications", "- **[2026.03]** Another one\n\n## Publications")
    write(tmp_path, {"old-site/index.md": page})
    done = run("import", "../old-site")
    assert "Imported (" in done.stdout
    assert files(run.folder).keys() - before.keys() == {"content/news/2026-03-another-one.md"}


def test_what_cannot_be_imported(begun, tmp_path):
    """A folder that is no site ends with a traceback or silently, or an outside file is copied."""
    write(tmp_path, {
        "empty/x.txt": "", "broken.json": "[{", "binary.md": bytes(range(256)) * 9,
        "secret.pdf": b"secret", "old/_publications/x.md":
            YAML + "pdf: ../secret.pdf\nlink: 'javascript:alert(1)'\nvenue: V\n---\n",
        "old/_config.yml": "a: &a [x, x]\nb: &b [*a, *a]\n",
    })  # fmt: skip
    (tmp_path / "old" / "files").mkdir()
    (tmp_path / "old" / "files" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    run = begun(tmp_path)
    messages = {
        "../nowhere": (2, "does not exist (name a folder or a file)"),
        "../empty": (1, "contains no site of"),
        "../broken.json": (1, "broken.json"),
        "..": (2, "contains this site itself"),
        "../empty/x.txt": (1, "cannot be imported"),
    }
    before = files(run.folder)
    for source, (code, words) in messages.items():
        done = run("import", source)
        assert done.returncode == code and words in done.stderr, done
        assert files(run.folder) == before
    run("import", "../binary.md")
    done = run("import", "../old")
    content = files(run.folder / "content")
    assert b"secret" not in content.values()
    assert not any(b"javascript:" in data for data in content.values()), done.stdout
    assert "_publications/x.md" in done.stdout.split("Skipped (")[1]
