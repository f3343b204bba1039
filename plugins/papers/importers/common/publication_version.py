"""Versions of a paper with one title: in a journal, at a conference, as a preprint."""

import re
from collections.abc import Mapping

from .text import fold_text

_PREPRINT = re.compile(
    r"arxiv|preprint|corr\b|ssrn|biorxiv|medrxiv|techrxiv|submitted|review", re.IGNORECASE
)
# Words of names of venues that do not say which one it is.
_COMMON_WORDS = frozenset(
    "the of on and in for proceedings proc annual international ieee acm cvf springer".split()
)


# No name of a venue has more.
_MAX_WORDS, _MAX_LETTERS = 60, 20


def is_other_version(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Tell whether two papers of one title are two publications, by their venues.

    A preprint is not a publication beside the paper that it became.
    """
    venue, other = first.get("venue", ""), second.get("venue", "")
    if not venue or not other or _PREPRINT.search(venue) or _PREPRINT.search(other):
        return False
    names = [(venue, other), (first.get("venue_short", ""), other)]
    names.append((venue, second.get("venue_short", "")))
    return not any(is_same_venue(*pair) for pair in names if all(pair))


def is_same_venue(first: str, second: str) -> bool:
    """Tell whether two names of venues may be one: equal, contained, abbreviated, or initials."""
    short, long = sorted((first, second), key=lambda name: len("".join(_words_of(name))))
    shorter, longer = _words_of(short), _words_of(long)
    short_text, long_text = (fold_text("".join(words)) for words in (shorter, longer))
    if short_text in long_text:
        return True
    if len(shorter) == 1 and len(re.findall("[A-Z]", shorter[0])) > 1:
        return _is_acronym(short_text, [fold_text(word) for word in re.findall(r"[^\W\d_]+", long)])
    folded = [fold_text(word) for word in longer]
    return all(any(_abbreviates(fold_text(word), whole) for whole in folded) for word in shorter)


def _words_of(venue: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", venue)
    return [word for word in words if word.lower() not in _COMMON_WORDS][:_MAX_WORDS]


def _is_acronym(letters: str, words: list[str]) -> bool:
    """Tell whether letters are beginnings of words in their order; words may be left out."""
    # How many of the letters the words so far can make.
    if len(letters) > _MAX_LETTERS:
        return False
    reached = {0}
    for word in words:
        reached |= {
            start + count
            for start in reached
            for count in range(1, len(letters) - start + 1)
            if word.startswith(letters[start : start + count])
        }
    return len(letters) in reached


def _abbreviates(word: str, whole: str) -> bool:
    return whole.startswith(word) or (
        word[:1] == whole[:1] and len(word) < 5 and _is_within(word, whole)
    )


def _is_within(letters: str, text: str) -> bool:
    """Tell whether letters stand in a text in their order."""
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if not position:
            return False
    return True
