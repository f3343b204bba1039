"""Feeds of whole texts: each kind as Atom (RFC 4287), posts as JSON Feed 1.1, too."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pelican.contents import Article, Content, Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..build import state_of
from ..model import NEWS, PAPERS, PartialDate
from ..pages import render_citations
from ..util import LazyPattern
from .urls import absolute_url

_ATOM_TYPE, _JSON_TYPE = "application/atom+xml", "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
_FRAGMENT_LINK = LazyPattern(r'(?<=href=")(?=#)')
# The characters that XML 1.0 does not allow.
_CONTROL = LazyPattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Feed(NamedTuple):
    """A feed's path below the site's root, its media type, its title, and the name of its kind."""

    address: str
    type: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed: addresses are absolute, dates are timestamps (RFC 3339)."""

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
    kinds = [listing.kind for listing in context["listings"] if listing.kind and listing.items]
    feeds = []
    # News have feeds while there are none; the first feed is that in the foot of all pages.
    for kind in dict.fromkeys((NEWS, *kinds)):
        feeds.append(Feed(f"feeds/{kind.name}.atom.xml", _ATOM_TYPE, kind.label, kind.name))
        if kind.is_post:
            feeds.append(Feed(f"feeds/{kind.name}.json", _JSON_TYPE, kind.label, kind.name))
    return feeds


def write_feeds(generator: PagesGenerator, writer: Writer) -> None:
    """Write all feeds, with at most FEED_MAX_ITEMS items each."""
    outputs = state_of(generator.context).outputs
    context = generator.context
    limit = context["FEED_MAX_ITEMS"]
    papers = sorted(context["papers"], key=lambda page: page.paper.date.sort_key, reverse=True)
    for feed in context["feeds"]:
        is_of_papers = feed.kind == PAPERS.name
        contents = (papers if is_of_papers else context["lists"][feed.kind].items)[:limit]
        outputs.add(feed.address, partial(_format_feed, feed, contents, context), *contents)


def _format_feed(feed: Feed, contents: list[Content], context: dict) -> bytes:
    make_item = _paper_item if feed.kind == PAPERS.name else _post_item
    items = [make_item(content, context) for content in contents]
    format_items = _format_json if feed.address.endswith(".json") else _format_atom
    return format_items(feed, items, context)


def _post_item(article: Article, context: dict) -> Item:
    url = absolute_url(context, article.url)
    html = article.get_content(context["SITEURL"])
    html = _FRAGMENT_LINK.sub(url, render_citations(html, article.references))
    topics = tuple(name for name, _ in article.topics)
    names = tuple(author.name for author in article.post.authors) if article.post else ()
    return _make_item(article, article.when, url, html, names or (context["SITENAME"],), topics)


def _paper_item(page: Page, context: dict) -> Item:
    paper, url = page.paper, absolute_url(context, page.url)
    authors = tuple(author.name for author in paper.authors or paper.editors)
    names = escape(", ".join(authors) + (" et al." if paper.has_more_authors else ""))
    venue = escape(" · ".join([paper.venue_label, *paper.honours]))
    links = " · ".join(
        f'<a href="{escape(absolute_url(context, link.address))}">{escape(link.label)}</a>'
        for link in paper.links
    )
    text = render_citations(page.get_content(context["SITEURL"]), page.references)
    lines = "".join(f"<p>{line}</p>\n" for line in (names, venue, links) if line)
    html = lines + _FRAGMENT_LINK.sub(url, text)
    return _make_item(page, paper.date, url, html, authors, paper.tags)


def _make_item(
    content: Content, date: PartialDate, url: str, html: str, authors: tuple, tags: tuple
) -> Item:
    published = _timestamp(date)
    modified = content.header.parse_date("modified")
    updated = max(published, _timestamp(modified)) if modified else published
    title = content.title.unescape()
    return Item(url, title, html.strip(), published, updated, authors, tags)


def _timestamp(date: PartialDate) -> str:
    """Return the first moment of a date."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


def _full_title(feed: Feed, context: dict) -> str:
    return f"{context['SITENAME']}: {feed.title}"


def _format_atom(feed: Feed, items: list[Item], context: dict) -> bytes:
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": context["DEFAULT_LANG"]})

    def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        child = SubElement(parent, name, attributes)
        child.text = text and _CONTROL.sub("", text)
        return child

    feed_url = absolute_url(context, feed.address)
    add(root, "id", feed_url)
    add(root, "title", _full_title(feed, context))
    add(root, "updated", max((item.updated for item in items), default="1970-01-01T00:00:00Z"))
    add(root, "link", rel="self", type=feed.type, href=feed_url)
    add(root, "link", rel="alternate", type="text/html", href=f"{context['SITEURL']}/")
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


def _format_json(feed: Feed, items: Iterable[Item], context: dict) -> bytes:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _full_title(feed, context),
        "home_page_url": f"{context['SITEURL']}/",
        "feed_url": absolute_url(context, feed.address),
        "language": context["DEFAULT_LANG"],
        "authors": [{"name": context["SITENAME"], "url": f"{context['SITEURL']}/"}],
        "items": [dict(_json_fields(item, context["SITENAME"])) for item in items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json_fields(item: Item, name: str) -> Iterator[tuple[str, object]]:
    yield from (("id", item.url), ("url", item.url), ("title", item.title))
    yield from (("content_html", item.html), ("date_published", item.published))
    if item.authors != (name,):
        yield "authors", [{"name": author} for author in item.authors]
    if item.updated != item.published:
        yield "date_modified", item.updated
    if item.tags:
        yield "tags", list(item.tags)
