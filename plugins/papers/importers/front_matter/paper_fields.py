"""Values of a paper in front matter as headers: authors, dates, type, venue, awards, tags."""

import re

from ...content import GENRES, TYPE_NAMES
from ...model import TYPES, parse_name, split_authors
from ...util import shorten
from ..common import (
    find_date,
    fold_text,
    format_list,
    format_pages,
    join_values,
    parse_reference_names,
    plain_text,
    split_venue,
)
from .parser import FrontMatter

# HugoBlox's former numbers of types.
_NUMBERED_TYPES = {
    "0": "", "1": "paper-conference", "2": "article-journal", "3": "article", "4": "report",
    "5": "book", "6": "chapter", "7": "thesis", "8": "patent",
}  # fmt: skip
_OTHERS = re.compile(r"(?:\.{3,}|…|(?:and )?others|et\.? al\.?|等)", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"<sup>([^<>]{0,60})</sup>|[¹²³⁰⁴-⁹]+", re.IGNORECASE)
_BADGES = re.compile(r"</span>", re.IGNORECASE)
_PRESENTATION = re.compile(r"(?:\w+[ -])?(?:oral|spotlight|poster|highlight|talk)s?\b.{0,40}", re.I)
_AWARD = re.compile(r"award|prize|best|honou?r|medal|winner|finalist|nominat", re.IGNORECASE)
_THESIS_VENUE = re.compile(
    r"(?P<school>(?:.{2,100}?[\s,:-])??)(?P<genre>(?:(?:ph\.?\s?d\.?|doctoral|master['’]?s?|m\.?sc\.?|"
    r"bachelor['’]?s?|b\.?sc\.?|diploma)\s)?(?:thesis|dissertation))",
    re.IGNORECASE,
)
_VENUE_KEYS = (
    "venue", "publication", "publication.name", "pub", "journal", "journaltitle", "booktitle",
    "conference", "container_title", "school", "institution", "howpublished",
)  # fmt: skip
_WORDLESS_VENUE = re.compile(
    r"(?:(?:peer[- ]reviewed |full |conference |journal |research )?"
    r"(?:papers?|articles?|publications?)|"
    r"journal|conference|venue|none|n/?a|tba|tbd|unknown|published)\W*",
    re.IGNORECASE,
)
_UNDER_REVIEW = re.compile(
    r"(?:(?:under|in) (?:review|revision|submission)|submitted|in prep(?:aration|\.)?)\b.*", re.I
)
_PREPRINT = re.compile(
    r"(?:arxiv )?(?:pre-?prints?|预印本|working papers?)(?:[\s,:(]{1,3}arxiv(?:[\s:.]{1,2}"
    r"(?P<arxiv>\d{4}\.\d{4,5}(?:v\d+)?))?.{0,9})?",
    re.I,
)
_UNIVERSITY = re.compile(
    r"(?:[Tt]he )?[Uu]niversit\w{1,4} of [A-Z][\w ]{1,40}|[A-Z][\w ]{1,40} University"
)


def read_author_names(matter: FrontMatter, key: str, value: object) -> tuple[list[str], bool]:
    """Return the names in a list or a text, and whether "et al." follows."""
    names = []
    for item in value if isinstance(value, list) else [value]:
        text = plain_name(item)
        names += _split_names(matter, key, text) if _is_name_list(text, item is value) else [text]
    others = [n for n, name in enumerate(names) if _OTHERS.fullmatch(name)]
    if others and others[-1] < len(names) - 1:
        hint = 'write the name: it became "et al."'
        message = f'"{names[others[0]]}" is in the middle of the list ({hint})'
        matter.note("left", message, key)
    names = [name for n, name in enumerate(names) if name and n not in others]
    for n, name in enumerate(names):
        try:
            parse_name(name)
        except ValueError:
            names[n] = " ".join(name.replace(",", " ").split())
            matter.note("guessed", f'"{shorten(name)}" was read as one name', key)
    return names, bool(others)


def _is_name_list(text: str, is_only_item: bool) -> bool:
    """Tell whether a text is a list of names; an item of a list rarely is one."""
    parts = [part.strip() for part in re.split(r"[,，;；、]|\band\b", text)]
    return is_only_item or (len(parts) > 1 and all(" " in part for part in parts))


def _split_names(matter: FrontMatter, key: str, text: str) -> list[str]:
    try:
        return split_authors(text)
    except ValueError:
        names = parse_reference_names(text)
    if names:
        matter.note("guessed", f'"{shorten(text)}" was read as {len(names)} names', key)
    else:
        message = "may be several names (write them with `;` between)"
        matter.note("left", f'"{shorten(text)}" {message}', key)
    return names


def plain_name(value: object) -> str:
    """Return a name, or several, as plain text; marks stay."""
    if isinstance(value, dict):
        parts = {key.lower(): join_values(part) for key, part in value.items()}
        given = parts.get("given") or parts.get("first") or parts.get("first_name") or ""
        family = parts.get("family") or parts.get("last") or parts.get("last_name") or ""
        value = parts.get("name") or f"{given} {family}"
    text = _SUPERSCRIPT.sub(lambda match: re.sub(r"[^*†‡§#¶]", "", match[1] or ""), str(value))
    text = re.sub("[，、]", ",", text)
    text = text if re.fullmatch(r"\{[^{}]*\}", text) else re.sub("[{}]", "", text)
    text = re.sub(r"(?<=[*†‡§#¶])[\s,]{1,3}(?=[*†‡§#¶]{1,4}(?:[\s,]|$))", "", text)
    return re.sub(r"(?<=[^\W\d_.])[\d,]{1,6}(?=[*†‡§#¶]{0,4}$)", "", plain_text(text)).strip(" ,")


def read_date(matter: FrontMatter, *keys: str) -> str:
    """Return the first date of some keys, as precise as it was meant."""
    for key in keys:
        text = matter.pop_text(key)
        if not text:
            continue
        date = find_date(text)
        if matter.imprecise_dates and len(date) > 7 and date.endswith("-01"):
            date = date[:7]
        if not date:
            matter.note("left", f'"{shorten(text)}" is not a valid date (write 2026-02)', key)
        elif re.match(r"\d{4}-0?1-0?1\b", text) or not _is_complete(date, text):
            date = date[:4]
            matter.note("guessed", f'"{shorten(text)}" was read as {date}', key)
        if date:
            return date
    return ""


def _is_complete(date: str, text: str) -> bool:
    """Tell whether a date says as much as its text."""
    return len(date) > 4 or re.fullmatch(r"\s*\d{4}\s*", text) is not None


def read_type(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Set the type, and the genre of a thesis."""
    for key in ("type", "publication_types", "publication_type", "category", "pubtype"):
        for item in matter.pop_items(key):
            text = join_values(item)
            plain = re.sub(r"[^a-z]", "", text.lower())
            type_ = text.lower() if text.lower() in TYPES else TYPE_NAMES.get(plain)
            type_ = _NUMBERED_TYPES.get(text.strip(), type_)
            if type_ is None:
                matter.note("left", f'"{shorten(text)}" is not a type of paper', key)
            elif type_ and "type" not in headers:
                headers["type"] = type_
                if plain in GENRES:
                    headers["genre"] = GENRES[plain]


def _drop_wordless_venues(matter: FrontMatter) -> None:
    """Drop venues that only say what kind of text a paper is."""
    for key in _VENUE_KEYS:
        text = plain_text(matter.data.get(key, ""))
        if _WORDLESS_VENUE.fullmatch(text):
            matter.note("guessed", f'"{text}" is not the name of a venue and was skipped', key)
            del matter.data[key]


def read_venue(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Set the venue; volume, pages and the like after its name become headers."""
    _drop_wordless_venues(matter)
    text = plain_text(matter.pop_text(*_VENUE_KEYS))
    short = plain_text(matter.pop_text("venue_short", "publication_short", "publication.short_name",
                                    "abbr", "conference_short"))  # fmt: skip
    year = headers.get("date", "")[:4]
    short = split_venue(short, year)[0]
    before, after = plain_text(matter.pop_text("pub_pre")), plain_text(matter.pop_text("pub_post"))
    for words in filter(None, (before, after)):
        if re.search(r"submitted|under review|in review", words, re.I):
            headers["stage"] = "submitted"
        elif re.search(r"accepted|to appear|in press|forthcoming", words, re.I):
            headers["stage"] = "accepted"
        elif not re.fullmatch(r"(?:in|at|published in)\W*", words, re.I):
            headers["note"] = ". ".join(filter(None, (headers.get("note"), words.strip(" .·|,"))))
    name, numbers = split_venue(text, year)
    if numbers:
        parts = ", ".join(f"{key} {value}" for key, value in sorted(numbers.items()))
        matter.note("guessed", f'"{shorten(text)}" is read as "{shorten(name)}", {parts}', "venue")
    for key, value in numbers.items():
        headers.setdefault(key, format_pages(value) if key == "pages" else value)
    if _UNDER_REVIEW.fullmatch(name):
        headers["stage"], headers["note"], name = "submitted", name, ""
    elif match := _PREPRINT.fullmatch(name or short):
        if headers.get("type") not in ("report", "thesis"):
            headers["type"] = "article"
        headers.setdefault("stage", "preprint")
        if match["arxiv"]:
            headers["arxiv"] = match["arxiv"]
        name, short = "", "" if _PREPRINT.fullmatch(short) else short
    if (match := _THESIS_VENUE.fullmatch(name)) and headers.get("type", "thesis") == "thesis":
        headers["type"], name = "thesis", match["school"].strip(" ,:-")
        headers.setdefault("genre", match["genre"] if " " in match["genre"] else "")
    elif re.fullmatch(r"technical reports?", name, re.I):
        headers.setdefault("type", "report")
    headers["venue"] = name or short
    headers["venue_short"] = short if name and fold_text(short) != fold_text(name) else ""
    if "type" not in headers and _UNIVERSITY.fullmatch(headers["venue"]):
        headers["type"] = "thesis"
        matter.note("guessed", f"what {headers['venue']} published was read as a thesis", "venue")


def read_honours(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Set awards and presentations, in badges or texts."""
    for key in ("award", "award_name", "awards", "presentation", "pub_last", "honor", "honors"):
        for item in matter.pop_items(key):
            for part in _BADGES.split(join_values(item)):
                if not (text := plain_text(part).strip(" |,;·")):
                    continue
                header = "award"
                if key == "presentation" or (
                    _PRESENTATION.fullmatch(text) and not _AWARD.search(text)
                ):
                    header = "presentation"
                elif key == "pub_last" and not _AWARD.search(text):
                    header = "note"
                headers[header] = ", ".join(filter(None, (headers.get(header), text)))


def read_tags(matter: FrontMatter) -> str:
    """Return the tags of a paper, each once."""
    tags: dict[str, str] = {}
    for key in ("tags", "keywords", "topics", "categories", "selected_category"):
        value = matter.data.pop(key, "")
        for item in value if isinstance(value, list) else re.split("[,;]", join_values(value)):
            text = plain_text(item).replace(";", ",")
            if text.lower() == "source themes":
                matter.note("left", f'the tag "{text}" is the theme\'s example', key)
            elif text:
                tags.setdefault(text.casefold(), text)
    return format_list(tags.values())
