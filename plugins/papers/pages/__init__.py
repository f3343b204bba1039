"""The side of the plugin that Pelican sees: reading, visibility, citations, taxonomy."""

from .bibtex_pages import add_bibtex_pages
from .citations import render_citations, resolve_citations
from .contents import (
    Article,
    Page,
    add_papers,
    add_posts,
    complete_content,
    figure_of,
    group_by_kind,
    is_markdown_or_bibtex,
    is_paper,
    kind_of,
    relate_posts,
)
from .markdown_reader import PLACEHOLDER_DATE, PapersReader, add_placeholder_date, add_readers
from .taxonomy import (
    FACET_THRESHOLD,
    Listing,
    make_facets,
    make_listings,
    paper_sort_key,
)
from .visibility import (
    attached_files,
    build_day,
    draft_reason,
    exclude_draft_files,
    exclude_private_files,
    exclude_private_links,
    exclude_symlinked_folders,
    is_draft,
    linked_paths,
    mark_drafts,
    named_files,
    read_skipped_header,
)

__all__ = [
    "Article", "FACET_THRESHOLD", "Listing", "PLACEHOLDER_DATE", "Page", "PapersReader",
    "add_bibtex_pages", "add_papers", "add_placeholder_date", "add_posts", "add_readers",
    "attached_files", "build_day", "complete_content", "draft_reason",
    "exclude_draft_files", "exclude_symlinked_folders", "exclude_private_files",
    "exclude_private_links", "figure_of", "group_by_kind", "is_draft", "is_markdown_or_bibtex",
    "is_paper", "kind_of", "linked_paths", "make_facets", "make_listings", "mark_drafts",
    "named_files", "paper_sort_key", "read_skipped_header", "relate_posts", "render_citations",
    "resolve_citations",
]  # fmt: skip
