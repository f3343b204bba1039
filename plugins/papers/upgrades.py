"""What a new release asks of a site: the check names it, and `check --fix` writes it."""

import re
from pathlib import Path

from .headers import Header
from .model import Problem
from .versions import SELF, version_of

# Old names of headers and of settings: the new one, and the release that has it. The old one is
# read as the new one until the release after next.
HEADERS: dict[str, tuple[str, str]] = {}
SETTINGS: dict[str, tuple[str, str]] = {}
_PINNED = re.compile(rf"^\s*{SELF}\s*==\s*([\w.+!-]+)", re.MULTILINE)


def rename_headers(header: Header) -> None:
    """Read headers under their new names, and note the old ones."""
    for old, (new, since) in HEADERS.items():
        if (entry := header.entries.get(old)) is None:
            continue
        line = header.text.split("\n")[entry.line - 1] if entry.line else ""
        written = re.match(r"\W*([\w-]+)", line)
        name = written[1] if written else old
        instead = new.capitalize() if name[:1].isupper() else new
        told = f"is called `{instead}` since {since} (write that)"
        header.problem(old, told, notice=True, fix=(name, instead))
        if header.get(new) is None:
            header.entries[new] = entry
        del header.entries[old]


def check_requirements(folder: Path) -> list[Problem]:
    """Return a notice where requirements.txt names another release than the one that runs."""
    file = folder / "requirements.txt"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    here = version_of(SELF)
    if (found := _PINNED.search(text)) is None or here in (None, found[1]):
        return []
    told = f"the site is published with {found[1]}, and this is {here} (write {SELF}=={here})"
    line = text.count("\n", 0, found.start(1)) + 1
    return [Problem(file.name, told, SELF, line, notice=True, fix=(found[1], here))]
