"""Papers that a site has twice; DOIs and addresses that belong to another paper."""

import re
from collections import defaultdict
from collections.abc import Iterable

from ...content import Header, HeaderEntry, parse_aliases
from ...model import SCHEMES
from ...util import shorten
from ..common import (
    fold_text,
    format_list,
    is_other_version,
    is_same_title,
    join_values,
    plain_text,
)
from ..result import Document
from .parser import FrontMatter

_DOI_KEYS = ("doi", "hugoblox.ids.doi")


def separate_shared_dois(papers: Iterable[tuple[FrontMatter, dict[str, str]]]) -> None:
    """Remove a DOI from papers that have another one's, by their texts and BibTeX entries."""
    groups: dict[str, list[tuple[FrontMatter, dict[str, str], str]]] = defaultdict(list)
    for matter, bib in papers:
        key = next((key for key in _DOI_KEYS if matter.data.get(key)), "")
        doi = SCHEMES["doi"].parse(join_values(matter.data.get(key, ""))) if key else None
        if doi:
            groups[doi.lower()].append((matter, bib, key))
    for doi, group in sorted(groups.items()):
        titles = [plain_text(matter.data.get("title", "")) for matter, _, _ in group]
        if all(is_same_title(titles[0], title) for title in titles):
            continue
        owners = {
            fold_text(title) for title, (matter, bib, _) in zip(titles, group, strict=True)
            if _is_own_doi(doi, matter, bib)
        }  # fmt: skip
        for title, (matter, bib, key) in zip(titles, group, strict=True):
            if fold_text(title) not in owners:
                other = next(name for name in titles if fold_text(name) != fold_text(title))
                own_doi = bib.get("doi", "")
                message = f'{doi} is also that of "{shorten(other)}" and was skipped'
                message = f"{message}: {own_doi}".rstrip(": ")
                matter.note("guessed" if own_doi else "left", message, key)
                matter.data[key] = own_doi


def _is_own_doi(doi: str, matter: FrontMatter, bib: dict[str, str]) -> bool:
    """Tell whether anything but the key itself says that a DOI is a paper's."""
    if bib.get("doi"):
        return bib["doi"].lower() == doi
    text = f"{matter.body} {join_values(list(matter.data.values()))}".lower()
    return doi.partition("/")[2] in text.replace(doi, " ", 1)


def claim_aliases(matter: FrontMatter, own_path: str = "") -> str:
    """Return the old addresses of a paper that no other paper of this import has."""
    claimed = matter.source.aliases
    aliases: dict[str, str] = {}
    keys = ("permalink", "aliases", "redirect_from")
    pairs = [(key, join_values(item)) for key in keys for item in matter.pop_items(key)]
    for key, item in [*pairs, *([("", own_path)] if own_path else [])]:
        path = re.sub(r"^https?://[^/]*", "", item.strip())
        path = path if path.startswith("/") else f"/{path}"
        if not parse_aliases(Header("", {"aliases": HeaderEntry(f"- {path}")})):
            matter.note("left", f'"{shorten(item)}" cannot lead to the paper\'s new page', key)
        elif path.strip("/").lower() in claimed:
            matter.note("left", f'"{shorten(item)}" leads to another paper already', key)
        else:
            aliases.setdefault(path.strip("/").lower(), path)
    claimed |= aliases.keys()
    return format_list(aliases.values())


def merge_aliases(documents: Iterable[Document]) -> None:
    """Give the old addresses of the same papers to the first of them."""
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        if document.kind == "paper":
            headers = document.headers
            key = fold_text(headers["title"]), headers.get("date", "")[:4]
            other = first.setdefault(key, document)
            if is_other_version(headers, other.headers):
                continue
            aliases = [*_split_aliases(other), *_split_aliases(document)]
            if other is not document and aliases:
                other.headers["aliases"] = format_list(dict.fromkeys(aliases))


def _split_aliases(document: Document) -> list[str]:
    parts = re.split(r", |\n", document.headers.get("aliases", ""))
    return [part.removeprefix("- ") for part in parts if part]
