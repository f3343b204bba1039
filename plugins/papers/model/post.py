"""A post of the blog: what it has beside title, date and text."""

from dataclasses import dataclass

from .names import Author
from .paper import Figure


@dataclass(frozen=True, slots=True)
class Post:
    """The authors, the figure, the name of the series, and the minutes that reading takes."""

    authors: tuple[Author, ...]
    figure: Figure | None
    series: str | None
    minutes: int
