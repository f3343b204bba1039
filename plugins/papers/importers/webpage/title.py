"""The title of a paper in the words of a page, and the badges before it."""

import re
from collections.abc import Callable

from ..common import LINK_PATTERN, is_link_label, match_url
from .authors import AuthorList, is_inverted_name, is_person_name, parse_author_list
from .draft import PaperDraft, strip_links, strip_markdown
from .venue import extract_year, first_italics, match_honour, parse_badge

_BADGE = re.compile(
    r"\s*(?:\*\*)?(?:[\[【]\s*(?P<square>[^][]{1,120}?)\s*[\]】](?![(\[:])"
    r"|(?P<ticks>`{1,2})\s*(?P<code>[^`\n]{1,60}?)\s*(?P=ticks)"
    r"|[(（](?P<round>[^()（）]{2,60})[)）])(?:\*\*)?[ \t]*[:：,|–-]?\s*"
)
# The number of a paper: "**1.** ", "**[J2]** ".
_BOLD_NUMBER = re.compile(r"^\s*\*\*\s*[\[(]?[A-Z]{0,2}\d{1,3}[\])]?[.):]?\s*\*\*[.):]?\s+")
_BOLD_VENUE = re.compile(
    r"\s*\*\*(?P<venue>[A-Z][\w/&.:' -]{1,30}?['’ ]?\d{2,4})\*\*[ \t]*[:：,|–-]?\s*"
)
_BADGE_GROUPS = ("square", "code", "round", "venue")
_YEAR = re.compile(r"\s*(?P<year>(?:19|20)\d\d)[.:]\s+(?=\D)")
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,3}")
_STAGE_BEHIND_TITLE = re.compile(
    r"(?P<title>.{8,}?)\s*[(（\[]"
    r"(?P<stage>(?:accepted|to appear|appeared|published)\b[^()]{2,80})[)）\]]",
    re.IGNORECASE,
)
# A venue that only a comma separates from the title before it.
_VENUE_BEHIND_TITLE = re.compile(
    r",\s+(?=(?:in\s+)?(?:the\s+)?(?:\w+(?:st|nd|rd|th)?\s+){0,2}(?:international|proceedings|proc\.|"
    r"conference|workshop|symposium|journal|transactions|ieee|acm|springer|advances in)\b)",
    re.IGNORECASE,
)
_YEAR_BEHIND_NAMES = re.compile(
    r"[\s.,:]*(?:[(（]\s*(?:(?P<year>(?:19|20)\d\d)(?:[a-z]|\+)?(?:, [^()]{3,20})?|"
    r"(?P<stage>in press|forthcoming|to appear|accepted|submitted|under review|n\.d\.))\s*[)）]"
    r"|(?P<bare>(?:19|20)\d\d)[a-z]?(?=[\s.,:]))(?:[\s.,:]+|$)",
    re.IGNORECASE,
)
# A single name before a title with punctuation: "Ada Lovelace. **Notes on Engines**".
_NAME_BEFORE_TITLE = re.compile(
    r"(?P<name>(?:[A-Z]\.[ -]?){0,3}[^.,:(*“\"«\[]{3,45}?(?: [A-Z]\.)?)[.,:]?\s*(?=[(*_“\"«\[]|$)"
)
# An address that is a paper's, and no person's.
_PAPER_URL = re.compile(r"//(?:arxiv|doi|dx\.doi|openreview)\.(?:org|net)/", re.IGNORECASE)
_BOLD = re.compile(r"\s*\*\*(?P<text>[^*\n]{4,400}?)\*\*")
_ITALIC = re.compile(r"\s*(?:\*(?P<star>[^*\n]{8,400}?)\*|_(?P<line>[^_\n]{8,400}?)_)(?!\w)")
_QUOTED = re.compile(r"[“\"«「]\s*(?P<text>[^“”\"«»「」\n]{8,400}?)[.,]?\s*[”\"»」]")
# The title of a chapter, which may be one word, before the editors of its book.
_CHAPTER = re.compile(r"\s*([^.*_]{3,200}?)[.?!]\s+(?=In:?\s+[^()*_]{3,200}\((?:Eds?|Hrsg)\.?\))")
_SENTENCE = re.compile(
    r"\s*(?:\*\*|\*|_)?((?:[\u3400-\u9fff]{6,7}|.{8,300}?)[?!]?)(?:\*\*|\*|_)?"
    r"(?:(?<!\bvs)(?<!\bSt)(?<!\bDr)(?<!\bNo)[.?!](?=\s)\s*|$|(?<=\*)\s)"
)


def extract_title(draft: PaperDraft, lines: list[str]) -> list[str]:
    """Take badges and the title off the first lines; return the remaining ones.

    The draft has no title afterwards where the lines have none.
    """
    lines = _extract_badges(draft, lines)
    remaining: list[str] = []
    if lines:
        results = (strategy(draft, lines[0], lines[1:]) for strategy in _STRATEGIES)
        remaining = next((result for result in results if result is not None), [])
    if match := _STAGE_BEHIND_TITLE.fullmatch(draft.headers.get("title", "")):
        draft.headers["title"] = match["title"]
        draft.add_headers(parse_badge(match["stage"]))
    return remaining


def _extract_badges(draft: PaperDraft, lines: list[str]) -> list[str]:
    """Take a year and badges off the beginning of the first lines that hold words."""
    start = (n for n, line in enumerate(lines) if re.search(r"\w", line))
    lines = lines[next(start, len(lines)) :]
    while lines:
        first = _BOLD_NUMBER.sub("", lines[0])
        if year := _YEAR.match(first):
            draft.add_headers({"date": year["year"]})
            first = first[year.end() :]
        while match := _BADGE.match(first) or _BOLD_VENUE.match(first):
            _add_badge(draft, next(filter(None, map(match.groupdict().get, _BADGE_GROUPS))))
            first = first[match.end() :]
        lines = [first, *lines[1:]]
        labels = [*LINK_PATTERN.finditer(first)]
        are_labels = labels and all(is_link_label(link["text"]) for link in labels)
        if re.search(r"\w", LINK_PATTERN.sub("", first) if are_labels else first):
            break
        for link in labels:
            draft.add_link(link["text"], match_url(link))
        lines = lines[1:]
    return lines


def _add_badge(draft: PaperDraft, words: str) -> None:
    if _NUMBER.fullmatch(words):
        return
    headers = parse_badge(words)
    if headers.keys() == {"venue"} and "venue" in draft.headers:
        draft.topics.append(strip_markdown(words))
    draft.add_headers(headers)


# Each strategy is for one way to write a title. It takes the title off the first line, or off the
# second, and returns the remaining lines; None for a title that is written in another way.


def _title_in_link(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    first = first.lstrip()
    link = LINK_PATTERN.match(first)
    if not link or is_link_label(link["text"]):
        return None
    if not (_is_long(link["text"]) or _links_to_paper(link, first[link.end() :])):
        return None
    _set_title(draft, link[0])
    return [first[link.end() :], *following]


def _links_to_paper(link: re.Match, behind: str) -> bool:
    """Tell whether a link of two words, which could be a name, is a title before authors."""
    is_paper = " " in link["text"].strip() and _PAPER_URL.search(match_url(link))
    return bool(is_paper and parse_author_list(behind))


def _title_in_bold(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    bold = _BOLD.match(first)
    if not bold or not _is_long(bold["text"]):
        return None
    words = strip_markdown(bold["text"])
    if words in draft.owner_names or is_inverted_name(words):
        return None
    _set_title(draft, bold["text"])
    return [first[bold.end() :], *following]


def _title_in_quotes(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    quoted = _QUOTED.search(first)
    if not quoted:
        return None
    # The quote tells where inverted names end.
    before = first[: quoted.start()]
    authors = parse_author_list(before) or parse_author_list(first[: quoted.start() + 1])
    authors = authors or _parse_single_author(before)
    # Behind names, two words are a title.
    if not (_is_long(quoted["text"]) or (authors and " " in quoted["text"].strip())):
        return None
    _set_title(draft, quoted["text"])
    if authors:
        draft.authors = authors[0]
        draft.add_headers({"date": extract_year(authors[1])[0]})
    return [first[quoted.end() :].lstrip(" .,"), *following]


def _title_behind_names(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    authors = parse_author_list(first)
    authors = authors or _parse_single_author(first)
    if not authors:
        return None
    if not re.search(r"\w", authors[1]) and len(authors[0].names) == 1 and _are_names(following):
        # Two words in bold above the names are a title.
        return None
    draft.authors, words = authors
    if year := _YEAR_BEHIND_NAMES.match(words):
        _add_year(draft, year)
        words = words[year.end() :]
    words = words.lstrip(" .,:")
    if not re.search(r"\w", words):
        if not following:
            return []
        words, following = following[0], following[1:]
    labels = (link for link in LINK_PATTERN.finditer(words) if is_link_label(link["text"]))
    if label := next(labels, None):
        following = [words[label.start() :], *following]
        words = words[: label.start()].rstrip(" [")
    for pattern in (_BOLD, _ITALIC, _QUOTED, LINK_PATTERN):
        if match := pattern.match(words):
            title = next(filter(None, match.groupdict().values()), "").rstrip(".,")
            if _is_long(title):
                _set_title(draft, match[0])
                draft.headers["title"] = strip_markdown(title)
                return [words[match.end() :].lstrip(" .,"), *following]
    return _title_in_sentence(draft, words, following)


def _parse_single_author(text: str) -> tuple[AuthorList, str] | None:
    """Return the one name before a title that has marks around it, and what follows."""
    name = _NAME_BEFORE_TITLE.match(text)
    if not name or not is_person_name(name["name"]):
        return None
    return parse_author_list(name["name"], sure=True)[0], text[name.end() :]


def _add_year(draft: PaperDraft, match: re.Match) -> None:
    if match["stage"]:
        draft.add_headers(parse_badge(match["stage"]))
    else:
        draft.add_headers({"date": match["year"] or match["bare"]})


def _title_in_sentence(draft: PaperDraft, words: str, following: list[str]) -> list[str]:
    """Take the sentence that follows the names, up to a venue after a comma."""
    chapter = _CHAPTER.match(words)
    sentence = chapter or _SENTENCE.match(words)
    # Between the year and a venue in italics, two words are a title.
    is_between = "date" in draft.headers and sentence and _ITALIC.match(words, sentence.end())
    is_title = is_between and " " in sentence[1].strip()
    if sentence is None or not (chapter or is_title or _is_long(sentence[1])):
        return []
    title, behind = sentence[1], words[sentence.end() :]
    _set_title(draft, title)
    if extract_year(title)[0] and not behind.strip():
        if venue := _VENUE_BEHIND_TITLE.search(title):
            title, behind = title[: venue.start()], title[venue.end() :]
    draft.headers["title"] = strip_markdown(title).rstrip(".,")
    return [behind, *following]


def _title_in_italics(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    italic = _ITALIC.match(first)
    if not italic or not _is_long(words := italic["star"] or italic["line"]):
        return None
    draft.headers["title"] = strip_markdown(words)
    return [first[italic.end() :], *following]


def _title_in_link_behind_words(
    draft: PaperDraft, first: str, following: list[str]
) -> list[str] | None:
    """Take a link after a few words: one name, an award or a badge."""
    link = _find_title_link(first, following)
    words = strip_markdown(first[: link.start()]).strip(" |,:") if link else ""
    if not 0 < len(words) < 40:
        return None
    if is_person_name(words.rstrip(".")):
        draft.authors.names = [words.rstrip(".")]
    else:
        draft.add_headers(match_honour(words) or parse_badge(words))
    _set_title(draft, link[0])
    return [first[link.end() :], *following]


def _title_before_names(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    """Take what stands before the names, where only a comma or a full stop ends it."""
    if _begins_with_names(following):
        return None
    for char in list(re.finditer(r"[,.，。]\s*(?=\S)", first))[:20]:
        if _is_long(first[: char.start()]) and (authors := parse_author_list(first[char.end() :])):
            if len(authors[0].names) > 1:
                title = strip_markdown(strip_links(first[: char.end()]))
                draft.headers["title"] = title.rstrip(".,")
                return [first[char.end() :], *following]
    return None


def _title_in_inner_link(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    link = _find_title_link(first, following)
    if not link or _begins_with_names(following):
        return None
    _set_title(draft, link[0])
    return [first[: link.start()] + first[link.end() :], *following]


def _title_alone(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    """Take a line without markup, where names or a venue in italics follow in the next."""
    if not _begins_with_names(following) and not first_italics(next(iter(following), "")):
        return None
    title = strip_markdown(strip_links(first))
    if not _find_title_link(first, following):
        words = strip_markdown(LINK_PATTERN.sub("", first)).rstrip("[] ")
        title = words if _is_long(words) else title
    draft.headers["title"] = title.rstrip(".")
    return [" ".join(match[0] for match in LINK_PATTERN.finditer(first)), *following]


def _title_before_sentence(draft: PaperDraft, first: str, following: list[str]) -> list[str] | None:
    sentence = re.match(r"(.{15,300}?)\.\s+(\S.*)", first)
    if not sentence or not parse_author_list(sentence[2]):
        return None
    draft.headers["title"] = strip_markdown(sentence[1])
    return [sentence[2], *following]


_STRATEGIES: tuple[Callable[[PaperDraft, str, list[str]], list[str] | None], ...] = (
    _title_in_link,
    _title_in_bold,
    _title_in_quotes,
    _title_behind_names,
    _title_in_italics,
    _title_in_link_behind_words,
    _title_before_names,
    _title_in_inner_link,
    _title_alone,
    _title_before_sentence,
)


def _find_title_link(first: str, following: list[str]) -> re.Match | None:
    """Return the first link that is long enough for a title.

    Before a line of names it may be one word at the end of its line.
    """
    links = list(LINK_PATTERN.finditer(first))
    for link in links:
        if _is_long(link["text"]) and not is_link_label(link["text"]):
            return link
    if links and _begins_with_names(following):
        last = links[-1]
        if not is_link_label(last["text"]) and not first[last.end() :].strip():
            return last
    return None


def _begins_with_names(lines: list[str]) -> bool:
    return bool(lines) and parse_author_list(lines[0]) is not None


def _are_names(lines: list[str]) -> bool:
    """Tell whether the first of some lines holds names, and nothing else."""
    authors = parse_author_list(lines[0]) if lines else None
    return authors is not None and not re.search(r"\w", authors[1])


def _set_title(draft: PaperDraft, text: str) -> None:
    """Set the title to the words of a text, and add the links in it."""
    draft.headers["title"] = strip_markdown(text).rstrip(".,")
    for link in LINK_PATTERN.finditer(text):
        if not is_link_label(link["text"]):
            draft.add_link("paper", match_url(link))


def _is_long(text: str) -> bool:
    """Tell whether a text has words enough for a title."""
    words = strip_markdown(text)
    cjk = len(re.findall("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", words))
    return len(words.split()) >= 3 or cjk >= 6 or (len(words) > 14 and ":" in words)
