"""What a new release asks of a site: the check names it, and `check --fix` writes it."""

import re

from .header import Header

# Old names of headers and of settings: the new one, and the release that has it. The old one is
# read as the new one until the release after next.
RENAMED_HEADERS: dict[str, tuple[str, str]] = {}


def rename_headers(header: Header) -> None:
    """Read headers under their new names, and note the old ones."""
    for old, (new, since) in RENAMED_HEADERS.items():
        if (entry := header.entries.get(old)) is None:
            continue
        line = header.source.split("\n")[entry.line - 1] if entry.line else ""
        written = re.match(r"\W*([\w-]+)", line)
        name = written[1] if written else old
        instead = new.capitalize() if name[:1].isupper() else new
        if header.get(new) is None:
            told = f"is called `{instead}` since {since} (write that)"
            header.report(old, told, notice=True, fix=(name, instead))
            header.entries[new] = entry
        else:
            told = f"is called `{instead}` since {since}, which is here, too (keep one)"
            header.report(old, told, notice=True)
        del header.entries[old]
