"""What the wheel says about the project, and the workflows that test and publish it."""

import re
import runpy
import subprocess
import tomllib
from email import message_from_string
from fnmatch import fnmatchcase

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, write
from markdown import markdown

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REPOSITORY = PROJECT["urls"]["Repository"]
RELEASE = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
TESTS = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def metadata(installed):
    """What PyPI gets to know."""
    file = next(installed.parents[1].glob("lib/python*/site-packages/pelican_papers-*/METADATA"))
    return message_from_string(file.read_text(encoding="utf-8"))


def test_metadata(metadata):
    """PyPI shows no link to the documentation, or does not list the project as a plugin."""
    urls = dict(line.split(", ") for line in metadata.get_all("Project-URL"))
    assert urls.keys() == {"Documentation", "Repository", "Changelog", "Issues"}
    assert all(url.startswith(REPOSITORY) for url in urls.values())
    kinds = set(metadata.get_all("Classifier"))
    assert {f"Framework :: Pelican :: {kind}" for kind in ("Plugins", "Themes")} < kinds
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {oldest}" in kinds


def test_description_on_pypi(metadata):
    """On PyPI, a link or picture of the README is a dead link, or an example is altered."""
    pages = [
        BeautifulSoup(markdown(text, extensions=["fenced_code", "tables"]), "html5lib")
        for text in ((ROOT / "README.md").read_text(encoding="utf-8"), metadata.get_payload())
    ]
    codes = [[code.get_text() for code in page.select("code")] for page in pages]
    assert codes[0] == codes[1] != []
    raw = REPOSITORY.replace("github.com", "raw.githubusercontent.com")
    links = [link["href"] for link in pages[1].select("a[href]") if link["href"][0] != "#"]
    assert links and all(re.match("https://|mailto:", link) for link in links)
    pictures = [
        word
        for node in pages[1].select("img, source")
        for value in (node.get("src"), node.get("srcset"))
        for word in (value or "").split()[:1]
    ]
    assert all(picture.startswith("https://") for picture in pictures)
    # What is linked is there, and on the branch that the addresses name.
    for link in [*links, *pictures]:
        if match := re.match(rf"(?:{REPOSITORY}/blob|{raw})/main/([^#]+)", link):
            assert (ROOT / match[1]).exists(), link


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[a](docs/a.md)", "[a](BLOB/docs/a.md)"),
        ("[a](https://a.example) [b](#b)", "[a](https://a.example) [b](#b)"),
        ("![p](.github/p.png)", "![p](RAW/.github/p.png)"),
        ("[![p](p.png)](docs/)", "[![p](RAW/p.png)](BLOB/docs/)"),
        ('<img alt="p" src="p.png">', '<img alt="p" src="RAW/p.png">'),
        ('<source media="x" srcset="dark.png">', '<source media="x" srcset="RAW/dark.png">'),
        ('<a href="docs/a.md">a</a>', '<a href="BLOB/docs/a.md">a</a>'),
        ("`[s]({static}s.pdf)` `![p](p.png)`", "`[s]({static}s.pdf)` `![p](p.png)`"),
    ],
)
def test_links_become_absolute(text, wanted):
    """A form of links or pictures in the README is relative on PyPI."""
    hooks = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    for rule in hooks["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(rule["pattern"], rule["replacement"], text)
    raw = REPOSITORY.replace("github.com", "raw.githubusercontent.com")
    assert text == wanted.replace("BLOB", f"{REPOSITORY}/blob/main").replace("RAW", f"{raw}/main")


def test_one_address():
    """Files disagree about where the project is."""
    command = ["git", "grep", "-hoE", r"github(usercontent)?\.com/[A-Za-z0-9-]+/pelican-papers\b"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    owners = {line.split("/")[1] for line in done.stdout.split()}
    assert owners <= {REPOSITORY.split("/")[-2]} and REPOSITORY.endswith("/pelican-papers")


NOTES = "# Changes\n\n## 0.4.0 (unreleased)\n\n- New.\n\n## 0.2.0 - 2026-12-24\n\n- One.\n"
NOTES += "\n## [0.1.0]\n\n- Old.\n"


@pytest.mark.parametrize(
    ("tag", "version", "expected"),
    [
        ("v0.2.0", "0.2.0", "- One."),
        ("v0.1.0", "0.1.0", "- Old."),
        ("v0.2.0", "0.1.0", "The tag is v0.2.0, and pyproject.toml has 0.1.0: tag it v0.1.0."),
        ("0.2.0", "0.2.0", "The tag is 0.2.0, and pyproject.toml has 0.2.0: tag it v0.2.0."),
        ("v0.2", "0.2", "CHANGELOG.md has no section 0.2"),
        ("v0.3.0", "0.3.0", "CHANGELOG.md has no section 0.3.0"),
        ("v0.4.0", "0.4.0", "CHANGELOG.md has no section 0.4.0 with a date"),
    ],
)  # fmt: skip
def test_release_notes(tmp_path, tag, version, expected):
    """A release is published under another version, or without a word about what is new."""
    write(tmp_path, {
        "pyproject.toml": f'[project]\nversion = "{version}"\n', "CHANGELOG.md": NOTES,
        ".ci/release_notes.py": (ROOT / ".ci/release_notes.py").read_text(encoding="utf-8"),
    })  # fmt: skip
    read_notes = runpy.run_path(str(tmp_path / ".ci/release_notes.py"))["read_notes"]
    if expected.startswith("- "):
        assert read_notes(tag) == expected
    else:
        with pytest.raises(SystemExit, match=re.escape(expected)):
            read_notes(tag)


def test_release_has_least_rights():
    """A job of the release can do more than it needs, or publishes what was not tested."""
    jobs = RELEASE["jobs"]
    assert RELEASE["permissions"] == {} and RELEASE[True] == {"push": {"tags": ["v[0-9]*"]}}
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "attest": {"attestations": "write", "id-token": "write"},
        "pypi": {"id-token": "write"},
        "github": {"contents": "write"},
    }
    assert [jobs[name].get("needs") for name in jobs] == [None, "build", "attest", "pypi"]
    assert jobs["pypi"]["environment"]["name"] == "pypi"
    # Jobs with rights run no code of the repository or of packages.
    steps = [step for name in ("attest", "pypi", "github") for step in jobs[name]["steps"]]
    runs = [step["run"] for step in steps if "run" in step]
    assert len(runs) == 1 and runs[0].startswith("gh release create")
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Releases")[1]
    assert "environment `pypi`" in text and "`release.yml`" in text


@pytest.mark.parametrize(
    ("files", "is_tested"),
    [
        (["content/home.md", "content/papers/a.md", "pelicanconf.py"], False),
        (["publishconf.py", "templates/base.html"], False),
        (["content/extra/CNAME", "import-report.md"], False),
        (["plugins/papers/cli/init.py"], True),
        (["content/home.md", "theme/static/css/style.css"], True),
        (["tests/cli/test_init.py"], True),
        (["requirements-dev.txt"], True),
        ([".github/workflows/site.yml"], True),
        (["pyproject.toml"], True),
    ],
)
def test_code_is_tested_where_it_changes(files, is_tested):
    """A news item starts all tests of the project, or a change of the code starts none."""
    events = TESTS[True]
    patterns = events["push"]["paths"]
    assert patterns == events["pull_request"]["paths"]
    # In a pattern of GitHub, one star stops at a slash.
    assert is_tested == any(
        fnmatchcase(file, pattern)
        for file in files
        for pattern in patterns
        if "**" in pattern or file.count("/") == pattern.count("/")
    )


def test_site_workflow_needs_no_tests_of_the_code():
    """Somebody's own site waits for all tests of the project before it is published."""
    site = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    assert site["jobs"].keys() == {"build", "deploy"} and site["jobs"]["deploy"]["needs"] == "build"
    runs = [step.get("run", "") for step in site["jobs"]["build"]["steps"]]
    assert [run for run in runs if run.startswith("make")] == [
        "make check", "make publish LAST=last.xml", "make test TESTS=tests/test_site.py",
    ]  # fmt: skip
