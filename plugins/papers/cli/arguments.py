"""The arguments and help that several commands share."""

import argparse
from pathlib import Path
from typing import Any

# The site's own folder; another of the same name is given as an argument.
DEFAULT_OUTPUT = Path("output")


def new_parser(subparsers: Any, name: str, **options: Any) -> argparse.ArgumentParser:
    """Add a command, or a kind of one, whose help keeps its line breaks."""
    return subparsers.add_parser(
        name,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        **options,
    )


def add_settings_argument(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add --settings; without a default it repeats that of the command, after the kind."""
    if default is None:
        parser.add_argument(
            "-s", "--settings", type=Path, default=argparse.SUPPRESS, help="the settings file"
        )
    else:
        parser.add_argument(
            "-s",
            "--settings",
            type=Path,
            default=Path(default),
            help="the settings file; default: %(default)s",
        )
