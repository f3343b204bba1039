"""Pelican's articles and pages, who remember what they are asked for again and again."""

from html import unescape

from markupsafe import Markup, escape
from pelican import contents
from pelican.contents import Content

from ..content import PAPERS_FOLDER, unmark_math


def is_paper(content: Content) -> bool:
    """Tell whether a page comes from content/papers/."""
    return content.relative_source_path.startswith(f"{PAPERS_FOLDER}/")


def markup_title(content: Content) -> Markup:
    """Return a content's title as markup: as it was read, it can be HTML and is escaped or not."""
    return escape(unescape(unmark_math(content.title)))


def forget_rendered() -> None:
    """Have all texts made anew: Pelican remembers those of each content that there ever was."""
    for remembered in (contents.Content.get_content, contents.Content.get_summary):
        remembered.cache.clear()


class _Quick:
    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """Return the path below content/ of a file, or the content's own."""
        own = vars(self).get("relative_source_path")
        return own if source_path is None and own else super().get_relative_source_path(source_path)

    def get_static_links(self) -> set[str]:
        """Return the paths below content/ of the files that the text links to."""
        if self._links is None:
            self._links = frozenset(super().get_static_links())
        return set(self._links)

    _links: frozenset[str] | None = None


class Article(_Quick, contents.Article):
    """Pelican's article."""


class Page(_Quick, contents.Page):
    """Pelican's page."""
