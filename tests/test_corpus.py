"""Real people's .bib files: nothing of them is lost without a message.

They are read in place, beside the repository, and no part of it: without them these
tests are skipped.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import bibtexparser
import pybtex.database
import pytest
from conftest import HOME, ROOT, SETTINGS, build, share, write
from papers.content import bibtex_parser
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.identifiers import SCHEMES
from papers.model.paper import Paper
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError
from pylatexenc.latex2text import LatexNodes2Text

CORPUS = ROOT.parent / "shared" / "corpus"
FILES = sorted([*CORPUS.glob("bib/*.bib"), *CORPUS.glob("bib-extra/*.bib")])
pytestmark = pytest.mark.skipif(not FILES, reason="the real .bib files are not here")

ENTRY = re.compile(r"^[ \t]*%?[ \t]*@(?!comment|string|preamble)\w+[ \t]*[{(]", re.I | re.M)
MARKS = re.compile(r"^(?:<{7}|={7}|>{7}).*\n", re.M)
ADDRESS = re.compile(
    r"^\s*(?:url|pdf|html|code|website|slides|video|poster|supp|blog|preprint|talk|data)\s*=\s*"
    r"[{\"](https?://(?:[^\s{}\"]|\{\\?[&%_#~]\})+)[}\"]",
    re.I | re.M,
)
# What a .bib cannot hold, and what belongs to this site's pages alone.
NOT_CITED = {
    "venue_short", "annotation", "award", "presentation", "license", "links", "figure",
    "selected", "weight", "bibtex", "titles", "ids",
}  # fmt: skip


def text_of(path: Path) -> str:
    """Return a file's text, with line ends as they are here."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return re.sub(r"\r\n?", "\n", text)


def site_of(text: str, folder: Path):
    """Build a site of one .bib."""
    content = write(folder / "content", {"home.md": HOME, "papers/x.bib": text})
    return build(content, folder / "output", "pelicanconf.py", SETTINGS)


def find_reported_lines(printed: str, text: str) -> tuple[set[int], set[int]]:
    """Return where the entries begin that problems name, and those that notices leave out."""
    starts = [text.count("\n", 0, match.start()) + 1 for match in ENTRY.finditer(text)]
    problems, left_out = set(), set()
    for line in printed.splitlines():
        if match := re.match(r"content/papers/x\.bib:(\d+): (.*)", line):
            start = max((n for n in starts if n <= int(match[1])), default=0)
            if not line.endswith("[notice]"):
                problems.add(start)
            elif "has no page" in line or "is ignored (delete it, or only" in line:
                left_out.add(start)
    return problems - {0}, left_out - problems


def without(text: str, lines: set[int]) -> str:
    """Return a file without the entries that begin in the given lines, and without conflicts."""
    starts = [match.start() for match in ENTRY.finditer(text)] + [len(text)]
    parts = [text[: starts[0]]]
    for start, end in zip(starts, starts[1:], strict=False):
        if text.count("\n", 0, start) + 1 not in lines:
            parts.append(text[start:end])
    return MARKS.sub("", "".join(parts))


def raw_entries(text: str) -> list[dict[str, str]]:
    """Return the fields of all entries as pybtex reads them, key and field given twice or not."""
    parser = LowLevelParser(text, handle_error=lambda error: None)
    entries = []
    try:
        for command, body in parser:
            if command.lower() not in ("string", "preamble", "comment"):
                entries.append({name.lower(): "".join(map(str, parts)) for name, parts in body[1]})
    except PybtexSyntaxError:
        pass
    return entries


# What pybtex takes for part of a name: marks, commas and semicolons at the end, a second "and",
# emphasis, formulas; and lists that commas or a tie separate.
READ_OTHERWISE = re.compile(
    r"[*+†]|[,;]\s*$|^and |\\textbf|\$|\band~|^\S[^,]* [A-Z]\.([A-Z]\.)?, \S"
    r"|^[^\s,{}]{2,} [^,{}]+, [^\s,{}]{2,} [^,{}]+, [^\s,{}]{2,} ",
    re.I | re.M,
)


def decode_name(words: list[str]) -> str:
    """Return words without TeX, as pylatexenc decodes it."""
    text = LatexNodes2Text().latex_to_text(" ".join(words))
    return " ".join(unicodedata.normalize("NFC", re.sub("[{}]", "", text)).split())


def parse_with_pybtex(text: str) -> list[tuple[str, str, str]]:
    """Return family name, given name and suffix of each name in a field."""
    parts = []
    for name in split_name_list(text):
        person = Person(name)
        family = decode_name(person.prelast_names + person.last_names)
        given = decode_name(person.first_names + person.middle_names)
        parts.append((family or given, given if family else "", decode_name(person.lineage_names)))
    return parts


@pytest.mark.parametrize("path", share(FILES, one_in=9), ids=lambda path: path.name)
def test_names(path):
    """A name is parsed otherwise than by pybtex and pylatexenc."""
    for header in bibtex_parser.parse_bibtex(path.name, path.read_bytes())[1:]:
        for key in ("authors", "editor"):
            entry = header.entries.get(key)
            if not entry or not entry.parsed or entry.name not in ("author", "editor"):
                continue
            raw = " ".join(entry.raw.split())
            if any(map(READ_OTHERWISE.search, split_name_list(raw))):
                continue
            authors = [(author.family, author.given, author.suffix) for author in entry.parsed[0]]
            assert authors + [("others", "", "")] * entry.parsed[1] == parse_with_pybtex(raw), raw


def leads_like(address: str, shown: set[str]) -> bool:
    """Tell whether a link to the identifier in an address is shown."""
    parsed = ((scheme, scheme.parse(address)) for scheme in SCHEMES.values())
    ids = [(scheme, identifier) for scheme, identifier in parsed if identifier]
    return any(
        (other := scheme.parse(link)) and scheme.is_same(other, identifier)
        for scheme, identifier in ids
        for link in shown
    )


@pytest.mark.parametrize("path", share(FILES, one_in=8), ids=lambda path: path.name)
def test_every_entry_is_a_paper_or_a_problem(path, tmp_path):
    """An entry is lost without a message or doubled, a URL changed, an abstract cut."""
    text = text_of(path)
    count = len(ENTRY.findall(text))
    assert len(raw_entries(text)) in range(count - 2, count + 1)
    site = site_of(text, tmp_path / "first")
    problems, left_out = find_reported_lines(site.printed, text)
    assert (site.code == 0) == (not re.search(r"problems?: nothing", site.printed))
    if site.code:
        text = without(text, problems)
        site = site_of(text, tmp_path / "second")
        assert site.code == 0, site.printed
    pages = sorted(site.output.glob("papers/*/index.html"))
    assert len(pages) + len(problems) + len(left_out) == count
    print(f"{path.name}: {count} = {len(pages)} + {len(problems)} + {len(left_out)}")
    soups = [site.page(f"papers/{page.parent.name}/", strict=False) for page in pages]
    shown = {a["href"] for soup in soups for a in soup.select("main a[href]")}
    for address in ADDRESS.findall(text):
        plain = re.sub(r"\{?\\?([&%_#~])\}?", r"\1", address)
        assert plain in shown or leads_like(plain, shown), address
    abstracts = Counter(word for soup in soups for word in soup.main.get_text().split())
    for entry in raw_entries(text):
        words = re.findall(r"(?<=\s)[A-Za-z]{3,}(?=\s)", entry.get("abstract", ""))
        assert not Counter(words) - abstracts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_round_trip(path):
    """A record changes when it is written as BibTeX and parsed again."""
    names = [field.name for field in fields(Paper) if field.name not in NOT_CITED]

    def record(header) -> Paper | None:
        return read_paper(header, path, ROOT / "none", {}, header.citation_key or "k")

    def cited(paper: Paper) -> dict:
        values = {name: getattr(paper, name) for name in names}
        for name in ("authors", "editors"):
            values[name] = tuple(replace(author, marks="") for author in values[name])
        return values | {"doi": paper.ids.get("doi"), "arxiv": paper.ids.get("arxiv")}

    def whole(paper: Paper) -> str:
        return bibliography.format_full_bibtex(paper, bibliography.format_bibtex(paper))

    written = []
    for header in bibtex_parser.parse_bibtex(path.name, path.read_bytes())[1:]:
        if not header.entries or (paper := record(header)) is None:
            assert header.problems, header.citation_key
            continue
        written.append(whole(paper))
        rest, again = bibtex_parser.parse_bibtex("again.bib", written[-1].encode())
        assert not rest.problems
        assert cited(record(again)) == cited(paper)
    text = "\n".join({entry.split(",")[0].lower(): entry for entry in written}.values())
    assert not bibtexparser.parse_string(text).failed_blocks
    assert len(pybtex.database.parse_string(text, "bibtex").entries) == text.count("\n}\n")
