"""Write papers in other formats: BibTeX, RIS, CSL-JSON, Scholar tags, JSON-LD."""

from .bibliography import format_bibtex, format_csl, format_full_bibtex, format_ris
from .coauthors import format_csv, list_coauthors, months_before, papers_since
from .json_ld import (
    breadcrumb_list,
    json_ld_graph,
    owner_json_ld,
    paper_json_ld,
    post_json_ld,
)
from .scholar_tags import format_scholar_tags

__all__ = [
    "breadcrumb_list",
    "format_bibtex",
    "format_csl",
    "format_csv",
    "format_full_bibtex",
    "format_ris",
    "json_ld_graph",
    "list_coauthors",
    "months_before",
    "owner_json_ld",
    "paper_json_ld",
    "papers_since",
    "post_json_ld",
    "format_scholar_tags",
]
