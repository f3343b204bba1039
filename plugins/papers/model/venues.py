"""Short names of venues: an acronym in the name, that of a known series, or less of the name."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..util import LazyPattern, measure_text
from .venue_series import find_series


class ShortVenue(NamedTuple):
    """A venue's short name, and the year that is in its whole name, if any."""

    name: str
    year: str | None


# Longer names are shortened, Chinese, Japanese and Korean characters count double.
_LIMIT = 64
# Longer names of conferences lose their number, place and time, and may be called a workshop.
_LONG = 40
# A name with two capitals, such as ICML, GECCO, RecSys, NAACL-HLT, ESEC/FSE or RepL4NLP@ACL.
_ACRONYM = r"(?P<name>(?=[^\s,()]*[A-Z][^\s,()]*[A-Z])[A-Za-z][\w&]*(?:[-/@+&.][A-Za-z][\w&]*)*)"
_YEAR = r"(?:[ -]?(?P<year>(?:19|20)\d\d)|\s?['’](?P<short>\d\d))"
_ORGANIZER = r"(?:(?:ACM|IEEE|IFIP|SIAM|USENIX|AAAI|EACSL)(?:/[A-Z]+)? )"
# Words in capitals that are not venue: places, publishers, months and parts of a book.
_OTHER_NAMES = frozenset(
    "USA UK UAE PRC EU NY CA ACM IEEE AAAI/ACM IFIP SIAM LNCS LNAI CCIS CEUR PMLR ISBN DOI PDF II "
    "III IV VI VII VIII IX XI XII JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
)
_IN_PARENTHESES = LazyPattern(
    rf"[(（](?P<organizer>{_ORGANIZER}?){_ACRONYM}(?:{_YEAR}|(?: (?P<loose>\d\d)))?"
    r"(?P<part>(?: Workshops?| Companion| Adjunct)?)[)）]"
    r"(?:,? ?(?P<year_behind>(?:19|20)\d\d)$| ?['’](?P<short_behind>\d\d)\b)?"
)
_WITH_YEAR = LazyPattern(
    rf"(?:^|[,:–—]\s*|\s-+\s|\.\s+)(?P<organizer>{_ORGANIZER}?){_ACRONYM}{_YEAR}"
    r"(?P<part>)(?=\s*[,:;.]|\s[-–—]|$)"
    r"|(?P<plain>Interspeech|Eurographics) (?P<plain_year>(?:19|20)\d\d)"
)
# "(Middleware '20)", "International Middleware Conference (Middleware 2020)", "European Wireless
# 2023; 28th European Wireless Conference".
_WORD_WITH_YEAR = LazyPattern(rf"[(（](?P<name>[A-Z]\w+){_YEAR}[)）]")
_NAME_BEFORE_ITS_NUMBER = LazyPattern(
    r"^(?P<name>[^\d,;:]{4,30}) (?P<year>(?:19|20)\d\d)\s*[;:–—-]\s*(?:the )?\d+(?:st|nd|rd|th) ",
    re.IGNORECASE,
)
_NAME_BEFORE_A_DASH = LazyPattern(rf"^(?:(?P<year>(?:19|20)\d\d) )?{_ACRONYM} [-–—] (?=[A-Z])")
_PART = LazyPattern(
    r"\b(?:(?P<workshop>workshops?|co-located)|(?P<companion>companion)|(?P<adjunct>adjunct)"
    r"|(?P<abstracts>extended abstracts))\b",
    re.IGNORECASE,
)
_INTERNATIONAL_WORKSHOP = LazyPattern(r"\binternational\b.*\bworkshop\b", re.IGNORECASE)
_WORKSHOP_OF_CONFERENCE = LazyPattern(r"\b(?:conference|symposium)\b.*\bworkshop", re.IGNORECASE)
# Workshops of a conference: "NeurIPS 2020 Workshop on …", "Workshop on … at ICML 2021".
_WORKSHOPS_OF = (
    LazyPattern(
        rf"^(?:Proceedings of the )?{_ORGANIZER}?{_ACRONYM}{_YEAR}?(?: (?:19|20)\d\d)?"
        r" [Ww]orkshops?\b"
    ),
    LazyPattern(rf"^{_ACRONYM}{_YEAR}? .{{1,200}} [Ww]orkshop$"),
    LazyPattern(rf", {_ORGANIZER}?{_ACRONYM}{_YEAR}? [Ww]orkshops?(?: (?:19|20)\d\d)?$"),
    LazyPattern(rf"\b[Ww]orkshops?\b.* (?:at|@|of|in|with) (?:the )?{_ACRONYM}{_YEAR}?\W*$"),
)
_FINDINGS = LazyPattern(r"^Findings of the Association for Computational Linguistics\b(?:: )?")
_PROCEEDINGS = LazyPattern(
    r"^(?:(?:In )?(?:(?:Adjunct|Companion) )?(?:Conference )?Proc(?:eedings|\.)"
    r"(?: (?:of|from) (?:the )?|\. | )|The )?"
    r"(?:(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th)|\w+(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tieth|teenth)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|"
    r"Eleventh|Twelfth|Annual|[IVX]+(?= [A-Z])) )*",
    re.IGNORECASE,
)
_EVENT = LazyPattern(
    r"(?:conf(?:erence|\.)|\b(?:symposium|workshop|meeting|congress|colloquium|forum|summit|school))",
    re.IGNORECASE,
)
# Where and when an event was, at the end of its name; a short name and a colon before it.
_PLACE_AND_TIME = LazyPattern(
    r"(?:, [A-Z][^,]*){0,3}, (?:\d{1,2}\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^,]*"
    r",?[^,]*\b(?:19|20)\d\d.*$|[,.] [A-Z][^,.]* (?:19|20)\d\d\b.*$"
)
_BEFORE_COLON = LazyPattern(r"^[^:,]{1,20}['’ ](?:\d\d|(?:19|20)\d\d): ")
_PROCEEDINGS_OF = LazyPattern(
    r"(?:In )?(?:Proceedings of (?:the )?(?:\d+(?:st|nd|rd|th) )?"
    r"|(?:Proceedings of (?:the )?)?(?:\S+ )?(?:Annual )?(?:Conference|Meeting) of (?:the )?)"
    rf"(?:(?:Annual )?(?:Conference|Meeting) of (?:the )?)?{_ACRONYM}{_YEAR}?"
)
_YEAR_ALONE = LazyPattern(r"(?<!\d)(?:19|20)\d\d(?![\dA-Za-z])")
# What Mendeley and IEEE Xplore add to names: "Science (80-. )", "(Cat. No.01CH37205)", "[1989]".
_NOT_OF_THE_NAME = LazyPattern(
    r"\s*\((?:Cat\. No\.[^()]*|[^()\w]*\d[^()A-Za-z]*|to appear|in press|accepted|forthcoming)\)"
    r"(?=$|\s)|, to appear$|,? \d+ ?\([\d:–-]+\)(?::.*)?$|, (?:pages?|pp\.|Springer|LNCS|LNAI) .*$",
    re.IGNORECASE,
)
# "In Proceedings of the ICML", "In the proceedings of Proceedings of …", but not "In Vivo".
_IN = LazyPattern(
    r"^In:? (?!(?:Vivo|Vitro|Silico|Situ)\b)(?:the )?(?=[A-Z]|proc)(?:proceedings of (?:the )?"
    r"(?=proceedings))?|^Proceedings of (?:the )?(?=proceedings)",
    re.IGNORECASE,
)
_ARXIV = LazyPattern(
    r"(?:arxiv(?:\.org)?|corr)(?: (?:e-?)?prints?| preprint)?[\s:,]*(?:abs/|arxiv:)?[\w./-]*"
    r"(?: \[[\w.-]+\])?",
    re.IGNORECASE,
)
_PARTS_OF_NAMES = LazyPattern(
    r"\s*(?:[-–—|:;]|(?<!\s\w)(?<!\s\w\w)(?<!\s\w\w\w)\.)\s|\s[(\[]|[：；（]"
)
_LAST_SMALL_WORDS = LazyPattern(r"(?:\s(?:and|of|on|in|for|the|with|und|et|de|e|i|y|do|da|&))+$")
_ABBREVIATIONS = {
    "International": "Int.", "Journal": "J.", "Transactions": "Trans.", "Proceedings": "Proc.",
    "Conference": "Conf.", "Symposium": "Symp.", "University": "Univ.",
}  # fmt: skip
_ABBREVIATED = LazyPattern(rf"\b(?:{'|'.join(_ABBREVIATIONS)})\b")
# What .bib files have as a short name and is that of a type.
_TYPE_NAME = LazyPattern(
    r"(?:conference|journal|workshop|preprint|book|report|paper|poster|talk|article|"
    r"(?:book )?chapter)s?(?: (?:paper|article)s?)?",
    re.IGNORECASE,
)
_PRESENTATION = LazyPattern(
    r"\s*[(（](?P<name>(?:(?:long|short|full|notable) )?(?:oral|spotlight|highlight))"
    r"(?: (?:paper|presentation))?[)）]|, (?P<last>(?:long |short )?(?:oral|spotlight|highlight))$",
    re.IGNORECASE,
)
_SCHOOL = LazyPattern(
    r"(?:school|university|universit\w+|department|dept\.|faculty|college)\b", re.I
)
_WITH_ACRONYMS = ("paper-conference", "article-journal", "chapter", "article")
_NAMED_AFTER_PLACES = ("thesis", "report", "book")


def is_type_name(short: str) -> bool:
    """Tell whether a short name is that of a type, such as "conference", and not of a venue."""
    return _TYPE_NAME.fullmatch(short) is not None


def split_presentation(venue: str) -> tuple[str, str | None]:
    """Split "ICLR 2026 (oral)" into the venue and "Oral", None without one."""
    if match := _PRESENTATION.search(venue):
        presentation = match["name"] or match["last"]
        return _PRESENTATION.sub("", venue).strip(), presentation[0].upper() + presentation[1:]
    return venue, None


def find_venue(venue: str, names: Mapping[str, str]) -> str | None:
    """Return the short name that a table of a site has for words of a venue's name."""
    folded = venue.casefold()
    found = (short for words, short in names.items() if words and words.casefold() in folded)
    return next(found, None)


def split_year(venue: str, year: int | None = None) -> ShortVenue:
    """Split "ICLR2026", "ICLR 2026" or "ICLR'26" into name and year; the year may be None.

    With the year of a paper, "CSE25" and "CSE 25" of 2025 are split, too.
    """
    if match := re.fullmatch(
        r"(?P<name>.*[^\d–-])[- @]?(?P<year>(?:19|20)\d{2}|(?<=['’])\d{2})", venue
    ):
        return ShortVenue(match["name"].rstrip(" ,'’@-"), f"20{match['year']}"[-4:])
    if year and (match := re.fullmatch(rf"(?P<name>.*[A-Za-z])[ -]?{year % 100:02}", venue)):
        return ShortVenue(match["name"], str(year))
    return ShortVenue(venue, None)


def read_short_venue(short: str, year: int) -> ShortVenue:
    """Return name and year of a short name; with a year within it, all of it, and "" for two."""
    venue = split_year(short, year)
    if venue.year is None and _YEAR_ALONE.search(short):
        return ShortVenue(short, _find_year(short) or "")
    return venue if any(map(str.isalpha, venue.name)) else ShortVenue("", venue.year)


def without_year(venue: str) -> str:
    """Return a short name of a venue for all years."""
    year = _YEAR_ALONE.pattern
    name = re.sub(rf"[(（]{year}[)）]|{year}年?", "", split_year(venue).name)
    return " ".join(name.split()).strip(" ,;:-–—@")


@lru_cache(4096)
def shorten_venue(venue: str, year: int, type_: str = "paper-conference") -> ShortVenue:
    """Return the short name in a venue's whole name, or else the name, shortened if it is long.

    `year` and `type_` are those of the paper. The acronym of a workshop counts only with a year,
    for "(PRL)" may be that of a part.
    """
    venue = " ".join(venue.replace("（", "(").replace("）", ")").split())[:600]
    venue = _IN.sub("", venue)
    if _ARXIV.fullmatch(venue):
        return ShortVenue("arXiv", None)
    is_place = type_ in _NAMED_AFTER_PLACES or _SCHOOL.match(venue)
    if not is_place and (short := _find_short(venue, year, type_)):
        return short
    return read_short_venue(_fit(_NOT_OF_THE_NAME.sub("", venue)), year)


def _find_short(venue: str, year: int, type_: str) -> ShortVenue | None:
    if match := _FINDINGS.match(venue):
        name, own_year = _split(venue[match.end() :])
        return ShortVenue(f"Findings of {name or 'ACL'}", own_year)
    is_event = type_ == "paper-conference"
    part = _PART.search(venue)
    for pattern in (_IN_PARENTHESES, _WITH_YEAR):
        for match in pattern.finditer(venue):
            if short := _read_match(venue, match, part, year, is_event):
                return short
    for pattern in (_WORD_WITH_YEAR, _NAME_BEFORE_ITS_NUMBER):
        if (match := pattern.search(venue)) and (short := _read_word(venue, match)):
            return short
    if type_ not in _WITH_ACRONYMS:
        return None
    match = _PROCEEDINGS_OF.fullmatch(venue)
    if match and match["name"].upper() not in _OTHER_NAMES:
        return ShortVenue(match["name"], match["year"] or _expand(match["short"]))
    # An acronym or one word is not a series' whole name.
    series = find_series(venue) if " " in venue else None
    if series:
        suffix = "" if series in ("SemEval", "WMT", "EWRL") else _suffix(part)
        return ShortVenue(f"{series}{suffix}", _find_year(venue))
    if match := _NAME_BEFORE_A_DASH.search(venue):
        if (
            len(match["name"]) > 2
            and match["name"].upper() not in _OTHER_NAMES
            and len(venue) > _LONG
        ):
            return ShortVenue(match["name"], match["year"] or _find_year(venue))
    for match in (pattern.search(venue) for pattern in _WORKSHOPS_OF):
        if match and len(venue) > _LONG and match["name"] not in _OTHER_NAMES:
            return ShortVenue(f"{match['name']} Workshop", _find_year(venue))
    return _trim(venue) if is_event and len(venue) > _LONG else None


def _suffix(part: re.Match | None) -> str:
    """Return what distinguishes a workshop or a companion volume from the conference."""
    if part is None:
        return ""
    names = {"workshop": "Workshop", "adjunct": "Adjunct", "abstracts": "Extended Abstracts"}
    return f" {names.get(part.lastgroup or '', 'Companion')}"


def _read_match(
    venue: str, match: re.Match, part: re.Match | None, year: int, is_event: bool
) -> ShortVenue | None:
    """Return the venue that an acronym in its name means, None if it means something else."""
    values = match.groupdict()
    if values.get("plain"):
        return ShortVenue(values["plain"], values["plain_year"])
    name, organizer = values["name"], values["organizer"]
    if name.upper() in _OTHER_NAMES or match[0] == venue:
        return None
    own_year = values["year"] or _expand(values["short"])
    in_parentheses = "loose" in values
    if in_parentheses:
        own_year = own_year or values["year_behind"] or _expand(values["short_behind"])
    if in_parentheses and own_year is None:
        # "(MSR 11)" and "(HRI25)", in 2011 and in 2025.
        short = f"{year % 100:02}"
        if values["loose"] == short:
            own_year = str(year)
        elif name.endswith(short) and name[:-2].isalpha():
            name, own_year = name[:-2], str(year)
        elif values["loose"]:
            return None
    if len(name) < 3 and not _are_initials(name, venue[: match.start()]):
        if not organizer:
            return None
        name = organizer + name
    if in_parentheses and own_year is None:
        before = venue[: match.start()].casefold()
        is_workshop = part is not None and not _INTERNATIONAL_WORKSHOP.search(before)
        if (is_workshop and not values["part"]) or not _is_made_of(name.casefold(), before):
            return None
    suffix = _suffix(part) if values["part"] else ""
    if part and not suffix:
        is_workshop = _is_workshop_of(venue, match, part)
        suffix = _suffix(part) if is_workshop or (is_event and part.lastgroup != "workshop") else ""
    return ShortVenue(f"{name}{suffix}", own_year or _find_year(venue))


def _is_workshop_of(venue: str, match: re.Match, part: re.Match) -> bool:
    """Tell whether an acronym is that of a conference, and the name that of its workshop.

    "MODELS'23: Conference on … Workshop on …" and "Workshop on Stones, ICML 2021" are, but
    "HotNets'20: Workshop on …", "Workshop on Stones, SToneS 2021" and "RepL4NLP@ACL 2020" are not.
    """
    if part.start() > match.end():
        return _WORKSHOP_OF_CONFERENCE.search(venue, match.end()) is not None
    before = venue[: match.start()].casefold()
    return "@" not in match["name"] and not _is_made_of(match["name"].casefold(), before)


def _read_word(venue: str, match: re.Match) -> ShortVenue | None:
    """Return the venue of one word and a year, if the word is in the rest of the name."""
    values = match.groupdict()
    name, year = values["name"], values["year"] or _expand(values["short"])
    rest = f"{venue[: match.start()]} {venue[match.end() :]}".casefold()
    if name.casefold() in rest or (values.get("short") and _is_made_of(name.casefold(), rest)):
        return ShortVenue(name, year)
    return None


def _are_initials(name: str, words: str) -> bool:
    """Tell whether an acronym is of words that follow each other: "Requirements Engineering"."""
    return name in "".join(re.findall(r"\b[A-Z]", words))


def _is_made_of(name: str, words: str) -> bool:
    """Tell whether the letters of an acronym are in a text in this order."""
    chars = iter(words)
    return all(char in chars for char in name if char.isalpha())


def _expand(digits: str | None) -> str | None:
    return digits and f"{19 if int(digits) > 60 else 20}{digits}"


def _split(text: str) -> ShortVenue:
    match = re.match(rf"{_ACRONYM}{_YEAR}?", text)
    return ShortVenue(match["name"], match["year"]) if match else ShortVenue("", _find_year(text))


def _find_year(venue: str) -> str | None:
    """Return the year in a venue's name, if it is one."""
    years = set(_YEAR_ALONE.findall(venue))
    return years.pop() if len(years) == 1 else None


def _trim(venue: str) -> ShortVenue | None:
    """Return the name of an event without "Proceedings of the 5th", place and time."""
    venue = _NOT_OF_THE_NAME.sub("", venue)
    name = re.sub(r"^\[(?:19|20)\d\d\] ", "", _BEFORE_COLON.sub("", venue))
    name = _PLACE_AND_TIME.sub("", _PROCEEDINGS.sub("", name))
    name = name.removeprefix("on ")
    if name == venue or not _EVENT.search(name):
        return None
    name = re.sub(r"[\s,.:–-]+(?:\(?Volume \w+.*|Proceedings|Part [IVX\d]+)$", "", name)
    name = re.sub(r"[\s,]+(?:19|20)\d\d$", "", name).strip(" ,")
    name = name if "." in name[:-1] else name.rstrip(".")
    return ShortVenue(_fit(name), _find_year(venue)) if len(name) > 10 else None


def _fit(name: str) -> str:
    """Return a name within the limit: abbreviated, without a subtitle, or cut at a word."""
    if measure_text(name) <= _LIMIT:
        return name
    abbreviated = _abbreviate(name)
    if measure_text(abbreviated) <= _LIMIT:
        return abbreviated
    ends = [match.start() for match in _PARTS_OF_NAMES.finditer(name)]
    for heads in ([name[:end] for end in ends], [_abbreviate(name[:end]) for end in ends]):
        if heads := [head for head in heads if 3 <= measure_text(head) <= _LIMIT]:
            return heads[-1]
    head = abbreviated
    while measure_text(head) > _LIMIT and ", " in head:
        head = head.rpartition(", ")[0]
    rest = abbreviated[len(head) :]
    if measure_text(head) <= _LIMIT and not re.search(r" (?:and|und|et|y|i|&) ", rest):
        return head
    head = abbreviated
    while measure_text(head) >= _LIMIT:
        head = head.rpartition(" ")[0] if " " in head else head[:-1]
    return f"{_LAST_SMALL_WORDS.sub('', head.rstrip(' ,;:–-'))}…"


def _abbreviate(name: str) -> str:
    return _ABBREVIATED.sub(lambda match: _ABBREVIATIONS[match[0]], name)
