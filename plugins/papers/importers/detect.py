"""What is to be imported is known by itself: a site, a page, or a file of references."""

from pathlib import Path

from .hugo import HUGO_CONFIGS, import_hugo
from .jekyll import (
    JEKYLL_CONFIGS,
    import_jekyll,
    import_profile,
    import_publication_data,
    import_publications,
)
from .references import import_references
from .result import ImportResult, SourceTree
from .webpage import import_page, import_page_folder

_PAGES = (".md", ".markdown", ".html", ".htm")
_READERS = (
    import_jekyll,
    import_publications,
    import_publication_data,
    import_profile,
    import_hugo,
)
# What tells that a folder is a site of its own, below one that is none.
_SETTINGS = [f"*/{name}" for name in (*JEKYLL_CONFIGS, *HUGO_CONFIGS)]
_RECORDS = ("*.bib", "*.json", "*.ris")


def import_source(path: Path) -> ImportResult:
    """Return what a site, a page or a file of references holds; what it is, it tells itself.

    Raises ValueError with a sentence where it is nothing of that.
    """
    source = SourceTree(path)
    if source.file:
        if path.suffix.lower() in _PAGES:
            import_page(source, path)
        elif not import_references(source, path):
            known = "a page, BibTeX, RIS, CSL-JSON, or ORCID's JSON"
            raise ValueError(f"{path} is nothing that can be read (name {known}, or a folder)")
        return source.result
    known = [read(source) for read in _READERS]
    if not any(known):
        known = [import_references(source, file) for file in source.list_files(*_RECORDS)]
    if not any(known):
        known = [_is_within(source)]
    if not any(known) and not import_page_folder(source):
        told = "no site of Jekyll, al-folio, academicpages, HugoBlox or the like, and no .bib"
        raise ValueError(f"{path} holds {told} (name the folder that has the site's settings)")
    return source.result


def _is_within(source: SourceTree) -> bool:
    """Take the first site in the folders of one that is none; tell whether there is any."""
    names = (path.relative_to(source.root).parts[0] for path in source.list_files(*_SETTINGS))
    for name in dict.fromkeys(names):
        inner = SourceTree(source.root / name, source.result, source.root)
        if any([read(inner) for read in _READERS]):
            return True
    return False
