"""The keys of headers, and the other names under which they are read."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace

from ..model import Kind, month_number
from ..util import LazyPattern, mark_markdown_italics, replace_script_tags, shorten
from .encoding import check_tex_in_header
from .header import Header, mark_italics
from .markdown import find_mark_in_header

# In the order of docs/headers.md. Names are BibTeX's and CSL's where they exist.
PAPER_KEYS = tuple(
    "title authors affiliations annotation date type venue venue_short stage award presentation "
    "volume issue "
    "pages article_number number publisher address editor series edition genre isbn issn note "
    "arxiv doi "
    "openreview acl pmid pmcid hal dblp semanticscholar openalex url selected weight image "
    "image_alt image_caption links summary key bibtex license layout".split()
)
# Keys of any file, and those of pages and news.
COMMON_KEYS = tuple("status hidden_until slug aliases lang modified tags sample".split())
PAGE_KEYS = tuple(
    "title date role summary papers category author authors template url save_as".split()
)
# A title in another language: title_zh, title_pt_br.
TRANSLATED_TITLE = LazyPattern(r"title_(?P<lang>[a-z]{2,3}(?:_[a-z0-9]{2,8})*)")

# Other names of keys; the first that has a value wins.
KEY_ALIASES = {
    "authors": "author",
    "affiliations": "affiliation",
    "date": "year issued pub_date publishdate",
    "type": "publication_types category",
    "venue": "journal journaltitle booktitle publication conference container_title school "
    "institution howpublished organization",
    "venue_short": "abbr publication_short conference_short container_title_short",
    "stage": "pubstate",
    "award": "award_name",
    "presentation": "pub_last",
    "pages": "page",
    "article_number": "article-number articleno eid",
    "address": "location",
    "editor": "editors",
    "series": "collection_title",
    "arxiv": "arxivid arxiv_id",
    "pmid": "pubmed",
    "pmcid": "pmc",
    "hal": "hal_id",
    "semanticscholar": "s2cid",
    "selected": "featured",
    "image": "preview cover teaser header.teaser image.filename",
    "image_alt": "image.alt",
    "image_caption": "image.caption",
    "links": "buttons",
    "summary": "tldr description excerpt",
    "lang": "language langid",
    "tags": "keywords topics",
    # A paper's abstract is the text below the header, or else this header.
    "abstract": "",
}
KEY_NAMES = {name: key for key, names in KEY_ALIASES.items() for name in [key, *names.split()]} | {
    key: key for key in PAPER_KEYS + COMMON_KEYS
}
# Identifiers that HugoBlox nests below another key.
NESTED_ID_KEY = LazyPattern(r"(?:hugoblox\.)?ids\.(?P<key>\w+)")

# Keys that hold the address of one link, and its label.
LINK_KEYS = {
    name: name
    for name in "pdf code html website blog slides poster video supp model data demo talk preprint "
    "project dataset software supplement appendix thread".split()
} | {
    "github": "code", "paperurl": "paper", "slidesurl": "slides", "homepage": "website",
    "code_url": "code", "slide": "slides", "huggingface": "model", "ee": "link", "eprint": "eprint",
}  # fmt: skip


def link_label(name: str) -> str | None:
    """Return the label of a key that holds one link: `code`, `url_code`, `code_url`."""
    plain = name.removeprefix("url_")
    return LINK_KEYS.get(name) or LINK_KEYS.get(plain, plain if plain != name else None)


# Fields of a .bib that hold text, unlike names, dates and addresses.
TEXT_FIELDS = frozenset(
    "title subtitle booktitle journal journaltitle school institution organization howpublished "
    "publisher address location series edition note award award_name abstract summary tldr isbn "
    "issn description keywords tags topics number volume issue pages genre abbr venue venue_short "
    "eventtitle presentation pub_last annotation image_alt image_caption license conference "
    "publication article_number article-number articleno eid".split()
)

# The headers whose texts and names citations hold.
_CITED_TEXTS = frozenset(
    "title venue venue_short volume issue pages article_number number publisher address series "
    "edition genre note "
    "annotation award presentation tags license isbn issn".split()
)
_NAMES = frozenset(("authors", "editor"))
_COMPOSED = _NAMES | _CITED_TEXTS

# Old names of headers: the new name, and the release that has it. The old one is read as the new
# one until the release after next; `check --fix` writes the new one.
RENAMED_HEADERS: dict[str, tuple[str, str]] = {}


def rename_headers(header: Header) -> None:
    """Read headers under their new names, and report the old ones."""
    for old, (new, release) in RENAMED_HEADERS.items():
        if (entry := header.entries.get(old)) is None:
            continue
        line = header.source.split("\n")[entry.line - 1] if entry.line else ""
        match = re.match(r"\W*([\w-]+)", line)
        name = match[1] if match else old
        new_name = new.capitalize() if name[:1].isupper() else new
        message = f"was renamed to `{new_name}` in {release}"
        if header.get(new) is None:
            header.report(old, f"{message} (use the new name)", notice=True, fix=(name, new_name))
            header.entries[new] = entry
        else:
            header.report(old, f"{message}, and both are set (keep one)", notice=True)
        del header.entries[old]


def mark_title(header: Header) -> None:
    """Mark the italics of a Markdown file's title, whose value becomes plain text."""
    if header.citation_key:
        return  # A .bib has no Markdown.
    if (entry := header.entries.get("title")) and re.search(r"[*_<\\]", entry.value):
        marked = mark_markdown_italics(entry.value)
        if marked != entry.value:
            header.entries["title"] = mark_italics(entry, marked)


def check_page_keys(header: Header, kind: Kind | None) -> None:
    """Report headers that posts of a kind, or pages, cannot have."""
    header.check_keys(PAGE_KEYS + COMMON_KEYS + (kind.headers if kind else ()))
    # Another template can show them.
    if not header.get("template"):
        if header.get("role") and header.file.rpartition("/")[2] != "home.md":
            header.report("role", "only works on the home page (delete it)", notice=True)
        if header.get("papers") and not (kind and kind.is_post):
            hint = "write [@key] into the text to cite a paper"
            header.report("papers", f"is for news and posts only ({hint})", notice=True)


def check_paper_keys(header: Header) -> None:
    """Report headers that papers cannot have."""
    other_keys = [
        key for key in header.entries if link_label(key) or TRANSLATED_TITLE.fullmatch(key)
    ]
    header.check_keys(PAPER_KEYS + COMMON_KEYS, [*KEY_NAMES, *LINK_KEYS, *other_keys])


def normalize_keys(header: Header) -> None:
    """Give headers the keys under which they are read; year and month become one date."""
    entries, header.entries = header.entries, {}
    if "year" in entries and "date" not in entries:
        parts = [entries.pop(name) for name in ("year", "month", "day") if name in entries]
        texts = [f"{month_number(part.value) or part.value:0>2}" for part in parts if part.value]
        entries["date"] = replace(parts[0], value="-".join(texts))
    for name, entry in entries.items():
        nested = NESTED_ID_KEY.fullmatch(name)
        key = KEY_NAMES.get(name) or (nested and nested["key"]) or name
        if not header.get(key):
            header.entries[key] = entry
        elif entry.value:
            names = f"`{header.entries[key].name}` and `{entry.name}`"
            header.report(key, f"given as {names} (keep one)", entry.line)
    _compose_texts(header)
    mark_title(header)


_TEXT_KEYS = (
    "title", "summary", "image_caption", "venue", "venue_short", "award", "note", "role",
    "publisher", "series",
)  # fmt: skip


def check_values(header: Header, paper: bool, statuses: Collection[str]) -> None:
    """Report values that cannot be a part of a URL, a file's name or an attribute."""
    header.check_pattern(
        "status", f"(?i:{'|'.join(statuses)})", f"write one of {', '.join(statuses)}"
    )
    header.check_pattern("slug", r"\w[\w.-]{,99}", "write letters, digits and hyphens")
    header.check_pattern("lang", r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "write en, zh or pt-BR")
    for key, other in () if paper else (("url", "save_as"), ("save_as", "url")):
        header.check_pattern(
            key, r"(?!.*(?:\.\.|/\.))[\w~-][\w./~-]{,150}", "write a path such as a/b.html"
        )
        if header.get(key) and not header.get(other):
            header.report(key, f"has no effect alone (write `{other.capitalize()}: …` too)")
    header.check_pattern("save_as", r".*[^/]", "write a file's path such as a/b.html")
    if re.search(r"[{|](filename|static|attach)[}|]", header.get("summary") or ""):
        header.report("summary", "cannot link within the site (put the link into the text)")
    for key in _TEXT_KEYS:
        check_tex_in_header(header, key)
        # Summaries are Markdown.
        if key != "summary" and (mark := find_mark_in_header(header.get(key) or "")):
            hint = "headers have no Markdown: delete the marks"
            header.report(key, f'"{shorten(mark)}" is shown as it is written ({hint})', notice=True)


def _compose_texts(header: Header) -> None:
    """Compose the letters of texts that citations hold (NFC), and raise their superscripts."""
    for key, entry in header.entries.items():
        if (key not in _COMPOSED and not TRANSLATED_TITLE.fullmatch(key)) or not entry.value:
            continue
        value = unicodedata.normalize("NFC", entry.value)
        value = value if key in _NAMES else replace_script_tags(value)
        if value != entry.value:
            header.entries[key] = replace(entry, value=value)
