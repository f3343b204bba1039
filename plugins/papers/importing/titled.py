"""The title of a paper in the words of a page, with what stands before it."""

import re

from . import persons, places
from .draft import Draft, plain, unlinked
from .nearby import LINK, address_of, is_label

_BADGE = re.compile(
    r"\s*(?:\*\*)?(?:[\[【]\s*(?P<square>[^][]{1,120}?)\s*[\]】](?![(\[:])"
    r"|(?P<ticks>`{1,2})\s*(?P<code>[^`\n]{1,60}?)\s*(?P=ticks)"
    r"|[(（](?P<round>[^()（）]{2,60})[)）])(?:\*\*)?[ \t]*[:：,|–-]?\s*"
)
_BOLD_VENUE = re.compile(
    r"\s*\*\*(?P<words>[A-Z][\w/&.:' -]{1,30}?['’ ]?\d{2,4})\*\*[ \t]*[:：,|–-]?\s*"
)
_YEAR = re.compile(r"\s*(?P<year>(?:19|20)\d\d)[.:]\s+(?=\D)")
_APPEARED = re.compile(
    r"(?P<title>.{8,}?)\s*[(（\[]"
    r"(?P<place>(?:accepted|to appear|appeared|published)\b[^()]{2,80})[)）\]]",
    re.IGNORECASE,
)
# Where a venue begins that only a comma parts from the title before it.
_VENUE = re.compile(
    r",\s+(?=(?:in\s+)?(?:the\s+)?(?:\w+(?:st|nd|rd|th)?\s+){0,2}(?:international|proceedings|proc\.|"
    r"conference|workshop|symposium|journal|transactions|ieee|acm|springer|advances in)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,3}")
_BOLD = re.compile(r"\s*\*\*(?P<text>[^*\n]{4,400}?)\*\*")
_ITALIC = re.compile(r"\s*(?:\*(?P<star>[^*\n]{8,400}?)\*|_(?P<line>[^_\n]{8,400}?)_)(?!\w)")
_QUOTED = re.compile(r"[“\"«「]\s*(?P<text>[^“”\"«»「」\n]{8,400}?)[.,]?\s*[”\"»」]")


def read(draft: Draft, lines: list[str], names: frozenset[str]) -> list[str] | None:
    """Take badges and the title off the first lines; return what is left, None without title."""
    rest = _read(draft, lines, names)
    if match := _APPEARED.fullmatch(draft.headers.get("title", "")):
        draft.headers["title"] = match["title"]
        draft.add(places.tag(match["place"]))
    return rest


def _read(draft: Draft, lines: list[str], names: frozenset[str]) -> list[str] | None:
    start = (n for n, row in enumerate(lines) if re.search(r"\w", row))
    lines = lines[next(start, len(lines)) :]
    while lines:
        first = lines[0]
        if year := _YEAR.match(first):
            draft.add({"date": year["year"]})
            first = first[year.end() :]
        while match := _BADGE.match(first) or _BOLD_VENUE.match(first):
            told = match.groupdict()
            words = next(
                filter(None, (told.get(key) for key in ("square", "code", "round", "words")))
            )
            if not _NUMBER.fullmatch(words):
                told = places.tag(words)
                if told.keys() == {"venue"} and "venue" in draft.headers:
                    draft.topics.append(plain(words))
                draft.add(told)
            first = first[match.end() :]
        if re.search(r"\w", first):
            break
        lines = lines[1:]
    if not lines:
        return None
    rest = lines[1:]
    link = LINK.match(first.lstrip())
    bold, italic = _BOLD.match(first), _ITALIC.match(first)
    following = next(iter(rest), "")
    if link and _long(link["text"]) and not is_label(link["text"]):
        _name(draft, link[0])
        return [first.lstrip()[link.end() :], *rest]
    name = bold and (plain(bold["text"]) in names or persons.is_inverted(plain(bold["text"])))
    if bold and _long(bold["text"]) and not name:
        _name(draft, bold["text"])
        return [first[bold.end() :], *rest]
    if (quoted := _QUOTED.search(first)) and (_long(quoted["text"])):
        _name(draft, quoted["text"])
        if before := persons.read(first[: quoted.start()]):
            draft.people = before[0]
            draft.add({"date": places.year_of(before[1])[0]})
        return [first[quoted.end() :].lstrip(" .,"), *rest]
    if before := persons.read(first):
        return _after_names(draft, before, rest)
    if italic and _long(italic["star"] or italic["line"]):
        draft.headers["title"] = plain(italic["star"] or italic["line"])
        return [first[italic.end() :], *rest]
    inner = next((one for one in LINK.finditer(first) if _long(one["text"])
                  and not is_label(one["text"])), None)  # fmt: skip
    bare = plain(unlinked(first))
    if not inner and (alone := plain(LINK.sub("", first)).rstrip("[] ")) and _long(alone):
        bare = alone
    last = list(LINK.finditer(first))[-1:] if persons.read(following) else []
    if not inner and last and not is_label(last[0]["text"]) and not first[last[0].end() :].strip():
        # A title of one word, which names follow.
        inner = last[0]
    if inner and 0 < len(before := plain(first[: inner.start()]).strip(" |,:")) < 40:
        if persons.is_name(before.rstrip(".")):
            draft.people.names = [before.rstrip(".")]
        else:
            draft.add(places.is_award(before) or places.tag(before))
        first = first[inner.start() :]
        inner = LINK.match(first)
        _name(draft, inner[0])
        return [first[inner.end() :], *rest]
    if (found := _before_names(first)) and not persons.read(following):
        draft.headers["title"] = plain(unlinked(first[:found])).rstrip(".,")
        return [first[found:], *rest]
    if inner and not persons.read(following):
        _name(draft, inner[0])
        return [first[: inner.start()] + first[inner.end() :], *rest]
    if persons.read(following) or places.emphasised(following):
        draft.headers["title"] = bare.rstrip(".")
        return [" ".join(match[0] for match in LINK.finditer(first)), *rest]
    sentence = re.match(r"(.{15,300}?)\.\s+(\S.*)", first)
    if sentence and persons.read(sentence[2]):
        draft.headers["title"] = plain(sentence[1])
        return [sentence[2], *rest]
    return None


def _name(draft: Draft, text: str) -> None:
    """Take a title, and what it leads to."""
    draft.headers["title"] = plain(text).rstrip(".,")
    for link in LINK.finditer(text):
        if not is_label(link["text"]):
            draft.link("paper", address_of(link))


def _before_names(text: str) -> int:
    """Return where names begin behind a title that only a comma or a full stop ends, or 0."""
    for sign in list(re.finditer(r"[,.，。]\s*(?=\S)", text))[:20]:
        if _long(text[: sign.start()]) and (found := persons.read(text[sign.end() :])):
            if len(found[0].names) > 1:
                return sign.end()
    return 0


def _after_names(
    draft: Draft, found: tuple[persons.People, str], rest: list[str]
) -> list[str] | None:
    """Take the title of a citation that begins with its authors."""
    draft.people, words = found
    year = re.match(r"[\s.,:]*[(（]?\s*((?:19|20)\d\d)[a-z]?\s*[)）]?[\s.,:]+", words)
    if year:
        draft.add({"date": year[1]})
        words = words[year.end() :]
    words = words.lstrip(" .,:")
    if not re.search(r"\w", words):
        if not rest:
            return None
        words, rest = rest[0], rest[1:]
    links = (link for link in LINK.finditer(words) if is_label(link["text"]))
    if link := next(links, None):
        words, rest = words[: link.start()].rstrip(" ["), [words[link.start() :], *rest]
    for form in (_BOLD, _ITALIC, _QUOTED, LINK):
        if (sign := form.match(words)) and _long(
            title := next(filter(None, sign.groupdict().values())).rstrip(".,")
        ):  # fmt: skip
            _name(draft, sign[0])
            draft.headers["title"] = plain(title)
            return [words[sign.end() :].lstrip(" .,"), *rest]
    after = re.match(
        r"\s*(?:\*\*|\*|_)?(.{8,300}?[?!]?)(?:\*\*|\*|_)?(?:[.?!](?=\s)\s*|$|(?<=\*)\s)", words
    )
    if after is None or not _long(after[1]):
        return None
    _name(draft, after[1])
    title, behind = after[1], words[after.end() :]
    if places.year_of(title)[0] and not behind.strip() and (venue := _VENUE.search(title)):
        title, behind = title[: venue.start()], title[venue.end() :]
    draft.headers["title"] = plain(title).rstrip(".,")
    return [behind, *rest]


def _long(words: str) -> bool:
    """Tell whether words are enough for a title."""
    bare = plain(words)
    cjk = len(re.findall("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", bare))
    return len(bare.split()) >= 3 or cjk >= 6 or (len(bare) > 14 and ":" in bare)
