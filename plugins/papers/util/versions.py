"""Versions of installed packages, and of this one."""

import json
import tomllib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

PACKAGE = "pelican-papers"


def version_of(package: str) -> str | None:
    """Return a package's version; from a repository, this one's is in pyproject.toml."""
    try:
        return version(package)
    except PackageNotFoundError:
        repository = find_repository() if package == PACKAGE else None
        return repository and _own_version(repository / "pyproject.toml")


def find_repository() -> Path | None:
    """Return the folder of the repository that this code lies in, None where it is installed."""
    folder = Path(__file__).resolve().parents[3]
    return folder if _own_version(folder / "pyproject.toml") else None


def read_install_origin() -> dict:
    """Return where this package was installed from, {} for a package index (PEP 610)."""
    try:
        origin = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return origin if isinstance(origin, dict) else {}


@cache
def find_documentation() -> str:
    """Return the address of the documentation, which pyproject.toml and the package's data have."""
    repository, label = find_repository(), "Documentation"
    if repository:
        return _read_project(repository / "pyproject.toml")["urls"][label]
    with suppress(PackageNotFoundError):
        for line in distribution(PACKAGE).metadata.get_all("Project-URL") or ():
            name, _, address = line.partition(", ")
            if name == label:
                return address
    return "https://pypi.org/project/pelican-papers"


def _own_version(path: Path) -> str | None:
    return _read_project(path).get("version")


@cache
def _read_project(path: Path) -> dict:
    """Return the table `project` of this package's pyproject.toml, {} for another one's."""
    try:
        project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        return {}
    # The folder may have been copied into another project.
    return project if project.get("name") == PACKAGE else {}
