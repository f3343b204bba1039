"""How far a build is, and where its time went."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from .parallel import TaskResult

# Seconds after which a build says how far it is, and between two words where no terminal is.
_PATIENCE, _PAUSE = 2, 10
_DEAREST = 10


class Profile:
    """The seconds of a build, by phase and by file; says on stderr how far it is."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.phases: dict[str, float] = {}
        self.files: list[tuple[float, str, str]] = []
        self._told = self.start + _PATIENCE - _PAUSE

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile to a phase."""
        start = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - start
            self.phases[name] = self.phases.get(name, 0) + took

    def progress(self, name: str, whole: int) -> Callable[[int], None]:
        """Return what is to be told how many files of a phase are done."""

        def tell(done: int) -> None:
            now, alone = time.perf_counter(), sys.stderr.isatty()
            if now - self.start > _PATIENCE and (alone or now - self._told > _PAUSE):
                self._told = now
                words = f"{name} {done:,} of {whole:,}"
                end = "\r" if alone and done < whole else "\n"
                print(f"{words}\033[K" if alone else words, end=end, file=sys.stderr, flush=True)

        return tell

    def take(self, name: str, paths: Iterable[str], done: Iterable[TaskResult]) -> None:
        """Take in what each file of a phase took, in whichever process."""
        self.files += [(each.seconds, name, path) for path, each in zip(paths, done, strict=True)]

    def lines(self) -> list[str]:
        """Return the whole, its phases, and the files that took longest."""
        whole = time.perf_counter() - self.start
        rest = whole - sum(self.phases.values())
        told = [f"{whole:8.2f} s  in all"]
        told += [f"{took:8.2f} s  {name}" for name, took in self.phases.items()]
        told += [f"{rest:8.2f} s  the rest", "The dearest files, in the process that had them:"]
        dearest = sorted(self.files, key=lambda file: (-file[0], file[1:]))[:_DEAREST]
        return told + [f"{1000 * took:8.1f} ms {name} {path}" for took, name, path in dearest]


def profile_of(settings: Mapping) -> Profile:
    """Return the profile of a build; one that nobody asks for where Pelican runs alone."""
    return settings.get("PROFILE") or Profile()
