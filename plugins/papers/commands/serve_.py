"""`serve`: the preview in a browser."""

import argparse
from contextlib import closing

from ..run import site_of

EXAMPLES = """examples:
  pelican-papers serve              at http://localhost:8000, or the next port that is free
  pelican-papers serve --port 9000
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("-p", "--port", type=int, help="default: 8000, or the next that is free")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    # Not needed by the other commands.
    from ..preview import Site
    from ..serve import serve

    if not options.settings.is_file():
        site_of(options.settings, {})
    with closing(Site(options.settings)) as site:
        return serve(site, options.port)
