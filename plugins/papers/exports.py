"""Citations of papers as files: one of each format beside a paper's page, and for all of them."""

import json
import posixpath
from pathlib import Path

from pelican.contents import Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from .cite import bibtex_whole, csl, ris
from .model import Link

# Names of the formats, and the ends of their files' names.
FORMATS = {"BibTeX": ".bib", "RIS": ".ris", "CSL-JSON": ".json"}
# Where the files with all papers lie.
ALL = "papers"


def downloads(page: Page | None = None) -> list[Link]:
    """Return the files of a paper, or of all: format, and path below the site's root."""
    stem = ALL
    if page is not None:
        stem = posixpath.join(posixpath.dirname(page.save_as), page.slug)
    return [Link(name, f"{stem}{end}") for name, end in FORMATS.items()]


def write(generator: PagesGenerator, writer: Writer) -> None:
    """Write the files of all papers' pages, and those of all listed papers."""
    papers = generator.context["papers"]
    texts = {page: _texts(page) for page in papers}
    root = Path(writer.output_path)
    for page, formats in texts.items():
        for link in page.downloads:
            _write(root / link.address, link.label, [formats[link.label]])
    for link in downloads() if papers else []:
        _write(root / link.address, link.label, [texts[page][link.label] for page in papers])


def _texts(page: Page) -> dict[str, str]:
    item = json.dumps(csl(page.paper), ensure_ascii=False, indent=1)
    entry = bibtex_whole(page.paper, page.bibtex)
    return {"BibTeX": entry, "RIS": ris(page.paper), "CSL-JSON": item}


def _write(path: Path, name: str, texts: list[str]) -> None:
    between = {"BibTeX": "\n", "RIS": "", "CSL-JSON": ",\n"}[name]
    text = between.join(texts)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"[\n{text}\n]\n" if name == "CSL-JSON" else text)
