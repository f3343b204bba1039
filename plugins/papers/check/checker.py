"""The check of a whole site, after Pelican has read all of its content."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from posixpath import basename

from pelican.contents import Article, Content, Page
from pelican.generators import Generator, PelicanTemplateNotFound

from ..build import RunMode, state_of
from ..content import Header, check_aliases, check_formulas, check_topics, owner_names
from ..model import Problem
from ..pages import (
    PLACEHOLDER_DATE,
    build_day,
    is_draft,
    is_markdown_or_bibtex,
    named_files,
)
from ..util import is_public
from .assets import check_media_files, check_pdfs, check_static_file, describe_private_file
from .consistency import check_consistency
from .leftover_samples import check_placeholder_name, check_samples
from .links import InternalLinks, check_root_addresses
from .list_markers import check_list_markers
from .output_paths import OutputPaths
from .page_policy import check_page_policy, check_template_files, check_unused_hosts
from .setting_places import find_assignments
from .templates import check_template_links, check_templates
from .unread_files import check_unread_files

_RELATIVE_URL = r"(?!/|[\w+.-]*:)[^\s<>\"'\\^`{|}]*"
# The theme's templates that need more than every page has.
_RESERVED_TEMPLATES = set(
    "base home publications paper archives article page 404 topic redirect search".split()
)
# The headers of home.md that would make another page of it.
_NOT_FOR_HOME = ("status", "hidden_until", "template", "url", "save_as")


def check_contents(generator: Generator) -> list[Problem]:
    """Return the problems of the settings, of all content, and of the site as a whole."""
    context, state = generator.context, state_of(generator.context)
    problems = context["problems"] + state.problems + _check_home(context)
    if state.mode is not RunMode.CHECK:
        problems += _check_unreadable(context)
    contents = _find_published(context)
    paths = OutputPaths(context)
    for content in contents:
        _check_content(content, generator)
        paths.add_content(content, content.header)
    problems += _check_static_files(context, paths)
    for content in contents:
        paths.add_companions(content, content.header)
    problems += _check_papers(context, contents)
    problems += _check_links(context, paths, contents)
    for content in contents:
        # A draft with errors is omitted from a preview, and does not end it.
        problems += [
            replace(problem, notice=True) if content.draft_label else problem
            for problem in content.header.problems
        ]
        if state.mode is RunMode.CHECK:
            problems += content.header.suggestions
    if state.mode is not RunMode.PREVIEW:  # A preview shows errors in templates itself.
        template_problems = check_templates(context, generator.env)
        broken = {problem.file for problem in template_problems if not problem.notice}
        policy_problems = check_page_policy(context, generator.env)
        problems += [*template_problems, *check_unused_hosts(context)]
        problems += [problem for problem in policy_problems if problem.file not in broken]
    problems += check_template_links(context) + check_root_addresses(context)
    problems += check_template_files(context)
    if state.mode is RunMode.CHECK:
        problems += check_samples(context, contents)
    elif state.mode is RunMode.BUILD and not context["DRAFT_SAVE_AS"]:
        # Drafts have no addresses in the published site: this is not the preview.
        problems += check_placeholder_name(context)
    messages = "\n".join(problem.message for problem in problems)
    return problems + check_media_files(context, messages) + check_unread_files(context)


def _check_home(context: dict) -> list[Problem]:
    if "home.md" not in context["PAGE_PATHS"]:
        return []
    file = f"{Path(context['PATH']).name}/home.md"
    if (home := context["generated_content"].get("home.md")) is None:
        hint = "write `Title: ` and your name, then a blank line and some text"
        return [Problem(file, f"missing ({hint})")]
    message = "is not allowed on the home page (delete the header)"
    keys = [key for key in _NOT_FOR_HOME if home.header.get(key)]
    return [Problem(file, message, key, home.header.entries[key].line) for key in keys]


def _check_unreadable(context: dict) -> list[Problem]:
    """Return a problem for each file that Pelican cannot read; a check has Pelican's reasons."""
    folder = Path(context["PATH"]).name
    message = "Pelican cannot read it (see its message above)"
    contents = sorted(context["generated_content"].items())
    return [Problem(f"{folder}/{path}", message) for path, content in contents if content is None]


def _find_published(context: dict) -> list[Content]:
    """Return all contents but drafts, by path, after a look at the dates of articles."""
    contents = []
    for _, content in sorted(context["generated_content"].items()):
        if content is None:
            continue
        if isinstance(content, Article) and (
            is_markdown_or_bibtex(content) or content.date == PLACEHOLDER_DATE
        ):
            content.header.require("date")
        if not is_draft(content):
            contents.append(content)
    return contents


def _check_content(content: Content, generator: Generator) -> None:
    header, context = content.header, generator.context
    folder = Path(context["PATH"])
    check_topics(header)
    check_aliases(header)
    check_formulas(header, context.get("MATH_MACROS", {}))
    # The file of a BibTeX entry is checked when it is read.
    if not header.citation_key:
        if message := describe_private_file(Path(content.source_path), folder):
            header.report(None, message)
    if not (is_markdown_or_bibtex(content) or context.get("RAW_HTML", True)):
        header.report(None, "is HTML, which RAW_HTML = False does not allow (write Markdown)")
    check_list_markers(content)
    _check_address(content)
    _check_template(content, generator)
    paper = getattr(content, "paper", None)
    for file in sorted(content.get_static_links() | named_files(content)):
        if is_public(folder / file, folder) and file not in context["static_content"]:
            line = header.line_of(file) or header.line_of(basename(file))
            header.report(None, f'"{file}" cannot be published as a file (choose another)', line)
    if paper:
        check_pdfs(content, context["static_content"])


def _check_address(content: Content) -> None:
    header = content.header
    if "url" in content.metadata and not re.fullmatch(_RELATIVE_URL, content.url):
        header.report(
            "url", f'"{content.url[:60]}" is not an address of this site (write a/b.html)'
        )
    if len((content.slug or "").encode()) > 200:
        header.report("slug", "is too long for a file name (write a shorter `Slug:`)")
    if not content.slug and header.citation_key:
        header.report(None, "cannot be turned into an address (write a key with letters)")
    elif not content.slug and "save_as" not in content.metadata:
        header.report(
            "slug", "missing, and the file name cannot be turned into one (write `Slug: a-word`)"
        )


def _check_template(content: Content, generator: Generator) -> None:
    header, name = content.header, content.template
    if not header.get("template"):
        return
    try:
        generator.get_template(name)
    except PelicanTemplateNotFound:
        header.report("template", f'"{name}" does not exist (delete the header)')
    reserved = name in _RESERVED_TEMPLATES or name.startswith("_")
    if reserved and name != content.default_template:
        header.report("template", f'"{name}" is a template for other files (choose another)')


def _check_static_files(context: dict, paths: OutputPaths) -> list[Problem]:
    problems = []
    for path, static in sorted(context["static_content"].items()):
        header = Header(f"{Path(context['PATH']).name}/{path}")
        check_static_file(static, header, context)
        paths.add_content(static, header)
        problems += header.problems
    return problems


def _check_links(context: dict, paths: OutputPaths, contents: list[Content]) -> list[Problem]:
    """Report the broken links of contents in their headers; return those of the settings."""
    links = InternalLinks(context, paths, contents)
    for content in contents:
        links.check(content)
    return links.check_settings()


def _check_papers(context: dict, contents: Iterable[Content]) -> list[Problem]:
    """Report contradictions among papers in their headers; return those with the settings."""
    pages = [content for content in contents if isinstance(content, Page)]
    assignments = dict(find_assignments(Path(context["PATH"]).parent))
    problems = []
    for problem in check_consistency(pages, owner_names(context), build_day()[0]):
        if problem.key in assignments:
            file, line = assignments[problem.key]
            problem = replace(problem, file=file, line=line)
        problems.append(problem)
    return problems
