"""Nothing gets out that is a draft, hidden, or outside content/."""

import re
from pathlib import Path
from posixpath import basename

from pelican import Pelican
from pelican.contents import Content
from pelican.generators import PagesGenerator

from .blocks import split
from .figures import SUFFIXES
from .files import SOURCES, is_path, is_public, linked, linked_folders
from .headers import Header
from .model import Paper, Problem
from .record import PAPERS_FOLDER

# In a name that Pelican writes into an address as it is, these begin something else.
_UNFIT = re.compile(r"[#?]|%[0-9A-Fa-f]{2}")


def is_draft(content: Content) -> bool:
    """Tell whether its author keeps a file back; a status that is none keeps back nothing."""
    header = getattr(content, "header", None)
    wrong = {problem.key for problem in header.problems} if header else set()
    return content.status == "draft" and "status" not in wrong


def place(content: Content) -> str:
    """Return the path to which a content is written, below the output folder.

    Asked itself, a Static would take its place for settled, and {attach} could not move it.
    """
    return Content.save_as.fget(content)


def skipped(path: Path) -> Header | None:
    """Return the header of a file that is to be passed over, as Pelican does without a trace."""
    header, _ = split(path.name, path.read_text(encoding="utf-8-sig", errors="replace"))
    return header if (header.get("status") or "").lower() == "skip" else None


def named_files(paper: Paper | None) -> set[str]:
    """Return the paths below content/ that a paper's header names."""
    if paper is None:
        return set()
    return set(linked_files(paper)) | ({paper.figure.path} if paper.figure else set())


def linked_files(paper: Paper | None) -> list[str]:
    """Return the paths below content/ that are to be published beside the paper's page."""
    if paper is None:
        return []
    files = [link.address for link in paper.links if is_path(link.address)]
    if paper.figure and paper.figure.path.startswith(f"{PAPERS_FOLDER}/"):
        files.append(paper.figure.path)
    return files


def pass_over_links(pelican: Pelican) -> None:
    """Let Pelican walk into no folder that is a symbolic link: it may have no end."""
    settings = pelican.settings
    folder = Path(settings["PATH"])
    found = linked_folders(folder)
    for name in ("ARTICLE", "PAGE", "STATIC"):
        settings[f"{name}_EXCLUDES"] = [*settings[f"{name}_EXCLUDES"], *found]
        kept = [path for path in settings[f"{name}_PATHS"] if path not in found]
        settings[f"{name}_PATHS"] = kept
    hint = "put the files themselves there"
    settings["LINKED_FOLDERS"] = [
        Problem(f"{folder.name}/{path}", f"is a link to a folder ({hint})") for path in found
    ]


def withhold_private_links(generator: PagesGenerator) -> None:
    """Note links to files that are not there, not below content/, or texts, before the copying."""
    folder = Path(generator.path)
    links = generator.context["static_links"]
    for content in filter(None, generator.context["generated_content"].values()):
        if is_draft(content):
            continue
        for written, link in linked(content).items():
            links.discard(written)
            links.add(link)
            line = content.header.line_of(written) or content.header.line_of(basename(written))
            if not is_public(folder / link, folder):
                told = f'"{link}" is no file below content/ (put it there)'
                content.header.problem(None, told, line)
                links.discard(link)
            elif link.lower().endswith(SOURCES):
                told = f'"{link}" is no file to publish (name another)'
                content.header.problem(None, told, line)
                links.discard(link)
            elif _UNFIT.search(link):
                wrong = f'"{link}" cannot be linked to (rename it, without "#", "?" and "%")'
                content.header.problem(None, wrong, line)


def withhold_private_files(context: dict, problems: list[Problem]) -> None:
    """Take out files that only drafts show, that a link brings in from outside content/, or that
    tell what they must not; pictures are seen to by Media."""
    content = Path(context["PATH"])
    wrong = {problem.file for problem in problems if not problem.notice}
    for path, static in list(context["static_content"].items()):
        told = f"{content.name}/{path}" in wrong and not path.lower().endswith(SUFFIXES)
        private = path in context["withheld"] or not is_public(Path(static.source_path), content)
        if told or private:
            context["staticfiles"].remove(static)
            del context["static_content"][path]
