"""`publish`: the site to be published is built, but not with half of its pages gone."""

import argparse
import os
import sys
from pathlib import Path

from ..publish import list_pages, parse_sitemap, refuse_page_loss
from . import build

EXAMPLES = """examples:
  pelican-papers publish                    build into output/, for a host
  pelican-papers publish --last last.xml    compare with the sitemap online
  SITEURL=https://you.github.io pelican-papers publish
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    build.add_arguments(parser)
    words = "publish though half of the pages of the last site are gone"
    parser.add_argument("--allow-loss", action="store_true", help=words)
    words = "sitemap.xml of the last site, where it is not in the output folder"
    parser.add_argument("--last", type=Path, metavar="FILE", help=words)


def run(options: argparse.Namespace) -> int:
    """Build the published site; refuse one that lost half of its pages."""

    def approve(new: Path, old: Path, address: str) -> None:
        last = list_pages(old) if old.is_dir() else set()
        if options.last is not None and options.last.is_file():
            try:
                last = parse_sitemap(options.last.read_text("utf-8", "replace"), address)
            except ValueError as error:
                # That of another program is no reason not to publish.
                print(f"{options.last} is not compared: {error}", file=sys.stderr)
        meant = options.allow_loss or os.environ.get("ALLOW_LOSS") == "yes"
        refuse_page_loss(new, set() if meant else last)

    return build.build_site_folder(options, approve)
