"""A header block becomes a Paper, with every problem that is found in it."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..model import SCHEMES, STAGES, TYPES, Paper, Person, month_number
from ..util import shorten
from .bibtex import is_single_entry, parse_bibtex
from .header import Header
from .keys import GENRES, KEY_NAMES, NESTED_ID, TRANSLATED_TITLE, TYPE_NAMES, VENUE_TYPES
from .links import read_figure, read_links

# Servers of preprints, and what their names hold of an arXiv id.
_ARXIV = re.compile(r"(?:arxiv|corr)\b(?:\s+(?:e-prints|preprint))?[\s:,]*(?P<rest>.*)", re.I)
_SERVERS = re.compile(r"(?:\w*rxiv|research square|ssrn|osf preprints|techrxiv)\b.*", re.I)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|annals|bulletin|magazine|quarterly|nature|pnas|plos|jmlr|"
    r"tmlr|tacl|tpami|ijcv|science advances|science robotics)\b",
    re.IGNORECASE,
)
_STAGE_NOTES = {
    name: re.compile(rf"(?:{words})[.,;]?(?:(?<=\.)\s+(?P<rest>.+))?", re.I | re.S)
    for name, words in {
        "accepted": "to appear|accepted|accepted for publication|in press|forthcoming",
        "submitted": "submitted|under review|in review",
        "preprint": "preprint",
    }.items()
}
_MAYBE_PREPRINTS = "document article-journal paper-conference manuscript webpage".split()
# Types that are nothing without the place where they were published.
_PLACED = {"article-journal": "journal", "paper-conference": "booktitle", "chapter": "booktitle"}


def read_publication(header: Header, ids: dict[str, str]) -> dict:
    """Return type, venue, stage, note, issue and number; take an arXiv id out of the venue."""
    venue, note = header.get("venue"), header.get("note")
    stage = (header.get("stage") or "").lower() or None
    if stage and stage not in STAGES:
        header.warn_or_error("stage", f'"{shorten(stage)}" is no stage (write {", ".join(STAGES)})')
        stage = None
    for name, form in _STAGE_NOTES.items():
        # With other words behind it, it is a sentence, and stays one.
        if note and stage is None and (match := form.fullmatch(note)):
            stage, note = name, match["rest"]
    volume = header.get("volume")
    if venue and (match := _ARXIV.fullmatch(venue)):
        words = [*match["rest"].split(), (volume or "").removeprefix("abs/")]
        found = next(filter(None, map(SCHEMES["arxiv"].parse, words)), None)
        if found:
            ids.setdefault("arxiv", found)
        venue = None if "arxiv" in ids else "arXiv"
        volume = None if volume and volume.startswith("abs/") else volume
    server = venue is not None and _SERVERS.fullmatch(venue) is not None
    kind = _type(header, venue, server or (venue is None and "arxiv" in ids), stage)
    if venue is None and kind in _PLACED:
        example = (
            f"{_PLACED[kind]} = {{…}}"
            if header.citation_key
            else f"{_PLACED[kind].capitalize()}: …"
        )
        header.report("venue", f"missing (write `{example}`, or another type)")
    number, issue = header.get("number"), header.get("issue")
    if kind.startswith("article-"):
        number, issue = None, issue or number
    elif issue and not number:
        number, issue = issue, None
    return {
        "type": kind, "venue": venue and " ".join(venue.split()),
        "note": note and " ".join(note.split()),
        "stage": None if stage == "published" else stage,
        "volume": volume, "issue": issue, "number": number,
    }  # fmt: skip


def _type(header: Header, venue: str | None, preprint: bool, stage: str | None) -> str:
    value = (header.get("type") or "").removeprefix("- ").strip()
    plain = re.sub(r"[\s_-]", "", value).lower()
    if value.lower() == "article" and not header.is_from_bib("type"):
        # CSL's word for a preprint is BibTeX's for an article of a journal.
        kind = "article-journal" if venue and not preprint else "article"
    elif value:
        # In a .bib BibTeX's names come first.
        told = None if header.is_from_bib("type") or value.lower() not in TYPES else value.lower()
        kind = told or TYPE_NAMES.get(plain)
        if kind is None and not header.is_from_bib("type"):
            header.report("type", f'"{shorten(value)}" is no type (write {", ".join(TYPES)})')
        kind = kind or "document"
    else:
        name = header.entries["venue"].name if header.get("venue") else ""
        kind = VENUE_TYPES.get(name, "document")
        if venue and kind == "document":
            journal = _JOURNAL.search(venue) or header.get("volume")
            kind = "article-journal" if journal else "paper-conference"
    if preprint and kind in _MAYBE_PREPRINTS:
        return "article"
    if venue is None and kind == "article-journal" and stage == "submitted":
        return "manuscript"
    if venue is None and plain == "inbook":
        return "book"  # BibTeX's @inbook names the book by its title.
    return kind


PAPERS_FOLDER = "papers"

_WORDS = dict.fromkeys(("yes", "y", "true", "1", "on"), True) | dict.fromkeys(
    ("no", "n", "false", "0", "off"), False
)
_MARKUP = re.compile(r"\s*<([A-Za-z][\w-]*)\b[^<>]*>(?:.*</\1\s*>|[^<]*)\s*", re.DOTALL)
_KEY = re.compile(r"[^\s,{}()\"#%\\'=~@]{1,200}")
# What is text on one line, and nothing else.
_PLAIN = (
    "venue_short annotation award presentation volume pages publisher address series edition "
    "genre isbn issn license"
).split()


def read_paper(
    header: Header, file: Path, content: Path, people: Mapping[str, Person], key: str
) -> Paper | None:
    """Make a Paper of a header block; None where anything is wrong with it.

    What is wrong is noted in `header.problems`. Files that it names are looked for
    beside `file`, then below `content`. `key` is the citation key where none is given.
    """
    title = header.require("title")
    editors, _ = header.parse_authors("editor", people)
    authors, has_more = header.parse_authors("authors", people)
    if not editors or header.get("authors"):
        header.require("authors")
    date = header.parse_date("date") if header.require("date") else None
    found = {name: " ".join(value.split()) for name in _PLAIN if (value := header.get(name))}
    found |= _identifiers(header)
    found |= read_publication(header, found["ids"])
    genre = found.get("genre") or GENRES.get((header.get("type") or "").lower())
    # BibTeX's `type` may tell a type that BibTeX does not have.
    told = {words: name for name, words in TYPES.items()}.get(genre)
    found |= {"type": told, "genre": None} if told else {"genre": genre}
    found["links"] = read_links(header, found["ids"], file, content)
    found["figure"] = read_figure(header, file, content)
    verbatim = _verbatim(header)
    header.check_pattern("key", _KEY.pattern, "write letters, digits, - and _")
    if title and _MARKUP.fullmatch(title):
        header.report("title", f'"{shorten(title)}" is markup (write plain words)')
    lang = header.get("lang")
    if lang and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        # In a header it has been told already.
        if header.is_from_bib("lang"):
            header.warn_or_error(
                "lang", f'"{shorten(lang)}" is no language (write en, zh or pt-BR)'
            )
        lang = None
    if re.match(r"\s*(?!https?:)[A-Za-z]+:", found.get("license", "")):
        header.report("license", "is no address and no name (write https://…)")
    selected, weight = _selected(header), _weight(header)
    if header.has_errors or not (title and date):
        return None
    return Paper(
        key=header.get("key") or (verbatim and verbatim[0]) or key,
        title=_dashes(title),
        authors=authors,
        has_more_authors=has_more,
        editors=editors,
        date=date,
        protected_words=header.entries["title"].parsed or (),
        titles={
            match["lang"].replace("_", "-"): _dashes(header.get(name))
            for name in header.entries
            if (match := TRANSLATED_TITLE.fullmatch(name)) and header.get(name)
        },
        abstract=header.plain_text or _paragraphs(header.get("abstract") or ""),
        tags=header.get_list("tags"),
        bibtex=verbatim and verbatim[1],
        lang=lang,
        selected=selected,
        weight=weight,
        **found,
    )


def normalize_keys(header: Header) -> None:
    """Give a header's keys the names under which they are read; year and month become one date."""
    given, header.entries = header.entries, {}
    if "year" in given and "date" not in given:
        parts = [given.pop(name) for name in ("year", "month", "day") if name in given]
        texts = [f"{month_number(part.value) or part.value:0>2}" for part in parts if part.value]
        text = "-".join(texts)
        given["date"] = replace(parts[0], value=text)
    for name, entry in given.items():
        nested = NESTED_ID.fullmatch(name)
        key = KEY_NAMES.get(name) or (nested and nested["key"]) or name
        if not header.get(key):
            header.entries[key] = entry
        elif entry.value:
            names = f"`{header.entries[key].name}` and `{entry.name}`"
            header.report(key, f"given as {names} (keep one)", entry.line)


def _identifiers(header: Header) -> dict:
    """Return `ids`, and `url` where it is not the address of one of them."""
    ids = {}
    for name, scheme in SCHEMES.items():
        value = header.get(name)
        if value is None:
            continue
        if identifier := scheme.parse(value):
            ids[name] = identifier
            if "://" in value and not header.is_from_bib(name):
                told = f"an id is enough (write {identifier})"
                header.suggest(name, told, None, (value, identifier))
            continue
        message = f'"{shorten(value)}" is no {name} id (write it as {scheme.example})'
        if re.match("https?://", value) or header.entries[name].name == "arxivid":
            header.warn_or_error(name, message)
        else:
            header.report(name, message)
    url = header.get("url")
    for name, scheme in SCHEMES.items():
        if url and (identifier := scheme.parse(url)) and scheme.url(identifier) == url:
            ids.setdefault(name, identifier)
            url = url if ids[name] != identifier else None
    ordered = {name: ids[name] for name in SCHEMES if name in ids}
    return {"ids": ordered, "url": url if url and re.match("https?://", url) else None}


def _verbatim(header: Header) -> tuple[str, str] | None:
    """Return the citation key and the text of a BibTeX entry that is given word for word."""
    entry = header.entries.get("bibtex")
    if entry is None or not entry.value:
        return None
    first, _, rest = (entry.raw or entry.value).strip("\n").partition("\n")
    text = f"{first}\n{textwrap.dedent(rest)}".rstrip() if rest else first
    blocks = parse_bibtex(header.file, text.encode())[1:]
    right = len(blocks) == 1 and blocks[0].citation_key and not blocks[0].has_errors
    if right and is_single_entry(text):
        return blocks[0].citation_key, text
    why = next(
        (p.message for block in blocks for p in block.problems),
        "write one entry, and nothing around it",
    )
    header.report("bibtex", f"is no BibTeX entry: {why}")
    return None


def _selected(header: Header) -> bool:
    value = (header.get("selected") or "no").lower()
    if value not in _WORDS:
        header.warn_or_error(
            "selected", f'"{shorten(value)}" is neither yes nor no (write yes or no)'
        )
    return _WORDS.get(value, False)


def _weight(header: Header) -> int | None:
    value = header.get("weight")
    if value and not re.fullmatch(r"-?[0-9]{1,9}", value):
        hint = "write 1 for the paper that comes first"
        header.report("weight", f'"{shorten(value)}" is no whole number ({hint})')
        return None
    return int(value) if value else None


def _dashes(text: str) -> str:
    return " ".join(re.sub("(?<!-)--(?!-)", "–", re.sub("(?<!-)---(?!-)", "—", text)).split())


def _paragraphs(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, parts))
