"""The wheel in its own environment: it makes a site, and works in others."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import NEWS, PAPER, ROOT, program, run_installed, write
from papers.cli.main import main

OFTEN = """DEFAULT_PAGINATION = 10
ARTICLE_TRANSLATION_ID = ["slug", "lang"]
EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}
"""
ACTION = re.compile(r"uses: (\S+ # v\S+)")


def run(command: Path, *arguments: str, cwd: Path, **options) -> subprocess.CompletedProcess:
    """Run the installed command as a user does."""
    done = run_installed(command, *arguments, cwd=cwd, **options)
    assert "Traceback" not in done.stderr, done.stderr
    return done


# A new site does not know its address yet.
ADDRESS = os.environ | {"SITEURL": "https://ada.example"}


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def new(installed, tmp_path) -> Path:
    """A new site."""
    assert run(installed, "init", "my-site", cwd=tmp_path).returncode == 0
    return tmp_path / "my-site"


def test_new_site(installed, new):
    """A new site does not build, or holds content or code of this repository."""
    papers = ("weaving-numbers", "patient-arithmetic", "letters-by-post")
    samples = {
        "content/home.md", "content/images/portrait.svg", "content/papers/weaving-numbers.pdf",
        "content/extra/favicon.svg",
        *(f"content/news/{name}.md" for name in ("2025-10-new-site", "2026-01-accepted")),
        "content/news/2026-02-talk.md",
        *(f"content/papers/{name}{suffix}" for name in papers for suffix in (".md", ".svg")),
    }  # fmt: skip
    assert set(files(new)) == samples | {
        ".github/workflows/site.yml", ".gitignore", "README.md", "pelicanconf.py", "publishconf.py",
        "requirements.txt", "requirements-locked.txt",
        "vendor/pelican_papers-0.1.0-py3-none-any.whl",
    }  # fmt: skip
    conf = (new / "pelicanconf.py").read_text(encoding="utf-8")
    assert conf.count("\n") < 25 and "import *" in conf
    command = [installed, "check"]
    done = subprocess.run(command, cwd=new, capture_output=True, text=True, encoding="utf-8")
    assert "\nNo problems, 1 notice in 13 files" in done.stdout and done.returncode == 0
    assert all(name in done.stdout for name in samples)
    assert 'pelicanconf.py ("Your Name", you@university.example)' in done.stdout
    done = run(installed, "build", cwd=new)
    assert done.returncode == 0, done.stderr
    page = (new / "output/index.html").read_text(encoding="utf-8")
    assert page.count('class="card') == 3 and "Best Paper Award" in page and "portrait" in page
    assert (new / "output/theme/css/style.css").is_file()
    done = run(installed, "publish", cwd=new, env=ADDRESS)
    assert done.returncode == 1 and "2 problems: nothing was written" in done.stderr
    assert 'pelicanconf.py:8: SITENAME: is still "Your Name" (write your name)' in done.stderr
    assert 'content/home.md:1: title: is still "Your Name" (write your name)' in done.stderr
    for name in ("pelicanconf.py", "content/home.md"):
        text = (new / name).read_text(encoding="utf-8")
        write(new, {name: text.replace("Your Name", "Grace Hopper")})
    done = run(installed, "check", cwd=new)
    assert "No problems, 1 notice in" in done.stdout and '"Your Name"' not in done.stdout
    done = run(installed, "publish", cwd=new, env=ADDRESS)
    assert done.returncode == 0, done.stderr
    # As Pelican itself does it, on GitHub or elsewhere.
    pelican = [
        installed.with_name("python"),
        "-m",
        "pelican",
        "-s",
        "publishconf.py",
        "-o",
        "other",
    ]
    subprocess.run(
        [*pelican, "--fatal", "warnings"], cwd=new, check=True, capture_output=True, env=ADDRESS
    )
    # Only the commands mark the folder that they may replace.
    assert (new / "output/.pelican-papers").is_file()
    (new / "output/.pelican-papers").unlink()
    assert files(new / "other") == files(new / "output")
    write(new / "content", {"news/n.md": NEWS.replace("2026-02", "2026-13")})
    done = run(installed, "check", cwd=new)
    assert done.returncode == 1 and 'n.md:2: date: "2026-13" is not a valid date' in done.stdout


def test_nothing_is_written_over(installed, new):
    """`init` overwrites a file, or writes some files although others exist."""
    before = files(new)
    done = run(installed, "init", ".", cwd=new)
    assert done.returncode == 1 and "pelicanconf.py" in done.stderr and files(new) == before
    for name in [name for name in before if name != "publishconf.py"]:
        (new / name).unlink()
    done = run(installed, "init", ".", cwd=new)
    assert done.returncode == 1 and list(files(new)) == ["publishconf.py"]
    (new / "publishconf.py").rename(new / "README.md")
    assert run(installed, "init", ".", cwd=new).returncode == 0
    assert files(new) == before | {"README.md": before["publishconf.py"]}
    done = run(installed, "init", "README.md", cwd=new)
    assert done.returncode == 1 and "README.md is a file (name a folder)" in done.stderr


NEW_REPOSITORIES = {
    "of GitHub": {
        ".git/HEAD": "ref: refs/heads/main\n", "README.md": "# you.github.io\n", "LICENSE": "MIT\n",
        ".gitignore": "__pycache__/\n*.py[cod]\n\n# Distribution\nvendor/\n*.whl\noutput/",
    },
    "with Windows' line ends": {
        "readme.rst": "Hello\n", ".gitignore": "*.log\r\ncache/\r\n", "LICENSE.txt": "MIT\n",
        ".github/FUNDING.yml": "github: ada\n",
    },
    "with nothing ignored": {".gitignore": "", "README": "Hello\n", "notes/a.txt": "A\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", NEW_REPOSITORIES)
def test_new_repository(tmp_path, monkeypatch, name):
    """`init .` refuses a repository that its host has just made, or changes a file there."""
    host_files = NEW_REPOSITORIES[name]
    monkeypatch.chdir(write(tmp_path, host_files))
    assert main(["init", "."]) == 0
    files_after = {file: (tmp_path / file).read_bytes().decode() for file in host_files}
    ignored, was = files_after.pop(".gitignore"), host_files[".gitignore"]
    assert files_after == {file: text for file, text in host_files.items() if file != ".gitignore"}
    lines = ignored.splitlines()
    assert ignored.startswith(was) and "output/" in lines and "cache/" in lines
    assert len(lines) == len(set(lines)) and ignored.endswith("\n")
    assert ("\r\n" in was) == ("\r\n" in ignored) and ignored.count("\r") in (0, len(lines))
    assert ("!/vendor/" in lines) == ("vendor/" in was)
    assert (tmp_path / "pelicanconf.py").exists()


def test_odd_places(installed, tmp_path):
    """`init` writes half of a site when a file is in the way, or a name cannot be printed."""
    write(tmp_path, {"x/.github": "", "y/content": ""})
    for name, message in (("x", ".github in x would be"), ("y", "content in y would be")):
        done = run(installed, "init", name, cwd=tmp_path)
        assert done.returncode == 1 and message in done.stderr and len(files(tmp_path / name)) == 1
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = run(installed, "init", "my 网站 🎉", cwd=tmp_path, env=environment)
    assert done.returncode == 0 and "cd 'my \\u7f51\\u7ad9 \\U0001f389'" in done.stdout
    new = write(tmp_path / "my 网站 🎉", {"content/papers/🎉.md": PAPER.replace("2026", "26")})
    done = run(installed, "check", cwd=new, env=environment)
    assert done.returncode == 1 and "/\\U0001f389.md:3: date:" in done.stdout
    done = run(installed, "check", "--json", cwd=new, env=environment)
    problems = json.loads(done.stdout)["problems"]
    assert "content/papers/🎉.md" in [problem["file"] for problem in problems]


def test_workflow_is_ours(new):
    """A new site's workflow uses other actions, or has more rights, than the repository's."""
    ours = (ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8")
    text = (new / ".github/workflows/site.yml").read_text(encoding="utf-8")
    assert ACTION.findall(text) and set(ACTION.findall(text)) == set(ACTION.findall(ours))
    read, known = yaml.safe_load(text), yaml.safe_load(ours)
    assert read["permissions"] == {} and read["jobs"]["deploy"] == known["jobs"]["deploy"]
    assert read["jobs"]["build"]["permissions"] == known["jobs"]["build"]["permissions"]
    assert read["on" if "on" in read else True] == known["on" if "on" in known else True]
    tool = Path(sys.executable).with_name("actionlint")
    for command in ([tool], [tool.with_name("zizmor"), "--offline", "--quiet"]):
        done = subprocess.run(
            [*command, new / ".github/workflows/site.yml"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "publishconf.py does not exist (go to your site's folder"),
        (["build"], "pelicanconf.py does not exist"),
        (["new", "paper", "A Title"], "pelicanconf.py does not exist"),
        (["import", "x"], "pelicanconf.py does not exist"),
        (["export", "csl"], "publishconf.py does not exist"),
        (["serve", "-s", "no/conf.py"], "conf.py does not exist"),
    ],
)
def test_wrong_folder(installed, tmp_path, arguments, message):
    """A command outside of a site says nothing, or ends with a traceback."""
    done = run(installed, *arguments, cwd=tmp_path)
    assert done.returncode == 2 and message in done.stderr and files(tmp_path) == {}


def test_help(installed, tmp_path):
    """A command is not in the help, or its own help has no example or no exit codes."""
    whole = run(installed, "--help", cwd=tmp_path).stdout
    names = re.findall(r"^    ([a-z]+)\s", whole, re.MULTILINE)
    assert set(names) == {
        "init", "import", "new", "serve", "check", "build", "publish", "export", "completion",
    }  # fmt: skip
    for name in names:
        text = run(installed, name, "--help", cwd=tmp_path).stdout
        assert all(len(line) <= 80 for line in text.splitlines()), text
        assert "examples:" in text and f"pelican-papers {name}" in text and "exit codes" in text
    # As a program of its own, which the others are forks of.
    done = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == "pelican-papers 0.1.0\n"
    assert run(installed, "chek", cwd=tmp_path).returncode == 2


def test_no_colour(installed, new):
    """Output to a file, or with NO_COLOR, has the escape codes of a terminal."""
    write(new / "content", {"papers/example.md": PAPER.replace("2026", "2026-13")})
    environment = {"NO_COLOR": "1", "FORCE_COLOR": "1", "PATH": "", "TERM": "xterm-256color"}
    for arguments in (["check"], ["build"], ["--help"], ["check", "--fix"]):
        done = run(installed, *arguments, cwd=new, env=environment)
        assert "\x1b" not in done.stdout + done.stderr


COMPLETED = {
    "pelican-papers ex": {"export"},
    "pelican-papers check --f": {"--fix"},
    "pelican-papers export co": {"coauthors"},
    "pelican-papers new pap": {"paper"},
}
# Where none fits, bash takes files by itself, and quotes the blanks in their names.
FILES = {
    "bash": {"pelican-papers import ''": set(), "pelican-papers -": {"--help", "--version"}},
    "fish": {"pelican-papers import odd": {"odd", "name.bib"}},
}
_BASH = """source ./script
COMP_WORDS=({line}); COMP_CWORD={last}
_pelican_papers; printf "%s\\n" "${{COMPREPLY[@]}}"
complete -p pelican-papers | grep -q -- "-o default" || echo "no files"
"""
# A terminal within a terminal: zsh completes nowhere else.
_ZSH = """zmodload zsh/zpty; zpty z zsh -f -i
zpty -w z 'autoload -U compinit; compinit -u -d ./dump; source ./script; PS1="g""o: "'
zpty -r -m z told '*go: *'
zpty -w -n z $'{line}\t'
zpty -r -m z told '*{whole}*' && echo {word}
"""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(installed, tmp_path, shell):
    """A shell rejects its script, completes nothing, or half of a name with a blank."""
    script = run(installed, "completion", shell, cwd=tmp_path).stdout
    write(tmp_path, {"script": script, "odd name.bib": ""})
    for line, wanted in (COMPLETED | FILES.get(shell, {})).items():
        word = min(wanted, default="")
        names = {"line": line, "last": len(line.split()) - 1, "word": word}
        asked = {
            "bash": ["--norc", "-c", _BASH.format(**names)],
            "zsh": ["-f", "-c", _ZSH.format(whole=f"{line.rpartition(' ')[0]} {word}", **names)],
            "fish": ["--no-config", "-c", f"source script; complete -C '{line}' | cut -f1"],
        }[shell]
        done = subprocess.run(
            [program(shell), *asked], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.stderr == "" and set(done.stdout.split()) == wanted, (line, done)


def test_quickstart(installed, tmp_path):
    """In a site with Pelican's own theme and settings, papers do not appear."""
    python = installed.with_name("python")
    command = [python, "-m", "pelican.tools.pelican_quickstart"]
    answers = ".\nAda's Site\nAda Lovelace\nen\nn\nn\nUTC\nn\n"
    subprocess.run(command, cwd=tmp_path, input=answers, text=True, capture_output=True, check=True)
    write(tmp_path / "content", {"papers/p.md": PAPER, "post.md": f"{NEWS}Category: misc\n"})
    done = subprocess.run(
        [python, "-m", "pelican", "content"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ada Lovelace" in (tmp_path / "output/papers/p/index.html").read_text("utf-8")
    assert "papers/p/" in (tmp_path / "output/publications/index.html").read_text("utf-8")
    # And with the theme: two things that docs/moving.md asks for, and what such sites often say.
    conf = (
        (tmp_path / "pelicanconf.py")
        .read_text(encoding="utf-8")
        .replace('"#"', '"https://a.example"')
    )
    first = "from pelican.plugins.papers.defaults import *\n"
    write(tmp_path, {
        "pelicanconf.py": f'{first}{conf}\nARTICLE_PATHS = [""]\n{OFTEN}',
        "content/home.md": "Title: Ada Lovelace\n\n[NEWS]\n\n[PAPERS]\n",
    })  # fmt: skip
    shutil.rmtree(tmp_path / "output")
    done = run(installed, "build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'class="card' in (tmp_path / "output/index.html").read_text(encoding="utf-8")
