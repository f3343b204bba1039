"""Marks within a paragraph that GitHub, kramdown and Hugo have beside those of Markdown."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import (
    ETX,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

from ...util import LazyPattern

# Text between two marks; the bound keeps the search linear. A pattern that begins with a literal
# character is found in a fraction of the time that a look behind takes.
_DELETED = r"(~~)(?<!~~~)(?=[^\s~])(.{1,2000}?)(?<=[^\s~])~~(?!~)"
_MARKED = r"(==)(?<![\w=!<>+*/-]==)(?=[^\s=])([^=\n]{1,1000}?)(?<=\S)==(?![\w=])"
# A backslash at the end of a line: CommonMark has one, kramdown two.
_BREAK = r"\\\\?\n(?=.)"
# A bare address, or what holds no bare one: a link, and a tag. For a character after a backslash an
# address has a placeholder.
_CHAR = rf'(?:[^\s<>"`{STX}{ETX}]|{INLINE_PLACEHOLDER_PREFIX}\d{{1,9}}{ETX})'
_ADDRESS = (
    r"<a[\s>].{0,2000}?</a>|<[^<>]*>"
    rf"|(?<![\w/@.:+-])(?P<url>https?://(?=\w)|www\.(?=\w)){_CHAR}+"
    r"|(?<![\w.+@/:-])(?P<mail>[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,9}[A-Za-z]{2,24})(?![\w@-])"
)
_ESCAPED = LazyPattern(rf"{STX}(\d{{1,7}}){ETX}")
_HOST = LazyPattern(r"(?:https?://)?(?:[^/?#\s]*@)?[\w-]+(?:\.[\w-]+)+|https?://localhost\b")
_TRAILING = LazyPattern(r"(?:[?!.,:;*_~'’”»、。，；：！？）」』…]|&[A-Za-z0-9#]{2,31};)$")
_MAX_TRAILING = 33
# Characters without meaning after a backslash, neither in Python-Markdown nor in TeX there; and the
# beginning of a template's tag, which could be mistaken for a list of attributes.
_ESCAPE = r"(?<!\\)\\([&%</@:?]|[~=](?![A-Za-z{\\]))|(\{)(?=[%{])"
_CHECKBOX = LazyPattern(r"\s*\[([ xX])\]\s+(?=\S)")


class InlineMarksExtension(Extension):
    """Read ~~deleted~~ and ==marked== text, line breaks, bare addresses and lists of tasks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register all after code, formulas and links; addresses before tags and emphasis."""
        patterns = md.inlinePatterns
        patterns.register(_Break(_BREAK, md), "backslash_break", 182)
        patterns.register(_Escape(_ESCAPE, md), "escape_of_other_characters", 181)
        patterns.register(_BareAddress(_ADDRESS, md), "bare_address", 115)
        patterns.register(_Pair(_DELETED, "del"), "deleted", 65)
        patterns.register(_Pair(_MARKED, "mark"), "marked", 64)
        md.treeprocessors.register(_TaskLists(md), "task_lists", 22)


class _Pair(SimpleTagInlineProcessor):
    chars = ("~~", "==")


class _Break(InlineProcessor):
    chars = "\n"

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        return Element("br"), match.start(0), match.end(0)


class _Escape(InlineProcessor):
    chars = "\\{"

    def handleMatch(self, match: re.Match, data: str) -> tuple[str, int, int]:  # noqa: N802
        return f"{STX}{ord(match[1] or match[2])}{ETX}", match.start(0), match.end(0)


class _BareAddress(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)
    chars = ("://", "www.", "@")

    def handleMatch(self, match: re.Match, data: str):  # noqa: N802
        text, start = match[0], match.start(0)
        for char in INLINE_PLACEHOLDER_RE.finditer(text):
            if not isinstance(self._find_node(char[1]), str):
                text = text[: char.start()]
                break
        if match["url"]:
            text = _trim(text)
        if not match["mail"] and not (match["url"] and _HOST.match(text)):
            return None, None, None
        address = INLINE_PLACEHOLDER_RE.sub(lambda char: self._find_node(char[1]), text)
        address = _ESCAPED.sub(lambda char: chr(int(char[1])), address)
        scheme = "mailto:" if match["mail"] else "http://" if text.startswith("www.") else ""
        element = Element("a", {"href": scheme + unescape(address)})
        element.text = AtomicString(unescape(address))
        return element, start, start + len(text)

    def _find_node(self, number: str) -> Element | str | None:
        """Return what a placeholder stands for; a character after a backslash is a string."""
        return self.md.treeprocessors["inline"].stashed_nodes.get(number)


def _trim(address: str) -> str:
    """Return an address without the punctuation and brackets that stand after it."""
    # How many more of a bracket are closed than opened.
    surplus = {end: address.count(end) - address.count(start) for start, end in ("()", "[]")}
    end = len(address)
    while end:
        if surplus.get(address[end - 1], 0) > 0:
            surplus[address[end - 1]] -= 1
            end -= 1
        elif match := _TRAILING.search(address, max(0, end - _MAX_TRAILING), end):
            end = match.start()
        else:
            break
    return address[:end]


class _TaskLists(Treeprocessor):
    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            holder = item
            if not (item.text or "").strip() and len(item) and item[0].tag == "p":
                holder = item[0]
            if match := _CHECKBOX.match(holder.text or ""):
                done = match[1] != " "
                attributes = {"type": "checkbox", "disabled": "disabled"}
                attributes |= {"checked": "checked"} if done else {}
                attributes["aria-label"] = "Completed task" if done else "Incomplete task"
                box = Element("input", attributes)
                box.tail = f" {holder.text[match.end() :]}"
                holder.text = ""
                holder.insert(0, box)
                item.set("class", f"{item.get('class', '')} task".strip())
