"""`build` and `publish`: a site is built beside the last one, and takes its place."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from ..build import Profile
from ..check import format_problems, sort_problems, summarize_problems
from ..model import BuildFailed
from ..publish import BuildLocked, build_and_swap, build_site

EXAMPLES = """examples:
  pelican-papers build               build into output/
  pelican-papers build --profile     and tell where the time went
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of both commands."""
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("output"), help="default: %(default)s"
    )
    parser.add_argument("--profile", action="store_true", help="tell where the time went")


def run(options: argparse.Namespace) -> int:
    """Build the preview."""
    return build_site_folder(options, lambda new, old, address: None)


def build_site_folder(
    options: argparse.Namespace, approve: Callable[[Path, Path, str], None]
) -> int:
    """Build a site, let it take the last one's place, and return the exit code.

    `approve` gets the new folder, the last one and the site's address, and may refuse.
    """
    address, profile = "", Profile()

    def build(new: Path) -> None:
        nonlocal address
        address = build_site(options.settings, new, options.output, profile)

    try:
        build_and_swap(options.output, build, lambda new, old: approve(new, old, address))
    except SystemExit as told:
        print(told, file=sys.stderr)
    except BuildFailed as refused:
        problems = sort_problems(refused.problems)
        print(*format_problems(problems), sep="\n", file=sys.stderr)
        print(f"{summarize_problems(problems)}: nothing was written.", file=sys.stderr)
    except (BuildLocked, ValueError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    else:
        if options.profile:
            print(*profile.lines(), sep="\n", file=sys.stderr)
        return 0
    return 1
