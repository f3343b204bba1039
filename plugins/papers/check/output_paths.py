"""The paths that the site is written to: each for one file, and none outside the output folder."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from pelican.contents import Content, Static

from ..build import output_path
from ..content import Header, parse_aliases
from ..site import (
    BUILD_INFO_FILE,
    SEARCH_FOLDER,
    list_downloads,
    list_feeds,
    list_llms_files,
    list_sitemap_files,
    markdown_path,
)
from ..util import LazyPattern

_RESERVED = LazyPattern(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:[.:].*)?"
    r'|.*[<>:"|?*\x00-\x1f].*|.*[. ]',
    re.IGNORECASE | re.DOTALL,
)


class OutputPaths:
    """The paths of all files of the site, below its root.

    `paths` are those of single files; `folders` are prefixes of files that are not listed here.
    """

    def __init__(self, context: dict):
        self.paths = set(_site_paths(context))
        self.folders = (f"{context['THEME_STATIC_DIR']}/", f"{SEARCH_FOLDER}/")
        self._theme_folder = _fold(self.folders[0])
        self._has_markdown = not context["RELATIVE_URLS"]
        # What has each folded path; the path of a folder ends with a slash.
        self._owners = {
            path: f"the site's own {path}" for path in [*_site_paths(context), SEARCH_FOLDER]
        }

    def add_content(self, content: Content, header: Header) -> None:
        """Add a content; report a path that another file has, or that points outside the site."""
        # A content without a slug, which is reported, has no path.
        if (path := output_path(content)) and "//" not in path:
            static = isinstance(content, Static)
            # What lies in extra/ is for the site's root, under names that its owner chose.
            extra = static and content.get_relative_source_path().startswith("extra/")
            if extra and (name := next(filter(_is_reserved, path.split("/")), None)):
                hint = "rename it, and do not end the name with a dot or a space"
                header.report(None, f'"{name}" is not a valid file name on Windows ({hint})')
                return
            self._add(path, header, "rename it" if static else "rename it, or give it a `Slug:`")

    def add_companions(self, content: Content, header: Header) -> None:
        """Add what is written beside a content: its aliases and downloads."""
        for alias in parse_aliases(header):
            self._add(alias, header, "delete this alias")
        # Two papers with one path, which is reported, have the same downloads.
        is_first = self._owners.get(_fold(output_path(content))) == header.location
        if is_first and getattr(content, "paper", None):
            paths = [link.address for link in content.downloads]
            for path in [*paths, markdown_path(content)] if self._has_markdown else paths:
                self._add(path, header, "rename one of them")

    def _add(self, path: str, header: Header, remedy: str) -> None:
        normalized = posixpath.normpath(path)
        if normalized.startswith(("/", "..")) or "\\" in normalized or "\0" in normalized:
            header.report(None, f'"{path}" points outside the site ({remedy})')
            return
        self.paths.add(normalized)
        folded = _fold(normalized)
        if folded.startswith(self._theme_folder):
            header.report(None, "has the same address as a file of the theme (rename it)")
            return
        # A file can stand where another has a folder, and the other way round.
        parents = list(accumulate(folded.split("/")[:-1], "{}/{}".format))
        owners = map(self._owners.get, [folded, f"{folded}/", *parents])
        owner = next(filter(None, owners), None)
        if owner not in (None, header.location):
            header.report(None, f"has the same address as {owner} ({remedy})")
            return
        self._owners[folded] = header.location
        for folder in parents:
            self._owners.setdefault(f"{folder}/", header.location)


def _is_reserved(name: str) -> bool:
    """Tell whether Windows has no file of this name ("Naming Files, Paths, and Namespaces")."""
    return bool(_RESERVED.fullmatch(name))


def _fold(path: str) -> str:
    """Return a path without the differences that some file systems ignore.

    These are case, Unicode normalization, and invisible characters.
    """
    if path.isascii():
        return path.lower()
    visible = "".join(char for char in path if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", visible).casefold())


def _site_paths(context: dict) -> Iterator[str]:
    """Yield the paths of files that are made for the site as a whole."""
    for name in context["DIRECT_TEMPLATES"]:
        yield context.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
    yield from (feed.address for feed in list_feeds(context))
    yield from list_llms_files(context)
    yield from list_sitemap_files(context)
    yield from (link.address for link in list_downloads())
    yield from (
        f"{listing.address}index.html" for listing in context["listings"] if listing.is_written
    )
    if not context["RELATIVE_URLS"]:
        yield BUILD_INFO_FILE
