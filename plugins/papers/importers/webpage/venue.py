"""Where and when a paper was published, from the words of a page."""

import re

from ...model import SCHEMES

_YEAR = re.compile(r"(?<![\d./-])((?:1[89]\d|20[0-4])\d)(?![\d]|[./-]\d{3,})")
_SHORT_YEAR = re.compile(r"\s?['’‘´`](\d\d)\b")
_JOINED = re.compile(r"(?<=[A-Za-z])((?:19|20)\d\d)(?!\d)")
_ROLE = re.compile(
    r"(?:(?:long |short |full )?(?:oral|spotlight|poster|highlight|demo(?:nstration)?|"
    r"notable[- ]top[- ]\d+%|top[- ]\d+%)(?: presentation| paper| talk)?)",
    re.IGNORECASE,
)  # fmt: skip
_AWARD = re.compile(
    r"\b(?:awards?|best (?:student |demo |short |long |conference )?paper|outstanding paper|"
    r"honou?rable mention|runner[- ]up|distinguished paper|prize)\b|奖|獎|最佳",
    re.IGNORECASE,
)
_KINDS = {
    "technical report": "report", "tech report": "report", "report": "report",
    "patent": "patent", "专利": "patent", "book": "book", "book chapter": "chapter",
    "phd thesis": "thesis", "thesis": "thesis", "dissertation": "thesis",
}  # fmt: skip
_STAGES = {"preprint": "preprint", "under review": "submitted", "submitted": "submitted",
           "in submission": "submitted", "working paper": "preprint",
           "manuscript": "preprint", "in press": "accepted", "to appear": "accepted",
           "forthcoming": "accepted"}  # fmt: skip
_RANGE = r"[A-Za-z]{0,3}\d\w{0,10}(?:\s?[-–—]+\s?\w{1,12})?"
_PAGES = re.compile(
    rf"\bpp?\.?\s*({_RANGE})|\bpages?\s+({_RANGE})|(?<=:)\s?(\d{{1,6}}\s?[-–—]+\s?\d{{1,6}})\b"
    r"|(?<=, )(\d{5,8})(?=[,.\s]|$)",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"\bvol(?:ume)?\.?\s*(\w{1,8})", re.IGNORECASE)
_ISSUE = re.compile(r"\b(?:no|nr|issue|number)\.?\s*(\d{1,6})\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(\d{1,5})\s?\((\d{1,3})\)")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAYS = re.compile(
    rf"\b{_MONTH}(?:\s+\d{{1,2}}\b(?:\s?[-–—]+\s?(?:{_MONTH}\s+)?\d{{1,2}}\b)?)?"
    rf"(?:\s?[-–—]+\s?{_MONTH})?",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(
    r"((?:19|20)\d\d)\s?年\s?(0?[1-9]|1[0-2])\s?月(?:\s?\d{1,2}\s?日)?"
    r"|(?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])"
)
_VENUE_END = re.compile(
    r"\s(?=\d{1,5}\s?\(\d{1,3}\))|\.\s(?=\d)|(?<=\w)\.$|"
    r",\s(?!and\b)(?=[^,]*(?:\d|\bvol|\bto appear|\baccepted|\bunder))|"
    r"(?<=\b20\d\d),\s|(?<=\b19\d\d),\s|"
    # No sentence ends behind "Proc." and "Phys."
    r"(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})(?<!\b[A-Z][a-z]{4})\.\s|"
    r"\s[(（](?=[^()]*[\d\s])"
)
_EMPHASIS = re.compile(
    r"(?<![*\w])\*(?!\*)([^*\n]{2,300}?)\*(?![*\w])|(?<![_\w])_(?!_)([^_\n]{2,300}?)_(?![_\w])"
)
_TO_APPEAR = re.compile(
    r"^(?:to appear|accepted|published|appeared)(?: (?:in|at|by|to|as))*:?\s+|^(?:in|at):?\s+",
    re.IGNORECASE,
)
_ARXIV = re.compile(r"arxiv(?:\s?(?:preprint|:?\s?\d{4}\.\d{4,5}(?:v\d+)?))*", re.IGNORECASE)


def has_volume_or_pages(text: str) -> bool:
    """Tell whether words hold a volume, an issue, pages, or a month as `03/2023`."""
    return any(form.search(text) for form in (_BOTH, _PAGES, _VOLUME, _YEAR_MONTH))


def first_italics(text: str) -> re.Match | None:
    """Return the first words in italics."""
    return _EMPHASIS.search(text.replace("**", ""))


def parse_badge(words: str) -> dict[str, str]:
    """Return what a badge says: `ICLR2026`, `ASE'24 NIER track`, `Oral`, `Technical Report`."""
    words = " ".join(re.sub(r"\*\*|__|[`*]", "", words).split()).strip(" .,:")
    words = _TO_APPEAR.sub("", words)
    if (match := re.fullmatch(r"(.{2,60}?)\s*[(（](.{2,80}?)[)）]?", words)) and "(" not in match[
        1
    ]:
        aside = match_honour(match[2])
        if not aside and (role := re.search(r"oral|spotlight|highlight|poster", match[2], re.I)):
            aside = {"presentation": role[0].capitalize()}
        return parse_badge(match[1]) | (aside or {"note": match[2]})
    small = words.casefold()
    if small in _KINDS:
        return {"type": _KINDS[small]}
    if small in _STAGES:
        return {"stage": _STAGES[small]}
    if _ROLE.fullmatch(words):
        return {"presentation": words}
    if _AWARD.search(words):
        return {"award": words}
    year, rest = extract_year(words)
    if found := re.search(r"[\[(（]?\b(oral|spotlight|poster|highlight)\b[\])）]?", rest, re.I):
        rest = rest.replace(found[0], " ")
    venue = " ".join(rest.split()).strip(" ,.;:()[]-–'’")
    told = {"venue": "arXiv" if _ARXIV.fullmatch(venue) else venue}
    told |= {"presentation": found[1].capitalize()} if found else {}
    return told | ({"date": year} if year else {})


def extract_year(words: str) -> tuple[str, str]:
    """Return the year that words name, and the words without it."""
    if match := _YEAR.search(words) or _JOINED.search(words):
        return match[1], f"{words[: match.start()]} {words[match.end() :]}"
    if match := _SHORT_YEAR.search(words):
        year = int(match[1])
        full = str(year + (1900 if year > 50 else 2000))
        return full, f"{words[: match.start()]} {words[match.end() :]}"
    return "", words


def parse_publication_details(text: str) -> dict[str, str]:
    """Return what a line says of the publication: venue, volume, pages, year, place, award."""
    found: dict[str, str] = {}
    if stage := _STAGES.get(text.strip(" .,*_()").casefold()):
        return {"stage": stage}
    text = re.sub("[，、]\\s*", ", ", text.replace("**", ""))
    if month := _YEAR_MONTH.search(text):
        year, number = (month[1], month[2]) if month[1] else (month[4], month[3])
        found["date"] = f"{year}-{int(number):02}"
        text = f"{text[: month.start()]}{year}{text[month.end() :]}"
    match = _EMPHASIS.search(text)
    if match and (inner := match[1] or match[2]) and _YEAR.search(inner) and "," in inner:
        # The whole line is in italics, and the venue ends where numbers begin.
        text, match = f"{text[: match.start()]}{inner}{text[match.end() :]}", None
    if match and not re.match(r"[(（]", match[1] or match[2]):
        venue = match[1] or match[2]
        rest = f"{text[: match.start()]} , {text[match.end() :]}"
        rest = re.sub(r"^\s*\(?in:?\s*,", "", rest, flags=re.IGNORECASE)
    else:
        parts = re.split(_VENUE_END, text, maxsplit=1)
        venue, rest = parts[0], text[len(parts[0]) :]
    year, venue = extract_year(venue)
    venue = re.sub(r"^\s*(?:in|to appear in|published in)\b:?\s+", "", venue, flags=re.I)
    found["venue"] = " ".join(re.sub(r"\*\*|__|`", "", venue).split()).strip(" ,.;:")
    if match := re.fullmatch(r"(.{8,}?)\s*\(([A-Z][\w/&-]{1,14})\s*\)?", found["venue"]):
        found["venue"], found["venue_short"] = match[1], match[2]
    else:
        whole = re.sub(r"\s+(?=[)）])", "", found["venue"])
        even = whole.count("(") == whole.count(")") and whole[:1] not in "(（"
        found["venue"] = whole if even else whole.strip("()（）")
    if _ARXIV.fullmatch(found["venue"]):
        found["venue"] = "arXiv"
    for piece in re.findall(r"[(（]([^()（）]{2,80})[)）]", rest):
        words = re.sub(r"\*\*|__|[*_](?=\W|$)|(?<!\w)[*_]", "", piece).strip()
        if _ROLE.fullmatch(words) or _AWARD.search(words):
            found.setdefault("award" if _AWARD.search(words) else "presentation", words)
            rest = rest.replace(f"({piece})", " ").replace(f"（{piece}）", " ")
    for key, form in (("pages", _PAGES), ("volume", _VOLUME), ("issue", _ISSUE)):
        if match := form.search(rest):
            value = next(filter(None, match.groups()))
            found[key] = re.sub(r"\s*[-–—]+\s*", "–", value)
            rest = rest[: match.start()] + rest[match.end() :]
    if "volume" not in found and (match := _BOTH.search(rest)):
        found["volume"], found["issue"] = match[1], match[2]
        rest = rest[: match.start()] + rest[match.end() :]
    years = [match for match in _YEAR.finditer(rest)]
    if years or year:
        found.setdefault("date", years[-1][1] if years else year)
        rest = _YEAR.sub(" ", rest)
    days = _DAYS.findall(rest)
    rest = _DAYS.sub(" ", rest)
    inside = re.findall(r"[(（]([^()（）]{2,80})[)）]", rest)
    rest = re.sub(r"[(（][^()（）]{0,80}[)）]", " ", rest)
    parts = [part.strip(" .;:|*_-–—'’&·") for part in rest.split(",")]
    parts = [" ".join(part.split()) for part in parts if re.search(r"\w", part)]
    for part in [part for part in parts if re.fullmatch(r"\d{1,6}\s?[-–—]+\s?\d{1,6}", part)][:1]:
        found.setdefault("pages", re.sub(r"\s*[-–—]+\s*", "–", part))
        parts.remove(part)
    named = [part for part in parts if re.fullmatch(r"[^\W\d_a-z][^\d=:/<>]{1,38}", part)]
    if named == parts and 0 < len(named) <= 4:
        found["address"] = ", ".join(named)
        parts = []
    told = [*parts, *days, *(" ".join(piece.split()) for piece in inside)]
    if told:
        found["note"] = "; ".join(told)
    return {key: value for key, value in found.items() if value}


def match_honour(words: str) -> dict[str, str]:
    """Return an award or a way of presentation that a piece of text is, and nothing else."""
    words = re.sub(r"\*\*|__|[()（）\[\]]", "", words).strip(" .,;:*_🏆🎉🔥✨🏅🥇")
    if _ROLE.fullmatch(words):
        return {"presentation": words}
    if len(words) < 90 and _AWARD.search(words) and len(words.split()) < 12:
        return {"award": words}
    return {}


def arxiv_month(identifier: str) -> str:
    """Return the month that an arXiv id tells."""
    match = re.match(r"(?:[a-z.-]+/)?(\d\d)(0[1-9]|1[0-2])", identifier, re.IGNORECASE)
    if not match or not SCHEMES["arxiv"].parse(identifier):
        return ""
    return f"{1900 + int(match[1]) if int(match[1]) > 90 else 2000 + int(match[1])}-{match[2]}"
