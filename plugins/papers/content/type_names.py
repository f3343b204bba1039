"""The types of papers, under the names that BibTeX and other systems have for them."""

import re

from ..util import LazyPattern, fold_text

# CSL's types for the names of BibTeX, biblatex, HugoBlox and academicpages.
TYPE_NAMES = {
    "article": "article-journal", "inproceedings": "paper-conference",
    "conference": "paper-conference", "conferencepaper": "paper-conference",
    "proceedings": "book", "book": "book", "mvbook": "book", "collection": "book",
    "booklet": "book", "manual": "book", "inbook": "chapter", "incollection": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "phdthesis": "thesis",
    "mastersthesis": "thesis", "bachelorsthesis": "thesis", "techreport": "report",
    "misc": "document", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "unpublished": "manuscript", "preprint": "article", "workingpaper": "report",
    "journal": "article-journal", "magazine": "article-magazine", "periodical": "article-journal",
    "manuscripts": "article-journal", "manuscript": "manuscript", "conferences": "paper-conference",
    "books": "book", "booksection": "chapter", "thesis": "thesis", "report": "report",
    "patent": "patent", "dataset": "dataset", "software": "software", "talk": "speech",
    "presentation": "speech", "poster": "speech", "workshop": "paper-conference",
    "journalarticle": "article-journal", "articlejournal": "article-journal",
    "articlemagazine": "article-magazine", "articlenewspaper": "article-newspaper",
    "paperconference": "paper-conference", "speech": "speech", "webpage": "webpage",
    "document": "document", "chapter": "chapter", "other": "document", "uncategorized": "document",
    "mathesis": "thesis", "bathesis": "thesis", "candthesis": "thesis", "theses": "thesis",
    "dissertation": "thesis", "habilitation": "thesis", "hdr": "thesis", "resreport": "report",
    "newspaper": "article-newspaper", "standard": "report", "video": "document",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book",
    "reference": "book", "inreference": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-journal", "review": "article-journal",
    "editorial": "article-journal", "abstract": "paper-conference", "tutorial": "paper-conference",
    "phd": "thesis", "masterthesis": "thesis", "bachelorthesis": "thesis", "arxiv": "article",
    "technicalreport": "report", "code": "software", "blog": "webpage", "lecture": "speech",
    "artwork": "document", "audio": "document", "image": "document", "movie": "document",
    "music": "document", "performance": "document", "letter": "document", "legal": "document",
    "legislation": "document", "jurisdiction": "document", "commentary": "document",
    "bibnote": "document", "custom": "document",
}  # fmt: skip
GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master's thesis",
    "bachelorsthesis": "Bachelor's thesis",
    "phd": "PhD thesis",
    "masterthesis": "Master's thesis",
    "bachelorthesis": "Bachelor's thesis",
    "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis",
    "theses": "PhD thesis",
    "habilitation": "Habilitation",
    "hdr": "Habilitation",
}
# What is in BibTeX's field `type` for a genre: biblatex's keys (3.20, 4.9.2.13), and HAL's.
_GENRE_KEYS = GENRES | {
    "techreport": "Technical report", "resreport": "Research report", "software": "Software",
    "datacd": "CD-ROM", "audiocd": "Audio CD", "patent": "Patent", "patentde": "German patent",
    "patenteu": "European patent", "patentfr": "French patent", "patentuk": "British patent",
    "patentus": "US patent", "patreq": "Patent request", "patreqde": "German patent request",
    "patreqeu": "European patent request", "patreqfr": "French patent request",
    "patrequk": "British patent request", "patrequs": "US patent request",
}  # fmt: skip
# Words of a genre that say more of the type than the entry, such as @misc, does.
_GENRE_TYPES = {
    type_: LazyPattern(words, re.IGNORECASE)
    for type_, words in {
        "thesis": r"\bthes[ei]s\b|dissertation|habilitation|th[èe]se\b|\btes(?:is|ina|i|e)\b|"
        r"dissertaç|(?:diplom|master|bachelor|magister|doktor|studien|abschluss)arbeit|proefschrift"
        r"|scriptie|m[ée]moire de|avhandling|praca (?:magist|dokt|dyplom)|rozprawa|диссертаци|"
        r"[博硕学碩修]士(?:学位)?[论論]文|学位[论論]文|卒業論文|학위논문",
        "report": r"report|\btech\. ?rep|bericht|rapport|informe|relat[óo]rio|working paper|"
        r"white ?paper|discussion paper|technical note|报告|報告",
        "patent": r"\bpatent|brevet|专利|特許",
        "article": r"^pre-?print$|prépublication|预印本",
        "dataset": r"^data ?set$",
        "software": r"^(?:computer )?(?:software|program)$",
        "speech": r"^(?:talk|(?:oral )?presentation|oral communication|invited talk|keynote|poster|"
        r"lecture)$",
    }.items()
}  # fmt: skip
_LOOSE_TYPES = ("document", "thesis", "report", "manuscript")
# Genres that say only that a paper is in a journal, or of a conference.
_PLAIN_GENRE = LazyPattern(
    r"(?:(?:research |scientific |regular |original )?(?:journal )?(?:article|paper)s?|journal|"
    r"(?:in)?proceedings|(?:(?:full |long )?(?:conference|proceedings|workshop) ?)"
    r"(?:proceedings|papers?|articles?|contribution)?)",
    re.IGNORECASE,
)


def name_genre(text: str) -> str:
    """Return a genre in words, those of its key if it is one."""
    return _GENRE_KEYS.get(fold_text(text), text)


def refine_type(type_: str, genre: str) -> str:
    """Return the CSL type that a genre names where `type_` says little, else `type_`."""
    if type_ not in _LOOSE_TYPES:
        return type_
    genre_type = next((name for name, words in _GENRE_TYPES.items() if words.search(genre)), type_)
    return type_ if type_ == "manuscript" and genre_type != "article" else genre_type


def is_plain_genre(genre: str) -> bool:
    """Tell whether a genre says only the type of an article or a conference paper."""
    return _PLAIN_GENRE.fullmatch(genre) is not None


# The type of a paper without one, by the name of its venue's key.
VENUE_TYPES = {
    "journal": "article-journal", "journaltitle": "article-journal",
    "booktitle": "paper-conference", "conference": "paper-conference", "school": "thesis",
    "institution": "report",
}  # fmt: skip
# The types of entries of BibTeX and biblatex, which hints name.
ENTRY_TYPES = (
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection "
    "suppcollection conference dataset inproceedings inreference manual mastersthesis misc online "
    "patent periodical phdthesis proceedings mvproceedings reference report software "
    "suppperiodical techreport thesis unpublished"
).split()
# Names that are types in other systems, and BibTeX's type for them.
MEANT_TYPES = {
    name: type_
    for type_, names in {
        "inproceedings": "paper papers conf confpaper inproc proceeding workshoppaper "
        "proceedingspaper proceedingsarticle",
        "article": "journalpaper journalarticles art",
        "incollection": "bookchapter chapters incoll contribution",
        "techreport": "techrep report1 deliverable whitepaper rfc",
        "phdthesis": "doctoralthesis phddissertation doctoraldissertation",
        "mastersthesis": "msc mscthesis masters master diplomathesis diploma",
        "online": "web website webpages webcite blogpost post url",
        "misc": "miscellaneous note notes",
        "unpublished": "draft submitted inpreparation",
        "preprint": "arxivpreprint eprint preprints",
        "dataset": "data datasets database",
        "software": "program tool sourcecode",
        "newspaper": "newsarticle newspaperarticle news",
        "talk": "talks keynote",
    }.items()
    for name in names.split()
}
# The fields of a venue, by type; the first that has a value wins.
VENUE_FIELDS = {
    "paper-conference": "booktitle conference journal journaltitle venue eventtitle",
    "chapter": "booktitle journal journaltitle venue",
    "thesis": "school institution publisher venue",
    "report": "institution organization school journal venue",
    "article-journal": "journal journaltitle booktitle venue publication",
    "book": "venue",
    "document": "journal journaltitle booktitle conference venue howpublished school institution "
    "organization",
}
