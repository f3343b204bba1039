"""What a new release asks of a site: the check names it, and `check --fix` writes it."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .headers import Header
from .keys import KNOWN
from .model import Problem
from .versions import SELF, version_of

# Old names of headers and of settings: the new one, and the release that has it. The old one is
# read as the new one until the release after next.
HEADERS: dict[str, tuple[str, str]] = {}
SETTINGS: dict[str, tuple[str, str]] = {}
Renamed = tuple[Mapping[str, str], Mapping[str, int]]
_PINNED = re.compile(rf"^\s*{SELF}\s*==\s*([\w.+!-]+)", re.MULTILINE)


def rename_headers(header: Header) -> None:
    """Read headers under their new names, and note the old ones."""
    for old, (new, since) in HEADERS.items():
        if (entry := header.entries.get(old)) is None:
            continue
        line = header.text.split("\n")[entry.line - 1] if entry.line else ""
        written = re.match(r"\W*([\w-]+)", line)
        name = written[1] if written else old
        instead = new.capitalize() if name[:1].isupper() else new
        if header.get(new) is None:
            told = f"is called `{instead}` since {since} (write that)"
            header.problem(old, told, notice=True, fix=(name, instead))
            header.entries[new] = entry
        else:
            told = f"is called `{instead}` since {since}, which is here, too (keep one)"
            header.problem(old, told, notice=True)
        del header.entries[old]


def rename_fields(header: Header, fields: Mapping[str, str], lines: Mapping[str, int]) -> Renamed:
    """Return the fields of a BibTeX entry, and their lines, under new names; note the old ones."""
    for old, (new, since) in HEADERS.items():
        if not fields.get(old) or old in KNOWN:
            continue
        told = f"is called `{new}` since {since} (write that)"
        header.problem(old, told, lines[old], notice=True)
        fields, lines = {new: fields[old]} | fields, {new: lines[old]} | lines
    return fields, lines


def renamed_settings(folder: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yield a notice for each place where files of settings use an old name."""
    for file in files:
        lines, names = read_names(folder / file)
        given = {name for name, _, _, stored in names if stored}
        # From the right, so that the beginnings of a line stay what they were.
        for name, line, column, _ in sorted(names, key=lambda each: (each[1], -each[2])):
            if name not in SETTINGS:
                continue
            new, since = SETTINGS[name]
            if new in given:
                told = f"is called `{new}` since {since}, which is here, too (keep one)"
                yield Problem(file, told, name, line, notice=True)
                continue
            before = lines[line - 1].encode()[:column].decode("utf-8", "replace")
            # What is not UTF-8 is for its owner to change.
            fix = None if "\ufffd" in "".join(lines) else (before + name, before + new)
            told = f"is called `{new}` since {since} (write that)"
            yield Problem(file, told, name, line, notice=True, fix=fix)


def read_names(file: Path) -> tuple[list[str], list[tuple[str, int, int, bool]]]:
    """Return the lines of a file of settings, and its names: line, column, and if it is set."""
    try:
        data = file.read_bytes()
        tree = ast.parse(data)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return [], []  # Not there, or told when it is run.
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id.isupper():
            stored = isinstance(node.ctx, ast.Store)
            found.append((node.id, node.lineno, node.col_offset, stored))
        elif isinstance(node, ast.Attribute) and node.attr in SETTINGS:
            column = node.end_col_offset - len(node.attr)
            found.append((node.attr, node.end_lineno, column, False))
    return re.split(r"\r\n?|\n", data.decode("utf-8-sig", "replace")), found


def check_requirements(folder: Path) -> list[Problem]:
    """Return a notice where requirements.txt names another release than the one that runs."""
    file = folder / "requirements.txt"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    here = version_of(SELF)
    if (found := _PINNED.search(text)) is None or here in (None, found[1]):
        return []
    told = f"the site is published with {found[1]}, and this is {here} (write {SELF}=={here})"
    line = text.count("\n", 0, found.start(1)) + 1
    return [Problem(file.name, told, SELF, line, notice=True, fix=(found[1], here))]
