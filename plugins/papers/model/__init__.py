"""What a paper is: frozen values, without files and without Pelican."""

from .dates import PartialDate, month_number, possible_dates
from .identifiers import SCHEMES, find_doi
from .names import Author, Person, name_key, read_authors, read_name, split_authors
from .paper import STAGES, TYPES, VIDEOS, Figure, Link, Paper, split_year
from .problem import BuildFailed, CommandError, Problem

__all__ = [
    "Author",
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
    "VIDEOS",
    "find_doi",
    "month_number",
    "name_key",
    "possible_dates",
    "read_authors",
    "read_name",
    "split_authors",
    "split_year",
]
