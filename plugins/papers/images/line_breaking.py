"""Lines of text in the fonts of this package: their breaks, widths, and missing characters."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

from PIL import ImageFont

from .svg import FONT_FILES

# The first letters of the Unicode categories of letters, marks and numbers.
_ESSENTIAL = ("L", "M", "N")
# More characters of a word, or of a text, are never seen: a card is 1200 pixels wide.
_MAX_WORD, _MAX_TEXT = 500, 10_000


def remove_missing_glyphs(*texts: str) -> tuple[str, ...] | None:
    """Return texts without characters that no font has; None if one of them is a letter."""
    results = [_remove_missing(text) for text in texts]
    return None if None in results else tuple(results)


def _remove_missing(text: str) -> str | None:
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    missing = {char for char in text if _find_font(char) is None}
    # Without its emoji, a variation selector or joiner means nothing.
    essential = missing - {"\ufe0f", "\u200d"}
    if any(unicodedata.category(char)[0] in _ESSENTIAL for char in essential):
        return None
    return " ".join("".join(char for char in text if char not in missing).split())


def break_lines(text: str, size: int, width: int) -> list[str]:
    """Break a text between words, and between Chinese or Japanese characters."""
    lines, used = [""], 0.0
    for word in split_words(text):
        if used + text_width(word.rstrip(), size) > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += word
        used += text_width(word, size)
    return [line.strip() for line in lines]


def limit_lines(lines: list[str], limit: int) -> list[str]:
    """Return at most `limit` lines, with an ellipsis where some are missing."""
    if len(lines) <= limit:
        return lines
    return [*lines[: limit - 1], f"{lines[limit - 1].rstrip(' ,')} …"]


def split_words(text: str) -> Iterator[str]:
    """Yield the pieces between which a line can break, each with the blank after it.

    Pieces and texts that no card can show are cut.
    """
    word = ""
    for char in text[:_MAX_TEXT]:
        is_wide = unicodedata.east_asian_width(char) in "WF"
        # A closing bracket, full stop or quotation mark does not begin a line.
        if word and is_wide and unicodedata.category(char) not in ("Pe", "Po", "Pf"):
            yield word
            word = ""
        if len(word) < _MAX_WORD or char == " ":
            word += char
        if char == " ":
            yield word
            word = ""
    yield word


@lru_cache(10_000)
def text_width(text: str, size: int) -> float:
    """Return the width of a text in pixels."""
    return sum(load_font(file, size).getlength(run) for file, run in font_runs(text))


def font_runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a text that one font file has, with that file."""
    for file, run in groupby(text, _find_font):
        yield file or FONT_FILES[0], "".join(run)


@cache
def load_font(file: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    # The basic layout is the same everywhere; the other one needs a library of the system.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(100_000)
def _find_font(char: str) -> str | None:
    """Return the first font file that has a glyph for a character."""
    for file in FONT_FILES:
        # A font draws the same character for all characters that it does not have.
        if _draw_glyph(file, char) != _draw_glyph(file, "\U0010ffff"):
            return file
    return None


def _draw_glyph(file: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = load_font(file, 32).getmask(char)
    return mask.size, bytes(mask)
