"""Tags in HTML and its text, without building a tree; and elements, as browsers find them."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from .strings import LazyPattern, replace_script_tags

# The bounds keep the search linear in a text of nothing but open tags.
_TAG = LazyPattern(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])"""
    r"""(?P<attributes>(?:[^<>"']|"[^"]{0,4000}"|'[^']{0,4000}'){0,4000}+)>"""
)
_ATTRIBUTE = LazyPattern(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
# Tags in code are shown as text, those in comments are not shown.
CODE_OR_COMMENT = LazyPattern(r"<!--.*?-->|<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)


class Tag(NamedTuple):
    """A tag of a text: `name` in lower case, its attributes without quotes and entities.

    `start` and `end` are its offsets in the text, where `find_tags` returned it.
    """

    name: str
    closing: bool
    closed: bool
    attributes: dict[str, str]
    start: int = 0
    end: int = 0


def parse_tags(html: str) -> Iterator[Tag]:
    """Yield the tags of HTML, except those in code and comments."""
    for match in _TAG.finditer(CODE_OR_COMMENT.sub("", html)) if "<" in html else ():
        text = match["attributes"]
        attributes = {}
        for name, value in _ATTRIBUTE.findall(text) if text.strip(" /") else ():
            value = value[1:-1] if value[:1] in "\"'" else value
            attributes.setdefault(name.lower(), unescape(value))
        yield Tag(match["name"].lower(), bool(match["end"]), text.endswith("/"), attributes)


def replace_attributes(html: str, replace: Callable[[dict[str, str]], Mapping[str, str]]) -> str:
    """Return HTML with other values of attributes, those of tags in comments included.

    `replace` gets the attributes of a tag, their names in lower case and their values without
    entities, and returns the new values of some of them.
    """

    def replace_tag(match: re.Match) -> str:
        attributes = list(_ATTRIBUTE.finditer(match["attributes"]))
        old: dict[str, str] = {}
        for attribute in attributes:
            value = attribute[2]
            value = value[1:-1] if value and value[0] in "\"'" else value or ""
            old.setdefault(attribute[1].lower(), unescape(value))
        new = {name: value for name, value in replace(old).items() if value != old[name]}
        parts, end, text = [], 0, match["attributes"]
        for attribute in attributes if new else ():
            if (value := new.get(attribute[1].lower())) is not None:
                parts += [text[end : attribute.start()], f'{attribute[1]}="{escape(value)}"']
                end = attribute.end()
        start = match.start("attributes") - match.start()
        return "".join((match[0][:start], *parts, text[end:], match[0][start + len(text) :]))

    return _TAG.sub(replace_tag, html)


# In Markdown `a < b` and `<https://…>` are text, and `<` ends a tag that has no quotes before it.
_TEXT_CHAR = LazyPattern(
    r"""<(?!/[A-Za-z][A-Za-z0-9-]{0,30}(?=[\s>])[^<>"']*>"""
    r"""|[A-Za-z][A-Za-z0-9-]{0,30}(?=[\s/>])[^<>"']*[>"'])"""
)
_UNFINISHED_TAGS = 50


class _TagParser(HTMLParser):
    """Gather the tags of a text, also those in scripts and comments."""

    CDATA_CONTENT_ELEMENTS = RCDATA_CONTENT_ELEMENTS = ()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.unfinished = 0
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.feed(_TEXT_CHAR.sub(" ", text[: text.rfind(">") + 1]))
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list, closed: bool = False) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, " ".join((value or "").split()))
        start = self._offset()
        end = start + len(self.get_starttag_text())
        self.tags.append(Tag(tag, False, closed, attributes, start, end))

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.handle_starttag(tag, attrs, closed=True)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        self.tags.append(Tag(tag, True, False, {}, start, self.text.index(">", start) + 1))

    def parse_starttag(self, i: int) -> int:
        # For a tag whose quotes are not closed the parser reads to the end of the text:
        # a page of such tags would take minutes.
        end = super().parse_starttag(i) if self.unfinished < _UNFINISHED_TAGS else -1
        if end >= 0:
            return end
        self.unfinished += 1
        return i + 1


def find_tags(text: str) -> list[Tag]:
    """Return the tags in HTML, or in Markdown with HTML, as people write it."""
    return _TagParser(text).tags if "<" in text else []


def replace_tags(text: str, replace: Callable[[Tag], str | None]) -> str:
    """Return a text with each tag replaced, unless `replace` returns None for it."""
    parts, end = [], 0
    for tag in find_tags(text):
        if (replacement := replace(tag)) is not None:
            parts += [text[end : tag.start], replacement]
            end = tag.end
    return "".join([*parts, text[end:]])


def strip_tags(text: str) -> str:
    """Return a text without its tags."""
    return replace_tags(text, lambda tag: "")


_META = LazyPattern(r"<meta\b[^<>]*>", re.IGNORECASE)
# Where a browser ignores a policy, or has already loaded something.
_TOO_LATE = LazyPattern(
    r"<!--|</head|<(?:body|iframe|img|link|noscript|script|style|template|textarea)\b",
    re.IGNORECASE,
)


def find_policy(html: str) -> int | None:
    """Return where the first <meta> with a Content-Security-Policy that has a default begins."""
    for match in _META.finditer(html):
        if "content-security-policy" in match[0].lower() and "default-src" in match[0].lower():
            return match.start()
    return None


def is_too_late_for_policy(html: str) -> bool:
    """Tell whether a browser would ignore a policy behind this, or has already loaded something."""
    return _TOO_LATE.search(html) is not None


_HIDDEN = LazyPattern(r"<!--.*?-->|<(style|script)\b.*?</\1>|<sup id=\"fnref.*?</sup>", re.DOTALL)
_BLOCK = LazyPattern(
    r"</?(?:p|div|li|ul|ol|h\d|pre|blockquote|table|tr|br|figure|dl|dt|dd)\b[^>]*>"
)
_ANY_TAG = LazyPattern(r"</?[a-zA-Z][^>]*>")


def html_to_text(html: str) -> str:
    """Return the text of HTML; blank lines separate paragraphs."""
    parts = _BLOCK.split(replace_script_tags(_HIDDEN.sub("", html)))
    paragraphs = (" ".join(unescape(_ANY_TAG.sub("", part)).split()) for part in parts)
    return "\n\n".join(filter(None, paragraphs))


# The parser needs quadratic time for elements within each other.
_MAX_DEPTH = 300
_TAG_START = LazyPattern(r"<(/?)([A-Za-z][^\s/>]*)")
# Elements without an end tag, or whose end tag is optional (HTML, 13.1.2).
NO_END_TAG = set(
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
            {key.lower(): value or "" for key, value in attributes.items()}
            if (attributes := node.attributes)
            else {},
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
    for end, name in _TAG_START.findall(html):
        if name.lower() not in NO_END_TAG:
            depth = max(0, depth - 1) if end else depth + 1
            if depth > _MAX_DEPTH:
                return True
    return False
