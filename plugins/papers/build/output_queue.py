"""The files of a site that are still to be made: all at once, or each when it is asked for."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Template
from pelican.utils import sanitised_join

from ..util import name_in_errors
from .dependencies import Dependencies, FileContent, Output
from .incremental import BuildManifest
from .parallel import ParallelTasks, parallel_map
from .run_state import profile_of


class OutputQueue:
    """The files that are to be made, by their paths below the site's root.

    A build makes them when all are known: on all cores, and without those that would be the same
    as in the last site. A preview makes each when a browser asks for it.
    """

    def __init__(self, settings: dict):
        self.settings = settings
        self.outputs: dict[str, Output] = {}
        self.folder = Path(settings["OUTPUT_PATH"])
        self._manifest: BuildManifest | None = None
        self._started: ParallelTasks | None = None

    def add(self, path: str, make: Callable[[], FileContent], *facts: object) -> None:
        """Add a file, see Output; the first of a path stays."""
        self.outputs.setdefault(path, Output(path, make, facts))

    def start(self, context: dict) -> None:
        """Start making what is not a page, while pages are still being added."""
        self._manifest = BuildManifest(self.settings, Dependencies(context, self.settings))
        files = [output for output in self.outputs.values() if not _is_page(output)]
        self._started = ParallelTasks(self._compare(files), self._write)

    def write_all(self, context: dict) -> None:
        """Write what differs from the last site, and take the rest from there."""
        if self._started is None:
            self.start(context)
        started, entries = self._started.tasks, self._manifest.entries
        profile = profile_of(self.settings)
        changed = self._compare([o for path, o in self.outputs.items() if path not in entries])
        with profile.phase("writing"):
            results = parallel_map(changed, self._write, profile.progress("writing", len(changed)))
            results += self._started.results(profile.progress("finishing", len(started)))
        changed += started
        profile.add_files("writing", (output.path for output in changed), results)
        self._manifest.save(zip(changed, (done.result for done in results), strict=True))

    def close(self) -> None:
        """End the processes that were started."""
        if self._started:
            self._started.close()

    def _compare(self, outputs: Iterable[Output]) -> list[Output]:
        """Take over what the last site has; return what is to be made, in folders that exist."""
        with profile_of(self.settings).phase("comparing with the last site"):
            changed = self._manifest.reuse(outputs)
        # Folders take longest: first, so that the other processes do not wait for one of them.
        changed.sort(key=lambda output: not output.path.endswith("/"))
        for folder in sorted({os.path.dirname(self._file(output.path)) for output in changed}):
            os.makedirs(folder, exist_ok=True)
        return changed

    def _file(self, path: str) -> str:
        return sanitised_join(str(self.folder), path)

    def _write(self, output: Output) -> list[str]:
        """Write a file, or the files of a folder; return their paths."""
        content = output.make()
        is_folder = isinstance(content, dict)
        files = (
            {output.path + path: data for path, data in content.items()}
            if is_folder
            else {output.path: content}
        )
        for path, data in files.items():
            file = self._file(path)
            if is_folder:
                os.makedirs(os.path.dirname(file), exist_ok=True)
            with name_in_errors(file):
                if isinstance(data, Path):
                    shutil.copyfile(data, file)
                else:
                    with open(file, "wb") as stream:
                        stream.write(data)
        return list(files)


def _is_page(output: Output) -> bool:
    return any(isinstance(fact, Template) for fact in output.facts)
