"""A site that changes: it is updated, and browser and terminal are told what is new and wrong."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..check import format_problems, sort_problems, summarize_problems
from ..model import Problem
from .memory_site import MemorySite, UpdateKind
from .watcher import Watcher

# In seconds; only a connection that is written to tells that its browser is gone.
_HEARTBEAT = 15
_DONE = {"NOTHING": "nothing changed", "STYLE": "restyled", "PAGES": "rebuilt"}
_SHOWN = 3
# In seconds: what browsers ask for after a change comes before the rest of the site.
_PAUSE = 0.2


class _State(NamedTuple):
    """What browsers are told: the versions that last changed pages and style, what is wrong."""

    pages: int = 0
    style: int = 0
    problems: tuple[Problem, ...] = ()


class LiveSite:
    """A site, and what its readers were told of it."""

    def __init__(self, site: MemorySite, tell: Callable[[str], None]):
        self.site, self._tell = site, tell
        self.watch = Watcher(lambda: site.folders)
        self.name = f"{time.time_ns():x}"
        self._news, self._hurried = threading.Condition(), threading.Event()
        self._state, self._number = _State(), 0

    def run(self, address: str) -> None:
        """Update the site with each change, until it is stopped; the first is all of it."""
        threading.Thread(target=self._complete, daemon=True).start()
        try:
            for changed in self.watch:
                start = time.perf_counter()
                change = self.site.hurry(changed)
                if change.name == "NOTHING":
                    change = self.site.update(changed)
                else:
                    self._hurried.set()
                done = f"{_DONE[change.name] if changed else 'built'} in"
                done = f"{time.strftime('%H:%M:%S')} {done} {time.perf_counter() - start:.2f} s"
                self._tell(f"{done}: {_names(changed)}" if changed else done)
                self.look(change)
                if not changed:
                    self._tell(f"{address} (Ctrl-C ends it)")
        finally:
            self.stop()

    def _complete(self) -> None:
        """Read all of the site after a change that was shown in a hurry."""
        try:
            while self._hurried.wait() and not self.watch.stopped:
                time.sleep(_PAUSE)
                self._hurried.clear()
                self.look(self.site.update(set()))
        finally:
            # A mistake of ours ends the preview: it would show no more than half of each change.
            self.stop()

    def stop(self) -> None:
        """End updates and streams."""
        self.watch.stop()
        self._hurried.set()
        with self._news:
            self._news.notify_all()

    def look(self, change: UpdateKind = None) -> tuple[Problem, ...]:
        """Tell everybody what is new, and return what is wrong."""
        with self._news:
            last, problems = self._state, tuple(sort_problems(self.site.problems))
            now = last._replace(problems=problems)
            if change and change.name != "NOTHING":
                now = now._replace(**{change.name.lower(): self.site.version})
            if now != last:
                self._state = now
                self._number += 1
                self._news.notify_all()
            if problems != last.problems:
                told = format_problems(problems)
                if any(not problem.notice for problem in problems):
                    told.append(summarize_problems(list(problems)))
                elif any(not problem.notice for problem in last.problems):
                    told.append("All problems are mended.")
                for line in told:
                    self._tell(line)
            return problems

    def state(self) -> str:
        """Return what browsers are told, as JSON; of two the higher number is newer."""
        with self._news:
            state, number = self._state, self._number
        problems = [
            {
                "where": problem.file + (f":{problem.line}" if problem.line else ""),
                "what": ": ".join(filter(None, (problem.entry, problem.key, problem.message))),
                "notice": problem.notice,
            }
            for problem in state.problems
        ]
        whole = {"server": self.name, "number": number, **state._asdict(), "problems": problems}
        return json.dumps(whole)

    def events(self) -> Iterator[str]:
        """Yield what is new as server-sent events, and comments while nothing is."""
        seen = self._state
        # A browser that lost the server asks again so soon, in milliseconds.
        yield f"retry: 300\nevent: state\ndata: {self.state()}\n\n"
        while not self.watch.stopped:
            with self._news:
                if self._state is seen and not self.watch.stopped:
                    self._news.wait(_HEARTBEAT)
                now = self._state
            names = [name for name in now._fields if getattr(now, name) != getattr(seen, name)]
            yield "".join(f"event: {name}\ndata: {self.state()}\n\n" for name in names) or ":\n\n"
            seen = now


def _names(changed: set[Path]) -> str:
    """Return the first of these paths as they are written from here."""
    here = Path.cwd()
    paths = [path.relative_to(here) if path.is_relative_to(here) else path for path in changed]
    # A file's name can hold what a terminal takes for more than a name.
    names = [name if name.isprintable() else ascii(name) for name in sorted(map(str, paths))]
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
