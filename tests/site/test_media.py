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
    """Return a rotated image whose metadata names a camera and a location at 48 degrees north."""
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
    """An image that would exhaust the memory ends the build with a traceback."""
    out = io.BytesIO()
    Image.new("1", (14_000, 14_000)).save(out, "PNG")
    site = make({"images/bomb.png": out.getvalue()}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/bomb.png: has too many pixels" in site.printed


def test_damaged_after_the_header(make):
    """A truncated image ends the build with a traceback, or is published."""
    data = picture("PNG", 900, 600)
    paper = PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format("png") + "\n", 1)
    site = make({"images/f.png": data[:1500], "papers/a.md": paper}, check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/images/f.png: is damaged (save it again)" in site.printed


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_no_location(make, kind):
    """A photo is published with the location or the camera in its metadata."""
    data = located(kind)
    assert b"SECRETMAKER" in data
    suffix = kind.lower().replace("jpeg", "jpg")
    text = (
        f"Title: T\nDate: 2026\n\n![x]({{attach}}p.{suffix}) ![y]({{static}}/images/f.{suffix})\n"
    )
    site = make(
        {
            f"images/f.{suffix}": data,
            f"images/portrait.{suffix}": data,
            f"news/p.{suffix}": data,
            "news/n.md": text,
            "papers/a.md": PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format(suffix) + "\n", 1),
        }
    )
    files = site.files()
    assert {f"images/f.{suffix}", f"news/n/p.{suffix}", f"images/portrait.{suffix}"} <= files.keys()
    for path, published_data in files.items():
        assert b"SECRETMAKER" not in published_data, path
        if path.endswith((suffix, ".webp", ".jpg", ".png")):
            assert not read_image(published_data).getexif().get_ifd(0x8825)
    # Without its metadata, the image is still shown upright.
    published = read_image(files[f"images/f.{suffix}"])
    rotated_by_exif = published.getexif().get(0x0112) == 6
    assert published.size == ((300, 200) if rotated_by_exif else (200, 300))
    assert site.page().select_one(".portrait img")["width"] == "200"


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ("<script>alert(1)</script>", "contains <script>"),
        ('<g onload="alert(1)"/>', "contains a script"),
        ('<a href="java&#10;script:alert(1)"><text>x</text></a>', "contains a script"),
        ('<a xlink:href="JavaScript:alert(1)"/>', "contains a script"),
        ('<animate attributeName="href" values="x;javascript:alert(1)"/>', "contains a script"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "contains a script"),
        ("<foreignObject><iframe xmlns='x'/></foreignObject>", "<iframe>"),
        ('<image href="https://evil.example/x.png"/>', "loads another file"),
        ('<image xlink:href="/etc/passwd"/>', "loads another file"),
        ('<use href="other.svg#a"/>', "loads another file"),
        ('<a href="data:text/html,x"/>', "contains a script"),
        ('<image href="data:image/svg+xml,x"/>', "contains a script"),
        ("<style>@import url(https://evil.example/x.css);</style>", "another host"),
        ('<rect style="fill:url( \'//evil.example/x\')"/>', "another host"),
    ],
)  # fmt: skip
def test_active_drawings(make, elements, message):
    """An SVG that is opened directly runs a script, or loads a file from another host."""
    site = make({"images/x.svg": SVG.format(elements)}, check=False)
    assert site.code == 1 and "content/images/x.svg: " in site.printed and message in site.printed
    assert "Traceback" not in site.printed and not site.output.exists()


def test_stylesheet_of_a_drawing(make):
    """An XSLT stylesheet turns an SVG into a page with scripts."""
    prolog = '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,x"?>'
    site = make({"images/x.svg": prolog + SVG.format("")}, check=False)
    assert site.code == 1 and "uses an external stylesheet" in site.printed


def test_harmless_drawings(make):
    """An SVG as drawing programs write it is refused."""
    elements = (
        "<!-- made by a program --><style>.a{fill:url(#g)}</style><defs><path id='p' d='M0 0'/>"
        "</defs><use xlink:href='#p' class='a'/><a href='https://example.org'><text>on click</text>"
        "</a><image href='data:image/png;base64,iVBORw0KGgo='/><metadata>x</metadata>"
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"
    )
    prolog = '<?xml version="1.0"?><?xpacket begin="x"?><!DOCTYPE svg [<!ENTITY a "b">]>'
    text = prolog + SVG.format(elements)
    site = make({"images/x.svg": text, "images/portrait.svg": text})
    assert site.files()["images/x.svg"] == text.encode()


def test_icons(make):
    """A browser tab or home screen shows no icon, or the site's own icon is overwritten."""
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
