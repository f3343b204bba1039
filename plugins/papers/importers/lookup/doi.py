"""A paper from its DOI: doi.org sends CSL-JSON by way of the agency that registered it.

Content negotiation works alike for Crossref, DataCite, mEDRA and JaLC (citation.doi.org/docs.html).
"""

import json
from pathlib import Path
from urllib.parse import quote, urlsplit

from ...model import SCHEMES
from ..common import import_csl_record
from ..result import ImportResult, SourceTree
from .client import bad_answer, fetch, quote_answer
from .jats import jats_to_text

RESOLVER = "https://doi.org"
_CSL_JSON = "application/vnd.citationstyles.csl+json"
# Types of Crossref (api.crossref.org/types) and DataCite that CSL has another name for.
_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "posted-content": "article", "book-chapter": "chapter", "book-section": "chapter",
    "book-part": "chapter", "book-track": "chapter", "reference-entry": "chapter",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "book-set": "book", "book-series": "book", "dissertation": "thesis",
    "report-component": "report", "report-series": "report", "database": "dataset",
    "peer-review": "document", "other": "document", "paper_conference": "paper-conference",
}  # fmt: skip


def import_doi(doi: str, result: ImportResult) -> None:
    """Add the paper of a DOI to the result.

    Raises NotFound for a DOI that does not exist, CommandError without a proper answer.
    """
    record = _fetch_record(doi)
    source, path = SourceTree(Path(), result), Path(urlsplit(RESOLVER).hostname or "")
    import_csl_record(source, path, _normalize_record(record) | {"DOI": doi})


def _fetch_record(doi: str) -> dict:
    data = fetch(f"{RESOLVER}/{quote(doi, safe='/')}", doi, _CSL_JSON)
    try:
        record = json.loads(data)
        answered = record["DOI"]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise bad_answer(RESOLVER, "something that is not a record of a paper") from None
    if (SCHEMES["doi"].parse(str(answered)) or "").lower() != doi.lower():
        raise bad_answer(RESOLVER, f"the record of another DOI, {quote_answer(str(answered))}")
    return record


def _normalize_record(record: dict) -> dict:
    """Return an agency's record in the form of CSL-JSON 1.0.2.

    Crossref has types and variables of its own, lists where CSL has a text, and JATS in texts.
    DataCite calls software that has a version a book.
    """
    text = {name: _first_text(value) for name, value in record.items()}.get
    kind = text("type", "")[:40]
    kind = _TYPES.get(kind, kind)
    if kind == "book" and text("version") and not text("ISBN"):
        kind = "software"
    title, subtitle = text("title", ""), text("subtitle", "")
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    containers = _texts(record.get("container-title"))
    series = kind in ("chapter", "paper-conference") and len(containers) > 1
    institution = _first_name(record.get("institution"))
    container = containers[-1 if series else 0] if containers else ""
    if kind in ("thesis", "report"):
        container = container or institution
    short = text("container-title-short") or text("short-container-title")
    abstract = record.get("abstract")
    return {
        "type": kind, "title": title, "container-title": container,
        "collection-title": containers[0] if series else "",
        "container-title-short": "" if series else short,
        "author": _plain_people(record.get("author")),
        "editor": _plain_people(record.get("editor")),
        "issued": record.get("issued") if isinstance(record.get("issued"), dict) else None,
        "event-title": text("event") or _first_name(record.get("event")) or institution,
        "publisher": text("publisher"), "publisher-place": text("publisher-location"),
        "volume": text("volume"), "issue": text("issue"),
        "page": text("page") or text("article-number"),
        "edition": text("edition") or text("edition-number"),
        "genre": text("genre") or text("degree"),
        # Some are addresses: "http://id.crossref.org/isbn/978…".
        "ISBN": text("ISBN", "").rpartition("/")[2], "ISSN": text("ISSN"),
        "abstract": jats_to_text(abstract) if isinstance(abstract, str) else None,
    }  # fmt: skip


def _texts(value: object) -> list[str]:
    """Return the texts of a value of JSON, each on one line and without markup."""
    items = value if isinstance(value, list) else [value]
    plain = (str(item) for item in items[:20] if type(item) in (str, int))
    return [text for item in plain if (text := " ".join(jats_to_text(item).split()))]


def _first_text(value: object) -> str:
    return next(iter(_texts(value)), "")


def _first_name(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return _first_text(first.get("name")) if isinstance(first, dict) else ""


def _plain_people(people: object) -> list[dict[str, str]]:
    """Return the people whose names hold a letter, without markup."""
    names = ("family", "given", "suffix", "literal", "name", "non-dropping-particle")
    plain = [
        {name: _first_text(person.get(name)) for name in names}
        for person in (people if isinstance(people, list) else ())
        if isinstance(person, dict)
    ]
    return [person for person in plain if any(map(str.isalpha, "".join(person.values())))]
