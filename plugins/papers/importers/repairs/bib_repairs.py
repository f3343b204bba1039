"""Repairs of the .bib files that an import has copied: single fields and entries are changed."""

import re

from ...model import Problem
from ..common import find_date, is_same_title
from .repair import Edit, is_missing

_START = re.compile(
    r"@[ \t]*(?P<type>[A-Za-z]\w*)\s*[{(]\s*(?P<key>[^,\n]*?)\s*(?P<comma>,|(?=[\n})]))"
)
_NEXT = re.compile(r"^[ \t%]*@[ \t]*[A-Za-z]\w*\s*[{(]", re.MULTILINE)
_SUGGESTED_KEY = re.compile(r"is not a valid citation key \(write `(?P<new>[^`]+)`\)")
_SUGGESTED_TYPE = re.compile(
    r"`@\w+` is not an entry type \((?:did you mean|write) `@(?P<new>\w+)`"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ARXIV = re.compile(r"(?<![\d.])(?P<year>\d{2})(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)")


def delete_conflict_mark(text: str, problem: Problem) -> Edit | None:
    """Delete a line with the mark of a merge conflict; what it separates stays."""
    if not problem.message.startswith("an unresolved merge conflict"):
        return None
    lines = text.split("\n")
    del lines[problem.line - 1]
    return Edit("\n".join(lines), "both sides are shown")


def complete_syntax(text: str, problem: Problem) -> Edit | None:
    """Write the comma, or the @ of an entry, that is missing."""
    position = _line_start(text, problem.line or 1)
    before, behind = text[:position], text[position:]
    if "is not followed by a comma" in problem.message:
        changed = re.sub(r"([}\"])(\s*[A-Za-z][\w-]*\s*=\s*[{\"])", r"\1,\2", behind, count=1)
        done = "a comma was added"
    elif "does not start an entry" in problem.message:
        changed = re.sub(r"(?m)^([ \t]*)@?(?=\w+\s*\{)", r"\1@", behind, count=1)
        done = "`@` was added"
    else:
        return None
    return Edit(before + changed, done) if changed != behind else None


def rename_key(text: str, problem: Problem) -> Edit | None:
    """Write a citation key that is valid."""
    entry, suggested = _find_entry(text, problem), _SUGGESTED_KEY.search(problem.message)
    if "cannot be turned into an address" in problem.message:
        new = f"entry{problem.line or 1}"
    elif suggested:
        new = suggested["new"]
    else:
        return None
    return Edit(_replace(text, entry.span("key"), new), f"its key is `{new}`") if entry else None


def change_type(text: str, problem: Problem) -> Edit | None:
    """Write a type that is known, and one that needs no venue where there is none."""
    entry, suggested = _find_entry(text, problem), _SUGGESTED_TYPE.search(problem.message)
    if not entry:
        return None
    if problem.key == "venue" and is_missing(problem) and entry["type"].lower() != "misc":
        new, done = "misc", "it is a document of no special type (`@misc`)"
    elif suggested:
        new = suggested["new"]
        done = f"it is read as `@{new}`"
    else:
        return None
    return Edit(_replace(text, entry.span("type"), new), done)


def keep_first_entry(text: str, problem: Problem) -> Edit | None:
    """Take the second entry of a key out if it is the same paper, or give it another key."""
    if "already exists" not in problem.message or not (entry := _find_entry(text, problem)):
        return None
    end = _entry_end(text, entry)
    first = re.search(rf"@\s*\w+\s*[{{(]\s*{re.escape(entry['key'])}\s*,", text, re.IGNORECASE)
    titles = [_find_title(text, match.start()) for match in (first, entry) if match]
    if first and first.start() < entry.start() and is_same_title(*titles):
        repaired = text[: entry.start()] + _comment(text[entry.start() : end]) + text[end:]
        return Edit(repaired, "the first is shown, and this one is commented out")
    number = 2
    while re.search(rf"[{{(]\s*{re.escape(entry['key'])}-{number}\s*,", text, re.IGNORECASE):
        number += 1
    new = f"{entry['key']}-{number}"
    return Edit(_replace(text, entry.span("key"), new), f"its key is `{new}`")


def correct_date(text: str, problem: Problem) -> Edit | None:
    """Write the one date that a longer value contains."""
    field = _find_field(text, problem)
    if problem.key not in ("year", "date") or not field:
        return None
    value = re.match(r"\s*=\s*[{\"]?([^{}\"\n,]*)", text[field.end() :])
    date = find_date(value[1]) if value else ""
    if not date or date == value[1].strip():
        return None
    start = field.end() + value.start(1)
    return Edit(_replace(text, (start, start + len(value[1])), date), f"it is {date}")


def guess_date(text: str, problem: Problem) -> Edit | None:
    """Take the year of an entry without one from its key, or from its arXiv id."""
    if problem.key not in ("date", "year") or not (entry := _find_entry(text, problem)):
        return None
    piece = text[entry.start() : _entry_end(text, entry)]
    years = dict.fromkeys(_YEAR.findall(entry["key"]))
    years |= dict.fromkeys(f"20{match['year']}" for match in _ARXIV.finditer(piece))
    if not years or re.search(r"(?<![\w-])date\s*=", piece, re.IGNORECASE):
        return None
    year = next(iter(years))
    changed = _insert_field(_switch_off(text, problem) or text, entry, f"date = {{{year}}}")
    return Edit(changed, f"the year is guessed: {year}")


def switch_off_field(text: str, problem: Problem) -> Edit | None:
    """Write an underscore before the name of a field, which is read no more."""
    if not problem.key or not (changed := _switch_off(text, problem)):
        return None
    return Edit(changed, f"the field is switched off (`_{problem.key}`)")


def hide_entry(text: str, problem: Problem) -> Edit | None:
    """Keep an entry out of the site, and in its file."""
    entry = _find_entry(text, problem)
    piece = text[entry.start() : _entry_end(text, entry)] if entry else ""
    if problem.message.startswith("cannot be read"):
        return None
    if not entry or not entry["key"] or re.search(r"(?<![\w-])status\s*=", piece, re.IGNORECASE):
        return None
    return Edit(
        _insert_field(text, entry, "status = {draft}"),
        "it is a draft (`status = {draft}`)",
        "draft",
    )


def comment_out(text: str, problem: Problem) -> Edit | None:
    """Write a per cent sign before the lines of an entry that cannot be read."""
    start = _line_start(text, problem.line or 1)
    if problem.line is None:
        return None
    following = _NEXT.search(text, start + len(text[start:].split("\n", 1)[0]))
    end = following.start() if following else len(text)
    piece = text[start:end].rstrip("\n")
    changed = _comment(piece)
    if changed == piece:
        return None
    repaired = text[:start] + changed + text[start + len(piece) :]
    return Edit(repaired, "it is commented out", "removed")


def _comment(piece: str) -> str:
    """Return the lines of an entry as comments: without its @, it is none."""
    lines = piece.replace("@", "(at)").split("\n")
    marked = (line if line.startswith("%") or not line else f"% {line}" for line in lines)
    return "\n".join(marked)


def _line_start(text: str, line: int) -> int:
    position = 0
    for _ in range(line - 1):
        position = text.find("\n", position) + 1 or len(text)
    return position


def _find_entry(text: str, problem: Problem) -> re.Match | None:
    """Return the match of the beginning of the entry with a problem."""
    end = _line_start(text, (problem.line or 1) + 1) if problem.line else len(text)
    wanted = (problem.entry or "").lower()
    last = None
    for match in _START.finditer(text):
        if match.start() >= end and last:
            break
        if match["key"].strip().lower() == wanted:
            last = match
    return last


def _entry_end(text: str, entry: re.Match) -> int:
    following = _NEXT.search(text, entry.end())
    return following.start() if following else len(text)


def _find_title(text: str, start: int) -> str:
    match = re.search(r"(?<![\w-])title\s*=\s*([^\n]{1,300})", text[start:], re.IGNORECASE)
    return match[1] if match else ""


def _find_field(text: str, problem: Problem) -> re.Match | None:
    """Return the match of the name of the field with a problem; of two, the second."""
    if not problem.key:
        return None
    entry = _find_entry(text, problem)
    start = entry.end() if entry else _line_start(text, problem.line or 1)
    end = _entry_end(text, entry) if entry else len(text)
    name = re.compile(rf"(?<![\w+:/.-]){re.escape(problem.key)}(?=\s*=)", re.IGNORECASE)
    matches = [match for match in name.finditer(text, start, end)]
    if not matches:
        return None
    return matches[1] if "twice" in problem.message and len(matches) > 1 else matches[0]


def _switch_off(text: str, problem: Problem) -> str | None:
    field = _find_field(text, problem)
    return text[: field.start()] + "_" + text[field.start() :] if field else None


def _insert_field(text: str, entry: re.Match, field: str) -> str:
    comma = "" if entry["comma"] else ","
    return f"{text[: entry.end()]}{comma} {field}, {text[entry.end() :].lstrip(' ')}"


def _replace(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


BIB_REPAIRS = (
    delete_conflict_mark,
    complete_syntax,
    rename_key,
    change_type,
    keep_first_entry,
    correct_date,
    guess_date,
    switch_off_field,
)
LAST_BIB_REPAIRS = (hide_entry, comment_out)
