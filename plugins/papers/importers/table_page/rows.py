"""The rows of papers in a page of tables become boxes whose classes say what they hold."""

import re

from ...util import find_tags, strip_tags

_TITLE = re.compile(
    r"<(?P<tag>papertitle|span|div|strong|b|p)\b(?P<attributes>[^<>]*)>(?P<words>(?:(?!</?(?P=tag)\b).)*)"
    r"</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TITLE_CLASS = re.compile(r"class\s*=\s*[\"']?[^\"'<>]*\bpaper-?_?title\b", re.IGNORECASE)
_LINK_BEFORE = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"'](?P<url>[^\"'<>]*)[\"'][^<>]*>\s*\Z", re.I)
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--[^<>]*-->")
_VIDEO = re.compile(r"<video\b.*?(?:</video\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"<(?:source|video)\b[^<>]*?\bsrc\s*=\s*[\"']?(?P<url>[^\"'<>\s]+)", re.I)
_IMAGE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*[\"']?(?P<url>[^\"'<>\s]+)[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|<p\b[^<>]*>|</p\s*>", re.IGNORECASE)
_VENUE = re.compile(r"\s*(?:<font\b[^<>]*>|<strong>|<b>)?\s*<(?:em|i)\b", re.IGNORECASE)
_BADGE = re.compile(
    r"<span\b[^<>]*class\s*=\s*[\"'][^\"'<>]*badge[^\"'<>]*[\"'][^<>]*>(?P<words>[^<>]*)</span\s*>",
    re.IGNORECASE,
)
# An award, in brackets or colour.
_BEHIND_VENUE = re.compile(
    r"[\s,.;–-]*(?:</\w+>[\s,.;–-]*)*(?:[(\[]|<(?:font|strong|b|span)\b)", re.I
)
_LAYOUT = re.compile(r"</?(?:table|tbody|thead|tr|td|center|font)\b[^<>]*>", re.IGNORECASE)


def is_title(match: re.Match) -> bool:
    """Tell whether an element is marked as the title of a paper."""
    return match["tag"].lower() == "papertitle" or bool(_TITLE_CLASS.search(match["attributes"]))


def find_title(row: str) -> re.Match | None:
    """Return the title of the paper in a row of a table."""
    return next(filter(is_title, _TITLE.finditer(row)), None)


def is_highlighted(row: str) -> bool:
    """Tell whether the page shows a row in another colour."""
    tag = re.match(r"<tr\b[^<>]*>", row, re.IGNORECASE)
    return tag is not None and re.search(r"bgcolor|highlight|background", tag[0], re.I) is not None


def convert_row(row: str) -> str:
    """Return a row as a box with title, authors, venue, links and a text, with the same lines."""
    title = find_title(row)
    if title is None:
        return row
    count = row.count("\n")
    before, after = row[: title.start()], row[title.end() :]
    link = _LINK_BEFORE.search(before)
    address = link["url"] if link else ""
    if link:
        after = re.sub(r"\A\s*</a\s*>", "", after, flags=re.IGNORECASE)
    cells = re.split(r"</td\s*>", after, maxsplit=1, flags=re.IGNORECASE)
    authors, publication, award, text = _split_lines(cells[0])
    venue, year = _split_year(publication)
    name = title["words"].strip()
    if address.strip("#/") and f'"{address}"' not in text:
        name = f'<a href="{address}">{name}</a>'
    parts = [
        '<div class="paper">', _find_picture(before + "".join(cells[1:])),
        f'<div class="paper-title">{name}</div>',
        f'<div class="authors">{authors}</div>' if authors else "",
        f'<div class="venue">{venue}</div>' if venue else "",
        f'<div class="date">{year}</div>' if year else "",
        f'<div class="award">{award}</div>' if award else "", text, "</div>",
    ]  # fmt: skip
    box = " ".join(" ".join(part.split()) for part in parts if part)
    return box + "\n" * count


def _split_lines(cell: str) -> tuple[str, str, str, str]:
    """Return authors, venue, award, and the other lines of a paper after its title."""
    cell = _COMMENT.sub("", _SCRIPT.sub("", cell))
    lines = [line.strip() for line in _BREAK.split(cell)]
    lines = [line for line in lines if re.search(r"\w", strip_tags(line))]
    index = next((n for n, line in enumerate(lines) if _VENUE.match(line)), None)
    if index is None:
        index = next(
            (n for n, line in enumerate(lines) if n and _is_venue(line)), min(1, len(lines))
        )
        has_venue = index < len(lines) and _is_venue(lines[index])
    else:
        has_venue = True
    authors = " ".join(lines[:index])
    venue, award, badges = _split_venue(lines[index]) if has_venue else ("", "", "")
    rest = lines[index + has_venue :]
    # A second line below the venue: "(Oral Presentation)".
    if rest and not award and re.fullmatch(r"\s*[(\[].{3,120}[)\]]\s*", strip_tags(rest[0])):
        award = strip_tags(rest.pop(0)).strip(" ()[]")
    rest += [badges] if badges else []
    return authors, venue, award, "".join(f"<p>{line}</p>" for line in rest)


def _is_venue(line: str) -> bool:
    words = strip_tags(line)
    return len(words) < 160 and re.search(r"\b(?:19|20)\d\d\b", words) is not None


def _split_venue(line: str) -> tuple[str, str, str]:
    """Return the venue with its year, the award in brackets after it, and badges."""
    badges = [match["words"].strip() for match in _BADGE.finditer(line)]
    line = _BADGE.sub("", line)
    awards = []
    year = re.search(r"\b(?:19|20)\d\d\b", line)
    tail_start = year.end() if year else len(line)
    head, tail = line[:tail_start], re.sub(r"&nbsp;?", " ", line[tail_start:])
    if not _BEHIND_VENUE.match(tail):
        head, tail = line, ""
    if words := strip_tags(tail).strip(" ()[],;.·-–*"):
        awards.append(re.sub(r"\s*[)(]\s*", ", ", words))
    venue = " ".join(strip_tags(head).split())
    return venue, ", ".join(awards), ", ".join(filter(None, badges))


def _split_year(publication: str) -> tuple[str, str]:
    """Return venue and year of a line like "CVPR, 2022"; other years are parts of the venue."""
    match = re.fullmatch(
        r"(?P<venue>.*?)[\s,.;(]*\b(?P<year>(?:19|20)\d\d)\b[\s).,;]*", publication
    )
    return (match["venue"], match["year"]) if match else (publication, "")


def _find_picture(cell: str) -> str:
    """Return the picture of a paper, which another one or a video covers under the mouse."""
    videos = [match["url"] for video in _VIDEO.findall(cell) for match in _SOURCE.finditer(video)]
    pictures = [match["url"] for match in _IMAGE.finditer(_VIDEO.sub("", cell))]
    pictures += [url for url in videos if not url.lower().endswith((".mp4", ".webm", ".mov"))]
    # The last one is shown while the mouse is elsewhere.
    picture = f'<img src="{pictures[-1]}">' if pictures else ""
    others = [url for url in dict.fromkeys(videos) if url not in pictures]
    return picture + "".join(f'<p><a href="{url}">animation</a></p>' for url in others)


def unwrap_layout(html: str) -> str:
    """Return HTML without the tables that only set the layout."""
    return _LAYOUT.sub(lambda match: "<br>" if _ends_cell(match[0]) else "", html)


def _ends_cell(tag: str) -> bool:
    return next((item.closing for item in find_tags(tag)), False) and "td" in tag.lower()
