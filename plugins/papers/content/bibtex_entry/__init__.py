"""Entries of BibTeX files become headers, TeX decoded."""

from .entry import BibtexEntry
from .fields import is_known_field, read_fields

__all__ = ["BibtexEntry", "is_known_field", "read_fields"]
