"""Texts and papers know each other: `[@key]` in a text, and the header `Papers:` of a post."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from ..util import html_to_text, is_public, split_list

REFERENCES_FILE = "references.bib"
# Pandoc's form: [see @key, p. 3; @other].
_CITATION = r"\[((?:[^\[\]]*[^\w\[\]])?@[\w][^\[\]]*)\](?![(\[:])"
_KEY = re.compile(r"(?<!\w)@(\w(?:[\w:.+/-]*\w)?)")
_MARKED = re.compile(r'<cite class="keys">(.*?)</cite>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a text's list: its anchor, what stands for it in the text, where it leads."""

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
    """Markdown's extension for `[@key]`, which it marks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take citations before links are looked for."""
        md.inlinePatterns.register(_Citation(_CITATION, md), "citation", 175)


def resolve_citations(
    contents: Iterable[Content], papers: list[Page], folder: Path, people: Mapping[str, Person]
) -> list[Problem]:
    """Give each content its `references`, each post its `papers`, each paper's page its `news`.

    Returns what is wrong with references.bib; unknown keys are noted in the headers.
    """
    known = {}
    for page in papers:
        page.news = []
        known.setdefault(page.slug.lower(), page)
    known |= {page.paper.key.lower(): page for page in papers}
    outside = _Outside(folder, people)
    for content in contents:
        content.references = _references(content, known, outside)
        if content.references:
            content.header.plain_text = html_to_text(
                render_citations(content.header.html, content.references)
            )
            if getattr(content, "paper", None):
                content.paper = replace(content.paper, abstract=content.header.plain_text)
        content.papers = []
        value = content.header.get("papers") if isinstance(content, Article) else None
        for key in split_list(value or ""):
            if page := known.get(key.lower()):
                content.papers.append(page)
                page.news.append(content)
            else:
                content.header.report(
                    "papers", f'"{key}" is no paper of the site{_near(key, known)}'
                )
    return outside.problems


def render_citations(html: str, references: Iterable[Reference], linked: bool = True) -> str:
    """Return HTML whose marked citations name their works, and link to the text's list."""
    if '<cite class="keys">' not in html:
        return html
    found = {reference.anchor: reference for reference in references}

    def work(match: re.Match) -> str:
        reference = found.get(_anchor(match[1]))
        if reference is None:
            return match[0]
        label = escape(reference.label)
        return f'<a href="#{quote(reference.anchor)}">{label}</a>' if linked else label

    return _MARKED.sub(lambda match: f"<cite>({_KEY.sub(work, match[1])})</cite>", html)


class _Outside:
    """The works of content/references.bib, read when the first is asked for."""

    def __init__(self, folder: Path, people: Mapping[str, Person]):
        self.folder, self.people = folder, people
        self.headers: dict[str, Header] | None = None
        self.papers: dict[str, Paper | None] = {}
        self.problems: list[Problem] = []

    def get(self, key: str) -> Paper | None:
        """Return a work, None where there is none or where it cannot be read, which is told."""
        if self.headers is None:
            self.headers = self._read()
        key = key.lower()
        if key in self.headers and key not in self.papers:
            header = self.headers[key]
            file = self.folder / REFERENCES_FILE
            paper = read_paper(header, file, self.folder, self.people, header.citation_key)
            # Files that it names are somebody else's, and nothing is made of them.
            self.problems += [problem for problem in header.problems if not problem.notice]
            self.papers[key] = paper and replace(paper, links=(), figure=None)
        return self.papers.get(key)

    def _read(self) -> dict[str, Header]:
        file, found = self.folder / REFERENCES_FILE, {}
        name = f"{self.folder.name}/{REFERENCES_FILE}"
        if file.is_symlink() and not is_public(file, self.folder):
            hint = "put the file itself there"
            self.problems.append(Problem(name, f"leads out of content/ ({hint})"))
            return found
        for header in parse_bibtex(name, file.read_bytes()) if file.is_file() else ():
            if header.citation_key:
                found.setdefault(header.citation_key.lower(), header)
            else:
                self.problems += header.problems
        return found


def _references(content: Content, known: Mapping[str, Page], outside: _Outside) -> list[Reference]:
    keys = {}
    for text in _MARKED.findall(content.header.html):
        keys |= {key.lower(): key for key in _KEY.findall(unescape(text))}
    found = []
    for low, key in keys.items():
        page = known.get(low)
        paper = page.paper if page else outside.get(key)
        if paper is None and low in outside.papers:
            continue
        if paper is None:
            names = [*known, *(outside.headers or ())]
            where = f"of the site or of {REFERENCES_FILE}{_near(key, names)}"
            line = content.header.line_of(f"@{key}")
            content.header.report(None, f"[@{key}] is no paper {where}", line)
            continue
        address = page.url if page else paper.citation_url
        found.append(Reference(_anchor(key), _label(paper), str(paper.date.year), paper, address))
    found.sort(key=lambda item: (item.label.casefold(), item.paper.title.casefold()))
    return _distinct(found)


def _distinct(found: list[Reference]) -> list[Reference]:
    """Tell works of one label apart: 2026a, 2026b."""
    count, seen, told = Counter(item.label for item in found), Counter(), []
    for item in found:
        letter = chr(ord("a") + seen[item.label]) if count[item.label] > 1 else ""
        seen[item.label] += 1
        told.append(replace(item, label=item.label + letter, year=item.year + letter))
    return told


def _label(paper: Paper) -> str:
    """Return "Liu et al., 2026"."""
    names = [author.family for author in paper.authors or paper.editors]
    if len(names) > 2 or paper.has_more_authors:
        words = f"{names[0]} et al."
    else:
        words = " and ".join(names) or paper.title
    return f"{words}, {paper.date.year}"


def _anchor(key: str) -> str:
    return f"ref-{key.lower()}"


def _near(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key.lower(), known, n=1)
    return f" (did you mean `{close[0]}`?)" if close else " (write its key)"
