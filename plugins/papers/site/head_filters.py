"""Filters for the heads of pages: Google Scholar's tags, and JSON-LD for search engines."""

from posixpath import dirname

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican.contents import Article, Content

from ..content import PDF_LABELS
from ..export import (
    breadcrumb_list,
    format_scholar_tags,
    json_ld_graph,
    owner_json_ld,
    paper_json_ld,
    post_json_ld,
)
from ..model import PAPERS
from ..pages import figure_of, kind_of
from .urls import absolute_url


@pass_context
def scholar(context: Context, content: Content) -> list[tuple[str, str]]:
    """Return name and content of the tags that Google Scholar reads in a paper's page."""
    pdf = None
    for link in content.paper.links:
        static = context["static_content"].get(link.address)
        beside_page = static and dirname(static.save_as) == dirname(content.save_as)
        if beside_page and link.label in PDF_LABELS and static.save_as.lower().endswith(".pdf"):
            pdf = pdf or absolute_url(context, link.address)
    # Google Scholar does not resolve relative addresses.
    return list(format_scholar_tags(content.paper, None if context["RELATIVE_URLS"] else pdf))


@pass_context
def json_ld(context: Context, path: str, title: str, content: Content | None = None) -> dict:
    """Return a page's data for search engines: a graph of schema.org, with its breadcrumbs.

    `path` is the page's address below the site's root.
    """
    site = {"url": context["SITEURL"], "name": context["SITENAME"]}
    url, plain_title = absolute_url(context, path), Markup(title).unescape()
    if not path:
        return json_ld_graph(_describe_owner(context, content))
    pages = [("", context["SITENAME"]), *_parent_list(context, path, content)]
    pages.append((path, plain_title))
    breadcrumbs = breadcrumb_list([(absolute_url(context, page), name) for page, name in pages])
    if paper := getattr(content, "paper", None):
        paths = [link.address for link in paper.links]
        paths += [paper.figure.path] if paper.figure else []
        urls = {file: absolute_url(context, file) for file in paths}
        return paper_json_ld(paper, url, site, urls, breadcrumbs)
    if isinstance(content, Article):
        papers = [f"{absolute_url(context, page.url)}#paper" for page in content.papers]
        dates = content.when.isoformat(), content.header.parse_date("modified")
        authors = content.post.authors if content.post else ()
        post = post_json_ld(url, plain_title, dates, site, papers, authors)
        if figure := figure_of(content):
            post["image"] = absolute_url(context, figure.path)
        return json_ld_graph(post, breadcrumbs)
    page = {"@type": "WebPage", "@id": url, "url": url, "name": plain_title}
    return json_ld_graph(page, breadcrumbs)


def _parent_list(context: Context, path: str, content: Content | None) -> list[tuple[str, str]]:
    """Return address and name of the list that a page is in, if any."""
    kind, publications = content and kind_of(content), context["PUBLICATIONS_URL"]
    if kind is None and path.startswith(publications) and path != publications:
        kind = PAPERS
    return [(kind.address(context), kind.label)] if kind else []


def _describe_owner(context: Context, home: Content) -> dict:
    names = context.get("OWNER") or []
    names = [names] if isinstance(names, str) else names
    portrait = context["portrait"]
    return owner_json_ld(
        context["SITEURL"],
        home.title.unescape() if isinstance(home.title, Markup) else home.title,
        alternateName=[name for name in names if name != home.title],
        jobTitle=home.metadata.get("role"),
        image=portrait and absolute_url(context, portrait.path),
        sameAs=[link.address for link in context["social"] if link.is_profile],
    )
