"""PRISM: the owner in `config.toml`, the home page in `about.toml`, and the pages of the menu."""

import re
from pathlib import Path

from ...model import STAGES
from ..common import (
    add_owner_names,
    add_portrait,
    clean_body,
    fold_text,
    join_values,
    plain_text,
    profile_label,
    read_social_links,
    render_items,
    set_heading_level,
    set_owner,
)
from ..front_matter import FrontMatter, read_front_matter
from ..references import import_bib_file
from ..result import ASSET_SUFFIXES, SourceTree
from .cards import import_card_page, import_news_list, is_news, read_cards, read_items

_CONFIG = "content/config.toml"
_FOLDERS = ("public", "public/papers", "public/pdf", "public/slides", "public/images", "public/img")
_MAIN_FOLDER = re.compile(r"content_[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_TWO_NAMES = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]+)[)）]")
_AUTHORS = re.compile(
    r"(?i)\bauthor\s*=\s*(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,20000}\}"
    r'|"[^"]{0,20000}")'
)
# Behind a name, PRISM writes # for equal contribution and * for correspondence.
_MARKS = str.maketrans("#*", "*†")
_FIELDS = {"pdfurl": "pdf", "shortname": "abbr", "reward": "award", "status": "pubstate"}
_FIELD = re.compile(
    rf"(?i)(?<=[,{{\n])(?P<space>[ \t]*)(?P<name>{'|'.join(_FIELDS)})(?P<is>\s*=\s*[{{\"]?\s*)"
    r"(?P<word>\w*)"
)
# Keys of [social] that are not profiles.
_PLACE = ("location", "location_url", "location_details")


def import_prism(source: SourceTree) -> bool:
    """Import a site of PRISM; tell whether it is one."""
    configs = source.list_files(_CONFIG)
    if not configs or not (
        source.list_files("content/about.toml", "next.config.*")
        or "[author]" in source.read_text(configs[0])
    ):
        return False
    source.asset_folders = _FOLDERS
    source.converters[".bib"] = _convert_bib
    config = read_front_matter(source, configs[0])
    if config is None:
        return True
    site = _PrismSite(source, config)
    site.read_owner()
    site.import_home()
    site.import_menu()
    site.note_rest()
    return True


def _convert_bib(text: str) -> str:
    """Return a .bib with the marks of authors and the names of fields that are read here."""
    text = _AUTHORS.sub(lambda match: match[0].translate(_MARKS), text)

    def rename(match: re.Match) -> str:
        name = match["name"].lower()
        if name == "status" and match["word"].lower() not in STAGES:
            return match[0]
        return f"{match['space']}{_FIELDS[name]}{match['is']}{match['word']}"

    return _FIELD.sub(rename, text)


class _PrismSite:
    """A site of PRISM, and what of it is imported already."""

    def __init__(self, source: SourceTree, config: FrontMatter):
        self.source, self.config = source, config
        self.folder = config.path.parent
        self.used = {config.path}
        self.social: dict[str, object] = {
            key.removeprefix("social."): config.data.pop(key)
            for key in list(config.data)
            if key.startswith("social.")
        }

    def find(self, name: str) -> Path | None:
        """Return the file of a name in `content/`, which counts as imported."""
        path = self.folder / name.strip().lstrip("/")
        if not name.strip() or path not in self.source.list_files("content/**/*"):
            return None
        self.used.add(path)
        return path

    def read_owner(self) -> None:
        """Read name, role, profiles and portrait."""
        source, config = self.source, self.config
        name = plain_text(config.pop_text("author.name")) or plain_text(
            config.data.get("site.title", "")
        )
        names = _TWO_NAMES.fullmatch(name)
        set_owner(source, *([names[1], [names[2]]] if names else [name]))
        parts = [plain_text(config.pop_text(f"author.{key}")) for key in ("title", "institution")]
        source.result.owner.role = ", ".join(filter(None, parts)) or None
        profiles = {
            key: join_values(value)
            for key, value in self.social.items()
            if key not in (*_PLACE, "cv")
        }
        read_social_links(source, config.path, profiles, any_key=True)
        avatar = config.pop_text("author.avatar")
        if avatar and not add_portrait(source, [source.find_file(avatar)]):
            message = f'the image "{avatar}" was not found (save it as content/images/portrait.jpg)'
            config.note("left", message, "author.avatar")
        for path in source.list_files("content_*/config.toml"):
            if _MAIN_FOLDER.fullmatch(path.parent.name) and (
                other := read_front_matter(source, path)
            ):
                add_owner_names(source, [plain_text(other.pop_text("author.name"))])

    def import_home(self) -> None:
        """Import the sections of the home page in their order."""
        path = self.find("about.toml")
        matter = (read_front_matter(self.source, path) if path else None) or self.config
        sections = matter.pop_items("sections") or self.config.pop_items("sections")
        parts = [self._render_section(matter, section) for section in sections]
        parts.insert(1, self._contact())
        if interests := [plain_text(text) for text in matter.pop_items(
            "profile.research_interests")]:  # fmt: skip
            parts.append("\n".join(["## Research interests", "", *(f"- {i}" for i in interests)]))
        owner = self.source.result.owner
        headers = {"title": owner.name or "", "role": owner.role or ""}
        headers["summary"] = plain_text(self.config.pop_text("site.description"))
        body = "\n\n".join(filter(None, parts))
        self.source.add_document("home", headers, body, matter.path, 1)

    def _render_section(self, matter: FrontMatter, section: object) -> str:
        """Return a section of the home page as Markdown."""
        data = {key: join_values(value) for key, value in section.items()} if isinstance(
            section, dict) else {}  # fmt: skip
        kind, title, name = (data.get(key, "") for key in ("type", "title", "source"))
        heading = f"## {plain_text(title)}" if title else ""
        if kind == "publications":
            return f"{heading or '## Publications'}\n\n[PAPERS]"
        path = self.find(name)
        if path is None:
            matter.note("left", f'the section "{title}" has no file, "{name}"', "sections")
            return ""
        if path.suffix == ".md":
            return _drop_repeated_heading(heading, self._read_text(path))
        listed = read_front_matter(self.source, path)
        if listed is None:
            return ""
        if is_news(path, title):
            count = import_news_list(listed)
            return f"{heading or '## News'}\n\n[NEWS]" if count else ""
        if kind == "list":
            items = [" – ".join(filter(None, (date, text))) for date, text in read_items(listed)]
            text = "\n".join(f"- {item}" for item in items)
        else:
            text = render_items(self.source, read_cards(listed), 3)
        self.source.note("taken", path, f'section "{title}" of the home page')
        return "\n\n".join(filter(None, (heading, text)))

    def _read_text(self, path: Path) -> str:
        with self.source.limit_reading(path):
            text = clean_body(self.source, path, self.source.read_text(path), 1, "images")
            self.source.note("taken", path, "text of the home page")
            return text
        return ""

    def _contact(self) -> str:
        """Return the address and the CV of the owner, and what else is not a profile."""
        location, url = (plain_text(join_values(self.social.pop(key, ""))) for key in _PLACE[:2])
        details = self.social.pop("location_details", [])
        lines = [plain_text(line) for line in (details if isinstance(details, list) else [details])]
        words = ", ".join(dict.fromkeys(filter(None, (*lines, location))))
        parts = [f"[{words}]({url})" if url and words else words]
        for key, value in self.social.items():
            text, label = plain_text(join_values(value)), key.replace("_", " ").capitalize()
            if key == "cv" or text.lower().endswith(ASSET_SUFFIXES):
                parts.append(f"[{'CV' if key == 'cv' else label}]({text})" if text else "")
            elif text and not profile_label(key) and not re.match("https?://", text):
                parts.append(f"{label}: {text}")
        text = " · ".join(filter(None, parts))
        return clean_body(self.source, self.config.path, text, 1, "images")

    def import_menu(self) -> None:
        """Import the pages that the menu names, and their papers."""
        for item in self.config.pop_items("navigation"):
            target = join_values(item.get("target", "")) if isinstance(item, dict) else ""
            href = join_values(item.get("href", "")) if isinstance(item, dict) else ""
            if re.match("https?://", href):
                self.config.note("left", f"the menu link {href} was skipped", "navigation")
                continue
            if not target or target == "about":
                continue
            path = self.find(f"{target}.toml")
            matter = read_front_matter(self.source, path) if path else None
            if matter is None:
                if not path and re.match(r"[\w-]+$", target):
                    message = f'the page "{target}" of the menu was not found'
                    self.config.note("left", message, "navigation")
                continue
            with self.source.limit_reading(matter.path):
                self._import_page(matter, target)

    def _import_page(self, matter: FrontMatter, target: str) -> None:
        kind, title = matter.pop_text("type"), plain_text(matter.pop_text("title")) or target
        path = self.find(matter.pop_text("source"))
        if path and path.suffix == ".bib":
            if kind != "people":
                self._import_bib(path)
        elif path and path.suffix == ".md":
            body = clean_body(self.source, path, self.source.read_text(path), 1, "images")
            headers = {"title": title, "summary": plain_text(matter.pop_text("description"))}
            self.source.add_document("page", headers, body, path, 1, target)
            self.source.note("taken", path, "page")
        elif is_news(path or matter.path, ""):
            listed = read_front_matter(self.source, path) if path else matter
            if listed and not any(doc.kind == "news" for doc in self.source.result.documents):
                import_news_list(listed)
        else:
            import_card_page(matter, target, title)

    def _import_bib(self, path: Path) -> None:
        if path.name not in self.source.result.bib_files:
            with self.source.limit_reading(path):
                import_bib_file(self.source, path)

    def note_rest(self) -> None:
        """Import papers and news that nothing shows; note other files of the content."""
        source = self.source
        home = next(text for text in source.result.documents if text.kind == "home")
        for path in source.list_files("content/*.bib") if not source.result.bib_files else ():
            self.used.add(path)
            self._import_bib(path)
            if "[PAPERS]" not in home.body and path.name in source.result.bib_files:
                home.body += "\n\n## Publications\n\n[PAPERS]"
        for path in source.list_files("content/*.toml"):
            if path not in self.used and is_news(path, ""):
                self.used.add(path)
                listed = read_front_matter(source, path)
                if listed and import_news_list(listed) and "[NEWS]" not in home.body:
                    source.note("guessed", path, "is on the home page because no section shows it")
                    home.body += "\n\n## News\n\n[NEWS]"
        for path in self.source.list_files("content/*.*", "content_*/config.toml"):
            if path.parent != self.folder and _MAIN_FOLDER.fullmatch(path.parent.name):
                message = f"the language of {path.parent.name}/ was skipped (its names were read)"
                self.source.note("left", path, message)
            elif path.parent == self.folder and path.is_file() and path not in self.used:
                self.source.note("left", path, "neither the home page nor the menu shows it")


def _drop_repeated_heading(heading: str, text: str) -> str:
    """Return a section's heading and text; a first heading of the same words is left out."""
    first, _, rest = text.partition("\n")
    if first.startswith("#") and fold_text(first) == fold_text(heading):
        text = rest.strip()
    elif first.startswith("#") and not heading:
        return set_heading_level(text, 2)
    return "\n\n".join(filter(None, (heading, set_heading_level(text, 3))))
