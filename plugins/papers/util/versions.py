"""Versions of installed packages, and of this one."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = "pelican-papers"


def version_of(package: str) -> str | None:
    """Return a package's version; from a repository, this one's is in pyproject.toml."""
    try:
        return version(package)
    except PackageNotFoundError:
        path = Path(__file__).resolve().parents[3] / "pyproject.toml"
        return _own_version(path) if package == PACKAGE else None


@cache
def _own_version(path: Path) -> str | None:
    try:
        project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        return None
    # The folder may have been copied into another project.
    return project.get("version") if project.get("name") == PACKAGE else None
