"""Short names of venues: an acronym in the venue's name, or that of a known series."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ..util import LazyPattern


class ShortVenue(NamedTuple):
    """A venue's short name, and the year that is in its whole name, if any."""

    name: str
    year: str | None


# A name with two capitals, such as ICML, GECCO, RecSys, NAACL-HLT, ESEC/FSE or RepL4NLP@ACL.
_ACRONYM = r"(?P<name>(?=[^\s,()]*[A-Z][^\s,()]*[A-Z])[A-Z][\w&]*(?:[-/@+&.][A-Za-z][\w&]*)*)"
_YEAR = r"(?:[ -]?(?P<year>(?:19|20)\d\d)|\s?['’](?P<short>\d\d))"
# Words in capitals that are not venue: places, publishers, months and parts of a book.
_OTHER_NAMES = frozenset(
    "USA UK UAE PRC EU NY CA ACM IEEE AAAI/ACM IFIP SIAM LNCS LNAI CCIS CEUR PMLR ISBN DOI PDF II "
    "III IV VI VII VIII IX XI XII JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
)
_IN_PARENTHESES = LazyPattern(rf"[(（]{_ACRONYM}{_YEAR}?[)）]")
_WITH_YEAR = LazyPattern(
    rf"(?:^|[,:–—]\s*|\s-+\s|\.\s+){_ACRONYM}{_YEAR}(?=\s*[,:;.]|\s[-–—]|$)"
    r"|(?P<plain>Interspeech|Eurographics) (?P<plain_year>(?:19|20)\d\d)"
)
_WORKSHOP = LazyPattern(r"\bworkshops?\b|\bcompanion\b|\badjunct\b|\bco-located\b", re.IGNORECASE)
# Workshops of a conference: "NeurIPS 2020 Workshop on …", "Workshop on … at ICML 2021".
_WORKSHOPS_OF = (
    LazyPattern(rf"^(?:Proceedings of the )?{_ACRONYM}{_YEAR}?(?: (?:19|20)\d\d)? Workshops?\b"),
    LazyPattern(rf"^{_ACRONYM}{_YEAR}? .{{1,200}} Workshop$"),
    LazyPattern(rf"\bWorkshops?\b.* (?:at|@|of|in|with) (?:the )?{_ACRONYM}{_YEAR}?\W*$"),
)
_FINDINGS = LazyPattern(r"^Findings of the Association for Computational Linguistics\b(?:: )?")
_START = r"^(?:proceedings of the )?(?:[\w-]+ ){0,3}"
# The series of known venues, by words of their names.
_SERIES = {
    "AAAI": "aaai conference on artificial intelligence",
    "AACL": "asia-pacific chapter of the (?:association for computational linguistics|acl)",
    "EACL": "european chapter of the (?:association for computational linguistics|acl)",
    "NAACL": "(?:north|nations of the) americas?n? chapter of the "
    "(?:association for computational linguistics|acl)",
    "ACL": "annual meeting of the (?:association for computational linguistics|acl)",
    "EMNLP": "empirical methods in natural language processing",
    "CoNLL": "computational natural language learning|natural language learning",
    "COLING": "conference on computational linguistics",
    "LREC": "language resources and evaluation(?: conference)?",
    "SemEval": f"{_START}workshop on semantic evaluations?",
    "WMT": f"{_START}(?:conference|workshop) on (?:statistical )?machine translation",
    "TACL": "^transactions of the association for computational linguistics",
    "NeurIPS": "(?:advances in|conference on) neural information processing systems"
    "|^neural information processing systems",
    "ICML": "international conference on machine learning",
    "ICLR": "international conference on learning representations",
    "COLT": "(?:conference|workshop) on (?:computational )?learning theory",
    "AISTATS": "artificial intelligence and statistics",
    "UAI": "uncertainty in artificial intelligence",
    "IJCAI": "international joint conferences? on artificial intelligence",
    "ECAI": "european conference on artificial intelligence",
    "AAMAS": "autonomous agents and multi-?agent systems",
    "ICAPS": "automated planning and scheduling",
    "CoRL": "conference on robot learning",
    "RSS": "robotics: science and systems",
    "ICRA": "international conference on robotics and automation",
    "IROS": "intelligent robots and systems",
    "HRI": "international conference on human-robot interaction",
    "CVPR": "conference on computer vision and pattern recognition",
    "ICCV": "international conference on computer vision",
    "ECCV": "european conference on computer vision",
    "WACV": "applications of computer vision",
    "BMVC": "british machine vision conference",
    "MICCAI": "medical image computing and computer[- ]assisted intervention",
    "ICASSP": "acoustics,? speech,? and signal processing",
    "Interspeech": "international speech communication association",
    "KDD": "knowledge discovery (?:and|&) data mining|knowledge discovery in data mining",
    "WWW": "(?:acm )?web conference|(?:international )?world wide web conference"
    "|international conference on world wide web",
    "SIGIR": "research and development in information retrieval",
    "CIKM": "information (?:and|&) knowledge management",
    "WSDM": "web search and data mining",
    "RecSys": "conference on recommender systems",
    "SIGMOD": "international conference on management of data",
    "ICDE": "international conference on data engineering",
    "PVLDB": "^proceedings of the vldb endowment|^proc\\. vldb endow\\.?",
    "CHI": "human factors in computing systems",
    "UIST": "user interface software and technology",
    "PACMHCI": "^proceedings of the acm on human-computer interaction",
    "IMWUT": "^proceedings of the acm on interactive, mobile, wearable and ubiquitous technologies",
    "PACMPL": "^proceedings of the acm on programming languages",
    "PLDI": "programming language design and implementation",
    "POPL": "principles of programming languages",
    "ICSE": "international conference on software engineering",
    "ASE": "international conference on automated software engineering",
    "SOSP": "symposium on operating systems principles",
    "OSDI": "operating systems design and implementation",
    "NSDI": "networked systems design and implementation",
    "ASPLOS": "architectural support for programming languages and operating systems",
    "ISCA": "international symposium on computer architecture",
    "CCS": "computer and communications security",
    "EuroS&P": "european symposium on security and privacy",
    "S&P": "symposium on security and privacy",
    "USENIX Security": "usenix security symposium",
    "NDSS": "network and distributed system security(?: symposium)?",
    "CRYPTO": "international cryptology conference",
    "STOC": "symposium on (?:the )?theory of computing",
    "FOCS": "symposium on foundations of computer science",
    "SODA": "symposium on discrete algorithms",
    "GECCO": "genetic and evolutionary computation conference",
    "PNAS": "^proceedings of the national academy of sciences",
}
# What may follow a series' name, so that another venue whose name goes on is not mistaken for it.
_END = (
    r"(?= *(?:$|[,:;.()–—-]|\d|of the (?:usa|united states)|workshops?\b|track\b|"
    r"extended abstracts|and (?:the )?\d|(?:19|20)\d\d))"
)
_LONG = 40
_PROCEEDINGS = LazyPattern(
    r"^(?:(?:In )?(?:(?:Adjunct|Companion) )?(?:Conference )?Proceedings (?:of|from) (?:the )?)?"
    r"(?:(?:(?:19|20)\d\d|\d+(?:st|nd|rd|th)|\w+(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tieth|teenth)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|"
    r"Eleventh|Twelfth|Annual) )*",
    re.IGNORECASE,
)
_EVENT = LazyPattern(
    r"\b(?:conf(?:erence|\.)|symposium|workshop|meeting|congress|colloquium|forum|summit|school)",
    re.IGNORECASE,
)
# Where and when an event was, at the end of its name; a short name and a colon before it.
_PLACE_AND_TIME = LazyPattern(
    r"(?:, [A-Z][^,]*){0,3}, (?:\d{1,2}\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^,]*"
    r",?[^,]*\b(?:19|20)\d\d.*$|[,.] [A-Z][^,.]* (?:19|20)\d\d\b.*$"
)
_BEFORE_COLON = LazyPattern(r"^[^:,]{1,20}['’ ](?:\d\d|(?:19|20)\d\d): ")
_PROCEEDINGS_OF = LazyPattern(rf"(?:In )?Proceedings of (?:the )?{_ACRONYM}{_YEAR}?")


@lru_cache(4096)
def shorten_venue(venue: str, is_conference: bool = True) -> ShortVenue | None:
    """Return the short name in a venue's whole name, None where there is none.

    The acronym of a workshop counts only with a year, for "(PRL)" may be that of a part.
    """
    venue = " ".join(venue.replace("（", "(").replace("）", ")").split())[:600]
    if match := _FINDINGS.match(venue):
        name, year = _split(venue[match.end() :])
        return ShortVenue(f"Findings of {name or 'ACL'}", year)
    is_workshop = _WORKSHOP.search(venue) is not None
    for pattern in (_IN_PARENTHESES, _WITH_YEAR):
        for match in pattern.finditer(venue):
            if short := _read_match(venue, match, is_workshop, pattern is _IN_PARENTHESES):
                return short
    match = _PROCEEDINGS_OF.fullmatch(venue)
    if match and match["name"].upper() not in _OTHER_NAMES:
        return ShortVenue(match["name"], match["year"] or _expand(match["short"]))
    # An acronym or one word is not a series' whole name.
    series = _find_series(venue) if " " in venue else None
    is_series = series in ("SemEval", "WMT", "CHI", "HRI") or not is_workshop
    if series:
        part = "Workshop" if "workshop" in venue.lower() else "Companion"
        name = series if is_series else f"{series} {part}"
        return ShortVenue(name, _find_year(venue))
    for match in (pattern.search(venue) for pattern in _WORKSHOPS_OF):
        if match and len(venue) > _LONG and match["name"] not in _OTHER_NAMES:
            return ShortVenue(f"{match['name']} Workshop", _find_year(venue))
    return _trim(venue) if is_conference and len(venue) > _LONG else None


def _find_series(venue: str) -> str | None:
    """Return the first series of the table that a venue's name holds."""
    numbers = [match.lastindex or 0 for match in _series_pattern().finditer(venue)]
    return list(_SERIES)[min(numbers) - 1] if numbers else None


@cache
def _series_pattern() -> re.Pattern:
    """Return a pattern with a group for each series; it is large, and few sites need it."""
    words = "|".join(f"({words})" for words in _SERIES.values())
    return re.compile(rf"(?:(?<=\W)|^)(?:{words}){_END}", re.IGNORECASE)


def _read_match(
    venue: str, match: re.Match, is_workshop: bool, in_parentheses: bool
) -> ShortVenue | None:
    """Return the venue that an acronym in its name means, None if it means something else."""
    values = match.groupdict()
    if values.get("plain"):
        return ShortVenue(values["plain"], values["plain_year"])
    name = values["name"]
    if name.upper() in _OTHER_NAMES or len(name) < 3 or match[0] == venue:
        return None
    year = values["year"] or _expand(values["short"])
    if in_parentheses and year is None:
        before = venue[: match.start()].casefold()
        if is_workshop or not _is_made_of(name.casefold(), before):
            return None
    return ShortVenue(name, year or _find_year(venue))


def _is_made_of(name: str, words: str) -> bool:
    """Tell whether the letters of an acronym are in a text in this order."""
    signs = iter(words)
    return all(sign in signs for sign in name if sign.isalpha())


def _expand(digits: str | None) -> str | None:
    return digits and f"{19 if int(digits) > 60 else 20}{digits}"


def _split(text: str) -> tuple[str, str | None]:
    match = re.match(rf"{_ACRONYM}{_YEAR}?", text)
    return (match["name"], match["year"]) if match else ("", _find_year(text))


def _find_year(venue: str) -> str | None:
    """Return the year in a venue's name, if it is one."""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", venue))
    return years.pop() if len(years) == 1 else None


def _trim(venue: str) -> ShortVenue | None:
    """Return the name of an event without "Proceedings of the 5th", place and time."""
    name = _PLACE_AND_TIME.sub("", _PROCEEDINGS.sub("", _BEFORE_COLON.sub("", venue)))
    name = name.removeprefix("on ")
    if name == venue or not _EVENT.search(name):
        return None
    name = re.sub(r"[\s,.:–-]+(?:\(?Volume \w+.*|Proceedings|Part [IVX\d]+)$", "", name)
    name = re.sub(r"[\s,]+(?:19|20)\d\d$", "", name).strip(" ,.")
    return ShortVenue(name, _find_year(venue)) if len(name) > 10 else None
