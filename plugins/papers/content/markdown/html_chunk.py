"""HTML in a text: Markdown after a blank line within it is read, as in CommonMark."""

import re

from markdown import Markdown

from ...util import LazyPattern

_TAG_START = LazyPattern(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_ANY_TAG = LazyPattern(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*'){0,500}+)>""")
# What HTML blocks of CommonMark's kinds 1 to 5 end with.
_COMMENTS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
# Elements whose text is never Markdown.
_RAW = set(
    "pre script style textarea svg math iframe object video audio canvas select template".split()
)
# A paragraph holds no other one, and a browser would end it.
_PARAGRAPH = LazyPattern(r"(</?)p(?=[\s>])", re.IGNORECASE)
_FENCE = LazyPattern(r" {0,3}(?:```|~~~)")
_MARKDOWN = LazyPattern(r"<[^<>]*\smarkdown(?:[\s=>])")
_ATTRIBUTE = LazyPattern(
    r"""(<[^<>]{0,500}?)\smarkdown(?:=(?:"[^"<>]*"|'[^'<>]*'|\w+))?(?=[\s>])"""
)


class HtmlChunks:
    """Finds the pieces of HTML in the lines of a text.

    `open` is the name of the element whose text is Markdown after a blank line, and how many
    of that name are open; None outside of one.
    """

    def __init__(self, md: Markdown):
        self.md = md
        self.open: tuple[str, int] | None = None
        # What is known to have no end below, and need not be looked for again.
        self._endless: set[str] = set()

    def read(self, lines: list[str], n: int, nested: bool, in_paragraph: bool) -> tuple[int, bool]:
        """Return the number of the line below the HTML that begins in line n, n if none does.

        The second value is true where it has to be kept from Markdown as it is.
        """
        text = lines[n].lstrip(" ")
        for start, end in _COMMENTS.items():
            if text.startswith(start):
                return self._find_line(lines, n, end, n), nested or self.open is not None
        match = _TAG_START.match(text)
        if not match:
            return n, False
        name = match[2].lower()
        if name in _RAW:
            if match[1] or (in_paragraph and not self.md.is_block_level(name)):
                return n, False
            return self._find_line(lines, n, f"</{name}", n), nested or self.open is not None
        if not self.md.is_block_level(name):
            return n, False
        end = _end_of_chunk(lines, n)
        if nested:
            is_markdown = any(_MARKDOWN.search(line) for line in lines[n:end])
            return (n if is_markdown else end), True
        if self.open:
            end = _end_before_markdown(lines, n, end)
            self._count(lines[n:end])
            return end, True
        return self._read_element(lines, n, end, name, bool(match[1]))

    def _read_element(
        self, lines: list[str], n: int, end: int, name: str, closing: bool
    ) -> tuple[int, bool]:
        """Return where an element's HTML ends: the whole of it, or up to a blank line."""
        if any(_MARKDOWN.search(line) for line in lines[n:end]):
            inner = _end_before_markdown(lines, n, end)
            if closing or inner == n + 1 and _MARKDOWN.search(lines[n]) or inner == end:
                # An extension of Markdown's own reads what is within.
                return n + 1, False
            # It does not if an element around this one has no such attribute.
            self.open = name, 0
            self._count(lines[n:inner])
            return inner, self.open is not None
        if closing or name in self._endless:
            return (n + 1 if closing else end), False
        level, has_text = 0, False
        for stop in range(n, len(lines)):
            line = lines[stop]
            if stop >= end and line.strip() and not lines[stop - 1].strip():
                has_text = has_text or (line.lstrip()[0] != "<" and not line.startswith("    "))
            level += _count_levels(line, name)
            if level <= 0:
                break
        else:
            self._endless.add(name)
            return end, False
        if stop < end:
            return end, False
        if not has_text:
            return stop + 1, False
        self.open = name, 0
        self._count(lines[n:end])
        return end, True

    def join(self, chunk: list[str]) -> str:
        """Return the lines of a piece that is kept from Markdown as HTML."""
        html = _ATTRIBUTE.sub(r"\1", "\n".join(chunk).strip())
        if _PARAGRAPH.match(html) and len(_ANY_TAG.findall(html)) == 1:
            html = _PARAGRAPH.sub(r"\1div", html)
        return html

    def _count(self, chunk: list[str]) -> None:
        name, level = self.open
        level += sum(_count_levels(line, name) for line in chunk)
        self.open = (name, level) if level > 0 else None

    def _find_line(self, lines: list[str], n: int, text: str, otherwise: int) -> int:
        """Return the number of the line below the first with a text."""
        if text not in self._endless:
            for stop in range(n, len(lines)):
                if text in lines[stop].lower() or text in lines[stop]:
                    return stop + 1
            self._endless.add(text)
        return otherwise


def _end_of_chunk(lines: list[str], n: int) -> int:
    """Return the number of the blank line, or fence, that ends a piece of HTML."""
    for end in range(n + 1, len(lines)):
        if not lines[end].strip() or _FENCE.match(lines[end]):
            return end
    return len(lines)


def _end_before_markdown(lines: list[str], n: int, end: int) -> int:
    """Return where a piece of HTML ends whose next line, or first, says `markdown="1"`."""
    if _MARKDOWN.search(lines[n]):
        return n + 1 if lines[n].rstrip().endswith(">") else end
    return next((m for m in range(n + 1, end) if _MARKDOWN.search(lines[m])), end)


def _count_levels(line: str, name: str) -> int:
    """Return how many more elements of a name a line begins than it ends."""
    level = 0
    for match in _ANY_TAG.finditer(line) if "<" in line else ():
        if match[2].lower() == name and not match[3].endswith("/"):
            level += -1 if match[1] else 1
    return level
