"""`check`: all that is wrong is told, and what is safe is mended."""

import argparse
import sys

from ..build import CheckResult
from ..check import (
    apply_fixes,
    collect_fixes,
    format_diff,
    format_github_annotations,
    format_problems,
    problems_to_json,
    runs_on_github,
    sort_problems,
    summarize_problems,
)
from ..model import Problem
from ..publish import check_site

EXAMPLES = """examples:
  pelican-papers check           say all that is wrong
  pelican-papers check --fix     show the changes that are safe, and make them
  pelican-papers check --links   ask the addresses of other hosts, too
"""
_LINKS = "links.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--json", action="store_true", help="print the findings for programs")
    parser.add_argument("--fix", action="store_true", help="make the changes that are safe")
    words = "ask the addresses of other hosts, too, whether they are still there"
    parser.add_argument("--links", action="store_true", help=words)


def run(options: argparse.Namespace) -> int:
    """Tell what is wrong; return 1 where something is, beside notices."""
    found = check_site(options.settings)
    if options.fix:
        safe = collect_fixes(found.problems, found.folder)
        print(*format_diff(safe, found.folder), sep="\n", file=sys.stderr)
        if safe and _is_meant(len(safe)):
            apply_fixes(safe)
            found = check_site(options.settings)
    problems = found.problems + (_outside(found) if options.links else [])
    problems = sort_problems(problems)
    if options.json:
        print(problems_to_json(problems))
    else:
        print(*format_problems(problems), sep="\n", end="\n" if problems else "")
        ending = "" if found.files == 1 else "s"
        print(f"{summarize_problems(problems)} in {found.files} file{ending}".capitalize())
    if runs_on_github():
        print(*format_github_annotations(problems), sep="\n", file=sys.stderr)
    return int(any(not problem.notice for problem in problems))


def _is_meant(count: int) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    words = "these changes" if count > 1 else "this change"
    # Not by input(), which asks there where the findings go.
    print(f"Make {words}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _outside(found: CheckResult) -> list[Problem]:
    # Not needed for a build, and it takes a tenth of the start.
    from ..check import LinkLocation, check_external_links

    places = {
        address: [LinkLocation(file, line, key) for file, line, key in there]
        for address, there in found.external_links.items()
    }

    def progress(done: int, whole: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {whole} addresses", end="", file=sys.stderr, flush=True)

    problems = check_external_links(places, found.cache / _LINKS, progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return problems
