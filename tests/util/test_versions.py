"""The address of the documentation, which messages name."""

import tomllib
from email.message import Message
from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace

import pytest
from conftest import ROOT
from papers.util import versions

ADDRESS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"][
    "Documentation"
]


@pytest.fixture
def find_documentation(monkeypatch):
    """Return a function that finds the address where the package has these data, or is missing."""

    def find(*urls: str, installed: bool = True, in_repository: bool = False) -> str:
        metadata = Message()
        for url in urls:
            metadata["Project-URL"] = url

        def distribution(name: str) -> SimpleNamespace:
            if not installed:
                raise PackageNotFoundError
            return SimpleNamespace(metadata=metadata)

        monkeypatch.setattr(versions, "distribution", distribution)
        monkeypatch.setattr(versions, "find_repository", lambda: ROOT if in_repository else None)
        return versions.find_documentation.__wrapped__()

    return find


def test_documentation(find_documentation):
    """A message points to docs/, which an installed wheel does not have."""
    assert find_documentation(in_repository=True) == ADDRESS
    urls = ("Changelog, https://a.example/changes", "Documentation, https://a.example/docs")
    assert find_documentation(*urls) == "https://a.example/docs"
    for installed in (True, False):
        address = find_documentation(installed=installed)
        assert address == "https://pypi.org/project/pelican-papers"
