"""The header block of a file: its entries, and the problems in them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from ..model import (
    AuthorList,
    PartialDate,
    Person,
    Problem,
    guess_dates,
    parse_authors,
    strip_affiliations,
)
from ..util import (
    LazyPattern,
    balance_italics,
    find_documentation,
    find_misspelt,
    replace_italics,
    shorten,
    slugify,
    split_list,
)

# Of a file, and of its notices; nobody reads more of them at once.
_MAX_PROBLEMS = 300
_FURTHER_NAME = LazyPattern(r"\(?(?:with|and|joint work with) (?P<name>[^()]+)\)?", re.IGNORECASE)
_NUMBERS = str.maketrans("", "", "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹, ")
Parsed = AuthorList | PartialDate | tuple[str, ...]
# What the values of headers are called, where that is not the name of the header.
_VALUES = {"lang": "language", "save_as": "path", "url": "address"}
# Examples of the headers that a file must have.
_EXAMPLES = {
    "title": "What it is called",
    "authors": "Ada Lovelace; Alan Turing",
    "date": "2026-02",
    "venue": "ICLR",
}


@dataclass(frozen=True, slots=True)
class HeaderEntry:
    """One header: its value with continuation lines, and where it comes from.

    `name` is the key as it was written, `raw` the value with its indentation. `parsed` is what
    BibTeX's parser made of the value: names, a date, the items of a list, or the words of a
    title whose capitals braces protect. `file` and `citation_key` are set where the value was
    taken from an entry of a .bib.
    """

    value: str
    line: int | None = None
    name: str = ""
    raw: str | None = None
    parsed: Parsed | None = None
    file: str | None = None
    citation_key: str | None = None
    # The value of a title with marks around its italics, if there are any.
    marked: str | None = None


def mark_italics(entry: HeaderEntry, marked: str) -> HeaderEntry:
    """Return the entry of a title from the title with marks around its italics."""
    plain, marked = replace_italics(marked), balance_italics(marked)
    return replace(entry, value=plain, marked=marked if marked != plain else None)


@dataclass(slots=True)
class Header:
    """The header block of one file or BibTeX entry, and the problems found in it so far."""

    file: str
    entries: dict[str, HeaderEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Improvements that only `check` shows.
    suggestions: list[Problem] = field(default_factory=list)
    # Lines that are not headers but may have been meant as such, with their numbers.
    stray_lines: list[tuple[int, str]] = field(default_factory=list)
    # The citation key and first line of a BibTeX entry.
    citation_key: str | None = None
    line: int | None = None
    # The block could not be parsed, or its entry was not found, which is reported; missing headers
    # are not.
    unparsable: bool = False
    # The problems depend on other files, too.
    depends_on_files: bool = False
    # The text of the whole file; the body as HTML, and as text in paragraphs.
    source: str = ""
    html: str = ""
    plain_text: str = ""

    @property
    def location(self) -> str:
        """The file, and the entry in it where it holds many."""
        return f"{self.file} ({self.citation_key})" if self.citation_key else self.file

    @property
    def has_errors(self) -> bool:
        """Whether there are problems beside notices."""
        return any(not problem.notice for problem in self.problems)

    def get(self, key: str) -> str | None:
        """Return a header's value, or None; an empty header counts as absent."""
        entry = self.entries.get(key)
        return entry.value if entry and entry.value else None

    def get_list(self, key: str) -> tuple[str, ...]:
        """Return the items of a list."""
        entry = self.entries.get(key)
        if entry and isinstance(entry.parsed, tuple):
            return entry.parsed
        return split_list(entry.value) if entry else ()

    def line_of(self, words: str) -> int | None:
        """Return the number of the first line of the file that holds these words."""
        position = self.source.find(words)
        return self.source.count("\n", 0, position) + 1 if position >= 0 else None

    def report(
        self,
        key: str | None,
        message: str,
        line: int | None = None,
        notice: bool = False,
        fix: tuple[str, str] | None = None,
    ) -> None:
        """Add a problem once, with the line and the name of its key where there is one."""
        entry = self.entries.get(key) or HeaderEntry("")
        if entry.file:
            file, citation_key, first = entry.file, entry.citation_key, entry.line
        else:
            file, citation_key, first = self.file, self.citation_key, entry.line or self.line
        line = first if line is None else line
        problem = Problem(file, message, entry.name or key, line, citation_key, notice, fix)
        if len(self.problems) >= _MAX_PROBLEMS:
            if sum(other.notice == notice for other in self.problems) >= _MAX_PROBLEMS:
                name = "notices" if notice else "problems"
                message = f"has more {name} than these {_MAX_PROBLEMS} (correct them first)"
                problem = Problem(self.file, message, notice=notice)
        if problem not in self.problems:
            self.problems.append(problem)

    def suggest(self, key: str, message: str, line: int | None, fix: tuple[str, str]) -> None:
        """Add an improvement, and how to make it."""
        line = line or (self.entries[key].line if key in self.entries else None)
        name = self.entries[key].name if key in self.entries else key
        self.suggestions.append(Problem(self.file, message, name, line, notice=True, fix=fix))

    def is_from_bib(self, key: str) -> bool:
        """Tell whether a value comes from a .bib, which was made for other systems too."""
        return bool(self.citation_key or (key in self.entries and self.entries[key].citation_key))

    def warn_or_error(self, key: str, message: str) -> None:
        """Report what is left out: as an error in a header, as a notice in a .bib."""
        self.report(key, message, notice=self.is_from_bib(key))

    def require(self, key: str) -> str | None:
        """Return a header that must be there, or report that it is missing."""
        value = self.get(key)
        if value is None and not self.unparsable:
            example = f"`{key.capitalize()}: {_EXAMPLES[key]}`"
            if self.citation_key:
                example = f"`{key.removesuffix('s')} = {{…}}`"
            self.report(key, f"missing (write {example})")
        return value

    def check_keys(self, keys: Collection[str], other_keys: Collection[str] = ()) -> None:
        """Report unknown headers, and lines of text that look like headers.

        `other_keys` are known, too, but may begin a line of text.
        """
        for line, text in self.stray_lines:
            misplaced = rf"({'|'.join(keys)})\s*:\s"
            if match := re.match(misplaced, text.strip() + " ", re.IGNORECASE):
                hint = "move it to the left margin, above the first blank line"
                self.report(None, f"`{match[1]}:` is read as text here ({hint})", line)
        # Those of papers are too many to be printed.
        is_long = len(keys) > 30
        all_keys = (
            f"see {find_documentation()}/headers.md" if is_long else f"known: {', '.join(keys)}"
        )
        for key in self.entries.keys() - keys - set(other_keys):
            name = self.entries[key].name or key
            close = find_misspelt(name, [*keys, *other_keys])
            hint = f"did you mean `{close}`?" if close else all_keys
            self.report(key, f"unknown header ({hint})")

    def check_empty(self) -> None:
        """Report headers without a value: nothing is lost, but something may be forgotten."""
        for key, entry in self.entries.items():
            if not entry.value and entry.line and not self.is_from_bib(key):
                hint = "write a value, or delete the line"
                self.report(key, f"is empty ({hint})", notice=True)

    def check_pattern(self, key: str, pattern: str, hint: str) -> None:
        """Report a header that does not match a regular expression."""
        value = self.get(key)
        if value and not re.fullmatch(pattern, value):
            self.report(key, f'"{shorten(value)}" is not a valid {_VALUES.get(key, key)} ({hint})')

    def parse_date(self, key: str) -> PartialDate | None:
        """Return a header as a date, or report that it cannot be parsed."""
        entry = self.entries.get(key)
        if entry is None or not entry.value:
            return None
        if isinstance(entry.parsed, PartialDate):
            return entry.parsed
        try:
            return PartialDate.parse(entry.value)
        except ValueError as error:
            dates = guess_dates(entry.value)
            fix = (entry.value, dates[0].isoformat()) if len(dates) == 1 else None
            self.report(key, str(error), fix=fix)
            return None

    def parse_authors(self, key: str, people: Mapping[str, Person]) -> AuthorList:
        """Return a header as authors, or report that it cannot be parsed; see `parse_authors`."""
        entry = self.entries.get(key)
        if entry is None or not entry.value:
            return AuthorList()
        try:
            if isinstance(entry.parsed, AuthorList):
                author_list = entry.parsed.identify(people)
            else:
                numbered = self.get("affiliations") is not None
                author_list = parse_authors(entry.value, people, numbered)
                self._report_left_out(key, entry.value, numbered)
        except ValueError as error:
            self.report(key, str(error))
            return AuthorList()
        if not author_list.authors:
            example = f"`{key.capitalize()}: Ada Lovelace; Alan Turing`"
            self.report(key, f"contains no name (write {example})")
        return author_list

    def _report_left_out(self, key: str, text: str, numbered: bool) -> None:
        """Report what is not a name in a list of authors."""
        text = re.sub(r"[ \t]+", " ", text)
        for words in strip_affiliations(text, numbered)[1]:
            hint = "delete it"
            if key == "authors" and words.translate(_NUMBERS) == "":
                hint = "list the `Affiliations:` whose number it is, or delete it"
            elif match := _FURTHER_NAME.fullmatch(words.strip()):
                hint = f"write `; {match['name']}` if this is an author, or delete it"
            message = f'"{shorten(words)}" is not a name and is ignored ({hint})'
            self.report(key, message, notice=True)
        if re.search(r"\band\s+and\b|;\s*;", text):
            self.report(key, "an empty name is ignored (delete it)", notice=True)

    def add_entry(self, key: str, entry: HeaderEntry) -> None:
        """Add a header, or report that it is there already."""
        first = self.entries.setdefault(key, entry)
        if first is not entry:
            hint = f", first in line {first.line}" if first.line else ""
            self.report(key, f"given twice{hint} (keep one)", entry.line)


def parse_topics(header: Header) -> dict[str, str]:
    """Return the names of a file's topics by their slugs."""
    return {slugify(name): name for name in header.get_list("tags") if slugify(name)}


def check_topics(header: Header) -> None:
    """Report topics that cannot have a page."""
    for name in header.get_list("tags"):
        if not slugify(name):
            message = (
                f'"{shorten(name)}" cannot be turned into an address (write letters or digits)'
            )
            header.warn_or_error("tags", message)
