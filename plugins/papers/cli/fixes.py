"""The changes of `check --fix`: those that are safe to make without asking."""

import difflib
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model import Problem
from ..util import LazyPattern, replace_file

# The text of a file before and after its fixes.
Change = tuple[str, str]
_LINE_END = LazyPattern(r"(\r\n?|\n)")


def collect_fixes(problems: Iterable[Problem], folder: Path) -> dict[Path, Change]:
    """Return the files that can be fixed, with their texts before and after.

    Problems name files relative to `folder`.
    """
    texts: dict[Path, str] = {}
    # Lines and line ends of each file, in turn.
    parts: dict[Path, list[str]] = {}
    for problem in problems:
        if problem.fix is None or problem.line is None:
            continue
        path = folder / problem.file
        if path not in texts:
            texts[path] = path.read_bytes().decode()
            parts[path] = _LINE_END.split(texts[path])
        old, new = problem.fix
        lines, n = parts[path], 2 * (problem.line - 1)
        # The line of a problem is the first of its value, which may have several.
        while n < len(lines) and old not in lines[n]:
            n += 2
        if n < len(lines):
            lines[n] = lines[n].replace(old, new, 1)
    changes = {path: (texts[path], "".join(parts[path])) for path in sorted(texts)}
    return {path: (before, after) for path, (before, after) in changes.items() if before != after}


def format_diff(changes: Mapping[Path, Change], folder: Path) -> Iterator[str]:
    """Yield the lines of a unified diff of all changes."""
    for path, (before, after) in changes.items():
        name = path.relative_to(folder).as_posix()
        old, new = before.splitlines(), after.splitlines()
        yield from difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=0, lineterm="")


def apply_fixes(changes: Mapping[Path, Change]) -> None:
    """Replace the files, each atomically, and with its mode."""
    for path, (_, text) in changes.items():
        replace_file(path, text.encode(), stat.S_IMODE(path.stat().st_mode))
