"""`init`: a folder becomes a site that holds what is its owner's, and nothing of ours."""

import argparse
import shlex
import sys
from pathlib import Path

from ..util import PACKAGE, replace_file, version_of

EXAMPLES = """examples:
  pelican-papers init my-site    make a site in the folder my-site
  pelican-papers init .          make one here, say in an empty repository
"""
_SITE = Path(__file__).with_name("site_template")
# Under other names here, lest tools take them for those of this folder.
_NAMES = {"gitignore": ".gitignore", "site.yml": ".github/workflows/site.yml"}
_NEXT = """
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
    """Write a new site; nothing where one of its files is there already."""
    folder = options.folder
    if folder.exists() and not folder.is_dir():
        print(f"init: {folder} is a file (name a folder)", file=sys.stderr)
        return 1
    found = site_template_files()
    there = [name for name in found if (folder / name).exists() or (folder / name).is_symlink()]
    above = {str(each) for name in found for each in Path(name).parents if each.name}
    there += sorted(name for name in above if _is_in_the_way(folder / name))
    if there:
        hint = "name another folder, or move them away"
        print(
            f"init: {', '.join(there)} in {folder} would be written over ({hint})", file=sys.stderr
        )
        return 1
    for name, data in found.items():
        replace_file(folder / name, data)
        print(folder / name)
    defaults = Path(__file__).parents[1] / "defaults.py"
    print(_NEXT.format(folder=shlex.quote(str(folder)), defaults=defaults))
    return 0


def _is_in_the_way(path: Path) -> bool:
    return not path.is_dir() and (path.exists() or path.is_symlink())


def site_template_files() -> dict[str, bytes]:
    """Return the files of a new site: path below its folder to bytes."""
    found = {}
    for path in sorted(_SITE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(_SITE).as_posix()
            data = path.read_bytes().replace(b"{version}", (version_of(PACKAGE) or "").encode())
            found[_NAMES.get(name, name)] = data
    return found
