"""One paper as a page's words tell it: title, authors, place and time, links, and a text."""

import re
from html import unescape

from .. import bibtex
from ..record import name_as_paper
from . import flat, persons, places, titled
from .draft import Draft, Piece, addressed, lines, plain, unlinked
from .nearby import BADGE, LINK, PICTURE, address_of, badge_label, is_label

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


def read(piece: Piece, names: frozenset[str] = frozenset()) -> Draft | None:
    """Return the paper that a piece of a page tells of, or None.

    `names` are those of the owner, whom bold words may name.
    """
    draft = Draft()
    text = _BIBTEX.sub(lambda match: _cited(draft, match), piece.text)
    text = _pictures(draft, _FOLDS.sub(lambda match: f"<{match[1]}div>", text))
    known = {key: _pictures(draft, value) for key, value in piece.known.items()}
    rows = lines(flat.markdown(text))
    if "title" in known:
        _linked(draft, known["title"], "paper")
        draft.headers["title"] = plain(flat.markdown(known["title"]))
    for key in ("venue", "date", "award"):
        if key in known:
            words = flat.markdown(known[key]).strip()
            bare = plain(LINK.sub(r"\g<text>", words))
            _linked(draft, known[key], "link")
            long = len(bare) > 40 or places.has_numbers(bare)
            draft.add(places.details(unlinked(words)) if long else places.tag(bare))
    if "authors" in known:
        found = persons.read(" ".join(flat.markdown(known["authors"]).split()), sure=True)
        if found:
            draft.people = found[0]
            rows = [found[1], *rows] if re.search(r"\w", found[1]) else rows
        else:
            rows.insert(0, flat.markdown(known["authors"]).strip())
    if not draft.headers.get("title"):
        rows = titled.read(draft, rows, names)
        if rows is None:
            return None
    _rest(draft, rows, names)
    draft.add(draft.cited)
    if "abstract" in known:
        draft.body.insert(0, known["abstract"].strip())
    told = draft.people.names or draft.headers.keys() & {"venue", "type", "date"} or draft.links
    return draft if draft.headers.get("title") and told else None


def _cited(draft: Draft, match: re.Match) -> str:
    """Take what an entry of BibTeX says that is shown with a paper."""
    text = unescape(flat.TAG.sub("", match[0]))
    for header in bibtex.read("", text[text.index("@") :].encode())[1:2]:
        name_as_paper(header)
        draft.cited = {key: value for key in _CITED if (value := header.get(key))}
        draft.cited["key"] = header.entry if _KEY.fullmatch(header.entry or "") else ""
    return "" if draft.cited else match[0]


def _pictures(draft: Draft, text: str) -> str:
    """Take the first picture of a text for the paper's; badges leave their words."""

    def shown(address: str, words: str) -> str:
        if BADGE.match(address):
            return badge_label(address, words)
        if draft.picture is None and address:
            draft.picture = address, words
            return _SHOWN
        return f"![{words}]({flat.bare(address)})" if address else ""

    def element(match: re.Match) -> str:
        if match["name"].lower() != "img":
            return match[0]
        given = flat.attributes(match["rest"])
        return shown(given.get("src", ""), given.get("alt", ""))

    text = PICTURE.sub(lambda match: shown(address_of(match), match["text"]), text)
    text = flat.TAG.sub(element, text) if "<" in text else text
    # A picture that leads to itself is no link.
    return _LEADS.sub("", text).replace(_SHOWN, "")


def _rest(draft: Draft, lines: list[str], names: frozenset[str]) -> None:
    """Read what stands behind the title, line by line."""
    placed = False
    pictures = [row for row in lines if PICTURE.fullmatch(row)]
    for n, raw in enumerate(row for row in lines if row not in pictures):
        line = raw if draft.body else addressed(raw)
        bare = unlinked(line)
        # One name alone below a title is its author's.
        alone = n < 2 and not draft.body and persons.is_name(plain(raw).rstrip("., "))
        words = [word for word in re.split(r"\s+", _SEPARATORS.sub(" ", bare)) if word]
        left = re.sub(r"^\s*[-*+]\s", "", LINK.sub(" ", line))
        if not words or not re.search(r"\w", left) or is_label(left.strip(" /|[]")):
            _linked(draft, line, "link")
            continue
        if not draft.people.names and (found := persons.read(line, alone, names)):
            draft.people, line = found
            bare = LINK.sub(" ", line)
            if len(bare.split()) > 6:
                bare = unlinked(line)
            _linked(draft, line, "link")
            for piece in re.findall(r"[(（][^()（）]{2,90}[)）]", bare):
                if told := places.is_award(piece):
                    draft.add(told)
                    bare = bare.replace(piece, " ")
            line = bare
            if not re.search(r"\w", bare):
                continue
            if aside := re.fullmatch(r"[\s|*_,;.]*[(（]([^()（）]{3,80})[)）][\s|*_,;.]*", bare):
                draft.add({"note": plain(aside[1])})
                continue
        elif aside := re.fullmatch(r"[\s*_]*[(（\[]([^()（）]{2,80})[)）\]][\s*_.,]*", bare):
            draft.add(places.is_award(aside[1]) or places.tag(aside[1]))
            _linked(draft, line, "link")
            continue
        elif told := places.is_award(bare):
            draft.add(told)
            _linked(draft, line, "link")
            continue
        bare = unlinked(line).strip(" ,.|")
        thesis = _THESIS.fullmatch(bare)
        after = n == 0 or bool(draft.people.names)
        short = n == 0 and "date" in draft.headers and "venue" not in draft.headers
        short = short and _SHORT.fullmatch(bare) is not None
        if not draft.body and not placed and (thesis or short or _is_place(bare, after)):
            told = places.details(thesis["school"] if thesis else bare)
            told |= {"type": "thesis"} if thesis else {}
            if draft.headers.get("venue") and told.get("venue", "") != draft.headers["venue"]:
                draft.headers["venue_short"] = draft.headers.pop("venue")
            if draft.headers.get("date", "")[:4] != told.get("date", "")[:4] and told.get("date"):
                draft.headers.pop("date", None)
            draft.add(told)
            _linked(draft, line, "link")
            placed = True
        else:
            draft.body.append(line if draft.people.names and line != addressed(raw) else raw)
    draft.body += pictures


def _is_place(text: str, after_names: bool) -> bool:
    """Tell whether a line says where a paper was published."""
    if text.startswith(("- ", "* ")) or len(text) > 400:
        return False
    if (match := places.emphasised(text)) and match.start() < 12:
        return True
    if not after_names or len(text) > 200 or re.search(r"[a-z]\. [A-Z][a-z]+ [a-z]", text):
        return False
    return bool(places.year_of(text)[0]) or places.has_numbers(text)


def _linked(draft: Draft, text: str, label: str) -> None:
    """Take the links of a text."""
    for match in LINK.finditer(flat.markdown(text)):
        words = plain(match["text"])
        draft.link(words if label == "link" else label, address_of(match))
