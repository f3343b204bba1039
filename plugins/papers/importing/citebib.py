"""The BibTeX entry beside a paper: what it adds to the front matter."""

import re
from difflib import SequenceMatcher
from pathlib import Path

from .. import bibtex
from ..headers import Header, shorten
from ..keys import GENRES, TYPE_NAMES
from ..names import read_name
from ..record import name_as_paper
from . import cited, naming
from .found import Source
from .matter import letters


def read(source: Source, path: Path, title: str) -> dict[str, str]:
    """Return the headers of the entry of a paper in a .bib; another paper's is noted."""
    return read_text(source, path, source.read(path), title)


def read_text(source: Source, path: Path, text: str, title: str) -> dict[str, str]:
    """Return the same from BibTeX that stands in another file."""
    whole, *entries = bibtex.read(source.name(path), text.encode())
    for problem in (problem for header in (whole, *entries) for problem in header.problems):
        told = f"{problem.key}: {problem.message}" if problem.key else problem.message
        source.note("guessed" if problem.notice else "left", path, told, problem.line)
    for header in entries:
        name_as_paper(header)
        values = {key: entry.value for key, entry in header.entries.items() if entry.value}
        if not title or are_alike(title, values.get("title", "")):
            return _values(source, path, header, values)
        if values:
            told = f'"{shorten(values.get("title", header.entry or ""))}" is another paper'
            source.note("left", path, f"{told}, and is left out", header.line)
    return {}


def are_alike(first: str, second: str) -> bool:
    """Tell whether two titles are the same, but for what people change in them."""
    one, two = letters(first)[:300], letters(second)[:300]
    shorter, longer = sorted((one, two), key=len)
    return (
        one == two
        or len(shorter) > 8
        and (longer.startswith(shorter) or SequenceMatcher(None, one, two).ratio() > 0.85)
    )


def _values(source: Source, path: Path, header: Header, values: dict[str, str]) -> dict[str, str]:
    for key in ("authors", "editor"):
        names = [_name(line.removeprefix("- ")) for line in values.get(key, "").split("\n")]
        names = [name for name in names if name]
        more = bool(names) and names[-1] == "others"
        values[key] = naming.people(names[: -1 if more else None], more)
    values["date"] = cited.date_in(values.get("date", ""))
    kind = re.sub(r"[^a-z]", "", values.get("type", "").lower())
    values["type"] = TYPE_NAMES.get(kind, "")
    genre = values.get("genre", "")
    values["genre"] = GENRES.get(letters(genre), genre) or GENRES.get(kind, "")
    values["key"] = header.entry or ""
    if any("source themes" in value.lower() for value in values.values()):
        source.note("left", path, "is the theme's example under another title", header.line)
        return {key: values[key] for key in ("title", "authors")}
    return values


def _name(text: str) -> str:
    try:
        return read_name(text).name
    except ValueError:
        return " ".join(text.replace(",", " ").split())
