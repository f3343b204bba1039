"""From the header of a blog post to a Post."""

from collections.abc import Mapping
from pathlib import Path

from ..model import Author, Person, Post
from ..util import LazyPattern
from .header import Header
from .links import read_figure

# What readers know from Medium, which counts Chinese and Japanese by their characters.
_WORDS_PER_MINUTE, _CHARACTERS_PER_MINUTE = 265, 500
_CJK = LazyPattern("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = LazyPattern(r"[^\W_]\S*")


def read_post(
    header: Header, file: Path, content: Path, people: Mapping[str, Person], owners: list[str]
) -> Post:
    """Make a Post of a header; without authors it is by the first of `owners`.

    Problems go to `header.problems`.
    """
    key = "authors" if header.get("authors") else "author"
    authors = header.parse_authors(key, people).authors
    if not authors and owners:
        authors = (Author(owners[0], owner=True),)
    return Post(
        authors=authors,
        figure=read_figure(header, file, content),
        series=header.get("series"),
        minutes=_reading_minutes(header.plain_text),
    )


def _reading_minutes(text: str) -> int:
    """Return the minutes that reading a text takes, at least one."""
    characters = len(_CJK.findall(text))
    words = len(_WORD.findall(_CJK.sub(" ", text)))
    return max(1, round(words / _WORDS_PER_MINUTE + characters / _CHARACTERS_PER_MINUTE))
