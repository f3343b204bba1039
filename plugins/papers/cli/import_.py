"""`import`: the content of another system becomes files of this site."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from ..build import CheckResult
from ..check import format_problems, sort_problems, summarize_problems
from ..importers import (
    ALREADY_THERE,
    MAX_ROUNDS,
    ImportNote,
    Repair,
    Repairer,
    import_source,
    list_first_steps,
    list_points,
    update_report,
    write_import,
    write_owner_settings,
)
from ..model import CommandError
from ..publish import check_site, content_folder
from ..util import IMPORT_REPORT
from .init import read_site_template

EXAMPLES = """examples:
  pelican-papers import ../old-site        al-folio, academicpages, HugoBlox ...
  pelican-papers import old-site/index.md  a home page that lists papers
  pelican-papers import papers.bib         BibTeX, as from Zotero or DBLP
  pelican-papers import works.json         CSL-JSON, or an ORCID record
  pelican-papers import papers.ris         or EndNote's papers.enw, papers.xml
  pelican-papers import pubmed.nbib        PubMed

Existing files are never changed: it is safe to import again.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a folder or a file")


def run(options: argparse.Namespace) -> int:
    """Import, repair what would stop the build, and report; return 1 if the site does not build."""
    source, content = options.source, content_folder(options.settings)
    if not source.exists():
        raise CommandError(f"{source} does not exist (name a folder or a file)")
    if content.resolve().is_relative_to(source.resolve()):
        raise CommandError(f"{source} contains this site itself (name the old site)")
    try:
        result = import_source(source)
    except ValueError as error:
        print(f"import: {error}", file=sys.stderr)
        return 1
    template, is_new = read_site_template(), not (content / "home.md").exists()
    notes = [
        *write_import(result, content, source.name, template),
        *write_owner_settings(result, options.settings, template, is_new),
    ]
    checked, repairs = _repair(options.settings, content, notes)
    # What a repair has left out is not there any more.
    gone = {
        name for note in notes if (name := note.target) and not (content.parent / name).exists()
    }
    written = [note for note in notes if note.kind == "taken" and note.target not in gone]
    existing = [note for note in notes if note.message.endswith(ALREADY_THERE)]
    others = [note for note in [*notes, *result.notes] if note not in existing]
    _print_notes(result.notes, written, others)
    points = list_points(repairs, others)
    report = options.settings.resolve().parent / IMPORT_REPORT
    if written or not report.exists():
        update_report(report, points)
    print()
    if existing:
        files = "files" if len(existing) > 1 else "file"
        print(f"Already imported: {len(existing)} {files}.")
    if not written:
        print("Nothing new was found.")
    return _conclude(checked, points, report)


def _repair(
    settings: Path, content: Path, notes: Iterable[ImportNote]
) -> tuple[CheckResult, list[Repair]]:
    """Check the site and repair what the import has written, until nothing is wrong in it."""
    repairer = Repairer(content, {note.target for note in notes if note.target})
    published = settings.with_name("publishconf.py")
    settings = published if published.is_file() else settings
    for _ in range(MAX_ROUNDS):
        result = check_site(settings)
        if not repairer.repair(result.problems):
            break
    return result, list(repairer.repairs.values())


def _print_notes(
    read: list[ImportNote], written: list[ImportNote], others: list[ImportNote]
) -> None:
    groups = {
        "Read": [note for note in read if note.kind == "taken"],
        "Imported": written,
        "Guessed": [note for note in others if note.kind == "guessed"],
        "Skipped": [note for note in others if note.kind == "left"],
    }
    for name, group in groups.items():
        if lines := dict.fromkeys(map(str, group)):
            print(f"{name} ({len(lines)}):", *lines, sep="\n  ")


def _conclude(result: CheckResult, points: dict[str, list[str]], report: Path) -> int:
    """Print whether the site builds, and what to do first; return the exit code."""
    problems = sort_problems(result.problems)
    errors = [problem for problem in problems if not problem.notice]
    if errors:
        print("To correct before you publish:", *format_problems(errors), sep="\n  ")
    count = len(result.papers)
    papers = f"{count} paper{'' if count == 1 else 's'}"
    state = "does not build yet" if errors else "builds"
    print(f"The site {state}: {papers}, {summarize_problems(problems)}.")
    if steps := list_first_steps(points):
        print(f"To do first (the full list is in {report.name}):")
        print(*(f"  {n}. {step}" for n, step in enumerate(steps, 1)), sep="\n")
    print("To look at the site, run `pelican-papers serve`.")
    return int(bool(errors))
