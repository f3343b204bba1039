"""Files below content/, and writing files."""

import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from .strings import LazyPattern

# Sources of pages; they are never published themselves.
TEXT_SUFFIXES = tuple(".md .markdown .mkd .mdown .rst .bib".split())
# What is left to do after an import, beside the site.
IMPORT_REPORT = "import-report.md"
# Files that editors and systems leave behind.
_LEFTOVER = LazyPattern(
    r"\..*|.*~|#.*#|.*\.(?:bak|orig|rej|save|swp|swo|tmp|old)|__pycache__|thumbs\.db|desktop\.ini",
    re.DOTALL,
)


def is_leftover(path: Path, content: Path) -> bool:
    """Tell by its path whether a file below `content` is hidden, a backup or an editor's.

    Case and invisible characters make no difference, as in some file systems.
    """
    return any(map(_is_leftover_name, path.relative_to(content).parts))


@lru_cache(4096)
def _is_leftover_name(part: str) -> bool:
    if not part.isascii():
        visible = "".join(char for char in part if unicodedata.category(char) != "Cf")
        part = unicodedata.normalize("NFKC", visible)
    return _LEFTOVER.fullmatch(part.casefold()) is not None


def is_public(path: Path, content: Path) -> bool:
    """Tell whether a file exists below `content`, after following symbolic links.

    Hidden files, files in hidden folders, backups, and links to sources of pages under another
    suffix are private.
    """
    root = os.path.join(content, "")
    try:
        real = str(path)
        if not _is_without_links(real, root):
            root, real = os.path.join(os.path.realpath(content), ""), os.path.realpath(path)
        if not (real.startswith(root) and os.path.isfile(real)):
            return False
    except (OSError, ValueError):
        return False
    disguised = real.lower().endswith(TEXT_SUFFIXES) and path.suffix.lower() not in TEXT_SUFFIXES
    return not disguised and not any(map(_is_leftover_name, real[len(root) :].split(os.sep)))


def _is_without_links(path: str, root: str) -> bool:
    """Tell whether a path is below `root`, and neither a link nor in a linked folder below it.

    To follow all links takes ten times as long, and most files have none.
    """
    parts = path.removeprefix(root).split(os.sep)
    if not path.startswith(root) or ".." in parts:
        return False
    for part in parts:
        root = os.path.join(root, part)
        if stat.S_ISLNK(os.lstat(root).st_mode):
            return False
    return True


def open_file(path: Path, is_allowed: Callable[[Path], bool]) -> BinaryIO | None:
    """Open a regular file for reading; None where there is none that is allowed.

    `is_allowed` judges the path after the file is open, so that it sees a link that has taken
    the place of a file or a folder.
    """
    # Windows has neither flag. Without the second, a named pipe waits for a writer.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        real = os.path.realpath(path)
        file = open(real, "rb", opener=lambda name, mode: os.open(name, mode | flags))
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(file.fileno())
        if stat.S_ISREG(status.st_mode) and is_allowed(path):
            if os.path.samestat(status, os.stat(path)):
                return file
    except (OSError, ValueError):
        pass
    file.close()
    return None


def find_symlinked_folders(content: Path) -> list[str]:
    """Return the paths below `content` of symbolic links to folders."""
    paths = (Path(parent, name) for parent, names, _ in os.walk(content) for name in names)
    return sorted(path.relative_to(content).as_posix() for path in paths if path.is_symlink())


@contextmanager
def name_in_errors(path: Path | str) -> Iterator[None]:
    """Add the name of a file to an OSError that has none, as where its disk is full."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def replace_file(path: Path, data: bytes, mode: int = 0o644, flush: bool = True) -> None:
    """Write a file atomically: others see the old or the new content, never a part.

    `flush` makes that true after a power cut, too, and takes some milliseconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            with name_in_errors(path):
                file.write(data)
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
                file.close()
            os.chmod(file.name, mode)
            os.replace(file.name, path)
        except BaseException:
            file.close()
            with suppress(OSError):
                os.unlink(file.name)
            raise


def find_file(name: str, file: Path, content: Path) -> str | None:
    """Return the path below `content` of a file that `file` names, or None.

    The file is looked for beside `file`, then below `content`. Its accents may be composed or not:
    some systems store names in another form than people type.
    """
    forms = (
        [name]
        if name.isascii()
        else [name, *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))]
    )
    for folder in (file.parent, content):
        for form in forms:
            path = folder / form.lstrip("/")
            if is_public(path, content):
                return path.resolve().relative_to(content.resolve()).as_posix()
    return None
