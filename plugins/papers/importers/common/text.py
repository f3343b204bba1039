"""importers.common.text."""

import re
from difflib import SequenceMatcher
from html import unescape

from ...util import decode_latex_line

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LINK = re.compile(
    r"!?\[([^\[\]]{1,1000})\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=[^\s*_])([^*_]{1,1000})(?<=\S)\1(?![\w*_])")
_TEX = re.compile(r"\\[A-Za-z\"'`^~=.{&%$#_]|\{[^{}]{0,200}\}")
# An accent that stood on the `\\i`, and was parted from it.
_PARTED = re.compile(r"\{(\\[ij])\}\{\\(['`^\"~])\}")
_EXAMPLE = re.compile(
    r"\W*(?:lorem ipsum dolor\b|this paper is about the number \d\. the number \d)", re.IGNORECASE
)


def join_values(value: object) -> str:
    """Return a value as one text: the parts of a list or mapping by commas."""
    if isinstance(value, dict):
        value = [join_values(one) for one in value.values()]
    if isinstance(value, list):
        return ", ".join(filter(None, map(join_values, value)))
    return str(value)


def plain_text(value: object) -> str:
    """Return a value as plain words on one line: no tags, entities, links, emphasis, TeX."""
    text = join_values(value)
    for _ in range(3):  # Some systems escape what was escaped already.
        text = _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text
    text = _TAG.sub("", text) if "<" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text else text
    if "**" in text:
        text = text.replace("__**", "**").replace("**__", "**")
        # A name in bold type, and its mark.
        text = re.sub(r"(?<!\*)\*\*([^*\s][^*]{0,100})\*\*\*(?!\*)", r"\1*", text)
    for _ in range(2 if "*" in text or "_" in text else 0):
        text = _EMPHASIS.sub(r"\2", text)
    text = re.sub(r"\\(?=[*_#\[\]!|])", "", text)
    text = _PARTED.sub(r"{\\\2\1}", text)
    return decode_latex_line(text) if _TEX.search(text) else " ".join(text.split())


def is_placeholder(text: str) -> bool:
    """Tell whether a text is what themes show until somebody writes something."""
    return _EXAMPLE.match(text) is not None


def fold_letters(text: str) -> str:
    """Return what two spellings of a text share."""
    return re.sub(r"[\W_]+", "", text.casefold())


def is_same_title(first: str, second: str) -> bool:
    """Tell whether two titles are the same, but for what people change in them."""
    one, two = fold_letters(first)[:300], fold_letters(second)[:300]
    shorter, longer = sorted((one, two), key=len)
    return (
        one == two
        or len(shorter) > 8
        and (longer.startswith(shorter) or SequenceMatcher(None, one, two).ratio() > 0.85)
    )
