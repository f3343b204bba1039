"""A header block becomes a Paper, with every problem that is found in it."""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote, unquote

from .figures import measure
from .files import find, is_path
from .headers import Header, shorten
from .model import Author, Figure, Link, Paper, read_authors

PAPERS_FOLDER = "papers"
# What a paper's header may hold beside what every page may.
PAPER_KEYS = tuple(
    "title authors date venue arxiv doi selected weight image image_alt links summary".split()
)

_ARXIV = re.compile(
    r"(?:arxiv[: ]\s*|(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.)?"
    r"(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)"
    r"(?:\.pdf)?/?(?: \[[\w.-]+\]|\?\S*)?",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:doi[: ]\s*|(?:https?://)?(?:(?:dx|www)\.)?doi\.org/)?(?P<id>10\.[\d.]{4,15}/\S+?)\.?",
    re.IGNORECASE,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*|mailto:\S+@\S+", re.IGNORECASE)
_WORDS = dict.fromkeys(("yes", "y", "true", "1"), True) | dict.fromkeys(
    ("no", "n", "false", "0"), False
)


def read_paper(header: Header, file: Path, content: Path, owners: Collection[str]) -> Paper | None:
    """Make a Paper of the header of `file`; None where anything is wrong with it.

    What is wrong is noted in `header.problems`. Files that it names are looked for
    beside `file`, then below `content`.
    """
    title = header.need("title")
    authors = _authors(header, owners)
    date = header.date("date") if header.need("date") else None
    arxiv = _identifier(header, "arxiv", _ARXIV, "2508.08221")
    doi = _identifier(header, "doi", _DOI, "10.1000/182")
    links = _identifier_links(arxiv, doi) + _links(header, file, content)
    figure = _figure(header, file, content)
    selected = _selected(header)
    weight = _weight(header)
    if header.problems or not (title and authors and date):
        return None
    return Paper(
        title=" ".join(title.split()),
        authors=authors,
        date=date,
        venue=header.get("venue"),
        arxiv=arxiv,
        doi=doi,
        links=tuple(links),
        figure=figure,
        selected=selected,
        weight=weight,
    )


def _authors(header: Header, owners: Collection[str]) -> tuple[Author, ...]:
    value = header.need("authors")
    try:
        authors = read_authors(value, owners) if value else ()
    except ValueError as error:
        header.problem("authors", str(error))
        return ()
    if value and not authors:
        header.problem("authors", "names nobody (write `Authors: Ada Lovelace; Alan Turing`)")
    return authors


def _identifier(header: Header, key: str, form: re.Pattern[str], example: str) -> str | None:
    value = header.get(key)
    if value is None:
        return None
    if match := form.fullmatch(unquote(value) if "://" in value else value):
        return match["id"]
    header.problem(key, f'"{shorten(value)}" is no {key} id (write it as {example})')
    return None


def _identifier_links(arxiv: str | None, doi: str | None) -> list[Link]:
    links = []
    if arxiv:
        links.append(Link("paper", f"https://arxiv.org/abs/{arxiv}"))
    if doi:
        links.append(Link("doi", f"https://doi.org/{quote(doi, safe='/:;()')}"))
    return links


def _selected(header: Header) -> bool:
    value = (header.get("selected") or "no").lower()
    if value not in _WORDS:
        header.problem("selected", f'"{shorten(value)}" is neither yes nor no')
    return _WORDS.get(value, False)


def _weight(header: Header) -> int | None:
    value = header.get("weight")
    if value and not re.fullmatch(r"-?[0-9]{1,9}", value):
        hint = "write 1 for the paper that comes first"
        header.problem("weight", f'"{shorten(value)}" is no whole number ({hint})')
        return None
    return int(value) if value else None


def _links(header: Header, file: Path, content: Path) -> list[Link]:
    links = []
    for line in (header.get("links") or "").splitlines():
        label, _, address = (part.strip() for part in line.replace("｜", "|").partition("|"))
        label = label.removeprefix("- ")
        address = address.removeprefix("{static}").strip("<>")
        if not (label and address):
            found = re.search(r"https?://[^\s)>\]]+", line)
            name = " ".join(re.sub(r"https?://\S*|[^\w\s]", " ", line).split()) or "paper"
            example = f"{name} | {found[0] if found else 'https://example.org'}"
            header.problem(
                "links", f'"{shorten(line)}" is not `label | address` (write `{example}`)'
            )
        elif _WEB_ADDRESS.fullmatch(address):
            links.append(Link(label, address))
        elif not is_path(address):
            header.problem("links", f'"{shorten(address)}" is no web address (write https://…)')
        elif address.endswith((".md", ".rst")):
            header.problem("links", f'"{shorten(address)}" is no file to publish (name another)')
        elif path := find(address, file, content) or find(unquote(address), file, content):
            links.append(Link(label, path))
        else:
            hint = "write https://…, or the path of a file below content/"
            header.problem("links", f'"{shorten(address)}" is no address and no file ({hint})')
    return links


def _figure(header: Header, file: Path, content: Path) -> Figure | None:
    name, alt = header.get("image"), header.get("image_alt")
    if name is None:
        return None
    if alt is None:
        header.problem("image_alt", "missing (say in a sentence what the picture shows)")
    path = find(name, file, content)
    if path is None:
        hint = "put the file there, or write its path below content/"
        header.problem("image", f'"{shorten(name)}" is not there ({hint})')
        return None
    try:
        width, height = measure(content / path)
    except ValueError as error:
        header.problem("image", f'"{shorten(name)}" {error}')
        return None
    return Figure(path, width, height, alt or "")
