"""Papers in blocks of HTML: cards, rows of tables, items of lists, and what their classes tell."""

import re
from dataclasses import dataclass, field

from ...util import find_tags, strip_tags
from ..common import html_to_markdown
from .authors import parse_author_list
from .blocks import Block, SourceLine
from .draft import PaperBlock, join_author_lines, strip_markdown

# What holds one paper each, where several of them stand in a block.
_UNITS = frozenset("div li tr article section table ul ol dl".split())
_VOID = frozenset("img br hr input meta link source wbr col area embed".split())
_DEEPEST = 100
_LAYOUT = re.compile(r"<td\b[^<>]{0,1000}>\s*<(?:p|h[1-6]|ul|table|tbody)\b", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)(?:table|tbody|thead|tr|td|th)\b[^<>]{0,1000}>", re.IGNORECASE)
_CLASSES = {
    "title": re.compile(
        r"(?:^|[\s_-])(?:paper|pub|publication|article|card|entry)?[_-]?title\b", re.I
    ),
    "authors": re.compile(r"authors?\b", re.I),
    "venue": re.compile(r"(?:venue|conference|journal|badge|periodical|proceedings)\b", re.I),
    "date": re.compile(r"(?:^|[\s_-])(?:date|year)\b", re.I),
    "award": re.compile(r"(?:^|[\s_-])awards?\b", re.I),
    "abstract": re.compile(r"(?:abstract|summary|tl-?dr|description)\b", re.I),
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element: its name and attributes, and where it and its inner text begin and end."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    end: int = 0
    stop: int = 0
    children: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Card:
    """The HTML of one paper: its offsets, what its classes mark, and the remaining text."""

    start: int
    end: int
    fields: dict[str, str]
    text: str


def split_cards(text: str) -> list[Card]:
    """Return the papers in a block of HTML."""
    root = _tree(text)
    return [_card(text, node) for node in _units(text, root)]


def _tree(text: str) -> Node:
    root = Node("", {}, 0, 0)
    path = [root]
    for tag in find_tags(text):
        if tag.closing:
            if tag.name in (node.name for node in path):
                while path[-1].name != tag.name:
                    path[-1].end = path.pop().stop = tag.start
                path[-1].end, path[-1].stop = tag.end, tag.start
                path.pop()
        else:
            if tag.name in ("li", "tr", "td", "p") and path[-1].name == tag.name:
                path[-1].end = path.pop().stop = tag.start
            node = Node(tag.name, tag.attributes, tag.start, tag.end, tag.end, tag.end)
            if len(path) < _DEEPEST:
                path[-1].children.append(node)
                if tag.name not in _VOID and not tag.closed:
                    path.append(node)
    for node in path:
        node.end = node.stop = len(text)
    return root


def _units(text: str, node: Node) -> list[Node]:
    found = [unit for child in node.children for unit in _units(text, child)]
    whole = len(found) < 2 and not (found and node.name in ("ul", "ol"))
    return [node] if whole and node.name in _UNITS and _is_paper(text, node) else found


def _is_paper(text: str, node: Node) -> bool:
    """Tell whether an element has what looks like a title, and names."""
    below = list(_below(node))
    classes = {key for one in below for key in _CLASSES if _has(one, key)}
    titled = "title" in classes or any(re.fullmatch("b|strong|a|h[2-6]", one.name) for one in below)
    inner = text[node.inside : node.stop]
    if not titled and not re.search(r"\*\*|\]\(", inner):
        return False
    if {"title", "authors"} <= classes:
        return True
    rows = join_author_lines(html_to_markdown(unwrap_layout_tables(inner)))
    return any(parse_author_list(row) or parse_author_list(row.partition("),")[2]) for row in rows)


def _below(node: Node) -> list[Node]:
    found = []
    for child in node.children:
        found += [child, *_below(child)]
    return found


def _has(node: Node, key: str) -> bool:
    """Tell whether an element's class, or the name that a page gave it, says what it holds."""
    name = "" if node.name == "summary" else node.name
    return any(map(_CLASSES[key].search, (node.attributes.get("class", ""), name)))


def _card(text: str, node: Node) -> Card:
    known: dict[str, str] = {}
    cuts: list[tuple[int, int]] = []
    for one in _below(node):
        if any(start <= one.start < end for start, end in cuts):
            continue
        key = next((key for key in _CLASSES if key not in known and _has(one, key)), None)
        if key is None and "title" not in known and re.fullmatch("h[2-6]", one.name):
            key = "title"
        if key == "title":
            around = (a for a in _below(node) if a.name == "a" and a.start < one.start < a.end)
            one = next(around, one)
            one = Node("", {}, one.start, one.start, one.end, one.end) if one.name == "a" else one
        inner = text[one.inside : one.stop]
        for part in _below(one) if key in ("title", "venue") else ():
            if other := next((k for k in ("venue", "award", "date") if _has(part, k)), None):
                known.setdefault(other, text[part.inside : part.stop])
                inner = inner.replace(text[part.start : part.end], " ")
        if key and (html_to_markdown(inner).strip() if key != "title" else _words(inner)):
            known[key] = inner
            cuts.append((one.start, one.end))
    parts, place = [], node.inside
    for start, end in sorted(cuts):
        parts.append(text[place:start])
        place = end
    parts.append(text[place : node.stop])
    known = {key: unwrap_layout_tables(value) for key, value in known.items()}
    return Card(node.start, node.end, known, unwrap_layout_tables("\n".join(parts)))


def unwrap_tables(text: str) -> str:
    """Return HTML whose tables, where they hold paragraphs or are a part of one, are boxes."""
    opened = len(re.findall(r"<table\b", text, re.I)) - len(re.findall(r"</table\b", text, re.I))
    return unwrap_layout_tables(text) if opened or _LAYOUT.search(text) else text


def unwrap_layout_tables(text: str) -> str:
    """Return HTML whose tables are boxes, for they hold no table but a layout."""
    return _TABLE.sub(lambda match: "</div>" if match[1] else "<div>", text)


def _words(inner: str) -> bool:
    return bool(re.search(r"\w", strip_tags(inner)))


_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|){1,20}(?:[ \t]*:?-+:?)?[ \t]*")
_CELLS = re.compile(r"(?<!\\)\|")
_HEADS = {
    "title": r"title|paper|publication|article|name|题目|标题|論文|论文|タイトル",
    "authors": r"authors?|作者|著者",
    "venue": r"venue|conference|journal|published(?: in)?|会议|期刊|会議|雑誌",
    "date": r"year|date|年|年份|日期",
    "award": r"awards?",
}


def split_table_rows(block: Block) -> list[tuple[SourceLine, PaperBlock]]:
    """Return the rows of a table that has a column of titles, with what they tell of a paper."""
    if len(block.lines) < 3 or not _RULE.fullmatch(block.lines[1].text):
        return []
    heads = [_head(cell) for cell in _cells(block.lines[0].text)]
    if "title" not in heads:
        return []
    return [(line, _piece(line, heads)) for line in block.lines[2:] if line.text.strip()]


def _head(cell: str) -> str:
    words = strip_markdown(cell).casefold()
    return next((key for key, form in _HEADS.items() if re.fullmatch(form, words)), "")


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(text.strip().strip("|"))]


def _piece(line: SourceLine, heads: list[str]) -> PaperBlock:
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
    return PaperBlock("\n".join(others), line.path, line.number, known)
