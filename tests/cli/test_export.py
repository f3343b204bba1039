"""What `export` prints: the papers of the site, and co-authors as forms ask for them."""

import base64
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HOME, ROOT, SETTINGS, build, write
from papers.cli.main import main
from papers.export import coauthors
from papers.model.dates import PartialDate
from papers.model.names import Person, name_key, parse_authors
from papers.model.paper import Paper

PAPERS = {
    "papers/first.md": "Title: First, É\nAuthors: Ada Lovelace*; Zoë Zimmer; {ROLL Team}; et al.\n"
    "Date: 2026-02\nVenue: ICLR\nSelected: yes\n\nAbstract & more.\n",
    "papers/sub/second.md": "Title: =Second\nAuthors: Z. Zimmer; Ada Lovelace; Ångström, Bo\n"
    "Date: 2022\nKey: zim22\n\n",
    "papers/refs.bib": "@misc{Third, title = {Third}, author = {=Evil, A and Lovelace, Ada}, "
    "year = 2022, month = nov}\n@misc{fourth, title = {4}, author = {Old, Y}, year = 2021}\n",
    "papers/draft.md": "Title: D\nAuthors: Draft Person\nDate: 2026\nStatus: draft\n\n",
    "papers/hidden.md": "Title: H\nAuthors: Hidden Person\nDate: 2026\nStatus: hidden\n\n",
    "people.yml": "Zoë Zimmer:\n  aliases: [Z. Zimmer]\n  orcid: 0000-0002-1825-0097\n"
    "  address: https://zoe.example\n",
}
# The commands after each other: each begins again, and a start takes a second.
RUN = """import base64, contextlib, io, json, sys
from papers.cli.main import main
done = []
for arguments in json.loads(sys.argv[1]):
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(["export", *arguments])
        except SystemExit as end:
            code = end.code
    out.flush()
    done.append((code, base64.b64encode(out.buffer.getvalue()).decode(), err.getvalue()))
print(json.dumps(done))
"""


def settings(folder: Path) -> None:
    values = SETTINGS | {"THEME": str(ROOT / "theme"), "PLUGIN_PATHS": [str(ROOT / "plugins")]}
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    text = "\n".join(["from papers.defaults import *", *lines, ""])
    write(folder, {"pelicanconf.py": text, "publishconf.py": text})


def export(folder: Path, *commands: list[str]) -> list[tuple[int, bytes, str]]:
    """Run commands in a site; return the exit code, output and errors of each."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, json.dumps(commands)],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": "1795000000",
                          "COLUMNS": "100"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(code, base64.b64decode(out), err) for code, out, err in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The folder of a site, and the output of the commands there."""
    folder = tmp_path_factory.mktemp("exported")
    settings(folder)
    write(folder / "content", {"home.md": HOME} | PAPERS)
    commands = [
        ["bibtex"], ["ris"], ["csl", "-o", "sub/all.json"], ["bibtex", "-s", "pelicanconf.py"],
        ["csl", "--selected"], ["csl", "ZIM22", "content/papers/first.md", "./refs.bib", "third"],
        ["bibtex", "draft", "secnd", "fourth"], ["coauthors"], ["coauthors", "--months", "1"],
        ["coauthors", "--months", "0"], ["coauthors", "third", "-o", "c.csv"],
        ["ris", "-o", "sub"], ["ris", "sub\\second.md"], ["word"],
    ]  # fmt: skip
    return folder, {tuple(c): r for c, r in zip(commands, export(folder, *commands), strict=True)}


def test_formats_are_those_of_the_site(exported, tmp_path):
    """The export differs from the site's papers.bib, or holds drafts and hidden papers."""
    folder, done = exported
    site = build(folder / "content", tmp_path / "output", settings=SETTINGS)
    assert site.code == 0, site.printed
    files = site.files()
    for command, name in ((("bibtex",), "papers.bib"), (("ris",), "papers.ris")):
        assert done[command] == (0, files[name], ""), command
    assert done["csl", "-o", "sub/all.json"] == (0, b"", "")
    assert (folder / "sub/all.json").read_bytes() == files["papers.json"]
    assert done["bibtex", "-s", "pelicanconf.py"][1] == files["papers.bib"]
    assert not list(folder.rglob("output"))


def test_chosen_papers(exported):
    """A key or a file selects another paper, or a misspelt one selects none without a message."""
    _, done = exported
    assert [item["id"] for item in json.loads(done["csl", "--selected"][1])] == ["first"]
    several = done["csl", "ZIM22", "content/papers/first.md", "./refs.bib", "third"]
    known = [item["id"] for item in json.loads(several[1])]
    assert known == ["first", "Third", "zim22", "fourth"]
    code, printed, errors = done["bibtex", "draft", "secnd", "fourth"]
    assert code == 1 and not printed
    assert 'export: "draft" is not a paper of the site' in errors
    assert 'export: "secnd" is not a paper of the site (did you mean second' in errors
    assert "fourth" not in errors
    assert done["ris", "sub\\second.md"][0] == 1
    assert done["word",][0] == 2 and "bibtex" in done["word",][2]


def test_a_folder_is_no_file(exported):
    """The export replaces a folder, or leaves a temporary file."""
    folder, done = exported
    code, _, errors = done["ris", "-o", "sub"]
    assert code == 2 and "sub: " in errors and "Traceback" not in errors
    assert [path.name for path in (folder / "sub").iterdir()] == ["all.json"]


def test_no_standard_output(monkeypatch, tmp_path, capsys):
    """An export to a closed standard output ends with a traceback."""
    settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["export", "csl"]) == 2
    assert "no standard output (add -o FILE)" in capsys.readouterr().err


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_coauthors(exported):
    """The table misses a co-author, lists one twice, the owner or a team, or has a formula."""
    folder, done = exported
    # On 18 November 2026: since 18 November 2022, and all of 2022.
    code, data, errors = done["coauthors",]
    assert code == 0
    assert rows(data) == [
        {"Name": "'=Evil, A", "Last paper": "2022-11", "Papers": "1",
         "Title of the last": "Third", "Key of the last": "Third", "ORCID": "", "Address": ""},
        {"Name": "Ångström, Bo", "Last paper": "2022", "Papers": "1",
         "Title of the last": "'=Second", "Key of the last": "zim22", "ORCID": "", "Address": ""},
        {"Name": "Zimmer, Zoë", "Last paper": "2026-02", "Papers": "2",
         "Title of the last": "First, É", "Key of the last": "first",
         "ORCID": "0000-0002-1825-0097", "Address": "https://zoe.example"},
    ]  # fmt: skip
    assert errors == (
        'export: first: ROLL Team is not a person\nexport: first: "et al." hides authors\n'
    )
    assert rows(done["coauthors", "--months", "1"][1]) == []
    assert done["coauthors", "--months", "0"][0] == 2
    assert '"0" is not a number of months (write 48)' in done["coauthors", "--months", "0"][2]
    assert done["coauthors", "third", "-o", "c.csv"][0] == 0
    assert [row["Name"] for row in rows((folder / "c.csv").read_bytes())] == ["'=Evil, A"]


def test_problems_end_an_export(tmp_path):
    """A site with a problem is exported in part, or without a message.

    Of a site with a theme of somebody else's nothing is exported.
    """
    settings(tmp_path)
    write(tmp_path / "content", {"home.md": HOME, "papers/a.md": "Title: A\nDate: 2026-13\n\n"})
    guest = f'PATH = "content"\nTHEME = "simple"\nPLUGIN_PATHS = [{str(ROOT / "plugins")!r}]\n'
    write(tmp_path / "guest", {
        "pelicanconf.py": f'{guest}PLUGINS = ["papers"]\nAUTHOR = SITENAME = "Ada Lovelace"\n'
        'TIMEZONE = "UTC"\nSITEURL = "https://ada.example"\n',
        "content/papers/refs.bib": PAPERS["papers/refs.bib"],
    })  # fmt: skip
    done = export(
        tmp_path, ["bibtex", "-o", "a.bib"], ["coauthors", "-s", "gone.py"],
        ["csl", "-s", "guest/pelicanconf.py"], ["coauthors", "-s", "guest/pelicanconf.py"],
    )  # fmt: skip
    code, printed, errors = done[0]
    assert code == 1 and not printed and "content/papers/a.md:2: date: " in errors
    assert "2 problems, no notices: nothing was exported." in errors
    assert not (tmp_path / "a.bib").exists()
    assert done[1][0] == 2 and "gone.py does not exist" in done[1][2]
    assert [item["id"] for item in json.loads(done[2][1])] == ["Third", "fourth"], done[2]
    assert [row["Name"] for row in rows(done[3][1])] == ["'=Evil, A"], done[3]


@pytest.mark.parametrize(
    "date, months, counts",
    [
        ((2022,), 48, True), ((2021,), 48, False), ((2022, 11), 48, True), ((2022, 10), 48, False),
        ((2022, 11, 18), 48, True), ((2022, 11, 17), 48, False), ((2027,), 1, True),
        ((2026, 3, 1), 8, False), ((2026, 3, 31), 8, True), ((1,), 1200, False),
        ((1926, 12), 1200, True),
    ],
)  # fmt: skip
def test_months(date, months, counts):
    """A paper of the last day or month is missing, or an older one counts."""
    paper = Paper(key="k", title="T", authors=(), date=PartialDate(*date))
    first = coauthors.months_before((2026, 11, 18), months)
    assert bool(coauthors.papers_since([paper], first)) == counts


def test_one_person_has_many_names():
    """Two names of a person become two rows, or two unknown people become one."""
    zoe, other = Person(), Person()
    people = {name_key(name): zoe for name in ("Zoë Zimmer", "Z. Zimmer", "齐默")}
    people[name_key("Y. Other")] = other
    authors, _ = parse_authors("齐默; Łukasz Łuk; Y. Other; Nobody; Z. Zimmer; NOBODY", people)
    paper = Paper(key="k", title="T", authors=authors, date=PartialDate(2026))
    listed = coauthors.list_coauthors([paper], people)
    assert [(one.author.name, len(one.papers)) for one in listed] == [
        ("Łukasz Łuk", 1), ("Nobody", 1), ("Y. Other", 1), ("齐默", 1),
    ]  # fmt: skip
