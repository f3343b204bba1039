"""`import`: the content of another system becomes files of this one."""

import argparse
import sys
from pathlib import Path

from .. import report
from ..importing.owner import settle
from ..importing.write import THERE, write
from ..run import NotRun, check_site, content_of
from .init_ import files

EXAMPLES = """examples:
  pelican-papers import ../old-site        al-folio, academicpages, HugoBlox ...
  pelican-papers import old-site/index.md  a home page that lists papers
  pelican-papers import papers.bib         BibTeX, as of Zotero or DBLP
  pelican-papers import works.json         CSL-JSON, or the record of ORCID
  pelican-papers import papers.ris

What is there already stays as it is: to import again does no harm.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a folder or a file")


def run(options: argparse.Namespace) -> int:
    """Write what was found, tell what was taken, guessed and left, and check the site."""
    # Not needed for the help.
    from ..importing.recognise import read

    source, content = options.source, content_of(options.settings)
    if not source.exists():
        raise NotRun(f"{source} is not there (name a folder or a file)")
    if content.resolve().is_relative_to(source.resolve()):
        raise NotRun(f"{source} holds this site itself (name the other one)")
    try:
        found = read(source)
    except (ValueError, RecursionError) as error:
        print(f"import: {error}", file=sys.stderr)
        return 1
    new = files()
    written = [*write(found, content, source.name, new), *settle(found, options.settings, new)]
    there = [note for note in written if note.message.endswith(THERE)]
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
    problems = report.ordered(check_site(options.settings).problems)
    wrong = [problem for problem in problems if not problem.notice]
    if wrong:
        print("Before it can be published:", *map(str, wrong), sep="\n  ")
    if problems:
        print(f"The site has {report.count(problems)}; `pelican-papers check` tells them.")
    print("`pelican-papers serve` shows it.")
    return int(bool(wrong))
