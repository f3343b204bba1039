"""Jinja filters of the theme."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from posixpath import dirname
from typing import NamedTuple
from urllib.parse import unquote

from jinja2 import FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from pelican.contents import Article, Content
from pelican.generators import Generator

from ..build import RunMode, describe_value, digest, state_of
from ..content import PDF_LABELS, mark_math, render_math
from ..export import (
    breadcrumb_list,
    highwire_tags,
    json_ld_graph,
    owner_json_ld,
    paper_json_ld,
    post_json_ld,
)
from ..images import FIGURE_WIDTH, ResponsiveImage
from ..pages import linked_paths, render_citations
from .feeds import absolute_url

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PARAGRAPH = re.compile(r"\s*<p(?: [^>]*)?>(?P<words>.*?)</p>\s*", re.DOTALL)
_LIST = re.compile(
    r"(?P<heading><h([1-6])[^>]*>(?:(?!</h\2>).)*</h\2>\s*)?"
    r"<p>\s*\[(?P<name>NEWS|PAPERS)\]\s*</p>\s*",
    re.DOTALL | re.IGNORECASE,
)
# Links within a text lead nowhere from a list, and a footnote's id would stand there twice.
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_ANCHOR = re.compile(r'<a [^>]*href="#[^>]*>(.*?)</a>', re.DOTALL)

_SHOWN = re.compile(
    r"""<picture\b.*?</picture>|<(img|pre|table)\b((?:[^>"']|"[^"]*"|'[^']*')*)>|</table>""",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(r"""\bsrc\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEADING = re.compile(r'<h([2-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_SIZES = "(min-width: 42rem) 629px, calc(100vw - 32px)"


class Lead(NamedTuple):
    """The words that stand for a text in a list, and whether the text has more."""

    html: Markup
    more: bool


class Section(NamedTuple):
    """A piece of the home page: `name` is "text", "news" or "papers", `html` its words."""

    name: str
    html: Markup


@pass_context
def address(context: Context, target: str) -> str:
    """Return an absolute address as it is; a page's or file's address from this page."""
    return absolute_url(context, target)


@pass_context
def render_card(context: Context, page: Content, card: Macro, first: bool) -> Markup:
    """Return a paper's card in a list, made once for all lists in folders of one depth."""
    key = page.url, context["SITEURL"], first
    made = context["cards"]
    if key not in made:
        made[key] = card(page, first=first, listed=True)
    return made[key]


@pass_context
def srcset(context: Context, picture: ResponsiveImage, widest: int) -> str:
    """Return what a <source> says of a picture in WebP, up to a width in pixels."""
    fitting = [(path, width) for path, width in picture.sources if width <= widest]
    fitting = fitting or picture.sources[:1]
    return ", ".join(f"{address(context, path)} {width}w" for path, width in fitting)


@pass_context
def prose(context: Context, html: str, content: Content, listed: bool = False) -> Markup:
    """Return words of a content with its pictures in the widths that screens need.

    Each has its size, and all but the first, or in a list all, wait until they are to be seen.
    What may be wider than the page, code and tables, can be scrolled with the keyboard.
    Formulas become MathML, and citations name their works.
    """
    site, static = f"{context['SITEURL']}/", context["static_content"]
    urls, lazy = {}, listed
    if "<img" in html:
        shown = context["pictures"]
        links = linked_paths(content).values() & static.keys() & shown.keys()
        urls = {static[link].url: link for link in links}

    def show(match: re.Match) -> str:
        nonlocal lazy
        tag, rest = (match[1] or "").lower(), match[2] or ""
        if tag == "pre":
            return f'<pre tabindex="0"{rest}>'
        if tag == "table":
            return f'<div role="group" aria-label="Table" tabindex="0"><table{rest}>'
        if not tag:
            return "</table></div>" if match[0].lower() == "</table>" else match[0]
        source = _SOURCE.search(rest)
        url = unquote(unescape(source[1][1:-1])).removeprefix(site) if source else ""
        if url not in urls:
            return match[0]
        picture = context["pictures"][urls[url]]
        words = rest.replace(source[0], f'src="{address(context, picture.src)}"').rstrip(" /")
        if not re.search(r"\b(?:width|height)\s*=", words):
            words += f' width="{picture.width}" height="{picture.height}"'
        # The first may stand in the first view, where it is to be there at once.
        words += ' loading="lazy"' if lazy and "loading" not in words else ""
        lazy = True
        webp = ""
        if picture.sources:
            found = srcset(context, picture, FIGURE_WIDTH)
            webp = f'<source type="image/webp" srcset="{found}" sizes="{_SIZES}">'
        return f"<picture>{webp}<img{words}></picture>"

    html = render_citations(html, content.references, linked=not listed)
    html = render_math(html, context.get("MATH_MACROS", {}))
    return Markup(_SHOWN.sub(show, html))


def anchors(html: Markup) -> Markup:
    """Return a text whose headings show where a link to them leads."""
    link = r' <a class="anchor" href="#\2" aria-label="Link to this part">#</a>'
    return Markup(_HEADING.sub(rf'<h\1 id="\2">\3{link}</h\1>', str(html)))


@pass_context
def math(context: Context, text: str) -> Markup:
    """Return plain or escaped text, a title say, with MathML for its formulas."""
    plain = text.unescape() if isinstance(text, Markup) else text
    return Markup(render_math(mark_math(plain), context.get("MATH_MACROS", {})))


def page_path(output_file: str) -> str:
    """Return a written page's address below the site's root; the home page's is empty."""
    folder, _, name = output_file.rpartition("/")
    return output_file if name != "index.html" else f"{folder}/".lstrip("/")


def lead(content: Content) -> Lead:
    """Return a content's summary, or else its first paragraph, without the <p>."""
    html = content.summary if "summary" in content.metadata else content.content
    html = render_citations(_COMMENT.sub("", html).strip(), content.references, linked=False)
    match = _PARAGRAPH.search(html)
    whole = match is not None and match[0] == html
    words = _ANCHOR.sub(r"\1", _FOOTNOTE.sub("", match["words"])).strip() if match else ""
    if "summary" in content.metadata:
        return Lead(Markup(words) or escape(Markup(html).striptags()), True)
    return Lead(Markup(words), bool(html) and not whole)


def sections(html: str) -> Iterator[Section]:
    """Cut the home page's text at the paragraphs [NEWS] and [PAPERS].

    The heading above such a paragraph goes with its list, so that it is absent with it.
    """
    end = 0
    for match in _LIST.finditer(html):
        if text := html[end : match.start()].strip():
            yield Section("text", Markup(text))
        yield Section(match["name"].lower(), Markup(match["heading"] or ""))
        end = match.end()
    if text := html[end:].strip():
        yield Section("text", Markup(text))


TEMPLATE_FILTERS = (address, anchors, lead, math, page_path, prose, render_card, sections, srcset)


@pass_context
def scholar(context: Context, content: Content) -> list[tuple[str, str]]:
    """Return name and content of the tags that Google Scholar reads in a paper's page."""
    pdf = None
    for link in content.paper.links:
        static = context["static_content"].get(link.address)
        own = static and dirname(static.save_as) == dirname(content.save_as)
        if own and link.label in PDF_LABELS and static.save_as.lower().endswith(".pdf"):
            pdf = pdf or absolute_url(context, link.address)
    # Relative addresses are of no use to it.
    return list(highwire_tags(content.paper, None if context["RELATIVE_URLS"] else pdf))


@pass_context
def json_ld(context: Context, here: str, title: str, content: Content | None = None) -> dict:
    """Return what a page is for search engines: a graph of schema.org with the way to it.

    `here` is its address below the site's root, `title` what it is called.
    """
    site = {"url": context["SITEURL"], "name": context["SITENAME"]}
    url, plain = absolute_url(context, here), Markup(title).unescape()
    if not here:
        return json_ld_graph(_owner(context, content))
    way = [("", context["SITENAME"]), *_above(context, here), (here, plain)]
    trail = breadcrumb_list([(absolute_url(context, place), name) for place, name in way])
    if paper := getattr(content, "paper", None):
        named = [link.address for link in paper.links]
        named += [paper.figure.path] if paper.figure else []
        files = {path: absolute_url(context, path) for path in named}
        return paper_json_ld(paper, url, site, files, trail)
    if isinstance(content, Article):
        about = [f"{absolute_url(context, page.url)}#paper" for page in content.papers]
        dates = content.when.isoformat(), content.header.parse_date("modified")
        return json_ld_graph(post_json_ld(url, plain, dates, site, about), trail)
    return json_ld_graph({"@type": "WebPage", "@id": url, "url": url, "name": plain}, trail)


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
    return owner_json_ld(
        context["SITEURL"],
        content.title.unescape() if isinstance(content.title, Markup) else content.title,
        alternateName=[name for name in names if name != content.title],
        jobTitle=content.metadata.get("role"),
        image=portrait and absolute_url(context, portrait.path),
        sameAs=[link.address for link in context["social"] if link.address.startswith("http")],
    )


METADATA_FILTERS = (json_ld, scholar)


def add_filters(generator: Generator) -> None:
    """Give templates the filters that the theme uses, and keep what they are compiled to."""
    settings = generator.settings
    mode = state_of(settings).mode
    # Templates change under a preview alone; to look for that takes time on each page.
    generator.env.auto_reload = mode is RunMode.PREVIEW
    if mode is not RunMode.CHECK:
        kept = digest(describe_value(settings["JINJA_ENVIRONMENT"]))[:8]
        folder = Path(settings["CACHE_PATH"], f"templates-{kept}")
        # A cache that cannot be written to makes a build slow, and not wrong.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            generator.env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    for function in TEMPLATE_FILTERS + METADATA_FILTERS:
        generator.env.filters[function.__name__] = function
