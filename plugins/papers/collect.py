"""From Pelican's articles and pages to what the templates print."""

import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from itertools import chain
from pathlib import Path

import pelican
from feedgenerator import SyndicationFeed
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from .figures import measure
from .model import Figure, Paper, PartialDate, Problem
from .record import PAPERS_FOLDER, read_paper

# How many papers the home page shows where none is marked as selected.
NEWEST = 5


def read_papers(generator: PagesGenerator) -> None:
    """Give each page of content/papers/ its `paper`, and publish the files it names."""
    settings = generator.settings
    owners = settings.get("OWNER") or [settings.get("AUTHOR", "")]
    for page in chain(generator.pages, generator.hidden_pages):
        if is_paper(page) and hasattr(page, "header"):
            page.paper = read_paper(
                page.header, Path(page.source_path), Path(generator.path), owners
            )
            generator.context["static_links"] |= set(_files(page.paper))


def gather(generators: list[Generator]) -> None:
    """Put news and papers into the context in their order, or tell what is wrong.

    The context gets `papers` and `selected_papers`, lists of pages that have a `paper`
    each, and `portrait`, a Figure or None.
    """
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    context = pages.context
    problems = []
    context["portrait"] = _portrait(context, problems)
    problems += _check(context)
    if problems:
        _tell(problems)
    for content in filter(None, context["generated_content"].values()):
        content.title = unescape(content.title)
    for news in (articles.articles, articles.dates, articles.hidden_articles):
        news[:] = sorted((item for item in news if not _broken(item)), key=_news_key, reverse=True)
    for listed in (pages.pages, pages.hidden_pages):
        listed[:] = [page for page in listed if not _broken(page)]
    papers = sorted((page for page in pages.pages if is_paper(page)), key=_paper_key)
    selected = [page for page in papers if page.paper.selected]
    context["papers"] = papers
    context["selected_papers"] = selected or papers[:NEWEST]


def date_empty_feed(context: dict, feed: SyndicationFeed) -> None:
    """Date a feed without items: the library would take the time of the build."""
    if not feed.num_items():
        feed.latest_post_date = lambda: datetime(1970, 1, 1, tzinfo=UTC)


def is_paper(content: Content) -> bool:
    """Tell whether a page comes from content/papers/."""
    return content.get_relative_source_path().startswith(f"{PAPERS_FOLDER}/")


def _files(paper: Paper | None) -> Iterator[str]:
    """Yield the paths below content/ that a paper names."""
    if paper and paper.figure:
        yield paper.figure.path
    for link in paper.links if paper else ():
        if ":" not in link.address:
            yield link.address


def _check(context: dict) -> list[Problem]:
    """Return what is wrong with any article or page, after all of them were read."""
    problems = []
    written = {}
    sources = context["generated_content"]
    folder = Path(context["PATH"]).name
    if "home.md" in context["PAGE_PATHS"] and "home.md" not in sources:
        hint = "write `Title: ` and your name into it, then a blank line and some words"
        problems.append(Problem(f"{folder}/home.md", f"missing ({hint})"))
    for path, content in sorted(sources.items()):
        name = f"{folder}/{path}"
        if content is None:
            problems.append(Problem(name, "Pelican cannot read it (its message stands above)"))
            continue
        header = getattr(content, "header", None)
        if header is None:
            # A reader of another plugin or of Pelican, which knows days only.
            date = getattr(content, "date", None)
            content.when = PartialDate(date.year, date.month, date.day) if date else None
            if is_paper(content):
                problems.append(Problem(name, "no Markdown (write papers as .md files)"))
        elif header.get("status") != "draft":
            if isinstance(content, Article):
                header.need("date")
            for file in _files(getattr(content, "paper", None)):
                if file not in context["static_content"]:
                    header.problem(None, f'"{file}" is no file to publish (name another)')
            problems += header.problems
        if content.save_as:
            first = written.setdefault(content.save_as.casefold(), name)
            if first != name:
                message = f"has the address of {first} (rename it, or give it a `Slug:`)"
                problems.append(Problem(name, message))
    return problems


def _broken(content: Content) -> bool:
    """Tell whether a problem was told of this file, which leaves it out of a preview."""
    header = getattr(content, "header", None)
    return bool(header.problems) if header else is_paper(content)


def _tell(problems: list[Problem]) -> None:
    """Print all problems and end the build, or go on where `pelican -r` will build again."""
    lines = [str(p) for p in sorted(problems, key=lambda p: (p.file, p.line or 0))]
    count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    frames = traceback.walk_stack(None)
    if any(frame.f_code is pelican.autoreload.__code__ for frame, _ in frames):
        print(*lines, f"{count}: these files are left out.", sep="\n", file=sys.stderr)
    else:
        raise SystemExit("\n".join([*lines, f"{count}: nothing was written."]))


def _portrait(context: dict, problems: list[Problem]) -> Figure | None:
    """Return the picture content/images/portrait.*, where there is one."""
    for path, static in sorted(context["static_content"].items()):
        if path.startswith("images/portrait.") and path.count(".") == 1:
            try:
                return Figure(path, *measure(Path(static.source_path)), context["SITENAME"])
            except ValueError as error:
                problems.append(Problem(f"{Path(context['PATH']).name}/{path}", str(error)))
    return None


def _news_key(article: Article) -> tuple:
    """Order by date; within one date by file name, so that the order is the same anywhere."""
    return article.when.sort_key, article.get_relative_source_path()


def _paper_key(page: Content) -> tuple:
    """Order by weight, then newest first, then by title."""
    paper = page.paper
    weight = float("inf") if paper.weight is None else paper.weight
    newest = tuple(-part for part in paper.date.sort_key)
    return weight, newest, paper.title.casefold(), page.slug
