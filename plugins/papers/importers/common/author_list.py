"""Names whose parts are told, as lists of headers hold them."""

import re
from collections.abc import Iterable

from ...model import parse_name, split_authors
from .text import plain_line

# As in medicine: "Le Goues C", "van der Berg JR*".
_BEHIND = re.compile(
    r"(?P<family>[^\W\d_][\w'’ -]{0,60}[a-zß-ÿ]) (?P<given>[A-Z]{1,3})(?P<marks>[*†‡#§¶]*)"
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def format_person(family: str, given: str = "", suffix: str = "") -> str:
    """Return a name as a list of a header holds it; who reads it finds the parts again."""
    family, given, suffix = (
        re.sub(r"[{};]", "", plain_line(part)).strip(" ,") for part in (family, given, suffix)
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
            found = parse_name(form)
        except ValueError:
            continue
        if (found.family, found.given, found.suffix) == (family, given, suffix):
            return form
    return forms[1]


def format_inverted_name(name: str, corporate: bool = True) -> str:
    """Return "Last, First, Suffix" as a list of a header holds it.

    A name of several words without a comma is a corporate one, unless it may be "First Last".
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return format_person(name) if corporate else re.sub(r"[{};]", "", plain_line(name))
    if len(parts) == 3 and re.fullmatch(r"(?i:jr|sr)\.?|[IVX]+", parts[1]):
        # BibTeX's order.
        parts = [parts[0], parts[2], parts[1]]
    return format_person(parts[0], *parts[1:3]) if len(parts) < 4 else f"{{{plain_line(name)}}}"


def format_people(names: Iterable[str], others: bool = False) -> str:
    """Return names as a header holds them, also where commas stand within them."""
    names = _turned([name for name in names if name]) + ["et al."] * others
    for between in (", ", "; "):
        text = between.join(names)
        try:
            if split_authors(text) == names:
                return text
        except ValueError:
            continue
    return "\n".join(f"- {name}" for name in names)


def _turned(names: list[str]) -> list[str]:
    """Return names with their initials before them, where each of several has them behind it."""
    found = [_BEHIND.fullmatch(name) for name in names]
    if len(names) < 2 or not all(found):
        return names
    return [
        format_person(name["family"], dot_initials(name["given"])) + name["marks"] for name in found
    ]


def dot_initials(given: str) -> str:
    """Return given names with points, where they are initials alone: "JR" is "J. R."."""
    return " ".join(f"{sign}." for sign in given) if re.fullmatch("[A-Z]{1,3}", given) else given


def join_authors(names: Iterable[str], others: bool = False) -> str:
    """Return names as a header holds them, first names first; marks and `{Large Team}` stay."""
    plain = []
    for name in names:
        name = " ".join(name.split()).strip(" ,;")
        mark = re.search(r"[*†#‡§¶]+$", name)
        bare = name[: mark.start()].rstrip() if mark else name
        if "," in bare and not bare.startswith("{"):
            bare = format_inverted_name(bare)
        plain.append(bare and bare + (mark[0] if mark else ""))
    return format_people(plain, others)
