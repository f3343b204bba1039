"""The types of papers, under the names that BibTeX and other systems have for them."""

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
    "newspaper": "article-newspaper", "standard": "report", "video": "document",
    "mvcollection": "book", "mvproceedings": "book", "reference": "book", "inreference": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-journal", "review": "article-journal",
    "editorial": "article-journal", "abstract": "paper-conference", "tutorial": "paper-conference",
    "phd": "thesis", "masterthesis": "thesis", "bachelorthesis": "thesis", "arxiv": "article",
    "technicalreport": "report", "code": "software", "blog": "webpage", "lecture": "speech",
    "artwork": "document", "audio": "document", "image": "document", "movie": "document",
    "music": "document", "performance": "document", "letter": "document", "legal": "document",
    "legislation": "document", "jurisdiction": "document", "commentary": "document",
}  # fmt: skip
GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master's thesis",
    "bachelorsthesis": "Bachelor's thesis",
    "phd": "PhD thesis",
    "masterthesis": "Master's thesis",
    "bachelorthesis": "Bachelor's thesis",
}
# The type of a paper without one, by the name of its venue's key.
VENUE_TYPES = {
    "journal": "article-journal", "journaltitle": "article-journal",
    "booktitle": "paper-conference", "conference": "paper-conference", "school": "thesis",
    "institution": "report",
}  # fmt: skip
# Names that are types in other systems, and BibTeX's type for them.
MEANT_TYPES = {"paper": "inproceedings", "conf": "inproceedings", "inproc": "inproceedings"}
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
