"""Papers, names, dates, identifiers and problems: frozen values."""

from .affiliations import split_affiliations, strip_affiliations
from .contacts import find_service
from .dates import PartialDate, guess_dates, month_number
from .embed import FRAME_HOSTS, Embed, find_embed
from .identifiers import SCHEMES, find_doi
from .kind import KINDS, NEWS, PAPERS, Kind, find_kind
from .name_parts import (
    is_extended,
    parse_extended,
    remove_groups,
    split_at_and,
    split_outside_braces,
)
from .names import (
    Author,
    AuthorList,
    Person,
    are_whole_names,
    format_name_parts,
    join_name,
    name_key,
    parse_authors,
    parse_name,
    parse_name_list,
    put_family_first,
    split_authors,
)
from .paper import VIDEO_SUFFIXES, Figure, Link, Paper, mark_page_ranges, name_venue
from .post import Post
from .problem import BuildFailed, CommandError, Problem
from .publication_types import STAGES, TYPES, is_in_preparation, parse_stage
from .venues import split_year

__all__ = [
    "Author",
    "AuthorList",
    "BuildFailed",
    "CommandError",
    "Embed",
    "FRAME_HOSTS",
    "Figure",
    "KINDS",
    "Kind",
    "Link",
    "NEWS",
    "PAPERS",
    "Paper",
    "PartialDate",
    "Person",
    "Post",
    "Problem",
    "SCHEMES",
    "STAGES",
    "TYPES",
    "VIDEO_SUFFIXES",
    "are_whole_names",
    "find_doi",
    "find_kind",
    "find_embed",
    "find_service",
    "put_family_first",
    "is_extended",
    "is_in_preparation",
    "join_name",
    "mark_page_ranges",
    "month_number",
    "name_key",
    "name_venue",
    "format_name_parts",
    "guess_dates",
    "parse_authors",
    "parse_extended",
    "parse_name",
    "parse_name_list",
    "parse_stage",
    "remove_groups",
    "split_affiliations",
    "split_at_and",
    "split_authors",
    "split_outside_braces",
    "split_year",
    "strip_affiliations",
]
