"""Pages written by hand, in Markdown or HTML."""

from .owner import find_person_name
from .page import (
    IGNORED_PAGES,
    has_several_papers,
    import_page,
    import_page_folder,
    import_reference,
    is_publication_page,
)

__all__ = [
    "IGNORED_PAGES",
    "find_person_name",
    "has_several_papers",
    "import_page",
    "import_page_folder",
    "import_reference",
    "is_publication_page",
]
