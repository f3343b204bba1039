"""A paper from front matter and the text below it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...content import KEY_ALIASES, TRANSLATED_TITLE
from ...util import shorten
from ..common import (
    add_reference,
    find_asset,
    fold_text,
    format_pages,
    format_people,
    is_placeholder,
    join_values,
    parse_reference_authors,
    parse_reference_numbers,
    parse_reference_venue,
    plain_text,
    summarize,
)
from ..result import IMAGE_SUFFIXES
from .duplicates import claim_aliases
from .links import WEB_URL, read_paper_links
from .paper_fields import (
    read_author_names,
    read_date,
    read_honours,
    read_tags,
    read_type,
    read_venue,
)
from .parser import FrontMatter

_IMAGE_KEYS = ("image", *KEY_ALIASES["image"].split(), "image_preview", "header.image")


def read_cover_image(matter: FrontMatter, headers: dict[str, str], name_part: str = "") -> None:
    """Set the picture that a key names, or one beside the paper with `name_part` in its name."""
    addresses = [(key, matter.pop_text(key)) for key in _IMAGE_KEYS if key in matter.data]
    file = None
    for key, address in ((key, address) for key, address in addresses if address):
        if file is None:
            file = find_asset(matter.source, matter.path, address) or _find_by_stem(matter, address)
            if file is None or file.suffix.lower() not in IMAGE_SUFFIXES:
                location = "on another host" if WEB_URL.match(address) else "not here"
                message = f'"{shorten(address)}" is {location} (put the image into content/papers/)'
                matter.note("left", message, key)
                file = None
    if file is None and name_part:
        files = matter.files_beside(f"*{name_part}*")
        file = next((path for path in files if path.suffix.lower() in IMAGE_SUFFIXES), None)
    alt = plain_text(matter.pop_text("image_alt", "image.alt", "image.alt_text"))
    caption = plain_text(matter.pop_text("image_caption", "image.caption"))
    if file and "unsplash" in caption.lower():
        message = f'the image "{file.name}" was read as the theme\'s example and was skipped'
        matter.note("left", message, "image")
        file = None
    if file is None:
        if caption and "unsplash" not in caption.lower():
            matter.note("left", f'"{shorten(caption)}" is a caption without an image', "image")
        return
    headers["image"] = matter.source.result.add_asset(file, "papers")
    headers["image_alt"], headers["image_caption"] = alt, caption
    if not alt:
        headers["image_alt"] = f"Figure of “{headers['title']}”"
        message = "has no useful alternative text (write a sentence in `Image_alt`)"
        matter.note("guessed", f'the image "{file.name}" {message}')


def _find_by_stem(matter: FrontMatter, name: str) -> Path | None:
    """Return the picture beside a paper that is named without its ending, or in other case."""
    if not re.fullmatch(r"[\w.-]{1,80}", name):
        return None
    files = [path for path in matter.files_beside("*") if path.suffix.lower() in IMAGE_SUFFIXES]
    stem = re.sub(r"\.\w{3,4}$", "", name).lower()
    return next((path for path in files if path.stem.lower() == stem), None)


# Keys that only the old system reads.
_MACHINERY = (
    "collection layout author_profile share comments commentable read_time reading_time toc math "
    "highlight diagram view pagination count cms_exclude i18n_key profile show_date pager weight "
    "image.focal_point image.preview_only image.placement show_related related classes mathjax "
    "markup _build build cascade outputs sitemap rss nid template image_preview_only excerpt_only "
    "header.overlay_color header.overlay_filter order show"
).split()
_SAME_NAME_KEYS = (
    "volume issue number pages article_number publisher address location series edition isbn "
    "issn note license "
    "annotation genre"
).split()
# Headers that a BibTeX entry can add.
_BIBTEX_KEYS = (
    "type venue volume issue number pages article_number publisher address editor series "
    "edition isbn issn genre "
    "doi arxiv openreview acl pmid hal dblp authors date key"
).split()
_BARE_UMLAUT = re.compile(r"(?<=\w)\"(?=[aouAOU]\w)")
_EXAMPLE = re.compile(
    r"an example (?:journal article|conference paper|preprint)\b.*|paper title number \d+\b.*", re.I
)
# Hosts of the papers of journals.
_JOURNAL_HOSTS = re.compile(
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
# Names of files that say nothing about a paper.
_WORDLESS = re.compile(
    r"(?:(?:pub|publication|paper|article|journal|conference|preprint|example|no|first|title|number|"
    r"new|untitled|index|test|item|p|j|c)?s?\d*(?:[-_. ]+|$)){1,12}"
)
_PAGES = re.compile(r"[A-Za-z]?\d{1,8}(?:\s?[-–—]+\s?[A-Za-z]?\d{1,8})?")
_DOI = re.compile(r"\bdoi(?:\.org/|:\s?)(?P<doi>10\.\d{4,9}/[^\s,;<>]{1,200}[^\s,;<>.)])", re.I)
_TRUE = ("true", "yes", "1", "on")
_DATE_PREFIX = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?[-_ ]+")


def add_paper(
    matter: FrontMatter,
    body: str = "",
    name: str = "",
    reference: str = "",
    text_links: Iterable[tuple[str, str]] = (),
    bib: Mapping[str, str] | None = None,
    old_path: str = "",
    image_name: str = "",
) -> None:
    """Add a paper to the result.

    `body` is Markdown, `name` that of its file or folder, `reference` its citation, `text_links`
    are (label, address) in its text, `bib` the headers of its BibTeX entry, `old_path` its
    address on the old site; a picture beside it has `image_name` in its name.
    """
    bib = dict(bib or {})
    headers = {"title": _read_title(matter) or bib.get("title", "")}
    if _EXAMPLE.fullmatch(headers["title"]):
        matter.note("left", "is an example of the template's and was skipped")
        return
    headers["date"] = _read_date(matter, bib)
    read_type(matter, headers)
    _read_authors(matter, headers, reference, bib)
    read_venue(matter, headers)
    read_honours(matter, headers)
    page = plain_text(matter.data.get("page", ""))
    if _PAGES.fullmatch(page):
        matter.data.setdefault("pages", matter.data.pop("page"))
    for key in _SAME_NAME_KEYS:
        if text := plain_text(matter.pop_text(key)):
            headers.setdefault({"location": "address"}.get(key, key), text)
    headers["tags"] = read_tags(matter)
    headers["selected"] = "yes" if matter.pop_text("selected", "featured").lower() in _TRUE else ""
    is_hidden = "false" in (
        matter.pop_text("published").lower(),
        join_values(matter.data.get("show", "")),
    )
    if matter.pop_text("draft").lower() in _TRUE or is_hidden:
        headers["status"] = "draft"
    read_paper_links(matter, headers, text_links)
    _read_citation_venue(matter, headers, reference, bib)
    _read_citation_numbers(matter, headers, reference)
    _guess_journal(matter, headers)
    read_cover_image(matter, headers, image_name)
    headers["aliases"] = claim_aliases(matter, old_path)
    headers["modified"] = read_date(matter, "lastmod", "last_modified_at")
    headers["lang"] = matter.pop_text("lang", "language", "langid")
    headers["summary"] = _read_summary(matter, headers, body)
    _add_bibtex(matter, headers, bib)
    headers |= {
        key: matter.pop_text(key) for key in list(matter.data) if TRANSLATED_TITLE.fullmatch(key)
    }
    note_unread_keys(matter)
    count = len(matter.source.result.documents)
    add_reference(matter.source, matter.path, headers, body, matter.start_line)
    for text in matter.source.result.documents[count:]:
        text.slug = clean_slug(name)


def note_unread_keys(matter: FrontMatter, ignored: str = "") -> None:
    """Note the keys that nothing reads, except those that only the old system reads."""
    for key in (*_MACHINERY, *ignored.split()):
        matter.data.pop(key, None)
    matter.note_remaining_keys()


def _read_title(matter: FrontMatter) -> str:
    """Return the title, with the subtitle."""
    title, subtitle = plain_text(matter.pop_text("title")), plain_text(matter.pop_text("subtitle"))
    if _BARE_UMLAUT.search(title):
        title = _BARE_UMLAUT.sub("\u0308", title)
        title = unicodedata.normalize("NFC", re.sub("\u0308(.)", "\\1\u0308", title))
        matter.note("guessed", f'is read as "{shorten(title)}"', "title")
    return f"{title}: {subtitle}" if title and subtitle else title


def _read_date(matter: FrontMatter, bib: Mapping[str, str]) -> str:
    """Return the date that the old site showed, or a more precise one of its BibTeX entry."""
    year = re.search(r"\b(?:19|20)\d\d\b", join_values(matter.data.get("pub_date", "")))
    keys = ["date", "pub_date", "year", "publishdate", "issued"]
    if year and year[0] not in join_values(matter.data.get("date", ""))[:4]:
        keys.insert(0, keys.pop(1))
    date = read_date(matter, *keys)
    for key in keys:
        matter.data.pop(key, None)
    bib_date = bib.get("date", "")
    return (
        bib_date
        if bib_date.startswith(f"{date}-") or f"{bib_date}-01" == date or not date
        else date
    )


def _read_authors(
    matter: FrontMatter, headers: dict[str, str], reference: str, bib: Mapping[str, str]
) -> None:
    for key in ("author", "authors"):
        if value := matter.data.pop(key, ""):
            names, has_others = read_author_names(matter, key, value)
            headers["authors"] = format_people(_add_marks(matter, names), has_others)
    if value := matter.data.pop("editor", matter.data.pop("editors", "")):
        headers["editor"] = format_people(*read_author_names(matter, "editor", value))
    if reference and not (headers.get("authors") or bib.get("authors")):
        names, has_others = parse_reference_authors(reference, headers["title"])
        if headers.setdefault("authors", format_people(names, has_others)):
            message = f'"{shorten(headers["authors"])}" were read as its authors'
            matter.note("guessed", message, "citation")
        else:
            message = f'who wrote it is not told by "{shorten(reference)}"'
            matter.note("left", message, "citation")


def _add_marks(matter: FrontMatter, names: list[str]) -> list[str]:
    """Return names with the marks for notes on them: equal contribution, correspondence."""
    notes = matter.pop_items("author_notes")
    for n, note in enumerate(map(plain_text, notes)):
        mark = "*" if re.search("equal|co-?first", note, re.I) else ""
        mark = "†" if re.search("correspond", note, re.I) else mark
        if mark and n < len(names):
            names[n] += mark * (mark not in names[n])
        elif note:
            matter.note("left", f'"{shorten(note)}" is not attached to a name', "author_notes")
    return names


def _read_citation_venue(
    matter: FrontMatter, headers: dict[str, str], reference: str, bib: Mapping[str, str]
) -> None:
    """Set the venue that a citation names, where nothing else does."""
    if headers.get("venue") or headers.get("stage") or bib.get("venue"):
        return
    if venue := parse_reference_venue(reference, headers["title"]):
        headers["venue"] = venue
        message = f'the venue "{shorten(venue)}" is read from its citation'
        matter.note("guessed", message, "citation")


def _read_citation_numbers(matter: FrontMatter, headers: dict[str, str], reference: str) -> None:
    """Set the DOI in a citation, and the volume, issue and pages after its venue."""
    if match := _DOI.search(reference):
        headers.setdefault("doi", match["doi"])
    for key, value in parse_reference_numbers(reference, headers.get("venue", "")).items():
        if not headers.get(key):
            headers[key] = format_pages(value)
            matter.note("guessed", f"{key} {value} is read from its citation", "citation")


def _add_bibtex(matter: FrontMatter, headers: dict[str, str], bib: dict[str, str]) -> None:
    """Add headers that only the BibTeX entry has."""
    if headers.get("issue"):
        bib.pop("number", None)
    if (doi := bib.get("doi")) and doi.lower() != headers.get("doi", doi).lower():
        matter.note("left", f"its BibTeX entry has another DOI, {doi}", "doi")
    if headers.get("stage") == "preprint":
        bib.pop("venue", None)
    for key in _BIBTEX_KEYS:
        if bib.get(key) and not headers.get(key):
            headers[key] = bib[key]


def _guess_journal(matter: FrontMatter, headers: dict[str, str]) -> None:
    """Set the type of a paper on the site of a journal, unless its venue is a conference."""
    venue = headers.get("venue", "")
    if venue and not headers.get("type") and _JOURNAL_HOSTS.search(headers["links"]):
        if not _MEETING.search(venue):
            headers["type"] = "article-journal"
            matter.note("guessed", f'"{shorten(venue)}" was read as a journal', "venue")


def _read_summary(matter: FrontMatter, headers: dict[str, str], body: str) -> str:
    """Return the summary, unless it repeats text, title or authors."""
    text = plain_text(matter.pop_text("summary", "tldr", "excerpt", "description"))
    if is_placeholder(text):
        matter.note("left", f'"{shorten(text)}" is the theme\'s example', "summary")
        return ""
    existing = (
        fold_text(plain_text(body)),
        fold_text(headers.get("authors", "")),
        fold_text(headers["title"]),
    )
    return summarize(body) if any(fold_text(text) in other for other in existing) else text


def clean_slug(name: str) -> str | None:
    """Return the name of a file or folder as a slug; None where it says nothing, or too much."""
    name = re.sub(r"[^\w.+-]+", "-", _DATE_PREFIX.sub("", name)).strip("-.").lower()
    return name if 2 < len(name) <= 60 and not _WORDLESS.fullmatch(name) else None
