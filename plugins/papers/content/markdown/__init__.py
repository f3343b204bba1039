"""Extensions of Markdown: what other systems have, figures, limits; HTML and links in texts."""

from .dialect import DialectExtension
from .embeds import EmbedExtension, unframe_embeds
from .escaped_html import EscapeHtmlExtension
from .fence import Fence
from .leftover_marks import find_leftover_marks, find_mark_in_header
from .limits import check_formula_ends, check_marks
from .media import find_row_class
from .root_links import add_site_url, find_addresses, find_unread_markers, name_files

__all__ = [
    "DialectExtension",
    "EmbedExtension",
    "EscapeHtmlExtension",
    "Fence",
    "add_site_url",
    "check_formula_ends",
    "check_marks",
    "find_addresses",
    "find_leftover_marks",
    "find_mark_in_header",
    "find_row_class",
    "find_unread_markers",
    "name_files",
    "unframe_embeds",
]
