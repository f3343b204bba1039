"""Reference files: BibTeX, CSL-JSON, RIS, ORCID records."""

from .bibtex import BibOrigin, import_bib_entries, import_bib_file
from .buttons import BibButton
from .dispatch import import_references

__all__ = [
    "BibButton",
    "BibOrigin",
    "import_bib_entries",
    "import_bib_file",
    "import_references",
]
