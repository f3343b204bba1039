"""Pages that HugoBlox makes of sections: the home page, and others."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common import clean_body, join_values, plain_text, set_heading_level
from ..front_matter import FrontMatter
from ..result import SourceTree
from .authors import read_markdown_page

_BIOGRAPHY = re.compile(r"about|biography|resume-bio", re.IGNORECASE)
_PAPERS = re.compile(r"publication", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:posts?|news|blog)\b", re.IGNORECASE)
# Folders and kinds of sections, and the page of ours that has their texts.
_PAGES = {
    "event": "talks", "talk": "talks", "project": "projects", "portfolio": "projects",
    "course": "teaching", "teaching": "teaching", "experience": "experience",
    "accomplishment": "awards", "award": "awards", "people": "people", "team": "people",
}  # fmt: skip
_TEXT_BLOCKS = re.compile(r"markdown|blank|hero|cta|faq|features|contact|tag_?cloud", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LandingSection:
    """A section of a page: the theme's name of it, its title, its text, and what it lists."""

    block: str
    title: str
    text: str
    lists: str
    matter: FrontMatter
    line: int


def read_landing(matter: FrontMatter) -> list[LandingSection]:
    """Return the sections of a page that has them in its front matter."""
    line = matter.lines.get("sections", 1)
    sections = []
    for item in matter.data.get("sections", ()):
        if isinstance(item, dict):
            content = item.get("content")
            content = content if isinstance(content, dict) else {}
            block = join_values(item.get("block", ""))
            sections.append(_make_section(matter, block, content, line))
    return sections


def read_widgets(source: SourceTree, paths: Iterable[Path]) -> list[LandingSection]:
    """Return the sections of a home page that are files, in the order of their weights."""
    sections = []
    for path in paths:
        matter = read_markdown_page(source, path)
        if matter is None or matter.data.get("active") == "false":
            continue
        content = {"title": matter.data.get("title", ""), "text": matter.body}
        for key, value in matter.data.items():
            content |= {key.removeprefix("content."): value} if key.startswith("content.") else {}
        weight = join_values(matter.data.get("weight", ""))
        block = join_values(matter.data.get("widget", "")) or path.stem
        section = _make_section(matter, block, content, matter.body_line)
        sections.append((int(weight) if re.fullmatch(r"\d{1,9}", weight) else 999, path, section))
    return [section for _, _, section in sorted(sections, key=lambda item: item[:2])]


def _make_section(
    matter: FrontMatter, block: str, content: Mapping[str, object], line: int
) -> LandingSection:
    keys = ("page_type", "filters", "filters.folders", "folders", "resource_type")
    lists = " ".join(_folder_names(content.get(key)) for key in keys)
    title = plain_text(content.get("title") or "")
    text = join_values(content.get("text") or "")
    return LandingSection(block, title, text, lists.strip(), matter, line)


def _folder_names(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("folders") or value.get("page_type") or ""
    return join_values(value or "").replace(", ", " ")


def render_landing(
    source: SourceTree, sections: Iterable[LandingSection], biography: str
) -> Iterator[str]:
    """Yield the parts of a home page in the order of its sections; `biography` is one of them."""
    pages = {page.slug: page for page in source.result.documents if page.kind == "page"}
    for section in sections:
        kind = f"{section.lists} {section.block}"
        heading = f"## {section.title}\n\n" if section.title else ""
        words = clean_body(
            source, section.matter.path, section.text, section.line, "images"
        ).strip()  # fmt: skip
        words = set_heading_level(words, 3 if heading else 2)
        if _BIOGRAPHY.search(section.block):
            yield biography
        elif _PAPERS.search(kind):
            yield f"{heading or '## Publications'}\n\n[PAPERS]".replace("\n\n\n\n", "\n\n")
        elif _NEWS.search(section.lists) or section.block in ("posts", "news"):
            yield f"{heading or '## News'}\n\n[NEWS]".replace("\n\n\n\n", "\n\n")
        elif slug := next((page for name, page in _PAGES.items() if name in kind.lower()), ""):
            if slug in pages:
                title = section.title or pages[slug].headers["title"]
                link = f"[{title}]({{filename}}/pages/{slug}.md)"
                yield "\n\n".join(filter(None, (f"## {title}", words, link)))
        elif words and (_TEXT_BLOCKS.search(section.block) or len(plain_text(words)) > 20):
            yield f"{heading}{words}"
