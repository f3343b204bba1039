"""What is left to do after an import: a file beside the site, which `check` reads again."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..model import Problem
from ..util import CONTROL, IMPORT_REPORT, replace_file
from .repairs import Repair, find_quoted
from .result import SAMPLE, ImportNote

_INTRODUCTION = """# What is left to do after the import

The most important points come first. Write an `x` between the brackets when a point is done; until
then `pelican-papers check` lists it. This file is not published; delete it when you are done.
"""
# The headings, the most important first; the points of the first two are shown one by one.
MISSING, CHANGED = "Not on the site yet", "Changed, so that the site builds"
LEFT, GUESSED = "Skipped", "Guessed"
# Nobody has to do anything about the last.
SAMPLES = "Samples of the template, skipped"
_SECTIONS = (MISSING, CHANGED, LEFT, GUESSED, SAMPLES)
_FIRST = "To do first"
_ITEM = re.compile(r"- (?:\[(?P<box>[ xX])\] )?(?P<text>.+)")
_LOCATION = re.compile(
    r"(?P<file>content/[^:]+|pelicanconf\.py)(?::(?P<line>\d+))?: (?P<message>.+)"
)
# What is in a file until its point is done.
_MARK = re.compile(r".*\(`([^`]+)`\)")


def list_points(repairs: Iterable[Repair], notes: Iterable[ImportNote]) -> dict[str, list[str]]:
    """Return what is to be done, by headings of the report."""
    points: dict[str, list[str]] = {section: [] for section in _SECTIONS}
    repairs = list(repairs)
    # What the readers said of the same value is listed once.
    repaired = {find_quoted(repair.problem.message) for repair in repairs} - {""}
    problems = [repair.problem for repair in repairs]
    repaired |= {": ".join(filter(None, (p.key, p.message))) for p in problems}
    for repair in sorted(repairs, key=lambda r: (r.kind != "removed", r.problem.file)):
        section = CHANGED if repair.kind == "changed" else MISSING
        points[section].append(f"{repair.problem}; until then {repair.until_then}")
    for note in notes:
        is_repaired = note.message in repaired or find_quoted(note.message) in repaired
        if note.message.endswith(SAMPLE):
            points[SAMPLES].append(": ".join(filter(None, (note.file, note.key))))
        elif note.kind in ("left", "guessed") and not is_repaired:
            points[LEFT if note.kind == "left" else GUESSED].append(str(note))
    return {section: list(dict.fromkeys(map(_on_one_line, texts)))
            for section, texts in points.items()}  # fmt: skip


def _on_one_line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def update_report(file: Path, points: Mapping[str, list[str]]) -> None:
    """Write the points into the report; those that it holds already stay as they are."""
    text = file.read_text("utf-8", "replace") if file.is_file() else _INTRODUCTION
    existing = {match["text"] for match in map(_ITEM.fullmatch, text.split("\n")) if match}
    for section in _SECTIONS:
        box = "" if section == SAMPLES else "[ ] "
        new = [f"- {box}{point}" for point in points[section] if point not in existing]
        if new:
            text = _add_lines(text, section, new)
    if any(points.values()):
        text = text.partition(f"\n## {_FIRST}\n")[0].rstrip("\n")
        steps = "".join(f"{n}. {step}\n" for n, step in enumerate(list_first_steps(points), 1))
        steps = steps or "Nothing: check that the site looks as you want it.\n"
        text += f"\n\n## {_FIRST}\n\n{steps}\nTo look at the site, run `pelican-papers serve`.\n"
        replace_file(file, text.encode())


def _add_lines(text: str, section: str, new: list[str]) -> str:
    """Add lines to the end of a section, which is made where there is none."""
    lines = text.rstrip("\n").split("\n")
    heading = f"## {section}"
    if heading not in lines:
        following = [f"## {other}" for other in (*_SECTIONS[_SECTIONS.index(section) :], _FIRST)]
        end = next((n for n, line in enumerate(lines) if line in following), len(lines))
        blank = [""] if end < len(lines) else []
        before = lines[:end] if end < len(lines) or not lines[-1:] else [*lines, ""]
        return "\n".join([*before, heading, "", *new, *blank, *lines[end:]]) + "\n"
    start = lines.index(heading) + 1
    end = next((n for n in range(start, len(lines)) if lines[n].startswith("## ")), len(lines))
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join([*lines[:end], *new, *lines[end:]]) + "\n"


def read_open_points(folder: Path) -> list[Problem]:
    """Return a notice for each point of a site's report that is not done.

    `folder` is that of the report. What was left or guessed is counted, in one notice.
    """
    file = folder / IMPORT_REPORT
    if not file.is_file():
        return []
    problems, section, others = [], "", 0
    for line in file.read_text("utf-8", "replace").split("\n"):
        match = _ITEM.fullmatch(line.strip())
        if line.startswith("## "):
            section = line[3:].strip()
        elif not match or match["box"] != " ":
            continue
        elif section in (MISSING, CHANGED) and (location := _LOCATION.fullmatch(match["text"])):
            if _is_open(folder / location["file"], location["message"]):
                line_number = int(location["line"]) if location["line"] else None
                message = location["message"]
                problems.append(Problem(location["file"], message, None, line_number, notice=True))
        else:
            others += 1
    if others:
        points = "1 point is" if others == 1 else f"{others} points are"
        message = f"{points} open (write an x between the brackets when a point is done)"
        problems.append(Problem(IMPORT_REPORT, message, notice=True))
    return problems


def _is_open(file: Path, message: str) -> bool:
    """Tell whether what the import has written in place of something right is still there."""
    mark = _MARK.match(message)
    if not mark or not file.is_file():
        return True
    text = file.read_text("utf-8", "replace")
    if file.suffix == ".bib":
        # The mark is in the entry that the message begins with.
        key = re.escape(message.partition(": ")[0])
        entry = re.search(rf"@[^@{{(]*[{{(]\s*{key}\s*,.*?(?=\n\s*@|\Z)", text, re.DOTALL)
        text = entry[0] if entry else text
    return mark[1] in text


def list_first_steps(points: Mapping[str, list[str]]) -> list[str]:
    """Return what to do first in at most five lines, each with the first of its points."""
    steps = {
        MISSING: "complete what is not on the site yet",
        CHANGED: "correct what was changed so that the site builds",
        LEFT: "look at what was skipped",
        GUESSED: "check what was guessed",
    }
    return [
        f"{steps[section]} ({len(texts)}), for example {texts[0]}"
        for section, texts in points.items()
        if texts and section in steps
    ]
