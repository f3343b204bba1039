"""What Markdown does not have: figures with captions, video and audio; HTML as plain text."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.treeprocessors import Treeprocessor

from ..model import VIDEO_SUFFIXES

_AUDIO = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac")
_SHOWN = ("img", "video", "audio")


class _Figures(Treeprocessor):
    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            _play(image)
        for parent in list(root.iter()):
            for n, child in enumerate(parent):
                if (figure := self._figure(child)) is not None:
                    figure.tail = child.tail
                    parent[n] = figure

    def _figure(self, paragraph: Element) -> Element | None:
        """Return a figure for a paragraph of one picture, or one that is a link, with a title."""
        inner = paragraph
        while len(inner) == 1 and inner.tag in ("p", "a") and not (inner.text or "").strip():
            inner = inner[0]
            if (inner.tail or "").strip():
                return None
        if paragraph.tag != "p" or inner.tag not in _SHOWN or "title" not in inner.keys():
            return None
        figure, words = Element("figure"), Element("div")
        SubElement(words, "figcaption").text = inner.attrib.pop("title")
        self.md.treeprocessors["inline"].run(words)
        paragraph[0].tail = None
        figure.extend((paragraph[0], words[0]))
        return figure


def _play(image: Element) -> None:
    """Make a player of a picture that is a video or a sound."""
    address = image.get("src", "").lower().partition("#")[0]
    kind = (
        "video"
        if address.endswith(VIDEO_SUFFIXES)
        else "audio"
        if address.endswith(_AUDIO)
        else None
    )
    if kind:
        image.tag = kind
        image.set("aria-label", image.attrib.pop("alt", ""))
        image.attrib |= {"controls": "controls", "preload": "metadata"}


class _Fences(FencedBlockPreprocessor):
    """Blocks of code that may number and mark their lines, and tell Pygments nothing else."""

    def handle_attrs(self, attrs) -> tuple[str, list[str], dict]:
        name, classes, options = super().handle_attrs(attrs)
        if not re.fullmatch(r"\d{1,6}", str(options.get("linenostart", ""))):
            options.pop("linenostart", None)
        known = ("hl_lines", "linenums", "linenostart")
        return name, classes, {key: options[key] for key in known if key in options}


class MediaExtension(Extension):
    """Markdown's extension that makes `![words](file "caption")` alone in its lines a figure.

    A video or sound in the place of a picture gets a player.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Work on the tree when attributes have been given, and text is not yet unescaped."""
        if "fenced_code_block" in md.preprocessors:
            config = md.preprocessors["fenced_code_block"].config
            md.preprocessors.register(_Fences(md, config), "fenced_code_block", 25)
        md.treeprocessors.register(_Figures(md), "figures", 5)


# What a text may say of its elements where its HTML is not trusted.
_HARMLESS = set(
    "href src alt title id class lang dir width height start colspan rowspan controls preload "
    "aria-label type checked disabled".split()
)


class _Attributes(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name in element.keys() if name not in _HARMLESS]:
                if name != "style" or not re.fullmatch("text-align: [a-z]+;", element.get(name)):
                    del element.attrib[name]


class EscapeHtmlExtension(Extension):
    """Markdown's extension that shows HTML as the text that it is.

    Attributes that could do harm, which Markdown Extra takes from `{: … }`, are left out.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take away all that passes HTML on."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Attributes(md), "harmless", 4)
