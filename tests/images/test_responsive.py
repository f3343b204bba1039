"""Pictures: what pages show of any that people have, and what the site gives away of them."""

import io
import json
import os
import subprocess
import sys
import time

import pytest
from conftest import NEWS, PAPER, ROOT
from papers.images import social_card, svg, text_layout
from papers.images.raster import has_location, load_image, measure_image
from papers.images.responsive import (
    CARD_BYTES,
    CARD_WIDTH,
    FIGURE_WIDTH,
    WIDTHS,
    ImageCache,
    render_image,
)
from PIL import Image, ImageCms
from sample import film, picture
from test_theme import TOKENS

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 9 9">{}</svg>'
)
FIGURE_HEADERS = "Image: images/f.{0}\nImage_alt: Three boxes.\n"


def located(kind: str, mode: str = "RGB", **options) -> bytes:
    """Return a picture that tells that it was taken at 48 degrees north, by whom, and lies down."""
    if kind == "TIFF":
        xmp = b"<x:xmpmeta><exif:GPSLatitude>48</exif:GPSLatitude></x:xmpmeta>"
        return picture(kind, 300, 200, tiffinfo={0x010F: "SECRETMAKER", 0x0112: 6, 700: xmp})
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 30.0)
    return picture(kind, 300, 200, mode, exif=exif, **options)


@pytest.fixture
def cache(tmp_path):
    """A cache in a folder that is not there yet."""
    return ImageCache(tmp_path / "cache" / "deep")


def save(path, data):
    path.write_bytes(data)
    return path


def read(file) -> Image.Image:
    """Return a picture that was read whole, of a path or bytes; its file is closed."""
    with Image.open(io.BytesIO(file if isinstance(file, bytes) else file.read_bytes())) as image:
        image.load()
        return image


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "1"), ("PNG", "P"),
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("AVIF", "RGB"),
        ("TIFF", "CMYK"), ("TIFF", "RGB"), ("BMP", "RGB"), ("GIF", "P"),
    ],
)  # fmt: skip
def test_every_kind(tmp_path, cache, kind, mode):
    """A common kind of picture is refused, or comes out in other colours."""
    image = Image.new("RGBA", (900, 600), "#0b5394").convert(mode, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, kind)
    shown = render_image(
        save(tmp_path / f"a.{kind.lower()}", out.getvalue()), "images/a", FIGURE_WIDTH, cache
    )
    assert (shown.width, shown.height) == (900, 600)
    assert [width for _, width in shown.sources] == [208, 416, 720, 900]
    for address, width in [*shown.sources, (shown.src, 720)]:
        made = read(cache.path(address))
        assert made.size == (width, round(width * 2 / 3))
        wanted = (
            (11, 83, 148) if mode not in ("L", "LA", "1") else made.convert("RGB").getpixel((9, 9))
        )
        got = made.convert("RGB").getpixel((width // 2, 20))
        assert all(abs(a - b) < 14 for a, b in zip(got, wanted, strict=True)), (address, got)


def test_sixteen_bits(tmp_path):
    """A grey picture of 16 bits becomes all white."""
    path = tmp_path / "p.png"
    Image.new("I;16", (30, 20), 257 * 90).save(path)
    assert load_image(path, 100).getpixel((5, 5)) == (90, 90, 90)


def test_wide_colours(tmp_path):
    """A photo in a camera's own colours comes out pale, or a broken profile ends the build."""
    # A profile that swaps nothing, and one that is none.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (profile, profile[:200], b"no profile"):
        path = tmp_path / "p.jpg"
        Image.new("RGB", (30, 20), "#0b5394").save(path, icc_profile=data, quality=95)
        assert load_image(path, 100).getpixel((5, 5))[2] in range(140, 156)
        assert not load_image(path, 100).info.get("exif")


def test_transparency(tmp_path, cache):
    """A clear ground becomes black, or one that is not clear is kept as if it were."""
    path = save(tmp_path / "p.png", picture("PNG", 400, 300, "RGBA"))
    shown = render_image(path, "p.png", FIGURE_WIDTH, cache)
    assert shown.src.endswith(".png")
    for address in shown.files:
        assert read(cache.path(address)).convert("RGBA").getpixel((2, 2))[3] == 0
    Image.new("RGBA", (40, 30), "red").save(path)
    assert render_image(path, "p.png", FIGURE_WIDTH, cache).src.endswith(".jpg")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned(tmp_path, orientation):
    """A photo is shown lying, upside down or mirrored."""
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


def test_moving(tmp_path, cache):
    """A GIF moves where nothing is to move, or nobody can tell that it would."""
    for data, moving in ((film(64, 48), True), (picture("GIF", 64, 48), False)):
        shown = render_image(save(tmp_path / "p.gif", data), "images/p.gif", FIGURE_WIDTH, cache)
        assert shown.animated is moving and shown.original == "images/p.gif"
        for address in shown.files:
            assert getattr(read(cache.path(address)), "n_frames", 1) == 1


def test_small_and_odd_sizes(tmp_path, cache):
    """A picture is blown up, or one of a single row breaks the arithmetic."""
    for size in ((1, 1), (3, 4000), (4000, 3), (208, 100), (209, 100)):
        out = io.BytesIO()
        Image.new("RGB", size).save(out, "PNG")
        shown = render_image(save(tmp_path / "p.png", out.getvalue()), "p.png", FIGURE_WIDTH, cache)
        widths = [width for _, width in shown.sources]
        assert widths == sorted(set(widths)) and widths[-1] == min(size[0], FIGURE_WIDTH)
        assert all(read(cache.path(address)).width == width for address, width in shown.sources)


def test_card_budget(tmp_path, cache):
    """A photo full of detail makes a card heavy."""
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB").resize((400, 300))
    noise.resize((1600, 1200)).save(tmp_path / "p.png")
    shown = render_image(tmp_path / "p.png", "p.png", FIGURE_WIDTH, cache)
    sizes = {width: cache.path(address).stat().st_size for address, width in shown.sources}
    assert all(sizes[width] <= CARD_BYTES for width in WIDTHS if width <= CARD_WIDTH), sizes


def test_made_once(tmp_path, cache):
    """A picture is made again in every build, or not when its source has changed."""
    path = save(tmp_path / "p.png", picture("PNG", 800, 600))
    first = render_image(path, "p.png", FIGURE_WIDTH, cache)
    times = {address: cache.path(address).stat().st_mtime_ns for address in first.files}
    time.sleep(0.02)
    os.utime(path)
    assert render_image(path, "p.png", FIGURE_WIDTH, cache) == first
    assert times == {address: cache.path(address).stat().st_mtime_ns for address in first.files}
    save(path, picture("PNG", 800, 601))
    assert not render_image(path, "p.png", FIGURE_WIDTH, cache).files & first.files
    # One that got lost is made again, and nothing is left lying about.
    cache.path(first.src).unlink()
    save(path, picture("PNG", 800, 600))
    assert (
        render_image(path, "p.png", FIGURE_WIDTH, cache) == first
        and cache.path(first.src).is_file()
    )
    assert {len(file.suffix) for file in cache.folder.rglob("*.*")} <= {4, 5}


def test_bomb_that_no_page_shows(make):
    """A picture made to fill the memory ends the build with a traceback."""
    out = io.BytesIO()
    Image.new("1", (14_000, 14_000)).save(out, "PNG")
    site = make({"images/bomb.png": out.getvalue()}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/bomb.png: has too many pixels" in site.printed


def test_damaged_behind_its_head(make):
    """A picture whose end is missing ends the build with a traceback, or is shown in half."""
    whole = picture("PNG", 900, 600)
    paper = PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format("png") + "\n", 1)
    site = make({"images/f.png": whole[:1500], "papers/a.md": paper}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/f.png: is damaged (save it again)" in site.printed


def test_many_megapixels(tmp_path, cache):
    """A photo of 48 megapixels takes all memory, or a damaged one ends with a traceback."""
    Image.new("RGB", (8000, 6000), "#0b5394").save(tmp_path / "p.jpg")
    shown = render_image(tmp_path / "p.jpg", "p.jpg", FIGURE_WIDTH, cache)
    assert (shown.width, shown.height, shown.sources[-1][1]) == (8000, 6000, FIGURE_WIDTH)
    whole = picture("PNG", 900, 600)
    save(tmp_path / "q.png", whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="^is damaged"):
        render_image(tmp_path / "q.png", "q.png", FIGURE_WIDTH, cache)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_no_location(make, kind):
    """Where a photo was taken, and with what, is published with it."""
    data = located(kind)
    assert b"SECRETMAKER" in data
    end = kind.lower().replace("jpeg", "jpg")
    text = f"Title: T\nDate: 2026\n\n![x]({{attach}}p.{end}) ![y]({{static}}/images/f.{end})\n"
    site = make(
        {
            f"images/f.{end}": data,
            f"images/portrait.{end}": data,
            f"news/p.{end}": data,
            "news/n.md": text,
            "papers/a.md": PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format(end) + "\n", 1),
        }
    )
    files = site.files()
    assert {f"images/f.{end}", f"news/n/p.{end}", f"images/portrait.{end}"} <= files.keys()
    for path, got in files.items():
        assert b"SECRETMAKER" not in got, path
        if path.endswith((end, ".webp", ".jpg", ".png")):
            assert not read(got).getexif().get_ifd(0x8825)
    # What is published in the file's own place is as upright as before.
    published = read(files[f"images/f.{end}"])
    turned = published.getexif().get(0x0112) == 6
    assert published.size == ((300, 200) if turned else (200, 300))
    assert site.page().select_one(".portrait img")["width"] == "200"


def test_without_location_is_left_alone(tmp_path):
    """A picture without a place is coded anew, and loses quality for nothing."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        assert not has_location(save(tmp_path / "p", picture(kind, 30, 20)))
    assert not has_location(save(tmp_path / "p", b"no picture"))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>alert(1)</script>", "holds <script>"),
        ('<g onload="alert(1)"/>', "holds a script"),
        ('<a href="java&#10;script:alert(1)"><text>x</text></a>', "holds a script"),
        ('<a xlink:href="JavaScript:alert(1)"/>', "holds a script"),
        ('<animate attributeName="href" values="x;javascript:alert(1)"/>', "holds a script"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "holds a script"),
        ("<foreignObject><iframe xmlns='x'/></foreignObject>", "<iframe>"),
        ('<image href="https://evil.example/x.png"/>', "shows another file"),
        ('<image xlink:href="/etc/passwd"/>', "shows another file"),
        ('<use href="other.svg#a"/>', "shows another file"),
        ('<a href="data:text/html,x"/>', "holds a script"),
        ('<image href="data:image/svg+xml,x"/>', "holds a script"),
        ("<style>@import url(https://evil.example/x.css);</style>", "of another host"),
        ('<rect style="fill:url( \'//evil.example/x\')"/>', "of another host"),
    ],
)  # fmt: skip
def test_active_drawings(make, inside, told):
    """A drawing runs a script or asks another host when somebody opens it by itself."""
    site = make({"images/x.svg": SVG.format(inside)}, check=False)
    assert site.code == 1 and "content/images/x.svg: " in site.printed and told in site.printed
    assert "Traceback" not in site.printed and not site.output.exists()


def test_stylesheet_of_a_drawing(make):
    """A drawing is turned into a page with scripts by a stylesheet."""
    head = '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>'
    site = make({"images/x.svg": head + SVG.format("")}, check=False)
    assert site.code == 1 and "has a stylesheet outside itself" in site.printed


def test_harmless_drawings(make):
    """What drawing programs write is refused."""
    inside = (
        "<!-- made by a program --><style>.a{fill:url(#g)}</style><defs><path id='p' d='M0 0'/>"
        "</defs><use xlink:href='#p' class='a'/><a href='https://example.org'><text>on click</text>"
        "</a><image href='data:image/png;base64,iVBORw0KGgo='/><metadata>x</metadata>"
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"
    )
    head = '<?xml version="1.0"?><?xpacket begin="x"?><!DOCTYPE svg [<!ENTITY a "b">]>'
    text = head + SVG.format(inside)
    site = make({"images/x.svg": text, "images/portrait.svg": text})
    assert site.files()["images/x.svg"] == text.encode()


def test_deep_drawing(tmp_path):
    """A drawing of ten thousand groups within one another ends the build with a traceback."""
    path = tmp_path / "x.svg"
    path.write_text(SVG.format("<g>" * 10_000 + "</g>" * 10_000))
    for use in (svg.refuse_active_svg, svg.measure_svg, lambda path: svg.draw_svg(path, 64)):
        with pytest.raises(ValueError, match="is nested more than"):
            use(path)
    path.write_text(SVG.format("<g>" * 120 + "</g>" * 120))
    assert svg.draw_svg(path, 64).size == (64, 64)
    path.write_text(SVG.replace("9 9", "1 900000").format(""))
    assert svg.draw_svg(path, 1216).height < 5_000_000


def test_pictures_in_a_text(make):
    """A picture in a post is heavy, of unknown size, or no longer there in the feed."""
    files = {
        "images/wide.png": picture("PNG", 1800, 600),
        "news/small one.jpg": picture("JPEG", 300, 200),
        "images/d.svg": SVG.format(""),
        "news/n.md": "Title: T\nDate: 2026\n\n![a]({static}/images/wide.png) "
        "![b]({attach}small%20one.jpg){: .x title='t' }\n\n![c]({static}/images/d.svg) "
        "![d](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n\n"
        "<img src='{static}/images/wide.png' alt='e' width='9'>\n\n"
        "<p><picture><source srcset='x.avif'><img src='{static}/images/wide.png' alt='f'>"
        "</picture> <img src='{static}/images/d.svg' alt='g &gt; h'></p>\n",
    }
    site = make(files, SITEURL="https://ada.example")
    page = site.page("news/n/")
    shown = {image["alt"]: image for image in page.select("article img")}
    assert set(shown) == {*"abcdef", "g > h"} and not page.select("picture picture")
    assert (shown["a"]["width"], shown["a"]["height"]) == ("1800", "600")
    assert (shown["b"]["width"], shown["b"]["title"]) == ("300", "t")
    assert shown["c"]["src"] == "https://ada.example/images/d.svg" and shown["c"]["width"] == "9"
    assert shown["d"].parent.name == "p" and shown["e"]["width"] == "9"
    assert [alt for alt in "abce" if shown[alt].get("loading")] == ["b", "c", "e"]
    for alt, widths in (
        ("a", [208, 416, 720, 1216]),
        ("b", [208, 300]),
        ("e", [208, 416, 720, 1216]),
    ):
        source = shown[alt].parent.source["srcset"]
        assert [int(part.rpartition(" ")[2][:-1]) for part in source.split(", ")] == widths
        for part in source.split(", "):
            address = part.partition(" ")[0].removeprefix("https://ada.example/")
            assert address in site.files()
    # In a list nothing is fetched before it is to be seen.
    listed = site.page("news/").select("main img")
    assert listed and all(image["loading"] == "lazy" for image in listed)
    feed = site.text("feeds/news.atom.xml")
    assert "https://ada.example/images/wide.png" in feed
    assert {"images/wide.png", "news/n/small one.jpg"} <= site.files().keys()


def test_picture_of_an_encoded_name(make):
    """A picture whose name is written as editors encode it stays whole: heavy, and of no size."""
    names = {"图.png": "%E5%9B%BE.png", "50%.png": "50%25.png", "a&b.png": "a%26b.png"}
    files = {f"images/{name}": picture("PNG", 900, 600) for name in names}
    links = " ".join(f"![x]({{static}}/images/{written})" for written in names.values())
    site = make(files | {"news/n.md": f"Title: T\nDate: 2026\n\n{links}\n"})
    shown = site.page("news/n/").select("article img")
    assert [image["width"] for image in shown] == ["900"] * 3
    assert all("/pictures/" in image["src"] for image in shown)


def test_wide_things_can_be_scrolled_with_the_keyboard(make):
    """Code or a table wider than a phone is out of reach of the keyboard."""
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    site = make({"pages/p.md": f"Title: P\n\n{table}\n```\ncode\n```\n"})
    page = site.page("p/")
    assert page.select_one("pre")["tabindex"] == "0"
    assert page.select_one("[role=group][aria-label][tabindex='0'] > table")


def test_video(make):
    """A teaser is not shown, plays or loads unasked, or a link is taken for one."""
    head = "Title: {}\nAuthors: Ada Lovelace\nDate: 2026\n"
    poster = FIGURE_HEADERS.format("png")
    files = {
        "images/f.png": picture("PNG", 800, 450),
        "papers/t.mp4": "x",
        "papers/u.WebM": "x",
        "papers/poster.md": head.format("Poster") + f"Video: t.mp4\n{poster}\nText.\n",
        "papers/none.md": head.format("None") + "Links: teaser | u.WebM\n\nText.\n",
        "papers/link.md": head.format("Link") + f"Video: https://youtu.be/x\n{poster}\nText.\n",
    }
    site = make(files, SITEURL="https://ada.example")
    video = site.page("papers/poster/").video
    assert video["src"] == "https://ada.example/papers/poster/t.mp4"
    assert (video["preload"], video["width"], video["height"]) == ("none", "800", "450")
    assert "/pictures/f-" in video["poster"] and video["aria-label"] == "Three boxes."
    assert video.has_attr("controls") and not video.has_attr("autoplay")
    assert site.page("papers/none/").video["preload"] == "metadata"
    assert site.page("papers/link/").video is None
    moving = [a["href"].split("/")[-2] for a in site.page().select(".card .moving")]
    assert moving == ["poster"]


def test_sharing_cards(make):
    """A page shared elsewhere has no picture, or one of another size, or that of another page."""
    files = {
        "images/f.png": picture("PNG", 800, 450),
        "papers/a.md": PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format("png") + "\n", 1),
        "papers/b.md": "Title: 大模型 -- “x” & <b>\nAuthors: 李雷; Ada Lovelace\nDate: 2026\n",
        "papers/c.md": "Title: مرحبا\nAuthors: Ada Lovelace\nDate: 2026\n",
        "news/n.md": NEWS,
    }
    site = make(files, SITEURL="https://ada.example/x")
    found = {}
    for path in ("", "papers/a/", "papers/b/", "papers/c/", "news/n/", "publications/"):
        tags = {
            tag["property"]: tag["content"] for tag in site.page(path).select("meta[property^=og]")
        }
        assert tags["og:url"] == f"https://ada.example/x/{path}"
        assert tags["og:title"] and tags["og:site_name"] == "Ada Lovelace"
        file = site.output / tags["og:image"].removeprefix("https://ada.example/x/")
        with Image.open(file) as image:
            assert image.size == social_card.SIZE and image.format in ("JPEG", "PNG")
            image.load()
        assert file.stat().st_size < 300_000
        found[path] = tags["og:image"]
    # Letters that no font of ours has are not shown as boxes.
    assert found["papers/c/"] == found[""] == found["news/n/"]
    assert len(set(found.values())) == 3
    assert not make(files, conf="pelicanconf.py").page().select("meta[property='og:image']")


def test_typesetting():
    """A title runs out of its card, or a letter of it is lost or shown as a box."""
    texts = "Ünïcödé Żółć ε-Кириллица Nguyễn 大模型強化학습カタカナ “x” – — …".split()
    assert text_layout.remove_missing_glyphs(*texts) == tuple(texts)
    assert text_layout.remove_missing_glyphs("A 🎉 b ❤️ c") == ("A b c",)
    assert (
        text_layout.remove_missing_glyphs("שלום") is None
        and text_layout.remove_missing_glyphs("नमस्ते") is None
    )
    for title in ("Word " * 80, "字" * 200, "W" * 300, ""):
        card = read(social_card.draw_title_card("ICLR", title, "Ada, " * 60, "Ada " * 40))
        margin = card.convert("L").crop(
            (social_card.WIDTH - 40, 0, social_card.WIDTH, social_card.HEIGHT)
        )
        if title[:1] != "W" or " " in title:
            assert margin.getextrema()[0] > 200, title[:9]
    assert text_layout.break_lines("ab。中文，字", 32, 70) == ["ab。", "中", "文，", "字"]


def test_all_lengths_of_titles_fit():
    """A title of some length needs more rows than a card has, and ends the build."""
    for count in range(60):
        card = read(social_card.draw_title_card("ICLR", "Wording " * count, "Ada, " * 60, "Ada"))
        assert card.size == social_card.SIZE, count
        foot = card.convert("L").crop((0, social_card.HEIGHT - 15, *social_card.SIZE))
        assert foot.getextrema()[0] > 200, count


def test_colours_of_cards_are_tokens():
    """Sharing cards and icons keep the colours that the stylesheet once had."""
    names = {"bg": "BACKGROUND", "text": "TEXT", "muted": "MUTED"}
    for token, name in (names | {"accent": "ACCENT", "plate": "PLATE"}).items():
        assert TOKENS[token][0] == getattr(social_card, name)


def test_icons(make):
    """A tab, a home screen or an installed page shows no icon, or one's own is overwritten."""
    drawing = SVG.format('<rect width="9" height="9" fill="red"/>')
    own = {"extra/favicon.svg": drawing, "extra/apple-touch-icon.png": b"mine"}
    site = make(own, SITEURL="https://ada.example/x")
    head = {link["rel"][0]: link["href"] for link in site.page().select("head link[rel]")}
    assert head["manifest"] == "https://ada.example/x/site.webmanifest"
    assert head["apple-touch-icon"] == "https://ada.example/x/apple-touch-icon.png"
    assert site.files()["apple-touch-icon.png"] == b"mine"
    manifest = json.loads(site.text("site.webmanifest"))
    assert manifest["name"] == "Ada Lovelace" and manifest["start_url"] == "./"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with Image.open(site.output / icon["src"]) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"
            middle = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
            assert middle == (255, 0, 0)
    with Image.open(site.output / "favicon.ico") as image:
        assert {(16, 16), (32, 32), (48, 48)} <= image.info["sizes"]


def test_drafts_keep_their_pictures(make):
    """What only a draft shows is published in another size."""
    files = {
        "pages/secret.png": picture("PNG", 900, 600),
        "pages/d.md": "Title: D\nStatus: draft\n\n![x]({attach}secret.png)\n",
        "papers/d.md": PAPER.replace("\n\n", "\nStatus: draft\n\n", 1),
    }
    assert not [path for path in make(files).files() if "secret" in path or "d-card" in path]


def test_same_bytes_without_a_cache(tmp_path):
    """Pictures differ with the order in which two cores finish them, or from build to build."""
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
    found = []
    for name, seed in (("a", "1"), ("b", "2")):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, tmp_path / name]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        files = sorted((tmp_path / name).rglob("*.*"))
        found.append({file.name: file.read_bytes() for file in files})
    assert found[0] == found[1] and len(found[0]) > 20
