"""`check`: all problems of a site, and the fixes that are safe."""

import argparse
import sys
from pathlib import Path

from ..build import CheckResult
from ..check import (
    LinkLocation,
    accept_notices,
    check_external_links,
    find_unused_acceptances,
    format_github_annotations,
    format_problems,
    problems_to_json,
    runs_on_github,
    sort_problems,
    summarize_problems,
)
from ..model import Problem
from ..publish import check_site
from ..util import IMPORT_REPORT
from .fixes import apply_fixes, collect_fixes, format_diff

EXAMPLES = """examples:
  pelican-papers check           list all problems
  pelican-papers check --fix     make safe corrections
  pelican-papers check --links   also check links to other sites
"""
_ACCEPT_HINT = " (to accept a notice, add its line to ACCEPTED_NOTICES in pelicanconf.py)"
_LINK_CACHE = "links.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "--json", action="store_true", help="print the problems as JSON, for other programs"
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="make safe corrections; in a terminal, show them and ask first",
    )
    parser.add_argument(
        "--links",
        action="store_true",
        help="also check whether links to other sites still work",
    )


def run(options: argparse.Namespace) -> int:
    """Print what is wrong; return 1 if there is more than notices."""
    result = check_site(options.settings)
    if options.fix:
        result = _fix(result, options.settings)
    problems = result.problems + (_check_links(result) if options.links else [])
    reported = [*problems, *_list_open_points(result.folder)]
    accepted = result.accepted_notices
    problems = accept_notices(reported, accepted)
    count = len(reported) - len(problems)
    problems += find_unused_acceptances(reported, accepted, result.folder, options.links)
    problems = sort_problems(problems)
    if options.json:
        print(problems_to_json(problems))
    else:
        print(*format_problems(problems), sep="\n", end="\n" if problems else "")
        files = f"{result.files} file{'' if result.files == 1 else 's'}"
        summary = summarize_problems(problems).capitalize() + (
            f", {count} accepted" if count else ""
        )
        hint = _ACCEPT_HINT if any(problem.notice for problem in problems) else ""
        print(f"{summary} in {files}{hint}")
    if runs_on_github():
        print(*format_github_annotations(problems), sep="\n", file=sys.stderr)
    return int(any(not problem.notice for problem in problems))


def _fix(result: CheckResult, settings: Path) -> CheckResult:
    """Show the changes that are safe, make them if the user agrees, and check again."""
    # How this program is installed matters here only, and is asked of hosts.
    from .installation import LOCK, REQUIREMENTS, find_pin, renew_requirements, replace_wheel

    folder, pin, renewed = result.folder, None, {}
    changes = collect_fixes(result.problems, folder)
    if any(problem.file in (LOCK, REQUIREMENTS) for problem in result.problems):
        pin = find_pin()
        renewed = renew_requirements(folder, pin)
    changes |= renewed
    print(*format_diff(changes, folder), sep="\n", file=sys.stderr)
    if not changes or not _confirm(len(changes)):
        return result
    apply_fixes(changes)
    if renewed:
        replace_wheel(folder, pin)
    return check_site(settings)


def _list_open_points(folder: Path) -> list[Problem]:
    if not (folder / IMPORT_REPORT).is_file():
        return []
    # The importers are many modules, which only a site that was imported needs.
    from ..importers import read_open_points

    return read_open_points(folder)


def _confirm(count: int) -> bool:
    """Ask whether to make changes; without a terminal the answer is yes."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    changes = "these changes" if count > 1 else "this change"
    # Not input(): it writes to standard output, as the findings do.
    print(f"Make {changes}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _check_links(result: CheckResult) -> list[Problem]:
    locations = {
        url: [LinkLocation(file, line, key) for file, line, key in places]
        for url, places in result.external_links.items()
    }

    def show_progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {total} addresses", end="", file=sys.stderr, flush=True)

    problems = check_external_links(locations, result.cache / _LINK_CACHE, show_progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return problems
