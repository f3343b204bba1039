"""The repository itself: linters, locks, workflow, and what the README says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import HOME, PAPER, ROOT, write
from packaging.requirements import Requirement
from papers.cli.main import build_parser
from papers.content.header_keys import COMMON_KEYS, KEY_ALIASES, LINK_KEYS, PAGE_KEYS, PAPER_KEYS
from papers.images.image_file import IMAGE_SUFFIXES
from papers.model.paper import VIDEO_SUFFIXES
from papers.model.publication_types import TYPES
from papers.pages.taxonomy import FACET_THRESHOLD
from sample import picture

README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
HEADERS = (ROOT / "docs/headers.md").read_text(encoding="utf-8")
WORKFLOWS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / ".github/workflows").glob("*.yml")
}
WORKFLOW = WORKFLOWS[".github/workflows/site.yml"]
BIN = Path(sys.executable).parent


def run(*command: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache"],
        ["ruff", "format", "--no-cache", "--check"],
        ["actionlint", "-color=false", *sorted(WORKFLOWS)],
        ["zizmor", "--offline", "--pedantic", "--no-progress", ".github/workflows"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_linters(command):
    """Code breaks a style rule, or a workflow is broken or has unnecessary permissions."""
    done = run(BIN / command[0], *command[1:])
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned():
    """An action is replaced by other code under the same tag."""
    for action in re.findall(r"uses: (.+)", "".join(WORKFLOWS.values())):
        assert re.fullmatch(r"(actions|pypa)/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_pull_requests_get_no_right_to_deploy():
    """A stranger's pull request publishes the site."""
    build, deploy = WORKFLOW.split("\n  deploy:\n")
    assert "write" not in build
    assert "\npermissions: {}\n" in build
    assert "if: github.event_name != 'pull_request' && github.ref ==" in deploy
    assert "pull_request_target" not in WORKFLOW


def test_tags_get_no_right_to_deploy():
    """A tag that is called as the default branch publishes the site."""
    branch = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    for name in (
        ".github/workflows/site.yml",
        "plugins/papers/cli/site_template/github/workflows/site.yml",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "ref_name" not in text and text.count(branch) == 2 == text.count("default_branch")


@pytest.mark.parametrize(("file", "dev"), [("requirements.txt", 0), ("requirements-dev.txt", 1)])
def test_locks_match(file, dev):
    """A lock file differs from pyproject.toml, or lacks a hash."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = project["project"]["dependencies"] + project["dependency-groups"]["dev"] * dev
    text = (ROOT / file).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE))
    for requirement in map(Requirement, requirements):
        version = locked[requirement.name.lower()]
        assert requirement.specifier.contains(version), requirement
    assert text.count("\\\n    --hash=sha256:") >= len(locked)
    assert "://" not in text and "index" not in text


def test_both_locks_agree():
    """Tests use other versions than the build of the site."""
    pins = []
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text(encoding="utf-8")
        pins.append(set(re.findall(r"^[\w.-]+==\S+", text, flags=re.MULTILINE)))
    assert pins[0] <= pins[1]


def test_readme_lists_every_header():
    """A header is in the code but not in the docs, or vice versa."""
    table = HEADERS.split("| header | also read as |")[1].split("\n\n")[0]
    rows = [row.replace("\\|", "").split("|") for row in table.splitlines()[2:]]
    keys = [re.findall(r"`([\w.]+)`", row[1]) for row in rows]
    assert [key for row in keys for key in row] == [*PAPER_KEYS, *COMMON_KEYS]
    for row, names in zip(rows, keys, strict=True):
        aliases = [alias for name in names for alias in KEY_ALIASES.get(name, "").split()]
        assert re.findall(r"`([\w.-]+)`", row[2]) == aliases
    links = HEADERS.split("A link can have a header of its own: ")[1].split(" and the like")[0]
    assert set(re.findall(r"`(\w+)`", links)) <= LINK_KEYS.keys()
    types = re.search(r"^\| `type` .*", HEADERS, re.MULTILINE)[0].rpartition(" | ")[2]
    assert set(re.findall(r"`([a-z-]+)`", types)) <= TYPES.keys()
    others = re.search(
        r"News and pages take the headers (.*?) and the last seven", README, re.DOTALL
    )
    assert set(re.findall(r"`(\w+)`", others[1])) == set(PAGE_KEYS) and len(COMMON_KEYS) == 7


def test_readme_settings_and_paths_exist():
    """The README names a setting or file that does not exist."""
    # Settings that a file does not set are set there.
    defaults = (ROOT / "plugins/papers/defaults.py").read_text(encoding="utf-8")
    for name, file in re.findall(r"`([A-Z_]+)` in `(\w+\.py)`", README + WRITING):
        text = (ROOT / file).read_text(encoding="utf-8") + defaults
        assert re.search(rf"^(# )?(\w+ = )*{name} = ", text, re.MULTILINE), name
    for path in re.findall(r"`((?:theme|tests|drawings|\.github)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path


def test_readme_on_pictures():
    """The guide names an image format that is not supported, or lacks one that is."""
    sentence = WRITING.split("Figures, the portrait and pictures in texts are ")[1].split(
        ", as large"
    )[0]
    formats = set(re.findall(r"[A-Z]\w+", sentence))
    suffixes = {suffix[1:].upper() for suffix in IMAGE_SUFFIXES} - {"JPG", "TIF"}
    assert {name.upper() for name in formats} == suffixes
    videos = WRITING.split("A `Video:` that is a file (")[1].split(")")[0]
    assert set(re.findall(r"`(\.\w+)`", videos)) <= set(VIDEO_SUFFIXES)


def test_readme_on_texts(make):
    """The guide's formulas, citations, figures and code are rendered differently in a site."""
    text = WRITING.split("````markdown\n")[1].split("````")[0]
    files = {
        "news/n.md": f"Title: T\nDate: 2026\n\n{text}",
        "papers/lite-ppo.md": PAPER,
        "references.bib": "@book{knuth84, title={T}, author={A Knuth}, year=1984, publisher={P}}",
        "images/curve.png": picture("PNG", 300, 200),
        "news/robot.mp4": b"film",
    }
    page = make(files).page("news/n/")
    for selector in ("cite", "figcaption", "video", ".note", ".highlight .s2", "[role=group]"):
        assert page.select(f"article {selector}"), selector
    assert len(page.select("article math")) == 3 and len(page.select("li[id^=ref-]")) == 2


def test_readme_on_lists_and_feeds(make):
    """The guide names a feed, a file or an address that does not exist."""
    files = {f"papers/p{n}.md": PAPER.replace("\n\n", "\nVenue: ICLR\n\n") for n in range(12)}
    files |= {"papers/q.md": PAPER.replace("2026", "2025\nTags: C++") + "\n"}
    site = make(files)
    section = WRITING.split("## Lists, topics, search")[1].split("\n## ")[0]
    for path in re.findall(r"`/([\w/+-]*/)`", section):
        assert (site.output / path / "index.html").is_file(), path
    for path in re.findall(r"`([\w/.]+\.(?:xml|json|txt))`", section):
        assert (site.output / path).is_file(), path
    assert (
        site.output / "papers/q/index.md"
    ).is_file() and f"from {FACET_THRESHOLD} papers on" in section


def test_readme_template(make, tmp_path):
    """The README's example of a custom template does not work."""
    template = README.split("```jinja\n")[1].split("```")[0]
    settings = {"THEME_TEMPLATES_OVERRIDES": [str(write(tmp_path / "t", {"base.html": template}))]}
    page = make({"extra/my.css": ""}, settings=settings).page()
    assert [link["href"].rpartition("/")[2] for link in page.select("link[rel=stylesheet]")] == [
        "style.css",
        "my.css",
    ]


def test_readme_commands_exist():
    """The README or `make help` shows a target that is not in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    commands = set(
        re.findall(r"\bmake ([a-z-]+)\b(?! it)", "\n".join(re.findall(r"`+[^`]+`+", README)))
    )
    assert commands and commands <= targets
    for file in re.findall(r"install -r (\S+)", README):
        assert (ROOT / file).is_file()
    listed_targets = set(re.findall(r'\techo "make ([a-z-]+)', makefile))
    assert (
        listed_targets | {"help"}
        == targets
        == set(re.search(r"\.PHONY: (.*)", makefile)[1].split())
    )


def test_shown_commands_are_known():
    """A document or `--help` shows a command that does not exist, or wrong arguments."""
    parser = build_parser()
    texts = [README, *(path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*.md"))]
    subparsers = next(
        subparser for subparser in parser._actions if subparser.dest == "command"
    ).choices
    shown = []
    for text in [
        *texts,
        *(subparser.epilog.replace("(", "").replace(")", "") for subparser in subparsers.values()),
    ]:
        commands = re.findall(
            r"(?:^|SITEURL=\S+ |source <)\s*pelican-papers (.+)", text, re.MULTILINE
        )
        shown += [re.split(r"\s{2,}|\s[#|<>]", line)[0] for line in commands]
    assert len(shown) > 30
    for line in shown:
        assert parser.parse_args(shlex.split(line)).command, line


@pytest.fixture
def copy(tmp_path):
    """A copy of all files of a site, without content."""
    names = "theme plugins tests pelicanconf.py publishconf.py pyproject.toml Makefile".split()
    for name in [*names, "requirements.txt"]:
        if (ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="make is not there")
def test_readme_on_check(copy):
    """A `check` command in the README fails, or does something else."""
    example = README.split("### What is wrong is told")[1].split("```sh\n")[1].split("```")[0]
    paper = PAPER.replace("\n\n", "\nLinks: github | https://github.com/ada/x\n\n")
    write(copy / "content", {"home.md": HOME, "papers/p.md": paper.replace("2026", "14/02/2026")})
    options = {"shell": True, "cwd": copy, "capture_output": True, "text": True}
    codes, printed = [], []
    lines = [line.partition("#")[0].strip() for line in example.splitlines()]
    # `--links` requests no host here, since the site has no links by then.
    for line in lines:
        if "links" in line:
            write(copy / "content", {"papers/p.md": PAPER})
            conf = (copy / "pelicanconf.py").read_text(encoding="utf-8")
            write(copy, {"pelicanconf.py": conf + "SOCIAL = []\n"})
        done = subprocess.run(f"{line} BIN={BIN} SITE=Makefile", **options)
        codes.append(done.returncode)
        printed.append(done.stdout)
    assert codes == [2, 0, 0, 0], printed  # What make returns for 1.
    assert 'date: "14/02/2026" is not a valid date (write 2026-02-14)' in printed[0]
    assert '"github" is read as "code"' in printed[0] and "No problems" in printed[1]
    assert '"errors": 0' in printed[3]
    section = README.split("### What is wrong is told")[1].split("\n### ")[0]
    assert re.search(r"`RAW_HTML = False` in\s+`pelicanconf.py`|RAW_HTML", section)
    for path in re.findall(r"\]\((docs/[\w.]+)\)", README):
        assert (ROOT / path).is_file(), path


@pytest.mark.skipif(os.name == "nt", reason="make is not there")
def test_make_publish(copy):
    """`make publish` ignores the address, or loses the last good site."""
    write(copy / "content", {"home.md": HOME, "papers/p.md": PAPER})
    # What is installed already need not be installed again.
    command = ["make", "publish", f"BIN={BIN}", "SITE=Makefile", "SITEURL=https://ada.example/x"]
    options = {"cwd": copy, "capture_output": True, "text": True}
    done = subprocess.run(command, **options)
    assert done.returncode == 0, done.stderr
    first = (copy / "output/index.html").read_text(encoding="utf-8")
    assert "https://ada.example/x/papers/p/" in first
    write(copy / "content", {"papers/p.md": PAPER.replace("2026", "2026-13")})
    done = subprocess.run(command, **options)
    assert done.returncode != 0 and "is not a valid date" in done.stderr
    assert (copy / "output/index.html").read_text(encoding="utf-8") == first
    shutil.rmtree(copy / "content/papers")
    assert subprocess.run(command, **options).returncode == 0
    assert not (copy / "output/papers").exists()


def test_readme_examples_build(make):
    """The README's news item, paper, YAML or list of people does not build."""
    news, paper, yaml, abstract = re.findall(
        r"(?<!`)```markdown\n(.*?)```", README, flags=re.DOTALL
    )
    people = re.search(r"```yaml\n(.*?)```", README, flags=re.DOTALL)[1]
    entry = "@misc{x, title = {X}, author = {A. Lovelace}, year = 2026}"
    site = make(
        {
            "news/n.md": news,
            "papers/p.md": paper.replace("liteppo.png", "liteppo.svg"),
            "papers/lite-ppo.pdf": b"%PDF-1.4",
            "papers/y.md": yaml,
            "papers/x.bib": entry,
            "papers/x.md": abstract,
            "people.yml": people,
            "images/liteppo.svg": b'<svg viewBox="0 0 3 2"/>',
        }
    )
    assert "ICLR 2026" in site.text("papers/p/") and "ICLR 2026" in site.text("papers/y/")
    assert "Two tricks are enough." in site.text("")


def test_readme_is_short():
    """The README grows too long to be read."""
    assert README.count("\n") < 300


def test_other_content_passes_the_workflow(copy):
    """A user's first push is not published, because a test only passes with our content."""
    shutil.rmtree(copy / "tests/project")
    write(
        copy / "content",
        {
            "home.md": "Title: B\n\n# Hello\n\n<p><b>raw <i>HTML</b></i></p>\n\n[PAPERS]\n",
            "papers/a.md": "Title: A\nAuthors: B\nDate: 2026\nLinks: pdf | a.pdf\n",
            "papers/a.pdf": b"%PDF-1.4",
            "pages/b.md": "Title: A\n\n- no paragraph\n\n![x]({static}x.png)\n",
            "pages/x.png": picture("PNG", 90, 60),
            "extra/CNAME": "example.org",
        },
    )
    command = re.search(r"run: make test TESTS=(\S+)", WORKFLOW)[1]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", command],
        cwd=copy, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
