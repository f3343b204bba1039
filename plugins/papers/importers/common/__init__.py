"""What all importers use."""

from .assets import (
    BADGE_URL,
    IMAGE_PATTERN,
    LINK_PATTERN,
    badge_label,
    find_asset,
    is_link_label,
    match_url,
)
from .author_list import (
    dot_initials,
    format_author,
    format_entry_people,
    format_inverted_name,
    format_people,
    format_person,
    join_authors,
)
from .clean_markdown import clean_and_copy_assets, clean_markdown, strip_template_syntax
from .content_file import make_slug, render_document
from .csl_record import import_csl_record
from .html_to_markdown import escape_link_target, html_to_markdown
from .owner import (
    add_home_page,
    add_owner_names,
    add_portrait,
    add_profile,
    is_example,
    read_social_links,
    set_owner,
)
from .reference import add_reference, find_date, format_date, format_list, format_pages
from .reference_string import (
    parse_reference_authors,
    parse_reference_names,
    parse_reference_numbers,
    split_venue,
)
from .text import (
    LineFinder,
    count_words,
    escape_markdown,
    find_line,
    fold_text,
    is_placeholder,
    is_same_title,
    join_values,
    plain_line,
    plain_text,
)
from .yaml_file import describe_yaml_error, load_yaml_mapping, nested_mapping, yaml_text, yaml_texts

__all__ = [
    "BADGE_URL",
    "IMAGE_PATTERN",
    "LINK_PATTERN",
    "LineFinder",
    "add_home_page",
    "add_owner_names",
    "add_portrait",
    "add_profile",
    "add_reference",
    "badge_label",
    "clean_and_copy_assets",
    "clean_markdown",
    "count_words",
    "describe_yaml_error",
    "dot_initials",
    "escape_link_target",
    "escape_markdown",
    "find_asset",
    "find_date",
    "find_line",
    "fold_text",
    "format_author",
    "format_date",
    "format_entry_people",
    "format_inverted_name",
    "format_list",
    "format_pages",
    "format_people",
    "format_person",
    "html_to_markdown",
    "import_csl_record",
    "is_example",
    "is_link_label",
    "is_placeholder",
    "is_same_title",
    "join_authors",
    "join_values",
    "load_yaml_mapping",
    "make_slug",
    "match_url",
    "nested_mapping",
    "parse_reference_authors",
    "parse_reference_names",
    "parse_reference_numbers",
    "plain_line",
    "plain_text",
    "read_social_links",
    "render_document",
    "set_owner",
    "split_venue",
    "strip_template_syntax",
    "yaml_text",
    "yaml_texts",
]
