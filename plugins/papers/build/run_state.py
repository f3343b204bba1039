"""What one run of Pelican is for, and what its steps hand to each other outside the context."""

import shutil
import tempfile
import weakref
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from pelican.contents import Page

from ..model import Problem
from .profile import Profile

if TYPE_CHECKING:
    from .output_queue import OutputQueue
    from .parse_cache import ParseCache
    from .template_cache import TemplateCache

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
    `folder` is the folder to which problems name files. `papers` are the pages of papers in order,
    `accepted_notices` the texts of the setting.
    """

    problems: list[Problem]
    external_links: dict[str, list[tuple[str, int | None, str | None]]]
    files: int
    folder: Path
    cache: Path
    papers: list[Page]
    accepted_notices: Sequence[str] | None


@dataclass(eq=False)
class RunState:
    """The state of one run of Pelican.

    `problems` are those of the settings and folders, found before any content is read; a preview
    adds those of the content. `result` is set by a run in check mode. `last_output` is the folder
    of the last site, where it is not the output folder; `stylesheets` that of minified ones.
    """

    mode: RunMode = RunMode.BUILD
    problems: list[Problem] = field(default_factory=list)
    result: CheckResult | None = None
    last_output: Path | None = None
    stylesheets: str | None = None
    profile: Profile | None = None
    outputs: "OutputQueue | None" = None
    # What a preview answers with: texts and static files by their paths below the content and the
    # output folder.
    context: dict = field(default_factory=dict)
    environment: Environment | None = None
    parse_caches: "dict[str, ParseCache]" = field(default_factory=dict)
    templates: "TemplateCache | None" = None
    static_files: dict[str, Path] = field(default_factory=dict)
    # Deleted with this object, or when Python exits.
    temporary_folders: list[Path] = field(default_factory=list)

    def make_temporary_folder(self) -> Path:
        """Return a new folder that lasts as long as the run."""
        folder = Path(tempfile.mkdtemp(prefix="pelican-papers-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.temporary_folders.append(folder)
        return folder


def state_of(settings: MutableMapping) -> RunState:
    """Return the state of the run that these settings, or this context, belong to.

    Plain `pelican` sets none: then it is that of a build.
    """
    return settings.setdefault(RUN_STATE, RunState())


def profile_of(settings: MutableMapping) -> Profile:
    """Return the profile of a run; one that nobody reads where none was asked for."""
    return state_of(settings).profile or Profile()
