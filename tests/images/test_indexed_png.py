"""PNG files with a palette, put together of compressed strips."""

import io
import itertools

from hypothesis import given
from hypothesis import strategies as st
from papers.images.indexed_png import assemble_png, blank_strip, compress_strip
from PIL import Image, ImageChops


@given(st.integers(1, 40), st.integers(1, 40), st.randoms())
def test_png(width, height, chance):
    """The PNG of a card is none that others can read, or shows other colours."""
    palette = [value * 17 for value in range(16) for _ in range(3)]
    picture = Image.new("P", (width, height), 0)
    picture.putpalette(palette)
    for _ in range(chance.randint(0, 5)):
        position = chance.randrange(width), chance.randrange(height)
        picture.putpixel(position, chance.randrange(16))
    cuts = sorted({0, height, *(chance.randint(0, height) for _ in range(3))})
    bands = [
        blank_strip(width, end - start) if not any(part.tobytes()) else compress_strip(part)
        for start, end in itertools.pairwise(cuts)
        for part in [picture.crop((0, start, width, end))]
    ]
    with Image.open(io.BytesIO(assemble_png(width, bands, palette))) as read:
        read.verify()
    with Image.open(io.BytesIO(assemble_png(width, bands, palette))) as read:
        assert read.size == picture.size and read.mode == "P"
        assert not ImageChops.difference(read.convert("RGB"), picture.convert("RGB")).getbbox()
