"""The publication of a paper in the words of a page: venue, numbers, date, award."""

import re
from dataclasses import dataclass, field

from ...model import SCHEMES

_YEAR = re.compile(r"(?<![\d./-])((?:1[89]\d|20[0-4])\d)(?![\d]|[./-]\d{3,})")
_SHORT_YEAR = re.compile(r"\s?['’‘´`](\d\d)\b")
_YEAR_BEHIND_LETTERS = re.compile(r"(?<=[A-Za-z])((?:19|20)\d\d)(?!\d)")
_PRESENTATION = re.compile(
    r"(?:(?:long |short |full )?(?:oral|spotlight|poster|highlight|demo(?:nstration)?|"
    r"notable[- ]top[- ]\d+%|top[- ]\d+%)(?: presentation| paper| talk)?)",
    re.IGNORECASE,
)  # fmt: skip
_AWARD = re.compile(
    r"\b(?:awards?|best (?:student |demo |short |long |conference )?paper|outstanding paper|"
    r"honou?rable mention|runner[- ]up|distinguished paper|prize)\b|奖|獎|最佳",
    re.IGNORECASE,
)
_TYPES = {
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
_VOLUME_AND_ISSUE = re.compile(r"\b(\d{1,5})\s?\((\d{1,3})\)")
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
_BADGE_WITH_ASIDE = re.compile(r"(.{2,60}?)\s*[(（](.{2,80}?)[)）]?")
_PRESENTATION_IN_BADGE = re.compile(
    r"[\[(（]?\b(oral|spotlight|poster|highlight)\b[\])）]?", re.IGNORECASE
)
_VENUE_WITH_SHORT = re.compile(r"(.{8,}?)\s*\(([A-Z][\w/&-]{1,14})\s*\)?")
_IN_PARENTHESES = re.compile(r"[(（]([^()（）]{2,80})[)）]")
_PAGES_ALONE = re.compile(r"\d{1,6}\s?[-–—]+\s?\d{1,6}")
_PLACE_NAME = re.compile(r"[^\W\d_a-z][^\d=:/<>]{1,38}")
_ARXIV = re.compile(r"arxiv(?:\s?(?:preprint|:?\s?\d{4}\.\d{4,5}(?:v\d+)?))*", re.IGNORECASE)


def has_volume_or_pages(text: str) -> bool:
    """Tell whether a text holds a volume, an issue, pages, or a month as `03/2023`."""
    return any(
        pattern.search(text) for pattern in (_VOLUME_AND_ISSUE, _PAGES, _VOLUME, _YEAR_MONTH)
    )


def first_italics(text: str) -> re.Match | None:
    """Return the first words in italics."""
    return _EMPHASIS.search(text.replace("**", ""))


def parse_badge(text: str) -> dict[str, str]:
    """Return headers of a badge: `ICLR2026`, `ASE'24 NIER track`, `Oral`, `Technical Report`."""
    text = " ".join(re.sub(r"\*\*|__|[`*]", "", text).split()).strip(" .,:")
    text = _TO_APPEAR.sub("", text)
    aside = _BADGE_WITH_ASIDE.fullmatch(text)
    if aside and "(" not in aside[1]:
        return parse_badge(aside[1]) | _parse_aside(aside[2])
    folded = text.casefold()
    if folded in _TYPES:
        return {"type": _TYPES[folded]}
    if folded in _STAGES:
        return {"stage": _STAGES[folded]}
    if _PRESENTATION.fullmatch(text):
        return {"presentation": text}
    if _AWARD.search(text):
        return {"award": text}
    year, venue = extract_year(text)
    presentation = _PRESENTATION_IN_BADGE.search(venue)
    if presentation:
        venue = venue.replace(presentation[0], " ")
    venue = " ".join(venue.split()).strip(" ,.;:()[]-–'’")
    headers = {"venue": "arXiv" if _ARXIV.fullmatch(venue) else venue}
    if presentation:
        headers["presentation"] = presentation[1].capitalize()
    return headers | ({"date": year} if year else {})


def _parse_aside(text: str) -> dict[str, str]:
    if headers := match_honour(text):
        return headers
    if presentation := re.search(r"oral|spotlight|highlight|poster", text, re.IGNORECASE):
        return {"presentation": presentation[0].capitalize()}
    return {"note": text}


def extract_year(text: str) -> tuple[str, str]:
    """Return the year in a text ("" without one), and the text without it."""
    if match := _YEAR.search(text) or _YEAR_BEHIND_LETTERS.search(text):
        year = match[1]
    elif match := _SHORT_YEAR.search(text):
        year = str(int(match[1]) + (1900 if int(match[1]) > 50 else 2000))
    else:
        return "", text
    return year, f"{text[: match.start()]} {text[match.end() :]}"


def parse_publication_details(text: str) -> dict[str, str]:
    """Return headers of a line on a publication: venue, volume, pages, date, place, award."""
    if stage := _STAGES.get(text.strip(" .,*_()").casefold()):
        return {"stage": stage}
    line = _PublicationLine(re.sub("[，、]\\s*", ", ", text.replace("**", "")))
    line.consume_month()
    line.consume_venue()
    line.consume_honours()
    line.consume(_PAGES, "pages")
    line.consume(_VOLUME, "volume")
    line.consume(_ISSUE, "issue")
    line.consume(_VOLUME_AND_ISSUE, "volume", "issue")
    line.consume_year()
    line.consume_remaining()
    return {key: value for key, value in line.headers.items() if value}


@dataclass(slots=True)
class _PublicationLine:
    """The remaining text of a line on a publication, and the headers taken from it so far."""

    text: str
    year: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def consume(self, pattern: re.Pattern, *keys: str) -> None:
        """Cut a match out of the text; its groups are the values of the keys.

        Without a match, or where the first key has a value, nothing changes.
        """
        match = pattern.search(self.text)
        if match is None or keys[0] in self.headers:
            return
        values = filter(None, match.groups())
        self.headers |= {key: _join_range(value) for key, value in zip(keys, values, strict=False)}
        self.text = self.text[: match.start()] + self.text[match.end() :]

    def consume_month(self) -> None:
        """Replace `03/2023` by its year."""
        if match := _YEAR_MONTH.search(self.text):
            year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
            self.headers["date"] = f"{year}-{int(month):02}"
            self.text = f"{self.text[: match.start()]}{year}{self.text[match.end() :]}"

    def consume_venue(self) -> None:
        """Take the venue in italics, or up to where numbers begin, and its year."""
        text, match = self.text, _EMPHASIS.search(self.text)
        italics = (match[1] or match[2]) if match else ""
        if match and _YEAR.search(italics) and "," in italics:
            # The whole line is in italics.
            text, italics = f"{text[: match.start()]}{italics}{text[match.end() :]}", ""
        if italics and italics[0] not in "(（":
            venue = italics
            text = f"{text[: match.start()]} , {text[match.end() :]}"
            self.text = re.sub(r"^\s*\(?in:?\s*,", "", text, flags=re.IGNORECASE)
        else:
            venue = _VENUE_END.split(text, maxsplit=1)[0]
            self.text = text[len(venue) :]
        self.year, venue = extract_year(venue)
        venue = re.sub(r"^\s*(?:in|to appear in|published in)\b:?\s+", "", venue, flags=re.I)
        venue = " ".join(re.sub(r"\*\*|__|`", "", venue).split()).strip(" ,.;:")
        short = ""
        if match := _VENUE_WITH_SHORT.fullmatch(venue):
            venue, short = match.groups()
        else:
            venue = re.sub(r"\s+(?=[)）])", "", venue)
            if venue.count("(") != venue.count(")") or venue.startswith(("(", "（")):
                venue = venue.strip("()（）")
        venue = "arXiv" if _ARXIV.fullmatch(venue) else venue
        self.headers |= {"venue": venue, "venue_short": short}

    def consume_honours(self) -> None:
        """Take an award and a presentation in parentheses."""
        for aside in _IN_PARENTHESES.findall(self.text):
            words = re.sub(r"\*\*|__|[*_](?=\W|$)|(?<!\w)[*_]", "", aside).strip()
            is_award = _AWARD.search(words)
            if is_award or _PRESENTATION.fullmatch(words):
                self.headers.setdefault("award" if is_award else "presentation", words)
                self.text = self.text.replace(f"({aside})", " ").replace(f"（{aside}）", " ")

    def consume_year(self) -> None:
        """Take the last year of the text, or else that of the venue."""
        years = [match[1] for match in _YEAR.finditer(self.text)]
        if years or self.year:
            self.headers.setdefault("date", years[-1] if years else self.year)
            self.text = _YEAR.sub(" ", self.text)

    def consume_remaining(self) -> None:
        """Take pages without a label and an address; what is left is a note."""
        days = _DAYS.findall(self.text)
        text = _DAYS.sub(" ", self.text)
        asides = [" ".join(aside.split()) for aside in _IN_PARENTHESES.findall(text)]
        text = re.sub(r"[(（][^()（）]{0,80}[)）]", " ", text)
        parts = [part.strip(" .;:|*_-–—'’&·") for part in text.split(",")]
        parts = [" ".join(part.split()) for part in parts if re.search(r"\w", part)]
        if pages := next(filter(_PAGES_ALONE.fullmatch, parts), None):
            self.headers.setdefault("pages", _join_range(pages))
            parts.remove(pages)
        if 0 < len(parts) <= 4 and all(map(_PLACE_NAME.fullmatch, parts)):
            self.headers["address"] = ", ".join(parts)
            parts = []
        self.headers["note"] = "; ".join([*parts, *days, *asides])


def _join_range(text: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "–", text)


def match_honour(text: str) -> dict[str, str]:
    """Return the header of a text that is an award or a presentation, and nothing else."""
    text = re.sub(r"\*\*|__|[()（）\[\]]", "", text).strip(" .,;:*_🏆🎉🔥✨🏅🥇")
    if _PRESENTATION.fullmatch(text):
        return {"presentation": text}
    if len(text) < 90 and _AWARD.search(text) and len(text.split()) < 12:
        return {"award": text}
    return {}


def arxiv_month(identifier: str) -> str:
    """Return the month in an arXiv id, as `2021-03`, or ""."""
    match = re.match(r"(?:[a-z.-]+/)?(\d\d)(0[1-9]|1[0-2])", identifier, re.IGNORECASE)
    if not match or not SCHEMES["arxiv"].parse(identifier):
        return ""
    return f"{1900 + int(match[1]) if int(match[1]) > 90 else 2000 + int(match[1])}-{match[2]}"
