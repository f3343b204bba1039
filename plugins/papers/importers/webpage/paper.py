"""A paper in the words of a page: title, authors, venue and date, links, and a text."""

import re
from html import unescape
from typing import Literal

from ...content import normalize_keys, parse_bibtex
from ...util import Tag, replace_tags, strip_tags
from ..common import (
    BADGE_URL,
    IMAGE_PATTERN,
    LINK_PATTERN,
    badge_label,
    convert_html,
    escape_link_target,
    is_link_label,
    match_url,
)
from .authors import AuthorList, is_person_name, parse_author_list
from .draft import (
    PaperBlock,
    PaperDraft,
    join_author_lines,
    link_bare_urls,
    strip_links,
    strip_markdown,
)
from .title import extract_title
from .venue import (
    extract_year,
    first_italics,
    has_volume_or_pages,
    is_book,
    match_honour,
    parse_badge,
    parse_publication_details,
)

_BIBTEX = re.compile(
    r"<(details|pre)\b[^<>]{0,300}>(?:(?!</?\1\b).){0,2000}?@[A-Za-z]{3,20}\s?\{(?:(?!</?\1\b).){0,8000}</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
# The words that unfold an abstract.
_SUMMARY = re.compile(r"<summary\b[^<>]{0,200}>[^<>]{0,100}</summary\s*>", re.IGNORECASE)
# What an entry of BibTeX can add to the words of a page.
_BIBTEX_KEYS = "date venue volume issue pages publisher doi arxiv".split()
_CITATION_KEY = re.compile(r"(?!\d+$)[\w:.+/-]{1,100}")
# Stands for the paper's picture until the link around it is found.
_PICTURE = "\ue002"
_LINK_AROUND_PICTURE = re.compile(
    rf"<a\b[^<>]{{0,500}}>\s*{_PICTURE}\s*</a>|\[\s*{_PICTURE}\s*\]\([^()\s]{{0,500}}\)", re.I
)
_THESIS = re.compile(
    r"\W*(?:ph\.?\s?d\.?|master(?:['’]s)?|m\.?sc\.?|bachelor(?:['’]s)?|doctoral|diploma)\s+"
    r"(?:thesis|dissertation)\b[*_\s,.:-]*(?P<school>.*)", re.IGNORECASE
)  # fmt: skip
# A venue whose year stands elsewhere.
_SHORT_VENUE = re.compile(
    r"(?!.*\b(?:we|our|is|are)\b)[A-Z][^\s.]*(?: [^\s.]+){0,7}", re.IGNORECASE
)
# The type of a document in Chinese references (GB/T 7714): "Title[J]. Journal", "[C]//Venue".
_DOCUMENT_TYPE = re.compile(
    r"\s?\[(?P<type>[JCMDPRNSG]|EB|DB|CP|A|Z)(?:/OL)?\](?![(:])(?P<venue>\s?//\s?)?", re.IGNORECASE
)
_DOCUMENT_TYPES = {"J": "article-journal", "C": "paper-conference", "M": "book", "D": "thesis",
                   "P": "patent", "R": "report"}  # fmt: skip
_BADGE_MARK = re.compile("\ue003([^\ue003]*)\ue003")
_BREAK = re.compile(r"\s*<br\s?/?>\s*|\s*\n\s*", re.IGNORECASE)
# Words of badges that say nothing of a paper.
_NO_VENUE = re.compile(r"\W*(?:new|hot|updated?|coming soon|stars?)\W*", re.IGNORECASE)
_SEPARATORS = re.compile(r"\\?\||[\[\](){}<>/·•,，;；:：]|\s|\\|\*|_|&nbsp;|[-–—.]|[^\w\s]")
_ASIDE = re.compile(r"[\s*_]*[(（\[]([^()（）]{2,80})[)）\]][\s*_.,]*")
_ASIDE_BEHIND_NAMES = re.compile(r"[\s|*_,;.]*[(（]([^()（）]{3,80})[)）][\s|*_,;.]*")


def parse_paper(block: PaperBlock, owner_names: frozenset[str] = frozenset()) -> PaperDraft | None:
    """Return the paper that a block of a page holds, or None."""
    draft = PaperDraft(owner_names=owner_names)
    text = _BIBTEX.sub(lambda match: _extract_bibtex(draft, match), block.text)
    text = _extract_picture(draft, replace_tags(text, _unfold))
    fields = {key: _extract_picture(draft, value) for key, value in block.fields.items()}
    lines = [*_parse_fields(draft, fields), *join_author_lines(convert_html(text))]
    lines = [_extract_document_type(draft, line) for line in lines]
    if not draft.headers.get("title"):
        lines = extract_title(draft, lines)
    if not draft.headers.get("title"):
        return None
    _parse_lines(draft, lines)
    draft.add_headers(draft.bibtex_headers)
    if "abstract" in fields:
        draft.body.insert(0, _SUMMARY.sub("", fields["abstract"]).strip())
    is_paper = (
        draft.authors.names or draft.headers.keys() & {"venue", "type", "date"} or draft.links
    )
    return draft if is_paper else None


def _parse_fields(draft: PaperDraft, fields: dict[str, str]) -> list[str]:
    """Take what the page marks as a field of the paper; return what is left of the authors."""
    if "title" in fields:
        _add_links(draft, fields["title"], "paper")
        draft.headers["title"] = strip_markdown(convert_html(fields["title"]))
    for key in ("venue", "date", "award"):
        if key in fields:
            words = convert_html(fields[key]).strip()
            text = strip_markdown(LINK_PATTERN.sub(r"\g<text>", words))
            _add_links(draft, fields[key], "link")
            if key == "award" and (honours := _parse_honours(text)):
                draft.add_headers(honours)
                continue
            is_long = len(text) > 40 or has_volume_or_pages(text)
            draft.add_headers(
                parse_publication_details(strip_links(words)) if is_long else parse_badge(text)
            )
    if "authors" not in fields:
        return []
    words = convert_html(fields["authors"])
    authors = parse_author_list(" ".join(words.split()), sure=True)
    if authors is None:
        return [words.strip()]
    draft.authors, remaining = authors
    return [remaining] if re.search(r"\w", remaining) else []


def _parse_honours(text: str) -> dict[str, str]:
    """Return awards and presentations, of which a text names one or more; {} for another text."""
    headers: dict[str, str] = {}
    parts = re.split(r"\s*[|;,]\s*", text)
    if not any(map(match_honour, parts)):
        return {}
    for part in filter(None, parts):
        for key, words in (match_honour(part) or {"award": part}).items():
            headers[key] = ", ".join(filter(None, (headers.get(key), words)))
    return headers


def _unfold(tag: Tag) -> str | None:
    """Return a tag of a box for one of a text that the page folds."""
    if tag.name not in ("details", "summary"):
        return None
    return "</div>" if tag.closing else "<div>"


def _extract_bibtex(draft: PaperDraft, match: re.Match) -> str:
    """Take the headers of an entry of BibTeX that is shown with a paper."""
    text = unescape(strip_tags(match[0]))
    for header in parse_bibtex("", text[text.index("@") :].encode())[1:2]:
        normalize_keys(header)
        headers = {key: value for key in _BIBTEX_KEYS if (value := header.get(key))}
        headers["key"] = (
            header.citation_key if _CITATION_KEY.fullmatch(header.citation_key or "") else ""
        )
        draft.bibtex_headers = headers
    return "" if draft.bibtex_headers else match[0]


def _extract_document_type(draft: PaperDraft, line: str) -> str:
    """Take the type of a document off a line: "[J]", "[C]//"."""

    def replace_type(match: re.Match) -> str:
        letter = match["type"].upper()
        is_behind_words = match.start() > 8 and (match["venue"] or match["type"].isupper())
        if not is_behind_words:
            return match[0]
        draft.add_headers({"type": _DOCUMENT_TYPES.get(letter, "")})
        return ". " if match["venue"] else ""

    return _DOCUMENT_TYPE.sub(replace_type, line)


def _clean_link(match: re.Match) -> str:
    """Return a link with its words on one line, and without badges beside other words."""
    words = _BREAK.sub(" ", match["text"])
    others = _BADGE_MARK.sub(" ", words)
    if re.search(r"\w", others):
        words = others
    return f"[{words.strip()}]" + match[0][match.end("text") - match.start() + 1 :]


def _extract_picture(draft: PaperDraft, text: str) -> str:
    """Take the first picture of a text for the paper's; leave the words of badges."""

    def replace_picture(url: str, words: str) -> str:
        if BADGE_URL.match(url):
            label = badge_label(url, words)
            return f"\ue003{label}\ue003" if label else ""
        if draft.picture is None and url:
            draft.picture = url, words
            return _PICTURE
        return f"![{words}]({escape_link_target(url)})" if url else ""

    def replace_tag(tag: Tag) -> str | None:
        if tag.name != "img":
            return None
        return replace_picture(tag.attributes.get("src", ""), tag.attributes.get("alt", ""))

    text = IMAGE_PATTERN.sub(lambda match: replace_picture(match_url(match), match["text"]), text)
    text = LINK_PATTERN.sub(_clean_link, replace_tags(text, replace_tag))
    text = _BADGE_MARK.sub(lambda match: "" if _NO_VENUE.fullmatch(match[1]) else match[1], text)
    # A picture that links to itself is not a link of the paper.
    return _LINK_AROUND_PICTURE.sub("", text).replace(_PICTURE, "")


def _parse_lines(draft: PaperDraft, lines: list[str]) -> None:
    """Parse the lines after the title."""
    pictures = [line for line in lines if IMAGE_PATTERN.fullmatch(line)]
    has_venue = False
    for number, line in enumerate(line for line in lines if line not in pictures):
        text = line if draft.body else link_bare_urls(line)
        kind = _classify_line(draft, number, text)
        if kind == "authors":
            line = text = _parse_authors(draft, number, text)
            kind = _classify_line_behind_names(draft, number, text)
        if kind == "venue" and has_venue:
            kind = "text"
        match kind:
            case "aside":
                words = _ASIDE.fullmatch(strip_links(text))[1]
                draft.add_headers(match_honour(words) or parse_badge(words))
            case "award":
                draft.add_headers(match_honour(strip_links(text)))
            case "note":
                words = _ASIDE_BEHIND_NAMES.fullmatch(text)[1]
                draft.add_headers({"note": strip_markdown(words)})
            case "venue":
                _parse_venue(draft, text)
                has_venue = True
            case "text":
                draft.body.append(line)
        if kind in ("links", "aside", "award", "venue"):
            _add_links(draft, text, "link")
    draft.body += pictures


_LineKind = Literal["links", "authors", "aside", "award", "note", "venue", "text", "empty"]


def _classify_line(draft: PaperDraft, number: int, text: str) -> _LineKind:
    """Return what the line with this number after the title holds."""
    words = strip_links(text)
    unlinked = re.sub(r"^\s*[-*+]\s", "", LINK_PATTERN.sub(" ", text))
    if not _SEPARATORS.sub("", words) or not re.search(r"\w", unlinked):
        return "links"
    if is_link_label(unlinked.strip(" /|[]")):
        return "links"
    if not draft.authors.names and _find_authors(draft, number, text):
        return "authors"
    if _ASIDE.fullmatch(words):
        return "aside"
    return "award" if match_honour(words) else _classify_venue(draft, number, text)


def _classify_line_behind_names(draft: PaperDraft, number: int, text: str) -> _LineKind:
    if not re.search(r"\w", text):
        return "empty"
    if _ASIDE_BEHIND_NAMES.fullmatch(text):
        return "note"
    return _classify_venue(draft, number, text)


def _classify_venue(draft: PaperDraft, number: int, text: str) -> _LineKind:
    words = strip_links(text).strip(" ,.|")
    if draft.body:
        return "text"
    lacks_venue = number == 0 and "date" in draft.headers and "venue" not in draft.headers
    if _THESIS.fullmatch(words) or (lacks_venue and _SHORT_VENUE.fullmatch(words)):
        return "venue"
    follows_names = number == 0 or bool(draft.authors.names)
    if follows_names and is_book(words):
        return "venue"
    return "venue" if _is_venue(words, follows_names) else "text"


def _is_venue(text: str, follows_names: bool) -> bool:
    """Tell whether a line says where a paper was published."""
    if text.startswith(("- ", "* ")) or len(text) > 400:
        return False
    if (match := first_italics(text)) and match.start() < 12:
        return True
    if not follows_names or len(text) > 200 or re.search(r"[a-z]\. [A-Z][a-z]+ [a-z]", text):
        return False
    return bool(extract_year(text)[0]) or has_volume_or_pages(text)


def _find_authors(draft: PaperDraft, number: int, text: str) -> tuple[AuthorList, str] | None:
    # A single name right below the title is its author's.
    alone = number < 2 and not draft.body and is_person_name(strip_markdown(text).rstrip("., "))
    return parse_author_list(text, alone, draft.owner_names)


def _parse_authors(draft: PaperDraft, number: int, text: str) -> str:
    """Take the authors that a line begins with, and awards after them; return the rest."""
    draft.authors, remaining = _find_authors(draft, number, text)
    _add_links(draft, remaining, "link")
    words = LINK_PATTERN.sub(" ", remaining)
    if len(words.split()) > 6:
        words = strip_links(remaining)
    for aside in re.findall(r"[(（][^()（）]{2,90}[)）]", words):
        if headers := match_honour(aside):
            draft.add_headers(headers)
            words = words.replace(aside, " ")
    return words


def _parse_venue(draft: PaperDraft, text: str) -> None:
    """Take the venue and its details; a badge with another venue was its short name."""
    words = strip_links(text).strip(" ,.|")
    thesis = _THESIS.fullmatch(words)
    headers = parse_publication_details(thesis["school"] if thesis else words)
    if thesis:
        headers["type"] = "thesis"
    if draft.headers.get("venue") and headers.get("venue", "") != draft.headers["venue"]:
        draft.headers["venue_short"] = draft.headers.pop("venue")
    if headers.get("date") and draft.headers.get("date", "")[:4] != headers["date"][:4]:
        draft.headers.pop("date", None)
    draft.add_headers(headers)


def _add_links(draft: PaperDraft, text: str, label: str) -> None:
    """Add the links of a text under a label, or under their words where the label is "link"."""
    for match in LINK_PATTERN.finditer(convert_html(text)):
        words = strip_markdown(match["text"])
        draft.add_link(words if label == "link" else label, match_url(match))
