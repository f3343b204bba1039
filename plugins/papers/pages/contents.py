"""Pelican's articles and pages, and the papers of those in content/papers/."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from markupsafe import Markup, escape
from pelican import contents
from pelican.contents import Content
from pelican.readers import MarkdownReader

from ..content import PAPERS_FOLDER, Header, read_paper
from ..model import PartialDate, Person

_SOURCE_SUFFIXES = (*(f".{suffix}" for suffix in MarkdownReader.file_extensions), ".bib")


def is_paper(content: Content) -> bool:
    """Tell whether a page comes from content/papers/."""
    return content.relative_source_path.startswith(f"{PAPERS_FOLDER}/")


def is_markdown_or_bibtex(content: Content) -> bool:
    """Tell whether our reader has read a content, and not one of Pelican's for HTML, say."""
    return content.source_path.endswith(_SOURCE_SUFFIXES)


def add_papers(pages: Iterable[contents.Page], folder: Path, people: Mapping[str, Person]) -> None:
    """Give each page its `paper`, None where the header is not that of a paper."""
    headers: dict[str, Header] = {}
    for page in pages:
        page.paper = None
        if not is_markdown_or_bibtex(page):
            page.header.report(None, "no Markdown (write papers as .md files)")
            continue
        file = Path(page.source_path)
        key = page.header.citation_key or re.sub(r"[^\w.:+-]+", "-", file.stem)
        page.paper = read_paper(page.header, file, folder, people, key)
        if page.paper:
            first = headers.setdefault(page.paper.key.lower(), page.header)
            if first is not page.header:
                report_duplicate_key(page.header, first)


def report_duplicate_key(header: Header, first: Header) -> None:
    """Report that a paper has the citation key of another one."""
    header.report("key", f"is that of {first.location} (write another `Key: …`)")


def complete_content(content: Content) -> None:
    """Give a content of another plugin what templates print of each, and a title as markup."""
    path = content.get_relative_source_path() or ""
    date = getattr(content, "date", None)
    defaults = {
        "header": Header(f"{Path(content.settings['PATH']).name}/{path}"),
        "when": PartialDate(date.year, date.month, date.day) if date else None,
        "draft_label": "", "references": [], "topics": [], "papers": [], "news": [],
        "newer": None, "older": None,
    }  # fmt: skip
    for name, value in defaults.items():
        if not hasattr(content, name):
            setattr(content, name, value)
    if not isinstance(content.title, Markup):
        # Some readers escape titles, and some do not.
        content.title = escape(unescape(content.title))


class _Memoised:
    """Remembers what Pelican computes again at each call."""

    _static_links: frozenset[str] | None = None

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
