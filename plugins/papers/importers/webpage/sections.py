"""The papers and news in the sections of a page."""

import re
from dataclasses import dataclass, replace

from ...util import strip_tags
from ..common import convert_html
from ..result import SourceTree
from .assemble import PageContext, add_paper
from .authors import parse_author_list
from .blocks import (
    PART_HEADINGS,
    SELECTED_HEADINGS,
    Block,
    Remainder,
    Section,
    SourceLine,
    classify_heading,
    is_list_heading,
    is_list_item,
    split_blocks,
)
from .draft import PaperBlock, PaperDraft
from .markdown_table import split_table_rows
from .news import flatten_html, import_news_block
from .paper import parse_paper
from .paper_elements import PaperElement, split_paper_elements

_YEAR = re.compile(r"(?:.*\s)?((?:19|20)\d\d)\s*年?")
_AUTHORS_LABEL = re.compile(
    r"[\s*_]*(?:&nbsp;)*[\s*_]*(?:authors?|inventors?|作者)[\s*_]*[:：]", re.I
)
# What a heading says of the type of the papers below it.
_TYPES = (
    ("patent", re.compile(r"\bpatents?\b|专利|專利", re.IGNORECASE)),
    ("chapter", re.compile(r"\bchapters?\b", re.IGNORECASE)),
    ("thesis", re.compile(r"\b(?:theses|dissertations?|thesis)\b", re.IGNORECASE)),
    ("report", re.compile(r"\btechnical reports?\b", re.IGNORECASE)),
)
_OTHER_TYPES = re.compile(r"\b(?:and|papers?|articles?|journals?|conferences?)\b|&", re.IGNORECASE)
_PREPRINTS = re.compile(r"pre-?print|预印本|預印本", re.IGNORECASE)
_PAPERS_MARK = "[PAPERS]"
# A box that says itself what it holds.
_PAPERS_BOX = re.compile(r"\s*<div class=\"papers\">")


def import_section(source: SourceTree, section: Section, context: PageContext) -> list[Remainder]:
    """Import the papers or news of a section; return its remaining lines, and marks of lists."""
    _set_context(section, context)
    count = len(source.result.documents)
    if _import_paper_below_title(source, section, context):
        return [_PAPERS_MARK]
    remainders: list[Remainder] = []
    for block in split_blocks(section.lines):
        parts = _import_block(source, section, block, context)
        remainders += [
            part for part in parts if not isinstance(part, str) or part not in remainders
        ]
    has_imported = len(source.result.documents) > count
    if context.topics and has_imported:
        heading = section.heading[0]
        message = f'the papers below this heading got the topic "{context.topics[0]}"'
        source.note("guessed", heading.path, message, heading.number)
    if section.kind == "other" and not has_imported:
        return [section.heading + section.lines]
    marks = [part for part in remainders if isinstance(part, str)]
    has_words = any(_has_words(part) for part in remainders if not isinstance(part, str))
    if not marks and not has_words:
        # Its parts below may hold papers.
        context.heading = section.heading
        return []
    if context.is_part:
        # All parts have one list, below the heading above them.
        heading, context.heading = context.heading, []
        return [heading, *marks] if not has_words else [heading, section.heading, *remainders]
    return [section.heading, *remainders]


def _has_words(lines: list[SourceLine]) -> bool:
    """Tell whether lines hold words or pictures, and not only tags around papers."""
    return any(re.search(r"\w", strip_tags(line.text)) or "<img" in line.text for line in lines)


def _set_context(section: Section, context: PageContext) -> None:
    """Set what the headings say of the papers below them."""
    # A long heading is the title of a paper.
    titles = [title for title in (*section.above, section.title) if len(title.split()) < 7]
    context.selected = any(map(SELECTED_HEADINGS.search, titles))
    types = (name for name, form in _TYPES if any(map(form.search, titles)))
    only_type = section.kind == "papers" and not any(map(_OTHER_TYPES.search, titles[-1:]))
    context.type = next(types, "") if only_type else ""
    year = _YEAR.fullmatch(section.title)
    context.year = year[1] if year else ""
    context.stage = "preprint" if _PREPRINTS.search(section.title) else ""
    kind_above = classify_heading(section.above[-1]) if section.above else "other"
    context.is_part = section.kind == kind_above != "other"
    topic = re.sub(r"[^\w\s&/,+-]", "", section.title).strip(" -,")
    is_topic = topic and not PART_HEADINGS.search(topic) and not context.stage
    is_part_of_papers = context.is_part and section.kind == "papers"
    context.topics = (topic,) if is_part_of_papers and is_topic else ()


def _import_paper_below_title(source: SourceTree, section: Section, context: PageContext) -> bool:
    """Import a paper whose title is the section's heading, with its authors in the first line."""
    lines = [line.text for line in section.lines if line.text.strip()]
    if section.kind != "papers" or not section.above or not lines:
        return False
    if is_list_item(lines[0]) or _names_part(section.title):
        return False
    if not _has_authors_below(lines):
        return False
    first = next(line for line in section.lines if line.text.strip())
    reference = parse_paper(PaperBlock(first.text, first.path, first.number))
    if reference and reference.authors.names:
        return False
    heading = section.heading[0]
    title = re.sub(r"^\s*#+\s*(?:\[?\d{1,3}[.)\]]\s+)?|\s*#*\s*$", "", heading.text)
    text = "\n".join(line.text for line in section.lines)
    block = PaperBlock(text, heading.path, heading.number, {"title": title})
    draft = parse_paper(block)
    if draft is None:
        return False
    context.topics = ()
    add_paper(source, block, draft, context)
    return True


def _names_part(title: str) -> bool:
    """Tell whether a heading names a part of a list, and no paper."""
    words = re.sub(r"\([^()]*\)", "", title)
    is_part = len(re.findall(r"\w\S*", PART_HEADINGS.sub("", words))) < 2
    return is_list_heading(title) or bool(_YEAR.fullmatch(title)) or is_part


def _has_authors_below(lines: list[str]) -> bool:
    """Tell whether names are in the first line, or after a label in one of the first."""
    if parse_author_list(convert_html(lines[0])):
        return True
    return any(
        _AUTHORS_LABEL.match(line) and parse_author_list(convert_html(line)) for line in lines[1:4]
    )


def _import_block(
    source: SourceTree, section: Section, block: Block, context: PageContext
) -> list[Remainder]:
    if section.kind == "news":
        return import_news_block(source, block, context.year)
    sure = section.kind == "papers"
    if not sure and block.kind != "html":
        return [block.lines]
    importer = _PaperImporter(source, context, context.owner_names, sure)
    if rows := split_table_rows(block):
        return importer.import_rows(block, rows)
    if block.kind == "html":
        return importer.import_html(block)
    return importer.import_blocks([block], block)


@dataclass(slots=True)
class _PaperImporter:
    """Import the papers of blocks; return the other lines, with marks for the papers.

    Where it is not `sure` that a block of HTML holds papers, two complete ones are required.
    """

    source: SourceTree
    context: PageContext
    owner_names: frozenset[str]
    sure: bool

    def import_rows(
        self, block: Block, rows: list[tuple[SourceLine, PaperBlock]]
    ) -> list[Remainder]:
        """Import the rows of a table; other rows remain a table."""
        others = [line for line, row in rows if not self._import_paper(row, sure=True)]
        return [_PAPERS_MARK, *([block.lines[:2] + others] if others else [])]

    def import_blocks(self, blocks: list[Block], outer: Block) -> list[Remainder]:
        """Import the blocks within an outer one."""
        others = [inner.lines for inner in blocks if not self._import_block(inner)]
        return [_PAPERS_MARK, *others] if len(others) < len(blocks) else [outer.lines]

    def import_html(self, block: Block) -> list[Remainder]:
        """Import the elements of a block of HTML, or else the blocks of its Markdown."""
        papers = []
        for element in split_paper_elements(block.text):
            line = block.lines[block.text.count("\n", 0, element.start)]
            paper_block = PaperBlock(element.text, line.path, line.number, element.fields)
            if draft := parse_paper(paper_block, self.owner_names):
                papers.append((element, paper_block, draft))
        if not (self.sure or _PAPERS_BOX.match(block.text)):
            # A row of one author is a paper beside others, but what has no names is another thing.
            complete = [item for item in papers if _is_complete(item[2])]
            if len(complete) < 2 or len(complete) * 2 < len(papers):
                return [block.lines]
            papers = complete
        if not papers:
            return self.import_blocks(split_blocks(flatten_html(block)), block)
        for _, paper_block, draft in papers:
            add_paper(self.source, paper_block, draft, self.context)
        return self._import_around_elements(block, [element for element, _, _ in papers])

    def _import_around_elements(
        self, block: Block, elements: list[PaperElement]
    ) -> list[Remainder]:
        """Import what stands before, between and after the elements."""
        remainders: list[Remainder] = []
        text, end = block.text, 0
        for element in elements:
            remainders += [*self._import_part(block, text, end, element.start), _PAPERS_MARK]
            end = element.end
        return remainders + self._import_part(block, text, end, len(text))

    def _import_part(self, block: Block, text: str, start: int, end: int) -> list[Remainder]:
        part = text[start:end]
        if not re.search(r"\w", strip_tags(part)):
            return []
        lines = block.lines[text.count("\n", 0, start) :]
        lines = [
            replace(line, text=row) for line, row in zip(lines, part.split("\n"), strict=False)
        ]
        blocks = split_blocks(flatten_html(Block("html", lines)))
        return [inner.lines for inner in blocks if not (self.sure and self._import_block(inner))]

    def _import_block(self, block: Block) -> bool:
        first = block.lines[0]
        paper_block = PaperBlock(block.text, first.path, first.number)
        return self._import_paper(paper_block, sure=block.kind != "text")

    def _import_paper(self, block: PaperBlock, sure: bool) -> bool:
        """Import a paper, without authors only where it is `sure`; return whether it is one."""
        draft = parse_paper(block, self.owner_names)
        if draft is None or not (sure or draft.authors.names):
            return False
        add_paper(self.source, block, draft, self.context)
        return True


def _is_complete(draft: PaperDraft) -> bool:
    """Tell whether a draft has authors, and a link or a publication."""
    published = draft.links and {"venue", "date"} & draft.headers.keys()
    return bool(draft.authors.names and (published or (draft.links and draft.authors.names[1:])))
