"""Pictures of a text: figures with captions, rows of pictures, video and audio."""

import re
from collections.abc import Mapping
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ...model import VIDEO_SUFFIXES

_AUDIO_SUFFIXES = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac")
_MEDIA = ("img", "video", "audio")
# Classes of paragraphs of pictures: some that scroll sideways, and some side by side.
_PICTURE_ROWS = ("strip", "compare")


class _Figures(Treeprocessor):
    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            _make_player(image)
        for parent in list(root.iter()):
            for n, child in enumerate(parent):
                is_row = find_row_class(child.attrib)
                made = self._row(child) if is_row else self._figure(child)
                if made is not None:
                    made.tail = child.tail
                    parent[n] = made

    def _figure(self, paragraph: Element) -> Element | None:
        """Return the figure for a paragraph of one image, linked or not, that has a title."""
        image = _find_image(paragraph) if paragraph.tag == "p" else None
        if image is None or "title" not in image.keys():
            return None
        return self._make_figure(paragraph[0], image)

    def _row(self, paragraph: Element) -> Element | None:
        """Return the row for a paragraph of two images or more, and nothing else."""
        items = [item for item in paragraph if item.tag != "br"]
        images = list(map(_find_image, items))
        texts = [paragraph.text, *(item.tail for item in paragraph)]
        if len(items) < 2 or None in images or any((text or "").strip() for text in texts):
            return None
        row = Element("div", paragraph.attrib)
        if find_row_class(row.attrib) == "strip":
            # It scrolls, with the keyboard, too.
            row.attrib = {"role": "group", "aria-label": "Pictures", "tabindex": "0"} | row.attrib
        row.extend(map(self._make_figure, items, images))
        return row

    def _make_figure(self, item: Element, image: Element) -> Element:
        """Return the figure of an image, or of the link around it, with its title as caption."""
        figure, item.tail = Element("figure"), None
        figure.append(item)
        if title := image.attrib.pop("title", ""):
            wrapper = Element("div")
            SubElement(wrapper, "figcaption").text = title
            self.md.treeprocessors["inline"].run(wrapper)
            figure.append(wrapper[0])
        return figure


class _Addresses(Treeprocessor):
    """Encode characters in links to files of the site, of which Pelican would see only a part."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                if (address := element.get(name, ""))[:1] in ("{", "|"):
                    path, rest = re.match("([^?#]*)(.*)", address, re.DOTALL).groups()
                    path = re.sub("[&\"';<>]", lambda char: quote(char[0]), path)
                    element.set(name, path + rest)


def find_row_class(attributes: Mapping[str, str]) -> str | None:
    """Return the class that asks for a row of pictures, if an element has one."""
    classes = attributes.get("class", "").split()
    return next((name for name in _PICTURE_ROWS if name in classes), None)


def _find_image(element: Element) -> Element | None:
    """Return an image, or the only thing in a paragraph or link, if that is an image."""
    while len(element) == 1 and element.tag in ("p", "a") and not (element.text or "").strip():
        element = element[0]
        if (element.tail or "").strip():
            return None
    return element if element.tag in _MEDIA else None


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
