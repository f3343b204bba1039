"""Which picture stands for a page where it is shared: its figure, its title in type, the site's."""

from concurrent.futures import Executor
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from pelican.contents import Page

from . import cards
from .pictures import name

if TYPE_CHECKING:
    from .media import Media


def give_cards(media: "Media", papers: list[Page], pool: Executor) -> None:
    """Give the site, and each page with a paper, its `sharing`: a card's address, or None.

    The preview has none: a card needs an absolute address.
    """
    context = media.context
    published = not context["RELATIVE_URLS"]
    context["sharing"] = _of_site(media) if published else None
    shown = [page for page in papers if page.paper.figure and published]
    drawn = dict(zip(shown, pool.map(partial(_of_figure, media), shown), strict=True))
    for page in papers:
        own = (drawn.get(page) or _in_type(media, page)) if published else None
        page.sharing = own or context["sharing"]


def _of_site(media: "Media") -> str | None:
    context = media.context
    home = context["generated_content"].get("home.md")
    role = home.metadata.get("role", "") if home else ""
    texts = cards.settable(context["SITENAME"], unescape(str(role)))
    portrait = context["portrait"]
    file = media.file(portrait.path) if portrait else None
    if texts is None or (portrait and portrait.path not in context["pictures"]):
        return None
    stem = name("card", "\n".join(texts).encode(), file.read_bytes() if file else b"")
    return media.keep(f"{stem}.jpg", lambda: cards.of_site(*texts, file))


def _of_figure(media: "Media", page: Page) -> str | None:
    path = page.paper.figure.path
    if path not in media.context["pictures"]:
        return None
    file = media.file(path)
    stem = name(f"{page.slug}-card", file.read_bytes())
    try:
        return media.keep(f"{stem}.jpg", lambda: cards.of_figure(file))
    except ValueError as error:
        media.problem(path, error)
        return None


def _in_type(media: "Media", page: Page) -> str | None:
    paper = page.paper
    byline = paper.byline()
    authors = ", ".join(author.name for author in byline.shown)
    more = f" and {len(byline.more)} more" if byline.more else ""
    texts = cards.settable(
        " · ".join([paper.venue_label, *paper.honours]), unescape(str(page.title)),
        authors + more + (" et al." if paper.others else ""), media.context["SITENAME"],
    )  # fmt: skip
    if texts is None:
        return None
    address = name(f"{page.slug}-card", "\n".join(texts).encode()) + ".png"
    media.later[address] = partial(cards.of_paper, *texts)
    return address
