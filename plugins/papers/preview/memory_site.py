"""The site as it is being written: read when something changes, made when somebody looks."""

import mimetypes
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from html import escape
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError
from pelican.log import console
from pelican.settings import read_settings

from ..build import Dependencies, RunMode, RunState, clear_rendered_cache
from ..model import CommandError, Problem
from ..publish import (
    CODE_ERRORS,
    capture_warnings,
    describe_settings_error,
    load_site,
    run_pelican,
    template_location,
)
from ..site import minify_css
from .hot_update import SiteState, update_in_place


def is_code_changed(path: Path, start: float) -> bool:
    """Tell whether code was written, or taken away, since a time."""
    if path.suffix != ".py":
        return False
    try:
        return path.stat().st_mtime > start
    except OSError:
        return True


def restart(settings: Path) -> Problem:
    """Start this program again with its new code; return what is wrong if that cannot be read."""
    command = [sys.executable, *sys.orig_argv[1:]]
    n = command.index("serve")
    asked = [*command[:n], "check", "--settings", str(settings)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode in (0, 1) and "Traceback" not in done.stderr:
        os.execv(command[0], command)
    last = (done.stderr.strip() or "it ended").splitlines()[-1]
    return Problem("plugins", f"cannot be run: {last}")


_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain", ".md": "text/plain",
    ".bib": "text/plain", ".ris": "text/plain", ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm", ".webp": "image/webp", ".mp4": "video/mp4",
}  # fmt: skip
_BROKEN = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not made</title></head>'
    "<body><h1>This page cannot be made</h1><p>{}</p></body></html>"
)


class UpdateKind(Enum):
    """What an update changed: nothing, the look of pages alone, or pages."""

    NOTHING = 0
    STYLE = 1
    PAGES = 2


class Answer(NamedTuple):
    """A file as it is sent: its bytes and their media type."""

    data: bytes
    type: str


class MemorySite:
    """A site that is kept in memory; `problems` and `folders` are replaced, never changed."""

    def __init__(self, file: Path):
        self.file = file
        self.folder = file.resolve().parent
        self.version = 0
        self.problems: list[Problem] = []
        self._start = time.time()
        self.folders: list[Path] = [self.folder / "content", file]
        # All of them from the beginning: what is watched later would seem to be new.
        with suppress(TypeError, *CODE_ERRORS):
            self.folders = self._folders(read_settings(str(file)))
        self._aside = tempfile.TemporaryDirectory()
        self._updating, self._making = threading.Lock(), threading.Lock()
        self._state = SiteState()
        self._digests: Dependencies | None = None
        self._made: dict[str, tuple[str, bytes | dict[str, bytes]]] = {}
        # What was changed since the last update began, and what was sent of it.
        self._hurried, self._is_hurried = set[Path](), False
        self._shown: dict[str, bytes | dict[str, bytes]] = {}

    def close(self) -> None:
        """Delete what Pelican has written aside."""
        self._aside.cleanup()

    def hurry(self, changed: set[Path]) -> UpdateKind:
        """Show what can be shown of a change without reading the site; an `update` is to follow."""
        with self._making:
            if not changed or not self._digests:
                return UpdateKind.NOTHING
            self._is_hurried = True  # Even if it stops half way.
            if not update_in_place(self._state, self._digests, changed):
                return UpdateKind.NOTHING
            self._hurried |= changed
            self.version += 1
        return UpdateKind.PAGES

    def update(self, changed: set[Path] = frozenset()) -> UpdateKind:
        """Read what changed; of the style nothing has to be read."""
        if changed and all(self._is_style(path) for path in changed):
            with self._making:
                self.version += 1
            return UpdateKind.STYLE
        if any(
            path.parent != self.folder and is_code_changed(path, self._start) for path in changed
        ):
            self.problems = [restart(self.file)]
            return UpdateKind.NOTHING
        with self._updating:
            return self._update(bool(changed))

    def _update(self, changed: bool) -> UpdateKind:
        with self._making:
            self._hurried = set()
        state = SiteState()
        try:
            # What Pelican says on the terminal is told among the problems.
            with capture_warnings() as warnings, console.capture():
                site, wrong = load_site(
                    self.file, RunState(RunMode.PREVIEW), OUTPUT_PATH=self._aside.name,
                    THEME_STATIC_PATHS=[], PREVIEW=state,
                )  # fmt: skip
                self.folders = self._folders(site.settings)
                run_pelican(site)
        except CommandError as error:
            self.problems = [Problem(self.file.name, str(error))]
            return UpdateKind.NOTHING
        except CODE_ERRORS as error:
            self.problems = [Problem(self.file.name, describe_settings_error(self.file, error))]
            return UpdateKind.NOTHING
        digests = Dependencies(state.context, state.writer.settings)
        state.templates = self._templates(site.settings)
        with self._making:
            _forget(self._state)
            self._state, self._digests = state, digests
            self.problems = [*wrong, *state.problems, *warnings]
            clear_rendered_cache()
            paths = state.writer.outputs.keys()
            shown, self._shown = self._shown, {}
            self._made = {
                path: made for path, made in self._made.items() if path in paths - shown.keys()
            }
            surprising, self._is_hurried = changed or not self._is_hurried, False
            same = not surprising and all(
                path in paths and self._make(path) == data for path, data in shown.items()
            )
            self._is_hurried = bool(self._hurried)
            if self._is_hurried:
                # It was read before these, perhaps.
                update_in_place(state, digests, self._hurried)
            self.version += not same
        return UpdateKind.NOTHING if same else UpdateKind.PAGES

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path below the site's root; None where there is none."""
        with self._making:
            data = self._bytes(path)
        if data is None:
            return None
        suffix = os.path.splitext(path)[1].lower()
        kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        return Answer(data, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    def paths(self) -> Iterable[str]:
        """Return the paths of all that is made or copied, but for the theme's own files."""
        return [*self._state.writer.outputs, *self._state.files]

    def _bytes(self, path: str) -> bytes | None:
        if self._state.writer is None:
            return None
        settings, outputs = self._state.writer.settings, self._state.writer.outputs
        if path in outputs:
            return self._make(path)
        folder = f"{path.partition('/')[0]}/"
        if folder in outputs:
            return self._make(folder).get(path.removeprefix(folder))
        if folder == f"{settings['THEME_STATIC_DIR']}/":
            theme = Path(settings["THEME"], "static")
            file = theme / path.removeprefix(folder)
            if not file.resolve().is_relative_to(theme.resolve()):
                return None
        else:
            file = self._state.files.get(path) or Path(self._aside.name, path)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        return minify_css(data.decode(errors="replace")).encode() if file.suffix == ".css" else data

    def _make(self, path: str) -> bytes | dict[str, bytes]:
        """Make a file, unless it was made of the same before."""
        output = self._state.writer.outputs[path]
        try:
            known = self._digests.of(path, output.facts)
            if path not in self._made or self._made[path][0] != known:
                made = output.make()
                self._made[path] = known, made.read_bytes() if isinstance(made, Path) else made
        except (TemplateError, *CODE_ERRORS) as error:
            words = f"{template_location(error)}: {error}"
            self.problems = [*self.problems, Problem(path, words)]
            return _BROKEN.format(escape(words)).encode()
        if self._is_hurried:
            self._shown[path] = self._made[path][1]
        return self._made[path][1]

    def _folders(self, settings: dict) -> list[Path]:
        found = [settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        found += [self.folder / path for path in settings["PLUGIN_PATHS"]]
        return [*(self.folder / path for path in found), *self.folder.glob("*.py")]

    def _templates(self, settings: dict) -> dict[Path, str]:
        folders = [*settings["THEME_TEMPLATES_OVERRIDES"], f"{settings['THEME']}/templates"]
        return {
            path: path.relative_to(folder).as_posix()
            for folder in (self.folder / each for each in folders)
            for path in folder.rglob("*.html")
        }

    def _is_style(self, path: Path) -> bool:
        theme = self._state.writer and self._state.writer.settings["THEME"]
        return path.suffix == ".css" and bool(theme) and path.is_relative_to(Path(theme).resolve())


def _forget(state: SiteState) -> None:
    """Take apart what nobody is to see again; contents know each other, and would stay for long."""
    for content in filter(None, state.context.get("generated_content", {}).values()):
        vars(content).clear()
    state.context.clear()
