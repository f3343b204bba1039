"""Run Pelican for the commands: check or build a site, and collect Pelican's warnings."""

import logging
import os
import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError
from pelican import Pelican, signals
from pelican.generators import PelicanTemplateNotFound

from ..build import (
    CheckResult,
    Profile,
    RunMode,
    RunState,
    generator_classes,
    hide_summary,
    state_of,
)
from ..check import ShownNotices, accept_notices
from ..model import BuildFailed, CommandError, Problem
from ..util import WarningListener
from .atomic_swap import PublishRefused
from .site_settings import load_site

# The folders from which, and with which, a site is built.
_SOURCE_SETTINGS = ("PATH", "THEME", "CACHE_PATH")
# What Python raises for an expression in a template: {{ 1 / 0 }}, {{ papers() }}.
_EXPRESSION_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
_HINT = "name another folder with --output"


def check_site(file: Path, **override: object) -> CheckResult:
    """Read the content as a build does, write nothing, and return the problems.

    `file` holds the settings, `override` other values for them. Raises CommandError.
    """
    state = RunState(RunMode.CHECK)
    with capture_warnings() as warnings:
        site, setting_problems = load_site(file, state, **override)
        run_pelican(site, read_content)
    if state.result is None:
        raise CommandError("Pelican read nothing because another plugin stopped it")
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


def build_site(
    file: Path, output: Path, last: Path, profile: Profile | None = None, **override: object
) -> str:
    """Build a site into a folder and return its URL; `last` is the folder of the last build.

    `override` holds other values for the settings. Raises CommandError, BuildFailed, and SystemExit
    with the problems.
    """
    state = RunState(last_output=last, profile=profile)
    with capture_warnings() as warnings, hide_summary():
        site, setting_problems = load_site(file, state, OUTPUT_PATH=str(output), **override)
        _refuse_source_folder(Path(os.path.realpath(last)), site.settings, file)
        if setting_problems:
            result = check_site(file, **override)
            problems = accept_notices(result.problems, result.accepted_notices)
            problems = ShownNotices(result.cache, result.folder).take_new(problems)
            raise BuildFailed([*setting_problems, *problems])
        run_pelican(site)
    if warnings:
        raise BuildFailed(warnings)
    return site.settings["SITEURL"]


def _refuse_source_folder(output: Path, settings: Mapping, file: Path) -> None:
    """Refuse an output folder in which the sources of the site lie, or that lies among them."""
    templates = settings["THEME_TEMPLATES_OVERRIDES"]
    sources = [file.parent, *(settings[name] for name in _SOURCE_SETTINGS), *templates]
    for source in map(Path, map(os.path.realpath, filter(None, sources))):
        if source.is_relative_to(output):
            raise PublishRefused(
                f"{output} contains {source}, which the site is built from ({_HINT})"
            )
    for name in _SOURCE_SETTINGS:
        if settings[name] and output.is_relative_to(os.path.realpath(settings[name])):
            raise PublishRefused(f"{output} is inside {settings[name]} ({_HINT})")


def run_pelican(site: Pelican, run: Callable[[Pelican], None] = Pelican.run) -> None:
    """Run Pelican, or a part of it, and raise CommandError where a template fails."""
    try:
        run(site)
    except PelicanTemplateNotFound as error:
        raise CommandError(f"the theme is incomplete: {error}") from None
    except TemplateError as error:
        # Only a syntax error has its own location.
        parts = getattr(error, "filename", None), getattr(error, "lineno", None)
        location = ":".join(str(part) for part in parts if part) or template_location(error)
        message = f"a template cannot be rendered: {location}: {error.message}"
        raise CommandError(message) from None
    except (RecursionError, *_EXPRESSION_ERRORS) as error:
        if not (location := template_location(error)):
            raise
        reason = f"{type(error).__name__}: {error}"
        if isinstance(error, RecursionError):
            reason = "it calls itself endlessly"
        raise CommandError(f"a template cannot be rendered: {location}: {reason}") from None
    finally:
        if outputs := state_of(site.settings).outputs:
            outputs.close()


def template_location(error: Exception) -> str:
    """Return the file and line of the innermost template in an error's traceback, or "".

    Of templates that call each other without end, it is one that comes most often.
    """
    locations = [
        f"{frame.f_code.co_filename}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.endswith(".html")
    ]
    if isinstance(error, RecursionError):
        return max(locations, key=Counter(locations).__getitem__, default="")
    return locations[-1] if locations else ""


class _WarningCollector(WarningListener):
    def __init__(self, problems: list[Problem]):
        super().__init__()
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        """Turn a warning of Pelican into a problem."""
        message = " ".join(record.getMessage().split())
        if match := re.fullmatch(r"Could not process (.+)", message):
            file, reason = f"content/{match[1]}", sys.exc_info()[1]
            message = f"Pelican cannot read it: {reason} (correct it, or write Markdown)"
        elif match := re.fullmatch(r"Skipping \S*?(content/.+?): (.+)", message):
            file = match[1]
            message = f"Pelican cannot read it: {match[2]} (write another place)"
        else:
            match = re.search(r"(?<![\w/])content/[^\s'\",:]+", message)
            file, message = match[0] if match else "pelican", message[:400]
        self.problems.append(Problem(file, message))


@contextmanager
def capture_warnings() -> Iterator[list[Problem]]:
    """Collect Pelican's warnings as problems."""
    problems: list[Problem] = []
    collector, root = _WarningCollector(problems), logging.getLogger()
    root.addHandler(collector)
    try:
        yield problems
    finally:
        root.removeHandler(collector)
