"""The folder of the site that a command is about: the current one, or one above it."""

import argparse
import os
import sys
from pathlib import Path

from ..model import CommandError
from .arguments import DEFAULT_OUTPUT

_SETTINGS = "pelicanconf.py"
# The id of the user who may write everywhere.
_ROOT = 0


def enter_site(options: argparse.Namespace, default: str) -> None:
    """Go to the site's folder if the settings are in a folder above, and say so.

    `default` is the command's file of settings; one that `--settings` names is used as it is. The
    other paths that the user has given are still relative to the folder of the user. Raises
    CommandError.
    """
    file, here = options.settings, Path.cwd()
    if str(file) != default or file.exists():
        return
    names = {_SETTINGS, file.name}
    folders = (here, *here.parents)
    site = next((path for path in folders if any((path / n).is_file() for n in names)), here)
    if site == here:
        return
    for name in sorted(names):
        _require_own_file(site / name)
    for name, value in vars(options).items():
        if isinstance(value, Path) and value is not file and value is not DEFAULT_OUTPUT:
            setattr(options, name, here / value)
    print(f"{options.command}: using the site in {site}", file=sys.stderr)
    os.chdir(site)


def _require_own_file(file: Path) -> None:
    """Refuse settings of another user, since they are code: somebody may have put them there."""
    if os.name != "nt" and file.exists() and file.stat().st_uid not in (os.geteuid(), _ROOT):
        hint = f"if you trust it, name it: --settings {file}"
        raise CommandError(f"{file} belongs to another user, so it is not run ({hint})")
