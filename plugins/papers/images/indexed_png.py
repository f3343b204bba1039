"""PNG files of sixteen colours, assembled from strips that many images share."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from PIL import Image

# The modulus of Adler-32 (RFC 1950).
_ADLER_BASE = 65521


class Strip(NamedTuple):
    """Rows of an image: their number, and their data, compressed with DEFLATE (RFC 1951).

    `length` and `checksum`, an Adler-32, are those of the uncompressed data.
    """

    rows: int
    block: bytes
    length: int
    checksum: int


def compress_strip(image: Image.Image) -> Strip:
    """Return an image of mode P with at most sixteen colours as a strip."""
    data, row_size = image.tobytes("raw", "P;4"), (image.width + 1) // 2
    # Each row begins with the number of its filter; 0 is none.
    rows = [b"\0" + data[n : n + row_size] for n in range(0, len(data), row_size)]
    return _compress(image.height, b"".join(rows))


@cache
def blank_strip(width: int, rows: int) -> Strip:
    """Return rows of colour 0."""
    return _compress(rows, bytes(rows * ((width + 1) // 2 + 1)))


def assemble_png(width: int, strips: Iterable[Strip], palette: Sequence[int]) -> bytes:
    """Return strips, one below the other, as PNG (ISO/IEC 15948).

    `palette` has red, green and blue of each colour.
    """
    height, checksum, blocks = 0, 1, []
    for strip in strips:
        height += strip.rows
        checksum = _combine_checksums(checksum, strip.checksum, strip.length)
        blocks.append(strip.block)
    # The last block must be marked as such: it is an empty one.
    stream = b"".join((b"\x78\x01", *blocks, b"\x03\0", checksum.to_bytes(4)))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(palette)),
            _chunk(b"IDAT", stream),
            _chunk(b"IEND", b""),
        )
    )


def _compress(rows: int, data: bytes) -> Strip:
    # Flat images have long runs of one colour; to look for more takes time and finds nothing.
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    block = deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH)
    return Strip(rows, block, len(data), zlib.adler32(data))


def _combine_checksums(first: int, second: int, second_length: int) -> int:
    """Return the Adler-32 of joined data from those of its two parts."""
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + second_length * ((first & 0xFFFF) - 1)
    return high % _ADLER_BASE << 16 | low % _ADLER_BASE


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data).to_bytes(4)
    return len(data).to_bytes(4) + kind + data + crc
