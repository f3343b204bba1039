"""Files of references: BibTeX, CSL-JSON, RIS, EndNote's and PubMed's formats, ORCID's records."""

import json
from pathlib import Path

from ...util import READING_ERRORS, describe_reading_error, limit_time
from ..common import LineFinder, count_words, import_csl_record, note_unread
from ..result import SourceTree
from .bibtex import import_bib_file
from .endnote import is_endnote_xml, is_enw, read_endnote_xml, read_enw
from .orcid import import_orcid, is_orcid
from .paper import import_records
from .pubmed import is_nbib, read_nbib
from .record import Record
from .ris import is_ris, read_ris

# A longer file would fill the memory.
_MAX_BYTES = 64 * 2**20


def import_references(source: SourceTree, path: Path) -> bool:
    """Import a file of references; tell whether it is one.

    Raises ValueError for an invalid file that the user named; one in a folder gets a note.
    """
    try:
        with limit_time(path.stat().st_size, _MAX_BYTES):
            return _import_file(source, path)
    except READING_ERRORS as error:
        message = str(error) if isinstance(error, ValueError) else describe_reading_error(error)
        if source.file:
            raise ValueError(f"{source.relative_name(path)} {message}") from None
        source.note("left", path, message)
        return False


def _import_file(source: SourceTree, path: Path) -> bool:
    if path.suffix.lower() == ".bib":
        import_bib_file(source, path)
        return True
    if path.suffix.lower() == ".xml" and not is_endnote_xml(path.read_bytes()):
        return False  # A sitemap or a feed.
    text = source.read_text(path)
    records = _read_records(source, path, text)
    if records is not None:
        import_records(source, path, records)
        return True
    if path.suffix.lower() != ".json" and text.lstrip()[:1] not in ("[", "{"):
        return False
    data = _parse_json(text)
    if is_orcid(data):
        import_orcid(source, path, text, data)
        return True
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not any(map(_is_item, items)):
        return False
    lines, unread = LineFinder(text), {}
    for item in items:
        if _is_item(item):
            line = lines.of(item["title"])
            for name in import_csl_record(source, path, item, line):
                unread.setdefault(name, line)
        else:
            message = (
                f"{json.dumps(item)[:60]} is not an item of CSL-JSON (it needs type and title)"
            )
            source.note("left", path, message)
    note_unread(source, path, "variables", unread)
    source.note("taken", path, count_words(len(items), "item", "items"))
    return True


def _read_records(source: SourceTree, path: Path, text: str) -> list[Record] | None:
    """Return the records of RIS, EndNote or PubMed; None for a text in no format of theirs."""
    suffix = path.suffix.lower()
    if suffix == ".ris" or is_ris(text):
        return read_ris(source, path, text)
    if suffix == ".enw" or is_enw(text):
        return read_enw(text)
    if suffix == ".nbib" or is_nbib(text):
        return read_nbib(text)
    return read_endnote_xml(text) if is_endnote_xml(text.encode()) else None


def _parse_json(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("is nested too deeply (export it again)") from None
    except json.JSONDecodeError as error:
        message = f"is not valid JSON in line {error.lineno}: {error.msg} (export it again)"
        raise ValueError(message) from None
    except ValueError:
        raise ValueError("contains a number that is too long (export it again)") from None


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("title"), str) and "type" in item
