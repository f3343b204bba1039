"""Papers are looked at before they are written: are they there, and will the site build?"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..content import (
    PAPERS_FOLDER,
    FormulaError,
    Header,
    check_characters,
    check_formulas,
    find_mojibake,
    normalize_keys,
    parse_bibtex,
    read_paper,
    split_header,
    to_mathml,
)
from ..model import SCHEMES, Problem
from ..util import TEX_MATH, is_public, shorten
from .common import fold_text, make_slug, render_document
from .result import Document

_FORMULA = re.compile(rf"(?<!\\)(?:{TEX_MATH.pattern})", re.DOTALL)
_NEEDED = ("title", "authors", "date")


def read_existing_papers(content: Path) -> list[Header]:
    """Return the headers of all papers of a site, of Markdown files and of BibTeX entries."""
    found = []
    for path in sorted(content.glob(f"{PAPERS_FOLDER}/**/*")):
        if path.suffix in (".md", ".bib") and is_public(path, content):
            name, data = f"content/{path.relative_to(content).as_posix()}", path.read_bytes()
            read = parse_bibtex if path.suffix == ".bib" else _read_file
            found += (header for header in read(name, data) if header.entries)
    for header in found:
        normalize_keys(header)
    return found


def _read_file(name: str, data: bytes) -> list[Header]:
    return [split_header(name, data.decode("utf-8-sig", "replace"))[0]]


def find_duplicate(known: Iterable[Header], headers: Mapping[str, str]) -> Header | None:
    """Return the paper of a site that has the same DOI, arXiv id, or title in whatever year."""
    title, doi = fold_text(headers.get("title", "")), _id("doi", headers.get("doi"))
    arxiv = _arxiv(headers)
    for header in known:
        other = _id("doi", header.get("doi"))
        if doi and other:
            if doi == other:
                return header
        elif arxiv and arxiv == _arxiv(header):
            return header
        elif title and title == fold_text(header.get("title") or ""):
            return header
    return None


def _id(name: str, value: str | None) -> str:
    """Return an id as it can be compared; "" where there is none."""
    return re.sub(r"v\d+$", "", (SCHEMES[name].parse(value or "") or "").lower())


def _arxiv(headers: Header | Mapping[str, str]) -> str:
    """Return an arXiv id, which a DOI or an address can hold."""
    return next(
        filter(None, (_id("arxiv", headers.get(key)) for key in ("arxiv", "doi", "url"))), ""
    )


def repair_encoding(text: Document) -> list[Problem]:
    """Put right what was read in a wrong encoding somewhere; return what is to be told of it."""
    problems = []

    def mended(words: str, key: str | None) -> str:
        lines = words.split("\n")
        for n, piece, meant in find_mojibake(words):
            lines[n - 1] = lines[n - 1].replace(piece, meant, 1)
            told = f'"{shorten(piece)}" was meant as "{shorten(meant)}"'
            problems.append(Problem(text.file, told, key, text.line, notice=True))
        return "\n".join(lines)

    text.headers = {key: mended(value, key) for key, value in text.headers.items()}
    text.body = mended(text.body, None)
    return problems


def assign_slugs(texts: Iterable[Document], known: Iterable[Header]) -> list[Problem]:
    """Give each text a name of its own; take citation keys away that other papers have."""
    problems = []
    keys = {
        (header.get("key") or header.citation_key or "").lower(): header.location
        for header in known
    }
    taken = set(keys)
    for text in texts:
        name, number = text.slug or make_slug(text.headers["title"]), 1
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


def _path(text: Document) -> str:
    return f"content/{PAPERS_FOLDER}/{text.slug}.md"


def check_document(text: Document, content: Path, macros: dict[str, str]) -> list[Problem]:
    """Return what is wrong with a paper, and leave out what nobody needs and would end a build."""
    problems = []

    def code(match: re.Match) -> str:
        try:
            to_mathml(match[0], tuple(macros.items()))
        except FormulaError as error:
            told = f"{shorten(match[0])} cannot be shown, and stands as code: {error}"
            problems.append(Problem(_path(text), told, notice=True))
            return f"`{' '.join(match[0].replace('`', '').split())}`"
        return match[0]

    text.body = _FORMULA.sub(code, text.body)
    while True:
        written = render_document(text.headers, text.body)
        header, _ = split_header(_path(text), written)
        normalize_keys(header)
        check_characters(header, written)
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
