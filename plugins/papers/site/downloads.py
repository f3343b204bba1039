"""Citations of papers as files: one of each format beside a paper's page, and for all of them."""

import json
import posixpath
from functools import partial

from pelican.contents import Page
from pelican.generators import PagesGenerator

from ..build import DeferredWriter
from ..export import format_csl, format_full_bibtex, format_ris
from ..model import Link

# Names of the formats, and the ends of their files' names.
FORMATS = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}
# Where the files with all papers lie.
ALL = "papers"


def list_downloads(page: Page | None = None) -> list[Link]:
    """Return the files of a paper, or of all: format, and path below the site's root."""
    stem = ALL
    if page is not None:
        stem = posixpath.join(posixpath.dirname(page.save_as), page.slug)
    return [Link(name, f"{stem}{end}") for name, end in FORMATS.items()]


def write_downloads(generator: PagesGenerator, writer: DeferredWriter) -> None:
    """Write the files of all papers' pages, and those of all listed papers."""
    papers = generator.context["papers"]
    for page in papers:
        for link in page.downloads:
            writer.put(link.address, partial(format_papers, link.label, [page]), page)
    for link in list_downloads() if papers else []:
        writer.put(link.address, partial(format_papers, link.label, papers), *papers)


def format_papers(name: str, pages: list[Page]) -> bytes:
    """Return papers in one of the formats."""
    texts, between = map(_TEXTS[name], pages), {"BibTeX": "\n", "RIS": "", "CSL-JSON": ",\n"}[name]
    text = between.join(texts)
    return (f"[\n{text}\n]\n" if name == "CSL-JSON" else text).encode()


_TEXTS = {
    "BibTeX": lambda page: format_full_bibtex(page.paper, page.bibtex),
    "RIS": lambda page: format_ris(page.paper),
    "CSL-JSON": lambda page: json.dumps(format_csl(page.paper), ensure_ascii=False, indent=1),
}
