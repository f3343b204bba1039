"""The sections of a page: papers and news are taken out of them, where they stand is marked."""

import re

from . import cards, entry, flat, listed, newslist, persons, taken
from .draft import Piece
from .found import Source
from .listed import Block, Line, Section

_YEAR = re.compile(r"(?:.*\s)?((?:19|20)\d\d)\s*年?")
_PREPRINTS = re.compile(r"pre-?print|预印本|預印本", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:publications?|papers?|articles?|conferences?|journals?|workshops?|others?|misc\w*|"
    r"selected|recent|full|list|all|earlier|before|older|books?|chapters?|theses|patents?|"
    r"(?:19|20)\d\d)\b|论文|会议|期刊|其他|专利|論文|会議|雑誌|業績|査読|国際|国内", re.I
)  # fmt: skip


def take(source: Source, section: Section, context: taken.Context) -> list[list[Line] | str]:
    """Take the items of a section; return what is left, with the place where they stood."""
    count = len(source.found.texts)
    _learn(section, context)
    if _headed(source, section, context):
        return ["[PAPERS]"]
    rest: list[list[Line] | str] = []
    for block in listed.blocks(section.lines):
        left, mark = block.lines, "[PAPERS]"
        if section.kind == "news":
            left, mark = _news(source, block), "[NEWS]"
        elif section.kind == "papers" or block.kind == "html":
            left = _papers(source, block, context, section.kind == "papers")
        if left is not block.lines and mark not in rest:
            rest.append(mark)
        rest.append(left)
    if context.topics and len(source.found.texts) > count:
        told = f'the papers below this heading got the topic "{context.topics[0]}"'
        source.note("guessed", section.heading[0].path, told, section.heading[0].number)
    if section.kind == "other" and len(source.found.texts) == count:
        return [section.heading + section.lines]
    if rest and all(isinstance(piece, str) or not _words(piece) for piece in rest):
        # One list stands for those below all headings of parts.
        return ["[PAPERS]"] if context.below else [section.heading, *rest]
    said = any(isinstance(piece, str) or _words(piece) for piece in rest)
    return [section.heading, *rest] if said else []


def _words(lines: list[Line]) -> bool:
    return any(line.text.strip() for line in lines)


def _learn(section: Section, context: taken.Context) -> None:
    """Note what the headings tell of the papers below them."""
    above = [*section.above, section.title]
    context.selected = any(map(listed.SELECTED.search, above))
    year = _YEAR.fullmatch(section.title)
    context.year = year[1] if year else ""
    words = re.sub(r"[^\w\s&/,+-]", "", section.title).strip(" -,")
    below = len(above) > 1 and listed.kind_of(section.above[-1]) == "papers"
    context.stage = "preprint" if _PREPRINTS.search(section.title) else ""
    context.below = section.kind == "papers" and below
    own = below and words and not _PARTS.search(words) and not context.stage
    context.topics = (words,) if own and section.kind == "papers" else ()


def _headed(source: Source, section: Section, context: taken.Context) -> bool:
    """Take a paper whose title is a heading, and whose authors stand below it."""
    lines = [line.text for line in section.lines if line.text.strip()]
    if section.kind != "papers" or not section.above or not lines:
        return False
    if listed.is_item(lines[0]) or len(_PARTS.sub("", section.title).split()) < 2:
        return False
    if not persons.read(flat.markdown(lines[0])):
        return False
    first = section.heading[0]
    title = re.sub(r"^\s*#+\s*|\s*#*\s*$", "", first.text)
    text = "\n".join(line.text for line in section.lines)
    paper = entry.read(Piece(text, first.path, first.number, {"title": title}))
    if paper is None:
        return False
    context.topics = ()
    taken.add(source, Piece(text, first.path, first.number), paper, context)
    return True


def _news(source: Source, block: Block) -> list[Line]:
    if block.kind != "html":
        return [] if newslist.news(source, block) else block.lines
    inner = list(listed.blocks(_flattened(block)))
    left = [one.lines for one in inner if not newslist.news(source, one)]
    return [line for lines in left for line in lines] if len(left) < len(inner) else block.lines


def _papers(source: Source, block: Block, context: taken.Context, sure: bool) -> list[Line]:
    """Take the papers of a block; return the lines that are none.

    Unless it is `sure` that papers stand there, a block is taken that can be nothing else.
    """
    names = frozenset(name for name, count in context.bold.items() if count > 1)
    if block.kind != "html":
        return [] if _paper(source, block, names, context) else block.lines
    text, first = block.text, block.lines[0]
    found = []
    for card in cards.cards(text):
        line = first.number + text.count("\n", 0, card.start)
        piece = Piece(card.text, first.path, line, card.known)
        if paper := entry.read(piece, names):
            found.append((card, piece, paper))
    full = [paper for _, _, paper in found if len(paper.people.names) > 1 and paper.links]
    if not sure and (len(full) < 2 or len(full) < len(found)):
        return block.lines
    if not found and not sure:
        return block.lines
    if not found:
        inner = list(listed.blocks(_flattened(block)))
        left = [one.lines for one in inner if not _paper(source, one, names, context)]
        return [line for lines in left for line in lines] if len(left) < len(inner) else block.lines
    parts, place = [], 0
    for card, piece, paper in found:
        taken.add(source, piece, paper, context)
        parts.append(text[place : card.start])
        place = card.end
    rest = flat.markdown(cards.untabled("".join([*parts, text[place:]])))
    if re.search(r"\w", flat.TAG.sub("", rest)):
        return [Line(row, first.path, first.number) for row in rest.split("\n")]
    return []


def _paper(
    source: Source, block: Block, names: frozenset[str], context: taken.Context
) -> bool:  # fmt: skip
    piece = Piece(block.text, block.lines[0].path, block.lines[0].number)
    paper = entry.read(piece, names)
    if paper is None or (block.kind == "text" and not paper.people.names):
        return False
    taken.add(source, piece, paper, context)
    return True


def _flattened(block: Block) -> list[Line]:
    """Return the lines of a block of HTML as Markdown, each where its first word stands."""
    found, place = [], 0
    for row in flat.markdown(block.text).split("\n"):
        if word := re.search(r"\w{3,}", row):
            rows = range(place, len(block.lines))
            place = next((n for n in rows if word[0] in block.lines[n].text), place)
        found.append(Line(row, block.lines[place].path, block.lines[place].number))
    return found
