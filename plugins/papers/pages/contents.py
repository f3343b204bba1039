"""Pelican's articles and pages, and the papers of those in content/papers/."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from markupsafe import Markup, escape
from pelican import contents
from pelican.contents import Content
from pelican.readers import MarkdownReader

from ..content import Header, owner_names, read_paper, read_post
from ..model import KINDS, NEWS, PAPERS, Figure, Kind, PartialDate, Person, find_kind, name_venue

_SOURCE_SUFFIXES = (*(f".{suffix}" for suffix in MarkdownReader.file_extensions), ".bib")


def kind_of(content: Content) -> Kind | None:
    """Return a content's kind; posts of a folder that the table does not have are news."""
    is_post = isinstance(content, contents.Article)
    kind = find_kind(content.relative_source_path or "")
    return kind if kind and kind.is_post is is_post else NEWS if is_post else None


def is_paper(content: Content) -> bool:
    """Tell whether a page comes from content/papers/."""
    return kind_of(content) is PAPERS


def group_by_kind(mixed: Iterable[Content]) -> list[tuple[Kind, list[Content]]]:
    """Return contents of several kinds as pairs of a kind and its contents."""
    groups = {kind.name: (kind, []) for kind in KINDS.values()}
    for content in mixed:
        groups[kind_of(content).name][1].append(content)
    return [group for group in groups.values() if group[1]]


def figure_of(content: Content) -> Figure | None:
    """Return the figure that a header names."""
    record = getattr(content, "paper", None) or getattr(content, "post", None)
    return record and record.figure


def is_markdown_or_bibtex(content: Content) -> bool:
    """Tell whether our reader has read a content, and not one of Pelican's for HTML, say."""
    return content.source_path.endswith(_SOURCE_SUFFIXES)


def add_papers(pages: Iterable[contents.Page], folder: Path, people: Mapping[str, Person]) -> None:
    """Give each page its `paper`, None where the header is not that of a paper."""
    headers: dict[str, Header] = {}
    for page in pages:
        page.paper = None
        if not is_markdown_or_bibtex(page):
            page.header.report(None, "is not Markdown (write papers as .md files)")
            continue
        file = Path(page.source_path)
        key = page.header.citation_key or re.sub(r"[^\w.:+-]+", "-", file.stem)
        page.paper = read_paper(page.header, file, folder, people, key)
        if page.paper:
            page.paper = name_venue(page.paper, page.settings.get("VENUES") or {})
            page.template = page.paper.layout or page.template
            first = headers.setdefault(page.paper.key.lower(), page.header)
            if first is not page.header:
                report_duplicate_key(page.header, first)


def add_posts(articles: Iterable[contents.Article], folder: Path, people: Mapping) -> None:
    """Give each article its `post` and its address, but news, which have those of settings."""
    for article in articles:
        article.post, kind = None, kind_of(article)
        if kind is not NEWS:
            owners, file = owner_names(article.settings), Path(article.source_path)
            article.post = read_post(article.header, file, folder, people, owners)
            if "save_as" not in article.metadata:
                article.override_url = f"{kind.name}/{article.slug}/"
                article.override_save_as = f"{article.override_url}index.html"


def relate_posts(articles: Iterable[contents.Article]) -> None:
    """Give articles, newest first, their neighbours of the same kind, and their series from 1."""
    for _, posts in group_by_kind(articles):
        by_name: dict[str, list[contents.Article]] = defaultdict(list)
        for newer, article, older in zip([None, *posts], posts, [*posts[1:], None], strict=False):
            article.newer, article.older = newer, older
            name = (article.post and article.post.series or "").casefold()
            article.parts = by_name[name] if name else []
            article.parts.insert(0, article)


def report_duplicate_key(header: Header, first: Header) -> None:
    """Report that a paper has the citation key of another one."""
    header.report("key", f"is already used in {first.location} (write another `Key: …`)")


def complete_content(content: Content) -> None:
    """Give a content of another plugin what templates print of each, and a title as markup."""
    path = content.get_relative_source_path() or ""
    date = getattr(content, "date", None)
    defaults = {
        "header": Header(f"{Path(content.settings['PATH']).name}/{path}"),
        "when": PartialDate(date.year, date.month, date.day) if date else None,
        "draft_label": "", "references": [], "topics": [], "papers": [], "mentions": [],
        "newer": None, "older": None, "kind": kind_of(content), "post": None, "parts": [],
    }  # fmt: skip
    for name, value in defaults.items():
        if not hasattr(content, name):
            setattr(content, name, value)
    if not isinstance(content.title, Markup):
        # Some readers escape titles, and some do not.
        content.title = escape(unescape(content.title))


class _Memoised:
    """Has a kind, and remembers what Pelican computes again at each call."""

    _static_links: frozenset[str] | None = None
    kind = property(kind_of)

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """Return the path below content/ of a file, or the content's own."""
        own = vars(self).get("relative_source_path")
        return own if source_path is None and own else super().get_relative_source_path(source_path)

    def get_static_links(self) -> set[str]:
        """Return the paths below content/ of the files that the text links to."""
        if self._static_links is None:
            self._static_links = frozenset(super().get_static_links())
        return set(self._static_links)


class Article(_Memoised, contents.Article):
    """Pelican's article."""


class Page(_Memoised, contents.Page):
    """Pelican's page."""
