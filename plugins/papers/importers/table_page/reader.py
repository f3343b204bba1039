"""A page of tables: name and portrait, sections, and a row for each paper."""

import re
from pathlib import Path

from ..common import fold_text, plain_text
from ..result import SourceTree
from ..webpage import import_page
from .rows import convert_row, find_title, is_highlighted, unwrap_layout

_ROW = re.compile(r"<tr\b(?:(?!<tr\b|</tr\s*>).)*(?:</tr\s*>|(?=<tr\b)|\Z)", re.I | re.S)
_MARK = re.compile(r"<papertitle\b|class\s*=\s*[\"']?[^\"'<>]*\bpaper-?_?title\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:<p\b[^<>]*>\s*)?<name\b[^<>]*>(?P<name>.*?)</name\s*>(?:\s*</p\s*>)?"
    r"|<p\b[^<>]*class\s*=\s*[\"']name[\"'][^<>]*>(?P<other>.*?)</p\s*>", re.I | re.S
)  # fmt: skip
_HEADING = re.compile(r"<heading\b[^<>]*>(?P<words>.*?)</heading\s*>", re.IGNORECASE | re.DOTALL)
_DIVIDER = re.compile(r"<!--[^<>]*-->")
_CREDIT = re.compile(
    r"<p\b[^<>]*>(?:(?!</?p\b).)*?(?:jonbarron_website|jonbarron\.info|template|source code)"
    r"(?:(?!</?p\b).)*</p\s*>", re.IGNORECASE | re.DOTALL
)  # fmt: skip
# Papers that follow one another.
_BOXES = re.compile("\ue005\\d+\ue006(?:(?:\\s|<br>)*\ue005\\d+\ue006)*")
_NO_SCHEME = re.compile(r"(\bhref\s*=\s*[\"'])(?=www\.)", re.IGNORECASE)


def import_table_page(source: SourceTree) -> bool:
    """Import a page of tables, or the one in a folder; tell whether there is one."""
    if source.file:
        path = source.file if source.file.suffix.lower() in (".html", ".htm") else None
    else:
        path = next(iter(source.list_files("index.html", "index.htm")), None)
    if path is None:
        return False
    text = source.read_text(path)
    if len(_MARK.findall(text)) < 1 or "<table" not in text.lower():
        return False
    highlighted = {
        fold_text(plain_text(title["words"]))
        for row in _ROW.findall(text)
        if is_highlighted(row) and (title := find_title(row))
    }
    source.converters |= dict.fromkeys((".html", ".htm"), _convert_page)
    import_page(source, path, is_home=True)
    _mark_selected(source, highlighted)
    _note_other_pages(source, path)
    return True


def _convert_page(text: str) -> str:
    """Return a page with boxes for its papers, and headings outside of tables, line by line."""
    if not _MARK.search(text):
        return text
    text = _keep_lines(_DIVIDER, "", text)
    text = _NO_SCHEME.sub(r"\1https://", text)
    boxes: list[str] = []

    def convert(match: re.Match) -> str:
        if find_title(match[0]) is None:
            return match[0]
        boxes.append(convert_row(match[0]))
        return f"\ue005{len(boxes) - 1}\ue006"

    text = _ROW.sub(convert, text.replace("\ue005", "").replace("\ue006", ""))
    text = _keep_lines(_CREDIT, "", text)
    text = _keep_lines(
        _NAME, lambda match: f"<h1>{_join(match['name'] or match['other'])}</h1>", text
    )
    text = _keep_lines(_HEADING, lambda match: f"<h2>{_join(match['words'])}</h2>", text)
    # Without tables around it, indented text would be code.
    text = re.sub(r"(?m)^[ \t]+", "", unwrap_layout(text))
    text = _BOXES.sub(r'<div class="papers">\g<0></div>', text)
    return re.sub("\ue005(\\d+)\ue006", lambda match: boxes[int(match[1])], text)


def _join(words: str) -> str:
    return " ".join(words.split())


def _keep_lines(pattern: re.Pattern, replacement, text: str) -> str:
    """Return a text with pieces replaced; blank lines take the place of their lines."""

    def replace(match: re.Match) -> str:
        new = replacement(match) if callable(replacement) else replacement
        return new + "\n" * (match[0].count("\n") - new.count("\n"))

    return pattern.sub(replace, text)


def _mark_selected(source: SourceTree, highlighted: set[str]) -> None:
    """Select the papers that the page shows in another colour, unless these are all."""
    papers = [document for document in source.result.documents if document.kind == "paper"]
    chosen = [paper for paper in papers if fold_text(paper.headers["title"]) in highlighted]
    if 0 < len(chosen) < len(papers):
        for number, paper in enumerate(chosen, start=1):
            paper.headers |= {"selected": "yes", "weight": str(number)}


def _note_other_pages(source: SourceTree, path: Path) -> None:
    """Note the pages beside the home page, which are projects' pages of their own."""
    if source.file:
        return
    others = [file for file in source.list_files("*.html", "*/index.html") if file != path]
    for other in others[:200]:
        message = "is a page of its own (copy its folder into content/extra/, and link to it)"
        source.note("left", other, message)
