"""The whole site for those who do not read pages: sitemap, robots.txt, llms.txt, papers as text."""

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pelican.contents import Article, Content
from pelican.generators import PagesGenerator

from ..build import DeferredWriter
from ..content import parse_aliases
from ..pages import output_path
from .feeds import absolute_url
from .llms_txt import _llms, _text, markdown_path

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def list_sitemap_files(context: dict) -> list[str]:
    """Return the paths of what `write` writes for the site as a whole."""
    if context["RELATIVE_URLS"]:
        return []
    own = {output_path(static) for static in context["static_content"].values()}
    return [path for path in ("llms.txt", "robots.txt", "sitemap.xml") if path not in own]


def write_sitemap(generator: PagesGenerator, writer: DeferredWriter) -> None:
    """Write all of it, and the pages that lead from old addresses to new ones."""
    context = generator.context
    texts = {"llms.txt": _llms, "robots.txt": _robots, "sitemap.xml": _sitemap}
    for path in list_sitemap_files(context):
        writer.put(path, partial(texts[path], context), ...)
    for page in context["papers"] if not context["RELATIVE_URLS"] else ():
        writer.put(markdown_path(page), partial(_text, page, context), page)
    template = generator.get_template("redirect")
    relative = generator.settings["RELATIVE_URLS"]
    for content in [*context["articles"], *generator.pages]:
        for path in parse_aliases(content.header):
            writer.write_file(path, template, context, relative_urls=relative, target=content)


def _sitemap(context: dict) -> bytes:
    root = Element("urlset", {"xmlns": _SITEMAP})
    for address, date in sorted(_addresses(context)):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = absolute_url(context, address)
        if date:
            SubElement(url, "lastmod").text = date
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _addresses(context: dict) -> Iterator[tuple[str, str]]:
    """Yield all pages to be found, with the days on which they were last changed, where known.

    A paper's date is that of its publication, which tells nothing of its page.
    """
    articles, pages = context["articles"], context["pages"]
    for content in [*articles, *pages]:
        yield content.url, _changed(content)
    yield context["ARCHIVES_URL"], max(map(_changed, articles), default="")
    for listing in context["listings"]:
        members = [*listing.papers, *listing.articles]
        if members or not listing.facet:
            yield listing.address, max(map(_changed, members), default="")


def _changed(content: Content) -> str:
    when = content.when if isinstance(content, Article) else None
    date = content.header.parse_date("modified") or when
    return date.isoformat() if date else ""


def _robots(context: dict) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {context['SITEURL']}/sitemap.xml\n".encode()
