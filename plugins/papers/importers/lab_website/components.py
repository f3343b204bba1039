"""The template's components, which Liquid includes, become Markdown."""

import re
from collections.abc import Callable, Mapping

from ..common import escape_link_target

_INCLUDE = re.compile(
    r"\{%-?\s*include\s+(?P<name>[\w/-]{1,60})\.html\b(?P<arguments>(?:[^%]|%(?!\})){0,4000}?)-?%\}"
)
_CAPTURE = re.compile(
    r"\{%-?\s*capture\s+(?P<variable>[\w-]{1,60})\s*-?%\}(?P<text>.*?)"
    r"\{%-?\s*endcapture\s*-?%\}",
    re.DOTALL,
)
_EITHER = re.compile(f"{_CAPTURE.pattern}|{_INCLUDE.pattern}", re.DOTALL)
_ARGUMENT = re.compile(
    r"""(?P<key>[\w-]{1,40})\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<name>[\w.-]+))"""
)
# Components without words of their own.
_DECORATION = (
    "section search-box search-info site-search icon tags dark-toggle banner-end fallback"
).split()
_LISTS = {"citations": "[PAPERS]", "posts": "[NEWS]"}

Lookup = Callable[[str, str], str]


def convert_components(text: str, marks: bool, lookup: Lookup) -> str:
    """Return a text with its components as Markdown, and without its captured pieces.

    With `marks`, lists of papers and posts become those of our home page. `lookup` gets the
    component and the words by which it looks something up, and returns the replacement.
    """
    captured: dict[str, str] = {}

    def render(match: re.Match) -> str:
        return _render(match, captured, marks, lookup)

    def convert(match: re.Match) -> str:
        if match["variable"] is None:
            return render(match)
        captured[match["variable"]] = _INCLUDE.sub(render, match["text"]).strip()
        return "\n" * match[0].count("\n")

    return _EITHER.sub(convert, text)


def _render(match: re.Match, captured: Mapping[str, str], marks: bool, lookup: Lookup) -> str:
    """Return a component as Markdown; an unknown one stays as it is, and is noted later."""
    name = match["name"].rpartition("/")[2]
    values = {
        argument["key"]: argument["double"] or argument["single"]
        or captured.get(argument["name"] or "", "")
        for argument in _ARGUMENT.finditer(match["arguments"])
    }  # fmt: skip
    if name in _DECORATION:
        return ""
    if name == "list":
        return _LISTS.get(values.get("data", ""), "") if marks else ""
    if name in ("citation", "portrait", "post-excerpt"):
        words = values.get("lookup", "")
        return lookup(name, words) if words else _render_card(values)
    if name == "button":
        label = values.get("text") or values.get("tooltip") or values.get("type", "link")
        address = values.get("link", "")
        is_mail = "@" in address and ":" not in address
        return _link(label, f"mailto:{address}" if is_mail else address)
    if name in ("figure", "float"):
        image = _image(values.get("image", ""), values.get("caption") or values.get("alt", ""))
        return "\n\n".join(filter(None, (image, values.get("content", ""))))
    if name in ("feature", "card", "banner"):
        return _render_card(values)
    if name == "cols":
        return "\n\n".join(values[key] for key in sorted(values) if key.startswith("col"))
    if name in ("alert", "grid", "gallery"):
        return values.get("content", "")
    return match[0]


def _render_card(values: Mapping[str, str]) -> str:
    title = values.get("title") or values.get("name", "")
    link = values.get("link", "")
    parts = [
        f"### {_link(title, link) if link else title}" if title else "",
        _image(values.get("image", ""), title),
        values.get("subtitle") or values.get("headline", ""),
        values.get("text") or values.get("description") or values.get("caption", ""),
        "" if title or not link else _link("link", link),
    ]
    return "\n\n".join(filter(None, parts))


def _link(label: str, address: str) -> str:
    return f"[{label}]({escape_link_target(address)})" if address else label


def _image(address: str, alt: str) -> str:
    return f"![{alt}]({escape_link_target(address)})" if address else ""
