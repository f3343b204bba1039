"""The picture of a paper in another system."""

from ..headers import shorten
from ..keys import ALIASES
from .linked import WEB, file_of
from .matter import Matter, words

_KEYS = ("image", *ALIASES["image"].split(), "image_preview", "header.image")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")


def take(matter: Matter, headers: dict[str, str], beside: str = "") -> None:
    """Take the picture that a key names, else one beside the paper with `beside` in its name."""
    named = [(key, matter.take(key)) for key in _KEYS if key in matter.data]
    file = None
    for key, address in ((key, address) for key, address in named if address):
        if file is None:
            file = file_of(matter, address)
            if file is None or file.suffix.lower() not in _PICTURES:
                where = "on another host" if WEB.match(address) else "not here"
                told = f'"{shorten(address)}" is {where} (put the picture into content/papers/)'
                matter.note("left", told, key)
                file = None
    if file is None and beside:
        files = matter.beside(f"*{beside}*")
        file = next((path for path in files if path.suffix.lower() in _PICTURES), None)
    alt = words(matter.take("image_alt", "image.alt", "image.alt_text"))
    caption = words(matter.take("image_caption", "image.caption"))
    if file and "unsplash" in caption.lower():
        told = f'the picture "{file.name}" is taken for the theme\'s example, and left'
        matter.note("left", told, "image")
        file = None
    if file is None:
        if caption and "unsplash" not in caption.lower():
            matter.note("left", f'"{shorten(caption)}" stands below no picture', "image")
        return
    headers["image"] = matter.source.found.bring(file, "papers")
    headers["image_alt"], headers["image_caption"] = alt, caption
    if not alt:
        headers["image_alt"] = f"Figure of “{headers['title']}”"
        told = "says nothing of what it shows (write a sentence in `Image_alt`)"
        matter.note("guessed", f'the picture "{file.name}" {told}')
