"""Other hosts that pages may load something from: the setting ALLOWED_HOSTS."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from ..util import Element, LazyPattern, find_misspelt, shorten

# The uses of a host, which are the keys of the setting. The theme's `_policy.html` has the
# directive of the Content-Security-Policy for each.
HOST_USES = ("scripts", "styles", "fonts", "images", "media", "frames", "connections", "forms")
_EXAMPLE = "https://gc.zgo.at"
# The use that an element makes of its `src`, or of any other attribute that requests something.
_ELEMENT_USES = {
    "audio": "media", "frame": "frames", "iframe": "frames", "image": "images", "img": "images",
    "input": "images", "script": "scripts", "source": "media", "track": "media", "video": "media",
}  # fmt: skip
_ATTRIBUTE_USES = {
    "action": "forms", "attributionsrc": "connections", "background": "images",
    "formaction": "forms", "imagesrcset": "images", "ping": "connections", "poster": "images",
    "srcset": "images",
}  # fmt: skip
# The use of a <link>, by its `rel`, or by `as` where it preloads something.
_LINK_USES = {
    "apple-touch-icon": "images", "font": "fonts", "icon": "images", "image": "images",
    "modulepreload": "scripts", "script": "scripts", "style": "styles", "stylesheet": "styles",
}  # fmt: skip
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = LazyPattern(rf"https://(?P<any>\*\.)?(?P<host>{_LABEL}(?:\.{_LABEL})+)(?::\d{{1,5}})?")
# What would allow whole countries, as *.co.uk; and what would allow everything.
_PUBLIC_SUFFIX = LazyPattern(r"(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}")
_EVERY_HOST = LazyPattern(r"(?:(?:https?|wss?):)?(?:/*|//\*(?:\.[a-z]*)?)|\*(?:\.[a-z]*)?", re.I)


def check_allowed_hosts(table: Mapping) -> Iterator[str]:
    """Yield what is wrong with a value of ALLOWED_HOSTS."""
    for use, hosts in table.items():
        if use not in HOST_USES:
            close = isinstance(use, str) and find_misspelt(use, HOST_USES)
            hint = f"did you mean `{close}`?" if close else f"write one of {', '.join(HOST_USES)}"
            yield f'"{shorten(str(use))}" is not something that pages load ({hint})'
        elif not isinstance(hosts, list | tuple):
            yield f'"{use}" is not followed by a list (write "{use}": ["{_EXAMPLE}"])'
        else:
            for host in hosts:
                if message := _check_host(host):
                    yield message


def _check_host(value: object) -> str | None:
    """Return what is wrong with a host, None if nothing is."""
    if not isinstance(value, str) or not value.strip():
        return f"{shorten(str(value)) or 'an empty text'} is not a host (write {_EXAMPLE})"
    name = shorten(value)
    match = _ORIGIN.fullmatch(value)
    is_suffix = match and match["any"] and _PUBLIC_SUFFIX.fullmatch(match["host"])
    if is_suffix or _EVERY_HOST.fullmatch(value):
        return f'"{name}" would allow every host (list each one, such as {_EXAMPLE})'
    if match:
        return None
    if "unsafe-" in value or re.match(r"(?:data|blob|javascript|filesystem):", value, re.I):
        hint = "put the script or file into content/extra/"
        return f'"{name}" would allow anything that gets into a page ({hint})'
    return f'"{name}" is not the address of a host (write {_suggest_host(value)})'


def _suggest_host(value: str) -> str:
    """Return the address of the host in a text, or an example."""
    try:
        address = value if "//" in value else f"//{value}"
        host = f"https://{urlsplit(address.strip(), 'https').netloc.lower()}"
    except ValueError:
        return _EXAMPLE
    return host if _ORIGIN.fullmatch(host) else _EXAMPLE


def find_host_use(element: Element, attribute: str) -> str | None:
    """Return what an attribute of an element requests, a key of ALLOWED_HOSTS.

    None where it requests nothing, or nothing that the setting can allow.
    """
    if attribute in _ATTRIBUTE_USES:
        return _ATTRIBUTE_USES[attribute]
    if attribute == "src" or (attribute.endswith("href") and element.name in ("image", "script")):
        return _ELEMENT_USES.get(element.name)
    if attribute == "href" and element.name == "link":
        words = f"{element.attributes.get('rel', '')} {element.attributes.get('as', '')}"
        return next(filter(None, map(_LINK_USES.get, words.lower().split())), None)
    return None


def is_allowed_host(allowed_hosts: object, use: str, address: str) -> bool:
    """Tell whether pages may use an address of another host, `https://…` or `//…`.

    `allowed_hosts` is the setting, `use` one of its keys. An invalid setting allows nothing.
    """
    origin = find_origin(address)
    hosts = allowed_hosts.get(use) if isinstance(allowed_hosts, Mapping) else None
    return origin is not None and any(
        _includes(host, origin) for host in (hosts if isinstance(hosts, list | tuple) else ())
    )


def find_origin(address: str) -> str | None:
    """Return `https://host` or `https://host:port` of an address; None if it is not of https."""
    try:
        parts = urlsplit(re.sub(r"[\t\n\r]", "", address).strip().replace("\\", "/"), "https")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not host:
        return None
    return f"https://{host}" + (f":{port}" if port not in (None, 443) else "")


def _includes(host: object, origin: str) -> bool:
    """Tell whether a host of the setting, which may begin with `*.`, is that of an origin."""
    match = _ORIGIN.fullmatch(host) if isinstance(host, str) else None
    if match is None or _check_host(host):
        return False
    host = host.removesuffix(":443")
    if match["any"]:
        return origin.endswith(host.removeprefix("https://*"))
    return origin == host
