"""Entries of content/papers/*.bib become Pelican's pages, beside those of Markdown files."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from pelican.contents import Page
from pelican.generators import PagesGenerator
from pelican.readers import default_metadata, path_metadata

from ..content import PAPERS_FOLDER, Header, HeaderEntry, mark_math, parse_bibtex
from ..model import Problem
from ..util import is_public
from .markdown_reader import make_typesetter
from .visibility import skipped_header

_OUTSIDE = "leads out of content/ (put the file itself there)"


def add_bibtex_pages(generator: PagesGenerator) -> list[Problem]:
    """Make a page of every entry, or add it to the Markdown file of the same key.

    What a Markdown file says wins. Returns what is wrong with the files as a whole.
    """
    folder = Path(generator.path)
    problems: list[Problem] = []
    headers = {}
    for header in _headers(folder, generator.settings, problems):
        first = headers.setdefault(header.citation_key.lower(), header)
        if first is not header:
            if first.file != header.file:
                hint = "keep one, or rename its key"
                header.report(None, f"is there already, in {first.file} ({hint})")
            problems += header.problems
    known: dict[str, tuple[list[Page], int]] = {}
    for pages in (generator.pages, generator.hidden_pages, generator.draft_pages):
        for n, page in enumerate(pages):
            if name := _key(page):
                other, m = known.setdefault(name, (pages, n))
                if other[m] is not page:
                    report_duplicate_key(page.header, other[m].header)
    kept_back = _skipped(folder, generator.context["generated_content"])
    for key, header in headers.items():
        # A file of the very key comes before one that is named after its address.
        name = key if key in known or _slug(key) in headers else _slug(key)
        if header.entries.get("status"):
            hint = "take `status` away to publish it"
            header.report("status", f"keeps it out of the site ({hint})", notice=True)
            problems += header.problems
            continue
        if name in known:
            pages, n = known.pop(name)
            pages[n] = page = _merge(generator, pages[n], header)
            path = page.get_relative_source_path()
        elif not kept_back.isdisjoint((key, _slug(key))):
            continue
        elif header.entries:
            page = _page(generator, header, folder.parent / header.file, {})
            generator.pages.append(page)
            path = f"{page.get_relative_source_path()}#{header.citation_key}"
        else:
            problems += header.problems
            continue
        generator.context["generated_content"][path] = page
    return problems


def _bib_files(folder: Path, settings: dict) -> Iterator[Path]:
    """Yield the .bib files among the papers, but for those that the site ignores."""
    for path in sorted((folder / PAPERS_FOLDER).rglob("*.bib")):
        parts = path.relative_to(folder).parts
        if not any(fnmatch(part, p) for part in parts for p in settings["IGNORE_FILES"]):
            yield path


def _headers(folder: Path, settings: dict, problems: list[Problem]) -> Iterator[Header]:
    for path in _bib_files(folder, settings):
        name = path.relative_to(folder.parent).as_posix()
        if not is_public(path, folder):
            problems.append(Problem(name, _OUTSIDE))
            continue
        for header in parse_bibtex(name, path.read_bytes()):
            if header.citation_key:
                yield header
            else:
                problems += header.problems


def _key(page: Page) -> str | None:
    """Return what may name a Markdown file's entry: its key, or else the file's name."""
    if not page.relative_source_path.startswith(f"{PAPERS_FOLDER}/"):
        return None
    return (page.header.get("key") or Path(page.source_path).stem).lower()


def report_duplicate_key(header: Header, first: Header) -> None:
    """Note that a paper has the citation key of another one."""
    header.report("key", f"is that of {first.location} (write another `Key: …`)")


def _skipped(folder: Path, read: Collection[str]) -> set[str]:
    """Return the keys of files that are passed over, and so keep their entries back."""
    names = set()
    for file in (folder / PAPERS_FOLDER).rglob("*.md"):
        if file.relative_to(folder).as_posix() not in read and is_public(file, folder):
            if header := skipped_header(file):
                names.add((header.get("key") or file.stem).lower())
    return names


def _slug(key: str) -> str:
    plain = re.sub(r"[^\w.-]+", "-", key).strip("-.").lower()
    # Names of files are limited in bytes.
    return plain.encode()[:100].decode(errors="ignore").strip("-.")


def _merge(generator: PagesGenerator, page: Page, entry: Header) -> Page:
    """Return a Markdown file's page with what its entry adds."""
    own = page.header
    given = {key for key in own.entries if own.get(key)}
    names = {own.entries[key].name for key in given} | given
    taken = {
        key: replace(found, file=entry.file, citation_key=entry.citation_key)
        for key, found in entry.entries.items()
        if key not in given
    }
    own.entries = taken | own.entries | {key: own.entries[key] for key in given}
    own.entries.setdefault("key", HeaderEntry(entry.citation_key, name="key"))
    own.problems += [p for p in entry.problems if p.key not in names]
    return _page(generator, own, Path(page.source_path), page.metadata)


def _page(generator: PagesGenerator, header: Header, path: Path, given: dict) -> Page:
    """Make a page of a header block as Pelican makes one of a file."""
    settings = generator.settings
    source = path.relative_to(generator.path).as_posix()
    process = generator.readers.readers["md"].process_metadata
    metadata = given or {
        **default_metadata(settings, process),
        **path_metadata(str(path), source, settings),
        "slug": _slug(header.citation_key),
        "status": "published",
        "header": header,
    }
    found = {"title": mark_math(header.get("title") or header.citation_key or path.stem)}
    if header.get("summary") and "summary" not in given:
        found["summary"] = f"<p>{mark_math(header.get('summary'))}</p>"
    if header.get("lang") and re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", header.get("lang")):
        found["lang"] = header.get("lang")
    header.html = header.html or _paragraphs(header.get("abstract") or "")
    typeset = make_typesetter(settings)
    found = {key: typeset(text) if key != "lang" else text for key, text in found.items()}
    return Page(
        content=typeset(header.html),
        metadata=metadata | found,
        settings=settings,
        source_path=str(path),
        context=generator.context,
    )


def _paragraphs(text: str) -> str:
    parts = text.split("\n\n") if text else []
    return "\n".join(f"<p>{mark_math(part)}</p>" for part in parts)
