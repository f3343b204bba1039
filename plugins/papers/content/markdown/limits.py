"""Limits of a text in Markdown, far above those of real ones.

Python-Markdown reads some marks once for each of those before them, and calls itself for each
level of lists and quotations.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension

from ...util import LazyPattern, SizeLimitExceeded

_MAX_LEVELS = 100
# What is slow in large numbers: a pattern, how many a text may have, and its name.
_MARKS = (
    (r"<[A-Za-z!?/][^<>]*(?=<|\Z)", 1000, 'unclosed tags (write `&lt;` for a plain "<")'),
    (r"(?m)^ {0,3}\*\[[^\]\n]*\][ \t]*:", 1000, "abbreviations (split the text)"),
    (r"(?m)^ {0,3}(?:#|=+[ \t]*$|-+[ \t]*$|!!!|```|~~~|[*_] ?[*_] ?[*_])", 3000,
     "headings, rules and code blocks (split the text)"),
    (r"(?m)^ {0,3}\[[^\]\n]*\]:", 3000, "definitions of links and footnotes (split the text)"),
)  # fmt: skip
_MARKS = tuple((LazyPattern(pattern), limit, name) for pattern, limit, name in _MARKS)
# Pairs of marks of which an unfinished one is looked for up to the end of the text.
_PAIRS = (
    ("<pre", "</pre", "`<pre>`"), ("<code", "</code", "`<code>`"), ("<!--", "-->", "`<!--`"),
    ("<script", "</script", "`<script>`"), ("<style", "</style", "`<style>`"),
    ("<svg", "</svg", "`<svg>`"), ("<sup", "</sup", "`<sup>`"), ("<div", "</div", "`<div>`"),
    ("<![", "]", "`<![`"),
)  # fmt: skip
_FORMULAS = ((r"\(", r"\)", r"`\(`"), (r"\[", r"\]", r"`\[`"))
_MAX_UNFINISHED = 500
# In one paragraph, heading, cell or item.
_MAX_OPEN_BRACKETS = 200
_MAX_OPEN_ADDRESSES = 200
# Marks times characters: those of a paragraph of 40,000 with 10,000 of them.
_MAX_WORK = 400_000_000
_CHAR = LazyPattern(r"[\[\]!<>*_`\\&$:@\"'^~]")


def check_marks(text: str) -> None:
    """Raise SizeLimitExceeded for a text with more marks of a kind than any real one has."""
    check_formula_ends(text)
    _check_ends(text, _PAIRS)
    for pattern, limit, name in _MARKS:
        if len(text) > limit and sum(1 for _ in pattern.finditer(text)) > limit:
            excerpt = pattern.search(text)[0].strip()[:60]
            raise SizeLimitExceeded(f"has more than {limit} {name}", excerpt)


def check_formula_ends(text: str) -> None:
    """Raise SizeLimitExceeded for a text with very many formulas that are never closed."""
    _check_ends(text, _FORMULAS)


def _check_ends(text: str, pairs: Iterable[tuple[str, str, str]]) -> None:
    for start, end, name in pairs if len(text) > _MAX_UNFINISHED else ():
        if (count := text.count(start)) and count - text.count(end) > _MAX_UNFINISHED:
            message = f"has more than {_MAX_UNFINISHED} unclosed {name}"
            raise SizeLimitExceeded(message, start)


class LimitsExtension(Extension):
    """Markdown's extension that raises SizeLimitExceeded where a text nests without end."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Count the levels of blocks, and the marks of each paragraph before they are looked at."""
        md.parser.__class__ = _Parser
        run = md.treeprocessors["inline"].run

        def run_checked(tree: Element, *arguments: object) -> Element | None:
            for element in tree.iter():
                for text in (element.text, element.tail):
                    if text and len(text) > _MAX_OPEN_BRACKETS:
                        _check_paragraph(text)
            return run(tree, *arguments)

        md.treeprocessors["inline"].run = run_checked


class _Parser(BlockParser):
    levels = 0

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        self.levels += 1
        try:
            if self.levels > _MAX_LEVELS:
                raise RecursionError
            super().parseBlocks(parent, blocks)
        finally:
            self.levels -= 1


def _check_paragraph(text: str) -> None:
    excerpt = text[:60].partition("\n")[0]
    if text.count("[") > _MAX_OPEN_BRACKETS:
        open_brackets = 0
        for char in re.findall(r"[\[\]]", text):
            open_brackets = max(0, open_brackets + (1 if char == "[" else -1))
            if open_brackets > _MAX_OPEN_BRACKETS:
                message = f'opens more than {_MAX_OPEN_BRACKETS} "[" in one paragraph'
                message = f"{message} (write `\\[` where no link begins)"
                raise SizeLimitExceeded(message, excerpt)
    if text.count("](") - text.count(")") > _MAX_OPEN_ADDRESSES:
        message = f"has more than {_MAX_OPEN_ADDRESSES} unclosed link addresses"
        raise SizeLimitExceeded(f'{message} (write ")" after each)', excerpt)
    if len(text) > 10_000 and len(text) * len(_CHAR.findall(text)) > _MAX_WORK:
        message = f"has {len(text):,} characters full of markup in one paragraph"
        raise SizeLimitExceeded(f"{message} (split it with blank lines)", excerpt)
