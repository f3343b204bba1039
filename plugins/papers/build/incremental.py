"""Which files of the last site are still right, and need not be made again."""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..util import TrustedCache
from .dependencies import Dependencies, Output
from .fingerprint import only_our_plugin
from .run_state import state_of

# The first line of a manifest: raise the number when its shape changes.
_FORMAT = b"2\n"


class BuildManifest:
    """The files of the last site, with the digests of what they depend on.

    The files lie in the folder of the last site, the manifest in the cache. A file that was
    changed since is made again. With other plugins, which may change files, nothing is saved.
    """

    def __init__(self, settings: dict, dependencies: Dependencies):
        kind = "preview" if settings["RELATIVE_URLS"] else "published"
        self.name = f"last-{kind}.json"
        self.cache = TrustedCache(Path(settings["CACHE_PATH"]))
        self.folder = Path(settings["OUTPUT_PATH"])
        self.last_folder = state_of(settings).last_output or self.folder
        self.dependencies = dependencies
        self.is_used = only_our_plugin(settings)
        # For each output its digest, and the stamps of its files by their paths.
        self.last_entries: dict[str, list] = self._load() if self.is_used else {}
        self.entries: dict[str, list] = {}

    def reuse(self, outputs: Iterable[Output]) -> list[Output]:
        """Take unchanged files of the last site into the new one; return what is to be made."""
        changed = []
        folders: set[str] = set()
        for output in outputs:
            digest = self.dependencies.digest_output(output) if self.is_used else ""
            self.entries[output.path] = [digest, {}]
            last_digest, stamps = self.last_entries.get(output.path, (None, {}))
            if digest == last_digest and stamps and self._are_unchanged(stamps):
                for path in stamps if self.folder != self.last_folder else ():
                    _link(f"{self.last_folder}/{path}", f"{self.folder}/{path}", folders)
                self.entries[output.path][1] = stamps
            else:
                changed.append(output)
        return changed

    def save(self, written: Iterable[tuple[Output, list[str]]]) -> None:
        """Save the manifest; `written` holds the new outputs, each with the paths of its files."""
        if not self.is_used:
            self.cache.delete(self.name)
            return
        for output, paths in written:
            self.entries[output.path][1] = {p: _stamp(f"{self.folder}/{p}") for p in paths}
        self.cache.write(self.name, _FORMAT + json.dumps(self.entries).encode())

    def _load(self) -> dict[str, list]:
        data = self.cache.read(self.name) or b""
        return json.loads(data.removeprefix(_FORMAT)) if data.startswith(_FORMAT) else {}

    def _are_unchanged(self, stamps: dict[str, list[int]]) -> bool:
        try:
            return all(_stamp(f"{self.last_folder}/{path}") == stamps[path] for path in stamps)
        except OSError:
            return False


def _stamp(path: str) -> list[int]:
    """Return what changes when a file is written or replaced."""
    stat = os.stat(path)
    return [stat.st_ino, stat.st_mtime_ns, stat.st_size]


def _link(source: str, target: str, folders: set[str]) -> None:
    """Link a file, or copy it; `folders` holds those that were created before."""
    folder = os.path.dirname(target)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    try:
        os.link(source, target)
    except OSError:
        # Not every file system has links, and none leads to another.
        with suppress(FileNotFoundError):
            shutil.copy2(source, target)
