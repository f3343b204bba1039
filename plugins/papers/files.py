"""Files that content names: found inside content/, and nowhere else."""

import re
from fnmatch import fnmatch
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from pelican.contents import Content

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def is_path(address: str) -> bool:
    """Tell whether an address is a path within the site, without scheme or host."""
    return _ABSOLUTE.match(address) is None


def encode(path: str) -> str:
    """Return a path, with query and fragment, as it stands in an address (RFC 3986)."""
    return quote(path, safe="/#?&=%:+,;@!$'()*~")


# What editors and tools leave behind.
_LEFT = (
    ".*",
    "*~",
    "#*#",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.swp",
    "*.swo",
    "*.tmp",
    "*.old",
    "__pycache__",
)


def is_left_over(path: Path, content: Path) -> bool:
    """Tell whether a file below `content` is hidden, a backup or an editor's, by its path."""
    parts = path.relative_to(content).parts
    return any(fnmatch(part, form) for part in parts for form in _LEFT)


def is_public(path: Path, content: Path) -> bool:
    """Tell whether a file is there and lies below `content`, symbolic links followed.

    What begins with a dot, a folder on the way to it too, is private, and so are backups.
    """
    inside = content.resolve()
    try:
        real = path.resolve()
        if not (real.is_relative_to(inside) and real.is_file()):
            return False
    except (OSError, ValueError, RuntimeError):
        return False
    return not is_left_over(real, inside)


def linked(content: Content) -> dict[str, str]:
    """Return the files that a text links to: names as written, and paths below content/.

    Pelican finds an encoded name when it makes the link, but does not copy the file.
    """
    folder = Path(content.settings["PATH"])
    plain = {link: unquote(unescape(link)) for link in content.get_static_links()}
    return {
        link: path if is_public(folder / path, folder) and not is_public(folder / link, folder)
        else link
        for link, path in sorted(plain.items())
    }  # fmt: skip


def find(name: str, file: Path, content: Path) -> str | None:
    """Return the path below `content` of a file that `file` names, or None.

    It is looked for beside `file`, then below `content`.
    """
    for folder in (file.parent, content):
        path = folder / name.lstrip("/")
        if is_public(path, content):
            return path.resolve().relative_to(content.resolve()).as_posix()
    return None
