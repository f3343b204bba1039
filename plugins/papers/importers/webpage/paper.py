"""One paper as a page's words tell it: title, authors, place and time, links, and a text."""

import re
from html import unescape

from ...content import normalize_keys, parse_bibtex
from ...util import Tag, replace_tags, strip_tags
from ..common import (
    BADGE_URL,
    IMAGE_PATTERN,
    LINK_PATTERN,
    badge_label,
    escape_link_target,
    html_to_markdown,
    is_link_label,
    match_url,
)
from .authors import AuthorList, is_inverted_name, is_person_name, parse_author_list
from .draft import (
    PaperBlock,
    PaperDraft,
    join_author_lines,
    link_bare_urls,
    strip_links,
    strip_markdown,
)
from .venue import (
    extract_year,
    first_italics,
    has_volume_or_pages,
    match_honour,
    parse_badge,
    parse_publication_details,
)

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


def extract_title(draft: PaperDraft, lines: list[str], names: frozenset[str]) -> list[str] | None:
    """Take badges and the title off the first lines; return what is left, None without title."""
    rest = _read(draft, lines, names)
    if match := _APPEARED.fullmatch(draft.headers.get("title", "")):
        draft.headers["title"] = match["title"]
        draft.add(parse_badge(match["place"]))
    return rest


def _read(draft: PaperDraft, lines: list[str], names: frozenset[str]) -> list[str] | None:
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
                told = parse_badge(words)
                if told.keys() == {"venue"} and "venue" in draft.headers:
                    draft.topics.append(strip_markdown(words))
                draft.add(told)
            first = first[match.end() :]
        if re.search(r"\w", first):
            break
        lines = lines[1:]
    if not lines:
        return None
    rest = lines[1:]
    link = LINK_PATTERN.match(first.lstrip())
    bold, italic = _BOLD.match(first), _ITALIC.match(first)
    following = next(iter(rest), "")
    if link and _long(link["text"]) and not is_link_label(link["text"]):
        _name(draft, link[0])
        return [first.lstrip()[link.end() :], *rest]
    name = bold and (
        strip_markdown(bold["text"]) in names or is_inverted_name(strip_markdown(bold["text"]))
    )
    if bold and _long(bold["text"]) and not name:
        _name(draft, bold["text"])
        return [first[bold.end() :], *rest]
    if (quoted := _QUOTED.search(first)) and (_long(quoted["text"])):
        _name(draft, quoted["text"])
        if before := parse_author_list(first[: quoted.start()]):
            draft.people = before[0]
            draft.add({"date": extract_year(before[1])[0]})
        return [first[quoted.end() :].lstrip(" .,"), *rest]
    if before := parse_author_list(first):
        return _after_names(draft, before, rest)
    if italic and _long(italic["star"] or italic["line"]):
        draft.headers["title"] = strip_markdown(italic["star"] or italic["line"])
        return [first[italic.end() :], *rest]
    inner = next((one for one in LINK_PATTERN.finditer(first) if _long(one["text"])
                  and not is_link_label(one["text"])), None)  # fmt: skip
    bare = strip_markdown(strip_links(first))
    if (
        not inner
        and (alone := strip_markdown(LINK_PATTERN.sub("", first)).rstrip("[] "))
        and _long(alone)
    ):
        bare = alone
    last = list(LINK_PATTERN.finditer(first))[-1:] if parse_author_list(following) else []
    if (
        not inner
        and last
        and not is_link_label(last[0]["text"])
        and not first[last[0].end() :].strip()
    ):
        # A title of one word, which names follow.
        inner = last[0]
    if inner and 0 < len(before := strip_markdown(first[: inner.start()]).strip(" |,:")) < 40:
        if is_person_name(before.rstrip(".")):
            draft.people.names = [before.rstrip(".")]
        else:
            draft.add(match_honour(before) or parse_badge(before))
        first = first[inner.start() :]
        inner = LINK_PATTERN.match(first)
        _name(draft, inner[0])
        return [first[inner.end() :], *rest]
    if (found := _before_names(first)) and not parse_author_list(following):
        draft.headers["title"] = strip_markdown(strip_links(first[:found])).rstrip(".,")
        return [first[found:], *rest]
    if inner and not parse_author_list(following):
        _name(draft, inner[0])
        return [first[: inner.start()] + first[inner.end() :], *rest]
    if parse_author_list(following) or first_italics(following):
        draft.headers["title"] = bare.rstrip(".")
        return [" ".join(match[0] for match in LINK_PATTERN.finditer(first)), *rest]
    sentence = re.match(r"(.{15,300}?)\.\s+(\S.*)", first)
    if sentence and parse_author_list(sentence[2]):
        draft.headers["title"] = strip_markdown(sentence[1])
        return [sentence[2], *rest]
    return None


def _name(draft: PaperDraft, text: str) -> None:
    """Take a title, and what it leads to."""
    draft.headers["title"] = strip_markdown(text).rstrip(".,")
    for link in LINK_PATTERN.finditer(text):
        if not is_link_label(link["text"]):
            draft.link("paper", match_url(link))


def _before_names(text: str) -> int:
    """Return where names begin behind a title that only a comma or a full stop ends, or 0."""
    for sign in list(re.finditer(r"[,.，。]\s*(?=\S)", text))[:20]:
        if _long(text[: sign.start()]) and (found := parse_author_list(text[sign.end() :])):
            if len(found[0].names) > 1:
                return sign.end()
    return 0


def _after_names(
    draft: PaperDraft, found: tuple[AuthorList, str], rest: list[str]
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
    links = (link for link in LINK_PATTERN.finditer(words) if is_link_label(link["text"]))
    if link := next(links, None):
        words, rest = words[: link.start()].rstrip(" ["), [words[link.start() :], *rest]
    for form in (_BOLD, _ITALIC, _QUOTED, LINK_PATTERN):
        if (sign := form.match(words)) and _long(
            title := next(filter(None, sign.groupdict().values())).rstrip(".,")
        ):  # fmt: skip
            _name(draft, sign[0])
            draft.headers["title"] = strip_markdown(title)
            return [words[sign.end() :].lstrip(" .,"), *rest]
    after = re.match(
        r"\s*(?:\*\*|\*|_)?(.{8,300}?[?!]?)(?:\*\*|\*|_)?(?:[.?!](?=\s)\s*|$|(?<=\*)\s)", words
    )
    if after is None or not _long(after[1]):
        return None
    _name(draft, after[1])
    title, behind = after[1], words[after.end() :]
    if extract_year(title)[0] and not behind.strip() and (venue := _VENUE.search(title)):
        title, behind = title[: venue.start()], title[venue.end() :]
    draft.headers["title"] = strip_markdown(title).rstrip(".,")
    return [behind, *rest]


def _long(words: str) -> bool:
    """Tell whether words are enough for a title."""
    bare = strip_markdown(words)
    cjk = len(re.findall("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", bare))
    return len(bare.split()) >= 3 or cjk >= 6 or (len(bare) > 14 and ":" in bare)


_BIBTEX = re.compile(
    r"<(details|pre)\b[^<>]{0,300}>(?:(?!</?\1\b).){0,2000}?@[A-Za-z]{3,20}\s?\{(?:(?!</?\1\b).){0,8000}</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
# What an entry can say beside the words of a page.
_CITED = "date venue volume issue pages publisher doi arxiv".split()
_KEY = re.compile(r"(?!\d+$)[\w:.+/-]{1,100}")
_SHOWN = "\ue002"
_LEADS = re.compile(
    rf"<a\b[^<>]{{0,500}}>\s*{_SHOWN}\s*</a>|\[\s*{_SHOWN}\s*\]\([^()\s]{{0,500}}\)", re.I
)
_FOLDS = re.compile(r"<(/?)(?:details|summary)\b[^<>]{0,300}>", re.IGNORECASE)
_THESIS = re.compile(
    r"\W*(?:ph\.?\s?d\.?|master(?:['’]s)?|m\.?sc\.?|bachelor(?:['’]s)?|doctoral|diploma)\s+"
    r"(?:thesis|dissertation)\b[*_\s,.:-]*(?P<school>.*)", re.IGNORECASE
)  # fmt: skip
# A venue whose year stands elsewhere.
_SHORT = re.compile(r"(?!.*\b(?:we|our|is|are)\b)[A-Z][^\s.]*(?: [^\s.]+){0,7}", re.IGNORECASE)
_SEPARATORS = re.compile(r"\\?\||[\[\](){}<>/·•,，;；:：]|\s|\\|\*|_|&nbsp;|[-–—.]|[^\w\s]")


def parse_paper(piece: PaperBlock, names: frozenset[str] = frozenset()) -> PaperDraft | None:
    """Return the paper that a piece of a page tells of, or None.

    `names` are those of the owner, whom bold words may name.
    """
    draft = PaperDraft()
    text = _BIBTEX.sub(lambda match: _cited(draft, match), piece.text)
    text = _pictures(draft, _FOLDS.sub(lambda match: f"<{match[1]}div>", text))
    known = {key: _pictures(draft, value) for key, value in piece.known.items()}
    rows = join_author_lines(html_to_markdown(text))
    if "title" in known:
        _linked(draft, known["title"], "paper")
        draft.headers["title"] = strip_markdown(html_to_markdown(known["title"]))
    for key in ("venue", "date", "award"):
        if key in known:
            words = html_to_markdown(known[key]).strip()
            bare = strip_markdown(LINK_PATTERN.sub(r"\g<text>", words))
            _linked(draft, known[key], "link")
            long = len(bare) > 40 or has_volume_or_pages(bare)
            draft.add(parse_publication_details(strip_links(words)) if long else parse_badge(bare))
    if "authors" in known:
        found = parse_author_list(" ".join(html_to_markdown(known["authors"]).split()), sure=True)
        if found:
            draft.people = found[0]
            rows = [found[1], *rows] if re.search(r"\w", found[1]) else rows
        else:
            rows.insert(0, html_to_markdown(known["authors"]).strip())
    if not draft.headers.get("title"):
        rows = extract_title(draft, rows, names)
        if rows is None:
            return None
    _rest(draft, rows, names)
    draft.add(draft.cited)
    if "abstract" in known:
        draft.body.insert(0, known["abstract"].strip())
    told = draft.people.names or draft.headers.keys() & {"venue", "type", "date"} or draft.links
    return draft if draft.headers.get("title") and told else None


def _cited(draft: PaperDraft, match: re.Match) -> str:
    """Take what an entry of BibTeX says that is shown with a paper."""
    text = unescape(strip_tags(match[0]))
    for header in parse_bibtex("", text[text.index("@") :].encode())[1:2]:
        normalize_keys(header)
        draft.cited = {key: value for key in _CITED if (value := header.get(key))}
        draft.cited["key"] = (
            header.citation_key if _KEY.fullmatch(header.citation_key or "") else ""
        )
    return "" if draft.cited else match[0]


def _pictures(draft: PaperDraft, text: str) -> str:
    """Take the first picture of a text for the paper's; badges leave their words."""

    def shown(address: str, words: str) -> str:
        if BADGE_URL.match(address):
            return badge_label(address, words)
        if draft.picture is None and address:
            draft.picture = address, words
            return _SHOWN
        return f"![{words}]({escape_link_target(address)})" if address else ""

    def element(tag: Tag) -> str | None:
        if tag.name != "img":
            return None
        return shown(tag.attributes.get("src", ""), tag.attributes.get("alt", ""))

    text = IMAGE_PATTERN.sub(lambda match: shown(match_url(match), match["text"]), text)
    text = replace_tags(text, element)
    # A picture that leads to itself is no link.
    return _LEADS.sub("", text).replace(_SHOWN, "")


def _rest(draft: PaperDraft, lines: list[str], names: frozenset[str]) -> None:
    """Read what stands behind the title, line by line."""
    placed = False
    pictures = [row for row in lines if IMAGE_PATTERN.fullmatch(row)]
    for n, raw in enumerate(row for row in lines if row not in pictures):
        line = raw if draft.body else link_bare_urls(raw)
        bare = strip_links(line)
        # One name alone below a title is its author's.
        alone = n < 2 and not draft.body and is_person_name(strip_markdown(raw).rstrip("., "))
        words = [word for word in re.split(r"\s+", _SEPARATORS.sub(" ", bare)) if word]
        left = re.sub(r"^\s*[-*+]\s", "", LINK_PATTERN.sub(" ", line))
        if not words or not re.search(r"\w", left) or is_link_label(left.strip(" /|[]")):
            _linked(draft, line, "link")
            continue
        if not draft.people.names and (found := parse_author_list(line, alone, names)):
            draft.people, line = found
            bare = LINK_PATTERN.sub(" ", line)
            if len(bare.split()) > 6:
                bare = strip_links(line)
            _linked(draft, line, "link")
            for piece in re.findall(r"[(（][^()（）]{2,90}[)）]", bare):
                if told := match_honour(piece):
                    draft.add(told)
                    bare = bare.replace(piece, " ")
            line = bare
            if not re.search(r"\w", bare):
                continue
            if aside := re.fullmatch(r"[\s|*_,;.]*[(（]([^()（）]{3,80})[)）][\s|*_,;.]*", bare):
                draft.add({"note": strip_markdown(aside[1])})
                continue
        elif aside := re.fullmatch(r"[\s*_]*[(（\[]([^()（）]{2,80})[)）\]][\s*_.,]*", bare):
            draft.add(match_honour(aside[1]) or parse_badge(aside[1]))
            _linked(draft, line, "link")
            continue
        elif told := match_honour(bare):
            draft.add(told)
            _linked(draft, line, "link")
            continue
        bare = strip_links(line).strip(" ,.|")
        thesis = _THESIS.fullmatch(bare)
        after = n == 0 or bool(draft.people.names)
        short = n == 0 and "date" in draft.headers and "venue" not in draft.headers
        short = short and _SHORT.fullmatch(bare) is not None
        if not draft.body and not placed and (thesis or short or _is_place(bare, after)):
            told = parse_publication_details(thesis["school"] if thesis else bare)
            told |= {"type": "thesis"} if thesis else {}
            if draft.headers.get("venue") and told.get("venue", "") != draft.headers["venue"]:
                draft.headers["venue_short"] = draft.headers.pop("venue")
            if draft.headers.get("date", "")[:4] != told.get("date", "")[:4] and told.get("date"):
                draft.headers.pop("date", None)
            draft.add(told)
            _linked(draft, line, "link")
            placed = True
        else:
            draft.body.append(line if draft.people.names and line != link_bare_urls(raw) else raw)
    draft.body += pictures


def _is_place(text: str, after_names: bool) -> bool:
    """Tell whether a line says where a paper was published."""
    if text.startswith(("- ", "* ")) or len(text) > 400:
        return False
    if (match := first_italics(text)) and match.start() < 12:
        return True
    if not after_names or len(text) > 200 or re.search(r"[a-z]\. [A-Z][a-z]+ [a-z]", text):
        return False
    return bool(extract_year(text)[0]) or has_volume_or_pages(text)


def _linked(draft: PaperDraft, text: str, label: str) -> None:
    """Take the links of a text."""
    for match in LINK_PATTERN.finditer(html_to_markdown(text)):
        words = strip_markdown(match["text"])
        draft.link(words if label == "link" else label, match_url(match))
