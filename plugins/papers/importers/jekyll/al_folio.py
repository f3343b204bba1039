"""What al-folio's sites have beside those of any Jekyll: co-authors, and their home page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...content import Header
from ...model import Author, name_key, parse_authors, parse_name
from ...util import is_path, shorten
from ..common import (
    add_owner_names,
    add_portrait,
    clean_body,
    count_words,
    find_line,
    fold_text,
    load_yaml_mapping,
    nested_mapping,
    plain_text,
    set_owner,
    yaml_text,
    yaml_texts,
)
from ..result import SourceTree

_ABOUT = ("profile", "selected_papers", "announcements.enabled", "news", "profile.image")


def is_about_page(header: Header) -> bool:
    """Tell whether a header asks for the lists of a home page."""
    return header.get("layout") == "about" or any(header.entries.get(name) for name in _ABOUT)


def import_home(source: SourceTree, path: Path, header: Header, body: str, line: int) -> None:
    """Import al-folio's home page: the text, the portrait, and lists that its header asks for."""
    owner = source.result.owner
    owner.role = owner.role or _plain_value(header, "subtitle") or None
    image = header.get("profile.image") or ""
    import_portrait(source, path, image, _line(header, "profile.image"))
    for key in ("profile.more_info", "profile.address"):
        if text := _plain_value(header, key):
            message = f"{key}: {shorten(text)} (write it into content/home.md)"
            source.note("left", path, message, _line(header, key))
    parts = [clean_body(source, path, body, line, "images").strip()]
    hidden = "false" in (header.get("news"), header.get("announcements.enabled"))
    if hidden:
        _hide_news(source, path, header)
    elif source.list_files("_news/*.md"):
        parts.append("## News\n\n[NEWS]")
    if header.get("selected_papers") != "false":
        parts.append("## Selected publications\n\n[PAPERS]")
    headers = {"title": owner.name or header.get("title") or "", "role": owner.role or ""}
    source.add_document("home", headers, "\n\n".join(filter(None, parts)), path)


def _hide_news(source: SourceTree, path: Path, header: Header) -> None:
    """Make drafts of the news that the old site does not show."""
    items = [document for document in source.result.documents if document.kind == "news"]
    for item in items:
        item.headers["status"] = "draft"
    if items:
        count = count_words(len(items), "news item is a draft", "news items are drafts")
        message = f"{count}, as the old site shows none (take `Status: draft` off to publish one)"
        key = "news" if "news" in header.entries else "announcements.enabled"
        source.note("left", path, message, _line(header, key), key)


def _plain_value(header: Header, key: str) -> str:
    """Return a value without its tags, which may separate paragraphs."""
    text = plain_text(re.sub(r"<[^<>]*>", " ", header.get(key) or ""))
    return re.sub(r" (?=[,.;:)])", "", text)


def _line(header: Header, key: str) -> int | None:
    return header.entries[key].line if key in header.entries else None


def import_portrait(source: SourceTree, path: Path, name: str, line: int | None) -> None:
    """Copy the picture of the owner."""
    name = name.strip()
    folders = ("assets/img", "images", "assets/images")
    file = source.find_file(name, None, folders) if is_path(name) else None
    if name and not add_portrait(source, [file]):
        message = f'the image "{shorten(name)}" was not found'
        source.note("left", path, f"{message} (save it as content/images/portrait.jpg)", line)


def read_scholar_names(source: SourceTree, path: Path, config: Mapping) -> list[str]:
    """Return forms of the owner's name in the settings of Jekyll-Scholar.

    al-folio comes with Albert Einstein's.
    """
    owner, scholar = source.result.owner, nested_mapping(config, "scholar")
    firsts, lasts = (yaml_texts(scholar.get(f"{name}_name")) for name in ("first", "last"))
    own = fold_text(yaml_text(config.get("last_name")))
    if "einstein" in map(fold_text, lasts) and own != "einstein":
        message = "`scholar` names Albert Einstein, who is the theme's example"
        source.note("guessed", path, message, find_line(source.read_text(path), "Einstein"))
        return []
    if owner.name is None and firsts and lasts:
        owner.name = f"{firsts[0]} {lasts[0]}"
    initial = fold_text(owner.name or "")[:1]
    # Another initial than their first one is another person's.
    firsts = [
        first for first in firsts
        if len(first.strip(". ")) > 1 or not owner.name or fold_text(first)[:1] == initial
    ]  # fmt: skip
    return [f"{first} {last}" for last in lasts for first in firsts]


@dataclass(slots=True)
class _Person:
    """A person of `_data/coauthors.yml`: the name, and all forms of it."""

    name: str
    forms: list[str]
    address: str


def import_coauthors(source: SourceTree, path: Path, headers: Iterable[Header]) -> None:
    """Import the people of `_data/coauthors.yml`: last names, with forms of the first ones."""
    text = source.read_text(path)
    printed: dict[str, list[Author]] = {}
    for author in (author for authors in _author_lists(headers) for author in authors):
        printed.setdefault(fold_text(author.family), []).append(author)
    count = 0

    def left(message: str, words: str, key: str | None = None) -> None:
        source.note("left", path, message, find_line(text, words), key)

    for last, entries in load_yaml_mapping(source, path).items():
        last = yaml_text(last)
        for entry in entries if isinstance(entries, list) else [entries]:
            firsts = yaml_texts(entry.get("firstname")) if isinstance(entry, dict) else []
            if not last or not firsts:
                left(f'"{last}" has no first name and was skipped', last)
                continue
            count += 1
            family, firsts = _swap_names(last, firsts)
            authors = printed.get(fold_text(family), [])
            if printed and not authors:
                left(f'"{family}" is not an author of the papers and was skipped', family)
                continue
            if family == family.lower():
                # al-folio matches a last name in small letters and without accents, too.
                family = next((author.family for author in authors), family.title())
            person = _read_person(family, firsts, yaml_text(entry.get("url")))
            if person is None:
                left(f'"{family}" has no first name and was skipped', family)
            elif {name_key(name) for name in source.result.owner.names} & set(
                map(name_key, person.forms)
            ):
                add_owner_names(source, person.forms)
            else:
                if person.address and not re.fullmatch(r"https?://[^\s/]+\S*", person.address):
                    message = f'"{shorten(person.address)}" is not a web address'
                    left(message, person.address, person.name)
                    person.address = ""
                _add_person(source.result.people, person)
    _drop_shared_aliases(source, path, text)
    source.note("taken", path, count_words(count, "person", "people"))


def _swap_names(last: str, firsts: list[str]) -> tuple[str, list[str]]:
    """Return last and first names of a person who is listed under the first name."""
    for first in firsts:
        words = first.split()
        if len(words) > 1 and fold_text(words[0]) == fold_text(last):
            return " ".join(words[1:]), [name for name in firsts if name != first]
    return last, firsts


def _read_person(last: str, firsts: list[str], address: str) -> _Person | None:
    forms = []
    for first in firsts:
        words, count = first.split(), len(last.split())
        if fold_text("".join(words[-count:])) == fold_text(last):
            words = words[:-count]  # The full name.
        if words:
            forms.append(" ".join([*words, last]))
    # Of forms with the same key, the first one, where the last one is.
    forms = list({name_key(form): form for form in reversed(forms)}.values())[::-1]
    if not forms:
        return None
    # A full first name is a better name than initials.
    full = [form for form in forms if re.match(r"[^\W\d_]{2,}(?![^\W\d_]*\.)", form)]
    return _Person(next(iter(full), forms[0]), forms, address)


def _add_person(people: dict[str, dict], person: _Person) -> None:
    """Add a person to people.yml, or to the entry of the same name."""
    same = (name for name in people if name_key(name) == name_key(person.name))
    aliases = [form for form in person.forms if form != person.name]
    name = next(same, person.name)
    entry = people.get(name, {})
    if person.address:
        entry = entry | {"address": person.address}
    if aliases or entry.get("aliases"):
        aliases = list(dict.fromkeys([*entry.get("aliases", ()), *aliases]))
        entry = entry | {"aliases": aliases}
    if entry:
        people[name] = entry


def _drop_shared_aliases(source: SourceTree, path: Path, text: str) -> None:
    """Remove the forms of names that two people share."""
    people = source.result.people
    counts = Counter(
        key for name, entry in people.items()
        for key in set(map(name_key, [name, *entry.get("aliases", ())]))
    )  # fmt: skip
    for name, entry in list(people.items()):
        for alias in [form for form in entry.get("aliases", ()) if counts[name_key(form)] > 1]:
            entry["aliases"].remove(alias)
            message = f'"{alias}" was skipped because somebody else has this name too'
            source.note("left", path, message, find_line(text, alias.split()[-1]), name)
        if not entry.get("aliases", True):
            del entry["aliases"]
        if not entry:
            del people[name]


def _author_lists(headers: Iterable[Header]) -> Iterator[list[Author]]:
    """Yield the authors of each paper, without collective ones."""
    for header in headers:
        try:
            authors, _ = parse_authors(header.get("authors") or "", {})
        except ValueError:
            continue  # A note on the .bib says so.
        yield [author for author in authors if not author.collective]


def _owner_authors(source: SourceTree) -> list[Author]:
    return [parse_name(name) for name in source.result.owner.names if "," not in name]


def add_printed_names(source: SourceTree, path: Path, headers: Iterable[Header]) -> None:
    """Add the forms of the owner's name that papers print and no file gives: "A. Lovelace".

    Such a form is the owner's where no other author of the paper can be.
    """
    owner, forms = source.result.owner, _owner_authors(source)
    keys = {name_key(author.name) for author in forms}
    # Twice, as a form leads to others: "A. B. Lovelace" to "Ada B. Lovelace".
    for authors in [*_author_lists(headers)] * 2:
        if any(name_key(author.name) in keys for author in authors):
            continue
        matches = [author for author in authors if any(may_be_same(author, f) for f in forms)]
        if len(matches) == 1 and " and " not in matches[0].name:
            name = matches[0].name
            source.note("guessed", path, f'"{name}" was read as the owner, {owner.name}')
            add_owner_names(source, [name])
            forms.append(matches[0])
            keys.add(name_key(name))


def may_be_same(author: Author, other: Author) -> bool:
    """Tell whether two names can be one person's: "Lovelace, A." and "Lovelace, Ada"."""
    if fold_text(author.family.split()[-1]) != fold_text(other.family.split()[-1]):
        return False
    first, second = (
        [fold_text(word) for word in re.findall(r"\w+", person.given)] for person in (author, other)
    )
    if not first or not second:
        return False
    short = min(len(first[0]), len(second[0])) == 1
    return second[0] in first or first[0] in second or (short and first[0][0] == second[0][0])


def has_owners_papers(source: SourceTree, headers: Iterable[Header]) -> bool:
    """Tell whether the owner is an author of any paper, or nobody knows their name."""
    return any(is_owners_paper(source, header) for header in headers if header.entries)


def is_owners_paper(source: SourceTree, header: Header) -> bool:
    """Tell whether the owner is an author of a paper, or nobody knows their name."""
    forms = _owner_authors(source)
    return not forms or any(
        may_be_same(author, form)
        for authors in _author_lists([header]) for author in authors for form in forms
    )  # fmt: skip


def guess_owner(source: SourceTree, path: Path, last: str, headers: Iterable[Header]) -> None:
    """Make the most frequent author of a last name the owner, if settings give no first name."""
    names = Counter(
        author.name for authors in _author_lists(headers) for author in authors
        if fold_text(author.family) == fold_text(last)
    )  # fmt: skip
    if names and source.result.owner.name is None:
        name = max(names, key=lambda name: (names[name], len(name), name))
        set_owner(source, name)
        source.note("guessed", path, f'"{name}" was read as the owner')
