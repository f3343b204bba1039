"""Repair what an import has written, until the site builds.

Each problem gets the first repair that helps, from those that change a single value to those that
keep a file out of the site.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from ...model import Problem
from ...util import replace_file
from .bib_repairs import BIB_REPAIRS, LAST_BIB_REPAIRS
from .file_repairs import drop_person, find_picture, scale_picture
from .repair import Edit, Repair
from .text_repairs import LAST_TEXT_REPAIRS, TEXT_REPAIRS

_Function = Callable[[str, Problem], Edit | None]
# Each round repairs all problems that a check finds; a repair can bring another one to light.
MAX_ROUNDS = 12
_GENTLE_ROUNDS = 8
_OTHER_FILE = re.compile(
    r"(?:has the same address as|is already used in|already exists in) (?P<file>content/\S+)"
)


class Repairer:
    """Repairs the files of a new site that an import has written, and no others."""

    def __init__(self, content: Path, files: Collection[str]):
        """`files` are the names of what the import has written, as `content/papers/a.md`."""
        self.content, self.files = content, files
        self.repairs: dict[tuple, Repair] = {}
        # The round in which each repair of a problem was tried first.
        self._tries: dict[tuple, int] = {}
        self._round = 0
        # The files that have changed in this round.
        self._changed: set[str] = set()

    def repair(self, problems: Collection[Problem]) -> bool:
        """Repair what can be repaired; tell whether any file has changed."""
        self._round += 1
        self._changed.clear()
        # From the last line up, so that the numbers of the lines above hold.
        errors = [self._find_own(problem) for problem in problems if not problem.notice]
        errors = [problem for problem in errors if problem.file in self.files]
        errors.sort(key=lambda problem: (problem.file, -(problem.line or 0)))
        if self._round <= _GENTLE_ROUNDS:
            for problem in errors:
                self._repair_problem(problem)
        if not self._changed:
            for problem in errors:
                self._repair_problem(problem, at_any_price=True)
        return bool(self._changed)

    def _find_own(self, problem: Problem) -> Problem:
        """Return a problem that two files have with each other as that of the imported one."""
        match = _OTHER_FILE.search(problem.message)
        if problem.file in self.files or not match or match["file"] not in self.files:
            return problem
        message = problem.message.replace(match["file"], problem.file).partition(" (")[0]
        return replace(problem, file=match["file"], line=None, message=message)

    def _repair_problem(self, problem: Problem, at_any_price: bool = False) -> None:
        if (picture := find_picture(problem, self.content)) and self._may_try(problem, "scale"):
            if until_then := scale_picture(picture):
                self._note(problem, Edit("", until_then))
                return
        path = self.content.parent / problem.file
        if not path.is_file() or not (edit := self._edit(path, problem, at_any_price)):
            return
        if edit.text is None:
            path.unlink()
        else:
            replace_file(path, edit.text.encode())
        self._note(problem, edit)

    def _edit(self, path: Path, problem: Problem, at_any_price: bool) -> Edit | None:
        first, last = _REPAIRS.get(path.name) or _REPAIRS.get(path.suffix, ((), ()))
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            first = last = ()
            text = ""
        # A change of this round may have repaired this, too: nothing that costs more is done now.
        functions = first if problem.file in self._changed else (*first, *last)
        if at_any_price:
            functions = (*last, leave_out)
        elif not first:
            functions = (leave_out,)
        for function in functions:
            if self._may_try(problem, function.__name__) and (edit := function(text, problem)):
                return edit
        return None

    def _may_try(self, problem: Problem, name: str) -> bool:
        """Tell whether a repair is new for a problem: it has not helped where that comes back."""
        return self._tries.setdefault((*_identity(problem), name), self._round) == self._round

    def _note(self, problem: Problem, edit: Edit) -> None:
        self._changed.add(problem.file)
        if edit.kind == "done":
            return
        repair = Repair(replace(problem, fix=None), edit.until_then, edit.kind)
        self.repairs[_identity(problem)] = repair


def leave_out(text: str, problem: Problem) -> Edit:
    """Delete a file that nothing else repairs; the old site still has it."""
    return Edit(None, "the file was skipped", "removed")


def _identity(problem: Problem) -> tuple[str | None, ...]:
    """Return what stays the same of a problem when the lines above it change."""
    return problem.file, problem.entry, problem.key, problem.message


# By name or suffix: the repairs that change single values, and those that always help.
_REPAIRS: dict[str, tuple[tuple[_Function, ...], tuple[_Function, ...]]] = {
    "people.yml": ((drop_person,), ()),
    ".md": (TEXT_REPAIRS, LAST_TEXT_REPAIRS),
    ".bib": (BIB_REPAIRS, LAST_BIB_REPAIRS),
}
