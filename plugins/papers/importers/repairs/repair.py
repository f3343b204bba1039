"""What a repair is: a change to one file, and words about it."""

import re
from dataclasses import dataclass
from typing import Literal

from ...model import Problem

# What is `done` is as right as it was.
RepairKind = Literal["removed", "draft", "changed", "done"]
_QUOTED = re.compile(r'"(.+?)"(?= )', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Edit:
    """A file's text after a repair, and what holds until the owner corrects the file.

    `text` is None where the file is to be deleted.
    """

    text: str | None
    until_then: str
    kind: RepairKind = "changed"


@dataclass(frozen=True, slots=True)
class Repair:
    """A problem of a new site, and what holds until the owner corrects it."""

    problem: Problem
    until_then: str
    kind: RepairKind


def find_quoted(message: str) -> str:
    """Return what a message quotes at its beginning, "" for nothing."""
    match = _QUOTED.match(message)
    return match[1] if match else ""


def is_missing(problem: Problem) -> bool:
    """Tell whether a problem is that a value is not there."""
    return problem.message.startswith("missing")
