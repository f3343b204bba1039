"""site.llms_txt."""

import re
from collections.abc import Iterable
from html import unescape

from pelican.contents import Content, Page

from ..model import Paper
from ..pages import output_path
from .feeds import absolute_url

_LIST = re.compile(r"(?:^|\n\n)[^\n]*\n\n\[(?:NEWS|PAPERS)\]", re.IGNORECASE)
# What makes more than a paragraph of a text, at its beginning.
_BEGINNING = re.compile(r"^(?=[#>+*=~`|<-])", re.MULTILINE)


def body_text(content: Content) -> str:
    """Return the words of a text; on the home page the heading above a list goes with it."""
    return _LIST.sub("", content.header.plain_text)


def markdown_path(page: Page) -> str:
    """Return the path of a paper's page as text."""
    return f"{output_path(page).removesuffix('.html')}.md"


def _llms(context: dict) -> bytes:
    """Return the site in Markdown, as https://llmstxt.org asks for."""
    home = context["generated_content"].get("home.md")
    role = unescape(str(home.metadata.get("role", ""))) if home else ""
    bio = _BEGINNING.sub(r"\\", body_text(home)) if home else ""
    parts = [f"# {context['SITENAME']}", role and f"> {role}", bio]
    papers = [
        f"- [{_link(page)}]({absolute_url(context, markdown_path(page))}): {_line(page)}"
        for page in context["papers"]
    ]
    news = [
        f"- {item.when.isoformat()}: [{_link(item)}]({absolute_url(context, item.url)})"
        for item in context["articles"]
    ]
    for title, lines in (("Publications", papers), ("News", news)):
        if lines:
            parts += [f"## {title}", "\n".join(lines)]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _link(content: Content) -> str:
    return re.sub(r"([\[\]])", r"\\\1", " ".join(content.title.unescape().split()))


def _line(page: Page) -> str:
    paper = page.paper
    summary = page.header.get("summary") or paper.abstract.partition("\n\n")[0]
    return ". ".join(filter(None, (_names(paper), paper.venue_label, " ".join(summary.split()))))


def _names(paper: Paper) -> str:
    names = [author.name for author in paper.authors or paper.editors]
    return ", ".join(names + ["et al."] * paper.has_more_authors)


def _text(page: Page, context: dict) -> bytes:
    return "".join(f"{line}\n" for line in _paper(page, context)).encode()


def _paper(page: Page, context: dict) -> Iterable[str]:
    """Yield the lines of a paper in Markdown."""
    paper = page.paper
    yield from (f"# {paper.title}", "", f"- Authors: {_names(paper)}")
    told = ", ".join(filter(None, (paper.type_label, paper.imprint, paper.date.isoformat())))
    yield f"- Published: {told}"
    for honour in paper.honours:
        yield f"- {honour}"
    yield f"- Page: {absolute_url(context, page.url)}"
    for link in paper.links:
        yield f"- {link.label}: {absolute_url(context, link.address)}"
    if paper.abstract:
        yield from ("", "## Abstract", "", _BEGINNING.sub(r"\\", paper.abstract))
    yield from ("", "## BibTeX", "", "```bibtex", page.bibtex.rstrip(), "```")
