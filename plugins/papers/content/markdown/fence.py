"""Fences around code: their languages and options, as GitHub, kramdown, Hugo and Quarto do."""

import re
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from ...util import LazyPattern

_FENCE = LazyPattern(r"(`{3,}(?=[^`]*$)|~{3,}) *(.*)$")
_LANGUAGE = LazyPattern(r"\{?\.?([\w#.+-]+)?")
_OPTION = LazyPattern(r"""([\w-]+) *[=:] *("[^"]*"|'[^']*'|\[[^\]]*\]|[\w,-]+)""")
# Lines to highlight, as `{1,3-5}` after a language.
_LINES = LazyPattern(r"\{([\d, -]+)\}")
_RANGE = LazyPattern(r"(\d{1,4})(?: *- *(\d{1,4}))?")
_MAX_HIGHLIGHTED = 1000
# What Python-Markdown reads after a fence.
_ATTRIBUTES = LazyPattern(r"\{ *\.[^{}\[\]]*\}")
_PLAIN_INFO = LazyPattern(rf"\.?[\w#.+-]*( +hl_lines=(\"[\d ]*\"|'[\d ]*'))?|{_ATTRIBUTES.pattern}")


@dataclass(frozen=True, slots=True)
class Fence:
    """The line above a block of code: its characters, and what is written after them."""

    chars: str
    info: str

    @classmethod
    def parse(cls, text: str) -> "Fence | None":
        """Return the fence that a line is, or None."""
        match = _FENCE.match(text)
        return cls(match[1], match[2].strip()) if match else None

    def is_end(self, text: str) -> bool:
        """Tell whether a line without its indentation ends the code."""
        text = text.rstrip()
        return len(text) >= len(self.chars) and text == self.chars[0] * len(text)

    @property
    def is_formula(self) -> bool:
        """Whether what is within is a formula, as in GitHub."""
        return self.info == "math"

    def find_plain_end(self, lines: list[str], start: int) -> int:
        """Return the number of the line below a block that Python-Markdown reads; 0 if none.

        `start` is the number of the first line of code.
        """
        if not _PLAIN_INFO.fullmatch(self.info) or self.is_formula:
            return 0
        for n in range(start, len(lines)):
            if self.is_end(lines[n].lstrip(" ")):
                return n + 1 if lines[n].rstrip() == self.chars else 0
        return 0

    def write(self, code: list[str]) -> list[str]:
        """Return a block of code as in Python-Markdown."""
        chars = self.chars
        while any(line.startswith(chars) for line in code):
            chars += chars[0]
        language, lines = self._parse_info()
        return [f"{chars}{language}{lines}", *code, chars]

    def _parse_info(self) -> tuple[str, str]:
        """Return the language, and the lines to highlight as an option."""
        if _ATTRIBUTES.fullmatch(self.info):
            return self.info, ""
        language = _LANGUAGE.match(self.info)[1] or ""
        options = {name.lower(): value for name, value in _OPTION.findall(self.info)}
        lines = options.get("hl_lines") or options.get("highlight") or ""
        if not lines and (match := _LINES.search(self.info)):
            lines = match[1]
        numbers: list[int] = []
        for first, last in _RANGE.findall(lines):
            numbers += range(int(first), min(int(last or first), int(first) + _MAX_HIGHLIGHTED) + 1)
        if not numbers:
            return language, ""
        text = " ".join(map(str, numbers[:_MAX_HIGHLIGHTED]))
        return language, f' hl_lines="{text}"'


class _Fences(FencedBlockPreprocessor):
    """Code blocks that may number and highlight their lines, and pass Pygments no other option."""

    def handle_attrs(self, attrs) -> tuple[str, list[str], dict]:
        name, classes, options = super().handle_attrs(attrs)
        if not re.fullmatch(r"\d{1,6}", str(options.get("linenostart", ""))):
            options.pop("linenostart", None)
        allowed = ("hl_lines", "linenums", "linenostart")
        return name, classes, {key: options[key] for key in allowed if key in options}


class FenceExtension(Extension):
    """Pass Pygments no option of a fence that it does not know."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Replace the extension of Markdown's own, and no other one, such as superfences."""
        name = "fenced_code_block"
        if name in md.preprocessors and type(md.preprocessors[name]) is FencedBlockPreprocessor:
            md.preprocessors.register(_Fences(md, md.preprocessors[name].config), name, 25)
