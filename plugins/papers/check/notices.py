"""Notices that the settings accept, and those that a build or preview has shown before."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..build import digest
from ..model import Problem
from ..util import LazyPattern, TrustedCache, shorten
from .setting_places import line_in_setting, read_setting

_SETTING = "ACCEPTED_NOTICES"
_LINE_NUMBER = LazyPattern(r"^([^:\s][^:]*):\d+(?=:)")
_FILE = "notices.json"
# Notices on addresses of other hosts come from `check --links`.
_EXTERNAL_LINK = LazyPattern(r'"https?:', re.IGNORECASE)


def accept_notices(problems: Iterable[Problem], accepted: Sequence[str] | None) -> list[Problem]:
    """Return the problems without the notices that begin as a text of ACCEPTED_NOTICES does."""
    patterns = [_compile(text) for text in accepted or ()]
    return [p for p in problems if not any(_is_accepted(p, pattern) for pattern in patterns)]


def find_unused_acceptances(
    problems: Sequence[Problem], accepted: Sequence[str] | None, root: Path, links: bool
) -> list[Problem]:
    """Return a notice for each text of ACCEPTED_NOTICES that accepts none of the problems.

    `root` is the site's folder; `links` tells whether addresses of other hosts were requested.
    """
    if not accepted:
        return []
    setting, unused = read_setting(root, _SETTING), []
    for text in accepted:
        if not any(_is_accepted(problem, _compile(text)) for problem in problems):
            if links or not _EXTERNAL_LINK.search(text):
                message = f'"{shorten(text)}" matches no notice (delete it)'
                line = line_in_setting(setting, text)
                unused.append(Problem(setting.file, message, _SETTING, line, notice=True))
    return unused


def _is_accepted(problem: Problem, pattern: re.Pattern) -> bool:
    return problem.notice and pattern.match(str(replace(problem, line=None))) is not None


@cache
def _compile(text: str) -> re.Pattern:
    """Return the pattern of a text: the beginning of a notice, in which `*` stands for any words.

    It can have the line's number and end, as the check prints them.
    """
    text = _LINE_NUMBER.sub(r"\1", text.strip().removesuffix("[notice]").rstrip())
    return re.compile(".*?".join(map(re.escape, text.split("*"))), re.DOTALL)


class ShownNotices:
    """The notices that were shown, each with a digest of its file, in a file of the cache.

    The sites of two folders can have one cache: the digests are of the folder, too.
    """

    def __init__(self, cache_folder: Path, root: Path):
        self._cache, self._root = TrustedCache(cache_folder), root

    def take_new(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems without notices that were shown, and remember the others as shown.

        A notice is shown again when its file has changed.
        """
        shown, new = self._load(), []
        last = {file: [state, list(keys)] for file, (state, keys) in shown.items()}
        states: dict[str, str] = {}
        for problem in problems:
            if not problem.notice:
                new.append(problem)
                continue
            file, key = problem.file, digest(str(problem))[:16]
            if file not in states:
                states[file] = self._digest_file(file)
                if file not in shown or shown[file][0] != states[file]:
                    shown[file] = [states[file], []]
            if key not in shown[file][1]:
                shown[file][1].append(key)
                new.append(problem)
        if shown != last:
            self._cache.write(_FILE, json.dumps(shown, sort_keys=True).encode())
        return new

    def _load(self) -> dict[str, list]:
        # What this user has written is valid; it is the cache of no other.
        return json.loads(self._cache.read(_FILE) or b"{}")

    def _digest_file(self, name: str) -> str:
        try:
            data = (self._root / name).read_bytes()
        except (OSError, ValueError):
            data = b""  # "environment", or a folder.
        return digest(str(self._root.resolve()), data)[:16]


def describe_hidden(count: int) -> str:
    """Return how many notices are not shown again."""
    return (
        f"{count} notice{'' if count == 1 else 's'} shown before; `pelican-papers check` lists all"
    )
