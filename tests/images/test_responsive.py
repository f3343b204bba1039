"""Responsive images: their formats, widths and weight, and that they are made once."""

import io
import os
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from papers.images.responsive import (
    CARD_BYTES,
    CARD_WIDTH,
    FIGURE_WIDTH,
    WIDTHS,
    ImageCache,
    render_image,
)
from PIL import Image
from sample import film, picture, read_image


@pytest.fixture
def cache(tmp_path):
    """A cache whose folder does not exist yet."""
    return ImageCache(tmp_path / "cache" / "deep")


def save(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "1"), ("PNG", "P"),
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("AVIF", "RGB"),
        ("TIFF", "CMYK"), ("TIFF", "RGB"), ("BMP", "RGB"), ("GIF", "P"),
    ],
)  # fmt: skip
def test_every_kind(tmp_path, cache, kind, mode):
    """A common kind of image is refused, or its colours change."""
    image = Image.new("RGBA", (900, 600), "#0b5394").convert(mode, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, kind)
    shown = render_image(
        save(tmp_path / f"a.{kind.lower()}", out.getvalue()), "images/a", FIGURE_WIDTH, cache
    )
    assert (shown.width, shown.height) == (900, 600)
    assert [width for _, width in shown.sources] == [208, 416, 720, 900]
    for address, width in [*shown.sources, (shown.src, 720)]:
        made = read_image(cache.path(address))
        assert made.size == (width, round(width * 2 / 3))
        wanted = (
            (11, 83, 148) if mode not in ("L", "LA", "1") else made.convert("RGB").getpixel((9, 9))
        )
        got = made.convert("RGB").getpixel((width // 2, 20))
        assert all(abs(a - b) < 14 for a, b in zip(got, wanted, strict=True)), (address, got)


def test_transparency(tmp_path, cache):
    """A transparent background turns black, or an opaque image becomes a PNG."""
    path = save(tmp_path / "p.png", picture("PNG", 400, 300, "RGBA"))
    shown = render_image(path, "p.png", FIGURE_WIDTH, cache)
    assert shown.src.endswith(".png")
    for address in shown.files:
        assert read_image(cache.path(address)).convert("RGBA").getpixel((2, 2))[3] == 0
    Image.new("RGBA", (40, 30), "red").save(path)
    assert render_image(path, "p.png", FIGURE_WIDTH, cache).src.endswith(".jpg")


def test_moving(tmp_path, cache):
    """A GIF is animated on a card, or nothing shows that the original is animated."""
    for data, moving in ((film(64, 48), True), (picture("GIF", 64, 48), False)):
        shown = render_image(save(tmp_path / "p.gif", data), "images/p.gif", FIGURE_WIDTH, cache)
        assert shown.animated is moving and shown.original == "images/p.gif"
        for address in shown.files:
            assert getattr(read_image(cache.path(address)), "n_frames", 1) == 1


def test_small_and_odd_sizes(tmp_path, cache):
    """An image is enlarged, or an image of one row ends the build with a traceback."""
    for size in ((1, 1), (3, 4000), (4000, 3), (208, 100), (209, 100)):
        out = io.BytesIO()
        Image.new("RGB", size).save(out, "PNG")
        shown = render_image(save(tmp_path / "p.png", out.getvalue()), "p.png", FIGURE_WIDTH, cache)
        widths = [width for _, width in shown.sources]
        assert widths == sorted(set(widths)) and widths[-1] == min(size[0], FIGURE_WIDTH)
        assert all(
            read_image(cache.path(address)).width == width for address, width in shown.sources
        )


def test_card_budget(tmp_path, cache):
    """A photo full of detail makes a card heavy."""
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB").resize((400, 300))
    noise.resize((1600, 1200)).save(tmp_path / "p.png")
    shown = render_image(tmp_path / "p.png", "p.png", FIGURE_WIDTH, cache)
    sizes = {width: cache.path(address).stat().st_size for address, width in shown.sources}
    assert all(sizes[width] <= CARD_BYTES for width in WIDTHS if width <= CARD_WIDTH), sizes


def test_made_once(tmp_path, cache):
    """An image is rendered again in every build, or not after its source has changed."""
    path = save(tmp_path / "p.png", picture("PNG", 800, 600))
    first = render_image(path, "p.png", FIGURE_WIDTH, cache)
    times = {address: cache.path(address).stat().st_mtime_ns for address in first.files}
    time.sleep(0.02)
    os.utime(path)
    assert render_image(path, "p.png", FIGURE_WIDTH, cache) == first
    assert times == {address: cache.path(address).stat().st_mtime_ns for address in first.files}
    save(path, picture("PNG", 800, 601))
    assert not render_image(path, "p.png", FIGURE_WIDTH, cache).files & first.files
    # A file that was deleted is made again, and no temporary file remains.
    cache.path(first.src).unlink()
    save(path, picture("PNG", 800, 600))
    assert (
        render_image(path, "p.png", FIGURE_WIDTH, cache) == first
        and cache.path(first.src).is_file()
    )
    assert {len(file.suffix) for file in cache.folder.rglob("*.*")} <= {4, 5}


def test_many_megapixels(tmp_path, cache):
    """A photo of 48 megapixels exhausts the memory, or a damaged one ends with a traceback."""
    Image.new("RGB", (8000, 6000), "#0b5394").save(tmp_path / "p.jpg")
    shown = render_image(tmp_path / "p.jpg", "p.jpg", FIGURE_WIDTH, cache)
    assert (shown.width, shown.height, shown.sources[-1][1]) == (8000, 6000, FIGURE_WIDTH)
    whole = picture("PNG", 900, 600)
    save(tmp_path / "q.png", whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="^is damaged"):
        render_image(tmp_path / "q.png", "q.png", FIGURE_WIDTH, cache)


def test_same_bytes_without_a_cache(tmp_path):
    """The bytes of images differ from build to build."""
    code = (
        "import sys; sys.path.insert(0, 'plugins')\n"
        "from pathlib import Path\n"
        "from papers.images.responsive import *\n"
        "from papers.images.social_card import draw_title_card\n"
        "cache = ImageCache(Path(sys.argv[1]))\n"
        "for file in sorted(Path('content/images').glob('*.png')):\n"
        "    render_image(file, file.name, FIGURE_WIDTH, cache)\n"
        "cache.ensure('a.jpg', lambda: draw_title_card('ICLR', '大模型 x', 'Ada', 'Ada'))\n"
    )
    outputs = []
    for name, seed in (("a", "1"), ("b", "2")):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, tmp_path / name]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        files = sorted((tmp_path / name).rglob("*.*"))
        outputs.append({file.name: file.read_bytes() for file in files})
    assert outputs[0] == outputs[1] and len(outputs[0]) > 20
