"""Run Pelican for our commands: settings, its own warnings, and errors in words."""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError

from jinja2 import TemplateError
from pelican import Pelican, signals
from pelican.generators import PelicanTemplateNotFound
from pelican.settings import get_settings_from_file, read_settings
from yaml import YAMLError

from ..build import RUN_STATE, CheckResult, Profile, RunMode, RunState, generator_classes, state_of
from ..check import SETTINGS_FILES, check_settings
from ..model import BuildFailed, CommandError, Problem
from ..util import WarningListener

# What the code of a file of settings can raise; an end with 0 would pass for a check.
CODE_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError,
    MemoryError, NameError, OSError, RuntimeError, StopIteration, SubprocessError, SyntaxError,
    SystemExit, TypeError, ValueError, YAMLError,
)  # fmt: skip


def check_site(file: Path) -> CheckResult:
    """Read the content as a build does, write nothing, and return the problems.

    `file` holds the settings. Raises CommandError.
    """
    state = RunState(RunMode.CHECK)
    with capture_warnings() as warnings:
        site, setting_problems = load_site(file, state)
        run_pelican(site, read_content)
    if state.result is None:
        raise CommandError("Pelican has read nothing: another plugin ended it")
    state.result.problems += [*setting_problems, *warnings]
    return state.result


def read_content(site: Pelican) -> None:
    """Do the first half of `Pelican.run`: read all content, and write nothing."""
    context = site.settings | {
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": site.settings["SITEURL"],
    }
    generators = [
        generator(
            context=context,
            settings=site.settings,
            path=site.path,
            theme=site.theme,
            output_path=site.output_path,
        )
        for generator in generator_classes(site)
    ]
    for generator in generators:
        for step in ("generate_context", "check_disabled_readers"):
            if hasattr(generator, step):
                getattr(generator, step)()
    signals.all_generators_finalized.send(generators)


def build_site(file: Path, output: Path, last: Path, profile: Profile | None = None) -> str:
    """Build a site into a folder and return its address; `last` is the folder of the last one.

    Raises CommandError, BuildFailed, and SystemExit with the problems.
    """
    state = RunState(last_output=last, profile=profile)
    with capture_warnings() as warnings:
        site, setting_problems = load_site(file, state, OUTPUT_PATH=str(output))
        if setting_problems:
            raise BuildFailed([*setting_problems, *check_site(file).problems])
        run_pelican(site)
    if warnings:
        raise BuildFailed(warnings)
    return site.settings["SITEURL"]


def run_pelican(site: Pelican, run: Callable[[Pelican], None] = Pelican.run) -> None:
    """Run Pelican, or a part of it, and raise CommandError where a template fails."""
    try:
        run(site)
    except PelicanTemplateNotFound as error:
        raise CommandError(f"the theme is not whole: {error}") from None
    except TemplateError as error:
        where = ":".join(
            str(part) for name in ("filename", "lineno") if (part := getattr(error, name, None))
        )
        raise CommandError(
            f"a template cannot be printed: {where or template_location(error)}: {error.message}"
        ) from None
    finally:
        if outputs := state_of(site.settings).outputs:
            outputs.close()


def template_location(error: Exception) -> str:
    """Return the file and line of the last template that an error went through."""
    place, frame = "", error.__traceback__
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename
        place = f"{name}:{frame.tb_lineno}" if name.endswith(".html") else place
        frame = frame.tb_next
    return place


def load_site(
    file: Path, state: RunState | None = None, **override: object
) -> tuple[Pelican, list[Problem]]:
    """Return Pelican with working values for wrong settings, and the problems of the settings.

    `state` is that of the run to come, and `override` holds further settings.
    """
    given, folder = load_settings(file), file.resolve().parent
    try:
        path = folder / str(given.get("PATH", ""))
        if not path.is_dir():
            raise CommandError(
                f'PATH: {path} is no folder (write PATH = "content", and make the folder)'
            )
        problems, instead = check_settings(given, folder)
        _forget(folder)
        override = instead | override | {RUN_STATE: state or RunState()}
        settings = read_settings(str(file), override)
        site = Pelican(settings)
    except CODE_ERRORS as error:
        raise CommandError(describe_settings_error(file, error)) from None
    if not any(name.rpartition(".")[2] == "papers" for name in site.settings["PLUGINS"]):
        raise CommandError(f'{file} does not name the plugin (write PLUGINS = ["papers"])')
    # Asked again by the build, which has what stands in.
    return site, [problem for problem in problems if not problem.notice]


def load_settings(file: Path) -> dict:
    """Return what a file of settings says, or raise NotRun."""
    if not file.is_file():
        raise CommandError(
            f"{file} is not there (run this where it lies, or name it: --settings FILE)"
        )
    try:
        str(file.resolve()).encode()
    except UnicodeEncodeError:
        raise CommandError(
            f"{file.resolve()} is no name in UTF-8 (give its folder another)"
        ) from None
    try:
        _forget(file.resolve().parent)
        return get_settings_from_file(str(file))
    except CODE_ERRORS as error:
        raise CommandError(describe_settings_error(file, error)) from None


def _forget(folder: Path) -> None:
    """Let settings, and modules beside them, be read anew.

    What they added to a list of theirs is in it, and those of another site have their names.
    """
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        beside = path and os.path.dirname(os.path.abspath(path)) == str(folder)
        if beside or f"{name}.py" in SETTINGS_FILES:
            del sys.modules[name]


def content_folder(file: Path) -> Path:
    """Return the folder of the content of a site with these settings, or raise NotRun."""
    given = load_settings(file).get("PATH")
    if not isinstance(given, str | Path) or not given:
        raise CommandError(f'{file} does not name the content (write PATH = "content")')
    path = file.resolve().parent / given
    if not path.is_dir():
        raise CommandError(
            f'PATH: {path} is no folder (write PATH = "content", and make the folder)'
        )
    return path


def describe_settings_error(file: Path, error: BaseException) -> str:
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


class _Listener(WarningListener):
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
def capture_warnings() -> Iterator[list[Problem]]:
    """Collect the warnings of Pelican, which then end the build together."""
    problems: list[Problem] = []
    listener, root = _Listener(problems), logging.getLogger()
    root.addHandler(listener)
    try:
        yield problems
    finally:
        root.removeHandler(listener)
