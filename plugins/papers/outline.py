"""The whole site for those who do not read pages: sitemap, robots.txt, llms.txt, papers as text."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pelican.contents import Article, Content, Page
from pelican.generators import PagesGenerator

from .feeds import absolute
from .guard import place
from .headers import Header
from .model import Paper
from .outputs import LaterWriter
from .record import split_list

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LIST = re.compile(r"(?:^|\n\n)[^\n]*\n\n\[(?:NEWS|PAPERS)\]", re.IGNORECASE)
# What makes more than a paragraph of a text, at its beginning.
_BEGINNING = re.compile(r"^(?=[#>+*=~`|<-])", re.MULTILINE)
_ALIAS = r"(?!.*(?:\.\.|/\.))/?[^\s?#%\\:\"<>|*./][^\s?#%\\:\"<>|*]{,150}"


def aliases(header: Header) -> list[str]:
    """Return the paths below the site's root to which old addresses of a file lead."""
    names = split_list(header.get("aliases") or "")
    paths = (name.lstrip("/") for name in names if re.fullmatch(_ALIAS, name))
    return [
        f"{path.rstrip('/')}/index.html" if not path.endswith((".html", ".htm")) else path
        for path in paths
    ]


def check_aliases(header: Header) -> None:
    """Note an old address that is none of this site's."""
    for name in split_list(header.get("aliases") or ""):
        if not re.fullmatch(_ALIAS, name):
            header.problem("aliases", f'"{name}" is no path of this site (write /old/address/)')


def files(context: dict) -> list[str]:
    """Return the paths of what `write` writes for the site as a whole."""
    if context["RELATIVE_URLS"]:
        return []
    own = {place(static) for static in context["static_content"].values()}
    return [path for path in ("llms.txt", "robots.txt", "sitemap.xml") if path not in own]


def write(generator: PagesGenerator, writer: LaterWriter) -> None:
    """Write all of it, and the pages that lead from old addresses to new ones."""
    context = generator.context
    texts = {"llms.txt": _llms, "robots.txt": _robots, "sitemap.xml": _sitemap}
    for path in files(context):
        writer.put(path, partial(texts[path], context), ...)
    for page in context["papers"] if not context["RELATIVE_URLS"] else ():
        writer.put(text_of(page), partial(_text, page, context), page)
    template = generator.get_template("redirect")
    relative = generator.settings["RELATIVE_URLS"]
    for content in [*context["articles"], *generator.pages]:
        for path in aliases(content.header):
            writer.write_file(path, template, context, relative_urls=relative, target=content)


def plain(content: Content) -> str:
    """Return the words of a text; on the home page the heading above a list goes with it."""
    return _LIST.sub("", content.header.plain)


def text_of(page: Page) -> str:
    """Return the path of a paper's page as text."""
    return f"{place(page).removesuffix('.html')}.md"


def _sitemap(context: dict) -> bytes:
    root = Element("urlset", {"xmlns": _SITEMAP})
    for address, date in sorted(_addresses(context)):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = absolute(context, address)
        if date:
            SubElement(url, "lastmod").text = date
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _addresses(context: dict) -> Iterator[tuple[str, str]]:
    """Yield all pages to be found, with the days on which they were last changed, where known.

    A paper's date is that of its publication, which tells nothing of its page.
    """
    articles, pages = context["articles"], context["pages"]
    for content in [*articles, *pages]:
        yield content.url, _changed(content)
    yield context["ARCHIVES_URL"], max(map(_changed, articles), default="")
    for listing in context["listings"]:
        members = [*listing.papers, *listing.articles]
        if members or not listing.facet:
            yield listing.address, max(map(_changed, members), default="")


def _changed(content: Content) -> str:
    when = content.when if isinstance(content, Article) else None
    date = content.header.date("modified") or when
    return date.isoformat() if date else ""


def _robots(context: dict) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {context['SITEURL']}/sitemap.xml\n".encode()


def _llms(context: dict) -> bytes:
    """Return the site in Markdown, as https://llmstxt.org asks for."""
    home = context["generated_content"].get("home.md")
    role = unescape(str(home.metadata.get("role", ""))) if home else ""
    bio = _BEGINNING.sub(r"\\", plain(home)) if home else ""
    parts = [f"# {context['SITENAME']}", role and f"> {role}", bio]
    papers = [
        f"- [{_link(page)}]({absolute(context, text_of(page))}): {_line(page)}"
        for page in context["papers"]
    ]
    news = [
        f"- {item.when.isoformat()}: [{_link(item)}]({absolute(context, item.url)})"
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
    return ", ".join(names + ["et al."] * paper.others)


def _text(page: Page, context: dict) -> bytes:
    return "".join(f"{line}\n" for line in _paper(page, context)).encode()


def _paper(page: Page, context: dict) -> Iterable[str]:
    """Yield the lines of a paper in Markdown."""
    paper = page.paper
    yield from (f"# {paper.title}", "", f"- Authors: {_names(paper)}")
    told = ", ".join(filter(None, (paper.kind, paper.imprint, paper.date.isoformat())))
    yield f"- Published: {told}"
    for honour in paper.honours:
        yield f"- {honour}"
    yield f"- Page: {absolute(context, page.url)}"
    for link in paper.links:
        yield f"- {link.label}: {absolute(context, link.address)}"
    if paper.abstract:
        yield from ("", "## Abstract", "", _BEGINNING.sub(r"\\", paper.abstract))
    yield from ("", "## BibTeX", "", "```bibtex", page.bibtex.rstrip(), "```")
