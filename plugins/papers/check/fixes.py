"""`check --fix`: the changes that are safe, shown before they are made."""

import difflib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Problem

_ENDS = re.compile(r"(\r\n?|\n)")


def collect_fixes(problems: Iterable[Problem], folder: Path) -> dict[Path, tuple[str, str]]:
    """Return for each file that can be mended its text as it is, and as it can be.

    `folder` is that from which problems name files.
    """
    found: dict[Path, tuple[str, list[str]]] = {}
    for problem in problems:
        if problem.fix is None or problem.line is None:
            continue
        path = folder / problem.file
        if path not in found:
            text = path.read_bytes().decode()
            found[path] = text, _ENDS.split(text)
        old, new = problem.fix
        lines, n = found[path][1], 2 * (problem.line - 1)
        # A value that goes over several lines begins in this one.
        while n < len(lines) and old not in lines[n]:
            n += 2
        if n < len(lines):
            lines[n] = lines[n].replace(old, new, 1)
    texts = {path: (text, "".join(lines)) for path, (text, lines) in found.items()}
    return {path: pair for path, pair in sorted(texts.items()) if pair[0] != pair[1]}


def format_diff(found: dict[Path, tuple[str, str]], folder: Path) -> Iterator[str]:
    """Yield the lines of a unified diff of all changes."""
    for path, texts in found.items():
        name = path.relative_to(folder).as_posix()
        old, new = (text.splitlines() for text in texts)
        yield from difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=0, lineterm="")


def apply_fixes(found: dict[Path, tuple[str, str]]) -> None:
    """Write the files anew, each whole or not at all."""
    for path, (_, text) in found.items():
        mode = path.stat().st_mode
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(text.encode())
        os.chmod(file.name, mode)
        os.replace(file.name, path)
