"""The messages of the build and the check for each mistake in the table of mistakes.py."""

import io
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from conftest import (
    HOME,
    LOCAL,
    NEWS,
    ONE_RELOAD,
    PAPER,
    ROOT,
    Site,
    build,
    pelican,
    run_papers,
    share,
    without_progress,
    write,
)
from mistakes import (
    DOCUMENT,
    GOOD,
    GOOD_PLACES,
    GROUPS,
    MISTAKES,
    SVG,
    Mistake,
    check,
    document,
    fits,
    lay,
    messages_alone,
    on,
    paper,
    run,
    together,
)
from papers.check.report import format_github_annotations
from papers.model.problem import Problem

CONTENT, SETTINGS, STARTS, CHECKED = together()
# These cause no message: the first is ignored, the others are outside content/.
BESIDE = {"content/images/backup.bak": "x", "secret.png": "x"}
LAST = {"output/index.html": "the last good page"}
# Each run checks a part of those alone that are also in the site of all mistakes.
_BOTH = share([each for each in MISTAKES if not each.alone and not each.settings], one_in=10)
ALONE = [each for each in MISTAKES if each.alone or each.settings] + _BOTH
# In brackets, or the end of a sentence; Pelican's own warnings are as they are.
REMEDY = re.compile(r"\(.+\)$|: write .+$|, but must be .+$|^pelican: ")
FIXED = {
    f"content/{file}": mistake.fixed.encode()
    for mistake in MISTAKES
    for file in list(mistake.files)[:1]
    if mistake.fixed is not None
}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch):
    """Print no annotations as on GitHub, and ask no questions."""
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def is_message(line: str) -> bool:
    """Tell whether a line of output is a problem or notice."""
    return line.startswith(("content/", "pelicanconf.py", "publishconf.py", "pelican: "))


def files(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return Site(folder, 0, "").files()


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run `check` in a folder, as a user without an installation does."""
    return run_papers("check", *arguments, cwd=folder, GITHUB_ACTIONS="")


def count(number: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def find_mismatches(lines: list[str], starts: list[str]) -> dict[str, list[str]]:
    """Return the expected lines that are not printed exactly once, and unexpected lines."""
    matches = {start: [line for line in lines if fits(line, start)] for start in starts}
    mismatches = {start: those for start, those in matches.items() if len(those) != 1}
    unexpected = Counter(lines) - Counter(line for those in matches.values() for line in those[:1])
    return mismatches | ({"not expected": sorted(unexpected.elements())} if unexpected else {})


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A site with all mistakes, and the last site that was built of it."""
    folder = tmp_path_factory.mktemp("wrong")
    lay(folder, CONTENT, SETTINGS)
    return write(folder, BESIDE | LAST)


@pytest.fixture(scope="module", params=[["--fatal", "warnings"], []])
def wrong(whole, request):
    """The build of a site with all mistakes."""
    # A build shows a notice once.
    shutil.rmtree(whole / "cache", ignore_errors=True)
    arguments = ["-s", "publishconf.py", "-o", "output", *request.param]
    done = pelican(*arguments, cwd=whole, GITHUB_ACTIONS="")
    return Site(whole / "output", done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def checked(whole):
    """The check of a site with all mistakes, and the folder's files before and after it."""
    before = files(whole)
    return command(whole), before, files(whole)


def test_each_problem_is_reported_once(wrong):
    """A mistake is reported without file, key or remedy, or only after others are corrected."""
    lines = [line for line in wrong.printed.splitlines() if is_message(line)]
    assert find_mismatches(lines, STARTS) == {}


def test_problems_end_the_build(wrong):
    """A build with a mistake exits with 0, prints a traceback, or changes the last site."""
    assert wrong.code == 1
    assert "Traceback" not in wrong.printed
    assert wrong.files() == {"index.html": b"the last good page"}
    lines = [line for line in wrong.printed.splitlines() if is_message(line)]
    errors = sum(not line.endswith(" [notice]") for line in lines)
    assert wrong.printed.rstrip().endswith(f"{errors} problems: nothing was written.")


def test_check_reports_each_problem_once(checked):
    """The check misses what the build reports, or reports it twice."""
    done, _, _ = checked
    *lines, last = done.stdout.splitlines()
    assert find_mismatches(lines, STARTS + CHECKED) == {}
    assert done.returncode == 1 and without_progress(done.stderr) == ""
    notices = sum(line.endswith(" [notice]") for line in lines)
    assert re.fullmatch(
        rf"{len(lines) - notices} problems, {notices} notices in \d+ files \(to accept.+", last
    )


def test_check_writes_nothing(checked):
    """The check of a site with mistakes leaves files, or changes the last site."""
    _, before, behind = checked
    assert behind == before


def test_json_is_the_same(whole, checked):
    """The JSON differs from the lines."""
    done = command(whole, "--json")
    assert done.returncode == 1 and without_progress(done.stderr) == ""
    report = json.loads(done.stdout)
    lines = []
    for item in report["problems"]:
        where = item["file"] if item["line"] is None else f"{item['file']}:{item['line']}"
        parts = filter(None, (where, item["entry"], item["key"], item["message"]))
        line = ": ".join(parts) + " [notice]" * (item["severity"] == "notice")
        # The lines escape control characters, which a terminal could obey.
        lines.append(re.sub("[\x7f-\x9f]", lambda sign: f"\\u{ord(sign[0]):04x}", line))
    assert lines == checked[0].stdout.splitlines()[:-1]
    kinds = Counter(item["severity"] for item in report["problems"])
    assert (report["errors"], report["notices"]) == (kinds["error"], kinds["notice"])
    fixed = {item["file"] for item in report["problems"] if item["fix"]}
    assert fixed == FIXED.keys()


def test_the_rest_is_not_lost(tmp_path):
    """The preview omits more than the files with mistakes, or one of them ends it."""
    conf = lay(tmp_path, CONTENT, SETTINGS)
    conf.write_text(conf.read_text(encoding="utf-8") + ONE_RELOAD, encoding="utf-8")
    arguments = ["-r", "-s", "publishconf.py", "-o", "output"]
    done = pelican(*arguments, cwd=tmp_path, GITHUB_ACTIONS="")
    printed = done.stdout + done.stderr
    assert "Traceback" not in printed and "the files above are left out." in printed, printed
    site = Site(tmp_path / "output", 0, printed)
    publications, news = site.text("publications"), site.text("news")
    assert f'href="{LOCAL}/papers/good/"' in publications and f'href="{LOCAL}/news/good/"' in news
    papers = [m for m in MISTAKES if not m.alone and re.match(r"content/papers/.*\.md$", m.file)]
    for mistake in papers:
        named = any(start.startswith(f"{mistake.file}:") for start in mistake.starts)
        if named and not any("keeps it off the site" in message for message in mistake.messages):
            page = mistake.file.removeprefix("content/").removesuffix(".md")
            # What has a notice is published, and what is wrong is left out.
            assert (site.output / page / "index.html").is_file() != mistake.is_error, page


@pytest.mark.parametrize("mistake", ALONE, ids=[mistake.description for mistake in ALONE])
def test_alone(mistake):
    """A single mistake is not reported, ends a build wrongly, or affects other files."""
    code, (*lines, last), stderr, places = run(mistake)
    assert find_mismatches(lines, mistake.starts) == {}
    assert (code, without_progress(stderr)) == (int(mistake.is_error), "")
    notices = sum(line.endswith(" [notice]") for line in lines)
    assert last.startswith(f"{count(len(lines) - notices, 'problem')}, ".capitalize())
    hint = r" \(to accept a notice, add its line to ACCEPTED_NOTICES in pelicanconf.py\)"
    assert re.search(rf", {count(notices, 'notice')} in \d+ files{hint if notices else ''}$", last)
    errors = [line for line in lines if not line.endswith(" [notice]")]
    assert [line for line in errors if not REMEDY.search(line)] == []
    # The paper and the post beside it are read: what they link to is known.
    assert {address: places.get(address) for address in GOOD_PLACES} == GOOD_PLACES


def test_nothing_is_wrong(tmp_path):
    """The files beside the mistakes are wrong themselves, or files are not counted."""
    code, lines, stderr = check(lay(tmp_path, GOOD))
    assert (code, lines) == (0, ["No problems, no notices in 3 files"])
    assert without_progress(stderr) == ""


def test_table():
    """Two rows of the table are the same, or mistakes are missing."""
    assert len(MISTAKES) >= 150
    names = [(group, mistake.description) for group, rows in GROUPS.items() for mistake in rows]
    assert len(set(names)) == len(names) == len(MISTAKES)
    made = [(mistake.files, mistake.settings) for mistake in MISTAKES]
    assert [one for n, one in enumerate(made) if one in made[:n]] == []
    assert all(mistake.messages for mistake in MISTAKES)


def test_document(checked):
    """The documentation shows other messages than the check (write it: tests/mistakes.py)."""
    lines = checked[0].stdout.splitlines()

    def messages(mistake: Mistake) -> list[str]:
        if mistake in ALONE:
            return messages_alone(mistake)
        return [line for line in lines if any(fits(line, start) for start in mistake.starts)]

    assert DOCUMENT.read_text(encoding="utf-8") == document(messages)


def test_fix(tmp_path, checked):
    """A safe fix is not made or not shown, or something else is changed."""
    lay(tmp_path, CONTENT, SETTINGS)
    before = files(write(tmp_path, BESIDE | LAST))
    lines = checked[0].stdout.splitlines()
    done = command(tmp_path, "--fix")
    behind = files(tmp_path)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert behind == before | FIXED
    diff = []
    for name in sorted(FIXED):
        diff += [f"--- a/{name}", f"+++ b/{name}"]
        old, new = (text[name].decode().splitlines() for text in (before, behind))
        for one, other in zip(old, new, strict=True):
            diff += [f"-{one}", f"+{other}"] if one != other else []
    printed = without_progress(done.stderr).splitlines()
    assert [line for line in printed if not line.startswith("@@ ")] == diff
    left = [line for line in lines[:-1] if not line.startswith(tuple(f"{f}:" for f in FIXED))]
    assert done.stdout.splitlines()[:-1] == left
    again = command(tmp_path, "--fix")
    assert (again.stdout, without_progress(again.stderr).strip()) == (done.stdout, "")
    assert files(tmp_path) == behind


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ends", [["\n"], ["\r\n"], ["\r"], ["\r\n", "\n"]], ids=repr)
def test_fix_keeps_the_rest(tmp_path, ends, bom):
    """A fix changes line ends, blanks, other lines, the file's mode or other files."""
    lines = [
        ("Title: A Paper of AndrÃ© and AndrÃ©", "Title: A Paper of André and André"),
        ("Authors:  Ada Lovelace;\tAlan Turing ",) * 2,
        ("Date: 14/02/2026", "Date: 2026-02-14"),
        ("Arxiv: https://arxiv.org/abs/2401.00003v2", "Arxiv: 2401.00003v2"),
        (
            "Links: GitHub | https://github.com/ada/GitHub",
            "Links: code | https://github.com/ada/GitHub",
        ),
        ("    github | https://github.com/ada/two", "    code | https://github.com/ada/two"),
        ("",) * 2,
        ("In 14/02/2026, with blanks at the end  ",) * 2,
        ("and\x85other\u2028ends; GitHub | none",) * 2,
    ]
    old, new = (
        "".join(
            line[n] + ends[i % len(ends)] * (i + 1 < len(lines)) for i, line in enumerate(lines)
        )
        for n in (0, 1)
    )
    conf = lay(tmp_path, GOOD | {"papers/p.md": bom + old.encode()})
    path = tmp_path / "content/papers/p.md"
    path.chmod(0o640)
    mode = path.stat().st_mode
    others = [p for p in tmp_path.rglob("*") if p.is_file() and p != path]
    times = [p.stat().st_mtime_ns for p in others]
    code, printed, diff = check(conf, "--fix")
    assert code == 0 and path.read_bytes() == new.encode(), printed
    assert path.stat().st_mode == mode and diff.count("\n-") == 5
    assert [p.stat().st_mtime_ns for p in others] == times
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted([*others, path])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    "answer, piped", [("", False), ("n", False), ("\4", False), ("y", False), ("y", True)]
)
def test_fix_asks(tmp_path, answer, piped):
    """A file is changed before its owner confirms, or the question goes to a pipe."""
    import pty

    lay(tmp_path, GOOD | {"papers/p.md": on("14/02/2026")})
    ours, theirs = pty.openpty()
    command = [sys.executable, ROOT / "plugins/papers", "check", "--fix", "--json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdin=theirs,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
        env=os.environ | {"GITHUB_ACTIONS": ""},
    ) as process:
        try:
            seen, end = "", time.monotonic() + 60
            while "[y/N]" not in seen and time.monotonic() < end:
                if select.select([ours], [], [], 0.2)[0]:
                    seen += os.read(ours, 4096).decode()
            text = (tmp_path / "content/papers/p.md").read_text()
            assert "-Date: 14/02/2026\r\n+Date: 2026-02-14\r\n" in seen and text == on("14/02/2026")
            assert "Make this change? [y/N]" in seen
            os.write(ours, f"{answer}\n".encode())
            printed = process.communicate(timeout=20)[0]
            # There is something to read: the terminal shows the answer.
            assert "Traceback" not in (seen + os.read(ours, 4096).decode())
            assert not piped or json.loads(printed)["errors"] == (answer != "y")
        finally:
            process.kill()
            os.close(ours)
            os.close(theirs)
    text = (tmp_path / "content/papers/p.md").read_text()
    assert text == on("2026-02-14" if answer == "y" else "14/02/2026")
    assert process.returncode == (answer != "y")


# As the one of this repository reads the other one.
WITHIN = (
    "import os, sys\nsys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\n"
    "from pelicanconf import *\n"
)
# Files of settings, what is asked for, and what is reported.
NOT_RUN = {
    "no file of settings": (
        {}, ["--settings", "none.py"],
        r"none\.py does not exist \(go to your site's folder, name the file with --settings, or "
        r"start a site with `pelican-papers init`\)",
    ),
    "a syntax error": (
        {"publishconf.py": "SITENAME = (\n"}, [], r"publishconf\.py:1: SyntaxError: '\(' was never"
    ),
    "a name that is not there": (
        {"publishconf.py": "\nSITENAME = ada\n"}, [],
        r"publishconf\.py:2: NameError: name 'ada' is not defined",
    ),
    "a syntax error in the other file": (
        {"publishconf.py": WITHIN, "pelicanconf.py": "\nSITENAME = (\n"}, [],
        r"\S*pelicanconf\.py:2: SyntaxError: '\(' was never closed",
    ),
    "a name that is not there in the other file": (
        {"publishconf.py": WITHIN, "pelicanconf.py": "\nSITENAME = ada\n"}, [],
        r"\S*pelicanconf\.py:2: NameError: name 'ada' is not defined",
    ),
    "an end": ({"publishconf.py": "raise SystemExit(0)\n"}, [], r"publishconf\.py:1: SystemExit"),
    "no content": (
        {"pelicanconf.py": 'PATH = "nowhere"\n'}, [],
        r"PATH: \S*nowhere is not a folder \(write PATH = \"content\"",
    ),
    "no plugin": (
        {"pelicanconf.py": "PLUGINS = []\n"}, [],
        r'publishconf\.py does not name the plugin \(write PLUGINS = \["papers"\]\)',
    ),
    "no such option": ({}, ["--nope"], r"error: unrecognized arguments: --nope"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_RUN)
def test_cannot_run(tmp_path, name):
    """A check that could not run exits with 0 or 1, prints a traceback, or writes a file."""
    additions, arguments, message = NOT_RUN[name]
    lay(tmp_path, GOOD)
    before = files(write(tmp_path, LAST | additions))
    done = command(tmp_path, *arguments)
    assert done.returncode == 2, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr
    *usage, line = done.stderr.splitlines()
    assert re.match(rf"(?:check|pelican-papers): {message}", line)
    # A word on how it is meant, where it was called wrongly, and one line of what is wrong.
    assert usage == [] or (name == "no such option" and usage[0].startswith("usage: "))
    assert files(tmp_path) == before


def test_annotations():
    """GitHub takes a character of a file's name or a message for its own syntax."""
    annotations = format_github_annotations([
        Problem("content/50%,a:b.md", "100%\r\nof it: a, b", "key", 3),
        Problem("content/papers/x.bib", "is empty", None, 1, "b-x", True),
        Problem("content/home.md", "missing"),
    ])  # fmt: skip
    assert annotations == [
        "::error file=content/50%25%2Ca%3Ab.md,line=3,title=key::100%25%0D%0Aof it: a, b",
        "::notice file=content/papers/x.bib,line=1::b-x: is empty",
        "::error file=content/home.md::missing",
    ]


def test_on_github(tmp_path, monkeypatch):
    """On GitHub, annotations are missing; elsewhere, they are printed."""
    conf = lay(tmp_path, GOOD | {"papers/a,b%.md": on("2026-13"), "papers/c.md": paper("Award:")})
    messages = ['"2026-13" is not a valid date (write 2026, 2026-02 or 2026-02-14)']
    hint = "is empty (write a value, or delete the line)"
    marks = [
        f"::error file=content/papers/a%2Cb%25.md,line=3,title=date::{messages[0]}",
        f"::notice file=content/papers/c.md,line=3,title=award::{hint}",
    ]
    code, lines, rest = check(conf)
    assert (code, rest) == (1, "") and not any(line.startswith("::") for line in lines)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert check(conf) == (code, lines, "\n".join([*marks, ""]))
    arguments = ["-s", conf, "-o", tmp_path / "output"]
    for name, expected in {"true": marks, "": []}.items():
        printed = pelican(*arguments, cwd=tmp_path, GITHUB_ACTIONS=name).stdout
        assert [line for line in printed.splitlines() if line.startswith("::")] == expected


def test_missing_home(tmp_path):
    """A site without home.md is published without a home page."""
    content = write(tmp_path / "content", {"index.md": HOME})
    site = build(content, tmp_path / "output")
    assert site.code == 1
    assert site.printed.startswith("content/home.md: missing (write `Title: ` and your name")
    assert not site.output.exists()


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_link_to_the_outside(make, tmp_path):
    """A symbolic link in content/ brings a file from outside into the site."""
    write(tmp_path, {"secret.svg": SVG, "content/papers/p.md": ""})
    (tmp_path / "content" / "papers" / "f.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "content" / "images").mkdir()
    (tmp_path / "content" / "images" / "g.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "content" / "papers" / "s.md").symlink_to(write(tmp_path, {"s": PAPER}) / "s")
    site = make({"papers/p.md": paper("Image: f.svg", "Image_alt: X")}, check=False)
    assert site.code == 1
    assert "content/images/g.svg: points outside content/" in site.printed
    assert "content/papers/s.md: points outside content/" in site.printed
    assert 'content/papers/p.md:3: image: "f.svg" does not exist' in site.printed


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_links_of_lists_to_the_outside(tmp_path):
    """people.yml or references.bib is read from outside content/, or ignored without a message."""
    cited = NEWS + "As in [@b-x].\n"
    conf = lay(tmp_path, GOOD | {"news/n.md": cited})
    entry = "@misc{b-x, title = {T}, author = {A B}, year = 2026}\n"
    write(
        tmp_path / "outside", {"people.yml": "A B: {orcid: 1}\n", "x.bib": entry, "more/y.bib": ""}
    )
    for link, target in {
        "people.yml": "people.yml", "references.bib": "x.bib", "papers/x.bib": "x.bib",
        "papers/more": "more",
    }.items():  # fmt: skip
        (tmp_path / "content" / link).symlink_to(tmp_path / "outside" / target)
    code, lines, _ = check(conf)
    out = "points outside content/ (copy the file itself there)"
    assert (code, lines) == (1, [
        "content/news/n.md:5: [@b-x] is not a paper of the site or of references.bib (correct "
        "the key)",
        "content/papers/more: is a link to a folder (copy the files themselves there)",
        f"content/papers/x.bib: {out}", f"content/people.yml: {out}",
        f"content/references.bib: {out}", "5 problems, no notices in 4 files",
    ])  # fmt: skip
