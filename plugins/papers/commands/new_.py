"""`new`: a file for a paper or a piece of news, in its place and with its headers."""

import argparse
import datetime
import os
import re
import shlex
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import bibtex, blocks, report
from ..files import replace_file
from ..formulas import FormulaError, check_formulas, mathml
from ..headers import Header, shorten
from ..importing import asked, cited, singles
from ..importing.found import Found, Text
from ..importing.write import render, slug_of, write
from ..letters import check_letters
from ..model import Problem
from ..record import name_as_paper, read_paper
from ..remote import Unknown
from ..run import content_of, settings_of
from ..schemes import SCHEMES
from ..tex import MATH

EXAMPLES = """examples:
  pelican-papers new paper "What It Is Called"
  pelican-papers new paper 2508.08221               from arXiv, by id or address
  pelican-papers new paper 10.1038/nature14539      from Crossref, by DOI or its address
  pelican-papers new paper - < entries.bib          from BibTeX, a file for each entry
  pelican-papers new news "Two papers accepted"

No file is ever written over. A new one is opened with $VISUAL or $EDITOR, where there is one.
"""
# What is filled in most often, where nothing is known but a title; `check` tells of the rest.
_EMPTY = "Venue:\nArxiv:\nLinks:\n"
_FORMULA = re.compile(rf"(?<!\\)(?:{MATH.pattern})", re.DOTALL)
_MEANT = re.compile(r"(?:arxiv|doi)\s*:|https?://|10\.\d{4}", re.IGNORECASE)
_NEEDED = ("title", "authors", "date")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the kinds of files that can be begun."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    words = "a paper: of a title, of arXiv, of a DOI, or of BibTeX"
    paper = kinds.add_parser("paper", help=words, description=f"Begin {words}.")
    words = "its title, an arXiv id, a DOI, the address of one, or - for BibTeX on standard input"
    paper.add_argument("what", metavar="WHAT", help=words)
    words = "a piece of news of today"
    news = kinds.add_parser("news", help=words, description=f"Begin {words}.")
    news.add_argument("title", metavar="TITLE", nargs="?", default="News", help="default: News")


def run(options: argparse.Namespace) -> int:
    """Write the files, print their paths, and open them; return 1 where something is wrong."""
    settings, content = settings_of(options.settings), content_of(options.settings)
    found, problems, begun = Found(), [], options.kind == "news"
    try:
        if options.kind == "news":
            _begin_news(options.title, found)
        elif options.what == "-":
            data = sys.stdin.buffer.read() if sys.stdin else b""
            problems = singles.take("standard input", data, content, found)
        else:
            begun = _begin_paper(options.what, settings, found)
    except (Unknown, ValueError) as error:
        print(f"new: {error}", file=sys.stderr)
        return 1
    _name(found.texts)
    wrong = _refuse_known(found, content)
    macros = settings.get("MATH_MACROS")
    for text in found.texts:
        if text.kind == "paper":
            problems += _check(text, content, macros if isinstance(macros, dict) else {})
    print(*found.notes, sep="\n", end="\n" if found.notes else "", file=sys.stderr)
    written = []
    for note in write(found, content, "new"):
        path = content / note.message.removeprefix("content/")
        if note.kind == "taken":
            written.append(path)
            if begun and options.kind == "paper":
                replace_file(path, path.read_bytes().rstrip(b"\n") + f"\n{_EMPTY}\n".encode())
            print(_shown(path))
        else:
            wrong = True
            print(f"new: {note.message if begun else note}", file=sys.stderr)
    problems = report.ordered(problems)
    print(*report.lines(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    _open(written)
    return int(wrong or not written or any(not problem.notice for problem in problems))


def _begin_news(title: str, found: Found) -> None:
    title, today = cited.plain(title), datetime.date.today().isoformat()
    if not title:
        raise ValueError("news need a title (write a few words)")
    slug = f"{today[:7]}-{slug_of(title)}"
    found.texts.append(
        Text("news", {"title": title, "date": today}, cited.markdown(title), slug=slug)
    )


def _begin_paper(what: str, settings: Mapping, found: Found) -> bool:
    """Add the paper that is meant; tell whether nothing is known of it but a title."""
    what = what.strip()
    doi = SCHEMES["doi"].read(what)
    if arxiv := SCHEMES["arxiv"].read(what) or SCHEMES["arxiv"].read(doi or ""):
        asked.take_arxiv(arxiv, found)
    elif doi:
        asked.take_crossref(doi, found)
    elif _MEANT.match(what):
        hint = "write a title, an id such as 2508.08221, or a DOI such as 10.1000/182"
        raise ValueError(f'"{shorten(cited.plain(what))}" is no arXiv id and no DOI ({hint})')
    elif not (title := cited.plain(what)):
        raise ValueError("a paper needs a title (write a few words)")
    else:
        owner = settings.get("OWNER") or settings.get("AUTHOR") or ()
        owners = [owner] if isinstance(owner, str) else list(owner)
        date = datetime.date.today().isoformat()[:7]
        headers = {"title": title, "date": date, "authors": cited.people(owners[:1])}
        found.texts.append(Text("paper", headers))
        return True
    return False


def _name(texts: Iterable[Text]) -> None:
    """Give each text another name, which messages tell."""
    taken: set[str] = set()
    for text in texts:
        name, number = text.slug or slug_of(text.headers["title"]), 1
        text.slug = name
        while text.slug in taken:
            number += 1
            text.slug = f"{name}-{number}"
        taken.add(text.slug)


def _refuse_known(found: Found, content: Path) -> bool:
    """Take out papers whose title is in the site already, of whatever year; tell of them."""
    known: dict[str, list[Header]] = {}
    files = content.glob("papers/**/*") if found.texts else ()
    for path in sorted(file for file in files if file.suffix in (".md", ".bib")):
        name, data = f"content/{path.relative_to(content).as_posix()}", path.read_bytes()
        read = bibtex.read if path.suffix == ".bib" else _read_file
        for header in read(name, data):
            name_as_paper(header)
            known.setdefault(_folded(header.get("title") or ""), []).append(header)
    before = len(found.texts)
    for text in [text for text in found.texts if text.kind == "paper"]:
        doi = (SCHEMES["doi"].read(text.headers.get("doi", "")) or "").lower()
        for header in known.get(_folded(text.headers["title"]), ()):
            other = (SCHEMES["doi"].read(header.get("doi") or "") or "").lower()
            if not doi or not other or doi == other:
                found.texts.remove(text)
                told = f"the same paper is in {header.place}, which stays as it is"
                print(f'new: "{shorten(text.headers["title"])}": {told}', file=sys.stderr)
                break
    return len(found.texts) < before


def _read_file(name: str, data: bytes) -> list[Header]:
    return [blocks.split(name, data.decode("utf-8-sig", "replace"))[0]]


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def _check(text: Text, content: Path, macros: dict[str, str]) -> list[Problem]:
    """Return what is wrong with a paper, and leave out what nobody needs and would end a build."""
    name, problems = f"content/papers/{text.slug}.md", []

    def code(match: re.Match) -> str:
        try:
            mathml(match[0], tuple(macros.items()))
        except FormulaError as error:
            told = f"{shorten(match[0])} cannot be shown, and stands as code: {error}"
            problems.append(Problem(name, told, notice=True))
            return f"`{' '.join(match[0].replace('`', '').split())}`"
        return match[0]

    text.body = _FORMULA.sub(code, text.body)
    while True:
        written = render(text.headers, text.body)
        header, _ = blocks.split(name, written)
        name_as_paper(header)
        check_letters(header, written)
        check_formulas(header, macros)
        read_paper(header, content / "papers" / f"{text.slug}.md", content, {}, text.slug)
        key = next((p.key for p in header.problems if not p.notice and p.key in text.headers), "")
        if not key or key in _NEEDED:
            return problems + header.problems
        told = next(p.message for p in header.problems if p.key == key and not p.notice)
        problems.append(Problem(name, f"{told}; it is left out", key, notice=True))
        del text.headers[key]


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _open(paths: list[Path]) -> None:
    """Open files in the editor, where there are one and somebody to use it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not (paths and all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))):
        return
    try:
        # Where paths hold backslashes, these are no escapes.
        command = shlex.split(editor, posix=os.name != "nt")
        code = subprocess.run([*command, *paths]).returncode if command else 0
        told = f"ended with {code}" if code else ""
    except (OSError, ValueError) as error:
        told = f"cannot be started: {getattr(error, 'strerror', None) or error}"
    if told:
        print(f"new: the editor, {editor}, {told} (the file stays)", file=sys.stderr)
