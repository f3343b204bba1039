"""Papers in a site whose theme knows none: pages like its other ones, and a list of them all."""

import re
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pelican import Pelican
from pelican.contents import Page
from pelican.generators import Generator, PagesGenerator
from pelican.readers import MarkdownReader, Readers
from pelican.writers import Writer

from .build import CheckResult, RunMode, state_of
from .check import report_problems
from .content import PAPERS_FOLDER, Header, owner_names, read_paper, read_people, render_math
from .export import format_bibtex
from .model import Problem
from .pages import (
    PapersReader,
    add_bibtex_pages,
    build_day,
    draft_reason,
    has_paper_header,
    is_paper,
    markup_title,
    named_files,
    paper_sort_key,
    report_duplicate_key,
)
from .site import format_papers, list_downloads
from .util import is_path, replace_file, slugify

TITLE = "Publications"
_LIST = "publications/"


def theme_knows_papers(settings: dict) -> bool:
    """Tell whether a site's theme has templates for papers, as ours and those made for it have."""
    folders = [Path(str(settings["THEME"]), "templates")]
    if isinstance(settings["THEME_TEMPLATES_OVERRIDES"], list):
        folders += map(str, settings["THEME_TEMPLATES_OVERRIDES"])
    names = ("paper.html", "publications.html")
    return all(any(Path(folder, name).is_file() for folder in folders) for name in names)


def apply_settings(pelican: Pelican) -> None:
    """Let Pelican read the papers' folder as pages; all else stays the site's."""
    settings = pelican.settings
    for name in ("PAGE_PATHS", "ARTICLE_EXCLUDES"):
        if PAPERS_FOLDER not in settings[name]:
            settings[name] = [*settings[name], PAPERS_FOLDER]
    for name in ("PAGE_EXCLUDES", "ARTICLE_PATHS"):
        # As a post, too, a paper would be published by other rules.
        settings[name] = [p for p in settings[name] if Path(p) != Path(PAPERS_FOLDER)]


class Reader(PapersReader):
    """Reads papers as ours does, and all other files as Pelican does."""

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata."""
        path, folder = Path(source_path), Path(self.settings["PATH"])
        if path.is_relative_to(folder / PAPERS_FOLDER):
            html, metadata = super().read(source_path)
            # Lest Pelican takes one of the same title for a translation, and passes it over.
            return html, metadata | {"slug": path.relative_to(folder).as_posix()}
        return MarkdownReader.read(self, source_path)


def add_paper_reader(readers: Readers) -> None:
    """Let our reader read the Markdown files of papers."""
    for extension in Reader.file_extensions:
        readers.reader_classes[extension] = Reader


def add_paper_pages(generator: PagesGenerator) -> None:
    """Make a page of each paper, which no menu lists, and one that lists them all."""
    context, folder = generator.context, Path(generator.path)
    people, problems = read_people(folder, owner_names(context))
    for page in [*generator.pages, *generator.hidden_pages, *generator.draft_pages]:
        # Only papers have one from our reader.
        page.header = getattr(page, "header", None) or Header(page.relative_source_path)
    problems += add_bibtex_pages(generator)
    papers, keys, taken = [], {}, _taken(context)
    for pages in (generator.pages, generator.hidden_pages, generator.draft_pages):
        for page in filter(is_paper, list(pages)):
            pages.remove(page)
            if draft_reason(page, build_day()):
                problems += page.header.problems
                continue
            if not has_paper_header(page):
                told = "no Markdown (write papers as .md files)"
                problems.append(Problem(f"{folder.name}/{page.relative_source_path}", told))
                continue
            file = Path(page.source_path)
            key = page.header.citation_key or re.sub(r"[^\w.:+-]+", "-", file.stem)
            page.paper = read_paper(page.header, file, folder, people, key)
            if page.paper:
                other = taken.setdefault(_settle_address(page).casefold(), page.header.location)
                if other != page.header.location:
                    hint = "rename it, or give it a `Slug:`"
                    page.header.report(None, f"has the address of {other} ({hint})")
                first = keys.setdefault(page.paper.key.lower(), page.header)
                if first is not page.header:
                    report_duplicate_key(page.header, first)
                papers.append(page)
            problems += page.header.problems
    papers = sorted((page for page in papers if not page.header.has_errors), key=paper_sort_key)
    context["problems"] = problems
    context["papers"] = [_paper(page, generator) for page in papers]
    generator.hidden_pages += context["papers"]
    if papers and (other := taken.get(f"{_LIST}index.html")):
        told = f"has the address {_LIST}, where papers would be listed (rename it for the list)"
        problems.append(Problem(other, told, notice=True))
    elif papers:
        generator.pages.append(_list(generator))


def _taken(context: dict) -> dict[str, str]:
    """Return where the site's own posts and pages are written, and their files."""
    folder = Path(context["PATH"]).name
    return {
        content.save_as.casefold(): f"{folder}/{content.relative_source_path}"
        for content in filter(None, context["generated_content"].values())
        if not is_paper(content)
    }


def _settle_address(page: Page) -> str:
    """Give a paper's page its address, and return the path of its file."""
    if not page.header.citation_key:
        # As in our own sites, whatever the site's other pages are named after.
        page.slug = page.header.get("slug") or slugify(Path(page.source_path).stem)
    page.override_url = f"{PAPERS_FOLDER}/{page.slug}/"
    page.override_save_as = f"{page.override_url}index.html"
    return page.override_save_as


def report_paper_problems(generators: list[Generator]) -> None:
    """Hand the papers' problems to the check; those of a build end it."""
    context = next(g for g in generators if isinstance(g, PagesGenerator)).context
    state, problems, papers = state_of(context), context["problems"], context["papers"]
    if state.mode is RunMode.CHECK:
        state.result = CheckResult(
            problems,
            external_links={},
            files=len(papers),
            folder=Path(context["PATH"]).parent,
            cache=Path(context["CACHE_PATH"]),
            papers=papers,
        )
    elif problems:
        report_problems(problems)


def write_paper_downloads(generator: PagesGenerator, writer: Writer) -> None:
    """Write the citations of each paper beside its page, and those of all."""
    papers = generator.context["papers"]
    for page in papers:
        for link in page.downloads:
            replace_file(Path(writer.output_path, link.address), format_papers(link.label, [page]))
    for link in list_downloads() if papers else []:
        replace_file(Path(writer.output_path, link.address), format_papers(link.label, papers))


def _paper(page: Page, generator: PagesGenerator) -> Page:
    """Return a paper's page whose content tells what our theme prints around the abstract."""
    context, paper = generator.context, page.paper
    context["static_links"] |= named_files(paper)
    page.bibtex, page.downloads = format_bibtex(paper), list_downloads(page)
    html = _template().render(
        paper=paper,
        body=Markup(render_math(page.header.html, context.get("MATH_MACROS", {}))),
        citation=page.bibtex,
        downloads=page.downloads,
    )
    return _page(generator, html, page)


def _list(generator: PagesGenerator) -> Page:
    papers = generator.context["papers"]
    years = sorted(papers, key=lambda page: -page.paper.date.year)
    html = _template().render(
        paper=None,
        years=[(year, list(pages)) for year, pages in groupby(years, lambda p: p.paper.date.year)],
        downloads=list_downloads(),
        up="../" * _LIST.count("/"),
    )
    made = Page(
        html,
        {"title": TITLE, "slug": _LIST.strip("/"), "status": "published"},
        settings=generator.settings,
        source_path=str(Path(generator.path, "publications.md")),
        context=generator.context,
    )
    made.override_url, made.override_save_as = _LIST, f"{_LIST}index.html"
    return made


def _page(generator: PagesGenerator, html: str, page: Page) -> Page:
    """Return a page with another content."""
    # Of a paper's page the theme is to show what it shows of others.
    metadata = {"title": markup_title(page), "slug": page.slug, "status": "hidden"}
    made = Page(html, metadata, generator.settings, page.source_path, generator.context)
    for name in ("override_url", "override_save_as", "bibtex", "downloads", "paper", "header"):
        setattr(made, name, getattr(page, name))
    path = page.get_relative_source_path()
    generator.context["generated_content"][path] = made
    return made


def _template():
    folder = Path(__file__).with_name("templates")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Pelican finds the files of content/ itself.
    environment.filters["target"] = lambda to: f"{{static}}/{quote(to)}" if is_path(to) else to
    return environment.get_template("paper.html")
