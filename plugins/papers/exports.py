"""Citations of papers as files: one of each format beside a paper's page, and for all of them."""

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pelican.contents import Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from .cite import bibtex, csl, ris
from .model import Link, Paper


def _json(papers: list[Paper]) -> str:
    return json.dumps(list(map(csl, papers)), ensure_ascii=False, indent=1) + "\n"


# Name, end of the file's name, and how papers are written in it.
FORMATS: dict[str, tuple[str, Callable[[list[Paper]], str]]] = {
    "BibTeX": (".bib", lambda papers: "\n".join(map(bibtex, papers))),
    "RIS": (".ris", lambda papers: "".join(map(ris, papers))),
    "CSL-JSON": (".json", _json),
}
# Where the files with all papers lie.
ALL = "papers"


def downloads(page: Page | None = None) -> list[Link]:
    """Return the files of a paper, or of all: format, and path below the site's root."""
    stem = ALL
    if page is not None:
        stem = posixpath.join(posixpath.dirname(page.save_as), page.slug)
    return [Link(name, f"{stem}{end}") for name, (end, _) in FORMATS.items()]


def write(generator: PagesGenerator, writer: Writer) -> None:
    """Write the files of all papers' pages, and those of all listed papers."""
    papers = generator.context["papers"]
    hidden = [page for page in generator.hidden_pages if getattr(page, "paper", None)]
    for path, text in _texts(papers, hidden):
        file = Path(writer.output_path, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def _texts(papers: list[Page], hidden: list[Page]) -> Iterator[tuple[str, str]]:
    for page in [*papers, *hidden]:
        yield from _files(downloads(page), [page.paper])
    if papers:
        yield from _files(downloads(), [page.paper for page in papers])


def _files(links: Iterable[Link], papers: list[Paper]) -> Iterator[tuple[str, str]]:
    for link in links:
        yield link.address, FORMATS[link.label][1](papers)
