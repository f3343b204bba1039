"""Load a site's file of settings, and report what is wrong with it."""

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from subprocess import SubprocessError

from pelican import Pelican
from pelican.settings import get_settings_from_file, read_settings
from yaml import YAMLError

from ..build import RUN_STATE, RunState
from ..check import SETTINGS_FILES, check_settings
from ..model import CommandError, Problem
from ..util import LazyPattern

# A setting whose value is text without quotes.
_UNQUOTED = LazyPattern(
    r"\s*(?P<name>[A-Z][A-Z\d_]*)\s*=\s*(?P<text>[^\W\d_][^\"'=\[\](){}#]*?)\s*(?:#.*)?"
)
# What the code of a file of settings can raise; its `sys.exit(0)` would look like a success.
CODE_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError,
    MemoryError, NameError, OSError, RuntimeError, StopIteration, SubprocessError, SyntaxError,
    SystemExit, TypeError, ValueError, YAMLError,
)  # fmt: skip


def load_site(
    file: Path, state: RunState | None = None, **override: object
) -> tuple[Pelican, list[Problem]]:
    """Return Pelican with working values for wrong settings, and the problems of the settings.

    `state` is that of the run to come, and `override` holds further settings.
    """
    settings, folder = load_settings(file), file.resolve().parent
    try:
        _require_folder(folder / str(settings.get("PATH", "")))
        problems, replacements = check_settings(settings, folder)
        _unload_settings(folder)
        override = replacements | override | {RUN_STATE: state or RunState()}
        site = Pelican(read_settings(str(file), override))
    except CODE_ERRORS as error:
        raise CommandError(describe_settings_error(file, error)) from None
    if not any(name.rpartition(".")[2] == "papers" for name in site.settings["PLUGINS"]):
        raise CommandError(f'{file} does not name the plugin (write PLUGINS = ["papers"])')
    # The build reports notices: only errors are lost in it, as their settings are replaced.
    return site, [problem for problem in problems if not problem.notice]


def load_settings(file: Path) -> dict:
    """Return the settings of a file without Pelican's defaults, or raise CommandError."""
    if not file.is_file():
        raise CommandError(
            f"{file} does not exist (go to your site's folder, name the file with --settings, "
            "or start a site with `pelican-papers init`)"
        )
    try:
        str(file.resolve()).encode()
    except UnicodeEncodeError:
        raise CommandError(f"{file.resolve()} is not a UTF-8 name (rename its folder)") from None
    try:
        _unload_settings(file.resolve().parent)
        return get_settings_from_file(str(file))
    except CODE_ERRORS as error:
        raise CommandError(describe_settings_error(file, error)) from None


def _unload_settings(folder: Path) -> None:
    """Remove modules of settings, and those beside them, so that Python executes them again.

    Other sites have modules with the same names, and lists in these may have been changed.
    """
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        is_beside = path and os.path.dirname(os.path.abspath(path)) == str(folder)
        if is_beside or f"{name}.py" in SETTINGS_FILES:
            del sys.modules[name]


def content_folder(file: Path) -> Path:
    """Return the folder of the content of a site with these settings, or raise CommandError."""
    path = load_settings(file).get("PATH")
    if not isinstance(path, str | Path) or not path:
        raise CommandError(f'{file} does not set PATH (write PATH = "content")')
    return _require_folder(file.resolve().parent / path)


def _require_folder(path: Path) -> Path:
    if not path.is_dir():
        hint = 'write PATH = "content", and create the folder'
        raise CommandError(f"PATH: {path} is not a folder ({hint})")
    return path


def describe_settings_error(file: Path, error: BaseException) -> str:
    """Return an error that the code of settings raised, with the file and line."""
    location = str(file)
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if str(path)[0] != "<" and path.parent.resolve() == file.resolve().parent:
            location = f"{path.name}:{line}"
    if isinstance(error, SyntaxError) and error.filename:
        location = f"{Path(error.filename).name}:{error.lineno}"
    message = f"{location}: {type(error).__name__}: {getattr(error, 'msg', None) or error}"
    hint = _hint_at_quotes(file.parent / location.rpartition(":")[0], error, location)
    return f"{message} ({hint})" if hint else message


def _hint_at_quotes(file: Path, error: BaseException, location: str) -> str | None:
    """Return what to write instead of a name that Python does not know, such as a text."""
    number = location.rpartition(":")[2]
    if not isinstance(error, NameError | SyntaxError) or not number.isdecimal():
        return None
    with suppress(OSError, UnicodeDecodeError, IndexError):
        line = file.read_text("utf-8-sig").split("\n")[int(number) - 1]
        value = getattr(error, "name", None) or ""
        if value in sys.stdlib_module_names:
            return f"write `import {value}` above it"
        if value in ("true", "false", "null", "none"):
            return f"write {value.capitalize().replace('Null', 'None')}"
        if match := _UNQUOTED.fullmatch(line):
            return f'put text in quotes: {match["name"]} = "{match["text"]}"'
        if value:
            return f'put text in quotes: "{value}"'
    return None
