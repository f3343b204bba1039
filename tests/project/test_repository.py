"""The repository itself: linters, locks, workflow and make."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import HOME, PAPER, ROOT, write
from packaging.requirements import Requirement
from sample import picture

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
def test_make_check(copy):
    """A `make check` command of the README fails, or does something else."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = readme.split("## Check your site")[1].split("```sh\n")[1].split("```")[0]
    paper = PAPER.replace("\n\n", "\nLinks: github | https://github.com/ada/x\n\n")
    write(copy / "content", {"home.md": HOME, "papers/p.md": paper.replace("2026", "14/02/2026")})
    options = {"shell": True, "cwd": copy, "capture_output": True, "text": True}
    done = [
        subprocess.run(f"{line} BIN={BIN} SITE=Makefile", **options)
        for line in example.splitlines()
    ]
    # What make returns for 1.
    assert [one.returncode for one in done] == [2, 0], done
    assert 'date: "14/02/2026" is not a valid date (write 2026-02-14)' in done[0].stdout
    assert '"github" is read as "code"' in done[0].stdout and "No problems" in done[1].stdout


@pytest.mark.skipif(os.name == "nt", reason="make is not there")
def test_make_says_what_it_sets_up(copy):
    """The first command of a user is silent for a minute, or prints the shell commands."""
    # A make that runs the tests tells those within it what to print.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    options = {"cwd": copy, "capture_output": True, "text": True, "env": environment}
    # Nothing is installed: the program that stands for Python does nothing.
    done = subprocess.run(["make", "html", "PYTHON=true"], **options)
    assert done.stdout.splitlines() == [
        "Creating .venv ...",
        "Installing packages into .venv (about a minute) ...",
    ]
    lines = subprocess.run(["make", "help"], **options).stdout.splitlines()
    assert lines and not [line for line in lines if line and not line.startswith(("make ", "The "))]
    done = subprocess.run(["make", "publish", f"BIN={BIN}", "SITE=Makefile"], **options)
    assert done.returncode != 0 and "make publish SITEURL=" in done.stderr


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
        # The bytes of three more builds depend on the machine, and not on the content.
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", command,
         "-k", "not test_same_bytes"],
        cwd=copy, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
