"""`import`: the content of another system becomes files of this one."""

import argparse
import sys
from pathlib import Path

from ..check import sort_problems, summarize_problems
from ..importers import ALREADY_THERE, write_import, write_owner_settings
from ..model import CommandError
from ..publish import check_site, content_folder
from .init import site_template_files

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
    """Write what was found, tell what was taken, guessed and left, and check the site."""
    # Not needed for the help.
    from ..importers import import_source

    source, content = options.source, content_folder(options.settings)
    if not source.exists():
        raise CommandError(f"{source} is not there (name a folder or a file)")
    if content.resolve().is_relative_to(source.resolve()):
        raise CommandError(f"{source} holds this site itself (name the other one)")
    try:
        found = import_source(source)
    except (ValueError, RecursionError) as error:
        print(f"import: {error}", file=sys.stderr)
        return 1
    new = site_template_files()
    written = [
        *write_import(found, content, source.name, new),
        *write_owner_settings(found, options.settings, new),
    ]
    there = [note for note in written if note.message.endswith(ALREADY_THERE)]
    taken = [note for note in written if note.kind == "taken"]
    groups = {
        "Read": [note for note in found.notes if note.kind == "taken"],
        "Taken": taken,
        "Guessed": [note for note in found.notes if note.kind == "guessed"],
        "Left": [note for note in [*written, *found.notes] if note.kind == "left"],
    }
    for name, notes in groups.items():
        told = dict.fromkeys(str(note) for note in notes if note not in there)
        if told:
            print(f"{name} ({len(told)}):", *told, sep="\n  ")
    print()
    if there:
        print(f"What {len(there)} {'files' if len(there) > 1 else 'file'} hold is there already.")
    if not taken:
        print("Nothing new was found.")
    problems = sort_problems(check_site(options.settings).problems)
    wrong = [problem for problem in problems if not problem.notice]
    if wrong:
        print("Before it can be published:", *map(str, wrong), sep="\n  ")
    if problems:
        print(f"The site has {summarize_problems(problems)}; `pelican-papers check` tells them.")
    print("`pelican-papers serve` shows it.")
    return int(bool(wrong))
