"""The types of papers and their stages before publication.

The types of BibTeX and RIS for them are in export/bibliography.py, the names under which they are
read in content/type_names.py.
"""

import re

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


def _fold(text: str) -> str:
    """Return a text without case and blanks, as biblatex writes its keys."""
    return re.sub(r"[\s_-]+", "", text).casefold()


# Words for stages: biblatex's keys (3.20, 4.9.2.14) and words in its languages, and HAL's.
_STAGE_WORDS = {
    "submitted": "submitted for publication, under review, in review, in submission, eingereicht, "
    "soumis, enviado, sometido, inviato, submetido, ingediend, przesłane do publikacji, "
    "на рецензии, 在审, 审稿中, 已投稿, 投稿中",
    "accepted": "accepted for publication, to appear, in press, forthcoming, angenommen, "
    "zur Veröffentlichung angenommen, im Druck, im Erscheinen, accepté, sous presse, à paraître, "
    "aceptado, en prensa, próximamente, de próxima aparición, accettato, in stampa, "
    "in corso di stampa, in corso di pubblicazione, di prossima pubblicazione, aceito, aceite, "
    "no prelo, geaccepteerd, ter perse, te verschijnen, w druku, в печати, 待刊, 即将出版, 已录用, "
    "已接收, 录用, 印刷中, 掲載予定",
    "preprint": "prepublished, working paper or preprint, Vorabdruck, vorveröffentlicht, "
    "prépublication, prépublié, prepublicado, prepubblicato, pré-publicado, prepublicatie, 预印本",
    "published": "veröffentlicht, publié, publicado, pubblicato, gepubliceerd, 已发表, 已出版",
}
_PREPARATION = frozenset(
    _fold(words)
    for words in "in preparation, manuscript in preparation, in Vorbereitung, en préparation, "
    "en preparación, in preparazione, em preparação, in voorbereiding, w przygotowaniu, "
    "в подготовке, 准备中, 準備中, 撰写中".split(", ")
)
_STAGE_BY_WORDS = {_fold(stage): stage for stage in STAGES} | {
    _fold(words): stage for stage, text in _STAGE_WORDS.items() for words in text.split(", ")
}


def parse_stage(text: str) -> str | None:
    """Return the stage that a text names in one of several languages, else None."""
    return _STAGE_BY_WORDS.get(_fold(text))


def is_in_preparation(text: str) -> bool:
    """Tell whether a text says that a paper is not yet submitted, which is not a stage here."""
    return _fold(text) in _PREPARATION
