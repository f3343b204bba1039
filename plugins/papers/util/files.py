"""Files that content names: found inside content/, and nowhere else."""

import os
import re
import tempfile
import unicodedata
from pathlib import Path

# What texts are written in: nobody but us reads these files.
TEXT_SUFFIXES = tuple(".md .markdown .mkd .mdown .rst .bib".split())
# What editors and systems leave behind.
_LEFT = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:bak|orig|rej|save|swp|swo|tmp|old)|__pycache__|thumbs\.db|desktop\.ini",
    re.DOTALL,
)


def is_leftover(path: Path, content: Path) -> bool:
    """Tell whether a file below `content` is hidden, a backup or an editor's, by its path.

    It is what some file system takes the path for: case and unseen signs make no difference.
    """
    return any(map(_is_left, path.relative_to(content).parts))


def _is_left(part: str) -> bool:
    if not part.isascii():
        seen = "".join(sign for sign in part if unicodedata.category(sign) != "Cf")
        part = unicodedata.normalize("NFKC", seen)
    return _LEFT.fullmatch(part.casefold()) is not None


def is_public(path: Path, content: Path) -> bool:
    """Tell whether a file is there and lies below `content`, symbolic links followed.

    What begins with a dot, a folder on the way to it too, is private, and so are backups, and
    texts under another name.
    """
    inside = os.path.join(os.path.realpath(content), "")
    try:
        real = os.path.realpath(path)
        if not (real.startswith(inside) and os.path.isfile(real)):
            return False
    except (OSError, ValueError):
        return False
    disguised = real.lower().endswith(TEXT_SUFFIXES) and path.suffix.lower() not in TEXT_SUFFIXES
    return not disguised and not any(map(_is_left, real[len(inside) :].split(os.sep)))


def find_linked_folders(content: Path) -> list[str]:
    """Return the paths below `content` of symbolic links to folders, which lead anywhere."""
    found = []
    for where, folders, _ in os.walk(content):
        here = (Path(where, name) for name in folders)
        found += [path.relative_to(content).as_posix() for path in here if path.is_symlink()]
    return sorted(found)


def replace_file(path: Path, data: bytes) -> None:
    """Put a whole file in the place of another, whoever is reading or writing it at that time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def find_file(name: str, file: Path, content: Path) -> str | None:
    """Return the path below `content` of a file that `file` names, or None.

    It is looked for beside `file`, then below `content`.
    """
    for folder in (file.parent, content):
        path = folder / name.lstrip("/")
        if is_public(path, content):
            return path.resolve().relative_to(content.resolve()).as_posix()
    return None
