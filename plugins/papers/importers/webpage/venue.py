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
           "forthcoming": "accepted", "accepted": "accepted"}  # fmt: skip
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
# Words of a line that is not a venue alone.
_TITLED = re.compile(r"\b(?:Vol|No|Issue|Pages?|Article)\b")
_VENUE_WITH_SHORT = re.compile(r"(.{8,}?)\s*\(([A-Z][\w/&-]{1,14})\s*\)?")
_IN_PARENTHESES = re.compile(r"[(（]([^()（）]{2,80})[)）]")
_PAGES_ALONE = re.compile(r"\d{1,6}\s?[-–—]+\s?\d{1,6}")
_PLACE_NAME = re.compile(r"[^\W\d_a-z][^\d=:/<>]{1,38}")
# "Phys. Lett. B 716 (2012) 1-29", "Astrophys. J. 812, 45 (2015)", "J Sci 12(3):45-67"
_NUMBER_RANGE = r"[A-Za-z]?\d[\w]{0,15}(?:\s?[-–—]+\s?[A-Za-z]?\d\w{0,9})?"
_VENUE_WORD = r"(?:[A-Z][\w&.'’-]*|of|the|and|in|for|on|&)"
_COMPACT_FORM = re.compile(
    rf"\s*(?P<venue>{_VENUE_WORD}(?: {_VENUE_WORD}){{0,9}})"
    rf"[\s,]{{1,2}}(?P<volume>\d{{1,3}})\s?(?:\((?P<issue>\d{{1,3}}(?:[-–/]\d{{1,3}})?)\))?"
    rf"(?:[\s,:]{{1,2}}(?P<pages>{_NUMBER_RANGE}))?"
    rf"(?:[\s,]{{0,2}}\((?P<year>(?:19|20)\d\d)\)(?:[\s,:]{{1,2}}(?P<pages_behind>{_NUMBER_RANGE}))?)?[\s.]*"
)
# Volume, issue and pages after a venue in italics: ", 118, 030401", "20(3), e0319687".
_BEHIND_VENUE = re.compile(
    rf"^[\s,.\[\]]{{0,9}}(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>\d{{1,3}}(?:[-–/]\d{{1,3}})?)\))?"
    rf"\s?[,:]\s?(?:pp?\.?\s?|art(?:icle)?\.?\s(?:no\.?\s)?)?(?P<pages>{_NUMBER_RANGE})(?=[\s.,;)(]|$)"
)
_ARTICLE_NUMBER = re.compile(r"[a-z]\d{3,}|\d{9,}", re.IGNORECASE)
# The volume in italics beside the journal: "_49_(3)"; and within it: "_Looms, 102,_".
_ITALIC_NUMBER = re.compile(r"(?<![\w*_])[*_](?P<number>\d{1,4})[*_](?![\w*_])")
_NUMBER_BEHIND_NAME = re.compile(
    r"(?P<venue>.{3,}?),\s*(?P<volume>\d{1,4})\s*(?:\((?P<issue>\d{1,4})\))?,?"
)
_EDITORS = re.compile(
    r"^[\s.,]*In:?\s+(?P<names>[^()*_]{5,200}?),?\s*\((?:Eds?|Hrsg)\.?\)[\s.,:]*", re.IGNORECASE
)
_PUBLISHER = re.compile(
    r"(?:[^\d,;]{0,40}\b(?:Press|Publish\w+|Verlag)\b.{0,20}|Springer\b.{0,20}|Wiley\b.{0,20}|"
    r"Elsevier.{0,20}|Routledge|CRC|IGI Global|Addison-Wesley|O['’]Reilly.{0,10}|SIAM|"
    r"De Gruyter.{0,20}|Palgrave.{0,20}|Birkhäuser.{0,10}|(?:[^\d,;]{2,40})?出版社)"
)
_ABBREVIATED_END = re.compile(r" [A-Z][a-z]{1,6}\.$|(?:\.[A-Z])+\.$")
# The edition after the title of a book.
_EDITION = re.compile(
    r"^[\s.,]*\((\d{1,2})(?:st|nd|rd|th) ed(?:ition|n)?\.?\)[\s.,]*", re.IGNORECASE
)
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
    if stage := _STAGES.get(text.casefold()):
        return {"stage": stage}
    text = _TO_APPEAR.sub("", text)
    aside = _BADGE_WITH_ASIDE.fullmatch(text)
    if aside and "(" not in aside[1]:
        return parse_badge(aside[1]) | _parse_aside(aside[2])
    folded = text.casefold()
    if folded in _TYPES:
        return {"type": _TYPES[folded]}
    if stage := _STAGES.get(folded):
        return {"stage": stage}
    if _PRESENTATION.fullmatch(text):
        return {"presentation": text}
    if _AWARD.search(text):
        return {"award": text}
    year, venue = extract_year(text)
    if stage := _STAGES.get(venue.strip(" .,;:()[]").casefold()):
        return {"stage": stage} | ({"date": year} if year else {})
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
    year, words = extract_year(text.replace("*", " ").replace("_", " "))
    if stage := _STAGES.get(words.strip(" .,()").casefold()):
        return {"stage": stage} | ({"date": year} if year else {})
    text, book = _split_book(text)
    if book:
        return book
    text = _ITALIC_NUMBER.sub(r"\g<number>", text.replace("**", ""))
    line = _PublicationLine(re.sub("[，、]\\s*", ", ", text))
    line.consume_month()
    line.consume_editors()
    if not line.consume_compact_form():
        line.consume_venue()
        line.consume_numbers()
    line.consume_honours()
    line.consume(_PAGES, "pages")
    line.consume(_VOLUME, "volume")
    line.consume(_ISSUE, "issue")
    line.consume(_VOLUME_AND_ISSUE, "volume", "issue")
    line.consume_year()
    line.consume_remaining()
    return {key: value for key, value in line.headers.items() if value}


def is_book(text: str) -> bool:
    """Tell whether a line says who published a book, and no more."""
    return bool(_split_book(text)[1])


def _split_book(text: str) -> tuple[str, dict[str, str]]:
    """Return a text, or the headers of a book: "(2nd ed.). Geneva: Press", "MIT Press, 2001"."""
    edition = _EDITION.match(text)
    words = (text[edition.end() :] if edition else text).strip(" .*_")
    year, words = extract_year(words)
    place, _, publisher = words.strip(" .,()").rpartition(": ")
    if not _PUBLISHER.fullmatch(publisher) or re.search(r"\d", place) or len(place) > 40:
        return text, {}
    headers = {"type": "book", "publisher": publisher, "address": place, "date": year}
    headers["edition"] = edition[1] if edition else ""
    return "", {key: value for key, value in headers.items() if value}


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

    def consume_editors(self) -> None:
        """Take the editors of the book that holds a chapter."""
        if match := _EDITORS.match(self.text):
            names = re.split(r"\s*(?:,|;|\band\b|&)\s*", match["names"])
            self.headers |= {"editor": "; ".join(filter(None, names)), "type": "chapter"}
            self.text = self.text[match.end() :]

    def consume_compact_form(self) -> bool:
        """Take venue, volume and pages of a line that holds nothing else; tell whether it does."""
        match = _COMPACT_FORM.fullmatch(self.text)
        pages = match and (match["pages_behind"] or match["pages"])
        if not match or not (match["issue"] or pages) or _TITLED.search(match["venue"]):
            return False
        venue = match["venue"].strip(" ,")
        self._add_pages(pages or "")
        self.headers |= {
            "venue": venue if "." in venue[:-1] else venue.rstrip("."), "volume": match["volume"],
            "issue": match["issue"] or "", "date": self.headers.get("date") or match["year"] or "",
        }  # fmt: skip
        self.text = ""
        return True

    def consume_numbers(self) -> None:
        """Take volume, issue and pages after the venue."""
        if match := _BEHIND_VENUE.match(self.text):
            if _YEAR.fullmatch(match["volume"]):
                return
            self.headers |= {"volume": match["volume"], "issue": match["issue"] or ""}
            self._add_pages(match["pages"])
            self.text = self.text[match.end() :]

    def _add_pages(self, pages: str) -> None:
        key = "article_number" if _ARTICLE_NUMBER.fullmatch(pages) else "pages"
        self.headers[key] = _join_range(pages)

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
        venue = " ".join(re.sub(r"\*\*|__|`", "", venue).split()).strip(" ,;:").lstrip(".")
        # The last word of "Phys. Rev. Lett." is abbreviated, too.
        is_abbreviated = re.search(r"[A-Za-z]\. ", venue) and _ABBREVIATED_END.search(venue)
        if not (italics and is_abbreviated):
            venue = venue.rstrip(" .")
        short = ""
        if italics and (match := _NUMBER_BEHIND_NAME.fullmatch(venue)):
            if not _YEAR.fullmatch(match["volume"]):
                venue = match["venue"]
                self.headers |= {"volume": match["volume"], "issue": match["issue"] or ""}
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
        for part in filter(match_honour, list(parts)):
            honours = match_honour(part)
            if not honours.keys() & self.headers.keys():
                self.headers |= honours
                parts.remove(part)
        if pages := next(filter(_PAGES_ALONE.fullmatch, parts), None):
            self.headers.setdefault("pages", _join_range(pages))
            parts.remove(pages)
        for part in parts:
            publisher = part.rpartition(": ")[2]
            if _PUBLISHER.fullmatch(publisher) and "publisher" not in self.headers:
                self.headers["publisher"] = publisher
                place = part.rpartition(": ")[0]
                parts[parts.index(part) : parts.index(part) + 1] = [place] if place else []
                break
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
