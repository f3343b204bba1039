"""BibTeX: whole .bib files, and single entries as papers."""

import glob
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
    read_strings,
)
from ...model import SCHEMES, Link, Paper, Problem
from ...util import CONTROL, is_path, replace_italics, shorten
from ..common import count_words, escape_markdown, format_author, format_list, format_people
from ..result import ASSET_SUFFIXES, SAMPLE, Document, ImportResult, SourceTree
from ..samples import is_sample_entry
from .buttons import BibButton, find_button_links, render_links_field

# Attributes of a paper with the names of headers.
_SAME_NAME_HEADERS = (
    "venue venue_short stage award presentation volume issue pages article_number number "
    "publisher address series "
    "edition genre isbn issn note annotation url license lang key"
).split()


def import_bib_entries(
    name: str, data: bytes, content: Path, result: ImportResult
) -> list[Problem]:
    """Add the entries of a .bib as papers to a result; return the problems in them.

    `name` is that of the .bib in problems. Files that entries name are in `content`. An entry
    with an error is not imported.
    """
    file_header, *entries = parse_bibtex(name, data)
    problems = list(file_header.problems)
    for header in entries:
        if header.entries:
            normalize_keys(header)
            bib_path = content / "papers" / "beside.bib"
            paper = read_paper(header, bib_path, content, {}, header.citation_key or "")
            if paper and not header.has_errors:
                values = _headers(paper, header)
                body = escape_markdown(paper.abstract)
                result.documents.append(
                    Document("paper", values, body, file=name, line=header.line)
                )
        problems += header.problems
    if not entries and not problems:
        problems.append(Problem(name, "contains no entry (paste one: `@article{key, …}`)"))
    return problems


def _headers(paper: Paper, header: Header) -> dict[str, str]:
    """Return the headers of a paper, and those of its entry that a paper does not have."""
    headers = {name: getattr(paper, name) for name in _SAME_NAME_HEADERS}
    id_links = [
        Link(SCHEMES[name].label, SCHEMES[name].url(id_)) for name, id_ in paper.ids.items()
    ]
    links = [link for link in paper.links if link not in (*id_links, Link("link", paper.url or ""))]
    headers |= paper.ids | {
        "title": replace_italics(paper.styled_title, "*", "*"),
        "date": paper.date.isoformat(), "type": paper.type,
        "authors": format_people(map(format_author, paper.authors), paper.has_more_authors),
        "editor": format_people(map(format_author, paper.editors)),
        "tags": format_list(paper.tags), "selected": "yes" if paper.selected else "",
        "weight": "" if paper.weight is None else str(paper.weight),
        "links": "\n".join(f"{link.label} | {link.address}" for link in links),
        "summary": escape_markdown(header.get("summary") or ""), "status": header.get("status"),
    }  # fmt: skip
    headers |= {f"title_{lang.replace('-', '_')}": title for lang, title in paper.titles.items()}
    if figure := paper.figure:
        headers |= {
            "image": figure.path, "image_alt": figure.alt, "image_caption": figure.caption
        }  # fmt: skip
    if paper.type == "article" and paper.venue:
        # Without a genre, a paper with a venue is an article of a journal.
        headers["genre"] = paper.genre or "Preprint"
    return {name: value for name, value in headers.items() if value}


# The folders of al-folio for files that a .bib names.
FOLDERS = ("assets/pdf", "assets/img/publication_preview", "assets/img", "assets/html", "assets")
_SCRIPT = re.compile(r"[\x00-\x20]*(?:javascript|data|vbscript|file):", re.IGNORECASE)
_WEB = re.compile(r"https?://|www\.|mailto:", re.IGNORECASE)
# Files of an entry in reference managers: `title:path:type; …`, or paths.
_FILE_FIELD = re.compile(r"^[ \t,]*(file[ \t]*=[ \t]*\{([^{}]*)\})", re.IGNORECASE | re.MULTILINE)

# Names of strings where they are used and where they are defined.
_STRING_USE = re.compile(r"[=#]\s*([A-Za-z][\w:+/.-]*)\s*(?=[,#}])")
_STRING_NAME = re.compile(r"@string\s*[{(]\s*([^\s={}()]+)", re.IGNORECASE)

Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class BibOrigin:
    """What the site that a .bib comes from says of it.

    `site` is its address, `buttons` are those of its layout, `folders` those in which it keeps
    pictures; of a reading list, `is_own` tells the owner's papers.
    """

    site: str = ""
    buttons: tuple[BibButton, ...] = ()
    folders: tuple[str, ...] = ()
    is_own: Callable[[Header], bool] | None = None


def import_bib_file(
    source: SourceTree, path: Path, origin: BibOrigin | None = None
) -> list[Header]:
    """Import a .bib and the files that its entries name; return the entries.

    Its text stays, except for the names of files, the fields of the layout's buttons, entries
    whose keys another file has, and those of others in a reading list.
    """
    origin = origin or BibOrigin()
    text = source.read_text(path)
    if control := CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        source.note("guessed", path, "control characters in it became spaces", line)
        text = CONTROL.sub(" ", text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    changes, masked = _move_buttons(source, path, text, origin)
    strings = _strings_beside(path, masked)
    file_header, *entries = parse_bibtex(source.relative_name(path), masked.encode(), strings)
    for problem in (problem for header in (file_header, *entries) for problem in header.problems):
        _note_problem(source, path, problem)
    if not entries:
        if re.search(r"@string\b", text, re.IGNORECASE):
            message = "its strings are written into the files beside it that use them"
            source.note("taken", path, message)
        else:
            source.note("left", path, "contains no entry")
        return []
    entries, cuts = _leave_samples(source, path, text, entries)
    changes += cuts
    existing = _existing_keys(source)
    others = [header for header in entries if origin.is_own and not origin.is_own(header)]
    if others:
        number = count_words(len(others), "entry is", "entries are")
        message = (
            f"{number} by others and were skipped (copy them to content/references.bib to "
            "cite them)"
        )
        source.note("left", path, message, others[0].line)
        spans = (_entry_span(text, starts[header.line - 1]) for header in others)
        changes += [(*span, "") for span in spans if span]
        entries = [header for header in entries if header not in others]
    for header in entries:
        if file := existing.get((header.citation_key or "").lower()):
            message = f"its key is in {file}, too, and it was skipped here"
            source.note("left", path, message, header.line, header.citation_key)
            if span := _entry_span(text, starts[header.line - 1]):
                changes.append((*span, ""))
            continue
        for key, entry in list(header.entries.items()):
            if key == "image" or key == "url" or (key not in KEY_NAMES and link_label(key)):
                target = _copy_field_file(source, path, header, key, entry, origin)
                if target is None:
                    continue
                header.entries[key] = replace(entry, value=target)
                if span := _value_span(text, starts[entry.line - 1], entry):
                    changes.append((*span, target))
                else:
                    message = f'write "{target}" in the place of "{shorten(entry.value)}"'
                    source.note("left", path, message, entry.line, header.citation_key)
        message = len(header.problems)
        if header.entries:
            read_paper(header, path, source.root, {}, header.citation_key or "")
        for problem in header.problems[message:]:
            if not problem.notice:
                _note_problem(source, path, problem)
    if not existing:
        changes += _attached_pdfs(source, path, text, entries)
    text = _apply_changes(text, _outermost(changes))
    if not entries:
        return []
    lines = (f"@string{{{name} = {{{value}}}}}\n" for name, value in strings.items())
    text = "".join(lines) + text
    name, number = path.name, 1
    while name in source.result.bib_files:
        number += 1
        name = f"{path.stem}-{number}.bib"
    source.result.bib_files[name] = text
    source.note("taken", path, count_words(len(entries), "entry", "entries"))
    return entries


def _strings_beside(path: Path, text: str) -> dict[str, str]:
    """Return the `@string`s of the other .bib files of its folder that a .bib uses."""
    used = {name.lower() for name in _STRING_USE.findall(text)}
    own = {name.lower() for name in _STRING_NAME.findall(text)}
    if not used - own:
        return {}
    strings = read_strings(path.parent, "*.bib")
    return {name: strings[name] for name in sorted(used - own) if name in strings}


def _move_buttons(
    source: SourceTree, path: Path, text: str, origin: BibOrigin
) -> tuple[list[Change], str]:
    """Return the changes that move the fields of buttons into one, and the text without them."""
    changes: list[Change] = []
    pieces, position = [], 0
    for match in re.finditer(r"^[ \t]*@\w+\s*[{(]", text, re.MULTILINE):
        span = _entry_span(text, match.start())
        if not span:
            continue
        buttons = find_button_links(text, *span, origin.buttons)
        if not buttons.links:
            continue
        field, messages = render_links_field(source, buttons.links, (*FOLDERS, *origin.folders))
        for message in messages:
            source.note("left", path, message, text.count("\n", 0, match.start()) + 1)
        entry = text[span[0] : span[1]]
        for start, end in sorted(set(buttons.spans)):
            changes.append((start, end, ""))
            blank = re.sub(r"[^\n]", " ", text[start:end])
            entry = entry[: start - span[0]] + blank + entry[end - span[0] :]
        pieces += [text[position : span[0]], entry]
        position = span[1]
        unclosed = entry.rstrip()[:-1].rstrip()
        if field:
            end = span[0] + len(unclosed)
            changes.append((end, end, f"{',' * (unclosed[-1] != ',')}\n{field}"))
    return changes, "".join([*pieces, text[position:]])


def _outermost(changes: list[Change]) -> list[Change]:
    """Return changes without those within an entry that is left out."""
    result: list[Change] = []
    for change in sorted(changes, key=lambda change: (change[0], -change[1])):
        if not (result and change[1] <= result[-1][1] and change[0] < result[-1][1]):
            result.append(change)
    return result


def _leave_samples(
    source: SourceTree, path: Path, text: str, entries: list[Header]
) -> tuple[list[Header], list[Change]]:
    """Return the entries that no template comes with, and the changes that cut out the others."""
    remaining, cuts = [], []
    for header in entries:
        if not _is_sample(source, header):
            remaining.append(header)
            continue
        source.note("left", path, SAMPLE, header.line, header.citation_key)
        start = sum(len(line) + 1 for line in text.split("\n")[: header.line - 1])
        if span := _entry_span(text, start):
            cuts.append((*span, ""))
    return remaining, cuts


def _is_sample(source: SourceTree, header: Header) -> bool:
    """Tell whether an entry is one that a template comes with, and not the owner's."""
    names = " ".join([source.result.owner.name or "", *source.result.owner.names])
    values = [header.get(key) or "" for key in ("title", "authors", "date")]
    return "einstein" not in names.lower() and is_sample_entry(*values)


def _apply_changes(text: str, changes: list[Change]) -> str:
    pieces, position = [], 0
    for start, end, target in sorted(changes):
        pieces += [text[position:start], target]
        position = end
    return "".join([*pieces, text[position:]])


def _note_problem(source: SourceTree, path: Path, problem: Problem) -> None:
    message = f"{problem.key}: {problem.message}" if problem.key else problem.message
    is_left = not problem.notice or "not used" in problem.message
    kind = "left" if is_left else "guessed"
    source.note(kind, path, message, problem.line, problem.entry)


def _existing_keys(source: SourceTree) -> dict[str, str]:
    """Return the citation keys of the imported .bib files, and the files that have them."""
    return {
        header.citation_key.lower(): name
        for name, text in source.result.bib_files.items()
        for header in parse_bibtex(name, text.encode())
        if header.citation_key and header.entries
    }


def _entry_span(text: str, start: int) -> tuple[int, int] | None:
    """Return start and end of an entry, with its line end."""
    depth, first = 0, text.find("@", start)
    for match in re.compile(r"[{}]").finditer(text, first):
        depth += 1 if match[0] == "{" else -1
        if depth <= 0:
            end = re.compile(r"[ \t]*\n?").match(text, match.end()).end()
            return (first, end) if depth == 0 else None
    return None


def _copy_field_file(
    source: SourceTree, path: Path, header: Header, key: str, entry: HeaderEntry, origin: BibOrigin
) -> str | None:
    """Copy the file that a field names; return the new value of the field, or None."""
    value, site = entry.value, origin.site

    def left(message: str) -> None:
        source.note("left", path, f'{entry.name}: "{shorten(value)}" {message}', entry.line,
                    header.citation_key)  # fmt: skip

    if _SCRIPT.match(value):
        left("is not a web address and was skipped")
        return ""
    if site and value.startswith(f"{site}/"):
        value = value[len(site) :]
    if key == "url" and not value.startswith("/"):
        return None
    if _WEB.match(value):
        if key == "image":
            left("is on another host (save the image beside the .bib)")
        return None
    if not is_path(value):
        left("is not a web address (write https://…)")
        return None
    for form in dict.fromkeys((value, unquote(value))):
        file = source.find_file(form, path, (*origin.folders, *FOLDERS))
        if file is None and key == "image":
            file = _find_only_file(source, form)
        if file:
            target = source.result.add_asset(file, "papers")
            return target if target != entry.value else None
    if value != entry.value:
        return None  # A page of the site: `check` looks at its address.
    if value.lower().endswith(ASSET_SUFFIXES):
        left("was not found (put the file into content/papers/)")
    elif not re.match(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/", value):
        left("is not a file here (write https://…)")
    return None


def _find_only_file(source: SourceTree, name: str) -> Path | None:
    """Return the one picture of a name, wherever it is; None for several, or none."""
    base = name.rpartition("/")[2]
    files = {file.resolve() for file in source.list_files(f"**/{glob.escape(base)}")}
    return files.pop() if len(files) == 1 and name.lower().endswith(ASSET_SUFFIXES) else None


def _value_span(text: str, start: int, entry: HeaderEntry) -> tuple[int, int] | None:
    """Return start and end of a field's value; `start` is the beginning of its line."""
    form = re.compile(rf"(?<![\w-]){re.escape(entry.name)}\s*=\s*[{{\"]?\s*", re.IGNORECASE)
    for match in form.finditer(text, start):
        if text.startswith(entry.raw, match.end()):
            return match.end(), match.end() + len(entry.raw)
        if text.find("\n", start) < match.start():
            break
    return None


def _attached_pdfs(
    source: SourceTree, path: Path, text: str, entries: list[Header]
) -> Iterator[Change]:
    """Yield `pdf = {…}` for the fields of Zotero and others that name a PDF of the source."""
    missing, lines = [], [header.line for header in entries]
    line_index = offset = 0
    for match in _FILE_FIELD.finditer(text):
        line_index += text.count("\n", offset, match.start(1))
        offset = match.start(1)
        number = bisect_right(lines, line_index + 1)
        header = entries[number - 1]
        if not number or not header.entries or header.get("pdf"):
            continue
        for name in _pdf_names(match[2]):
            if file := source.find_file(name, path):
                target = source.result.add_asset(file, "papers")
                yield *match.span(1), f"pdf = {{{target}}}"
                break
        else:
            missing.append(line_index + 1)
    if missing:
        number = count_words(len(missing), "entry", "entries")
        message = f"the files of {number} are not here (export them with their files)"
        source.note("left", path, message, missing[0])


def _pdf_names(value: str) -> Iterator[str]:
    for part in re.split(r"(?<!\\);", value):
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in re.split(r"(?<!\\):", part)]
        yield from (piece for piece in pieces if piece.strip().lower().endswith(".pdf"))
