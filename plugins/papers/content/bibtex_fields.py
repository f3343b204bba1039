"""The fields of a BibTeX entry become the entries of a header block, in plain text."""

import difflib
import re
from collections.abc import Mapping
from functools import cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from ..model import PartialDate, month_number
from ..util import decode_latex, decode_latex_line, shorten
from .header import Header, HeaderEntry
from .keys import ALIASES, GENRES, KEY_NAMES, TEXT_FIELDS, TRANSLATED_TITLE, TYPE_NAMES, link_label
from .renamed_headers import rename_fields

DATE_FIELDS = ("year", "month", "day", "date", "issued", "pub_date")
# Marks and emphasis in names, and what is left of them.
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
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")


def parse_name_list(header: Header, name: str, value: str, line: int) -> str:
    """Return names as a header's list holds them: one a line, "Last, First", "{Collective}"."""
    found = []
    for macro, plain in _MARK_MACROS:
        value = macro.sub(plain, value) if "\\" in value or "$" in value else value
    for raw in split_multiple_persons_names(re.sub(r"(?<!\\)~|\s+", " ", value)):
        if raw.rstrip() != (raw := raw.strip().rstrip(", ")) and raw:
            hint = "take it away"
            header.report(name, f'a comma ends "{shorten(raw)}," ({hint})', line, notice=True)
        plain = re.sub(r"\{[^{}]*\}", "", raw)
        commas, parts = plain.count(","), [part.strip() for part in raw.split(",")]
        if ";" in plain:
            message = "semicolons are read as the ends of names (write `and` between names)"
            header.report(name, message, line, notice=True)
            found += [f"- {_name(part.strip())}" for part in raw.split(";") if part.strip()]
        elif commas > 2 and commas % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
            message = "commas are read as the ends of names (write `and` between names)"
            header.report(name, message, line, notice=True)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            found += [f"- {_name(f'{last}, {first}')}" for last, first in pairs]
        elif commas > 2:
            message = "commas are read as the ends of names (write `and` between names)"
            header.report(name, message, line, notice=True)
            found += [f"- {decode_latex_line(part)}" for part in raw.split(",") if part.strip()]
        elif raw:
            found.append(f"- {_name(raw)}")
    return "\n".join(found)


def _name(raw: str) -> str:
    if "\\" not in raw and "{" not in raw:
        return decode_latex_line(raw)
    bare = raw.rstrip("*+†‡§¶# ")
    if re.fullmatch(r"\{(?!\\)(?:[^{}]|\{[^{}]*\})*\}", bare):
        return f"{{{decode_latex_line(bare[1:-1])}}}{raw[len(bare) :]}"
    try:
        parts = parse_single_name_into_parts(raw, strict=False)
    except InvalidNameError:
        return decode_latex_line(raw)
    von, last, jr, first = (
        decode_latex_line(" ".join(part)) for part in (parts.von, parts.last, parts.jr, parts.first)
    )
    return ", ".join(filter(None, (f"{von} {last}".strip(), jr, first)))


def parse_bibtex_date(header: Header, fields: Mapping[str, str], lines: Mapping[str, int]) -> None:
    """Note when an entry was published, as precisely as can be read."""
    whole = next((name for name in ("date", "issued", "pub_date") if fields.get(name)), None)
    given = "year" if fields.get("year") else whole
    if given is None:
        return

    def note(value: str) -> None:
        header.entries["date"] = HeaderEntry(value, lines[given], given)

    if given == whole or (whole and not fields[whole].isdecimal()):
        try:
            date = PartialDate.parse(decode_latex_line(fields[whole]).split("/")[0])
            return note(date.isoformat())
        except ValueError:
            pass  # There may be a year in it, or beside it.
    year = _YEAR.search(decode_latex_line(fields[given]))
    if year is None:
        return note(fields[given])
    if decode_latex_line(fields[given]) != year[0]:
        message = f'"{shorten(fields[given])}" is read as {year[0]}'
        header.report(given, message, lines[given], notice=True)
    month = day = None
    if fields.get("month"):
        month, day = _month(decode_latex_line(fields["month"]))
        if month is None:
            message = f'"{shorten(fields["month"])}" is no month (write `month = jan`)'
            header.report("month", message, lines["month"], notice=True)
    # Some hold the day in `date`.
    day = day or fields.get("day") or (fields.get("date") if given == "year" else None)
    text = "-".join(filter(None, (year[0], month and f"{month:02}", month and day)))
    try:
        date = PartialDate.parse(text)
    except ValueError:
        date = PartialDate(int(year[0]), month)
        line = lines.get("day") or lines.get("month") or lines[given]
        header.report("day", f'"{shorten(day)}" is no day of it (write 14)', line, notice=True)
    return note(date.isoformat())


def _month(text: str) -> tuple[int | None, str | None]:
    """Read a month, and a day where there is one: `May 27`, `10`, `2016-06-03T00:00:00`."""
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    match = re.match(r"(\d{1,2}(?=\D*$)|[A-Za-z]{3,9})\W*(\d{1,2})?", text)
    month = month_number(match[1]) if match else None
    return (month, match[2]) if match and month and 1 <= month <= 12 else (None, None)


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


def is_known_field(name: str) -> bool:
    """Tell whether a field has a place in a paper's record."""
    return (
        (name in KEY_NAMES and name not in _NOT_OURS)
        or name in DATE_FIELDS
        or bool(link_label(name))
    )


def read_fields(
    header: Header, type_: str, fields: Mapping[str, str], lines: Mapping[str, int]
) -> None:
    """Fill a header block from an entry's type and fields; `lines` tells where they stand."""
    fields, lines = rename_fields(header, fields, lines)
    kind = _type(header, type_, fields)
    chosen = {name: key for key, name in _chosen(kind, fields).items()}
    for name, value in fields.items():
        if not value or name in DATE_FIELDS:
            continue
        single = link_label(name) and name not in KEY_NAMES and name not in _NOT_OURS
        key = chosen.get(name) or (name if single else None)
        if TRANSLATED_TITLE.fullmatch(name):
            header.entries[name] = HeaderEntry(decode_latex_line(value), lines[name], name, value)
        elif name == "status" and value.lower() in ("draft", "hidden", "skip"):
            header.entries[name] = HeaderEntry(value.lower(), lines[name], name, value)
        if key is None:
            if name not in header.entries and (close := _close(name)):
                hint = f"did you mean `{close}`?"
                header.report(name, f"is no field that is read ({hint})", lines[name], notice=True)
            continue
        if key in ("authors", "editor"):
            text = parse_name_list(header, name, value, lines[name])
        elif key == "tags":
            line = decode_latex_line(value)
            words = line.split(";" if ";" in line else ",")
            text = "\n".join(f"- {word.strip()}" for word in words if word.strip())
        elif key == "abstract":
            text = decode_latex(value)
        elif key == "pages":
            text = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", decode_latex_line(value)).strip("-– ")
        elif key == "lang":
            text = _LANGS.get(value.lower(), value)
        elif name in TEXT_FIELDS and key != "url":
            text = decode_latex_line(value)
        else:
            text = _verbatim(value)
        if text:
            header.entries[key] = HeaderEntry(text, lines[name], name, value)
    if fields.get("subtitle") and header.get("title"):
        title = f"{fields['title']}: {fields['subtitle']}"
        header.entries["title"] = HeaderEntry(
            decode_latex_line(title), lines["title"], "title", title
        )
    parse_bibtex_date(header, fields, lines)


def _type(header: Header, type_: str, fields: Mapping[str, str]) -> str:
    """Note the type of an entry, as CSL names it; return it."""
    kind = TYPE_NAMES.get(type_)
    if kind is None:
        close = difflib.get_close_matches(type_, TYPE_NAMES, n=1)
        hint = f"did you mean `@{close[0]}`?" if close else "write `@misc`"
        header.report(None, f"`@{type_}` is no type of entry ({hint})")
        kind = "document"
    genre = decode_latex_line(fields.get("type", "")) or GENRES.get(type_, "")
    header.entries["type"] = HeaderEntry(type_, header.line, "type")
    if genre and kind not in ("article-journal", "paper-conference"):
        header.entries["genre"] = HeaderEntry(genre, header.line, "type")
    if fields.get("eprint"):
        prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
        if "://" in fields["eprint"] and "arxiv.org" not in fields["eprint"]:
            prefix = "eprint"
            header.entries[prefix] = HeaderEntry(_verbatim(fields["eprint"]), header.line, "eprint")
        if prefix in ("arxiv", "hal", "pmid", "pubmed") and not fields.get(prefix):
            key = {"pubmed": "pmid"}.get(prefix, prefix)
            header.entries[key] = HeaderEntry(_verbatim(fields["eprint"]), header.line, "eprint")
    return kind


def _chosen(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return for each key of a paper the field that it is read from."""
    chosen = {}
    for name in fields:
        key = KEY_NAMES.get(name)
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
    if is_known_field(name) or name in _NOT_OURS or name in KEY_NAMES:
        return None
    return next(iter(difflib.get_close_matches(name, _CORE, n=1, cutoff=0.84)), None)
