"""`init`: a new site, which holds nothing but its owner's files."""

import argparse
import re
import shlex
import sys
from pathlib import Path

from ..util import LazyPattern, find_documentation, replace_file
from .installation import VENDOR, describe_pin, find_pin, make_requirements

EXAMPLES = """examples:
  pelican-papers init my-site    create a site in the folder my-site
  pelican-papers init .          create it in the current folder
"""
_TEMPLATE = Path(__file__).with_name("site_template")
# These get a dot only in a new site, so that no tool uses them for this repository.
_HIDDEN = ("gitignore", "github/")
_IGNORED, _README = ".gitignore", "README.md"
_IGNORES_WHEELS = LazyPattern(rf"^\s*(?:/?{VENDOR}/?|\*\.whl)\s*$".encode(), re.MULTILINE)
# In a copy of the repository, its own plugin is used.
_INSTALLED = b"from pelican.plugins.papers.defaults import *\n"
_COPIED = b"""\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().with_name("plugins")))
from papers.defaults import *
"""
_NEXT_STEPS_OF_A_COPY = """
Next:
  make devserver    to preview the site while you edit it
  make check        to list mistakes, and the samples that are left

Write your name into pelicanconf.py and content/home.md, and replace the samples in content/.
"""
_NEXT_STEPS = """
Next:
  {enter}pelican-papers serve      to preview the site while you edit it
  pelican-papers check      to list mistakes, and the samples that are left

Write your name into pelicanconf.py and content/home.md, and replace the samples in content/.
To import an old site: pelican-papers import OLD-SITE
To publish: {guides}/publish.md
All settings: {guides}/settings.md
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="the folder of the site; created if it does not exist",
    )


def run(options: argparse.Namespace) -> int:
    """Write a new site; return 1, and write nothing, if one of its files exists."""
    folder = options.folder
    if folder.exists() and not folder.is_dir():
        print(f"init: {folder} is a file (name a folder)", file=sys.stderr)
        return 1
    is_copy = (folder / "plugins/papers/defaults.py").is_file()
    pin = None if is_copy else find_pin()
    if pin is None:
        files = _read_template_of_a_copy()
    else:
        files = _keep_existing(folder, read_site_template() | make_requirements(pin))
    if conflicts := _find_conflicts(folder, list(files)):
        message = f"{', '.join(conflicts)} in {folder} would be overwritten"
        hint = "name another folder, or move these files"
        print(f"init: {message} ({hint})", file=sys.stderr)
        return 1
    for name, data in files.items():
        replace_file(folder / name, data)
        print(folder / name)
    if pin is None:
        print(_NEXT_STEPS_OF_A_COPY)
        return 0
    print(f"\n{describe_pin(pin)}")
    enter = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}\n  "
    print(_NEXT_STEPS.format(enter=enter, guides=find_documentation()))
    return 0


def _read_template_of_a_copy() -> dict[str, bytes]:
    """Return what a copy of the repository lacks without its content: samples and settings."""
    files = read_site_template()
    conf = files["pelicanconf.py"].replace(_INSTALLED, _COPIED)
    content = {name: data for name, data in files.items() if name.startswith("content/")}
    return content | {"pelicanconf.py": conf}


def _keep_existing(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files to write beside what a new repository has: a README and a .gitignore."""
    names = [path.name.lower() for path in folder.iterdir()] if folder.is_dir() else []
    if any(name.partition(".")[0] == "readme" for name in names):
        files = {name: data for name, data in files.items() if name != _README}
    ignored = folder / _IGNORED
    if ignored.is_file() and not ignored.is_symlink():
        present, needed = ignored.read_bytes(), files[_IGNORED]
        if any(name.startswith(VENDOR) for name in files) and _IGNORES_WHEELS.search(present):
            needed += f"!/{VENDOR}/\n!/{VENDOR}/*.whl\n".encode()
        files = files | {_IGNORED: _merge_lines(present, needed)}
    return files


def _merge_lines(present: bytes, needed: bytes) -> bytes:
    """Return a file with the needed lines that it lacks at its end."""
    lines = {line.strip() for line in present.splitlines()}
    missing = [line for line in needed.splitlines() if line not in lines]
    if not missing:
        return present
    end = b"\r\n" if b"\r\n" in present else b"\n"
    start = present if not present or present.endswith(b"\n") else present + end
    return start + b"".join(line + end for line in missing)


def _find_conflicts(folder: Path, names: list[str]) -> list[str]:
    """Return the files that exist, and what exists in the place of a folder."""
    files = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    if _IGNORED in files and not (folder / _IGNORED).is_symlink() and (folder / _IGNORED).is_file():
        files.remove(_IGNORED)
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
            files[f".{name}" if name.startswith(_HIDDEN) else name] = path.read_bytes()
    return files
