"""The fields of a BibTeX entry become the entries of a header, TeX decoded."""

import difflib
import re
from dataclasses import dataclass, field
from functools import cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from ..model import PartialDate, month_number, parse_name_list
from ..util import decode_latex, decode_latex_line, decode_latex_title, find_macros, shorten
from .header import Header, HeaderEntry, Parsed
from .header_keys import (
    KEY_ALIASES,
    KEY_NAMES,
    RENAMED_HEADERS,
    TEXT_FIELDS,
    TRANSLATED_TITLE,
    link_label,
)
from .type_names import GENRES, TYPE_NAMES

DATE_FIELDS = ("year", "month", "day", "date", "issued", "pub_date")
# Marks and emphasis in names, and what replaces them.
_MARK_MACROS = [
    (re.compile(r"\$?\^?\{?\\(?:dagger|dag)\b *\}?\$?"), "†"),
    (re.compile(r"\$?\^?\{?\\(?:ddagger|ddag)\b *\}?\$?"), "‡"),
    (re.compile(r"\$?\^?\{?\\(?:ast|star)\b *\}?\$?"), "*"),
    (re.compile(r"\\thanks\{[^{}]*\}"), ""),
    (re.compile(r"\$\^?\{?[\d, ]+\}?\$|\\textsuperscript\{[\d, ]*\}"), ""),
    (re.compile(r"\$\^?\{?([*+†‡§¶#\d, ]+)\}?\$"), r"\1"),
    (re.compile(r"\\textsuperscript\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?:textbf|underline|textit|emph|uline)\{((?:[^{}]|\{[^{}]*\})*)\}"), r"\1"),
]
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_WRONG_SEPARATOR = "{} are read as the ends of names (write `and` between names)"
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
# Fields that mean something else in a .bib than in a header.
_OTHER_MEANING = frozenset("key type citation bibtex status slug modified category eprint".split())
# The fields of a venue, by type; the first that has a value wins.
_VENUES = {
    "paper-conference": "booktitle conference journal journaltitle venue eventtitle",
    "chapter": "booktitle journal journaltitle venue",
    "thesis": "school institution publisher venue",
    "report": "institution organization school journal venue",
    "article-journal": "journal journaltitle booktitle venue publication",
    "book": "venue",
    "document": "journal journaltitle booktitle venue howpublished school institution organization",
}
# Characters in addresses that TeX needs escaped.
_ESCAPED = re.compile(r"\{\\?([&%_#~$])\}|\\([&%_#~$])|\{?\\textasciitilde ?(?:\{\})?\}?")
_WEB = re.compile(r"\s*(?:\\url\s*\{\s*)?(?:https?://|www\.)")
# Schemes of `eprint`, and the keys of their identifiers.
_EPRINTS = {"arxiv": "arxiv", "hal": "hal", "pmid": "pmid", "pubmed": "pmid"}
_COMMON_FIELDS = (
    "title author year month journal booktitle abstract keywords volume number pages publisher doi"
).split()
_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "eng": "en", "german": "de",
    "ngerman": "de", "french": "fr", "chinese": "zh", "japanese": "ja", "korean": "ko",
    "spanish": "es", "portuguese": "pt", "italian": "it", "polish": "pl", "russian": "ru",
    "dutch": "nl",
}  # fmt: skip


@dataclass(slots=True)
class BibtexEntry:
    """An entry as it is written: names in lower case, values without their delimiters.

    `lines` are the numbers of the lines in which the fields begin.
    """

    type: str
    header: Header
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def make_header(self, name: str, text: str, **values) -> HeaderEntry:
        """Make the header entry of a field."""
        return HeaderEntry(text, self.lines[name], name, **values)

    def report_notice(self, name: str, message: str) -> None:
        """Report a notice on a field."""
        self.header.report(name, message, self.lines[name], notice=True)


def is_known_field(name: str) -> bool:
    """Tell whether papers have a place for a field."""
    return (
        (name in KEY_NAMES and name not in _OTHER_MEANING)
        or name in DATE_FIELDS
        or bool(link_label(name))
    )


def read_fields(entry: BibtexEntry) -> None:
    """Fill an entry's header from its type and fields."""
    _rename_fields(entry)
    headers = entry.header.entries
    keys = _choose_keys(_read_type(entry), entry.fields)
    for name, value in entry.fields.items():
        if not value or name in DATE_FIELDS:
            continue
        if TRANSLATED_TITLE.fullmatch(name):
            headers[name] = entry.make_header(name, decode_latex_line(value), raw=value)
        elif name == "status" and value.lower() in ("draft", "hidden", "skip"):
            headers[name] = entry.make_header(name, value.lower(), raw=value)
        elif key := keys.get(name):
            text, parsed = _decode_field(entry, key, name)
            if macros := find_macros(text, value):
                hint = "write in plain words what is meant"
                message = (
                    f'"{shorten(", ".join(macros))}" is TeX that is not known, and is shown so'
                )
                entry.report_notice(name, f"{message} ({hint})")
            if text:
                headers[key] = entry.make_header(name, text, raw=value, parsed=parsed)
        elif match := _close_match(name):
            entry.report_notice(name, f"is no field that is read (did you mean `{match}`?)")
    _add_subtitle(entry)
    if date_entry := parse_bibtex_date(entry):
        headers["date"] = date_entry


def _rename_fields(entry: BibtexEntry) -> None:
    """Give fields their new names, and report the old ones."""
    for old, (new, release) in RENAMED_HEADERS.items():
        if entry.fields.get(old) and old not in KEY_NAMES:
            entry.report_notice(old, f"is called `{new}` since {release} (write that)")
            entry.fields = {new: entry.fields[old]} | entry.fields
            entry.lines = {new: entry.lines[old]} | entry.lines


def _read_type(entry: BibtexEntry) -> str:
    """Add the entry's type, genre and eprint to the header; return the type's CSL name."""
    header, fields = entry.header, entry.fields
    type_ = TYPE_NAMES.get(entry.type)
    if type_ is None:
        close = difflib.get_close_matches(entry.type, TYPE_NAMES, n=1)
        hint = f"did you mean `@{close[0]}`?" if close else "write `@misc`"
        header.report(None, f"`@{entry.type}` is no type of entry ({hint})")
        type_ = "document"
    genre = decode_latex_line(fields.get("type", "")) or GENRES.get(entry.type, "")
    header.entries["type"] = HeaderEntry(entry.type, header.line, "type")
    if genre and type_ not in ("article-journal", "paper-conference"):
        header.entries["genre"] = HeaderEntry(genre, header.line, "type")
    if eprint := fields.get("eprint"):
        scheme = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
        key = None if fields.get(scheme) else _EPRINTS.get(scheme)
        if "://" in eprint and "arxiv.org" not in eprint:
            key = "eprint"
        if key:
            header.entries[key] = HeaderEntry(unescape_verbatim(eprint), header.line, "eprint")
    return type_


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
    if _WEB.match(fields.get("howpublished", "")):
        names.setdefault("url", "howpublished")
    for name in _VENUES.get(type_, _VENUES["document"]).split():
        if fields.get(name) and not _WEB.match(fields[name]):
            names["venue"] = name
            break
    links = (name for name in fields if link_label(name) and name not in KEY_NAMES)
    return {name: name for name in links if name not in _OTHER_MEANING} | {
        name: key for key, name in names.items()
    }


def _decode_field(entry: BibtexEntry, key: str, name: str) -> tuple[str, Parsed | None]:
    """Return the text of a header, and what it was parsed into."""
    value = entry.fields[name]
    if key in ("authors", "editor"):
        names = split_names(entry, name)
        try:
            parsed = parse_name_list(names)
        except ValueError:
            parsed = None  # Reported where the header is read, if it ever is.
        return "\n".join(f"- {name}" for name in names), parsed
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
        header.entries["title"] = entry.make_header("title", text, raw=raw, parsed=parsed)


def split_names(entry: BibtexEntry, field_name: str) -> list[str]:
    """Return the names in a field, decoded: "Last, First", "{Collective}" or "others"."""
    names = []
    value = entry.fields[field_name]
    for macro, replacement in _MARK_MACROS:
        value = macro.sub(replacement, value) if "\\" in value or "$" in value else value
    for raw in split_multiple_persons_names(re.sub(r"(?<!\\)~|\s+", " ", value)):
        if raw.rstrip() != (raw := raw.strip().rstrip(", ")) and raw:
            entry.report_notice(field_name, f'a comma ends "{shorten(raw)}," (take it away)')
        unbraced = re.sub(r"\{[^{}]*\}", "", raw)
        commas, parts = unbraced.count(","), [part.strip() for part in raw.split(",")]
        if ";" in unbraced:
            entry.report_notice(field_name, _WRONG_SEPARATOR.format("semicolons"))
            names += [_decode_name(part.strip()) for part in raw.split(";") if part.strip()]
        elif commas > 2:
            entry.report_notice(field_name, _WRONG_SEPARATOR.format("commas"))
            if commas % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
                pairs = zip(parts[::2], parts[1::2], strict=True)
                names += [_decode_name(f"{last}, {first}") for last, first in pairs]
            else:
                names += [decode_latex_line(part) for part in raw.split(",") if part.strip()]
        elif raw:
            names.append(_decode_name(raw))
    return names


def _decode_name(raw: str) -> str:
    if "\\" not in raw and "{" not in raw:
        return decode_latex_line(raw)
    unmarked = raw.rstrip("*+†‡§¶# ")
    if re.fullmatch(r"\{(?!\\)(?:[^{}]|\{[^{}]*\})*\}", unmarked):
        return f"{{{decode_latex_line(unmarked[1:-1])}}}{raw[len(unmarked) :]}"
    try:
        parts = parse_single_name_into_parts(raw, strict=False)
    except InvalidNameError:
        return decode_latex_line(raw)
    von, last, jr, first = (
        decode_latex_line(" ".join(part)) for part in (parts.von, parts.last, parts.jr, parts.first)
    )
    return ", ".join(filter(None, (f"{von} {last}".strip(), jr, first)))


def parse_bibtex_date(entry: BibtexEntry) -> HeaderEntry | None:
    """Return the date of an entry, as precisely as it can be parsed; None for one without."""
    fields = entry.fields
    date_name = next((name for name in ("date", "issued", "pub_date") if fields.get(name)), None)
    name = "year" if fields.get("year") else date_name
    if name is None:
        return None
    date = None
    if name == date_name or (date_name and not fields[date_name].isdecimal()):
        try:
            date = PartialDate.parse(decode_latex_line(fields[date_name]).split("/")[0])
        except ValueError:
            pass  # There may be a year in it, or beside it.
    if date is None:
        date = _date_of_parts(entry, name)
    # What cannot be parsed is reported where the header is read.
    return entry.make_header(name, date.isoformat() if date else fields[name], parsed=date)


def _date_of_parts(entry: BibtexEntry, name: str) -> PartialDate | None:
    """Return the date of an entry whose field `name` holds the year, and others month and day."""
    fields = entry.fields
    year = _YEAR.search(decode_latex_line(fields[name]))
    if year is None:
        return None
    if decode_latex_line(fields[name]) != year[0]:
        entry.report_notice(name, f'"{shorten(fields[name])}" is read as {year[0]}')
    month = day = None
    if fields.get("month"):
        month, day = _parse_month(decode_latex_line(fields["month"]))
        if month is None:
            message = f'"{shorten(fields["month"])}" is no month (write `month = jan`)'
            entry.report_notice("month", message)
    # Some files hold the day in `date`.
    day = day or fields.get("day") or (fields.get("date") if name == "year" else None)
    try:
        return PartialDate.parse(
            "-".join(filter(None, (year[0], month and f"{month:02}", month and day)))
        )
    except ValueError:
        line = entry.lines.get("day") or entry.lines.get("month") or entry.lines[name]
        message = f'"{shorten(day)}" is no day of it (write 14)'
        entry.header.report("day", message, line, notice=True)
        return PartialDate(int(year[0]), month)


def _parse_month(text: str) -> tuple[int | None, str | None]:
    """Parse a month, with a day or without: `May 27`, `10`, `2016-06-03T00:00:00`."""
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    match = re.match(r"(\d{1,2}(?=\D*$)|[A-Za-z]{3,9})\W*(\d{1,2})?", text)
    month = month_number(match[1]) if match else None
    return (month, match[2]) if match and month and 1 <= month <= 12 else (None, None)


def unescape_verbatim(value: str) -> str:
    """Return a value that is no text, such as an address, without what TeX escaped."""
    if match := re.search(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)""", value, re.IGNORECASE):
        value = match[1]
    if match := re.fullmatch(r"\s*\\(?:url|path|href)\s*\{([^{}]*)\}.*", value, re.DOTALL):
        value = match[1]
    while len(value) > 1 and value[0] + value[-1] == "{}":
        value = value[1:-1]
    return _ESCAPED.sub(lambda match: match[1] or match[2] or "~", value).strip()


def _decode_pages(value: str) -> str:
    text = decode_latex_line(value)
    return re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", text).strip("-– ")


# The decoders of keys whose fields are not all text, or not on one line.
_DECODERS = {
    "abstract": decode_latex,
    "pages": _decode_pages,
    "lang": lambda value: _LANGUAGES.get(value.lower(), value),
    "url": unescape_verbatim,
}


@cache
def _close_match(name: str) -> str | None:
    """Return the field that an unknown name is a misspelling of."""
    if is_known_field(name) or name in _OTHER_MEANING or name in KEY_NAMES:
        return None
    return next(iter(difflib.get_close_matches(name, _COMMON_FIELDS, n=1, cutoff=0.84)), None)
