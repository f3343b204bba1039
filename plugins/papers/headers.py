"""A file's header block: its entries, and what is wrong with them."""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from . import frontmatter
from .dates import PartialDate
from .model import Problem

# What the headers that must be there look like.
_EXAMPLES = {
    "title": "What it is called",
    "authors": "Ada Lovelace; Alan Turing",
    "date": "2026-02",
    "venue": "ICLR",
}
# A line indented by up to three spaces is a header still, as in Python-Markdown.
_ENTRY = re.compile(r" {0,3}(?P<key>[A-Za-z][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>.*)", re.DOTALL)
# Control characters but tab and line ends: browsers and feed readers refuse them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One header: its value with continuation lines, and where it comes from.

    `name` is the key as it was written, `raw` the value with its indentation; `file` and
    `entry` tell the .bib and the citation key of a value that was taken over from there.
    """

    value: str
    line: int | None = None
    name: str = ""
    raw: str | None = None
    file: str | None = None
    entry: str | None = None


@dataclass(slots=True)
class Header:
    """The header block of one file or BibTeX entry, and the problems found in it so far."""

    file: str
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Lines that are no headers but may have been meant as such, with their numbers.
    texts: list[tuple[int, str]] = field(default_factory=list)
    # The citation key and first line of a BibTeX entry.
    entry: str | None = None
    line: int | None = None
    # Nobody can read the block, which is told: what is missing in it need not be.
    broken: bool = False
    # The body as HTML, and as text in paragraphs.
    html: str = ""
    plain: str = ""

    @property
    def place(self) -> str:
        """The file, and the entry in it where it holds many."""
        return f"{self.file} ({self.entry})" if self.entry else self.file

    @property
    def wrong(self) -> bool:
        """Tell whether there are problems beside notices."""
        return any(not problem.notice for problem in self.problems)

    def get(self, key: str) -> str | None:
        """Return a header's value; an empty header is as good as none."""
        entry = self.entries.get(key)
        return entry.value if entry and entry.value else None

    def problem(
        self, key: str | None, message: str, line: int | None = None, notice: bool = False
    ) -> None:
        """Note a problem once, with the line and the name of its key where there is one."""
        entry = self.entries.get(key) or Entry("")
        file = entry.file or self.file
        name = (entry.entry, entry.line) if entry.file else (self.entry, entry.line or self.line)
        line = name[1] if line is None else line
        problem = Problem(file, message, entry.name or key, line, name[0], notice)
        if problem not in self.problems:
            self.problems.append(problem)

    def lenient(self, key: str) -> bool:
        """Tell whether a value comes from a .bib, which was made for other systems too."""
        return bool(self.entry or (key in self.entries and self.entries[key].entry))

    def doubt(self, key: str, message: str) -> None:
        """Note what is left out: a problem in a header, a notice in a .bib."""
        self.problem(key, message, notice=self.lenient(key))

    def need(self, key: str) -> str | None:
        """Return a header that must be there, or note that it is missing."""
        value = self.get(key)
        if value is None and not self.broken:
            example = f"`{key.capitalize()}: {_EXAMPLES[key]}`"
            if self.entry:
                example = f"`{key.removesuffix('s')} = {{…}}`"
            self.problem(key, f"missing (write {example})")
        return value

    def check_keys(self, known: Collection[str], more: Collection[str] = ()) -> None:
        """Note every header not in `known` or `more`, and those that stand where text is read."""
        misplaced = re.compile(rf"({'|'.join(known)})\s*:\s", re.IGNORECASE)
        for line, text in self.texts:
            if found := misplaced.match(text.strip() + " "):
                hint = "write it at the left margin, above the first blank line"
                self.problem(None, f"`{found[1]}:` is read as text here ({hint})", line)
        for key in self.entries.keys() - known - set(more):
            name = self.entries[key].name or key
            close = difflib.get_close_matches(name, [*known, *more], n=1)
            hint = f"did you mean `{close[0]}`?" if close else "the README lists the known ones"
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

    def add(self, key: str, entry: Entry) -> None:
        """Take a header in; note one that is there already."""
        first = self.entries.setdefault(key, entry)
        if first is not entry:
            told = f", first in line {first.line}" if first.line else ""
            self.problem(key, f"given twice{told} (keep one)", entry.line)


def split(file: str, text: str) -> tuple[Header, str]:
    """Split a file's text into its header block and its body.

    The block is YAML between lines of `---`, or `Key: value` lines up to the first blank
    line behind them; an indented line goes on with the value above it. `file` is the name
    that problems tell.
    """
    header = Header(file)
    # Not splitlines, to which characters within a title are line ends too.
    lines = re.split(r"\r\n?|\n", text)
    for row, line in enumerate(lines, start=1):
        if found := CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            header.problem(None, f"holds the control character {code} (delete it)", row)
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].rstrip() == "---":
        ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "..."))
        if (end := next(ends, None)) is None:
            header.problem(None, 'no "---" ends the header (write it below the headers)', first + 1)
            header.broken = True
            return header, ""
        try:
            found = frontmatter.read("\n".join(lines[first + 1 : end]), first + 1)
        except frontmatter.Mistake as mistake:
            header.problem(None, mistake.message, mistake.line)
            header.broken = True
            found = []
        for name, value, line in found:
            if bad := CONTROL.search(f"{name}{value}"):
                code = f"U+{ord(bad[0]):04X}"
                header.problem(None, f"holds the control character {code} (delete it)", line)
                name, value = CONTROL.sub("", name), CONTROL.sub("", value)
            header.add(_key(name), Entry(value.strip(), line, _key(name), value))
        body = end + 1
    else:
        body = _split_lines(header, lines)
    if (below := next((n for n in range(body, len(lines)) if lines[n].strip()), None)) is not None:
        header.texts.append((below + 1, lines[below]))
    return header, "\n".join(lines[body:])


def _split_lines(header: Header, lines: list[str]) -> int:
    """Read `Key: value` lines; return how many lines they are, with the blank one behind."""
    key = None
    number = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if key or any(problem.line == number - 1 for problem in header.problems):
                break
        elif match := _ENTRY.fullmatch(line):
            key = _key(match["key"])
            value = match["value"].strip()
            header.add(key, Entry(value, number, key, value))
        elif line[0] in " \t" and key:
            header.texts.append((number, line))
            entry = header.entries[key]
            value = f"{entry.value}\n{line.strip()}".strip()
            header.entries[key] = replace(entry, value=value, raw=f"{entry.raw}\n{line.rstrip()}")
        else:
            hint = "write `Key: value`, or leave a blank line between headers and text"
            header.problem(None, f'"{shorten(line)}" is no header ({hint})', number)
    return number


def shorten(text: str) -> str:
    """Return a value for a message, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _key(name: str) -> str:
    return name.lower().replace("-", "_")
