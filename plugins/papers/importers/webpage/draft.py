"""The draft of a paper while its lines are parsed, and helpers for their Markdown."""

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
    """The headers and parts of a paper that are parsed so far.

    `links` are pairs of label and URL, `picture` is a URL and its alternative text.
    """

    headers: dict[str, str] = field(default_factory=dict)
    authors: AuthorList = field(default_factory=AuthorList)
    links: list[tuple[str, str]] = field(default_factory=list)
    picture: tuple[str, str] | None = None
    body: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    # Names of the page's owner, which bold words may be.
    owner_names: frozenset[str] = frozenset()
    # What an entry of BibTeX beside it says.
    bibtex_headers: dict[str, str] = field(default_factory=dict)

    def add_headers(self, headers: dict[str, str]) -> None:
        """Add headers that the draft does not have yet."""
        for key, value in headers.items():
            if value:
                self.headers.setdefault(key, value)

    def add_link(self, label: str, url: str) -> None:
        """Add a link, once, under its label without the punctuation around it."""
        label = re.sub(r"^[\W_]+|[^\w)+]+$", "", label).strip()
        if url and url not in (linked_url for _, linked_url in self.links):
            self.links.append((label or "link", url))


def strip_markdown(text: str) -> str:
    """Return a text without Markdown, on one line."""
    text = re.sub(
        r"\*\*|__|(?<![\w\\])[*_](?=\S)|(?<=[^\s\\])[*_](?!\w)|`",
        "",
        LINK_PATTERN.sub(r"\g<text>", text),
    )
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", re.sub(r"</?[a-z]{1,6}>", "", text))
    return " ".join(unescape(text).split())


_BARE_URL = re.compile(
    r"(?<![(\[<\"'=/\w])(?:(?:doi:?\s?)?https?://|doi:\s?(?=10\.))"
    r"[^\s<>()\[\]]{4,500}[^\s<>()\[\].,;:]", re.IGNORECASE
)  # fmt: skip


_URL_IN_PARENTHESES = re.compile(r"(?<![\]\w])\(\s*(?P<url>https?://[^\s()]{4,500})\s*\)")


def link_bare_urls(line: str) -> str:
    """Return a line whose bare URLs and DOIs are links."""

    def link(match: re.Match) -> str:
        url = re.sub(r"^doi:?\s?", "", match[0], flags=re.IGNORECASE)
        return f"[link]({url if url.startswith('http') else f'https://doi.org/{url}'})"

    return _BARE_URL.sub(link, _URL_IN_PARENTHESES.sub(r" [link](\g<url>) ", line))


def strip_links(line: str) -> str:
    """Return a line without the links that are only labels, and with the texts of others."""

    def replace_link(match: re.Match) -> str:
        is_label = is_link_label(match["text"]) or not match["text"].strip()
        return " " if is_label else match["text"]

    return re.sub(r"\[\s*\]|\(\s*\)", " ", LINK_PATTERN.sub(replace_link, line))


_SUPERSCRIPT_MARK = re.compile(
    r"\$\^?\{?\s?(?:\\(?=\*))?([*†‡§¶#]|\\(?:ast|dagger|ddagger|star|S|P)\b)\s?\}?\$"
)
_TEX_MARKS = {"\\ast": "∗", "*": "∗", "\\star": "∗", "\\dagger": "†", "\\ddagger": "‡",
              "\\S": "§", "\\P": "¶"}  # fmt: skip


def normalize_superscripts(text: str) -> str:
    """Return a text whose marks of authors in TeX, as `$^\\dagger$`, are characters."""
    return _SUPERSCRIPT_MARK.sub(lambda match: _TEX_MARKS.get(match[1], match[1]), text)


def join_author_lines(text: str) -> list[str]:
    """Return the lines of a text; a list of names that goes on in the next line is one."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = normalize_superscripts(line)
        line = re.sub(r"~?\s?\$\\(?:vert|mid|cdot)\$\s?~?", " | ", line)
        line = re.sub(r"&nbsp;?|\u00a0", " ", line.replace("\\|", "|"))
        line = re.sub(r"\s*\\\\\s*$", "", line).strip()
        continues = lines and re.search(r"(?:,|，|\band|&)$", lines[-1])
        if line and continues and not line.startswith("- "):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    return lines
