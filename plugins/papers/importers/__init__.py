"""Import content of other systems: readers fill an ImportResult, and the writer writes it.

`detect` chooses the reader: a package for each system, and `common` for what they share.
"""

from .common import escape_markdown, format_people, make_slug, plain_line, render_document
from .detect import import_source
from .existing import find_duplicate, read_existing_papers
from .lookup import NotFound, import_arxiv, import_doi
from .preflight import assign_slugs, check_document, repair_encoding
from .references import import_bib_entries
from .repairs import MAX_ROUNDS, Repair, Repairer
from .report import (
    list_first_steps,
    list_points,
    read_open_points,
    update_report,
)
from .result import Document, ImportNote, ImportResult
from .writer import ALREADY_THERE, write_import, write_owner_settings

__all__ = [
    "ALREADY_THERE",
    "Document",
    "ImportNote",
    "ImportResult",
    "MAX_ROUNDS",
    "NotFound",
    "Repair",
    "Repairer",
    "assign_slugs",
    "check_document",
    "escape_markdown",
    "find_duplicate",
    "format_people",
    "import_arxiv",
    "import_bib_entries",
    "import_doi",
    "import_source",
    "list_first_steps",
    "list_points",
    "make_slug",
    "plain_line",
    "read_existing_papers",
    "read_open_points",
    "render_document",
    "repair_encoding",
    "update_report",
    "write_import",
    "write_owner_settings",
]
