"""Whether papers agree with each other, with their owner's name and with the calendar: hints."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from pelican.contents import Page

from ..content import Header
from ..model import Paper, Problem, name_key, split_year

# Words that make no difference between venues.
_EMPTY = set("the of on for and in a an ieee acm proceedings annual".split())
_COUNT = re.compile(r"\b(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th))\b", re.IGNORECASE)
_UNFINISHED = ("preprint", "submitted", "accepted")
_FAR = 2


def check_consistency(pages: Iterable[Page], owners: Sequence[str], year: int) -> list[Problem]:
    """Note in the headers of papers what does not agree; return what is wrong with OWNER.

    `year` is that of the build.
    """
    pages = [page for page in pages if getattr(page, "paper", None)]
    for page in pages:
        _check_time(page.header, page.paper, year)
    _check_ids(pages)
    _check_venues(pages)
    return list(_check_owner(pages, owners))


def _check_time(header: Header, paper: Paper, year: int) -> None:
    name, told = split_year(paper.venue_short or paper.venue or "")
    when = int(told) if told else paper.date.year
    placed = paper.venue is not None and paper.type not in ("article", "manuscript")
    if paper.stage in _UNFINISHED and placed and when < year:
        hint = "write `Stage: published`, or take it away"
        message = f'"{paper.stage}" still, though {name or paper.venue} was in {when} ({hint})'
        key = "stage" if header.get("stage") else "note"
        header.report(key, message, notice=True)
    if abs(paper.date.year - when) >= _FAR:
        message = f"{paper.date.year} is far from {when} in the venue (is it right?)"
        header.report("date", message, notice=True)
    elif paper.date.year >= year + _FAR or paper.date.year < 1450:
        header.report("date", f"{paper.date.year} is far from today (is it right?)", notice=True)


def _check_ids(pages: list[Page]) -> None:
    seen: dict[tuple[str, str], Header] = {}
    for page in pages:
        for name, value in page.paper.ids.items():
            first = seen.setdefault((name, value.lower()), page.header)
            if first is not page.header:
                hint = "keep one of the two, or mend the id"
                page.header.report(name, f"is that of {first.location} ({hint})", notice=True)


def _check_venues(pages: list[Page]) -> None:
    """Note venues that differ in their spelling alone: each from the one that more papers have."""
    spelt: dict[tuple, dict[str, list[Page]]] = {}
    for page in pages:
        if page.paper.venue:
            # What counts the meetings is no part of the name.
            name = " ".join(_COUNT.sub(" ", split_year(page.paper.venue)[0]).split())
            words = _words(name)
            alike = tuple(word[:3] for word in words)
            spelt.setdefault(alike, {}).setdefault(name, []).append(page)
    for names in spelt.values():
        ordered = sorted(names, key=lambda name: (-len(names[name]), name))
        told = set()
        for most, other in combinations(ordered, 2):
            if other not in told and _is_same(_words(most), _words(other)):
                told.add(other)
                for page in names[other]:
                    where = names[most][0].header.location
                    message = f'"{other}" is "{most}" in {where} (spell it one way)'
                    page.header.report("venue", message, notice=True)


def _words(venue: str) -> list[str]:
    plain = re.sub("['’]s\\b", " ", venue.casefold().replace("&", " and "))
    return [word for word in re.findall(r"\w+\.?", plain) if word.rstrip(".") not in _EMPTY]


def _is_same(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and all(map(_is_same_word, one, other))


def _is_same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short.rstrip(".").rstrip("s") == long.rstrip(".").rstrip("s"):
        return True
    if short.endswith("."):
        return long.startswith(short[:-1])
    # A sign of Chinese or Japanese is a word of its own.
    if len(short) < 6 or not short.isascii():
        return False
    return difflib.SequenceMatcher(None, short, long).ratio() > 0.9


def _check_owner(pages: list[Page], owners: Sequence[str]) -> Iterator[Problem]:
    people = [page for page in pages if page.paper.authors]
    others = [page for page in people if not any(author.owner for author in page.paper.authors)]
    if people and owners and len(others) == len(people):
        first = people[0].paper.authors[0].name
        hint = f"write it as papers print it, such as `{first}`"
        message = f'"{owners[0]}" is in no list of authors ({hint})'
        yield Problem("pelicanconf.py", message, "OWNER", notice=True)
    keys = [name_key(name) for name in owners]
    families = {name_key(name.split()[-1]) for name in owners if name.split()}
    for page in others:
        for author in page.paper.authors:
            close = difflib.get_close_matches(name_key(author.name), keys, n=1, cutoff=0.85)
            initial = any(author.given[:1] == name[:1] for name in owners)
            if close or (name_key(author.family) in families and author.given and initial):
                hint = "add this form to OWNER if so"
                message = f'"{author.name}" may be you ({hint})'
                page.header.report("authors", message, notice=True)
                break
