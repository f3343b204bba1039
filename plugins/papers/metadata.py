"""Jinja filters for what machines read in a page's head."""

from collections.abc import Iterator
from posixpath import dirname

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican.contents import Article, Content

from . import tags
from .feeds import absolute
from .links import PDF_LABELS


@pass_context
def scholar(context: Context, content: Content) -> list[tuple[str, str]]:
    """Return name and content of the tags that Google Scholar reads in a paper's page."""
    pdf = None
    for link in content.paper.links:
        static = context["static_content"].get(link.address)
        own = static and dirname(static.save_as) == dirname(content.save_as)
        if own and link.label in PDF_LABELS and static.save_as.lower().endswith(".pdf"):
            pdf = pdf or absolute(context, link.address)
    # Relative addresses are of no use to it.
    return list(tags.highwire(content.paper, None if context["RELATIVE_URLS"] else pdf))


@pass_context
def json_ld(context: Context, here: str, title: str, content: Content | None = None) -> dict:
    """Return what a page is for search engines: a graph of schema.org with the way to it.

    `here` is its address below the site's root, `title` what it is called.
    """
    site = {"url": context["SITEURL"], "name": context["SITENAME"]}
    url, plain = absolute(context, here), Markup(title).unescape()
    if not here:
        return tags.graph(_owner(context, content))
    way = [("", context["SITENAME"]), *_above(context, here), (here, plain)]
    trail = tags.breadcrumbs([(absolute(context, place), name) for place, name in way])
    if paper := getattr(content, "paper", None):
        named = [link.address for link in paper.links]
        named += [paper.figure.path] if paper.figure else []
        files = {path: absolute(context, path) for path in named}
        return tags.json_ld(paper, url, site, files, trail)
    if isinstance(content, Article):
        about = [f"{absolute(context, page.url)}#paper" for page in content.papers]
        dates = content.when.isoformat(), content.header.date("modified")
        return tags.graph(tags.post(url, plain, dates, site, about), trail)
    return tags.graph({"@type": "WebPage", "@id": url, "url": url, "name": plain}, trail)


def _above(context: Context, here: str) -> Iterator[tuple[str, str]]:
    """Yield address and name of the list that a page is in."""
    lists = (
        ("papers/", context["PUBLICATIONS_URL"], "Publications"),
        (context["PUBLICATIONS_URL"], context["PUBLICATIONS_URL"], "Publications"),
        (context["ARCHIVES_URL"], context["ARCHIVES_URL"], "News"),
    )
    for folder, url, name in lists:
        if here.startswith(folder) and here != url:
            yield url, name


def _owner(context: Context, content: Content) -> dict:
    names = context.get("OWNER") or []
    names = [names] if isinstance(names, str) else names
    portrait = context["portrait"]
    return tags.owner(
        context["SITEURL"],
        content.title.unescape() if isinstance(content.title, Markup) else content.title,
        alternateName=[name for name in names if name != content.title],
        jobTitle=content.metadata.get("role"),
        image=portrait and absolute(context, portrait.path),
        sameAs=[link.address for link in context["social"] if link.address.startswith("http")],
    )


ALL = (json_ld, scholar)
