"""People of HugoBlox's sites: a folder for each; one of them is the owner."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...model import split_authors
from ...util import TEX_MATH, shorten
from ..common import add_owner_file, fold_text, join_values, plain_text, profile_label, set_owner
from ..front_matter import FrontMatter, read_front_matter
from ..result import SourceTree

# The theme refers to people by the names of their folders.
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
OWNER_FOLDERS = ("admin", "me", "owner")
_EXAMPLES = ("nelson bighetti", "吳恩達", "吴恩达")
# Icons that are not named after a service.
_ICONS = {
    "envelope": "Email", "at-symbol": "Email", "x-twitter": "X", "linkedin-in": "LinkedIn",
    "weixin": "微信", "globe": "Website", "home": "Website", "website": "Website",
}  # fmt: skip
# Attributes of the paragraph above, on a line of their own.
_ATTRIBUTES_ALONE = re.compile(r"(?m)^\{(?:[.#][\w-]+|[\w-]+=\"[^\"\n]*\")(?: [^{}\n]*)?\}[ \t]*$")
# A link to a file, as the theme writes it.
_FILE_LINK = re.compile(
    r"\{\{[%<]\s*staticref\s+\"([^\"\n]{1,300})\"[^{}\n]{0,40}[%>]\}\}([^{}\n]{0,200})"
    r"\{\{[%<]\s*/staticref\s*[%>]\}\}"
)


@dataclass(slots=True)
class AuthorFolder:
    """The folder of a person: the name, the front matter, and whether it is the owner's."""

    name: str
    matter: FrontMatter
    is_owner: bool


def read_author_folders(source: SourceTree, paths: Iterable[Path]) -> dict[str, AuthorFolder]:
    """Return the people of a site by the names of their folders; note who the owner is."""
    people: dict[str, AuthorFolder] = {}
    translated_names: list[str] = []
    for folder, matter in _author_files(source, paths):
        name = plain_text(matter.pop_text("title", "name", "name.display"))
        if not name:
            keys = ("first_name", "name.given"), ("last_name", "name.family")
            name = plain_text(" ".join(matter.pop_text(*pair) for pair in keys))
        if name.lower() in _EXAMPLES:
            matter.note("left", f"{name} is the theme's example")
            continue
        is_owner = "true" in (matter.pop_text("superuser"), matter.pop_text("is_owner"))
        if folder in people and people[folder].is_owner:
            translated_names.append(name)
        elif name and folder not in people:
            people[folder] = AuthorFolder(name, matter, is_owner or folder in OWNER_FOLDERS)
    owners = [author for author in people.values() if author.is_owner]
    if len(people) == 1 and not owners:
        owners = [*people.values()]
        owners[0].is_owner = True
        owners[0].matter.note("guessed", f"{owners[0].name} was read as the owner")
    for author in owners[:1]:
        set_owner(source, author.name, translated_names)
    for author in people.values():
        if author not in owners[:1]:
            author.is_owner = False
            _add_person(source, author)
    return people


def _author_files(source: SourceTree, paths: Iterable[Path]) -> Iterator[tuple[str, FrontMatter]]:
    """Yield the name of each person's folder, in lower case, and the front matter in it."""
    for path in [*paths, *source.list_files("data/authors/*.yml", "data/authors/*.yaml")]:
        folder = path.parent.name if path.stem.split(".")[0] in ("_index", "index") else path.stem
        if folder != "authors" and (matter := read_markdown_page(source, path)):
            yield folder.lower(), matter


def read_markdown_page(source: SourceTree, path: Path) -> FrontMatter | None:
    """Return a file's front matter and text, with the theme's links to files as Markdown."""
    matter = read_front_matter(source, path)
    if matter:
        matter.body = _FILE_LINK.sub(r"[\2](/\1)", matter.body)
        matter.body = TEX_MATH.sub(_unescape_goldmark, matter.body)
        matter.body = _ATTRIBUTES_ALONE.sub("", matter.body)
        # The theme shows these as Markdown, too.
        for key in ("abstract", "summary"):
            if isinstance(text := matter.data.get(key), str):
                matter.data[key] = TEX_MATH.sub(_unescape_goldmark, text)
    return matter


def is_widget(matter: FrontMatter) -> bool:
    """Tell whether a file is a part of another page, or of the machinery, and no text."""
    return "widget" in matter.data or matter.data.get("headless") == "true"


def _unescape_goldmark(formula: re.Match) -> str:
    r"""Return a formula without the backslashes that protect it from Goldmark: `\_`, `\*`."""
    parts = re.split(r"(\\(?:text\w*|mathrm|texttt)\{[^{}]*\})", formula[0])
    return "".join(
        part if n % 2 else re.sub(r"\\([_*])", r"\1", part.replace("\\" * 4, "\\" * 2))
        for n, part in enumerate(parts)
    )


def read_owner_settings(
    source: SourceTree, people: dict[str, AuthorFolder], settings: Iterable[Path]
) -> None:
    """Read the owner where old sites have it: in their settings, and in `home/about.md`."""
    if source.result.owner.name:
        return
    config: dict[str, object] = {}
    files = [matter for path in settings if (matter := read_front_matter(source, path))]
    for matter in files:
        config |= {key.removeprefix("params."): value for key, value in matter.data.items()}
    names = [plain_text(config.get(key, "")) for key in ("name", "author", "author.name")]
    name = next((name for name in names if " " in name and name.lower() not in _EXAMPLES), None)
    if name is None:
        return
    about = source.list_files("content/home/about.md")
    matter = read_markdown_page(source, about[0]) if about else None
    matter = matter or FrontMatter(source, files[0].path)
    keys = ("role", "bio", "social", "avatar")
    matter.data |= {key: config[key] for key in keys if key in config}
    matter.data["organizations"] = [config.get("organization.name", "")]
    people.setdefault(OWNER_FOLDERS[0], AuthorFolder(name, matter, True))
    set_owner(source, name)


def read_profiles(matter: FrontMatter) -> list[tuple[str, str]]:
    """Return labels and addresses of somebody's profiles."""
    profiles = []
    for key in ("social", "profiles", "links"):
        for item in matter.pop_items(key):
            if not isinstance(item, dict):
                continue
            parts = {name: join_values(value) for name, value in item.items()}
            address = parts.get("link") or parts.get("url") or parts.get("href") or ""
            icon = parts.get("icon", "").lower().rpartition("/")[2]
            label = (
                _ICONS.get(icon)
                or profile_label(icon)
                or parts.get("label")
                or parts.get("name")
                or ""
            )
            label = plain_text(label) or icon.replace("-", " ").capitalize() or "Website"
            address = f"https:{address}" if re.match(r"//[^\s/]", address) else address
            if re.match(r"https?://[^\s/]|mailto:\S+@\S", address, re.I):
                profiles.append((label, address))
            elif address.lower().endswith(".pdf") and add_owner_file(
                matter.source, matter.path, "CV" if label.lower() == "cv" else label, address
            ):
                continue
            elif address and not address.startswith(("#", "/#")):
                message = f'{label}: "{shorten(address)}" is not an address (put the file into '
                matter.note("left", f"{message}content/extra/, and link to it)", key)
    return profiles


def _add_person(source: SourceTree, author: AuthorFolder) -> None:
    """Add what people.yml can say of a person."""
    entry: dict[str, str] = {}
    for label, address in read_profiles(author.matter):
        orcid = re.search(r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", address)
        if orcid:
            entry["orcid"] = orcid[1]
        elif label == "Website" or not address.startswith("mailto:"):
            entry.setdefault("address", address)
    if entry:
        source.result.people[author.name] = entry


def guess_author_names(
    source: SourceTree,
    papers: Iterable[tuple[FrontMatter, dict[str, str]]],
    people: dict[str, AuthorFolder],
) -> dict[str, str]:
    """Return names for folders that are missing, by the BibTeX entries beside papers."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for matter, bib in papers:
        value = matter.data.get("authors")
        names = [plain_text(name) for name in value if name] if isinstance(value, list) else []
        bib_names = [
            re.sub("[{}]", "", name)
            for name in split_authors(bib.get("authors", "")) if name != "et al."
        ]  # fmt: skip
        missing = [
            n for n, name in enumerate(names) if _FOLDER.fullmatch(name) and name not in people
        ]
        if len(names) == len(bib_names):
            for n in missing:
                votes[names[n]][bib_names[n]] += 1
        elif len(missing) == 1:
            folded = {fold_text(name) for name in names}
            others = [name for name in bib_names if fold_text(name) not in folded]
            if len(others) == 1:
                votes[names[missing[0]]][others[0]] += 1
    guesses = {}
    for folder, counts in sorted(votes.items()):
        guesses[folder] = min(counts, key=lambda name: (-counts[name], name))
        if folder in OWNER_FOLDERS and source.result.owner.name is None:
            set_owner(source, guesses[folder])
    return guesses


def replace_author_folders(
    matter: FrontMatter, people: dict[str, AuthorFolder], guesses: dict[str, str]
) -> None:
    """Replace the names of folders in a paper's authors by those of people."""
    if isinstance(text := matter.data.get("authors", ""), str) and not _FOLDER.fullmatch(text):
        return  # A list as one text.
    names = []
    for item in matter.pop_items("authors"):
        folder = item if isinstance(item, str) else ""
        key = folder.lower().replace(" ", "-")
        if key in people and people[key].name:
            names.append(people[key].name)
        elif _FOLDER.fullmatch(folder):
            owner = matter.source.result.owner.name if folder in OWNER_FOLDERS else None
            name = guesses.get(folder) or owner
            if name:
                matter.note("guessed", f'"{folder}" was read as {name}', "authors")
            else:
                matter.note("left", f'"{folder}" is nobody\'s full name (write it out)', "authors")
            names.append(name or folder)
        elif item:
            names.append(item)
    matter.data["authors"] = names
