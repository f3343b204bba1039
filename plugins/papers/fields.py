"""The fields of a BibTeX entry become the entries of a header block, in plain text."""

import difflib
import re
from collections.abc import Mapping
from functools import cache

from .headers import Entry, Header
from .keys import ALIASES, GENRES, KNOWN, TEXT_FIELDS, TITLE_IN, TYPE_NAMES, link_label
from .tex import decode, decode_line
from .upgrades import rename_fields
from .values import DATES, read_date, read_names

# Fields that mean something else in a .bib than in a header, or nothing that we show.
_NOT_OURS = frozenset("key type citation bibtex status slug modified category eprint".split())
# Where a venue stands, by type: the first that is there counts.
_VENUES = {
    "paper-conference": "booktitle conference journal journaltitle venue eventtitle",
    "chapter": "booktitle journal journaltitle venue",
    "thesis": "school institution publisher venue",
    "report": "institution organization school journal venue",
    "article-journal": "journal journaltitle booktitle venue publication",
    "book": "venue",
    "document": "journal journaltitle booktitle venue howpublished school institution organization",
}
# What TeX writes in an address for a character that is special to it.
_ESCAPED = re.compile(r"\{\\?([&%_#~$])\}|\\([&%_#~$])|\{?\\textasciitilde ?(?:\{\})?\}?")
_WEB = re.compile(r"\s*(?:\\url\s*\{\s*)?(?:https?://|www\.)")
_CORE = (
    "title author year month journal booktitle abstract keywords volume number pages publisher doi"
).split()
_LANGS = {
    "english": "en", "american": "en", "british": "en", "eng": "en", "german": "de",
    "ngerman": "de", "french": "fr", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "spanish": "es", "portuguese": "pt", "italian": "it", "polish": "pl", "russian": "ru",
    "dutch": "nl",
}  # fmt: skip


def matters(name: str) -> bool:
    """Tell whether a field has a place in a paper's record."""
    return (name in KNOWN and name not in _NOT_OURS) or name in DATES or bool(link_label(name))


def take(header: Header, type_: str, fields: Mapping[str, str], lines: Mapping[str, int]) -> None:
    """Fill a header block from an entry's type and fields; `lines` tells where they stand."""
    fields, lines = rename_fields(header, fields, lines)
    kind = _type(header, type_, fields)
    chosen = {name: key for key, name in _chosen(kind, fields).items()}
    for name, value in fields.items():
        if not value or name in DATES:
            continue
        single = link_label(name) and name not in KNOWN and name not in _NOT_OURS
        key = chosen.get(name) or (name if single else None)
        if TITLE_IN.fullmatch(name):
            header.entries[name] = Entry(decode_line(value), lines[name], name, value)
        elif name == "status" and value.lower() in ("draft", "hidden", "skip"):
            header.entries[name] = Entry(value.lower(), lines[name], name, value)
        if key is None:
            if name not in header.entries and (close := _close(name)):
                hint = f"did you mean `{close}`?"
                header.problem(name, f"is no field that is read ({hint})", lines[name], notice=True)
            continue
        if key in ("authors", "editor"):
            text = read_names(header, name, value, lines[name])
        elif key == "tags":
            line = decode_line(value)
            words = line.split(";" if ";" in line else ",")
            text = "\n".join(f"- {word.strip()}" for word in words if word.strip())
        elif key == "abstract":
            text = decode(value)
        elif key == "pages":
            text = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", decode_line(value)).strip("-– ")
        elif key == "lang":
            text = _LANGS.get(value.lower(), value)
        elif name in TEXT_FIELDS and key != "url":
            text = decode_line(value)
        else:
            text = _verbatim(value)
        if text:
            header.entries[key] = Entry(text, lines[name], name, value)
    if fields.get("subtitle") and header.get("title"):
        title = f"{fields['title']}: {fields['subtitle']}"
        header.entries["title"] = Entry(decode_line(title), lines["title"], "title", title)
    read_date(header, fields, lines)


def _type(header: Header, type_: str, fields: Mapping[str, str]) -> str:
    """Note the type of an entry, as CSL names it; return it."""
    kind = TYPE_NAMES.get(type_)
    if kind is None:
        close = difflib.get_close_matches(type_, TYPE_NAMES, n=1)
        hint = f"did you mean `@{close[0]}`?" if close else "write `@misc`"
        header.problem(None, f"`@{type_}` is no type of entry ({hint})")
        kind = "document"
    genre = decode_line(fields.get("type", "")) or GENRES.get(type_, "")
    header.entries["type"] = Entry(type_, header.line, "type")
    if genre and kind not in ("article-journal", "paper-conference"):
        header.entries["genre"] = Entry(genre, header.line, "type")
    if fields.get("eprint"):
        prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
        if "://" in fields["eprint"] and "arxiv.org" not in fields["eprint"]:
            prefix = "eprint"
            header.entries[prefix] = Entry(_verbatim(fields["eprint"]), header.line, "eprint")
        if prefix in ("arxiv", "hal", "pmid", "pubmed") and not fields.get(prefix):
            key = {"pubmed": "pmid"}.get(prefix, prefix)
            header.entries[key] = Entry(_verbatim(fields["eprint"]), header.line, "eprint")
    return kind


def _chosen(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return for each key of a paper the field that it is read from."""
    chosen = {}
    for name in fields:
        key = KNOWN.get(name)
        if key is None or name in _NOT_OURS or not fields[name] or key == "venue":
            continue
        # An award's name is shorter than what al-folio shows on a click.
        order = ["award_name"] * (key == "award") + [key, *ALIASES.get(key, "").split()]
        if key not in chosen or order.index(name) < order.index(chosen[key]):
            chosen[key] = name
    if _WEB.match(fields.get("howpublished", "")):
        chosen.setdefault("url", "howpublished")
    for name in _VENUES.get(kind, _VENUES["document"]).split():
        if fields.get(name) and not _WEB.match(fields[name]):
            chosen["venue"] = name
            break
    return chosen


def _verbatim(value: str) -> str:
    """Return an address or another value that is no text, changed only where TeX escaped it."""
    if match := re.search(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)""", value, re.IGNORECASE):
        value = match[1]
    if match := re.fullmatch(r"\s*\\(?:url|path|href)\s*\{([^{}]*)\}.*", value, re.DOTALL):
        value = match[1]
    while len(value) > 1 and value[0] + value[-1] == "{}":
        value = value[1:-1]
    return _ESCAPED.sub(lambda found: found[1] or found[2] or "~", value).strip()


@cache
def _close(name: str) -> str | None:
    """Return the field that an unknown name is a misspelling of."""
    if matters(name) or name in _NOT_OURS or name in KNOWN:
        return None
    return next(iter(difflib.get_close_matches(name, _CORE, n=1, cutoff=0.84)), None)
