"""Read Markdown files whose headers are kept as they were written."""

from functools import cached_property
from html import escape
from pathlib import Path

from markdown import Markdown
from pelican.contents import Page
from pelican.readers import MarkdownReader
from pelican.utils import SafeDatetime

from .headers import Header, split
from .model import PartialDate
from .record import PAPERS_FOLDER

# Pelican leaves a file without a date out of the site; ours is reported instead.
_NO_DATE = SafeDatetime(1970, 1, 1)
# The properties of Pelican's pages that a header may set.
_PROPERTIES = ("status", "summary", "url", "save_as")


class PapersReader(MarkdownReader):
    """Pelican's Markdown reader, with partial dates and headers that report problems.

    It adds to the metadata `header` (a Header) and `when` (a PartialDate or None), and
    gives every file a title, a date and a status that Pelican takes, so that none is
    left out before its problems are told.
    """

    @cached_property
    def _markdown(self) -> Markdown:
        markdown = Markdown(**self.settings["MARKDOWN"])
        markdown.preprocessors.deregister("meta")
        return markdown

    def read(self, source_path: str) -> tuple[str, dict]:
        """Return the body as HTML, and the metadata."""
        path = Path(source_path)
        content = Path(self.settings["PATH"])
        name = path.relative_to(content.parent).as_posix()
        data = path.read_bytes()
        header, body = split(name, data.decode("utf-8-sig", errors="replace"))
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            header.problem(None, "not UTF-8 (save the file in this encoding)", line)
        return self._markdown.reset().convert(body), self._metadata(header, path)

    def _metadata(self, header: Header, path: Path) -> dict:
        when, modified = header.date("date"), header.date("modified")
        ours = {"date", "modified"}
        if path.is_relative_to(Path(self.settings["PATH"], PAPERS_FOLDER)):
            # Co-authors are no authors of this site, with slugs and pages of their own.
            ours |= {"authors", "author"}
        metadata = {"date": _datetime(when) if when else _NO_DATE}
        if modified:
            metadata["modified"] = _datetime(modified)
        for key, entry in header.entries.items():
            if hasattr(Page, key) and key not in _PROPERTIES:
                header.problem(key, "Pelican uses this name itself (choose another)")
            elif entry.value and key not in ours:
                value = entry.value
                if key in self.settings["FORMATTED_FIELDS"]:
                    value = self._markdown.reset().convert(value)
                metadata[key] = self.process_metadata(key, value)
        metadata["header"], metadata["when"] = header, when
        # Typogrify works on HTML, which a title is not: `gather` makes text of it again.
        metadata["title"] = escape(header.need("title") or path.stem, False)
        status = metadata.get("status", Page.default_status).lower()
        if status not in Page.allowed_statuses:
            allowed = ", ".join(Page.allowed_statuses)
            header.problem("status", f'"{status}" is no status (write one of {allowed})')
            metadata["status"] = "draft"
        return metadata


def _datetime(date: PartialDate) -> SafeDatetime:
    """Return the first day of a partial date: Pelican sorts and feeds by it."""
    return SafeDatetime(date.year, date.month or 1, date.day or 1)
