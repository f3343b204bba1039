"""What a new site comes with, and is still there: sample texts and pictures, "Your Name"."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pelican.contents import Content

from ..content import Header
from ..model import Problem
from .setting_places import SETTINGS_FILES, find_assignments

PLACEHOLDER = "Your Name"
# The name and the address of SOCIAL that a new site has.
_NAME = PLACEHOLDER.casefold()
_ADDRESS = "you@university.example"
# A header of texts, and a comment in other files.
_MARK, _MARKED_SUFFIXES = b"Sample: yes", (".svg", ".pdf")
_MARK_RANGE = 200


def check_placeholder_name(context: Mapping) -> Iterator[Problem]:
    """Yield a problem for each place that gives the name of a new site to its owner."""
    message = f'is still "{PLACEHOLDER}" (write your name)'
    for setting in ("SITENAME", "OWNER"):
        values = context.get(setting) or []
        values = [values] if isinstance(values, str) else values
        if any(isinstance(name, str) and name.strip().casefold() == _NAME for name in values):
            file, line = _find_setting(context, setting)
            yield Problem(file, message, setting, line)
            break  # Mostly OWNER is made of the other.
    header = _home_header(context)
    if header and (header.get("title") or "").strip().casefold() == _NAME:
        yield Problem(header.file, message, "title", header.entries["title"].line)


def check_samples(context: Mapping, contents: Iterable[Content]) -> list[Problem]:
    """Return one notice about all that a new site came with and that is still there."""
    # The files, each with its line, and with what in it is a sample where not all is.
    files: dict[str, tuple[int | None, list[str]]] = {}
    for problem in check_placeholder_name(context):
        files[problem.file] = problem.line, [f'"{PLACEHOLDER}"']
    if any(_ADDRESS in str(item) for item in context.get("SOCIAL") or ()):
        file, line = _find_setting(context, "SOCIAL")
        files.setdefault(file, (line, []))[1].append(_ADDRESS)
    for content in contents:
        if (content.header.get("sample") or "").casefold() in ("yes", "true"):
            files[content.header.file] = content.header.entries["sample"].line, []
    folder = Path(context["PATH"])
    for path in sorted(context["static_content"]):
        if path.lower().endswith(_MARKED_SUFFIXES) and _is_marked(folder / path):
            files[f"{folder.name}/{path}"] = None, []
    if not files:
        return []
    first, *others = sorted(files)
    names = [
        f"{file} ({', '.join(parts)})" if (parts := files[file][1]) else file for file in others
    ]
    what = f"{' and '.join(files[first][1])} is" if files[first][1] else "is"
    also = f", and so are {', '.join(names)}" if names else ""
    hint = "replace or delete it; in a file of your own, delete `Sample: yes`"
    message = f"{what} still a sample{also} ({hint})"
    return [Problem(first, message, line=files[first][0], notice=True)]


def _find_setting(context: Mapping, name: str) -> tuple[str, int | None]:
    """Return the file and line of a setting, the first file where none has it."""
    assignments = dict(find_assignments(Path(context["PATH"]).parent))
    return assignments.get(name, (SETTINGS_FILES[0], None))


def _home_header(context: Mapping) -> Header | None:
    home = context["generated_content"].get("home.md")
    return home.header if home else None


def _is_marked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _MARK in file.read(_MARK_RANGE)
    except OSError:
        return False
