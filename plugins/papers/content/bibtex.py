"""BibTeX files become header blocks, one for each entry, as Markdown files have them."""

import logging
import re
from collections.abc import Mapping

import bibtexparser
from bibtexparser.model import Entry as Block
from bibtexparser.model import ImplicitComment, ParsingFailedBlock

from ..util import CONTROL
from .bibtex_fields import BibtexEntry, is_known_field, read_fields
from .encoding import check_characters
from .header import Header

# BibTeX takes blanks and line ends around an entry's type, the parser does not.
_LOOSE = re.compile(r"^([ \t]*@)[ \t]*([A-Za-z]\w*)(\s*)(?=[{(])", re.MULTILINE)
# What looks like the beginning of an entry, and is none.
STRAY_ENTRY = re.compile(
    r"^[^%\n]*@[^{(\n]*[{(]|^[ \t]*(?:article|book|inproceedings|incollection|misc|phdthesis|"
    r"mastersthesis|techreport|unpublished)\s*\{",
    re.MULTILINE | re.IGNORECASE,
)
# A value that goes on behind its end: the next field, with no comma before it.
_RUN_ON = re.compile(r"[}\"]\s*[A-Za-z][\w-]*\s*=\s*[{\"]")


def decode_bib(whole: Header, data: bytes) -> str:
    """Return a file's text, its line ends ours; note what is wrong with its encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        whole.report(None, "is UTF-16 (save the file as UTF-8)", notice=True)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            text = data.decode("cp1252", errors="replace")
            hint = "save the file as UTF-8"
            whole.report(None, f"not UTF-8, read as Windows-1252 ({hint})", line, notice=True)
    text = re.sub(r"\r\n?", "\n", text)
    check_characters(whole, "\ufeff" * data.startswith(b"\xef\xbb\xbf") + text, lenient=True)
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        whole.report(None, f"holds the control character {code} (delete it)", line, notice=True)
        text = CONTROL.sub(" ", text)
    return text


def parse_value(raw: str, strings: Mapping[str, str]) -> str:
    """Return a value without its delimiters, its parts joined and its `@string`s put in."""
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in raw:
        return raw[1:-1]
    parts, depth, quoted, start = [], 0, False, 0
    for n, sign in enumerate(raw):
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        elif sign == "#" and depth == 0 and not quoted:
            parts.append(raw[start:n])
            start = n + 1
    return "".join(_part(part.strip(), strings) for part in [*parts, raw[start:]])


def _part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and part[0] + part[-1] in ("{}", '""'):
        return part[1:-1]
    if part.lower() not in strings:
        return part
    return strings[part.lower()]


def is_comma_missing(raw: str) -> bool:
    """Tell whether a value goes on behind its closing brace or quote, for a comma is missing."""
    if not _RUN_ON.search(raw):
        return False
    depth, quoted = 0, False
    for n, sign in enumerate(raw):
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        if depth == 0 and not quoted and n < len(raw) - 1 and sign in '}"':
            return not raw[n + 1 :].lstrip().startswith("#")
    return False


def normalize_layout(text: str) -> str:
    """Return a text whose entries begin as the parser knows it, on as many lines as before."""
    return _LOOSE.sub(lambda found: "\n" * found[3].count("\n") + found[1] + found[2], text)


_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
# BibTeX's own limits for a citation key, and those of LaTeX's \cite.
_KEY = re.compile(r"[^\s,{}()\"#%\\'=~@]+")
_NAME = re.compile(r"[A-Za-z_][\w:.+/-]*")
# What an entry takes over from the one that its crossref names; a title as its booktitle.
_INHERITED = (
    "booktitle year month date publisher address location series editor volume number isbn issn "
    "organization journal journaltitle school institution"
).split()
# Stands between a backslash and a brace where the parser is to count the brace, as BibTeX does.
_COUNTED = "\x04"


def parse_bibtex(file: str, data: bytes) -> list[Header]:
    """Return a header block for each entry, in their order, and one for the file as a whole.

    An entry that nobody can read, or that is no paper of its own, has a block with a
    problem or notice and without entries. `file` is the name that problems tell.
    """
    whole = Header(file)
    text = decode_bib(whole, data)
    for match in _CONFLICT.finditer(text):
        hint = "keep one side and delete the lines with the marks"
        line = text.count("\n", 0, match.start()) + 1
        whole.report(None, f"a merge conflict stands here ({hint})", line)
    # Set here and not at import: what others have set for their own use stays.
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        plain = normalize_layout(_CONFLICT.sub("", text))
        library = bibtexparser.parse_string(plain, parse_stack=[])
        blocks = [_block(block) for block in library.blocks]
    finally:
        logger.setLevel(level)
    strings: dict[str, str] = {}
    for string in library.strings:
        # Of the strings above it, as in BibTeX, and no longer than a title can be.
        strings[string.key.lower()] = parse_value(string.value, strings)[:10_000]
    lines = text.split("\n")
    entries = []
    for block in blocks:
        if isinstance(block, Block):
            entries.append(_entry(file, block, strings, lines))
        elif isinstance(block, ParsingFailedBlock):
            entries.append(_unreadable(file, block))
        elif isinstance(block, ImplicitComment):
            for match in STRAY_ENTRY.finditer(block.comment):
                line = block.start_line + block.comment.count("\n", 0, match.start()) + 1
                found = match[0].strip()[:40]
                whole.report(None, f'"{found}" begins no entry (write `@article{{key,`)', line)
    _refuse_doubles(entries)
    _inherit(entries)
    for entry in entries:
        if entry.fields:
            read_fields(entry)
    return [whole, *(entry.header for entry in entries)]


def is_single_entry(text: str) -> bool:
    """Tell whether a text is one entry, with nothing before or behind it."""
    blocks = bibtexparser.parse_string(text, parse_stack=[]).blocks
    return len(blocks) == 1 and (blocks[0].raw or "").strip() == text.strip()


def _block(block):
    """Return a block, or the entry that the parser set aside for a repeated field or key."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    if isinstance(block, ParsingFailedBlock) and "\\}" in (block.raw or ""):
        again = re.sub(r"\\(?=[{}])", rf"\\{_COUNTED}", block.raw)
        found = bibtexparser.parse_string(again, parse_stack=[]).entries
        if len(found) == 1:
            found[0].offset = block.start_line
            return found[0]
    return block


def _entry(file: str, block: Block, strings: Mapping[str, str], lines: list[str]) -> BibtexEntry:
    offset = getattr(block, "offset", 0)
    start = block.start_line + offset
    header = Header(file, citation_key=block.key.strip() or None, line=start + 1)
    entry = BibtexEntry(block.entry_type.strip().lower(), header)
    before = lines[start].partition("@")[0] if start < len(lines) else ""
    if before.lstrip().startswith("%"):
        hint = "delete it, or take the % away"
        header.report(None, f"stands behind a % and is left out ({hint})", notice=True)
        return entry
    if not _KEY.fullmatch(block.key):
        plain = "".join(_KEY.findall(block.key)) or f"key{start + 1}"
        header.report(None, f'"{block.key}" is no citation key (write `{plain}`)')
    if not block.fields:
        header.report(None, "is empty (write `title = {…}` and what else it needs into it)")
    for given in block.fields:
        *comments, name = (line.strip() for line in given.key.strip().split("\n"))
        line = given.start_line + offset + 1
        if is_comma_missing(given.value):
            header.report(name.lower(), "has no comma behind it (write one)", line)
        value = parse_value(given.value, strings).replace(_COUNTED, "").strip()
        if name.startswith("%"):
            hint = "BibTeX knows no comments within an entry: delete it"
            header.report(name, f"is left out ({hint})", line, notice=True)
        elif not _NAME.fullmatch(name) or not all(text.startswith("%") for text in comments):
            header.report(
                None, f'"{given.key.strip()[:40]}" is no field name (write one word)', line
            )
        elif name.startswith("_"):
            continue  # So people switch a field off.
        elif (name := name.lower()) not in entry.fields or not entry.fields[name]:
            entry.fields[name], entry.lines[name] = value, line
        elif value and is_known_field(name):
            same = entry.fields[name] == value
            first = f"given twice, first in line {entry.lines[name]} (keep one)"
            header.report(name, first, line, notice=same)
    return entry


def _unreadable(file: str, block: ParsingFailedBlock) -> BibtexEntry:
    found = re.match(r"\s*@\w+\s*[{(]\s*([^,\s]+)", block.raw or "")
    header = Header(file, citation_key=found[1] if found else None, line=block.start_line + 1)
    header.report(None, "cannot be read (look for a missing key, brace, quote or comma)")
    return BibtexEntry("", header)


def _refuse_doubles(entries: list[BibtexEntry]) -> None:
    seen: dict[str, Header] = {}
    for entry in entries:
        key = (entry.header.citation_key or "").lower()
        if entry.fields and key:
            first = seen.setdefault(key, entry.header)
            if first is not entry.header:
                message = f"is there already, in line {first.line} (keep one, or rename its key)"
                entry.header.report(None, message)


def _inherit(entries: list[BibtexEntry]) -> None:
    """Fill entries from those that their crossref names; these are no papers of their own."""
    known = {(entry.header.citation_key or "").lower(): entry for entry in reversed(entries)}
    parents = []
    for entry in entries:
        if not (name := entry.fields.get("crossref")):
            continue
        parent = known.get(name.lower())
        if parent is None or parent is entry:
            entry.header.report(
                "crossref", f'"{name}" is no entry here', entry.lines["crossref"], notice=True
            )
            continue
        parents.append(parent)
        above = parent.fields | {
            "booktitle": parent.fields.get("booktitle") or parent.fields.get("title", "")
        }
        for inherited in _INHERITED:
            if above.get(inherited) and not entry.fields.get(inherited):
                entry.fields[inherited] = above[inherited]
                entry.lines[inherited] = entry.lines["crossref"]
    for parent in parents:
        if not parent.fields.get("author") and parent.fields:
            parent.fields.clear()
            parent.header.report(None, "gets no page: other entries stand in it", notice=True)
