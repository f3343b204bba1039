"""The draft of a paper becomes a document: identifiers, links and files, date, picture."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from ...content import LINK_KEYS, is_wordless
from ...model import SCHEMES, find_doi
from ...util import check_scheme, is_path, shorten
from ..common import (
    clean_and_copy_assets,
    find_asset,
    has_placeholder,
    is_placeholder,
    join_authors,
    summarize,
)
from ..result import ASSET_SUFFIXES, NoteKind, SourceTree
from .authors import AUTHOR_MARKS, CORRESPONDING_MARK, EQUAL_MARK, AuthorList
from .blocks import SourceLine
from .draft import PaperBlock, PaperDraft, normalize_superscripts, strip_markdown
from .venue import arxiv_month

_HOSTS = {"github.com": "code", "gitlab.com": "code", "huggingface.co": "model",
          "youtube.com": "video", "youtu.be": "video", "bilibili.com": "video"}  # fmt: skip
_LABELS = {"project": "website", "project page": "website", "page": "website", "web": "website",
           "project website": "website", "git": "code", "codes": "code", "slide": "slides",
           "dataset": "data", "datasets": "data", "models": "model", "videos": "video"}  # fmt: skip
_PAPER_LABELS = ("paper", "pdf", "link", "doi", "html")
# What belongs to a paper, but has an identifier of its own.
_OTHER_LABELS = ("code", "data", "model", "video", "demo", "slides", "poster", "website", "supp")
_MARK_MEANINGS = (
    (re.compile(r"correspond|通讯|通訊", re.I), "†"),
    (re.compile(r"equal|co-?first|joint first|同等|共同", re.I), "*"),
)
_MARK = r"\\?[*∗†‡#✉§¶]|<sup>\s*\\?[*∗†‡#✉§¶]\s*</sup>"
_MARK_LEGEND = re.compile(
    rf"(?P<mark>{_MARK})[\s*_()（）\"“”:：=-]{{0,6}}(?:indicates?|denotes?|means?|stands? for|"
    r"for|表示|为|are|is)?[\s*_]{0,4}(?P<meaning>[^\n.,;。；，)*∗†‡#✉§¶]{4,60})"
)
# "Equal contribution is marked by *", "Equal contribution (†)"
_LEGEND_BEFORE_MARK = re.compile(
    rf"(?P<meaning>[^\n.,;。；，()（）*∗†‡#✉§¶]{{4,80}}?)[\s(（\"“:：]{{1,4}}(?P<mark>{_MARK})"
    r"(?=[\s)）\"”.,;，。]|$)"
)
# Marks without a meaning of their own in our lists of authors.
_NEUTRAL_MARKS = "‡§¶"


@dataclass(slots=True)
class PageContext:
    """What the headings and legends of a page say of its papers."""

    selected: bool = False
    year: str = ""
    topics: tuple[str, ...] = ()
    stage: str = ""
    type: str = ""
    # The section is a part of a list, below a heading that is printed with the first.
    is_part: bool = False
    heading: list[SourceLine] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    bold_names: Counter = field(default_factory=Counter)

    @property
    def owner_names(self) -> frozenset[str]:
        """The names that are bold in more than one paper."""
        return frozenset(name for name, count in self.bold_names.items() if count > 1)


def find_mark_legend(text: str) -> dict[str, str]:
    """Return the marks of authors that this page explains, with our marks."""
    marks: dict[str, str] = {}
    text = normalize_superscripts(text)
    for form in (_MARK_LEGEND, _LEGEND_BEFORE_MARK):
        for match in form.finditer(text):
            mark = re.sub(r"[\\\s]|</?sup>", "", match["mark"]).replace("∗", "*")
            for pattern, our_mark in _MARK_MEANINGS:
                if pattern.search(match["meaning"]):
                    marks.setdefault(mark, our_mark)
    return marks


def add_paper(
    source: SourceTree, block: PaperBlock, draft: PaperDraft, context: PageContext
) -> None:
    """Add a paper to the result; note what is a guess, and what was skipped."""
    headers = {key: unescape(value) for key, value in draft.headers.items()}
    if is_placeholder(headers["title"]) or any(map(has_placeholder, draft.body)):
        message = f'"{shorten(headers["title"])}" is the theme\'s example and was skipped'
        source.note("left", block.path, message, block.line)
        return
    paper = _PaperAssembler(source, block, context, headers)
    paper.add_authors(draft.authors)
    names = draft.authors.names
    if names and re.search(rf"\bwith\s+[*_\[]*{re.escape(names[0])}", block.text):
        message = f'"with {names[0]}" names the others only (add who is missing to `Authors:`)'
        paper.note("guessed", message)
    paper.add_links(draft.links)
    paper.add_date()
    if context.selected:
        count = sum("weight" in document.headers for document in source.result.documents)
        headers |= {"selected": "yes", "weight": str(count + 1)}
    if topics := (*context.topics, *draft.topics):
        headers["tags"] = "; ".join(topics)
    if context.type:
        headers.setdefault("type", context.type)
    if context.stage and not headers.get("venue"):
        headers.setdefault("stage", context.stage)
    if draft.picture:
        paper.add_picture(*draft.picture)
    text = "\n".join(_separate_paragraphs(draft.body))
    body = clean_and_copy_assets(source, block.path, text, block.line, "papers")
    headers["summary"] = summarize(body)
    headers = {key: value for key, value in headers.items() if value}
    source.add_document("paper", headers, body, block.path, block.line)


@dataclass(slots=True)
class _PaperAssembler:
    """The headers of a paper, to which its parts are added."""

    source: SourceTree
    block: PaperBlock
    context: PageContext
    headers: dict[str, str]

    def note(self, kind: NoteKind, message: str) -> None:
        title = shorten(self.headers["title"])
        self.source.note(kind, self.block.path, message, self.block.line, title)

    def add_authors(self, authors: AuthorList) -> None:
        if not authors.names:
            self.note("left", "has no authors (write `Authors: …` into its file)")
            return
        names = self._replace_marks(authors.names)
        self.headers["authors"] = join_authors(names, authors.others)
        self.context.bold_names.update(authors.bold)
        for name, url in authors.urls.items():
            if re.match("https?://", url):
                self.source.result.people.setdefault(name, {}).setdefault("address", url)

    def _replace_marks(self, names: list[str]) -> list[str]:
        """Return names with our marks; leave out those that the page does not explain."""
        pairs = [_split_marks(name) for name in names]
        counts = Counter(mark for _, marks in pairs for mark in marks)
        # Nobody contributes equally alone; several names with a star do, wherever they stand.
        known = {"✉": "†"} | {mark: mark for mark in _NEUTRAL_MARKS}
        known |= {EQUAL_MARK: "*", CORRESPONDING_MARK: "†"}
        known |= {"*": "*"} if counts["*"] + counts[EQUAL_MARK] > 1 else {}
        known |= self.context.marks
        for mark in sorted(counts.keys() - known.keys()):
            owners = ", ".join(name for name, marks in pairs if mark in marks)
            self.note("left", f'"{mark}" after {owners} was skipped because the page does not say '
                      "what it means (write `*` for an equal contribution, `†` for the "
                      "corresponding author)")  # fmt: skip
        return [
            name + "".join(dict.fromkeys(known.get(mark, "") for mark in marks))
            for name, marks in pairs
        ]

    def add_links(self, links: list[tuple[str, str]]) -> None:
        lines = (self._parse_link(label, url) for label, url in links)
        self.headers["links"] = "\n".join(dict.fromkeys(filter(None, lines)))

    def _parse_link(self, label: str, url: str) -> str | None:
        """Set the identifier of a link, copy its file, or return its line for the header."""
        if message := check_scheme(url):
            self.note("left", message.replace("write https://…", "it was skipped"))
            return None
        asset = find_asset(self.source, self.block.path, url)
        if asset:
            return f"{_link_label(label, url)} | {self.source.result.add_asset(asset, 'papers')}"
        if is_path(url):
            self._note_missing_file(label, url)
            return None
        if not re.match(r"https?://[^\s/]", url):
            if not url.startswith("#"):
                self.note("left", f'"{shorten(url)}" is not a web address and was skipped')
            return None
        label = _link_label(label, url)
        if label not in _OTHER_LABELS and self._set_identifier(url):
            return None
        if label in _PAPER_LABELS and "doi" not in self.headers and (doi := find_doi(url)):
            self.headers["doi"] = doi
            self.note("guessed", f'the DOI {doi} is read from "{shorten(url)}"')
        url = re.sub(r"\s", "%20", url)
        return f"{label} | {url}"

    def _set_identifier(self, url: str) -> bool:
        """Set the identifier of a URL; return whether the paper has it."""
        for name, scheme in SCHEMES.items():
            identifier = scheme.parse(url)
            if identifier and (name in ("arxiv", "doi") or scheme.url(identifier) == url):
                if self.headers.setdefault(name, identifier) == identifier:
                    return True
        return False

    def _note_missing_file(self, label: str, url: str) -> None:
        if url.startswith("#") or not url.strip("./"):
            return
        is_asset = re.split("[?#]", url)[0].lower().endswith(ASSET_SUFFIXES)
        hint = "put the file into content/papers/" if is_asset else "give its address"
        self.note("left", f'{_link_label(label, url)}: "{shorten(url)}" was not found ({hint})')

    def add_date(self) -> None:
        """Set the date of the page, or of the arXiv id where that is all there is."""
        arxiv = self.headers.get("arxiv", "")
        month = arxiv_month(arxiv)
        is_preprint = month and self.headers.get("venue", "").casefold() in ("", "arxiv")
        year = self.headers.get("date") or ("" if is_preprint else self.context.year)
        if is_preprint and year in ("", month[:4]):
            self.headers["date"] = month
            self.note("guessed", f"the date {month} is that of arXiv {arxiv}")
        elif year:
            self.headers["date"] = year
        elif month:
            self.headers["date"] = month[:4]
            self.note("guessed", f"the year {month[:4]} is that of arXiv {arxiv}")
        else:
            self.note("left", "has no date (write `Date: 2026` into its file)")

    def add_picture(self, url: str, alt: str) -> None:
        asset = find_asset(self.source, self.block.path, url)
        if asset is None:
            hint = "put it into content/images/, and write `Image: …` and `Image_alt: …`"
            self.note("left", f'the image "{shorten(url)}" was not found ({hint})')
            return
        self.headers["image"] = self.source.result.add_asset(asset, "images")
        if is_wordless(alt) or len(alt.split()) < 4:
            alt = f"Figure of “{self.headers['title']}”"
            message = (
                "the alternative text of its image says little (write a sentence as `Image_alt: …`)"
            )
            self.note("guessed", message)
        self.headers["image_alt"] = " ".join(alt.split())


def _split_marks(name: str) -> tuple[str, str]:
    unmarked = name.rstrip(AUTHOR_MARKS + " ")
    return unmarked, name[len(unmarked) :].replace(" ", "").replace("∗", "*")


def _link_label(label: str, url: str) -> str:
    """Return the label of a link in our words."""
    text = strip_markdown(label).replace("|", "/")
    folded = text.casefold()
    if folded in _LABELS:
        return _LABELS[folded]
    if folded in LINK_KEYS:
        return LINK_KEYS[folded]
    match = re.match(r"https?://(?:www\.)?([^/:]+)", url)
    host = match[1] if match else ""
    if folded.endswith(" paper"):
        return "paper"
    if folded.endswith(" stars"):
        return "data" if "data" in folded else "code"
    if folded in ("", "link"):
        return next((_HOSTS[name] for name in _HOSTS if host.endswith(name)), "link")
    if folded == "paper" and host:
        if host in _HOSTS:
            return _HOSTS[host]
        return "website" if host.endswith((".github.io", "sites.google.com")) else "paper"
    return folded if text.isascii() and len(text) < 15 else text


def _separate_paragraphs(lines: list[str]) -> list[str]:
    """Put blank lines between paragraphs, which are lines on the page."""
    result: list[str] = []
    for line in lines:
        is_item = line.startswith(("- ", "* "))
        if result and not (is_item and result[-1].startswith(("- ", "* "))):
            result.append("")
        result.append(line)
    return result
