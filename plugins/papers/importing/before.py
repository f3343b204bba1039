"""Papers are looked at before they are written: are they there, and will the site build?"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import bibtex, blocks
from ..files import is_public
from ..formulas import FormulaError, check_formulas, mathml
from ..headers import Header, shorten
from ..letters import check_letters, mojibake
from ..model import Problem
from ..record import PAPERS_FOLDER, name_as_paper, read_paper
from ..schemes import SCHEMES
from ..tex import MATH
from . import cited
from .found import Text
from .write import render, slug_of

_FORMULA = re.compile(rf"(?<!\\)(?:{MATH.pattern})", re.DOTALL)
_NEEDED = ("title", "authors", "date")


def read_site(content: Path) -> list[Header]:
    """Return the headers of all papers of a site, of Markdown files and of BibTeX entries."""
    found = []
    for path in sorted(content.glob(f"{PAPERS_FOLDER}/**/*")):
        if path.suffix in (".md", ".bib") and is_public(path, content):
            name, data = f"content/{path.relative_to(content).as_posix()}", path.read_bytes()
            read = bibtex.read if path.suffix == ".bib" else _read_file
            found += (header for header in read(name, data) if header.entries)
    for header in found:
        name_as_paper(header)
    return found


def _read_file(name: str, data: bytes) -> list[Header]:
    return [blocks.split(name, data.decode("utf-8-sig", "replace"))[0]]


def find(known: Iterable[Header], headers: Mapping[str, str]) -> Header | None:
    """Return the paper of a site that has the same DOI, arXiv id, or title in whatever year."""
    title, doi = cited.folded(headers.get("title", "")), _id("doi", headers.get("doi"))
    arxiv = _arxiv(headers)
    for header in known:
        other = _id("doi", header.get("doi"))
        if doi and other:
            if doi == other:
                return header
        elif arxiv and arxiv == _arxiv(header):
            return header
        elif title and title == cited.folded(header.get("title") or ""):
            return header
    return None


def _id(name: str, value: str | None) -> str:
    """Return an id as it can be compared; "" where there is none."""
    return re.sub(r"v\d+$", "", (SCHEMES[name].read(value or "") or "").lower())


def _arxiv(headers: Header | Mapping[str, str]) -> str:
    """Return an arXiv id, which a DOI or an address can hold."""
    return next(
        filter(None, (_id("arxiv", headers.get(key)) for key in ("arxiv", "doi", "url"))), ""
    )


def mend(text: Text) -> list[Problem]:
    """Put right what was read in a wrong encoding somewhere; return what is to be told of it."""
    problems = []

    def mended(words: str, key: str | None) -> str:
        lines = words.split("\n")
        for n, piece, meant in mojibake(words):
            lines[n - 1] = lines[n - 1].replace(piece, meant, 1)
            told = f'"{shorten(piece)}" was meant as "{shorten(meant)}"'
            problems.append(Problem(text.file, told, key, text.line, notice=True))
        return "\n".join(lines)

    text.headers = {key: mended(value, key) for key, value in text.headers.items()}
    text.body = mended(text.body, None)
    return problems


def name(texts: Iterable[Text], known: Iterable[Header]) -> list[Problem]:
    """Give each text a name of its own; take citation keys away that other papers have."""
    problems = []
    keys = {(header.get("key") or header.entry or "").lower(): header.place for header in known}
    taken = set(keys)
    for text in texts:
        name, number = text.slug or slug_of(text.headers["title"]), 1
        text.slug = name
        while text.slug in taken:
            number += 1
            text.slug = f"{name}-{number}"
        key = text.headers.get("key", "").lower()
        if key and key in keys:
            told = f'"{text.headers.pop("key")}" is that of {keys[key]}; it is left out'
            problems.append(Problem(_path(text), told, "key", notice=True))
        elif key:
            keys[key] = _path(text)
        taken.add(text.slug)
    return problems


def _path(text: Text) -> str:
    return f"content/{PAPERS_FOLDER}/{text.slug}.md"


def check(text: Text, content: Path, macros: dict[str, str]) -> list[Problem]:
    """Return what is wrong with a paper, and leave out what nobody needs and would end a build."""
    problems = []

    def code(match: re.Match) -> str:
        try:
            mathml(match[0], tuple(macros.items()))
        except FormulaError as error:
            told = f"{shorten(match[0])} cannot be shown, and stands as code: {error}"
            problems.append(Problem(_path(text), told, notice=True))
            return f"`{' '.join(match[0].replace('`', '').split())}`"
        return match[0]

    text.body = _FORMULA.sub(code, text.body)
    while True:
        written = render(text.headers, text.body)
        header, _ = blocks.split(_path(text), written)
        name_as_paper(header)
        check_letters(header, written)
        check_formulas(header, macros)
        file = content / PAPERS_FOLDER / f"{text.slug}.md"
        read_paper(header, file, content, {}, text.slug or "")
        wrong = [problem for problem in header.problems if not problem.notice]
        first = next((p for p in wrong if p.key in text.headers and p.key not in _NEEDED), None)
        if first is None:
            return problems + header.problems
        told = f"{first.message}; it is left out"
        problems.append(Problem(first.file, told, first.key, notice=True))
        del text.headers[first.key]
