"""Check new papers before they are written: their names, encoding, and whether the site builds."""

import re
from collections.abc import Iterable
from pathlib import Path

from ..content import (
    PAPERS_FOLDER,
    FormulaError,
    Header,
    check_characters,
    check_formulas,
    find_mojibake,
    normalize_keys,
    read_paper,
    split_header,
    to_mathml,
)
from ..model import Problem
from ..util import TEX_MATH, shorten
from .common import make_slug, render_document
from .result import Document

_FORMULA = re.compile(rf"(?<!\\)(?:{TEX_MATH.pattern})", re.DOTALL)
_REQUIRED = ("title", "authors", "date")


def repair_encoding(document: Document) -> list[Problem]:
    """Repair mojibake in a document; return notices about it."""
    problems = []

    def repair(text: str, key: str | None) -> str:
        lines = text.split("\n")
        for n, piece, meant in find_mojibake(text):
            lines[n - 1] = lines[n - 1].replace(piece, meant, 1)
            message = f'"{shorten(piece)}" was meant as "{shorten(meant)}"'
            problems.append(Problem(document.file, message, key, document.line, notice=True))
        return "\n".join(lines)

    document.headers = {key: repair(value, key) for key, value in document.headers.items()}
    document.body = repair(document.body, None)
    return problems


def assign_slugs(documents: Iterable[Document], existing: Iterable[Header]) -> list[Problem]:
    """Give each document a unique slug; drop citation keys that other papers have."""
    problems = []
    keys = {(h.get("key") or h.citation_key or "").lower(): h.location for h in existing}
    slugs = set(keys)
    for document in documents:
        name, number = document.slug or make_slug(document.headers["title"]), 1
        document.slug = name
        while document.slug in slugs:
            number += 1
            document.slug = f"{name}-{number}"
        key = document.headers.get("key", "").lower()
        if key and key in keys:
            message = (
                f'"{document.headers.pop("key")}" is already used in {keys[key]}; it was skipped'
            )
            problems.append(Problem(_path(document), message, "key", notice=True))
        elif key:
            keys[key] = _path(document)
        slugs.add(document.slug)
    return problems


def _path(document: Document) -> str:
    return f"content/{PAPERS_FOLDER}/{document.slug}.md"


def check_document(document: Document, content: Path, macros: dict[str, str]) -> list[Problem]:
    """Return the problems of a paper; drop optional headers that would fail a build."""
    problems = []

    def check_formula(match: re.Match) -> str:
        try:
            to_mathml(match[0], tuple(macros.items()))
        except FormulaError as error:
            message = (
                f"{shorten(match[0])} cannot be shown as a formula and is shown as code: {error}"
            )
            problems.append(Problem(_path(document), message, notice=True))
            return f"`{' '.join(match[0].replace('`', '').split())}`"
        return match[0]

    document.body = _FORMULA.sub(check_formula, document.body)
    while True:
        text = render_document(document.headers, document.body)
        header, _ = split_header(_path(document), text)
        normalize_keys(header)
        check_characters(header, text)
        check_formulas(header, macros)
        file = content / PAPERS_FOLDER / f"{document.slug}.md"
        read_paper(header, file, content, {}, document.slug or "")
        optional = document.headers.keys() - set(_REQUIRED)
        errors = (problem for problem in header.problems if not problem.notice)
        error = next((problem for problem in errors if problem.key in optional), None)
        if error is None:
            return problems + header.problems
        message = f"{error.message}; it was skipped"
        problems.append(Problem(error.file, message, error.key, notice=True))
        del document.headers[error.key]
