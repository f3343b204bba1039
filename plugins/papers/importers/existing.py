"""Papers and news that a site has already, and which of them is the same as a new one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..content import PAPERS_FOLDER, Header, normalize_keys, parse_bibtex, split_header
from ..model import SCHEMES
from ..util import is_public
from .common import fold_text, is_other_version, is_same_title
from .result import Document


def read_existing_papers(content: Path) -> list[Header]:
    """Return the headers of all papers of a site, of Markdown files and of BibTeX entries."""
    return [
        header
        for path in sorted(content.glob(f"{PAPERS_FOLDER}/**/*"))
        if path.suffix in (".md", ".bib") and is_public(path, content)
        for header in _read_headers(path, content)
        if header.entries
    ]


def _read_headers(path: Path, content: Path) -> list[Header]:
    name, data = f"content/{path.relative_to(content).as_posix()}", path.read_bytes()
    if path.suffix == ".bib":
        headers = parse_bibtex(name, data)
    else:
        headers = [split_header(name, data.decode("utf-8-sig", "replace"))[0]]
    for header in headers:
        normalize_keys(header)
    return headers


def find_duplicate(existing: Iterable[Header], headers: Mapping[str, str]) -> Header | None:
    """Return the paper of a site that has the same DOI, arXiv id, or title in any year."""
    title, doi = fold_text(headers.get("title", "")), _comparable_id("doi", headers.get("doi"))
    arxiv = _arxiv_id(headers)
    for header in existing:
        other = _comparable_id("doi", header.get("doi"))
        if doi and other:
            if doi == other:
                return header
        elif arxiv and arxiv == _arxiv_id(header):
            return header
        elif title and title == fold_text(header.get("title") or ""):
            return header
    return None


def _comparable_id(name: str, value: str | None) -> str:
    """Return an identifier in lower case, without its version; "" where there is none."""
    return re.sub(r"v\d+$", "", (SCHEMES[name].parse(value or "") or "").lower())


def _arxiv_id(headers: Header | Mapping[str, str]) -> str:
    """Return an arXiv id, which a DOI or an address can contain."""
    ids = (_comparable_id("arxiv", headers.get(key)) for key in ("arxiv", "doi", "url"))
    return next(filter(None, ids), "")


class ExistingDocuments:
    """The papers, news and posts of a site, and those that an import has written."""

    def __init__(self, content: Path):
        self._documents: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = {}
        for header in read_existing_papers(content):
            self.add(header.file, Document("paper", _values(header)))
        for path in sorted([*content.glob("news/**/*.md"), *content.glob("blog/**/*.md")]):
            name = f"content/{path.relative_to(content).as_posix()}"
            header, body = split_header(name, path.read_bytes().decode("utf-8-sig", "replace"))
            normalize_keys(header)
            self.add(name, Document("news", _values(header), body))

    def add(self, name: str, document: Document) -> None:
        """Add a document with the name of its file."""
        for key in _identity_keys(document):
            self._documents.setdefault(key, []).append((name, document.headers))

    def add_bib_entries(self, name: str, text: str) -> None:
        """Add the entries of a .bib."""
        for header in parse_bibtex(name, text.encode()):
            normalize_keys(header)
            if header.entries:
                self.add(name, Document("paper", _values(header)))

    def find(self, document: Document) -> str | None:
        """Return the name of the file with the same paper or news.

        A DOI is copied with its file more often than a title is rewritten: papers of one DOI,
        or one arXiv id, and different titles are different ones. The versions of a paper in a
        journal and at a conference are two papers.
        """
        doi = _comparable_id("doi", document.headers.get("doi"))
        title = document.headers.get("title", "")
        for key in _identity_keys(document):
            for name, headers in self._documents.get(key, ()):
                other = _comparable_id("doi", headers.get("doi"))
                if key[0] == "doi":
                    same = is_same_title(title, headers.get("title", ""))
                elif document.kind == "paper" and is_other_version(document.headers, headers):
                    same = False
                elif key[0] == "undated" and document.headers.get("date") and headers.get("date"):
                    same = False
                elif key[0] == "arxiv":
                    same = is_same_title(title, headers.get("title", ""))
                else:
                    same = not (doi and other) or doi == other
                if same:
                    return name
        return None


def _values(header: Header) -> dict[str, str]:
    return {key: entry.value for key, entry in header.entries.items() if entry.value}


def _identity_keys(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what identifies a document: ids of a paper, its title with the year; news' words."""
    date = document.headers.get("date") or ""
    if document.kind in ("news", "post"):
        yield "news", f"{date} {fold_text(document.body)[:200]}"
        return
    for name in ("doi", "arxiv"):
        if identifier := _comparable_id(name, document.headers.get(name)):
            yield name, identifier
    if title := fold_text(document.headers.get("title", "")):
        if date:
            yield "title", f"{title} {date[:4]}"
        yield "undated", title
