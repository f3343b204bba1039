"""`serve`: the preview in a browser."""

import argparse
from contextlib import closing

from ..foreign_theme import theme_knows_papers
from ..model import CommandError
from ..publish import load_site

EXAMPLES = """examples:
  pelican-papers serve              at http://localhost:8000, or the next port
  pelican-papers serve --port 9000
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("-p", "--port", type=int, help="default: 8000, or the next free port")


def run(options: argparse.Namespace) -> int:
    """Serve the preview until Ctrl-C."""
    # The other commands need not load it.
    from ..preview import MemorySite, serve

    try:
        pelican, _ = load_site(options.settings)
    except CommandError:
        # The preview shows errors in settings that exist, until they are corrected.
        if not options.settings.is_file():
            raise
    else:
        if not theme_knows_papers(pelican.settings):
            hint = "run `pelican --autoreload --listen`"
            raise CommandError(f"the preview needs a theme that supports papers ({hint})")
    with closing(MemorySite(options.settings)) as site:
        return serve(site, options.port)
