"""Papers whose metadata is in front matter."""

from .abstract import merge_abstract, split_abstract
from .bibtex import read_bibtex_file, read_bibtex_text
from .duplicates import merge_aliases, separate_shared_dois
from .kinds import ItemKind, classify_name, is_paper
from .links import WEB_URL, read_paper_links
from .paper import add_paper, clean_slug, note_unread_keys
from .paper_fields import read_date, read_tags
from .parser import (
    FrontMatter,
    flatten,
    mark_imprecise_dates,
    normalize_key,
    read_front_matter,
    read_text_page,
)
from .post import import_post, read_collection_item
from .records import read_yaml_records
from .text_paper import import_text_paper

__all__ = [
    "import_text_paper",
    "read_collection_item",
    "import_post",
    "is_paper",
    "classify_name",
    "ItemKind",
    "FrontMatter",
    "WEB_URL",
    "add_paper",
    "clean_slug",
    "flatten",
    "mark_imprecise_dates",
    "merge_abstract",
    "merge_aliases",
    "normalize_key",
    "note_unread_keys",
    "read_bibtex_file",
    "read_bibtex_text",
    "read_date",
    "read_front_matter",
    "read_paper_links",
    "read_tags",
    "read_text_page",
    "read_yaml_records",
    "separate_shared_dois",
    "split_abstract",
]
