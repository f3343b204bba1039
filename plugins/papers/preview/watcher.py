"""Watch files, and let others wait until a change was handled.

Changes are found by comparing snapshots of the files; the system only signals when to take one.
So nothing is lost that the system does not signal: edits during an update, restored folders.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from ..util import LazyPattern, load_notifier

RustNotify = load_notifier()
# In milliseconds: how often the signals of the system are polled.
_STEP = 5
# In seconds: a file that was written so recently may be written again within the same tick of the
# file system's clock. The second limits the wait where several files are saved.
_QUIET, _MAX_WAIT = 0.010, 0.100
# In seconds: how often to take a snapshot without a signal, and where there are no signals.
_SAFETY, _POLL = 1.0, 0.3
# Editors and systems write such files beside one that is edited or saved. Hidden files are among
# them, but for those that servers read.
_TEMPORARY = LazyPattern(
    r"\.(?!well-known|htaccess|nojekyll).*|#.*#|.*~|~\$.*|4913|sed[a-z0-9]{6}|___jb_(tmp|old)___"
    r"|.*\.(tmp|temp|part|crdownload|pyc|pyo|sw[a-z]|swpx)|Thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
_IGNORED_FOLDERS = {".git", ".hg", ".svn", ".venv", "__pycache__", "node_modules"}
# What we write ourselves, beside the file of settings.
_OUTPUT_FOLDERS = ("output", "cache")


class Watcher:
    """Iterates over the changes below folders: sets of paths.

    `folders` returns the folders, at each snapshot. One thread iterates; when it asks for the next
    set, it has handled the last. The first set is empty, for what was there in the beginning.
    """

    def __init__(self, folders: Callable[[], Iterable[Path]]):
        self._folders = folders
        self._condition = threading.Condition()
        self._wake = threading.Event()
        self._notifier: RustNotify | None = None
        self._watched: dict[str, tuple[int, int]] = {}
        self._snapshot = _Snapshot(folders())
        self._started, self._handled = 1, 0
        self.stopped = False

    def __iter__(self) -> Iterator[set[Path]]:
        """Yield sets of changed paths, until it is stopped."""
        changed: set[Path] = set()
        try:
            while not self.stopped:
                yield changed
                with self._condition:
                    self._handled = self._started
                    self._condition.notify_all()
                changed = self._next()
        finally:
            self.stop()
            self._close()

    def wait_until_handled(self, look: bool = True) -> None:
        """Wait until all changes before now were handled; without `look`, those found before."""
        with self._condition:
            is_outdated = look and _Snapshot(self._folders()).files != self._snapshot.files
            target = self._started + is_outdated
            if is_outdated:
                self._wake.set()
            self._condition.wait_for(lambda: self._handled >= target or self.stopped)

    def stop(self) -> None:
        """End the iteration, and all waiting."""
        with self._condition:
            self.stopped = True
            self._wake.set()
            self._condition.notify_all()

    def _next(self) -> set[Path]:
        while not (changed := self._collect()) and not self.stopped:
            self._wait()
        return changed

    def _wait(self) -> None:
        """Wait until it is time for the next snapshot."""
        if self._snapshot.folders != self._watched:
            # The next snapshot finds what was changed before the system watched these folders.
            self._watched = self._snapshot.folders
            self._open()
            return
        if self._notifier is None:
            self._wake.wait(_POLL)
        else:
            timeout, events = int(_SAFETY * 1000), None
            try:
                while events is None or not (
                    isinstance(events, str) or self._snapshot.concerns(events)
                ):
                    events = self._notifier.watch(0, _STEP, timeout, self._wake)
            except (OSError, RuntimeError):
                self._close()
        self._wake.clear()

    def _collect(self) -> set[Path]:
        """Return what was changed since the last time, once it is no longer being written."""
        end = time.monotonic() + _MAX_WAIT
        while True:
            with self._condition:
                snapshot = _Snapshot(self._folders())
                changed = snapshot.changes_since(self._snapshot)
                is_fresh = snapshot.forget_fresh(changed)
                if not is_fresh or time.monotonic() > end or self.stopped:
                    self._snapshot = snapshot
                    self._started += 1
                    if not changed:
                        self._handled = self._started
                        self._condition.notify_all()
                    return {Path(path) for path in changed}
            time.sleep(_QUIET / 4)

    def _open(self) -> None:
        self._close()
        # On Windows a folder cannot be renamed while another inside it is watched.
        is_recursive = os.name == "nt"
        paths = list(
            filter(os.path.exists, self._snapshot.roots if is_recursive else self._watched)
        )
        # A folder may be gone by now, or there are more than the system can watch.
        with suppress(OSError, RuntimeError):
            self._notifier = RustNotify(paths, False, False, 0, is_recursive, True)

    def _close(self) -> None:
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None


class _Snapshot:
    """The files below folders at one moment, each with a stamp that changes with the file.

    `folders` are those to be watched, with device and inode, which change with a replacement.
    """

    def __init__(self, roots: Iterable[Path]):
        self.files: dict[str, tuple[int, ...] | None] = {}
        self.folders: dict[str, tuple[int, int]] = {}
        self.roots = [os.path.abspath(root) for root in roots]
        # Some folders are watched for a few names only.
        self._names: dict[str, set[str]] = {}
        self._complete: set[str] = set()
        beside = {os.path.dirname(root) for root in self.roots if os.path.isfile(root)}
        self._output_folders = {
            os.path.join(folder, name) for folder in beside for name in _OUTPUT_FOLDERS
        }
        for root in self.roots:
            self._watch_for(root)
            self._visit(root, frozenset())

    def changes_since(self, last: "_Snapshot") -> set[str]:
        """Return the paths of files that were changed, added or removed."""
        if self.files == last.files:
            return set()
        return {path for path, _ in self.files.items() ^ last.files.items()}

    def forget_fresh(self, changed: set[str]) -> bool:
        """Forget the stamps of files that may still be written, and tell whether there are any."""
        now = time.time_ns()
        fresh = [
            path
            for path in changed
            if (stamp := self.files.get(path)) and 0 <= now - max(stamp[:2]) < _QUIET * 1e9
        ]
        self.files.update(dict.fromkeys(fresh))
        return bool(fresh)

    def concerns(self, events: Iterable[tuple[int, str]]) -> bool:
        """Tell whether one of the system's events is about these files."""
        for _, path in events:
            folder, name = os.path.split(path)
            names = None if folder in self._complete else self._names.get(folder)
            if not _TEMPORARY.fullmatch(name) and (names is None or name in names):
                return True
        return False

    def _visit(self, path: str, parents: frozenset[tuple[int, int]]) -> None:
        try:
            stat = os.stat(path)
            here = (stat.st_dev, stat.st_ino)
            if not S_ISDIR(stat.st_mode):
                self.files[path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, here[1])
                return
            # A link may lead back to a folder that holds it.
            if here in parents or path in self._output_folders:
                return
            with os.scandir(path) as items:
                entries = list(items)
        except OSError:
            return
        self.folders[path] = here
        self._complete.add(path)
        for entry in entries:
            if entry.name not in _IGNORED_FOLDERS and not _TEMPORARY.fullmatch(entry.name):
                if entry.is_symlink():
                    self._watch_for(os.path.realpath(entry.path))
                self._visit(entry.path, parents | {here})

    def _watch_for(self, path: str) -> None:
        """Watch the nearest folder that exists for what is added or replaced at a path."""
        folder, name = os.path.split(path)
        while not os.path.isdir(folder) and folder != os.path.dirname(folder):
            folder, name = os.path.split(folder)
        try:
            stat = os.stat(folder)
        except OSError:
            return
        self.folders.setdefault(folder, (stat.st_dev, stat.st_ino))
        self._names.setdefault(folder, set()).add(name)
