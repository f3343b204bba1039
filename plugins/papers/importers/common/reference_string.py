"""What people write as one text: the authors of a reference, the numbers behind a venue."""

import re

_QUOTE = re.compile(r"[\"“”«„]|(?<!\w)['‘](?=\w)|``")
_YEAR = r"(?:1[5-9]|20)\d{2}[a-z]?"
_IN_PARENTHESES = re.compile(
    rf"\((?:{_YEAR}|to appear|in press|forthcoming)\b[^()]{{0,40}}\)", re.I
)
_TAIL = re.compile(rf"(?<=[\s.,(]){_YEAR}\)?$|\([^()]{{0,40}}\)$")
_AROUND = " \t\n,:;\"“”„«'‘`(-"
_OTHERS = re.compile(r"[\s,;]{0,4}\b(?:and\s+|&\s*)?(?:et\.? al\b\.?|others)$", re.IGNORECASE)
_AND = re.compile(r"(?:\s?[,;])?\s{1,4}(?:&|\b(?:and|und|y|et)\b(?!\.? al\b))\s+")
_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я"
_INITIALS = re.compile(
    rf"(?:[{_CAPITAL}](?:\.|(?![^\s{_CAPITAL}*†#‡-]))[\s-]?){{1,4}}[*†#‡]{{0,3}}"
)
_SHORT = re.compile(
    r"(?P<family>[^\W\d_][\w'’ -]{0,60}[a-zà-ɏ]) (?P<given>[A-Z]{1,3})(?P<marks>[*†#‡]{0,3})"
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
# What only says that a venue follows.
_BEFORE = (
    re.compile(r"^in:? the proceedings,? (?:of )?(?:the (?=\d))?", re.I),
    re.compile(
        r"^in:? (?!(?:silico|vitro|vivo|situ|practice|re(?:view|vision)|press|submission|"
        r"prep(?:aration)?)\b)(?=[A-Z\d])",
        re.I,
    ),
    re.compile(r"^proceedings of (?:the )?(?=proceedings of )", re.I),
)
# What can end a venue, from the right; each begins where a part of it ends.
_ENDS = (
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
_BEHIND = re.compile(
    rf"[\s.,;\"”]{{0,4}}(?:(?P<vol>vol(?:ume)?)\b\.?\s?)?(?P<volume>\d{{1,4}})\s?"
    rf"(?:\((?P<issue>\d{{1,4}}(?:[/–-]\d{{1,4}})?)\)|,\s?(?:no\b\.?|issue)\s?(?P<no>\d{{1,4}}))?"
    rf"(?:,\s(?:[a-z]{{3,9}}\.?\s)?(?:19|20)\d\d)?"
    rf"(?:[\s,:.]{{1,3}}(?:pp?\.?\s?)?(?P<pages>{_PAGE}{_DASH}{_PAGE}))?(?=[\s.,;]|$)",
    re.I,
)  # fmt: skip


def parse_reference_authors(reference: str, title: str) -> tuple[list[str], bool]:
    """Return the authors that a reference names before its title, and whether there are more.

    The list is empty where it cannot be told who they are.
    """
    head = _head(reference, title)
    head = re.sub(r"^\s*(?:\[[^\[\]]{1,12}\]|\d{1,3}[.)])\s+", "", head)
    for _ in range(3):
        head = _TAIL.sub("", head.rstrip(_AROUND)).rstrip(_AROUND)
        if head.endswith(".") and not re.search(rf"(?:^|[\s.-])[{_CAPITAL}]\.$|\b[JS]r\.$", head):
            head = head.rstrip(".")
    shorter = _OTHERS.sub("", head)
    return parse_reference_names(shorter.strip(_AROUND)), shorter != head


def _head(reference: str, title: str) -> str:
    words = re.findall(r"\w+", title)[:12]
    form = r"\W{1,20}".join(map(re.escape, words))
    place = re.search(rf"(?<!\w){form}(?!\w)", reference, re.IGNORECASE) if words else None
    if place is None:
        place = _QUOTE.search(reference) or _IN_PARENTHESES.search(reference)
    return reference[: place.start()] if place else ""


def parse_reference_names(text: str) -> list[str]:
    """Return the names in a list as references have it; [] where it may be read in two ways."""
    text = text.replace("，", ",").replace("、", ",").replace("；", ";")
    if ";" in text:
        found = [_turned(name) for name in _AND.sub(";", text).split(";")]
    else:
        parts = [part.strip(" ,") for part in _AND.split(text)]
        commas = [part.count(",") for part in parts]
        if set(commas) == {1} and (len(parts) > 1 or _pairs(parts[0].split(","))):
            found = [_turned(part) for part in parts]
        else:
            pieces = [piece.strip() for part in parts for piece in part.split(",")]
            pieces = [piece for piece in pieces if piece]
            found = _pairs(pieces) or pieces
            short = [_SHORT.fullmatch(name.rstrip(".")) for name in found]
            if len(found) > 1 and all(short):
                found = [_spelled(match) for match in short]
    found = [" ".join(name.split()) for name in found if name.strip(" ,.")]
    single = [name for name in found if " " not in name and name.isascii()]
    right = all(_NAME.fullmatch(name) and len(name.split()) < 8 for name in found)
    return found if right and not (single and len(found) > 1) else []


def _pairs(pieces: list[str]) -> list[str]:
    """Return the names that "Family, F. M., Other, G." stands for; [] where it is no such list."""
    if len(pieces) % 2 or not all(_INITIALS.fullmatch(piece.strip()) for piece in pieces[1::2]):
        return []
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return [_turned(f"{family},{given}") for family, given in pairs]


def _turned(name: str) -> str:
    family, comma, given = name.strip(" ,").partition(",")
    given, marks = re.fullmatch(r"(.*?)([*†#‡§¶]*)", given.strip(), re.DOTALL).groups()
    return f"{given.strip()} {family.strip()}{marks}" if comma else name


def _spelled(match: re.Match) -> str:
    return f"{' '.join(f'{sign}.' for sign in match['given'])} {match['family']}{match['marks']}"


def split_venue(text: str, year: str) -> tuple[str, dict[str, str]]:
    """Return a venue's name, and what stands behind it: pages, volume, publisher, series.

    Nothing is taken off that may be a part of the name.
    """
    for form in _BEFORE:
        text = form.sub("", text)
    name, told = text.strip(" ,;"), {}
    while len(name) < 2000:  # Nobody's venue is longer, and a search from the right takes long.
        bare = name.rstrip(" .;")
        shorter = _without_year(bare, year)
        for key, form in _ENDS:
            match = form.search(shorter)
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
            if parts.keys() & told.keys():
                continue
            told |= parts
            name = shorter[: match.start()].rstrip(" ,;(")
            break
        else:
            return (shorter if told or shorter != bare else name), told
    return name, told


def _without_year(name: str, year: str) -> str:
    """Take a venue's year off its end, where it is the paper's, and no part of a day."""
    match = re.search(rf"[,.]\s?{re.escape(year)}$", name) if year else None
    shorter = name[: match.start()] if match else name
    return name if _DAY.search(shorter) else shorter


def parse_reference_numbers(reference: str, place: str) -> dict[str, str]:
    """Return volume, issue and pages that a reference tells right behind its venue."""
    at = reference.rfind(place) if place else -1
    match = _BEHIND.match(reference, at + len(place)) if at >= 0 else None
    told = {key: value for key, value in match.groupdict().items() if value} if match else {}
    if issue := told.pop("no", ""):
        told["issue"] = issue
    named = told.pop("vol", "") and "pages" in told
    # A number alone may be anything.
    return told if named or "issue" in told else {}
