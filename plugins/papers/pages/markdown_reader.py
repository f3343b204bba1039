"""Read Markdown files whose headers are kept as they were written."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import smartypants
from docutils.utils import SystemMessage
from markdown import Markdown
from pelican.contents import Content, Page
from pelican.generators import ArticlesGenerator
from pelican.readers import MarkdownReader, Readers
from pelican.utils import SafeDatetime
from typogrify.filters import typogrify

from ..content import (
    COMMON_KEYS,
    KEY_NAMES,
    LINK_KEYS,
    PAGE_KEYS,
    PAPER_KEYS,
    PAPERS_FOLDER,
    TRANSLATED_TITLE,
    EscapeHtmlExtension,
    Header,
    HeaderEntry,
    MathExtension,
    MediaExtension,
    check_characters,
    check_html,
    check_tex_in_header,
    check_text,
    link_label,
    mark_math,
    normalize_keys,
    split_header,
)
from ..model import PartialDate
from ..util import html_to_text, is_public
from .citations import Citations

_DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
# The filters of Typogrify beside that for quotes, dashes and dots.
_OTHERS = {"amp", "caps", "initial_quotes", "widont"}
# What smartypants changes: quotes, also as entities, dashes, dots, and signs behind a backslash.
_SIGNS = re.compile(r"""["'`\\]|--|\.\.\.|\. \. \.|&#|&quot;""")
_TAG = re.compile(r"<[^<>]*>")


def replace_typogrify(settings: dict) -> None:
    """Turn off Typogrify in Pelican, which runs it on cached texts again; our reader runs it."""
    settings["TYPESET"], settings["TYPOGRIFY"] = settings["TYPOGRIFY"], False


def make_typesetter(settings: Mapping) -> Callable[[str], str]:
    """Return what Pelican does to a text with these settings, see Readers.read_file."""
    if not settings.get("TYPESET"):
        return str
    # Typogrify has no other way to be told.
    smartypants.Attr.default = (
        _DASHES.get(settings["TYPOGRIFY_DASHES"], smartypants.Attr.set1) | smartypants.Attr.w
    )
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    alone = _OTHERS <= omitted.keys()

    def typeset(text: str) -> str:
        if alone and not _SIGNS.search(_TAG.sub("", text) if "<" in text else text):
            return text
        return typogrify(text, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted)

    return typeset


# The date of news without one, until that is told.
NO_DATE = SafeDatetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
_UNREAD = b"Title: \xe2\x80\x94\nDate: 1970\n"
# Of a paper's headers those that Pelican reads too: co-authors, say, are no authors of this site.
_PELICANS = {"status", "slug", "lang", "tags", "summary"}


class PapersReader(MarkdownReader):
    """Pelican's Markdown reader, with partial dates and headers that report problems.

    It adds to the metadata `header` (a Header) and `when` (a PartialDate or None), and
    gives every file a title and a status that Pelican takes, so that none is left out
    before its problems are told.
    """

    @cached_property
    def _markdown(self) -> Markdown:
        markdown = Markdown(**self.settings["MARKDOWN"])
        markdown.preprocessors.deregister("meta")
        own = [MathExtension(), MediaExtension(), Citations()]
        if not self.settings.get("RAW_HTML", True):
            own.append(EscapeHtmlExtension())
        markdown.registerExtensions(own, {})
        return markdown

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata."""
        path = Path(source_path)
        content = Path(self.settings["PATH"])
        name = path.relative_to(content.parent).as_posix()
        # What is not ours to read is told by the check; not a word of it.
        data = path.read_bytes() if is_public(path, content) else _UNREAD
        text = data.decode("utf-8", errors="replace")
        header, body = split_header(name, text.removeprefix("\ufeff"))
        first = header.source.count("\n") - body.count("\n") + 1
        paper = path.is_relative_to(content / PAPERS_FOLDER)
        if paper:
            normalize_keys(header)
            body = body.strip("\n") and body or header.get("abstract") or ""
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            header.report(None, "not UTF-8 (save the file in this encoding)", line)
        else:
            check_characters(header, text)
        if paper:
            more = [
                key for key in header.entries if link_label(key) or TRANSLATED_TITLE.fullmatch(key)
            ]
            header.check_keys(PAPER_KEYS + COMMON_KEYS, [*KEY_NAMES, *LINK_KEYS, *more])
        else:
            header.check_keys(PAGE_KEYS + COMMON_KEYS)
        header.check_empty()
        _check_forms(header, paper)
        html = self._markdown.reset().convert(body)
        header.html, header.plain_text = html, html_to_text(html)
        check_text(header, body, first, html)
        check_html(header, html, path, content, self.settings.get("RAW_HTML", True))
        return typeset(self.settings, html, self._metadata(header, path, paper))

    def _metadata(self, header: Header, path: Path, paper: bool) -> dict:
        wrong = {problem.key for problem in header.problems}
        known = _PELICANS if paper else _PELICANS | set(PAGE_KEYS) - {"title", "date"}
        metadata = {}
        for key in header.entries:
            value = header.get(key)
            if value and key in known and key not in wrong:
                if key in ("tags", "author", "authors") and value.startswith("- "):
                    value = [part.removeprefix("- ") for part in value.split("\n")]
                if key in self.settings["FORMATTED_FIELDS"]:
                    value = self._markdown.reset().convert(value)
                    check_html(header, value, path, Path(self.settings["PATH"]))
                metadata[key] = self.process_metadata(key, value)
        for key in ("date", "modified"):
            if date := header.parse_date(key):
                metadata[key] = _first_day(date)
        metadata["header"], metadata["when"] = header, header.parse_date("date")
        # Typogrify works on HTML, which a title is not.
        title = header.get("title") if paper else header.require("title")
        metadata["title"] = mark_math(title or path.stem)
        if "status" in wrong:
            metadata["status"] = "draft"
        return metadata


class SafeReader:
    """What Pelican's other readers get: no file from outside, and headers that pages can have."""

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata with their `header`."""
        path = Path(source_path)
        content = Path(self.settings["PATH"])
        header = Header(path.relative_to(content.parent).as_posix())
        html, found = "", {}
        try:
            if is_public(path, content):
                html, found = super().read(source_path)
        except (ValueError, SystemMessage) as error:
            words = " ".join(str(error).split())[:300]
            hint = "mend it, or write Markdown"
            header.report(None, f"Pelican cannot read it: {words} ({hint})")
            header.unparsable = True
        known = set(PAGE_KEYS + COMMON_KEYS)
        for key, value in found.items():
            header.add_entry(key, HeaderEntry(str(value), name=key))
        header.check_keys(known)
        _check_forms(header, paper=False)
        header.html, header.plain_text = html, html_to_text(html)
        check_html(header, html, path, content)
        wrong = {problem.key for problem in header.problems}
        metadata = {key: value for key, value in found.items() if key in known - wrong}
        metadata = {"title": path.stem} | metadata | {"header": header}
        return typeset(self.settings, html, metadata)


def typeset(settings: dict, html: str, metadata: dict) -> tuple[str, dict]:
    """Return a text and its metadata with their quotes and dashes set, as Pelican does it."""
    setter = make_typesetter(settings)
    set_ = {key: setter(metadata[key]) for key in ("title", "summary") if key in metadata}
    return html and setter(html), metadata | set_


def has_paper_header(content: Content) -> bool:
    """Tell whether our reader has read a file, not Pelican's for HTML, say."""
    ends = [f".{end}" for end in PapersReader.file_extensions]
    return content.source_path.endswith((*ends, ".bib"))


def add_placeholder_date(generator: ArticlesGenerator, metadata: dict) -> None:
    """Give a date to news without one: Pelican would leave them out before it is told."""
    metadata.setdefault("date", NO_DATE)


def _check_forms(header: Header, paper: bool) -> None:
    """Note what would become an address, a file's name or an attribute, and must not."""
    statuses = "|".join(Page.allowed_statuses)
    header.check_pattern(
        "status", f"(?i:{statuses})", f"write one of {statuses.replace('|', ', ')}"
    )
    header.check_pattern("slug", r"\w[\w.-]{,99}", "write letters, digits and hyphens")
    header.check_pattern("lang", r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "write en, zh or pt-BR")
    for key, other in () if paper else (("url", "save_as"), ("save_as", "url")):
        header.check_pattern(
            key, r"(?!.*(?:\.\.|/\.))[\w~-][\w./~-]{,150}", "write a path such as a/b.html"
        )
        if header.get(key) and not header.get(other):
            header.report(key, f"leads nowhere alone (write `{other.capitalize()}: …` too)")
    header.check_pattern("save_as", r".*[^/]", "write a file's path such as a/b.html")
    if re.search(r"[{|](filename|static|attach)[}|]", header.get("summary") or ""):
        header.report("summary", "cannot link within the site (put the link into the text)")
    for key in ("title", "summary", "image_caption", "venue", "award", "note", "role"):
        check_tex_in_header(header, key)


def _first_day(date: PartialDate) -> SafeDatetime:
    """Return the first day of a partial date: Pelican sorts and feeds by it."""
    return SafeDatetime(date.year, date.month or 1, date.day or 1)


def add_reader(readers: Readers) -> None:
    """Let our reader read every Markdown file, and the others none but the file itself."""
    guarded = {
        "file_insertion_enabled": False,
        "raw_enabled": readers.settings.get("RAW_HTML", True),
    }
    readers.settings["DOCUTILS_SETTINGS"] = readers.settings["DOCUTILS_SETTINGS"] | guarded
    for extension, other in readers.reader_classes.items():
        text = other and extension != "static"
        if text and not issubclass(other, SafeReader):
            readers.reader_classes[extension] = type(other.__name__, (SafeReader, other), {})
    for extension in PapersReader.file_extensions:
        readers.reader_classes[extension] = PapersReader
