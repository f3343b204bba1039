"""What al-folio's sites hold beside those of any Jekyll: co-authors, venues, their home page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ...content import Header
from ...model import Author, name_key, parse_authors, parse_name
from ...util import is_path, shorten
from ..common import (
    add_owner_names,
    clean_markdown,
    count_words,
    find_line,
    fold_text,
    load_yaml_mapping,
    plain_text,
    yaml_text,
    yaml_texts,
)
from ..result import SourceTree

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
_ABOUT = ("profile", "selected_papers", "announcements.enabled", "news", "profile.image")


def is_about_page(header: Header) -> bool:
    """Tell whether a text is a home page whose lists its header asks for."""
    return header.get("layout") == "about" or any(header.entries.get(name) for name in _ABOUT)


def import_home(source: SourceTree, path: Path, header: Header, body: str, line: int) -> None:
    """Take al-folio's home page: the text, the portrait, the lists that its header asks for."""
    owner = source.result.owner
    owner.role = owner.role or _words(header, "subtitle") or None
    import_portrait(source, path, header.get("profile.image") or "", _line(header, "profile.image"))
    for key in ("profile.more_info", "profile.address"):
        if more := _words(header, key):
            told = f"{key}: {shorten(more)} (write it into content/home.md)"
            source.note("left", path, told, _line(header, key))
    parts = [clean_markdown(source, path, body, line, "images").strip()]
    hidden = "false" in (header.get("news"), header.get("announcements.enabled"))
    if source.list_files("_news/*.md") and not hidden:
        parts.append("## News\n\n[NEWS]")
    if header.get("selected_papers") != "false":
        parts.append("## Selected publications\n\n[PAPERS]")
    headers = {"title": owner.name or header.get("title") or "", "role": owner.role or ""}
    source.add_document("home", headers, "\n\n".join(filter(None, parts)), path)


def _words(header: Header, key: str) -> str:
    """Return a value without its tags, which may stand between paragraphs."""
    text = plain_text(re.sub(r"<[^<>]*>", " ", header.get(key) or ""))
    return re.sub(r" (?=[,.;:)])", "", text)


def _line(header: Header, key: str) -> int | None:
    return header.entries[key].line if key in header.entries else None


def import_portrait(source: SourceTree, path: Path, name: str, line: int | None) -> None:
    """Bring along the picture of the owner."""
    name = name.strip()
    if not name:
        return
    file = source.find_file(name, None, ("assets/img", "images", "assets/images")) if is_path(
        name) else None  # fmt: skip
    if file is None or file.suffix.lower() not in _PICTURES:
        told = f'the picture "{shorten(name)}" is not here (save it as content/images/portrait.jpg)'
        source.note("left", path, told, line)
    else:
        source.result.assets[f"images/portrait{file.suffix.lower()}"] = file


def import_coauthors(source: SourceTree, path: Path, headers: Iterable[Header]) -> None:
    """Take the people of `_data/coauthors.yml`: last names, with forms of the first ones."""
    text = source.read_text(path)
    printed: dict[str, list[Author]] = {}
    for author in (author for people in _authors(headers) for author in people):
        printed.setdefault(fold_text(author.family), []).append(author)
    taken = 0
    for last, entries in load_yaml_mapping(source, path).items():
        last = yaml_text(last)
        for entry in entries if isinstance(entries, list) else [entries]:
            firsts = yaml_texts(entry.get("firstname")) if isinstance(entry, dict) else []
            if not last or not firsts:
                line = find_line(text, last)
                source.note("left", path, f'"{last}" has no first name, and is left out', line)
                continue
            _coauthor(source, path, text, last, firsts, entry, printed)
            taken += 1
    _part(source, path, text)
    source.note("taken", path, count_words(taken, "person", "people"))


def _part(source: SourceTree, path: Path, text: str) -> None:
    """Take away the forms of names that two people share."""
    people = source.result.people
    whose = Counter(key for name, person in people.items()
                    for key in set(map(name_key, [name, *person.get("aliases", ())])))  # fmt: skip
    for name, person in list(people.items()):
        for alias in [one for one in person.get("aliases", ()) if whose[name_key(one)] > 1]:
            person["aliases"].remove(alias)
            told = f'"{alias}" is left out, for somebody else is called so, too'
            source.note("left", path, told, find_line(text, alias.split()[-1]), name)
        if not person.get("aliases", True):
            del person["aliases"]
        if not person:
            del people[name]


def _coauthor(
    source: SourceTree, path: Path, text: str, last: str, firsts: list[str], entry: Mapping,
    printed: Mapping[str, list[Author]],
) -> None:  # fmt: skip
    forms = []
    for first in firsts:
        words = first.split()
        if len(words) > 1 and fold_text(words[0]) == fold_text(last):
            # Somebody stands under their first name.
            last, firsts = " ".join(words[1:]), [one for one in firsts if one != first]
            break
    known = printed.get(fold_text(last), [])
    if printed and not known:
        line = find_line(text, last)
        source.note("left", path, f'"{last}" is no author of the papers, and is left out', line)
        return
    if last == last.lower():
        # al-folio takes a last name in small letters without accents, too.
        last = next((author.family for author in known), last.title())
    for first in firsts:
        words, count = first.split(), len(last.split())
        if fold_text("".join(words[-count:])) == fold_text(last):
            words = words[:-count]  # It is the whole name.
        if words:
            forms.append(" ".join([*words, last]))
    forms = list({name_key(form): form for form in reversed(forms)}.values())[::-1]
    if not forms:
        line = find_line(text, last)
        source.note("left", path, f'"{last}" has no first name, and is left out', line)
        return
    # Who is known by a whole first name is named by it.
    whole = [form for form in forms if re.match(r"[^\W\d_]{2,}(?![^\W\d_]*\.)", form)]
    name = next(iter(whole), forms[0])
    owner = {name_key(one) for one in source.result.owner.names}
    if owner & set(map(name_key, forms)):
        add_owner_names(source, forms)
        return
    person: dict = {}
    address = yaml_text(entry.get("url"))
    if re.fullmatch(r"https?://[^\s/]+\S*", address):
        person["address"] = address
    elif address:
        line = find_line(text, address)
        source.note("left", path, f'"{shorten(address)}" is no web address', line, name)
    aliases = [form for form in forms if form != name]
    same = (one for one in source.result.people if name_key(one) == name_key(name))
    name = next(same, name)
    before = source.result.people.get(name, {})
    if aliases or before.get("aliases"):
        person["aliases"] = list(dict.fromkeys([*before.get("aliases", ()), *aliases]))
    if person or before:
        source.result.people[name] = before | person


def _authors(headers: Iterable[Header]) -> Iterator[list[Author]]:
    for header in headers:
        try:
            authors, _ = parse_authors(header.get("authors") or "", {})
        except ValueError:
            continue  # Told of the .bib.
        yield [author for author in authors if not author.collective]


def add_printed_names(source: SourceTree, path: Path, headers: Iterable[Header]) -> None:
    """Add the forms of the owner's name that papers print and nobody named: "A. Lovelace".

    Such a form is the owner's where no other author of the paper can be.
    """
    owner = source.result.owner
    known = [parse_name(name) for name in owner.names if "," not in name]
    keys = {name_key(author.name) for author in known}
    # Twice, for a form that is found tells of others: "Ada B. Lovelace" of "A. B. Lovelace".
    for people in [*_authors(headers)] * 2:
        if any(name_key(author.name) in keys for author in people):
            continue
        likely = [author for author in people if any(agree(author, one) for one in known)]
        if len(likely) == 1 and " and " not in likely[0].name:
            name = likely[0].name
            source.note("guessed", path, f'"{name}" is taken for the owner, {owner.name}')
            add_owner_names(source, [name])
            known.append(likely[0])
            keys.add(name_key(name))


def agree(one: Author, other: Author) -> bool:
    """Tell whether two names can be one person's: "Lovelace, A." and "Lovelace, Ada"."""
    if fold_text(one.family.split()[-1]) != fold_text(other.family.split()[-1]):
        return False
    first, second = (list(map(fold_text, re.findall(r"\w+", author.given)))
                     for author in (one, other))  # fmt: skip
    if not first or not second:
        return False
    short = min(len(first[0]), len(second[0])) == 1
    return second[0] in first or first[0] in second or (short and first[0][0] == second[0][0])


def has_owners_papers(source: SourceTree, headers: Iterable[Header]) -> bool:
    """Tell whether the owner is an author of any paper, or may be for all that is known."""
    names = [parse_name(name) for name in source.result.owner.names if "," not in name]
    return not names or any(agree(author, one) for people in _authors(headers)
                            for author in people for one in names)  # fmt: skip


def guess_owner(source: SourceTree, path: Path, last: str, headers: Iterable[Header]) -> None:
    """Take the commonest author of a last name for the owner whose first name nobody tells."""
    names = Counter(author.name for people in _authors(headers) for author in people
                    if fold_text(author.family) == fold_text(last))  # fmt: skip
    if names and source.result.owner.name is None:
        name = max(names, key=lambda name: (names[name], len(name), name))
        source.result.owner.name = name
        add_owner_names(source, [name])
        source.note("guessed", path, f'"{name}" is taken for the owner')
