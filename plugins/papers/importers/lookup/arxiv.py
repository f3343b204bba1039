"""A paper from arXiv's API, whose answers are Atom feeds (info.arxiv.org/help/api)."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from ...model import parse_name
from ...util import decode_latex, decode_latex_line
from ..common import add_reference, escape_markdown, format_people, format_person, plain_line
from ..result import ImportResult, SourceTree
from .client import NotFound, bad_answer, fetch, quote_answer
from .jats import jats_to_text

API = "https://export.arxiv.org/api/query"
_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


def import_arxiv(identifier: str, result: ImportResult) -> None:
    """Add a paper of arXiv to the result.

    Raises NotFound for an id that arXiv does not know, CommandError without a proper answer.
    """
    entry = _fetch_entry(identifier)
    source, path = SourceTree(Path(), result), Path(urlsplit(API).hostname or "")

    def first(name: str) -> str:
        return next(iter(_texts(entry, name)), "")

    identifier = re.sub(r"v\d+$", "", first("id").partition("/abs/")[2])
    category = first("primary_category")
    category = f" [{category}]" if re.fullmatch(r"[\w.-]{1,20}", category) else ""
    # There an indented line begins a paragraph; a tilde before a number means "about".
    abstract = re.sub(r"\n[ \t]+", "\n\n", first("summary"))
    abstract = re.sub(r"(?<=[\s(])~(?=\s*[\d$])", "∼", abstract)
    authors = (format_person(*_split_name(name)) for name in _texts(entry, "author"))
    headers = {
        "title": plain_line(decode_latex_line(first("title"))),
        "date": first("published")[:10],
        "arxiv": f"{identifier}{category}",
        "authors": format_people(authors),
        "doi": first("doi"),
        "note": plain_line(decode_latex_line(first("journal_ref"))),
    }
    add_reference(source, path, headers, escape_markdown(jats_to_text(decode_latex(abstract))))
    for name in ("comment", "journal_ref"):
        if text := plain_line(first(name)):
            hint = "write `Venue: …` if it tells where the paper appears"
            source.note("guessed", path, f'{name}: "{text[:200]}" ({hint})')
    if doi := plain_line(headers["doi"]):
        hint = "write `Venue: …` and the like, or create it from the DOI instead"
        source.note("guessed", path, f"is published as {doi} ({hint})")


def _fetch_entry(identifier: str) -> ElementTree.Element:
    name = _normalize_identifier(identifier)
    data = fetch(f"{API}?id_list={quote(name, safe='/')}&max_results=1", f"arXiv:{name}")
    try:
        text = data.decode("utf-8")
        # Only a document type declares entities, and these can grow without end.
        if re.search(r"<!(?!--|\[CDATA\[)", text):
            raise ValueError
        entries = ElementTree.fromstring(text).findall(f"{_ATOM}entry")
    except (ValueError, ElementTree.ParseError):
        raise bad_answer(API, "something that is not an Atom feed") from None
    address = next((entry.findtext(f"{_ATOM}id") or "" for entry in entries), "/api/errors")
    if "/api/errors" in address or not entries[0].findtext(f"{_ATOM}title"):
        raise NotFound(f"arXiv has no paper {name} (check the id)")
    answered = address.partition("/abs/")[2]
    if _normalize_identifier(answered) != name:
        raise bad_answer(API, f"another paper, {quote_answer(answered)}")
    return entries[0]


def _normalize_identifier(identifier: str) -> str:
    """Return an id without its version, and without the subject class that old ones may have."""
    return re.sub(r"v\d+$|\.[A-Z]{2}(?=/)", "", identifier.lower().strip(), flags=re.IGNORECASE)


def _texts(entry: ElementTree.Element, name: str) -> list[str]:
    """Return the texts of an entry's elements of that name, in Atom's namespace or arXiv's."""
    elements = (*entry.findall(f"{_ATOM}{name}"), *entry.findall(f"{_ARXIV}{name}"))
    texts = ((each.findtext(f"{_ATOM}name") or each.get("term") or each.text) for each in elements)
    return [text.strip() for text in texts if text and text.strip()]


def _split_name(name: str) -> tuple[str, ...]:
    """Return family name, given names and suffix where they can be told apart."""
    name = plain_line(decode_latex_line(name))
    try:
        author = parse_name(name)
    except ValueError:
        return (name,)
    return author.family, author.given, author.suffix
