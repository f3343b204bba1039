"""The fields of a BibTeX entry become the entries of a header, TeX decoded."""

import difflib
import re
from dataclasses import dataclass, field
from functools import cache

from ..model import (
    PartialDate,
    is_extended,
    join_name,
    month_number,
    parse_extended,
    parse_name_list,
    put_family_first,
    remove_groups,
    split_at_and,
    split_outside_braces,
    strip_affiliations,
)
from ..util import (
    decode_latex,
    decode_latex_line,
    decode_latex_names,
    decode_latex_title,
    find_macros,
    shorten,
)
from .header import Header, HeaderEntry, Parsed
from .header_keys import (
    KEY_ALIASES,
    KEY_NAMES,
    RENAMED_HEADERS,
    TEXT_FIELDS,
    TRANSLATED_TITLE,
    link_label,
)
from .links import WEB_FIELD, extract_links, unescape_verbatim
from .type_names import GENRES, MEANT_TYPES, TYPE_NAMES, VENUE_FIELDS

DATE_FIELDS = ("year", "month", "day", "date", "issued", "pub_date")
# Marks and emphasis in names, and what replaces them.
_MARK_MACROS = [
    (re.compile(r"\$?\^?\{?\\(?:textdagger|dagger|dag)\b *(?:\{\})?\}?\$?"), "†"),
    (re.compile(r"\$?\^?\{?\\(?:textdaggerdbl|ddagger|ddag)\b *(?:\{\})?\}?\$?"), "‡"),
    (re.compile(r"\$?\^?\{?\\(?:textasteriskcentered|ast|star)\b *(?:\{\})?\}?\$?"), "*"),
    (re.compile(r"\\(?:thanks|inst|orcidlink)\{[^{}]*\}|\\footnotemark(?:\[\d*\])?"), ""),
    # Numbers and letters behind a name are those of affiliations: only marks stay.
    *(
        (
            re.compile(
                rf"{opening}([\d, *+†‡§¶#]*){closing}"
                rf"|{opening}([\w, *+†‡§¶#]*){closing}(?=\s*(?:,|and\b|$))"
            ),
            lambda match: re.sub(r"[\w, ]", "", match[1] or match[2] or ""),
        )
        for opening, closing in [
            (r"\\textsuperscript\s*\{", r"\}"),
            (r"<sup>", r"</sup>"),
            (r"\$\^?\{?", r"\}?\$"),
        ]
    ),
    (re.compile(r"\\(?:textbf|underline|textit|emph|uline)\{((?:[^{}]|\{[^{}]*\})*)\}"), r"\1"),
]
# Fields that say more about the authors or editors.
_NAME_FIELDS = re.compile(r"collaboration|(?:author|editor)\+an(?::\w+)?")
_MAY_HAVE_MARKS = re.compile(r"[\\$<]")
# What annotations of names mean; the site shows its owner's name in bold by itself.
_ANNOTATIONS = dict.fromkeys(
    "equal equalcontrib equalcontribution equalcontributor equally cofirst cofirstauthor "
    "jointfirst joint first firstauthor shared sharedfirst contributed".split(), "*"
) | dict.fromkeys(
    "corresponding correspondingauthor corresp correspondence contact".split(), "†"
) | dict.fromkeys(
    "highlight highlighted bold me self myself own owner underline underlined emph".split(), ""
)  # fmt: skip
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_WRONG_SEPARATOR = "{} are read as the ends of names (write `and` between names)"
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
# Fields that mean something else in a .bib than in a header.
_OTHER_MEANING = frozenset("key type citation bibtex status slug modified category eprint".split())
# Fields that others are read with, or that say nothing of the paper to a reader.
_BOOKKEEPING = frozenset(
    "type subtitle collaboration eprint archiveprefix eprinttype eprintclass primaryclass "
    "crossref xdata status date-added date-modified timestamp biburl bibsource "
    "urldate owner file groups creationdate modificationdate bibtex_show".split()
)
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
        or _NAME_FIELDS.fullmatch(name) is not None
        or bool(link_label(name))
    )


def read_fields(entry: BibtexEntry) -> list[str]:
    """Fill an entry's header from its type and fields; return the fields that nothing reads."""
    _rename_fields(entry)
    headers = entry.header.entries
    extract_links(entry.fields, entry.lines)
    unread = []
    keys = _choose_keys(_read_type(entry), entry.fields)
    for name, value in entry.fields.items():
        if not value or name in DATE_FIELDS:
            continue
        if TRANSLATED_TITLE.fullmatch(name):
            headers[name] = entry.make_header(name, decode_latex_line(value), raw=value)
        elif name == "status" and value.lower() in ("draft", "hidden", "skip"):
            headers[name] = entry.make_header(name, value.lower(), raw=value)
        elif (key := keys.get(name)) in ("authors", "editor"):
            headers[key] = _make_names_entry(entry, key, name, split_names(entry, name))
        elif key:
            text, parsed = _decode_field(entry, key, name)
            _report_macros(entry, name, text)
            if text:
                headers[key] = entry.make_header(name, text, raw=value, parsed=parsed)
        elif match := _close_match(name):
            entry.report_notice(name, f"is no field that is read (did you mean `{match}`?)")
        elif not _is_bookkeeping(name) and not _is_repeated(name, keys, entry.fields):
            unread.append(name)
    if entry.fields.get("collaboration") and "authors" not in headers:
        headers["authors"] = _make_names_entry(entry, "authors", "collaboration", [])
    _add_subtitle(entry)
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


def _report_macros(entry: BibtexEntry, name: str, text: str) -> None:
    """Report the macros that a decoded field still holds."""
    if macros := find_macros(text, entry.fields[name]):
        message = f'"{shorten(", ".join(macros))}" is TeX that is not known, and is shown so'
        entry.report_notice(name, f"{message} (write in plain words what is meant)")


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
        close = [MEANT_TYPES[entry.type]] if entry.type in MEANT_TYPES else []
        close = close or difflib.get_close_matches(entry.type, TYPE_NAMES, n=1, cutoff=0.7)
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
        header.entries["title"] = entry.make_header("title", text, raw=raw, parsed=parsed)


def _make_names_entry(
    entry: BibtexEntry, key: str, field_name: str, names: list[str]
) -> HeaderEntry:
    """Make the header entry of names, with what other fields say about them."""
    _add_annotations(entry, field_name, names)
    if key == "authors":
        _add_collaboration(entry, names)
    try:
        parsed = parse_name_list(names)
    except ValueError:
        parsed = None  # Reported where the header is read, if it ever is.
    text = "\n".join(f"- {name}" for name in names)
    _report_macros(entry, field_name, text)
    return entry.make_header(field_name, text, raw=entry.fields[field_name], parsed=parsed)


def split_names(entry: BibtexEntry, field_name: str) -> list[str]:
    """Return the names in a field, decoded: "Last, First", "{Collective}" or "others"."""
    names = []
    value = entry.fields[field_name]
    for macro, replacement in _MARK_MACROS:
        value = macro.sub(replacement, value) if _MAY_HAVE_MARKS.search(value) else value
    for raw in split_at_and(decode_latex_names(value)):
        if not raw.strip(","):
            entry.report_notice(field_name, "an empty name is left out (write `and` once)")
        elif is_extended(raw):
            names.append(join_name(*parse_extended(raw)))
        else:
            names += _split_at_other_signs(entry, field_name, raw)
    return list(filter(None, names))


def _split_at_other_signs(entry: BibtexEntry, field_name: str, raw: str) -> list[str]:
    """Return a name without what is beside it, or the names that other signs than `and` part."""
    if raw != (raw := raw.rstrip(", ")):
        entry.report_notice(field_name, f'a comma ends "{shorten(raw)}," (take it away)')
    raw, left_out = strip_affiliations(raw)
    for words in left_out:
        entry.report_notice(field_name, f'"{shorten(words)}" is no name and left out (delete it)')
    outside = remove_groups(raw)
    if ";" in outside:
        entry.report_notice(field_name, _WRONG_SEPARATOR.format("semicolons"))
        return [part.strip() for part in split_outside_braces(raw, ";")]
    parts = [part.strip() for part in split_outside_braces(raw, ",")]
    turned = put_family_first(parts)
    if outside.count(",") <= 2 and turned == parts:
        return [raw.strip()]
    entry.report_notice(field_name, _WRONG_SEPARATOR.format("commas"))
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{last}, {first}" for last, first in pairs]
    return turned


def _add_collaboration(entry: BibtexEntry, names: list[str]) -> None:
    """Add the field in which INSPIRE and APS name the group behind the authors."""
    groups = [name.casefold() for name in names if re.match(r"\{|.*\bcollab", name, re.IGNORECASE)]
    for group in re.split(r"[,;]| and ", decode_latex_line(entry.fields.get("collaboration", ""))):
        name = group.casefold().replace("collaboration", "").strip()
        if name and not any(name in other for other in groups):
            position = len(names) - (names[-1:] == ["others"])
            names.insert(position, f"{{{group.strip()}}}")


def _add_annotations(entry: BibtexEntry, field_name: str, names: list[str]) -> None:
    """Add the marks that biblatex's annotations of names mean: `author+an = {1=corresponding}`.

    Source: the manual of biblatex 3.20, section 3.7.
    """
    for annotation_field, value in entry.fields.items():
        if not annotation_field.startswith(f"{field_name}+an"):
            continue
        for item in filter(None, map(str.strip, decode_latex_line(value).split(";"))):
            position, _, words = item.partition("=")
            number = position.partition(":")[0].strip()
            for word in map(str.strip, words.replace('"', "").split(",")):
                mark = _ANNOTATIONS.get(re.sub(r"[\W_]", "", word.lower()))
                if mark is None or not (number.isdecimal() and 1 <= int(number) <= len(names)):
                    hint = "write `1=corresponding` or `1=equal`"
                    message = f'"{shorten(item)}" is not shown ({hint})'
                    entry.report_notice(annotation_field, message)
                else:
                    names[int(number) - 1] += mark


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
        elif _is_date_range(decode_latex_line(fields["month"])):
            date = "-".join(filter(None, (year[0], f"{month:02}", day and day.zfill(2))))
            entry.report_notice("month", f'"{shorten(fields["month"])}" is read as {date}')
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
    """Parse a month, with a day or without: `May 27`, `5 June`, `10`, `2016-06-03T00:00:00`.

    Of a range, such as `June--July` or `May 2-4`, the first counts; a season has no month.
    """
    if match := re.match(r"\d{4}-(\d\d)-(\d\d)", text):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None, match[2]
    text = re.sub(r"\b\d{4}\b", " ", text)
    days = re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?(?![^\W_])", text, re.IGNORECASE)
    months = [month for word in re.findall(r"[^\W\d_]+", text) if (month := month_number(word))]
    if months:
        return months[0], days[0] if days else None
    if re.search(r"[^\W\d_]", text) or not days or not 1 <= int(days[0]) <= 12:
        return None, None
    # "06-15" can only be a day of June, "06-07" are two months.
    return int(days[0]), days[1] if len(days) > 1 and int(days[1]) > 12 else None


def _is_date_range(text: str) -> bool:
    """Tell whether a month's text names two months or two days."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if month_number(word)]
    numbers = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if re.match(r"\d{4}-", text) or (not words and len(numbers) > 1 and int(numbers[1]) > 12):
        return False
    return len(words) > 1 or len(numbers) > 1


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
