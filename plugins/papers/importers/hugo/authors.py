"""People of HugoBlox's sites: a folder for each; one of them is the owner."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...model import split_authors
from ...util import shorten
from ..common import add_owner_names, fold_letters, join_values, plain_text
from ..front_matter import FrontMatter, read_front_matter
from ..result import SourceTree

# How the theme names people: by their folders.
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
OWNER_FOLDERS = ("admin", "me", "owner")
_EXAMPLES = ("nelson bighetti", "吳恩達", "吴恩达")
_ICONS = {
    "envelope": "Email", "at-symbol": "Email", "email": "Email", "google-scholar": "Google Scholar",
    "github": "GitHub", "twitter": "X", "x": "X", "x-twitter": "X", "linkedin": "LinkedIn",
    "linkedin-in": "LinkedIn", "orcid": "ORCID", "researchgate": "ResearchGate", "dblp": "DBLP",
    "youtube": "YouTube", "semantic-scholar": "Semantic Scholar", "arxiv": "arXiv",
    "gitlab": "GitLab", "weixin": "微信", "stack-overflow": "Stack Overflow", "hal": "HAL",
    "globe": "Website", "home": "Website", "website": "Website",
}  # fmt: skip
# A link to a file, as the theme writes it.
_FILE = re.compile(
    r"\{\{[%<]\s*staticref\s+\"([^\"\n]{1,300})\"[^{}\n]{0,40}[%>]\}\}([^{}\n]{0,200})"
    r"\{\{[%<]\s*/staticref\s*[%>]\}\}"
)


@dataclass(slots=True)
class AuthorFolder:
    """Somebody with a folder: the name, what it says, and whether it is the owner's."""

    name: str
    given: FrontMatter
    owner: bool


def read_author_folders(source: SourceTree, paths: Iterable[Path]) -> dict[str, AuthorFolder]:
    """Return the people of a site by the names of their folders; note who the owner is."""
    people: dict[str, AuthorFolder] = {}
    others: list[str] = []
    for path in [*paths, *source.list_files("data/authors/*.yml", "data/authors/*.yaml")]:
        folder = path.parent.name if path.stem.split(".")[0] in ("_index", "index") else path.stem
        if folder == "authors" or (given := read_markdown_page(source, path)) is None:
            continue
        name = plain_text(given.take("title", "name", "name.display"))
        if not name:
            keys = ("first_name", "name.given"), ("last_name", "name.family")
            name = plain_text(" ".join(given.take(*two) for two in keys))
        if name.lower() in _EXAMPLES:
            given.note("left", f"{name} is the theme's example")
            continue
        owner = "true" in (given.take("superuser"), given.take("is_owner"))
        key = folder.lower()
        if key in people and people[key].owner:
            others.append(name)  # In another language.
        elif name and key not in people:
            people[key] = AuthorFolder(name, given, owner or key in OWNER_FOLDERS)
    owners = [author for author in people.values() if author.owner]
    if len(people) == 1 and not owners:
        owners = [*people.values()]
        owners[0].owner = True
        owners[0].given.note("guessed", f"{owners[0].name} is taken for the owner")
    for author in owners[:1]:
        source.result.owner.name = source.result.owner.name or author.name
        add_owner_names(source, [author.name, *others])
    for author in people.values():
        if author not in owners[:1]:
            author.owner = False
            _register(source, author)
    return people


def read_markdown_page(source: SourceTree, path: Path) -> FrontMatter | None:
    """Return a file's front matter and its text, where links to files are those of Markdown."""
    given = read_front_matter(source, path)
    if given:
        given.body = _FILE.sub(r"[\2](/\1)", given.body)
    return given


def read_owner_settings(
    source: SourceTree, people: dict[str, AuthorFolder], settings: Iterable[Path]
) -> None:
    """Take the owner as old sites name them: in their settings, and in `home/about.md`."""
    if source.result.owner.name:
        return
    told: dict[str, object] = {}
    read = [each for path in settings if (each := read_front_matter(source, path))]
    for given in read:
        told |= {key.removeprefix("params."): value for key, value in given.data.items()}
    names = [plain_text(told.get(key, "")) for key in ("name", "author", "author.name")]
    name = next((name for name in names if " " in name and name.lower() not in _EXAMPLES), None)
    if name is None:
        return
    about = source.list_files("content/home/about.md")
    given = (read_markdown_page(source, about[0]) if about else None) or FrontMatter(
        source, read[0].path
    )
    given.data |= {key: told[key] for key in ("role", "bio", "social", "avatar") if key in told}
    given.data["organizations"] = [told.get("organization.name", "")]
    people.setdefault(OWNER_FOLDERS[0], AuthorFolder(name, given, True))
    source.result.owner.name = name
    add_owner_names(source, [name])


def read_profiles(given: FrontMatter) -> list[tuple[str, str]]:
    """Take the addresses under which somebody is known."""
    found = []
    for key in ("social", "profiles", "links"):
        for item in given.items(key):
            if not isinstance(item, dict):
                continue
            parts = {name: join_values(value) for name, value in item.items()}
            address = parts.get("link") or parts.get("url") or parts.get("href") or ""
            icon = parts.get("icon", "").lower().rpartition("/")[2]
            label = _ICONS.get(icon) or parts.get("label") or parts.get("name") or ""
            label = plain_text(label) or icon.replace("-", " ").capitalize() or "Website"
            address = f"https:{address}" if re.match(r"//[^\s/]", address) else address
            if re.match(r"https?://[^\s/]|mailto:\S+@\S", address, re.I):
                found.append((label, address))
            elif address and not address.startswith(("#", "/#")):
                told = f'{label}: "{shorten(address)}" is no address (put the file into '
                given.note("left", f"{told}content/extra/, and link to it)", key)
    return found


def _register(source: SourceTree, author: AuthorFolder) -> None:
    """Take what the register of people can say of one of them."""
    told: dict[str, str] = {}
    for label, address in read_profiles(author.given):
        orcid = re.search(r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", address)
        if orcid:
            told["orcid"] = orcid[1]
        elif label == "Website" or not address.startswith("mailto:"):
            told.setdefault("address", address)
    if told:
        source.result.people[author.name] = told
    if author.given.body.strip():
        author.given.note("left", f"what it says of {author.name} has no place here")


def guess_author_names(
    source: SourceTree,
    papers: Iterable[tuple[FrontMatter, dict[str, str]]],
    people: dict[str, AuthorFolder],
) -> dict[str, str]:
    """Return who is behind the names of folders that are not there, by BibTeX entries beside."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for given, bib in papers:
        listed = given.data.get("authors")
        names = [plain_text(name) for name in listed if name] if isinstance(listed, list) else []
        told = [name for name in split_authors(bib.get("authors", "")) if name != "et al."]
        unknown = [n for n, name in enumerate(names)
                   if _FOLDER.fullmatch(name) and name not in people]  # fmt: skip
        if len(names) == len(told):
            for n in unknown:
                votes[names[n]][told[n]] += 1
        elif len(unknown) == 1:
            known = {fold_letters(name) for name in names}
            others = [name for name in told if fold_letters(name) not in known]
            if len(others) == 1:
                votes[names[unknown[0]]][others[0]] += 1
    guessed = {}
    for name, counts in sorted(votes.items()):
        guessed[name] = min(counts, key=lambda full: (-counts[full], full))
        if name in OWNER_FOLDERS and source.result.owner.name is None:
            source.result.owner.name = guessed[name]
            add_owner_names(source, [guessed[name]])
    return guessed


def replace_author_folders(
    given: FrontMatter, people: dict[str, AuthorFolder], guessed: dict[str, str]
) -> None:
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
            owner = given.source.result.owner.name if name in OWNER_FOLDERS else None
            full = guessed.get(name) or owner
            if full:
                given.note("guessed", f'"{name}" is taken for {full}', "authors")
            else:
                given.note("left", f'"{name}" is nobody\'s full name (write it out)', "authors")
            names.append(full or name)
        elif item:
            names.append(item)
    given.data["authors"] = names
