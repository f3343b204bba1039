"""What was read of a paper becomes its text: links as identifiers and files, dates, names."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from ...content import LINK_KEYS, is_wordless
from ...model import SCHEMES, find_doi
from ...util import check_scheme, is_path, shorten
from ..common import clean_and_copy_assets, find_asset, join_authors
from ..result import ASSET_SUFFIXES, SourceTree
from .authors import AUTHOR_MARKS
from .blocks import SourceLine
from .draft import PaperBlock, PaperDraft, strip_markdown
from .venue import arxiv_month

_HOSTS = {"github.com": "code", "gitlab.com": "code", "huggingface.co": "model",
          "youtube.com": "video", "youtu.be": "video", "bilibili.com": "video"}  # fmt: skip
_LABELS = {"project": "website", "project page": "website", "page": "website", "web": "website",
           "project website": "website", "git": "code", "codes": "code", "slide": "slides",
           "dataset": "data", "datasets": "data", "models": "model", "videos": "video"}  # fmt: skip
# What stands beside a paper, with an identifier of its own.
_PAPER = ("paper", "pdf", "link", "doi", "html")
_BESIDE = ("code", "data", "model", "video", "demo", "slides", "poster", "website", "supp")
_MEANINGS = (
    (re.compile(r"correspond|通讯|通訊", re.I), "†"),
    (re.compile(r"equal|co-?first|joint first|同等|共同", re.I), "*"),
)
_LEGEND = re.compile(
    r"(?P<mark>\\?[*∗†‡#✉]|<sup>\s*[*∗†‡#✉]\s*</sup>)\s*(?:indicates?|denotes?|means?|"
    r"stands? for|:|：|=|for|表示|为|are|is)?\s*(?P<words>[^\n.,;。；，)]{4,60})"
)


@dataclass(slots=True)
class PageContext:
    """What a paper's place on a page tells: headings, order, meanings of marks."""

    selected: bool = False
    year: str = ""
    topics: tuple[str, ...] = ()
    stage: str = ""
    # The heading names a part of the papers; that above it has no words, and may be dropped.
    below: bool = False
    heading: list[SourceLine] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    bold: Counter = field(default_factory=Counter)


def find_mark_legend(text: str) -> dict[str, str]:
    """Return what a page says that marks mean, where it is not what they mean here."""
    found = {}
    for match in _LEGEND.finditer(text):
        mark = re.sub(r"[\\\s]|</?sup>", "", match["mark"]).replace("∗", "*")
        for form, ours in _MEANINGS:
            if form.search(match["words"]) and mark not in found:
                found[mark] = ours
    return {mark: ours for mark, ours in found.items() if {mark, ours} & {"*"} and mark != ours}


def add_paper_block(
    source: SourceTree, piece: PaperBlock, draft: PaperDraft, context: PageContext
) -> None:
    """Add a paper to what was found; what was guessed of it, or cannot be taken, is told."""
    headers = {key: unescape(value) for key, value in draft.headers.items()}
    title = headers["title"]

    def note(kind: str, message: str) -> None:
        source.note(kind, piece.path, message, piece.line, shorten(title))

    if draft.people.names:
        names = [_marked(name, context.marks) for name in draft.people.names]
        headers["authors"] = join_authors(names, draft.people.others)
        context.bold.update(draft.people.bold)
        for name, address in draft.people.addresses.items():
            if re.match("https?://", address):
                source.result.people.setdefault(name, {}).setdefault("address", address)
    else:
        note("left", "has no authors (write `Authors: …` into its file)")
    links = []
    for label, address in draft.links:
        if line := _link(headers, label, address, source, piece, note):
            links.append(line)
    headers["links"] = "\n".join(dict.fromkeys(links))
    _date(headers, context, note)
    if context.selected:
        count = sum("weight" in text.headers for text in source.result.documents)
        headers |= {"selected": "yes", "weight": str(count + 1)}
    if topics := (*context.topics, *draft.topics):
        headers["tags"] = "; ".join(topics)
    if context.stage and not headers.get("venue"):
        headers.setdefault("stage", context.stage)
    if draft.picture:
        _picture(headers, draft.picture, source, piece, note)
    body = clean_and_copy_assets(
        source, piece.path, "\n".join(_spaced(draft.body)), piece.line, "papers"
    )
    headers = {key: value for key, value in headers.items() if value}
    source.add_document("paper", headers, body, piece.path, piece.line)


def _marked(name: str, meanings: dict[str, str]) -> str:
    bare = name.rstrip(AUTHOR_MARKS + " ")
    signs = name[len(bare) :].replace(" ", "").replace("✉", "†")
    return bare + "".join(dict.fromkeys(meanings.get(sign, sign) for sign in signs))


def _link(headers, label, address, source, piece, note) -> str | None:
    """Take an address as an identifier, a file or a link; return the line of a link."""
    if told := check_scheme(address):
        note("left", told.replace("write https://…", "it is left out"))
        return None
    file = find_asset(source, piece.path, address)
    if file:
        return f"{_label(label, address)} | {source.result.add_asset(file, 'papers')}"
    if is_path(address):
        plainly = re.split("[?#]", address)[0].lower()
        if address.startswith("#") or not address.strip("./"):
            return None
        hint = (
            "put the file into content/papers/"
            if plainly.endswith(ASSET_SUFFIXES)
            else "give its address"
        )
        note("left", f'{_label(label, address)}: "{shorten(address)}" is not here ({hint})')
        return None
    if not re.match(r"https?://[^\s/]", address):
        if not address.startswith("#"):
            note("left", f'"{shorten(address)}" is no web address, and is left out')
        return None
    label = _label(label, address)
    for name, scheme in SCHEMES.items() if label not in _BESIDE else ():
        found = scheme.parse(address)
        if found and (name in ("arxiv", "doi") or scheme.url(found) == address):
            if headers.setdefault(name, found) == found:
                return None
    if label in _PAPER and "doi" not in headers and (doi := find_doi(address)):
        headers["doi"] = doi
        note("guessed", f'the DOI {doi} is read from "{shorten(address)}"')
    address = re.sub(r"\s", "%20", address)
    return f"{label} | {address}"


def _label(label: str, address: str) -> str:
    """Return the label of a link as our texts have it."""
    words = strip_markdown(label).replace("|", "/")
    small = words.casefold()
    if small in _LABELS:
        return _LABELS[small]
    if small in LINK_KEYS:
        return LINK_KEYS[small]
    host = re.match(r"https?://(?:www\.)?([^/:]+)", address)
    if small.endswith(" paper"):
        return "paper"
    if small.endswith(" stars"):
        return "data" if "data" in small else "code"
    if small in ("", "link"):
        return next((_HOSTS[name] for name in _HOSTS if host and host[1].endswith(name)), "link")
    if small == "paper" and host:
        if host[1] in _HOSTS:
            return _HOSTS[host[1]]
        return "website" if host[1].endswith((".github.io", "sites.google.com")) else "paper"
    return small if words.isascii() and len(words) < 15 else words


def _date(headers, context, note) -> None:
    arxiv = arxiv_month(headers.get("arxiv", ""))
    published = headers.get("venue", "").casefold() not in ("", "arxiv")
    year = headers.get("date") or ("" if arxiv and not published else context.year)
    if arxiv and not published and year in ("", arxiv[:4]):
        headers["date"] = arxiv
        note("guessed", f"the date {arxiv} is that of arXiv {headers['arxiv']}")
    elif year:
        headers["date"] = year
    elif arxiv:
        headers["date"] = arxiv[:4]
        note("guessed", f"the year {arxiv[:4]} is that of arXiv {headers['arxiv']}")
    else:
        note("left", "has no date (write `Date: 2026` into its file)")


def _picture(headers, picture, source, piece, note) -> None:
    address, words = picture
    file = find_asset(source, piece.path, address)
    if file is None:
        hint = "put it into content/images/, and write `Image: …` and `Image_alt: …`"
        note("left", f'the picture "{shorten(address)}" is not here ({hint})')
        return
    headers["image"] = source.result.add_asset(file, "images")
    if is_wordless(words) or len(words.split()) < 4:
        words = f"Figure of “{headers['title']}”"
        note("guessed", "the words for its picture say little (write a sentence as `Image_alt: …`)")
    headers["image_alt"] = " ".join(words.split())


def _spaced(rows: list[str]) -> list[str]:
    """Put blank lines between paragraphs, which stood on lines of their own."""
    found: list[str] = []
    for row in rows:
        if found and not (row.startswith(("- ", "* ")) and found[-1].startswith(("- ", "* "))):
            found.append("")
        found.append(row)
    return found
