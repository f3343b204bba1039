"""Search a paragraph only for the marks whose characters it contains.

Python-Markdown tries each of some twenty patterns on each text, also on those without any mark.
"""

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    LINE_BREAK_RE,
    LINK_RE,
)
from markdown.util import AtomicString

from ...util import replace_inline_search

# Each match of a pattern has one of these, by the pattern; other patterns have `chars`, or are
# looked for in each text.
_CHARS = {
    BACKTICK_RE: "`", ESCAPE_RE: "\\", LINK_RE: "[", IMAGE_LINK_RE: "[", AUTOLINK_RE: "<",
    AUTOMAIL_RE: "<", HTML_RE: "<", ENTITY_RE: "&", LINE_BREAK_RE: "\n", r"\*|_": "*_",
    r"\[\^([^\]]*)\]": "^",
}  # fmt: skip


class InlineSearchExtension(Extension):
    """Skip patterns whose characters a text does not have: a quarter of the time of reading it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take the place of Markdown's own search."""
        search = _InlineSearch(md)
        search.apply = replace_inline_search(md.treeprocessors["inline"], search)


class _InlineSearch:
    def __init__(self, md: Markdown):
        self.md, self.patterns = md, []

    def __call__(self, text: str, first: int = 0) -> str:
        """Return a text with placeholders for what the patterns find, from number `first` on."""
        if isinstance(text, AtomicString):
            return text
        # All have been registered when the first text is read.
        self.patterns = self.patterns or [
            (pattern, getattr(pattern, "chars", None) or _CHARS.get(pattern.pattern) or ("",))
            for pattern in self.md.inlinePatterns
        ]
        for n in range(first, len(self.patterns)):
            pattern, chars = self.patterns[n]
            for char in chars:
                if char in text:
                    break
            else:
                continue
            start, matched = 0, True
            while matched:
                text, matched, start = self.apply(pattern, text, n, start)
        return text
