"""The site for language models: llms.txt (https://llmstxt.org), and each paper as Markdown."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape

from pelican.contents import Content, Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..build import output_path, state_of
from ..model import KINDS, Paper
from ..util import LazyPattern, encode_for_markdown, escape_commonmark, fence_code, html_to_text
from .urls import absolute_url, static_paths

LLMS_FILE = "llms.txt"
_LIST = LazyPattern(
    r"(?:<h([1-6])[^>]*>(?:(?!</h\1>).)*</h\1>\s*)?"
    rf"<p>\s*\[(?:{'|'.join(KINDS)})\]\s*</p>",
    re.DOTALL | re.IGNORECASE,
)


def body_text(content: Content) -> str:
    """Return the words of a text; on the home page without the lists and their headings."""
    header = content.header
    html, count = _LIST.subn("", header.html)
    return html_to_text(html) if count else header.plain_text


def markdown_path(page: Page) -> str:
    """Return the path of a paper as Markdown, below the site's root."""
    return f"{output_path(page).removesuffix('.html')}.md"


def list_llms_files(context: dict) -> list[str]:
    """Return the path of llms.txt, unless the site has a file of its own there."""
    return [] if context["RELATIVE_URLS"] or LLMS_FILE in static_paths(context) else [LLMS_FILE]


def write_llms_txt(generator: PagesGenerator, writer: Writer) -> None:
    """Write llms.txt, and the Markdown of each paper that it links to."""
    outputs = state_of(generator.context).outputs
    context = generator.context
    for path in list_llms_files(context):
        outputs.add(path, partial(_format_site, context), ...)
    for page in context["papers"] if not context["RELATIVE_URLS"] else ():
        outputs.add(markdown_path(page), partial(_format_paper, page, context), page)


def _format_site(context: dict) -> bytes:
    home = context["generated_content"].get("home.md")
    role = unescape(str(home.metadata.get("role", ""))) if home else ""
    text = escape_commonmark(body_text(home)) if home else ""
    name = escape_commonmark(str(context["SITENAME"]))
    parts = [f"# {name}", role and f"> {escape_commonmark(role)}", text]
    for listing in context["lists"].values():
        if lines := [_format_line(content, context) for content in listing.items]:
            parts += [f"## {listing.label}", "\n".join(lines)]
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _format_line(content: Content, context: dict) -> str:
    if getattr(content, "paper", None):
        address, words = absolute_url(context, markdown_path(content)), _summarize(content)
        return f"- [{_link_text(content)}]({address}): {words}"
    address, summary = absolute_url(context, content.url), content.header.get("summary")
    words = f": {escape_commonmark(' '.join(summary.split()))}" if content.post and summary else ""
    return f"- {content.when.isoformat()}: [{_link_text(content)}]({address}){words}"


def _link_text(content: Content) -> str:
    return escape_commonmark(" ".join(content.title.unescape().split()))


def _summarize(page: Page) -> str:
    paper = page.paper
    summary = page.header.get("summary") or paper.abstract.partition("\n\n")[0]
    parts = (_format_names(paper), paper.venue_label, " ".join(summary.split()))
    return escape_commonmark(". ".join(filter(None, parts)))


def _format_names(paper: Paper) -> str:
    names = [author.name for author in paper.authors or paper.editors]
    return ", ".join(names + ["et al."] * paper.has_more_authors)


def _format_paper(page: Page, context: dict) -> bytes:
    return "".join(f"{line}\n" for line in _paper_lines(page, context)).encode()


def _paper_lines(page: Page, context: dict) -> Iterator[str]:
    paper = page.paper
    title, names = escape_commonmark(paper.title), escape_commonmark(_format_names(paper))
    yield from (f"# {title}", "", f"- Authors: {names}")
    publication = (paper.type_label, paper.imprint, paper.date.isoformat())
    yield f"- Published: {escape_commonmark(', '.join(filter(None, publication)))}"
    for honour in paper.honours:
        yield f"- {escape_commonmark(honour)}"
    yield f"- Page: {absolute_url(context, page.url)}"
    for link in paper.links:
        address = encode_for_markdown(absolute_url(context, link.address))
        yield f"- {escape_commonmark(link.label)}: {address}"
    if text := body_text(page) or paper.abstract:
        yield from ("", "## Abstract", "", escape_commonmark(text))
    yield from ("", "## BibTeX", "", fence_code(page.bibtex.rstrip(), "bibtex"))
