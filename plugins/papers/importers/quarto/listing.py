"""The listings of Quarto's pages: which files and records they show, and what these are."""

import os
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..common import join_values
from ..front_matter import FrontMatter
from ..result import SourceTree


@dataclass(slots=True)
class Listing:
    """A listing of a page: its id, the texts and the files of records that it shows."""

    name: str
    texts: list[Path]
    records: list[Path]
    # The folders and patterns that it names, relative to the root.
    patterns: list[str]


def read_listings(matter: FrontMatter) -> list[Listing]:
    """Return the listings of a page."""
    value = matter.data.get("listing", "")
    data = {
        key.removeprefix("listing."): item
        for key, item in matter.data.items() if key.startswith("listing.")
    }  # fmt: skip
    items = value if isinstance(value, list) else [data] if data else []
    listings = []
    for number, item in enumerate(items):
        if isinstance(item, dict):
            name = join_values(item.get("id", "")) or f"listing-{number}"
            listings.append(_read_listing(matter, name, item.get("contents", "")))
    return listings


def _read_listing(matter: FrontMatter, name: str, contents: object) -> Listing:
    source = matter.source
    folder = matter.path.parent.relative_to(source.root).as_posix()
    listing = Listing(name, [], [], [])
    for pattern in contents if isinstance(contents, list) else [contents or "*"]:
        pattern = join_values(pattern).strip()
        if isinstance(pattern, str) and pattern and not pattern.startswith("!"):
            path = posixpath.normpath(
                pattern.lstrip("/") if pattern.startswith("/") else posixpath.join(folder, pattern)
            )
            if path.startswith(".."):
                continue
            listing.patterns.append(path)
            for file in _match_files(source, path):
                is_record = file.suffix.lower() in (".yml", ".yaml")
                if is_record and not file.name.startswith("_"):
                    listing.records.append(file)
                elif not is_record and file != matter.path:
                    listing.texts.append(file)
    return listing


def _match_files(source: SourceTree, pattern: str) -> Iterable[Path]:
    """Return the texts and YAML files that a pattern of a listing, or a folder, names."""
    endings = (".qmd", ".md", ".ipynb", ".yml", ".yaml")
    if os.path.isdir(source.root / pattern):
        patterns = [f"{pattern}/**/*{ending}" for ending in endings[:3]]
    elif pattern.lower().endswith(endings):
        patterns = [pattern]
    else:
        patterns = [f"{pattern}{ending}" for ending in endings]
    return source.list_files(*(path for path in patterns if _is_pattern(path)))


def _is_pattern(text: str) -> bool:
    """Tell whether `glob` accepts a pattern."""
    return not re.search(r"\*\*[^/]|[^/]\*\*", text) and not text.startswith("/")
