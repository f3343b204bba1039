"""`publish`: the site to be published, unless half of its pages are missing."""

import argparse
import os
import sys
from pathlib import Path

from ..publish import list_pages, parse_sitemap, refuse_page_loss
from .site_build import add_build_arguments, build_output

EXAMPLES = """examples:
  pelican-papers publish                    build into output/, for a host
  pelican-papers publish --last last.xml    compare with the sitemap online
  SITEURL=https://you.github.io pelican-papers publish
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_build_arguments(parser)
    parser.add_argument(
        "--allow-loss",
        action="store_true",
        help="publish though half of the pages of the last site are gone",
    )
    parser.add_argument(
        "--last",
        type=Path,
        metavar="FILE",
        help="sitemap.xml of the last site, where it is not in the output folder",
    )


def run(options: argparse.Namespace) -> int:
    """Build the published site; return 1 if something is wrong, or half of the pages are gone."""

    def approve(new: Path, last: Path, address: str) -> None:
        pages = list_pages(last) if last.is_dir() else set()
        if options.last is not None and options.last.is_file():
            try:
                pages = parse_sitemap(options.last.read_text("utf-8", "replace"), address)
            except ValueError as error:
                # A sitemap of another program is no reason not to publish.
                print(f"{options.last} is not compared: {error}", file=sys.stderr)
        is_intended = options.allow_loss or os.environ.get("ALLOW_LOSS") == "yes"
        refuse_page_loss(new, set() if is_intended else pages)

    return build_output(options, approve)
