"""`build`: the preview as files."""

import argparse

from .site_build import add_build_arguments, build_output

EXAMPLES = """examples:
  pelican-papers build               build into output/
  pelican-papers build --profile     also show where the time went
"""
_NEXT_STEP = """\
The preview, with drafts, is in {output}
To view it, run pelican-papers serve (do not open its pages as files).
To put it online, push to GitHub, or run pelican-papers publish --url https://YOUR-SITE"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_build_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Build the preview; return 1 if something is wrong."""
    return build_output(options, _NEXT_STEP)
