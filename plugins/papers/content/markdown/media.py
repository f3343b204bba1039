"""Pictures of a text: figures with captions, video and audio."""

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ...model import VIDEO_SUFFIXES

_AUDIO_SUFFIXES = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac")
_MEDIA = ("img", "video", "audio")


class _Figures(Treeprocessor):
    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            _make_player(image)
        for parent in list(root.iter()):
            for n, child in enumerate(parent):
                if (figure := self._figure(child)) is not None:
                    figure.tail = child.tail
                    parent[n] = figure

    def _figure(self, paragraph: Element) -> Element | None:
        """Return the figure for a paragraph of one image, linked or not, that has a title."""
        inner = paragraph
        while len(inner) == 1 and inner.tag in ("p", "a") and not (inner.text or "").strip():
            inner = inner[0]
            if (inner.tail or "").strip():
                return None
        if paragraph.tag != "p" or inner.tag not in _MEDIA or "title" not in inner.keys():
            return None
        figure, wrapper = Element("figure"), Element("div")
        SubElement(wrapper, "figcaption").text = inner.attrib.pop("title")
        self.md.treeprocessors["inline"].run(wrapper)
        paragraph[0].tail = None
        figure.extend((paragraph[0], wrapper[0]))
        return figure


class _Addresses(Treeprocessor):
    """Encode signs in links to files of the site, of which Pelican would see but a part."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                if (address := element.get(name, ""))[:1] in ("{", "|"):
                    path, rest = re.match("([^?#]*)(.*)", address, re.DOTALL).groups()
                    path = re.sub("[&\"';<>]", lambda sign: quote(sign[0]), path)
                    element.set(name, path + rest)


def _make_player(image: Element) -> None:
    """Turn an image whose file is a video or a sound into a player."""
    address = image.get("src", "").lower().partition("#")[0]
    if address.endswith((*VIDEO_SUFFIXES, *_AUDIO_SUFFIXES)):
        image.tag = "video" if address.endswith(VIDEO_SUFFIXES) else "audio"
        image.set("aria-label", image.attrib.pop("alt", ""))
        image.attrib |= {"controls": "controls", "preload": "metadata"}


class MediaExtension(Extension):
    """Make `![text](file "caption")` in a paragraph of its own a figure; a video gets a player."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run after attributes have been set, and before text is unescaped."""
        md.treeprocessors.register(_Figures(md), "figures", 5)
        md.treeprocessors.register(_Addresses(md), "addresses", 3)
