"""Readers of Pelican: of Markdown with headers that report problems, and safe other ones."""

from functools import cached_property
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

from docutils.utils import SystemMessage
from markdown import Markdown
from pelican.contents import Page
from pelican.generators import ArticlesGenerator
from pelican.readers import MarkdownReader, Readers
from pelican.utils import SafeDatetime

from ..content import (
    COMMON_KEYS,
    PAGE_KEYS,
    DialectExtension,
    EmbedExtension,
    EscapeHtmlExtension,
    Header,
    HeaderEntry,
    MathExtension,
    check_characters,
    check_html,
    check_marks,
    check_page_keys,
    check_paper_keys,
    check_text,
    check_trusted,
    check_values,
    mark_title,
    normalize_keys,
    split_header,
    typeset_content,
)
from ..model import PAPERS, PartialDate, find_kind
from ..util import (
    MAX_TEXT_SIZE,
    READING_ERRORS,
    describe_reading_error,
    find_excerpt,
    html_to_text,
    is_public,
    limit_time,
)
from .citations import Citations

# The date of news without one, until that is reported.
PLACEHOLDER_DATE = SafeDatetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
# What is read of a file from outside content/, which the check reports.
_PRIVATE_SOURCE = b"Title: \xe2\x80\x94\nDate: 1970\n"
# The headers of a paper that Pelican gets; it would make site authors of co-authors, say.
_METADATA_KEYS = {"status", "slug", "lang", "tags", "summary"}


class PapersReader(MarkdownReader):
    """Pelican's Markdown reader, with partial dates and headers that report problems.

    The metadata get `header` (a Header) and `when` (a PartialDate or None). Every file gets a
    title and a status that Pelican accepts, so that it is there when its problems are reported.
    """

    @cached_property
    def _markdown(self) -> Markdown:
        markdown = Markdown(**self.settings["MARKDOWN"])
        markdown.preprocessors.deregister("meta")
        extensions = [make() for make in (DialectExtension, MathExtension, Citations)]
        extensions.append(EmbedExtension(self.settings.get("ALLOWED_HOSTS")))
        if not self.settings.get("RAW_HTML", True):
            extensions.append(EscapeHtmlExtension())
        markdown.registerExtensions(extensions, {})
        return markdown

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata."""
        path, folder = Path(source_path), Path(self.settings["PATH"])
        name = path.relative_to(folder.parent).as_posix()
        public, data = is_public(path, folder), b""
        try:
            with limit_time(path.stat().st_size if public else 0, MAX_TEXT_SIZE):
                data = path.read_bytes() if public else _PRIVATE_SOURCE
                return self._parse(path, folder, name, data)
        except READING_ERRORS as error:
            self.__dict__.pop("_markdown", None)  # It may be in the middle of its work.
            header = Header(name, unparsable=True)
            header.report(None, describe_reading_error(error), find_excerpt(error, data))
            return "", {"header": header, "when": None, "title": path.stem}

    def _parse(self, path: Path, folder: Path, name: str, data: bytes) -> tuple[str, dict]:
        text = data.decode("utf-8", errors="replace")
        check_marks(text)
        header, body = split_header(name, text.removeprefix("\ufeff"))
        body_line = header.source.count("\n") - body.count("\n") + 1
        kind = find_kind(path.relative_to(folder).as_posix())
        paper = kind is PAPERS
        if paper:
            normalize_keys(header)
            body = body.strip("\n") and body or header.get("abstract") or ""
        else:
            mark_title(header)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            header.report(None, "is not UTF-8 (save the file as UTF-8)", line)
        else:
            check_characters(header, text)
        check_paper_keys(header) if paper else check_page_keys(header, kind)
        header.check_empty()
        check_values(header, paper, Page.allowed_statuses)
        html = self._markdown.reset().convert(body)
        header.html, header.plain_text = html, html_to_text(html)
        check_text(header, body, body_line, html)
        check_html(header, html, path, self.settings, raw := self.settings.get("RAW_HTML", True))
        if not raw:  # Somebody may accept the text, and then its HTML is taken.
            reader = PapersReader(self.settings | {"RAW_HTML": True})
            check_trusted(header, body, reader._markdown.convert, self.settings)
        return typeset_content(self.settings, html, self._metadata(header, path, paper))

    def _metadata(self, header: Header, path: Path, paper: bool) -> dict:
        problem_keys = {problem.key for problem in header.problems}
        keys = _METADATA_KEYS | (set() if paper else set(PAGE_KEYS) - {"title", "date"})
        metadata = {}
        for key in header.entries:
            value = header.get(key)
            if value and key in keys - problem_keys:
                if key in ("tags", "author", "authors") and value.startswith("- "):
                    value = [part.removeprefix("- ") for part in value.split("\n")]
                    key = "authors" if key == "author" else key
                if key in self.settings["FORMATTED_FIELDS"]:
                    value = self._markdown.reset().convert(value)
                    check_html(header, value, path, self.settings)
                metadata[key] = self.process_metadata(key, value)
        for key in ("date", "modified"):
            if date := header.parse_date(key):
                metadata[key] = _first_day(date)
        metadata["header"], metadata["when"] = header, header.parse_date("date")
        title = header.get("title") if paper else header.require("title")
        metadata["title"] = title or path.stem
        if "status" in problem_keys:
            metadata["status"] = "draft"
        return metadata


class SafeReader:
    """Mixin for Pelican's other readers: no files from outside, and only known headers."""

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata with their `header`."""
        path, folder = Path(source_path), Path(self.settings["PATH"])
        header = Header(path.relative_to(folder.parent).as_posix())
        html, fields = "", {}
        try:
            if is_public(path, folder):
                with limit_time(path.stat().st_size, MAX_TEXT_SIZE):
                    html, fields = super().read(source_path)
        except (*READING_ERRORS, SystemMessage) as error:
            message = describe_reading_error(error)
            if isinstance(error, ValueError | SystemMessage):
                message = " ".join(str(error).split())[:300]
                message = f"Pelican cannot read it: {message} (correct it, or write Markdown)"
            header.report(None, message)
            header.unparsable = True
        for key, value in fields.items():
            text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
            header.add_entry(key, HeaderEntry(text, name=key))
        check_page_keys(header, find_kind(path.relative_to(folder).as_posix()))
        check_values(header, False, Page.allowed_statuses)
        header.html, header.plain_text = html, html_to_text(html)
        check_html(header, html, path, self.settings)
        allowed = {*PAGE_KEYS, *COMMON_KEYS} - {problem.key for problem in header.problems}
        metadata = {key: value for key, value in fields.items() if key in allowed}
        # Some readers escape titles, and some do not.
        title = unescape(metadata.get("title", path.stem))
        metadata |= {"title": title, "header": header}
        return typeset_content(self.settings, html, metadata)


def add_readers(readers: Readers) -> None:
    """Register our reader for Markdown, and make Pelican's other readers safe."""
    docutils_settings = {
        "file_insertion_enabled": False,
        "raw_enabled": readers.settings.get("RAW_HTML", True),
    }
    readers.settings["DOCUTILS_SETTINGS"] = (
        readers.settings["DOCUTILS_SETTINGS"] | docutils_settings
    )
    for extension, reader in readers.reader_classes.items():
        if reader and extension != "static" and not issubclass(reader, SafeReader):
            readers.reader_classes[extension] = type(reader.__name__, (SafeReader, reader), {})
    for extension in PapersReader.file_extensions:
        readers.reader_classes[extension] = PapersReader


def add_placeholder_date(generator: ArticlesGenerator, metadata: dict) -> None:
    """Give a date to news without one; Pelican would drop them before that is reported."""
    metadata.setdefault("date", PLACEHOLDER_DATE)


def _first_day(date: PartialDate) -> SafeDatetime:
    """Return the first day of a partial date, by which Pelican sorts."""
    return SafeDatetime(date.year, date.month or 1, date.day or 1)
