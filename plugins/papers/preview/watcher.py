"""Watch files, and let others wait until what was changed was dealt with.

What was changed is found by looking at the files; the system only tells when to look. So nothing
is lost that the system does not tell: edits during an update, folders that come back.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from watchfiles._rust_notify import RustNotify

# In milliseconds: how often is asked whether the system told of something.
_STEP = 5
# In seconds: a file that was written so lately may be written on, within the same tick of the
# file system's clock; for a whole save of several files is waited no longer than the second.
_QUIET, _LONGEST = 0.010, 0.100
# In seconds: how often to look at the files without being told, and where nothing can be told.
_SAFETY, _POLL = 1.0, 0.3
# What editors and systems write beside a file while it is edited or saved.
_PASSING = re.compile(
    r"\.#.*|#.*#|.*~|~\$.*|\.~.*|.*\.sw[a-z]|.*\.swpx|4913|\.goutputstream-.*|___jb_(tmp|old)___"
    r"|.*\.(tmp|temp|part|crdownload|pyc|pyo)|\.nfs.*|\.DS_Store|Thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
_FOREIGN = {".git", ".hg", ".svn", ".venv", "__pycache__", "node_modules"}
# Beside the file of settings.
_WRITTEN = ("output", "output.new", "cache")


class Watcher:
    """What is changed below folders; `folders` is asked for them each time.

    One thread iterates over it: each set of paths was changed since the last, and the next is
    asked for when that was dealt with. The first is empty: all before it was there at first.
    """

    def __init__(self, folders: Callable[[], Iterable[Path]]):
        self._folders = folders
        self._state = threading.Condition()
        self._nudged = threading.Event()
        self._notifier: RustNotify | None = None
        self._told: dict[str, tuple[int, int]] = {}
        self._seen = _Look(folders())
        self._begun, self._done = 1, 0
        self.stopped = False

    def __iter__(self) -> Iterator[set[Path]]:
        """Yield what was changed, until it is stopped."""
        found: set[Path] = set()
        try:
            while not self.stopped:
                yield found
                with self._state:
                    self._done = self._begun
                    self._state.notify_all()
                found = self._next()
        finally:
            self.stop()
            self._close()

    def settle(self, look: bool = True) -> None:
        """Wait until all that was changed before now was dealt with; or what is known of only."""
        with self._state:
            stale = look and _Look(self._folders()).files != self._seen.files
            wanted = self._begun + stale
            if stale:
                self._nudged.set()
            self._state.wait_for(lambda: self._done >= wanted or self.stopped)

    def stop(self) -> None:
        """End the iteration, and all waiting."""
        with self._state:
            self.stopped = True
            self._nudged.set()
            self._state.notify_all()

    def _next(self) -> set[Path]:
        while not (found := self._take()) and not self.stopped:
            self._rest()
        return found

    def _rest(self) -> None:
        """Wait until it is time to look."""
        if self._seen.folders != self._told:
            # Looking comes after, for what was changed before somebody would tell.
            self._told = self._seen.folders
            self._open()
            return
        if self._notifier is None:
            self._nudged.wait(_POLL)
        else:
            wait, told = int(_SAFETY * 1000), None
            try:
                while told is None or not (isinstance(told, str) or self._seen.concerned(told)):
                    told = self._notifier.watch(0, _STEP, wait, self._nudged)
            except (OSError, RuntimeError):
                self._close()
        self._nudged.clear()

    def _take(self) -> set[Path]:
        """Return what was changed since the last time, once it is no longer being written."""
        end = time.monotonic() + _LONGEST
        while True:
            with self._state:
                look = _Look(self._folders())
                changed = look.changed(self._seen)
                young = look.forget_young(changed)
                if not young or time.monotonic() > end or self.stopped:
                    self._seen = look
                    self._begun += 1
                    if not changed:
                        self._done = self._begun
                        self._state.notify_all()
                    return {Path(path) for path in changed}
            time.sleep(_QUIET / 4)

    def _open(self) -> None:
        self._close()
        # Windows keeps a folder from being renamed where one in it is watched for itself.
        whole = os.name == "nt"
        paths = list(filter(os.path.exists, self._seen.roots if whole else self._told))
        # One may be gone again, or there are more than the system can watch.
        with suppress(OSError, RuntimeError):
            self._notifier = RustNotify(paths, False, False, 0, whole, True)

    def _close(self) -> None:
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None


class _Look:
    """The files below folders at one moment, each with what changes when it is changed.

    `folders` are those to be told of, with what changes when another takes their place.
    """

    def __init__(self, roots: Iterable[Path]):
        self.files: dict[str, tuple[int, ...] | None] = {}
        self.folders: dict[str, tuple[int, int]] = {}
        self.roots = [os.path.abspath(root) for root in roots]
        # Of folders that are watched for a few names only: those names.
        self._names: dict[str, set[str]] = {}
        self._whole: set[str] = set()
        beside = {os.path.dirname(root) for root in self.roots if os.path.isfile(root)}
        self._written = {os.path.join(folder, name) for folder in beside for name in _WRITTEN}
        for root in self.roots:
            self._await(root)
            self._visit(root, frozenset())

    def changed(self, last: "_Look") -> set[str]:
        """Return the paths of files that were changed, added or removed."""
        if self.files == last.files:
            return set()
        return {path for path, _ in self.files.items() ^ last.files.items()}

    def forget_young(self, changed: set[str]) -> bool:
        """Tell whether a file may be written on unseen; if so, it will count as changed again."""
        now = time.time_ns()
        young = [
            path
            for path in changed
            if (sign := self.files.get(path)) and 0 <= now - max(sign[:2]) < _QUIET * 1e9
        ]
        self.files.update(dict.fromkeys(young))
        return bool(young)

    def concerned(self, told: Iterable[tuple[int, str]]) -> bool:
        """Tell whether some of what the system told is about these files."""
        for _, path in told:
            folder, name = os.path.split(path)
            names = None if folder in self._whole else self._names.get(folder)
            if not _PASSING.fullmatch(name) and (names is None or name in names):
                return True
        return False

    def _visit(self, path: str, above: frozenset[tuple[int, int]]) -> None:
        try:
            stat = os.stat(path)
            here = (stat.st_dev, stat.st_ino)
            if not S_ISDIR(stat.st_mode):
                self.files[path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, here[1])
                return
            # A link can lead back into a folder that it lies in.
            if here in above or path in self._written:
                return
            with os.scandir(path) as found:
                entries = list(found)
        except OSError:
            return
        self.folders[path] = here
        self._whole.add(path)
        for entry in entries:
            if entry.name not in _FOREIGN and not _PASSING.fullmatch(entry.name):
                if entry.is_symlink():
                    self._await(os.path.realpath(entry.path))
                self._visit(entry.path, above | {here})

    def _await(self, path: str) -> None:
        """Watch for what comes, goes or is replaced at a path, in the nearest folder there is."""
        folder, name = os.path.split(path)
        while not os.path.isdir(folder) and folder != os.path.dirname(folder):
            folder, name = os.path.split(folder)
        try:
            stat = os.stat(folder)
        except OSError:
            return
        self.folders.setdefault(folder, (stat.st_dev, stat.st_ino))
        self._names.setdefault(folder, set()).add(name)
