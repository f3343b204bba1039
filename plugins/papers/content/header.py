"""A file's header block: its entries, and what is wrong with them."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from ..model import PartialDate, Problem, guess_dates
from ..util import shorten

# What the headers that must be there look like.
_EXAMPLES = {
    "title": "What it is called",
    "authors": "Ada Lovelace; Alan Turing",
    "date": "2026-02",
    "venue": "ICLR",
}


@dataclass(frozen=True, slots=True)
class HeaderEntry:
    """One header: its value with continuation lines, and where it comes from.

    `name` is the key as it was written, `raw` the value with its indentation; `file` and
    `citation_key` tell the .bib and the citation key of a value that was taken over from there.
    """

    value: str
    line: int | None = None
    name: str = ""
    raw: str | None = None
    file: str | None = None
    citation_key: str | None = None


@dataclass(slots=True)
class Header:
    """The header block of one file or BibTeX entry, and the problems found in it so far."""

    file: str
    entries: dict[str, HeaderEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What is right, and can be written better; told by `check` alone.
    suggestions: list[Problem] = field(default_factory=list)
    # Lines that are no headers but may have been meant as such, with their numbers.
    stray_lines: list[tuple[int, str]] = field(default_factory=list)
    # The citation key and first line of a BibTeX entry.
    citation_key: str | None = None
    line: int | None = None
    # Nobody can read the block, which is told: what is missing in it need not be.
    unparsable: bool = False
    # What was found depends on other files, too.
    depends_on_files: bool = False
    # The whole file as it is written; the body as HTML, and as text in paragraphs.
    source: str = ""
    html: str = ""
    plain_text: str = ""

    @property
    def location(self) -> str:
        """The file, and the entry in it where it holds many."""
        return f"{self.file} ({self.citation_key})" if self.citation_key else self.file

    @property
    def has_errors(self) -> bool:
        """Tell whether there are problems beside notices."""
        return any(not problem.notice for problem in self.problems)

    def get(self, key: str) -> str | None:
        """Return a header's value; an empty header is as good as none."""
        entry = self.entries.get(key)
        return entry.value if entry and entry.value else None

    def line_of(self, words: str) -> int | None:
        """Return the number of the first line of the file that holds these words."""
        place = self.source.find(words)
        return self.source.count("\n", 0, place) + 1 if place >= 0 else None

    def report(
        self,
        key: str | None,
        message: str,
        line: int | None = None,
        notice: bool = False,
        fix: tuple[str, str] | None = None,
    ) -> None:
        """Note a problem once, with the line and the name of its key where there is one."""
        entry = self.entries.get(key) or HeaderEntry("")
        file = entry.file or self.file
        name = (
            (entry.citation_key, entry.line)
            if entry.file
            else (self.citation_key, entry.line or self.line)
        )
        line = name[1] if line is None else line
        problem = Problem(file, message, entry.name or key, line, name[0], notice, fix)
        if problem not in self.problems:
            self.problems.append(problem)

    def suggest(self, key: str, message: str, line: int | None, fix: tuple[str, str]) -> None:
        """Note what can be written better, and how."""
        line = line or (self.entries[key].line if key in self.entries else None)
        name = self.entries[key].name if key in self.entries else key
        self.suggestions.append(Problem(self.file, message, name, line, notice=True, fix=fix))

    def is_from_bib(self, key: str) -> bool:
        """Tell whether a value comes from a .bib, which was made for other systems too."""
        return bool(self.citation_key or (key in self.entries and self.entries[key].citation_key))

    def warn_or_error(self, key: str, message: str) -> None:
        """Note what is left out: a problem in a header, a notice in a .bib."""
        self.report(key, message, notice=self.is_from_bib(key))

    def require(self, key: str) -> str | None:
        """Return a header that must be there, or note that it is missing."""
        value = self.get(key)
        if value is None and not self.unparsable:
            example = f"`{key.capitalize()}: {_EXAMPLES[key]}`"
            if self.citation_key:
                example = f"`{key.removesuffix('s')} = {{…}}`"
            self.report(key, f"missing (write {example})")
        return value

    def check_keys(self, known: Collection[str], more: Collection[str] = ()) -> None:
        """Note every header not in `known` or `more`, and those that stand where text is read."""
        misplaced = re.compile(rf"({'|'.join(known)})\s*:\s", re.IGNORECASE)
        for line, text in self.stray_lines:
            if found := misplaced.match(text.strip() + " "):
                hint = "write it at the left margin, above the first blank line"
                self.report(None, f"`{found[1]}:` is read as text here ({hint})", line)
        for key in self.entries.keys() - known - set(more):
            name = self.entries[key].name or key
            close = difflib.get_close_matches(name, [*known, *more], n=1)
            hint = f"did you mean `{close[0]}`?" if close else "the README lists the known ones"
            self.report(key, f"unknown header ({hint})")

    def check_empty(self) -> None:
        """Note headers without a value: nothing is lost, but something may be forgotten."""
        for key, entry in self.entries.items():
            if not entry.value and entry.line and not self.is_from_bib(key):
                hint = "write something behind it, or take the line away"
                self.report(key, f"is empty ({hint})", notice=True)

    def check_pattern(self, key: str, pattern: str, hint: str) -> None:
        """Note a header that has not the form of the given regular expression."""
        value = self.get(key)
        if value and not re.fullmatch(pattern, value):
            self.report(key, f'"{shorten(value)}" is no {key} ({hint})')

    def parse_date(self, key: str) -> PartialDate | None:
        """Return a header as a date, or note that it is none."""
        value = self.get(key)
        try:
            return PartialDate.parse(value) if value else None
        except ValueError as error:
            found = guess_dates(value)
            fix = (value, found[0].isoformat()) if len(found) == 1 else None
            self.report(key, str(error), fix=fix)
            return None

    def add_entry(self, key: str, entry: HeaderEntry) -> None:
        """Take a header in; note one that is there already."""
        first = self.entries.setdefault(key, entry)
        if first is not entry:
            told = f", first in line {first.line}" if first.line else ""
            self.report(key, f"given twice{told} (keep one)", entry.line)
