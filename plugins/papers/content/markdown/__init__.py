"""Extensions of Markdown: what other systems have, figures, limits, HTML shown as text."""

from .dialect import DialectExtension
from .embeds import EmbedExtension, unframe_embeds
from .escaped_html import EscapeHtmlExtension
from .fence import Fence
from .leftover_marks import find_leftover_marks
from .limits import check_formula_ends, check_marks

__all__ = [
    "DialectExtension",
    "EmbedExtension",
    "EscapeHtmlExtension",
    "Fence",
    "check_formula_ends",
    "check_marks",
    "find_leftover_marks",
    "unframe_embeds",
]
