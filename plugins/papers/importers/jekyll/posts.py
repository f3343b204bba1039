"""News and posts of Jekyll's, and what all its texts have at their beginning."""

import re
from pathlib import Path

from ...content import Header, split_header
from ...model import PartialDate
from ..common import clean_markdown, plain_line
from ..result import SourceTree

# Old addresses, as the header `aliases` takes them.
_OLD = re.compile(r"/?[\w-]+(?:[./-]+[\w-]+)*/?")
# What jemoji, which most themes come with, shows for words between colons.
_EMOJI = {
    "sparkles": "✨", "smile": "😄", "tada": "🎉", "rocket": "🚀", "fire": "🔥", "star": "⭐",
    "trophy": "🏆", "mortar_board": "🎓", "books": "📚", "page_facing_up": "📄", "newspaper": "📰",
    "mega": "📣", "loudspeaker": "📢", "heart": "❤️", "+1": "👍", "bulb": "💡", "robot": "🤖",
    "airplane": "✈️", "unicorn": "🦄", "email": "📧", "warning": "⚠️", "bell": "🔔", "pencil": "📝",
    "clap": "👏", "computer": "💻", "1st_place_medal": "🥇", "medal_sports": "🏅", "star2": "🌟",
    "calendar": "📆", "speech_balloon": "💬", "earth_africa": "🌍", "brain": "🧠", "link": "🔗",
}  # fmt: skip
_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")


def split_post(source: SourceTree, path: Path) -> tuple[Header, str, int]:
    """Return a text's header, its body and the line at which that begins."""
    text = source.read_text(path)
    if text.lstrip()[:3] != "---":
        # Without YAML there is no header: a word and a colon begin a text.
        return Header(source.relative_name(path), source=text), _drawn(text), 1
    header, body = split_header(source.relative_name(path), text)
    for problem in header.problems:
        if not problem.notice:  # Comments of the theme's are none of the text's.
            source.note("left", path, problem.message, problem.line)
    return header, _drawn(body), header.source.count("\n") - body.count("\n") + 1


def _drawn(text: str) -> str:
    return re.sub(
        r"(?<![\w\"'`]):([a-z0-9_+]{2,20}):", lambda name: _EMOJI.get(name[1], name[0]), text
    )


def import_news(source: SourceTree) -> None:
    """Take the news, or the posts of a site that has no others."""
    paths = source.list_files("_news/**/*.md")
    for path in paths:
        _item(source, path)
    for path in source.list_files("_posts/**/*.md"):
        if paths:
            told = "a blog beside the news is left (copy what is to move into content/news/)"
            source.note("left", path, told)
        else:
            _item(source, path)


def _item(source: SourceTree, path: Path) -> None:
    header, text, line = split_post(source, path)
    named = _DAY.fullmatch(path.stem)
    date = ""
    for given in (header.get("date"), named and named[1]):
        try:
            date = date or (PartialDate.parse(given).isoformat() if given else "")
        except ValueError as error:
            source.note("left", path, f"date: {error}", header.entries["date"].line)
    body = clean_markdown(source, path, text, line, "news").strip()
    title = plain_line(header.get("title") or "")
    if not title:
        title = _first_words(body)
    if not body and not title:
        source.note("left", path, "is empty, and is not taken")
        return
    if not date:
        source.note("left", path, "has no date (write `Date: 2026-02` into its file)")
    headers = {"title": title, "date": date, "tags": header.get("tags") or ""} | common_headers(
        header
    )
    slug = named[2] if named else path.stem
    source.add_document("news", headers, body or title, path, 1, slug)
    source.note("taken", path, "news")


def _first_words(body: str) -> str:
    """Return a title for an item that has none: its first sentence, or its first words."""
    text = re.sub(r"!\[[^\]]*\]\([^()]*\)|<[^<>]*>", " ", body)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)|\[([^\[\]]*)\]\[[^\[\]]*\]", r"\1\2", text)
    text = " ".join(re.sub(r"[*`#>_~]+|:[a-z0-9_+]+:", " ", text).split())
    sentence = re.match(r".{10,80}?[.!?。！](?=\s|$)", text)
    if sentence:
        return sentence[0].rstrip(".。")
    words = text if len(text) <= 80 else f"{text[:80].rpartition(' ')[0] or text[:80]}…"
    return words.strip(" ,;:")


def common_headers(header: Header) -> dict[str, str]:
    """Return what any text's header keeps: that it is a draft, and its old addresses."""
    found = {}
    if (header.get("published") or "").lower() == "false":
        found["status"] = "draft"
    old = [header.get("permalink") or "", *(header.get("redirect_from") or "").split("\n")]
    old = [name.removeprefix("- ").strip() for name in old]
    names = [name for name in old if name.strip("/") and _OLD.fullmatch(name)]
    return found | ({"aliases": ", ".join(dict.fromkeys(names))} if names else {})
