"""How far a build is, and where its time went."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from .parallel import TaskResult

# Seconds after which a build reports its progress, and between two lines without a terminal.
_DELAY, _INTERVAL = 2, 10
_SLOWEST = 10


class Profile:
    """The seconds of a build, by phase and by file; reports progress on stderr."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.phases: dict[str, float] = {}
        self.files: list[tuple[float, str, str]] = []
        self._reported = self.start + _DELAY - _INTERVAL

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Add the time of a `with` block to a phase."""
        start = time.perf_counter()
        try:
            yield
        finally:
            seconds = time.perf_counter() - start
            self.phases[name] = self.phases.get(name, 0) + seconds

    def progress(self, name: str, total: int) -> Callable[[int], None]:
        """Return a function that reports how many files of a phase are done."""

        def report(done: int) -> None:
            now, terminal = time.perf_counter(), sys.stderr.isatty()
            if now - self.start > _DELAY and (terminal or now - self._reported > _INTERVAL):
                self._reported = now
                message = f"{name} {done:,} of {total:,}"
                end = "\r" if terminal and done < total else "\n"
                line = f"{message}\033[K" if terminal else message
                print(line, end=end, file=sys.stderr, flush=True)

        return report

    def add_files(self, name: str, paths: Iterable[str], results: Iterable[TaskResult]) -> None:
        """Add the time of each file of a phase, in whichever process it was spent."""
        pairs = zip(paths, results, strict=True)
        self.files += [(result.seconds, name, path) for path, result in pairs]

    def lines(self) -> list[str]:
        """Return the total, the phases, and the files that took longest."""
        total = time.perf_counter() - self.start
        remaining = total - sum(self.phases.values())
        lines = [f"{total:8.2f} s  total"]
        lines += [f"{seconds:8.2f} s  {name}" for name, seconds in self.phases.items()]
        lines += [
            f"{remaining:8.2f} s  other",
            "The slowest files:",
        ]
        slowest = sorted(self.files, key=lambda file: (-file[0], file[1:]))[:_SLOWEST]
        return lines + [f"{1000 * each:8.1f} ms {name} {path}" for each, name, path in slowest]
