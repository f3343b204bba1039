"""Links to files, pages and parts of pages that the site does not have."""

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from pelican.contents import Article, Content

from ..content import Header
from ..pages import is_draft
from ..util import is_path, parse_fragment, shorten, slugify
from .link_targets import find_link_targets
from .output_paths import OutputPaths

# Pelican's own links, as {filename}path.
_PELICAN_LINK = re.compile(
    r"[{|](filename|static|attach|category|tag|author|index)[}|](.*)", re.DOTALL
)
# The ids that the theme's templates give to parts of pages, and Markdown to footnotes.
_TEMPLATE_IDS = frozenset(("", "top", "_main", "_references", "_papers", "_field"))
_GENERATED_ID = re.compile(r"(?:ref-.+|y\d{4}|fn:.+|fnref:.+)")


class InternalLinks:
    """What the texts of a site can link to."""

    def __init__(self, context: dict, paths: OutputPaths, contents: Iterable[Content]):
        self.context = context
        self.paths = paths
        self.site = urlsplit(context["SITEURL"])
        # By path below content/; None stands for a file that Pelican cannot read.
        self.sources = context["static_content"] | context["generated_content"]
        self.pages = {content.url: content for content in contents}
        self._ids: dict[int, frozenset[str]] = {}

    def check(self, content: Content) -> None:
        """Report each broken link of a text, unless its target has been reported."""
        messages = tuple(problem.message for problem in content.header.problems)
        site_url = f"{self.site.geturl()}/"
        for target in find_link_targets(content.header):
            if any(message.startswith(f'"{target}" ') for message in messages):
                continue
            if match := _PELICAN_LINK.match(target):
                self._check_pelican_link(content, target, match[1], match[2])
            elif is_path(target) or target.startswith("#"):
                self._check_path(content, target)
            elif not self.context["RELATIVE_URLS"] and target.startswith(site_url):
                self._check_site_path(content.header, target, target.removeprefix(site_url))

    def check_menu(self, header: Header) -> None:
        """Report each broken link of MENUITEMS."""
        for _, url in self.context.get("MENUITEMS") or ():
            if is_path(url):
                self._check_site_path(header, url, url.lstrip("/"), "MENUITEMS")

    def _check_pelican_link(self, content: Content, target: str, kind: str, value: str) -> None:
        header, line = content.header, content.header.line_of(target)
        if kind in ("category", "tag", "author"):
            remedy = "take it away"
            if kind == "tag":
                remedy = f"write the whole address of topics/{slugify(value)}/"
            message = f'"{target}" leads to a page that is not made ({remedy})'
            header.report(None, message, line)
        if kind != "filename":
            return
        path, _, fragment = value.partition("#")
        folder = posixpath.dirname(content.get_relative_source_path())
        forms = [path.strip(), unquote(path).strip()]
        paths = [_join(folder, form.partition("?")[0]) for form in forms]
        existing = next((path for path in paths if path in self.sources), None)
        if existing is None:
            matches = difflib.get_close_matches(paths[0], self.sources, n=1)
            hint = f"did you mean {{filename}}/{matches[0]}?" if matches else "put the file there"
            header.report(None, f'"{target}" is not a file of content/ ({hint})', line)
            return
        source = self.sources[existing]
        # A link to a draft is reported elsewhere.
        if source and not is_draft(source):
            self._check_fragment(header, source, target, fragment)

    def _check_path(self, content: Content, target: str) -> None:
        header = content.header
        path, _, fragment = target.partition("#")
        plain = unquote(path.partition("?")[0])
        if not plain:
            return self._check_fragment(header, content, target, fragment)
        if plain.startswith("/"):
            if self.site.path.strip("/"):
                hint = "write {filename} and the file, or the whole address"
                message = f'"{target}" leads out of {self.site.path}/ ({hint})'
                return header.report(None, message, header.line_of(target))
            return self._check_site_path(header, target, target[1:])
        # normpath() removes the slash at the end.
        site_path = _join(posixpath.dirname(f"{content.url}x"), plain) + "/" * plain.endswith("/")
        if self._exists(site_path) and isinstance(content, Article):
            hint = "write {filename} and the file"
            message = f'"{target}" leads astray from the lists that show this text ({hint})'
            return header.report(None, message, header.line_of(target))
        return self._check_site_path(header, target, f"{site_path}#{fragment}")

    def _check_site_path(
        self, header: Header, target: str, site_path: str, key: str | None = None
    ) -> None:
        """Check an address below the site's root."""
        path, _, fragment = site_path.partition("#")
        path = unquote(path.partition("?")[0])
        line = header.line_of(target)
        if not self._exists(path):
            matches = difflib.get_close_matches(_index_file(path), self.paths.paths, n=1)
            match = matches[0].removesuffix("index.html") or "/" if matches else ""
            hint = f"did you mean {match}?" if match else "mend it"
            header.report(key, f'"{shorten(target)}" leads to no page of the site ({hint})', line)
        elif page := self.pages.get(path if path.endswith("/") or not path else f"{path}/"):
            self._check_fragment(header, page, target, fragment)

    def _check_fragment(self, header: Header, page: Content, target: str, fragment: str) -> None:
        fragment = unquote(fragment)
        if fragment in _TEMPLATE_IDS or _GENERATED_ID.fullmatch(fragment):
            return
        if not hasattr(page, "header"):
            return
        if id(page) not in self._ids:
            self._ids[id(page)] = frozenset(_find_ids(page.header))
        ids = self._ids[id(page)]
        if fragment not in ids:
            matches = difflib.get_close_matches(fragment, ids, n=1)
            hint = f"did you mean #{matches[0]}?" if matches else "a heading gives one"
            message = f'"{shorten(target)}" leads to no part of {page.header.location} ({hint})'
            header.report(None, message, header.line_of(target))

    def _exists(self, path: str) -> bool:
        paths = self.paths.paths
        return (
            _index_file(path) in paths
            or f"{path}/index.html" in paths
            or path.startswith(self.paths.folders)
        )


def _find_ids(header: Header) -> Iterator[str]:
    for element in parse_fragment(header.html).elements:
        attributes = element.attributes
        yield from (attributes[name] for name in ("id", "name") if name in attributes)


def _join(folder: str, path: str) -> str:
    joined = path[1:] if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(unescape(joined)) if joined else ""


def _index_file(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path
