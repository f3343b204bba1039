"""The sitemap (https://www.sitemaps.org/protocol.html), and robots.txt, which names it."""

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pelican.contents import Article, Content
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..build import state_of
from .urls import absolute_url, static_paths

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def list_sitemap_files(context: dict) -> list[str]:
    """Return the paths that `write_sitemap` writes: not those of the site's own files."""
    if context["RELATIVE_URLS"]:
        return []
    return sorted(_FORMATTERS.keys() - static_paths(context))


def write_sitemap(generator: PagesGenerator, writer: Writer) -> None:
    """Write sitemap.xml and robots.txt."""
    outputs = state_of(generator.context).outputs
    for path in list_sitemap_files(generator.context):
        outputs.add(path, partial(_FORMATTERS[path], generator.context), ...)


def _format_sitemap(context: dict) -> bytes:
    root = Element("urlset", {"xmlns": _NAMESPACE})
    for address, date in sorted(_list_pages(context)):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = absolute_url(context, address)
        if date:
            SubElement(url, "lastmod").text = date
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _list_pages(context: dict) -> Iterator[tuple[str, str]]:
    """Yield the address of each page, and the day of its last change, or "".

    A paper's date is that of its publication, which does not say when its page changed.
    """
    for content in [*context["articles"], *context["pages"]]:
        yield content.url, _last_change(content)
    for listing in context["listings"]:
        if listing.is_written:
            yield listing.address, max(map(_last_change, listing.items), default="")


def _last_change(content: Content) -> str:
    published = content.when if isinstance(content, Article) else None
    date = content.header.parse_date("modified") or published
    return date.isoformat() if date else ""


def _format_robots(context: dict) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {context['SITEURL']}/sitemap.xml\n".encode()


_FORMATTERS = {"robots.txt": _format_robots, "sitemap.xml": _format_sitemap}
