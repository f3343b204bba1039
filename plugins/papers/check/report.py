"""How problems are reported: to people, to programs, and to GitHub."""

import json
import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import pelican

from ..model import Problem
from .notices import ShownNotices, accept_notices, describe_hidden


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file and line, each once."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda p: (p.file, p.line or 0, p.key or "", p.message, p.notice),
    )


def format_problems(problems: Iterable[Problem]) -> list[str]:
    """Return a line for each problem."""
    return [f"{problem} [notice]" if problem.notice else str(problem) for problem in problems]


def summarize_problems(problems: list[Problem]) -> str:
    """Return the numbers of problems and notices as text: "2 problems, no notices"."""
    notices = sum(problem.notice for problem in problems)
    counts = [(len(problems) - notices, "problem"), (notices, "notice")]
    return ", ".join(f"{n or 'no'} {word}{'' if n == 1 else 's'}" for n, word in counts)


def problems_to_json(problems: list[Problem]) -> str:
    """Return problems as JSON, in ASCII: a list `problems`, and the counts by severity."""
    items = []
    for problem in problems:
        item = asdict(problem)
        fix, notice = item.pop("fix"), item.pop("notice")
        item["severity"] = "notice" if notice else "error"
        items.append(item | {"fix": fix and {"old": fix[0], "new": fix[1]}})
    notices = sum(problem.notice for problem in problems)
    report = {"errors": len(problems) - notices, "notices": notices, "problems": items}
    return json.dumps(report, indent=1)


def format_github_annotations(problems: Iterable[Problem]) -> list[str]:
    """Return problems as workflow commands, by which GitHub shows them beside the lines.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    commands = []
    for problem in problems:
        level = "notice" if problem.notice else "error"
        properties = {"file": problem.file, "line": problem.line, "title": problem.key}
        options = ",".join(f"{name}={_escape(v)}" for name, v in properties.items() if v)
        message = ": ".join(filter(None, (problem.entry, problem.message)))
        commands.append(f"::{level} {options}::{_escape(message, '')}")
    return commands


def runs_on_github() -> bool:
    """Tell whether this is a job of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def report_problems(problems: list[Problem], settings: Mapping) -> None:
    """Print all problems and new notices, and end the build if there are problems.

    `pelican -r`, which builds again after a change, goes on. Raises SystemExit.
    """
    problems = sort_problems(accept_notices(problems, settings.get("ACCEPTED_NOTICES")))
    shown = ShownNotices(Path(settings["CACHE_PATH"]), Path(settings["PATH"]).parent)
    hidden, problems = len(problems), shown.take_new(problems)
    hidden -= len(problems)
    notices = [problem for problem in problems if problem.notice]
    errors = [problem for problem in problems if not problem.notice]
    if notices:
        print(*format_problems(notices), sep="\n", file=sys.stderr)
    if runs_on_github():
        print(*format_github_annotations(problems), sep="\n", flush=True)
    if hidden:
        print(describe_hidden(hidden), file=sys.stderr)
    if not errors:
        return
    lines = format_problems(errors)
    count = f"{len(errors)} problem{'s' if len(errors) > 1 else ''}"
    frames = traceback.walk_stack(None)
    if any(frame.f_code is pelican.autoreload.__code__ for frame, _ in frames):
        print(*lines, f"{count}: the files above are left out.", sep="\n", file=sys.stderr)
    else:
        raise SystemExit("\n".join([*lines, f"{count}: nothing was written."]))


def _escape(value: object, separators: str = ":,") -> str:
    return "".join(
        f"%{ord(char):02X}" if char in "%\r\n" + separators else char for char in str(value)
    )
