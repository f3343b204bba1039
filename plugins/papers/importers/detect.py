"""Detect what a user imports: a site, a page, or a file of references."""

from pathlib import Path

from ..content import Header, HeaderEntry
from ..util import READING_ERRORS, describe_reading_error
from .blog import separate_blog
from .chirpy import import_chirpy
from .common import show_owner_files
from .hugo import HUGO_CONFIGS, import_hugo
from .jekyll import (
    JEKYLL_CONFIGS,
    add_printed_names,
    import_jekyll,
    import_profile,
    import_publication_data,
    import_publications,
)
from .jemdoc import import_jemdoc
from .lab_website import import_lab_website
from .old_links import resolve_old_links
from .orgmode import import_org
from .pelican_site import import_pelican
from .plain_hugo import import_plain_hugo
from .prism import import_prism
from .quarto import import_quarto
from .references import import_references
from .result import SAMPLE, ImportNote, ImportResult, SourceTree
from .samples import strip_sample_paragraphs
from .table_page import import_table_page
from .unknown_folder import describe_folder
from .webpage import import_page, import_page_folder

_PAGES = (".md", ".markdown", ".html", ".htm")
# Systems that are read as a whole, before the parts of Jekyll and Hugo.
_SYSTEMS = (
    import_prism,
    import_quarto,
    import_lab_website,
    import_jemdoc,
    import_table_page,
    import_plain_hugo,
    import_chirpy,
    import_pelican,
    import_org,
)
_READERS = (
    import_jekyll,
    import_publications,
    import_publication_data,
    import_profile,
    import_hugo,
)
# Settings of a site in a folder below the one that the user named.
_NESTED_SETTINGS = [f"*/{name}" for name in (*JEKYLL_CONFIGS, *HUGO_CONFIGS)]
_REFERENCES = ("*.bib", "*.json", "*.ris", "*.nbib", "*.enw", "*.xml")


def import_source(path: Path) -> ImportResult:
    """Import a site, a page or a file of references.

    Raises ValueError with a sentence for anything else.
    """
    source = SourceTree(path)
    try:
        _import(source, path)
    except ValueError:
        raise
    except READING_ERRORS as error:
        message = f"{source.result.last_file} {describe_reading_error(error)}"
        raise ValueError(message) from None
    _leave_out_samples(source.result)
    _add_owner_names(source)
    separate_blog(source.result)
    show_owner_files(source)
    resolve_old_links(source.result)
    return source.result


def _leave_out_samples(result: ImportResult) -> None:
    """Leave out what the home page of a template says before somebody writes their own."""
    for document in result.documents:
        if document.kind == "home" and (body := strip_sample_paragraphs(document.body)):
            if body != document.body:
                message = f"text of the template: {SAMPLE}"
                result.notes.append(ImportNote("left", document.file, message, document.line))
            document.body = body


def _add_owner_names(source: SourceTree) -> None:
    """Add the forms of the owner's name that imported papers print."""
    papers = [document for document in source.result.documents if document.kind == "paper"]
    if papers and source.result.owner.names:
        headers = [
            Header("", {"authors": HeaderEntry(paper.headers.get("authors", ""))})
            for paper in papers
        ]
        add_printed_names(source, source.base / papers[0].file, headers)


def _import(source: SourceTree, path: Path) -> None:
    if source.file:
        if path.suffix.lower() in _PAGES:
            if not import_table_page(source):
                import_page(source, path)
        elif not import_references(source, path):
            formats = "a page, BibTeX, RIS, CSL-JSON, .nbib, EndNote's .enw or XML, ORCID's JSON"
            raise ValueError(f"{path} cannot be imported (name {formats}, or a folder)")
    elif not (_import_site(source) or _import_parts(source)) or _is_empty(source.result):
        raise ValueError(describe_folder(source))


def _is_empty(result: ImportResult) -> bool:
    return not (result.documents or result.bib_files)


def _import_parts(source: SourceTree) -> bool:
    """Import the references of a folder, a site in a folder below it, or its pages."""
    has_references = any(
        [import_references(source, file) for file in source.list_files(*_REFERENCES)]
    )
    if not has_references and _import_nested_site(source):
        return True
    return import_page_folder(source) or has_references


def _import_site(source: SourceTree) -> bool:
    if any(read(source) for read in _SYSTEMS):
        return True
    # Not `any` of a generator: each reader imports its part.
    return any([read(source) for read in _READERS])


def _import_nested_site(source: SourceTree) -> bool:
    """Import the first site in the folders of the source; tell whether there is one."""
    paths = source.list_files(*_NESTED_SETTINGS)
    names = dict.fromkeys(path.relative_to(source.root).parts[0] for path in paths)
    return any(
        _import_site(SourceTree(source.root / name, source.result, source.root)) for name in names
    )
