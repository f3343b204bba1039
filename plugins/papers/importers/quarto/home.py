"""The owner and the home page of a Quarto site."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from ..common import (
    add_portrait,
    add_profile,
    find_asset,
    join_values,
    label_profile,
    plain_text,
    set_owner,
)
from ..front_matter import FrontMatter
from ..result import SourceTree
from ..webpage import find_person_name, import_page
from .markdown import convert_markdown

_MENUS = ("website.navbar.right", "website.navbar.left", "website.navbar.tools",
          "website.page_footer.right", "website.page_footer.center", "website.sidebar.tools",
          "website.page_footer.left")  # fmt: skip
_SHORTCODE = re.compile(r"\{\{<[^<>]{0,200}>\}\}")


class HomePage:
    """The home page: the text at the site's root, or the page that introduces the owner."""

    def __init__(
        self, source: SourceTree, config: FrontMatter, matters: Mapping[Path, FrontMatter]
    ):
        self.source, self.config = source, config
        root = {path.stem.lower(): path for path in matters if path.parent == source.root}
        self.index = root.get("index")
        about = [path for path, matter in matters.items() if any(
            key.startswith("about") for key in matter.data)]  # fmt: skip
        self.about = self.index if self.index in about else next(
            (path for path in about if path.parent == source.root), None
        )  # fmt: skip
        self.about = self.about or root.get("about")
        self.matters = matters
        self.path = self.index
        if self.about and self.about != self.index and self._is_list_only():
            self.path = self.about

    def _is_list_only(self) -> bool:
        """Tell whether the page at the root has no text of its own."""
        if self.index is None:
            return True
        matter = self.matters[self.index]
        is_listing = any(key.startswith("listing") for key in matter.data)
        return is_listing and len(plain_text(matter.body)) < 200

    def read_owner(self) -> None:
        """Read name, role, profiles and portrait of the owner."""
        matter = self.matters.get(self.about or self.index)
        if matter is None:
            matter = FrontMatter(self.source, self.config.path)
        names = [
            matter.data.get("title", ""), matter.data.get("author", ""),
            self.config.data.get("website.title", ""), self.config.data.get("author", ""),
            self.config.data.get("website.navbar.title", ""),
        ]  # fmt: skip
        people = (find_person_name(plain_text(_SHORTCODE.sub("", join_values(n)))) for n in names)
        set_owner(self.source, next(filter(None, people), ""))
        role = re.sub(
            r"<br\s*/?>|\n|(?<=\S)\\(?=\s)", ", ", join_values(matter.data.get("subtitle", ""))
        )
        role = re.sub(r"(?:\s*,){2,}", ",", plain_text(role)).strip(" ,")
        if role and find_person_name(join_values(matter.data.get("title", ""))):
            self.source.result.owner.role = role
        self.links: list[tuple[str, str]] = []
        for item in (*matter.pop_items("about.links"), *self._menu_icons()):
            self._add_link(matter, item)
        image = join_values(matter.data.get("about.image", matter.data.get("image", "")))
        file = find_asset(self.source, matter.path, image) if image else None
        if image and not add_portrait(self.source, [file]):
            message = f'the image "{image}" was not found (save it as content/images/portrait.jpg)'
            matter.note("left", message, "image")

    def _menu_icons(self) -> Iterator[object]:
        """Yield the items of menus that are icons."""
        for key in _MENUS:
            for item in self.config.pop_items(key):
                if isinstance(item, dict) and (item.get("icon") or item.get("aria-label")):
                    yield item | {"menu": "true"}

    def _add_link(self, matter: FrontMatter, item: object) -> None:
        if not isinstance(item, dict):
            return
        parts = {key.lower(): join_values(value) for key, value in item.items()}
        address = parts.get("href") or parts.get("url") or ""
        icons = re.findall(r"[\w-]+(?=[\s>]*>\}\})", parts.get("text", ""))
        words = plain_text(_SHORTCODE.sub("", parts.get("text", "")))
        label = label_profile(
            address, words, parts.get("aria-label", ""), parts.get("icon", ""), *icons
        )
        if re.match(r"https?://|mailto:", address) and label:
            if not (parts.get("menu") and label == "Website"):
                known = dict(self.source.result.owner.social)
                if not (parts.get("menu") and label in known):
                    add_profile(self.source, matter.path, label, address.strip())
        elif address and not parts.get("menu"):
            text = (
                words or parts.get("aria-label") or (icons or [parts.get("icon", "")])[-1] or "link"
            )
            self.links.append(("CV" if text.lower() == "cv" else text, address))

    def import_page(self, find_marks: Callable[[Path], dict[str, str]]) -> None:
        """Import the text of the home page, with the lists that it shows."""
        source, path = self.source, self.path
        if path is None:
            return
        marks = find_marks(path)
        if path != self.index and self.index:
            marks |= find_marks(self.index)
        for suffix in (".qmd", ".md"):
            source.converters[suffix] = partial(_convert_home, marks=marks, links=self.links)
        count = len(source.result.documents)
        import_page(source, path, is_home=True)
        for suffix in (".qmd", ".md"):
            source.converters[suffix] = convert_markdown
        home = next((doc for doc in source.result.documents[count:] if doc.kind == "home"), None)
        owner = source.result.owner
        if owner.name is None:
            # A group, which has no person's name.
            owner.name = plain_text(self.config.data.get("website.title", "")) or None
            if home and owner.name:
                home.headers["title"] = owner.name
        if home is None:
            body = "\n\n".join(filter(None, marks.values()))
            source.add_document("home", {"title": owner.name or "Home"}, body, path, 1)
        else:
            home.headers["role"] = owner.role or home.headers.get("role", "")


def _convert_home(text: str, marks: Mapping[str, str], links: list[tuple[str, str]]) -> str:
    """Return a text as Markdown, with marks for its listings, and links to files below it."""
    text = convert_markdown(text, marks)
    if links:
        words = " · ".join(f"[{label}]({address})" for label, address in links)
        return f"{text}\n\n{words}\n"
    return text
