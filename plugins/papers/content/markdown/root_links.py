"""Links that begin with `/`: to a file of content/ if there is one, else from the site's root."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ...util import TEXT_SUFFIXES, Element, is_path, is_public, replace_attributes
from ..header import Header

# Pelican resolves {static} and {filename} in these; a file that only another one names is
# published if it lies in a folder of STATIC_PATHS.
_LINKS = frozenset("href src poster data xlink:href".split())
_OTHER_LINKS = frozenset("action formaction cite background longdesc".split())
_SOURCE_LISTS = frozenset(("srcset", "imagesrcset"))
_STYLES = frozenset(
    "style fill stroke filter mask clip-path cursor marker-start marker-mid marker-end".split()
)
_UNREAD_ATTRIBUTES = _SOURCE_LISTS | _STYLES | _OTHER_LINKS
_SOURCE = re.compile(r"[^\s,]\S*(?<!,)")
_CSS_ADDRESS = re.compile(
    r"""(?<=url\()(?P<before>\s*+["']?+)(?P<address>[^"'()\s]+)|(?<=@import)(?P<start>\s*+["'])(?P<file>[^"']+)""",
    re.IGNORECASE,
)
_STYLE_TAG = re.compile(r"(</?style\b[^<>]*+>)", re.IGNORECASE)
_UNREAD = re.compile(r"""[{|](?:static|attach|filename)[}|][^\s"'(),]*""")
_ANY_MARKER = re.compile(r"[{|](static|attach|filename)[}|]([^?#]+)")
_MARKER = re.compile(r"[{|]static[}|](?=/)")
# Most texts have no such address. A pattern that begins with a literal character is found fastest.
_MAY_HAVE = re.compile(r"""/(?<=[=("'\s,]/)(?![/>])|@import|static(?=[}|])""")


def name_files(header: Header, html: str, settings: Mapping) -> str:
    """Return HTML in which each address `/path` of a file below content/ is {static}/path.

    That of a text is {filename}/path. In lists of sources and in styles, which Pelican does not
    read, it is the address of the file below the site's root, as are all but one {static} in a
    tag, of which Pelican reads one.
    """
    content = Path(settings["PATH"])

    def name_file(address: str, is_link: bool) -> str:
        header.depends_on_files = True
        if is_link and _MARKER.match(address):
            return address
        path, end = re.fullmatch(r"([^?#]*)(.*)", _MARKER.sub("", address), re.DOTALL).groups()
        if not _is_root_address(path) or not is_public(content / unquote(path[1:]), content):
            return address
        if not is_link:
            return path.removeprefix("/extra") + end
        marker = "filename" if path.lower().endswith(_TEXTS) else "static"
        return f"{{{marker}}}{path}{end}"

    def replace(attributes: dict[str, str]) -> dict[str, str]:
        new = attributes | _replace_addresses(attributes, name_file)
        links = [name for name in new if name in _LINKS and _ANY_MARKER.match(new[name].strip())]
        for name in links[:-1]:
            new[name] = _root_address(new[name].strip(), header, settings)
        return new

    if not _MAY_HAVE.search(html):
        return html
    html = replace_attributes(html, replace)
    return _replace_styles(html, name_file)


def _root_address(target: str, header: Header, settings: Mapping) -> str:
    """Return the address below the site's root of a file that a text names with {static}."""
    kind, name = _ANY_MARKER.match(target).groups()
    folder = posixpath.dirname(header.file.partition("/")[2])
    path = posixpath.normpath(name[1:] if name[0] == "/" else posixpath.join(folder, name))
    if kind == "static" and path.partition("/")[0] in settings["STATIC_PATHS"]:
        return f"/{path.removeprefix('extra/')}"
    hint = "put the file into images/, or name it in a tag of its own"
    message = f'"{target}" is not read, as its tag names another file, too ({hint})'
    header.report(None, message, header.line_of(target))
    return target


_TEXTS = tuple(suffix for suffix in TEXT_SUFFIXES if suffix != ".bib")


def add_site_url(html: str, settings: Mapping) -> str:
    """Return HTML in which each address `/path` begins with the address of the site.

    With relative addresses, it begins with the site's folder on the host. A preview has none.
    """
    site = settings["SITEURL"]
    site = urlsplit(site).path if settings.get("RELATIVE_URLS") else site
    if not site or not _MAY_HAVE.search(html):
        return html

    def add(address: str, is_link: bool) -> str:
        return f"{site}{address}" if _is_root_address(address) else address

    html = replace_attributes(html, lambda attributes: _replace_addresses(attributes, add))
    return _replace_styles(html, add)


def _is_root_address(address: str) -> bool:
    """Tell whether an address begins at the root of its host."""
    return address.startswith("/") and is_path(address)


def find_addresses(element: Element) -> Iterator[str]:
    """Yield what an element links to, requests or names, in its attributes and its style.

    Of styles, and of attributes of which pages are rarely wrong, only what begins at the root.
    """
    for name, value in element.attributes.items():
        if name in _LINKS:
            yield value.strip()
        elif name in _OTHER_LINKS:
            yield from filter(_is_root_address, value.split())
        elif name in _SOURCE_LISTS:
            yield from (source for source in _find_sources(value) if source[0] not in "{|")
        elif name in _STYLES:
            yield from _find_css_addresses(value)
    if element.css:
        yield from _find_css_addresses(element.css)


def _find_css_addresses(css: str) -> Iterator[str]:
    """Yield the addresses in CSS that begin at the root of the host."""
    for match in _CSS_ADDRESS.finditer(css):
        if _is_root_address(address := match["address"] or match["file"]):
            yield address


def find_unread_markers(element: Element) -> Iterator[str]:
    """Yield addresses with {static} where Pelican leaves them as they are."""
    attributes = element.attributes.items()
    values = [value for name, value in attributes if name in _UNREAD_ATTRIBUTES]
    for value in (*values, element.css):
        yield from _UNREAD.findall(value) if value else ()


def _find_sources(value: str) -> Iterator[str]:
    """Yield the addresses of a `srcset`: what is after one, up to a comma, is its size."""
    position = 0
    while match := _SOURCE.search(value, position):
        yield match[0]
        comma = value.find(",", match.end())
        position = comma if comma >= 0 else len(value)


def _replace_addresses(
    attributes: dict[str, str], replace: Callable[[str, bool], str]
) -> dict[str, str]:
    """Return new values of attributes; `replace` also gets whether Pelican reads the attribute."""
    new = {}
    for name, value in attributes.items():
        if name in _LINKS or name in _OTHER_LINKS:
            new[name] = replace(value.strip(), name in _LINKS)
        elif name in _STYLES:
            new[name] = _replace_in_css(value, replace)
        elif name in _SOURCE_LISTS:
            for source in dict.fromkeys(_find_sources(value)):
                value = re.sub(
                    rf"(?<![^\s,]){re.escape(source)}(?![^\s,])",
                    lambda _, source=source: replace(source, False),
                    value,
                )
            new[name] = value
    return new


def _replace_in_css(css: str, replace: Callable[[str, bool], str]) -> str:
    return _CSS_ADDRESS.sub(
        lambda match: (
            (match["before"] or match["start"] or "")
            + replace(match["address"] or match["file"], False)
        ),
        css,
    )


def _replace_styles(html: str, replace: Callable[[str, bool], str]) -> str:
    """Replace addresses in <style> elements."""
    parts, is_style = _STYLE_TAG.split(html), False
    for n, part in enumerate(parts):
        if n % 2:
            is_style = part[1] != "/"
        elif is_style:
            parts[n] = _replace_in_css(part, replace)
    return "".join(parts)
