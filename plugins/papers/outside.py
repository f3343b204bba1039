"""Outside addresses: are they still there? Asked politely, and only when the user wants it."""

import asyncio
import json
import os
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from .client import UNCHANGED, Answer, Client, Progress, as_asked, is_front
from .model import Problem

_SECRET = re.compile(r"^([^/]*//)[^/?#]*@")
_TOLD_SECRET = "tells all a name or password (take away what stands before the @)"
_NO_ADDRESS = "is no web address (write https://…)"
# Seconds that a good answer is kept.
KEPT = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands: in a file; `entry` is the key of a BibTeX entry."""

    file: str
    line: int | None = None
    key: str | None = None
    entry: str | None = None


def check_links(
    found: Mapping[str, Sequence[Place]], cache: Path, progress: Progress | None = None
) -> list[Problem]:
    """Ask absolute http(s) addresses whether they are there; return what is wrong at each place.

    `found` maps addresses to their places. Good answers are kept in the file `cache`, and for
    KEPT seconds nobody is asked again. `progress` gets how many were asked, and of how many.
    A network that fails, and a cache that cannot be read or written, raise nothing.
    """
    kept = _load(cache)
    answers = {address: Answer(status, target) for address, (_, status, target) in kept.items()}
    asked = {}
    for address in found:
        try:
            asked[address] = as_asked(address)
        except ValueError:
            asked[address] = address
            fault = _TOLD_SECRET if _SECRET.match(address) else _NO_ADDRESS
            answers[address] = Answer(fault=fault, notice=False)
    missing = [address for address in dict.fromkeys(asked.values()) if address not in answers]
    try:
        asyncio.run(Client().ask(missing, answers, progress))
    finally:
        # What was answered before Ctrl-C need not be asked again.
        good = {a: answers[a] for a in missing if a in answers and not answers[a].fault}
        now = int(time.time())
        _save(cache, kept | {a: (now, good[a].status, good[a].target) for a in good})
    problems = []
    for address, places in found.items():
        words, notice = _words(address, asked[address], answers[asked[address]])
        problems += [Problem(message=words, notice=notice, **asdict(p)) for p in places if words]
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, str(problem)))


def _words(written: str, asked: str, answer: Answer) -> tuple[str, bool]:
    """Return what is to be told of an address, if anything, and whether it is a notice."""
    shown = " ".join(_SECRET.sub(r"\1…@", written).split())
    shown = f'"{shown}"'
    if answer.fault or answer.target is None:
        return answer.fault and f"{shown} {answer.fault}", answer.notice
    if is_front(asked, answer.target):
        hint = "write that, or where the thing itself is now"
        return f"{shown} leads to no more than a front page, {answer.target} ({hint})", True
    fragment = "".join(written.partition("#")[1:])
    target = answer.target + quote(fragment, f"{UNCHANGED}#", errors="replace")
    return f"{shown} has moved to {target} (write {target})", True


def _load(cache: Path) -> dict[str, tuple]:
    """Return the young answers of a cache: time, status, target; none if it is broken."""
    try:
        data = json.loads(cache.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    items = data.items() if isinstance(data, dict) else ()
    return {address: tuple(entry) for address, entry in items if _is_good(entry)}


def _is_good(entry: object) -> bool:
    match entry:
        case [int(then), int(status), None | str() as target]:
            with suppress(ValueError):
                plain = target is None or as_asked(target) == target
                return plain and 200 <= status < 300 and 0 <= int(time.time()) - then < KEPT
    return False


def _save(cache: Path, kept: dict[str, tuple]) -> None:
    # A folder that cannot be written is no reason to lose what was found.
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache.parent) as folder:
            file = Path(folder) / cache.name
            file.write_text(json.dumps(kept, indent=0, sort_keys=True), encoding="ascii")
            os.replace(file, cache)
