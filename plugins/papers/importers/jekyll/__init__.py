"""Sites made with Jekyll: al-folio, academicpages, luost26."""

from .al_folio import add_printed_names
from .profile import import_profile
from .publications import import_publication_data, import_publications
from .reader import JEKYLL_CONFIGS, import_jekyll

__all__ = [
    "JEKYLL_CONFIGS",
    "add_printed_names",
    "import_jekyll",
    "import_profile",
    "import_publication_data",
    "import_publications",
]
