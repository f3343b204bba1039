"""Papers that an old site holds twice; identifiers and addresses that are of another paper."""

import re
from collections import defaultdict
from collections.abc import Iterable

from .. import outline
from ..headers import Entry, Header, shorten
from ..schemes import SCHEMES
from . import cited
from .citebib import are_alike
from .found import Text
from .matter import Matter, letters, one_text, words

_KEYS = ("doi", "hugoblox.ids.doi")


def part(papers: Iterable[tuple[Matter, dict[str, str]]]) -> None:
    """Take a DOI away from papers that have another one's, by their texts and BibTeX entries."""
    known: dict[str, list[tuple[Matter, dict[str, str], str]]] = defaultdict(list)
    for given, bib in papers:
        key = next((key for key in _KEYS if given.data.get(key)), "")
        doi = SCHEMES["doi"].read(one_text(given.data.get(key, ""))) if key else None
        if doi:
            known[doi.lower()].append((given, bib, key))
    for doi, group in sorted(known.items()):
        titles = [words(given.data.get("title", "")) for given, _, _ in group]
        if all(are_alike(titles[0], title) for title in titles):
            continue
        right = {
            letters(title) for title, (given, bib, _) in zip(titles, group, strict=True)
            if _is_of(doi, given, bib)
        }  # fmt: skip
        for title, (given, bib, key) in zip(titles, group, strict=True):
            if letters(title) not in right:
                other = next(one for one in titles if letters(one) != letters(title))
                own = bib.get("doi", "")
                told = f'{doi} is also that of "{shorten(other)}", and is left out'
                given.note("guessed" if own else "left", f"{told}: {own}".rstrip(": "), key)
                given.data[key] = own


def _is_of(doi: str, given: Matter, bib: dict[str, str]) -> bool:
    """Tell whether anything but the key itself says that a DOI is a paper's."""
    if bib.get("doi"):
        return bib["doi"].lower() == doi
    text = f"{given.body} {one_text(list(given.data.values()))}".lower()
    return doi.partition("/")[2] in text.replace(doi, " ", 1)


def aliases(matter: Matter, own: str = "") -> str:
    """Return the old addresses of a paper; no other paper of this import has them."""
    taken = matter.source.aliases
    found: dict[str, str] = {}
    keys = ("permalink", "aliases", "redirect_from")
    given = [(key, one_text(item)) for key in keys for item in matter.items(key)]
    for key, item in [*given, *([("", own)] if own else [])]:
        path = re.sub(r"^https?://[^/]*", "", item.strip())
        path = path if path.startswith("/") else f"/{path}"
        if not outline.aliases(Header("", {"aliases": Entry(f"- {path}")})):
            matter.note("left", f'"{shorten(item)}" cannot lead to the paper\'s new page', key)
        elif path.strip("/").lower() in taken:
            matter.note("left", f'"{shorten(item)}" leads to another paper already', key)
        else:
            found.setdefault(path.strip("/").lower(), path)
    taken |= found.keys()
    return cited.listed(found.values())


def _parts(text: str) -> list[str]:
    return [part.removeprefix("- ") for part in re.split(r", |\n", text) if part]


def join(texts: Iterable[Text]) -> None:
    """Have the first of the same papers take the old addresses of the others."""
    first: dict[tuple[str, str], Text] = {}
    for text in texts:
        if text.kind == "paper":
            mark = letters(text.headers["title"]), text.headers.get("date", "")[:4]
            kept = first.setdefault(mark, text)
            both = [part for one in (kept, text) for part in _parts(one.headers.get("aliases", ""))]
            if kept is not text and both:
                kept.headers["aliases"] = cited.listed(dict.fromkeys(both))
