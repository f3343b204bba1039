"""Videos and maps of other hosts: a link that a script replaces by the frame, on a click."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor

from ...model import Embed, find_embed
from ...util import LazyPattern, parse_tags
from ..allowed_hosts import is_allowed_host

_RAW = ("script", "style", "textarea", "template", "svg")
# Comments and the like, which are passed over; a frame, also in a box that gives it a height.
_BOX = r"<div\b[^<>]{0,300}\bpadding(?:-bottom|-top)?: ?[^<>]{0,300}>\s*"
_START = LazyPattern(
    rf"(?P<comment><!--)|<(?P<raw>{'|'.join(_RAW)})\b"
    rf"|(?P<box>{_BOX})?(?P<tag><iframe\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>).{{0,1000}}?</iframe\s*>"
    rf"(?(box)\s*</div\s*>)",
    re.DOTALL | re.IGNORECASE,
)
_ENDS = {name: LazyPattern(f"</{name}", re.IGNORECASE) for name in _RAW} | {
    None: LazyPattern("-->"),
}
# Vimeo's own script, which comes with its frames, and is of no use without them.
_COMPANION = LazyPattern(
    r"""<script\s+src=["'](?:https:)?//player\.vimeo\.com/api/player\.js["'][^<>]*>\s*</script\s*>""",
    re.IGNORECASE,
)
# What hosts write, and old sites become, where the author says nothing.
_NO_TITLE = LazyPattern(
    r"(?:youtube|vimeo|bilibili) ?video ?player|vimeo-player|iframe|video|map|embed|", re.IGNORECASE
)
_EMBED = LazyPattern(r'<a class="embed[^<>"]*"[^<>]*?( href="[^"<>]*")[^<>]*>')


class EmbedExtension(Extension):
    """Make videos and maps of other hosts links, which load them where the site allows it."""

    def __init__(self, allowed_hosts: object):
        super().__init__()
        self.allowed_hosts = allowed_hosts

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run when figures are made, and when harmful attributes have been dropped."""
        md.treeprocessors.register(_EmbeddedImages(md, self.allowed_hosts), "embeds", 2)
        md.postprocessors.register(_EmbeddedFrames(md, self.allowed_hosts), "embeds", 1)


class _EmbeddedImages(Treeprocessor):
    """`![words](address of a video)`, and a picture that links to a video."""

    def __init__(self, md: Markdown, allowed_hosts: object):
        super().__init__(md)
        self.allowed_hosts = allowed_hosts

    def run(self, root: Element) -> None:
        for parent in root.iter():
            if parent.tag == "a":
                self._add_frame(parent)
                continue
            for n, child in enumerate(parent):
                embed = find_embed(child.get("src", "")) if child.tag == "img" else None
                if embed:
                    parent[n] = link = _make_link(embed, self.allowed_hosts, child.get("alt", ""))
                    _set_ratio(link, child.get("width", ""), child.get("height", ""))
                    link.tail = child.tail

    def _add_frame(self, link: Element) -> None:
        """Let a link that has nothing but a picture of our own load its video."""
        is_picture = [child.tag for child in link] == ["img"] and not (link.text or "").strip()
        if not is_picture or (link[0].tail or "").strip():
            return
        embed = find_embed(link.get("href", ""))
        if embed and is_allowed_host(self.allowed_hosts, "frames", embed.frame):
            made = _make_link(embed, self.allowed_hosts, "")
            link.attrib |= made.attrib | {"href": link.get("href")}
            SubElement(link, "small").text = f"{embed.kind} on {embed.service}"


class _EmbeddedFrames(Postprocessor):
    """Frames in the HTML of a text."""

    def __init__(self, md: Markdown, allowed_hosts: object):
        super().__init__(md)
        self.allowed_hosts = allowed_hosts

    def run(self, text: str) -> str:
        if "<iframe" not in text.lower():
            return text
        parts, end, position = [], 0, 0
        endless = set()  # What is never closed is not searched for again: that would take long.
        while match := _START.search(text, position):
            position = match.end()
            if match["tag"]:
                parts += [text[end : match.start()], self._replace(match)]
                end = position
                continue
            name = match["raw"] and match["raw"].lower()
            if name not in endless and (stop := _ENDS[name].search(text, position)):
                position = stop.end()
            else:
                endless.add(name)
        replaced = "".join([*parts, text[end:]])
        return replaced if replaced == text else _COMPANION.sub("", replaced)

    def _replace(self, match: re.Match) -> str:
        tag = next(parse_tags(match["tag"]), None)
        if tag is None:
            return match[0]
        address = tag.attributes.get("src", "").strip()
        embed = find_embed(address) or _embed_of_allowed_host(address, self.allowed_hosts)
        if embed is None:
            return match[0]
        title = " ".join(tag.attributes.get("title", "").split())
        link = _make_link(embed, self.allowed_hosts, title)
        _set_ratio(link, tag.attributes.get("width", ""), tag.attributes.get("height", ""))
        return to_html_string(link)


def _embed_of_allowed_host(address: str, allowed_hosts: object) -> Embed | None:
    """Return a page of any host that the site allows in frames."""
    if not is_allowed_host(allowed_hosts, "frames", address):
        return None
    address = f"https:{address}" if address.startswith("//") else address
    return Embed(address, address, "Page", urlsplit(address).hostname)


def _make_link(embed: Embed, allowed_hosts: object, words: str) -> Element:
    """Return the link that shows a video or map; the page is whole without the frame."""
    link = Element("a", {"class": "embed video" if embed.kind == "Video" else "embed"})
    link.set("href", embed.page)
    if is_allowed_host(allowed_hosts, "frames", embed.frame):
        link.set("data-frame", embed.frame)
    description = f"{embed.kind} on {embed.service}"
    words = "" if _NO_TITLE.fullmatch(words) else words
    label = SubElement(link, "span")
    label.text = words or description
    if words:
        label.tail = " "
        SubElement(link, "small").text = description
    _set_ratio(link, *embed.ratio.split(" / "))
    return link


def _set_ratio(link: Element, width: str, height: str) -> None:
    """Give a link the ratio of a width to a height, where both are numbers."""
    sizes = [size.strip().removesuffix("px") for size in (width, height)]
    if sizes == ["16", "9"]:
        link.attrib.pop("style", None)  # That of the stylesheet.
    elif all(re.fullmatch("[1-9][0-9]{0,3}", size) for size in sizes):
        link.set("style", f"aspect-ratio: {sizes[0]} / {sizes[1]}")
        if int(sizes[0]) < int(sizes[1]):
            link.set("class", f"{link.get('class').removesuffix(' tall')} tall")


def unframe_embeds(html: str) -> str:
    """Return a text whose videos and maps are plain links, for lists of texts."""
    return _EMBED.sub(r"<a\1>", str(html)) if 'class="embed' in html else html
