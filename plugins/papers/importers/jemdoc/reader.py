"""jemdoc's sites: the pages of the menu, from their sources or from its HTML."""

import re
from functools import partial
from pathlib import Path

from ..common import count_words, plain_text
from ..result import SourceTree
from ..webpage import find_person_name, import_page
from .markup import convert_jemdoc

_GENERATOR = re.compile(r"<meta\s+name=\"generator\"\s+content=\"jemdoc", re.IGNORECASE)
_MENU_LINE = re.compile(r"^\s*(?P<title>[^\[\]#]*?)\s*\[(?P<file>[^\[\]\s]+)\s*\]", re.MULTILINE)
_MENU_CELL = re.compile(r"<td\s+id=\"layout-menu\">.*?</td\s*>", re.IGNORECASE | re.DOTALL)
_MENU_LINK = re.compile(r"<a\s+href=\"(?P<file>[^\"]+)\"[^>]*>(?P<title>.*?)</a>", re.I | re.S)
_FOOTER = re.compile(r"<div\s+id=\"footer\">.*\Z", re.IGNORECASE | re.DOTALL)
_TOP_TITLE = re.compile(
    r"<div\s+id=\"toptitle\">\s*(?P<title><h1>.*?</h1>)(?P<rest>.*?)</div\s*>", re.I | re.S
)
_IMAGE_TABLE = re.compile(r"<table\s+class=\"imgtable\">.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_TABLE_TAG = re.compile(r"</?(?:table|tr|td)\b[^<>]*>|&nbsp;(?=</td>)", re.IGNORECASE)
_LINKED = re.compile(r"\[([\w./-]+)\.html[#\s\]]")
_HOMES = ("index", "home", "main")


def import_jemdoc(source: SourceTree) -> bool:
    """Import a site of jemdoc; tell whether it is one."""
    pages = source.list_files("*.jemdoc", "*/*.jemdoc")
    if pages:
        source.converters[".jemdoc"] = convert_jemdoc
        _import_pages(source, pages, ".jemdoc", partial(_read_menu, source))
        return True
    pages = source.list_files("*.html", "*.htm")
    pages = [path for path in pages if _GENERATOR.search(source.read_text(path)[:3000])]
    if not any(path.stem.lower() in _HOMES for path in pages):
        return False
    menu = _read_html_menu(source, pages)
    source.converters |= dict.fromkeys((".html", ".htm"), _clean_html)
    _import_pages(source, pages, "", lambda: menu)
    return True


def _import_pages(source: SourceTree, pages: list[Path], suffix: str, read_menu) -> None:
    """Import the home page, and the pages that the menu or another page leads to."""
    home = min(pages, key=lambda path: (len(path.parts), *(path.stem.lower() != name
                                                           for name in _HOMES)))  # fmt: skip
    menu = read_menu()
    linked = {stem for path in pages if suffix for stem in _LINKED.findall(_read_raw(path))}
    listed = {Path(file).stem for file in menu} | {Path(stem).name for stem in linked}
    others = [path for path in pages if path != home]
    left = [path for path in others if suffix and path.stem not in listed]
    order = [Path(file).stem for file in menu]
    others = sorted(
        (path for path in others if path not in left),
        key=lambda path: (order.index(path.stem) if path.stem in order else len(order), path),
    )
    titles = {Path(file).stem: title for file, title in menu.items()}
    convert = source.converters.get(home.suffix)
    if suffix:
        source.converters[suffix] = _convert_home
    import_page(source, home, is_home=True)
    source.converters[home.suffix] = convert
    for path in others:
        _import_page(source, path, titles.get(path.stem, ""))
    for path in left:
        source.note("left", path, "neither the menu nor a page leads to it")
    if not left and others:
        source.note("taken", home, count_words(len(others) + 1, "page", "pages"))


def _read_raw(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _read_menu(source: SourceTree) -> dict[str, str]:
    """Return the files of the menus, and their titles."""
    menu: dict[str, str] = {}
    for path in source.list_files("MENU*", "*/MENU*", "menu*", "*/menu*"):
        if path.suffix.lower() in ("", ".jemdoc", ".txt"):
            for match in _MENU_LINE.finditer(source.read_text(path)):
                menu.setdefault(match["file"], plain_text(match["title"]))
    return menu


def _read_html_menu(source: SourceTree, pages: list[Path]) -> dict[str, str]:
    menu: dict[str, str] = {}
    for path in pages:
        if cell := _MENU_CELL.search(source.read_text(path)):
            for match in _MENU_LINK.finditer(cell[0]):
                title = plain_text(match["title"]).replace("\xa0", " ")
                menu.setdefault(match["file"], title)
    return menu


def _clean_html(text: str) -> str:
    """Return what a page of jemdoc's says, without menu, footer and layout, line by line."""
    if not _GENERATOR.search(text[:3000]):
        return text
    start = max(text.find('id="layout-content"'), text.find("<body"))
    start = text.find(">", start) + 1 if start >= 0 else 0
    text = "\n" * text.count("\n", 0, start) + text[start:]
    text = _FOOTER.sub("", text)
    text = _TOP_TITLE.sub(r"\g<title>\g<rest>", text)
    text = _IMAGE_TABLE.sub(lambda match: _TABLE_TAG.sub("", match[0]), text)
    # A paragraph within an item is no other item.
    return re.sub(r"</p>(\s*)</li>", r"</li>\1", re.sub(r"<li>(\s*)<p>", r"<li>\1", text))


def _convert_home(text: str) -> str:
    """Return the source of the home page as Markdown; its first heading may be the name."""
    lines = convert_jemdoc(text).split("\n")
    headings = [n for n, line in enumerate(lines) if line.startswith("#")]
    if headings and not any(lines[n].startswith("# ") for n in headings):
        first = headings[0]
        if find_person_name(lines[first].lstrip("# ")):
            lines[first] = f"# {lines[first].lstrip('# ')}"
    return "\n".join(lines)


def _import_page(source: SourceTree, path: Path, title: str) -> None:
    """Import a page under its own title, or that in the menu."""
    count = len(source.result.documents)
    import_page(source, path, is_home=False)
    for document in source.result.documents[count:]:
        if document.kind != "page":
            continue
        first, _, rest = document.body.partition("\n")
        own = plain_text(first.lstrip("# ")) if first.startswith("#") else ""
        if own and not find_person_name(own):
            document.body = rest.strip() or document.body
            document.headers["title"] = own
        elif title:
            document.headers["title"] = title
