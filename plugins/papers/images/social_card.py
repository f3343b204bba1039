"""Pictures that stand for a page where it is shared (Open Graph): 1200 by 630 pixels."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from .indexed_png import Strip, assemble_png, blank_strip, compress_strip
from .raster import load_image
from .svg import FONT_FILES

SIZE = WIDTH, HEIGHT = 1200, 630
# The stylesheet's tokens of the light scheme.
BACKGROUND, TEXT, MUTED, ACCENT, PLATE = "#fdfdfc", "#1c2024", "#59616a", "#8a3b12", "#ffffff"
_MARGIN, _GAP = 80, 24
# Rows that a title can have: with all else at its longest, a card is full.
_TITLE = 318
_LEADING, _BASELINE = 1.3, 1.05  # In sizes of the type.
# The colours of a card in type: the ground, and each ink in five shades from it.
_INKS, _SHADES = (ACCENT, TEXT, MUTED), 5
_PALETTE = [
    round(ground + (ink - ground) * shade / _SHADES)
    for colour in (BACKGROUND, *_INKS)
    for shade in (range(1, _SHADES + 1) if colour != BACKGROUND else (0,))
    for ground, ink in zip(ImageColor.getrgb(BACKGROUND), ImageColor.getrgb(colour), strict=True)
]
_UNSET = ("L", "M", "N")


def draw_figure_card(file: Path) -> bytes:
    """Return a paper's figure, whole, on its plate.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    card = Image.new("RGB", SIZE, PLATE)
    _paste(card, load_image(file, WIDTH - 80), (40, 40, WIDTH - 40, HEIGHT - 40))
    return _jpeg(card)


def remove_missing_glyphs(*texts: str) -> tuple[str, ...] | None:
    """Return texts without signs that no font of ours has; None where that takes a letter."""
    found = [_settable(text) for text in texts]
    return None if None in found else tuple(found)


def draw_title_card(venue: str, title: str, authors: str, site: str) -> bytes:
    """Return a paper's title, authors and venue set in type, as a PNG of few colours.

    There can be thousands of them, so words and lines are drawn once and put together.
    """
    width = WIDTH - 2 * _MARGIN
    fits = (s for s in (68, 60, 52, 44) if len(_lines(title, s, width)) * _rows(s) <= _TITLE)
    size = next(fits, 38)
    bands = [blank_strip(WIDTH, _MARGIN)]
    bands += [_line(line, 34, ACCENT) for line in _lines(venue, 34, width)[:1]]
    bands.append(blank_strip(WIDTH, _GAP))
    bands += [_line(line, size, TEXT) for line in _shortened(_lines(title, size, width), 6)]
    bands.append(blank_strip(WIDTH, _GAP))
    bands += [_line(line, 32, MUTED) for line in _shortened(_lines(authors, 32, width), 2)]
    used = sum(band.rows for band in bands)
    foot = [_line(line, 28, MUTED) for line in _lines(site, 28, width)[:1]]
    room = HEIGHT - used - sum(band.rows for band in foot)
    below = min(room, _MARGIN - 15)
    return assemble_png(
        WIDTH,
        [*bands, blank_strip(WIDTH, room - below), *foot, blank_strip(WIDTH, below)],
        _PALETTE,
    )


def draw_site_card(name: str, role: str, portrait: Path | None) -> bytes:
    """Return the owner's name and role set in type, with the portrait where there is one.

    Raises ValueError with the end of a sentence that begins with the portrait's name.
    """
    card = Image.new("RGB", SIZE, BACKGROUND)
    width = WIDTH - 2 * _MARGIN
    if portrait:
        width -= 400
        _paste(card, load_image(portrait, 720), (WIDTH - 440, 135, WIDTH - 80, 495))
    names, roles = _lines(name, 84, width)[:3], _shortened(_lines(role, 40, width), 4)
    y = _set(card, names, 84, (HEIGHT - len(names) * 105 - len(roles) * 50) // 2, TEXT, bold=True)
    _set(card, roles, 40, y + 8, MUTED)
    return _jpeg(card)


def _paste(card: Image.Image, picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Put a picture, whole, into the middle of a box; at most twice as large as it is."""
    left, top, right, bottom = box
    scale = min((right - left) / picture.width, (bottom - top) / picture.height, 2)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    place = (left + right - size[0]) // 2, (top + bottom - size[1]) // 2
    card.paste(picture, place, picture if picture.mode == "RGBA" else None)


@lru_cache(1024)
def _line(line: str, size: int, colour: str) -> Strip:
    """Return a line of drawn words, as high as it is from one line to the next."""
    drawn, x = Image.new("P", (WIDTH, _rows(size)), 0), float(_MARGIN)
    for word in _words(line):
        ink, left, top = _word(word.rstrip(), size, colour)
        drawn.paste(ink, (round(x) + left, round(size * _BASELINE) + top))
        x += _length(word, size)
    return compress_strip(drawn)


def _rows(size: int) -> int:
    return round(size * _LEADING)


@lru_cache(512)
def _word(word: str, size: int, colour: str) -> tuple[Image.Image, int, int]:
    """Return a word in the card's colours, and where its upper left corner lies."""
    bold = colour != MUTED
    stroke = size / 50 if bold else 0
    width, above, below = round(_length(word, size)) + size, round(size * 1.2), round(size * 0.5)
    ink = Image.new("L", (width, above + below), 0)
    draw = ImageDraw.Draw(ink)
    x = size / 2
    for file, run in _runs(word):
        font = _font(file, size)
        draw.text((x, above), run, 255, font, "ls", stroke_width=stroke)
        x += font.getlength(run)
    box = ink.getbbox() or (0, 0, 1, 1)
    step = 1 + _INKS.index(colour) * _SHADES
    shades = [0] + [step + shade * _SHADES // 256 for shade in range(1, 256)]
    ink = ink.crop(box).point(shades)
    return Image.frombytes("P", ink.size, ink.tobytes()), box[0] - size // 2, box[1] - above


def _set(
    card: Image.Image, lines: Sequence[str], size: int, y: int, colour: str, bold: bool = False
) -> int:
    """Draw lines from a height on, and return the height below them."""
    draw = ImageDraw.Draw(card)
    for line in lines:
        x = _MARGIN
        for file, run in _runs(line):
            font = _font(file, size)
            # One weight is enough of a font: an outline makes it bolder.
            stroke = size / 50 if bold else 0
            draw.text((x, y + size), run, colour, font, "ls", stroke_width=stroke)
            x += font.getlength(run)
        y += round(size * 1.25)
    return y


def _lines(text: str, size: int, width: int) -> list[str]:
    """Break a text between words, and between Chinese or Japanese characters."""
    lines, used = [""], 0.0
    for word in _words(text):
        if used + _length(word.rstrip(), size) > width and lines[-1]:
            lines.append("")
            used = 0.0
        lines[-1] += word
        used += _length(word, size)
    return [line.strip() for line in lines]


def _shortened(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,')} …"]


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        # Closing marks, category Pe and the like, stay with what stands before them.
        if word and wide and unicodedata.category(char) not in ("Pe", "Po", "Pf"):
            yield word
            word = ""
        word += char
        if char == " ":
            yield word
            word = ""
    yield word


@lru_cache(10_000)
def _length(text: str, size: int) -> float:
    return sum(_font(file, size).getlength(run) for file, run in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for file, run in groupby(text, _file):
        yield file or FONT_FILES[0], "".join(run)


def _settable(text: str) -> str | None:
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    unset = {char for char in text if _file(char) is None}
    if any(unicodedata.category(char)[0] in _UNSET for char in unset - {"\ufe0f", "\u200d"}):
        return None
    return " ".join("".join(char for char in text if char not in unset).split())


@lru_cache(100_000)
def _file(char: str) -> str | None:
    """Return the first font file that has a glyph for a character."""
    return next((file for file in FONT_FILES if _ink(file, char) != _ink(file, "\U0010ffff")), None)


def _ink(file: str, char: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(file, 32).getmask(char)
    return mask.size, bytes(mask)


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same everywhere; the other one asks for a library of the system.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def _jpeg(card: Image.Image) -> bytes:
    out = io.BytesIO()
    card.save(out, "JPEG", quality=85, subsampling=0)
    return out.getvalue()
