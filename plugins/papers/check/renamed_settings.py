"""check.renamed_settings."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Problem
from ..util import PACKAGE, version_of

RENAMED_SETTINGS: dict[str, tuple[str, str]] = {}
_PINNED = re.compile(rf"^\s*{PACKAGE}\s*==\s*([\w.+!-]+)", re.MULTILINE)


def renamed_settings(folder: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yield a notice for each place where files of settings use an old name."""
    for file in files:
        lines, names = find_setting_names(folder / file)
        given = {name for name, _, _, stored in names if stored}
        # From the right, so that the beginnings of a line stay what they were.
        for name, line, column, _ in sorted(names, key=lambda each: (each[1], -each[2])):
            if name not in RENAMED_SETTINGS:
                continue
            new, since = RENAMED_SETTINGS[name]
            if new in given:
                told = f"is called `{new}` since {since}, which is here, too (keep one)"
                yield Problem(file, told, name, line, notice=True)
                continue
            before = lines[line - 1].encode()[:column].decode("utf-8", "replace")
            # What is not UTF-8 is for its owner to change.
            fix = None if "\ufffd" in "".join(lines) else (before + name, before + new)
            told = f"is called `{new}` since {since} (write that)"
            yield Problem(file, told, name, line, notice=True, fix=fix)


def find_setting_names(file: Path) -> tuple[list[str], list[tuple[str, int, int, bool]]]:
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
        elif isinstance(node, ast.Attribute) and node.attr in RENAMED_SETTINGS:
            column = node.end_col_offset - len(node.attr)
            found.append((node.attr, node.end_lineno, column, False))
    return re.split(r"\r\n?|\n", data.decode("utf-8-sig", "replace")), found


def check_requirements(folder: Path) -> list[Problem]:
    """Return a notice where requirements.txt names another release than the one that runs."""
    file = folder / "requirements.txt"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    here = version_of(PACKAGE)
    if (found := _PINNED.search(text)) is None or here in (None, found[1]):
        return []
    told = f"the site is published with {found[1]}, and this is {here} (write {PACKAGE}=={here})"
    line = text.count("\n", 0, found.start(1)) + 1
    return [Problem(file.name, told, PACKAGE, line, notice=True, fix=(found[1], here))]
