"""Papers, names, dates, identifiers and problems: frozen values."""

from .dates import PartialDate, guess_dates, month_number
from .identifiers import SCHEMES, find_doi
from .names import (
    Author,
    AuthorList,
    Person,
    name_key,
    parse_authors,
    parse_name,
    parse_name_list,
    split_authors,
)
from .paper import VIDEO_SUFFIXES, Figure, Link, Paper, split_year
from .problem import BuildFailed, CommandError, Problem
from .publication_types import STAGES, TYPES

__all__ = [
    "Author",
    "AuthorList",
    "BuildFailed",
    "CommandError",
    "Figure",
    "Link",
    "Paper",
    "PartialDate",
    "Person",
    "Problem",
    "SCHEMES",
    "STAGES",
    "TYPES",
    "VIDEO_SUFFIXES",
    "find_doi",
    "month_number",
    "name_key",
    "guess_dates",
    "parse_authors",
    "parse_name",
    "parse_name_list",
    "split_authors",
    "split_year",
]
