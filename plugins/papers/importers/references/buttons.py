"""Fields of a .bib that a layout shows as buttons: they become the links of the entry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...util import shorten
from ..result import ASSET_SUFFIXES, SourceTree

_WEB = re.compile(r"(?:https?://|www\.)[^\s{}]+", re.IGNORECASE)
# Pairs of fields in which people write any link and its label: `link2_url`, `link2_text`.
_PAIR = re.compile(
    r"(?P<stem>(?:link|button|url|extra|custom)_?\d{1,2})_?(?:url|link|address|href)"
)
_LABEL_ENDS = ("text", "label", "name", "title")


@dataclass(frozen=True, slots=True)
class BibButton:
    """A button of a layout: the field of its address, its words or their field, and a prefix."""

    field: str
    label: str = ""
    label_field: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ButtonLinks:
    """The links of an entry's buttons as (label, address), and the spans of their fields."""

    links: tuple[tuple[str, str], ...]
    spans: tuple[tuple[int, int], ...]


def find_button_links(text: str, start: int, end: int, buttons: Sequence[BibButton]) -> ButtonLinks:
    """Return the links in the fields of an entry, from `start` to `end` of a .bib."""
    links, spans = [], []
    by_field = {button.field: button for button in (*_find_pairs(text, start, end), *buttons)}
    for button in by_field.values():
        if not (field := _find_field(text, start, end, button.field)):
            continue
        value = " ".join((field["braced"] or field["quoted"] or "").replace("\\", "").split())
        address = value if _WEB.fullmatch(value) else f"{button.prefix}{value}"
        is_file = address.lower().endswith(ASSET_SUFFIXES) and not re.search(r"\s", address)
        if not value or not (_WEB.fullmatch(address) or is_file):
            continue
        label = button.label
        if label_field := button.label_field and _find_field(text, start, end, button.label_field):
            label = label_field["braced"] or label_field["quoted"] or label
            spans.append(label_field.span())
        links.append((re.sub(r"[{}|\n\\]", " ", label).strip() or "link", address))
        spans.append(field.span())
    return ButtonLinks(tuple(links), tuple(spans))


def _find_pairs(text: str, start: int, end: int) -> Iterator[BibButton]:
    """Yield buttons for fields that bring their own label."""
    names = re.findall(r"(?m)^[ \t,]*([\w-]+)\s*=", text[start:end])
    folded = {name.lower() for name in names}
    for name in sorted(folded):
        if match := _PAIR.fullmatch(name):
            labels = (f"{match['stem']}{char}{word}" for word in _LABEL_ENDS for char in ("_", ""))
            label_field = next((label for label in labels if label in folded), "")
            yield BibButton(name, "link", label_field)


def _find_field(text: str, start: int, end: int, name: str) -> re.Match | None:
    """Return the match of a field with the blanks around it, as far as they are its own."""
    form = re.compile(
        rf"(?:(?<=\n)[ \t]*|(?<=,)[ \t]*){re.escape(name)}\s*=\s*"
        r"(?:\{(?P<braced>[^{}]*)\}|\"(?P<quoted>[^\"]*)\")\s*(?:,[ \t]*\n?|(?=\}))",
        re.IGNORECASE,
    )
    return form.search(text, start, end)


def render_links_field(
    source: SourceTree, links: Sequence[tuple[str, str]], folders: Sequence[str]
) -> tuple[str, list[str]]:
    """Return a field of links, with their files copied, and messages on missing files."""
    lines, messages = [], []
    for label, address in links:
        target = address
        if not _WEB.fullmatch(address):
            file = source.find_file(address, None, folders)
            if file is None:
                messages.append(
                    f'{label}: "{shorten(address)}" was not found (put the file into '
                    "content/papers/)"
                )
                continue
            target = source.result.add_asset(file, "papers")
        lines.append(f"{label} | {target}")
    joined = "\n           ".join(lines)
    return (f"  links = {{{joined}}}" if lines else ""), messages
