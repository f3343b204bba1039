"""The images and icons of a site: what is published, and what is refused."""

import io
import json

import pytest
from conftest import PAPER
from PIL import Image
from sample import picture, read_image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 9 9">{}</svg>'
)
FIGURE_HEADERS = "Image: images/f.{0}\nImage_alt: Three boxes.\n"


def located(kind: str, mode: str = "RGB", **options) -> bytes:
    """Return an image, rotated, whose metadata has a location at 48 degrees north and a camera."""
    if kind == "TIFF":
        xmp = b"<x:xmpmeta><exif:GPSLatitude>48</exif:GPSLatitude></x:xmpmeta>"
        return picture(kind, 300, 200, tiffinfo={0x010F: "SECRETMAKER", 0x0112: 6, 700: xmp})
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 30.0)
    return picture(kind, 300, 200, mode, exif=exif, **options)


def test_bomb_that_no_page_shows(make):
    """An image that was made to exhaust the memory ends the build with a traceback."""
    out = io.BytesIO()
    Image.new("1", (14_000, 14_000)).save(out, "PNG")
    site = make({"images/bomb.png": out.getvalue()}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/bomb.png: has too many pixels" in site.printed


def test_damaged_behind_its_head(make):
    """A truncated image ends the build with a traceback, or half of it is published."""
    whole = picture("PNG", 900, 600)
    paper = PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format("png") + "\n", 1)
    site = make({"images/f.png": whole[:1500], "papers/a.md": paper}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/f.png: is damaged (save it again)" in site.printed


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_no_location(make, kind):
    """The place where a photo was taken, or the camera, is published with it."""
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
            assert not read_image(got).getexif().get_ifd(0x8825)
    # The file that is published instead of the original has its orientation.
    published = read_image(files[f"images/f.{end}"])
    turned = published.getexif().get(0x0112) == 6
    assert published.size == ((300, 200) if turned else (200, 300))
    assert site.page().select_one(".portrait img")["width"] == "200"


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
    """An SVG runs a script or loads a file of another host when it is opened by itself."""
    site = make({"images/x.svg": SVG.format(inside)}, check=False)
    assert site.code == 1 and "content/images/x.svg: " in site.printed and told in site.printed
    assert "Traceback" not in site.printed and not site.output.exists()


def test_stylesheet_of_a_drawing(make):
    """A stylesheet turns an SVG into a page with scripts."""
    head = '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>'
    site = make({"images/x.svg": head + SVG.format("")}, check=False)
    assert site.code == 1 and "has a stylesheet outside itself" in site.printed


def test_harmless_drawings(make):
    """An SVG as drawing programs write them is refused."""
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


def test_icons(make):
    """A tab or a home screen shows no icon, or an icon of the site's own is overwritten."""
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
    """An image that only a draft shows is published in another size."""
    files = {
        "pages/secret.png": picture("PNG", 900, 600),
        "pages/d.md": "Title: D\nStatus: draft\n\n![x]({attach}secret.png)\n",
        "papers/d.md": PAPER.replace("\n\n", "\nStatus: draft\n\n", 1),
    }
    assert not [path for path in make(files).files() if "secret" in path or "d-card" in path]
