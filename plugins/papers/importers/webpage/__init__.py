"""Pages written by hand, in Markdown or HTML."""

from .page import (
    IGNORED_PAGES,
    has_several_papers,
    import_page,
    import_page_folder,
    is_publication_page,
)

__all__ = [
    "IGNORED_PAGES",
    "has_several_papers",
    "import_page",
    "import_page_folder",
    "is_publication_page",
]
