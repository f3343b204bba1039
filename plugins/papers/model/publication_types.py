"""The types of papers and their stages before publication.

The types of BibTeX and RIS for them are in export/bibliography.py, the names under which they are
read in content/type_names.py.
"""

# CSL's types (CSL 1.0.2, appendix III) of papers, and their labels.
TYPES = {
    "article-journal": "Journal article",
    "paper-conference": "Conference paper",
    "article": "Preprint",
    "chapter": "Book chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "manuscript": "Manuscript",
    "patent": "Patent",
    "dataset": "Dataset",
    "software": "Software",
    "speech": "Talk",
    "webpage": "Web page",
    "document": "Other",
}
STAGES = {
    "preprint": "preprint",
    "submitted": "submitted",
    "accepted": "to appear",
    "published": "published",
}
