"""A header becomes a Paper; every problem in it is reported in the header."""

import re
import textwrap
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from ..model import (
    SCHEMES,
    STAGES,
    TYPES,
    Author,
    AuthorList,
    Paper,
    Person,
    find_doi,
    is_in_preparation,
    mark_page_ranges,
    parse_stage,
    split_affiliations,
)
from ..util import LazyPattern, find_misspelt, fold_text, html_to_text, shorten
from .bibtex_parser import is_single_entry, parse_bibtex
from .header import Header
from .header_keys import TRANSLATED_TITLE
from .links import read_figure, read_links
from .type_names import GENRES, TYPE_NAMES, VENUE_TYPES, name_genre, refine_type

PAPERS_FOLDER = "papers"
# Other pages of papers than the usual one, and templates of the theme.
_LAYOUTS = ("project",)

_BOOLEANS = dict.fromkeys(("yes", "y", "true", "1", "on"), True) | dict.fromkeys(
    ("no", "n", "false", "0", "off"), False
)
_MARKUP = LazyPattern(r"\s*<([A-Za-z][\w-]*)\b[^<>]*>(?:.*</\1\s*>|[^<]*)\s*", re.DOTALL)
_KEY = LazyPattern(r"[^\s,{}()\"#%\\'=~@]{1,200}")
_LANGUAGE = LazyPattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Headers that hold text on one line.
_TEXTS = (
    "venue_short award presentation publisher address series edition isbn issn license"
).split()


_SECTION = LazyPattern(r"<h([12])\b.*?</h\1>", re.DOTALL)
# Words before a number, which others would take for a part of it.
_STANDARD_NUMBER = LazyPattern(
    r"^\W*(?:https?://\S+/(?=[\dX-]+$)|(?:urn:)?(?:[ep]-?)?IS[BS]N(?:-1[03])?\b[\s:.]*)", re.I
)
# "pp. iv-9", "Article 155", "Art. no. e12".
_PAGES_PREFIX = LazyPattern(
    r"^(?:pp?\.\s*(?=\w)|(?:(?:article|art\.)(?:\s*(?:no|number|id)\b\.?:?)?|no\.)\s*(?=\w*\d))",
    re.IGNORECASE,
)
# Preprint servers as venues; after arXiv's name there may be an id.
_ARXIV = LazyPattern(r"(?:arxiv|corr)\b(?:\s+(?:e-prints|preprint))?[\s:,]*(?P<rest>.*)", re.I)
_SERVERS = LazyPattern(r"(?:\w*rxiv|research square|ssrn|osf preprints|techrxiv)\b.*", re.I)
_JOURNAL = LazyPattern(
    r"\b(?:journal|transactions|letters|annals|bulletin|magazine|quarterly|nature|pnas|plos|jmlr|"
    r"tmlr|tacl|tpami|ijcv|science advances|science robotics)\b",
    re.IGNORECASE,
)
# A stage as a note, or as its first sentence.
_STAGE_NOTE = LazyPattern(r"(?P<stage>[^.,;]{3,60})[.,;]?(?:(?<=\.)\s+(?P<note>.+))?", re.DOTALL)
# What an article without a journal is at each stage.
_STAGE_TYPES = {"preparation": "manuscript", "submitted": "manuscript", "preprint": "article"}
_MAYBE_PREPRINTS = "document article-journal paper-conference manuscript webpage".split()
# Keys whose address is the paper's own, unlike that of its code or data.
_ID_URLS = ("url", "ee", "eprint")
# Keys in which Zotero and ADS write arXiv's id, and what they become.
_ARXIV_FIELDS = ("number", "issue", "note", "pages", "article_number")
# Types that need a venue, and the BibTeX field that holds it.
_VENUE_FIELDS = {
    "article-journal": "journal", "paper-conference": "booktitle", "chapter": "booktitle",
}  # fmt: skip


def report_missing_entry(header: Header, name: str, keys: Collection[str]) -> None:
    """Report a file that only adds to an entry of a .bib, which none of these keys is."""
    if header.entries and not any(map(header.get, ("title", "authors", "date"))):
        close = find_misspelt(name, keys)
        hint = f"did you mean `{close}`?" if close else "write its `Title:`, `Authors:` and `Date:`"
        header.report(None, f"there is no .bib entry `{name}` ({hint})")
        header.unparsable = True


def read_paper(
    header: Header, file: Path, content: Path, people: Mapping[str, Person], key: str
) -> Paper | None:
    """Make a Paper of a header; None if the header has errors.

    The files that it names are looked for beside `file`, then below `content`. `key` is the
    citation key of a paper whose header has none. Problems go to `header.problems`.
    """
    title = header.require("title")
    values = _read_people(header, people)
    date = header.parse_date("date") if header.require("date") else None
    values |= {name: _join_lines(header.get(name)) for name in _TEXTS}
    for name in ("isbn", "issn"):
        values[name] = _STANDARD_NUMBER.sub("", values[name] or "") or None
    values |= _read_pages(header)
    values["affiliations"] = _read_affiliations(header, values["authors"])
    values["annotation"] = _read_annotation(header, values["authors"])
    ids, values["url"] = _read_identifiers(header)
    publication, ids = _read_publication(header, ids)
    values |= publication
    for name in _ARXIV_FIELDS:
        if (identifier := _parse_own_arxiv(values[name])) and identifier == ids.get("arxiv"):
            values[name] = None
    values["links"] = read_links(header, ids, file, content)
    values["figure"] = read_figure(header, file, content)
    entry_key, values["bibtex"] = _read_verbatim_bibtex(header)
    header.check_pattern("key", _KEY.pattern, "write letters, digits, - and _")
    if title and _MARKUP.fullmatch(title):
        header.report("title", f'"{shorten(title)}" contains markup (write plain text)')
    values["lang"] = _read_language(header)
    if re.match(r"\s*(?!https?:)[A-Za-z]+:", values["license"] or ""):
        header.report("license", "is not an address or a name (write https://…)")
    values |= {"selected": _read_selected(header), "weight": _read_weight(header)}
    header.check_pattern("layout", f"(?i:{'|'.join(_LAYOUTS)})", f"write {' or '.join(_LAYOUTS)}")
    values["layout"] = (header.get("layout") or "").lower() or None
    if header.has_errors or not (title and date):
        return None
    return Paper(
        key=header.get("key") or entry_key or key,
        title=_set_dashes(title),
        marked_title=_set_dashes(header.entries["title"].marked or "") or "",
        titles=_read_translated_titles(header),
        protected_words=header.entries["title"].parsed or (),
        date=date,
        ids=ids,
        abstract=_compose(find_abstract(header.html, header.plain_text))
        or _join_paragraphs(header.get("abstract") or ""),
        tags=header.get_list("tags"),
        **values,
    )


def find_abstract(html: str, plain_text: str) -> str:
    """Return the text above the first section of a paper's text, or else that of the section.

    `plain_text` is all of the text, which is the abstract if there are no sections.
    """
    if not plain_text or not _SECTION.search(html):
        return plain_text
    parts = (html_to_text(part) for part in _SECTION.sub("\0", html).split("\0"))
    return next(filter(None, parts), plain_text)


def _compose(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _read_people(header: Header, people: Mapping[str, Person]) -> dict:
    editors: AuthorList = header.parse_authors("editor", people)
    authors: AuthorList = header.parse_authors("authors", people)
    if not editors.authors or header.get("authors"):
        header.require("authors")
    return {
        "authors": authors.authors,
        "has_more_authors": authors.has_more,
        "editors": editors.authors,
    }


def _read_affiliations(header: Header, authors: tuple[Author, ...]) -> tuple[str, ...]:
    """Return the affiliations in the order of their numbers, which authors have after names."""
    names = split_affiliations(header.get("affiliations") or "")
    numbers = {number: author for author in authors for number in author.affiliations}
    for number in sorted(number for number in numbers if number > len(names)):
        last = f"the last affiliation is {len(names)}"
        message = f'"{numbers[number].name}" has the number {number}, but {last}'
        header.report("authors", f"{message} (write its number)")
    for number, name in enumerate(names, 1):
        if numbers and number not in numbers:
            hint = f"write `Ann Stone^{number}`, or delete it"
            message = f'no author has the number of "{shorten(name)}" ({hint})'
            header.report("affiliations", message, notice=True)
    return names


def _read_identifiers(header: Header) -> tuple[dict[str, str], str | None]:
    """Return the identifiers, and the URL if it is not that of one of them."""
    ids = {}
    for name, scheme in SCHEMES.items():
        value = header.get(name)
        if value is None:
            continue
        if identifier := scheme.parse(value) or (find_doi(value) if name == "doi" else None):
            ids[name] = identifier
            if "://" in value and not header.is_from_bib(name):
                message = f"an id is enough (write {identifier})"
                header.suggest(name, message, None, (value, identifier))
            continue
        message = f'"{shorten(value)}" is not a valid {name} id (write it as {scheme.example})'
        if re.match("https?://", value) or header.entries[name].name == "arxivid":
            header.warn_or_error(name, message)
        else:
            header.report(name, message)
    for text in (ids.get("doi"), *map(header.get, _ARXIV_FIELDS)):
        if identifier := _parse_own_arxiv(text):
            ids.setdefault("arxiv", identifier)
    url = header.get("url")
    for key in _ID_URLS:
        address = header.get(key) or ""
        if _is_id_address(address, ids) and key == "url":
            url = None
    ordered = {name: ids[name] for name in SCHEMES if name in ids}
    return ordered, url if url and re.match("https?://", url) else None


def _parse_own_arxiv(text: str | None) -> str | None:
    """Return the id in a DOI of arXiv's, or after the word arXiv."""
    return SCHEMES["arxiv"].parse(text) if text and "arxiv" in text[:20].lower() else None


def _is_id_address(address: str, ids: dict[str, str]) -> bool:
    """Tell whether an address is that of an identifier, and add this to `ids`."""
    if not re.match("https?://", address, re.IGNORECASE):
        return False
    for name, scheme in SCHEMES.items():
        if identifier := scheme.parse(address):
            return scheme.is_same(ids.setdefault(name, identifier), identifier)
    return False


def _read_publication(header: Header, ids: dict[str, str]) -> tuple[dict, dict[str, str]]:
    """Return type, venue, stage, note and numbers; and `ids` with an arXiv id from the venue."""
    stage, note = _read_stage(header)
    venue, volume, ids = _read_venue(header, ids)
    is_server = venue is not None and _SERVERS.fullmatch(venue) is not None
    is_preprint = is_server or (venue is None and "arxiv" in ids)
    type_ = _read_type(header, venue, is_preprint, stage)
    if venue is None and type_ in _VENUE_FIELDS:
        field = _VENUE_FIELDS[type_]
        example = f"{field} = {{…}}" if header.citation_key else f"{field.capitalize()}: …"
        header.report("venue", f"missing (write `{example}`, or another type)")
    number, issue = _read_numbers(header, type_)
    type_, genre = _read_genre(header, type_)
    return {
        "type": type_,
        "genre": genre,
        "venue": _join_lines(venue),
        "stage": None if stage in ("published", "preparation") else stage,
        "note": _join_lines(note),
        "volume": _join_lines(volume),
        "issue": issue,
        "number": number,
    }, ids


def _read_genre(header: Header, type_: str) -> tuple[str, str | None]:
    """Return the type, which may be in the genre, and the genre in words."""
    genre = name_genre(_join_lines(header.get("genre")) or "")
    # BibTeX's field `type` may name a type that BibTeX lacks as an entry.
    for name, label in TYPES.items():
        if label == genre or (label.lower() == genre.lower() and name not in _VENUE_FIELDS):
            return name, None
    if genre:
        return refine_type(type_, genre), genre
    return type_, GENRES.get(fold_text(header.get("type") or ""))


def _read_pages(header: Header) -> dict[str, str | None]:
    """Return the pages with an en dash between numbers, and the number of an article."""
    pages = _PAGES_PREFIX.sub("", _join_lines(header.get("pages")) or "")
    pages = mark_page_ranges(pages) or None
    number = _join_lines(header.get("article_number"))
    if pages is None or (number and number in re.split(r"\W+", pages)):
        pages, number = pages or number, None
    return {"pages": pages, "article_number": number}


def _read_annotation(header: Header, authors: tuple[Author, ...]) -> str | None:
    """Return what the marks of authors mean; biblatex has a private note of that name."""
    annotation = _join_lines(header.get("annotation"))
    if annotation and not any(author.marks for author in authors):
        hint = "if it explains marks, write authors as `Ann Stone*`"
        header.report(
            "annotation", f"is not shown because no author has a mark ({hint})", notice=True
        )
        return None
    return annotation


def _read_stage(header: Header) -> tuple[str | None, str | None]:
    """Return the stage of publication, which may be in the note; and the note without it.

    What is in preparation says so in its note, and has the stage "preparation" here only.
    """
    text, note = header.get("stage"), header.get("note")
    stage = parse_stage(text or "")
    if is_in_preparation(text or ""):
        return "preparation", ". ".join(filter(None, ("In preparation", note)))
    if text and stage is None:
        message = f'"{shorten(text)}" is not a valid stage (write {", ".join(STAGES)})'
        header.warn_or_error("stage", message)
    # A note that goes on without a full stop is a sentence about something else.
    if note and stage is None and (match := _STAGE_NOTE.fullmatch(note)):
        if is_in_preparation(match["stage"]):
            return "preparation", note
        stage = parse_stage(match["stage"])
        if stage == "published":
            stage = None
        note = match["note"] if stage else note
    return stage, note


def _read_venue(
    header: Header, ids: dict[str, str]
) -> tuple[str | None, str | None, dict[str, str]]:
    """Return venue, volume and `ids`; arXiv as a venue gives an id."""
    venue, volume = header.get("venue"), header.get("volume")
    match = _ARXIV.fullmatch(venue or "")
    if match is None:
        return venue, volume, ids
    words = [*match["rest"].split(), (volume or "").removeprefix("abs/")]
    identifier = next(filter(None, map(SCHEMES["arxiv"].parse, words)), None)
    if identifier and "arxiv" not in ids:
        ids = ids | {"arxiv": identifier}
    if volume and volume.startswith("abs/"):
        volume = None
    return None if "arxiv" in ids else "arXiv", volume, ids


def _read_numbers(header: Header, type_: str) -> tuple[str | None, str | None]:
    """Return number and issue: BibTeX's number of an article is the issue.

    Beside a number, the issue of an article is a name, such as Summer (biblatex 3.20, 2.2.2).
    """
    number, issue = header.get("number"), header.get("issue")
    if type_.startswith("article-") and not (issue and number and issue != number):
        return None, issue or number
    return (number, issue) if number else (issue, None)


def _read_type(header: Header, venue: str | None, is_preprint: bool, stage: str | None) -> str:
    """Return the CSL type: the header's, or what venue and stage suggest."""
    value = (header.get("type") or "").removeprefix("- ").strip().lower()
    folded = re.sub(r"[\s_-]", "", value)
    if not value:
        type_ = _guess_type(header, venue)
    elif value == "article" and not header.is_from_bib("type"):
        # CSL's word for a preprint is BibTeX's for an article of a journal.
        type_ = "article-journal" if venue and not is_preprint else "article"
    elif value in TYPES and not header.is_from_bib("type"):
        type_ = value
    elif folded in TYPE_NAMES:
        type_ = TYPE_NAMES[folded]
    else:
        if not header.is_from_bib("type"):
            written = shorten((header.get("type") or "").removeprefix("- ").strip())
            header.report("type", f'"{written}" is not a valid type (write {", ".join(TYPES)})')
        type_ = "document"
    if is_preprint and type_ in _MAYBE_PREPRINTS:
        return "article"
    if venue is None and type_ == "article-journal" and stage in _STAGE_TYPES:
        return _STAGE_TYPES[stage]
    if venue is None and folded == "inbook":
        return "book"  # BibTeX's @inbook names the book by its title.
    return type_


def _guess_type(header: Header, venue: str | None) -> str:
    """Return the type of a paper that names none: that of its venue."""
    name = header.entries["venue"].name if header.get("venue") else ""
    type_ = VENUE_TYPES.get(name, "document")
    if venue and type_ == "document":
        is_journal = _JOURNAL.search(venue) or header.get("volume")
        return "article-journal" if is_journal else "paper-conference"
    return type_


def _read_verbatim_bibtex(header: Header) -> tuple[str | None, str | None]:
    """Return the citation key and the text of an entry to publish as it is written."""
    entry = header.entries.get("bibtex")
    if entry is None or not entry.value:
        return None, None
    first, _, remaining = (entry.raw or entry.value).strip("\n").partition("\n")
    text = f"{first}\n{textwrap.dedent(remaining)}".rstrip() if remaining else first
    headers = parse_bibtex(header.file, text.encode())[1:]
    is_valid = len(headers) == 1 and headers[0].citation_key and not headers[0].has_errors
    if is_valid and is_single_entry(text):
        return headers[0].citation_key, text
    reason = next(
        (problem.message for entry in headers for problem in entry.problems),
        "write one entry and nothing else",
    )
    header.report("bibtex", f"is not a BibTeX entry: {reason}")
    return None, None


def _read_language(header: Header) -> str | None:
    lang = header.get("lang")
    if lang is None or _LANGUAGE.fullmatch(lang):
        return lang
    # In a file's own header, the file's reader has reported it.
    if header.is_from_bib("lang"):
        message = f'"{shorten(lang)}" is not a valid language (write en, zh or pt-BR)'
        header.warn_or_error("lang", message)
    return None


def _read_selected(header: Header) -> bool:
    value = (header.get("selected") or "no").lower()
    if value not in _BOOLEANS:
        message = f'"{shorten(value)}" is neither yes nor no (write yes or no)'
        header.warn_or_error("selected", message)
    return _BOOLEANS.get(value, False)


def _read_weight(header: Header) -> int | None:
    value = header.get("weight")
    if value and not re.fullmatch(r"-?[0-9]{1,9}", value):
        hint = "write 1 for the paper that comes first"
        header.report("weight", f'"{shorten(value)}" is not a whole number ({hint})')
        return None
    return int(value) if value else None


def _read_translated_titles(header: Header) -> dict[str, str]:
    matches = filter(None, map(TRANSLATED_TITLE.fullmatch, header.entries))
    return {
        match["lang"].replace("_", "-"): _set_dashes(title)
        for match in matches
        if (title := header.get(match[0]))
    }


def _set_dashes(text: str) -> str:
    return _join_lines(re.sub("(?<!-)--(?!-)", "–", re.sub("(?<!-)---(?!-)", "—", text)))


def _join_lines(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _join_paragraphs(text: str) -> str:
    return "\n\n".join(filter(None, map(_join_lines, re.split(r"\n\s*\n", text))))
