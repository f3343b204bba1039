"""What the last site has of the next one: files that would be the same are not made again."""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .digests import is_alone
from .facts import Digests
from .files import replace_file

if TYPE_CHECKING:
    from .outputs import Output


class Last:
    """The files of the last site, with the digests of what they were made of.

    They lie in the output folder, and what is known of them in the cache. A file that has been
    touched since, by whomever, is as good as none.
    """

    def __init__(self, settings: dict, digests: Digests):
        kind = "preview" if settings["RELATIVE_URLS"] else "published"
        self.file = Path(settings["CACHE_PATH"], f"last-{kind}.json")
        self.folder = Path(settings.get("LAST_OUTPUT") or settings["OUTPUT_PATH"])
        self.digests = digests
        known = _read(self.file) if is_alone(settings) else {}
        self.known: dict[str, list] = known.get("files", {})
        self.kept: dict[str, list] = {}
        digests.take_names(known.get("templates", {}))

    def take(self, outputs: Iterable["Output"], new: Path) -> list["Output"]:
        """Have what is the same in a new folder; return what is to be made."""
        made = []
        folders: set[str] = set()
        for output in outputs:
            told = self.digests.of(output.path, output.facts)
            self.kept[output.path] = [told, {}]
            known, files = self.known.get(output.path, (None, {}))
            same = told == known and files
            if same and all(_is(f"{self.folder}/{path}", stamp) for path, stamp in files.items()):
                for path in files if new != self.folder else ():
                    _link(f"{self.folder}/{path}", f"{new}/{path}", folders)
                self.kept[output.path][1] = files
            else:
                made.append(output)
        return made

    def keep(self, made: Iterable[tuple["Output", list[str]]], new: Path) -> None:
        """Remember what was made of what."""
        for output, paths in made:
            self.kept[output.path][1] = {path: _stamp(f"{new}/{path}") for path in paths}
        known = {"templates": self.digests.names, "files": self.kept}
        with suppress(OSError):
            replace_file(self.file, json.dumps(known).encode())


def _read(file: Path) -> dict[str, list]:
    try:
        known = json.loads(file.read_bytes())
        right = all(isinstance(known[name], dict) for name in ("templates", "files"))
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return known if right else {}


def _stamp(path: str) -> list[int]:
    found = os.stat(path)
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _is(path: str, stamp: list[int]) -> bool:
    try:
        return _stamp(path) == stamp
    except OSError:
        return False


def _link(old: str, new: str, folders: set[str]) -> None:
    folder = os.path.dirname(new)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    try:
        os.link(old, new)
    except OSError:
        # Not on every disk, and not from one to another.
        with suppress(FileNotFoundError):
            shutil.copy2(old, new)
