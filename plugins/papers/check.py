"""What is wrong with the site as a whole, told in one place."""

import posixpath
import sys
import traceback
import unicodedata
from dataclasses import replace
from fnmatch import fnmatch
from itertools import accumulate
from pathlib import Path

import pelican
from pelican.contents import Article, Content, Page, Static
from pelican.generators import Generator, PelicanTemplateNotFound

from .citations import REFERENCES_FILE
from .exports import downloads
from .feeds import feeds
from .files import is_path, is_public
from .formulas import check_formulas
from .guard import is_draft, place, skipped
from .headers import Header
from .lists import check_topics
from .model import Paper, Problem
from .outline import aliases, check_aliases, files
from .people import PEOPLE_FILE
from .reader import NO_DATE, is_ours
from .record import PAPERS_FOLDER
from .search import FOLDER as SEARCH_FOLDER

# Files that look as if they were to become pages.
_TEXTS = tuple(".md .markdown .mkd .mdown .rst .bib .bibtex .txt .text .mdx .qmd .org".split())
_OUTSIDE = "leads out of content/ (put the file itself there)"
# Templates that read more than every page has.
_OWN_TEMPLATES = set("base home publications paper archives article page 404".split())


def check(generator: Generator) -> list[Problem]:
    """Return what is wrong with any file, after all of them were read."""
    context = generator.context
    folder = Path(context["PATH"])
    problems = context["problems"] + _missing_home(context)
    written = _own_addresses(context)
    for path, content in sorted(context["generated_content"].items()):
        name = f"{folder.name}/{path}"
        if content is None:
            problems.append(Problem(name, "Pelican cannot read it (its message stands above)"))
            continue
        if isinstance(content, Article) and (is_ours(content) or content.date == NO_DATE):
            content.header.need("date")
        if not is_draft(content):
            _check_content(content, generator, folder)
            check_topics(content.header)
            check_aliases(content.header)
            check_formulas(content.header, context.get("MATH_MACROS", {}))
            _check_address(content, content.header, written)
            for alias in aliases(content.header):
                _note_path(alias, content.header, written, "take this alias away")
            # An unfinished draft ends no preview; it is left out.
            problems += [
                replace(problem, notice=True) if content.kept else problem
                for problem in content.header.problems
            ]
            if isinstance(content, Page) and getattr(content, "paper", None):
                for link in content.downloads:
                    _note_path(link.address, content.header, written)
    for path, static in sorted(context["static_content"].items()):
        header = Header(f"{folder.name}/{path}")
        if not is_public(Path(static.source_path), folder):
            header.problem(None, _OUTSIDE)
        if place(static).startswith(f"{context['THEME_STATIC_DIR']}/"):
            header.problem(None, "has an address of the theme's (name it otherwise)")
        _check_address(static, header, written)
        problems += header.problems
    return problems + _unread(context, folder)


def tell(problems: list[Problem]) -> None:
    """Print all problems and end the build, or go on where `pelican -r` will build again.

    Notices are printed too, and end nothing.
    """
    problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.key or "", p.message))
    notices = [f"{problem} [notice]" for problem in problems if problem.notice]
    lines = [str(problem) for problem in problems if not problem.notice]
    if notices:
        print(*notices, sep="\n", file=sys.stderr)
    if not lines:
        return
    count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
    frames = traceback.walk_stack(None)
    if any(frame.f_code is pelican.autoreload.__code__ for frame, _ in frames):
        print(*lines, f"{count}: what they name is left out.", sep="\n", file=sys.stderr)
    else:
        raise SystemExit("\n".join([*lines, f"{count}: nothing was written."]))


def is_paper(content: Content) -> bool:
    """Tell whether a page comes from content/papers/."""
    return content.relative_source_path.startswith(f"{PAPERS_FOLDER}/")


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


def _check_content(content: Content, generator: Generator, folder: Path) -> None:
    header = content.header
    # That of an entry's file was asked when the file was read.
    if not header.entry and not is_public(Path(content.source_path), folder):
        header.problem(None, _OUTSIDE)
    if len((content.slug or "").encode()) > 200:
        header.problem("slug", "is too long for a file's name (write a shorter `Slug:`)")
    if not content.slug and header.entry:
        header.problem(None, "gives no address (write a key with letters)")
    elif not content.slug and not hasattr(content, "override_save_as"):
        header.problem("slug", "missing, for the file's name gives none (write `Slug: a-word`)")
    if header.get("template"):
        try:
            generator.get_template(content.template)
        except PelicanTemplateNotFound:
            header.problem("template", f'"{content.template}" is not there (take the header away)')
        if content.template in _OWN_TEMPLATES - {content.default_template}:
            header.problem("template", f'"{content.template}" is for other files (name another)')
    for file in sorted(content.get_static_links() | named_files(getattr(content, "paper", None))):
        if is_public(folder / file, folder) and file not in generator.context["static_content"]:
            header.problem(None, f'"{file}" is no file to publish (name another)')


def _check_address(content: Content, header: Header, written: dict[str, str]) -> None:
    """Note a path that is written already; case and Unicode form make no difference.

    In `written`, a folder's path ends with a slash.
    """
    if place(content):
        remedy = "rename it" if isinstance(content, Static) else "rename it, or give it a `Slug:`"
        _note_path(place(content), header, written, remedy)


def _note_path(
    path: str, header: Header, written: dict[str, str], remedy: str = "rename one of them"
) -> None:
    path = unicodedata.normalize("NFC", posixpath.normpath(path)).casefold()
    above = list(accumulate(path.split("/")[:-1], "{}/{}".format))
    first = next(filter(None, map(written.get, [path, f"{path}/", *above])), header.place)
    if first != header.place:
        header.problem(None, f"has the address of {first} ({remedy})")
        return
    written[path] = header.place
    for folder in above:
        written.setdefault(f"{folder}/", header.place)


def _own_addresses(context: dict) -> dict[str, str]:
    """Return the paths of pages that no file of content/ stands for."""
    names = {name: f"{name}.html" for name in context["DIRECT_TEMPLATES"]}
    paths = [context.get(f"{name.upper()}_SAVE_AS", path) for name, path in names.items()]
    paths += [feed.address for feed in feeds(context)] + files(context)
    paths += [link.address for link in downloads()]
    paths += [f"{listing.address}index.html" for listing in context["listings"]]
    return {path: f"the site's own {path}" for path in [*paths, SEARCH_FOLDER]}


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
        return [Problem(name, "is not for the home page (take the header away)", k) for k in own]
    hint = "write `Title: ` and your name into it, then a blank line and some words"
    return [Problem(name, f"missing ({hint})")]


def _unread(context: dict, folder: Path) -> list[Problem]:
    """Return a problem for each text that Pelican passes over in silence."""
    problems = []
    read = context["ARTICLE_PATHS"] + context["PAGE_PATHS"]
    known = context["generated_content"].keys() | context["static_content"].keys()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        name = "/".join(parts)
        ignored = any(fnmatch(part, p) for part in parts for p in context["IGNORE_FILES"])
        if ignored or name in known or parts[0] in context["STATIC_PATHS"] or not path.is_file():
            continue
        if name in (PEOPLE_FILE, REFERENCES_FILE):
            continue
        if parts[0] not in read:
            remedy = "move it to news/, papers/ or pages/, a file for the site's root to extra/"
        elif path.suffix == ".bib":
            if parts[0] == PAPERS_FOLDER:
                continue
            remedy = f"move it to {PAPERS_FOLDER}/"
        elif path.suffix.lower() in _TEXTS and not skipped(path):
            end = "bib" if path.suffix.lower().startswith(".bib") else "md"
            remedy = f"name it {path.name.partition('.')[0]}.{end}"
        else:
            continue
        problems.append(Problem(f"{folder.name}/{name}", f"is not read ({remedy})"))
    return problems
