"""Papers that an old site holds twice; identifiers and addresses that are of another paper."""

import re
from collections import defaultdict
from collections.abc import Iterable

from ...content import Header, HeaderEntry, parse_aliases
from ...model import SCHEMES
from ...util import shorten
from ..common import fold_text, format_list, is_same_title, join_values, plain_text
from ..result import Document
from .parser import FrontMatter

_KEYS = ("doi", "hugoblox.ids.doi")


def separate_shared_dois(papers: Iterable[tuple[FrontMatter, dict[str, str]]]) -> None:
    """Take a DOI away from papers that have another one's, by their texts and BibTeX entries."""
    known: dict[str, list[tuple[FrontMatter, dict[str, str], str]]] = defaultdict(list)
    for given, bib in papers:
        key = next((key for key in _KEYS if given.data.get(key)), "")
        doi = SCHEMES["doi"].parse(join_values(given.data.get(key, ""))) if key else None
        if doi:
            known[doi.lower()].append((given, bib, key))
    for doi, group in sorted(known.items()):
        titles = [plain_text(given.data.get("title", "")) for given, _, _ in group]
        if all(is_same_title(titles[0], title) for title in titles):
            continue
        right = {
            fold_text(title) for title, (given, bib, _) in zip(titles, group, strict=True)
            if _is_of(doi, given, bib)
        }  # fmt: skip
        for title, (given, bib, key) in zip(titles, group, strict=True):
            if fold_text(title) not in right:
                other = next(one for one in titles if fold_text(one) != fold_text(title))
                own = bib.get("doi", "")
                told = f'{doi} is also that of "{shorten(other)}", and is left out'
                given.note("guessed" if own else "left", f"{told}: {own}".rstrip(": "), key)
                given.data[key] = own


def _is_of(doi: str, given: FrontMatter, bib: dict[str, str]) -> bool:
    """Tell whether anything but the key itself says that a DOI is a paper's."""
    if bib.get("doi"):
        return bib["doi"].lower() == doi
    text = f"{given.body} {join_values(list(given.data.values()))}".lower()
    return doi.partition("/")[2] in text.replace(doi, " ", 1)


def claim_aliases(matter: FrontMatter, own: str = "") -> str:
    """Return the old addresses of a paper; no other paper of this import has them."""
    taken = matter.source.aliases
    found: dict[str, str] = {}
    keys = ("permalink", "aliases", "redirect_from")
    given = [(key, join_values(item)) for key in keys for item in matter.items(key)]
    for key, item in [*given, *([("", own)] if own else [])]:
        path = re.sub(r"^https?://[^/]*", "", item.strip())
        path = path if path.startswith("/") else f"/{path}"
        if not parse_aliases(Header("", {"aliases": HeaderEntry(f"- {path}")})):
            matter.note("left", f'"{shorten(item)}" cannot lead to the paper\'s new page', key)
        elif path.strip("/").lower() in taken:
            matter.note("left", f'"{shorten(item)}" leads to another paper already', key)
        else:
            found.setdefault(path.strip("/").lower(), path)
    taken |= found.keys()
    return format_list(found.values())


def _parts(text: str) -> list[str]:
    return [part.removeprefix("- ") for part in re.split(r", |\n", text) if part]


def merge_aliases(texts: Iterable[Document]) -> None:
    """Have the first of the same papers take the old addresses of the others."""
    first: dict[tuple[str, str], Document] = {}
    for text in texts:
        if text.kind == "paper":
            mark = fold_text(text.headers["title"]), text.headers.get("date", "")[:4]
            kept = first.setdefault(mark, text)
            both = [part for one in (kept, text) for part in _parts(one.headers.get("aliases", ""))]
            if kept is not text and both:
                kept.headers["aliases"] = format_list(dict.fromkeys(both))
