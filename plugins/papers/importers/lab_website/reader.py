"""Greene Lab's lab-website-template: settings, papers, members, posts, projects, pages."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..common import (
    CollectionItem,
    add_collection_page,
    clean_body,
    drop_empty_headings,
    fold_text,
    is_placeholder,
    load_yaml_mapping,
    nested_mapping,
    plain_text,
    read_social_links,
    yaml_text,
)
from ..front_matter import (
    FrontMatter,
    clean_slug,
    import_post,
    note_unread_keys,
    read_collection_item,
    read_text_page,
    read_yaml_records,
)
from ..result import SourceTree
from ..webpage import IGNORED_PAGES
from .components import convert_components
from .members import Members
from .papers import import_papers, read_lookups

_CONFIGS = ("_config.yaml", "_config.yml")
_CITATIONS = ("_data/citations.yaml", "_data/citations.yml")
# Data that is not a list of items.
_OTHER_DATA = re.compile(r"citations|sources|types|orcid|pubmed|google-scholar|authors|members")
# Addresses of our own lists.
_LIST_ADDRESSES = ("publications", "papers", "news", "blog", "posts")
_LISTED = re.compile(r"include\s+list\.html\b[^%]{0,500}?\bdata\s*=\s*[\"']([\w-]+)")
_PLACEHOLDER = re.compile(r"(?:^|(?<=\n\n))[^\n]*lorem ipsum dolor[^\n]*(?:\n(?!\n)[^\n]*)*", re.I)


def import_lab_website(source: SourceTree) -> bool:
    """Import a site of the template; tell whether it is one."""
    configs = source.list_files(*_CONFIGS)
    has_members = source.list_files("_members/*.md") and source.list_files("_data/sources.yaml")
    if not configs or not (source.list_files(*_CITATIONS) or has_members):
        return False
    _LabWebsite(source, configs[0]).read()
    return True


class _LabWebsite:
    """A lab's site while it is read."""

    def __init__(self, source: SourceTree, config: Path):
        self.source, self.config_path = source, config
        source.asset_folders = ("images",)
        self.pages = [
            path for path in source.list_files("*.md", "*/*.md", "*/*/index.md")
            if not path.relative_to(source.root).parts[0].startswith("_")
            and path.stem.lower() not in IGNORED_PAGES
        ]  # fmt: skip
        self.raw = {path: source.read_text(path) for path in self.pages}
        self.members: Members
        source.converters[".md"] = partial(convert_components, marks=False, lookup=self._look_up)
        self.members = Members(source)

    def _look_up(self, component: str, words: str) -> str:
        """Return what stands for a member or a paper within a text."""
        if component == "portrait" and hasattr(self, "members"):
            return f"**{self.members.name_of(words)}**"
        return "[PAPERS]" if component == "citation" else ""

    def read(self) -> None:
        """Import all of the site."""
        config = load_yaml_mapping(self.source, self.config_path)
        owner = self.source.result.owner
        owner.name = yaml_text(config.get("title")) or None
        owner.role = plain_text(yaml_text(config.get("subtitle"))) or None
        read_social_links(
            self.source, self.config_path, nested_mapping(config, "links"), any_key=True
        )
        self.members.add_people()
        import_papers(self.source, read_lookups(self.raw.values()))
        for path in self.source.list_files("_posts/**/*.md"):
            with self.source.limit_reading(path):
                self._import_post(path)
        self._import_home(plain_text(yaml_text(config.get("description"))))
        self._import_pages()

    def _import_post(self, path: Path) -> None:
        matter = read_text_page(self.source, path)
        if matter is None or is_placeholder(matter.body):
            self.source.note("left", path, "is the template's example")
            return
        authors = [plain_text(item) for item in (*matter.pop_items("author"),
                                                 *matter.pop_items("authors"))]  # fmt: skip
        words = ", ".join(self.members.name_of(author) for author in authors)
        import_post(matter, path.stem, words)
        self.source.note("taken", path, "news")

    def _import_home(self, summary: str) -> None:
        path = self.source.root / "index.md"
        body = ""
        if path in self.pages:
            text = convert_components(self.raw[path], marks=True, lookup=self._look_up)
            text = re.sub(r"\A\s*---\n.*?^---[ \t]*\n", "", text, count=1, flags=re.S | re.M)
            body = self._clean(path, text, self.raw[path].count("\n") - text.count("\n") + 1)
        else:
            path = self.config_path
        owner = self.source.result.owner
        body = _drop_title(body, owner.name or "")
        for mark in ("[PAPERS]", "[NEWS]"):
            first, separator, rest = body.partition(mark)
            body = first + separator + rest.replace(mark, "")
        headers = {"title": owner.name or "Home", "role": owner.role or "", "summary": summary}
        self.source.add_document("home", headers, body.strip() or summary, path, 1)
        self.source.note("taken", path, "home page")

    def _clean(self, path: Path, text: str, line: int) -> str:
        """Return a text as Markdown, without the template's filler."""
        if _PLACEHOLDER.search(text):
            self.source.note("left", path, "filler of the template was skipped")
            text = _PLACEHOLDER.sub("", text)
        return clean_body(self.source, path, text, line, "images")

    def _import_pages(self) -> None:
        """Import the pages, with the members and records that they list."""
        listed: set[str] = set()
        for path in self.pages:
            if path == self.source.root / "index.md":
                continue
            with self.source.limit_reading(path):
                listed |= self._import_page(path)
        people = self.members.read_items() if "members" not in listed else []
        if people:
            folder = self.source.root / "_members"
            add_collection_page(self.source, folder, "people", "People", people)
        for path in self.source.list_files("_data/*.yaml", "_data/*.yml"):
            if path.stem not in listed and not _OTHER_DATA.search(path.stem):
                if items := self._read_records(path):
                    title = path.stem.replace("-", " ").capitalize()
                    add_collection_page(
                        self.source, path, clean_slug(path.stem) or "items", title, items
                    )
        for path in self.source.list_files("_projects/**/*.md"):
            self._import_page(path)

    def _import_page(self, path: Path) -> set[str]:
        """Import a page; return the data that it lists."""
        matter = read_text_page(self.source, path)
        if matter is None:
            return set()
        names = list(dict.fromkeys(_LISTED.findall(self.raw.get(path, ""))))
        stem = path.parent.name if path.stem == "index" else path.stem
        title = plain_text(matter.pop_text("title")) or stem.replace("-", " ").capitalize()
        body = _drop_title(self._clean(path, matter.body, matter.body_line), title)
        body = re.sub(r"^\[(?:PAPERS|NEWS)\]$\n*", "", body, flags=re.MULTILINE)
        body = drop_empty_headings(body).strip()
        items: list[CollectionItem] = []
        for name in names:
            items += self.members.read_items() if name == "members" else self._list_data(name)
        slug = clean_slug(stem) or stem
        if items:
            add_collection_page(self.source, path, slug, title, items, body)
        elif re.search(r"(?m)^(?!#).*\w", body):
            if slug in _LIST_ADDRESSES:
                message = f'"{plain_text(body)[:80]}" is above a list and was skipped'
                self.source.note("left", path, message)
            else:
                self.source.add_document("page", {"title": title}, body, path, 1, slug)
                self.source.note("taken", path, "page")
        return set(names)

    def _list_data(self, name: str) -> list[CollectionItem]:
        paths = self.source.list_files(f"_data/{name}.yaml", f"_data/{name}.yml")
        if name in ("citations", "posts"):
            return []
        items = [item for path in paths for item in self._read_records(path)]
        for path in self.source.list_files(f"_{name}/**/*.md"):
            if matter := read_text_page(self.source, path):
                items.append(_read_record(matter))
        return items

    def _read_records(self, path: Path) -> list[CollectionItem]:
        items = []
        for record in read_yaml_records(self.source, path):
            description = plain_text(record.data.get("description", ""))
            if is_placeholder(description):
                record.note("left", "is the template's example")
            else:
                items.append(_read_record(record))
        return items


def _read_record(record: FrontMatter) -> CollectionItem:
    """Return an item of a list, with the address of its repository."""
    repository = record.pop_text("repo")
    item = read_collection_item(record, "")
    if repository:
        link = f"[GitHub](https://github.com/{repository})"
        item = replace(item, body="\n\n".join(filter(None, (item.body, link))))
    note_unread_keys(record)
    return item


def _drop_title(body: str, title: str) -> str:
    """Return a text without its first heading, where that is the page's title."""
    first, _, rest = body.lstrip().partition("\n")
    is_title = first.startswith("# ") and fold_text(first) == fold_text(title)
    body = rest.strip() if is_title else body
    return re.sub(r"(?m)^#(?= )", "##", body)
