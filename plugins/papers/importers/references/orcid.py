"""ORCID's records (JSON of the public API 3.0): works, and the person."""

import re
from collections.abc import Iterator
from pathlib import Path

from ...content import parse_bibtex
from ...model import SCHEMES, name_key
from ..common import (
    LineFinder,
    add_reference,
    count_words,
    escape_markdown,
    format_date,
    format_entry_people,
    format_inverted_name,
    format_people,
    plain_line,
    set_owner,
)
from ..result import SourceTree

# Types of works in ORCID's vocabulary, as CSL's.
_TYPES = {
    "journal-article": "article-journal", "journal-issue": "article-journal",
    "magazine-article": "article-magazine", "newspaper-article": "article-newspaper",
    "newsletter-article": "article-magazine", "review": "article-journal",
    "book-review": "article-journal", "annotation": "article-journal",
    "conference-paper": "paper-conference", "conference-abstract": "paper-conference",
    "conference-proceedings": "book", "conference-poster": "speech",
    "conference-presentation": "speech", "conference-output": "paper-conference",
    "lecture-speech": "speech", "public-speech": "speech", "preprint": "article",
    "working-paper": "report", "report": "report", "research-technique": "report",
    "technical-standard": "report", "standards-and-policy": "report", "book": "book",
    "edited-book": "book", "manual": "book", "book-chapter": "chapter",
    "encyclopedia-entry": "chapter", "dictionary-entry": "chapter", "dissertation": "thesis",
    "dissertation-thesis": "thesis", "supervised-student-publication": "thesis",
    "patent": "patent", "data-set": "dataset", "software": "software", "website": "webpage",
    "online-resource": "webpage", "blog-post": "webpage",
}  # fmt: skip
_IDS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "isbn": "isbn", "issn": "issn"}


def is_orcid(data: object) -> bool:
    """Tell whether JSON is a record, a list of works or a work as ORCID gives them."""
    return bool(list(_work_groups(data))) or (isinstance(data, dict) and "orcid-identifier" in data)


def import_orcid(source: SourceTree, path: Path, text: str, data: dict) -> None:
    """Import the works, and the person as the owner."""
    _import_person(source, path, data)
    groups, lines = list(_work_groups(data)), LineFinder(text)
    for group in groups:
        # The preferred work first; the others can have values that it lacks.
        works = sorted(group, key=_display_order)
        title = _get(works[0], "title", "title", "value")
        _import_work(source, path, lines.of(title) if isinstance(title, str) else None, works)
    source.note("taken", path, count_words(len(groups), "work", "works"))


def _display_order(work: dict) -> int:
    index = _text(work, "display-index") or "0"
    return -int(index) if re.fullmatch(r"\d{1,9}", index) else 0


def _work_groups(data: object) -> Iterator[list[dict]]:
    """Yield the works that ORCID groups as one: summaries, or full works."""
    works = _get(data, "activities-summary", "works") or _get(data, "works") or data
    for group in _list(_get(works, "group")):
        if works_of_group := [
            work for work in _list(_get(group, "work-summary")) if _get(work, "title")
        ]:
            yield works_of_group
    bulk = [_get(item, "work") for item in _list(_get(works, "bulk"))]
    for work in [*bulk, works]:
        if isinstance(_get(work, "title", "title"), dict):
            yield [work]


def _get(value: object, *names: str) -> object:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _list(value: object) -> list:
    return value if isinstance(value, list) else []


def _text(value: object, *names: str) -> str:
    """Return a nested value as text; it may be in `value`."""
    item = _get(value, *names)
    item = _get(item, "value") if isinstance(item, dict) else item
    return plain_line(str(item)) if isinstance(item, str | int) else ""


def _import_person(source: SourceTree, path: Path, data: dict) -> None:
    owner, person = source.result.owner, _get(data, "person") or {}
    given, family = (_text(person, "name", name) for name in ("given-names", "family-name"))
    credit = _text(person, "name", "credit-name")
    other_names = [
        _text(other, "content") for other in _list(_get(person, "other-names", "other-name"))
    ]
    names = [name for name in (f"{given} {family}".strip(), credit, *other_names) if name]
    set_owner(source, next(iter(names), ""), names)
    addresses = [("ORCID", _text(data, "orcid-identifier", "uri"))]
    for mail in _list(_get(person, "emails", "email")):
        addresses.append(("Email", f"mailto:{_text(mail, 'email')}"))
    for url in _list(_get(person, "researcher-urls", "researcher-url")):
        addresses.append((_text(url, "url-name") or "Website", _text(url, "url")))
    for item in _list(_get(person, "external-identifiers", "external-identifier")):
        addresses.append((_text(item, "external-id-type"), _text(item, "external-id-url")))
    for label, address in addresses:
        if re.fullmatch(r"https?://[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+", address):
            if (label, address) not in owner.social:
                owner.social.append((label, address))
        elif address:
            source.note("left", path, f'"{address[:60]}" is not a web address and was skipped')
    if _text(person, "biography", "content"):
        source.note("left", path, "the biography was skipped (write it into content/home.md)")


def _import_work(source: SourceTree, path: Path, line: int | None, works: list[dict]) -> None:
    def text(*names: str) -> str:
        return next(filter(None, (_text(work, *names) for work in works)), "")

    title, type_name = _text(works[0], "title", "title"), text("type").lower().replace("_", "-")
    if subtitle := _text(works[0], "title", "subtitle"):
        title = f"{title}: {subtitle}"
    type_ = _TYPES.get(type_name)
    if type_ is None:
        message = f'"{type_name}" was read as a document'
        source.note("guessed", path, message, line, title) if type_name != "other" else None
        type_ = "document"
    dates = [
        format_date(*(_text(work, "publication-date", part) for part in ("year", "month", "day")))
        for work in works
    ]
    headers = _read_citation(source, path, works, line, title) | {
        "title": title, "type": type_, "date": next(filter(None, dates), ""),
        "lang": text("language-code").replace("_", "-"), "url": text("url"),
    }  # fmt: skip
    if journal := text("journal-title"):
        headers["venue"] = journal
    for name, value in _identifiers(works):
        headers.setdefault(name, value)
    if contributors := list(_contributors(works)):
        headers["authors"] = format_people(contributors)
    elif not headers.get("authors") and (owner := source.result.owner.name):
        headers["authors"] = owner
        message = (
            f"ORCID names no authors: {owner} was entered alone (add the other authors in its file)"
        )
        source.note("guessed", path, message, line, title)
    body = escape_markdown(text("short-description")) or headers.pop("abstract", "")
    add_reference(source, path, headers, body, line)


def _identifiers(works: list[dict]) -> Iterator[tuple[str, str]]:
    for work in works:
        for item in _list(_get(work, "external-ids", "external-id")):
            name = _IDS.get(_text(item, "external-id-type").lower())
            value = _text(item, "external-id-normalized") or _text(item, "external-id-value")
            # The DOI of a book is not a chapter's; its ISBN and ISSN apply to both.
            is_part_of = (
                _text(item, "external-id-relationship").lower().replace("_", "-") == "part-of"
            )
            if name and value and not (is_part_of and name in SCHEMES):
                yield name, value


def _contributors(works: list[dict]) -> Iterator[str]:
    """Yield the authors of a full work, each once."""
    seen = set()
    for work in works:
        for item in _list(_get(work, "contributors", "contributor")):
            name = _text(item, "credit-name")
            role = _text(item, "contributor-attributes", "contributor-role").lower()
            if name and role in ("", "author", "null") and name_key(name) not in seen:
                seen.add(name_key(name))
                yield format_inverted_name(name, corporate=False)
        if seen:
            return


def _read_citation(
    source: SourceTree, path: Path, works: list[dict], line: int | None, title: str
) -> dict[str, str]:
    """Return further headers, from the work's citation in BibTeX."""
    for work in works:
        if _text(work, "citation", "citation-type").lower() != "bibtex":
            continue
        value = str(_get(work, "citation", "citation-value") or "")
        for header in parse_bibtex(source.relative_name(path), value.encode(errors="replace"))[1:]:
            if not header.entries or header.has_errors:
                source.note("left", path, "its BibTeX cannot be read", line, title)
                continue
            keys = "venue volume issue number pages publisher series isbn issn".split()
            headers = {name: header.get(name) or "" for name in keys}
            for name in ("authors", "editor"):
                headers[name] = format_entry_people(header.entries.get(name))
            return headers | {"abstract": escape_markdown(header.get("abstract") or "")}
    return {}
