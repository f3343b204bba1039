"""PNG files of flat pictures, put together of lines that many pictures share."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from PIL import Image

# Of Adler-32 (RFC 1950).
_BASE = 65521


class Strip(NamedTuple):
    """Rows of a picture: how many, compressed (RFC 1951), and the length and check sum of all."""

    rows: int
    block: bytes
    length: int
    check: int


def compress_strip(picture: Image.Image) -> Strip:
    """Return a picture of mode P, of sixteen colours, as a part of others of its width."""
    data, size = picture.tobytes("raw", "P;4"), (picture.width + 1) // 2
    # Each row begins with the number of its filter, which is none.
    data = b"".join([b"\0" + data[n : n + size] for n in range(0, len(data), size)])
    return _band(picture.height, data)


@cache
def blank_strip(width: int, rows: int) -> Strip:
    """Return rows of colour 0."""
    return _band(rows, bytes(rows * ((width + 1) // 2 + 1)))


def assemble_png(width: int, bands: Iterable[Strip], palette: Sequence[int]) -> bytes:
    """Return bands, one below the other, as PNG (ISO/IEC 15948).

    `palette` has red, green and blue of each colour.
    """
    height, check, blocks = 0, 1, []
    for rows, block, length, own in bands:
        height += rows
        check = _joined(check, own, length)
        blocks.append(block)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(palette)),
            # Behind the blocks an empty one says that it is the last.
            _chunk(b"IDAT", b"".join((b"\x78\x01", *blocks, b"\x03\0", check.to_bytes(4)))),
            _chunk(b"IEND", b""),
        )
    )


def _band(rows: int, data: bytes) -> Strip:
    # Runs of one colour are all there is to find.
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    block = deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH)
    return Strip(rows, block, len(data), zlib.adler32(data))


def _joined(one: int, other: int, length: int) -> int:
    """Return the check sum of two texts from those of each, and the length of the other."""
    low = (one & 0xFFFF) + (other & 0xFFFF) - 1
    high = (one >> 16) + (other >> 16) + length * ((one & 0xFFFF) - 1)
    return high % _BASE << 16 | low % _BASE


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data).to_bytes(4)
    return len(data).to_bytes(4) + kind + data + crc
