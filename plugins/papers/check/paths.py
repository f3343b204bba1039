"""Where the site is written to: no two files at one address, none outside the output folder."""

import posixpath
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from pelican.contents import Content, Static

from ..content import Header, parse_aliases
from ..pages import output_path
from ..site import (
    BUILD_INFO_FILE,
    SEARCH_FOLDER,
    list_downloads,
    list_feeds,
    list_llms_files,
    list_sitemap_files,
    markdown_path,
)


class OutputPaths:
    """The paths of all that is written below the site's root.

    `paths` holds them as they are, `folders` the beginnings of others that we do not know one
    by one.
    """

    def __init__(self, context: dict):
        self.paths = set(_own(context))
        self.folders = (f"{context['THEME_STATIC_DIR']}/", f"{SEARCH_FOLDER}/")
        self._theme = _fold(self.folders[0])
        self._texts = not context["RELATIVE_URLS"]
        # What takes a path, as file systems tell paths apart; a folder's ends with a slash.
        self._taken = {path: f"the site's own {path}" for path in [*_own(context), SEARCH_FOLDER]}

    def take(self, content: Content, header: Header) -> None:
        """Note a content whose path is another's, or leads out of the site."""
        # Without a slug, which is told, it has no address of its own.
        if (path := output_path(content)) and "//" not in path:
            static = isinstance(content, Static)
            self._take(path, header, "rename it" if static else "rename it, or give it a `Slug:`")

    def take_more(self, content: Content, header: Header) -> None:
        """Do the same for what is written beside a content: aliases and downloads."""
        for alias in parse_aliases(header):
            self._take(alias, header, "take this alias away")
        # Of two papers at one address the files are at one, too.
        first = self._taken.get(_fold(output_path(content))) == header.location
        if first and getattr(content, "paper", None):
            more = [link.address for link in content.downloads]
            for path in [*more, markdown_path(content)] if self._texts else more:
                self._take(path, header, "rename one of them")

    def _take(self, path: str, header: Header, remedy: str) -> None:
        plain = posixpath.normpath(path)
        if plain.startswith(("/", "..")) or "\\" in plain or "\0" in plain:
            header.report(None, f'"{path}" leads out of the site ({remedy})')
            return
        self.paths.add(plain)
        folded = _fold(plain)
        if folded.startswith(self._theme):
            header.report(None, "has an address of the theme's (name it otherwise)")
            return
        above = list(accumulate(folded.split("/")[:-1], "{}/{}".format))
        first = next(filter(None, map(self._taken.get, [folded, f"{folded}/", *above])), None)
        if first not in (None, header.location):
            header.report(None, f"has the address of {first} ({remedy})")
            return
        self._taken[folded] = header.location
        for folder in above:
            self._taken.setdefault(f"{folder}/", header.location)


def _fold(path: str) -> str:
    """Return what file systems take a path for: case, form and unseen signs make no difference."""
    seen = "".join(sign for sign in path if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", seen).casefold())


def _own(context: dict) -> Iterator[str]:
    """Yield the paths of pages that no file of content/ stands for."""
    for name in context["DIRECT_TEMPLATES"]:
        yield context.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
    yield from (feed.address for feed in list_feeds(context))
    yield from list_llms_files(context)
    yield from list_sitemap_files(context)
    yield from (link.address for link in list_downloads())
    yield from (f"{listing.address}index.html" for listing in context["listings"])
    if not context["RELATIVE_URLS"]:
        yield BUILD_INFO_FILE
