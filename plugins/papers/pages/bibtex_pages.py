"""Pages of the entries in content/papers/*.bib, beside those of Markdown files."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from pelican.contents import Page
from pelican.generators import PagesGenerator
from pelican.readers import default_metadata, path_metadata

from ..content import (
    PAPERS_FOLDER,
    Header,
    HeaderEntry,
    make_typesetter,
    mark_math,
    parse_bibtex,
    read_strings,
    report_missing_entry,
    typeset_title,
)
from ..model import Problem
from ..util import is_public
from .contents import is_paper, report_duplicate_key
from .visibility import read_skipped_header

_OUTSIDE = "points outside content/ (copy the file itself there)"


def add_bibtex_pages(generator: PagesGenerator) -> list[Problem]:
    """Make a page of each entry, or add the entry to the Markdown file of the same key.

    Values of the Markdown file win. Returns the problems that no page holds.
    """
    folder, contents = Path(generator.path), generator.context["generated_content"]
    problems: list[Problem] = []
    entries = _unique_entries(folder, generator.settings, problems)
    markdown_pages = _pages_by_key(generator)
    skipped_keys = _skipped_keys(folder, contents)
    for key, header in entries.items():
        # A file with this very key precedes one that has the name of the page.
        name = key if key in markdown_pages or _slug(key) in entries else _slug(key)
        if header.entries.get("status"):
            hint = "delete `status` to publish it"
            header.report("status", f"keeps it off the site ({hint})", notice=True)
            problems += header.problems
        elif name in markdown_pages:
            pages, n = markdown_pages.pop(name)
            pages[n] = page = _merge_entry(generator, pages[n], header)
            contents[page.get_relative_source_path()] = page
        elif not skipped_keys.isdisjoint((key, _slug(key))):
            continue
        elif header.entries:
            page = _make_page(generator, header, folder.parent / header.file)
            generator.pages.append(page)
            contents[f"{page.get_relative_source_path()}#{header.citation_key}"] = page
        else:
            problems += header.problems
    keys = {*entries, *map(_slug, entries)}
    for name in markdown_pages.keys() - keys if keys else ():
        pages, n = markdown_pages[name]
        report_missing_entry(pages[n].header, name, keys)
    return problems


def _unique_entries(folder: Path, settings: dict, problems: list[Problem]) -> dict[str, Header]:
    """Return the headers of all entries by their keys in lower case; of two, the first."""
    entries: dict[str, Header] = {}
    for header in _parse_files(folder, settings, problems):
        first = entries.setdefault(header.citation_key.lower(), header)
        if first is not header:
            if first.file != header.file:
                hint = "keep one, or rename its key"
                header.report(None, f"already exists in {first.file} ({hint})")
            problems += header.problems
    return entries


def _parse_files(folder: Path, settings: dict, problems: list[Problem]) -> Iterator[Header]:
    """Yield the headers of all entries, and collect the problems of whole files."""
    strings = read_strings(folder / PAPERS_FOLDER)
    for path in sorted((folder / PAPERS_FOLDER).rglob("*.bib")):
        parts = path.relative_to(folder).parts
        if any(fnmatch(part, p) for part in parts for p in settings["IGNORE_FILES"]):
            continue
        name = path.relative_to(folder.parent).as_posix()
        if not is_public(path, folder):
            problems.append(Problem(name, _OUTSIDE))
            continue
        for header in parse_bibtex(name, path.read_bytes(), strings):
            if header.citation_key:
                yield header
            else:
                problems += header.problems


def _pages_by_key(generator: PagesGenerator) -> dict[str, tuple[list[Page], int]]:
    """Return where the pages of papers are by their keys, or names of files, in lower case."""
    positions: dict[str, tuple[list[Page], int]] = {}
    for pages in (generator.pages, generator.hidden_pages, generator.draft_pages):
        for n, page in enumerate(pages):
            if is_paper(page):
                key = page.header.get("key") or Path(page.source_path).stem
                first_pages, m = positions.setdefault(key.lower(), (pages, n))
                if first_pages[m] is not page:
                    report_duplicate_key(page.header, first_pages[m].header)
    return positions


def _skipped_keys(folder: Path, contents: Collection[str]) -> set[str]:
    """Return the keys of files with the status skip, whose entries are skipped, too."""
    keys = set()
    for file in (folder / PAPERS_FOLDER).rglob("*.md"):
        if file.relative_to(folder).as_posix() not in contents and is_public(file, folder):
            if header := read_skipped_header(file):
                keys.add((header.get("key") or file.stem).lower())
    return keys


def _slug(key: str) -> str:
    text = re.sub(r"[^\w.-]+", "-", key).strip("-.").lower()
    # File systems limit names in bytes.
    return text.encode()[:100].decode(errors="ignore").strip("-.")


def _merge_entry(generator: PagesGenerator, page: Page, entry: Header) -> Page:
    """Return a Markdown file's page with the values that its entry adds."""
    header = page.header
    own = {key: value for key, value in header.entries.items() if header.get(key)}
    added = {
        key: replace(value, file=entry.file, citation_key=entry.citation_key)
        for key, value in entry.entries.items()
        if key not in own
    }
    header.entries = added | header.entries | own
    header.entries.setdefault("key", HeaderEntry(entry.citation_key, name="key"))
    own_names = own.keys() | {value.name for value in own.values()}
    header.problems += [problem for problem in entry.problems if problem.key not in own_names]
    return _make_page(generator, header, Path(page.source_path), page.metadata)


def _make_page(
    generator: PagesGenerator, header: Header, path: Path, metadata: dict | None = None
) -> Page:
    """Make a page of a header as Pelican makes one of a file.

    `metadata` are those of the Markdown file that the header belongs to.
    """
    settings = generator.settings
    typeset = make_typesetter(settings)
    title = header.get("title") or header.citation_key or path.stem
    entry = header.entries.get("title")
    fields = {"title": typeset_title(title, typeset, entry.marked if entry else None)}
    if header.get("summary") and "summary" not in (metadata or {}):
        fields["summary"] = typeset(f"<p>{mark_math(header.get('summary'))}</p>")
    header.html = header.html or _paragraphs(header.get("abstract") or "")
    if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", header.get("lang") or ""):
        fields["lang"] = header.get("lang")
    return Page(
        content=typeset(header.html),
        metadata=(metadata or _default_metadata(generator, header, path)) | fields,
        settings=settings,
        source_path=str(path),
        context=generator.context,
    )


def _default_metadata(generator: PagesGenerator, header: Header, path: Path) -> dict:
    """Return the metadata that Pelican gives to a file by its path and the settings."""
    settings = generator.settings
    process = generator.readers.readers["md"].process_metadata
    return {
        **default_metadata(settings, process),
        **path_metadata(str(path), path.relative_to(generator.path).as_posix(), settings),
        "slug": _slug(header.citation_key),
        "status": "published",
        "header": header,
    }


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{mark_math(part)}</p>" for part in text.split("\n\n") if part)
