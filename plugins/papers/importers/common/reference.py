"""Values of a paper's headers, and adding a paper to the result of an import."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...model import SCHEMES, STAGES, PartialDate, guess_dates, mark_page_ranges, month_number
from ...util import shorten, split_list
from ..result import SourceTree
from .text import plain_line

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
# Types that need a venue.
_TYPES_WITH_VENUE = ("article-journal", "paper-conference", "chapter")
_KEY = re.compile(r"(?!\d+$)[^\s,{}()\"#%\\'=~@]{1,200}")
_LANGS = {
    "english": "en", "eng": "en", "german": "de", "deutsch": "de", "ger": "de", "french": "fr",
    "français": "fr", "fre": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "chinese": "zh", "japanese": "ja", "russian": "ru", "korean": "ko", "dutch": "nl",
    "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "chi": "zh", "zho": "zh",
    "jpn": "ja", "rus": "ru", "kor": "ko", "dut": "nl", "nld": "nl", "pol": "pl", "swe": "sv",
}  # fmt: skip
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def format_date(*parts: object) -> str:
    """Return year, month and day as a date, as precise as they are valid; "" for no year."""
    numbers: list[int] = []
    for part in parts[:3]:
        text = str(part if part is not None else "").strip()
        number = int(text) if re.fullmatch(r"\d{1,4}", text) else month_number(text) or 0
        if not number:
            break
        numbers.append(number)
    while numbers:
        text = "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
        try:
            return PartialDate.parse(text).isoformat()
        except ValueError:
            numbers.pop()
    return ""


def find_date(text: str) -> str:
    """Return the date in a text, or its year; "" for neither."""
    try:
        return PartialDate.parse(text).isoformat()
    except ValueError:
        dates = guess_dates(text)
    if len(dates) == 1:
        return dates[0].isoformat()
    year = _YEAR.search(text)
    return year[0] if year else ""


def format_list(texts: Iterable[str]) -> str:
    """Return texts as a list in a header, also if they contain commas or semicolons."""
    texts = list(texts)
    for separator in (", ", "; "):
        if split_list(separator.join(texts)) == tuple(texts):
            return separator.join(texts)
    return "\n".join(f"- {text}" for text in texts)


def format_pages(text: str) -> str:
    """Return pages with an en dash between numbers."""
    return mark_page_ranges(plain_line(text))


def is_citation_key(text: str) -> bool:
    """Tell whether an author may have chosen this as a key; a number is a program's."""
    return _KEY.fullmatch(text) is not None


def is_short_name(conference: str, proceedings: str) -> bool:
    """Tell whether the name of a conference is a short form for the title of its proceedings."""
    return len(conference) < min(len(proceedings), 40)


def note_unread(
    source: SourceTree, path: Path, kind: str, unread: Mapping[str, int | None]
) -> None:
    """Note the names that nothing reads in a file, each with the line where it is first.

    `kind` is what the names are, in the plural.
    """
    names = [f"{name} (line {line})" if line else name for name, line in sorted(unread.items())]
    if names:
        hint = "write what readers need into `Note:`"
        source.note("left", path, f"unused {kind}: {', '.join(names)} ({hint})")


def add_reference(
    source: SourceTree, path: Path, headers: dict[str, str], body: str = "", line: int | None = None
) -> None:
    """Add a paper to the result, without invalid headers, which get notes."""
    headers = {key: value for key, value in headers.items() if value}
    title = headers.get("title", "")
    key = headers.get("key") or shorten(title)

    def left(message: str) -> None:
        source.note("left", path, message, line, key)

    if not title:
        left("has no title and was skipped")
        return
    for name in [name for name in SCHEMES if name in headers]:
        if SCHEMES[name].parse(headers[name]) is None:
            left(f'"{shorten(headers.pop(name))}" is not a valid {name} id and was skipped')
    if url := headers.pop("url", None):
        if re.match(r"https?://[^\s/]", url, re.IGNORECASE):
            headers |= _url_headers(url, headers)
        else:
            left(f'"{shorten(url)}" is not a web address and was skipped')
    if lang := headers.get("lang"):
        headers["lang"] = _LANGS.get(lang.lower(), lang.replace("_", "-"))
    for name, form in (("lang", _LANG), ("key", _KEY)):
        if headers.get(name) and not form.fullmatch(headers[name]):
            if name == "lang":
                left(f'"{shorten(headers[name])}" is not a language code and was skipped')
            del headers[name]
    if headers.get("stage") and headers["stage"] not in STAGES:
        left(f'"{shorten(headers.pop("stage"))}" is not a stage of a paper and was skipped')
    if headers.get("type") in _TYPES_WITH_VENUE and not (
        headers.get("venue") or headers.get("arxiv")
    ):
        message = f"has no venue, and was imported without its type, {headers.pop('type')}"
        source.note("guessed", path, message, line, key)
    if not headers.get("authors") and not headers.get("editor"):
        left("has no authors (write `Authors: …` into its file)")
    if not headers.get("date"):
        left("has no date (write `Date: 2026` into its file)")
    source.add_document("paper", headers, body, path, line)


def _url_headers(url: str, headers: dict[str, str]) -> dict[str, str]:
    """Return an address as a header: an identifier, or `url`; {} for an existing identifier."""
    url = re.sub(r"\s", "%20", url)
    for name, scheme in SCHEMES.items():
        if identifier := scheme.parse(url):
            existing = scheme.parse(headers.get(name, ""))
            if existing is None:
                return {name: identifier}
            return {} if scheme.is_same(existing, identifier) else {"url": url}
    return {"url": url}
