"""Records of other systems as papers: dates, identifiers and texts as headers hold them."""

import json
import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from ...model import SCHEMES, STAGES, PartialDate, guess_dates, month_number
from ...util import CONTROL, TEX_MATH, shorten
from ..result import SourceTree

_TAG = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|u|sub|sup|sc|scp|tt|span|italic|bold|br|a|font|p|div|title|sec)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:jats:)?(?:p|div|br|sec|title)\b[^<>]*>", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d{2}\b")
# Where Markdown sees more than text, and what begins more than a paragraph.
_MARKUP = re.compile(
    r"(?P<sign>[\\`*$]|(?<!\w)_|_(?!\w))|(?P<tag><)(?=[A-Za-z/!?])|(?P<entity>&)(?=#?\w+;)"
)
# Links, notes, citations, and marks of lists; a backslash before a bracket begins a formula.
_BRACKETS = re.compile(r"\]\s?[(\[:]|\[\^|@|^\[(?:NEWS|PAPERS)\]$", re.IGNORECASE)
_BEGINNING = re.compile(r"(?P<sign>[#>+-]|!!!|\d+(?=[.)]\s))|(?P<colon>:)")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
# Types that are nothing without the place where they were published.
_PLACED = ("article-journal", "paper-conference", "chapter")
_KEY = re.compile(r"(?!\d+$)[^\s,{}()\"#%\\'=~@]{1,200}")
_LANGS = {
    "english": "en", "eng": "en", "german": "de", "deutsch": "de", "ger": "de", "french": "fr",
    "français": "fr", "fre": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "chinese": "zh", "japanese": "ja", "russian": "ru", "korean": "ko", "dutch": "nl",
}  # fmt: skip
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class LineFinder:
    """The lines of words in a text, asked for in the order in which they stand there."""

    def __init__(self, text: str):
        self.text, self.place, self.line = text, 0, 1

    def of(self, words: str) -> int | None:
        """Return the number of the next line that holds these words as JSON writes them."""
        for ascii_ in (False, True):
            form = json.dumps(words, ensure_ascii=ascii_)[1:-1]
            place = self.text.find(form, self.place) if form else -1
            if place >= 0:
                self.line += self.text.count("\n", self.place, place)
                self.place = place + 1
                return self.line
        return None


def fold_text(text: str) -> str:
    """Return what is left of words without case, accents and all but letters and digits."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def count_words(number: int, one: str, many: str) -> str:
    """Return a number with its word."""
    return f"{number} {one if number == 1 else many}"


def find_line(text: str, words: str) -> int | None:
    """Return the number of the first line of a text that holds these words."""
    place = text.find(words) if words else -1
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def plain_line(value: str) -> str:
    """Return a value as text on one line, without tags, entities and control characters."""
    return " ".join(CONTROL.sub(" ", unescape(_TAG.sub("", value))).split())


def escape_markdown(text: str) -> str:
    """Return Markdown that shows a plain text as it stands; its formulas stay formulas."""
    text = CONTROL.sub(" ", unescape(_TAG.sub("", _BREAK.sub("\n\n", text))))
    text = re.sub(r"\A\s*abstract:?\s*\n\s*\n", "", text, flags=re.IGNORECASE)  # Its heading.
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(_escaped(part) for part in paragraphs if part)


def _escaped(text: str) -> str:
    parts, end, whole = [], 0, text
    for match in TEX_MATH.finditer(text):
        parts += [_MARKUP.sub(_sign, text[end : match.start()]), match[0]]
        end = match.end()
    text = "".join([*parts, _MARKUP.sub(_sign, text[end:])])
    if _BRACKETS.search(whole):
        text = text.replace("[", "&#91;")
    if match := _BEGINNING.match(text):
        number = match["sign"] and match["sign"].isdecimal()
        first = "&#58;" if match["colon"] else f"{match[0]}\\" if number else f"\\{match[0]}"
        text = first + text[match.end() :]
    return text


def _sign(match: re.Match) -> str:
    return f"\\{match[0]}" if match["sign"] else _ENTITIES[match[0]]


def format_date(*parts: object) -> str:
    """Return year, month and day as a header holds them, as precisely as they can be read."""
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
    """Return the date that words tell, or the year in them."""
    try:
        return PartialDate.parse(text).isoformat()
    except ValueError:
        found = guess_dates(text)
    if len(found) == 1:
        return found[0].isoformat()
    year = _YEAR.search(text)
    return year[0] if year else ""


def format_list(texts: Iterable[str]) -> str:
    """Return texts as a list of a header holds them, also where commas stand within them."""
    texts = list(texts)
    commas = any("," in text for text in texts)
    return "\n".join(f"- {text}" for text in texts) if commas else ", ".join(texts)


def format_pages(text: str) -> str:
    """Return pages with the dash that stands between numbers."""
    return re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", plain_line(text)).strip("-– ")


def add_reference(
    source: SourceTree, path: Path, headers: dict[str, str], body: str = "", line: int | None = None
) -> None:
    """Add a paper to what was found; what is wrong with it is left out, and told."""
    headers = {key: value for key, value in headers.items() if value}
    title = headers.get("title", "")
    key = headers.get("key") or shorten(title)

    def left(message: str) -> None:
        source.note("left", path, message, line, key)

    if not title:
        left("has no title, and is not taken")
        return
    for name in [name for name in SCHEMES if name in headers]:
        if SCHEMES[name].parse(headers[name]) is None:
            left(f'"{shorten(headers.pop(name))}" is no {name} id, and is left out')
    if url := headers.pop("url", None):
        if re.match(r"https?://[^\s/]", url, re.IGNORECASE):
            headers |= _address(url, headers)
        else:
            left(f'"{shorten(url)}" is no web address, and is left out')
    if lang := headers.get("lang"):
        headers["lang"] = _LANGS.get(lang.lower(), lang.replace("_", "-"))
    for name, form in (("lang", _LANG), ("key", _KEY)):
        if headers.get(name) and not form.fullmatch(headers[name]):
            if name == "lang":
                left(f'"{shorten(headers[name])}" is no language, and is left out')
            del headers[name]
    if headers.get("stage") and headers["stage"] not in STAGES:
        left(f'"{shorten(headers.pop("stage"))}" is no stage of a paper, and is left out')
    if headers.get("type") in _PLACED and not (headers.get("venue") or headers.get("arxiv")):
        told = f"has no venue, and is taken without its type, {headers.pop('type')}"
        source.note("guessed", path, told, line, key)
    if not headers.get("authors") and not headers.get("editor"):
        left("has no authors (write `Authors: …` into its file)")
    if not headers.get("date"):
        left("has no date (write `Date: 2026` into its file)")
    source.add_document("paper", headers, body, path, line)


def _address(url: str, headers: dict[str, str]) -> dict[str, str]:
    """Return an address as the identifier that it stands for, or as it is; {} if it is known."""
    url = re.sub(r"\s", "%20", url)
    for name, scheme in SCHEMES.items():
        if (found := scheme.parse(url)) and scheme.url(found) == url:
            known = scheme.parse(headers.get(name, ""))
            if known is None:
                return {name: found}
            return {} if known == found else {"url": url}
    return {"url": url}
