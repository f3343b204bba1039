"""The BibTeX entry beside a paper: what it adds to the front matter."""

import re
from pathlib import Path

from ...content import GENRES, TYPE_NAMES, Header, normalize_keys, parse_bibtex
from ...model import parse_name
from ...util import shorten
from ..common import find_date, fold_text, format_people, is_same_title
from ..result import SourceTree


def read_bibtex_beside(source: SourceTree, path: Path, title: str) -> dict[str, str]:
    """Return the headers of the entry of a paper in a .bib; another paper's is noted."""
    return read_bibtex_text(source, path, source.read_text(path), title)


def read_bibtex_text(source: SourceTree, path: Path, text: str, title: str) -> dict[str, str]:
    """Return the same from BibTeX that stands in another file."""
    whole, *entries = parse_bibtex(source.relative_name(path), text.encode())
    for problem in (problem for header in (whole, *entries) for problem in header.problems):
        told = f"{problem.key}: {problem.message}" if problem.key else problem.message
        source.note("guessed" if problem.notice else "left", path, told, problem.line)
    for header in entries:
        normalize_keys(header)
        values = {key: entry.value for key, entry in header.entries.items() if entry.value}
        if not title or is_same_title(title, values.get("title", "")):
            return _values(source, path, header, values)
        if values:
            told = f'"{shorten(values.get("title", header.citation_key or ""))}" is another paper'
            source.note("left", path, f"{told}, and is left out", header.line)
    return {}


def _values(
    source: SourceTree, path: Path, header: Header, values: dict[str, str]
) -> dict[str, str]:
    for key in ("authors", "editor"):
        names = [_name(line.removeprefix("- ")) for line in values.get(key, "").split("\n")]
        names = [name for name in names if name]
        more = bool(names) and names[-1] == "others"
        values[key] = format_people(names[: -1 if more else None], more)
    values["date"] = find_date(values.get("date", ""))
    kind = re.sub(r"[^a-z]", "", values.get("type", "").lower())
    values["type"] = TYPE_NAMES.get(kind, "")
    genre = values.get("genre", "")
    values["genre"] = GENRES.get(fold_text(genre), genre) or GENRES.get(kind, "")
    values["key"] = header.citation_key or ""
    if any("source themes" in value.lower() for value in values.values()):
        source.note("left", path, "is the theme's example under another title", header.line)
        return {key: values[key] for key in ("title", "authors")}
    return values


def _name(text: str) -> str:
    try:
        return parse_name(text).name
    except ValueError:
        return " ".join(text.replace(",", " ").split())
