"""Files beside the texts: private, too large, shown nowhere, or with the place of a recording."""

import mmap
from collections.abc import Iterator
from pathlib import Path
from posixpath import basename, dirname
from urllib.parse import unquote

from pelican.contents import Page, Static

from ..build import output_path
from ..content import PDF_LABELS, Header
from ..images import IMAGE_SUFFIXES
from ..model import Problem
from ..pages import named_files
from ..util import LazyPattern, is_leftover, is_public

OUTSIDE_CONTENT = "points outside content/ (copy the file itself there)"
_LEFTOVER = "is a hidden file or a backup, which is not published (delete or rename it)"
# What browsers show as a page, or run.
_ACTIVE_SUFFIXES = tuple(
    ".html .htm .shtml .xhtml .xht .js .mjs .xml .xsl .xslt .rdf .svgz".split()
)
# Google Scholar indexes no file above 5 MB (inclusion guidelines, "Indexing").
_MAX_PDF_SIZE = 5 * 1024 * 1024
_MAX_IMAGE_SIZE = 8 * 1024 * 1024
_VIDEO_SUFFIXES = tuple(".mp4 .m4v .m4a .mov .qt .3gp .3g2 .webm .mkv".split())
# Where videos hold their location: QuickTime's user data, Apple's metadata, 3GPP's box, Matroska's
# tag.
_LOCATION_MARKS = (b"\xa9xyz", b"com.apple.quicktime.location", b"\0loci", b"LOCATION")
_UNSUPPORTED_SUFFIXES = (".heic", ".heif")
_FILE_NAME = LazyPattern(r"(?<![\w%.-])[\w%.-]+\.[A-Za-z]{3,4}\b")


def describe_private_file(file: Path, folder: Path) -> str | None:
    """Return why a file must not be published, or None; `folder` is that of the content."""
    if is_public(file, folder):
        return None
    return _LEFTOVER if is_leftover(file, folder) else OUTSIDE_CONTENT


def check_static_file(static: Static, header: Header, context: dict) -> None:
    """Report a file that is private, or a page or script that the settings do not allow."""
    if message := describe_private_file(Path(static.source_path), Path(context["PATH"])):
        header.report(None, message)
    if not context.get("RAW_HTML", True) and header.file.lower().endswith(_ACTIVE_SUFFIXES):
        header.report(
            None, "is HTML or a script, which RAW_HTML = False does not allow (delete it)"
        )


def check_pdfs(page: Page, static_content: dict[str, Static]) -> None:
    """Report the PDFs of a paper that Google Scholar would not index."""
    for link in page.paper.links:
        static = static_content.get(link.address)
        if static is None or not link.address.lower().endswith(".pdf"):
            continue
        entries = page.header.entries.items()
        keys = (key for key, item in entries if basename(item.value) == basename(link.address))
        key = next(keys, "links")
        size = Path(static.source_path).stat().st_size
        if size > _MAX_PDF_SIZE:
            hint = "Google Scholar reads PDFs of up to 5 MB: make the images in it smaller"
            message = f'"{link.address}" is {_format_size(size)} ({hint})'
            page.header.report(key, message, notice=True)
        if link.label in PDF_LABELS and dirname(output_path(static)) != dirname(output_path(page)):
            hint = "give each paper its own file in papers/"
            message = (
                f'"{link.address}" is not published next to its page, so Google Scholar does '
                "not find it"
            )
            page.header.report(key, f"{message} ({hint})", notice=True)


def check_media_files(context: dict, messages: str) -> list[Problem]:
    """Return the problems of images and videos; `messages` are those of the other checks."""
    if not context["static_content"]:
        return []
    folder, texts = Path(context["PATH"]), _collect_texts(context)
    # A set is fast, but has no names with blanks; to search all texts for each file is slow.
    names = set(_FILE_NAME.findall(texts))
    problems = []
    for path, static in sorted(context["static_content"].items()):
        file, name = Path(static.source_path), f"{folder.name}/{path}"
        if not is_public(file, folder):
            continue  # Already reported.
        if f'"{path}" is not an image' not in messages:
            problems += _check_format(path, name)
        problems += _check_location(file, name)
        if path.lower().endswith(IMAGE_SUFFIXES) and not path.startswith("extra/"):
            is_named = basename(path) in names or basename(path) in texts
            is_portrait = path.lower().startswith("images/portrait.")
            problems += _check_image(file, name, is_named or is_portrait)
    return problems


def _check_format(path: str, name: str) -> Iterator[Problem]:
    if path.lower().endswith(_UNSUPPORTED_SUFFIXES):
        yield Problem(name, "is not an image that browsers show (save it as JPEG or PNG)")


def _check_location(file: Path, name: str) -> Iterator[Problem]:
    if name.lower().endswith(_VIDEO_SUFFIXES) and video_has_location(file):
        hint = "remove the location: exiftool -gps:all= -xmp= FILE, or ffmpeg -map_metadata -1"
        yield Problem(name, f"contains the location where it was recorded ({hint})")


def _check_image(file: Path, name: str, is_shown: bool) -> Iterator[Problem]:
    if (size := file.stat().st_size) > _MAX_IMAGE_SIZE:
        message = f"is {_format_size(size)} (a width of 2,400 pixels is enough)"
        yield Problem(name, message, notice=True)
    if not is_shown:
        message = "is published but not shown on any page (use or delete it)"
        yield Problem(name, message, notice=True)


def _collect_texts(context: dict) -> str:
    """Return all texts, templates and stylesheets that can name an image."""
    folder, texts = Path(context["PATH"]), []
    for content in filter(None, context["generated_content"].values()):
        files = named_files(content)
        texts += [content.header.source, unquote(content.header.html), *files]
    paths = [*folder.parent.glob("templates/**/*.html"), *folder.glob("extra/**/*.[ch][st]*")]
    texts += (path.read_text("utf-8", "replace") for path in paths if path.is_file())
    return "\n".join(texts)


def video_has_location(file: Path) -> bool:
    """Tell whether a video holds the place where it was recorded."""
    if not file.stat().st_size:
        return False
    with file.open("rb") as video, mmap.mmap(video.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(mark) >= 0 for mark in _LOCATION_MARKS)


def _format_size(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
