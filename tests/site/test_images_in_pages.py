"""Images and videos in texts and on pages."""

from sample import picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 9 9">{}</svg>'
)
FIGURE_HEADERS = "Image: images/f.{0}\nImage_alt: Three boxes.\n"


def test_pictures_in_a_text(make):
    """An image in a post is not responsive, has no size, or is missing in the feed."""
    files = {
        "images/wide.png": picture("PNG", 1800, 600),
        "news/small one.jpg": picture("JPEG", 300, 200),
        "images/d.svg": SVG.format(""),
        "extra/x.avif": b"",
        "news/n.md": "Title: T\nDate: 2026\n\n![a]({static}/images/wide.png) "
        "![b]({attach}small%20one.jpg){: .x title='t' }\n\n![c]({static}/images/d.svg) "
        "![d](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n\n"
        "<img src='{static}/images/wide.png' alt='e' width='9'>\n\n"
        "<p><picture><source srcset='/x.avif'><img src='{static}/images/wide.png' alt='f'>"
        "</picture> <img src='{static}/images/d.svg' alt='g &gt; h'></p>\n",
        "news/short.md": "Title: S\nDate: 2026\n\nA plot: ![a]({static}/images/wide.png)\n",
    }
    site = make(files, SITEURL="https://ada.example")
    page = site.page("news/n/")
    images = {image["alt"]: image for image in page.select("article img")}
    assert set(images) == {*"abcdef", "g > h"} and not page.select("picture picture")
    assert (images["a"]["width"], images["a"]["height"]) == ("1800", "600")
    assert (images["b"]["width"], images["b"]["title"]) == ("300", "t")
    assert images["c"]["src"] == "https://ada.example/images/d.svg" and images["c"]["width"] == "9"
    assert images["d"].parent.name == "p" and images["e"]["width"] == "9"
    assert [alt for alt in "abce" if images[alt].get("loading")] == ["b", "c", "e"]
    for alt, widths in (
        ("a", [208, 416, 720, 1216]),
        ("b", [208, 300]),
        ("e", [208, 416, 720, 1216]),
    ):
        source = images[alt].parent.source["srcset"]
        assert [int(part.rpartition(" ")[2][:-1]) for part in source.split(", ")] == widths
        for part in source.split(", "):
            address = part.partition(" ")[0].removeprefix("https://ada.example/")
            assert address in site.files()
    # In a list, all images load lazily.
    list_images = site.page("news/").select("main img")
    assert list_images and all(image["loading"] == "lazy" for image in list_images)
    feed = site.text("feeds/news.atom.xml")
    assert "https://ada.example/images/wide.png" in feed
    assert {"images/wide.png", "news/n/small one.jpg"} <= site.files().keys()


def test_picture_of_an_encoded_name(make):
    """An image is not responsive if its name is percent-encoded in the text."""
    names = {"图.png": "%E5%9B%BE.png", "50%.png": "50%25.png", "a&b.png": "a%26b.png"}
    files = {f"images/{name}": picture("PNG", 900, 600) for name in names}
    links = " ".join(f"![x]({{static}}/images/{encoded})" for encoded in names.values())
    site = make(files | {"news/n.md": f"Title: T\nDate: 2026\n\n{links}\n"})
    images = site.page("news/n/").select("article img")
    assert [image["width"] for image in images] == ["900"] * 3
    assert all("/pictures/" in image["src"] for image in images)


def test_wide_things_can_be_scrolled_with_the_keyboard(make):
    """Code or a table wider than a phone cannot be scrolled with the keyboard."""
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    site = make({"pages/p.md": f"Title: P\n\n{table}\n```\ncode\n```\n"})
    page = site.page("p/")
    assert page.select_one("pre")["tabindex"] == "0"
    assert page.select_one("[role=group][aria-label][tabindex='0'] > table")


def test_video(make):
    """A video is missing, plays or loads by itself, or a link is shown as a video."""
    header = "Title: {}\nAuthors: Ada Lovelace\nDate: 2026\n"
    poster = FIGURE_HEADERS.format("png")
    files = {
        "images/f.png": picture("PNG", 800, 450),
        "papers/t.mp4": "x",
        "papers/u.WebM": "x",
        "papers/poster.md": header.format("Poster") + f"Video: t.mp4\n{poster}\nText.\n",
        "papers/none.md": header.format("None") + "Links: teaser | u.WebM\n\nText.\n",
        "papers/link.md": header.format("Link") + f"Video: https://youtu.be/x\n{poster}\nText.\n",
    }
    site = make(files, SITEURL="https://ada.example")
    video = site.page("papers/poster/").video
    assert video["src"] == "https://ada.example/papers/poster/t.mp4"
    assert (video["preload"], video["width"], video["height"]) == ("none", "800", "450")
    assert "/pictures/f-" in video["poster"] and video["aria-label"] == "Three boxes."
    assert video.has_attr("controls") and not video.has_attr("autoplay")
    assert site.page("papers/none/").video["preload"] == "metadata"
    assert site.page("papers/link/").video is None
    cards_with_videos = [a["href"].split("/")[-2] for a in site.page().select(".card .moving")]
    assert cards_with_videos == ["poster"]
