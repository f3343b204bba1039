"""A page's lines in sections and blocks: what a heading says, items of lists, cards, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ...util import find_tags
from ..common import html_to_markdown

_PAPERS = re.compile(
    r"\b(?:publications?|papers?|preprints?|articles|manuscripts?|bibliography|proceedings|"
    r"patents?|conferences?|journals?|books?|theses|technical reports?|in submission|"
    r"under review)\b"
    r"|论文|論文|发表|發表|著作|出版|专利|学术成果|研究成果|代表作|預印本|预印本|業績|査読|"
    r"国際会議|国内会議|学会発表|논문",
    re.IGNORECASE,
)  # fmt: skip
# Words of headings that have to do with papers, and are no lists of them.
_NOT_PAPERS = re.compile(
    r"\b(?:award|reading|review(?:er|s|ing)|service|talk|editor|committee|accepted|interest|"
    r"writing|notes?|code|experience|organi[sz])|审稿|奖|阅读|服务|写作|兴趣|委員|受賞|講演",
    re.IGNORECASE,
)
_ONLY_PAPERS = re.compile(r"\b(?:conferences?|journals?|books?|articles|proceedings)\b", re.I)
_NEWS = re.compile(
    r"\b(?:news|updates?|announcements?|what['’]s (?:new|happening)|highlights?)\b"
    r"|动态|動態|新闻|新聞|消息|近况|近況|公告|ニュース|お知らせ|최근 소식|뉴스",
    re.IGNORECASE,
)
# Words that headings of lists, and of their parts, are made of.
PART_HEADINGS = re.compile(
    r"\b(?:publications?|papers?|articles?|conferences?|journals?|workshops?|others?|misc\w*|"
    r"selected|recent|full|list|all|earlier|before|older|books?|chapters?|theses|patents?|"
    r"(?:19|20)\d\d)\b|论文|会议|期刊|其他|专利|論文|会議|雑誌|業績|査読|国際|国内", re.I
)  # fmt: skip
SELECTED_HEADINGS = re.compile(
    r"\b(?:selected|featured|representative|highlighted|key|notable)\b|代表|精选|部分", re.I
)

SectionKind = Literal["papers", "news", "other"]


def classify_heading(title: str, above: SectionKind = "other") -> SectionKind:
    """Return what a heading stands over; below one of papers, another names a part of them."""
    words = re.sub(r"[*_`#]|<[^<>]{0,200}>", "", title)
    if _NEWS.search(words) and len(words) < 60 and not _PAPERS.search(words):
        return "news"
    if _PAPERS.search(words) and not _NOT_PAPERS.search(words) and len(words) < 80:
        if above == "papers" or not _ONLY_PAPERS.search(words) or re.search(
            r"paper|publication|论文", words, re.IGNORECASE
        ):  # fmt: skip
            return "papers"
    return above


def is_list_heading(title: str) -> bool:
    """Tell whether a heading says no more than what list stands below it."""
    words = PART_HEADINGS.sub("", re.sub(r"\([^()]*\)", "", title))
    return classify_heading(title) != "other" and len(re.findall(r"\w\S*", words)) < 2


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
class SourceLine:
    """A line of a page, and where it stands."""

    text: str
    path: Path
    number: int


@dataclass(slots=True)
class Section:
    """A heading with the lines below it; `above` are the headings that it stands under."""

    title: str
    level: int
    kind: SectionKind
    heading: list[SourceLine] = field(default_factory=list)
    lines: list[SourceLine] = field(default_factory=list)
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """Lines that belong together: an item of a list, HTML, or a paragraph."""

    kind: Literal["item", "html", "text"]
    lines: list[SourceLine]

    @property
    def text(self) -> str:
        """The lines, an item's without its sign."""
        rows = [line.text for line in self.lines]
        if self.kind == "item":
            rows[0] = _ITEM.sub("", rows[0], count=1)
        return "\n".join(rows)


def is_list_item(text: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return _ITEM.match(text) is not None


def split_sections(lines: list[SourceLine], kind: SectionKind = "other") -> list[Section]:
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
            part = classify_heading(title, last.kind if last.level or kind == "papers" else "other")
            titles = tuple(section.title for section in over)
            found.append(Section(title, level, part, [line], [], titles))
            over.append(found[-1])
            continue
        if not fence:
            depth = max(depth + _depth(line.text), 0)
        found[-1].lines.append(line)
    return found


def _heading(
    lines: list[SourceLine], n: int, depth: int, nested: int
) -> tuple[int, str, int] | None:
    """Return a heading's level and words, and how many lines it is.

    In a block of HTML, `depth` deep, only one of a list is, and what ends that of level `nested`.
    """
    text = lines[n].text
    if match := _ATX.fullmatch(text):
        level, title = len(match[1]), match[2]
        known = classify_heading(title) != "other"
        return (level, _plain(title), 1) if not depth or level < 3 or known else None
    if match := _HTML.fullmatch(text):
        level, title = int(match[1]), _plain(match[2])
        named = is_list_heading(title) or (nested and _YEAR.fullmatch(title))
        return (level, title, 1) if not depth or level <= nested or named else None
    if depth:
        return None
    alone = n == 0 or not lines[n - 1].text.strip()
    below = lines[n + 1].text if n + 1 < len(lines) else ""
    if alone and not below.strip() and (match := _BOLD.fullmatch(text)):
        # A line in bold that parts a list as a heading does: "**2020**".
        if _YEAR.fullmatch(match[1]) or classify_heading(match[1]) != "other":
            return 6, match[1], 1
    if alone and text.strip() and not _ITEM.match(text) and (under := _UNDERLINED.fullmatch(below)):
        return (1 if under[1][0] == "=" else 2), _plain(text), 2
    return None


def _plain(title: str) -> str:
    return " ".join(re.sub(r"\*\*|__|`", "", html_to_markdown(title)).split())


def _depth(text: str) -> int:
    """Return how many blocks of HTML a line opens, less those that it ends."""
    return sum(-1 if tag.closing else 1 for tag in find_tags(text) if tag.name in _BLOCKS)


def split_blocks(lines: list[SourceLine]) -> Iterator[Block]:
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
