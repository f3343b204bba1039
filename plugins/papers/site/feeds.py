"""Feeds of whole texts: news as Atom (RFC 4287) and JSON Feed 1.1, papers as Atom."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pelican.contents import Content
from pelican.generators import PagesGenerator

from ..build import DeferredWriter
from ..model import PartialDate
from ..pages import render_citations
from ..util import encode_path, is_path

_ATOM = "http://www.w3.org/2005/Atom"
_HERE = re.compile(r'(?<=href=")(?=#)')
# What XML 1.0 does not take.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Feed(NamedTuple):
    """A feed's path below the site's root, its media type, and what it holds."""

    address: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed: addresses are absolute, dates are whole (RFC 3339)."""

    url: str
    title: str
    html: str
    published: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]


def list_feeds(context: dict) -> list[Feed]:
    """Return the feeds of a site; the preview, whose addresses are relative, has none."""
    if context["RELATIVE_URLS"]:
        return []
    found = [
        Feed("feeds/news.atom.xml", "application/atom+xml", "News"),
        Feed("feeds/news.json", "application/feed+json", "News"),
    ]
    if context["papers"]:
        found.append(Feed("feeds/papers.atom.xml", "application/atom+xml", "Publications"))
    return found


def write_feeds(generator: PagesGenerator, writer: DeferredWriter) -> None:
    """Write all feeds, with as many items as FEED_MAX_ITEMS says."""
    context = generator.context
    most = context["FEED_MAX_ITEMS"]
    newest = sorted(context["papers"], key=lambda page: page.paper.date.sort_key, reverse=True)
    for feed in context["feeds"]:
        items = newest if feed.title == "Publications" else context["articles"]
        writer.put(feed.address, partial(_file, feed, items[:most], context), *items[:most])


def _file(feed: Feed, contents: list[Content], context: dict) -> bytes:
    tell = _paper if feed.title == "Publications" else _news
    make = _json if feed.address.endswith(".json") else _atom
    return make(feed, [tell(content, context) for content in contents], context)


def absolute_url(context: dict, address: str) -> str:
    """Return the whole address of a page, of a file of the site or of somewhere else."""
    if not is_path(address):
        return address
    address = address.lstrip("/")
    static = context["static_content"].get(address)
    return f"{context['SITEURL']}/{quote(static.url) if static else encode_path(address)}"


def _news(article: Content, context: dict) -> Item:
    url = absolute_url(context, article.url)
    html = article.get_content(context["SITEURL"])
    html = _HERE.sub(url, render_citations(html, article.references))
    names = tuple(name for name, _ in article.topics)
    return _item(article, article.when, url, html, (context["SITENAME"],), names)


def _paper(page: Content, context: dict) -> Item:
    paper, url = page.paper, absolute_url(context, page.url)
    authors = tuple(author.name for author in paper.authors or paper.editors)
    names = escape(", ".join(authors) + (" et al." if paper.has_more_authors else ""))
    words = " · ".join([paper.venue_label, *paper.honours])
    links = " · ".join(
        f'<a href="{escape(absolute_url(context, link.address))}">{escape(link.label)}</a>'
        for link in paper.links
    )
    text = render_citations(page.get_content(context["SITEURL"]), page.references)
    parts = (names, escape(words), links)
    html = "".join(f"<p>{part}</p>\n" for part in parts if part) + _HERE.sub(url, text)
    return _item(page, paper.date, url, html, authors, paper.tags)


def _item(
    content: Content, date: PartialDate, url: str, html: str, authors: tuple, tags: tuple
) -> Item:
    published = _moment(date)
    modified = content.header.parse_date("modified")
    updated = max(published, _moment(modified)) if modified else published
    title = content.title.unescape()
    return Item(url, title, html.strip(), published, updated, authors, tags)


def _moment(date: PartialDate) -> str:
    """Return the first moment of a date."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


def _title(feed: Feed, context: dict) -> str:
    return f"{context['SITENAME']}: {feed.title}"


def _atom(feed: Feed, items: list[Item], context: dict) -> bytes:
    home = f"{context['SITEURL']}/"
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": context["DEFAULT_LANG"]})

    def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        child = SubElement(parent, name, attributes)
        child.text = text and _CONTROL.sub("", text)
        return child

    me = absolute_url(context, feed.address)
    add(root, "id", me)
    add(root, "title", _title(feed, context))
    add(root, "updated", max((item.updated for item in items), default="1970-01-01T00:00:00Z"))
    add(root, "link", rel="self", type=feed.type, href=me)
    add(root, "link", rel="alternate", type="text/html", href=home)
    add(add(root, "author"), "name", context["SITENAME"])
    for item in items:
        entry = add(root, "entry")
        add(entry, "id", item.url)
        add(entry, "title", item.title)
        add(entry, "link", rel="alternate", type="text/html", href=item.url)
        add(entry, "published", item.published)
        add(entry, "updated", item.updated)
        for name in item.authors:
            add(add(entry, "author"), "name", name)
        for tag in item.tags:
            add(entry, "category", term=tag)
        add(entry, "content", item.html, type="html")
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _json(feed: Feed, items: Iterable[Item], context: dict) -> bytes:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed, context),
        "home_page_url": f"{context['SITEURL']}/",
        "feed_url": absolute_url(context, feed.address),
        "language": context["DEFAULT_LANG"],
        "authors": [{"name": context["SITENAME"], "url": f"{context['SITEURL']}/"}],
        "items": [dict(_entry(item)) for item in items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(item: Item) -> Iterator[tuple[str, object]]:
    yield from (("id", item.url), ("url", item.url), ("title", item.title))
    yield from (("content_html", item.html), ("date_published", item.published))
    if item.updated != item.published:
        yield "date_modified", item.updated
    if item.tags:
        yield "tags", list(item.tags)
