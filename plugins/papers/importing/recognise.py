"""What is to be imported is known by itself: a site, a page, or a file of references."""

from pathlib import Path

from . import collection, hugo, jekyll, listdata, pages, records
from .found import Found, Source

_PAGES = (".md", ".markdown", ".html", ".htm")
_RECORDS = ("*.bib", "*.json", "*.ris")
_HOMES = ("home.md", "index.md", "README.md", "index.html")


def read(path: Path) -> Found:
    """Return what a site, a page or a file of references holds; what it is, it tells itself.

    Raises ValueError with a sentence where it is nothing of that.
    """
    found = Found()
    source = Source(path, found)
    if source.file:
        if path.suffix.lower() in _PAGES:
            pages.read(source, path, found)
        elif not records.read(source, path, found):
            known = "a page, BibTeX, RIS, CSL-JSON, or ORCID's JSON"
            raise ValueError(f"{path} is nothing that can be read (name {known}, or a folder)")
        return found
    known = [reader.read(source, found) for reader in (jekyll, collection, listdata, hugo)]
    if not any(known):
        known = [records.read(source, file, found) for file in source.files(*_RECORDS)]
    if not any(known):
        homes = [file for name in _HOMES for file in source.files(name)]
        if not homes:
            told = "no site of Jekyll, al-folio, academicpages, HugoBlox or the like, and no .bib"
            raise ValueError(f"{path} holds {told} (name the folder that has the site's settings)")
        pages.read(source, homes[0], found)
    return found
