"""Texts of other systems: as plain words, as Markdown, and compared with each other."""

import json
import re
from difflib import SequenceMatcher
from html import unescape

from ...util import CONTROL, TEX_MATH, decode_latex_line, fold_text, replace_script_tags

# Tags of formatted text in records: HTML, and JATS, the XML of publishers.
_RECORD_TAG = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|u|sub|sup|sc|scp|tt|span|italic|bold|br|a|font|p|div|title|sec)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:jats:)?(?:p|div|br|sec|title)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LINK = re.compile(
    r"!?\[([^\[\]]{1,1000})\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=[^\s*_])([^*_]{1,1000})(?<=\S)\1(?![\w*_])")
_TEX = re.compile(r"\\[A-Za-z\"'`^~=.{&%$#_]|\{[^{}]{0,200}\}")
# An accent on `\\i` that was separated from it.
_SEPARATED_ACCENT = re.compile(r"\{(\\[ij])\}\{\\(['`^\"~])\}")
_PLACEHOLDER = re.compile(
    r"\W*(?:lorem ipsum dolor\b|this paper is about the number \d\. the number \d)", re.IGNORECASE
)
# Characters with a meaning in Markdown, and those that begin more than a paragraph.
_MARKUP = re.compile(
    r"(?P<char>[\\`*$]|(?<!\w)_|_(?!\w))|(?P<tag><)(?=[A-Za-z/!?])|(?P<entity>&)(?=#?\w+;)"
)
# Links, notes, citations, and marks of lists; a backslash before a bracket begins a formula.
_BRACKETS = re.compile(r"\]\s?[(\[:]|\[\^|@|^\[(?:NEWS|PAPERS)\]$", re.IGNORECASE)
_BEGINNING = re.compile(r"(?P<char>[#>+-]|!!!|\d+(?=[.)]\s))|(?P<colon>:)")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}


# A list, a heading, a picture, HTML or a quote at the beginning of a text.
_NO_SENTENCES = re.compile(r"[-*+>#<!|]|\d{1,3}[.)]\s")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?= [\"“(*_]{0,2}[^\W\da-z])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|Fig|Figs|Eq|Sec|No|Dr|Prof|St|approx|[A-Z])\.$"
)


class LineFinder:
    """The line numbers of words in a text of JSON, in ascending order."""

    def __init__(self, text: str):
        self.text, self.offset, self.line = text, 0, 1

    def of(self, words: str) -> int | None:
        """Return the number of the next line that contains these words as JSON writes them."""
        for ascii_ in (False, True):
            form = json.dumps(words, ensure_ascii=ascii_)[1:-1]
            offset = self.text.find(form, self.offset) if form else -1
            if offset >= 0:
                self.line += self.text.count("\n", self.offset, offset)
                self.offset = offset + 1
                return self.line
        return None


def count_words(number: int, singular: str, plural: str) -> str:
    """Return a number with its noun."""
    return f"{number} {singular if number == 1 else plural}"


def find_line(text: str, words: str) -> int | None:
    """Return the number of the first line of a text that contains these words."""
    offset = text.find(words) if words else -1
    return text.count("\n", 0, offset) + 1 if offset >= 0 else None


def is_same_title(first: str, second: str) -> bool:
    """Tell whether two titles are the same, apart from what people change in them."""
    first_folded, second_folded = fold_text(first)[:300], fold_text(second)[:300]
    shorter, longer = sorted((first_folded, second_folded), key=len)
    return (
        first_folded == second_folded
        or len(shorter) > 8
        and (
            longer.startswith(shorter)
            or SequenceMatcher(None, first_folded, second_folded).ratio() > 0.85
        )
    )


def summarize(body: str) -> str:
    """Return the first sentences of a text whose first paragraph is too long for a card, or ""."""
    # What stands after the first sentences makes no difference.
    paragraph = " ".join(body[:4000].strip().partition("\n\n")[0].split())
    if len(paragraph) < 420 or _NO_SENTENCES.match(paragraph):
        return ""
    ends = [
        match.start() for match in _SENTENCE_END.finditer(paragraph)
        if not _ABBREVIATION.search(paragraph[: match.start()])
        and all(paragraph[: match.start()].count(char) % 2 == 0 for char in ("$", "**", "`"))
        and paragraph[: match.start()].count("[") == paragraph[: match.start()].count("]")
    ]  # fmt: skip
    fitting = [end for end in ends[:3] if end <= 360] or [end for end in ends[:1] if end <= 600]
    return paragraph[: fitting[-1]] if fitting and len(ends) > 1 else ""


def is_placeholder(text: str) -> bool:
    """Tell whether a text is the example of a theme."""
    return _PLACEHOLDER.match(text) is not None


def has_placeholder(text: str) -> bool:
    """Tell whether a line is an example of a theme, with a date or a bullet before it."""
    return "lorem ipsum dolor" in text[:80].lower()


def join_values(value: object) -> str:
    """Return a value as one text; commas join the items of a list or mapping."""
    if isinstance(value, dict):
        value = [join_values(item) for item in value.values()]
    if isinstance(value, list):
        return ", ".join(filter(None, map(join_values, value)))
    return str(value)


def plain_text(value: object) -> str:
    """Return a value of front matter as plain words: no tags, entities, Markdown or TeX."""
    text = join_values(value)
    for _ in range(3):  # Some systems escape a text twice.
        text = _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text
    text = _TAG.sub("", replace_script_tags(text)) if "<" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text else text
    if "**" in text:
        text = text.replace("__**", "**").replace("**__", "**")
        # A name in bold type, and its mark.
        text = re.sub(r"(?<!\*)\*\*([^*\s][^*]{0,100})\*\*\*(?!\*)", r"\1*", text)
    for _ in range(2 if "*" in text or "_" in text else 0):
        text = _EMPHASIS.sub(r"\2", text)
    text = re.sub(r"\\(?=[*_#\[\]!|])", "", text)
    text = _SEPARATED_ACCENT.sub(r"{\\\2\1}", text)
    return decode_latex_line(text) if _TEX.search(text) else " ".join(text.split())


def plain_line(value: str) -> str:
    """Return a value of a record on one line, without tags, entities and control characters."""
    return " ".join(CONTROL.sub(" ", unescape(_remove_tags(value))).split())


class HiddenParts:
    """Finished parts of a line, which the rules that convert the rest of it do not see."""

    # In a text that is read these two characters are blanks: see `remove_placeholders`.
    PLACEHOLDER = "\ue003[0-9]{1,6}\ue004"

    def __init__(self) -> None:
        self._parts: list[str] = []

    def hide(self, part: str) -> str:
        """Return a placeholder for a part, which may hold other placeholders."""
        self._parts.append(part)
        return f"\ue003{len(self._parts) - 1}\ue004"

    def restore(self, line: str) -> str:
        """Return a line with its parts in place of their placeholders."""
        before = None
        while line != before:
            before = line
            line = re.sub(self.PLACEHOLDER, lambda match: self._parts[int(match[0][1:-1])], line)
        return line


def remove_placeholders(text: str) -> str:
    """Return a text without the characters that HiddenParts uses."""
    return text.replace("\ue003", " ").replace("\ue004", " ")


def _remove_tags(text: str) -> str:
    return _RECORD_TAG.sub("", replace_script_tags(text)) if "<" in text else text


def escape_markdown(text: str) -> str:
    """Return a plain text as Markdown that shows the same; formulas stay formulas."""
    text = CONTROL.sub(" ", unescape(_remove_tags(_BREAK.sub("\n\n", text))))
    text = re.sub(r"\A\s*abstract:?\s*\n\s*\n", "", text, flags=re.IGNORECASE)  # Its heading.
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(_escaped(part) for part in paragraphs if part)


def _escaped(text: str) -> str:
    parts, end, plain = [], 0, text
    for match in TEX_MATH.finditer(text):
        parts += [_MARKUP.sub(_sign, text[end : match.start()]), match[0]]
        end = match.end()
    text = "".join([*parts, _MARKUP.sub(_sign, text[end:])])
    if _BRACKETS.search(plain):
        text = text.replace("[", "&#91;")
    if match := _BEGINNING.match(text):
        number = match["char"] and match["char"].isdecimal()
        first = "&#58;" if match["colon"] else f"{match[0]}\\" if number else f"\\{match[0]}"
        text = first + text[match.end() :]
    return text


def _sign(match: re.Match) -> str:
    return f"\\{match[0]}" if match["char"] else _ENTITIES[match[0]]
