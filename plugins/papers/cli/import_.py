"""`import`: the content of another system becomes files of this site."""

import argparse
import sys
from pathlib import Path

from ..check import sort_problems, summarize_problems
from ..importers import ALREADY_THERE, import_source, write_import, write_owner_settings
from ..model import CommandError
from ..publish import check_site, content_folder
from .init import read_site_template

EXAMPLES = """examples:
  pelican-papers import ../old-site        al-folio, academicpages, HugoBlox ...
  pelican-papers import old-site/index.md  a home page that lists papers
  pelican-papers import papers.bib         BibTeX, as of Zotero or DBLP
  pelican-papers import works.json         CSL-JSON, or the record of ORCID
  pelican-papers import papers.ris

What is there already stays as it is: to import again does no harm.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a folder or a file")


def run(options: argparse.Namespace) -> int:
    """Import, print what was done, and check the site; return 1 if something is wrong."""
    source, content = options.source, content_folder(options.settings)
    if not source.exists():
        raise CommandError(f"{source} is not there (name a folder or a file)")
    if content.resolve().is_relative_to(source.resolve()):
        raise CommandError(f"{source} holds this site itself (name the other one)")
    try:
        result = import_source(source)
    except ValueError as error:
        print(f"import: {error}", file=sys.stderr)
        return 1
    template = read_site_template()
    notes = [
        *write_import(result, content, source.name, template),
        *write_owner_settings(result, options.settings, template),
    ]
    existing = [note for note in notes if note.message.endswith(ALREADY_THERE)]
    written = [note for note in notes if note.kind == "taken"]
    groups = {
        "Read": [note for note in result.notes if note.kind == "taken"],
        "Taken": written,
        "Guessed": [note for note in result.notes if note.kind == "guessed"],
        "Left": [note for note in [*notes, *result.notes] if note.kind == "left"],
    }
    for name, group in groups.items():
        lines = dict.fromkeys(str(note) for note in group if note not in existing)
        if lines:
            print(f"{name} ({len(lines)}):", *lines, sep="\n  ")
    print()
    if existing:
        files = "files" if len(existing) > 1 else "file"
        print(f"What {len(existing)} {files} hold is there already.")
    if not written:
        print("Nothing new was found.")
    return _check(options.settings)


def _check(settings: Path) -> int:
    """Print what is left to do before the site can be published, and return the exit code."""
    problems = sort_problems(check_site(settings).problems)
    errors = [problem for problem in problems if not problem.notice]
    if errors:
        print("Before it can be published:", *map(str, errors), sep="\n  ")
    if problems:
        print(f"The site has {summarize_problems(problems)}; `pelican-papers check` tells them.")
    print("`pelican-papers serve` shows it.")
    return int(bool(errors))
