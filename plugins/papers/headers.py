"""A file's header block: its entries, and what is wrong with them."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from .model import PartialDate, Problem

# What the headers that must be there look like.
_EXAMPLES = {
    "title": "What it is called",
    "authors": "Ada Lovelace; Alan Turing",
    "date": "2026-02",
}
# A line indented by up to three spaces is a header still, as in Python-Markdown.
_ENTRY = re.compile(r" {0,3}(?P<key>[A-Za-z][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>.*)", re.DOTALL)
# Control characters but tab and line ends: browsers and feed readers refuse them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One header: its value with continuation lines, and the line it starts in."""

    value: str
    line: int


@dataclass(slots=True)
class Header:
    """The header block of one file, and the problems found in it so far."""

    file: str
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Lines that are no headers but may have been meant as such, with their numbers.
    texts: list[tuple[int, str]] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        """Return a header's value; an empty header is as good as none."""
        entry = self.entries.get(key)
        return entry.value if entry and entry.value else None

    def problem(self, key: str | None, message: str, line: int | None = None) -> None:
        """Note a problem once, with the line of its key where there is one."""
        if line is None and key in self.entries:
            line = self.entries[key].line
        problem = Problem(self.file, message, key, line)
        if problem not in self.problems:
            self.problems.append(problem)

    def need(self, key: str) -> str | None:
        """Return a header that must be there, or note that it is missing."""
        value = self.get(key)
        if value is None:
            self.problem(key, f"missing (write `{key.capitalize()}: {_EXAMPLES[key]}`)")
        return value

    def check_keys(self, known: Collection[str]) -> None:
        """Note every header that is not in `known`, and those that stand where text is read."""
        misplaced = re.compile(rf"({'|'.join(known)})\s*:\s", re.IGNORECASE)
        for line, text in self.texts:
            if found := misplaced.match(text.strip() + " "):
                hint = "write it at the left margin, above the first blank line"
                self.problem(None, f"`{found[1]}:` is read as text here ({hint})", line)
        for key in self.entries.keys() - known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{close[0]}`?" if close else f"known: {', '.join(known)}"
            self.problem(key, f"unknown header ({hint})")

    def check_form(self, key: str, form: str, hint: str) -> None:
        """Note a header that has not the form of the given regular expression."""
        value = self.get(key)
        if value and not re.fullmatch(form, value):
            self.problem(key, f'"{shorten(value)}" is no {key} ({hint})')

    def date(self, key: str) -> PartialDate | None:
        """Return a header as a date, or note that it is none."""
        value = self.get(key)
        try:
            return PartialDate.parse(value) if value else None
        except ValueError as error:
            self.problem(key, str(error))
            return None


def split(file: str, text: str) -> tuple[Header, str]:
    """Split a file's text into its header block and its body.

    The block is `Key: value` lines up to the first blank line behind them; an indented
    line goes on with the value above it. `file` is the name that problems tell.
    """
    header = Header(file)
    # Not splitlines, to which characters within a title are line ends too.
    lines = re.split(r"\r\n?|\n", text)
    key = None
    number = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if key or header.problems:
                break
        elif match := _ENTRY.fullmatch(line):
            key = match["key"].lower().replace("-", "_")
            if key in header.entries:
                first = header.entries[key].line
                header.problem(key, f"given twice, first in line {first} (keep one)", number)
            else:
                header.entries[key] = Entry(match["value"].strip(), number)
        elif line[0] in " \t" and key:
            header.texts.append((number, line))
            entry = header.entries[key]
            header.entries[key] = Entry(f"{entry.value}\n{line.strip()}".strip(), entry.line)
        elif line.strip() == "---":
            header.problem(None, '"---" begins no header (write `Key: value` lines alone)', number)
        else:
            hint = "write `Key: value`, or leave a blank line between headers and text"
            header.problem(None, f'"{shorten(line)}" is no header ({hint})', number)
    if first := next((n for n in range(number, len(lines)) if lines[n].strip()), None):
        header.texts.append((first + 1, lines[first]))
    for row, line in enumerate(lines, start=1):
        if found := _CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            header.problem(None, f"holds the control character {code} (delete it)", row)
    return header, "\n".join(lines[number:])


def shorten(text: str) -> str:
    """Return a value for a message, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
