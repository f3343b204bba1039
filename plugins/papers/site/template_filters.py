"""Jinja filters for the theme's templates."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from jinja2 import Template, TemplateRuntimeError, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup
from pelican.contents import Content
from pelican.generators import Generator

from ..build import RunMode, TemplateCache, describe_value, digest, state_of
from ..content import mark_math, render_math, unframe_embeds
from ..images import FIGURE_WIDTH, ResponsiveImage
from ..model import KINDS, Kind
from ..pages import group_by_kind, kind_of, linked_paths, render_citations
from ..util import (
    LazyPattern,
    TrustedCache,
    balance_italics,
    find_policy,
    is_too_late_for_policy,
    replace_italics,
    replace_script_tags,
)
from .head_filters import json_ld, scholar
from .summaries import abstract, brief, lead
from .urls import absolute_url

_LIST = LazyPattern(
    r"(?P<heading><h([1-6])[^>]*>(?:(?!</h\2>).)*</h\2>\s*)?"
    rf"<p>\s*\[(?P<name>{'|'.join(KINDS)})\]\s*</p>\s*",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENT = LazyPattern(
    r"""<picture\b.*?</picture>|<(img|pre|table)\b((?:[^>"']|"[^"]*"|'[^']*')*)>|</table>"""
    r"""|<th\b([^>]*)>\s*</th>""",
    re.IGNORECASE | re.DOTALL,
)
# Attributes that a heading of a table has, and a cell has not.
_HEADING_ATTRIBUTE = LazyPattern(r"""\s+(?:scope|abbr)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""")
_SOURCE = LazyPattern(r"""\bsrc\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEADING = LazyPattern(r'<h([2-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_SIZES = "(min-width: 42rem) 629px, calc(100vw - 32px)"


class Section(NamedTuple):
    """A piece of the home page: `name` is "text", or a kind's; `html` is its text."""

    name: str
    html: Markup


@pass_context
def address(context: Context, target: str) -> str:
    """Return an absolute address as it is, that of a page or file as seen from this page."""
    return absolute_url(context, target)


@pass_context
def render_card(context: Context, page: Content, card: Macro) -> Markup:
    """Return a paper's card in a list, rendered once for all lists at the same depth."""
    key = page.url, context["SITEURL"]
    cards = context["cards"]
    if key not in cards:
        cards[key] = card(page, listed=True)
    return cards[key]


@pass_context
def rows(context: Context, contents: list[Content]) -> Markup:
    """Return contents of one kind as rows of a list, which the kind's own template makes."""
    name = f"_{kind_of(contents[0]).name}.html"
    module = context.environment.get_template(name).make_module(context.get_all())
    if not hasattr(module, "rows"):
        raise TemplateRuntimeError(f"{name} has no macro `rows` (copy it from the theme)")
    return module.rows(contents)


@pass_context
def list_address(context: Context, kind: Kind) -> str:
    """Return the address of the list of a kind, as seen from this page."""
    return absolute_url(context, kind.address(context))


@pass_context
def srcset(context: Context, image: ResponsiveImage, max_width: int) -> str:
    """Return the `srcset` of an image in WebP, up to a width in pixels."""
    sources = [(path, width) for path, width in image.sources if width <= max_width]
    sources = sources or image.sources[:1]
    return ", ".join(f"{address(context, path)} {width}w" for path, width in sources)


@pass_context
def prose(context: Context, html: str, content: Content, listed: bool = False) -> Markup:
    """Return a content's text with responsive images, MathML, and citations that name their works.

    Images have their size, and load lazily but for the first, or in a list all. Code and tables,
    which can be wider than the page, can be scrolled with the keyboard.
    """
    images = _images_by_url(context, content) if "<img" in html else {}
    lazy = listed

    def replace(match: re.Match) -> str:
        nonlocal lazy
        tag, attributes = (match[1] or "").lower(), match[2] or ""
        if tag == "pre":
            return f'<pre tabindex="0"{attributes}>'
        if tag == "table":
            return f'<div role="group" aria-label="Table" tabindex="0"><table{attributes}>'
        if match[0].lower() == "</table>":
            return "</table></div>"
        if match[3] is not None:
            # A corner without words heads nothing.
            return f"<td{_HEADING_ATTRIBUTE.sub('', match[3])}></td>"
        if not tag or (image := _find_image(context, images, attributes)) is None:
            return match[0]
        # The first image may be visible at once, and must not wait.
        element = _render_picture(context, image, attributes, lazy)
        lazy = True
        return element

    html = unframe_embeds(html) if listed else html
    html = render_citations(html, content.references, linked=not listed)
    html = render_math(html, context.get("MATH_MACROS", {}))
    return Markup(_ELEMENT.sub(replace, html))


def _images_by_url(context: Context, content: Content) -> dict[str, ResponsiveImage]:
    """Return the images that a content links to, by their addresses below the site's root."""
    static, images = context["static_content"], context["pictures"]
    paths = linked_paths(content).values() & static.keys() & images.keys()
    return {unquote(static[path].url): images[path] for path in paths}


def _find_image(
    context: Context, images: dict[str, ResponsiveImage], attributes: str
) -> ResponsiveImage | None:
    source = _SOURCE.search(attributes)
    url = unquote(unescape(source[1][1:-1])) if source else ""
    return images.get(url.removeprefix(f"{context['SITEURL']}/"))


def _render_picture(context: Context, image: ResponsiveImage, attributes: str, lazy: bool) -> str:
    """Return <picture> for an <img> with these attributes."""
    source = _SOURCE.search(attributes)[0]
    attributes = attributes.replace(source, f'src="{address(context, image.src)}"').rstrip(" /")
    if not re.search(r"\b(?:width|height)\s*=", attributes):
        attributes += f' width="{image.width}" height="{image.height}"'
    if lazy and "loading" not in attributes:
        attributes += ' loading="lazy"'
    webp = ""
    if image.sources:
        sources = srcset(context, image, FIGURE_WIDTH)
        webp = f'<source type="image/webp" srcset="{sources}" sizes="{_SIZES}">'
    return f"<picture>{webp}<img{attributes}></picture>"


def anchors(html: Markup) -> Markup:
    """Return a text whose headings have links to themselves."""
    link = r' <a class="anchor" href="#\2" aria-label="Link to this section">#</a>'
    return Markup(_HEADING.sub(rf'<h\1 id="\2">\3{link}</h\1>', str(html)))


@pass_context
def math(context: Context, text: str) -> Markup:
    """Return plain or escaped text, such as a title, with MathML for its formulas.

    Marks around italics become <em>.
    """
    plain = text.unescape() if isinstance(text, Markup) else text
    html = mark_math(getattr(text, "marked", "") or plain)
    html = replace_italics(balance_italics(html), "<em>", "</em>")
    return Markup(render_math(html, context.get("MATH_MACROS", {})))


def page_path(output_file: str) -> str:
    """Return the address of an output file below the site's root; that of the home page is ""."""
    folder, _, name = output_file.rpartition("/")
    return output_file if name != "index.html" else f"{folder}/".lstrip("/")


def outline(html: str) -> list[tuple[str, str]]:
    """Return the ids and the words of a text's headings of the second level."""
    headings = [match for match in _HEADING.finditer(html) if match[1] == "2"]
    return [(match[2], Markup(match[3]).striptags()) for match in headings]


def sections(html: str) -> Iterator[Section]:
    """Split the home page's text at the paragraphs that stand for lists: [NEWS], [PAPERS] …

    The heading above such a paragraph belongs to its list: it is omitted with an empty one.
    """
    end = 0
    for match in _LIST.finditer(html):
        if text := html[end : match.start()].strip():
            yield Section("text", Markup(text))
        yield Section(match["name"].lower(), Markup(match["heading"] or ""))
        end = match.end()
    if text := html[end:].strip():
        yield Section("text", Markup(text))


TEMPLATE_FILTERS = (
    abstract, address, anchors, brief, group_by_kind, json_ld, lead, list_address, math, outline,
    page_path, prose, render_card, replace_script_tags, rows, scholar, sections, srcset,
)  # fmt: skip


class _PageTemplate(Template):
    """A template whose pages have the policy that says what they may load.

    The check reads the templates themselves, and cannot tell what each expression prints.
    """

    def render(self, *args: object, **kwargs: object) -> str:
        """Return the text; raise TemplateRuntimeError for a page without the policy."""
        text, page = super().render(*args, **kwargs), dict(*args, **kwargs).get("output_file", "")
        if page.endswith((".html", ".htm")):
            start = find_policy(text)
            if start is None or is_too_late_for_policy(text[:start]):
                hint = 'write {% include "_policy.html" %} right after <head>'
                error = TemplateRuntimeError(f"{page} has no policy ({hint})")
                error.filename = self.filename
                raise error
        return text


def add_filters(generator: Generator) -> None:
    """Add the filters to Jinja's environment, and cache the compiled templates."""
    settings = generator.settings
    if Path(settings["THEME"], "templates", "_policy.html").is_file():
        generator.env.template_class = _PageTemplate
    state = state_of(settings)
    # Only in a preview do templates change; looking for changes takes time on each page.
    generator.env.auto_reload = state.mode is RunMode.PREVIEW
    if state.mode is not RunMode.CHECK:
        if state.templates is None:
            options = digest(describe_value(settings["JINJA_ENVIRONMENT"]))[:8]
            cache = TrustedCache(Path(settings["CACHE_PATH"]))
            state.templates = TemplateCache(cache, f"templates-{options}")
        generator.env.bytecode_cache = state.templates
    for function in TEMPLATE_FILTERS:
        generator.env.filters[function.__name__] = function
