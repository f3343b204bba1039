"""Quarto's Markdown becomes plain Markdown, line by line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..common import replace_videos

# A fence of code, and what is after it: "r", "{r, echo=FALSE}", "{.bash filename=x}", "{=html}".
FENCE = re.compile(r"^(?P<indent> {0,12}(?:[-*>] )?)(?P<char>`{3,}|~{3,})\s*(?P<info>[^`\n]*)$")
# A language that Quarto runs.
CELL = re.compile(r"\{\s*(?P<language>r|python|julia|ojs|bash|sql|stan|webr[\w-]*|pyodide[\w-]*"
                  r"|dot|mermaid|css|js|observable)\b(?P<options>[^}]*)\}", re.I)  # fmt: skip
_DRAWN = ("mermaid", "dot")
_HIDDEN = re.compile(
    r"(?:echo|include)\s*[:=]\s*(?:false|f)\b|^\s*output\s*[:=]\s*asis", re.I | re.M
)
_OPTION_LINE = re.compile(r"^\s*(?:#|//|--|%%)\|")
_DIV = re.compile(r"^[ \t]{0,12}:{3,}[ \t]*(?P<info>\{[^\n]*\}|[\w.-]+)?[ \t]*:*[ \t]*$")
_ID = re.compile(r"#([\w:-]+)")
_CALLOUT = re.compile(r"\.callout-(\w+)")
_TITLE = re.compile(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NOT_SHOWN = re.compile(
    r"\.content-hidden(?!.*unless-format=.html)(?:.*when-format=.html|[^=]*$)"
    r"|\.content-visible\b.*(?:unless-format=.html|when-format=.(?!html))|\.hidden\b"
    r"|display:\s*none"
)
# Boxes whose classes say what they hold of a paper.
_PAPER_BOX = re.compile(
    r"(?<![\w-])\.[\w-]*(?:pub|paper|article|entry|author|venue|journal|abstract|citation)[\w-]*"
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+(?P<path>[^\s>]+)\s*>\}\}\s*$")
_ICON = re.compile(
    r"\{\{<\s*(?:fa|ai|bi|iconify|academicons|fontawesome)\s+([^<>]{1,100}?)\s*>\}\}"
)
_ICON_LINK = re.compile(rf"\[\s*{_ICON.pattern}\s*\](?=\()")
_VIDEO = re.compile(r"\{\{<\s*(?:video|youtube|vimeo)\s+\"?([^\s\"<>]{1,500})[^<>]{0,200}>\}\}")
# A shortcode around words, such as an animation.
_AROUND_WORDS = re.compile(r"\{\{<\s*[\w-]+\s+(?:[\w-]+\s+){0,3}\"([^\"=/<>]{2,200})\"\s*>\}\}")
_BREAK = re.compile(
    r"\{\{<\s*(?:pagebreak|br|blank[\w-]*)[^<>]{0,80}>\}\}|\{\{<\s*ai blank[^<>]*>\}\}"
)
_ATTRIBUTES = r"\{(?:[#.=]|[\w-]{1,30}=)[^{}\n]{0,300}\}|\{\s*\}"
_BEHIND_LINK = re.compile(rf"(?<=\))(?:{_ATTRIBUTES})|(?<=\$\$)[ \t]*(?:{_ATTRIBUTES})")
_BEHIND_HEADING = re.compile(rf"^(#{{1,6}}[ \t].*?)[ \t]*(?:{_ATTRIBUTES}|\{{-\}})[ \t]*$")
_SPAN = re.compile(
    rf"\[((?:[^\[\]\n]|!?\[[^\[\]\n]{{0,300}}\](?:\([^()\n]{{0,500}}\))?){{0,600}})\]"
    rf"(?:{_ATTRIBUTES})"
)
_RAW_HTML = re.compile(r"`([^`\n]{1,500})`\{=html\}")
_RAW_OTHER = re.compile(r"`[^`\n]{1,500}`\{=\w+\}")
INLINE_CODE = re.compile(r"`(?:\{(?:r|python|julia|ojs)\}|r)\s[^`\n]{1,300}`")
_NOTE = re.compile(r"(?<!\[)\^\[((?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){1,800})\]")
CITATION = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,300}?(?:(?<=\[)|(?<=[\s;-]))@\w[^\[\]\n]{0,600})\](?![(\[:])"
)
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
# Names of icons as the labels of links.
_ICON_LABELS = {
    "book": "paper", "r-project": "code", "file-pdf": "pdf", "file-earmark-pdf": "pdf",
    "scroll": "paper", "newspaper": "paper", "newspaper-o": "paper", "link": "link",
    "database": "data", "youtube": "video", "person-chalkboard": "slides", "display": "slides",
    "code": "code", "globe": "website", "file-code": "code",
}  # fmt: skip


@dataclass(slots=True)
class _Div:
    """An open div: what closes it, whether it is shown, and whether it is a box of a paper."""

    end: str = ""
    hidden: bool = False
    box: bool = False


@dataclass(slots=True)
class _Converter:
    """The state between the lines of a text."""

    marks: Mapping[str, str]
    divs: list[_Div] = field(default_factory=list)
    # The fence of the open block of code, whether it is shown, and whether it is HTML.
    fence: str = ""
    shown: bool = True
    raw: bool = False
    used: set[str] = field(default_factory=set)

    def convert(self, line: str, below: str) -> str:
        """Return a line; `below` are the lines of its block of code."""
        if self.fence:
            return self._convert_code(line)
        if any(div.hidden for div in self.divs) and not _DIV.match(line):
            return ""
        if fence := FENCE.match(line):
            return self._open_fence(fence, below)
        if div := _DIV.match(line):
            return self._convert_div(div["info"])
        if include := _INCLUDE.match(line):
            return f"{{% include {include['path'].lstrip('/')} %}}"
        heading = _HEADING.match(line) if any(div.box for div in self.divs) else None
        line = convert_inline(line)
        if heading:
            level, words = len(heading[1]), convert_inline(heading[2])
            return f"<h{level}>{words}</h{level}>"
        return line

    def _open_fence(self, fence: re.Match, below: str) -> str:
        self.fence, info = fence["char"], fence["info"].strip()
        self.shown, self.raw = True, False
        if info.startswith("{="):
            self.raw, self.shown = info == "{=html}", info == "{=html}"
            return ""
        if cell := CELL.match(info):
            self.shown = is_shown(cell, below)
            return f"{fence['indent']}{self.fence}{cell['language'].lower()}" if self.shown else ""
        language = re.search(r"\.([\w+-]+)", info) if info.startswith("{") else None
        info = language[1] if language else "" if info.startswith("{") else info.split(" ")[0]
        return f"{fence['indent']}{self.fence}{info}"

    def _convert_code(self, line: str) -> str:
        if re.match(rf"\s*(?:[-*>] )?{re.escape(self.fence)}[`~]*\s*$", line):
            self.fence = ""
            return line if self.shown and not self.raw else ""
        if not self.shown or _OPTION_LINE.match(line):
            return ""
        return line

    def _convert_div(self, info: str | None) -> str:
        if not info:
            return self.divs.pop().end if self.divs else ""
        div, text = _Div(hidden=_NOT_SHOWN.search(info) is not None), ""
        identifier = _ID.search(info)
        if identifier and identifier[1] in self.marks:
            self.used.add(identifier[1])
            text = self.marks[identifier[1]]
        elif callout := _CALLOUT.search(info):
            title = _TITLE.search(info)
            words = (title[1] or title[2]) if title else callout[1].capitalize()
            text = f"**{words}**"
        elif box := _PAPER_BOX.findall(info):
            div.box, div.end = True, "</div>"
            text = f'<div class="{" ".join(name[1:] for name in box)}">'
        self.divs.append(div)
        return "" if div.hidden else text


def is_shown(cell: re.Match, below: str) -> bool:
    """Tell whether a page shows the code of a cell; `below` are the lines in it."""
    options = "\n".join(line for line in below.split("\n") if _OPTION_LINE.match(line))
    options = re.sub(r"(?m)^\s*\S+\|\s*", "", options)
    if cell["language"].lower() in _DRAWN:
        return True
    return not _HIDDEN.search(f"{cell['options']}\n{options}")


def read_cell(lines: list[str], number: int) -> str:
    """Return the lines of the block of code that begins in a line."""
    fence = FENCE.match(lines[number])
    end = number + 1
    while end < len(lines) and not (fence and lines[end].strip().startswith(fence["char"])):
        end += 1
    return "\n".join(lines[number + 1 : end])


def convert_markdown(text: str, marks: Mapping[str, str] = {}) -> str:
    """Return a text of Quarto as plain Markdown with the same lines; its header stays as it is.

    `marks` are lines for the divs of these ids; those without a div follow at the end.
    """
    lines = text.split("\n")
    start = 0
    if lines[0].strip() == "---":
        ends = (n for n in range(1, len(lines)) if lines[n].rstrip() in ("---", "..."))
        start = next(ends, -1) + 1
    converter = _Converter(marks)
    for number in range(start, len(lines)):
        is_cell = not converter.fence and FENCE.match(lines[number])
        below = read_cell(lines, number) if is_cell else ""
        lines[number] = converter.convert(lines[number], below)
    lines += [f"\n{mark}" for name, mark in marks.items() if mark and name not in converter.used]
    return "\n".join(lines)


def convert_inline(line: str) -> str:
    """Return a line without attributes, spans and shortcodes."""
    if "{" in line:
        line = _RAW_OTHER.sub("", _RAW_HTML.sub(r"\1", line))
        line = INLINE_CODE.sub("…", line)
        line = _ICON_LINK.sub(lambda match: f"[{_icon_label(match[1])}]", line)
        line = _BREAK.sub("", re.sub(rf"{_ICON.pattern}[ \t]?", "", line))
        line = _AROUND_WORDS.sub(r"\1", line)
        line = _VIDEO.sub(lambda match: f"[video]({match[1]})", replace_videos(line))
        line = _BEHIND_LINK.sub("", _BEHIND_HEADING.sub(r"\1", line))
        for _ in range(3):  # Spans within spans.
            line = _SPAN.sub(r"\1", line)
    elif "`r " in line:
        line = INLINE_CODE.sub("…", line)
    if "^[" in line or "@" in line:
        code = _CODE_SPAN.split(line)
        if len(code) == 1:
            line = _NOTE.sub(r" (\1)", line)
            line = CITATION.sub(lambda match: f"({match['words'].replace('@', '')})", line)
    return line


def _icon_label(words: str) -> str:
    """Return the label of a link that is an icon only."""
    names = [word for word in words.split() if "=" not in word]
    name = names[-1].strip('"').lower() if names else "link"
    return _ICON_LABELS.get(name, name)
