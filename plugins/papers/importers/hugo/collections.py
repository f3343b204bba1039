"""Talks, projects, courses, people, experience and awards of HugoBlox: a page for each kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common import (
    CollectionItem,
    add_collection_page,
    clean_body,
    find_date,
    fold_text,
    is_placeholder,
    join_values,
    plain_text,
)
from ..front_matter import WEB_URL, FrontMatter
from ..result import IMAGE_SUFFIXES, SourceTree
from .authors import AuthorFolder, read_markdown_page

# Folders of a kind: the name of its page, and its title.
_KINDS = {
    "event": ("talks", "Talks"), "talk": ("talks", "Talks"), "presentation": ("talks", "Talks"),
    "project": ("projects", "Projects"), "software": ("projects", "Projects"),
    "course": ("teaching", "Teaching"), "teaching": ("teaching", "Teaching"),
    "tutorial": ("teaching", "Teaching"), "grant": ("grants", "Grants"),
    "award": ("awards", "Awards"), "patent": ("patents", "Patents"),
}  # fmt: skip
# Keys of lists of a person, or of a widget of the home page, and the page of their items.
_LISTS = {
    "experience": ("experience", "Experience"), "work": ("experience", "Experience"),
    "awards": ("awards", "Awards"), "item": ("awards", "Awards"),
}  # fmt: skip
_TITLES = ("title", "position", "name", "award", "course", "degree")
_PLACES = ("company", "company_name", "organization", "organisation", "institution", "awarder",
           "event", "location", "place")  # fmt: skip
_TEXTS = ("summary", "description", "content", "text")
_EXAMPLES = frozenset(
    "exampletalk exampleproject internalproject externalproject exampleevent exampleproject1 "
    "examplepage1 examplepage2 hugobloxbuilder pandas pytorch scikitlearn "
    "neuralnetworksanddeeplearning blockchainfundamentals objectorientedprogramminginr".split()
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """The page of a kind: the name of its file, and its title."""

    slug: str
    title: str


def find_kind(parts: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the name and the title of the page for texts in a folder; None without one."""
    names = (part.lower().rstrip("s") for part in parts[:1])
    return next((_KINDS[name] for name in names if name in _KINDS), None)


def import_collections(
    source: SourceTree, paths: Iterable[tuple[tuple[str, str], Path]],
    people: Mapping[str, AuthorFolder], widgets: Iterable[Path],
) -> None:  # fmt: skip
    """Import texts of each kind, other people, and the lists of the owner, as pages."""
    items: dict[_Kind, list[CollectionItem]] = {}
    for kind, path in paths:
        with source.limit_reading(path):
            if item := _read_item(source, path):
                items.setdefault(_Kind(*kind), []).append(item)
    matters = [author.matter for author in people.values() if author.is_owner]
    for path in widgets:
        if (matter := read_markdown_page(source, path)) and matter.data.get("active") != "false":
            matters.append(matter)
    for matter in matters:
        for key in list(matter.data):
            kind = _LISTS.get(key.rpartition(".")[2])
            if kind and isinstance(matter.data[key], list):
                if entries := [*_read_list(matter, key)]:
                    items.setdefault(_Kind(*kind), []).extend(entries)
    for author in people.values():
        if not author.is_owner and (item := _read_person(author)):
            items.setdefault(_Kind("people", "People"), []).append(item)
    for kind, kind_items in items.items():
        kind_items.sort(key=lambda item: item.details[-1] if item.details else "", reverse=True)
        first = kind_items[0].path
        path = first if len({item.path for item in kind_items}) == 1 else first.parent
        add_collection_page(source, path, kind.slug, kind.title, kind_items)


def _read_item(source: SourceTree, path: Path) -> CollectionItem | None:
    matter = read_markdown_page(source, path)
    if matter is None:
        return None
    title = plain_text(matter.pop_text("title"))
    texts = [matter.pop_text(key) for key in ("summary", "abstract", "description")]
    if not title or fold_text(title) in _EXAMPLES or any(map(is_placeholder, texts)):
        message = "is the theme's example" if title else "has no title"
        matter.note("left", f"{message} and was skipped")
        return None
    text = matter.body.strip()
    parts = [clean_body(source, path, text, matter.body_line, "images")] if text else []
    folded = fold_text(plain_text(text))
    for words in dict.fromkeys(texts):
        if words and fold_text(plain_text(words)) not in folded:
            parts.insert(0, clean_body(source, path, words, matter.start_line, "images"))
    parts += [links] if (links := _render_links(matter)) else []
    places = [plain_text(matter.pop_text(key)) for key in ("event", "location", "role", "venue")]
    date = find_date(matter.pop_text("date", "date_start", "time_start"))
    end = find_date(matter.pop_text("date_end", "time_end"))
    url = matter.pop_text("external_link", "event_url", "url")
    return CollectionItem(
        path, matter.start_line, title, (*filter(None, places), _join_dates(date, end)),
        "\n\n".join(parts), url if WEB_URL.match(url) else "", _find_picture(matter),
    )  # fmt: skip


def _join_dates(start: str, end: str) -> str:
    start = start[:4] if start.endswith("-01-01") else start
    return f"{start} – {end}" if end and end[:10] != start[:10] else start


def _find_picture(matter: FrontMatter) -> str:
    files = matter.files_beside("featured*") if matter.path.stem.endswith("index") else []
    return next((path.name for path in files if path.suffix.lower() in IMAGE_SUFFIXES), "")


def _render_links(matter: FrontMatter) -> str:
    """Return the links of an item on one line of Markdown."""
    links = []
    for key in list(matter.data):
        if key.startswith("url_") and WEB_URL.match(join_values(matter.data[key])):
            links.append((key.removeprefix("url_"), matter.pop_text(key)))
    for item in matter.pop_items("links"):
        if isinstance(item, dict) and WEB_URL.match(join_values(item.get("url", ""))):
            label = plain_text(item.get("name") or item.get("type") or "link")
            links.append((label, join_values(item["url"])))
    return " · ".join(f"[{label}](<{url}>)" for label, url in dict.fromkeys(links))


def _read_list(matter: FrontMatter, key: str) -> Iterator[CollectionItem]:
    line = matter.lines.get(key) or matter.lines.get(key.partition(".")[0]) or 1
    for entry in matter.pop_items(key):
        if not isinstance(entry, dict):
            yield CollectionItem(matter.path, line, plain_text(entry))
            continue
        values = {str(name).lower(): value for name, value in entry.items()}
        title = next((plain_text(values[name]) for name in _TITLES if values.get(name)), "")
        if not title or fold_text(title) in _EXAMPLES:
            if title:
                matter.note("left", f'"{title}" is the theme\'s example and was skipped', key)
            continue
        places = [plain_text(values[name]) for name in _PLACES if values.get(name)]
        start = find_date(join_values(values.get("date_start") or values.get("date") or ""))
        is_open = "date_end" in values and not values["date_end"]
        end = "today" if is_open else find_date(join_values(values.get("date_end") or ""))
        text = next((join_values(values[name]) for name in _TEXTS if values.get(name)), "")
        body = clean_body(matter.source, matter.path, text, line, "images") if text else ""
        urls = (join_values(values.get(name) or "") for name in ("url", "certificate_url"))
        url = next((url for url in urls if WEB_URL.match(url)), "")
        dates = " – ".join(filter(None, (start, end))) if key != "item" else start
        yield CollectionItem(
            matter.path, line, title, (*dict.fromkeys(places), dates), body, url
        )  # fmt: skip


def _read_person(author: AuthorFolder) -> CollectionItem | None:
    """Return what the site says of somebody else than its owner."""
    matter = author.matter
    role = plain_text(matter.pop_text("role"))
    groups = [plain_text(item) for item in matter.pop_items("user_groups")]
    text = matter.body.strip() or matter.pop_text("bio")
    if not (role or text):
        return None
    body = clean_body(matter.source, matter.path, text, matter.body_line, "images") if text else ""
    files = matter.files_beside("avatar*") if matter.path.stem.endswith("index") else []
    picture = next((path.name for path in files if path.suffix.lower() in IMAGE_SUFFIXES), "")
    details = (role, *groups[:1])
    return CollectionItem(
        matter.path, 1, author.name, tuple(filter(None, details)), body, "", picture
    )
