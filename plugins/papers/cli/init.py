"""`init`: a new site, which holds nothing but its owner's files."""

import argparse
import shlex
import sys
from pathlib import Path

from ..util import PACKAGE, replace_file, version_of

EXAMPLES = """examples:
  pelican-papers init my-site    make a site in the folder my-site
  pelican-papers init .          make one here, say in an empty repository
"""
_TEMPLATE = Path(__file__).with_name("site_template")
# These get a dot, without which no tool uses them for this repository.
_HIDDEN = ("gitignore", "github/")
_NEXT_STEPS = """
Now:
  cd {folder}
  python -m pip install -r requirements.txt   (where it is not installed yet)
  pelican-papers serve                        to see it, and each change at once

Write your name into pelicanconf.py, and replace what is in content/;
`pelican-papers import OLD-SITE` fills it from another system.
To publish: push it to GitHub and choose, under Settings, Pages, "GitHub Actions" as the source.
All settings: {defaults}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="made if it is not there")


def run(options: argparse.Namespace) -> int:
    """Write a new site; return 1, and write nothing, if one of its files exists."""
    folder = options.folder
    if folder.exists() and not folder.is_dir():
        print(f"init: {folder} is a file (name a folder)", file=sys.stderr)
        return 1
    files = read_site_template()
    if conflicts := _find_conflicts(folder, list(files)):
        message = f"{', '.join(conflicts)} in {folder} would be written over"
        hint = "name another folder, or move them away"
        print(f"init: {message} ({hint})", file=sys.stderr)
        return 1
    for name, data in files.items():
        replace_file(folder / name, data)
        print(folder / name)
    defaults = Path(__file__).parents[1] / "defaults.py"
    print(_NEXT_STEPS.format(folder=shlex.quote(str(folder)), defaults=defaults))
    return 0


def _find_conflicts(folder: Path, names: list[str]) -> list[str]:
    """Return the files that exist, and what exists in the place of a folder."""
    files = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    parents = {str(parent) for name in names for parent in Path(name).parents if parent.name}
    return files + sorted(name for name in parents if _is_no_folder(folder / name))


def _is_no_folder(path: Path) -> bool:
    return not path.is_dir() and (path.exists() or path.is_symlink())


def read_site_template() -> dict[str, bytes]:
    """Return the files of a new site, by their paths in it."""
    files = {}
    for path in sorted(_TEMPLATE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(_TEMPLATE).as_posix()
            data = path.read_bytes().replace(b"{version}", (version_of(PACKAGE) or "").encode())
            files[f".{name}" if name.startswith(_HIDDEN) else name] = data
    return files
