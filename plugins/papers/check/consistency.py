"""Notices on papers that contradict each other, their owner's name, or the calendar."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from pelican.contents import Page

from ..content import Header
from ..model import Paper, Problem, name_key, split_year
from ..util import LazyPattern

# Words that do not distinguish venues.
_STOP_WORDS = set("the of on for and in a an ieee acm proceedings annual".split())
_NUMBERING = LazyPattern(r"\b(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th))\b", re.IGNORECASE)
_UNPUBLISHED = ("preprint", "submitted", "accepted")
# In years: two dates further apart than this are unlikely to be both right.
_MAX_GAP = 2
_FIRST_YEAR = 1450


def check_consistency(pages: Iterable[Page], owners: Sequence[str], year: int) -> list[Problem]:
    """Add notices to the headers of papers, and return those on OWNER; `year` is the current."""
    pages = [page for page in pages if getattr(page, "paper", None)]
    for page in pages:
        _check_dates(page.header, page.paper, year)
    _check_ids(pages)
    _check_venues(pages)
    return list(_check_owner(pages, owners))


def _check_dates(header: Header, paper: Paper, year: int) -> None:
    venue, suffix = split_year(paper.venue_short or paper.venue or "")
    venue_year = int(suffix) if suffix else paper.date.year
    has_venue = paper.venue is not None and paper.type not in ("article", "manuscript")
    if paper.stage in _UNPUBLISHED and has_venue and venue_year < year:
        hint = "write `Stage: published`, or delete the header"
        message = f'still "{paper.stage}", although {venue or paper.venue} was in {venue_year}'
        key = "stage" if header.get("stage") else "note"
        header.report(key, f"{message} ({hint})", notice=True)
    if abs(paper.date.year - venue_year) >= _MAX_GAP:
        message = f"{paper.date.year} is far from {venue_year} in the venue (is that correct?)"
        header.report("date", message, notice=True)
    elif paper.date.year >= year + _MAX_GAP or paper.date.year < _FIRST_YEAR:
        header.report(
            "date", f"{paper.date.year} is far from today (is that correct?)", notice=True
        )


def _check_ids(pages: list[Page]) -> None:
    headers: dict[tuple[str, str], Header] = {}
    for page in pages:
        for scheme, value in page.paper.ids.items():
            first = headers.setdefault((scheme, value.lower()), page.header)
            if first is not page.header:
                hint = "keep one of the two, or correct the id"
                page.header.report(
                    scheme, f"is already used in {first.location} ({hint})", notice=True
                )


def _check_venues(pages: list[Page]) -> None:
    """Report venues that differ from a more frequent one in nothing but their spelling."""
    # By the beginnings of their words, so that few have to be compared.
    groups: dict[tuple, dict[str, list[Page]]] = {}
    for page in pages:
        if page.paper.venue:
            venue = " ".join(_NUMBERING.sub(" ", split_year(page.paper.venue)[0]).split())
            prefixes = tuple(word[:3] for word in _significant_words(venue))
            groups.setdefault(prefixes, {}).setdefault(venue, []).append(page)
    for venues in groups.values():
        by_frequency = sorted(venues, key=lambda venue: (-len(venues[venue]), venue))
        reported = set()
        for common, rare in combinations(by_frequency, 2):
            if rare not in reported and _is_same_venue(common, rare):
                reported.add(rare)
                for page in venues[rare]:
                    location = venues[common][0].header.location
                    message = f'"{rare}" is spelled "{common}" in {location} (use one spelling)'
                    page.header.report("venue", message, notice=True)


def _significant_words(venue: str) -> list[str]:
    plain = re.sub("['’]s\\b", " ", venue.casefold().replace("&", " and "))
    return [word for word in re.findall(r"\w+\.?", plain) if word.rstrip(".") not in _STOP_WORDS]


def _is_same_venue(a: str, b: str) -> bool:
    words, others = _significant_words(a), _significant_words(b)
    return len(words) == len(others) and all(map(_is_same_word, words, others))


def _is_same_word(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if short.rstrip(".").rstrip("s") == long.rstrip(".").rstrip("s"):
        return True
    if short.endswith("."):
        return long.startswith(short[:-1])
    # In Chinese and Japanese, each character is a word.
    if len(short) < 6 or not short.isascii():
        return False
    return difflib.SequenceMatcher(None, short, long).ratio() > 0.9


def _check_owner(pages: list[Page], owners: Sequence[str]) -> Iterator[Problem]:
    # The samples of a new site are papers of "Your Name".
    pages = [page for page in pages if page.paper.authors and not page.header.get("sample")]
    others = [page for page in pages if not any(author.owner for author in page.paper.authors)]
    if pages and owners and len(others) == len(pages):
        first = pages[0].paper.authors[0].name
        hint = f"write the name as it appears in papers, for example `{first}`"
        message = f'"{owners[0]}" is not an author of any paper ({hint})'
        yield Problem("pelicanconf.py", message, "OWNER", notice=True)
    keys = [name_key(name) for name in owners]

    @cache
    def is_similar(name: str) -> bool:
        return bool(difflib.get_close_matches(name_key(name), keys, n=1, cutoff=0.85))

    families = {name_key(name.split()[-1]) for name in owners if name.split()}
    for page in others:
        for author in page.paper.authors:
            same_initial = any(author.given[:1] == name[:1] for name in owners)
            same_family = name_key(author.family) in families and author.given
            if is_similar(author.name) or (same_family and same_initial):
                message = f'"{author.name}" may be you (if so, add this spelling to OWNER)'
                page.header.report("authors", message, notice=True)
                break
