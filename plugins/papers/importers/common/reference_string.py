"""References as one text: the authors in them, and venues with their numbers."""

import re

from .author_list import put_initials_first

_QUOTE = re.compile(r"[\"“”«„]|(?<!\w)['‘](?=\w)|``")
_YEAR = r"(?:1[5-9]|20)\d{2}[a-z]?"
_IN_PARENTHESES = re.compile(
    rf"\((?:{_YEAR}|to appear|in press|forthcoming)\b[^()]{{0,40}}\)", re.I
)
_TAIL = re.compile(rf"(?<=[\s.,(]){_YEAR}\)?$|\([^()]{{0,40}}\)$")
_PUNCTUATION = " \t\n,:;\"“”„«'‘`(-"
_ET_AL = re.compile(r"[\s,;]{0,4}\b(?:and\s+|&\s*)?(?:et\.? al\b\.?|others)$", re.IGNORECASE)
_AND = re.compile(r"(?:\s?[,;])?\s{1,4}(?:&|\b(?:and|und|y|et)\b(?!\.? al\b))\s+")
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я"
_INITIALS = re.compile(
    rf"(?:[{_CAPITAL}](?:\.|(?![^\s{_CAPITAL}*†#‡-]))[\s-]?){{1,4}}[*†#‡]{{0,3}}"
)
_NAME = re.compile(r"\{?[^\W\d_](?:[\w.'’` -]|[^\x00-\x7f]){1,80}\}?[*†#‡§¶+]{0,3}")

_DASH = r"\s?(?:--?-?|–|—)\s?"
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s?"
    rf"\d{{0,2}}(?:{_DASH}\d{{1,2}})?\S{{0,2}}$",
    re.IGNORECASE,
)
_PAGE = r"[a-z]?\d{1,6}"
_PUBLISHERS = (
    r"springer(?:[- ]verlag)?|acm(?: press)?|ieee(?: computer society)?(?: press)?|elsevier|wiley|"
    r"aaai press|usenix(?: association)?|mit press|(?:cambridge|oxford|princeton) university press|"
    r"crc press|ios press|world scientific|siam|pmlr|curran(?: associates)?|de gruyter|routledge"
)
_SERIES = r"lncs|lnai|lnbip|lncbi|ccis|lipics|eptcs|ifip aict|ceur(?:[- ]ws)?|entcs"
# Words that introduce a venue.
_LEADING_WORDS = (
    re.compile(r"^in:? the proceedings,? (?:of )?(?:the (?=\d))?", re.I),
    re.compile(
        r"^in:? (?!(?:silico|vitro|vivo|situ|practice|re(?:view|vision)|press|submission|"
        r"prep(?:aration)?)\b)(?=[A-Z\d])",
        re.I,
    ),
    re.compile(r"^proceedings of (?:the )?(?=proceedings of )", re.I),
)
# What can follow a venue; matched from the right.
_ENDINGS = (
    ("accepted", re.compile(r"[\s,.(]{1,3}(?:to appear|in press|forthcoming)\)?$", re.I)),
    ("submitted", re.compile(
        r"[\s,.(]{1,3}(?:(?:in|under) re(?:view|vision)|submitted|"
        r"revised? (?:and|&) resubmit(?:ted)?|r&r)\)?$", re.I)),
    ("pages", re.compile(
        rf"[\s,.;:(]{{1,3}}(?:pages?\b|pp\.?|p\.)\s?(?P<pages>{_PAGE}(?:{_DASH}{_PAGE})?)\)?$",
        re.I)),
    ("publisher", re.compile(rf"[,.;]\s*(?P<publisher>{_PUBLISHERS})$", re.I)),
    ("series", re.compile(
        rf"[,.;]\s*(?:(?P<publisher>springer)\s+)?(?P<series>{_SERIES})"
        r"(?:,?\s*(?:vol(?:ume)?\b\.?\s*)?(?P<volume>\d{1,6}))?$", re.I)),
    ("journal", re.compile(
        rf"(?P<vol>[\s,]{{1,2}}vol(?:ume)?\b\.?)?[\s,]{{1,2}}(?P<volume>\d{{1,4}})"
        rf"(?:,?\s?(?:\((?:no\.?\s)?(?P<issue>\d{{1,4}}(?:[:/–-]\d{{1,4}})?)\)|"
        rf"(?:no\.|number|issue)\s?(?P<no>\d{{1,4}})))?"
        rf"(?:(?:\s?:\s?|(?<=\)),\s?)(?P<pages>{_PAGE}{_DASH}{_PAGE}))?$", re.I)),
)  # fmt: skip
_NUMBERS_AFTER_VENUE = re.compile(
    rf"[\s.,;\"”]{{0,4}}(?:(?P<vol>vol(?:ume)?)\b\.?\s?)?(?P<volume>\d{{1,4}})\s?"
    rf"(?:\((?P<issue>\d{{1,4}}(?:[/–-]\d{{1,4}})?)\)|,\s?(?:no\b\.?|issue)\s?(?P<no>\d{{1,4}}))?"
    rf"(?:,\s(?:[a-z]{{3,9}}\.?\s)?(?:19|20)\d\d)?"
    rf"(?:[\s,:.]{{1,3}}(?:pp?\.?\s?)?(?P<pages>{_PAGE}{_DASH}{_PAGE}))?(?=[\s.,;]|$)",
    re.I,
)  # fmt: skip

# What stands between a title with its closing mark, and numbers or the end.
_VENUE_BEHIND_TITLE = (
    r"[?!.,]{0,2}[\"”“»'’.,]{1,4}\s+(?:in:?\s+)?(?P<venue>(?:[^\W\d]|[ &:,.'’()-]){2,120}?)"
    r"(?:[.,]\s*(?:vol(?:ume)?\b|pp?\.|\(?\d)|\s\d{1,4}\s?[(:,]|\.?\s*$)"
)
_STAGE = re.compile(r"(?:submitted|accepted|under |in |to |forthcoming|preprint|manuscript)", re.I)


def parse_reference_authors(reference: str, title: str) -> tuple[list[str], bool]:
    """Return the authors before the title in a reference, and whether "et al." follows.

    The list is empty where the names are ambiguous.
    """
    head = _text_before_title(reference, title)
    head = re.sub(r"^\s*(?:\[[^\[\]]{1,12}\]|\d{1,3}[.)])\s+", "", head)
    for _ in range(3):
        head = _TAIL.sub("", head.rstrip(_PUNCTUATION)).rstrip(_PUNCTUATION)
        if head.endswith(".") and not re.search(rf"(?:^|[\s.-])[{_CAPITAL}]\.$|\b[JS]r\.$", head):
            head = head.rstrip(".")
    without_others = _ET_AL.sub("", head)
    return parse_reference_names(without_others.strip(_PUNCTUATION)), without_others != head


def _text_before_title(reference: str, title: str) -> str:
    words = re.findall(r"\w+", title)[:12]
    form = r"\W{1,20}".join(map(re.escape, words))
    match = re.search(rf"(?<!\w){form}(?!\w)", reference, re.IGNORECASE) if words else None
    if match is None:
        match = _QUOTE.search(reference) or _IN_PARENTHESES.search(reference)
    return reference[: match.start()] if match else ""


def parse_reference_names(text: str) -> list[str]:
    """Return the names in a list of a reference; [] where it is ambiguous."""
    text = text.replace("，", ",").replace("、", ",").replace("；", ";")
    if ";" in text:
        names = [_put_given_first(name) for name in _AND.sub(";", text).split(";")]
    else:
        parts = [part.strip(" ,") for part in _AND.split(text)]
        commas = [part.count(",") for part in parts]
        if set(commas) == {1} and (len(parts) > 1 or _join_pairs(parts[0].split(","))):
            names = [_put_given_first(part) for part in parts]
        else:
            pieces = [piece.strip() for part in parts for piece in part.split(",")]
            pieces = [piece for piece in pieces if piece]
            names = _join_pairs(pieces) or pieces
    names = [" ".join(name.split()) for name in names if name.strip(" ,.")]
    single = [name for name in names if " " not in name and name.isascii()]
    all_valid = all(_NAME.fullmatch(name) and len(name.split()) < 8 for name in names)
    if not all_valid or (single and len(names) > 1):
        return []
    without_points = [name.rstrip(".") for name in names]
    turned = put_initials_first(without_points)
    return names if turned == without_points else turned


def _join_pairs(pieces: list[str]) -> list[str]:
    """Return the names in "Family, F. M., Other, G."; [] for another list."""
    if len(pieces) % 2 or not all(_INITIALS.fullmatch(piece.strip()) for piece in pieces[1::2]):
        return []
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return [_put_given_first(f"{family},{given}") for family, given in pairs]


def _put_given_first(name: str) -> str:
    family, comma, given = name.strip(" ,").partition(",")
    given, marks = re.fullmatch(r"(.*?)([*†#‡§¶]*)", given.strip(), re.DOTALL).groups()
    return f"{given.strip()} {family.strip()}{marks}" if comma else name


def split_venue(text: str, year: str) -> tuple[str, dict[str, str]]:
    """Return a venue's name, and what follows it: pages, volume, publisher, series, stage.

    What may be a part of the name stays in it.
    """
    for pattern in _LEADING_WORDS:
        text = pattern.sub("", text)
    name, details = text.strip(" ,;"), {}
    while len(name) < 2000:  # A search from the right is slow in a long text.
        stripped = name.rstrip(" .;")
        shorter = _without_year(stripped, year)
        for key, pattern in _ENDINGS:
            match = pattern.search(shorter)
            if match is None or match.start() < 3:
                continue
            parts = {name: value for name, value in match.groupdict().items() if value}
            if key in ("accepted", "submitted"):
                parts = {"stage": key}
            elif key == "journal":
                if "no" in parts:
                    parts["issue"] = parts.pop("no")
                if not (parts.pop("vol", None) or parts.keys() & {"issue", "pages"}):
                    continue
            if parts.keys() & details.keys():
                continue
            details |= parts
            name = shorter[: match.start()].rstrip(" ,;(")
            break
        else:
            return (shorter if details or shorter != stripped else name), details
    return name, details


def _without_year(name: str, year: str) -> str:
    """Remove the paper's year from the end of a venue, unless it belongs to a day."""
    match = re.search(rf"[,.]\s?{re.escape(year)}$", name) if year else None
    shorter = name[: match.start()] if match else name
    return name if _DAY.search(shorter) else shorter


def parse_reference_venue(reference: str, title: str) -> str:
    """Return the venue between the title in quotes and the numbers in a reference, or ""."""
    words = re.findall(r"\w+", title)
    form = r"\W{1,20}".join(map(re.escape, words[:60]))
    match = re.search(rf"{form}{_VENUE_BEHIND_TITLE}", reference, re.IGNORECASE) if words else None
    venue = match["venue"].strip(" .,") if match else ""
    if ". " in venue and match[0][match.end("venue") - match.start() :].startswith("."):
        # The last word of "Phys. Rev. Lett." is abbreviated, too.
        venue += "."
    return venue if venue[:1].isupper() and not _STAGE.match(venue) else ""


def parse_reference_numbers(reference: str, venue: str) -> dict[str, str]:
    """Return volume, issue and pages right after the venue in a reference."""
    start = reference.rfind(venue) if venue else -1
    match = _NUMBERS_AFTER_VENUE.match(reference, start + len(venue)) if start >= 0 else None
    numbers = {key: value for key, value in match.groupdict().items() if value} if match else {}
    if issue := numbers.pop("no", ""):
        numbers["issue"] = issue
    has_keyword = numbers.pop("vol", "") and "pages" in numbers
    # A single number may be anything.
    return numbers if has_keyword or "issue" in numbers else {}
