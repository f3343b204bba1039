"""Whole .bib files: taken as they are, with the files that their entries name."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from ...content import (
    KEY_NAMES,
    Header,
    HeaderEntry,
    link_label,
    normalize_keys,
    parse_bibtex,
    read_paper,
)
from ...model import SCHEMES, Author, Link, Paper, Problem, parse_name
from ...util import CONTROL, is_path, shorten
from ..common import count_words, escape_markdown, format_people, format_person
from ..result import ASSET_SUFFIXES, Document, ImportResult, SourceTree

# What a paper's record has under the very names of headers.
_SAME = (
    "venue venue_short stage award presentation volume issue pages number publisher address series "
    "edition genre isbn issn note annotation url license lang key"
).split()


def import_bib_entries(name: str, data: bytes, content: Path, found: ImportResult) -> list[Problem]:
    """Add the papers of a .bib, whose name problems tell, to what was found.

    Files that entries name are looked for in `content`. Returns the problems; an entry with one
    that is no notice is not taken.
    """
    whole, *entries = parse_bibtex(name, data)
    problems = list(whole.problems)
    for header in entries:
        if header.entries:
            normalize_keys(header)
            beside = content / "papers" / "beside.bib"
            paper = read_paper(header, beside, content, {}, header.citation_key or "")
            if paper and not header.has_errors:
                text = _headers(paper, header)
                body = escape_markdown(paper.abstract)
                found.documents.append(Document("paper", text, body, file=name, line=header.line))
        problems += header.problems
    if not entries and not problems:
        problems.append(Problem(name, "holds no entry (paste one: `@article{key, …}`)"))
    return problems


def _headers(paper: Paper, header: Header) -> dict[str, str]:
    """Return a paper's record as headers, and of its entry what the record does not hold."""
    found = {name: getattr(paper, name) for name in _SAME}
    made = [Link(SCHEMES[name].label, SCHEMES[name].url(id_)) for name, id_ in paper.ids.items()]
    links = [link for link in paper.links if link not in (*made, Link("link", paper.url or ""))]
    found |= paper.ids | {
        "title": paper.title, "date": paper.date.isoformat(), "type": paper.type,
        "authors": format_people(map(_author, paper.authors), paper.has_more_authors),
        "editor": format_people(map(_author, paper.editors)),
        "tags": _list(paper.tags), "selected": "yes" if paper.selected else "",
        "weight": "" if paper.weight is None else str(paper.weight),
        "links": "\n".join(f"{link.label} | {link.address}" for link in links),
        "summary": escape_markdown(header.get("summary") or ""), "status": header.get("status"),
    }  # fmt: skip
    found |= {f"title_{lang.replace('-', '_')}": title for lang, title in paper.titles.items()}
    if figure := paper.figure:
        found |= {
            "image": figure.path, "image_alt": figure.alt, "image_caption": figure.caption
        }  # fmt: skip
    if paper.type == "article" and paper.venue:
        # Without the word, one with a venue is an article of a journal.
        found["genre"] = paper.genre or "Preprint"
    return {name: value for name, value in found.items() if value}


def _author(author: Author) -> str:
    if not author.collective:
        return format_person(author.family, author.given, author.suffix) + author.marks
    plain = parse_name(author.family).collective
    return (author.family if plain else f"{{{author.family}}}") + author.marks


def _list(words: tuple[str, ...]) -> str:
    if any("," in word for word in words):
        return "; ".join(words) if len(words) > 1 else f"- {words[0]}"
    return ", ".join(words)


# Where al-folio keeps what a .bib names.
FOLDERS = ("assets/pdf", "assets/img/publication_preview", "assets/img", "assets/html", "assets")
_SCRIPT = re.compile(r"[\x00-\x20]*(?:javascript|data|vbscript|file):", re.IGNORECASE)
_WEB = re.compile(r"https?://|www\.|mailto:", re.IGNORECASE)
# Lists of what reference managers keep beside an entry: `title:path:type; …`, or paths.
_ATTACHED = re.compile(r"^[ \t,]*(file[ \t]*=[ \t]*\{([^{}]*)\})", re.IGNORECASE | re.MULTILINE)

Change = tuple[int, int, str]


def import_bib_file(source: SourceTree, path: Path, site: str = "") -> list[Header]:
    """Take a .bib with the files that its entries name; return these.

    No more of its text is changed than the names of files whose place changes; an entry of a
    key that another file has is cut out. `site` is the address of the site that it is from.
    """
    text = source.read_text(path)
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        source.note("guessed", path, "control characters in it became blanks", line)
        text = CONTROL.sub(" ", text)
    whole, *entries = parse_bibtex(source.relative_name(path), text.encode())
    for problem in (problem for header in (whole, *entries) for problem in header.problems):
        _tell(source, path, problem)
    if not entries:
        source.note("left", path, "holds no entry")
        return []
    known = _keys(source)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    changes: list[Change] = []
    for header in entries:
        if file := known.get((header.citation_key or "").lower()):
            told = f"its key is in {file}, too, and it is left out here"
            source.note("left", path, told, header.line, header.citation_key)
            if span := _span(text, starts[header.line - 1]):
                changes.append((*span, ""))
            continue
        for key, entry in list(header.entries.items()):
            if key == "image" or key == "url" or (key not in KEY_NAMES and link_label(key)):
                new = _placed(source, path, header, key, entry, site)
                if new is None:
                    continue
                header.entries[key] = replace(entry, value=new)
                if place := _place(text, starts[entry.line - 1], entry):
                    changes.append((*place, new))
                else:
                    told = f'write "{new}" in the place of "{shorten(entry.value)}"'
                    source.note("left", path, told, entry.line, header.citation_key)
        told = len(header.problems)
        if header.entries:
            read_paper(header, path, source.root, {}, header.citation_key or "")
        for problem in header.problems[told:]:
            if not problem.notice:
                _tell(source, path, problem)
    if not known:
        changes += _attached(source, path, text, entries)
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    name, number = path.name, 1
    while name in source.result.bib_files:
        number += 1
        name = f"{path.stem}-{number}.bib"
    source.result.bib_files[name] = text
    source.note("taken", path, count_words(len(entries), "entry", "entries"))
    return entries


def _tell(source: SourceTree, path: Path, problem: Problem) -> None:
    told = f"{problem.key}: {problem.message}" if problem.key else problem.message
    kind = "guessed" if problem.notice else "left"
    source.note(kind, path, told, problem.line, problem.entry)


def _keys(source: SourceTree) -> dict[str, str]:
    """Return the citation keys that were taken already, and the files that have them."""
    return {
        header.citation_key.lower(): name
        for name, text in source.result.bib_files.items()
        for header in parse_bibtex(name, text.encode())
        if header.citation_key and header.entries
    }


def _span(text: str, start: int) -> tuple[int, int] | None:
    """Return where an entry begins and ends, with its line."""
    depth, first = 0, text.find("@", start)
    for match in re.compile(r"[{}]").finditer(text, first):
        depth += 1 if match[0] == "{" else -1
        if depth <= 0:
            end = re.compile(r"[ \t]*\n?").match(text, match.end()).end()
            return (first, end) if depth == 0 else None
    return None


def _placed(
    source: SourceTree, path: Path, header: Header, key: str, entry: HeaderEntry, site: str
) -> str | None:
    """Bring along the file that a field names; return what the field is to hold instead."""
    value = entry.value

    def left(message: str) -> None:
        source.note("left", path, f'{entry.name}: "{shorten(value)}" {message}', entry.line,
                    header.citation_key)  # fmt: skip

    if _SCRIPT.match(value):
        left("is no web address, and is left out")
        return ""
    if site and value.startswith(f"{site}/"):
        value = value[len(site) :]
    if key == "url" and not value.startswith("/"):
        return None
    if _WEB.match(value):
        if key == "image":
            left("is on another host (save the picture beside the .bib)")
        return None
    if not is_path(value):
        left("is no web address (write https://…)")
        return None
    for form in dict.fromkeys((value, unquote(value))):
        if file := source.find_file(form, path, FOLDERS):
            new = source.result.add_asset(file, "papers")
            return new if new != entry.value else None
    if value != entry.value:
        return None  # A page of the site: the address stays, and `check` knows it.
    if value.lower().endswith(ASSET_SUFFIXES):
        left("is not here (put the file into content/papers/)")
    elif not re.match(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/", value):
        left("is no file here (write https://…)")
    return None


def _place(text: str, start: int, entry: HeaderEntry) -> tuple[int, int] | None:
    """Return where a field's value stands in a text, from the beginning of its line."""
    form = re.compile(rf"(?<![\w-]){re.escape(entry.name)}\s*=\s*[{{\"]?\s*", re.IGNORECASE)
    for match in form.finditer(text, start):
        if text.startswith(entry.raw, match.end()):
            return match.end(), match.end() + len(entry.raw)
        if text.find("\n", start) < match.start():
            break
    return None


def _attached(source: SourceTree, path: Path, text: str, entries: list[Header]) -> Iterator[Change]:
    """Yield `pdf = {…}` for fields of Zotero's and others' that name a PDF which is there."""
    missing, lines = [], [header.line for header in entries]
    line = place = 0
    for match in _ATTACHED.finditer(text):
        line += text.count("\n", place, match.start(1))
        place = match.start(1)
        number = bisect_right(lines, line + 1)
        header = entries[number - 1]
        if not number or not header.entries or header.get("pdf"):
            continue
        for name in _names(match[2]):
            if file := source.find_file(name, path):
                new = source.result.add_asset(file, "papers")
                yield *match.span(1), f"pdf = {{{new}}}"
                break
        else:
            missing.append(line + 1)
    if missing:
        number = count_words(len(missing), "entry", "entries")
        told = f"the files of {number} are not here (export them with their files)"
        source.note("left", path, told, missing[0])


def _names(value: str) -> Iterator[str]:
    for part in re.split(r"(?<!\\);", value):
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in re.split(r"(?<!\\):", part)]
        yield from (piece for piece in pieces if piece.strip().lower().endswith(".pdf"))
