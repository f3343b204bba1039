"""Images that would take more time or memory than the build has."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest
from papers.images import icons, image_file, line_breaking, svg
from papers.images.image_file import has_location, load_image, measure_image, remove_metadata
from papers.images.pixel_budget import PixelBudget
from papers.images.social_card import draw_site_card, draw_title_card
from PIL import Image
from sample import picture, read_image


@pytest.mark.parametrize("sizes", [[30] * 20, [100, 1, 99, 50, 50, 7], [1000, 1, 1000, 60], [0]])
def test_budget(sizes):
    """Threads together hold more pixels than the budget, or one of more than all waits forever."""
    budget, lock, used, most = PixelBudget(100), Lock(), [0], [0]

    def decode(size):
        with budget.reserve(size):
            with lock:
                used[0] += min(size, 100)
                most[0] = max(most[0], used[0])
            Event().wait(0.001)
            with lock:
                used[0] -= min(size, 100)
        return size

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(decode, sizes)) == sizes
    assert most[0] <= 100


def test_budget_after_an_error():
    """The pixels of a damaged image are never free again, and the build waits forever."""
    budget = PixelBudget(10)
    for _ in range(3):
        with pytest.raises(ValueError, match="damaged"), budget.reserve(10):
            raise ValueError("damaged")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_large_images_wait_for_each_other(tmp_path, monkeypatch, kind):
    """Eight threads that each decode an image of 88 megapixels take gigabytes."""
    monkeypatch.setattr(image_file, "_BUDGET", PixelBudget(90 * 60))
    path, lock, used, most = tmp_path / f"x.{kind.lower()}", Lock(), [0], [0]
    path.write_bytes(picture(kind, 90, 60))
    decode = image_file._decode

    def counted(*arguments):
        with lock:
            used[0] += 1
            most[0] = max(most[0], used[0])
        Event().wait(0.005)
        try:
            return decode(*arguments)
        finally:
            with lock:
                used[0] -= 1

    monkeypatch.setattr(image_file, "_decode", counted)
    start = Barrier(4)

    def load(_):
        start.wait()
        return load_image(path, 30).size

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(load, range(4))) == {(30, 20)}
    assert most[0] == 1


def scans(count: int) -> bytes:
    """Return a JPEG whose last scan comes so many times."""
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(out, "JPEG", progressive=True, exif=location())
    data = out.getvalue()
    last = data[data.rindex(b"\xff\xda") : data.rindex(b"\xff\xd9")]
    return data[: data.rindex(b"\xff\xd9")] + last * count + b"\xff\xd9"


def location() -> Image.Exif:
    """Return the metadata of a photo that has its place."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def test_jpeg_of_many_scans(tmp_path):
    """A JPEG of thousands of scans, each of which is decoded as the whole image, takes minutes."""
    path = tmp_path / "x.jpg"
    path.write_bytes(scans(3))
    assert load_image(path, 30).size == (30, 30) and has_location(path)
    path.write_bytes(scans(5000))
    assert measure_image(path) == (64, 64)
    for use in (lambda: load_image(path, 30), lambda: has_location(path)):
        with pytest.raises(ValueError, match="is a JPEG with too many parts"):
            use()


def test_film_with_location(tmp_path, monkeypatch):
    """A film is decoded whole to take its place away, and takes gigabytes."""
    path, frames = (
        tmp_path / "x.webp",
        [Image.new("RGB", (20, 20), (n * 25, 9, 9)) for n in range(9)],
    )
    frames[0].save(path, "WEBP", save_all=True, append_images=frames[1:], exif=location())
    assert has_location(path) and read_image(path).n_frames == 9
    monkeypatch.setattr(image_file, "_MAX_FILM_PIXELS", 3000)
    with pytest.raises(ValueError, match="contains the location where it was recorded"):
        has_location(path)


@pytest.mark.parametrize("function", [load_image, lambda path, _: remove_metadata(path)])
def test_no_memory(tmp_path, monkeypatch, function):
    """An image for which there is no memory ends the build with a traceback."""

    def fail(*_):
        raise MemoryError

    path = tmp_path / "x.tiff"
    path.write_bytes(picture("TIFF", 9, 9))
    monkeypatch.setattr(Image.Image, "copy", fail)
    monkeypatch.setattr(image_file, "_decode", fail)
    with pytest.raises(ValueError, match="has too many pixels"):
        function(path, 9)


@pytest.mark.parametrize("box", ["1 90000", "90000 1", "1 20"])
def test_narrow_icon(tmp_path, box):
    """A favicon of a million pixels' height is put into a square of as many pixels' width."""
    path = tmp_path / "favicon.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}"/>')
    try:
        assert len(dict(icons.draw_icons(path, "Ada"))) == 6
    except ValueError as error:
        assert str(error) == "is too narrow for an icon (make it square)"
    svg.SVG_RENDERER.close()


@pytest.mark.parametrize(
    "text", ["w" * 100_000, "字" * 100_000, "ab " * 33_000, "a\u0301" * 50_000]
)
def test_long_texts(text):
    """A title of 100 KB in one word ends the build with a traceback."""
    for texts in ((text, "T", "A", "S"), ("V", text, "A", "S"), ("V", "T", text, text)):
        assert read_image(draw_title_card(*texts)).size == (1200, 630)
    assert read_image(draw_site_card(text, text, None)).size == (1200, 630)
    assert len(line_breaking.break_lines("i" * 400, 28, 1040)[0]) == 400
