"""The site of a preview: read when a file changes, and made when a browser asks for it."""

import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from jinja2 import TemplateError
from pelican.log import console
from pelican.settings import read_settings

from ..build import (
    Dependencies,
    RunMode,
    RunState,
    clear_rendered_cache,
    only_our_plugin,
    output_path,
)
from ..check import ShownNotices, accept_notices, sort_problems
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
from ..util import is_public, open_file
from .missing_page import explain_missing_page
from .update_in_place import update_in_place


def is_code_changed(path: Path, start: float) -> bool:
    """Tell whether a file of code was changed or deleted since a time."""
    if path.suffix != ".py":
        return False
    try:
        return path.stat().st_mtime > start
    except OSError:
        return True


def restart(settings: Path) -> Problem:
    """Replace this process by one with the new code; return a problem if the code does not run."""
    command = [sys.executable, *sys.orig_argv[1:]]
    arguments = command[: command.index("serve")]
    check = [*arguments, "check", "--settings", str(settings)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    if done.returncode in (0, 1) and "Traceback" not in done.stderr:
        os.execv(command[0], command)
    last = (done.stderr.strip() or "it ended").splitlines()[-1]
    return Problem("plugins", f"cannot be run: {last}")


_MEDIA_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain", ".md": "text/plain",
    ".bib": "text/plain", ".ris": "text/plain", ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm", ".webp": "image/webp", ".mp4": "video/mp4",
}  # fmt: skip
# In bytes: larger files are sent while they are read; pages are held, as a script is added to them.
_MAX_READ, _MAX_PAGE = 2**20, 2**24


class UpdateKind(Enum):
    """What an update changed: nothing, the stylesheet alone, or pages."""

    NOTHING = 0
    STYLE = 1
    PAGES = 2


class Answer(NamedTuple):
    """A file as it is sent: its bytes, or the open file if it is large, and its media type."""

    data: bytes | BinaryIO
    media_type: str


class MemorySite:
    """A site that is held in memory; `problems` and `folders` are replaced, never changed.

    With other plugins, which work on files, the site is written to a temporary folder instead.
    """

    def __init__(self, file: Path):
        self.file = file
        self.folder = file.resolve().parent
        self.version = 0
        self.problems: list[Problem] = []
        self.shown_notices: ShownNotices | None = None
        self._start = time.time()
        self.folders: list[Path] = [self.folder / "content", file]
        # All of them from the beginning: a folder that is added later would count as changed.
        with suppress(TypeError, *CODE_ERRORS):
            self.folders = self._watched_folders(read_settings(str(file)))
        self._temporary = tempfile.TemporaryDirectory()
        # The first is held while the site is read, the second while a file is made.
        self._updating, self._making = threading.Lock(), threading.Lock()
        self._settings: dict | None = None
        self._run = RunState(RunMode.PREVIEW)
        self._dependencies: Dependencies | None = None
        # The names of templates by their files.
        self._templates: dict[Path, str] = {}
        # What was made, each with the digest of what it depends on.
        self._made: dict[str, tuple[str, bytes | dict[str, bytes]]] = {}
        # What was changed since the last update began, and the files that were sent with that.
        self._updated_in_place, self._is_ahead = set[Path](), False
        self._sent: dict[str, bytes | dict[str, bytes]] = {}

    def close(self) -> None:
        """Delete the files that Pelican has written."""
        self._temporary.cleanup()

    def update_in_place(self, changed: set[Path]) -> UpdateKind:
        """Show what can be shown of a change without reading the site; call `update` after it."""
        with self._making:
            if not changed or not self._dependencies:
                return UpdateKind.NOTHING
            self._is_ahead = True  # Also where the update stops half way.
            if not update_in_place(self._run, self._templates, self._dependencies, changed):
                return UpdateKind.NOTHING
            self._updated_in_place |= changed
            self.version += 1
        return UpdateKind.PAGES

    def update(self, changed: set[Path] = frozenset()) -> UpdateKind:
        """Read the site, unless only stylesheets were changed."""
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

    def _update(self, has_changes: bool) -> UpdateKind:
        with self._making:
            self._updated_in_place = set()
        run, output = RunState(RunMode.PREVIEW), tempfile.mkdtemp(dir=self._temporary.name)
        try:
            # What Pelican prints is reported among the problems.
            with capture_warnings() as warnings, console.capture():
                site, setting_problems = load_site(self.file, run, OUTPUT_PATH=output)
                if only_our_plugin(site.settings):
                    site.settings["THEME_STATIC_PATHS"] = []
                self.folders = self._watched_folders(site.settings)
                run_pelican(site)
        except (CommandError, *CODE_ERRORS) as error:
            # Where no descriptors are left, this fails as well.
            shutil.rmtree(output, ignore_errors=True)
            message = str(error)
            if not isinstance(error, CommandError):
                message = describe_settings_error(self.file, error)
            self.problems = [Problem(self.file.name, message)]
            return UpdateKind.NOTHING
        dependencies = None
        if only_our_plugin(site.settings):
            dependencies = Dependencies(run.context, site.settings)
        with self._making:
            if self._settings:
                _clear(self._run)
                shutil.rmtree(self._settings["OUTPUT_PATH"])
            self._run, self._settings, self._dependencies = run, site.settings, dependencies
            self._templates = self._find_templates(site.settings)
            accepted = site.settings.get("ACCEPTED_NOTICES")
            self.problems = accept_notices([*setting_problems, *run.problems, *warnings], accepted)
            self.shown_notices = ShownNotices(
                Path(site.settings["CACHE_PATH"]), Path(site.settings["PATH"]).parent
            )
            clear_rendered_cache()
            is_same = self._compare_sent(has_changes)
            if self._is_ahead:
                # Pelican may have read the files before these changes.
                update_in_place(run, self._templates, dependencies, self._updated_in_place)
            self.version += not is_same
        return UpdateKind.NOTHING if is_same else UpdateKind.PAGES

    def _compare_sent(self, has_changes: bool) -> bool:
        """Tell whether the site is as it was sent ahead of an update; forget what was sent."""
        if self._dependencies is None:
            self._made, self._sent, self._is_ahead = {}, {}, False
            return False
        paths = self._run.outputs.outputs.keys()
        sent, self._sent = self._sent, {}
        self._made = {
            path: made for path, made in self._made.items() if path in paths - sent.keys()
        }
        is_new, self._is_ahead = has_changes or not self._is_ahead, False
        is_same = not is_new and all(
            path in paths and self._make(path) == data for path, data in sent.items()
        )
        self._is_ahead = bool(self._updated_in_place)
        return is_same

    def answer(self, path: str) -> Answer | None:
        """Return the file at a path below the site's root; None where there is none."""
        suffix = os.path.splitext(path)[1].lower()
        kind = _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(path)[0]
        kind = kind or "application/octet-stream"
        with self._making:
            data = self._read(path, _MAX_PAGE if kind == "text/html" else _MAX_READ)
        if data is None:
            return None
        return Answer(data, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    def held_back(self, path: str) -> list[Problem]:
        """Return the problems for which the page at a path below the site's root is not made."""
        with self._making:
            contents = self._run.context.get("generated_content", {}).values()
            problems = [
                problem
                for content in filter(None, contents)
                if (header := getattr(content, "header", None))
                and header.has_errors
                and output_path(content) == path
                for problem in header.problems
                if not problem.notice
            ]
        return sort_problems(problems)

    def paths(self) -> Iterable[str]:
        """Return the paths of all files, but for the theme's own where they are not copied."""
        if self._settings is None:
            return []
        if self._dependencies is None:
            folder = Path(self._settings["OUTPUT_PATH"])
            files = (path for path in folder.rglob("*") if path.is_file())
            return [path.relative_to(folder).as_posix() for path in files]
        return [*self._run.outputs.outputs, *self._run.static_files]

    def _read(self, path: str, max_size: int) -> bytes | BinaryIO | None:
        """Return the bytes of a file, which is made, copied or written by Pelican.

        A file to copy with more than `max_size` bytes is returned open.
        """
        if self._settings is None:
            return None
        output, theme = Path(self._settings["OUTPUT_PATH"]), None
        source = output / path
        if self._dependencies is not None:
            outputs, folder = self._run.outputs.outputs, f"{path.partition('/')[0]}/"
            if path in outputs:
                return self._make(path)
            if folder in outputs:
                return self._make(folder).get(path.removeprefix(folder))
            if folder == f"{self._settings['THEME_STATIC_DIR']}/":
                theme = Path(self._settings["THEME"], "static")
                source = theme / path.removeprefix(folder)
            else:
                source = self._run.static_files.get(path, source)

        def is_allowed(file: Path) -> bool:
            real = file.resolve()
            if theme:
                return real.is_relative_to(theme.resolve())
            # With some settings, Pelican puts links to content/ into its output.
            folders = self._run.temporary_folders
            made = output, Path(self._settings["CACHE_PATH"]), *folders
            is_made = any(real.is_relative_to(folder.resolve()) for folder in made)
            content = Path(self._settings["PATH"])
            return is_public(file, content) or is_made and not file.is_relative_to(content)

        file = open_file(source, is_allowed)
        if file is None:
            return None
        is_style = theme is not None and source.suffix == ".css"
        if not is_style and os.fstat(file.fileno()).st_size > max_size:
            return file
        with file:
            data = file.read()
        return minify_css(data.decode(errors="replace")).encode() if is_style else data

    def _make(self, path: str) -> bytes | dict[str, bytes]:
        """Make a file, unless it was made before and nothing that it depends on has changed."""
        output = self._run.outputs.outputs[path]
        try:
            digest = self._dependencies.digest_output(output)
            if path not in self._made or self._made[path][0] != digest:
                content = output.make()
                data = content.read_bytes() if isinstance(content, Path) else content
                self._made[path] = digest, data
        except (TemplateError, *CODE_ERRORS) as error:
            problem = Problem(path, f"{template_location(error)}: {error}")
            self.problems = [*self.problems, problem]
            return explain_missing_page(None, [problem])
        if self._is_ahead:
            self._sent[path] = self._made[path][1]
        return self._made[path][1]

    def _watched_folders(self, settings: dict) -> list[Path]:
        paths = [settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        paths += [self.folder / path for path in settings["PLUGIN_PATHS"]]
        return [*(self.folder / path for path in paths), *self.folder.glob("*.py")]

    def _find_templates(self, settings: dict) -> dict[Path, str]:
        folders = [*settings["THEME_TEMPLATES_OVERRIDES"], f"{settings['THEME']}/templates"]
        return {
            path: path.relative_to(folder).as_posix()
            for folder in (self.folder / path for path in folders)
            for path in folder.rglob("*.html")
        }

    def _is_style(self, path: Path) -> bool:
        """Tell whether a file is a stylesheet that is served from the theme itself."""
        if path.suffix != ".css" or self._dependencies is None:
            return False
        return path.is_relative_to(Path(self._settings["THEME"]).resolve())


def _clear(run: RunState) -> None:
    """Take apart a site that is not shown any more.

    Its contents refer to each other, and would stay in memory for long.
    """
    for content in filter(None, run.context.get("generated_content", {}).values()):
        vars(content).clear()
    run.context.clear()
