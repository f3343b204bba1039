"""The targets of the links in texts, and those of them that are on other hosts."""

import re
from pathlib import Path

from ...content import Header, find_addresses
from ...util import parse_fragment
from ..setting_places import line_in_setting, read_setting

# The settings that hold pairs of label and address.
LINK_SETTINGS = ("SOCIAL", "MENUITEMS")


def find_link_targets(header: Header) -> list[str]:
    """Return what a text links to or embeds, each target once."""
    targets = dict.fromkeys(
        address
        for element in parse_fragment(header.html).elements
        for address in find_addresses(element)
    )
    return list(filter(None, targets))


def find_external_links(context: dict) -> dict[str, list[tuple[str, int | None, str | None]]]:
    """Return the URLs of other hosts that the site links to, with file, line and key."""
    links: dict[str, list] = {}
    for content in filter(None, context["generated_content"].values()):
        header = content.header
        keys = dict.fromkeys(find_link_targets(header))
        for link in content.paper.links if getattr(content, "paper", None) else ():
            keys.setdefault(link.address, "links")
        for url, key in keys.items():
            if re.match(r"https?://", url, re.IGNORECASE):
                links.setdefault(url, []).append((header.file, _find_line(header, url), key))
    root = Path(context["PATH"]).parent
    for name in LINK_SETTINGS:
        header = read_setting(root, name)
        for _, url in context.get(name) or ():
            if re.match(r"https?://", url, re.IGNORECASE):
                links.setdefault(url, []).append((header.file, line_in_setting(header, url), name))
    return links


def _find_line(header: Header, url: str) -> int | None:
    """Return the line of a URL, or of the identifier or encoded path that it was made from."""
    last_part = url.rstrip("/").rpartition("/")[2]
    return header.line_of(url) or header.line_of(last_part) or header.line
