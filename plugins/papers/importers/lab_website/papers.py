"""Papers of a lab's site: the records that its workflow has fetched, and their sources."""

import re
from collections.abc import Collection

from ...model import SCHEMES
from ...util import shorten
from ..common import count_words, fold_text, join_values, plain_text
from ..front_matter import FrontMatter, add_paper, read_yaml_records
from ..result import SourceTree

_SCHEMES = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmc", "biorxiv": "doi"}
_PREPRINT = re.compile(
    r"^(?:biorxiv|medrxiv|chemrxiv|psyarxiv|arxiv|ssrn|research square|preprints?(?:\.org)?)\b",
    re.I,
)
_MEETING = re.compile(r"\b(?:conference|proceedings|workshop|symposium|meeting|congress)\b", re.I)
# What the workflow writes for itself.
_MACHINERY = "plugin file term orcid gsid query _cache image_alt keep cited_by remove".split()


def import_papers(source: SourceTree, highlighted: Collection[str]) -> None:
    """Import the papers of `_data/citations.yaml`, and note sources that are not among them.

    `highlighted` are the ids or titles of papers that pages show apart.
    """
    known: set[str] = set()
    for path in source.list_files("_data/citations.yaml", "_data/citations.yml"):
        records = read_yaml_records(source, path)
        count = len(source.result.documents)
        for record in records:
            known.add(join_values(record.data.get("id", "")).lower())
            with source.limit_reading(path):
                _import_record(record, highlighted)
        count = len(source.result.documents) - count
        source.note("taken", path, count_words(count, "paper", "papers"))
    for path in source.list_files("_data/sources*.yaml", "_data/sources*.yml"):
        for record in read_yaml_records(source, path):
            _import_source(record, known, highlighted)
    if not known:
        for path in source.list_files("_data/orcid*.yaml", "_data/pubmed*.yaml",
                                      "_data/google-scholar*.yaml"):  # fmt: skip
            message = "gets its papers from a service (export a .bib or an ORCID record there)"
            source.note("left", path, message)


def _import_source(
    record: FrontMatter, known: Collection[str], highlighted: Collection[str]
) -> None:
    """Import a source with a title; note another one that was not fetched."""
    identifier = join_values(record.data.get("id", ""))
    is_described = record.data.get("title") and (not identifier or record.data.get("authors"))
    if is_described and (not identifier or identifier.lower() not in known):
        _import_record(record, highlighted)
    elif not identifier:
        message = "gets its papers from a service (export a .bib or an ORCID record there)"
        record.note("left", message, next(iter(record.data), ""))
    elif identifier and identifier.lower() not in known:
        _, _, value = identifier.partition(":")
        message = (
            f'"{shorten(identifier)}" is an id only (`pelican-papers new paper {value.strip()}` '
            "fetches what it stands for)"
        )
        record.note("left", message, "id")


def _import_record(record: FrontMatter, highlighted: Collection[str]) -> None:
    data = record.data
    identifier = join_values(data.pop("id", "")).strip()
    scheme, _, value = identifier.partition(":")
    scheme, value = _SCHEMES.get(scheme.lower(), scheme.lower()), value.strip()
    title = re.sub(r"(?<=[\w)]{3})\.$", "", plain_text(data.get("title", "")))
    if not title:
        record.note("left", f'"{shorten(identifier)}" has no title and was skipped')
        return
    data["title"] = title
    if scheme in SCHEMES:
        data.setdefault(scheme, value)
    elif scheme in ("url", "http", "https"):
        data.setdefault("url", value if scheme == "url" else identifier)
    elif scheme == "isbn":
        data.setdefault("isbn", value)
    if venue := join_values(data.pop("publisher", "")):
        data.setdefault("venue", re.sub(r"\s*:\s*the preprint server.*", "", venue))
    kind = join_values(data.get("type", "")).lower()
    if _PREPRINT.match(join_values(data.get("venue", ""))) or kind == "preprint":
        data["type"] = "article"
        data.setdefault("genre", "Preprint")
    elif kind in ("", "paper", "article", "journal"):
        data["type"] = _guess_type(data, scheme)
    buttons = [*record.pop_items("buttons"), *record.pop_items("extra_links")]
    data["links"] = [*buttons, *record.pop_items("links")]
    if address := join_values(data.pop("link", "")):
        data["links"].append({"label": "paper", "link": address})
    if repository := join_values(data.pop("repo", "")):
        is_address = re.match(r"https?://", repository)
        address = repository if is_address else f"https://github.com/{repository}"
        data["links"].append({"label": "code", "link": address})
    wanted = {fold_text(words) for words in highlighted}
    if {fold_text(title), fold_text(identifier), fold_text(value)} & wanted:
        data["selected"] = "true"
    for key in _MACHINERY:
        data.pop(key, None)
    add_paper(record, plain_text(data.pop("abstract", "")), "")


def _guess_type(data: dict, scheme: str) -> str:
    """Return the type of a paper, as the records have none; "" where nothing says it."""
    venue = join_values(data.get("venue", ""))
    if _MEETING.search(venue):
        return "paper-conference"
    return "article-journal" if scheme in ("pmid", "pmc") else ""


def read_lookups(texts: Collection[str]) -> set[str]:
    """Return the ids or titles of the papers that pages show apart."""
    form = re.compile(r"include\s+citation\.html\b[^%]{0,500}?\blookup\s*=\s*[\"']([^\"']{1,300})")
    return {match[1].strip() for text in texts for match in form.finditer(text)}
