"""jemdoc's markup becomes Markdown, line by line."""

import re
from dataclasses import dataclass

from ..common import HiddenParts, escape_link_target, remove_placeholders

_BLOCK = re.compile(r"\s*~~~+\s*(?P<arguments>\{.*)?$")
_ARGUMENTS = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_COMMENT = re.compile(r"(?<!\\)#.*$")
_HEADING = re.compile(r"^(={1,6})\s*(.*?)\s*=*\s*$")
_ITEM = re.compile(r"^\s*(?P<char>-{1,4}|\.{1,4})\s+(?=\S)")
_DEFINITION = re.compile(r"^\s*:\s*\{(?P<term>[^{}]*)\}\s*")
_ESCAPED = re.compile(r"\\([-*/_+$#%\[\]{}.'\"|=~&<>:(])")
_RAW = re.compile(r"\{\{(.{0,1000}?)\}\}")
_MATH = re.compile(r"(?<!\\)\$[^$\n]{1,500}(?<!\\)\$|\\\([^\n]{1,500}?\\\)")
_CODE = re.compile(r"(?<![\w\\+])\+(?=\S)([^+\n]{1,300}?)(?<=\S)\+(?![\w+])")
_IMAGE = re.compile(
    r"\[\s*img(?P<sizes>(?:\{[^{}]*\}){0,4})\s+(?P<file>[^\s\[\]]+)\s*(?P<words>[^\[\]]{0,200})\]"
)
_LINK = re.compile(
    rf"(?<!\\)\[(?P<target>[^\s\[\]\\]{{1,1000}})"
    rf"(?:\s+(?P<words>(?:[^\[\]\n\\]|\\.|{HiddenParts.PLACEHOLDER}){{1,600}}?))?\s*(?<!\\)\]"
)
_TARGET = re.compile(
    r"[\w+-]+:|[^\s@]+@[^\s@]+\.\w+$|#|\.{0,2}/|[^\s]+\.\w{2,5}(?:[/#?].*)?$|[\w-]+\.\w+/"
)
_ITALIC = re.compile(r"(?<![\w:/\\.])/(?=[^\s/])([^/\n]{1,300}?)(?<=[^\s/])/(?![\w/])")
_BOLD = re.compile(r"(?<![\w\\*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*\\])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\_])_(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_\\])_(?![\w_])")
_BREAK = re.compile(r"\\n(?![a-zA-Z])")
_LANGUAGES = {"pyint": "python", "c": "c", "matlab": "matlab", "sh": "sh"}
# Kinds of blocks that are not code.
_KINDS = ("img_left", "img_right", "table", "raw")


@dataclass(slots=True)
class _Converter:
    """The open block: its kind, and what closes it."""

    kind: str = ""
    is_open: bool = False
    begins: bool = False

    def convert(self, line: str) -> str:
        if block := _BLOCK.match(line):
            return self._toggle(block["arguments"] or "")
        if self.begins:
            self.begins = False
            if line.lstrip().startswith("{") and not line.lstrip().startswith("{{"):
                return self._open(line)
        if self.kind == "raw":
            return line
        if self.kind == "code":
            return line.rstrip("\n")
        line = _COMMENT.sub("", line).replace("\\#", "#") if "#" in line else line
        if self.kind == "table":
            return _convert_cells(line)
        return _convert_line(line)

    def _toggle(self, arguments: str) -> str:
        if self.is_open:
            end = "```" if self.kind == "code" else ""
            self.is_open, self.kind = False, ""
            return end
        self.is_open = True
        if arguments:
            return self._open(arguments)
        self.begins = True
        return ""

    def _open(self, line: str) -> str:
        """Return what begins a block; its arguments are title, kind, and what the kind needs."""
        title, kind, *others = (*_ARGUMENTS.findall(line), "", "")
        others = [text.strip() for text in others]
        self.kind = kind.strip()
        if self.kind in ("img_left", "img_right"):
            words = others[1] if len(others) > 1 else ""
            words = "" if re.fullmatch(r"alt text|\d*", words) else words
            image = f"![{words}]({escape_link_target(others[0])})" if others else ""
            link = others[4] if len(others) > 4 else ""
            return f"[{image}]({escape_link_target(link)})" if image and link else image
        heading = f"**{convert_inline(title)}**" if title.strip() else ""
        if self.kind in ("", *_KINDS):
            return heading
        language, self.kind = self.kind, "code"
        return f"```{_LANGUAGES.get(language, language if language != 'code' else '')}"


def _convert_cells(line: str) -> str:
    """Return a line of a table: a cell, or the cells of a row with marks between them."""
    cells = [convert_inline(cell).strip() for cell in re.split(r"\s*(?<!\\)\|{1,2}\s*", line)]
    return " · ".join(filter(None, cells))


def _convert_line(line: str) -> str:
    if heading := _HEADING.match(line):
        return f"{'#' * len(heading[1])} {convert_inline(heading[2])}" if heading[2] else ""
    if item := _ITEM.match(line):
        char = "1. " if item["char"][0] == "." else "- "
        indent = " " * 4 * (len(item["char"]) - 1)
        return f"{indent}{char}{convert_inline(line[item.end() :])}"
    if item := _DEFINITION.match(line):
        return f"- **{convert_inline(item['term'])}** {convert_inline(line[item.end() :])}"
    return convert_inline(line)


def convert_jemdoc(text: str) -> str:
    """Return a text of jemdoc as Markdown with the same lines."""
    converter = _Converter()
    return "\n".join(map(converter.convert, remove_placeholders(text).split("\n")))


def convert_inline(line: str) -> str:
    """Return a line of jemdoc as Markdown, apart from what begins it."""
    hidden = HiddenParts()
    hide = hidden.hide
    line = _RAW.sub(lambda match: hide(match[1]), line)
    line = _MATH.sub(lambda match: hide(match[0]), line)
    line = _IMAGE.sub(lambda match: hide(_render_image(match)), line)
    # A link within brackets that are printed.
    line = re.sub(r"\\\[(\[[^\[\]]{1,1500}\])\\\]", r"\1", line)
    line = _LINK.sub(lambda match: _render_link(match, hide), line)
    line = _CODE.sub(lambda match: hide(f"`{_unescape(match[1])}`"), line)
    line = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", line))
    line = _UNDERLINED.sub(r"**\1**", line)
    line = re.sub(r"(?<!-)---(?!-)", "—", line)
    line = re.sub(r"(?<![-\\])--(?!-)", "–", line)
    line = re.sub(r"(?:\\n\s*)+$", "  ", line)
    return hidden.restore(_unescape(_BREAK.sub("<br>", line)))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: match[0] if match[1] in "*_$" else match[1], text)


def _render_image(match: re.Match) -> str:
    sizes = _ARGUMENTS.findall(match["sizes"])
    words = match["words"].strip() or (sizes[2] if len(sizes) > 2 else "")
    return f"![{words.strip()}]({escape_link_target(match['file'])})"


def _render_link(match: re.Match, hide) -> str:
    target, words = match["target"], (match["words"] or "").strip()
    if not _TARGET.match(target):
        return match[0]
    if "@" in target and ":" not in target and "/" not in target:
        words, target = words or target, f"mailto:{target}"
    words = re.sub(r"^\[(.*)\]$", r"\1", _unescape(words or target))
    words = words.replace("[", "(").replace("]", ")")
    words = _BOLD.sub(r"**\1**", words)
    return hide(f"[{words.strip()}]({escape_link_target(_unescape(target))})")
