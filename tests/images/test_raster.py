"""Sizes of pictures in the formats that people have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.images.raster import measure_image
from PIL import Image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "avif"])
def test_formats(tmp_path, suffix):
    """A common format is refused, or width and height are swapped."""
    path = tmp_path / f"p.{suffix}"
    Image.new("RGB", (30, 20), "red").save(path)
    assert measure_image(path) == (30, 20)


def test_turned_photo(tmp_path):
    """A photo that a phone stored lying is shown squeezed."""
    path = tmp_path / "p.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(path, exif=exif)
    assert measure_image(path) == (20, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30px" height="20"', (30, 20)),
        ('viewBox="0 0 30.2 20.4"', (30, 20)),
        ('viewBox="0,0,30,20"', (30, 20)),
        ('width="100%" height="100%" viewBox="0 0 30 20"', (30, 20)),
        ('width="60" height="10cm" viewBox="0 0 30 20"', (30, 20)),
    ],
)
def test_svg(tmp_path, attributes, size):
    """A drawing without pixels of its own collapses or is refused."""
    path = tmp_path / "p.svg"
    path.write_text(SVG.format(attributes))
    assert measure_image(path) == size


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("p.png", b"", "is no picture"),
        ("p.jpg", b"<html>", "is no picture"),
        ("p.ppm", b"P6 3 2 255 " + bytes(18), "is no picture"),
        ("p.svg", b"no xml", "is no SVG file"),
        ("p.svg", b"", "is no SVG file"),
        ("p.svg", SVG.format("").encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 x 1"').encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 -3 1"').encode(), "has no size"),
        ("p.svg", SVG.format('viewBox="0 0 nan inf"').encode(), "has no size"),
    ],
)
def test_broken(tmp_path, name, data, told):
    """A broken picture ends the build with a traceback."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=told):
        measure_image(tmp_path / name)


def test_bomb(tmp_path):
    """A small file of a billion pixels fills the memory."""
    path = tmp_path / "p.png"
    Image.new("1", (12000, 12000)).save(path)
    with pytest.raises(ValueError, match="too many pixels"):
        measure_image(path)


@given(data=st.data(), kind=st.sampled_from(["png", "jpg", "gif", "webp", "avif", "svg"]))
def test_damaged(tmp_path_factory, data, kind):
    """A picture damaged anywhere ends the build with a traceback."""
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
