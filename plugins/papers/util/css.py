"""CSS without comments and escapes, to search it."""

import re

from .strings import LazyPattern

# A string ends at its quote or its line, and in url(…) no comment begins.
_STRING_OR_COMMENT = LazyPattern(
    r"""("(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?)|/\*.*?(?:\*/|\Z)""", re.DOTALL
)
_NAMESPACE_RULE = LazyPattern(
    r"""@namespace\s+(?:[\w-]+\s+)?(?:url\(\s*)?["']?http://www\.w3\.org/[\w/.]*["']?\s*\)?\s*;"""
)


def normalize_css(css: str) -> str:
    """Return CSS without comments, escapes, and the names of W3C's namespaces."""
    css = _STRING_OR_COMMENT.sub(lambda match: match[1] or " ", css)
    return decode_css_escapes(_NAMESPACE_RULE.sub("", css))


def decode_css_escapes(css: str) -> str:
    """Return CSS with the characters that its escapes stand for."""
    css = re.sub(r"\\([0-9A-Fa-f]{1,6})\s?", lambda escape: _decode_escape(escape[1]), css)
    return re.sub(r"\\([^0-9A-Fa-f\n])", r"\1", css)


def _decode_escape(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
