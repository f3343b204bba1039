"""Talks, courses, projects and the like of a Jekyll site: a page for each kind."""

import re
from pathlib import Path

from ...content import Header
from ..common import CollectionItem, add_collection_page, clean_body, find_date, plain_line
from ..result import SourceTree
from .posts import split_post

# Folders of collections: the name of the page, and its title.
_FOLDERS = {
    "_talks": ("talks", "Talks"), "_teaching": ("teaching", "Teaching"),
    "_teachings": ("teaching", "Teaching"), "_courses": ("teaching", "Teaching"),
    "_projects": ("projects", "Projects"), "_portfolio": ("projects", "Projects"),
    "_software": ("software", "Software"), "_books": ("books", "Books"),
    "_awards": ("awards", "Awards"), "_people": ("people", "People"),
    "_members": ("people", "People"), "_team": ("people", "People"),
}  # fmt: skip
_ADDRESS = re.compile(r"(?:/[\w][\w.-]{0,80})+/")
_DATED = re.compile(r"(\d{4}(?:-\d{1,2}){0,2})-")
_DETAILS = ("type", "role", "venue", "location", "institution", "position", "category")
# The examples of academicpages and al-folio.
_EXAMPLE = re.compile(
    r"(?:tutorial|talk|conference proceeding talk) \d on relevant topic.*|portfolio item number \d|"
    r"teaching experience \d|project \d|the godfather|"
    r"(?:data science|machine learning) fundamentals",
    re.IGNORECASE,
)
_EXAMPLE_TEXT = re.compile(
    r"this is a description of (?:your|a) (?:talk|teaching)|this is an item in your portfolio|"
    r"every project has a beautiful feature showcase|with background image|a project (?:with|that)",
    re.IGNORECASE,
)


def import_collections(source: SourceTree) -> None:
    """Import the texts of each collection as one page."""
    kinds: dict[tuple[str, str], list[CollectionItem]] = {}
    for folder, kind in _FOLDERS.items():
        for path in source.list_files(*(f"{folder}/**/*.{end}" for end in ("md", "html"))):
            with source.limit_reading(path):
                if item := _read_item(source, path):
                    kinds.setdefault(kind, []).append(item)
    pages = {page.slug for page in source.result.documents if page.kind == "page"}
    for (slug, title), items in kinds.items():
        items.sort(key=lambda item: item.details[-1] if item.details else "", reverse=True)
        name = slug if slug not in pages else f"{slug}-list"
        add_collection_page(source, items[0].path.parent, name, title, items)
        addresses = (_old_address(source, item.path) for item in items)
        aliases = ", ".join(address for address in addresses if _ADDRESS.fullmatch(address))
        source.result.documents[-1].headers["aliases"] = aliases


def _old_address(source: SourceTree, path: Path) -> str:
    """Return the address of an item on the old site, unless its collection has another form."""
    folder, *parts = path.relative_to(source.root).with_suffix("").parts
    return "/".join(("", folder.lstrip("_"), *parts, ""))


def _read_item(source: SourceTree, path: Path) -> CollectionItem | None:
    header, text, line = split_post(source, path)
    title = plain_line(header.get("title") or header.get("name") or "")
    summary = plain_line(header.get("excerpt") or header.get("description") or "")
    if not title or _EXAMPLE.fullmatch(title) or _EXAMPLE_TEXT.search(f"{summary} {text}"):
        message = "is an example of the theme's" if title else "has no title"
        source.note("left", path, f"{message} and was skipped", 1)
        return None
    if header.get("published") == "false":
        source.note("left", path, "is not published and was skipped", 1)
        return None
    body = clean_body(source, path, text, line, "images").strip()
    url = next((url for key in ("redirect", "link", "url") if (url := _web(header, key))), "")
    dated = _DATED.match(path.name)
    date = find_date(header.get("date") or "") or (dated[1] if dated else "")
    date = date[:4] if date.endswith("-01-01") else date
    details = [plain_line(header.get(key) or "") for key in _DETAILS]
    words = "" if not summary or summary in body else f"{summary}\n\n"
    return CollectionItem(
        path, line, title, (*dict.fromkeys(filter(None, details)), date), f"{words}{body}", url,
        header.get("img") or header.get("image") or header.get("header.teaser") or "",
    )  # fmt: skip


def _web(header: Header, key: str) -> str:
    value = (header.get(key) or "").strip()
    return value if re.match(r"https?://[^\s/]", value) else ""
