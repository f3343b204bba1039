"""What one run of Pelican is for, and what its steps hand to each other outside the context."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from pelican.contents import Page

from ..model import Problem

# The only key of ours in Pelican's settings that holds more than a setting. Pelican hands nothing
# else to all generators, writers and receivers, and copies its settings into the context.
RUN_STATE = "PAPERS_RUN_STATE"


class RunMode(Enum):
    """What Pelican runs for: to write a site, to check its content, or to preview it."""

    BUILD = "build"
    CHECK = "check"
    PREVIEW = "preview"


@dataclass
class CheckResult:
    """The result of a check.

    `problems` holds all problems and notices. `external_links` maps each address on another host
    to the files, lines and header keys that link to it. `files` counts the files that were read;
    `folder` is the folder to which problems name files. `papers` are the pages of papers in order.
    """

    problems: list[Problem]
    external_links: dict[str, list[tuple[str, int | None, str | None]]]
    files: int
    folder: Path
    cache: Path
    papers: list[Page]


@dataclass(eq=False)
class RunState:
    """The state of one run of Pelican.

    `problems` are those of the settings and folders, found before any content is read. `result`
    is set by a run in check mode.
    """

    mode: RunMode = RunMode.BUILD
    problems: list[Problem] = field(default_factory=list)
    result: CheckResult | None = None


def state_of(settings: MutableMapping) -> RunState:
    """Return the state of the run that these settings, or this context, belong to.

    Plain `pelican` sets none: then it is that of a build.
    """
    return settings.setdefault(RUN_STATE, RunState())
