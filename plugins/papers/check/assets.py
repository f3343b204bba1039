"""Files beside the texts: too large, away from their page, shown nowhere, or telling too much."""

import mmap
import re
from pathlib import Path
from posixpath import basename, dirname

from pelican.contents import Page

from ..content import PDF_LABELS
from ..images import IMAGE_SUFFIXES
from ..model import Problem
from ..pages import output_path
from ..util import is_public

# Google Scholar reads no file above 5 MB (inclusion guidelines, "Indexing").
_PDF = 5 * 1024 * 1024
_PICTURE = 8 * 1024 * 1024
_FILMS = tuple(".mp4 .m4v .m4a .mov .qt .3gp .3g2 .webm .mkv".split())
# Where films tell the place: QuickTime's user data, Apple's metadata, 3GPP's box, Matroska's tag.
_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"\0loci", b"LOCATION")
_UNSHOWN = (".heic", ".heif")
_NAME = re.compile(r"(?<![\w%.-])[\w%.-]+\.[A-Za-z]{3,4}\b")


def check_pdfs(page: Page, static_content: dict) -> None:
    """Note PDFs of a paper that Google Scholar would not take for it."""
    for link in page.paper.links:
        static = static_content.get(link.address)
        if static is None or not link.address.lower().endswith(".pdf"):
            continue
        given = page.header.entries.items()
        named = (key for key, entry in given if basename(entry.value) == basename(link.address))
        key = next(named, "links")
        size = _size(Path(static.source_path))
        if size > _PDF:
            told = f'"{link.address}" has {_megabytes(size)}'
            hint = "Google Scholar reads up to 5 MB: make its pictures smaller"
            page.header.report(key, f"{told} ({hint})", notice=True)
        if link.label in PDF_LABELS and dirname(output_path(static)) != dirname(output_path(page)):
            hint = "give each paper a file of its own, below papers/"
            told = (
                f'"{link.address}" is published away from the page: Google Scholar does not see it'
            )
            page.header.report(key, f"{told} ({hint})", notice=True)


def check_files(context: dict, folder: Path, texts: str, told: str) -> list[Problem]:
    """Return what is wrong with pictures and films.

    `texts` is all that may name them, `told` what was told of the headers that do.
    """
    problems = []
    # Most names are found so; looking for each in all the texts takes long where they are many.
    named = set(_NAME.findall(texts))
    for path, static in sorted(context["static_content"].items()):
        file, name = Path(static.source_path), f"{folder.name}/{path}"
        low = path.lower()
        if not is_public(file, folder):
            continue  # Which has been told.
        if low.endswith(_UNSHOWN) and f'"{path}" is no picture' not in told:
            problems.append(Problem(name, "is no picture for browsers (save it as JPEG or PNG)"))
        if low.endswith(_FILMS) and video_has_location(file):
            hint = (
                "save it again without: exiftool -gps:all= -xmp= FILE, or ffmpeg -map_metadata -1"
            )
            problems.append(Problem(name, f"tells where it was taken ({hint})"))
        if not low.endswith(IMAGE_SUFFIXES) or path.startswith("extra/"):
            continue
        if (size := _size(file)) > _PICTURE:
            hint = "2,400 pixels in width are enough"
            problems.append(Problem(name, f"has {_megabytes(size)} ({hint})", notice=True))
        name_alone = basename(path)
        shown = name_alone in named or name_alone in texts or low.startswith("images/portrait.")
        if not shown:
            hint = "show it, or take it away: it is published"
            problems.append(Problem(name, f"is shown nowhere ({hint})", notice=True))
    return problems


def video_has_location(file: Path) -> bool:
    """Tell whether a film says where it was taken."""
    with file.open("rb") as film:
        if not _size(file):
            return False
        with mmap.mmap(film.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return any(data.find(mark) >= 0 for mark in _PLACES)


def _size(file: Path) -> int:
    return file.stat().st_size


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
