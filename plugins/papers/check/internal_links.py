"""Links that lead nowhere inside the site: to a file, a page, a part of a page."""

import difflib
import posixpath
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote, urlsplit

from pelican.contents import Article, Content

from ..content import Header
from ..pages import is_draft
from ..util import is_path, parse_tags, shorten, slugify
from .paths import OutputPaths

_PELICANS = re.compile(r"[{|](filename|static|attach|category|tag|author|index)[}|](.*)", re.DOTALL)
# Parts of pages that the templates name.
_PARTS = frozenset(("", "top", "_main", "_references", "_papers", "_field"))
_PART = re.compile(r"(?:ref-.+|y\d{4}|fn:.+|fnref:.+)")


class InternalLinks:
    """What the links of texts can lead to."""

    def __init__(self, context: dict, addresses: OutputPaths, shown: Iterable[Content]):
        self.context = context
        self.addresses = addresses
        self.site = urlsplit(context["SITEURL"])
        # By the paths of their files; None stands for one that Pelican cannot read.
        self.sources = context["static_content"] | context["generated_content"]
        self.parts: dict[int, frozenset[str]] = {}
        self.pages = {content.url: content for content in shown}

    def check(self, content: Content) -> None:
        """Note each link of a text that leads nowhere."""
        told = tuple(problem.message for problem in content.header.problems)
        for target in _targets(content.header):
            if any(message.startswith(f'"{target}" ') for message in told):
                continue
            if match := _PELICANS.match(target):
                self._check_named(content, target, match[1], match[2])
            elif is_path(target) or target.startswith("#"):
                self._check_path(content, target)
            elif not self.context["RELATIVE_URLS"] and target.startswith(f"{self.site.geturl()}/"):
                self._check_own(content.header, target, target[len(self.site.geturl()) + 1 :])

    def check_menu(self, header: Header) -> None:
        """Note entries of MENUITEMS that lead nowhere."""
        for _, url in self.context.get("MENUITEMS") or ():
            if is_path(url):
                self._check_own(header, url, url.lstrip("/"), "MENUITEMS")

    def _check_named(self, content: Content, target: str, what: str, rest: str) -> None:
        header, line = content.header, content.header.line_of(target)
        if what in ("category", "tag", "author"):
            hint = f"write the whole address of topics/{slugify(rest)}/" if what == "tag" else ""
            told = f'"{target}" leads to a page that is not made ({hint or "take it away"})'
            header.report(None, told, line)
        if what != "filename":
            return
        path, _, part = rest.partition("#")
        folder = posixpath.dirname(content.get_relative_source_path())
        forms = [path.strip(), unquote(path).strip()]
        found = [_join(folder, form.partition("?")[0]) for form in forms]
        known = next((path for path in found if path in self.sources), None)
        if known is not None:
            there = self.sources[known]
            # That a draft is not published has been told.
            if there and not is_draft(there):
                self._check_part(header, there, target, part)
        else:
            near = difflib.get_close_matches(found[0], self.sources, n=1)
            hint = f"did you mean {{filename}}/{near[0]}?" if near else "put the file there"
            header.report(None, f'"{target}" is no file of content/ ({hint})', line)

    def _check_path(self, content: Content, target: str) -> None:
        header = content.header
        path, _, part = target.partition("#")
        plain = unquote(path.partition("?")[0])
        if not plain:
            return self._check_part(header, content, target, part)
        if plain.startswith("/"):
            if self.site.path.strip("/"):
                hint = "write {filename} and the file, or the whole address"
                told = f'"{target}" leads out of {self.site.path}/ ({hint})'
                return header.report(None, told, header.line_of(target))
            return self._check_own(header, target, target[1:])
        found = _join(posixpath.dirname(f"{content.url}x"), plain) + "/" * plain.endswith("/")
        if self._is_there(found) and isinstance(content, Article):
            hint = "write {filename} and the file"
            told = f'"{target}" leads astray from the lists that show this text ({hint})'
            return header.report(None, told, header.line_of(target))
        return self._check_own(header, target, f"{found}#{part}")

    def _check_own(self, header: Header, target: str, place: str, key: str | None = None) -> None:
        path, _, part = place.partition("#")
        path = unquote(path.partition("?")[0])
        line = header.line_of(target)
        if not self._is_there(path):
            near = difflib.get_close_matches(_file(path), self.addresses.paths, n=1)
            close = near[0].removesuffix("index.html") or "/" if near else ""
            hint = f"did you mean {close}?" if close else "mend it"
            header.report(key, f'"{shorten(target)}" leads to no page of the site ({hint})', line)
        elif page := self.pages.get(path if path.endswith("/") or not path else f"{path}/"):
            self._check_part(header, page, target, part)

    def _check_part(self, header: Header, there: Content, target: str, part: str) -> None:
        part = unquote(part)
        if part in _PARTS or _PART.fullmatch(part) or not hasattr(there, "header"):
            return
        if id(there) not in self.parts:
            self.parts[id(there)] = frozenset(_parts(there.header))
        if part not in self.parts[id(there)]:
            near = difflib.get_close_matches(part, self.parts[id(there)], n=1)
            hint = f"did you mean #{near[0]}?" if near else "a heading gives one"
            told = f'"{shorten(target)}" leads to no part of {there.header.location} ({hint})'
            header.report(None, told, header.line_of(target))

    def _is_there(self, path: str) -> bool:
        paths = self.addresses.paths
        return (
            _file(path) in paths
            or f"{path}/index.html" in paths
            or path.startswith(self.addresses.folders)
        )


def find_external_links(context: dict) -> dict[str, list[tuple[str, int | None, str | None]]]:
    """Return the addresses of other hosts that the site links to, with file, line and key."""
    found: dict[str, list] = {}
    for content in filter(None, context["generated_content"].values()):
        header = content.header
        named = {target: None for target in _targets(header)}
        for link in content.paper.links if getattr(content, "paper", None) else ():
            named.setdefault(link.address, "links")
        for target, key in named.items():
            if re.match(r"https?://", target, re.IGNORECASE):
                found.setdefault(target, []).append((header.file, _line(header, target), key))
    for name in ("SOCIAL", "MENUITEMS"):
        for _, target in context.get(name) or ():
            if not is_path(target) and target.startswith("http"):
                found.setdefault(target, []).append(("pelicanconf.py", None, name))
    return found


def _line(header: Header, target: str) -> int | None:
    """Return where an address stands, or the id or encoded address that it was made of."""
    last = target.rstrip("/").rpartition("/")[2]
    return header.line_of(target) or header.line_of(last) or header.line


def _targets(header: Header) -> list[str]:
    found = dict.fromkeys(
        value.strip()
        for tag in parse_tags(header.html)
        for name in ("href", "src", "poster", "data")
        if (value := tag.attributes.get(name))
    )
    return list(found)


def _parts(header: Header) -> Iterable[str]:
    for tag in parse_tags(header.html):
        yield from (tag.attributes[name] for name in ("id", "name") if name in tag.attributes)


def _join(folder: str, path: str) -> str:
    plain = path[1:] if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(unescape(plain)) if plain else ""


def _file(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path
