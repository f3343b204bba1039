"""The image of each page where it is shared (Open Graph): a figure, or its title set in type."""

from concurrent.futures import Executor
from functools import partial
from html import unescape

from pelican.contents import Content
from pelican.generators import Generator
from pelican.writers import Writer

from ..build import state_of
from ..images import (
    draw_figure_card,
    draw_site_card,
    draw_title_card,
    hashed_path,
    remove_missing_glyphs,
)
from ..pages import figure_of, kind_of
from .media_store import MediaStore


def assign_social_cards(store: MediaStore, contents: list[Content], pool: Executor) -> None:
    """Give the context, and each paper and blog post, its `social_card`: an address, or None.

    The preview has none: Open Graph wants absolute addresses.
    """
    context = store.context
    published = not context["RELATIVE_URLS"]
    context["social_card"] = _add_site_card(store) if published else None
    with_figure = [content for content in contents if figure_of(content) and published]
    cards = pool.map(partial(_add_figure_card, store), with_figure)
    figure_cards = dict(zip(with_figure, cards, strict=True))
    for content in contents:
        card = published and (figure_cards.get(content) or _add_title_card(store, content))
        content.social_card = card or context["social_card"]


def _add_site_card(store: MediaStore) -> str | None:
    context = store.context
    home = context["generated_content"].get("home.md")
    role = home.metadata.get("role", "") if home else ""
    texts = remove_missing_glyphs(context["SITENAME"], unescape(str(role)))
    portrait = context["portrait"]
    file = store.source(portrait.path) if portrait else None
    if texts is None or (portrait and portrait.path not in context["pictures"]):
        return None
    stem = hashed_path("card", "\n".join(texts).encode(), file.read_bytes() if file else b"")
    return store.add(f"{stem}.jpg", lambda: draw_site_card(*texts, file))


def _add_figure_card(store: MediaStore, content: Content) -> str | None:
    path = figure_of(content).path
    if path not in store.context["pictures"]:
        return None
    file = store.source(path)
    stem = hashed_path(f"{content.slug}-card", file.read_bytes())
    try:
        return store.add(f"{stem}.jpg", lambda: draw_figure_card(file))
    except ValueError as error:
        store.report(path, error)
        return None


def _add_title_card(store: MediaStore, content: Content) -> str | None:
    if paper := getattr(content, "paper", None):
        byline = paper.byline()
        label = " · ".join([paper.venue_label, *paper.honour_labels])
        authors = ", ".join(author.name for author in byline.shown)
        authors += f" and {len(byline.hidden)} more" if byline.hidden else ""
        authors += " et al." if paper.has_more_authors else ""
    else:
        label = f"{kind_of(content).label} · {content.when}"
        authors = ", ".join(author.name for author in content.post.authors)
    title, name = unescape(str(content.title)), store.context["SITENAME"]
    if (texts := remove_missing_glyphs(label, title, authors, name)) is None:
        return None
    address = hashed_path(f"{content.slug}-card", "\n".join(texts).encode()) + ".png"
    store.deferred[address] = partial(draw_title_card, *texts)
    return address


def write_title_cards(generator: Generator, writer: Writer) -> None:
    """Write the cards that are set in type; their address has the hash of their texts."""
    outputs = state_of(generator.context).outputs
    for address, draw in generator.context["title_cards"].items():
        outputs.add(address, draw, address)
