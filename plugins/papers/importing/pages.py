"""Pages written by hand: papers, news, and the rest as the home page."""

import re
from dataclasses import replace
from pathlib import Path

from .. import blocks as headed
from ..headers import Header, shorten
from . import cards, entry, flat, listed, newslist, taken
from .bodies import placed, strip
from .draft import Piece
from .found import Source, Text
from .listed import Block, Line, Section
from .whose import learn

_INCLUDE = re.compile(
    r"\s*\{%-?\s*include(?:_relative)?\s+([\w./-]{1,200}\.(?:md|html|markdown))\s*-?%\}\s*"
)
_HOMES = ("index", "home", "about", "about-me", "about_me", "aboutme", "readme")
_YEAR = re.compile(r"(?:.*\s)?((?:19|20)\d\d)\s*年?")
_PARTS = re.compile(
    r"\b(?:publications?|papers?|articles?|conferences?|journals?|workshops?|others?|misc\w*|"
    r"selected|recent|full|list|all|earlier|before|older|books?|chapters?|theses|patents?|"
    r"(?:19|20)\d\d)\b|论文|会议|期刊|其他|专利", re.I
)  # fmt: skip


def read(source: Source, path: Path, found) -> None:
    """Add the papers and news of a page to what was found, and the rest as a page.

    That is the home page where the file is the only one, or is named or addressed as such.
    """
    header, _ = _split(source, path)
    address = (header.get("permalink") or "").strip("'\"/ ")
    home = "permalink" in header.entries and not address
    home = home or (not address and path.stem.lower() in _HOMES)
    _read(source, path, home or (source.file is not None and not _is_list(header, path)))


def read_home(source: Source, path: Path, found) -> None:
    """Add the papers and news of the home page to what was found, and the rest as its text."""
    _read(source, path, True)


def _is_list(header: Header, path: Path) -> bool:
    """Tell whether a whole page is a list of papers, by its title, address or name."""
    names = (header.get("title"), header.get("permalink"), path.stem)
    return any(listed.kind_of(re.sub(r"[-_/]", " ", name or "")) == "papers" for name in names)


def _split(source: Source, path: Path) -> tuple[Header, list[Line]]:
    """Return a page's header block, and the lines below it, as they are numbered in the file."""
    text = source.read(path)
    header, body = Header(source.name(path)), text
    if re.match(r"\s*---[ \t]*\n", text):
        header, body = headed.split(source.name(path), text)
        if header.broken:
            source.note("left", path, "its header block cannot be read, and is left out", 1)
            body = re.sub(r"\A\s*---\n.*?\n(?:---|\.\.\.)[ \t]*\n", "", text, flags=re.DOTALL)
    above = text.count("\n") - body.count("\n")
    return header, [Line(row, path, above + n) for n, row in enumerate(body.split("\n"), start=1)]


def _lines(source: Source, path: Path, lines: list[Line], within: tuple[Path, ...]) -> list[Line]:
    """Return lines without what only the old system reads, with the pages that they include."""
    first = lines[0].number if lines else 1
    raw = [line.text for line in lines]
    names = {n: match[1] for n, row in enumerate(raw) if (match := _INCLUDE.fullmatch(row))}
    kept = ["" if n in names else row for n, row in enumerate(raw)]
    rows = strip(source, path, "\n".join(kept), first).split("\n")
    found: list[Line] = []
    for n, row in enumerate(rows):
        if n not in names:
            found.append(Line(row, path, first + n))
            continue
        inner = next(
            (file for place in (path.parent, source.root / "_includes", source.root)
             for file in source.files((place / names[n]).relative_to(source.root).as_posix())
             if ".." not in names[n]), None)  # fmt: skip
        if inner is None or inner in within:
            source.note("left", path, f'"{names[n]}" is not here, and is left out', first + n)
            continue
        _, below = _split(source, inner)
        found += _lines(source, inner, below, (*within, inner))
    return found


def _read(source: Source, path: Path, home: bool) -> None:
    header, lines = _split(source, path)
    lines = _lines(source, path, lines, (path,))
    title = header.get("title") or ""
    kind = "papers" if not home and _is_list(header, path) else "other"
    sections = listed.sections(lines, kind)
    context = taken.Context(marks=taken.marks("\n".join(line.text for line in lines)))
    for mark, meant in context.marks.items():
        told = f'"{mark}" behind an author became "{meant}", as the page explains it'
        place = next(line.number for line in lines if taken.marks(line.text).get(mark) == meant)
        source.note("guessed", path, told, place)
    count = len(source.found.texts)
    pieces: list[list[Line] | str] = []
    lower = any(section.level == 1 for section in sections)
    for section in sections:
        if lower and section.heading and section.heading[0].text.lstrip().startswith("#"):
            first = section.heading[0]
            section.heading[0] = replace(first, text=f"#{first.text.lstrip()}")
        pieces += _section(source, section, context)
    new = source.found.texts[count:]
    body = _body(source, pieces)
    papers = sum(text.kind == "paper" for text in new)
    news = len(new) - papers
    source.note("taken", path, f"{papers} papers, {news} news items")
    headers = learn(source, path, lines, context.bold)
    prose = re.sub(r"(?m)^#+ .*$|^\[(?:NEWS|PAPERS)\]$", "", body).strip()
    if home and (prose or news):
        source.found.texts.append(Text("home", headers, body, file=source.name(path), line=1))
    elif prose and not new:
        words = {"title": title or path.stem, "lang": header.get("lang") or ""}
        source.found.texts.append(Text("page", words, body, path.stem, source.name(path), 1))
    elif prose:
        source.note("left", path, f"what stands beside its items: {shorten(prose)}")


def _section(
    source: Source, section: Section, context: taken.Context
) -> list[list[Line] | str]:  # fmt: skip
    """Take the items of a section; return what is left, with the place where they stood."""
    if section.kind == "other":
        return [section.heading + section.lines]
    above = [*section.above, section.title]
    context.selected = any(map(listed.SELECTED.search, above))
    year = _YEAR.fullmatch(section.title)
    context.year = year[1] if year else ""
    words = re.sub(r"[^\w\s&/,+-]", "", section.title).strip(" -,")
    below = len(above) > 1 and listed.kind_of(section.above[-1]) == "papers"
    context.stage = "preprint" if re.search(r"preprint|预印本", section.title, re.I) else ""
    own = below and words and not _PARTS.search(words) and not context.stage
    context.topics = (words,) if own else ()
    count = len(source.found.texts)
    mark = f"[{section.kind.upper()}]"
    rest: list[list[Line] | str] = []
    for block in listed.blocks(section.lines):
        left = _news(source, block) if section.kind == "news" else _papers(source, block, context)
        if left is not block.lines and mark not in rest:
            rest.append(mark)
        rest.append(left)
    if own and len(source.found.texts) > count:
        told = f'the papers below this heading got the topic "{words}"'
        source.note("guessed", section.heading[0].path, told, section.heading[0].number)
    said = any(isinstance(piece, str) or any(line.text.strip() for line in piece) for piece in rest)
    return [section.heading, *rest] if said else []


def _news(source: Source, block: Block) -> list[Line]:
    if block.kind == "html":
        return block.lines
    return [] if newslist.news(source, block) else block.lines


def _papers(source: Source, block: Block, context: taken.Context) -> list[Line]:
    """Take the papers of a block; return the lines that are none."""
    first = block.lines[0]
    names = frozenset(name for name, count in context.bold.items() if count > 1)
    if block.kind != "html":
        piece = Piece(block.text, first.path, first.number)
        draft = entry.read(piece, names)
        if draft is None or (block.kind == "text" and not draft.people.names):
            return block.lines
        taken.add(source, piece, draft, context)
        return []
    text = block.text
    parts, place = [], 0
    for card in cards.cards(text):
        line = first.number + text.count("\n", 0, card.start)
        piece = Piece(card.text, first.path, line, card.known)
        if draft := entry.read(piece, names):
            taken.add(source, piece, draft, context)
            parts.append(text[place : card.start])
            place = card.end
    if not parts:
        return block.lines
    rest = flat.markdown("".join([*parts, text[place:]]))
    if re.search(r"\w", flat.TAG.sub("", rest)):
        return [Line(row, first.path, first.number) for row in rest.split("\n")]
    return []


def _body(source: Source, pieces: list[list[Line] | str]) -> str:
    """Return the text of a page; of several lists of papers, one stands in it."""
    parts: list[str] = []
    waiting: list[Line] = []

    def write() -> None:
        if waiting:
            text = "\n".join(line.text for line in waiting)
            parts.append(placed(source, waiting[0].path, text, waiting[0].number, "images"))
            waiting.clear()

    for piece in pieces:
        if isinstance(piece, str):
            write()
            if piece not in parts:
                parts.append(piece)
            continue
        if waiting and piece and (waiting[-1].path, waiting[-1].number + 1) != (
            piece[0].path, piece[0].number
        ):  # fmt: skip
            write()
        waiting.extend(piece)
    write()
    return "\n\n".join(filter(None, parts))
