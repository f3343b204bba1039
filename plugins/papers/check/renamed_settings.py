"""Settings that a release of this plugin has renamed, and the release that a site requires."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model import Problem
from ..util import PACKAGE, LazyPattern, read_install_origin, version_of
from .setting_places import find_setting_names

# Old names of settings: the new name, and the release that has it. An old name is accepted until
# the release after next.
RENAMED_SETTINGS: dict[str, tuple[str, str]] = {}
_REQUIREMENTS, _LOCK = "requirements.txt", "requirements-locked.txt"
# How requirements.txt names this program: a release, a wheel in the site, or a commit.
_RELEASE = LazyPattern(rf"^\s*{PACKAGE}\s*==\s*([\w.+!-]+)", re.MULTILINE)
_WHEEL = LazyPattern(rf"^\s*\S*{PACKAGE.replace('-', '_')}-([\w.+!]+)-\S*\.whl", re.MULTILINE)
_COMMIT = LazyPattern(rf"^\s*{PACKAGE}\s*@\s*git\+\S+@([0-9a-f]{{40,64}})\b", re.MULTILINE)


def check_renamed_settings(folder: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yield a notice for each place where files of settings use an old name."""
    for file in files:
        lines, names = find_setting_names(folder / file, RENAMED_SETTINGS)
        assigned = {name for name, _, _, is_assigned in names if is_assigned}
        # From the right: a fix replaces a line from its beginning to the name.
        for name, line, column, _ in sorted(names, key=lambda item: (item[1], -item[2])):
            if name not in RENAMED_SETTINGS:
                continue
            new, since = RENAMED_SETTINGS[name]
            if new in assigned:
                message = f"was renamed to `{new}` in {since}, and both are set (keep one)"
                yield Problem(file, message, name, line, notice=True)
                continue
            before = lines[line - 1].encode()[:column].decode("utf-8", "replace")
            # A file that is not UTF-8 cannot be written back.
            fix = None if "\ufffd" in "".join(lines) else (before + name, before + new)
            message = f"was renamed to `{new}` in {since} (use the new name)"
            yield Problem(file, message, name, line, notice=True, fix=fix)


def check_requirements(folder: Path) -> list[Problem]:
    """Return a notice if a site is published with another release, or one without hashes."""
    text, lock = _read(folder / _REQUIREMENTS), _read(folder / _LOCK)
    version = version_of(PACKAGE)
    running, fix, remedy = version, None, f"run `{PACKAGE} check --fix`"
    if pin := _RELEASE.search(text):
        fix, remedy = (pin[1], version), f"write {PACKAGE}=={version}"
        if pin[1] == version and lock and not _RELEASE.search(lock):
            message = f"has no hashes of the release (run `{PACKAGE} check --fix` when online)"
            return [Problem(_LOCK, message, PACKAGE, notice=True)]
    elif (pin := _WHEEL.search(text)) is None and (pin := _COMMIT.search(text)):
        running = (read_install_origin().get("vcs_info") or {}).get("commit_id")
    if pin is None or running in (None, pin[1]):
        return []
    names = [name[:12] if running != version else name for name in (pin[1], running)]
    message = f"the site is published with {names[0]}, and this is {names[1]} ({remedy})"
    line = text.count("\n", 0, pin.start(1)) + 1
    return [Problem(_REQUIREMENTS, message, PACKAGE, line, notice=True, fix=fix)]


def _read(file: Path) -> str:
    return file.read_text("utf-8", "replace") if file.is_file() else ""
