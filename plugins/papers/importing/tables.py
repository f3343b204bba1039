"""Papers in the rows of a table of Markdown, whose head says what its columns hold."""

import re

from .draft import Piece, plain
from .listed import Block, Line

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|){1,20}(?:[ \t]*:?-+:?)?[ \t]*")
_CELLS = re.compile(r"(?<!\\)\|")
_HEADS = {
    "title": r"title|paper|publication|article|name|题目|标题|論文|论文|タイトル",
    "authors": r"authors?|作者|著者",
    "venue": r"venue|conference|journal|published(?: in)?|会议|期刊|会議|雑誌",
    "date": r"year|date|年|年份|日期",
    "award": r"awards?",
}


def rows(block: Block) -> list[tuple[Line, Piece]]:
    """Return the rows of a table that has a column of titles, with what they tell of a paper."""
    if len(block.lines) < 3 or not _RULE.fullmatch(block.lines[1].text):
        return []
    heads = [_head(cell) for cell in _cells(block.lines[0].text)]
    if "title" not in heads:
        return []
    return [(line, _piece(line, heads)) for line in block.lines[2:] if line.text.strip()]


def _head(cell: str) -> str:
    words = plain(cell).casefold()
    return next((key for key, form in _HEADS.items() if re.fullmatch(form, words)), "")


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(text.strip().strip("|"))]


def _piece(line: Line, heads: list[str]) -> Piece:
    known: dict[str, str] = {}
    others: list[str] = []
    for n, cell in enumerate(_cells(line.text)):
        key = heads[n] if n < len(heads) else ""
        # A title may have names behind it, where no column has them.
        if key == "title" and "authors" not in heads and re.match(r"\*\*|\[|[“\"]", cell):
            others.insert(0, cell)
        elif key and key not in known:
            known |= {key: cell} if cell else {}
        elif cell:
            others.append(cell)
    return Piece("\n".join(others), line.path, line.number, known)
