"""Read the texts of a site: front matter, BibTeX and headers in, papers and problems out."""

from .allowed_hosts import check_allowed_hosts, find_host_use
from .bibtex_parser import parse_bibtex, read_strings
from .body import (
    check_html,
    check_policy,
    check_text,
    check_trusted,
    is_wordless,
)
from .encoding import check_characters, find_mojibake
from .frontmatter import YamlLoader, split_header
from .header import Header, HeaderEntry, check_topics, parse_topics
from .header_keys import (
    COMMON_KEYS,
    KEY_ALIASES,
    KEY_NAMES,
    LINK_KEYS,
    NESTED_ID_KEY,
    PAGE_KEYS,
    PAPER_KEYS,
    TRANSLATED_TITLE,
    check_page_keys,
    check_paper_keys,
    check_values,
    link_label,
    mark_title,
    normalize_keys,
)
from .links import PDF_LABELS, check_aliases, parse_aliases
from .markdown import (
    DialectExtension,
    EmbedExtension,
    EscapeHtmlExtension,
    add_site_url,
    check_marks,
    find_addresses,
    find_unread_markers,
    unframe_embeds,
)
from .math import (
    FormulaError,
    MathExtension,
    check_formulas,
    mark_math,
    render_math,
    to_mathml,
)
from .paper_reader import PAPERS_FOLDER, find_abstract, read_paper, report_missing_entry
from .people import PEOPLE_FILE, owner_names, read_people
from .post_reader import read_post
from .references import (
    REFERENCES_FILE,
    Reference,
    ReferencesFile,
    cite_label,
    disambiguate,
    reference_anchor,
)
from .type_names import GENRES, TYPE_NAMES, name_genre
from .typography import make_typesetter, replace_typogrify, typeset_content, typeset_title

__all__ = [
    "COMMON_KEYS",
    "EmbedExtension",
    "EscapeHtmlExtension",
    "FormulaError",
    "GENRES",
    "Header",
    "HeaderEntry",
    "KEY_ALIASES",
    "KEY_NAMES",
    "LINK_KEYS",
    "DialectExtension",
    "MathExtension",
    "NESTED_ID_KEY",
    "PAGE_KEYS",
    "PAPERS_FOLDER",
    "PAPER_KEYS",
    "PDF_LABELS",
    "PEOPLE_FILE",
    "REFERENCES_FILE",
    "Reference",
    "ReferencesFile",
    "TRANSLATED_TITLE",
    "TYPE_NAMES",
    "YamlLoader",
    "add_site_url",
    "check_aliases",
    "check_allowed_hosts",
    "check_characters",
    "check_formulas",
    "check_html",
    "check_marks",
    "check_page_keys",
    "check_paper_keys",
    "check_policy",
    "check_text",
    "check_topics",
    "check_trusted",
    "check_values",
    "cite_label",
    "disambiguate",
    "find_abstract",
    "find_addresses",
    "find_host_use",
    "find_mojibake",
    "find_unread_markers",
    "is_wordless",
    "link_label",
    "make_typesetter",
    "mark_math",
    "mark_title",
    "name_genre",
    "normalize_keys",
    "owner_names",
    "parse_aliases",
    "parse_bibtex",
    "parse_topics",
    "read_paper",
    "read_strings",
    "report_missing_entry",
    "read_people",
    "reference_anchor",
    "read_post",
    "render_math",
    "replace_typogrify",
    "split_header",
    "to_mathml",
    "typeset_content",
    "typeset_title",
    "unframe_embeds",
]
