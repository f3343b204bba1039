"""Papers in a site whose theme has no templates for them: a page each, and a list of all."""

from itertools import chain, groupby
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from pelican import Pelican
from pelican.contents import Page
from pelican.generators import Generator, PagesGenerator
from pelican.readers import MarkdownReader, Readers
from pelican.writers import Writer

from .build import CheckResult, RunMode, state_of
from .check import report_problems
from .content import PAPERS_FOLDER, Header, add_site_url, owner_names, read_people, render_math
from .export import format_bibtex
from .model import Problem
from .pages import (
    PapersReader,
    add_bibtex_pages,
    add_papers,
    build_day,
    draft_reason,
    is_paper,
    named_files,
    paper_sort_key,
)
from .site import format_papers, list_downloads
from .util import is_path, replace_file, slugify

_LIST_TITLE = "Publications"
_LIST_URL = "publications/"


def theme_knows_papers(settings: dict) -> bool:
    """Tell whether a site's theme has templates for papers, as ours and its derivatives have."""
    folders = [Path(str(settings["THEME"]), "templates")]
    if isinstance(settings["THEME_TEMPLATES_OVERRIDES"], list):
        folders += map(str, settings["THEME_TEMPLATES_OVERRIDES"])
    names = ("paper.html", "publications.html")
    return all(any(Path(folder, name).is_file() for folder in folders) for name in names)


def apply_settings(pelican: Pelican) -> None:
    """Make Pelican read the papers' folder as pages; all other settings stay the site's."""
    settings = pelican.settings
    for name in ("PAGE_PATHS", "ARTICLE_EXCLUDES"):
        if PAPERS_FOLDER not in settings[name]:
            settings[name] = [*settings[name], PAPERS_FOLDER]
    for name in ("PAGE_EXCLUDES", "ARTICLE_PATHS"):
        # As a post, a paper would be published again, and by other rules.
        settings[name] = [p for p in settings[name] if Path(p) != Path(PAPERS_FOLDER)]


class _Reader(PapersReader):
    """Reads papers as our reader does, and all other files as Pelican's."""

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata."""
        path, folder = Path(source_path), Path(self.settings["PATH"])
        if path.is_relative_to(folder / PAPERS_FOLDER):
            html, metadata = super().read(source_path)
            # Papers with equal slugs would be translations of each other.
            return html, metadata | {"slug": path.relative_to(folder).as_posix()}
        return MarkdownReader.read(self, source_path)


def add_paper_reader(readers: Readers) -> None:
    """Register our reader for the Markdown files of papers."""
    for extension in _Reader.file_extensions:
        readers.reader_classes[extension] = _Reader


def add_paper_pages(generator: PagesGenerator) -> None:
    """Make a page of each paper, which no menu shows, and a page that lists them all."""
    context, folder = generator.context, Path(generator.path)
    people, problems = read_people(folder, owner_names(context))
    groups = (generator.pages, generator.hidden_pages, generator.draft_pages)
    for page in chain(*groups):
        if not hasattr(page, "header"):
            page.header = Header(f"{folder.name}/{page.relative_source_path}")
    problems += add_bibtex_pages(generator)
    pages = [page for page in chain(*groups) if is_paper(page)]
    for group in groups:
        group[:] = [page for page in group if not is_paper(page)]
    published = [page for page in pages if not draft_reason(page, build_day())]
    add_papers(published, folder, people)
    used_paths = _used_paths(context)
    for page in published:
        if page.paper:
            _set_address(page, used_paths)
    context["problems"] = problems + [each for page in pages for each in page.header.problems]
    papers = [page for page in published if page.paper and not page.header.has_errors]
    papers.sort(key=paper_sort_key)
    context["papers"] = [_render_paper(page, generator) for page in papers]
    generator.hidden_pages += context["papers"]
    if papers and (other := used_paths.get(f"{_LIST_URL}index.html")):
        hint = "rename it to get the list"
        message = f"has the address {_LIST_URL}, which the list of papers needs ({hint})"
        context["problems"].append(Problem(other, message, notice=True))
    elif papers:
        generator.pages.append(_render_list(generator))


def _used_paths(context: dict) -> dict[str, str]:
    """Return the output paths, in lower case, of the site's posts and pages, and their files."""
    folder = Path(context["PATH"]).name
    return {
        content.save_as.casefold(): f"{folder}/{content.relative_source_path}"
        for content in filter(None, context["generated_content"].values())
        if not is_paper(content)
    }


def _set_address(page: Page, used_paths: dict[str, str]) -> None:
    """Set the address of a paper's page, and report a page that has it already."""
    if not page.header.citation_key:
        # As with our theme, whatever the site's setting for the slugs of pages.
        page.slug = page.header.get("slug") or slugify(Path(page.source_path).stem)
    page.override_url = f"{PAPERS_FOLDER}/{page.slug}/"
    page.override_save_as = f"{page.override_url}index.html"
    location = page.header.location
    other = used_paths.setdefault(page.override_save_as.casefold(), location)
    if other != location:
        hint = "rename it, or give it a `Slug:`"
        page.header.report(None, f"has the same address as {other} ({hint})")


def report_paper_problems(generators: list[Generator]) -> None:
    """Return the papers' problems to the check; those of a build end it."""
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
            accepted_notices=context.get("ACCEPTED_NOTICES"),
        )
    elif problems:
        report_problems(problems, context)


def write_paper_downloads(generator: PagesGenerator, writer: Writer) -> None:
    """Write the citations of each paper beside its page, and those of all."""
    papers, folder = generator.context["papers"], writer.output_path
    files = [(link, [page]) for page in papers for link in page.downloads]
    files += [(link, papers) for link in list_downloads() if papers]
    for link, pages in files:
        data = format_papers(link.label, pages)
        replace_file(Path(folder, link.address), data, flush=False)


def _render_paper(page: Page, generator: PagesGenerator) -> Page:
    """Return a paper's page with all that our theme shows of a paper as its content."""
    context, paper = generator.context, page.paper
    context["static_links"] |= named_files(page)
    page.bibtex, page.downloads = format_bibtex(paper), list_downloads(page)
    html = _load_template().render(
        paper=paper,
        body=Markup(
            render_math(add_site_url(page.header.html, context), context.get("MATH_MACROS", {}))
        ),
        citation=page.bibtex,
        downloads=page.downloads,
    )
    # Other metadata are left out: the theme would show some of them again.
    metadata = {"title": page.title, "slug": page.slug, "status": "hidden"}
    rendered = Page(html, metadata, generator.settings, page.source_path, context)
    for name in ("override_url", "override_save_as", "bibtex", "downloads", "paper", "header"):
        setattr(rendered, name, getattr(page, name))
    context["generated_content"][page.get_relative_source_path()] = rendered
    return rendered


def _render_list(generator: PagesGenerator) -> Page:
    """Return the page that lists all papers by year."""
    papers = sorted(generator.context["papers"], key=lambda page: -page.paper.date.year)
    years = groupby(papers, key=lambda page: page.paper.date.year)
    html = _load_template().render(
        paper=None,
        years=[(year, list(pages)) for year, pages in years],
        downloads=list_downloads(),
        up="../" * _LIST_URL.count("/"),
    )
    page = Page(
        html,
        {"title": _LIST_TITLE, "slug": _LIST_URL.strip("/"), "status": "published"},
        settings=generator.settings,
        source_path=str(Path(generator.path, "publications.md")),
        context=generator.context,
    )
    page.override_url, page.override_save_as = _LIST_URL, f"{_LIST_URL}index.html"
    return page


def _load_template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Pelican resolves links to files of content/.
    environment.filters["target"] = lambda to: f"{{static}}/{quote(to)}" if is_path(to) else to
    return environment.get_template("paper.html")
