"""What is to be imported is known by itself: a site, a page, or a file of references."""

from pathlib import Path

from . import collection, homes, hugo, jekyll, listdata, pages, records
from .found import Found, Source

_PAGES = (".md", ".markdown", ".html", ".htm")
_READERS = (jekyll, collection, listdata, homes, hugo)
# What tells that a folder is a site of its own, below one that is none.
_SETTINGS = [f"*/{name}" for name in (*jekyll.CONFIGS, *hugo.SETTINGS)]
_RECORDS = ("*.bib", "*.json", "*.ris")


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
    known = [reader.read(source, found) for reader in _READERS]
    if not any(known):
        known = [records.read(source, file, found) for file in source.files(*_RECORDS)]
    if not any(known):
        known = [_is_within(source, found)]
    if not any(known) and not pages.site(source, found):
        told = "no site of Jekyll, al-folio, academicpages, HugoBlox or the like, and no .bib"
        raise ValueError(f"{path} holds {told} (name the folder that has the site's settings)")
    return found


def _is_within(source: Source, found: Found) -> bool:
    """Take the first site in the folders of one that is none; tell whether there is any."""
    names = (path.relative_to(source.root).parts[0] for path in source.files(*_SETTINGS))
    for name in dict.fromkeys(names):
        inner = Source(source.root / name, found, source.root)
        if any([reader.read(inner, found) for reader in _READERS]):
            return True
    return False
