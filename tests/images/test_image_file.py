"""Raster images: size, orientation, colours and metadata of the formats that people have."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.images.image_file import has_location, load_image, measure_image
from PIL import Image, ImageCms
from sample import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


def save(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "avif"])
def test_formats(tmp_path, suffix):
    """A common format is refused, or width and height are swapped."""
    path = tmp_path / f"p.{suffix}"
    Image.new("RGB", (30, 20), "red").save(path)
    assert measure_image(path) == (30, 20)


def test_turned_photo(tmp_path):
    """A photo that a phone stored on its side is shown squeezed."""
    path = tmp_path / "p.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(path, exif=exif)
    assert measure_image(path) == (20, 30)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("p.png", b"", "is not an image"),
        ("p.jpg", b"<html>", "is not an image"),
        ("p.ppm", b"P6 3 2 255 " + bytes(18), "is not an image"),
        ("p.svg", b"no xml", "is not an SVG file"),
        ("p.svg", b"", "is not an SVG file"),
        ("p.svg", SVG.format("").encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 x 1"').encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 -3 1"').encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 nan inf"').encode(), "has no size"),
    ],
)
def test_broken(tmp_path, name, data, message):
    """A file that is not an image ends the build with a traceback."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=message):
        measure_image(tmp_path / name)


def test_bomb(tmp_path):
    """A small file with millions of pixels exhausts the memory."""
    path = tmp_path / "p.png"
    Image.new("1", (12000, 12000)).save(path)
    with pytest.raises(ValueError, match="too many pixels"):
        measure_image(path)


@given(data=st.data(), kind=st.sampled_from(["png", "jpg", "gif", "webp", "avif", "svg"]))
def test_damaged(tmp_path_factory, data, kind):
    """A damaged image ends the build with a traceback."""
    path = tmp_path_factory.mktemp("damaged") / f"p.{kind}"
    if kind == "svg":
        path.write_text(SVG.format('viewBox="0 0 30 20"'))
    else:
        Image.new("RGB", (30, 20), "red").save(path)
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        width, height = measure_image(path)
    except ValueError as error:
        assert str(error).startswith(("is no", "has "))
    else:
        assert width > 0 and height > 0


def test_sixteen_bits(tmp_path):
    """A grey picture of 16 bits becomes all white."""
    path = tmp_path / "p.png"
    Image.new("I;16", (30, 20), 257 * 90).save(path)
    assert load_image(path, 100).getpixel((5, 5)) == (90, 90, 90)


def test_wide_colours(tmp_path):
    """A photo with a camera's colour profile turns pale, or a broken profile ends the build."""
    # A profile that swaps nothing, and one that is none.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (profile, profile[:200], b"no profile"):
        path = tmp_path / "p.jpg"
        Image.new("RGB", (30, 20), "#0b5394").save(path, icc_profile=data, quality=95)
        assert load_image(path, 100).getpixel((5, 5))[2] in range(140, 156)
        assert not load_image(path, 100).info.get("exif")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned(tmp_path, orientation):
    """A photo is shown on its side, upside down or mirrored."""
    upright = Image.new("RGB", (40, 20), "white")
    upright.paste("red", (0, 0, 10, 10))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    stored.save(tmp_path / "p.png", exif=exif)
    assert measure_image(tmp_path / "p.png") == (40, 20)
    shown = load_image(tmp_path / "p.png", 100)
    assert shown.size == (40, 20) and shown.getpixel((3, 3)) == (255, 0, 0)


def test_without_location_is_left_alone(tmp_path):
    """An image without a location is encoded again, and loses quality."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        assert not has_location(save(tmp_path / "p", picture(kind, 30, 20)))
    assert not has_location(save(tmp_path / "p", b"no picture"))


def tiff(code: str, values: list[float], photometric: int = 1, samples: int = 1) -> bytes:
    """Return a TIFF of one row; `code` is that of the module struct for a sample."""
    kind = {"H": 1, "B": 1, "I": 1, "h": 2, "i": 2}.get(code, 3)
    bits, width = 8 * struct.calcsize(code), len(values) // samples
    data = struct.pack(f"<{len(values)}{code}", *values)
    many = struct.pack(f"<{samples}H", *[bits] * samples).ljust(4, b"\0")
    kinds = struct.pack(f"<{samples}H", *[kind] * samples).ljust(4, b"\0")
    end = 8 + 2 + 12 * 10 + 4
    if samples > 2:  # They do not fit into the entry.
        data_start, extra = end + len(many) + len(kinds), many + kinds
        many, kinds = (struct.pack("<I", n) for n in (end, end + len(many)))
    else:
        data_start, extra = end, b""
    entries = [
        (256, 3, 1, width), (257, 3, 1, 1), (258, 3, samples, many), (259, 3, 1, 1),
        (262, 3, 1, photometric), (273, 4, 1, data_start), (277, 3, 1, samples), (278, 3, 1, 1),
        (279, 4, 1, len(data)), (339, 3, samples, kinds),
    ]  # fmt: skip
    rows = b"".join(
        struct.pack("<HHI", tag, type_, count)
        + (value if isinstance(value, bytes) else struct.pack("<I", value))
        for tag, type_, count, value in entries
    )
    return b"II*\0" + struct.pack("<IH", 8, 10) + rows + bytes(4) + extra + data


RAMP = [n / 15 for n in range(16)]
TIFFS = {
    "probabilities": tiff("f", RAMP),
    "small ones": tiff("f", [v / 50 for v in RAMP]),
    "heights": tiff("f", [8000 * v - 3000 for v in RAMP]),
    "floats of 8 bits": tiff("f", [255 * v for v in RAMP]),
    "gaps": tiff("f", [*RAMP[:3], math.nan, math.inf, -math.inf, *RAMP[6:]]),
    "16 bits": tiff("H", [int(65535 * v) for v in RAMP]),
    "12 of 16 bits": tiff("H", [int(4095 * v) for v in RAMP]),
    "10 of 16 bits": tiff("H", [int(1023 * v) for v in RAMP]),
    "16 bits with a sign": tiff("h", [int(65535 * v) - 32768 for v in RAMP]),
    "32 bits with a sign": tiff("i", [int(4e9 * v) - 2_000_000_000 for v in RAMP]),
    "32 bits": tiff("I", [int(2e9 * v) for v in RAMP]),
    "white is zero": tiff("H", [int(65535 * (1 - v)) for v in RAMP], photometric=0),
    "16 bits in colour": tiff("H", [int(65535 * v) for v in RAMP for _ in "RGB"], 2, 3),
    "inks": tiff("B", [int(255 * v) for p in RAMP for v in (0, 0, 0, 1 - p)], 5, 4),
}


@pytest.mark.parametrize("data", TIFFS.values(), ids=TIFFS.keys())
def test_tiff_values(tmp_path, data):
    """A measurement, or a photo of a microscope, is black, or as good as."""
    path = save(tmp_path / "p.tif", data)
    assert measure_image(path) == (16, 1)
    greys = load_image(path, 100).convert("L")
    for n in (0, 1, 2, 7, 12, 15):
        assert abs(greys.getpixel((n, 0)) - 255 * RAMP[n]) < 2


@pytest.mark.parametrize("mode", ["1", "P", "LA", "CMYK", "YCbCr", "RGBA", "I", "F"])
def test_modes_of_tiff(tmp_path, mode):
    """A TIFF of another mode than RGB is black."""
    grey = Image.new("L", (16, 1))
    grey.putdata([int(255 * v) for v in RAMP])
    via = grey.convert("RGB") if mode in ("CMYK", "YCbCr") else grey
    via.convert(mode).save(tmp_path / "p.tif")
    image = load_image(tmp_path / "p.tif", 100).convert("L")
    assert [image.getpixel((n, 0)) > 127 for n in (0, 15)] == [False, True]


@pytest.mark.parametrize("values", [[0.5] * 16, [math.nan] * 16, [0.0] * 16, [7.0] * 16])
def test_tiff_of_one_value(tmp_path, values):
    """A TIFF of one value ends the build with a traceback."""
    assert load_image(save(tmp_path / "p.tif", tiff("f", values)), 100).size == (16, 1)


@pytest.mark.parametrize(
    "data", [tiff("d", RAMP), tiff("e", RAMP), tiff("I", [4_000_000_000] * 16)]
)
def test_tiff_that_is_not_read(tmp_path, data):
    """A TIFF of a kind that is not read is shown as noise, or nothing says what to do."""
    path = save(tmp_path / "p.tif", data)
    with pytest.raises(ValueError, match=r"TIFF .*\(save it "):
        measure_image(path)
        load_image(path, 100)
