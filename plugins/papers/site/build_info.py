"""build.json: the commit that a site was built from, and the versions of what built it."""

import json
import os
import re
import subprocess
from pathlib import Path

from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..build import state_of
from ..util import PACKAGE, version_of

BUILD_INFO_FILE = "build.json"
# What the bytes of a site depend on.
_PACKAGES = (PACKAGE, "pelican", "markdown", "typogrify", "pillow", "pagefind")
# Git runs no hook and no monitor of the repository's, and asks for no password.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_STATUS = ("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=no")
# In seconds; a network drive may answer late.
_TIMEOUT = 10


def write_build_info(generator: PagesGenerator, writer: Writer) -> None:
    """Write build.json at the root of a published site."""
    outputs = state_of(generator.context).outputs
    context = generator.context
    if context["RELATIVE_URLS"]:
        return
    commit, changed = _read_commit(Path(context["PATH"]))
    versions = {name: version_of(name) for name in _PACKAGES}
    info = {"commit": commit, "changed": changed, "versions": versions}
    text = f"{json.dumps(info, indent=1, sort_keys=True)}\n"
    outputs.add(BUILD_INFO_FILE, text.encode, text)


def generator_name() -> str:
    """Return what `<meta name="generator">` names: Pelican and this plugin, with versions."""
    versions = {"Pelican": version_of("pelican"), PACKAGE: version_of(PACKAGE)}
    return ", ".join(f"{name} {version}" if version else name for name, version in versions.items())


def _read_commit(content: Path) -> tuple[str | None, bool]:
    """Return the commit of the repository around a folder, if any, and if files differ from it."""
    # Within a Git hook, GIT_DIR and the like name the repository of that hook.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        process = subprocess.run(
            [*_GIT, "-C", content, *_STATUS],
            env=environment | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_TIMEOUT,
        )
    except (OSError, subprocess.SubprocessError):
        return None, False
    # Headers of the status begin with "#"; all other lines are changed files.
    commit = re.search(rb"^# branch\.oid ([0-9a-f]{40,64})$", process.stdout, re.MULTILINE)
    changed = re.search(rb"^[^#]", process.stdout, re.MULTILINE)
    return (commit[1].decode(), bool(changed)) if commit else (None, False)
