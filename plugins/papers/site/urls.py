"""Addresses and paths of the site that is being written."""

from urllib.parse import quote

from pelican import contents

from ..build import output_path
from ..model import Link
from ..util import encode_path, is_path


def absolute_url(context: dict, address: str) -> str:
    """Return the absolute URL of a page or file of the site; a URL stays as it is."""
    if not is_path(address):
        return address
    address = address.lstrip("/")
    static = context["static_content"].get(address)
    return f"{context['SITEURL']}/{static.url if static else encode_path(address)}"


def static_paths(context: dict) -> set[str]:
    """Return the paths, below the site's root, of the files that are published as they are."""
    return {output_path(static) for static in context["static_content"].values()}


class Static(contents.Static):
    """A file to publish as it is; what its name has in it is encoded in its URL."""

    _is_attaching = False

    @property
    def url(self) -> str:
        """The address below the site's root."""
        url = super().url
        return url if self._is_attaching else quote(url)

    def attach_to(self, content: contents.Content) -> None:
        """Move the file into the folder of a page that links to it with {attach}."""
        self._is_attaching = True  # Pelican compares the URL with one that is not encoded.
        super().attach_to(content)
        self._is_attaching = False


def encode_static_urls(context: dict) -> None:
    """Encode the URLs of all files that texts link to; Pelican takes their names as they are."""
    for static in context["static_content"].values():
        static.__class__ = Static


def filter_menu(context: dict) -> list[Link]:
    """Return the links of MENUITEMS without those to empty lists."""
    empty = {listing.address for listing in context["lists"].values() if not listing.items}
    items = [
        (label, url.lstrip("/") if is_path(url) else url)
        for label, url in context.get("MENUITEMS") or ()
    ]
    return [Link(label, url) for label, url in items if url not in empty]
