"""Pages for what has no kind of its own here: projects, talks, courses, people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..result import SourceTree
from .clean_markdown import clean_and_copy_assets
from .html_to_markdown import escape_link_target
from .text import escape_markdown

# A block of code, whose lines are not headings, or a heading.
_CODE_OR_HEADING = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)|^(?P<chars>#{1,6})(?=[ \t]+\S)",
    re.MULTILINE | re.DOTALL,
)

_EMPTY_HEADING = re.compile(r"^(#{1,6})[ \t][^\n]*\s*(?=^(?!\1#)#{1,6}[ \t]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """An item of a page, and the file and line that it comes from.

    Title and details are plain text, the body is Markdown; `url` and `image` are addresses as the
    file has them.
    """

    path: Path
    line: int
    title: str
    details: tuple[str, ...] = ()
    body: str = ""
    url: str = ""
    image: str = ""


def add_collection_page(
    source: SourceTree,
    path: Path,
    slug: str,
    title: str,
    items: Sequence[CollectionItem],
    intro: str = "",
) -> None:
    """Add a page that holds items in their order below an introduction in Markdown.

    A note says how many they are; `path` is the file, or the folder, that they come from. What
    the old site hides was skipped.
    """
    items = [item for item in items if not _is_hidden(source, item)]
    if not items and not intro:
        return
    body = "\n\n".join(filter(None, (intro, render_items(source, items, 2))))
    source.add_document("page", {"title": title}, body, path, 1, slug)
    words = "1 item is" if len(items) == 1 else f"{len(items)} items are"
    message = f"{words} on one page, content/pages/{slug}.md"
    source.note("taken", path, message if items else f"page, content/pages/{slug}.md")


def _is_hidden(source: SourceTree, item: CollectionItem) -> bool:
    """Tell whether the file of an item says that it is not shown, which gets a note."""
    if is_hidden := source.is_hidden(item.path):
        source.note("left", item.path, "is hidden in the old site and was skipped", item.line)
    return is_hidden


def render_items(source: SourceTree, items: Sequence[CollectionItem], level: int) -> str:
    """Return items as Markdown, with headings of a level; their pictures and files are copied."""
    return "\n\n".join(_render_item(source, item, level) for item in items)


def _render_item(source: SourceTree, item: CollectionItem, level: int) -> str:
    title = escape_markdown(item.title)
    words = title.replace("[", "&#91;").replace("]", "&#93;")
    heading = f"[{words}]({escape_link_target(item.url)})" if item.url else title
    parts = [
        f"{'#' * level} {heading}" if title else "",
        f"![{words}]({escape_link_target(item.image)})" if item.image else "",
        escape_markdown(" · ".join(filter(None, item.details))),
    ]
    text = "\n\n".join(filter(None, parts))
    text = clean_and_copy_assets(source, item.path, text, item.line, "images")
    return "\n\n".join(filter(None, (text, set_heading_level(item.body, level + 1).strip())))


def drop_empty_headings(text: str) -> str:
    """Return a Markdown text without the headings below which nothing stands."""
    while (shorter := _EMPTY_HEADING.sub("", text).strip()) != text.strip():
        text = shorter
    return text


def set_heading_level(text: str, level: int) -> str:
    """Return a Markdown text whose highest headings are of a level, and the others below it."""
    levels = [len(match["chars"]) for match in _CODE_OR_HEADING.finditer(text) if match["chars"]]
    shift = level - min(levels, default=level)

    def replace(match: re.Match) -> str:
        chars = match["chars"]
        return "#" * min(len(chars) + shift, 6) if chars else match[0]

    return _CODE_OR_HEADING.sub(replace, text)
