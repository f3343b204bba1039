"""A header block becomes a Paper, with every problem that is found in it."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from . import bibtex
from .dates import month_number
from .headers import Header, shorten
from .keys import GENRES, KNOWN, NESTED, TITLE_IN
from .links import read_figure, read_links
from .model import TYPES, Paper
from .names import Author, Person, read_authors
from .publication import read_publication
from .schemes import SCHEMES
from .tex import decode_title

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
    title = header.need("title")
    editors, _ = _people(header, "editor", people)
    authors, others = _people(header, "authors", people)
    if not editors or header.get("authors"):
        header.need("authors")
    date = header.date("date") if header.need("date") else None
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
    header.check_form("key", _KEY.pattern, "write letters, digits, - and _")
    if title and _MARKUP.fullmatch(title):
        header.problem("title", f'"{shorten(title)}" is markup (write plain words)')
    lang = header.get("lang")
    if lang and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        # In a header it has been told already.
        if header.lenient("lang"):
            header.doubt("lang", f'"{shorten(lang)}" is no language (write en, zh or pt-BR)')
        lang = None
    if re.match(r"\s*(?!https?:)[A-Za-z]+:", found.get("license", "")):
        header.problem("license", "is no address and no name (write https://…)")
    selected, weight = _selected(header), _weight(header)
    if header.wrong or not (title and date):
        return None
    raw = header.entries["title"]
    return Paper(
        key=header.get("key") or (verbatim and verbatim[0]) or key,
        title=_dashes(title),
        authors=authors,
        others=others,
        editors=editors,
        date=date,
        kept=decode_title(raw.raw)[1] if raw.raw and (raw.entry or header.entry) else (),
        titles={
            match["lang"].replace("_", "-"): _dashes(header.get(name))
            for name in header.entries
            if (match := TITLE_IN.fullmatch(name)) and header.get(name)
        },
        abstract=header.plain or _paragraphs(header.get("abstract") or ""),
        tags=split_list(header.get("tags") or ""),
        bibtex=verbatim and verbatim[1],
        lang=lang,
        selected=selected,
        weight=weight,
        **found,
    )


def name_as_paper(header: Header) -> None:
    """Give a header's keys the names under which they are read; year and month become one date."""
    given, header.entries = header.entries, {}
    if "year" in given and "date" not in given:
        parts = [given.pop(name) for name in ("year", "month", "day") if name in given]
        texts = [f"{month_number(part.value) or part.value:0>2}" for part in parts if part.value]
        text = "-".join(texts)
        given["date"] = replace(parts[0], value=text)
    for name, entry in given.items():
        nested = NESTED.fullmatch(name)
        key = KNOWN.get(name) or (nested and nested["key"]) or name
        if not header.get(key):
            header.entries[key] = entry
        elif entry.value:
            names = f"`{header.entries[key].name}` and `{entry.name}`"
            header.problem(key, f"given as {names} (keep one)", entry.line)


def _people(
    header: Header, key: str, people: Mapping[str, Person]
) -> tuple[tuple[Author, ...], bool]:
    value = header.get(key)
    try:
        authors, others = read_authors(value, people) if value else ((), False)
    except ValueError as error:
        header.problem(key, str(error))
        return (), False
    if value and not authors:
        header.problem(key, f"names nobody (write `{key.capitalize()}: Ada Lovelace; Alan Turing`)")
    return authors, others


def _identifiers(header: Header) -> dict:
    """Return `ids`, and `url` where it is not the address of one of them."""
    ids = {}
    for name, scheme in SCHEMES.items():
        value = header.get(name)
        if value is None:
            continue
        if identifier := scheme.read(value):
            ids[name] = identifier
            if "://" in value and not header.lenient(name):
                told = f"an id is enough (write {identifier})"
                header.tidy(name, told, None, (value, identifier))
            continue
        message = f'"{shorten(value)}" is no {name} id (write it as {scheme.example})'
        if re.match("https?://", value) or header.entries[name].name == "arxivid":
            header.doubt(name, message)
        else:
            header.problem(name, message)
    url = header.get("url")
    for name, scheme in SCHEMES.items():
        if url and (identifier := scheme.read(url)) and scheme.address(identifier) == url:
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
    blocks = bibtex.read(header.file, text.encode())[1:]
    right = len(blocks) == 1 and blocks[0].entry and not blocks[0].wrong
    if right and bibtex.stands_alone(text):
        return blocks[0].entry, text
    why = next(
        (p.message for block in blocks for p in block.problems),
        "write one entry, and nothing around it",
    )
    header.problem("bibtex", f"is no BibTeX entry: {why}")
    return None


def _selected(header: Header) -> bool:
    value = (header.get("selected") or "no").lower()
    if value not in _WORDS:
        header.doubt("selected", f'"{shorten(value)}" is neither yes nor no (write yes or no)')
    return _WORDS.get(value, False)


def _weight(header: Header) -> int | None:
    value = header.get("weight")
    if value and not re.fullmatch(r"-?[0-9]{1,9}", value):
        hint = "write 1 for the paper that comes first"
        header.problem("weight", f'"{shorten(value)}" is no whole number ({hint})')
        return None
    return int(value) if value else None


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a value: a YAML list's, or parted by `;`, commas or lines; each once."""
    lines = text.split("\n")
    if lines and all(line.startswith("- ") for line in lines):
        tags = [line.removeprefix("- ") for line in lines]
    else:
        tags = re.split("[;；]" if re.search("[;；]", text) else "[,，、\n]", text)
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))


def _dashes(text: str) -> str:
    return " ".join(re.sub("(?<!-)--(?!-)", "–", re.sub("(?<!-)---(?!-)", "—", text)).split())


def _paragraphs(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, parts))
