"""Import content of other systems: readers fill an ImportResult, and the writer writes it.

`detect` chooses the reader: a package for each system, and `common` for what they share.
"""

from .common import escape_markdown, format_people, make_slug, plain_line
from .detect import import_source
from .existing import find_duplicate, read_existing_papers
from .lookup import NotFound, import_arxiv, import_doi
from .preflight import assign_slugs, check_document, repair_encoding
from .references import import_bib_entries
from .result import Document, ImportResult
from .writer import ALREADY_THERE, write_import, write_owner_settings

__all__ = [
    "ALREADY_THERE",
    "Document",
    "ImportResult",
    "NotFound",
    "assign_slugs",
    "check_document",
    "escape_markdown",
    "find_duplicate",
    "format_people",
    "import_arxiv",
    "import_bib_entries",
    "import_doi",
    "import_source",
    "make_slug",
    "plain_line",
    "read_existing_papers",
    "repair_encoding",
    "write_import",
    "write_owner_settings",
]
