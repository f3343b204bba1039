"""The sections of a page: papers and news are taken out of them, where they stand is marked."""

import re
from collections.abc import Callable
from dataclasses import replace

from ...util import strip_tags
from ..common import html_to_markdown
from ..result import SourceTree
from .assemble import PageContext, add_paper_block
from .authors import parse_author_list
from .blocks import (
    PART_HEADINGS,
    SELECTED_HEADINGS,
    Block,
    Section,
    SourceLine,
    classify_heading,
    is_list_heading,
    is_list_item,
    split_blocks,
)
from .cards_and_tables import split_cards, split_table_rows, unwrap_layout_tables
from .draft import PaperBlock
from .news import import_news_item
from .paper import parse_paper

_YEAR = re.compile(r"(?:.*\s)?((?:19|20)\d\d)\s*年?")
# What remains of a section: lines of its text, or the mark of a list.
Remainder = list[SourceLine] | str

_PREPRINTS = re.compile(r"pre-?print|预印本|預印本", re.IGNORECASE)


def import_section(source: SourceTree, section: Section, context: PageContext) -> list[Remainder]:
    """Take the items of a section; return what is left, with the place where they stood."""
    count = len(source.result.documents)
    _learn(section, context)
    if _headed(source, section, context):
        return ["[PAPERS]"]
    rest: list[Remainder] = []
    for block in split_blocks(section.lines):
        left, mark = [block.lines], "[PAPERS]"
        if section.kind == "news":
            left, mark = _news(source, block), "[NEWS]"
        elif section.kind == "papers" or block.kind == "html":
            left = _papers(source, block, context, section.kind == "papers")
        rest += [piece for piece in left if piece != mark or mark not in rest]
    if context.topics and len(source.result.documents) > count:
        told = f'the papers below this heading got the topic "{context.topics[0]}"'
        source.note("guessed", section.heading[0].path, told, section.heading[0].number)
    if section.kind == "other" and len(source.result.documents) == count:
        return [section.heading + section.lines]
    marks = [piece for piece in rest if isinstance(piece, str)]
    if not marks and not any(map(_says, rest)):
        # What stands below it may be papers.
        context.heading = section.heading
        return []
    if context.below and marks and not any(_says(piece) for piece in rest if piece not in marks):
        # One list stands for those below all headings of parts.
        heading, context.heading = context.heading, []
        return [heading, "[PAPERS]"]
    return [section.heading, *rest]


def _says(lines: list[SourceLine]) -> bool:
    """Tell whether lines hold words or pictures, and not only tags around what was taken."""
    return any(re.search(r"\w", strip_tags(line.text)) or "<img" in line.text
               for line in lines)  # fmt: skip


def _learn(section: Section, context: PageContext) -> None:
    """Note what the headings tell of the papers below them."""
    above = [*section.above, section.title]
    context.selected = any(map(SELECTED_HEADINGS.search, above))
    year = _YEAR.fullmatch(section.title)
    context.year = year[1] if year else ""
    words = re.sub(r"[^\w\s&/,+-]", "", section.title).strip(" -,")
    below = len(above) > 1 and classify_heading(section.above[-1]) == "papers"
    context.stage = "preprint" if _PREPRINTS.search(section.title) else ""
    context.below = section.kind == "papers" and below
    own = below and words and not PART_HEADINGS.search(words) and not context.stage
    context.topics = (words,) if own and section.kind == "papers" else ()


def _headed(source: SourceTree, section: Section, context: PageContext) -> bool:
    """Take a paper whose title is a heading, and whose authors stand below it."""
    lines = [line.text for line in section.lines if line.text.strip()]
    if section.kind != "papers" or not section.above or not lines:
        return False
    if is_list_item(lines[0]) or is_list_heading(section.title):
        return False
    if not parse_author_list(html_to_markdown(lines[0])):
        return False
    first = section.heading[0]
    title = re.sub(r"^\s*#+\s*|\s*#*\s*$", "", first.text)
    text = "\n".join(line.text for line in section.lines)
    paper = parse_paper(PaperBlock(text, first.path, first.number, {"title": title}))
    if paper is None:
        return False
    context.topics = ()
    add_paper_block(source, PaperBlock(text, first.path, first.number), paper, context)
    return True


def _news(source: SourceTree, block: Block) -> list[Remainder]:
    """Take the news of a block; return the lines that are none, with a mark for those taken."""
    return _taken([block] if block.kind != "html" else split_blocks(_flattened(block)),
                  block, "[NEWS]", lambda one: import_news_item(source, one))  # fmt: skip


def _taken(
    inner: list[Block], whole: Block, mark: str, take: Callable[[Block], bool]
) -> list[Remainder]:
    left = [one.lines for one in inner if not take(one)]
    return [mark, *left] if len(left) < len(inner) else [whole.lines]


def _papers(source: SourceTree, block: Block, context: PageContext, sure: bool) -> list[Remainder]:
    """Take the papers of a block; return the lines that are none, with a mark for those taken.

    Unless it is `sure` that papers stand there, a block is taken that can be nothing else.
    """
    names = frozenset(name for name, count in context.bold.items() if count > 1)

    def take(one: Block) -> bool:
        return _paper(source, PaperBlock(one.text, one.lines[0].path, one.lines[0].number), names,
                      context, one.kind != "text")  # fmt: skip

    if rows := split_table_rows(block):
        left = [line for line, piece in rows if not _paper(source, piece, names, context, True)]
        return ["[PAPERS]", *([block.lines[:2] + left] if left else [])]
    if block.kind != "html":
        return _taken([block], block, "[PAPERS]", take)
    text = block.text
    found = []
    for card in split_cards(text):
        line = block.lines[text.count("\n", 0, card.start)]
        piece = PaperBlock(card.text, line.path, line.number, card.fields)
        if paper := parse_paper(piece, names):
            found.append((card, piece, paper))
    full = [paper for _, _, paper in found if len(paper.people.names) > 1 and paper.links]
    if not sure and (len(full) < 2 or len(full) < len(found)):
        return [block.lines]
    if not found:
        return _taken(split_blocks(_flattened(block)), block, "[PAPERS]", take)
    pieces: list[Remainder] = []
    place, ends = 0, [(card.start, card.end) for card, _, _ in found] + [(len(text), len(text))]
    for _, piece, paper in found:
        add_paper_block(source, piece, paper, context)
    # What stands before, between and behind the cards.
    for start, end in ends:
        part = text[place:start]
        if re.search(r"\w", strip_tags(part)):
            lines = block.lines[text.count("\n", 0, place) :]
            lines = [replace(line, text=row)
                     for line, row in zip(lines, part.split("\n"), strict=False)]  # fmt: skip
            inner = split_blocks(_flattened(Block("html", lines)))
            pieces += [one.lines for one in inner if not (sure and take(one))]
        pieces += ["[PAPERS]"] if end > start else []
        place = end
    return pieces


def _paper(
    source: SourceTree, piece: PaperBlock, names: frozenset[str], context: PageContext, sure: bool
) -> bool:
    """Take a paper, if a piece of text tells of one; by names unless it is `sure` to be one."""
    paper = parse_paper(piece, names)
    if paper is None or not (sure or paper.people.names):
        return False
    add_paper_block(source, piece, paper, context)
    return True


def _flattened(block: Block) -> list[SourceLine]:
    """Return the lines of a block of HTML as Markdown, each where its first word stands."""
    found, place = [], 0
    for row in html_to_markdown(unwrap_layout_tables(block.text)).split("\n"):
        if word := re.search(r"\w{3,}", row):
            rows = range(place, len(block.lines))
            place = next((n for n in rows if word[0] in block.lines[n].text), place)
        found.append(SourceLine(row, block.lines[place].path, block.lines[place].number))
    return found
