"""Where and as what a paper was published: type, venue, stage and numbers."""

import re

from .headers import Header, shorten
from .keys import TYPE_NAMES, VENUE_TYPES
from .model import STAGES, TYPES
from .schemes import SCHEMES

# Servers of preprints, and what their names hold of an arXiv id.
_ARXIV = re.compile(r"(?:arxiv|corr)\b(?:\s+(?:e-prints|preprint))?[\s:,]*(?P<rest>.*)", re.I)
_SERVERS = re.compile(r"(?:\w*rxiv|research square|ssrn|osf preprints|techrxiv)\b.*", re.I)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|annals|bulletin|magazine|quarterly|nature|pnas|plos|jmlr|"
    r"tmlr|tacl|tpami|ijcv|science advances|science robotics)\b",
    re.IGNORECASE,
)
_STAGE_NOTES = {
    name: re.compile(rf"(?:{words})[.,;]?(?:(?<=\.)\s+(?P<rest>.+))?", re.I | re.S)
    for name, words in {
        "accepted": "to appear|accepted|accepted for publication|in press|forthcoming",
        "submitted": "submitted|under review|in review",
        "preprint": "preprint",
    }.items()
}
_MAYBE_PREPRINTS = "document article-journal paper-conference manuscript webpage".split()
# Types that are nothing without the place where they were published.
_PLACED = {"article-journal": "journal", "paper-conference": "booktitle", "chapter": "booktitle"}


def read_publication(header: Header, ids: dict[str, str]) -> dict:
    """Return type, venue, stage, note, issue and number; take an arXiv id out of the venue."""
    venue, note = header.get("venue"), header.get("note")
    stage = (header.get("stage") or "").lower() or None
    if stage and stage not in STAGES:
        header.doubt("stage", f'"{shorten(stage)}" is no stage (write {", ".join(STAGES)})')
        stage = None
    for name, form in _STAGE_NOTES.items():
        # With other words behind it, it is a sentence, and stays one.
        if note and stage is None and (match := form.fullmatch(note)):
            stage, note = name, match["rest"]
    volume = header.get("volume")
    if venue and (match := _ARXIV.fullmatch(venue)):
        words = [*match["rest"].split(), (volume or "").removeprefix("abs/")]
        found = next(filter(None, map(SCHEMES["arxiv"].read, words)), None)
        if found:
            ids.setdefault("arxiv", found)
        venue = None if "arxiv" in ids else "arXiv"
        volume = None if volume and volume.startswith("abs/") else volume
    server = venue is not None and _SERVERS.fullmatch(venue) is not None
    kind = _type(header, venue, server or (venue is None and "arxiv" in ids), stage)
    if venue is None and kind in _PLACED:
        example = f"{_PLACED[kind]} = {{…}}" if header.entry else f"{_PLACED[kind].capitalize()}: …"
        header.problem("venue", f"missing (write `{example}`, or another type)")
    number, issue = header.get("number"), header.get("issue")
    if kind.startswith("article-"):
        number, issue = None, issue or number
    elif issue and not number:
        number, issue = issue, None
    return {
        "type": kind, "venue": venue and " ".join(venue.split()),
        "note": note and " ".join(note.split()),
        "stage": None if stage == "published" else stage,
        "volume": volume, "issue": issue, "number": number,
    }  # fmt: skip


def _type(header: Header, venue: str | None, preprint: bool, stage: str | None) -> str:
    value = (header.get("type") or "").removeprefix("- ").strip()
    plain = re.sub(r"[\s_-]", "", value).lower()
    if value.lower() == "article" and not header.lenient("type"):
        # CSL's word for a preprint is BibTeX's for an article of a journal.
        kind = "article-journal" if venue and not preprint else "article"
    elif value:
        # In a .bib BibTeX's names come first.
        told = None if header.lenient("type") or value.lower() not in TYPES else value.lower()
        kind = told or TYPE_NAMES.get(plain)
        if kind is None and not header.lenient("type"):
            header.problem("type", f'"{shorten(value)}" is no type (write {", ".join(TYPES)})')
        kind = kind or "document"
    else:
        name = header.entries["venue"].name if header.get("venue") else ""
        kind = VENUE_TYPES.get(name, "document")
        if venue and kind == "document":
            journal = _JOURNAL.search(venue) or header.get("volume")
            kind = "article-journal" if journal else "paper-conference"
    if preprint and kind in _MAYBE_PREPRINTS:
        return "article"
    if venue is None and kind == "article-journal" and stage == "submitted":
        return "manuscript"
    if venue is None and plain == "inbook":
        return "book"  # BibTeX's @inbook names the book by its title.
    return kind
