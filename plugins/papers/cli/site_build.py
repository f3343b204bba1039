"""The build of `build` and `publish`: beside the last site, which it then replaces."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ..build import Profile
from ..check import format_problems, sort_problems, summarize_problems
from ..model import BuildFailed
from ..publish import BuildLocked, build_and_swap, build_site
from .arguments import DEFAULT_OUTPUT


def add_build_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of both commands."""
    parser.add_argument(
        "-o", "--output", type=Path, default=DEFAULT_OUTPUT, help="default: %(default)s"
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="replace the output folder and everything in it, even if no build made it",
    )
    parser.add_argument("--profile", action="store_true", help="show where the time went")


def build_output(
    options: argparse.Namespace,
    next_step: str,
    approve: Callable[[Path, Path, str], None] | None = None,
    **override: object,
) -> int:
    """Build a site, replace the last one, and return the exit code.

    `next_step` says what to do then, with {output} and {address}. `approve` gets the new folder,
    the last one and the site's address; it raises to refuse. `override` holds other values for
    the settings.
    """
    address, profile = "", Profile()

    def build(new: Path) -> None:
        nonlocal address
        address = build_site(options.settings, new, options.output, profile, **override)

    def check(new: Path, last: Path) -> None:
        if approve:
            approve(new, last, address)

    try:
        build_and_swap(options.output, build, check, options.replace)
    except SystemExit as report:
        print(report, file=sys.stderr)
    except BuildFailed as error:
        problems = sort_problems(error.problems)
        print(*format_problems(problems), sep="\n", file=sys.stderr)
        print(f"{summarize_problems(problems)}: nothing was written.", file=sys.stderr)
    except (BuildLocked, ValueError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    else:
        if options.profile:
            print(*profile.lines(), sep="\n", file=sys.stderr)
        output = f"{os.path.relpath(options.output)}{os.sep}"
        print(next_step.format(output=output, address=address))
        return 0
    return 1
