"""`new`: a file for a paper, news, a post, a page or a template, with its headers."""

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
    render_document,
    repair_encoding,
    write_import,
)
from ..model import SCHEMES, Problem
from ..publish import content_folder, load_settings, load_site
from ..util import PACKAGE, LazyPattern, replace_file, shorten, version_of
from .arguments import add_settings_argument, new_parser

EXAMPLES = """examples:
  pelican-papers new paper "What It Is Called"
  pelican-papers new paper 2508.08221            from arXiv, by id or address
  pelican-papers new paper 10.1038/nature14539   from a DOI, or its address
  pelican-papers new paper - < entries.bib       one file for each BibTeX entry
  pelican-papers new news "Two papers accepted"
  pelican-papers new post "Why It Works"         in the blog
  pelican-papers new page "Teaching"             at /teaching/
  pelican-papers new template paper.html         into templates/, to change it

Files are never overwritten. A new one is opened with $VISUAL or $EDITOR.
"""
# The headers to fill in most often, for a paper of which only the title is known.
_EMPTY_HEADERS = "Venue:\nArxiv:\nLinks:\n"
_IDENTIFIER = LazyPattern(r"(?:arxiv|doi)\s*:\s*\d|https?://|10\.\d{4,9}/", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the kinds of files, each with its arguments."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")

    def add_kind(name: str, text: str) -> argparse.ArgumentParser:
        kind = new_parser(kinds, name, help=text, description=f"Create {text}.", epilog=EXAMPLES)
        add_settings_argument(kind)
        return kind

    paper = add_kind("paper", "a paper from a title, arXiv, a DOI or BibTeX")
    paper.add_argument(
        "what",
        metavar="WHAT",
        help="a title, an arXiv id or DOI, its address, or - for BibTeX on standard input",
    )
    template = add_kind("template", "a copy of one of the theme's templates, for you to change")
    template.add_argument(
        "name", metavar="NAME", help="the name of the template, such as paper.html"
    )
    news = add_kind("news", "a news item, dated today")
    news.add_argument(
        "title", metavar="TITLE", nargs="?", default="News", help="the title; default: News"
    )
    post = add_kind("post", "a blog post, dated today")
    post.add_argument(
        "title", metavar="TITLE", help="the title; the file and the address are named after it"
    )
    page = add_kind("page", "a page, such as your CV, teaching or talks")
    page.add_argument(
        "title", metavar="TITLE", help="the title; the file and the address are named after it"
    )


def run(options: argparse.Namespace) -> int:
    """Write the files, print their paths, and open them; return 1 if something is wrong."""
    settings, content = load_settings(options.settings), content_folder(options.settings)
    if options.kind == "template":
        pelican, _ = load_site(options.settings)
        return _copy_template(options.name, pelican.settings, content)
    result, problems = ImportResult(), []
    # Nothing is known but a title: the user has to fill in the rest.
    is_blank = False
    try:
        if options.kind != "paper":
            return _begin_text(options.kind, options.title, content)
        existing = read_existing_papers(content)
        if options.what == "-":
            data = sys.stdin.buffer.read() if sys.stdin else b""
            problems = import_bib_entries("standard input", data, content, result)
        else:
            is_blank = _add_paper(options.what, settings, result, existing)
    except (NotFound, ValueError) as error:
        print(f"new: {error}", file=sys.stderr)
        return 1
    count = len(result.documents)
    problems += _check_documents(result, existing, settings, content)
    has_duplicates = len(result.documents) < count
    print(*result.notes, sep="\n", end="\n" if result.notes else "", file=sys.stderr)
    paths, has_conflicts = _write_documents(result, content, is_blank)
    problems = sort_problems(problems)
    print(*format_problems(problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    _open_editor(paths)
    has_errors = any(not problem.notice for problem in problems)
    return int(has_duplicates or has_conflicts or has_errors or not paths)


def _check_documents(
    result: ImportResult, existing: list[Header], settings: Mapping, content: Path
) -> list[Problem]:
    """Remove papers that the site has, name the files of the others, and return their problems."""
    problems = []
    for paper in [document for document in result.documents if document.kind == "paper"]:
        problems += repair_encoding(paper)
        if duplicate := find_duplicate(existing, paper.headers):
            result.documents.remove(paper)
            print(f"new: {_describe_duplicate(paper.headers['title'], duplicate)}", file=sys.stderr)
    problems += assign_slugs(result.documents, existing)
    macros = settings.get("MATH_MACROS")
    macros = macros if isinstance(macros, dict) else {}
    for document in result.documents:
        if document.kind == "paper":
            problems += check_document(document, content, macros)
    return problems


def _write_documents(
    result: ImportResult, content: Path, is_blank: bool
) -> tuple[list[Path], bool]:
    """Write the files; return their paths, and whether others exist in the place of some."""
    paths, has_conflicts = [], False
    for note in write_import(result, content, "new"):
        path = content / note.message.removeprefix("content/")
        if note.kind == "taken":
            paths.append(path)
            if is_blank:
                text = path.read_bytes().rstrip(b"\n") + f"\n{_EMPTY_HEADERS}\n".encode()
                replace_file(path, text)
            print(_relative_path(path))
        else:
            has_conflicts = True
            print(f"new: {note.message if is_blank else note}", file=sys.stderr)
    return paths, has_conflicts


def _copy_template(name: str, settings: Mapping, content: Path) -> int:
    """Copy a template of the theme into the site's folder of templates; return the exit code."""
    theme = Path(settings["THEME"], "templates")
    names = sorted(path.name for path in theme.glob("*.html"))
    folder = next(iter(settings["THEME_TEMPLATES_OVERRIDES"]), None)
    if folder is None:
        hint = 'write THEME_TEMPLATES_OVERRIDES = ["templates"]'
        print(f"new: the settings name no folder for templates ({hint})", file=sys.stderr)
        return 1
    path = content.parent / folder / name
    if name not in names:
        hint = f"name one of {', '.join(names)}"
        print(f'new: the theme has no template "{shorten(name)}" ({hint})', file=sys.stderr)
        return 1
    if path.exists() or path.is_symlink():
        message = f"{_relative_path(path)} already exists and was not changed"
        print(f"new: {message}", file=sys.stderr)
        return 1
    text = (theme / name).read_text(encoding="utf-8")
    replace_file(path, add_origin_comment(text, name, version_of(PACKAGE)).encode())
    print(_relative_path(path))
    _open_editor([path])
    return 0


def _begin_text(kind: str, title: str, content: Path) -> int:
    """Write news or a post of today, or a page, with a title, and return the exit code."""
    if not (title := plain_line(title)):
        noun = "news need" if kind == "news" else f"a {kind} needs"
        raise ValueError(f"{noun} a title (write a few words)")
    headers, body, name = {"title": title}, "Write here.", make_slug(title)
    if kind != "page":
        headers["date"] = _today()
    if kind == "news":
        name, body = f"{headers['date'][:7]}-{name}", escape_markdown(title)
    path = content / {"news": "news", "post": "blog", "page": "pages"}[kind] / f"{name}.md"
    number = 1
    while os.path.lexists(path):
        if kind != "news":
            hint = "edit it, or choose another title"
            raise ValueError(f"{_relative_path(path)} already exists ({hint})")
        # Two items of a month can have the same title.
        number += 1
        path = path.with_name(f"{name}-{number}.md")
    replace_file(path, render_document(headers, body).encode())
    print(_relative_path(path))
    if kind == "page":
        print("To show it in the menu, add it to MENUITEMS in pelicanconf.py.", file=sys.stderr)
    _open_editor([path])
    return 0


def _add_paper(what: str, settings: Mapping, result: ImportResult, existing: list[Header]) -> bool:
    """Add the paper of an identifier or title; tell whether nothing but its title is known."""
    what = what.strip()
    doi = SCHEMES["doi"].parse(what)
    arxiv = SCHEMES["arxiv"].parse(what) or SCHEMES["arxiv"].parse(doi or "")
    if duplicate := find_duplicate(existing, {"arxiv": arxiv} if arxiv else {"doi": doi or ""}):
        raise ValueError(_describe_duplicate(arxiv or doi or "", duplicate))
    if arxiv:
        import_arxiv(arxiv, result)
    elif doi:
        import_doi(doi, result)
    elif _IDENTIFIER.match(what):
        hint = "write a title, an id such as 2508.08221, or a DOI such as 10.1000/182"
        raise ValueError(f'"{shorten(plain_line(what))}" is not an arXiv id or a DOI ({hint})')
    elif not (title := plain_line(what)):
        raise ValueError("a paper needs a title (write a few words)")
    else:
        owner = settings.get("OWNER") or settings.get("AUTHOR")
        owners = owner if isinstance(owner, list | tuple) else [owner]
        owners = [name for name in owners if isinstance(name, str)]
        headers = {"title": title, "date": _today()[:7], "authors": format_people(owners[:1])}
        result.documents.append(Document("paper", headers))
        return True
    return False


def _today() -> str:
    """Return today's date, here or in UTC, whichever is earlier.

    The site hides what has a later date, and is built where the time is UTC.
    """
    return min(date.today(), datetime.now(UTC).date()).isoformat()


def _describe_duplicate(what: str, header: Header) -> str:
    return f'"{shorten(what)}" is already in {header.location}, which was not changed'


def _relative_path(path: Path) -> str:
    """Return a path as seen from the current folder, if it is below that."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _open_editor(paths: list[Path]) -> None:
    """Open files in the editor, if there is one, and a terminal."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not (paths and all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))):
        return
    try:
        # On Windows, the backslashes of paths are not escapes.
        words = shlex.split(editor, posix=os.name != "nt")
        command = [word.strip('"') for word in words]
        code = subprocess.run([*command, *paths]).returncode if command else 0
        message = f"ended with {code}" if code else ""
    except (OSError, ValueError) as error:
        message = f"cannot be started: {getattr(error, 'strerror', None) or error}"
    if message:
        print(f"new: the editor, {editor}, {message} (the file stays)", file=sys.stderr)
