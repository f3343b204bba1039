"""Items of a list of news: a date, and what happened."""

import re

from ...model import PartialDate, guess_dates
from ..common import clean_and_copy_assets, html_to_markdown, make_slug
from ..result import SourceTree
from .blocks import Block

_DATE = re.compile(
    r"[\s*_`\[(（【<]*"
    r"(?P<date>[^\s*_`\[(（【<](?:[^*_`\])）】:：|\n]|(?<=\d):(?=\d)){3,28}?)"
    r"(?:[ \t]*[*_`\])）】]+[ \t]*[:：,，|.–—-]*|[ \t]*[:：|]|[ \t]+[–—-]+(?=\s)|"
    r"(?<=\d)[,，](?=\s))(?:[*_]{1,3}(?=\s))?[ \t]*"
)
_BARE = re.compile(
    r"(\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}/\d{4}|[A-Z][a-z]{2,8}\.? \d{4})[.,]?[ \t]+(?=\S)"
)
_SIGNS = re.compile(r"[^\w\s]{1,4}[ \t]+(?=[\[*_(\d])|:[a-z_]{2,30}:[ \t]*")
_PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+|:[a-z_]{2,30}:")


def import_news_item(source: SourceTree, block: Block) -> bool:
    """Add a block to what was found, if it begins with a date; tell whether it does."""
    text = html_to_markdown(block.text).strip()
    if signs := _SIGNS.match(text):
        text = text[signs.end() :]
    match = _DATE.match(text)
    date = match and date_of(match["date"])
    if not date:
        match = _BARE.match(text)
        date = match and date_of(match[1])
    if not date:
        return False
    first = block.lines[0]
    body = clean_and_copy_assets(
        source, first.path, _dedent(text[match.end() :]), first.number, "news"
    )
    if not body:
        return False
    title = title_of(body)
    headers = {"title": title, "date": date}
    slug = f"{date[:7]}-{make_slug(title)}"
    source.add_document("news", headers, body, first.path, first.number, slug)
    return True


def date_of(text: str) -> str | None:
    """Return the date that words name, or None."""
    text = " ".join(re.sub(r"(?<=[A-Za-z])\.(?=\s|$)", "", text.replace("_", " ")).split())
    text = re.sub(r"(?<=\d) *([./年月-]) *(?=\d)", r"\1", text.strip(" .,"))
    text = re.sub(r"(?<=\d) +(?=[年月日])", "", text)
    try:
        return PartialDate.parse(text).isoformat()
    except ValueError:
        found = guess_dates(text)
    return found[0].isoformat() if len(found) == 1 else None


def title_of(body: str) -> str:
    """Return a title made of a text's first words."""
    text = re.sub(r"!?\[([^][]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)", r"\1", body)
    text = _PICTOGRAM.sub("", re.sub(r"\*\*|__|`|\\(?=\W)|(?<!\w)[*_]|[*_](?!\w)", "", text))
    text = " ".join(re.sub(r"<[^<>]{0,300}>", "", text).split())
    sentence = re.match(r".{12,90}?(?:[.!?](?=\s|$)|[。！？；])", text)
    text = sentence[0] if sentence else text
    if len(text) > 80:
        text = re.split(r"[:：—](?=\s|$|\w)|, |，", text[:90])[0] if len(text.split()) < 4 else text
        cut = text[:78]
        text = f"{cut[: cut.rfind(' ')] if ' ' in cut else cut[:40]}…".replace(",…", "…")
    return text.rstrip(".!。！ ") or "News"


def _dedent(text: str) -> str:
    first, *rest = text.split("\n")
    width = min((len(row) - len(row.lstrip()) for row in rest if row.strip()), default=0)
    return "\n".join([first, *(row[width:] for row in rest)])
