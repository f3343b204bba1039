"""Images that stand for a page where it is shared (Open Graph): 1200 by 630 pixels."""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from .image_file import load_image
from .indexed_png import Strip, assemble_png, blank_strip, compress_strip
from .line_breaking import (
    break_lines,
    font_runs,
    limit_lines,
    load_font,
    split_words,
    text_width,
)

SIZE = WIDTH, HEIGHT = 1200, 630
FIGURE_CARD_WIDTH = WIDTH - 80
# The colours of the stylesheet's light scheme.
BACKGROUND, TEXT, MUTED, ACCENT, PLATE = "#fdfdfc", "#1c2024", "#59616a", "#8a3b12", "#ffffff"
_MARGIN, _GAP = 80, 24
_TEXT_WIDTH = WIDTH - 2 * _MARGIN
# The most rows of pixels for a title: a card is full when all else is as long as it can be.
_MAX_TITLE_HEIGHT = 318
_TITLE_SIZES = (68, 60, 52, 44, 38)
# In sizes of the font.
_LINE_HEIGHT, _BASELINE = 1.3, 1.05
# The palette of a title card: the background, and five shades of each ink on it.
_INKS, _SHADES = (ACCENT, TEXT, MUTED), 5
_PALETTE = [
    round(ground + (ink - ground) * shade / _SHADES)
    for colour in (BACKGROUND, *_INKS)
    for shade in (range(1, _SHADES + 1) if colour != BACKGROUND else (0,))
    for ground, ink in zip(ImageColor.getrgb(BACKGROUND), ImageColor.getrgb(colour), strict=True)
]
# The palette's colour for each of 256 levels of an ink.
_SHADES_OF = {
    colour: [0] + [1 + n * _SHADES + level * _SHADES // 256 for level in range(1, 256)]
    for n, colour in enumerate(_INKS)
}


def draw_figure_card(file: Path) -> bytes:
    """Return a paper's figure, uncropped, on a white plate, as JPEG.

    Raises ValueError with the end of a sentence that begins with the file's name.
    """
    card = Image.new("RGB", SIZE, PLATE)
    _paste_centered(card, load_image(file, FIGURE_CARD_WIDTH), (40, 40, WIDTH - 40, HEIGHT - 40))
    return _encode_jpeg(card)


def draw_title_card(venue: str, title: str, authors: str, site: str) -> bytes:
    """Return a paper's title, authors and venue set in type, as a PNG of few colours.

    A site can have thousands of these, so words and lines are drawn once and reused.
    """
    size, title_lines = _fit_title(title)
    strips = [blank_strip(WIDTH, _MARGIN)]
    strips += [_draw_line(line, 34, ACCENT) for line in break_lines(venue, 34, _TEXT_WIDTH)[:1]]
    strips.append(blank_strip(WIDTH, _GAP))
    strips += [_draw_line(line, size, TEXT) for line in limit_lines(title_lines, 6)]
    strips.append(blank_strip(WIDTH, _GAP))
    author_lines = limit_lines(break_lines(authors, 32, _TEXT_WIDTH), 2)
    strips += [_draw_line(line, 32, MUTED) for line in author_lines]
    footer = [_draw_line(line, 28, MUTED) for line in break_lines(site, 28, _TEXT_WIDTH)[:1]]
    space = HEIGHT - sum(strip.rows for strip in [*strips, *footer])
    below = min(space, _MARGIN - 15)
    return assemble_png(
        WIDTH,
        [*strips, blank_strip(WIDTH, space - below), *footer, blank_strip(WIDTH, below)],
        _PALETTE,
    )


def _fit_title(title: str) -> tuple[int, list[str]]:
    """Return the greatest size at which a title fits, or else the least, and its lines."""
    for size in _TITLE_SIZES:
        lines = break_lines(title, size, _TEXT_WIDTH)
        if len(lines) * _line_height(size) <= _MAX_TITLE_HEIGHT:
            break
    return size, lines


def draw_site_card(name: str, role: str, portrait: Path | None) -> bytes:
    """Return the owner's name and role set in type, with the portrait if there is one, as JPEG.

    Raises ValueError with the end of a sentence that begins with the portrait's name.
    """
    card = Image.new("RGB", SIZE, BACKGROUND)
    width = _TEXT_WIDTH
    if portrait:
        width -= 400
        _paste_centered(card, load_image(portrait, 720), (WIDTH - 440, 135, WIDTH - 80, 495))
    names = break_lines(name, 84, width)[:3]
    roles = limit_lines(break_lines(role, 40, width), 4)
    top = (HEIGHT - len(names) * 105 - len(roles) * 50) // 2
    bottom = _draw_text(card, names, 84, top, TEXT, bold=True)
    _draw_text(card, roles, 40, bottom + 8, MUTED)
    return _encode_jpeg(card)


def _paste_centered(card: Image.Image, image: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Put an image into the middle of a box, scaled to fit, but at most to twice its size."""
    left, top, right, bottom = box
    scale = min((right - left) / image.width, (bottom - top) / image.height, 2)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    image = image.resize(size, Image.Resampling.LANCZOS)
    corner = (left + right - size[0]) // 2, (top + bottom - size[1]) // 2
    card.paste(image, corner, image if image.mode == "RGBA" else None)


@lru_cache(1024)
def _draw_line(line: str, size: int, colour: str) -> Strip:
    """Return a line of a title card."""
    image, x = Image.new("P", (WIDTH, _line_height(size)), 0), float(_MARGIN)
    for word in split_words(line):
        ink, left, top = _draw_word(word.rstrip(), size, colour)
        image.paste(ink, (round(x) + left, round(size * _BASELINE) + top))
        x += text_width(word, size)
    return compress_strip(image)


def _line_height(size: int) -> int:
    return round(size * _LINE_HEIGHT)


@lru_cache(512)
def _draw_word(word: str, size: int, colour: str) -> tuple[Image.Image, int, int]:
    """Return a word in the palette's colours, and its upper left corner from the baseline."""
    stroke = _stroke(size, bold=colour != MUTED)
    width, above, below = round(text_width(word, size)) + size, round(size * 1.2), round(size * 0.5)
    ink = Image.new("L", (width, above + below), 0)
    draw = ImageDraw.Draw(ink)
    x = size / 2
    for file, run in font_runs(word):
        font = load_font(file, size)
        draw.text((x, above), run, 255, font, "ls", stroke_width=stroke)
        x += font.getlength(run)
    box = ink.getbbox() or (0, 0, 1, 1)
    return ink.crop(box).point(_SHADES_OF[colour], "P"), box[0] - size // 2, box[1] - above


def _stroke(size: int, bold: bool) -> float:
    """Return the width of an outline, which stands for a bold font: there is one weight only."""
    return size / 50 if bold else 0


def _draw_text(
    card: Image.Image, lines: Sequence[str], size: int, y: int, colour: str, bold: bool = False
) -> int:
    """Draw lines from y downwards, and return the y below them."""
    draw = ImageDraw.Draw(card)
    for line in lines:
        x = _MARGIN
        for file, run in font_runs(line):
            font = load_font(file, size)
            draw.text((x, y + size), run, colour, font, "ls", stroke_width=_stroke(size, bold))
            x += font.getlength(run)
        y += round(size * 1.25)
    return y


def _encode_jpeg(card: Image.Image) -> bytes:
    out = io.BytesIO()
    card.save(out, "JPEG", quality=85, subsampling=0)
    return out.getvalue()
