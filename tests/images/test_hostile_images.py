"""Raster images made to take minutes, or all memory, or to end a build with a traceback."""

import io
import itertools
import struct
import warnings
import zlib
from functools import cache

import pytest
from papers.images import image_file
from papers.images.image_file import (
    has_location,
    is_animated,
    load_image,
    measure_image,
    remove_metadata,
    shrink_image,
)
from PIL import Image
from sample import picture

FUNCTIONS = (
    measure_image,
    is_animated,
    has_location,
    lambda path: load_image(path, 90),
    lambda path: shrink_image(path, 90),
)


def png(*chunks: tuple[bytes, bytes], size: tuple[int, int] = (30, 20), data: bytes = b"") -> bytes:
    """Return a PNG with more chunks, whose pixels are all black unless given."""
    rows = data or zlib.compress(bytes((3 * size[0] + 1) * size[1]))
    header = struct.pack(">2I5B", *size, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(itertools.starmap(chunk, parts))


@cache
def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif(frames: int, size: tuple[int, int] = (9, 9), before: bytes = b"") -> bytes:
    """Return a GIF of frames of this size on a canvas of 9 x 9 pixels."""
    frame = (
        b"\x21\xf9\x04\0\x0a\0\0\0\x2c" + struct.pack("<4HB", 0, 0, *size, 0) + b"\x02\x02D\x01\0"
    )
    header = b"GIF89a" + struct.pack("<2H3B", 9, 9, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return header + before + frame * frames + b";"


def jpeg(segment: bytes, count: int) -> bytes:
    """Return a JPEG with a segment that comes so many times."""
    data = picture("JPEG", 30, 20)
    return data[:2] + segment * count + data[2:]


def exif(count: int, size: int) -> bytes:
    """Return Exif metadata whose many entries all have the same bytes as their value."""
    entries = [struct.pack("<HHII", 0x8000 + n, 1, size - 100, 8) for n in range(count)]
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", count) + b"".join(entries) + bytes(4)
    return b"Exif\0\0" + data.ljust(size, b"x")


def tiff(count: int, size: int) -> bytes:
    """Return a TIFF with as many entries that all have the same bytes as their value."""
    known = {256: 3, 257: 2, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 2, 279: 6}
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in known.items()]
    entries += [struct.pack("<HHII", 0x8000 + n, 1, size - 100, 8) for n in range(count)]
    head = b"II*\0\x10\0\0\0" + bytes(8) + struct.pack("<H", len(entries))
    return (head + b"".join(entries) + bytes(4)).ljust(size, b"x")


# Of so many parts that no decoder is to read them all.
TOO_MANY_PARTS = {
    "a.gif": lambda: gif(1, before=b"\x21\xfe" + b"\x01x" * 200_000 + b"\0"),
    "b.gif": lambda: gif(1, before=b"\x21\xfe\0" * 200_000),
    "a.png": lambda: png(*[(b"abCd", b"")] * 90_000),
    "b.png": lambda: png(*[(b"tEXt", b"a\0b")] * 60_000),
    "a.jpg": lambda: jpeg(b"\xff\xe5\0\2", 100_000),
    "b.jpg": lambda: jpeg(b"\xff\xff", 200_000),
    "c.jpg": lambda: jpeg(b"\xff\xe1\0\x08Exif\0\0", 100_000),
    "d.jpg": lambda: jpeg(b"\xff\xe2\0\x10ICC_PROFILE\0\x01\x01", 100_000),
}
HOSTILE = TOO_MANY_PARTS | {
    "c.gif": lambda: gif(40_000),
    "d.gif": lambda: gif(2, (65535, 65535)),
    "e.gif": lambda: gif(1).replace(b"\x09\0\x09\0\x80", b"\xff\xff\xff\xff\x80", 1),
    "c.png": lambda: png((b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000)))),
    "d.png": lambda: png((b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000)))),
    "e.png": lambda: png(data=zlib.compress(bytes(50_000_000))),
    "f.png": lambda: png((b"acTL", struct.pack(">2I", 2**31 - 1, 0))),
    "g.png": lambda: picture("PNG", 30, 20, exif=exif(500, 100_000)),
    "a.webp": lambda: picture("WEBP", 30, 20, exif=exif(500, 100_000)),
    "a.avif": lambda: picture("AVIF", 30, 20, exif=exif(500, 100_000)),
    "e.jpg": lambda: picture("JPEG", 30, 20, exif=exif(500, 60_000)),
    "a.tif": lambda: tiff(500, 100_000),
    "a.bmp": lambda: picture("BMP", 30, 20).replace(b"\x1e\0\0\0\x14\0\0\0", b"\xb8\x24\0\0" * 2),
    "h.png": lambda: b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\x30\0\0\0\x16\0\0\0<svg/>",
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_images(tmp_path, name):
    """A small image takes many seconds, all memory, or ends the build with a traceback."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path, data = tmp_path / name, HOSTILE[name]()
    refused = set()
    for number, function in enumerate(FUNCTIONS):
        path.write_bytes(data)
        try:
            function(path)
        except ValueError as error:
            assert str(error).endswith(")") and "\n" not in str(error)
            refused.add(number)
    # All but has_location, which says that there is none.
    assert name not in TOO_MANY_PARTS or len(refused) == len(FUNCTIONS) - 1


def test_large_image_of_many_scans(tmp_path, monkeypatch):
    """A large JPEG of fewer scans takes as long as a small one of very many."""
    out, path = io.BytesIO(), tmp_path / "p.jpg"
    Image.new("RGB", (200, 200), "red").save(out, "JPEG", progressive=True, exif=gps())
    data = out.getvalue()
    path.write_bytes(data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 50 + data[-2:])
    assert load_image(path, 90).size == (90, 90) and has_location(path)
    monkeypatch.setattr(image_file, "_MAX_SCANNED_PIXELS", 200 * 200 * 50)
    for function in (has_location, *FUNCTIONS[-2:]):
        with pytest.raises(ValueError, match="is a JPEG with too many parts|is damaged"):
            function(path)


def test_film_of_many_frames(tmp_path, monkeypatch):
    """A film of tiny frames is decoded for minutes to take a place out of it."""
    frames, path = [Image.effect_noise((9, 9), 30 * n + 9) for n in range(6)], tmp_path / "p.webp"
    frames[0].save(path, save_all=True, append_images=frames[1:], exif=gps())
    assert has_location(path)
    monkeypatch.setattr(image_file, "_MAX_FRAMES", 5)
    with pytest.raises(ValueError, match="contains the location where it was recorded"):
        has_location(path)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "JPEG", "TIFF"])
def test_large_images_are_read(tmp_path, kind):
    """A limit of what a decoder may read refuses images that people have."""
    path = tmp_path / f"p.{kind.lower()}"
    frames = [Image.effect_noise((300, 200), n + 1) for n in range(20)]
    is_film = kind in ("GIF", "WEBP")
    options = {"save_all": True, "append_images": frames[1:]} if is_film else {"exif": gps()}
    frames[0].save(path, kind, **options)
    assert measure_image(path) == (300, 200) and load_image(path, 90).size == (90, 60)
    assert is_animated(path) == is_film and has_location(path) == (kind in ("JPEG", "PNG"))
    path.write_bytes(remove_metadata(path))
    assert is_animated(path) == is_film and not has_location(path)
    with Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == (20 if is_film else 1)


def gps() -> Image.Exif:
    """Return Exif metadata with a place."""
    exif = Image.Exif()
    exif[0x010F], exif.get_ifd(0x8825)[1] = "Maker", "N"
    return exif
