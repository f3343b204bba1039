"""Texts of other systems become Markdown without their template syntax."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from ...util import CONTROL, TEX_MATH, find_tags, shorten
from ..result import SourceTree
from .assets import copy_assets
from .html_to_markdown import convert_html
from .videos import replace_videos

# Replaces a piece of code or a formula while the text around it changes.
_HIDDEN = re.compile("\ue000(\\d{1,9})\ue001\n*")
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,9})(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]\w{1,30});|&nbsp\b")
_DOCTYPE = re.compile(r"<!doctype[^<>]{0,300}>", re.IGNORECASE)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_CUTS = [
    ("a comment", re.compile("<!--"), re.compile("-->")),
    ("a comment", re.compile(r"\{%-?\s*comment\s*-?%\}"),
     re.compile(r"\{%-?\s*endcomment.{0,9}%\}")),
    ("a list that the old system makes", re.compile(r"\{%-?\s*for\s"),
     re.compile(r"\{%-?\s*endfor.{0,9}%\}")),
    ("the page's head", re.compile(r"<head\b", re.I), re.compile(r"</head\s*>", re.I)),
    ("a script", re.compile(r"<script\b", re.I), re.compile(r"</script\s*>", re.I)),
    ("a style sheet", re.compile(r"<style\b", re.I), re.compile(r"</style\s*>", re.I)),
    ("the site's menu", re.compile(r"<nav\b", re.I), re.compile(r"</nav\s*>", re.I)),
    ("an embedded page", re.compile(r"<iframe\b", re.I), re.compile(r"</iframe\s*>", re.I)),
    ("an embedded file", re.compile(r"<object\b", re.I), re.compile(r"</object\s*>", re.I)),
]  # fmt: skip
_SOURCE_ATTRIBUTES = ("src", "data", "data-src")
_HIGHLIGHT = re.compile(r"\{%-?\s*(end)?highlight\s*([\w+-]{0,30})[^%\n]{0,80}%\}")
_LINK = re.compile(r"\{%-?\s*(?P<kind>link|post_url)\s+(?P<name>[^\s%]{1,300})\s*-?%\}")
_FIGURE = re.compile(
    r"\{%-?\s*include\s+(?=[^%\n]{0,80}(?:figure|image|img|picture|caption))([^%]{1,1000})%\}"
    r"|\{\{<\s*(?:figure|img|image)\s([^<>]{1,1000})>\}\}"
)
_TAG_ATTRIBUTE = re.compile(r"""\b([\w-]{1,30})\s?=\s?(?:"([^"]{0,500})"|'([^']{0,500})')""")
_UNSAFE = re.compile(
    r"""\s(?:href|src|data)\s?=\s?(["']?)\s{0,9}(?:javascript|vbscript|data|file):[^"'<>]{0,4000}\1""",
    re.I,
)
_VARIABLE = re.compile(r"\{\{-?(?![<%])([^{}\n]{0,500})\}\}")
_LITERAL = re.compile(r"""\s*["']([^"']*)["']\s*(?:\|.*)?""")
# The address of the old site, which is the root of ours.
_BASE_URL = re.compile(
    r"\s*-?\s*(?:(?:site\.)?(?:baseurl|base_url|url|base_path)|relative_url)\b.*"
)
_TAGS = re.compile(r"\{%[^%]{0,1000}(?:%(?!\})[^%]{0,100}){0,10}%\}|\{\{[<%][^{}]{0,1000}[>%]\}\}")
_ATTRIBUTES = re.compile(
    r"[ \t]?\{:[^{}\n]{1,300}\}|(?<=\S)[ \t]+\{[#.][\w#.: =\"'-]{1,200}\}(?=[ \t]*$)", re.MULTILINE
)
_CONTENTS = re.compile(r"^[ \t]*[-*+1][.)]?[ \t]+\S[^\n]{0,80}\n[ \t]*\{:\s*toc\b", re.M | re.I)


def clean_body(source: SourceTree, path: Path, text: str, line: int, folder: str) -> str:
    """Return a text without template syntax as Markdown, and note what was skipped.

    `line` is the number of its first line in `path`. Files that it shows or links to are copied
    into `folder` of content/.
    """
    text = strip_template_syntax(source, path, text, line)
    return clean_and_copy_assets(source, path, text, line, folder)


def clean_and_copy_assets(source: SourceTree, path: Path, text: str, line: int, folder: str) -> str:
    """Return a text as Markdown with four spaces for each level of a list, its files copied."""
    text, hidden = _hide_code(text)
    text = convert_html(copy_assets(source, path, text, line, folder))
    text = re.sub(r"(?<![ \t])[ \t]*+\\\\[ \t]*+$", "  ", text, flags=re.MULTILINE)
    lines = [
        line if line.lstrip().startswith("|") else line.replace("\\|", "|")
        for line in text.split("\n")
    ]
    text = _restore_code("\n".join(_indent_lists(lines)), hidden)
    lines = [
        line if line.endswith("  ") and line.strip() else line.rstrip() for line in text.split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


def strip_template_syntax(source: SourceTree, path: Path, text: str, line: int) -> str:
    """Return a text without Liquid, shortcodes, scripts and the like, with as many lines."""
    if CONTROL.search(text):
        text = CONTROL.sub(" ", text)
        source.note("guessed", path, "control characters in it became spaces", line)
    text, hidden = _hide_code(text.replace("\ue000", " ").replace("\ue001", " "))
    text = _ENTITY.sub(_decode_entity, text) if "&" in text else text
    text = replace_videos(_DOCTYPE.sub("", _RAW.sub("", text), count=1))
    stripper = _TemplateStripper(source, path, line)
    for name, start, end in _CUTS:
        text = stripper.cut_out(text, name, start, end)
    text = _UNSAFE.sub(stripper.leave_out, text)
    if "{" in text:
        text = _CONTENTS.sub(stripper.leave_out, text)
        text = _HIGHLIGHT.sub(lambda match: "```" if match[1] else f"```{match[2]}", text)
        text = _LINK.sub(_replace_link_tag, text)
        text = _FIGURE.sub(stripper.replace_figure, text)
        text = _VARIABLE.sub(stripper.replace_variable, text)
        text = _ATTRIBUTES.sub(stripper.leave_out, _TAGS.sub(stripper.leave_out, text))
    return _restore_code(text, hidden)


def _replace_link_tag(match: re.Match) -> str:
    """Return the file that a tag of Jekyll links to, as an address."""
    folder = "_posts/" if match["kind"] == "post_url" else ""
    return f"/{folder}{match['name'].lstrip('/')}"


@dataclass(slots=True)
class _TemplateStripper:
    """Leaves syntax out of a text, and notes it with its line."""

    source: SourceTree
    path: Path
    first_line: int

    def _note(self, text: str, offset: int, message: str) -> None:
        line = self.first_line + text.count("\n", 0, offset)
        self.source.note("left", self.path, message, line)

    def leave_out(self, match: re.Match) -> str:
        message = f'"{shorten(match[0].strip())}" was skipped'
        self._note(match.string, match.start(), message)
        return "\n" * match[0].count("\n")

    def cut_out(self, text: str, name: str, start: re.Pattern, end: re.Pattern) -> str:
        """Return a text without what stands between two patterns."""
        parts, position = [], 0
        while match := start.search(text, position):
            end_match = end.search(text, match.end())
            piece_end = end_match.end() if end_match else match.end()
            piece = text[match.start() : piece_end]
            description = _describe(piece)
            message = f"{name} was skipped" + (f": {description}" if description else "")
            self._note(text, match.start(), message)
            parts += [text[position : match.start()], "\n" * piece.count("\n")]
            if not end_match:
                return "".join([*parts, start.sub("", text[piece_end:])])
            position = piece_end
        return "".join([*parts, text[position:]])

    def replace_variable(self, match: re.Match) -> str:
        if literal := _LITERAL.fullmatch(match[1]):
            return literal[1]
        return "" if _BASE_URL.fullmatch(match[1]) else self.leave_out(match)

    def replace_figure(self, match: re.Match) -> str:
        """Return the picture of a tag of Jekyll's or Hugo's as Markdown."""
        pairs = _TAG_ATTRIBUTE.findall(match[1] or match[2])
        attributes = {name.lower(): double or single for name, double, single in pairs}
        urls = (attributes.get(name) for name in ("path", "src", "image_path", "url"))
        alts = (attributes.get(name) for name in ("alt", "caption", "title"))
        url, alt = next(filter(None, urls), ""), next(filter(None, alts), "")
        if not url or "{{" in url:
            return self.leave_out(match)
        return f"![{re.sub(r'[][]', '', alt)}](<{url}>)" + "\n" * match[0].count("\n")


def _describe(piece: str) -> str:
    """Return the address in what was skipped, or else its words."""
    attributes = (
        tag.attributes.get(name) for tag in find_tags(piece) for name in _SOURCE_ATTRIBUTES
    )
    text = next(filter(None, attributes), "") or re.sub(
        r"<[^<>]{0,500}>|[{}%]|<!--|-->", " ", piece
    )
    return shorten(_HIDDEN.sub(" ", text)).strip()


def _decode_entity(match: re.Match) -> str:
    """Return the character of an entity, unless Markdown or HTML gives it a meaning."""
    text = unescape(match[0]).replace("\u00a0", " ")
    return match[0] if re.search(r"[\x00-\x1f&<>\"'`*_|#$~\[\]\\\ue000\ue001]", text) else text


# The first item of a list, unless a year or the like is at the beginning of a line.
_FIRST_ITEM = re.compile(r"(?:[-*+]|1[.)])[ \t]+\S")
_TEXT = re.compile(r"(?![#<|>]|[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])[ \t]{0,3}\S")


def _indent_lists(lines: list[str]) -> list[str]:
    """Indent lists within lists by four spaces; a blank line comes before a list below a text."""
    indents: list[int] = []
    result: list[str] = []
    in_list = False
    for line in lines:
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
        if re.match(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]", line) and (indents or indent < 4):
            if _FIRST_ITEM.match(line) and not in_list and result and _TEXT.match(result[-1]):
                result.append("")
            in_list = True
            while indents and indent < indents[-1]:
                indents.pop()
            if not indents or indent > indents[-1] + 1:
                indents.append(indent)
            line = " " * 4 * (len(indents) - 1) + line.lstrip()
        elif line.strip() and not indent:
            indents = []
        elif not line.strip():
            in_list = False
        elif line.strip() and indents and indent < 4 * len(indents):
            line = " " * 4 * len(indents) + line.lstrip()
        result.append(line)
    return result


def _hide_code(text: str) -> tuple[str, list[str]]:
    """Replace code and formulas by marks; return the text and what was replaced."""
    hidden: list[str] = []

    def hide(match: re.Match) -> str:
        hidden.append(match[0])
        return f"\ue000{len(hidden) - 1}\ue001" + "\n" * match[0].count("\n")

    if "`" in text or "~" in text:
        text = _CODE.sub(hide, text)
    # No page has more formulas, and a search for the ends of unclosed ones takes long.
    if ("$" in text or "\\" in text) and text.count("\\(") + text.count("\\[") < 1000:
        text = TEX_MATH.sub(hide, text)
    return text, hidden


def _restore_code(text: str, hidden: list[str]) -> str:
    def restore(match: re.Match) -> str:
        piece = hidden[int(match[1])]
        line_ends = match[0].count("\n") - piece.count("\n")
        return _restore_code(piece, hidden) + "\n" * max(line_ends, 0)

    return _HIDDEN.sub(restore, text) if hidden else text
