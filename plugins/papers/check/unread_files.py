"""Texts in content/ that Pelican ignores without a message."""

import os
from fnmatch import fnmatch
from pathlib import Path

from ..content import PAPERS_FOLDER, PEOPLE_FILE, REFERENCES_FILE
from ..model import Problem
from ..pages import read_skipped_header
from ..util import is_public
from .assets import OUTSIDE_CONTENT

# The suffixes of files that are meant to become pages.
_TEXT_SUFFIXES = tuple(
    ".md .markdown .mkd .mdown .rst .bib .bibtex .txt .text .mdx .qmd .org".split()
)

# References in the forms of other programs: those that can be imported, and those that cannot.
_IMPORTED_SUFFIXES = (".ris", ".json", ".nbib", ".enw", ".xml")
_EXPORTED_SUFFIXES = (".yaml", ".yml", ".ciw")


def check_unread_files(context: dict) -> list[Problem]:
    """Return a problem for each file of content/ that is neither read nor published."""
    folder = Path(context["PATH"])
    # Files that were read or published have been checked.
    checked = context["generated_content"].keys() | context["static_content"].keys()
    problems = []
    for name in sorted(name for name in _walk(folder) if name not in checked):
        if message := _describe(name, folder, context):
            problems.append(Problem(f"{folder.name}/{name}", message))
    return problems


def _walk(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, relative to it."""
    # os.walk() is many times faster than Path.rglob(), and there can be thousands of files.
    start = len(f"{folder}{os.sep}")
    paths = (f"{parent}{os.sep}{name}" for parent, _, names in os.walk(folder) for name in names)
    return [path[start:].replace(os.sep, "/") for path in paths]


def _describe(name: str, folder: Path, context: dict) -> str | None:
    """Return why a file is not on the site, or None if it need not be."""
    path, parts = folder / name, name.split("/")
    if any(fnmatch(part, pattern) for part in parts for pattern in context["IGNORE_FILES"]):
        return None
    if path.is_symlink() and not path.is_dir() and not is_public(path, folder):
        return OUTSIDE_CONTENT
    if parts[0] in context["STATIC_PATHS"] or not path.is_file():
        return None
    if name in (PEOPLE_FILE, REFERENCES_FILE):
        return None
    remedy = _find_remedy(name, folder, context["ARTICLE_PATHS"] + context["PAGE_PATHS"])
    return remedy and f"is not read ({remedy})"


def _find_remedy(name: str, folder: Path, sections: list[str]) -> str | None:
    """Return how to get a file read: by an import, another folder, or another suffix."""
    path, section = folder / name, name.split("/")[0]
    suffix = path.suffix.lower()
    if section not in sections:
        return (
            "move it to news/, blog/, papers/ or pages/, or to extra/ if it belongs in the "
            "site's root"
        )
    if path.suffix == ".bib":
        return None if section == PAPERS_FOLDER else f"move it to {PAPERS_FOLDER}/"
    if section == PAPERS_FOLDER and suffix in _IMPORTED_SUFFIXES:
        return f"run `pelican-papers import {folder.name}/{name}`, then delete it"
    if section == PAPERS_FOLDER and suffix in _EXPORTED_SUFFIXES:
        return "export its papers as BibTeX, and put the .bib here"
    if path.suffix == ".md":
        return None  # It was saved after Pelican listed the files, or settings exclude it.
    if suffix in _TEXT_SUFFIXES and not read_skipped_header(path):
        return (
            f"rename it to {path.name.partition('.')[0]}.{'bib' if suffix[:4] == '.bib' else 'md'}"
        )
    return None
