"""Elements of HTML, as a browser's parser finds them."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

# The parser needs quadratic time for elements within each other.
_MAX_DEPTH = 300
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
# These end by themselves, or where the next one begins.
_FLAT = set(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead "
    "tbody tfoot option optgroup colgroup caption rt rp html head body".split()
)


class Element(NamedTuple):
    """An element: its name in lower case, its attributes without entities, a <style>'s CSS."""

    name: str
    attributes: dict[str, str]
    css: str = ""


class Fragment(NamedTuple):
    """The elements of a piece of HTML.

    It is not `contained` where it ends an element around it, or takes in what follows. A piece
    that is `too_deep` was not parsed.
    """

    elements: list[Element]
    contained: bool = True
    too_deep: bool = False


def parse_fragment(html: str) -> Fragment:
    """Return the elements of a text, parsed where a page has it."""
    if "<" not in html:
        return Fragment([])
    if _is_deep(html):
        return Fragment([], too_deep=True)
    page = f"<!DOCTYPE html><main><article>{html}</article><span></span></main>"
    parser = LexborHTMLParser(page)
    elements = [
        Element(
            name.lower(),
            {key.lower(): value or "" for key, value in node.attributes.items()},
            node.text() if name == "style" else "",
        )
        for node in parser.root.traverse(include_text=False)
        if (name := node.tag) and name[0] not in "-!"
    ]
    contained = _is_contained(parser)
    # Those of the page are there without attributes, unless the text gives them some.
    around = ["html", "head", "body", "main", "article"]
    if [element.name for element in elements[:5]] == around:
        elements[:5] = [element for element in elements[:5] if element.attributes]
    if contained:
        elements.pop()
    return Fragment(elements, contained)


def _is_contained(parser: LexborHTMLParser) -> bool:
    """Tell whether the article and what follows it are where the page has them."""
    main = parser.body and parser.body.child
    article = main and main.child
    end = article and article.next
    return bool(
        end
        and (main.tag, article.tag, end.tag) == ("main", "article", "span")
        and main.next is None
        and end.next is None
        and end.child is None
    )


def _is_deep(html: str) -> bool:
    if html.count("<") < _MAX_DEPTH:
        return False
    depth = 0
    for end, name in _TAG_NAME.findall(html):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if end else depth + 1
            if depth > _MAX_DEPTH:
                return True
    return False
