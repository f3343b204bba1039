"""Lists of PRISM: news, and the cards of projects, courses, awards and the like."""

import re
from collections.abc import Iterator
from pathlib import Path

from ..common import (
    CollectionItem,
    add_collection_page,
    clean_body,
    find_date,
    find_line,
    join_values,
    make_slug,
    make_title,
    plain_text,
)
from ..front_matter import FrontMatter

_NEWS = re.compile(r"\b(?:news|updates?|announcements?)\b|新闻|动态", re.IGNORECASE)


def is_news(path: Path, title: str) -> bool:
    """Tell whether a list is one of news, by the name of its file or its title."""
    return _NEWS.search(f"{path.stem} {title}") is not None


def _tables(matter: FrontMatter) -> Iterator[dict]:
    """Yield the tables of a list, whatever its key."""
    for value in matter.data.values():
        if isinstance(value, list):
            yield from (item for item in value if isinstance(item, dict))


def _line(matter: FrontMatter, item: dict) -> int:
    """Return the line of an item, by the first words that it has there."""
    text = matter.source.read_text(matter.path)
    words = (join_values(item[key]) for key in ("title", "content", "name") if item.get(key))
    return next((line for word in words if (line := find_line(text, word.split("\n")[0]))), 1)


def read_items(matter: FrontMatter) -> list[tuple[str, str]]:
    """Return date and text of the items of a list, the text as Markdown."""
    items = []
    for item in _tables(matter):
        values = {key.lower(): join_values(value) for key, value in item.items()}
        title, text = values.get("title", ""), values.get("content", "")
        text = f"**{title}** {text}".strip() if title else text
        url = values.get("link") or values.get("url") or ""
        text = f"{text} [link]({url})" if url else text
        if text.strip():
            body = clean_body(matter.source, matter.path, text, _line(matter, item), "news")
            items.append((plain_text(values.get("date", "")), body))
    return items


def import_news_list(matter: FrontMatter) -> int:
    """Import the items of a list as news; return their number."""
    items = read_items(matter)
    lines = [_line(matter, item) for item in _tables(matter)]
    for (words, body), line in zip(items, lines, strict=False):
        title, date = make_title(body), find_date(words)
        if not date:
            message = f'"{words or title}" has no date (write `Date: 2026-02` into its file)'
            matter.source.note("left", matter.path, message, line)
        headers = {"title": title, "date": date}
        slug = "-".join(filter(None, (date[:7], make_slug(title))))
        matter.source.add_document("news", headers, body, matter.path, line, slug)
    matter.source.note("taken", matter.path, f"{len(items)} news")
    return len(items)


def read_cards(matter: FrontMatter) -> list[CollectionItem]:
    """Return the cards of a list."""
    cards = []
    for item in _tables(matter):
        values = {key.lower(): value for key, value in item.items()}
        text = {key: join_values(value) for key, value in values.items()}.get
        line = _line(matter, item)
        details = [plain_text(text(key, "")) for key in (
            "subtitle", "institution", "location", "date", "tags")]  # fmt: skip
        cards.append(
            CollectionItem(
                matter.path, line, plain_text(text("title") or text("name") or ""),
                tuple(filter(None, details)),
                clean_body(matter.source, matter.path, text("content") or "", line, "images"),
                text("link") or text("url") or "", text("image") or "",
            )
        )  # fmt: skip
        shown = ("title", "name", "subtitle", "institution", "location", "date", "tags", "content",
                 "link", "url", "image")  # fmt: skip
        for key in values.keys() - set(shown):
            if words := text(key):
                matter.source.note("left", matter.path, f'"{words[:80]}" is not used', line, key)
    return cards


def import_card_page(matter: FrontMatter, slug: str, title: str) -> None:
    """Import a page of cards."""
    intro = plain_text(matter.pop_text("description"))
    add_collection_page(matter.source, matter.path, slug, title, read_cards(matter), intro)
