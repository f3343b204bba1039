"""The types of records: those of RIS, and EndNote's names for them."""

# Types of the RIS specification (2001, and EndNote's and Zotero's extensions), as CSL's.
TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal",
    "INPR": "article-journal", "ABST": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "CPAPER": "paper-conference", "CONF": "paper-conference",
    "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "chapter", "DICT": "chapter", "BOOK": "book",
    "EBOOK": "book", "EDBOOK": "book", "SER": "book", "CLSWK": "book", "ANCIENT": "book",
    "PAMP": "book", "THES": "thesis", "RPRT": "report", "STAND": "report", "STD": "report",
    "GOVDOC": "report", "PAT": "patent", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset",
    "COMP": "software", "ELEC": "webpage", "WEB": "webpage", "BLOG": "webpage", "ICOMM": "webpage",
    "SLIDE": "speech", "MANSCPT": "manuscript", "UNPB": "manuscript", "UNPD": "manuscript",
    "PREPRINT": "article", "PCOMM": "document", "GEN": "document",
}  # fmt: skip
# EndNote's names of reference types (its manual, "Reference types"), in lower case.
_NAMES = {
    "journal article": "JOUR", "electronic article": "EJOUR", "magazine article": "MGZN",
    "newspaper article": "NEWS", "conference paper": "CPAPER", "conference proceedings": "CONF",
    "conference proceeding": "CONF", "book section": "CHAP", "electronic book section": "ECHAP",
    "book chapter": "CHAP", "encyclopedia": "ENCYC", "dictionary": "DICT", "book": "BOOK",
    "electronic book": "EBOOK", "edited book": "EDBOOK", "serial": "SER",
    "serial publication": "SER", "classical work": "CLSWK", "ancient text": "ANCIENT",
    "pamphlet": "PAMP", "thesis": "THES", "report": "RPRT", "standard": "STAND",
    "government document": "GOVDOC", "patent": "PAT", "dataset": "DATA", "data file": "DATA",
    "aggregated database": "AGGR", "online database": "DBASE", "computer program": "COMP",
    "web page": "ELEC", "electronic source": "ELEC", "blog": "BLOG", "manuscript": "MANSCPT",
    "unpublished work": "UNPB", "preprint": "PREPRINT", "personal communication": "PCOMM",
    "generic": "GEN",
}  # fmt: skip
# The numbers of EndNote's reference types in its XML, for records that have no name.
_NUMBERS = {
    "17": "JOUR", "43": "EJOUR", "19": "MGZN", "23": "NEWS", "47": "CPAPER", "10": "CONF",
    "5": "CHAP", "60": "ECHAP", "53": "ENCYC", "52": "DICT", "6": "BOOK", "44": "EBOOK",
    "28": "EDBOOK", "57": "SER", "49": "CLSWK", "51": "ANCIENT", "24": "PAMP", "32": "THES",
    "27": "RPRT", "58": "STAND", "46": "GOVDOC", "25": "PAT", "59": "DATA", "55": "AGGR",
    "45": "DBASE", "9": "COMP", "12": "ELEC", "56": "BLOG", "36": "MANSCPT", "34": "UNPB",
    "26": "PCOMM", "13": "GEN",
}  # fmt: skip


def find_ris_type(name: str) -> str:
    """Return the RIS type for EndNote's name or number of a type; others stay as they are."""
    return _NAMES.get(name.lower()) or _NUMBERS.get(name) or name
