"""Papers in blocks of HTML: boxes, rows of tables, items of lists."""

import re
from dataclasses import dataclass, field

from ...util import Tag, find_tags, replace_tags, strip_tags
from ..common import convert_html
from .authors import parse_author_list
from .draft import join_author_lines

# Elements that hold one paper each.
_CONTAINERS = frozenset("div li tr article section table ul ol dl".split())
_VOID = frozenset("img br hr input meta link source wbr col area embed".split())
# Elements that end where the next of their name begins.
_SIBLINGS = ("li", "tr", "td", "p")
_MAX_DEPTH = 100
_LAYOUT = re.compile(r"<td\b[^<>]{0,1000}>\s*<(?:p|h[1-6]|ul|table|tbody)\b", re.IGNORECASE)
_TABLE_NAMES = frozenset("table tbody thead tr td th".split())
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
# Fields that may stand within a title or a venue.
_INNER_KEYS = ("venue", "award", "date")


@dataclass(slots=True)
class Node:
    """An element: name, attributes, and the offsets of its tags and of what is between them."""

    name: str
    attributes: dict[str, str]
    start: int
    inner_start: int
    end: int
    inner_end: int
    children: list["Node"] = field(default_factory=list)

    def close(self, inner_end: int, end: int) -> None:
        """Set where the element ends."""
        self.inner_end, self.end = inner_end, end

    def has_class(self, key: str) -> bool:
        """Tell whether the element's class, or its invented name, says what it holds."""
        name = "" if self.name == "summary" else self.name
        return any(map(_CLASSES[key].search, (self.attributes.get("class", ""), name)))

    def descendants(self) -> list["Node"]:
        """Return the elements within, in the order of the text."""
        nodes = []
        for child in self.children:
            nodes += [child, *child.descendants()]
        return nodes


@dataclass(slots=True)
class PaperElement:
    """The HTML of one paper: its offsets, what its classes mark, and the remaining text."""

    start: int
    end: int
    fields: dict[str, str]
    text: str


def split_paper_elements(text: str) -> list[PaperElement]:
    """Return the papers in a block of HTML."""
    return [_parse_element(text, node) for node in _find_papers(text, _parse_tree(text))]


def _parse_tree(text: str) -> Node:
    """Return the elements of a text in a node without name; unclosed ones end with their parent."""
    root = Node("", {}, 0, 0, 0, 0)
    path = [root]
    for tag in find_tags(text):
        if tag.closing:
            if tag.name in (node.name for node in path):
                while path[-1].name != tag.name:
                    path.pop().close(tag.start, tag.start)
                path.pop().close(tag.start, tag.end)
            continue
        if tag.name in _SIBLINGS and path[-1].name == tag.name:
            path.pop().close(tag.start, tag.start)
        node = Node(tag.name, tag.attributes, tag.start, tag.end, tag.end, tag.end)
        if len(path) < _MAX_DEPTH:
            path[-1].children.append(node)
            if tag.name not in _VOID and not tag.closed:
                path.append(node)
    for node in path:
        node.close(len(text), len(text))
    return root


def _find_papers(text: str, node: Node) -> list[Node]:
    """Return the innermost elements that hold one paper each."""
    papers = [paper for child in node.children for paper in _find_papers(text, child)]
    is_single = len(papers) < 2 and not (papers and node.name in ("ul", "ol"))
    return [node] if is_single and node.name in _CONTAINERS and _is_paper(text, node) else papers


def _is_paper(text: str, node: Node) -> bool:
    """Tell whether an element has what looks like a title, and names."""
    descendants = node.descendants()
    classes = {key for inner in descendants for key in _CLASSES if inner.has_class(key)}
    has_title = "title" in classes or any(
        re.fullmatch("b|strong|a|h[2-6]", inner.name) for inner in descendants
    )
    html = text[node.inner_start : node.inner_end]
    if not has_title and not re.search(r"\*\*|\]\(", html):
        return False
    if {"title", "authors"} <= classes:
        return True
    lines = join_author_lines(convert_html(unwrap_layout_tables(html)))
    return any(
        parse_author_list(line) or parse_author_list(line.partition("),")[2]) for line in lines
    )


def _parse_element(text: str, element: Node) -> PaperElement:
    """Return the fields of an element, cut out of its text."""
    fields: dict[str, str] = {}
    cuts: list[tuple[int, int]] = []
    descendants = element.descendants()
    for node in descendants:
        if any(start <= node.start < end for start, end in cuts):
            continue
        key = next((key for key in _CLASSES if key not in fields and node.has_class(key)), None)
        if key is None and "title" not in fields and re.fullmatch("h[2-6]", node.name):
            key = "title"
        if key is None:
            continue
        if key == "title" and (link := _find_link_around(descendants, node)):
            node, html = link, text[link.start : link.end]
        else:
            html = _extract_inner_fields(text, node, key, fields)
        if re.search(r"\w", strip_tags(html)) if key == "title" else convert_html(html).strip():
            fields[key] = html
            cuts.append((node.start, node.end))
    parts, position = [], element.inner_start
    for start, end in sorted(cuts):
        parts.append(text[position:start])
        position = end
    parts.append(text[position : element.inner_end])
    fields = {key: unwrap_layout_tables(html) for key, html in fields.items()}
    return PaperElement(element.start, element.end, fields, unwrap_layout_tables("\n".join(parts)))


def _find_link_around(nodes: list[Node], inner: Node) -> Node | None:
    links = (node for node in nodes if node.name == "a" and node.start < inner.start < node.end)
    return next(links, inner if inner.name == "a" else None)


def _extract_inner_fields(text: str, node: Node, key: str, fields: dict[str, str]) -> str:
    """Take the fields within a title or a venue; return its HTML without them."""
    html = text[node.inner_start : node.inner_end]
    for inner in node.descendants() if key in ("title", "venue") else ():
        keys = (inner_key for inner_key in _INNER_KEYS if inner.has_class(inner_key))
        if inner_key := next(keys, None):
            fields.setdefault(inner_key, text[inner.inner_start : inner.inner_end])
            html = html.replace(text[inner.start : inner.end], " ")
    return html


def unwrap_tables(text: str) -> str:
    """Return HTML whose tables are boxes, where they hold paragraphs or are a part of one."""
    tables = [tag.closing for tag in find_tags(text) if tag.name == "table"]
    is_part = tables.count(True) != tables.count(False)
    return unwrap_layout_tables(text) if is_part or _LAYOUT.search(text) else text


def unwrap_layout_tables(text: str) -> str:
    """Return HTML whose tables are boxes."""

    def replace(tag: Tag) -> str | None:
        return ("</div>" if tag.closing else "<div>") if tag.name in _TABLE_NAMES else None

    return replace_tags(text, replace)
