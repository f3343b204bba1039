"""model.problem."""

import re
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, in words for the person who wrote it.

    `entry` is the key of a BibTeX entry. What is no more than a notice was mended, or
    left out, and does not end the build. `fix` holds a piece of the line and what can
    safely stand in its place.
    """

    file: str
    message: str
    key: str | None = None
    line: int | None = None
    entry: str | None = None
    notice: bool = False
    fix: tuple[str, str] | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        told = ": ".join(part for part in (where, self.entry, self.key, self.message) if part)
        # A file's name can hold what a terminal, or a workflow, takes for more than a name.
        return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


class CommandError(Exception):
    """Why a command could not do its work, in words."""


class BuildFailed(Exception):
    """Problems that ended a build; nothing of it is kept."""

    def __init__(self, problems: list[Problem]):
        super().__init__()
        self.problems = problems
