"""Curl quotes and set dashes as Pelican does with Typogrify, but only where there are any."""

from collections.abc import Callable, Mapping
from html import unescape

import smartypants
from markupsafe import Markup, escape
from typogrify.filters import typogrify

from ..util import ITALICS_END, ITALICS_START, LazyPattern, replace_italics
from .body import check_typeset
from .markdown import add_site_url, name_files
from .math import mark_math, unmark_math

# What TYPOGRIFY was before we turned it off.
_SETTING = "PAPERS_TYPOGRIFY"
_DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
# The filters of Typogrify beside smartypants.
_OTHER_FILTERS = {"amp", "caps", "initial_quotes", "widont"}
# What smartypants changes: quotes, also as entities, dashes, dots, and backslash escapes.
_CHARS = LazyPattern(r"""["'`\\]|--|\.\.\.|\. \. \.|&#|&quot;""")
_TAG = LazyPattern(r"<[^<>]*>")


def replace_typogrify(settings: dict) -> None:
    """Turn off Typogrify in Pelican, which runs it on cached texts again; our reader runs it."""
    settings[_SETTING], settings["TYPOGRIFY"] = settings["TYPOGRIFY"], False


def make_typesetter(settings: Mapping) -> Callable[[str], str]:
    """Return what Pelican does to a text with these settings, see Readers.read_file."""
    if not settings.get(_SETTING):
        return str
    # Typogrify offers no other way to choose the dashes.
    smartypants.Attr.default = (
        _DASHES.get(settings["TYPOGRIFY_DASHES"], smartypants.Attr.set1) | smartypants.Attr.w
    )
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    only_chars = _OTHER_FILTERS <= omitted.keys()

    def typeset(text: str) -> str:
        if only_chars and not _CHARS.search(_TAG.sub("", text) if "<" in text else text):
            return text
        return typogrify(text, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted)

    return typeset


class Title(Markup):
    """A title as markup without tags; `marked` is the same with marks around its italics."""

    marked: str = ""


def typeset_title(title: str, typeset: Callable[[str], str], marked: str | None = None) -> Markup:
    """Return a title, which is plain text, typeset around its formulas, as markup.

    `marked` is the title with marks around its italics, if any.
    """
    if not marked:
        return escape(unescape(unmark_math(typeset(mark_math(title)))))
    html = replace_italics(mark_math(marked), "<em>", "</em>")
    html = typeset(html).replace("<em>", ITALICS_START).replace("</em>", ITALICS_END)
    text = unescape(unmark_math(html))
    typeset_text = Title(escape(replace_italics(text)))
    typeset_text.marked = text
    return typeset_text


def typeset_content(settings: Mapping, html: str, metadata: dict) -> tuple[str, dict]:
    """Return a body and its metadata, typeset, and with links that begin at the site's root.

    Their title is plain text.
    """
    typeset = make_typesetter(settings)
    header, summary = metadata.get("header"), metadata.get("summary", "")
    if header:
        header.html = html = name_files(header, html, settings)
    entry = header.entries.get("title") if header else None
    marked = entry.marked if entry and entry.value == metadata["title"] else None
    metadata = metadata | {"title": typeset_title(metadata["title"], typeset, marked)}
    if summary:
        metadata["summary"] = typeset(summary)
    new_html = html and typeset(html)
    if header:
        check_typeset(header, html, new_html)
        check_typeset(header, summary, metadata.get("summary", ""))
    if summary:
        metadata["summary"] = add_site_url(metadata["summary"], settings)
    return add_site_url(new_html, settings), metadata
