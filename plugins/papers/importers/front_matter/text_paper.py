"""Papers that are a text each, or records in YAML, with the keys of Quarto and PaperMod."""

import re

from ..common import drop_empty_headings, fold_text, join_values, plain_text, set_heading_level
from .abstract import merge_abstract, split_abstract
from .bibtex import read_bibtex_file, read_bibtex_text
from .paper import add_paper
from .parser import FrontMatter

# Keys of Quarto's citations, and those that our papers have.
_KEYS = {
    "citation.container_title": "publication", "citation.doi": "doi", "citation.url": "url",
    "citation.volume": "volume", "citation.issue": "issue", "citation.page": "pages",
    "citation.publisher": "publisher", "citation.issued": "date", "citation.type": "type",
    "citation.genre": "genre", "citation.collection_title": "series", "citation.isbn": "isbn",
    "citation.available_date": "date", "citation.event_title": "publication",
    "citation.publication_date": "date", "citation.journal_title": "publication",
    "citation.conference_title": "publication", "citation.pdf_url": "url_pdf",
    "citation.issn": "issn", "citation.edition": "edition", "citation.number": "number",
    "citation_type": "type", "publication_url": "url", "href": "url",
    "journal_title": "publication", "editpost.url": "url",
    "cover.image": "image", "cover.alt": "image_alt", "cover.caption": "image_caption",
}  # fmt: skip
_LINKS = ("pub_info.links", "other_links", "code_links", "links", "about.links")
# What Quarto reads, and no paper shows.
_MACHINERY = re.compile(
    r"(?:format|execute|listing|editor|about|comments|knitr|website|params|include|citation|"
    r"pub_info|google_scholar|jupyter|theme|toc|title_block|title_block_banner|page|code|css|"
    r"bibliography|csl|engine|freeze|resources|search|fig|number|filters|template_partials|"
    r"citation_type_label|lightbox|link|aria|body|crossref|reference|appendix|pagetitle|sidebar|"
    r"date_format|date_modified|order|image_placeholder|haiku|nocite|smooth|anchor|html|"
    r"cover|editpost|showtoc|disable\w+|hide\w+|show\w+|weight|math|katex|searchhidden|"
    r"canonicalurl|robotsnoindex|tocopen|output_file|draft_mode|back|prefer_html|keep|metadata|repo_actions|df_print|standalone)"
    r"(?:[._].*)?"
)
_CHANGES = re.compile(r"\b(?:suggest|edit|change|improve)", re.IGNORECASE)
_CITATION = re.compile(
    r"^#{1,6}[ \t]+(?:recommended |suggested )?citation[ \t]*:?[ \t]*\n+"
    r"(?P<words>(?![`~#@])[^\n]+(?:\n[^\n]+)*)",
    re.IGNORECASE | re.MULTILINE,
)
_DOWNLOADS = re.compile(
    r"^#{1,6}[ \t]+(?:downloads?|links?)[ \t]*:?[ \t]*\n\s*"
    r"(?P<items>(?:[-+*][ \t][^\n]*(?:\n|\Z)){1,30})",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM_LINK = re.compile(
    r"^[-+*][ \t]+\[(?P<label>[^\[\]\n]{1,200})\]\((?P<url>[^()\s]{1,500})\)[ \t]*$", re.MULTILINE
)
_BIBTEX = re.compile(
    r"^```+\s*\{?\.?(?:bibtex|bib|latex|tex)?\}?[ \t]*\n(\s*@\w+\s*\{.*?)^```+[ \t]*$",
    re.M | re.S | re.I,
)
# A paragraph that repeats the header.
_FIELDS = re.compile(
    r"(?:^\*\*(?:type|venue|year|authors?|journal|date|published)s?:\*\*[^\n]*\n){2,}", re.I | re.M
)


def import_text_paper(matter: FrontMatter, name: str, is_folder: bool) -> None:
    """Import a paper from the header and the text of a file, or from a record."""
    data = matter.data
    for key, ours in _KEYS.items():
        if value := data.pop(key, ""):
            data.setdefault(ours, value)
            matter.lines.setdefault(ours, matter.lines.get(key.partition(".")[0], 1))
    title = plain_text(data.get("title", ""))
    reference = plain_text(join_values(data.pop("pub_info.reference", "")))
    for key in ("description", "abstract"):
        text = plain_text(data.get(key, ""))
        is_short = len(text) < 1000 and re.search(r"\b(?:19|20)\d\d\b", text)
        if len(title) > 8 and is_short and fold_text(title) in fold_text(text):
            # A citation in the place of a summary.
            reference = reference or text
            del data[key]
    if venue := join_values(data.pop("editpost.text", "")):
        # PaperMod's button for changes of a page, which its academic sites use for the venue.
        if not _CHANGES.search(venue):
            data.setdefault("publication", venue)
    links = [item for key in _LINKS for item in matter.pop_items(key)]
    data["links"] = [_split_link(item) for item in links]
    if isinstance(data.get("path"), str):
        _read_address(matter)
    _read_people(matter)
    bib = _read_bibtex(matter, title, is_folder)
    if key := join_values(data.pop("key", data.pop("citation_key", ""))):
        bib.setdefault("key", key)
    matter.body = _FIELDS.sub(lambda match: "\n" * match[0].count("\n"), matter.body)
    matter.body, cited = _split_citation(matter.body)
    data["links"] += _take_downloads(matter)
    reference = reference or cited
    old_path = matter.path.relative_to(matter.source.root).as_posix()
    text, text_links, reference = split_abstract(matter, title, reference)
    body = merge_abstract(matter, matter.pop_text("abstract"), "abstract", text)
    body = set_heading_level(drop_empty_headings(body), 2)
    for key in [key for key in data if _MACHINERY.fullmatch(key)]:
        del data[key]
    old_path = re.sub(r"^/content(?=/)|(?:index)?\.\w+$", "", f"/{old_path}")
    add_paper(matter, body, name, reference, text_links, bib, old_path if is_folder else "",
              "featured" if is_folder else "")  # fmt: skip


def _split_citation(text: str) -> tuple[str, str]:
    """Return a text without the citation below a heading of that name, and the citation.

    Rules between its parts, and the marks of lists of links, go as well; lines keep their numbers.
    """
    text = re.sub(r"(?m)^[ \t]*(?:-{3,}|\*{3,})[ \t]*$", "", text)
    text = re.sub(r"(?m)^\+(?=[ \t]+\[)", "-", text)
    match = _CITATION.search(text)
    if match is None:
        return text, ""
    blank = "\n" * match["words"].count("\n")
    return text[: match.start("words")] + blank + text[match.end("words") :], plain_text(
        match["words"]
    )


def _take_downloads(matter: FrontMatter) -> list[dict[str, str]]:
    """Take the links in the list below a heading "Download" off the text."""
    match = _DOWNLOADS.search(matter.body)
    if match is None:
        return []
    links = [link.groupdict() for link in _ITEM_LINK.finditer(match["items"])]
    others = _ITEM_LINK.sub("", match["items"])
    rest = others if re.search(r"\w", others) else "\n" * match["items"].count("\n")
    start = "\n" * matter.body.count("\n", match.start(), match.start("items"))
    matter.body = matter.body[: match.start()] + start + rest + matter.body[match.end() :]
    return links


def _split_link(item: object) -> object:
    """Return a link without the class of its icon, which is not a label."""
    if isinstance(item, dict) and any(item.get(key) for key in ("name", "text", "label")):
        return {key: value for key, value in item.items() if key not in ("icon", "local")}
    return item


def _read_address(matter: FrontMatter) -> None:
    """Take the address of a record for a link, unless it leads to a page of the site."""
    path = join_values(matter.data.pop("path"))
    if re.match(r"https?://", path):
        matter.data.setdefault("url", path)
    elif path.lower().endswith((".pdf", ".html", ".htm")) and matter.source.find_file(
        path, matter.path
    ):
        matter.data.setdefault("pdf", path)


def _read_people(matter: FrontMatter) -> None:
    """Replace the authors, who may have addresses, ids and roles, by their names with marks."""
    key = "author" if matter.data.get("author") else "authors"
    items = matter.data.get(key, "")
    if not isinstance(items, list) or not any(isinstance(item, dict) for item in items):
        return
    names = []
    for item in items:
        if not isinstance(item, dict):
            names.append(item)
            continue
        name = item.get("name", item)
        name = _join_name(name) if isinstance(name, dict) else join_values(name)
        if not name:
            continue
        names.append(name + _marks(item))
        person = matter.source.result.people
        if (orcid := join_values(item.get("orcid", ""))) and re.search(r"\d{4}-\d{4}-", orcid):
            person.setdefault(name, {}).setdefault("orcid", orcid.rpartition("/")[2])
        url = join_values(item.get("url", ""))
        if re.match(r"https?://[^\s/]+\S*$", url):
            person.setdefault(name, {}).setdefault("address", url)
    matter.data[key] = names


def _join_name(name: dict) -> str:
    parts = {key.lower(): join_values(value) for key, value in name.items()}
    family = " ".join(
        filter(None, (parts.get(part) for part in ("non-dropping-particle", "family")))
    )
    return " ".join(filter(None, (parts.get("given"), family))) or parts.get("literal", "")


def _marks(item: dict) -> str:
    """Return the marks of an author's roles."""
    roles = {**item, **(item["attributes"] if isinstance(item.get("attributes"), dict) else {})}
    is_true = {
        key.lower().replace("_", "-") for key, value in roles.items()
        if join_values(value).lower() in ("true", "yes")
    }  # fmt: skip
    return "*" * ("equal-contributor" in is_true) + "†" * ("corresponding" in is_true)


def _read_bibtex(matter: FrontMatter, title: str, is_folder: bool) -> dict[str, str]:
    """Return the headers of the paper's entry of BibTeX, in its text or beside it."""
    entries = _BIBTEX.findall(matter.body)
    matter.body = _BIBTEX.sub(lambda match: "\n" * match[0].count("\n"), matter.body)
    if entries:
        return read_bibtex_text(matter.source, matter.path, entries[0], title)
    for path in matter.files_beside("*.bib")[:1] if is_folder else ():
        return read_bibtex_file(matter.source, path, title)
    return {}
