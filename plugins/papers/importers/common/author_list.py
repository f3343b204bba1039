"""Names of people, formatted for the lists in headers."""

import re
from collections.abc import Iterable

from ...content import HeaderEntry
from ...model import Author, AuthorList, parse_name, split_authors
from .text import plain_line

# The style of medicine: "Le Goues C", "van der Berg JR*".
_INITIALS_LAST = re.compile(
    r"(?P<family>[^\W\d_][\w'’ -]{0,60}[a-zß-ÿ]) (?P<given>[A-Z]{1,3})(?P<marks>[*†‡#§¶]*)"
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def format_person(family: str, given: str = "", suffix: str = "") -> str:
    """Return a name for a list in a header, from which the same parts are read."""
    # DBLP tells people of the same name apart by a number.
    family, given, suffix = (
        re.sub(r"[{};]| 0\d{3}$", "", plain_line(part)).strip(" ,")
        for part in (family, given, suffix)
    )
    if not family:
        family, given = given, ""
    if not family:
        return ""
    spaced = f"{family} {given}" if _CJK.search(family) and _CJK.search(given) else ""
    forms = [spaced, " ".join(filter(None, (given, family, suffix)))]
    if given:
        forms.append(" ".join(filter(None, (given, f"{{{family}}}", suffix))))
        forms.append(", ".join(filter(None, (family, suffix, given))))
    else:
        forms.append(f"{{{family}}}")
    for form in filter(None, forms):
        try:
            person = parse_name(form)
        except ValueError:
            continue
        if (person.family, person.given, person.suffix) == (family, given, suffix):
            return form
    return forms[1]


def format_author(author: Author) -> str:
    """Return an author for a list in a header, with the marks of the name."""
    if not author.collective:
        return format_person(author.family, author.given, author.suffix) + author.marks
    is_collective = parse_name(author.family).collective
    return (author.family if is_collective else f"{{{author.family}}}") + author.marks


def format_entry_people(entry: HeaderEntry | None) -> str:
    """Return the people in a field of a BibTeX entry as a list in a header."""
    if entry is None:
        return ""
    if isinstance(entry.parsed, AuthorList):
        return format_people(map(format_author, entry.parsed.authors), entry.parsed.has_more)
    names = [line.removeprefix("- ") for line in entry.value.split("\n") if line]
    has_more = names[-1:] == ["others"]
    names = [format_inverted_name(name, corporate=False) for name in names]
    return format_people(names[: len(names) - has_more], has_more)


def format_inverted_name(name: str, corporate: bool = True) -> str:
    """Return "Last, First, Suffix" for a list in a header.

    With `corporate`, several words without a comma are a corporate name, not "First Last".
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return format_person(name) if corporate else re.sub(r"[{};]", "", plain_line(name))
    if len(parts) == 3 and re.fullmatch(r"(?i:jr|sr)\.?|[IVX]+", parts[1]):
        # The order of BibTeX.
        parts = [parts[0], parts[2], parts[1]]
    return format_person(parts[0], *parts[1:3]) if len(parts) < 4 else f"{{{plain_line(name)}}}"


def format_people(names: Iterable[str], has_others: bool = False) -> str:
    """Return names as a list in a header, also if they contain commas."""
    names = put_initials_first([name for name in names if name]) + ["et al."] * has_others
    for separator in (", ", "; "):
        text = separator.join(names)
        try:
            if split_authors(text) == names:
                return text
        except ValueError:
            continue
    return "\n".join(f"- {name}" for name in names)


def put_initials_first(names: list[str]) -> list[str]:
    """Return names with initials first, if each of several names has them last."""
    matches = [_INITIALS_LAST.fullmatch(name) for name in names]
    if len(names) < 2 or not all(matches):
        return names
    return [
        format_person(name["family"], dot_initials(name["given"])) + name["marks"]
        for name in matches
    ]


def dot_initials(given: str) -> str:
    """Return given names with points if they are initials: "J. R." for "JR"."""
    return " ".join(f"{char}." for char in given) if re.fullmatch("[A-Z]{1,3}", given) else given


def join_authors(names: Iterable[str], others: bool = False) -> str:
    """Return names as a list in a header, first names first; marks and `{Team}` stay."""
    formatted = []
    for name in names:
        name = " ".join(name.split()).strip(" ,;")
        mark = re.search(r"[*†#‡§¶]+$", name)
        text = name[: mark.start()].rstrip() if mark else name
        if "," in text and not text.startswith("{"):
            text = format_inverted_name(text)
        formatted.append(text and text + (mark[0] if mark else ""))
    return format_people(formatted, others)
