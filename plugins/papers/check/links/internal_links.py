"""Links to files, pages and parts of pages that the site does not have."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pelican.contents import Article, Content

from ...content import Header, find_unread_markers
from ...model import Problem
from ...pages import is_draft
from ...util import (
    LazyPattern,
    find_misspelt,
    find_near_path,
    is_path,
    parse_fragment,
    shorten,
    slugify,
)
from ..output_paths import OutputPaths
from ..setting_places import line_in_setting, read_setting
from .link_targets import LINK_SETTINGS, find_link_targets

# Pelican's own links, as {filename}path.
_PELICAN_LINK = LazyPattern(
    r"[{|](filename|static|attach|category|tag|author|index)[}|](.*)", re.DOTALL
)
# The ids that the theme's templates give to parts of pages, and Markdown to footnotes.
_TEMPLATE_IDS = frozenset(("", "top", "_main", "_references", "_papers", "_series", "_field"))
_NO_PAGE = "name a page of the site, or put the file into content/extra/"
_NO_FILE = "put the file into content/extra/, or correct its name"
# What people write into SOCIAL: addresses without scheme, or with another number of slashes.
_FEDIVERSE = LazyPattern(r"@(?P<user>[\w.-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)/?")
_MAIL = LazyPattern(r"[^\s@/]+@[\w-]+(?:\.[\w-]+)+")
_WRONG_SLASHES = LazyPattern(r"(?P<scheme>https?)(?::|:/|//|:///+)(?P<rest>\w.*)", re.IGNORECASE)
_HOST = LazyPattern(r"(?:[\w-]+\.)+(?P<top_level>[^\W\d_]{2,})(?::\d+)?(?P<rest>[/?#].*)?")
_FILE_SUFFIXES = frozenset(
    "pdf html htm txt md bib png jpg jpeg gif webp avif svg ico json xml css js zip gz tar tex ps "
    "vcf asc pgp docx doc odt pptx ppt key xlsx csv mp4 webm mp3".split()
)
_GENERATED_ID = LazyPattern(r"(?:ref-.+|y\d{4}|fn:.+|fnref:.+)")


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
                self._check_site_path(content, target, target.removeprefix(site_url))

        for element in parse_fragment(content.header.html).elements:
            for target in find_unread_markers(element):
                hint = "write the file's address on the site, such as /images/plot.png"
                message = (
                    f'"{target}" does not work in srcset, style and similar attributes ({hint})'
                )
                content.header.report(None, message, content.header.line_of(target))

    def check_settings(self) -> list[Problem]:
        """Return a problem for each broken link of SOCIAL and MENUITEMS."""
        problems = []
        for name in LINK_SETTINGS:
            header = read_setting(Path(self.context["PATH"]).parent, name)
            for label, url in self.context.get(name) or ():
                message = self._describe_broken_link(url)
                if name == "SOCIAL" and not url.strip():
                    message = "has no address (write one, or delete the pair)"
                if message:
                    message = f'"{shorten(label)}" ("{shorten(url)}") {message}'
                    header.report(name, message, line_in_setting(header, url))
            problems += header.problems
        return problems

    def _describe_broken_link(self, url: str) -> str | None:
        """Return what is wrong with a link of the settings, and what to write; else None."""
        address, own_address = url.strip(), f"{self.site.geturl()}/"
        if not self.context["RELATIVE_URLS"] and address.startswith(own_address):
            return self._describe_missing(address.removeprefix(own_address))
        if match := _WRONG_SLASHES.match(address):
            return f'is not a web address (write "{match["scheme"]}://{match["rest"]}")'
        if not is_path(address):
            return None
        path = address.lstrip("/")
        # The menu has no link to an empty list.
        if any(listing.kind and path == listing.address for listing in self.context["listings"]):
            return None
        if (message := self._describe_missing(path)) is None:
            return None
        if match := _PELICAN_LINK.match(path):
            file = match[2].strip("/ ").removeprefix("extra/").removesuffix(".md")
            return f'works in texts only (write its address on the site, such as "{file}")'
        if match := _FEDIVERSE.fullmatch(path):
            return f'is not a web address (write "https://{match["host"]}/@{match["user"]}")'
        if _MAIL.fullmatch(path):
            return f'has no "mailto:" before it (write "mailto:{path}")'
        if _looks_like_host(path):
            return f'has no "https://" before it (write "https://{path}")'
        return message

    def _check_pelican_link(self, content: Content, target: str, kind: str, value: str) -> None:
        header, line = content.header, content.header.line_of(target)
        if kind in ("category", "tag", "author"):
            remedy = "delete it"
            if kind == "tag":
                remedy = f"write the full address of topics/{slugify(value)}/"
            message = f'"{target}" points to a page that this site does not have ({remedy})'
            header.report(None, message, line)
        if kind != "filename":
            return
        path, _, fragment = value.partition("#")
        source_path = content.get_relative_source_path()
        folder = posixpath.dirname(source_path)
        forms = [path.strip(), unquote(path).strip()]
        paths = [_join(folder, form.partition("?")[0]) for form in forms]
        existing = next((path for path in paths if path in self.sources), None)
        if existing is None:
            match = find_near_path(paths[0], self.sources.keys() - {source_path})
            hint = f"did you mean {{filename}}/{match}?" if match else "add the file"
            header.report(None, f'"{target}" is not a file in content/ ({hint})', line)
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
            folder = f"{self.site.path}/"
            inner = target.removeprefix(folder)
            if inner != target and folder != "/" and self._describe_missing(inner) is None:
                reason = f"is not a page of this site because links start at {folder}"
                message = f'"{target}" {reason} (write /{inner})'
                return header.report(None, message, header.line_of(target))
            return self._check_site_path(content, target, target[1:], _advise_on_file(plain))
        # normpath() removes the slash at the end.
        site_path = _join(posixpath.dirname(f"{content.url}x"), plain) + "/" * plain.endswith("/")
        if self._exists(site_path) and isinstance(content, Article):
            hint = "write {filename} and the file"
            message = f'"{target}" is broken in the lists that also show this text ({hint})'
            return header.report(None, message, header.line_of(target))
        advice = _advise_on_file(plain)
        return self._check_site_path(content, target, f"{site_path}#{fragment}", advice)

    def _check_site_path(
        self, content: Content, target: str, site_path: str, advice: str = ""
    ) -> None:
        """Check an address below the site's root."""
        header = content.header
        if message := self._describe_missing(site_path, content.url, advice):
            header.report(None, f'"{shorten(target)}" {message}', header.line_of(target))

    def _describe_missing(self, site_path: str, own: str = "", advice: str = "") -> str | None:
        """Return what an address below the site's root does not lead to, or None.

        `own` is the address of the page with the link, `advice` what to do about a missing file.
        """
        path, _, fragment = site_path.partition("#")
        path = unquote(path.partition("?")[0])
        if not self._exists(path):
            pages = {other.removesuffix("index.html") for other in self.paths.paths}
            match = find_near_path(path, pages - {own, ""})
            is_file = _is_file(path)
            message = "is not a file of this site" if is_file else "is not a page of this site"
            hint = (advice or _NO_FILE) if is_file else _NO_PAGE
            return f"{message} ({f'did you mean {match}?' if match else hint})"
        page = self.pages.get(path if path.endswith("/") or not path else f"{path}/")
        return page and self._describe_missing_part(page, fragment)

    def _check_fragment(self, header: Header, page: Content, target: str, fragment: str) -> None:
        if message := self._describe_missing_part(page, fragment):
            header.report(None, f'"{shorten(target)}" {message}', header.line_of(target))

    def _describe_missing_part(self, page: Content, fragment: str) -> str | None:
        """Return that a page has no part with this id, or None."""
        fragment = unquote(fragment)
        if fragment in _TEMPLATE_IDS or _GENERATED_ID.fullmatch(fragment):
            return None
        if not hasattr(page, "header"):
            return None
        if id(page) not in self._ids:
            self._ids[id(page)] = frozenset(_find_ids(page.header))
        ids = self._ids[id(page)]
        if fragment in ids:
            return None
        match = find_misspelt(fragment, ids)
        hint = f"did you mean #{match}?" if match else "each heading has one"
        return f"does not match an id in {page.header.location} ({hint})"

    def _exists(self, path: str) -> bool:
        paths = self.paths.paths
        return (
            _index_file(path) in paths
            or f"{path}/index.html" in paths
            or path.startswith(self.paths.folders)
        )


def _looks_like_host(path: str) -> bool:
    """Tell whether a path begins with the name of a host, and not of a file."""
    match = _HOST.fullmatch(path)
    return bool(match and (match["rest"] or match["top_level"].lower() not in _FILE_SUFFIXES))


def _is_file(path: str) -> bool:
    """Tell whether an address is that of a file, and not of a page."""
    suffix = posixpath.splitext(path)[1][1:].lower()
    return suffix in _FILE_SUFFIXES - {"html", "htm", "md"}


def _advise_on_file(path: str) -> str:
    """Return where to put a file that a text names, and how to write its name there."""
    folder = posixpath.dirname(path)
    if folder.startswith("/images"):
        return f"put the file into content{folder}/"
    if path.startswith("/"):
        return f"put the file into content/extra{folder.rstrip('/')}/, or correct its name"
    location = f"into {folder}/, as seen from the text," if folder else "next to the text"
    return f"put the file {location} and write {{static}}{path}"


def _find_ids(header: Header) -> Iterator[str]:
    for element in parse_fragment(header.html).elements:
        attributes = element.attributes
        yield from (attributes[name] for name in ("id", "name") if name in attributes)


def _join(folder: str, path: str) -> str:
    joined = path[1:] if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(unescape(joined)) if joined else ""


def _index_file(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path
