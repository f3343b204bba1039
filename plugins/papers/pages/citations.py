"""Citations `[@key]` in texts, and the header `Papers:` of a post."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from pelican.contents import Article, Content, Page

from ..content import Header, parse_bibtex, read_paper
from ..model import Paper, Person, Problem
from ..util import find_misspelt, html_to_text, is_public, split_list

REFERENCES_FILE = "references.bib"
# As in Pandoc: [see @key, p. 3; @other].
_CITATION = r"\[((?:[^\[\]]*[^\w\[\]])?@[\w][^\[\]]*)\](?![(\[:])"
_KEY = re.compile(r"(?<!\w)@(\w(?:[\w:.+/-]*\w)?)")
_CITE_TAG = re.compile(r'<cite class="keys">(.*?)</cite>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry in a text's list of references; `label` cites it in the text."""

    anchor: str
    label: str
    year: str
    paper: Paper
    address: str | None


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
    """Give each content its `references`, each post its `papers`, each paper's page its `news`.

    Returns the problems of references.bib; unknown keys are reported by the headers.
    """
    for page in papers:
        page.news = []
    pages = {page.slug.lower(): page for page in reversed(papers)}
    pages |= {page.paper.key.lower(): page for page in papers}
    other_works = _ReferencesFile(folder, people)
    for content in contents:
        content.references = _references(content, pages, other_works)
        if content.references:
            content.header.plain_text = html_to_text(
                render_citations(content.header.html, content.references)
            )
            if getattr(content, "paper", None):
                content.paper = replace(content.paper, abstract=content.header.plain_text)
        content.papers = []
        keys = content.header.get("papers") if isinstance(content, Article) else None
        for key in split_list(keys or ""):
            if page := pages.get(key.lower()):
                content.papers.append(page)
                page.news.append(content)
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
        reference = by_anchor.get(_anchor(match[1]))
        if reference is None:
            return match[0]
        label = escape(reference.label)
        return f'<a href="#{quote(reference.anchor)}">{label}</a>' if linked else label

    return _CITE_TAG.sub(lambda match: f"<cite>({_KEY.sub(render, match[1])})</cite>", html)


class _ReferencesFile:
    """The works of content/references.bib, which is parsed at the first use."""

    def __init__(self, folder: Path, people: Mapping[str, Person]):
        self.folder, self.people = folder, people
        self.papers: dict[str, Paper | None] = {}
        self.problems: list[Problem] = []

    @cached_property
    def headers(self) -> dict[str, Header]:
        """The headers of the entries by their keys in lower case."""
        file, headers = self.folder / REFERENCES_FILE, {}
        name = f"{self.folder.name}/{REFERENCES_FILE}"
        if file.is_symlink() and not is_public(file, self.folder):
            hint = "put the file itself there"
            self.problems.append(Problem(name, f"leads out of content/ ({hint})"))
            return headers
        for header in parse_bibtex(name, file.read_bytes()) if file.is_file() else ():
            if header.citation_key:
                headers.setdefault(header.citation_key.lower(), header)
            else:
                self.problems += header.problems
        return headers

    def get(self, key: str) -> Paper | None:
        """Return a work; None if there is none, or if it has errors, which are reported."""
        key = key.lower()
        if key in self.headers and key not in self.papers:
            header = self.headers[key]
            file = self.folder / REFERENCES_FILE
            paper = read_paper(header, file, self.folder, self.people, header.citation_key)
            self.problems += [problem for problem in header.problems if not problem.notice]
            # Files and links of other people's works are not used.
            self.papers[key] = paper and replace(paper, links=(), figure=None)
        return self.papers.get(key)


def _references(
    content: Content, pages: Mapping[str, Page], other_works: _ReferencesFile
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
            references.append(Reference(_anchor(key), _label(paper), year, paper, url))
        elif lower_key not in other_works.papers:
            hint = _suggest(key, [*pages, *other_works.headers])
            message = f"[@{key}] is not a paper of the site or of {REFERENCES_FILE}{hint}"
            content.header.report(None, message, content.header.line_of(f"@{key}"))
    references.sort(key=lambda item: (item.label.casefold(), item.paper.title.casefold()))
    return _disambiguate(references)


def _disambiguate(references: list[Reference]) -> list[Reference]:
    """Add letters to equal labels: 2026a, 2026b."""
    counts, seen = Counter(reference.label for reference in references), Counter()
    for n, reference in enumerate(references):
        if counts[reference.label] > 1:
            letter = chr(ord("a") + seen[reference.label])
            seen[reference.label] += 1
            label, year = reference.label + letter, reference.year + letter
            references[n] = replace(reference, label=label, year=year)
    return references


def _label(paper: Paper) -> str:
    """Return a label such as "Liu et al., 2026"."""
    names = [author.family for author in paper.authors or paper.editors]
    if len(names) > 2 or paper.has_more_authors:
        name = f"{names[0]} et al."
    else:
        name = " and ".join(names) or paper.title
    return f"{name}, {paper.date.year}"


def _anchor(key: str) -> str:
    return f"ref-{key.lower()}"


def _suggest(key: str, keys: Iterable[str]) -> str:
    close = find_misspelt(key.lower(), keys)
    return f" (did you mean `{close}`?)" if close else " (write its key)"
