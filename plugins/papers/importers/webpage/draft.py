"""What is read of a paper, piece by piece."""

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from ..common import LINK_PATTERN, is_link_label
from .authors import AuthorList


@dataclass(slots=True)
class PaperBlock:
    """The text of one paper and its location; `fields` holds what classes of HTML mark."""

    text: str
    path: Path
    line: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class PaperDraft:
    """What was read of a paper: plain headers, links in order, a picture and its words."""

    headers: dict[str, str] = field(default_factory=dict)
    people: AuthorList = field(default_factory=AuthorList)
    links: list[tuple[str, str]] = field(default_factory=list)
    picture: tuple[str, str] | None = None
    body: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    # Names of the page's owner, which bold words may be.
    owner_names: frozenset[str] = frozenset()
    # What an entry of BibTeX beside it says.
    bibtex_headers: dict[str, str] = field(default_factory=dict)

    def add(self, told: dict[str, str]) -> None:
        """Take over what is not known yet."""
        for key, value in told.items():
            if value:
                self.headers.setdefault(key, value)

    def link(self, label: str, address: str) -> None:
        """Add a link, once, under its label without the signs around it."""
        label = re.sub(r"^[\W_]+|[^\w)+]+$", "", label).strip()
        if address and address not in (one for _, one in self.links):
            self.links.append((label or "link", address))


def strip_markdown(text: str) -> str:
    """Return words without Markdown."""
    text = re.sub(
        r"\*\*|__|(?<![\w\\])[*_](?=\S)|(?<=[^\s\\])[*_](?!\w)|`",
        "",
        LINK_PATTERN.sub(r"\g<text>", text),
    )
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", re.sub(r"</?[a-z]{1,6}>", "", text))
    return " ".join(unescape(text).split())


_ADDRESS = re.compile(
    r"(?<![(\[<\"'=/\w])(?:(?:doi:?\s?)?https?://|doi:\s?(?=10\.))"
    r"[^\s<>()\[\]]{4,500}[^\s<>()\[\].,;:]", re.IGNORECASE
)  # fmt: skip


def link_bare_urls(line: str) -> str:
    """Return a line whose bare addresses are links."""

    def link(match: re.Match) -> str:
        bare = re.sub(r"^doi:?\s?", "", match[0], flags=re.IGNORECASE)
        return f"[link]({bare if bare.startswith('http') else f'https://doi.org/{bare}'})"

    return _ADDRESS.sub(link, line)


def strip_links(line: str) -> str:
    """Return a line without its links, but for those that stand in a sentence."""

    def words(match: re.Match) -> str:
        return " " if is_link_label(match["text"]) or not match["text"].strip() else match["text"]

    return re.sub(r"\[\s*\]|\(\s*\)", " ", LINK_PATTERN.sub(words, line))


_RAISED = re.compile(r"\$\^?\{?\s?(?:\\(?=\*))?([*†‡§]|\\(?:ast|dagger|ddagger|star)\b)\s?\}?\$")
_SIGNS = {"\\ast": "∗", "*": "∗", "\\star": "∗", "\\dagger": "†", "\\ddagger": "‡"}


def join_author_lines(text: str) -> list[str]:
    """Return the lines of a text, put together where a list of names goes on in the next."""
    found: list[str] = []
    for row in text.split("\n"):
        row = _RAISED.sub(lambda match: _SIGNS.get(match[1], match[1]), row)
        row = re.sub(r"~?\s?\$\\(?:vert|mid|cdot)\$\s?~?", " | ", row)
        row = re.sub(r"&nbsp;?|\u00a0", " ", row.replace("\\|", "|"))
        row = re.sub(r"\s*\\\\\s*$", "", row).strip()
        if (
            found
            and row
            and re.search(r"(?:,|，|\band|&)$", found[-1])
            and not row.startswith("- ")
        ):
            found[-1] += f" {row}"
        elif row:
            found.append(row)
    return found
