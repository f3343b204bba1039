"""Papers as files in citation formats: one of each beside a paper's page, and for all papers."""

import json
import posixpath
from functools import partial

from pelican.contents import Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..build import state_of
from ..export import format_bibtex, format_csl, format_full_bibtex, format_ris
from ..model import Link

# The suffix of each format's files.
FORMATS = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}
# The name of the files with all papers, at the site's root.
_ALL_PAPERS = "papers"


def list_downloads(page: Page | None = None) -> list[Link]:
    """Return the files of a paper, or of all papers: format, and path below the site's root."""
    stem = _ALL_PAPERS
    if page is not None:
        stem = posixpath.join(posixpath.dirname(page.save_as), page.slug)
    return [Link(name, f"{stem}{suffix}") for name, suffix in FORMATS.items()]


def write_downloads(generator: PagesGenerator, writer: Writer) -> None:
    """Write the files of each paper, and those of all papers."""
    outputs = state_of(generator.context).outputs
    papers = generator.context["papers"]
    for page in papers:
        for link in page.downloads:
            outputs.add(link.address, partial(format_papers, link.label, [page]), page)
    for link in list_downloads() if papers else []:
        outputs.add(link.address, partial(format_papers, link.label, papers), *papers)


def format_papers(format_name: str, pages: list[Page]) -> bytes:
    """Return papers in one of FORMATS."""
    match format_name:
        case "BibTeX":
            text = "\n".join(map(_format_bibtex, pages))
        case "RIS":
            text = "".join(format_ris(page.paper) for page in pages)
        case "CSL-JSON":
            items = (
                json.dumps(format_csl(page.paper), ensure_ascii=False, indent=1) for page in pages
            )
            text = "[\n{}\n]\n".format(",\n".join(items))
    return text.encode()


def _format_bibtex(page: Page) -> str:
    # The pages of a build have their entries; `export` only checks the site.
    entry = getattr(page, "bibtex", "") or format_bibtex(page.paper)
    return format_full_bibtex(page.paper, entry)
