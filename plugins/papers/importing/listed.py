"""A page's lines in sections and blocks: what a heading says, items of lists, cards, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from . import flat
from .headings import Kind, is_label, kind_of

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*")
_HTML = re.compile(r"[ \t]*<h([1-6])\b[^<>]{0,500}>(.{1,500})</h\1>[ \t]*", re.IGNORECASE)
_BOLD = re.compile(r"[ \t]*\*\*([^*\n]{2,60}?):?\*\*:?[ \t]*")
_UNDERLINED = re.compile(r" {0,3}(=+|-{3,})[ \t]*")
_ITEM = re.compile(r"[ \t]{0,8}(?:[-*+•·]|\d{1,3}[.)]|\[\d{1,3}\])[ \t]+(?=\S)")
_FOLD = re.compile(r"[ \t]*<details\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TAG = re.compile(r"[ \t]*<[A-Za-z]")
# What is a block even where it ends on its line.
_BOX = re.compile(r"[ \t]*<(?:div|p|section|article|table|ul|ol|dl|figure)\b", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Elements of HTML that a block is; a heading of Markdown may stand in any other.
_BLOCKS = frozenset("div section article table ul ol dl p figure center details".split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and where it stands."""

    text: str
    path: Path
    number: int


@dataclass(slots=True)
class Section:
    """A heading with the lines below it; `above` are the headings that it stands under."""

    title: str
    level: int
    kind: Kind
    heading: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """Lines that belong together: an item of a list, HTML, or a paragraph."""

    kind: Literal["item", "html", "text"]
    lines: list[Line]

    @property
    def text(self) -> str:
        """The lines, an item's without its sign."""
        rows = [line.text for line in self.lines]
        if self.kind == "item":
            rows[0] = _ITEM.sub("", rows[0], count=1)
        return "\n".join(rows)


def is_item(text: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return _ITEM.match(text) is not None


def sections(lines: list[Line], kind: Kind = "other") -> list[Section]:
    """Return a page's sections, the first without heading; `kind` is that of the whole page."""
    found = [Section("", 0, kind)]
    # The sections that are open, outermost first.
    over: list[Section] = []
    depth, nested, fence, rows = 0, 0, "", 0
    for n, line in enumerate(lines):
        if rows > 1:
            rows -= 1
            continue
        mark = _FENCE.match(line.text)
        if fence:
            fence = "" if mark and line.text.strip().startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif heading := _heading(lines, n, depth, nested):
            level, title, rows = heading
            nested = min(level, nested or level) if depth else 0
            while over and over[-1].level >= level:
                over.pop()
            last = over[-1] if over else found[0]
            part = kind_of(title, last.kind if last.level or kind == "papers" else "other")
            titles = tuple(section.title for section in over)
            found.append(Section(title, level, part, [line], [], titles))
            over.append(found[-1])
            continue
        if not fence:
            depth = max(depth + _depth(line.text), 0)
        found[-1].lines.append(line)
    return found


def _heading(lines: list[Line], n: int, depth: int, nested: int) -> tuple[int, str, int] | None:
    """Return a heading's level and words, and how many lines it is.

    In a block of HTML, `depth` deep, only one of a list is, and what ends that of level `nested`.
    """
    text = lines[n].text
    if match := _ATX.fullmatch(text):
        level, title = len(match[1]), match[2]
        known = kind_of(title) != "other"
        return (level, _plain(title), 1) if not depth or level < 3 or known else None
    if match := _HTML.fullmatch(text):
        level, title = int(match[1]), _plain(match[2])
        named = is_label(title) or (nested and _YEAR.fullmatch(title))
        return (level, title, 1) if not depth or level <= nested or named else None
    if depth:
        return None
    alone = n == 0 or not lines[n - 1].text.strip()
    below = lines[n + 1].text if n + 1 < len(lines) else ""
    if alone and not below.strip() and (match := _BOLD.fullmatch(text)):
        # A line in bold that parts a list as a heading does: "**2020**".
        if _YEAR.fullmatch(match[1]) or kind_of(match[1]) != "other":
            return 6, match[1], 1
    if alone and text.strip() and not _ITEM.match(text) and (under := _UNDERLINED.fullmatch(below)):
        return (1 if under[1][0] == "=" else 2), _plain(text), 2
    return None


def _plain(title: str) -> str:
    return " ".join(re.sub(r"\*\*|__|`", "", flat.markdown(title)).split())


def _depth(text: str) -> int:
    """Return how many blocks of HTML a line opens, less those that it ends."""
    if "<" not in text:
        return 0
    found = [match for match in flat.TAG.finditer(text) if match["name"].lower() in _BLOCKS]
    return sum(-1 if match["end"] else 1 for match in found)


def blocks(lines: list[Line]) -> Iterator[Block]:
    """Yield the blocks of a section's lines, in their order; blank lines part them."""
    block: Block | None = None
    depth = indent = 0
    blank = False
    for line in lines:
        text = line.text
        if not text.strip():
            blank = True
            if block and block.kind == "text":
                yield block
                block = None
            elif block:
                block.lines.append(line)
            continue
        width = len(text) - len(text.lstrip())
        item = _ITEM.match(text)
        if block and block.kind == "html" and depth > 0:
            block.lines.append(line)
        elif (_BOX.match(text) or (_TAG.match(text) and _depth(text) > 0)) and not (
            block and ((block.kind == "item" and width > indent)
                       or (block.kind == "text" and not blank and _FOLD.match(text)))
        ):  # fmt: skip
            if block:
                yield block
            block = Block("html", [line])
        elif item and (block is None or block.kind != "item" or width <= indent + 1):
            if block:
                yield block
            block, indent = Block("item", [line]), width
        elif block and (not blank or (block.kind == "item" and width > indent)):
            if block.kind == "html":
                yield block
                block = Block("text", [line])
            else:
                block.lines.append(line)
        else:
            if block:
                yield block
            block = Block("text", [line])
        depth = max(depth + _depth(text), 0) if block.kind == "html" else 0
        blank = False
    if block:
        yield block
