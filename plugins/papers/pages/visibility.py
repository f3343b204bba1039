"""What is not published: drafts, hidden and embargoed files, future news, and private files."""

import re
from html import unescape
from itertools import chain
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from pelican.contents import Article, Content
from pelican.generators import PagesGenerator

from ..content import PAPERS_FOLDER, Header, split_header
from ..images import IMAGE_SUFFIXES
from ..model import Paper, Problem
from ..util import (
    TEXT_SUFFIXES,
    LazyPattern,
    build_time,
    find_file,
    find_symlinked_folders,
    is_path,
    is_public,
)
from .contents import figure_of

_CONTENT_LINK = LazyPattern(r"""["'][{|]filename[}|]([^"'#?]+)""")


def linked_paths(content: Content) -> dict[str, str]:
    """Return the files that a text links to: names as written, and paths below content/.

    Pelican resolves a URL-encoded name in the link, but does not copy the file.
    """
    folder = Path(content.settings["PATH"])
    paths = {}
    for link in sorted(content.get_static_links()):
        decoded = unquote(unescape(link))
        encoded = is_public(folder / decoded, folder) and not is_public(folder / link, folder)
        paths[link] = decoded if encoded else link
    return paths


def is_draft(content: Content) -> bool:
    """Tell whether a content has the status draft, and not as the substitute of a wrong one."""
    header = getattr(content, "header", None)
    problem_keys = {problem.key for problem in header.problems} if header else set()
    return content.status == "draft" and "status" not in problem_keys


def read_skipped_header(path: Path) -> Header | None:
    """Return the header of a file with the status skip, which Pelican ignores; else None."""
    header, _ = split_header(path.name, path.read_text(encoding="utf-8-sig", errors="replace"))
    return header if (header.get("status") or "").lower() == "skip" else None


def named_files(content: Content) -> set[str]:
    """Return the paths below content/ that a paper's or post's header names."""
    figure = figure_of(content)
    files = attached_files(getattr(content, "paper", None))
    return {*files, figure.path} if figure else set(files)


def attached_files(paper: Paper | None) -> list[str]:
    """Return the paths below content/ of files that are published beside the paper's page."""
    if paper is None:
        return []
    files = [link.address for link in paper.links if is_path(link.address)]
    if paper.figure and paper.figure.path.startswith(f"{PAPERS_FOLDER}/"):
        files.append(paper.figure.path)
    return files


def exclude_symlinked_folders(settings: dict) -> list[Problem]:
    """Exclude folders that are symbolic links, which can be endless; return a problem for each."""
    folder = Path(settings["PATH"])
    links = find_symlinked_folders(folder)
    for name in ("ARTICLE", "PAGE", "STATIC"):
        paths = settings[f"{name}_PATHS"]
        settings[f"{name}_EXCLUDES"] = [*settings[f"{name}_EXCLUDES"], *links]
        settings[f"{name}_PATHS"] = [path for path in paths if path not in links]
    hint = "copy the files themselves there"
    return [Problem(f"{folder.name}/{path}", f"is a link to a folder ({hint})") for path in links]


def exclude_private_links(generator: PagesGenerator) -> None:
    """Report links to files that cannot be published, before Pelican collects its static files."""
    folder = Path(generator.path)
    links = generator.context["static_links"]
    for content in filter(None, generator.context["generated_content"].values()):
        if is_draft(content):
            continue
        for written, link in linked_paths(content).items():
            links.discard(written)
            links.add(link)
            if not is_public(folder / link, folder):
                message = f'"{link}" is not a file in content/ (add it)'
                links.discard(link)
            elif link.lower().endswith(TEXT_SUFFIXES):
                message = f'"{link}" cannot be published as a file (choose another)'
                links.discard(link)
            else:
                continue
            line = content.header.line_of(written) or content.header.line_of(basename(written))
            content.header.report(None, message, line)


def exclude_private_files(context: dict, problems: list[Problem]) -> None:
    """Exclude static files of drafts, from outside content/, and with problems.

    Images with problems are left to SiteMedia.
    """
    folder = Path(context["PATH"])
    problem_files = {problem.file for problem in problems if not problem.notice}
    for path, static in list(context["static_content"].items()):
        is_image = path.lower().endswith(IMAGE_SUFFIXES)
        has_problem = f"{folder.name}/{path}" in problem_files and not is_image
        private = path in context["draft_files"] or not is_public(Path(static.source_path), folder)
        if has_problem or private:
            context["staticfiles"].remove(static)
            del context["static_content"][path]


def build_day() -> tuple[int, int, int]:
    """Return the day of the build in UTC, or that of SOURCE_DATE_EPOCH."""
    return build_time().timetuple()[:3]


def mark_drafts(generator: PagesGenerator) -> None:
    """Make drafts of all that is not published yet, or label it in the preview.

    Each content gets a `draft_label`, "" if it is published. A preview has a DRAFT_SAVE_AS.
    """
    context = generator.context
    day, preview = build_day(), bool(context["DRAFT_SAVE_AS"])
    pages = (generator.pages, generator.hidden_pages, generator.draft_pages)
    articles = (context["articles"], context["hidden_articles"], context["drafts"])
    for public, hidden, drafts in (articles, pages):
        contents = [*public, *hidden, *drafts]
        for content in contents:
            content.draft_label = draft_reason(content, day)
            if content.draft_label:
                content.status = "published" if preview else "draft"
                if content.draft_label.startswith("Until") and not preview:
                    context["problems"].append(_embargo_notice(content))
        hidden.clear()
        public[:] = [content for content in contents if not is_draft(content)]
        drafts[:] = [content for content in contents if is_draft(content)]
    context["dates"][:] = context["articles"]


def exclude_draft_files(generator: PagesGenerator) -> None:
    """Exclude files that only drafts name, and report links to drafts.

    Drafts lose addresses of their own, which would bypass DRAFT_SAVE_AS. The context gets
    `draft_files`, paths below content/.
    """
    context = generator.context
    drafts = context["drafts"] + context["draft_pages"]
    for draft in drafts:
        for name in ("override_url", "override_save_as"):
            vars(draft).pop(name, None)
    published = set(filter(None, context["generated_content"].values())) - set(drafts)
    draft_files = set().union(*map(_linked_files, drafts))
    draft_files -= set().union(*map(_linked_files, published))
    context["static_links"] -= draft_files
    context["draft_files"] = {path for path in draft_files if not path.startswith("extra/")}
    draft_paths = {draft.get_relative_source_path() for draft in drafts}
    for content in published if draft_paths else ():
        folder = dirname(content.get_relative_source_path())
        for target in set(_CONTENT_LINK.findall(content.header.html)):
            path = normpath(target.lstrip("/") if target[0] == "/" else join(folder, target))
            if draft_paths & {path, unquote(path)}:
                message = f'"{target}" is not published (publish it, or delete the link)'
                content.header.report(None, message, content.header.line_of(target))


def draft_reason(content: Content, day: tuple[int, int, int]) -> str:
    """Return why a content is not published on a day, as its label says it; "" if it is."""
    problem_keys = {problem.key for problem in content.header.problems}
    if content.status == "draft" and "status" not in problem_keys:
        return "Draft"
    if content.status == "hidden":
        return "Hidden"
    until = content.header.parse_date("hidden_until")
    if isinstance(content, Article) and getattr(content, "when", None):
        until = max((until, content.when), key=lambda date: date.sort_key if date else (0, 0, 0))
    # A year or a month begins with its first day.
    later = until and (until.year, until.month or 1, until.day or 1) > day
    return f"Until {until}" if later else ""


def _embargo_notice(content: Content) -> Problem:
    until = content.draft_label.removeprefix("Until ")
    key = "hidden_until" if content.header.get("hidden_until") else "date"
    message = f"keeps it off the site until {until}"
    entry = content.header.entries.get(key)
    return Problem(content.header.file, message, key, entry and entry.line, notice=True)


def _linked_files(content: Content) -> set[str]:
    """Return the paths below content/ of all files that a text or its header names."""
    links = linked_paths(content)
    paths = set(links) | set(links.values()) | named_files(content)
    folder, file = Path(content.settings["PATH"]), Path(content.source_path)
    if is_draft(content):
        # The header may be too incomplete for a paper.
        values = (entry.value for entry in content.header.entries.values())
        parts = chain.from_iterable(re.split(r"[\n|]", value) for value in values)
        paths |= {path for part in parts if (path := find_file(part.strip(), file, folder))}
    return paths
