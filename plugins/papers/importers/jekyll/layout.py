"""The owner's own layout of papers: which buttons it shows, and where it looks for pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...content import KEY_NAMES, link_label
from ...model import SCHEMES
from ..common import plain_text
from ..references import BibButton
from ..result import SourceTree

_LAYOUT_FILES = [
    f"{folder}/{name}.{end}"
    for folder in ("_layouts", "_includes", "_includes/*")
    for name in ("bib*", "pub*", "paper*", "citation*", "*scholar*", "*bib_*")
    for end in ("html", "liquid", "md")
]
_ANCHOR = re.compile(
    r"<a\b(?P<attributes>(?:\{\{[^{}]{0,500}\}\}|\{%[^%]{0,500}%\}|[^<>{}]){0,2000})>(?P<words>.{0,1000}?)</a>",
    re.DOTALL | re.IGNORECASE,
)
_HREF = re.compile(
    r"""\bhref\s*=\s*(?:"(?P<double>[^"]*(?:\{\{[^{}]*\}\}[^"]*)*)"|'(?P<single>[^']*)')""", re.I
)
_VARIABLE = re.compile(r"\{\{-?\s*(?P<text>[^{}]*?)\s*-?\}\}")
_FIELD = re.compile(r"\bentry\.(?P<name>[\w-]+)")
_ADDED = re.compile(r"\b(?:prepend|append)\s*:\s*[\"'](?P<text>[^\"']*)[\"']")
_LITERAL_FIRST = re.compile(r"\s*[\"'](?P<text>[^\"']*)[\"']\s*\|")
# A folder in a text of the layout: '/assets/img/publications/'.
_FOLDER = re.compile(r"(?<![\w./-])/?(?P<path>(?:[\w-]+/){1,6})(?=[\"'{])")
_NUMBERED = re.compile(r"(?P<stem>[a-z]+?)(?P<number>\d{1,2})_?(?P<part>url|link|address|href)")


@dataclass(frozen=True, slots=True)
class BibLayout:
    """The buttons of papers that a site's layout shows, and the folders that it names."""

    buttons: tuple[BibButton, ...] = ()
    folders: tuple[str, ...] = ()


def read_bib_layout(source: SourceTree) -> BibLayout:
    """Read the buttons and folders in the owner's own layout of papers."""
    texts = [source.read_text(path) for path in source.list_files(*_LAYOUT_FILES)]
    texts = [text for text in texts if "entry." in text]
    buttons = {button.field: button for text in texts for button in _find_buttons(text)}
    folders = dict.fromkeys(match["path"] for text in texts for match in _FOLDER.finditer(text))
    existing = [name for name in folders if (source.root / name).is_dir()]
    return BibLayout((*buttons.values(), *_number_on(buttons)), tuple(existing))


def _find_buttons(text: str) -> Iterator[BibButton]:
    """Yield the links whose addresses are fields that we would not read."""
    for anchor in _ANCHOR.finditer(text):
        href = _HREF.search(anchor["attributes"])
        target = (href["double"] or href["single"] or "") if href else ""
        variable = _VARIABLE.search(target)
        field = _FIELD.search(variable["text"]) if variable else None
        if not field or _is_read(field["name"].lower()):
            continue
        prefix = target[: variable.start()]
        if literal := _LITERAL_FIRST.match(variable["text"]):
            prefix += literal["text"]
        for added in _ADDED.finditer(variable["text"]):
            prefix += added["text"] if added[0].startswith("prepend") else ""
        words = anchor["words"]
        label_variable = _VARIABLE.search(words)
        label_field = _FIELD.search(label_variable["text"]) if label_variable else None
        label = plain_text(_VARIABLE.sub(" ", re.sub(r"\{%[^%]*%\}", " ", words)))
        name = field["name"].lower()
        prefix = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", prefix)
        label_name = label_field["name"].lower() if label_field else ""
        words = name.replace("_", " ").removesuffix(" id").removesuffix(" url")
        yield BibButton(name, label or words, label_name, prefix)


def _number_on(buttons: dict[str, BibButton]) -> Iterator[BibButton]:
    """Yield the buttons of `link2_url` and so on, where the layout shows `link1_url`."""
    for button in buttons.values():
        match = _NUMBERED.fullmatch(button.field)
        if not match:
            continue
        for number in map(str, range(1, 10)):
            field = button.field.replace(match["number"], number)
            if field not in buttons:
                label_field = button.label_field.replace(match["number"], number)
                yield BibButton(field, button.label, label_field, button.prefix)


def _is_read(name: str) -> bool:
    return name in KEY_NAMES or name in SCHEMES or bool(link_label(name)) or name == "bibtex_show"
