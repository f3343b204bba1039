"""Where the files of settings assign and name a setting."""

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ..content import Header, HeaderEntry

SETTINGS_FILES = ("pelicanconf.py", "publishconf.py")


def find_setting_names(
    file: Path, attributes: Collection[str] = ()
) -> tuple[list[str], list[tuple[str, int, int, bool]]]:
    """Return the lines of a file of settings, and its upper-case names.

    Each name has its line, its column in bytes, and whether it is assigned a value; `attributes`
    are names that count after a dot, too.
    """
    try:
        data = file.read_bytes()
        tree = ast.parse(data)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return [], []  # Missing, or reported when Pelican runs it.
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id.isupper():
            assigned = isinstance(node.ctx, ast.Store)
            names.append((node.id, node.lineno, node.col_offset, assigned))
        elif isinstance(node, ast.Attribute) and node.attr in attributes:
            column = node.end_col_offset - len(node.attr)
            names.append((node.attr, node.end_lineno, column, False))
    return re.split(r"\r\n?|\n", data.decode("utf-8-sig", "replace")), names


def find_assignments(folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the names that the files of settings assign a value to, with file and line."""
    for file in SETTINGS_FILES:
        for name, line, _, assigned in find_setting_names(folder / file)[1]:
            if assigned:
                yield name, (file, line)


def find_unused_variables(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the names, not in capitals, that a file of settings assigns but does not use."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    used = {node.id for node in names if not isinstance(node.ctx, ast.Store)}
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and not node.id.isupper() and node.id not in used:
                    yield node.id, node.lineno


def read_setting(root: Path, name: str) -> Header:
    """Return a header with one setting of a site, whose source begins where it is assigned."""
    file, line = dict(find_assignments(root)).get(name, (SETTINGS_FILES[0], None))
    header = Header(file, {name: HeaderEntry("", line, name)})
    if line:
        lines = (root / file).read_text("utf-8", "replace").split("\n")
        header.source = "\n".join([*[""] * (line - 1), *lines[line - 1 :]])
    return header


def line_in_setting(header: Header, text: str) -> int | None:
    """Return the line of a text in a setting, or else that of the setting."""
    line = header.line_of(f'"{text}"') or header.line_of(f"'{text}'")
    return line or next(iter(header.entries.values())).line
