"""The sections of a page and their blocks: items of lists, HTML, paragraphs."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ...util import find_tags
from ..common import convert_html

_PAPERS = re.compile(
    r"\b(?:publications?|papers?|preprints?|articles|manuscripts?|bibliography|proceedings|"
    r"patents?|conferences?|journals?|books?|theses|technical reports?|in submission|"
    r"under review)\b"
    r"|论文|論文|发表|發表|著作|出版|专利|学术成果|研究成果|代表作|預印本|预印本|業績|査読|"
    r"国際会議|国内会議|学会発表|논문",
    re.IGNORECASE,
)  # fmt: skip
# Words of headings that concern papers, but do not name a list of them.
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
# Words of headings of lists and of their parts.
PART_HEADINGS = re.compile(
    r"\b(?:publications?|papers?|articles?|conferences?|journals?|workshops?|others?|misc\w*|"
    r"selected|recent|full|list|all|earlier|before|older|books?|chapters?|theses|patents?|"
    r"(?:19|20)\d\d)\b|论文|会议|期刊|其他|专利|論文|会議|雑誌|業績|査読|国際|国内", re.I
)  # fmt: skip
SELECTED_HEADINGS = re.compile(
    r"\b(?:selected|featured|representative|highlighted|key|notable)\b|代表|精选|部分", re.I
)

SectionKind = Literal["papers", "news", "other"]
BlockKind = Literal["item", "html", "text"]


def classify_heading(title: str, above: SectionKind = "other") -> SectionKind:
    """Return what a heading names, below a heading of the kind `above`."""
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
    """Tell whether a heading says only what the list below it holds."""
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
# Elements that are a block even where they end on their line.
_BOX = re.compile(r"[ \t]*<(?:div|p|section|article|table|ul|ol|dl|figure)\b", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Block elements of HTML; a heading of Markdown may be in any other.
_BLOCKS = frozenset("div section article table ul ol dl p figure center details".split())


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a page and its location."""

    text: str
    path: Path
    number: int


# What remains of a section: lines of its text, or the mark of a list.
Remainder = list[SourceLine] | str


@dataclass(slots=True)
class Section:
    """A heading with the lines below it; `above` are the titles of the sections around it."""

    title: str
    level: int
    kind: SectionKind
    heading: list[SourceLine] = field(default_factory=list)
    lines: list[SourceLine] = field(default_factory=list)
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """Lines that belong together: an item of a list, HTML, or a paragraph."""

    kind: BlockKind
    lines: list[SourceLine]

    @property
    def text(self) -> str:
        """The lines, without the bullet or number of an item."""
        texts = [line.text for line in self.lines]
        if self.kind == "item":
            texts[0] = _ITEM.sub("", texts[0], count=1)
        return "\n".join(texts)


def is_list_item(text: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return _ITEM.match(text) is not None


def split_sections(lines: list[SourceLine], kind: SectionKind = "other") -> list[Section]:
    """Return a page's sections, the first without heading; `kind` is that of the whole page."""
    sections = [Section("", 0, kind)]
    # The last section and those that it is a part of, outermost first.
    parents: list[Section] = []
    depth, nested_level, fence, heading_lines = 0, 0, "", 0
    for number, line in enumerate(lines):
        if heading_lines > 1:
            heading_lines -= 1
            continue
        fence_match = _FENCE.match(line.text)
        if fence:
            fence = "" if fence_match and line.text.strip().startswith(fence) else fence
        elif fence_match:
            fence = fence_match[1]
        elif heading := _parse_heading(lines, number, depth, nested_level):
            level, title, heading_lines = heading
            nested_level = min(level, nested_level or level) if depth else 0
            while parents and parents[-1].level >= level:
                parents.pop()
            parent = parents[-1] if parents else sections[0]
            parent_kind = parent.kind if parent.level or kind == "papers" else "other"
            titles = tuple(section.title for section in parents)
            if heading_lines > 1:
                # Its underline is not a line of its own; with a mark the level stays.
                line = replace(line, text=f"{'#' * level} {line.text.strip()}")
            section = Section(
                title, level, classify_heading(title, parent_kind), [line], [], titles
            )
            sections.append(section)
            parents.append(section)
            continue
        if not fence:
            depth = max(depth + _count_open_blocks(line.text), 0)
        sections[-1].lines.append(line)
    return sections


def _parse_heading(
    lines: list[SourceLine], number: int, depth: int, nested_level: int
) -> tuple[int, str, int] | None:
    """Return the level and the words of a heading, and how many lines it has; None for text.

    Within HTML, `depth` elements deep, a heading is one where it names a list, or where it has
    the level of the first heading there, `nested_level`, or a higher one.
    """
    text = lines[number].text
    if match := _ATX.fullmatch(text):
        level, title = len(match[1]), match[2]
        is_heading = not depth or level < 3 or classify_heading(title) != "other"
        return (level, _plain_title(title), 1) if is_heading else None
    if match := _HTML.fullmatch(text):
        level, title = int(match[1]), _plain_title(match[2])
        names_list = is_list_heading(title) or (nested_level and _YEAR.fullmatch(title))
        return (level, title, 1) if not depth or level <= nested_level or names_list else None
    if depth:
        return None
    after_blank = number == 0 or not lines[number - 1].text.strip()
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    if after_blank and not below.strip() and (match := _BOLD.fullmatch(text)):
        # A line in bold that divides a list as a heading does: "**2020**".
        if _YEAR.fullmatch(match[1]) or classify_heading(match[1]) != "other":
            return 6, match[1], 1
    if after_blank and text.strip() and not _ITEM.match(text):
        if underline := _UNDERLINED.fullmatch(below):
            return (1 if underline[1][0] == "=" else 2), _plain_title(text), 2
    return None


def _plain_title(title: str) -> str:
    return " ".join(re.sub(r"\*\*|__|`", "", convert_html(title)).split())


def _count_open_blocks(text: str) -> int:
    """Return how many block elements a line opens, less those that it closes."""
    return sum(-1 if tag.closing else 1 for tag in find_tags(text) if tag.name in _BLOCKS)


def split_blocks(lines: list[SourceLine]) -> list[Block]:
    """Return the blocks of a section's lines, in their order; blank lines separate them."""
    splitter = _BlockSplitter()
    for line in lines:
        if line.text.strip():
            splitter.add_line(line)
        else:
            splitter.add_blank_line(line)
    return splitter.blocks


@dataclass(slots=True)
class _BlockSplitter:
    """The blocks so far; lines are appended to the open `block`, the last of them."""

    blocks: list[Block] = field(default_factory=list)
    block: Block | None = None
    # How far an item is indented, and how many elements are open in a block of HTML.
    indent: int = 0
    depth: int = 0
    after_blank: bool = False

    def add_blank_line(self, line: SourceLine) -> None:
        self.after_blank = True
        if self.block and self.block.kind == "text":
            self.block = None
        elif self.block:
            self.block.lines.append(line)

    def add_line(self, line: SourceLine) -> None:
        text = line.text
        indent = len(text) - len(text.lstrip())
        if kind := self._begins_block(text, indent):
            self.block = Block(kind, [line])
            self.blocks.append(self.block)
            self.indent = indent if kind == "item" else self.indent
        else:
            self.block.lines.append(line)
        is_html = self.block.kind == "html"
        self.depth = max(self.depth + _count_open_blocks(text), 0) if is_html else 0
        self.after_blank = False

    def _begins_block(self, text: str, indent: int) -> BlockKind | None:
        """Return the kind of the block that a line begins; None where it continues the open one."""
        kind = self.block.kind if self.block else None
        if kind == "html" and self.depth > 0:
            return None
        in_item = kind == "item" and indent > self.indent
        folded = kind == "text" and not self.after_blank and _FOLD.match(text)
        if not in_item and not folded and _begins_html(text):
            return "html"
        if _ITEM.match(text) and (kind != "item" or indent <= self.indent + 1):
            return "item"
        continues = in_item or (kind in ("item", "text") and not self.after_blank)
        return None if continues else "text"


def _begins_html(text: str) -> bool:
    return bool(_BOX.match(text) or (_TAG.match(text) and _count_open_blocks(text) > 0))
