"""Notices: shown once by a build, all by the check, and accepted by the settings."""

import io
import shutil
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from conftest import write
from mistakes import GOOD, check, entry, lay, paper
from papers.check.notices import ShownNotices, accept_notices, find_unused_acceptances
from papers.cli.main import main
from papers.model.problem import Problem

EMPTY = "is empty (write a value, or delete the line)"
NOTICE = Problem("content/papers/old.bib", EMPTY, "venue", 7, "ada1843", notice=True)
FEW = (
    'ACCEPTED_NOTICES = [\n    "content/papers/c.md: award",\n    "content/papers/d.md:4: award"]\n'
)


def publish(folder: Path, *arguments: str) -> list[str]:
    """Return the lines about notices that a build prints."""
    with redirect_stderr(io.StringIO()) as err:
        conf, output = str(folder / "publishconf.py"), str(folder / "output")
        assert main([*(arguments or ["publish"]), "-s", conf, "-o", output]) == 0
    return [line for line in err.getvalue().splitlines() if "notice" in line]


def test_notices_are_shown_once(tmp_path):
    """Each build prints all notices, or the check does not; the site depends on it."""
    lay(tmp_path, GOOD | {"papers/c.md": paper("Award:"), "papers/d.md": paper("Note:", "Award:")})
    first = [
        f"content/papers/c.md:3: award: {EMPTY} [notice]",
        f"content/papers/d.md:3: note: {EMPTY} [notice]",
        f"content/papers/d.md:4: award: {EMPTY} [notice]",
    ]
    assert publish(tmp_path) == first
    site = {p: p.read_bytes() for p in (tmp_path / "output").rglob("*") if p.is_file()}
    assert publish(tmp_path) == ["3 notices shown before; `pelican-papers check` lists all"]
    code, lines, _ = check(tmp_path / "publishconf.py")
    assert (code, lines[:-1]) == (0, first)
    with (tmp_path / "content/papers/c.md").open("a") as file:
        file.write("More.\n")
    hidden = "2 notices shown before; `pelican-papers check` lists all"
    assert publish(tmp_path, "build") == [first[0], hidden]
    write(tmp_path / "content", {"papers/c.md": paper("Award:")})
    shutil.rmtree(tmp_path / "cache")
    assert publish(tmp_path) == first
    assert site == {p: p.read_bytes() for p in site if p.is_file()}
    write(tmp_path, {"pelicanconf.py": FEW})
    assert publish(tmp_path) == ["1 notice shown before; `pelican-papers check` lists all"]
    code, lines, _ = check(tmp_path / "publishconf.py")
    assert (code, lines[:-1]) == (0, first[1:2])
    assert lines[-1].startswith("No problems, 1 notice, 2 accepted in 5 files (to accept a notice")


def test_unused_acceptances(tmp_path):
    """What accepts nothing any more is not reported, with its line, or a build reports it."""
    files = {
        "papers/x.bib": entry("article", "b-x", "keywords = {}"),
        "papers/c.md": paper("Award:"),
    }
    settings = FEW.replace(
        "]", ',\n    "content/papers/gone.md",\n    \'"https://a.example" has\']'
    )
    conf = lay(tmp_path, GOOD | files, settings)
    message = 'ACCEPTED_NOTICES: "content/papers/{}" matches no notice (delete it) [notice]'
    code, lines, _ = check(conf)
    assert code == 0 and lines[:-1] == [
        f"pelicanconf.py:3: {message.format('d.md:4: award')}",
        f"pelicanconf.py:4: {message.format('gone.md')}",
    ]
    assert publish(tmp_path) == []


@pytest.mark.parametrize(
    "text, accepts",
    [
        ("content/papers/old.bib", True),
        ("content/papers/old.bib: ada1843", True),
        ("content/papers/old.bib:9: ada1843: venue", True),
        (f"  {NOTICE} [notice] ", True),
        ("content/papers/*: venue: is empty", True),
        ("*: is empty (", True),
        ("content/papers/new.bib", False),
        ("content/papers/old.bib: venue", False),
        ("venue", False),
        (".*", False),
        ("content/papers/old.bib: ada1843: venue: is empty (x", False),
    ],
)
def test_accepted(text, accepts):
    """A line of the check, its beginning, or one with `*` does not accept its notice."""
    error = Problem(**{name: getattr(NOTICE, name) for name in ("file", "message", "key", "entry")})
    assert accept_notices([NOTICE, error], [text]) == ([error] if accepts else [NOTICE, error])
    unused = find_unused_acceptances([NOTICE, error], [text], Path("nowhere"), links=False)
    assert len(unused) == (not accepts)


def test_unused_acceptance_of_a_link():
    """A check that requested no address says that a notice on one is there no more."""
    text = 'content/papers/old.bib: "https://a.example/x" does not say whether it is there'
    for links in (False, True):
        assert len(find_unused_acceptances([], [text], Path("nowhere"), links)) == links


def test_shown_notices(tmp_path):
    """A notice of another folder's file, a new one, or an error is taken for one that was shown."""
    for name in ("a", "b"):
        write(tmp_path / name, {"content/papers/old.bib": "x"})
    shown = [ShownNotices(tmp_path / "cache", tmp_path / name) for name in ("a", "b")]
    other, error = Problem(NOTICE.file, "else", notice=True), Problem(NOTICE.file, "wrong")
    nowhere = Problem("environment", "odd", notice=True)
    assert shown[0].take_new([NOTICE, error, nowhere]) == [NOTICE, error, nowhere]
    assert shown[0].take_new([NOTICE, other, error, nowhere]) == [other, error]
    assert shown[0].take_new([NOTICE, other]) == []
    assert shown[1].take_new([NOTICE]) == [NOTICE]
    (tmp_path / "b/content/papers/old.bib").unlink()
    assert shown[1].take_new([NOTICE]) == [NOTICE]
