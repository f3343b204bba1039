"""Videos and maps of other hosts in old texts: shortcodes, includes, and frames."""

import re

from ...model import find_embed
from ...util import find_tags

_SHORTCODE = re.compile(
    r"\{\{[<%]-?\s*(?P<service>youtube|vimeo|bilibili|video)\b(?P<rest>[^{}<>]{1,500}?)[-/]?[>%]\}\}"
)
_INCLUDE = re.compile(
    r"\{%-?\s*include\s+[\w./-]{0,60}?(?P<service>youtube|vimeo|bilibili|video)[\w.-]{0,20}"
    r"(?P<rest>\s[^%]{1,500})%\}",
    re.IGNORECASE,
)
_FRAME = re.compile(r"<iframe\b[^<>]{1,2000}>[^<>]{0,500}</iframe\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b([\w-]{1,30})\s?=\s?(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"']+))""")
_PAGES = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}",
    "bilibili": "https://www.bilibili.com/video/{}/",
}  # fmt: skip


def replace_videos(text: str) -> str:
    """Return a text whose videos and maps are Markdown: `![title](address)`.

    Those of hosts that are not known stay, and so does the number of lines.
    """
    if "{{" in text or "{%" in text:
        for pattern in (_SHORTCODE, _INCLUDE):
            text = pattern.sub(_replace_tag, text)
    return _FRAME.sub(_replace_frame, text) if "<iframe" in text.lower() else text


def _replace_tag(match: re.Match) -> str:
    attributes = {
        name.lower(): double or single or bare
        for name, double, single, bare in _ATTRIBUTE.findall(match["rest"])
    }
    first = _ATTRIBUTE.sub(" ", match["rest"]).split()
    names = ("id", "bvid", "url", "src", "path", "video_id")
    value = next(filter(None, map(attributes.get, names)), "") or next(iter(first), "")
    value = value.strip("\"'")
    if value.startswith(("https://", "http://", "//")):
        return _format_video(value, attributes, match)
    service = match["service"].lower()
    service = attributes.get("provider", "youtube").lower() if service == "video" else service
    return _format_video(_PAGES.get(service, "{}").format(value), attributes, match)


def _replace_frame(match: re.Match) -> str:
    attributes = find_tags(match[0])[0].attributes
    address = attributes.get("src") or attributes.get("data-src", "")
    return _format_video(address, attributes, match)


def _format_video(address: str, attributes: dict[str, str], match: re.Match) -> str:
    embed = find_embed(address)
    if embed is None:
        return match[0]
    titles = (attributes.get(name) for name in ("title", "alt", "caption"))
    title = re.sub(r"[][\n]", "", next(filter(None, titles), ""))
    page = embed.page if find_embed(embed.page) else embed.frame
    return f"![{title or embed.kind}]({page})" + "\n" * match[0].count("\n")
