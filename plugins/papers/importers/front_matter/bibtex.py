"""The BibTeX entry of a paper, beside its front matter or in it."""

import re
from pathlib import Path

from ...content import GENRES, TYPE_NAMES, Header, name_genre, normalize_keys, parse_bibtex
from ...util import shorten
from ..common import find_date, format_entry_people, is_same_title
from ..result import SourceTree


def read_bibtex_file(source: SourceTree, path: Path, title: str) -> dict[str, str]:
    """Return the headers of a paper's entry in a .bib; note another paper's."""
    return read_bibtex_text(source, path, source.read_text(path), title)


def read_bibtex_text(source: SourceTree, path: Path, text: str, title: str) -> dict[str, str]:
    """Return the headers of a paper's entry in BibTeX that is part of another file."""
    file_header, *entries = parse_bibtex(source.relative_name(path), text.encode())
    for problem in (problem for header in (file_header, *entries) for problem in header.problems):
        message = f"{problem.key}: {problem.message}" if problem.key else problem.message
        source.note("guessed" if problem.notice else "left", path, message, problem.line)
    for header in entries:
        normalize_keys(header)
        values = {key: entry.value for key, entry in header.entries.items() if entry.value}
        if not title or is_same_title(title, values.get("title", "")):
            return _convert_values(source, path, header, values)
        if values:
            message = (
                f'"{shorten(values.get("title", header.citation_key or ""))}" is another paper'
            )
            source.note("left", path, f"{message} and was skipped", header.line)
    return {}


def _convert_values(
    source: SourceTree, path: Path, header: Header, values: dict[str, str]
) -> dict[str, str]:
    for key in ("authors", "editor"):
        values[key] = format_entry_people(header.entries.get(key))
    values["date"] = find_date(values.get("date", ""))
    type_ = re.sub(r"[^a-z]", "", values.get("type", "").lower())
    values["type"] = TYPE_NAMES.get(type_, "")
    genre = values.get("genre", "")
    values["genre"] = name_genre(genre) or GENRES.get(type_, "")
    values["key"] = header.citation_key or ""
    if any("source themes" in value.lower() for value in values.values()):
        source.note("left", path, "is the theme's example under another title", header.line)
        return {key: values[key] for key in ("title", "authors")}
    return values
