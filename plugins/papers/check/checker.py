"""What is wrong with the site as a whole, asked after all of it was read."""

import os
import re
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from posixpath import basename
from urllib.parse import unquote

from pelican.contents import Article, Content, Page, Static
from pelican.generators import Generator, PelicanTemplateNotFound

from ..build import RunMode, state_of
from ..content import (
    PAPERS_FOLDER,
    PEOPLE_FILE,
    Header,
    HeaderEntry,
    check_aliases,
    check_formulas,
    owner_names,
)
from ..model import Problem
from ..pages import (
    PLACEHOLDER_DATE,
    REFERENCES_FILE,
    build_day,
    check_topics,
    is_draft,
    is_markdown_or_bibtex,
    named_files,
    read_skipped_header,
)
from ..util import is_leftover, is_public
from .assets import check_files, check_pdfs
from .consistency import check_consistency
from .internal_links import InternalLinks
from .paths import OutputPaths
from .settings import SETTINGS_FILES, find_assignments
from .templates import check_templates

# Files that look as if they were to become pages.
_TEXTS = tuple(".md .markdown .mkd .mdown .rst .bib .bibtex .txt .text .mdx .qmd .org".split())
# What browsers read as a page, or run.
_PAGES = tuple(".html .htm .shtml .xhtml .xht .js .mjs .xml .xsl .xslt .rdf .svgz".split())
_OUTSIDE = "leads out of content/ (put the file itself there)"
_LEFT_OVER = "is hidden or a backup, and not for the site (take it away, or rename it)"
_ADDRESS = r"(?!/|[\w+.-]*:)[^\s<>\"'\\^`{|}]*"
# Templates that read more than every page has.
_OWN_TEMPLATES = set(
    "base home publications paper archives article page 404 topic redirect search".split()
)


def check_contents(generator: Generator) -> list[Problem]:
    """Return what is wrong with any file, after all of them were read."""
    context = generator.context
    folder, mode = Path(context["PATH"]), state_of(context).mode
    problems = context["problems"] + state_of(context).problems
    problems += _missing_home(context)
    addresses = OutputPaths(context)
    shown = []
    for path, content in sorted(context["generated_content"].items()):
        name = f"{folder.name}/{path}"
        if content is None:
            if mode is not RunMode.CHECK:  # Which tells why.
                told = "Pelican cannot read it (its message stands above)"
                problems.append(Problem(name, told))
            continue
        if isinstance(content, Article) and (
            is_markdown_or_bibtex(content) or content.date == PLACEHOLDER_DATE
        ):
            content.header.require("date")
        if not is_draft(content):
            _check_content(content, generator, folder)
            addresses.take(content, content.header)
            shown.append(content)
    for path, static in sorted(context["static_content"].items()):
        problems += _check_static(static, f"{folder.name}/{path}", context, addresses)
    for content in shown:
        addresses.take_more(content, content.header)
    links = InternalLinks(context, addresses, shown)
    given = dict(find_assignments(folder.parent))
    file, line = given.get("MENUITEMS", (SETTINGS_FILES[0], None))
    menu = Header(file, {"MENUITEMS": HeaderEntry("", line, "MENUITEMS")})
    links.check_menu(menu)
    pages = [content for content in shown if isinstance(content, Page)]
    problems += menu.problems + [
        replace(problem, file=given[problem.key][0], line=given[problem.key][1])
        if problem.key in given
        else problem
        for problem in check_consistency(pages, owner_names(context), build_day()[0])
    ]
    for content in shown:
        links.check(content)
        # An unfinished draft ends no preview; it is left out.
        problems += [
            replace(problem, notice=True) if content.draft_label else problem
            for problem in content.header.problems
        ]
        if mode is RunMode.CHECK:
            problems += content.header.suggestions
    if mode is not RunMode.PREVIEW:  # There a template is tried as it is edited.
        problems += check_templates(context, generator.env)
    if context["static_content"]:
        told = "\n".join(problem.message for problem in problems)
        problems += check_files(context, folder, _named(context, folder), told)
    return problems + _unread(context, folder)


def _check_content(content: Content, generator: Generator, folder: Path) -> None:
    header, context = content.header, generator.context
    paper = getattr(content, "paper", None)
    check_topics(header)
    check_aliases(header)
    check_formulas(header, context.get("MATH_MACROS", {}))
    # That of an entry's file was asked when the file was read.
    if not header.citation_key and (private := _private(Path(content.source_path), folder)):
        header.report(None, private)
    if "url" in content.metadata and not re.fullmatch(_ADDRESS, content.url):
        header.report("url", f'"{content.url[:60]}" is no address of this site (write a/b.html)')
    if not (is_markdown_or_bibtex(content) or context.get("RAW_HTML", True)):
        header.report(None, "is HTML, which this build does not take (write Markdown)")
    if len((content.slug or "").encode()) > 200:
        header.report("slug", "is too long for a file's name (write a shorter `Slug:`)")
    if not content.slug and header.citation_key:
        header.report(None, "gives no address (write a key with letters)")
    elif not content.slug and "save_as" not in content.metadata:
        header.report("slug", "missing, for the file's name gives none (write `Slug: a-word`)")
    if header.get("template"):
        try:
            generator.get_template(content.template)
        except PelicanTemplateNotFound:
            header.report("template", f'"{content.template}" is not there (take the header away)')
        own = content.template in _OWN_TEMPLATES or content.template.startswith("_")
        if own and content.template != content.default_template:
            header.report("template", f'"{content.template}" is for other files (name another)')
    for file in sorted(content.get_static_links() | named_files(paper)):
        if is_public(folder / file, folder) and file not in context["static_content"]:
            line = header.line_of(file) or header.line_of(basename(file))
            header.report(None, f'"{file}" is no file to publish (name another)', line)
    if paper:
        check_pdfs(content, context["static_content"])


def _private(file: Path, folder: Path) -> str | None:
    if is_public(file, folder):
        return None
    return _LEFT_OVER if is_leftover(file, folder) else _OUTSIDE


def _check_static(
    static: Static, name: str, context: dict, addresses: OutputPaths
) -> list[Problem]:
    header = Header(name)
    if private := _private(Path(static.source_path), Path(context["PATH"])):
        header.report(None, private)
    if not context.get("RAW_HTML", True) and name.lower().endswith(_PAGES):
        header.report(None, "is HTML or a script, which this build does not take (take it away)")
    addresses.take(static, header)
    return header.problems


def _missing_home(context: dict) -> list[Problem]:
    home = context["generated_content"].get("home.md")
    if "home.md" not in context["PAGE_PATHS"]:
        return []
    name = f"{Path(context['PATH']).name}/home.md"
    if home:
        own = [
            key
            for key in ("status", "hidden_until", "template", "url", "save_as")
            if home.header.get(key)
        ]
        told, lines = "is not for the home page (take the header away)", home.header.entries
        return [Problem(name, told, key, lines[key].line) for key in own]
    hint = "write `Title: ` and your name into it, then a blank line and some words"
    return [Problem(name, f"missing ({hint})")]


def _named(context: dict, folder: Path) -> str:
    """Return all texts in which a picture may be named."""
    texts = []
    for content in filter(None, context["generated_content"].values()):
        named = named_files(getattr(content, "paper", None))
        texts += [content.header.source, unquote(content.header.html), *named]
    more = [*folder.parent.glob("templates/**/*.html"), *folder.glob("extra/**/*.[ch][st]*")]
    return "\n".join(
        [*texts, *(path.read_text("utf-8", "replace") for path in more if path.is_file())]
    )


def _unread(context: dict, folder: Path) -> list[Problem]:
    """Return a problem for each text that Pelican passes over in silence."""
    problems = []
    read = context["ARTICLE_PATHS"] + context["PAGE_PATHS"]
    known = context["generated_content"].keys() | context["static_content"].keys()
    there = len(f"{folder}{os.sep}")
    found = (f"{where}{os.sep}{name}" for where, _, names in os.walk(folder) for name in names)
    # What was read has been checked.
    names = (path[there:].replace(os.sep, "/") for path in found)
    for name in sorted(name for name in names if name not in known):
        path, parts = folder / name, name.split("/")
        ignored = any(fnmatch(part, p) for part in parts for p in context["IGNORE_FILES"])
        if ignored:
            continue
        if path.is_symlink() and not path.is_dir() and not is_public(path, folder):
            problems.append(Problem(f"{folder.name}/{name}", _OUTSIDE))
            continue
        if parts[0] in context["STATIC_PATHS"] or not path.is_file():
            continue
        if name in (PEOPLE_FILE, REFERENCES_FILE):
            continue
        if parts[0] not in read:
            remedy = "move it to news/, papers/ or pages/, a file for the site's root to extra/"
        elif path.suffix == ".bib":
            if parts[0] == PAPERS_FOLDER:
                continue
            remedy = f"move it to {PAPERS_FOLDER}/"
        elif path.suffix.lower() in _TEXTS and not read_skipped_header(path):
            end = "bib" if path.suffix.lower().startswith(".bib") else "md"
            remedy = f"name it {path.name.partition('.')[0]}.{end}"
        else:
            continue
        problems.append(Problem(f"{folder.name}/{name}", f"is not read ({remedy})"))
    return problems
