"""BibTeX files: each entry becomes a header, as a Markdown file has one."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..util import (
    CONTROL,
    READING_ERRORS,
    LazyPattern,
    describe_reading_error,
    is_public,
    limit_time,
    resolve_conditions,
)
from .bibtex_entry import BibtexEntry, is_known_field, read_fields
from .encoding import check_characters
from .header import Header
from .header_keys import TEXT_FIELDS
from .markdown import check_formula_ends

# The parser is imported where it is used: most sites have no .bib file.
if TYPE_CHECKING:
    import bibtexparser
    from bibtexparser.model import Block, Entry, Field, ImplicitComment, ParsingFailedBlock

# BibTeX allows blanks and line ends around an entry's type, the parser does not.
_ENTRY_START = LazyPattern(r"^([ \t]*@)[ \t]*([A-Za-z]\w*)(\s*)(?=[{(])", re.MULTILINE)
# Types that begin with the name of another block, and what tells them from it.
_LIKE_BLOCK = LazyPattern(r"(?:comment|string|preamble)\w+", re.IGNORECASE)
_ENTRY_PREFIX = "entry_"
# Text between entries that looks like the start of one.
_STRAY_ENTRY = LazyPattern(
    r"[ \t]*(?:article|book|inproceedings|incollection|misc|phdthesis|"
    r"mastersthesis|techreport|unpublished)\s*\{",
    re.IGNORECASE,
)
# The largest .bib of a group of researchers has 3 MB.
_MAX_SIZE = 16 * 2**20
# The end of a value, and a field with no comma before it.
_MISSING_COMMA = LazyPattern(r"[}\"]\s*[A-Za-z][\w-]*\s*=\s*[{\"]")
_CONFLICT = LazyPattern(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
# BibTeX's own limits for a citation key, and those of LaTeX's \cite.
_KEY = LazyPattern(r"[^\s,{}()\"#%\\'=~@]+")
_FIELD_NAME = LazyPattern(r"[A-Za-z_][\w:.+/-]*")
# The fields that an entry inherits from the one its crossref names; a title as its booktitle.
_INHERITED = (
    "booktitle year month date publisher address location series editor volume number isbn issn "
    "organization journal journaltitle school institution"
).split()
# From the start of an `@string` to that of the next block.
_STRING_BLOCK = LazyPattern(r"(?ims)^[ \t]*@[ \t]*string\b.*?(?=^[ \t]*@|\Z)")
# A value that BibTeX takes for the name of a string; the fields beside texts that are checked.
_STRING = LazyPattern(r"[A-Za-z][\w:+/.-]*")
_STRING_FIELDS = frozenset(("author", "editor"))
_MAX_XDATA = 10
# Names of fields in one notice; biblatex has some 140.
_MAX_NAMED = 150
# The strings that BibTeX's standard styles define (btxbst.doc), beside those of months.
_JOURNALS = {
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica",
    "cacm": "Communications of the ACM", "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal", "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers", "ieeetcad": "IEEE Transactions on Computer-Aided "
    "Design of Integrated Circuits", "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM", "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming", "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems", "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics", "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems", "toplas": "ACM Transactions on "
    "Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
# Between a backslash and a brace, it makes the parser count the brace, as BibTeX does.
_COUNTED = "\x04"


def parse_bibtex(
    file: str, data: bytes, strings: Mapping[str, str] = MappingProxyType({})
) -> list[Header]:
    """Return a header for the file as a whole, and one for each entry in order.

    An entry that cannot be parsed, or is not a paper of its own, has a header with a problem and
    without entries. `file` is the name in problems. `strings` are the `@string`s of other files.
    """
    try:
        with limit_time(len(data), _MAX_SIZE):
            return _parse_file(file, data, strings)
    except READING_ERRORS as error:
        header = Header(file)
        header.report(None, describe_reading_error(error))
        return [header]


def read_strings(folder: Path, pattern: str = "**/*.bib") -> dict[str, str]:
    """Return the `@string`s of all .bib files of a folder by their names in lower case."""
    strings: dict[str, str] = {}
    for path in sorted(folder.glob(pattern)):
        data = path.read_bytes() if is_public(path, folder) else b""
        if b"@string" not in data.lower():
            continue
        # What is wrong in the file is reported where its entries are read.
        with suppress(*READING_ERRORS), limit_time(len(data), _MAX_SIZE):
            text = "".join(_STRING_BLOCK.findall(_decode(Header(""), data)))
            check_formula_ends(text)
            strings = _parse_strings(_parse(_CONFLICT.sub("", text)), {}) | strings
    return strings


def _parse_strings(library: "bibtexparser.Library", others: Mapping[str, str]) -> dict[str, str]:
    strings = dict(others)
    for string in library.strings:
        # From the strings above it, as in BibTeX; and no longer than a title can be.
        strings[string.key.lower()] = _parse_value(string.value, strings)[:10_000]
    return strings


def _parse_file(file: str, data: bytes, others: Mapping[str, str]) -> list[Header]:
    from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock

    file_header = Header(file)
    text = _decode(file_header, data)
    check_formula_ends(text)
    _check_conflicts(file_header, text)
    library = _parse(_CONFLICT.sub("", text))
    strings = _parse_strings(library, _JOURNALS | dict(others))
    lines = text.split("\n")
    entries = []
    for block in map(_recover_entry, library.blocks):
        if isinstance(block, Entry):
            entries.append(_read_entry(file, block, strings, lines))
        elif isinstance(block, ParsingFailedBlock):
            entries.append(_report_unparsable(file, block))
        elif isinstance(block, ImplicitComment):
            _check_comment(file_header, block)
    _check_duplicates(entries)
    _copy_xdata(entries)
    _inherit(entries)
    unread: dict[str, None] = {}
    for entry in entries:
        if entry.fields:
            unread |= dict.fromkeys(read_fields(entry))
    if unread:
        names = ", ".join(name[:40] for name in sorted(unread)[:_MAX_NAMED])
        if len(unread) > _MAX_NAMED:
            names += f" and {len(unread) - _MAX_NAMED} others"
        hint = "write what readers need into `note`"
        file_header.report(None, f"these fields are not used: {names} ({hint})", notice=True)
    return [file_header, *(entry.header for entry in entries)]


def is_single_entry(text: str) -> bool:
    """Tell whether a text is one entry, with nothing before or after it."""
    import bibtexparser

    blocks = bibtexparser.parse_string(text, parse_stack=[]).blocks
    return len(blocks) == 1 and (blocks[0].raw or "").strip() == text.strip()


def _decode(header: Header, data: bytes) -> str:
    """Return a file's text with line feeds as line ends; report problems of the encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        header.report(None, "is UTF-16 (save the file as UTF-8)", notice=True)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            text = data.decode("cp1252", errors="replace")
            hint = "save the file as UTF-8"
            header.report(
                None, f"is not UTF-8 and is read as Windows-1252 ({hint})", line, notice=True
            )
    text = re.sub(r"\r\n?", "\n", text)
    check_characters(header, "\ufeff" * data.startswith(b"\xef\xbb\xbf") + text, lenient=True)
    if match := CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        code = f"U+{ord(match[0]):04X}"
        header.report(None, f"contains the control character {code} (delete it)", line, notice=True)
        text = CONTROL.sub(" ", text)
    return text


def _check_conflicts(header: Header, text: str) -> None:
    """Report the marks of merge conflicts."""
    for match in _CONFLICT.finditer(text):
        hint = "keep one side and delete the marker lines"
        line = text.count("\n", 0, match.start()) + 1
        header.report(None, f"an unresolved merge conflict ({hint})", line)


def _check_comment(header: Header, block: "ImplicitComment") -> None:
    """Report what looks like an entry in the text between entries."""
    lines = block.comment.split("\n")
    for n, line in enumerate(lines):
        start = _find_start(line)
        if not start and (match := _STRAY_ENTRY.match("\n".join(lines[n : n + 3]))):
            start = match[0]
        if start:
            message = f'"{start.strip()[:40]}" does not start an entry (write `@article{{key,`)'
            header.report(None, message, block.start_line + n + 1)


def _find_start(line: str) -> str:
    """Return the text up to the bracket after the last @ that has one, outside of a comment."""
    last = max(line.rfind("{"), line.rfind("("))
    at = line.partition("%")[0].rfind("@", 0, last) if last >= 0 else -1
    if at < 0:
        return ""
    return line[: at + 1 + re.search(r"[{(]", line[at + 1 :]).end()]


def _parse(text: str) -> "bibtexparser.Library":
    """Parse a text, its entries laid out for the parser on as many lines as before."""
    import bibtexparser

    text = _ENTRY_START.sub(_lay_out_start, text)
    # Set here and not at import: others may use the parser's log.
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        library = bibtexparser.parse_string(text, parse_stack=[])
    finally:
        logger.setLevel(level)
    return library


def _lay_out_start(match: re.Match) -> str:
    # The parser takes @commentary for a comment.
    is_entry = _LIKE_BLOCK.fullmatch(match[2]) is not None
    return "\n" * match[3].count("\n") + match[1] + _ENTRY_PREFIX * is_entry + match[2]


def _recover_entry(block: "Block") -> "Block":
    """Return a block, or the entry that the parser rejected for a repeated field or key."""
    from bibtexparser.model import ParsingFailedBlock

    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    if isinstance(block, ParsingFailedBlock) and "\\}" in (block.raw or ""):
        counted = re.sub(r"\\(?=[{}])", rf"\\{_COUNTED}", block.raw)
        entries = _parse(counted).entries
        if len(entries) == 1:
            entries[0].offset = block.start_line
            return entries[0]
    return block


def _parse_value(raw: str, strings: Mapping[str, str]) -> str:
    """Return a value without its delimiters, its parts joined and its `@string`s inserted."""
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in raw:
        return raw[1:-1]
    return "".join(_parse_part(part, strings) for part in _split_parts(raw))


def _split_parts(raw: str) -> list[str]:
    """Return the parts of a value that `#` joins."""
    parts, start = [], 0
    for n, char, outside in _scan(raw):
        if char == "#" and outside:
            parts.append(raw[start:n].strip())
            start = n + 1
    return [*parts, raw[start:].strip()]


def _parse_part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and part[0] + part[-1] in ("{}", '""'):
        return part[1:-1]
    return strings.get(part.lower(), part)


def _is_comma_missing(raw: str) -> bool:
    """Tell whether a value continues after its closing brace or quote."""
    if not _MISSING_COMMA.search(raw):
        return False
    for n, char, outside in _scan(raw):
        if char in '}"' and outside and n < len(raw) - 1:
            return not raw[n + 1 :].lstrip().startswith("#")
    return False


def _scan(raw: str) -> Iterator[tuple[int, str, bool]]:
    """Yield index and character, and whether it is, or ends, outside of braces and quotes."""
    depth, quoted = 0, False
    for n, char in enumerate(raw):
        if char == '"' and depth == 0:
            quoted = not quoted
        elif char in "{}":
            depth += 1 if char == "{" else -1
        yield n, char, depth == 0 and not quoted


def _read_entry(
    file: str, block: "Entry", strings: Mapping[str, str], lines: list[str]
) -> BibtexEntry:
    offset = getattr(block, "offset", 0)
    start = block.start_line + offset
    header = Header(file, citation_key=block.key.strip() or None, line=start + 1)
    type_ = block.entry_type.strip().lower().removeprefix(_ENTRY_PREFIX)
    entry = BibtexEntry(type_, header)
    before = lines[start].partition("@")[0] if start < len(lines) else ""
    if before.lstrip().startswith("%"):
        hint = "delete it, or only the %"
        header.report(None, f"is commented out with % and is ignored ({hint})", notice=True)
        return entry
    if not _KEY.fullmatch(block.key):
        valid = "".join(_KEY.findall(block.key)) or f"key{start + 1}"
        header.report(None, f'"{block.key}" is not a valid citation key (write `{valid}`)')
    if not block.fields:
        header.report(None, "is empty (write `title = {…}` and the other fields into it)")
    for field in block.fields:
        _read_field(entry, field, field.start_line + offset + 1, strings)
    return entry


def _read_field(entry: BibtexEntry, field: "Field", line: int, strings: Mapping[str, str]) -> None:
    """Add a field to an entry; of those of one name, the first that has a value."""
    header = entry.header
    *comments, name = (part.strip() for part in field.key.strip().split("\n"))
    if _is_comma_missing(field.value):
        header.report(name.lower(), "is not followed by a comma (add one)", line)
    value = _parse_value(field.value, strings).replace(_COUNTED, "").strip()
    _check_strings(header, name.lower(), field.value, line, strings)
    value = resolve_conditions(value)
    if name.startswith("%"):
        hint = "BibTeX has no comments inside an entry: delete it"
        header.report(name, f"is ignored ({hint})", line, notice=True)
    elif not _FIELD_NAME.fullmatch(name) or not all(text.startswith("%") for text in comments):
        message = f'"{field.key.strip()[:40]}" is not a valid field name (write one word)'
        header.report(None, message, line)
    elif name.startswith("_"):
        return  # A field that is switched off.
    elif (name := name.lower()) not in entry.fields or not entry.fields[name]:
        entry.fields[name], entry.lines[name] = value, line
    elif value and is_known_field(name):
        message = f"given twice, first in line {entry.lines[name]} (keep one)"
        header.report(name, message, line, notice=entry.fields[name] == value)


def _check_strings(
    header: Header, name: str, raw: str, line: int, strings: Mapping[str, str]
) -> None:
    """Report a word of a text that no `@string` defines, as BibTeX does."""
    if raw[:1] in '{"' and "#" not in raw or name not in TEXT_FIELDS | _STRING_FIELDS:
        return
    for part in _split_parts(raw):
        if _STRING.fullmatch(part) and part.lower() not in strings:
            hint = f'write `@string{{{part} = "…"}}`, or the value in braces'
            header.report(name, f'"{part}" is not a known @string ({hint})', line, notice=True)


def _report_unparsable(file: str, block: "ParsingFailedBlock") -> BibtexEntry:
    match = re.match(r"\s*@\w+\s*[{(]\s*([^,\s]+)", block.raw or "")
    header = Header(file, citation_key=match[1] if match else None, line=block.start_line + 1)
    header.report(None, "cannot be read (look for a missing key, brace, quote or comma)")
    return BibtexEntry("", header)


def _check_duplicates(entries: list[BibtexEntry]) -> None:
    """Report entries whose citation key an entry above has."""
    headers: dict[str, Header] = {}
    for entry in entries:
        key = (entry.header.citation_key or "").lower()
        if entry.fields and key:
            first = headers.setdefault(key, entry.header)
            if first is not entry.header:
                message = f"already exists in line {first.line} (keep one, or rename its key)"
                entry.header.report(None, message)


def _copy_xdata(entries: list[BibtexEntry]) -> None:
    """Give entries the fields of those that their `xdata` names (biblatex 3.20, 3.13.6)."""
    sources = {(entry.header.citation_key or "").lower(): entry for entry in reversed(entries)}
    for entry in entries:
        names = [name.strip() for name in entry.fields.get("xdata", "").split(",")]
        queue, seen = [(name, 0) for name in filter(None, names)], set()
        while queue:
            name, depth = queue.pop(0)
            source = sources.get(name.lower())
            if source is None or source.type != "xdata":
                entry.report_notice("xdata", f'"{name}" is not a known @xdata (correct the key)')
            elif name.lower() not in seen and depth < _MAX_XDATA:
                seen.add(name.lower())
                for field, value in source.fields.items():
                    if field != "xdata" and not entry.fields.get(field):
                        entry.fields[field] = value
                        entry.lines[field] = entry.lines["xdata"]
                others = source.fields.get("xdata", "").split(",")
                queue += [(other.strip(), depth + 1) for other in others if other.strip()]
    for entry in entries:
        if entry.type == "xdata":
            entry.fields.clear()


def _inherit(entries: list[BibtexEntry]) -> None:
    """Fill entries from those that their crossref names; these are not papers of their own."""
    by_key = {(entry.header.citation_key or "").lower(): entry for entry in reversed(entries)}
    parents = []
    for entry in entries:
        if not (name := entry.fields.get("crossref")):
            continue
        parent = by_key.get(name.lower())
        if parent is None or parent is entry:
            hint = "add the entry, or delete the field"
            entry.report_notice("crossref", f'"{name}" is not an entry of this file ({hint})')
            continue
        parents.append(parent)
        title = parent.fields.get("booktitle") or parent.fields.get("title", "")
        fields = parent.fields | {"booktitle": title}
        for inherited in _INHERITED:
            if fields.get(inherited) and not entry.fields.get(inherited):
                entry.fields[inherited] = fields[inherited]
                entry.lines[inherited] = entry.lines["crossref"]
    for parent in parents:
        if not parent.fields.get("author") and parent.fields:
            parent.fields.clear()
            parent.header.report(None, "has no page because other entries refer to it", notice=True)
