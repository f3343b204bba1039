"""A fork of this repository pulls changes from here, and keeps its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NEWS, PAPER, ROOT, nightly, program, write

# What docs/upgrading.md says is a fork's own, and what an upgrade changes.
OWN = ("content/", "pelicanconf.py", "publishconf.py", "templates/")
CHANGED = {
    "theme/templates/paper.html": ("<h2>Cite</h2>", "<h2>Citation</h2>"),
    "theme/static/css/style.css": ("@layer", "/* newer */\n@layer"),
    "plugins/papers/defaults.py": ('DEFAULT_LANG = "en"', 'DEFAULT_LANG = "en"  # newer'),
    "plugins/papers/pipeline.py": ("RECENT_PAPERS = 5", "RECENT_PAPERS = 4"),
    "pyproject.toml": ('version = "0.1.0"', 'version = "0.2.0"'),
    ".github/workflows/site.yml": ('cron: "17 3', 'cron: "18 3'),
    "README.md": ("# pelican-papers", "# pelican-papers, newer"),
    "tests/project/test_seed.py": ('"""', '"""Newer. '),
    "Makefile": ("PORT ?= 8000", "PORT ?= 8080"),
}


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "ada" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
    mails = {name.replace("NAME", "EMAIL"): "ada@ada.example" for name in names}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = [program("git"), "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=clean | names | mails | nothing, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def upstream(tmp_path) -> Path:
    """A new repository with the files of this one as they are."""
    folder = tmp_path / "upstream"
    for name in subprocess.check_output(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, text=True
    ).split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "As it is")
    return folder


@nightly("builds several sites")
def test_pulling_conflicts_with_nothing(upstream, tmp_path):
    """A fork cannot pull a change without conflicts."""
    fork = tmp_path / "fork"
    git(tmp_path, "clone", "-q", str(upstream), str(fork))
    shutil.rmtree(fork / "content")
    paper = {f"content/papers/p{n}.md": PAPER.replace("A Paper", f"P{n}") for n in range(3)}
    base = (
        '{% extends "!theme/base.html" %}\n{% block footer %}<footer>Mine.</footer>{% endblock %}\n'
    )
    write(fork, paper | {"content/news/n.md": NEWS, "templates/base.html": base})
    write(fork, {"content/home.md": "Title: Ada Lovelace\n\n[NEWS]\n\n[PAPERS]\n"})
    conf = (fork / "pelicanconf.py").read_text(encoding="utf-8")
    mine = re.sub(r"AUTHOR = .*(?s:.)*", 'AUTHOR = SITENAME = "Ada Lovelace"\nSOCIAL = []\n', conf)
    assert mine != conf
    site = (fork / "publishconf.py").read_text(encoding="utf-8") + 'SITEURL = "https://ada.name"\n'
    write(fork, {"pelicanconf.py": mine, "publishconf.py": site})
    git(fork, "add", "-A")
    git(fork, "commit", "-qm", "A site of mine")
    for name, (old, new) in CHANGED.items():
        text = (upstream / name).read_text(encoding="utf-8")
        assert old in text and not name.startswith(OWN), name
        write(upstream, {name: text.replace(old, new, 1)})
    git(upstream, "commit", "-qam", "What is new")
    git(fork, "pull", "-q", "--no-rebase", "--no-edit")
    assert git(fork, "status", "--porcelain") == ""
    for command in ("check", "publish"):
        done = subprocess.run(
            [sys.executable, fork / "plugins/papers", command],
            cwd=fork, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    page = (fork / "output/papers/p1/index.html").read_text(encoding="utf-8")
    assert "<h2>Citation</h2>" in page and "Mine." in page and "https://ada.name/papers/p1/" in page
    assert "P1" in page and "Yancheng" not in page
    # tests/project is about our own content only.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/project"],
        cwd=fork, capture_output=True, text=True,
    )  # fmt: skip
    assert "no tests ran" in done.stdout, done.stdout


def test_new_site_in_a_copy(upstream):
    """A copy begins with somebody's content, and a name left in it is published as its owner's."""
    write(upstream, {"content/pages/mine.md": "Title: Mine\n\nText.\n"})
    # Make is to install nothing: this Python has all packages.
    here = [f"BIN={Path(sys.executable).parent}", "SITE=Makefile"]
    make = [program("make"), "new-site", *here]
    options = {"cwd": upstream, "capture_output": True, "text": True}
    done = subprocess.run(make, **options)
    assert done.returncode and "commit them first" in done.stdout
    assert (upstream / "content/pages/mine.md").exists()
    git(upstream, "add", "-A", "content")
    git(upstream, "commit", "-qm", "Mine")
    done = subprocess.run(make, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    # Nothing but the content and its settings is new, and none of the old content is left.
    changes = git(upstream, "status", "--porcelain", "-uall", "--no-renames").splitlines()
    names = {line[3:] for line in changes}
    assert names and all(name.startswith(("content/", "pelicanconf.py")) for name in names), names
    texts = [path for path in upstream.glob("content/**/*.md")] + [upstream / "pelicanconf.py"]
    assert not any("Yancheng" in path.read_text(encoding="utf-8") for path in texts)
    command = [sys.executable, upstream / "plugins/papers"]
    done = subprocess.run([*command, "check"], **options)
    assert done.returncode == 0 and "sample" in done.stdout, done.stdout + done.stderr
    done = subprocess.run([*command, "publish", "--url", "https://ada.name"], **options)
    assert done.returncode == 1 and "Your Name" in done.stdout + done.stderr


def test_guide_names_what_is_a_forks_own():
    """docs/upgrading.md does not say which files no upgrade touches, or an upgrade takes others."""
    text = (ROOT / "docs/upgrading.md").read_text(encoding="utf-8")
    text = text.split("## A copy of the repository")[1].split("\n## ")[0]
    for name in OWN:
        assert f"`{name}`" in text
    taken = re.search(r"git checkout FETCH_HEAD -- (.*)", text)[1].split()
    assert all((ROOT / name).exists() for name in taken)
    # What is left belongs to the copy's owner.
    ours = {name.partition("/")[0] for name in CHANGED} | {"requirements.txt", "docs", ".ci"}
    assert ours - {"README.md"} <= set(taken)
    assert not any(name.startswith(OWN) or name + "/" in OWN for name in taken)
