"""Raster images: size, orientation, colours and metadata of the formats that people have."""

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
    """A file that is no image ends the build with a traceback."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=told):
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
