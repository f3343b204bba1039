"""Run Pelican for our commands: settings, its own warnings, and errors in words."""

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError

from jinja2 import TemplateError
from pelican import Pelican
from pelican.generators import PelicanTemplateNotFound
from pelican.settings import get_settings_from_file, read_settings
from yaml import YAMLError

from .conf import FILES, check_settings
from .model import Problem
from .profile import Profile
from .report import Checked, Listener

# What the code of a file of settings can raise; an end with 0 would pass for a check.
WRONG = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError,
    MemoryError, NameError, OSError, RuntimeError, StopIteration, SubprocessError, SyntaxError,
    SystemExit, TypeError, ValueError, YAMLError,
)  # fmt: skip


class NotRun(Exception):
    """Why a command could not do its work, in words."""


class Refused(Exception):
    """Problems that ended a build; nothing of it is kept."""

    def __init__(self, problems: list[Problem]):
        super().__init__()
        self.problems = problems


def check_site(file: Path) -> Checked:
    """Read the content as a build does, write nothing, and return what was found.

    `file` holds the settings. Raises NotRun.
    """
    with heard() as warnings:
        # Pelican is never to clear the folder of a site that it does not write.
        site, wrong = site_of(file, {"CHECKING": True, "DELETE_OUTPUT_DIRECTORY": False})
        try:
            run(site)
        except Checked as checked:
            checked.problems += [*wrong, *warnings]
            return checked
    raise NotRun("Pelican has read nothing: another plugin ended it")


def build_site(file: Path, output: Path, last: Path, profile: Profile | None = None) -> str:
    """Build a site into a folder and return its address; `last` is the folder of the last one.

    Raises NotRun, Refused, and SystemExit with the problems.
    """
    given = {"OUTPUT_PATH": str(output), "LAST_OUTPUT": str(last), "PROFILE": profile}
    with heard() as warnings:
        site, wrong = site_of(file, given)
        if wrong:
            # The rest is told with them.
            raise Refused([*wrong, *check_site(file).problems])
        run(site)
    if warnings:
        raise Refused(warnings)
    return site.settings["SITEURL"]


def run(site: Pelican) -> None:
    try:
        site.run()
    except PelicanTemplateNotFound as error:
        raise NotRun(f"the theme is not whole: {error}") from None
    except TemplateError as error:
        where = ":".join(
            str(part) for name in ("filename", "lineno") if (part := getattr(error, name, None))
        )
        raise NotRun(
            f"a template cannot be printed: {where or place_of(error)}: {error.message}"
        ) from None
    finally:
        if writer := site.settings.pop("WRITER", None):
            writer.close()


def place_of(error: Exception) -> str:
    """Return the file and line of the last template that an error went through."""
    place, frame = "", error.__traceback__
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename
        place = f"{name}:{frame.tb_lineno}" if name.endswith(".html") else place
        frame = frame.tb_next
    return place


def site_of(file: Path, override: dict) -> tuple[Pelican, list[Problem]]:
    """Return Pelican with what stands in for wrong settings, and what is wrong with them."""
    given, folder = settings_of(file), file.resolve().parent
    try:
        path = folder / str(given.get("PATH", ""))
        if not path.is_dir():
            raise NotRun(f'PATH: {path} is no folder (write PATH = "content", and make the folder)')
        problems, instead = check_settings(given, folder)
        override = instead | override
        _forget(folder)
        settings = read_settings(str(file), override)
        site = Pelican(settings)
    except WRONG as error:
        raise NotRun(told(file, error)) from None
    if not any(name.rpartition(".")[2] == "papers" for name in site.settings["PLUGINS"]):
        raise NotRun(f'{file} does not name the plugin (write PLUGINS = ["papers"])')
    # Asked again by the build, which has what stands in.
    return site, [problem for problem in problems if not problem.notice]


def settings_of(file: Path) -> dict:
    """Return what a file of settings says, or raise NotRun."""
    if not file.is_file():
        raise NotRun(f"{file} is not there (run this where it lies, or name it: --settings FILE)")
    try:
        str(file.resolve()).encode()
    except UnicodeEncodeError:
        raise NotRun(f"{file.resolve()} is no name in UTF-8 (give its folder another)") from None
    try:
        _forget(file.resolve().parent)
        return get_settings_from_file(str(file))
    except WRONG as error:
        raise NotRun(told(file, error)) from None


def _forget(folder: Path) -> None:
    """Let settings, and modules beside them, be read anew.

    What they added to a list of theirs is in it, and those of another site have their names.
    """
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        beside = path and os.path.dirname(os.path.abspath(path)) == str(folder)
        if beside or f"{name}.py" in FILES:
            del sys.modules[name]


def content_of(file: Path) -> Path:
    """Return the folder of the content of a site with these settings, or raise NotRun."""
    given = settings_of(file).get("PATH")
    if not isinstance(given, str | Path) or not given:
        raise NotRun(f'{file} does not name the content (write PATH = "content")')
    path = file.resolve().parent / given
    if not path.is_dir():
        raise NotRun(f'PATH: {path} is no folder (write PATH = "content", and make the folder)')
    return path


def told(file: Path, error: BaseException) -> str:
    """Return what is wrong with settings, and in which of their lines."""
    where, frame = str(file), error.__traceback__
    while frame is not None:
        name = Path(frame.tb_frame.f_code.co_filename)
        if str(name)[0] != "<" and name.parent.resolve() == file.resolve().parent:
            where = f"{name.name}:{frame.tb_lineno}"
        frame = frame.tb_next
    if isinstance(error, SyntaxError) and error.filename:
        where = f"{Path(error.filename).name}:{error.lineno}"
    return f"{where}: {type(error).__name__}: {getattr(error, 'msg', None) or error}"


class _Listener(Listener):
    def __init__(self, problems: list[Problem]):
        super().__init__()
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        """Make a problem of what Pelican warns of."""
        message = " ".join(record.getMessage().split())
        if match := re.fullmatch(r"Could not process (.+)", message):
            hint = "mend it, or write Markdown"
            told = f"Pelican cannot read it: {sys.exc_info()[1]} ({hint})"
            self.problems.append(Problem(f"content/{match[1]}", told))
            return
        if match := re.fullmatch(r"Skipping \S*?(content/.+?): (.+)", message):
            told = f"Pelican cannot read it: {match[2]} (write another place)"
            self.problems.append(Problem(match[1], told))
            return
        found = re.search(r"(?<![\w/])content/[^\s'\",:]+", message)
        self.problems.append(Problem(found[0] if found else "pelican", message[:400]))


@contextmanager
def heard() -> Iterator[list[Problem]]:
    """Collect the warnings of Pelican, which then end the build together."""
    problems: list[Problem] = []
    listener, root = _Listener(problems), logging.getLogger()
    root.addHandler(listener)
    try:
        yield problems
    finally:
        root.removeHandler(listener)
