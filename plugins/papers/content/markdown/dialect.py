"""The Markdown of this plugin: Python-Markdown's, and what other systems have beside it."""

from markdown import Markdown
from markdown.extensions import Extension

from .block_structure import BlockStructureExtension
from .fence import FenceExtension
from .inline_marks import InlineMarksExtension
from .inline_search import InlineSearchExtension
from .limits import LimitsExtension
from .media import MediaExtension

_EXTENSIONS = (
    LimitsExtension, FenceExtension, BlockStructureExtension, InlineMarksExtension, MediaExtension,
    InlineSearchExtension,
)  # fmt: skip


class DialectExtension(Extension):
    """Markdown as GitHub, kramdown and Hugo have it, with figures and limits."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the extensions of which each does one part."""
        for make in _EXTENSIONS:
            make().extendMarkdown(md)
