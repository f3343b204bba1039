"""From Pelican's articles and pages to what the templates print."""

from collections.abc import Iterable
from pathlib import Path

from pelican import Pelican
from pelican.contents import Article, Page, Static
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from .build import CheckResult, RunMode, profile_of, state_of
from .check import check_contents, find_external_links, repair_settings, report_problems
from .content import owner_names, read_people, replace_typogrify
from .export import format_bibtex
from .model import Link, PartialDate, Problem
from .pages import (
    FACET_THRESHOLD,
    add_bibtex_pages,
    add_papers,
    add_posts,
    attached_files,
    exclude_draft_files,
    exclude_private_files,
    exclude_private_links,
    exclude_symlinked_folders,
    is_paper,
    make_facets,
    make_listings,
    mark_drafts,
    named_files,
    paper_sort_key,
    relate_posts,
    resolve_citations,
)
from .site import (
    check_media,
    filter_menu,
    generator_name,
    list_downloads,
    list_feeds,
    measure_portrait,
    publish_media,
)

# How many papers the home page shows where none is marked as selected.
RECENT_PAPERS = 5


def prepare_settings(pelican: Pelican) -> None:
    """Replace wrong settings, and those with which Pelican would do our work or do harm."""
    settings = pelican.settings
    problems = repair_settings(settings)
    replace_typogrify(settings)
    state_of(settings).problems = problems + exclude_symlinked_folders(settings)


def read_papers(generator: PagesGenerator) -> None:
    """Give each page of content/papers/ its `paper`, and exclude what is not published."""
    context, folder = generator.context, Path(generator.path)
    # Pelican reads a file of PAGE_PATHS twice if it lies in a folder of ARTICLE_PATHS.
    page_paths = {page.source_path for page in generator.pages}
    for articles in (context["articles"], context["dates"]):
        articles[:] = [each for each in articles if each.source_path not in page_paths]
    context["people"], problems = read_people(folder, owner_names(generator.settings))
    context["problems"] = problems + add_bibtex_pages(generator)
    mark_drafts(generator)
    papers = [page for page in generator.pages if is_paper(page)]
    add_papers(papers, folder, context["people"])
    add_posts(context["articles"], folder, context["people"])
    context["static_links"].update(*map(named_files, [*context["articles"], *papers]))
    exclude_draft_files(generator)
    exclude_private_links(generator)
    for content in [*context["articles"], *generator.pages]:
        # Pelican would format them again at each use.
        content.override_url, content.override_save_as = content.url, content.save_as


def gather_papers(generators: list[Generator]) -> None:
    """Fill the context with posts and papers in order, or report what is wrong with them.

    Themes read what this adds; see docs/themes.md.
    """
    article_generator = next(g for g in generators if isinstance(g, ArticlesGenerator))
    page_generator = next(g for g in generators if isinstance(g, PagesGenerator))
    _relate(article_generator, page_generator)
    problems = _check(page_generator)
    _publish_images(page_generator, problems)
    _report(page_generator, problems)
    if state_of(page_generator.context).mode is not RunMode.CHECK:
        _order(article_generator, page_generator)
        _fill_context(article_generator, page_generator)


def _relate(article_generator: ArticlesGenerator, page_generator: PagesGenerator) -> None:
    """Connect papers with their downloads and files, the texts that cite them, and their lists."""
    context = page_generator.context
    papers = [page for page in page_generator.pages if getattr(page, "paper", None)]
    for page in papers:
        page.downloads = list_downloads(page)
        _attach_files(page, context["static_content"])
    contents = [*article_generator.articles, *page_generator.pages]
    context["problems"] += resolve_citations(
        contents, papers, Path(page_generator.path), context["people"]
    )
    context["papers"] = papers
    context["listings"] = make_listings(context, papers, article_generator.articles)


def _check(page_generator: PagesGenerator) -> list[Problem]:
    """Return the problems of all content, and exclude files that must not be published."""
    with profile_of(page_generator.context).phase("checking"):
        problems = check_contents(page_generator)
    exclude_private_files(page_generator.context, problems)
    return problems


def _publish_images(page_generator: PagesGenerator, problems: list[Problem]) -> None:
    """Add the portrait and all images to the site, in the sizes that pages show."""
    context = page_generator.context
    context["portrait"] = measure_portrait(context, problems)
    if state_of(context).mode is RunMode.CHECK:
        check_media(context, problems)
        return
    with profile_of(context).phase("pictures"):
        publish_media(context, problems)


def _report(page_generator: PagesGenerator, problems: list[Problem]) -> None:
    """Hand the problems to the check or the preview; those of a build end it."""
    context, state = page_generator.context, state_of(page_generator.context)
    if state.mode is RunMode.CHECK:
        state.result = CheckResult(
            problems,
            find_external_links(context),
            files=len(context["generated_content"]) + len(context["static_content"]),
            folder=Path(page_generator.path).parent,
            cache=Path(context["CACHE_PATH"]),
            papers=sorted(context["papers"], key=paper_sort_key),
            accepted_notices=context.get("ACCEPTED_NOTICES"),
        )
    elif state.mode is RunMode.PREVIEW:
        state.problems = problems
    elif problems:
        report_problems(problems, context)


def _order(article_generator: ArticlesGenerator, page_generator: PagesGenerator) -> None:
    """Sort pages and posts without those that have errors.

    Only a preview and `pelican -r` get here with errors.
    """
    context = page_generator.context
    for content in filter(None, context["generated_content"].values()):
        if not hasattr(content, "when"):
            date = getattr(content, "date", None)
            content.when = PartialDate(date.year, date.month, date.day) if date else None
    for posts in (article_generator.articles, article_generator.dates):
        posts[:] = _sort_posts(posts)
    relate_posts(article_generator.articles)
    for article in article_generator.articles:
        article.papers = [page for page in article.papers if not page.header.has_errors]
    page_generator.pages[:] = [page for page in page_generator.pages if not page.header.has_errors]
    context["papers"] = sorted(filter(is_paper, page_generator.pages), key=paper_sort_key)
    for page in context["papers"]:
        page.mentions, page.bibtex = _sort_posts(page.mentions), format_bibtex(page.paper)


def _fill_context(article_generator: ArticlesGenerator, page_generator: PagesGenerator) -> None:
    """Add what the templates print beside the contents."""
    context = page_generator.context
    papers = context["papers"]
    context["listings"] = make_listings(context, papers, article_generator.articles)
    context["lists"] = {item.value: item for item in context["listings"] if item.kind}
    context["facets"] = make_facets(context["listings"]) if len(papers) >= FACET_THRESHOLD else {}
    context["feeds"] = list_feeds(context)
    context["cards"], context["generator"] = {}, generator_name()
    context["downloads"] = list_downloads() if papers else []
    selected = [page for page in papers if page.paper.selected]
    context["selected_papers"] = selected or papers[:RECENT_PAPERS]
    context["menu"] = filter_menu(context)
    context["social"] = [Link(label, url) for label, url in context.get("SOCIAL") or ()]


def _attach_files(page: Page, static_content: dict[str, Static]) -> None:
    """Publish the files that a paper links to in the folder of its page.

    Google Scholar accepts a PDF only there. A file that two papers name goes to the first.
    """
    folder = page.save_as.rpartition("/")[0]
    for path in attached_files(page.paper):
        static = static_content.get(path)
        if static is not None and not hasattr(static, "override_save_as"):
            static.override_save_as = f"{folder}/{path.rpartition('/')[2]}"
            static.override_url = static.override_save_as


def _sort_posts(articles: Iterable[Article]) -> list[Article]:
    """Return articles without errors, newest first; by file name where the dates are the same."""
    return sorted(
        (article for article in articles if not article.header.has_errors),
        key=lambda article: (article.when.sort_key, article.get_relative_source_path()),
        reverse=True,
    )
