"""Texts of other systems become Markdown that stands here: what only they read is taken out."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from ...util import CONTROL, TEX_MATH, shorten
from ..result import SourceTree
from .assets import copy_assets
from .html_to_markdown import html_to_markdown

# What stands for a piece of code or a formula while the text around it is changed.
_KEPT = re.compile("\ue000(\\d{1,9})\ue001\n*")
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,9})(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]\w{1,30});|&nbsp\b")
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
_SOURCE = re.compile(
    r"""<[a-z]{1,20}\s[^<>]{0,1000}?\b(?:src|data)\s?=\s?["']([^"'<>]{1,1000})""", re.I
)
_HIGHLIGHT = re.compile(r"\{%-?\s*(end)?highlight\s*([\w+-]{0,30})[^%\n]{0,80}%\}")
_LINK = re.compile(r"\{%-?\s*link\s+([^\s%]{1,300})\s*-?%\}")
_FIGURE = re.compile(
    r"\{%-?\s*include\s+(?=[^%\n]{0,80}(?:figure|image|img|picture|caption))([^%]{1,1000})%\}"
    r"|\{\{<\s*(?:figure|img|image)\s([^<>]{1,1000})>\}\}"
)
_GIVEN = re.compile(r"""\b([\w-]{1,30})\s?=\s?(?:"([^"]{0,500})"|'([^']{0,500})')""")
_UNSAFE = re.compile(
    r"""\s(?:href|src|data)\s?=\s?(["']?)\s{0,9}(?:javascript|vbscript|data|file):[^"'<>]{0,4000}\1""",
    re.I,
)
_VALUE = re.compile(r"\{\{-?(?![<%])([^{}\n]{0,500})\}\}")
_WORDS = re.compile(r"""\s*["']([^"']*)["']\s*(?:\|.*)?""")
# Where the old site lay: below the root of ours.
_BASE = re.compile(r"\s*-?\s*(?:(?:site\.)?(?:baseurl|base_url|url|base_path)|relative_url)\b.*")
_TAGS = re.compile(r"\{%[^%]{0,1000}(?:%(?!\})[^%]{0,100}){0,10}%\}|\{\{[<%][^{}]{0,1000}[>%]\}\}")
_ATTRIBUTES = re.compile(
    r"[ \t]?\{:[^{}\n]{1,300}\}|(?<=\S)[ \t]+\{[#.][\w#.: =\"'-]{1,200}\}(?=[ \t]*$)", re.MULTILINE
)
_CONTENTS = re.compile(r"^[ \t]*[-*+1][.)]?[ \t]+\S[^\n]{0,80}\n[ \t]*\{:\s*toc\b", re.M | re.I)


def clean_markdown(source: SourceTree, file: Path, text: str, line: int, folder: str) -> str:
    """Return a text without what only its system reads, and note what was taken out.

    `line` is that of the text's first line in `file`; files that it shows or links to are
    brought along into `folder` of content/.
    """
    return clean_and_copy_assets(
        source, file, strip_template_syntax(source, file, text, line), line, folder
    )


def clean_and_copy_assets(source: SourceTree, file: Path, text: str, line: int, folder: str) -> str:
    """Return a text as Markdown, its files brought along; nothing of a system stands in it."""
    text, kept = _hide(text)
    text = html_to_markdown(copy_assets(source, file, text, line, folder))
    text = re.sub(r"(?<![ \t])[ \t]*+\\\\[ \t]*+$", "  ", text, flags=re.MULTILINE)
    lines = [
        row if row.lstrip().startswith("|") else row.replace("\\|", "|") for row in text.split("\n")
    ]
    text = _show("\n".join(_indented(lines)), kept)
    text = "\n".join(row if row.endswith("  ") and row.strip() else row.rstrip()
                     for row in text.split("\n"))  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


def strip_template_syntax(source: SourceTree, file: Path, text: str, line: int) -> str:
    """Return a text without what only its system reads; each line stays where it is."""

    def left(match: re.Match, what: str) -> str:
        row = line + match.string.count("\n", 0, match.start())
        source.note("left", file, f"{what} is left out", row)
        return "\n" * match[0].count("\n")

    def cut(what: str, start: re.Pattern, end: re.Pattern) -> str:
        parts, place = [], 0
        while found := start.search(text, place):
            last = end.search(text, found.end())
            piece = text[found.start() : last.end() if last else found.end()]
            address = _SOURCE.search(piece)
            words = address[1] if address else re.sub(r"<[^<>]{0,500}>|[{}%]|<!--|-->", " ", piece)
            words = shorten(_KEPT.sub(" ", words)).strip()
            told = f"{what} is left out" + (f": {words}" if words else "")
            source.note("left", file, told, line + text.count("\n", 0, found.start()))
            parts += [text[place : found.start()], "\n" * piece.count("\n")]
            place = found.start() + len(piece)
            if not last:
                parts.append(start.sub("", text[place:]))
                place = len(text)
        return "".join([*parts, text[place:]])

    def tell(match: re.Match) -> str:
        return left(match, f'"{shorten(match[0].strip())}"')

    if CONTROL.search(text):
        text = CONTROL.sub(" ", text)
        source.note("guessed", file, "control characters in it became blanks", line)
    text = text.replace("\ue000", " ").replace("\ue001", " ")
    text, kept = _hide(text)
    text = _ENTITY.sub(_letter, text) if "&" in text else text
    text = re.sub(r"<!doctype[^<>]{0,300}>", "", _RAW.sub("", text), count=1, flags=re.IGNORECASE)
    for what, start, end in _CUTS:
        text = cut(what, start, end)
    text = _UNSAFE.sub(tell, text)
    if "{" in text:
        text = _CONTENTS.sub(tell, text)
        text = _HIGHLIGHT.sub(lambda match: "```" if match[1] else f"```{match[2]}", text)
        text = _LINK.sub(lambda match: f"/{match[1].lstrip('/')}", text)
        text = _FIGURE.sub(lambda match: _figure(match) or tell(match), text)
        text = _VALUE.sub(_value(tell), text)
        text = _ATTRIBUTES.sub(tell, _TAGS.sub(tell, text))
    return _show(text, kept)


def _letter(match: re.Match) -> str:
    """Return the letter that an entity stands for, unless Markdown or HTML would read a sign."""
    letter = unescape(match[0]).replace("\u00a0", " ")
    return match[0] if re.search(r"[\x00-\x1f&<>\"'`*_|#$~\[\]\\\ue000\ue001]", letter) else letter


def _value(tell: Callable[[re.Match], str]) -> Callable[[re.Match], str]:
    def value(match: re.Match) -> str:
        if words := _WORDS.fullmatch(match[1]):
            return words[1]
        return "" if _BASE.fullmatch(match[1]) else tell(match)

    return value


def _figure(match: re.Match) -> str | None:
    """Return the picture that a tag of Jekyll's or Hugo's shows, as Markdown."""
    given = {name.lower(): one or two for name, one, two in _GIVEN.findall(match[1] or match[2])}
    path = next(
        (given[name] for name in ("path", "src", "image_path", "url") if given.get(name)), ""
    )
    words = next((given[name] for name in ("alt", "caption", "title") if given.get(name)), "")
    if not path or "{{" in path:
        return None
    return f"![{re.sub(r'[][]', '', words)}](<{path}>)" + "\n" * match[0].count("\n")


def _indented(lines: list[str]) -> list[str]:
    """Indent lists within lists by four, as Markdown here reads them."""
    widths: list[int] = []
    found = []
    for line in lines:
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
        if re.match(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]", line) and (widths or indent < 4):
            while widths and indent < widths[-1]:
                widths.pop()
            if not widths or indent > widths[-1] + 1:
                widths.append(indent)
            line = " " * 4 * (len(widths) - 1) + line.lstrip()
        elif line.strip() and not indent:
            widths = []
        elif line.strip() and widths and indent < 4 * len(widths):
            line = " " * 4 * len(widths) + line.lstrip()
        found.append(line)
    return found


def _hide(text: str) -> tuple[str, list[str]]:
    """Take code and formulas out of a text; each leaves a mark, and its line ends."""
    kept: list[str] = []

    def hide(match: re.Match) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001" + "\n" * match[0].count("\n")

    if "`" in text or "~" in text:
        text = _CODE.sub(hide, text)
    # Nobody's formulas are more, and looking for their ends takes long where there are none.
    if ("$" in text or "\\" in text) and text.count("\\(") + text.count("\\[") < 1000:
        text = TEX_MATH.sub(hide, text)
    return text, kept


def _show(text: str, kept: list[str]) -> str:
    def show(match: re.Match) -> str:
        piece = kept[int(match[1])]
        ends = match[0].count("\n") - piece.count("\n")
        return _show(piece, kept) + "\n" * max(ends, 0)

    return _KEPT.sub(show, text) if kept else text
