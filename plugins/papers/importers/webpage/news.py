"""Items of a list of news: a date and a text."""

import re

from ...model import PartialDate, guess_dates
from ..common import clean_and_copy_assets, convert_html, make_slug, make_title
from ..result import SourceTree
from .blocks import Block

_DATE = re.compile(
    r"[\s*_`\[(（【<]*"
    r"(?P<date>[^\s*_`\[(（【<](?:[^*_`\])）】:：|\n]|(?<=\d):(?=\d)){3,28}?)"
    r"(?:[ \t]*[*_`\])）】]+[ \t]*[:：,，|.–—-]*|[ \t]*[:：|]|[ \t]+[–—-]+(?=\s)|"
    r"(?<=\d)[,，](?=\s))(?:[*_]{1,3}(?=\s))?[ \t]*"
)
_UNMARKED_DATE = re.compile(
    r"(\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}/\d{4}|[A-Z][a-z]{2,8}\.? \d{4})[.,]?[ \t]+(?=\S)"
)
_SIGNS = re.compile(r"[^\w\s]{1,4}[ \t]+(?=[\[*_(\d])|:[a-z_]{2,30}:[ \t]*")


def import_news_item(source: SourceTree, block: Block) -> bool:
    """Import a block that begins with a date; return whether it does."""
    text = convert_html(block.text).strip()
    if signs := _SIGNS.match(text):
        text = text[signs.end() :]
    match = _DATE.match(text)
    date = match and _parse_date(match["date"])
    if not date:
        match = _UNMARKED_DATE.match(text)
        date = match and _parse_date(match[1])
    if not date:
        return False
    first = block.lines[0]
    text = _dedent(text[match.end() :])
    body = clean_and_copy_assets(source, first.path, text, first.number, "news")
    if not body:
        return False
    title = make_title(body)
    slug = f"{date[:7]}-{make_slug(title)}"
    headers = {"title": title, "date": date}
    source.add_document("news", headers, body, first.path, first.number, slug)
    return True


def _parse_date(text: str) -> str | None:
    text = " ".join(re.sub(r"(?<=[A-Za-z])\.(?=\s|$)", "", text.replace("_", " ")).split())
    text = re.sub(r"(?<=\d) *([./年月-]) *(?=\d)", r"\1", text.strip(" .,"))
    text = re.sub(r"(?<=\d) +(?=[年月日])", "", text)
    try:
        return PartialDate.parse(text).isoformat()
    except ValueError:
        dates = guess_dates(text)
    return dates[0].isoformat() if len(dates) == 1 else None


def _dedent(text: str) -> str:
    first, *lines = text.split("\n")
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join([first, *(line[width:] for line in lines)])
