"""HTML within Markdown becomes Markdown."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from ...util import Tag, check_scheme, find_tags

_BLOCKS = frozenset(
    "div p section article main header footer nav aside center figure figcaption ul ol address "
    "form fieldset".split()
)
_LISTS = ("ul", "ol")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# The Markdown around the words of an element.
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
# Elements without Markdown remain, with their meaningful attributes.
_HTML_ELEMENTS = frozenset(
    "table thead tbody tfoot tr td th caption colgroup col details summary sub sup kbd mark del "
    "ins blockquote dl dt dd pre abbr video audio source picture svg path ruby rt rp".split()
)
_ATTRIBUTES = frozenset("href src alt title colspan rowspan controls open id poster".split())
# Elements in which no Markdown is read.
_RAW_ELEMENTS = ("table", "pre", "dl", "details", "blockquote", "svg")
_ICON = re.compile(r"\bfa-(github|file-pdf|youtube|twitter|database|globe|video|slideshare)")
_MAX_DEPTH = 50
_BOLD = re.compile(r"\*\*.*\*\*", re.DOTALL)


def convert_html(text: str) -> str:
    """Return a text with its HTML as Markdown, and without elements that only set the style.

    Text outside of block elements changes only where it has tags.
    """
    return _MarkdownWriter().convert(text) if "<" in text else text


def escape_link_target(url: str) -> str:
    """Return a URL as a link of Markdown has it in its parentheses."""
    return f"<{url}>" if re.search(r"[\s()]", url) else url


class _Element(NamedTuple):
    """An open element; `start` is the index of its first part, `url` that of a link."""

    name: str
    start: int
    url: str = ""


class _MarkdownWriter:
    """The parts of the Markdown so far, and the elements that are open."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.elements: list[_Element] = []
        self.lists: list[str] = []
        # How many block elements, and how many elements without Markdown, are open.
        self.block_depth = self.raw_depth = 0
        # What the icon in a link stands for.
        self.icon = ""

    def convert(self, text: str) -> str:
        end = 0
        for tag in find_tags(text):
            self._write_text(text[end : tag.start])
            end = tag.end
            if tag.name in _HTML_ELEMENTS or self.raw_depth:
                self._write_tag(tag)
            elif tag.closing:
                self._close(tag.name)
            elif len(self.elements) < _MAX_DEPTH:
                self._open(tag.name, tag.attributes)
        self._write_text(text[end:])
        return "".join(self.parts)

    def _write_text(self, text: str) -> None:
        if self.block_depth and not self.raw_depth:
            text = self._strip_indent(text)
        self.parts.append(text)

    def _strip_indent(self, text: str) -> str:
        text = re.sub(r"\n[ \t]+", "\n", text)
        has_words = bool(text.strip())
        if not has_words or (self.parts and self.parts[-1].endswith("\n")):
            text = text.lstrip(" \t") if has_words or "\n" in text else text
        # In a paragraph of HTML, the end of a line is a space.
        if self.elements and self.elements[-1].name in ("p", "li", "a", *_EMPHASIS):
            text = re.sub(r"\n+", " ", text)
            if self.parts and self.parts[-1].endswith(("\n", "- ", "1. ", "# ")):
                text = text.lstrip()
        return text

    def _write_tag(self, tag: Tag) -> None:
        """Write a tag as HTML, with the attributes that mean something."""
        if tag.name in _RAW_ELEMENTS:
            self.raw_depth = max(self.raw_depth + (-1 if tag.closing else 1), 0)
        if tag.closing:
            self.parts.append(f"</{tag.name}>")
            return
        attributes = "".join(
            f' {key}="{value.replace(chr(34), "&quot;")}"' if value else f" {key}"
            for key, value in tag.attributes.items()
            if key in _ATTRIBUTES and not (key in ("href", "src", "poster") and check_scheme(value))
        )
        self.parts.append(f"<{tag.name}{attributes}>")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name in _BLOCKS or name in _HEADINGS:
            self._open_block(name)
        elif name == "li":
            self._open_item()
        elif name in _EMPHASIS:
            if icon := _ICON.search(attributes.get("class", "")):
                self.icon = icon[1]
            self._push(name)
        elif name == "a":
            self.icon = ""
            self._push(name, attributes.get("href", ""))
        elif name == "br":
            self.parts.append("  \n")
        elif name == "hr":
            self.parts.append("\n\n---\n\n")
        elif name == "img":
            alt = attributes.get("alt", "").replace("[", "(").replace("]", ")")
            self.parts.append(f"![{alt}]({escape_link_target(attributes.get('src', ''))})")

    def _open_block(self, name: str) -> None:
        self._end_paragraph()
        if name in _HEADINGS:
            self.parts.append("#" * int(name[1]) + " ")
        elif name in _LISTS:
            self.lists.append(name)
        self.block_depth += 1
        self._push(name)

    def _open_item(self) -> None:
        if self.elements and self.elements[-1].name == "li":
            self._close("li")
        if self.parts and not "".join(self.parts[-2:]).endswith("\n"):
            self.parts.append("\n")
        is_ordered = self.lists and self.lists[-1] == "ol"
        self.parts.append(" " * 4 * (len(self.lists) - 1) + ("1. " if is_ordered else "- "))
        self._push("li")

    def _push(self, name: str, url: str = "") -> None:
        self.elements.append(_Element(name, len(self.parts), url))

    def _close(self, name: str) -> None:
        """Close an element and those within it."""
        if name not in (element.name for element in self.elements):
            return
        while True:
            element = self.elements.pop()
            if element.name in _EMPHASIS or element.name == "a":
                if element.name == name:
                    self._close_inline(element)
            elif element.name != "li":
                self.block_depth -= 1
                if element.name in _LISTS:
                    self.lists.pop()
                self._end_paragraph()
            if element.name == name:
                return

    def _close_inline(self, element: _Element) -> None:
        """Put the Markdown of a link or an emphasis around its words."""
        text = "".join(self.parts[element.start :])
        del self.parts[element.start :]
        words = text.strip()
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :] if words else ""
        if element.name == "a":
            if element.url and not check_scheme(element.url):
                label = words or self.icon or urlsplit(element.url).hostname or "link"
                words = f"[{label}]({escape_link_target(element.url)})"
        elif words:
            char = _EMPHASIS[element.name]
            if not (char == "**" and _BOLD.fullmatch(words)):
                words = f"{char}{words}{char}"
        self.parts.append(f"{before}{words}{after}")

    def _end_paragraph(self) -> None:
        if self.parts and not "".join(self.parts[-3:]).endswith("\n\n"):
            self.parts.append("\n\n")
