"""Texts of other systems become Markdown that stands here: what only they read is taken out."""

from pathlib import Path

from .found import Source


def clean(source: Source, file: Path, text: str, line: int, folder: str) -> str:
    """Return a text without what only its system reads, and note what was taken out.

    `line` is that of the text's first line in `file`; files that it shows or links to are
    brought along into `folder` of content/.
    """
    raise NotImplementedError
