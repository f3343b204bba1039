"""Whose site it was goes into the settings, or is told where these are somebody's already."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from ..files import replace_file
from ..headers import CONTROL
from .found import Found, Note

_SAFE = re.compile(r"https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+@[^\s\"'<>\\]+")


def settle(found: Found, file: Path, new: dict[str, bytes]) -> Iterator[Note]:
    """Write name, names and addresses into settings that are as `init` wrote them.

    Others stay as they are, and what to write into them is told. `new` holds the files of a
    new site.
    """
    owner = found.owner
    names = list(dict.fromkeys(filter(None, (owner.name, *owner.names))))
    social = [(label, address) for label, address in owner.social if _SAFE.fullmatch(address)]
    if not names and not social:
        return
    lines = {}
    if names:
        more = "".join(f", {_quoted(name)}" for name in names[1:])
        lines["SITENAME"] = f"AUTHOR = SITENAME = {_quoted(names[0])}"
        lines["OWNER"] = f"OWNER = [AUTHOR{more}]"
    if social:
        pairs = (f"    ({_quoted(label)}, {_quoted(address)}),\n" for label, address in social)
        lines["SOCIAL"] = f"SOCIAL = [\n{''.join(pairs)}]"
    text = file.read_text("utf-8")
    if text.encode() != new.get(file.name):
        for name, line in lines.items():
            if line not in text:
                yield Note("left", file.name, f"write `{line}` if that is right", None, name)
        return
    for name, old in (
        ("SITENAME", r"AUTHOR = SITENAME = .*"),
        ("OWNER", r"OWNER = .*"),
        ("SOCIAL", r"SOCIAL = \[\n(?:.*\n)*?\]"),
    ):
        if line := lines.get(name):
            text = re.sub(rf"^{old}", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)
    replace_file(file, text.encode())
    yield Note("taken", file.name, f"has the name {names[0] if names else ''} and addresses now")


def _quoted(text: str) -> str:
    return json.dumps(" ".join(CONTROL.sub("", text).split()), ensure_ascii=False)
