"""The social card of a page."""

from conftest import NEWS, PAPER
from papers.images import social_card
from PIL import Image
from sample import picture

FIGURE_HEADERS = "Image: images/f.{0}\nImage_alt: Three boxes.\n"


def test_sharing_cards(make):
    """A page has no social card, a card of the wrong size, or another page's card."""
    files = {
        "images/f.png": picture("PNG", 800, 450),
        "papers/a.md": PAPER.replace("\n\n", "\n" + FIGURE_HEADERS.format("png") + "\n", 1),
        "papers/b.md": "Title: 大模型 -- “x” & <b>\nAuthors: 李雷; Ada Lovelace\nDate: 2026\n",
        "papers/c.md": "Title: مرحبا\nAuthors: Ada Lovelace\nDate: 2026\n",
        "news/n.md": NEWS,
    }
    site = make(files, SITEURL="https://ada.example/x")
    cards = {}
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
        cards[path] = tags["og:image"]
    # In a script that no font supports, a title would be a row of boxes.
    assert cards["papers/c/"] == cards[""] == cards["news/n/"]
    assert len(set(cards.values())) == 3
    assert not make(files, conf="pelicanconf.py").page().select("meta[property='og:image']")
