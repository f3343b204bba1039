"""Papers in the rows of a Markdown table."""

import re
from itertools import zip_longest

from .blocks import Block, SourceLine
from .draft import PaperBlock, strip_markdown

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|){1,20}(?:[ \t]*:?-+:?)?[ \t]*")
_CELL_SEPARATOR = re.compile(r"(?<!\\)\|")
_COLUMNS = {
    "title": r"title|paper|publication|article|name|题目|标题|論文|论文|タイトル",
    "authors": r"authors?|作者|著者",
    "venue": r"venue|conference|journal|published(?: in)?|会议|期刊|会議|雑誌",
    "date": r"year|date|年|年份|日期",
    "award": r"awards?",
}


def split_table_rows(block: Block) -> list[tuple[SourceLine, PaperBlock]]:
    """Return the rows of a Markdown table that has a column of titles, each as a paper."""
    if len(block.lines) < 3 or not _RULE.fullmatch(block.lines[1].text):
        return []
    columns = [_column_key(cell) for cell in _split_cells(block.lines[0].text)]
    if "title" not in columns:
        return []
    return [(line, _parse_row(line, columns)) for line in block.lines[2:] if line.text.strip()]


def _column_key(cell: str) -> str:
    text = strip_markdown(cell).casefold()
    return next((key for key, pattern in _COLUMNS.items() if re.fullmatch(pattern, text)), "")


def _split_cells(text: str) -> list[str]:
    return [cell.strip() for cell in _CELL_SEPARATOR.split(text.strip().strip("|"))]


def _parse_row(line: SourceLine, columns: list[str]) -> PaperBlock:
    fields: dict[str, str] = {}
    others: list[str] = []
    for cell, key in zip_longest(_split_cells(line.text), columns):
        # A title may have names after it, where no column has them.
        if key == "title" and "authors" not in columns and re.match(r"\*\*|\[|[“\"]", cell or ""):
            others.insert(0, cell)
        elif cell and key and key not in fields:
            fields[key] = cell
        elif cell:
            others.append(cell)
    return PaperBlock("\n".join(others), line.path, line.number, fields)
