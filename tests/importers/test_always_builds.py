"""An import ends with a site that builds, and with a list of what is left to do."""

import io
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from conftest import ROOT, absent, share, write
from papers.cli.main import main
from papers.images import image_file
from papers.importers.samples import is_sample
from papers.publish import check_site
from PIL import Image

SHARED = ROOT.parent / "shared"
CASES = SHARED / "cases" / "import"
CORPUS = SHARED / "corpus"


def run(*arguments, folder: Path) -> tuple[int, str, str]:
    """Run a command in this process for the site in a folder; return code and what it prints."""
    paths, settings = list(sys.path), ["--settings", folder / "pelicanconf.py"]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            code = main(
                [*map(str, arguments), *(map(str, settings) if arguments[0] != "init" else ())]
            )
        finally:
            sys.path[:] = paths
    assert "Traceback" not in err.getvalue()
    return code, out.getvalue(), err.getvalue()


def move(folder: Path, source: Path) -> tuple[int, str, str]:
    """Begin a site in a folder and import another one."""
    assert run("init", folder, folder=folder)[0] == 0
    return run("import", source, folder=folder)


def errors_of(folder: Path) -> list[str]:
    """Return what stops the build of a site."""
    paths = list(sys.path)
    problems = check_site(folder / "publishconf.py").problems
    sys.path[:] = paths
    return [str(problem) for problem in problems if not problem.notice]


def texts_of(folder: Path, kind: str) -> list[str]:
    """Return the texts of all files of a folder of content/."""
    paths = sorted((folder / "content" / kind).glob("*"))
    return [path.read_text("utf-8") for path in paths if path.suffix in (".md", ".bib")]


def sources_of_corpus() -> list[Path]:
    """Return all sites, pages and .bib files of the corpus."""
    patterns = ("academicpages/*", "hugoblox/*", "luost26/*", "jekyll-cards/*.md", "bib*/*.bib")
    return [path for pattern in patterns for path in sorted(CORPUS.glob(pattern))]


# Papers that are published, and news, of each case; a paper without authors is a draft.
COUNTS = {
    "01": (2, 0), "02": (3, 0), "03": (2, 2), "04": (2, 0), "05": (0, 3), "07": (2, 0),
    "08": (2, 1), "09": (1, 1), "11": (2, 1), "12": (1, 1), "13": (1, 1), "15": (1, 1),
    "16": (6, 1), "17": (2, 0), "19": (1, 0), "21": (1, 1), "23": (1, 0), "25": (0, 0),
    "26": (2, 0), "28": (1, 1), "29": (1, 0), "30": (1, 0), "33": (1, 1), "35": (2, 0),
    "37": (1, 0), "38": (2, 1),
}  # fmt: skip


def titles_of(source: Path) -> Iterator[str]:
    """Yield the titles in .bib files and in the front matter of publications, found by patterns."""
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    for path in (path for path in files if path.is_file()):
        text = path.read_text("utf-8", "replace")
        if path.suffix == ".bib" and path.name != "cite.bib":
            yield from re.findall(r"(?im)^\s*title\s*=\s*[{\"]+([^{}\"\n]+)", text)
        elif re.search("/_?publications?/[^_]", path.as_posix()) and not is_sample(text):
            yield from re.findall(r"(?m)\A---.*\n(?:.*\n)*?title:\s*[\"']?([^\n\"']+)", text)


def fold(text: str) -> str:
    """Return the letters and digits of a text, without case, accents and commands of TeX."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\\[a-zA-Z]+|&\w+;", "", text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def cases() -> list[Path]:
    """Return the small inputs; the one with a large picture takes longest, and is the last."""
    return sorted(CASES.glob("*"), key=lambda path: ("large" in path.name, path.name))


def name_of(path: Path | None) -> str:
    return path.name if path else "absent"


@pytest.mark.parametrize("case", share(cases(), 5) or [None], ids=name_of)
def test_case_builds(tmp_path, case):
    """A small site of one kind of fault ends in errors, or loses papers or news."""
    if case is None:
        absent("../shared/cases/import")
    code, printed, errors = move(tmp_path / "site", case / "input")
    assert code == 0, errors + printed
    papers, news = COUNTS.get(case.name[:2], (None, None))
    if papers is not None:
        assert f"The site builds: {papers} paper" in printed
        assert len(texts_of(tmp_path / "site", "news")) == news


@pytest.mark.parametrize("source", share(sources_of_corpus(), 12) or [None], ids=name_of)
def test_corpus_builds(tmp_path, source):
    """A real site ends in errors after its import."""
    if source is None:
        absent("../shared/corpus")
    code, printed, errors = move(tmp_path / "site", source)
    assert code == 0, errors + printed[-2000:]
    assert errors_of(tmp_path / "site") == []
    # What a simple count finds is in the site, or in the report.
    paths = (path for path in (tmp_path / "site").rglob("*") if path.suffix in (".md", ".bib"))
    output = fold(printed + "".join(path.read_text("utf-8") for path in paths))
    assert [title for title in titles_of(source) if fold(title)[:40] not in output] == []


OLD = {
    "_config.yml": "first_name: Ada\nlast_name: Example\nemail: ada@a.example\n",
    "_pages/about.md": "---\nlayout: about\npermalink: /\n---\nSee [my dog](/dog/), my "
    "[cat](cat.html), <a href='/fox'>fox</a> and $\\nope{x}$.\n\nOne [paper](/papers/none/).\n",
    "_news/1.md": "---\ntitle: Out\ndate: sometime\n---\nA paper [is out](/gone/).\n",
    "_bibliography/papers.bib": """
@inproceedings{talk2008, title = {A Talk}, author = {A Example}, year = 2008}
@article{press2026, title = {A Press}, author = {A B}, journal = {J}, year = {In press}}
@article{utc, title = {A Date}, author = {A B}, journal = {J}, date = {2024-05-06 10:00 UTC}}
@data{d2024, title = {Data}, author = {A B}, year = 2024, doi = {10.1000/1}, isbn = {1, 2}}
@misc{award2024, title = {An Award}, year = 2024}
@misc{ids, title = {Wrong Ids}, author = {A B}, year = 2020, doi = {10012/7840}, pmid = {null}}
@misc{twice, title = {First}, author = {Example, Ada}, year = 2020, note = {a}, note = {b}}
@misc{twice, title = {Second}, author = {Example, Ada}, year = 2021}
@misc{a key, title = {A Key}, author = {Example, Ada}, year = 2022}
@misc{open, title = {Nothing Ends It, author = {Example, Ada}, year = 2022}
""",
}  # fmt: skip


def test_each_fault_is_repaired_and_reported(tmp_path):
    """A fault of an old site stops the build, or is repaired without a word."""
    write(tmp_path / "old", OLD)
    folder = tmp_path / "site"
    code, printed, _ = move(folder, tmp_path / "old")
    assert code == 0, printed
    bib, home = texts_of(folder, "papers")[0], (folder / "content/home.md").read_text("utf-8")
    for words in (
        "@misc{talk2008", "date = {2026}", "@dataset{d2024", "_doi = {10012",
        "_pmid = {null}", "_note = {b}", "{twice-2,", "{akey,", "status = {draft}",
        "% (at)misc{open, title",
    ):  # fmt: skip
        assert words in bib
    assert "See my dog, my cat, fox and `$\\nope{x}$`." in home
    assert "Status: draft" in texts_of(folder, "news")[0]
    # Each is in the report, and `check` shows it until it is done.
    report = (folder / "import-report.md").read_text("utf-8")
    assert report.rstrip().endswith("To look at the site, run `pelican-papers serve`.")
    assert report.count("## ") == 5 and "\n1. complete what is not on the site yet" in report
    code, shown, _ = run("check", folder=folder)
    assert code == 0
    for words in (
        "talk2008: venue: missing", 'press2026: year: "In press"', '"10012/7840" is not a valid '
            'doi id',
        '"/dog/" is not a page', "award2024: authors: missing", "$\\nope{x}$ cannot be shown",
        "date: missing",
    ):  # fmt: skip
        assert words in report and words in shown, words
    assert report.index("award2024") < report.index("talk2008")
    last = printed.rstrip().split("\n")
    assert last[-1] == "To look at the site, run `pelican-papers serve`."
    steps = [line for line in last if re.match(r"  \d\. ", line)]
    assert 1 <= len(steps) <= 5 and "not on the site yet" in steps[0]
    # A point is done where it is ticked, or where its mark is gone.
    news = next((folder / "content/news").glob("*.md"))
    news.write_text(news.read_text("utf-8").replace("Status: draft", "Date: 2024"), "utf-8")
    ticked = re.sub(r"- \[ \] (.*talk2008)", r"- [x] \1", report)
    (folder / "import-report.md").write_text(ticked, "utf-8")
    shown = run("check", folder=folder)[1]
    assert "talk2008" not in shown and "date: missing" not in shown and "/dog/" in shown
    # To import again changes nothing.
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "Nothing new was found." in run("import", tmp_path / "old", folder=folder)[1]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_files_of_others_are_not_repaired(tmp_path):
    """An import changes a file that it has not written."""
    folder = tmp_path / "site"
    assert run("init", folder, folder=folder)[0] == 0
    mine = (
        write(folder / "content", {"papers/mine.md": "Title: Mine\n\nText.\n"}) / "papers/mine.md"
    )
    write(tmp_path / "old", {"a.bib": "@misc{a, title = {T}, author = {A B}, year = 2020}\n"})
    code, printed, _ = run("import", tmp_path / "old" / "a.bib", folder=folder)
    assert code == 1 and "content/papers/mine.md: authors: missing" in printed
    assert mine.read_text("utf-8") == "Title: Mine\n\nText.\n"


def test_import_into_a_clone(tmp_path):
    """A site that `init` of a clone has begun has no plugin, or a fork keeps our name."""
    write(tmp_path / "old", OLD)
    clone = tmp_path / "clone"
    for name in ("plugins", "theme"):
        (clone / name).parent.mkdir(exist_ok=True)
        (clone / name).symlink_to(ROOT / name)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, clone)
    (clone / "content").mkdir()

    def start(*arguments: str, cwd: Path) -> str:
        program = [sys.executable, str(clone / "plugins" / "papers"), *arguments]
        done = subprocess.run(program, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "The site builds" in start("import", "../old", cwd=clone)
    settings = (clone / "pelicanconf.py").read_text("utf-8")
    assert 'SITENAME = "Ada Example"' in settings and "mailto:ada@a.example" in settings
    start("init", "../site", cwd=clone)
    assert "The site builds" in start("import", "../old", cwd=tmp_path / "site")


def test_links_from_the_root_lead_on_in_a_folder(tmp_path):
    """The first publication to GitHub Pages ends in errors that no preview has shown."""
    lists = "[papers](/publications/), <a href='/news/'>news</a>"
    write(tmp_path / "old", OLD | {
        "_pages/about.md": f"---\npermalink: /\n---\nSee {lists}.\n",
        "_pages/teaching.md": f"---\ntitle: Courses\npermalink: /teaching/\n---\nSee {lists}.\n",
        "_news/1.md": f"---\ndate: 2024-01-01\n---\nSee {lists}, [courses](/teaching/).\n",
    })  # fmt: skip
    folder = tmp_path / "site"
    assert move(folder, tmp_path / "old")[0] == 0
    paths = list(sys.path)
    problems = check_site(folder / "publishconf.py", SITEURL="https://ada.github.io/home").problems
    sys.path[:] = paths
    assert [str(problem) for problem in problems if not problem.notice] == []
    assert "[papers](/publications/)" in (folder / "content/home.md").read_text("utf-8")
    assert "[papers](/publications/)" in texts_of(folder, "pages")[0]
    assert "See [papers](/publications/), " in texts_of(folder, "news")[0]


def test_pictures_of_too_many_pixels_and_broken_ones(tmp_path, monkeypatch):
    """A picture that cannot be published stops the build, or the site loses one that can."""
    monkeypatch.setattr(image_file._open.__wrapped__, "__defaults__", (6_000_000,))
    large = io.BytesIO()
    Image.new("L", (3000, 3000)).save(large, "PNG")
    write(tmp_path / "old", {
        "_config.yml": "title: Ada Example\nauthor: {name: Ada Example, avatar: me.png}\n",
        "_pages/about.md": "---\npermalink: /\n---\n![A large one](/images/large.png)\n\n"
            "![One that is none](/images/broken.png) and ![nothing](/images/empty.jpg).\n",
        "images/large.png": large.getvalue(), "images/me.png": large.getvalue(),
        "images/broken.png": b"no picture", "images/empty.jpg": b"",
    })  # fmt: skip
    folder = tmp_path / "site"
    code, printed, _ = move(folder, tmp_path / "old")
    assert code == 0, printed
    pictures = folder / "content" / "images"
    assert sorted(path.name for path in pictures.iterdir()) == ["large.png", "portrait.png"]
    assert {image_file.measure_image(path) for path in pictures.iterdir()} == {(2400, 2400)}
    home = (folder / "content/home.md").read_text("utf-8")
    assert "![A large one]({static}/images/large.png)" in home and "broken" not in home
    report = (folder / "import-report.md").read_text("utf-8")
    for words in ("scaled down to 2,400 × 2,400 pixels", "images/broken.png: is not an image"):
        assert words in report
