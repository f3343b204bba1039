"""Papers that an old site holds twice, and identifiers that were copied to another paper."""

from collections import defaultdict
from collections.abc import Iterable

from ..headers import shorten
from ..schemes import SCHEMES
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


def join(texts: Iterable[Text]) -> None:
    """Have the first of the same papers take the old addresses of the others."""
    first: dict[tuple[str, str], Text] = {}
    for text in texts:
        if text.kind != "paper":
            continue
        mark = letters(text.headers["title"]), text.headers.get("date", "")[:4]
        kept = first.setdefault(mark, text)
        if kept is not text and (old := text.headers.get("aliases")):
            new = kept.headers.get("aliases", "")
            names = [*new.replace("- ", "").replace(", ", "\n").split("\n"),
                     *old.replace("- ", "").replace(", ", "\n").split("\n")]  # fmt: skip
            names = [name for name in dict.fromkeys(names) if name]
            listed = any("," in name for name in names)
            kept.headers["aliases"] = (
                "\n".join(f"- {name}" for name in names) if listed else ", ".join(names)
            )
