"""News of a page: items of lists, rows of tables, folded parts; each has a date and a text."""

import re
from collections.abc import Iterator

from ...model import PartialDate, guess_dates
from ...util import Tag, replace_tags
from ..common import clean_and_copy_assets, convert_html, has_placeholder, make_slug, make_title
from ..result import SourceTree
from .blocks import Block, SourceLine, split_blocks
from .paper_elements import unwrap_layout_tables

_DATE = re.compile(
    r"[\s*_`\[(（【<]*"
    r"(?P<date>[^\s*_`\[(（【<](?:[^*_`\])）】:：|\n]|(?<=\d):(?=\d)){2,28}?)"
    r"(?:[ \t]*[*_`\])）】]+[ \t]*[:：,，|.–—-]*|[ \t]*[:：|]|[ \t]+[–—-]+(?=\s)|"
    r"(?<=\d)[,，](?=\s))(?:[*_]{1,3}(?=\s))?[ \t]*"
)
_UNMARKED_DATE = re.compile(
    r"(\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}/\d{4}|[A-Z][a-z]{2,8}\.? \d{4})[.,]?[ \t]+(?=\S)"
)
_DATE_AT_END = re.compile(
    r"[ \t]*[*_`]{0,2}[\[(（]{1,2}"
    r"(?P<date>[^\[\]()（）\n]{4,28}\d{1,4}|\d{4}[^\[\]()（）\n]{1,12})[\])）]{1,2}[*_`.]{0,3}\s*$"
)
# A month, or a day in it: "May", "May 3", "3 May", "05-12"; the heading above has the year.
_MONTH_ALONE = re.compile(
    r"(?:\d{1,2}\.?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?|(?:0?[1-9]|1[0-2])(?:[./-]\d{1,2})?", re.IGNORECASE
)  # fmt: skip
_YEAR_ALONE = re.compile(r"[\s*+_#-]*((?:19|20)\d\d)\s?年?[\s*_:：]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|){1,20}(?:[ \t]*:?-+:?)?[ \t]*")
_NEWS_MARK = "[NEWS]"
_CHARS = re.compile(r"[^\w\s]{1,4}[ \t]+(?=[\[*_(\d])|:[a-z_]{2,30}:[ \t]*")


def import_news_block(
    source: SourceTree, block: Block, year: str = ""
) -> list[list[SourceLine] | str]:
    """Import the news of a block; return the other lines, with a mark for the news.

    `year` is that of the heading above, for dates without one.
    """
    blocks = [block]
    if block.kind == "html":
        blocks = split_blocks(flatten_html(_join_cells(block)))
    elif len(block.lines) > 2 and _TABLE_RULE.fullmatch(block.lines[1].text):
        blocks = [Block("item", [_row_as_item(line)]) for line in block.lines[2:]]
    others: list[list[SourceLine]] = []
    count = 0
    for inner in _join_dates(blocks):
        imported, remaining, year = _import_item(source, inner, year)
        count += imported
        others += remaining
    return [_NEWS_MARK, *others] if count else [block.lines]


def _join_dates(blocks: list[Block]) -> Iterator[Block]:
    """Yield blocks; a date alone is joined with the block below it."""
    date: Block | None = None
    for block in blocks:
        words = re.sub(r"[*_`\[\]()]", "", block.text).strip(" .,:\n")
        is_date = len(words) < 30 and not _YEAR_ALONE.fullmatch(words) and _parse_date(words)
        if date:
            first, *lines = block.lines
            text = f"{re.sub(r'[*_`]', '', date.text).strip()}: {block.text.lstrip()}".split("\n")[
                0
            ]
            yield Block("item", [SourceLine(f"- {text}", first.path, first.number), *lines])
            date = None
        elif is_date:
            date = block
        else:
            yield block
    if date:
        yield date


def _import_item(
    source: SourceTree, block: Block, year: str
) -> tuple[int, list[list[SourceLine]], str]:
    """Import an item, or those of the list within; return their number, other lines, the year."""
    if match := _YEAR_ALONE.fullmatch(block.lines[0].text):
        inner_blocks = split_blocks(block.lines[1:])
        count, others = 0, []
        for inner in inner_blocks:
            imported, remaining, _ = _import_item(source, inner, match[1])
            count += imported
            others += remaining
        return count, others, match[1]
    if import_news_item(source, block, year):
        return 1, [], year
    return 0, [block.lines], year


def _join_cells(block: Block) -> Block:
    """Return a block whose rows of tables, and terms with their definitions, are items."""
    cells = 0

    def replace(tag: Tag) -> str | None:
        nonlocal cells
        if tag.name in ("details", "summary", "table", "tbody", "dl"):
            return "</div>" if tag.closing else "<div>"
        if tag.name == "thead":
            return "</div>" if tag.closing else "<div>"
        if tag.name in ("tr", "dt"):
            cells = 1 if tag.name == "dt" else 0
            return "" if tag.name == "dt" and tag.closing else "</li>" if tag.closing else "<li>"
        if tag.name == "dd":
            return "</li>" if tag.closing else ": "
        if tag.name in ("td", "th"):
            cells += not tag.closing
            return ": " if not tag.closing and cells == 2 else " "
        return None

    if not re.search(r"<(?:tr|dt|details)\b", block.text, re.IGNORECASE):
        return block
    texts = replace_tags(block.text, replace).split("\n")
    lines = [
        SourceLine(text, line.path, line.number)
        for text, line in zip(texts, block.lines, strict=False)
    ]
    return Block("html", lines)


def _row_as_item(line: SourceLine) -> SourceLine:
    """Return a row of a Markdown table as an item: its first cell, a colon, and the others."""
    cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
    text = f"- {cells[0]}: {' '.join(cells[1:])}"
    return SourceLine(text, line.path, line.number)


def flatten_html(block: Block) -> list[SourceLine]:
    """Return a block of HTML as lines of Markdown, with the locations of their first words."""
    lines, index = [], 0
    for text in convert_html(unwrap_layout_tables(block.text)).split("\n"):
        if word := re.search(r"\w{3,}", text):
            indexes = range(index, len(block.lines))
            index = next((n for n in indexes if word[0] in block.lines[n].text), index)
        lines.append(SourceLine(text, block.lines[index].path, block.lines[index].number))
    return lines


def import_news_item(source: SourceTree, block: Block, year: str = "") -> bool:
    """Import a block that begins or ends with a date; return whether it does."""
    text = convert_html(block.text).strip()
    if chars := _CHARS.match(text):
        text = text[chars.end() :]
    date, text = _split_date(text, year)
    if not date:
        return False
    first = block.lines[0]
    if has_placeholder(text):
        source.note("left", first.path, "is the theme's example and was skipped", first.number)
        return True
    text = _dedent(text)
    body = clean_and_copy_assets(source, first.path, text, first.number, "news")
    if not body:
        return False
    title = make_title(body)
    slug = f"{date[:7]}-{make_slug(title)}"
    headers = {"title": title, "date": date}
    source.add_document("news", headers, body, first.path, first.number, slug)
    return True


def _split_date(text: str, year: str) -> tuple[str, str]:
    """Return the date at the beginning or the end of a text, or "", and the remaining text."""
    match = _DATE.match(text)
    date = match and (_parse_date(match["date"]) or _complete_date(match["date"], year))
    if not date:
        match = _UNMARKED_DATE.match(text)
        date = match and _parse_date(match[1])
    if date:
        return date, text[match.end() :]
    if (match := _DATE_AT_END.search(text)) and (date := _parse_date(match["date"])):
        return date, text[: match.start()].rstrip(" -–—,")
    return "", text


def _complete_date(text: str, year: str) -> str | None:
    """Return a month, or a day of a month, in the year of the heading above; None for others."""
    words = text.strip(" .,")
    if not year or not _MONTH_ALONE.fullmatch(words):
        return None
    numbers = re.fullmatch(r"(\d{1,2})(?:[./-](\d{1,2}))?", words)
    if numbers:
        return _parse_date("-".join([year, *(f"{int(n):02}" for n in numbers.groups() if n)]))
    return _parse_date(f"{words} {year}")


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
