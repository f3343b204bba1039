"""Addresses and paths of the site that is being written."""

from urllib.parse import quote

from ..build import output_path
from ..util import encode_path, is_path


def absolute_url(context: dict, address: str) -> str:
    """Return the absolute URL of a page or file of the site; a URL stays as it is."""
    if not is_path(address):
        return address
    address = address.lstrip("/")
    static = context["static_content"].get(address)
    return f"{context['SITEURL']}/{quote(static.url) if static else encode_path(address)}"


def static_paths(context: dict) -> set[str]:
    """Return the paths, below the site's root, of the files that are published as they are."""
    return {output_path(static) for static in context["static_content"].values()}
