"""The fields of a BibTeX entry become the entries of a header, TeX decoded."""

from functools import lru_cache
from urllib.parse import quote

from ...model import SCHEMES
from ...util import (
    LazyPattern,
    decode_latex,
    decode_latex_line,
    decode_latex_title,
    find_misspelt,
    shorten,
)
from ..header import HeaderEntry, Parsed, mark_italics
from ..header_keys import (
    KEY_ALIASES,
    KEY_NAMES,
    RENAMED_HEADERS,
    TEXT_FIELDS,
    TRANSLATED_TITLE,
    link_label,
)
from ..links import WEB_FIELD, extract_links, unescape_verbatim
from ..type_names import (
    ENTRY_TYPES,
    GENRES,
    MEANT_TYPES,
    TYPE_NAMES,
    VENUE_FIELDS,
    is_plain_genre,
    name_genre,
)
from .dates import DATE_FIELDS, parse_bibtex_date
from .entry import BibtexEntry
from .names import NAME_FIELDS, make_names_entry, split_names
from .zotero_note import split_zotero_note

# Fields that mean something else in a .bib than in a header.
_OTHER_MEANING = frozenset(
    "key type citation bibtex status slug modified category eprint layout "
    "affiliation affiliations".split()
)
# Fields that others are read with, or that say nothing of the paper to a reader: what reference
# managers and databases add to every entry (Zotero, Mendeley, JabRef, EndNote, Scopus, Web of
# Science, ACM, ADS, MathSciNet, zbMATH, PubMed).
_BOOKKEEPING = frozenset(
    "type subtitle collaboration eprint archiveprefix eprinttype eprintclass primaryclass "
    "crossref xdata status date-added date-modified timestamp biburl bibsource urldate owner "
    "file groups hal_version creationdate modificationdate bibtex_show copyright rights "
    "shorttitle shortauthor shortjournal accessed access_date accessdate "
    "lastaccessed lastchecked local-url read rating ranking priority relevance readstatus "
    "qualityassured printed search comment comments annote review sortkey sortname "
    "sorttitle sortyear presort options keyword-plus keywords-plus author_keywords "
    "keywords_plus affiliation affiliations author-address correspondence_address "
    "correspondence_address1 coden source document_type abbrev_source_title references "
    "cited-references number-of-cited-references times-cited usage-count-last-180-days "
    "usage-count-since-2013 unique-id doc-delivery-number journal-iso web-of-science-categories "
    "web-of-science-index research-areas researcherid-numbers orcid-numbers "
    "funding-acknowledgement funding-text da oa esi-highly-cited-paper esi-hot-paper researchid "
    "issue_date numpages acmid adsurl adsnote mrnumber mrclass mrreviewer mrkey fjournal zbl "
    "zblnumber zbmath zmnumber lccn callnumber pii nlmuniqueid nlm refid intype "
    "citeulike-article-id posted-at bibkey pagetotal language langid".split()
)
# Schemes of `eprint`, and the keys of their identifiers.
_EPRINTS = {
    "arxiv": "arxiv", "hal": "hal", "pmid": "pmid", "pubmed": "pmid", "pmc": "pmcid",
    "pmcid": "pmcid", "doi": "doi",
}  # fmt: skip
# Those of biblatex (3.20, 3.14.7) that are addresses here.
_EPRINT_URLS = {
    "jstor": "https://www.jstor.org/stable/{}", "hdl": "https://hdl.handle.net/{}",
    "googlebooks": "https://books.google.com/books?id={}",
}  # fmt: skip
_COMMON_FIELDS = (
    "title author year month journal booktitle abstract keywords volume number pages publisher doi"
).split()
# What looks like one of biblatex's keys for types.
_TYPE_KEY = LazyPattern(r"[a-z]+(?:thesis|report|cd)|pat(?:ent|req)[a-z]*")
_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "eng": "en", "german": "de",
    "ngerman": "de", "french": "fr", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "spanish": "es", "portuguese": "pt", "italian": "it", "polish": "pl", "russian": "ru",
    "dutch": "nl",
}  # fmt: skip


def is_known_field(name: str) -> bool:
    """Tell whether papers have a place for a field."""
    return (
        (name in KEY_NAMES and name not in _OTHER_MEANING)
        or name in DATE_FIELDS
        or NAME_FIELDS.fullmatch(name) is not None
        or bool(link_label(name))
    )


def read_fields(entry: BibtexEntry) -> list[str]:
    """Fill an entry's header from its type and fields; return the fields that nothing reads."""
    _rename_fields(entry)
    headers = entry.header.entries
    extract_links(entry.fields, entry.lines)
    unread = []
    _read_eprint(entry)
    _read_zotero_note(entry)
    keys = _choose_keys(_read_type(entry), entry.fields)
    for name, value in entry.fields.items():
        if not value or name in DATE_FIELDS:
            continue
        if TRANSLATED_TITLE.fullmatch(name):
            headers[name] = entry.make_header(name, decode_latex_line(value), raw=value)
        elif name == "status" and value.lower() in ("draft", "hidden", "skip"):
            headers[name] = entry.make_header(name, value.lower(), raw=value)
        elif (key := keys.get(name)) in ("authors", "editor"):
            headers[key] = make_names_entry(entry, key, name, split_names(entry, name))
        elif key:
            text, parsed = _decode_field(entry, key, name)
            entry.report_macros(name, text)
            if text:
                headers[key] = entry.make_header(name, text, raw=value, parsed=parsed)
        elif match := _close_match(name):
            entry.report_notice(name, f"is not a known field (did you mean `{match}`?)")
        elif not _is_bookkeeping(name) and not _is_repeated(name, keys, entry.fields):
            unread.append(name)
    if entry.fields.get("collaboration") and "authors" not in headers:
        headers["authors"] = make_names_entry(entry, "authors", "collaboration", [])
    _add_subtitle(entry)
    if title := headers.get("title"):
        headers["title"] = mark_italics(title, title.value)
    if date_entry := parse_bibtex_date(entry):
        headers["date"] = date_entry
    return unread


def _is_bookkeeping(name: str) -> bool:
    """Tell whether a field is read elsewhere, or is of use to a program or a database only."""
    if "+an" in name:  # Annotations of names (biblatex 3.20, 3.7).
        return True
    return name in _BOOKKEEPING or name.startswith(("bdsk-", "mendeley", "zotero", "__"))


def _is_repeated(name: str, keys: dict[str, str], fields: dict[str, str]) -> bool:
    """Tell whether a field says what another one, which is read, says."""
    return any(fields[name] == fields[other] for other in keys if other != name)


def _rename_fields(entry: BibtexEntry) -> None:
    """Give fields their new names, and report the old ones."""
    for old, (new, release) in RENAMED_HEADERS.items():
        if entry.fields.get(old) and old not in KEY_NAMES:
            entry.report_notice(old, f"was renamed to `{new}` in {release} (use the new name)")
            entry.fields = {new: entry.fields[old]} | entry.fields
            entry.lines = {new: entry.lines[old]} | entry.lines


def _read_type(entry: BibtexEntry) -> str:
    """Add the entry's type, genre and eprint to the header; return the type's CSL name."""
    header, fields = entry.header, entry.fields
    type_ = TYPE_NAMES.get(entry.type)
    if type_ is None:
        close = MEANT_TYPES.get(entry.type) or find_misspelt(entry.type, ENTRY_TYPES)
        hint = f"did you mean `@{close}`?" if close else "write `@misc`"
        header.report(None, f"`@{entry.type}` is not an entry type ({hint})")
        type_ = "document"
    genre = decode_latex_line(fields.get("type", "")) or GENRES.get(entry.type, "")
    header.entries["type"] = HeaderEntry(entry.type, header.line, "type")
    if type_ not in ("article-journal", "paper-conference"):
        header.entries["genre"] = HeaderEntry(genre, entry.lines.get("type", header.line), "type")
        if _TYPE_KEY.fullmatch(genre) and name_genre(genre) == genre:
            message = f'"{shorten(genre)}" is not a biblatex type and is shown as it is'
            entry.report_notice("type", f"{message} (write the type in words)")
    elif genre and not is_plain_genre(genre):
        message = f'"{shorten(genre)}" is not shown in an @{entry.type} (write it into `note`)'
        entry.report_notice("type", message)
    return type_


def _read_eprint(entry: BibtexEntry) -> None:
    """Add the identifier or the address in `eprint` to the header."""
    fields, headers = entry.fields, entry.header.entries
    if not fields.get("eprint"):
        return
    value = unescape_verbatim(fields["eprint"])
    scheme = unescape_verbatim(fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv")
    key = _EPRINTS.get(scheme.lower())
    identifier = SCHEMES[key].parse(value) if key else None
    if key and identifier:
        other = next((name for name in fields if KEY_NAMES.get(name) == key), None)
        if other is None or not fields[other]:
            headers[key] = entry.make_header("eprint", value)
        elif not SCHEMES[key].is_same(SCHEMES[key].parse(fields[other]) or identifier, identifier):
            entry.report_notice("eprint", f"differs from `{other}` (keep one)")
    elif "://" in value:
        headers["eprint"] = entry.make_header("eprint", value)
    elif scheme.lower() in _EPRINT_URLS:
        address = _EPRINT_URLS[scheme.lower()].format(quote(value, safe="/"))
        headers["eprint"] = entry.make_header("eprint", address)
    else:
        example = SCHEMES[key].example if key else SCHEMES["arxiv"].example
        hint = f"write it as {example}, or write its address into `url`"
        entry.report_notice(
            "eprint", f'"{shorten(value)}" is not a valid {shorten(scheme)} id ({hint})'
        )


def _read_zotero_note(entry: BibtexEntry) -> None:
    """Drop what Zotero adds to a note, and read the identifiers in it."""
    if ":" not in (note := entry.fields.get("note", "")):
        return
    entry.fields["note"], values = split_zotero_note(note)
    for name in ("DOI", "PMID", "PMCID"):
        is_known = any(KEY_NAMES.get(field) == name.lower() for field in entry.fields)
        if not is_known and (identifier := SCHEMES[name.lower()].parse(values.get(name, ""))):
            entry.fields[name.lower()], entry.lines[name.lower()] = identifier, entry.lines["note"]


def _choose_keys(type_: str, fields: dict[str, str]) -> dict[str, str]:
    """Return the key of a paper that each field is for; of several for one key, the best."""
    names = {}
    for name in fields:
        key = KEY_NAMES.get(name)
        if key is None or name in _OTHER_MEANING or not fields[name] or key == "venue":
            continue
        # An award's name is shorter than what al-folio shows on a click.
        order = ["award_name"] * (key == "award") + [key, *KEY_ALIASES.get(key, "").split()]
        if key not in names or order.index(name) < order.index(names[key]):
            names[key] = name
    if WEB_FIELD.match(fields.get("howpublished", "")):
        names.setdefault("url", "howpublished")
    for name in VENUE_FIELDS.get(type_, VENUE_FIELDS["document"]).split():
        if fields.get(name) and not WEB_FIELD.match(fields[name]):
            names["venue"] = name
            break
    links = (name for name in fields if link_label(name) and name not in KEY_NAMES)
    return {name: name for name in links if name not in _OTHER_MEANING} | {
        name: key for key, name in names.items()
    }


def _decode_field(entry: BibtexEntry, key: str, name: str) -> tuple[str, Parsed | None]:
    """Return the text of a header, and what it was parsed into."""
    value = entry.fields[name]
    if key == "tags":
        text = decode_latex_line(value)
        items = [item.strip() for item in text.split(";" if ";" in text else ",") if item.strip()]
        return "\n".join(f"- {item}" for item in items), tuple(dict.fromkeys(items))
    if key == "title":
        return decode_latex_title(value)
    default = decode_latex_line if name in TEXT_FIELDS else unescape_verbatim
    return _DECODERS.get(key, default)(value), None


def _add_subtitle(entry: BibtexEntry) -> None:
    fields, header = entry.fields, entry.header
    if fields.get("subtitle") and header.get("title"):
        raw = f"{fields['title']}: {fields['subtitle']}"
        text, parsed = decode_latex_title(raw)
        entry.report_macros("subtitle", decode_latex_line(fields["subtitle"]))
        header.entries["title"] = entry.make_header("title", text, raw=raw, parsed=parsed)


# The decoders of keys whose fields are not all text, or not on one line.
_DECODERS = {
    "abstract": decode_latex,
    "stage": decode_latex_line,
    "lang": lambda value: _LANGUAGES.get(value.lower(), value),
    "url": unescape_verbatim,
}


@lru_cache(1024)
def _close_match(name: str) -> str | None:
    """Return the field that an unknown name is a misspelling of."""
    if is_known_field(name) or name in (*_OTHER_MEANING, *KEY_NAMES, "volumes"):
        return None
    return find_misspelt(name, _COMMON_FIELDS)
