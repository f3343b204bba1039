"""Problems of a site, as values and as errors."""

from dataclasses import dataclass

from ..util import LazyPattern

_CONTROL = LazyPattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file, in words for the person who wrote it.

    `entry` is the key of a BibTeX entry. A notice does not end the build: the value was repaired
    or left out. `fix` is a piece of the line and its safe replacement.
    """

    file: str
    message: str
    key: str | None = None
    line: int | None = None
    entry: str | None = None
    notice: bool = False
    fix: tuple[str, str] | None = None

    def __str__(self) -> str:
        location = self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(filter(None, (location, self.entry, self.key, self.message)))
        # Control characters in a file's name could be commands to a terminal or a workflow.
        return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class CommandError(Exception):
    """The reason, in words, why a command failed."""


class BuildFailed(Exception):
    """A build that was stopped by problems, and left no output."""

    def __init__(self, problems: list[Problem]):
        super().__init__()
        self.problems = problems
