"""Entries of BibTeX become papers in files of their own."""

from pathlib import Path

from .. import bibtex
from ..headers import Header
from ..model import Link, Paper, Problem
from ..names import Author, read_name
from ..record import name_as_paper, read_paper
from ..schemes import SCHEMES
from . import cited, naming
from .found import Found, Text

# What a paper's record has under the very names of headers.
_SAME = (
    "venue venue_short stage award presentation volume issue pages number publisher address series "
    "edition genre isbn issn note annotation url license lang key"
).split()


def take(name: str, data: bytes, content: Path, found: Found) -> list[Problem]:
    """Add the papers of a .bib, whose name problems tell, to what was found.

    Files that entries name are looked for in `content`. Returns the problems; an entry with one
    that is no notice is not taken.
    """
    whole, *entries = bibtex.read(name, data)
    problems = list(whole.problems)
    for header in entries:
        if header.entries:
            name_as_paper(header)
            beside = content / "papers" / "beside.bib"
            paper = read_paper(header, beside, content, {}, header.entry or "")
            if paper and not header.wrong:
                text = _headers(paper, header)
                body = cited.markdown(paper.abstract)
                found.texts.append(Text("paper", text, body, file=name, line=header.line))
        problems += header.problems
    if not entries and not problems:
        problems.append(Problem(name, "holds no entry (paste one: `@article{key, …}`)"))
    return problems


def _headers(paper: Paper, header: Header) -> dict[str, str]:
    """Return a paper's record as headers, and of its entry what the record does not hold."""
    found = {name: getattr(paper, name) for name in _SAME}
    made = [
        Link(SCHEMES[name].label, SCHEMES[name].address(id_)) for name, id_ in paper.ids.items()
    ]
    links = [link for link in paper.links if link not in (*made, Link("link", paper.url or ""))]
    found |= paper.ids | {
        "title": paper.title, "date": paper.date.isoformat(), "type": paper.type,
        "authors": naming.people(map(_author, paper.authors), paper.others),
        "editor": naming.people(map(_author, paper.editors)),
        "tags": _list(paper.tags), "selected": "yes" if paper.selected else "",
        "weight": "" if paper.weight is None else str(paper.weight),
        "links": "\n".join(f"{link.label} | {link.address}" for link in links),
        "summary": cited.markdown(header.get("summary") or ""), "status": header.get("status"),
    }  # fmt: skip
    found |= {f"title_{lang.replace('-', '_')}": title for lang, title in paper.titles.items()}
    if figure := paper.figure:
        found |= {
            "image": figure.path, "image_alt": figure.alt, "image_caption": figure.caption
        }  # fmt: skip
    if paper.type == "article" and paper.venue:
        # Without the word, one with a venue is an article of a journal.
        found["genre"] = paper.genre or "Preprint"
    return {name: value for name, value in found.items() if value}


def _author(author: Author) -> str:
    if not author.collective:
        return naming.person(author.family, author.given, author.suffix) + author.marks
    plain = read_name(author.family).collective
    return (author.family if plain else f"{{{author.family}}}") + author.marks


def _list(words: tuple[str, ...]) -> str:
    if any("," in word for word in words):
        return "; ".join(words) if len(words) > 1 else f"- {words[0]}"
    return ", ".join(words)
