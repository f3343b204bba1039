"""News and posts of a Jekyll site, and the front matter of its texts."""

import re
from pathlib import Path
from typing import Literal

from ...content import Header, split_header
from ...model import PartialDate
from ..common import clean_body, plain_line
from ..result import SourceTree

# Old addresses that the header `aliases` accepts.
_OLD_ADDRESS = re.compile(r"/?[\w-]+(?:[./-]+[\w-]+)*/?")
# The emoji of jemoji, which most themes include.
_EMOJI = {
    "sparkles": "✨", "smile": "😄", "tada": "🎉", "rocket": "🚀", "fire": "🔥", "star": "⭐",
    "trophy": "🏆", "mortar_board": "🎓", "books": "📚", "page_facing_up": "📄", "newspaper": "📰",
    "mega": "📣", "loudspeaker": "📢", "heart": "❤️", "+1": "👍", "bulb": "💡", "robot": "🤖",
    "airplane": "✈️", "unicorn": "🦄", "email": "📧", "warning": "⚠️", "bell": "🔔", "pencil": "📝",
    "clap": "👏", "computer": "💻", "1st_place_medal": "🥇", "medal_sports": "🏅", "star2": "🌟",
    "calendar": "📆", "speech_balloon": "💬", "earth_africa": "🌍", "brain": "🧠", "link": "🔗",
}  # fmt: skip
_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")


def split_post(source: SourceTree, path: Path) -> tuple[Header, str, int]:
    """Return a text's header, its body and the first line of the body."""
    text = source.read_text(path)
    if text.lstrip()[:3] != "---":
        # Without YAML there is no header: a word and a colon are text.
        return Header(source.relative_name(path), source=text), _replace_emoji(text), 1
    header, body = split_header(source.relative_name(path), text)
    for problem in header.problems:
        if not problem.notice:  # Notices are about comments of the theme.
            source.note("left", path, problem.message, problem.line)
    return header, _replace_emoji(body), header.source.count("\n") - body.count("\n") + 1


def _replace_emoji(text: str) -> str:
    return re.sub(
        r"(?<![\w\"'`]):([a-z0-9_+]{2,20}):", lambda name: _EMOJI.get(name[1], name[0]), text
    )


def import_news(source: SourceTree) -> None:
    """Import the news and posts: beside news, posts are those of a blog."""
    paths = source.list_files("_news/**/*.md")
    for path in paths:
        with source.limit_reading(path):
            _import_item(source, path, "news")
    for path in source.list_files("_posts/**/*.md"):
        with source.limit_reading(path):
            _import_item(source, path, "post" if paths else "news")


def _import_item(source: SourceTree, path: Path, kind: Literal["news", "post"]) -> None:
    header, text, line = split_post(source, path)
    dated_name = _DATED_NAME.fullmatch(path.stem)
    date = ""
    for value in (header.get("date"), dated_name and dated_name[1]):
        try:
            date = date or (PartialDate.parse(value).isoformat() if value else "")
        except ValueError as error:
            source.note("left", path, f"date: {error}", header.entries["date"].line)
    body = clean_body(source, path, text, line, "news").strip()
    title = plain_line(header.get("title") or "") or _first_words(body)
    if not body and not title:
        source.note("left", path, "is empty and was skipped")
        return
    if not date:
        source.note("left", path, "has no date (write `Date: 2026-02` into its file)")
    headers = {"title": title, "date": date, "tags": header.get("tags") or ""}
    headers |= common_headers(header)
    slug = dated_name[2] if dated_name else path.stem
    source.add_document(kind, headers, body or title, path, 1, slug)
    source.note("taken", path, kind)


def _first_words(body: str) -> str:
    """Return a title for an item without one: its first sentence or words."""
    text = re.sub(r"!\[[^\]]*\]\([^()]*\)|<[^<>]*>", " ", body)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)|\[([^\[\]]*)\]\[[^\[\]]*\]", r"\1\2", text)
    text = " ".join(re.sub(r"[*`#>_~]+|:[a-z0-9_+]+:", " ", text).split())
    sentence = re.match(r".{10,80}?[.!?。！](?=\s|$)", text)
    if sentence:
        return sentence[0].rstrip(".。")
    words = text if len(text) <= 80 else f"{text[:80].rpartition(' ')[0] or text[:80]}…"
    return words.strip(" ,;:")


def common_headers(header: Header) -> dict[str, str]:
    """Return the headers of any text: the status of a draft, and old addresses."""
    headers = {}
    if (header.get("published") or "").lower() == "false":
        headers["status"] = "draft"
    values = [header.get("permalink") or "", *(header.get("redirect_from") or "").split("\n")]
    addresses = [value.removeprefix("- ").strip() for value in values]
    aliases = [name for name in addresses if name.strip("/") and _OLD_ADDRESS.fullmatch(name)]
    if aliases:
        headers["aliases"] = ", ".join(dict.fromkeys(aliases))
    return headers
