"""Front matter and the text below it become a paper."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ..headers import shorten
from ..keys import TITLE_IN
from . import citation, cited, cover, doubles, linked, naming, paper
from .matter import Matter, is_example, letters, one_text, words

# What only the old system reads, and a paper has no place for.
_MACHINERY = (
    "collection layout author_profile share comments commentable read_time reading_time toc math "
    "highlight diagram view pagination count cms_exclude i18n_key profile show_date pager weight "
    "image.focal_point image.preview_only image.placement show_related related classes mathjax "
    "markup _build build cascade outputs sitemap rss nid template image_preview_only excerpt_only "
    "header.overlay_color header.overlay_filter order show"
).split()
_SAME = (
    "volume issue number pages publisher address location series edition isbn issn note license "
    "annotation genre"
).split()
# What of a BibTeX entry adds to a front matter.
_ADDED = (
    "type venue volume issue number pages publisher address editor series edition isbn issn genre "
    "doi arxiv openreview acl pmid hal dblp authors date key"
).split()
_UMLAUT = re.compile(r"(?<=\w)\"(?=[aouAOU]\w)")
_EXAMPLE = re.compile(
    r"an example (?:journal article|conference paper|preprint)\b.*|paper title number \d+\b.*", re.I
)
# Where the papers of journals are.
_HOSTS = re.compile(
    r"https?://(?:[\w-]{1,30}\.){0,3}(?:sciencedirect\.com|onlinelibrary\.wiley\.com|nature\.com|"
    r"pubs\.(?:acs|rsc|aip)\.org|academic\.oup\.com|journals\.\w{2,20}\.\w{2,3}|mdpi\.com|"
    r"frontiersin\.org|tandfonline\.com|journals\.sagepub\.com|science\.org|cell\.com|plos\.org|"
    r"iopscience\.iop\.org|pnas\.org|(?:pmc\.)?ncbi\.nlm\.nih\.gov|oaepublish\.com)/",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?i:conference|workshop|symposium|proceedings|meeting|congress|colloquium|arxiv|thesis|report)"
    r"|\b[A-Z]{2,}[A-Za-z]*(?:['’ ]+\d{2,4})?$"
)
# Names of files that tell nothing of a paper.
_WORDLESS = re.compile(
    r"(?:(?:pub|publication|paper|article|journal|conference|preprint|example|no|first|title|number|"
    r"new|untitled|index|test|item|p|j|c)?s?\d*(?:[-_. ]+|$)){1,12}"
)
_DOI = re.compile(r"\bdoi(?:\.org/|:\s?)(?P<doi>10\.\d{4,9}/[^\s,;<>]{1,200}[^\s,;<>.)])", re.I)
_YES = ("true", "yes", "1", "on")
_DAY = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?[-_ ]+")


def add(
    matter: Matter,
    body: str = "",
    name: str = "",
    reference: str = "",
    more: Iterable[tuple[str, str]] = (),
    bib: Mapping[str, str] | None = None,
    old: str = "",
    beside: str = "",
) -> None:
    """Add a paper to what was found.

    `body` is Markdown, `name` that of its file or folder, `reference` how it is cited; `more`
    are links in its text, `bib` headers of its BibTeX entry, `old` its address there; a picture
    beside it has `beside` in its name.
    """
    bib = dict(bib or {})
    headers = {"title": title_of(matter) or bib.get("title", "")}
    if _EXAMPLE.fullmatch(headers["title"]):
        matter.note("left", "is an example of the template's, and is not taken")
        return
    headers["date"] = _date(matter, bib)
    paper.kind(matter, headers)
    _authors(matter, headers, reference, bib)
    paper.place(matter, headers)
    paper.honours(matter, headers)
    for key in _SAME:
        if text := words(matter.take(key)):
            headers.setdefault({"location": "address"}.get(key, key), text)
    headers["tags"] = paper.tags(matter)
    headers["selected"] = "yes" if matter.take("selected", "featured").lower() in _YES else ""
    hidden = "false" in (matter.take("published").lower(), one_text(matter.data.get("show", "")))
    if matter.take("draft").lower() in _YES or hidden:
        headers["status"] = "draft"
    linked.read(matter, headers, more)
    _numbers(matter, headers, reference)
    _journal(matter, headers)
    cover.take(matter, headers, beside)
    headers["aliases"] = doubles.aliases(matter, old)
    headers["modified"] = paper.date(matter, "lastmod", "last_modified_at")
    headers["lang"] = matter.take("lang", "language", "langid")
    headers["summary"] = _summary(matter, headers, body)
    _add_bib(matter, headers, bib)
    headers |= {key: matter.take(key) for key in list(matter.data) if TITLE_IN.fullmatch(key)}
    leave(matter)
    count = len(matter.source.found.texts)
    cited.add(matter.source, matter.path, headers, body, matter.first)
    for text in matter.source.found.texts[count:]:
        text.slug = slug(name)


def leave(matter: Matter, more: str = "") -> None:
    """Note what nothing has read, but for what only the old system did."""
    for key in (*_MACHINERY, *more.split()):
        matter.data.pop(key, None)
    matter.left_over()


def title_of(matter: Matter) -> str:
    """Take a title, with what stands below it."""
    title, below = words(matter.take("title")), words(matter.take("subtitle"))
    if _UMLAUT.search(title):
        title = _UMLAUT.sub("\u0308", title)
        title = unicodedata.normalize("NFC", re.sub("\u0308(.)", "\\1\u0308", title))
        matter.note("guessed", f'is read as "{shorten(title)}"', "title")
    return f"{title}: {below}" if title and below else title


def _date(matter: Matter, bib: Mapping[str, str]) -> str:
    """Return the date that the old site showed, or as much of it as its BibTeX entry tells."""
    shown = re.search(r"\b(?:19|20)\d\d\b", one_text(matter.data.get("pub_date", "")))
    keys = ["date", "pub_date", "year", "publishdate", "issued"]
    if shown and shown[0] not in one_text(matter.data.get("date", ""))[:4]:
        keys.insert(0, keys.pop(1))
    found = paper.date(matter, *keys)
    for key in keys:
        matter.data.pop(key, None)
    told = bib.get("date", "")
    return told if told.startswith(f"{found}-") or f"{told}-01" == found or not found else found


def _authors(
    matter: Matter, headers: dict[str, str], reference: str, bib: Mapping[str, str]
) -> None:
    for key in ("author", "authors"):
        if given := matter.data.pop(key, ""):
            names, more = paper.names(matter, key, given)
            headers["authors"] = naming.people(_marked(matter, names), more)
    if given := matter.data.pop("editor", matter.data.pop("editors", "")):
        headers["editor"] = naming.people(*paper.names(matter, "editor", given))
    if reference and not (headers.get("authors") or bib.get("authors")):
        names, more = citation.authors(reference, headers["title"])
        if headers.setdefault("authors", naming.people(names, more)):
            told = f'"{shorten(headers["authors"])}" are taken for its authors'
            matter.note("guessed", told, "citation")
        else:
            told = f'who wrote it is not told by "{shorten(reference)}"'
            matter.note("left", told, "citation")


def _marked(matter: Matter, names: list[str]) -> list[str]:
    """Return names with the marks that notes beside them stand for."""
    notes = matter.items("author_notes")
    for n, note in enumerate(map(words, notes)):
        mark = "*" if re.search("equal|co-?first", note, re.I) else ""
        mark = "†" if re.search("correspond", note, re.I) else mark
        if mark and n < len(names):
            names[n] += mark * (mark not in names[n])
        elif note:
            matter.note("left", f'"{shorten(note)}" stands at no name', "author_notes")
    return names


def _numbers(matter: Matter, headers: dict[str, str], reference: str) -> None:
    """Take volume, issue and pages from behind the venue in a reference, and its DOI."""
    if found := _DOI.search(reference):
        headers.setdefault("doi", found["doi"])
    for key, value in citation.behind(reference, headers.get("venue", "")).items():
        if not headers.get(key):
            headers[key] = cited.pages_of(value)
            matter.note("guessed", f"{key} {value} is read from its citation", "citation")


def _add_bib(matter: Matter, headers: dict[str, str], bib: dict[str, str]) -> None:
    """Add what only the BibTeX entry tells."""
    if headers.get("issue"):
        bib.pop("number", None)
    if (doi := bib.get("doi")) and doi.lower() != headers.get("doi", doi).lower():
        matter.note("left", f"its BibTeX entry has another DOI, {doi}", "doi")
    if headers.get("stage") == "preprint":
        bib.pop("venue", None)
    for key in _ADDED:
        if bib.get(key) and not headers.get(key):
            headers[key] = bib[key]


def _journal(matter: Matter, headers: dict[str, str]) -> None:
    """Take the type from where a paper of no type can be read, if nothing tells a conference."""
    place = headers.get("venue", "")
    if place and not headers.get("type") and _HOSTS.search(headers["links"]):
        if not _MEETING.search(place):
            headers["type"] = "article-journal"
            matter.note("guessed", f'"{shorten(place)}" is taken for a journal', "venue")


def _summary(matter: Matter, headers: dict[str, str], body: str) -> str:
    """Take the words for the card, where they are not the paper's own again."""
    text = words(matter.take("summary", "tldr", "excerpt", "description"))
    if is_example(text):
        matter.note("left", f'"{shorten(text)}" is the theme\'s example', "summary")
        return ""
    known = (letters(words(body)), letters(headers.get("authors", "")), letters(headers["title"]))
    return "" if any(letters(text) in one for one in known) else text


def slug(name: str) -> str | None:
    """Return a name of a file or folder as one here; None where it tells nothing, or too much."""
    name = re.sub(r"[^\w.+-]+", "-", _DAY.sub("", name)).strip("-.").lower()
    return name if 2 < len(name) <= 60 and not _WORDLESS.fullmatch(name) else None
