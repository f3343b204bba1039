"""Update a site with each change, and report it to browsers and the terminal."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..check import describe_hidden, format_problems, sort_problems, summarize_problems
from ..model import Problem
from .memory_site import MemorySite, UpdateKind
from .watcher import Watcher

# In seconds; only a connection that is written to shows that its browser is gone.
_HEARTBEAT = 15
_ACTIONS = {"NOTHING": "nothing changed", "STYLE": "restyled", "PAGES": "rebuilt"}
_MAX_PATHS = 3
# In seconds: browsers ask for files after a change, before the whole site is read.
_PAUSE = 0.2


class _State(NamedTuple):
    """What browsers know: the versions that last changed pages and style, and the problems."""

    pages: int = 0
    style: int = 0
    problems: tuple[Problem, ...] = ()


class LiveSite:
    """A site that follows changes, and what was last reported of it."""

    def __init__(self, site: MemorySite, report: Callable[[str], None]):
        self.site, self._report = site, report
        self.watcher = Watcher(lambda: site.folders)
        self.server_id = f"{time.time_ns():x}"
        self._published, self._incomplete = threading.Condition(), threading.Event()
        self._state, self._number = _State(), 0

    def run(self, address: str) -> None:
        """Update the site with each change, until it is stopped; the first builds all of it."""
        threading.Thread(target=self._complete_updates, daemon=True).start()
        try:
            for changed in self.watcher:
                start = time.perf_counter()
                kind = self.site.update_in_place(changed)
                if kind.name == "NOTHING":
                    kind = self.site.update(changed)
                else:
                    self._incomplete.set()
                action = _ACTIONS[kind.name] if changed else "built"
                seconds = time.perf_counter() - start
                line = f"{time.strftime('%H:%M:%S')} {action} in {seconds:.2f} s"
                self._report(f"{line}: {_format_paths(changed)}" if changed else line)
                self.publish(kind)
                if not changed:
                    self._report(f"{address} (press Ctrl-C to stop)")
        finally:
            self.stop()

    def _complete_updates(self) -> None:
        """Read the whole site after each update in place."""
        try:
            while self._incomplete.wait() and not self.watcher.stopped:
                time.sleep(_PAUSE)
                self._incomplete.clear()
                self.publish(self.site.update(set()))
        finally:
            # A bug ends the preview, which would otherwise show half of each change.
            self.stop()

    def stop(self) -> None:
        """End updates and streams."""
        self.watcher.stop()
        self._incomplete.set()
        with self._published:
            self._published.notify_all()

    def publish(self, kind: UpdateKind | None = None) -> tuple[Problem, ...]:
        """Send what is new to browsers and the terminal, and return the problems."""
        with self._published:
            last, problems = self._state, tuple(sort_problems(self.site.problems))
            state = last._replace(problems=problems)
            if kind and kind.name != "NOTHING":
                state = state._replace(**{kind.name.lower(): self.site.version})
            if state != last:
                self._state = state
                self._number += 1
                self._published.notify_all()
            if problems != last.problems:
                shown = self.site.shown_notices
                new = shown.take_new(problems) if shown else problems
                lines = format_problems(new)
                if not last.problems and (hidden := len(problems) - len(new)):
                    lines.append(describe_hidden(hidden))
                if any(not problem.notice for problem in problems):
                    lines.append(summarize_problems(list(problems)))
                elif any(not problem.notice for problem in last.problems):
                    lines.append("All problems are fixed.")
                for line in lines:
                    self._report(line)
            return problems

    def state_json(self) -> str:
        """Return the state for browsers as JSON; a higher number is newer."""
        with self._published:
            state, number = self._state, self._number
        problems = [
            {
                "where": problem.file + (f":{problem.line}" if problem.line else ""),
                "what": ": ".join(filter(None, (problem.entry, problem.key, problem.message))),
                "notice": problem.notice,
            }
            for problem in state.problems
        ]
        fields = state._asdict() | {"problems": problems}
        return json.dumps({"server": self.server_id, "number": number, **fields})

    def events(self) -> Iterator[str]:
        """Yield each new state as a server-sent event, and a comment from time to time."""
        last = self._state
        # In milliseconds: after so long a browser that lost the server connects again.
        yield f"retry: 300\nevent: state\ndata: {self.state_json()}\n\n"
        while not self.watcher.stopped:
            with self._published:
                if self._state is last and not self.watcher.stopped:
                    self._published.wait(_HEARTBEAT)
                state = self._state
            names = [name for name in state._fields if getattr(state, name) != getattr(last, name)]
            events = "".join(f"event: {name}\ndata: {self.state_json()}\n\n" for name in names)
            yield events or ":\n\n"
            last = state


def _format_paths(changed: set[Path]) -> str:
    """Return the first of these paths, relative to the current folder, and how many more."""
    here = Path.cwd()
    paths = [path.relative_to(here) if path.is_relative_to(here) else path for path in changed]
    # A file's name can hold control sequences of terminals.
    names = [name if name.isprintable() else ascii(name) for name in sorted(map(str, paths))]
    count = len(names) - _MAX_PATHS
    return ", ".join(names[:_MAX_PATHS]) + (f" and {count} more" if count > 0 else "")
