"""From Pelican's articles and pages to what the templates print."""

import re
from collections.abc import Iterator
from pathlib import Path

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from .build import profile_of
from .check import Checked, check_contents, find_external_links, report_problems
from .content import Header, read_paper, read_people
from .export import format_bibtex
from .images import measure_image
from .model import Figure, Link, PartialDate, Problem
from .pages import (
    FACET_THRESHOLD,
    add_bibtex_pages,
    attached_files,
    exclude_draft_files,
    exclude_private_files,
    exclude_private_links,
    has_paper_header,
    is_paper,
    make_facets,
    make_listings,
    mark_drafts,
    markup_title,
    named_files,
    paper_sort_key,
    report_duplicate_key,
    resolve_citations,
)
from .site import SiteMedia, generator_name, list_downloads, list_feeds
from .util import is_path

# How many papers the home page shows where none is marked as selected.
NEWEST = 5


def read_papers(generator: PagesGenerator) -> None:
    """Give each page of content/papers/ its `paper`, and publish the files it names."""
    folder = Path(generator.path)
    for path, content in generator.context["generated_content"].items():
        if content and not hasattr(content, "header"):
            # Read by Pelican's reader for HTML, say, or that of another plugin.
            content.header = Header(f"{folder.name}/{path}")
    # A file of PAGE_PATHS may lie in a folder of ARTICLE_PATHS, and Pelican reads it as both.
    both = {page.source_path for page in generator.pages}
    for listed in (generator.context["articles"], generator.context["dates"]):
        listed[:] = [article for article in listed if article.source_path not in both]
    settings = generator.settings
    owners = settings.get("OWNER") or settings.get("AUTHOR") or []
    people, problems = read_people(folder, [owners] if isinstance(owners, str) else owners)
    generator.context["people"] = people
    generator.context["problems"] = problems + add_bibtex_pages(generator)
    mark_drafts(generator)
    keys: dict[str, Header] = {}
    for page in filter(is_paper, generator.pages):
        if has_paper_header(page):
            file = Path(page.source_path)
            key = page.header.citation_key or re.sub(r"[^\w.:+-]+", "-", file.stem)
            page.paper = read_paper(page.header, file, folder, people, key)
            generator.context["static_links"] |= named_files(page.paper)
            if page.paper:
                first = keys.setdefault(page.paper.key.lower(), page.header)
                if first is not page.header:
                    report_duplicate_key(page.header, first)
        else:
            page.header.report(None, "no Markdown (write papers as .md files)")
    exclude_draft_files(generator)
    exclude_private_links(generator)
    for content in [*generator.context["articles"], *generator.pages]:
        # From here on they are settled; Pelican would put them together each time.
        content.override_url, content.override_save_as = content.url, content.save_as


def gather_papers(generators: list[Generator]) -> None:
    """Put news and papers into the context in their order, or tell what is wrong.

    The context gets `papers` and `selected_papers`, lists of pages that have a `paper`
    each, `listings` and `facets` (see lists.py), `feeds`, `downloads`, `menu` and `social`, lists
    of Links, `portrait`, a Figure or None, `generator`, what makes the site, and `cards`, what
    the filter `render_card` keeps.
    Articles and pages get `when`, a PartialDate or None, and a title that is markup
    already, as Pelican and its feeds expect.
    """
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    context = pages.context
    for page in pages.pages:
        if getattr(page, "paper", None):
            page.downloads, page.bibtex = list_downloads(page), format_bibtex(page.paper)
    _attach_files(pages)
    shown = [*articles.articles, *pages.pages]
    papers = [page for page in pages.pages if getattr(page, "paper", None)]
    context["problems"] += resolve_citations(shown, papers, Path(pages.path), context["people"])
    context["papers"] = papers
    context["listings"] = make_listings(context, papers, articles.articles)
    with profile_of(context).phase("checking"):
        problems = check_contents(pages)
    exclude_private_files(context, problems)
    context["portrait"] = _portrait(context, problems)
    media = SiteMedia(context, problems)
    if context.get("CHECKING"):
        media.inspect()
        files = len(context["generated_content"]) + len(context["static_content"])
        folder, cache = Path(pages.path).parent, Path(context["CACHE_PATH"])
        raise Checked(
            problems,
            find_external_links(context),
            files,
            folder,
            cache,
            sorted(papers, key=paper_sort_key),
        )
    with profile_of(context).phase("pictures"):
        media.make(pages.pages)
    if preview := context.get("PREVIEW"):
        preview.problems += problems
    elif problems:
        report_problems(problems)
    for content in filter(None, context["generated_content"].values()):
        content.title = markup_title(content)
        if not hasattr(content, "when"):
            date = getattr(content, "date", None)
            content.when = PartialDate(date.year, date.month, date.day) if date else None
    for listed in (articles.articles, articles.dates):
        listed[:] = [item for item in listed if not item.header.has_errors]
        listed.sort(key=_news_key, reverse=True)
    news = [None, *articles.articles, None]
    for newer, article, older in zip(news, articles.articles, news[2:], strict=False):
        article.newer, article.older = newer, older
        article.papers = [page for page in article.papers if not page.header.has_errors]
    pages.pages[:] = [page for page in pages.pages if not page.header.has_errors]
    papers = sorted((page for page in pages.pages if is_paper(page)), key=paper_sort_key)
    selected = [page for page in papers if page.paper.selected]
    for page in papers:
        told = [article for article in page.news if not article.header.has_errors]
        page.news = sorted(told, key=_news_key, reverse=True)
    context["papers"] = papers
    context["listings"] = make_listings(context, papers, articles.articles)
    context["facets"] = make_facets(context["listings"]) if len(papers) >= FACET_THRESHOLD else {}
    context["feeds"] = list_feeds(context)
    context["cards"], context["generator"] = {}, generator_name()
    context["downloads"] = list_downloads() if papers else []
    context["selected_papers"] = selected or papers[:NEWEST]
    context["menu"] = list(_menu(context))
    context["social"] = [Link(label, url) for label, url in context.get("SOCIAL") or ()]


def _attach_files(generator: PagesGenerator) -> None:
    """Publish files that papers link to, or that lie among them, in the folder of the page.

    Google Scholar takes a PDF for a paper's only there. Of two papers that name one file
    the first has it.
    """
    context = generator.context
    for page in generator.pages:
        paper = getattr(page, "paper", None)
        for path in attached_files(paper):
            static = context["static_content"].get(path)
            if static is not None and not hasattr(static, "override_save_as"):
                folder = page.save_as.rpartition("/")[0]
                static.override_save_as = f"{folder}/{path.rpartition('/')[2]}"
                static.override_url = static.override_save_as


def _portrait(context: dict, problems: list[Problem]) -> Figure | None:
    """Return the picture content/images/portrait.*, where there is one."""
    for path, static in sorted(context["static_content"].items()):
        if re.fullmatch(r"images/portrait\.(?!txt|md)\w+", path, re.IGNORECASE):
            try:
                return Figure(path, *measure_image(Path(static.source_path)), context["SITENAME"])
            except ValueError as error:
                problems.append(Problem(f"{Path(context['PATH']).name}/{path}", str(error)))
    return None


def _menu(context: dict) -> Iterator[Link]:
    """Yield the links of MENUITEMS without those of lists that are empty."""
    lists = {
        context["PUBLICATIONS_URL"]: context["papers"],
        context["ARCHIVES_URL"]: context["articles"],
    }
    for label, url in context.get("MENUITEMS") or ():
        url = url.lstrip("/") if is_path(url) else url
        if lists.get(url, True):
            yield Link(label, url)


def _news_key(article: Article) -> tuple:
    """Order by date; within one date by file name, so that the order is the same anywhere."""
    return article.when.sort_key, article.get_relative_source_path()
