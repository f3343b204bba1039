"""Posts and items whose header is front matter."""

import re

from ..common import CollectionItem, clean_body, escape_link_target, make_title, plain_text
from .paper import clean_slug, note_unread_keys
from .paper_fields import read_date, read_tags
from .parser import FrontMatter

_DATED_NAME = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<name>.+)")
_DETAILS = (
    "subtitle role event institution location place venue date group categories tags"
).split()
# What themes read, and no post shows.
_MACHINERY = (
    "author authors categories category slug series layout pin image_lqip comments toc math "
    "mermaid render_with_liquid lang excerpt format bibliography execute aliases permalink "
    "lastmod last_modified_at image.lqip image.alt freeze code_fold execute.echo nocite weight "
    "hidden"
)


def import_post(matter: FrontMatter, name: str, authors: str = "") -> None:
    """Import a post as news; `name` is that of its file or folder."""
    dated = _DATED_NAME.fullmatch(name)
    title = plain_text(matter.pop_text("title"))
    body = clean_body(matter.source, matter.path, matter.body, matter.body_line, "news")
    if image := matter.pop_text("image.path", "image", "cover.image", "cover", "featured_image"):
        words = matter.pop_text("image.alt", "cover.alt", "image_alt")
        line = matter.lines.get("image", 1)
        picture = f"![{words}]({escape_link_target(image)})"
        picture = clean_body(matter.source, matter.path, picture, line, "news")
        body = "\n\n".join(filter(None, (picture, body)))
    summary = plain_text(matter.pop_text("description", "summary", "subtitle"))
    if not (title or body or summary):
        matter.note("left", "is empty and was skipped")
        return
    headers = {"title": title or make_title(body or summary), "tags": read_tags(matter)}
    headers["date"] = read_date(matter, "date", "publishdate") or (dated["date"] if dated else "")
    if not headers["date"]:
        matter.note("left", "has no date (write `Date: 2026-02` into its file)")
    is_draft = matter.pop_text("draft").lower() == "true"
    is_hidden = matter.pop_text("published").lower() == "false"
    if is_draft or is_hidden or matter.pop_text("status").lower() in ("draft", "hidden"):
        headers["status"] = "draft"
    headers["authors"] = authors
    slug = clean_slug(dated["name"] if dated else name)
    body = body or summary or headers["title"]
    matter.source.add_document("news", headers, body, matter.path, 1, slug)
    note_unread_keys(matter, _MACHINERY)


def read_collection_item(matter: FrontMatter, name: str) -> CollectionItem:
    """Return a project, talk, course or the like from its text or record."""
    details = [plain_text(matter.pop_text(key)) for key in _DETAILS]
    text = clean_body(matter.source, matter.path, matter.body, matter.body_line, "images")
    summary = matter.pop_text("description", "summary", "abstract", "excerpt")
    if not text and summary:
        line = matter.lines.get("description", matter.start_line)
        text = clean_body(matter.source, matter.path, summary, line, "images")
    image = matter.pop_text("image", "image.path", "cover.image", "cover", "about.image", "img")
    url = matter.pop_text("href", "url", "website", "link", "externallink", "redirect", "path")
    title = plain_text(matter.pop_text("title", "name")) or name.replace("-", " ").capitalize()
    return CollectionItem(
        matter.path, matter.start_line, title, (*filter(None, dict.fromkeys(details)),), text, url,
        image,
    )  # fmt: skip
