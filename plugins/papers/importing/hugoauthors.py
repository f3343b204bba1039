"""People of HugoBlox's sites: a folder for each; one of them is the owner."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..headers import shorten
from ..names import split_authors
from . import article, bodies, identity, matter
from .found import Source, Text
from .matter import Matter, letters, one_text, words

# How the theme names people: by their folders.
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
OWNERS = ("admin", "me", "owner")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif")
_EXAMPLES = ("nelson bighetti", "吳恩達", "吴恩达")
_ICONS = {
    "envelope": "Email", "at-symbol": "Email", "email": "Email", "google-scholar": "Google Scholar",
    "github": "GitHub", "twitter": "X", "x": "X", "x-twitter": "X", "linkedin": "LinkedIn",
    "linkedin-in": "LinkedIn", "orcid": "ORCID", "researchgate": "ResearchGate", "dblp": "DBLP",
    "youtube": "YouTube", "semantic-scholar": "Semantic Scholar", "arxiv": "arXiv",
    "gitlab": "GitLab", "weixin": "微信", "stack-overflow": "Stack Overflow", "hal": "HAL",
    "globe": "Website", "home": "Website", "website": "Website",
}  # fmt: skip
_MACHINERY = (
    "superuser is_owner user_groups email highlight_name authors slug schema first_name last_name "
    "avatar_filename status.icon show_related url organizations affiliations type"
)


@dataclass(slots=True)
class Author:
    """Somebody with a folder: the name, what it says, and whether it is the owner's."""

    name: str
    given: Matter
    owner: bool


def read(source: Source, paths: Iterable[Path]) -> dict[str, Author]:
    """Return the people of a site by the names of their folders; note who the owner is."""
    people: dict[str, Author] = {}
    others: list[str] = []
    for path in [*paths, *source.files("data/authors/*.yml", "data/authors/*.yaml")]:
        folder = path.parent.name if path.stem.split(".")[0] in ("_index", "index") else path.stem
        if folder == "authors" or (given := matter.read(source, path)) is None:
            continue
        name = words(given.take("title", "name", "name.display"))
        if not name:
            name = words(f"{given.take('first_name')} {given.take('last_name')}")
        if name.lower() in _EXAMPLES:
            given.note("left", f"{name} is the theme's example")
            continue
        owner = "true" in (given.take("superuser"), given.take("is_owner"))
        key = folder.lower()
        if key in people and people[key].owner:
            others.append(name)  # In another language.
        elif name and key not in people:
            people[key] = Author(name, given, owner or key in OWNERS)
    owners = [author for author in people.values() if author.owner]
    for author in owners[:1]:
        source.found.owner.name = source.found.owner.name or author.name
        identity.add_names(source, [author.name, *others])
    for author in people.values():
        if author not in owners[:1]:
            author.owner = False
            _register(source, author)
    return people


def _social(given: Matter) -> list[tuple[str, str]]:
    """Take the addresses under which somebody is known."""
    found = []
    for key in ("social", "profiles", "links"):
        for item in given.items(key):
            if not isinstance(item, dict):
                continue
            parts = {name: one_text(value) for name, value in item.items()}
            address = parts.get("link") or parts.get("url") or parts.get("href") or ""
            icon = parts.get("icon", "").lower().rpartition("/")[2]
            label = _ICONS.get(icon) or parts.get("label") or parts.get("name") or ""
            label = words(label) or icon.replace("-", " ").capitalize() or "Website"
            if re.match(r"https?://[^\s/]|mailto:\S+@\S", address, re.I):
                found.append((label, address))
            elif address and not address.startswith(("#", "/#")):
                told = f'{label}: "{shorten(address)}" is no address (put the file into '
                given.note("left", f"{told}content/extra/, and link to it)", key)
    return found


def _register(source: Source, author: Author) -> None:
    """Take what the register of people can say of one of them."""
    told: dict[str, str] = {}
    for label, address in _social(author.given):
        orcid = re.search(r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", address)
        if orcid:
            told["orcid"] = orcid[1]
        elif label == "Website" or not address.startswith("mailto:"):
            told.setdefault("address", address)
    if told:
        source.found.people[author.name] = told
    if author.given.body.strip():
        author.given.note("left", f"what it says of {author.name} has no place here")


def guess(
    source: Source, papers: Iterable[tuple[Matter, dict[str, str]]], people: dict[str, Author]
) -> dict[str, str]:
    """Return who is behind the names of folders that are not there, by BibTeX entries beside."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for given, bib in papers:
        listed = given.data.get("authors")
        names = [words(name) for name in listed if name] if isinstance(listed, list) else []
        told = [name for name in split_authors(bib.get("authors", "")) if name != "et al."]
        unknown = [n for n, name in enumerate(names)
                   if _FOLDER.fullmatch(name) and name not in people]  # fmt: skip
        if len(names) == len(told):
            for n in unknown:
                votes[names[n]][told[n]] += 1
        elif len(unknown) == 1:
            known = {letters(name) for name in names}
            others = [name for name in told if letters(name) not in known]
            if len(others) == 1:
                votes[names[unknown[0]]][others[0]] += 1
    guessed = {}
    for name, counts in sorted(votes.items()):
        guessed[name] = min(counts, key=lambda full: (-counts[full], full))
        if name in OWNERS and source.found.owner.name is None:
            source.found.owner.name = guessed[name]
            identity.add_names(source, [guessed[name]])
    return guessed


def name(given: Matter, people: dict[str, Author], guessed: dict[str, str]) -> None:
    """Put the names of people into the place of those of their folders."""
    if isinstance(text := given.data.get("authors", ""), str) and not _FOLDER.fullmatch(text):
        return  # A list that is one text.
    names = []
    for item in given.items("authors"):
        name = item if isinstance(item, str) else ""
        key = name.lower().replace(" ", "-")
        if key in people and people[key].name:
            names.append(people[key].name)
        elif _FOLDER.fullmatch(name):
            owner = given.source.found.owner.name if name in OWNERS else None
            full = guessed.get(name) or owner
            if full:
                given.note("guessed", f'"{name}" is taken for {full}', "authors")
            else:
                given.note("left", f'"{name}" is nobody\'s full name (write it out)', "authors")
            names.append(full or name)
        elif item:
            names.append(item)
    given.data["authors"] = names


def home(source: Source, people: dict[str, Author]) -> None:
    """Make the home page of what the site says of its owner."""
    found = source.found
    author = next((author for author in people.values() if author.owner), None)
    if author is None or any(text.kind == "home" for text in found.texts):
        return
    given, owner = author.given, found.owner
    known = {address for _, address in owner.social}
    owner.social += [pair for pair in _social(given) if pair[1] not in known]
    places = [*given.items("organizations"), *given.items("affiliations")]
    names = [words(one.get("name", "") if isinstance(one, dict) else one) for one in places]
    owner.role = owner.role or ", ".join(filter(None, (words(given.take("role")), *names))) or None
    parts = [bodies.clean(source, given.path, given.body, given.line, "images")]
    bio = words(given.take("bio"))
    parts = parts if parts[0] else [bio]
    if interests := [words(one) for one in given.items("interests")]:
        parts.append("\n".join(["## Interests", "", *(f"- {one}" for one in interests)]))
    courses = [*given.items("education.courses"), *given.items("education")]
    if told := [course for course in map(_course, courses) if course]:
        parts.append("\n".join(["## Education", "", *(f"- {one}" for one in told)]))
    kinds = {text.kind for text in found.texts}
    parts += ["## News\n\n[NEWS]"] * ("news" in kinds)
    parts += ["## Publications\n\n[PAPERS]"] * ("paper" in kinds)
    headers = {"title": author.name, "role": owner.role or ""}
    text = Text("home", headers, "\n\n".join(filter(None, parts)), file=source.name(given.path))
    found.texts.append(text)
    _portrait(source, given)
    article.leave(given, _MACHINERY)


def _course(item: object) -> str:
    if not isinstance(item, dict):
        return words(item)
    names = ("course", "degree", "area", "institution", "year", "date_end")
    return ", ".join(filter(None, (words(item.get(name, "")) for name in names)))


def _portrait(source: Source, given: Matter) -> None:
    files = [*given.beside("avatar.*"), *source.files("assets/media/authors/*")]
    names = ("avatar", given.path.stem, *OWNERS)
    for path in files:
        if path.suffix.lower() in _PICTURES and path.stem.lower() in names:
            source.found.files.setdefault(f"images/portrait{path.suffix.lower()}", path)
            return
