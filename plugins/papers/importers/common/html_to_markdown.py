"""HTML within Markdown becomes Markdown: what only says how it looks is taken off."""

import re
from urllib.parse import urlsplit

from ...util import Tag, check_scheme, find_tags

_BLOCKS = frozenset(
    "div p section article main header footer nav aside center figure figcaption ul ol address "
    "form fieldset".split()
)
# Signs around words, in Markdown; a heading's stand before them.
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
# What Markdown has no signs for stays as it is, with the attributes that say something.
_STAYING = frozenset(
    "table thead tbody tfoot tr td th caption colgroup col details summary sub sup kbd mark del "
    "ins blockquote dl dt dd pre abbr video audio source picture svg path ruby rt rp".split()
)
_MEANT = ("href", "src", "alt", "title", "colspan", "rowspan", "controls", "open", "id", "poster")
_TABLES = ("table", "pre", "dl", "details", "blockquote", "svg")
_ICON = re.compile(r"\bfa-(github|file-pdf|youtube|twitter|database|globe|video|slideshare)")
_DEEPEST = 50
_BOLD = re.compile(r"\*\*.*\*\*", re.DOTALL)


def html_to_markdown(text: str) -> str:
    """Return a text without HTML that Markdown has signs for, or that says how it looks.

    What stands in no block of HTML stays as it is, but for tags within its lines.
    """
    return _Writer().write(text) if "<" in text else text


class _Writer:
    """The parts that were written, and what is open around the next."""

    def __init__(self):
        self.parts: list[str] = []
        # Tags that are open: name, what ends them, and where their words begin.
        self.open: list[tuple[str, str, int]] = []
        self.lists: list[str] = []
        self.depth = self.raw = 0
        # What the icon in a link stands for.
        self.icon = ""

    def write(self, text: str) -> str:
        end = 0
        for tag in find_tags(text):
            self._text(text[end : tag.start])
            end = tag.end
            if tag.name in _STAYING or self.raw:
                self._stay(tag)
            elif tag.closing:
                self._close(tag.name)
            elif len(self.open) < _DEEPEST:
                self._open(tag.name, tag.attributes)
        self._text(text[end:])
        return "".join(self.parts)

    def _text(self, text: str) -> None:
        if self.depth and not self.raw:
            text = re.sub(r"\n[ \t]+", "\n", text)
            if not text.strip() or (self.parts and self.parts[-1].endswith("\n")):
                text = text.lstrip(" \t") if text.strip() or "\n" in text else text
            # Within a paragraph of HTML a line's end is a blank.
            if self.open and self.open[-1][0] in ("p", "li", "a", *_SIGNS):
                text = re.sub(r"\n+", " ", text)
                if self.parts and self.parts[-1].endswith(("\n", "- ", "1. ", "# ")):
                    text = text.lstrip()
        self.parts.append(text)

    def _stay(self, tag: Tag) -> None:
        if tag.name in _TABLES:
            self.raw = max(self.raw + (-1 if tag.closing else 1), 0)
        if tag.closing:
            self.parts.append(f"</{tag.name}>")
            return
        attributes = "".join(
            f' {key}="{value.replace(chr(34), "&quot;")}"' if value else f" {key}"
            for key, value in tag.attributes.items()
            if key in _MEANT and not (key in ("href", "src", "poster") and check_scheme(value))
        )
        self.parts.append(f"<{tag.name}{attributes}>")

    def _open(self, name: str, given: dict[str, str]) -> None:
        if name in _BLOCKS:
            self._break()
            self.depth += 1
            if name in ("ul", "ol"):
                self.lists.append(name)
            self.open.append((name, "", len(self.parts)))
        elif name == "li":
            if self.open and self.open[-1][0] == "li":
                self._close("li")
            self._line()
            ordered = self.lists and self.lists[-1] == "ol"
            self.parts.append(" " * 4 * (len(self.lists) - 1) + ("1. " if ordered else "- "))
            self.open.append((name, "", len(self.parts)))
        elif re.fullmatch("h[1-6]", name):
            self._break()
            self.parts.append("#" * int(name[1]) + " ")
            self.depth += 1
            self.open.append((name, "", len(self.parts)))
        elif name == "br":
            self.parts.append("  \n")
        elif name == "hr":
            self.parts.append("\n\n---\n\n")
        elif name == "img":
            words = given.get("alt", "").replace("[", "(").replace("]", ")")
            self.parts.append(f"![{words}]({escape_link_target(given.get('src', ''))})")
        elif name in _SIGNS:
            self.parts.append("")
            if icon := _ICON.search(given.get("class", "")):
                self.icon = icon[1]
            self.open.append((name, _SIGNS[name], len(self.parts)))
        elif name == "a":
            self.icon = ""
            self.open.append((name, given.get("href", ""), len(self.parts)))

    def _close(self, name: str) -> None:
        if name not in (one[0] for one in self.open):
            return
        while self.open:
            last, ending, start = self.open.pop()
            if last in _SIGNS or last == "a":
                if last == name:
                    words = "".join(self.parts[start:])
                    del self.parts[start:]
                    self._around(last, ending, words)
            elif last in _BLOCKS or last[0] == "h":
                self.depth -= 1
                if last in ("ul", "ol"):
                    self.lists.pop()
                self._break()
            if last == name:
                break

    def _around(self, name: str, ending: str, words: str) -> None:
        inner = words.strip()
        before = words[: len(words) - len(words.lstrip())]
        after = words[len(words.rstrip()) :] if inner else ""
        if name == "a" and ending and not check_scheme(ending):
            words = inner or self.icon or urlsplit(ending).hostname or "link"
            inner = f"[{words}]({escape_link_target(ending)})"
        elif inner and name != "a" and not (ending == "**" and _BOLD.fullmatch(inner)):
            inner = f"{ending}{inner}{ending}"
        self.parts.append(f"{before}{inner}{after}")

    def _line(self) -> None:
        if self.parts and not "".join(self.parts[-2:]).endswith("\n"):
            self.parts.append("\n")

    def _break(self) -> None:
        if self.parts and not "".join(self.parts[-3:]).endswith("\n\n"):
            self.parts.append("\n\n")


def escape_link_target(address: str) -> str:
    """Return an address as it stands between the brackets of a link of Markdown."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address
