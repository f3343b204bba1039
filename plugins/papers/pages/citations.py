"""Citations `[@key]` in texts, and the header `Papers:` of a post."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from pelican.contents import Article, Content, Page

from ..content import (
    REFERENCES_FILE,
    Reference,
    ReferencesFile,
    cite_label,
    disambiguate,
    find_abstract,
    reference_anchor,
)
from ..model import Person, Problem
from ..util import LazyPattern, find_misspelt, html_to_text, split_list

# As in Pandoc: [see @key, p. 3; @other].
_CITATION = r"\[((?:[^\[\]]*[^\w\[\]])?@[\w][^\[\]]*)\](?![(\[:])"
_KEY = LazyPattern(r"(?<!\w)@(\w(?:[\w:.+/-]*\w)?)")
_CITE_TAG = LazyPattern(r'<cite class="keys">(.*?)</cite>', re.DOTALL)


class _Citation(InlineProcessor):
    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        element = Element("cite", {"class": "keys"})
        element.text = match[1]
        return element, match.start(0), match.end(0)


class Citations(Extension):
    """Markdown extension that puts `[@key]` into a <cite> element."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the pattern before that of links."""
        md.inlinePatterns.register(_Citation(_CITATION, md), "citation", 175)


def resolve_citations(
    contents: Iterable[Content], papers: list[Page], folder: Path, people: Mapping[str, Person]
) -> list[Problem]:
    """Give each content its `references`, each post its `papers`, each paper's page its `mentions`.

    Returns the problems of references.bib; unknown keys are reported by the headers.
    """
    for page in papers:
        page.mentions = []
    pages = {page.slug.lower(): page for page in reversed(papers)}
    pages |= {page.paper.key.lower(): page for page in papers}
    other_works = ReferencesFile(folder, people)
    for content in contents:
        content.references = _references(content, pages, other_works)
        if content.references:
            html = render_citations(content.header.html, content.references)
            content.header.plain_text = text = html_to_text(html)
            if getattr(content, "paper", None):
                content.paper = replace(content.paper, abstract=find_abstract(html, text))
        content.papers = []
        keys = content.header.get("papers") if isinstance(content, Article) else None
        for key in split_list(keys or ""):
            if page := pages.get(key.lower()):
                content.papers.append(page)
                page.mentions.append(content)
            else:
                message = f'"{key}" is not a paper of the site{_suggest(key, pages)}'
                content.header.report("papers", message)
    return other_works.problems


def render_citations(html: str, references: Iterable[Reference], linked: bool = True) -> str:
    """Replace the keys in citations by labels, which link to the text's list of references."""
    if '<cite class="keys">' not in html:
        return html
    by_anchor = {reference.anchor: reference for reference in references}

    def render(match: re.Match) -> str:
        reference = by_anchor.get(reference_anchor(match[1]))
        if reference is None:
            return match[0]
        label = escape(reference.label)
        return f'<a href="#{quote(reference.anchor)}">{label}</a>' if linked else label

    return _CITE_TAG.sub(lambda match: f"<cite>({_KEY.sub(render, match[1])})</cite>", html)


def _references(
    content: Content, pages: Mapping[str, Page], other_works: ReferencesFile
) -> list[Reference]:
    """Return the works that a text cites, and report keys without a work."""
    keys = {}
    for text in _CITE_TAG.findall(content.header.html):
        keys |= {key.lower(): key for key in _KEY.findall(unescape(text))}
    references = []
    for lower_key, key in keys.items():
        page = pages.get(lower_key)
        paper = page.paper if page else other_works.get(key)
        if paper:
            url = page.url if page else paper.citation_url
            year = str(paper.date.year)
            references.append(Reference(reference_anchor(key), cite_label(paper), year, paper, url))
        elif lower_key not in other_works.papers:
            hint = _suggest(key, [*pages, *other_works.headers])
            message = f"[@{key}] is not a paper of the site or of {REFERENCES_FILE}{hint}"
            content.header.report(None, message, content.header.line_of(f"@{key}"))
    references.sort(key=lambda item: (item.label.casefold(), item.paper.title.casefold()))
    return disambiguate(references)


def _suggest(key: str, keys: Iterable[str]) -> str:
    close = find_misspelt(key.lower(), keys)
    return f" (did you mean `{close}`?)" if close else " (correct the key)"
