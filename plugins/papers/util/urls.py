"""URLs: paths, schemes and hosts."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from .strings import LazyPattern, shorten

_ABSOLUTE = LazyPattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def is_path(address: str) -> bool:
    """Tell whether an address is a path in the site, without scheme or host."""
    return _ABSOLUTE.match(address) is None


@lru_cache(4096)
def encode_path(path: str) -> str:
    """Return a path, with query and fragment, as it is in a URL (RFC 3986)."""
    return quote(path, safe="/#?&=%:+,;@!$'()*~")


_SCHEME = LazyPattern(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
SCHEMES = ("http", "https", "mailto", "tel")
# Hosts that redirect http: to https:.
_SECURE = LazyPattern(
    r"http://(?:www\.|dx\.)?(?:[\w-]+\.)?(?:arxiv\.org|doi\.org|github\.com|github\.io|gitlab\.com|"
    r"openreview\.net|aclanthology\.org|aclweb\.org|youtube\.com|youtu\.be|vimeo\.com|"
    r"wikipedia\.org|google\.com|nature\.com|science\.org|springer\.com|sciencedirect\.com|"
    r"ieee\.org|acm\.org|jmlr\.org|mlr\.press|neurips\.cc|nips\.cc|icml\.cc|iclr\.cc|"
    r"thecvf\.com|biorxiv\.org|medrxiv\.org|orcid\.org|dblp\.org|semanticscholar\.org|"
    r"researchgate\.net|linkedin\.com|twitter\.com|x\.com|huggingface\.co|zenodo\.org|hal\.science|"
    r"nih\.gov|osf\.io|medium\.com|wiley\.com|pnas\.org|plos\.org|mdpi\.com|frontiersin\.org)"
    r"(?=[/:?#]|$)",
    re.IGNORECASE,
)


def check_scheme(address: str) -> str | None:
    """Return a message for an address whose scheme pages must not link to, else None."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    if match and match[1].lower() not in SCHEMES:
        return f'"{shorten(address)}" is not a web address (write https://…)'
    return None


def check_secure(address: str) -> str | None:
    """Return a message for an http: address of a host that redirects to https:, else None."""
    if match := _SECURE.match(address):
        return f'"{shorten(address)}" also works with https: (write https{shorten(match[0])[4:]}…)'
    return None


_LOCAL_HOST = LazyPattern(r"localhost|127(?:\.\d{1,3}){3}|::1|.+\.local(?:host)?")


def check_site_url(url: str) -> str | None:
    """Return what is wrong with the address of a site, and what to write; None if it is right."""
    example = "https://you.github.io"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or re.search(r"[\s<>\"'\\^`{|}]", url):
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?(/[\w~./-]*)?", url):
            example = f"https://{url.rstrip('/')}"
        return f'"{shorten(url)}" is not the address of a site (write {example})'
    if parts.username or parts.password or "?" in url or "#" in url:
        return f'"{shorten(url)}" has more than a host and a folder (write {example})'
    return None


def is_local_host(host: str) -> bool:
    """Tell whether a host is this computer, or one in the local network."""
    return _LOCAL_HOST.fullmatch(host) is not None
