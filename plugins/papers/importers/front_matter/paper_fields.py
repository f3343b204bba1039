"""A paper of another system, in front matter, as a header here holds it."""

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

# HugoBlox's types, as they were numbered.
_NUMBERED = {
    "0": "", "1": "paper-conference", "2": "article-journal", "3": "article", "4": "report",
    "5": "book", "6": "chapter", "7": "thesis", "8": "patent",
}  # fmt: skip
_MORE = re.compile(r"(?:\.{3,}|…|(?:and )?others|et\.? al\.?|等)", re.IGNORECASE)
_RAISED = re.compile(r"<sup>([^<>]{0,60})</sup>|[¹²³⁰⁴-⁹]+", re.IGNORECASE)
_BADGES = re.compile(r"</span>", re.IGNORECASE)
_PRESENTED = re.compile(r"(?:\w+[ -])?(?:oral|spotlight|poster|highlight|talk)s?\b.{0,40}", re.I)
_AWARD = re.compile(r"award|prize|best|honou?r|medal|winner|finalist|nominat", re.IGNORECASE)
_THESES = re.compile(
    r"(?P<school>(?:.{2,100}?[\s,:-])??)(?P<genre>(?:(?:ph\.?\s?d\.?|doctoral|master['’]?s?|m\.?sc\.?|"
    r"bachelor['’]?s?|b\.?sc\.?|diploma)\s)?(?:thesis|dissertation))",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    r"(?:(?:under|in) (?:review|revision|submission)|submitted|in prep(?:aration|\.)?)\b.*", re.I
)
_PREPRINT = re.compile(
    r"(?:arxiv )?(?:pre-?prints?|预印本|working papers?)(?:[\s,:(]{1,3}arxiv(?:[\s:.]{1,2}"
    r"(?P<arxiv>\d{4}\.\d{4,5}(?:v\d+)?))?.{0,9})?",
    re.I,
)
_THESIS = re.compile(
    r"(?:[Tt]he )?[Uu]niversit\w{1,4} of [A-Z][\w ]{1,40}|[A-Z][\w ]{1,40} University"
)


def read_author_names(matter: FrontMatter, key: str, value: object) -> tuple[list[str], bool]:
    """Return the names in a list, or in a text that holds one, and whether there are more."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        text = plain_name(one)
        found += _several(matter, key, text) if _are_several(text, one is value) else [text]
    more = [n for n, name in enumerate(found) if _MORE.fullmatch(name)]
    if more and more[-1] < len(found) - 1:
        told = f'"{found[more[0]]}" stands in the list (write who it is: it became "et al.")'
        matter.note("left", told, key)
    found = [name for n, name in enumerate(found) if name and n not in more]
    for n, name in enumerate(found):
        try:
            parse_name(name)
        except ValueError:
            found[n] = " ".join(name.replace(",", " ").split())
            matter.note("guessed", f'"{shorten(name)}" is taken for one name', key)
    return found, bool(more)


def _are_several(text: str, alone: bool) -> bool:
    """Tell whether a text is a list of names; an item of a list seldom is one again."""
    parts = [part.strip() for part in re.split(r"[,，;；、]|\band\b", text)]
    return alone or (len(parts) > 1 and all(" " in part for part in parts))


def _several(matter: FrontMatter, key: str, text: str) -> list[str]:
    try:
        return split_authors(text)
    except ValueError:
        found = parse_reference_names(text)
    if found:
        matter.note("guessed", f'"{shorten(text)}" is taken for {len(found)} names', key)
    else:
        told = "may be several names (write them with `;` between)"
        matter.note("left", f'"{shorten(text)}" {told}', key)
    return found


def plain_name(value: object) -> str:
    """Return a name, or several, as plain text; marks stay."""
    if isinstance(value, dict):
        parts = {key.lower(): join_values(one) for key, one in value.items()}
        given = parts.get("given") or parts.get("first") or parts.get("first_name") or ""
        family = parts.get("family") or parts.get("last") or parts.get("last_name") or ""
        value = parts.get("name") or f"{given} {family}"
    text = _RAISED.sub(lambda found: re.sub(r"[^*†‡§#¶]", "", found[1] or ""), str(value))
    text = re.sub("[，、]", ",", text)
    text = text if re.fullmatch(r"\{[^{}]*\}", text) else re.sub("[{}]", "", text)
    text = re.sub(r"(?<=[*†‡§#¶])[\s,]{1,3}(?=[*†‡§#¶]{1,4}(?:[\s,]|$))", "", text)
    return re.sub(r"(?<=[^\W\d_.])[\d,]{1,6}(?=[*†‡§#¶]{0,4}$)", "", plain_text(text)).strip(" ,")


def read_date(matter: FrontMatter, *keys: str) -> str:
    """Return the first date there is among some keys, as precisely as it was meant."""
    for key in keys:
        text = matter.take(key)
        if not text:
            continue
        found = find_date(text)
        if matter.rough and len(found) > 7 and found.endswith("-01"):
            found = found[:7]
        if not found:
            matter.note("left", f'"{shorten(text)}" is no date (write 2026-02)', key)
        elif re.match(r"\d{4}-0?1-0?1\b", text) or not _is_of(found, text):
            found = found[:4]
            matter.note("guessed", f'"{shorten(text)}" is taken for {found}', key)
        if found:
            return found
    return ""


def _is_of(found: str, text: str) -> bool:
    """Tell whether a date says as much as the text that it was read from."""
    return len(found) > 4 or re.fullmatch(r"\s*\d{4}\s*", text) is not None


def read_type(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Take the type, and what a thesis calls itself."""
    for key in ("type", "publication_types", "publication_type", "category", "pubtype"):
        for item in matter.items(key):
            text = join_values(item)
            plain = re.sub(r"[^a-z]", "", text.lower())
            known = text.lower() if text.lower() in TYPES else TYPE_NAMES.get(plain)
            found = _NUMBERED.get(text.strip(), known)
            if found is None:
                matter.note("left", f'"{shorten(text)}" is no type of a paper', key)
            elif found and "type" not in headers:
                headers["type"] = found
                if plain in GENRES:
                    headers["genre"] = GENRES[plain]


def read_venue(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Take where a paper was published; what stands behind its name gets headers of its own."""
    text = plain_text(matter.take(
        "venue", "publication", "publication.name", "pub", "journal", "journaltitle", "booktitle",
        "conference", "container_title", "school", "institution", "howpublished"))  # fmt: skip
    short = plain_text(matter.take("venue_short", "publication_short", "publication.short_name",
                                    "abbr", "conference_short"))  # fmt: skip
    year = headers.get("date", "")[:4]
    short = split_venue(short, year)[0]
    before, after = plain_text(matter.take("pub_pre")), plain_text(matter.take("pub_post"))
    for words_ in filter(None, (before, after)):
        if re.search(r"submitted|under review|in review", words_, re.I):
            headers["stage"] = "submitted"
        elif re.search(r"accepted|to appear|in press|forthcoming", words_, re.I):
            headers["stage"] = "accepted"
        elif not re.fullmatch(r"(?:in|at|published in)\W*", words_, re.I):
            headers["note"] = ". ".join(filter(None, (headers.get("note"), words_.strip(" .·|,"))))
    name, told = split_venue(text, year)
    if told:
        parts = ", ".join(f"{key} {value}" for key, value in sorted(told.items()))
        matter.note("guessed", f'"{shorten(text)}" is read as "{shorten(name)}", {parts}', "venue")
    for key, value in told.items():
        headers.setdefault(key, format_pages(value) if key == "pages" else value)
    if _REVIEWED.fullmatch(name):
        headers["stage"], headers["note"], name = "submitted", name, ""
    elif found := _PREPRINT.fullmatch(name or short):
        if headers.get("type") not in ("report", "thesis"):
            headers["type"] = "article"
        headers.setdefault("stage", "preprint")
        if found["arxiv"]:
            headers["arxiv"] = found["arxiv"]
        name, short = "", "" if _PREPRINT.fullmatch(short) else short
    if (found := _THESES.fullmatch(name)) and headers.get("type", "thesis") == "thesis":
        headers["type"], name = "thesis", found["school"].strip(" ,:-")
        headers.setdefault("genre", found["genre"] if " " in found["genre"] else "")
    elif re.fullmatch(r"technical reports?", name, re.I):
        headers.setdefault("type", "report")
    headers["venue"] = name or short
    headers["venue_short"] = short if name and fold_text(short) != fold_text(name) else ""
    if "type" not in headers and _THESIS.fullmatch(headers["venue"]):
        headers["type"] = "thesis"
        matter.note("guessed", f"what {headers['venue']} published is taken for a thesis", "venue")


def read_honours(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Take awards and presentations out of badges and texts."""
    for key in ("award", "award_name", "awards", "presentation", "pub_last", "honor", "honors"):
        for item in matter.items(key):
            for part in _BADGES.split(join_values(item)):
                if not (text := plain_text(part).strip(" |,;·")):
                    continue
                name = "award"
                if key == "presentation" or (
                    _PRESENTED.fullmatch(text) and not _AWARD.search(text)
                ):
                    name = "presentation"
                elif key == "pub_last" and not _AWARD.search(text):
                    name = "note"
                headers[name] = ", ".join(filter(None, (headers.get(name), text)))


def read_tags(matter: FrontMatter) -> str:
    """Return the words that a paper is filed under, each once."""
    found: dict[str, str] = {}
    for key in ("tags", "keywords", "topics", "categories", "selected_category"):
        value = matter.data.pop(key, "")
        for item in value if isinstance(value, list) else re.split("[,;]", join_values(value)):
            text = plain_text(item).replace(";", ",")
            if text.lower() == "source themes":
                matter.note("left", f'the tag "{text}" is the theme\'s example', key)
            elif text:
                found.setdefault(text.casefold(), text)
    return format_list(found.values())
