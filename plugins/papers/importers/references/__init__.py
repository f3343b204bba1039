"""Reference files: BibTeX, CSL-JSON, RIS, ORCID records."""

from .bibtex import import_bib_entries, import_bib_file
from .dispatch import import_references

__all__ = [
    "import_bib_entries",
    "import_bib_file",
    "import_references",
]
