"""Pages written by hand: papers, news, and the rest as the home page."""

import re
from dataclasses import replace
from pathlib import Path

from ...content import Header, split_header
from ...util import shorten, strip_tags
from ..common import clean_and_copy_assets, count_words, strip_template_syntax
from ..result import SourceTree
from .assemble import PageContext, find_mark_legend
from .blocks import SourceLine, classify_heading, split_sections
from .cards_and_tables import unwrap_tables
from .owner import find_person_name, identify_owner
from .sections import import_section

_INCLUDE = re.compile(
    r"\s*\{%-?\s*include(?:_relative)?\s+([\w./-]{1,200}\.(?:md|html|markdown))\s*-?%\}\s*"
)
_HEAD = re.compile(r"<title>([^<>]{1,200})</title>", re.IGNORECASE)
_TITLED = re.compile(
    r"(<h[1-6]\b[^<>]{0,500}>[^<]{0,500}(?:<(?!/?h\d)[^<]{0,500}){0,20}</h[1-6]\s?>)", re.I
)
_FIRST = ("home.md", "index.md", "README.md", "index.html", "index.htm")
# Files that say of a repository what it is, and are no page of the site.
IGNORED_PAGES = frozenset(
    "readme license licence changelog contributing install customize faq 404".split()
)
_HOMES = ("index", "home", "about", "about-me", "about_me", "aboutme", "readme")


def import_page_folder(source: SourceTree) -> bool:
    """Take the home page of a folder of pages, and those beside it; tell whether there is one."""
    homes = [file for name in _FIRST for file in source.list_files(name)]
    if not homes:
        return False
    import_page(source, homes[0])
    for path in source.list_files("*.md", "*.html", "*.htm"):
        stem = path.stem.lower()
        other = path != homes[0] and path not in source.included
        if other and stem not in {*_HOMES, *IGNORED_PAGES}:
            import_page(source, path)
    return True


def import_page(source: SourceTree, path: Path) -> None:
    """Add the papers and news of a page to what was found, and the rest as a page.

    That is the home page where the file is the only one, or is named or addressed as such.
    """
    header, _ = _split(source, path)
    address = (header.get("permalink") or "").strip("'\"/ ")
    root = "permalink" in header.entries and not address
    home = root or path.stem.lower() in _HOMES or source.file is not None
    _read(source, path, home and (root or not is_publication_page(header, path)))


def is_publication_page(header: Header, path: Path) -> bool:
    """Tell whether a whole page is a list of papers, by its title, address or name."""
    names = (header.get("title"), header.get("permalink"), path.stem)
    return any(classify_heading(re.sub(r"[-_/]", " ", name or "")) == "papers" for name in names)


def _split(source: SourceTree, path: Path) -> tuple[Header, list[SourceLine]]:
    """Return a page's header block, and the lines below it, as they are numbered in the file."""
    text = source.read_text(path)
    header, body = Header(source.relative_name(path)), text
    if re.match(r"\s*---[ \t]*\n", text):
        header, body = split_header(source.relative_name(path), text)
        if header.unparsable:
            source.note("left", path, "its header block cannot be read, and is left out", 1)
            body = re.sub(r"\A\s*---\n.*?\n(?:---|\.\.\.)[ \t]*\n", "", text, flags=re.DOTALL)
    above = text.count("\n") - body.count("\n")
    return header, [
        SourceLine(row, path, above + n) for n, row in enumerate(body.split("\n"), start=1)
    ]


def _lines(
    source: SourceTree, path: Path, lines: list[SourceLine], within: tuple[Path, ...]
) -> list[SourceLine]:
    """Return lines without what only the old system reads, with the pages that they include."""
    first = lines[0].number if lines else 1
    raw = [line.text for line in lines]
    names = {n: match[1] for n, row in enumerate(raw) if (match := _INCLUDE.fullmatch(row))}
    kept = ["" if n in names else row for n, row in enumerate(raw)]
    text = _TITLED.sub(_joined, strip_template_syntax(source, path, "\n".join(kept), first))
    rows = text.split("\n")
    found: list[SourceLine] = []
    for n, row in enumerate(rows):
        if n not in names:
            cut = _TITLED.split(row) if row.lstrip().startswith("<") else [row]
            found += [SourceLine(one, path, first + n) for one in cut if one or len(cut) == 1]
            continue
        inner = next(
            (file for place in (path.parent, source.root / "_includes", source.root)
             for file in source.list_files((place / names[n]).relative_to(source.root).as_posix())
             if ".." not in names[n]), None)  # fmt: skip
        if inner is None or inner in within:
            source.note("left", path, f'"{names[n]}" is not here, and is left out', first + n)
            continue
        source.included.add(inner)
        _, below = _split(source, inner)
        found += _lines(source, inner, below, (*within, inner))
    return found


def _joined(match: re.Match) -> str:
    """Return a heading of HTML on one line, its line ends behind it."""
    text = re.sub(r"\s*\n\s*", " ", match[0])
    return re.sub(r"\A(<h\d[^<>]*>) | (?=</h\d\s?>\Z)", r"\1", text) + "\n" * match[0].count("\n")


def _read(source: SourceTree, path: Path, home: bool) -> None:
    header, lines = _split(source, path)
    heads = (_HEAD.search(line.text) for line in lines[:60])
    title = header.get("title") or next((head[1] for head in heads if head), "")
    lines = _lines(source, path, lines, (path,))
    kind = "papers" if not home and is_publication_page(header, path) else "other"
    sections = split_sections(lines, kind)
    context = PageContext(marks=find_mark_legend("\n".join(line.text for line in lines)))
    for mark, meant in context.marks.items():
        told = f'"{mark}" behind an author became "{meant}", as the page explains it'
        place = next(
            line.number for line in lines if find_mark_legend(line.text).get(mark) == meant
        )
        source.note("guessed", path, told, place)
    count = len(source.result.documents)
    pieces: list[list[SourceLine] | str] = []
    own = next((section for section in sections if section.heading), None)
    name = find_person_name(own.title) if home and own and own.level == 1 else ""
    if name:
        own.heading = []
    lower = any(section.level == 1 and section.heading for section in sections)
    for section in sections:
        if lower and section.heading and section.heading[0].text.lstrip().startswith("#"):
            first = section.heading[0]
            section.heading[0] = replace(first, text=f"#{first.text.lstrip()}")
        pieces += import_section(source, section, context)
    new = source.result.documents[count:]
    body = _body(source, pieces)
    papers = sum(text.kind == "paper" for text in new)
    news = len(new) - papers
    counts = count_words(papers, "paper", "papers"), count_words(news, "news item", "news items")
    source.note("taken", path, ", ".join(counts))
    headers = identify_owner(source, path, lines, context.bold, name, title if home else "")
    if (first := re.search(r"(?m)^#+ +(.{1,200})$\n*", body)) and find_person_name(
        first[1]
    ) == headers["title"]:
        # The page's title stands above it.
        body = f"{body[: first.start()]}{body[first.end() :]}".strip()
    prose = re.sub(r"(?m)^#+ .*$|^\[(?:NEWS|PAPERS)\]$", "", body).strip()
    if home and (prose or news):
        source.add_document("home", headers, body, path, 1)
    elif prose and not new:
        words = {"title": title or path.stem, "lang": header.get("lang") or ""}
        source.add_document("page", words, body, path, 1, path.stem)
    else:
        for line in (line for piece in pieces if not isinstance(piece, str) for line in piece):
            words = re.search(r"\w", strip_tags(line.text))
            if words and not re.match(r"\s*(?:#|<h\d|\*\*(?:19|20)\d\d\*\*)", line.text):
                told = f'"{shorten(line.text)}" stands beside the papers, and is left out'
                source.note("left", line.path, told, line.number)


def _body(source: SourceTree, pieces: list[list[SourceLine] | str]) -> str:
    """Return the text of a page; of several lists of papers, one stands in it."""
    texts: list[str] = []
    waiting: list[SourceLine] = []

    def write() -> None:
        if waiting:
            text = unwrap_tables("\n".join(line.text for line in waiting))
            texts.append(
                clean_and_copy_assets(source, waiting[0].path, text, waiting[0].number, "images")
            )
            waiting.clear()

    for piece in pieces:
        if isinstance(piece, str):
            write()
            if piece not in texts:
                texts.append(piece)
            continue
        if waiting and piece:
            last, first = waiting[-1], piece[0]
            if last.path != first.path or first.number - last.number not in (0, 1):
                write()
        waiting.extend(piece)
    write()
    return "\n\n".join(filter(None, texts))
