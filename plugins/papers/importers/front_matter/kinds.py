"""What a text of a site is: a paper, news, or an item of another kind."""

import re
from typing import Literal

from .parser import FrontMatter

ItemKind = Literal["paper", "news", "talk", "project", "teaching", "people", "other"]
_NAMES: dict[ItemKind, re.Pattern] = {
    kind: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
    for kind, words in {
        "paper": r"publications?|pubs?|papers?|articles?|preprints?|chapters?|theses|bibliography|"
        r"working[-_ ]papers?|manuscripts?|publicaciones|publicações|publikationen|refereed",
        "talk": r"talks?|presentations?|events?|seminars?|speaking|conferences?|slides",
        "teaching": r"teaching|courses?|classes|workshops?|lectures?|tutorials?",
        "project": r"projects?|software|packages?|portfolio|tools|apps|research",
        "people": r"people|team|members?|lab|students|group",
        "news": r"posts?|blog|news|notes|updates?|articles",
    }.items()
}
# Keys that papers have and other texts do not.
_PAPER_KEYS = (
    "doi", "publication", "journal", "venue", "container_title", "citation.container_title",
    "citation.doi", "pub_info.reference", "citation.type", "citation_type", "publication_types",
    "conference", "booktitle",
)  # fmt: skip


def classify_name(*names: str) -> ItemKind:
    """Return what a folder or a list holds, by the first of its names that says so."""
    for name in names:
        for kind, pattern in _NAMES.items():
            if pattern.search(name):
                return kind
    return "other"


def is_paper(matter: FrontMatter) -> bool:
    """Tell whether the header of a text is a paper's."""
    return any(matter.data.get(key) for key in _PAPER_KEYS)
