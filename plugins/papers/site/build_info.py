"""What a published site was built from: a commit, and the versions of what built it."""

import json
import os
import re
import subprocess
from pathlib import Path

from pelican.generators import PagesGenerator

from ..build import DeferredWriter
from ..util import PACKAGE, version_of

BUILD_INFO_FILE = "build.json"
# What the bytes of a site depend on.
_PACKAGES = (PACKAGE, "pelican", "markdown", "typogrify", "pillow", "pagefind")
# No hook of the repository's runs, and nobody is asked for anything.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_STATUS = ("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=no")
# Seconds; a disk on a network may answer late.
_LIMIT = 10


def write_build_info(generator: PagesGenerator, writer: DeferredWriter) -> None:
    """Write build.json at the root of a published site."""
    context = generator.context
    if context["RELATIVE_URLS"]:
        return
    commit, changed = _commit(Path(context["PATH"]))
    versions = {name: version_of(name) for name in _PACKAGES}
    told = {"commit": commit, "changed": changed, "versions": versions}
    text = f"{json.dumps(told, indent=1, sort_keys=True)}\n"
    writer.put(BUILD_INFO_FILE, text.encode, text)


def generator_name() -> str:
    """Return what made the site, with versions, for `<meta name="generator">`."""
    names = {"Pelican": version_of("pelican"), PACKAGE: version_of(PACKAGE)}
    return ", ".join(f"{name} {known}" if known else name for name, known in names.items())


def _commit(content: Path) -> tuple[str | None, bool]:
    """Return the commit of the repository around a folder, if any, and whether files differ."""
    # Within a hook of git's, GIT_DIR and its kin name the repository of that hook.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(
            [*_GIT, "-C", content, *_STATUS],
            env=environment | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_LIMIT,
        )
    except (OSError, subprocess.SubprocessError):
        return None, False
    # Headers of the status begin with "#", all other lines are files.
    found = re.search(rb"^# branch\.oid ([0-9a-f]{40,64})$", done.stdout, re.MULTILINE)
    changed = re.search(rb"^[^#]", done.stdout, re.MULTILINE)
    return (found[1].decode(), bool(changed)) if found else (None, False)
