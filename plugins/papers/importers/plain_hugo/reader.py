"""Plain Hugo sites: papers, posts, pages and collections by their folders."""

import re
from functools import partial
from pathlib import Path

from ..common import (
    add_collection_page,
    clean_body,
    fold_text,
    join_values,
    plain_text,
    replace_videos,
    set_heading_level,
)
from ..front_matter import (
    FrontMatter,
    ItemKind,
    classify_name,
    clean_slug,
    import_post,
    import_text_paper,
    is_paper,
    mark_imprecise_dates,
    read_collection_item,
    read_front_matter,
    read_text_page,
)
from ..references import import_bib_file
from ..result import SourceTree
from ..webpage import import_page
from .owner import read_owner, read_settings

_SETTINGS = [
    f"{name}.{end}" for name in ("hugo", "config", "config/_default/*")
    for end in ("toml", "yaml", "yml")
]  # fmt: skip
# What only sites of HugoBlox have.
_HUGOBLOX = re.compile(r"wowchemy|hugoblox|hugo-blox|hugo-academic|academic-admin", re.IGNORECASE)
_MACHINE_LAYOUTS = ("archives", "search", "terms", "categories", "tags")
_REF = re.compile(
    r"\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?\"?([^\s\"<>%]{1,300})\"?[^{}]{0,60}[>%]\}\}"
)
_BIBTEX = re.compile(r"^```+\s*bibtex\b", re.IGNORECASE | re.MULTILINE)
_WIDGET_KEYS = ("widget", "block", "headless")


def import_plain_hugo(source: SourceTree) -> bool:
    """Import a site of Hugo that no theme for papers has; tell whether it is one."""
    paths = source.list_files(*_SETTINGS)
    texts = source.list_files("content/**/*.md")
    is_hugoblox = source.list_files(
        "content/**/authors/**/_index.md", "data/authors/*", "content/home/*.md",
        "content/publication/**/*.md",
    ) or any(_HUGOBLOX.search(source.read_text(path)) for path in [
        *paths, *source.list_files("go.mod", ".gitmodules")])  # fmt: skip
    if not paths or not texts or is_hugoblox:
        return False
    source.asset_folders = ("static", "static/images", "static/img", "assets", "assets/images")
    source.converters[".md"] = _convert_shortcodes
    settings = read_settings([
        matter for path in paths if (matter := read_front_matter(source, path))])  # fmt: skip
    _HugoSite(source, settings or FrontMatter(source, paths[0]), texts).read()
    return True


def _convert_shortcodes(text: str) -> str:
    """Return a text with Hugo's references to texts as addresses, and its videos as Markdown."""
    return replace_videos(_REF.sub(lambda match: f"/{match[1].lstrip('/')}", text))


class _HugoSite:
    """A Hugo site while it is read."""

    def __init__(self, source: SourceTree, settings: FrontMatter, texts: list[Path]):
        self.source, self.settings = source, settings
        self.matters: dict[Path, FrontMatter] = {}
        language = join_values(settings.data.get("defaultcontentlanguage", "")) or "en"
        for path in texts:
            lang = re.search(r"\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)$", path.stem)
            if lang and lang[1].lower() != language.lower():
                source.note("left", path, "is a text in another language")
                continue
            with source.limit_reading(path):
                if matter := read_text_page(source, path):
                    self.matters[path] = matter
        self.links: list[tuple[str, str]] = []

    def parts(self, path: Path) -> tuple[str, ...]:
        """Return the parts of a text's path in `content/`, without an index at the end."""
        parts = path.relative_to(self.source.root / "content").with_suffix("").parts
        return parts[:-1] if parts[-1].split(".")[0] in ("index", "_index") else parts

    def read(self) -> None:
        """Import all of the site."""
        self.links = read_owner(self.settings)
        kinds = {path: self._classify(path) for path in self.matters}
        papers = [path for path, kind in kinds.items() if kind == "paper"]
        mark_imprecise_dates([self.matters[path] for path in papers])
        for path in papers:
            is_folder = path.stem.split(".")[0] == "index"
            with self.source.limit_reading(path):
                import_text_paper(self.matters[path], self.parts(path)[-1], is_folder)
        for path in [path for path, kind in kinds.items() if kind == "news"]:
            with self.source.limit_reading(path):
                import_post(self.matters[path], self.parts(path)[-1])
        self._import_bibs()
        about = self._import_home(kinds)
        for path in [path for path, kind in kinds.items() if kind is None and path != about]:
            self._import_page(path)
        self._import_collections(kinds)

    def _classify(self, path: Path) -> ItemKind | None:
        """Return what a text is an item of; None for a page, or the head of a list."""
        parts, matter = self.parts(path), self.matters[path]
        if len(parts) < 2 or path.stem.split(".")[0] == "_index":
            return None
        kind = classify_name(parts[0])
        has_entry = kind == "other" and _BIBTEX.search(matter.body)
        if has_entry or (kind in ("other", "project", "news") and is_paper(matter)):
            return "paper" if matter.data.get("author") or matter.data.get("authors") else kind
        return kind

    def _import_bibs(self) -> None:
        family = fold_text((self.source.result.owner.name or "").split(" ")[-1])
        for path in self.source.list_files("*.bib", "data/**/*.bib", "static/**/*.bib",
                                           "assets/**/*.bib", "content/*.bib"):  # fmt: skip
            with self.source.limit_reading(path):
                text = self.source.read_text(path)
                entries = text.count("@")
                if family and entries > 1 and fold_text(text).count(family) * 3 < entries:
                    message = "names the owner in few entries (copy it to content/references.bib)"
                    self.source.note("left", path, message)
                else:
                    import_bib_file(self.source, path)

    def _import_home(self, kinds: dict[Path, ItemKind | None]) -> Path | None:
        """Import the home page; return the page "about" where it has the text."""
        source, settings = self.source, self.settings
        folder = source.root / "content"
        root = {path.stem: path for path in self.matters if path.parent == folder}
        head = root.get("_index")
        greeting = plain_text(settings.pop_text("homeinfoparams.title"))
        text = settings.pop_text("homeinfoparams.content")
        subtitle = settings.pop_text("profilemode.subtitle")
        if not text and re.search(r"^I\b|\w\w\.\s+\w", subtitle):
            text = subtitle  # More than a role.
        if self.matters.get(head) and self.matters[head].body.strip():
            path, about = head, None
        else:
            about = root.get("about") or next(
                (path for path in self.matters if self.parts(path) == ("about",)), None
            )
            path = about = None if text and text != subtitle else about
        buttons = [
            (join_values(item.get("name", "")), join_values(item.get("url", "")))
            for item in settings.pop_items("profilemode.buttons") if isinstance(item, dict)
        ]  # fmt: skip
        links = " · ".join(
            f"[{label}](/{address.lstrip('/')})" if not re.match("[a-z]+:", address)
            else f"[{label}]({address})"
            for label, address in dict.fromkeys((*buttons, *self.links)) if label and address
        )  # fmt: skip
        links = "\n\n".join(filter(None, (text if path else "", links)))
        count = len(source.result.documents)
        if path:
            source.converters[".md"] = partial(_add_below, words=links)
            import_page(source, path, is_home=True)
            source.converters[".md"] = _convert_shortcodes
        home = next((doc for doc in source.result.documents[count:] if doc.kind == "home"), None)
        owner = source.result.owner
        if home is None:
            parts = [f"## {greeting}" if greeting else "", text, links]
            is_profile = join_values(settings.data.get("profilemode.enabled", "")) == "true"
            if "news" in kinds.values() and not is_profile:
                parts.append("## News\n\n[NEWS]")
            body = clean_body(source, settings.path, "\n\n".join(filter(None, parts)), 1, "images")
            name = owner.name or plain_text(settings.data.get("title", "")) or "Home"
            source.add_document("home", {"title": name, "role": owner.role or ""}, body,
                                settings.path, 1)  # fmt: skip
        else:
            home.headers["role"] = owner.role or home.headers.get("role", "")
        return about

    def _import_page(self, path: Path) -> None:
        """Import a page that is not an item; the head of a list of papers or posts has no place."""
        matter, parts = self.matters[path], self.parts(path)
        layout = join_values(matter.data.get("layout", matter.data.get("type", "")))
        is_empty = not re.search(r"\w", matter.body)
        if not parts or layout in _MACHINE_LAYOUTS or any(map(matter.data.get, _WIDGET_KEYS)):
            return
        if path.stem.split(".")[0] == "_index":
            kind = classify_name(parts[0])
            if kind in ("paper", "news") and len(parts) == 1:
                words = plain_text(matter.body)
                if words:
                    message = f'"{words[:80]}" is above a list and was skipped'
                    matter.note("left", message)
            return
        if is_empty:
            matter.note("left", "contains no text")
            return
        import_page(self.source, path, is_home=False)

    def _import_collections(self, kinds: dict[Path, ItemKind | None]) -> None:
        """Import the items of other kinds, a page for each folder."""
        folders: dict[str, list[Path]] = {}
        for path, kind in kinds.items():
            if kind not in (None, "paper", "news"):
                folders.setdefault(self.parts(path)[0], []).append(path)
        heads = {self.parts(path)[0]: path for path in self.matters
                 if len(self.parts(path)) == 1 and path.stem.split(".")[0] == "_index"}  # fmt: skip
        for folder in (*folders, *(name for name in heads if name not in folders)):
            paths = folders.get(folder, [])
            if folder not in folders and classify_name(folder) in ("paper", "news"):
                continue
            dates = {path: join_values(self.matters[path].data.get("date", "")) for path in paths}
            if any(dates.values()):
                paths = sorted(paths, key=lambda path: dates[path], reverse=True)
            items = [read_collection_item(self.matters[path], self.parts(path)[-1])
                     for path in paths]  # fmt: skip
            head = heads.get(folder)
            title, intro = folder.replace("-", " ").capitalize(), ""
            if head:
                matter = self.matters[head]
                title = plain_text(matter.data.get("title", "")) or title
                intro = clean_body(self.source, head, matter.body, matter.body_line, "images")
            where = head or self.source.root / "content" / folder
            slug = clean_slug(folder) or "items"
            add_collection_page(self.source, where, slug, title, items, set_heading_level(intro, 2))


def _add_below(text: str, words: str) -> str:
    """Return a text with more words below it."""
    text = _convert_shortcodes(text)
    return f"{text}\n\n{words}\n" if words else text
