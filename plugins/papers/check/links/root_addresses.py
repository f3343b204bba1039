"""Addresses in a site's own templates and files that begin at the root of the host."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from ...build import output_path
from ...model import Problem
from ...util import is_local_host, is_public, shorten

_FILES = (".css", ".html", ".htm", ".xhtml")
_ADDRESS = re.compile(
    r"""(?:(?<![\w-])(?:href|src|poster|action|data|srcset)\s*=\s*["']?"""
    r"""|\burl\(\s*["']?|@import\s*["'])(?P<address>/(?![/>])[^"'\s)>]*)""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)


def check_root_addresses(context: dict) -> list[Problem]:
    """Return a problem for each `/path` outside of texts, which a site in a folder does not have.

    It is a notice where the site's address is not known; where the site is at the root of its
    host, nothing is wrong.
    """
    site = urlsplit(context["SITEURL"])
    is_known = not is_local_host(site.hostname or "localhost")
    if not context["SITEURL"] or (is_known and not site.path.strip("/")):
        return []
    return [
        Problem(file, message, None, line, notice=not is_known)
        for file, line, message in (*_check_templates(context), *_check_files(context))
    ]


def _check_templates(context: dict) -> Iterator[tuple[str, int, str]]:
    root = Path(context["PATH"]).parent
    for folder in map(Path, context["THEME_TEMPLATES_OVERRIDES"]):
        for path in sorted(folder.rglob("*.html")):
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                file = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
                for line, address in _find_addresses(path.read_text("utf-8", "replace")):
                    yield file, line, _describe(address, f"{{{{ SITEURL }}}}{address}")


def _check_files(context: dict) -> Iterator[tuple[str, int, str]]:
    folder = Path(context["PATH"])
    for path, static in sorted(context["static_content"].items()):
        source = Path(static.source_path)
        if path.lower().endswith(_FILES) and is_public(source, folder):
            here = posixpath.dirname(f"/{output_path(static)}")
            for line, address in _find_addresses(source.read_text("utf-8", "replace")):
                relative = posixpath.relpath(address, here) + "/" * address.endswith("/")
                yield f"{folder.name}/{path}", line, _describe(address, relative)


def _find_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the address of each that begins at the root."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _ADDRESS.finditer(text):
        yield text.count("\n", 0, match.start("address")) + 1, match["address"]


def _describe(address: str, correct: str) -> str:
    return (
        f'"{shorten(address)}" starts at the root of the host and breaks at an '
        f"address such as https://you.github.io/name (write {correct})"
    )
