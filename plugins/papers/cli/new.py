"""`new`: a file for a paper or a piece of news, in its place and with its headers."""

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from ..check import add_origin_comment, format_problems, sort_problems
from ..content import Header
from ..importers import (
    Document,
    ImportResult,
    NotFound,
    assign_slugs,
    check_document,
    escape_markdown,
    find_duplicate,
    format_people,
    import_arxiv,
    import_bib_entries,
    import_doi,
    make_slug,
    plain_line,
    read_existing_papers,
    repair_encoding,
    write_import,
)
from ..model import SCHEMES
from ..publish import content_folder, load_settings, load_site
from ..util import PACKAGE, replace_file, shorten, version_of

EXAMPLES = """examples:
  pelican-papers new paper "What It Is Called"
  pelican-papers new paper 2508.08221            of arXiv, by id or address
  pelican-papers new paper 10.1038/nature14539   of a DOI, or the address of one
  pelican-papers new paper - < entries.bib       a file for each entry of BibTeX
  pelican-papers new news "Two papers accepted"
  pelican-papers new template paper.html         into templates/, to be changed

No file is ever written over. A new one is opened with $VISUAL or $EDITOR.
"""
# What is filled in most often, where nothing is known but a title; `check` tells of the rest.
_EMPTY = "Venue:\nArxiv:\nLinks:\n"
_MEANT = re.compile(r"(?:arxiv|doi)\s*:\s*\d|https?://|10\.\d{4,9}/", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the kinds of files that can be begun."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")

    def kind(name: str, words: str) -> argparse.ArgumentParser:
        form = argparse.RawDescriptionHelpFormatter
        found = kinds.add_parser(
            name, help=words, description=f"Begin {words}.", epilog=EXAMPLES, formatter_class=form,
            allow_abbrev=False,
        )  # fmt: skip
        # Before the kind, or behind it.
        told = "a file of settings"
        found.add_argument("-s", "--settings", type=Path, default=argparse.SUPPRESS, help=told)
        return found

    paper = kind("paper", "a paper: of a title, of arXiv, of a DOI, or of BibTeX")
    words = "its title, an arXiv id, a DOI, the address of one, or - for BibTeX on standard input"
    paper.add_argument("what", metavar="WHAT", help=words)
    template = kind("template", "a template of your own, a copy of one of the theme's")
    template.add_argument("name", metavar="NAME", help="such as paper.html")
    news = kind("news", "a piece of news of today")
    news.add_argument("title", metavar="TITLE", nargs="?", default="News", help="default: News")


def run(options: argparse.Namespace) -> int:
    """Write the files, print their paths, and open them; return 1 where something is wrong."""
    settings, content = load_settings(options.settings), content_folder(options.settings)
    if options.kind == "template":
        return _begin_template(options.name, load_site(options.settings)[0].settings, content)
    found, problems, begun = ImportResult(), [], options.kind == "news"
    known = read_existing_papers(content) if options.kind == "paper" else []
    try:
        if options.kind == "news":
            _begin_news(options.title, found)
        elif options.what == "-":
            data = sys.stdin.buffer.read() if sys.stdin else b""
            problems = import_bib_entries("standard input", data, content, found)
        else:
            begun = _begin_paper(options.what, settings, found, known)
    except (NotFound, ValueError) as error:
        print(f"new: {error}", file=sys.stderr)
        return 1
    wrong = False
    for text in [text for text in found.documents if text.kind == "paper"]:
        problems += repair_encoding(text)
        if first := find_duplicate(known, text.headers):
            found.documents.remove(text)
            print(f"new: {_there(text.headers['title'], first)}", file=sys.stderr)
            wrong = True
    problems += assign_slugs(found.documents, known)
    macros = settings.get("MATH_MACROS")
    for text in found.documents:
        if text.kind == "paper":
            problems += check_document(text, content, macros if isinstance(macros, dict) else {})
    print(*found.notes, sep="\n", end="\n" if found.notes else "", file=sys.stderr)
    written = []
    for note in write_import(found, content, "new"):
        path = content / note.message.removeprefix("content/")
        if note.kind == "taken":
            written.append(path)
            if begun and options.kind == "paper":
                replace_file(path, path.read_bytes().rstrip(b"\n") + f"\n{_EMPTY}\n".encode())
            print(_shown(path))
        else:
            wrong = True
            print(f"new: {note.message if begun else note}", file=sys.stderr)
    problems = sort_problems(problems)
    print(*format_problems(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    _open(written)
    return int(wrong or not written or any(not problem.notice for problem in problems))


def _begin_template(name: str, settings: Mapping, content: Path) -> int:
    theme = Path(settings["THEME"], "templates")
    known = sorted(path.name for path in theme.glob("*.html"))
    folder = next(iter(settings["THEME_TEMPLATES_OVERRIDES"]), None)
    if folder is None:
        hint = 'write THEME_TEMPLATES_OVERRIDES = ["templates"]'
        print(f"new: the settings name no folder for templates ({hint})", file=sys.stderr)
        return 1
    path = content.parent / folder / name
    if name not in known:
        hint = f"name one of {', '.join(known)}"
        print(f'new: the theme has no template "{shorten(name)}" ({hint})', file=sys.stderr)
    elif path.exists() or path.is_symlink():
        print(f"new: {_shown(path)} is there already, and stays as it is", file=sys.stderr)
    else:
        text = add_origin_comment(
            (theme / name).read_text(encoding="utf-8"), name, version_of(PACKAGE)
        )
        replace_file(path, text.encode())
        print(_shown(path))
        _open([path])
        return 0
    return 1


def _begin_news(title: str, found: ImportResult) -> None:
    title, today = plain_line(title), _today()
    if not title:
        raise ValueError("news need a title (write a few words)")
    slug = f"{today[:7]}-{make_slug(title)}"
    found.documents.append(
        Document("news", {"title": title, "date": today}, escape_markdown(title), slug=slug)
    )


def _begin_paper(what: str, settings: Mapping, found: ImportResult, known: list[Header]) -> bool:
    """Add the paper that is meant; tell whether nothing is known of it but a title."""
    what = what.strip()
    doi = SCHEMES["doi"].parse(what)
    arxiv = SCHEMES["arxiv"].parse(what) or SCHEMES["arxiv"].parse(doi or "")
    if first := find_duplicate(known, {"arxiv": arxiv} if arxiv else {"doi": doi or ""}):
        raise ValueError(_there(arxiv or doi or "", first))
    if arxiv:
        import_arxiv(arxiv, found)
    elif doi:
        import_doi(doi, found)
    elif _MEANT.match(what):
        hint = "write a title, an id such as 2508.08221, or a DOI such as 10.1000/182"
        raise ValueError(f'"{shorten(plain_line(what))}" is no arXiv id and no DOI ({hint})')
    elif not (title := plain_line(what)):
        raise ValueError("a paper needs a title (write a few words)")
    else:
        owner = settings.get("OWNER") or settings.get("AUTHOR")
        owners = owner if isinstance(owner, list | tuple) else [owner]
        owners = [name for name in owners if isinstance(name, str)]
        headers = {"title": title, "date": _today()[:7], "authors": format_people(owners[:1])}
        found.documents.append(Document("paper", headers))
        return True
    return False


def _today() -> str:
    """Return the day here, or in UTC where that is behind: the site holds back what is to come."""
    return min(date.today(), datetime.now(UTC).date()).isoformat()


def _there(what: str, header: Header) -> str:
    return f'"{shorten(what)}" is in {header.location} already, which stays as it is'


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
        words = shlex.split(editor, posix=os.name != "nt")
        command = [word.strip('"') for word in words]
        code = subprocess.run([*command, *paths]).returncode if command else 0
        told = f"ended with {code}" if code else ""
    except (OSError, ValueError) as error:
        told = f"cannot be started: {getattr(error, 'strerror', None) or error}"
    if told:
        print(f"new: the editor, {editor}, {told} (the file stays)", file=sys.stderr)
