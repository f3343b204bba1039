"""Format papers as BibTeX, RIS and CSL-JSON."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..model import STAGES, TYPES, Author, Paper, format_name_parts
from ..util import replace_italics
from .latex_encoder import encode_latex

# BibTeX's type for each CSL type, and the field of the venue.
_BIBTEX = {
    "article-journal": ("article", "journal"),
    "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "paper-conference": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "book": ("book", "howpublished"),
    "thesis": ("phdthesis", "school"),
    "report": ("techreport", "institution"),
    "manuscript": ("unpublished", "howpublished"),
    "patent": ("patent", "howpublished"),
    "dataset": ("dataset", "howpublished"),
    "software": ("software", "howpublished"),
    "webpage": ("online", "organization"),
}
_NO_BIBTEX_TYPE = ("thesis", "speech", "article-magazine", "article-newspaper")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# RIS types (RIS specification of 2001 and its extensions, as Zotero and EndNote read them).
_RIS = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "paper-conference": "CPAPER", "chapter": "CHAP", "book": "BOOK", "thesis": "THES",
    "report": "RPRT", "article": "UNPB", "manuscript": "MANSCPT", "patent": "PAT",
    "dataset": "DATA", "software": "COMP", "speech": "SLIDE", "webpage": "ELEC",
}  # fmt: skip
# Types whose kind of work RIS has a tag for; that tag is a DOI's in other records.
_RIS_WITH_GENRE = "thesis report article manuscript speech webpage dataset software patent".split()


def format_bibtex(paper: Paper) -> str:
    """Return the paper's entry without abstract and keywords, or the one in its header."""
    if paper.bibtex:
        return paper.bibtex + "\n"
    type_ = _bibtex_type(paper)
    return f"@{type_}{{{paper.key},\n{_join(_fields(paper, type_))}}}\n"


def format_full_bibtex(paper: Paper, entry: str) -> str:
    """Return an entry of `format_bibtex` with keywords and abstract as its last fields."""
    if paper.bibtex:
        return entry
    keywords = _encode("; ".join(_join_keywords(paper.tags).strip().split("\n")))
    fields = _join([("keywords", keywords), ("abstract", _encode(paper.abstract))])
    return f"{entry.removesuffix('}' + chr(10))}{fields}}}\n"


def format_ris(paper: Paper) -> str:
    """Return the paper as one RIS record, whose lines end in CR LF."""
    lines = [(tag, " ".join(value.split())) for tag, value in _ris(paper) if value]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines) + "ER  - \r\n"


def format_csl(paper: Paper) -> dict:
    """Return the paper as an item of CSL-JSON (csl-data.json of CSL 1.0.2)."""
    date = [part for part in (paper.date.year, paper.date.month, paper.date.day) if part]
    is_institution = paper.type in ("thesis", "report")
    title = replace_italics(paper.styled_title, "<i>", "</i>")
    item = {
        "id": paper.key, "type": paper.type, "title": title,
        "author": [_csl_name(author) for author in paper.authors],
        "editor": [_csl_name(editor) for editor in paper.editors],
        "issued": {"date-parts": [date]},
        # An institution is a publisher, if there is no other.
        "container-title": None
        if is_institution and paper.publisher in (None, paper.venue)
        else paper.venue,
        "container-title-short": paper.venue_short, "collection-title": paper.series,
        "publisher": paper.publisher or (paper.venue if is_institution else None),
        "publisher-place": paper.address, "genre": paper.genre, "status": paper.stage,
        "volume": paper.volume, "issue": paper.issue,
        "number": paper.number or paper.article_number,
        "page": paper.pages and paper.pages.replace("–", "-"), "edition": paper.edition,
        "ISBN": paper.isbn, "ISSN": paper.issn, "DOI": paper.ids.get("doi"),
        "PMID": paper.ids.get("pmid"), "PMCID": paper.ids.get("pmcid"), "URL": paper.citation_url,
        "abstract": paper.abstract,
        "keyword": _join_keywords(paper.tags), "language": paper.lang, "note": _csl_note(paper),
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _bibtex_type(paper: Paper) -> str:
    if paper.type == "thesis" and "master" in (paper.genre or "").lower():
        return "mastersthesis"
    return _BIBTEX.get(paper.type, ("misc", ""))[0]


def _join(fields: Iterable[tuple[str, str | None]]) -> str:
    # Months are macros, which styles abbreviate.
    braced = (
        (name, value if name == "month" else f"{{{value}}}") for name, value in fields if value
    )
    return "".join(f"  {name} = {value},\n" for name, value in braced)


def _fields(paper: Paper, type_: str) -> Iterator[tuple[str, str | None]]:
    """Yield the fields of an entry in the order of BibTeX's standard styles."""
    _, venue = _BIBTEX.get(paper.type, ("misc", "howpublished"))
    yield (
        "author",
        " and ".join(
            [_bibtex_name(a) for a in paper.authors] + ["others"] * paper.has_more_authors
        ),
    )
    title = encode_latex(paper.styled_title, paper.protected_words)
    yield "title", replace_italics(title, "\\textit{", "}")
    yield venue, _encode(paper.venue)
    yield "year", str(paper.date.year)
    # BibTeX has no field for the day: it follows the month.
    month = paper.date.month and _MONTHS[paper.date.month - 1]
    yield "month", f'{month} # "~{paper.date.day}"' if paper.date.day else month
    yield "editor", " and ".join(map(_bibtex_name, paper.editors))
    yield "volume", _encode(paper.volume)
    yield "number", _encode(paper.number or paper.issue)
    yield "issue", _encode(paper.issue) if paper.number else None
    yield "pages", _encode(paper.pages)
    yield "eid", _encode(paper.article_number)
    yield "publisher", _encode(paper.publisher)
    yield "address", _encode(paper.address)
    yield "series", _encode(paper.series)
    yield "edition", _encode(paper.edition)
    default = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}.get(type_)
    # BibTeX has no type for these; our reader understands the label.
    needs_label = paper.type in _NO_BIBTEX_TYPE or (
        paper.type == "article" and (paper.venue or "arxiv" not in paper.ids)
    )
    genre = paper.genre or (TYPES[paper.type] if needs_label else None)
    yield "type", None if genre == default else _encode(genre)
    yield "isbn", _encode(paper.isbn)
    yield "issn", _encode(paper.issn)
    yield "doi", paper.ids.get("doi")
    yield "eprint", paper.ids.get("arxiv")
    yield "archiveprefix", "arXiv" if "arxiv" in paper.ids else None
    yield "pmid", paper.ids.get("pmid")
    yield "pmcid", paper.ids.get("pmcid")
    needs_url = paper.url or not {"doi", "arxiv", "pmid", "pmcid"} & paper.ids.keys()
    yield "url", _encode_url(paper.citation_url) if needs_url else None
    yield "note", _encode(_note(paper))
    yield "language", paper.lang


def _note(paper: Paper) -> str | None:
    stage = paper.stage and paper.stage != "published" and STAGES[paper.stage].capitalize()
    return ". ".join(filter(None, (stage, paper.note))) or None


def _encode_url(url: str | None) -> str | None:
    """Percent-encode braces and backslashes, which would end or open a field."""
    return url and re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", url)


def _encode(text: str | None) -> str | None:
    return encode_latex(text) if text else None


@cache
def _bibtex_name(author: Author) -> str:
    parts = [(encode_latex(text), braces) for text, braces in format_name_parts(author)]
    return ", ".join(f"{{{tex}}}" if braces else tex for tex, braces in parts)


def _csl_name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.name}
    name = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {key: value for key, value in name.items() if value}


def _csl_note(paper: Paper) -> str:
    """Return what CSL has no field for, as `key: value` lines that Zotero reads."""
    arxiv = paper.ids.get("arxiv")
    article_number = paper.number and paper.article_number
    lines = (
        f"arXiv: {arxiv}" if arxiv else None,
        f"article-number: {article_number}" if article_number else None,
        paper.note,
    )
    return "\n".join(filter(None, lines))


def _join_keywords(tags: tuple[str, ...]) -> str:
    """Return tags as one text; what separates them is in none of them."""
    if any(re.search("[;；]", tag) for tag in tags):
        return "".join(f"{tag}\n" for tag in tags)
    if any(re.search("[,，、]", tag) for tag in tags):
        return "; ".join(tags) + (";" if len(tags) == 1 else "")
    return ", ".join(tags)


def _ris(paper: Paper) -> Iterator[tuple[str, str | None]]:
    date = paper.date
    yield "TY", _RIS.get(paper.type, "GEN")
    yield "TI", paper.title
    yield from (("AU", author.inverted) for author in paper.authors)
    yield from (("ED", editor.inverted) for editor in paper.editors)
    yield "PY", f"{date.year:04}"
    month, day = (f"{part:02}" if part else "" for part in (date.month, date.day))
    yield "DA", f"{date.year:04}/{month}/{day}/"
    is_institution = paper.type in ("thesis", "report")
    series = paper.series
    # In Zotero and EndNote, T2 is the conference and C3 its proceedings, or T2 a book's series.
    if paper.type == "paper-conference":
        yield "T2", paper.venue_short or paper.venue
        yield "C3", paper.venue
    elif paper.type == "book":
        yield "T2", series
        yield "JF", paper.venue
        series = None
    elif not is_institution:
        yield "T2", paper.venue
    publishers = [paper.venue if is_institution else None, paper.publisher]
    yield from (("PB", publisher) for publisher in dict.fromkeys(publishers))
    yield "J2", paper.venue_short
    yield "T3", series
    yield "VL", paper.volume
    yield "IS", ", ".join(filter(None, (paper.number, paper.issue)))
    yield "C7", paper.article_number
    is_article = paper.type.startswith("article-")
    first, _, last = (paper.pages or "").partition("–")
    yield "SP", first
    yield "EP", last
    yield "CY", paper.address
    yield "ET", paper.edition
    genre = paper.genre or ("Preprint" if paper.type == "article" else None)
    yield "M3", genre if paper.type in _RIS_WITH_GENRE else None
    serials = [paper.isbn, paper.issn]
    # Zotero takes the first.
    yield from (("SN", serial) for serial in serials[:: -1 if is_article else 1])
    yield "DO", paper.ids.get("doi")
    yield "AN", f"arXiv:{paper.ids['arxiv']}" if "arxiv" in paper.ids else None
    yield "UR", paper.citation_url
    yield "LA", paper.lang
    yield from (("KW", tag) for tag in paper.tags)
    yield "N1", _note(paper)
    yield "AB", paper.abstract
