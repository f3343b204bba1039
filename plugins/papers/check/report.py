"""What is wrong is told in one place: to people, to programs, and to GitHub."""

import json
import os
import sys
import traceback
from collections.abc import Iterable
from dataclasses import asdict

import pelican

from ..model import Problem


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file and line, each once."""
    found = dict.fromkeys(problems)
    return sorted(found, key=lambda p: (p.file, p.line or 0, p.key or "", p.message, p.notice))


def format_problems(problems: Iterable[Problem]) -> list[str]:
    """Return problems as they are told to people, a line each."""
    return [f"{problem} [notice]" if problem.notice else str(problem) for problem in problems]


def summarize_problems(problems: list[Problem]) -> str:
    """Return how many problems and notices there are, in words."""
    notices = sum(problem.notice for problem in problems)
    parts = [(len(problems) - notices, "problem"), (notices, "notice")]
    return ", ".join(f"{n or 'no'} {word}{'' if n == 1 else 's'}" for n, word in parts)


def problems_to_json(problems: list[Problem]) -> str:
    """Return problems for programs: `problems`, a list, and their counts; ASCII alone."""
    found = []
    for problem in problems:
        item = asdict(problem)
        fix, notice = item.pop("fix"), item.pop("notice")
        item["severity"] = "notice" if notice else "error"
        found.append(item | {"fix": fix and {"old": fix[0], "new": fix[1]}})
    notices = sum(problem.notice for problem in problems)
    whole = {"errors": len(problems) - notices, "notices": notices, "problems": found}
    return json.dumps(whole, indent=1)


def format_github_annotations(problems: Iterable[Problem]) -> list[str]:
    """Return problems as commands of GitHub's workflows, which show them beside the lines."""
    found = []
    for problem in problems:
        place = {"file": problem.file, "line": problem.line, "title": problem.key}
        told = ",".join(f"{name}={_escape(value)}" for name, value in place.items() if value)
        level = "notice" if problem.notice else "error"
        words = ": ".join(filter(None, (problem.entry, problem.message)))
        found.append(f"::{level} {told}::{_escape(words, '')}")
    return found


def runs_on_github() -> bool:
    """Tell whether a workflow of GitHub is running."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def report_problems(problems: list[Problem]) -> None:
    """Print all problems and end the build, or go on where `pelican -r` will build again.

    Notices are printed too, and end nothing.
    """
    problems = sort_problems(problems)
    notices = [problem for problem in problems if problem.notice]
    wrong = [problem for problem in problems if not problem.notice]
    if notices:
        print(*format_problems(notices), sep="\n", file=sys.stderr)
    if runs_on_github():
        print(*format_github_annotations(problems), sep="\n", flush=True)
    if not wrong:
        return
    told = f"{len(wrong)} problem{'s' if len(wrong) > 1 else ''}"
    frames = traceback.walk_stack(None)
    if any(frame.f_code is pelican.autoreload.__code__ for frame, _ in frames):
        print(
            *format_problems(wrong),
            f"{told}: what they name is left out.",
            sep="\n",
            file=sys.stderr,
        )
    else:
        raise SystemExit("\n".join([*format_problems(wrong), f"{told}: nothing was written."]))


def _escape(value: object, more: str = ":,") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + more else sign for sign in str(value))
