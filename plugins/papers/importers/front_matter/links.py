"""What a paper of another system leads to: identifiers, links, files."""

import re
from collections.abc import Iterator

from ...content import KEY_NAMES, LINK_KEYS, NESTED_ID, link_label
from ...model import SCHEMES, find_doi
from ...util import check_scheme, is_path, shorten
from ..common import find_asset, join_values, plain_text
from ..result import ASSET_SUFFIXES
from .parser import FrontMatter

_LISTS = ("links", "buttons", "url_custom", "header.actions")
_LABELS = ("label", "name", "text", "title", "type", "icon")
_ADDRESSES = ("url", "href", "link", "address", "file")
WEB_URL = re.compile(r"https?://[^\s/?#]|mailto:\S+@", re.IGNORECASE)
_ADDRESS_KEY = re.compile(r"(?P<label>[a-z][a-z0-9_]{1,30}?)_?(?:url|link|page)")
_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){0,5}\.[a-z]{2,6}/\S*", re.IGNORECASE)
_BROKEN = re.compile(r"^(https?)(?::/?|//)(?![/:])(?=[\w.-]+\.)", re.IGNORECASE)
# Labels of what is the paper itself, whose addresses tell its identifiers.
_PAPER = frozenset(
    "paper pdf doi arxiv preprint link url html hal openreview acl pubmed pmid publication article "
    "journal publisher dblp fulltext source thesis".split()
) | {"semantic scholar", "full text", "acl anthology", "published version"}  # fmt: skip
_KINDS = {
    "slides": r"slides?|presentation|deck", "poster": r"poster", "video": r"video|recording",
    "preprint": r"pre-?prints?", "code": r"code|github|repo(?:sitory)?", "paper": r"papers?",
}  # fmt: skip


def label_of(label: str) -> str:
    """Return the label of a link, as the same links are called here."""
    label = re.sub(r"[|｜\n]", " ", plain_text(label)).strip(" :.,[]")
    plain = label.lower()
    if plain == "custom link" or WEB_URL.match(plain):  # The theme's own words, or none.
        return "link"
    if known := LINK_KEYS.get(plain.replace(" ", "_")):
        return known
    if len(plain.split()) > 5 or not plain.isascii():
        return label
    if re.search(r"\b(?:access|download|available|read|view|get|link to)\b", plain):
        plain = re.sub(r"\b(?:pdf|article|publication|online)\b", "paper", plain)
    elif len(plain.split()) > 2:
        return label
    for kind, form in _KINDS.items():
        if re.search(rf"\b(?:{form})\b", plain):
            return kind
    return plain if plain in _PAPER else label


def is_paper_link(label: str) -> bool:
    """Tell whether a link leads to the paper, or to what papers have beside them."""
    label = label_of(label).lower()
    return label in _PAPER or label in _KINDS or label in LINK_KEYS.values()


def read_paper_links(
    matter: FrontMatter, headers: dict[str, str], more: Iterator[tuple[str, str]] = ()
) -> None:
    """Take identifiers and links of a paper; `more` are labels and addresses in its text."""
    links: dict[str, str] = {}
    pairs = [*_identifiers(matter, headers), *_pairs(matter), *(("", *pair) for pair in more)]
    for key, label, address in pairs:
        label = label_of(label) or "link"
        target = _target(matter, key, address)
        if target and not (
            WEB_URL.match(target) and _identified(matter, headers, label, key, target)
        ):
            links.setdefault(target, label)
    headers["links"] = "\n".join(f"{label} | {address}" for address, label in links.items())


def _identifiers(matter: FrontMatter, headers: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Take the keys that hold identifiers; yield the addresses in them that are none."""
    for key in list(matter.data):
        nested = NESTED_ID.fullmatch(key)
        name = KEY_NAMES.get(nested["key"] if nested else key, key).removesuffix("_id")
        name = name.replace("semantic_scholar", "semanticscholar")
        if name not in SCHEMES:
            continue
        value = matter.take(key).replace("\\", "")
        identifier = SCHEMES[name].parse(value)
        if identifier:
            headers.setdefault(name, identifier)
        elif WEB_URL.match(value):
            matter.note("guessed", f'"{shorten(value)}" is no {name} id, and became a link', key)
            yield key, name if name != "doi" else "paper", value
        elif value:
            matter.note("left", f'"{shorten(value)}" is no {name} id, and is left out', key)


def _pairs(matter: FrontMatter) -> Iterator[tuple[str, str, str]]:
    """Take the keys that hold links; yield key, label and address."""
    for key in list(matter.data):
        label = link_label(key) if key not in KEY_NAMES and key not in _LISTS else None
        found = _ADDRESS_KEY.fullmatch(key)
        if key in _LISTS:
            value = matter.data.pop(key)
            items = value if isinstance(value, list) else [value]
            for item in items:
                yield from ((key, *pair) for pair in _item(matter, key, item))
        elif label or key == "url" or (found and WEB_URL.match(join_values(matter.data[key]))):
            name = label or (found["label"].replace("_", " ") if found else "link")
            for item in matter.items(key):
                yield key, name, join_values(item)


def _item(matter: FrontMatter, key: str, item: object) -> Iterator[tuple[str, str]]:
    if isinstance(item, dict):
        label = next((join_values(item[name]) for name in _LABELS if item.get(name)), "")
        address = next((join_values(item[name]) for name in _ADDRESSES if item.get(name)), "")
        provider, known = join_values(item.get("provider", "")).lower(), {*_LABELS, *_ADDRESSES}
        if provider in SCHEMES and (
            found := SCHEMES[provider].parse(join_values(item.get("id", "")))
        ):
            address = address or SCHEMES[provider].url(found)
        if address:
            yield label, address
        elif not known & item.keys():
            yield from ((name, join_values(value)) for name, value in item.items() if value)
        elif label and not item.keys() & set(_ADDRESSES):
            matter.note("left", f'the link "{shorten(label)}" leads nowhere', key)
    elif isinstance(item, list) and len(item) == 2:
        yield join_values(item[0]), join_values(item[1])
    elif isinstance(item, str) and item:
        label, _, address = item.rpartition("|")
        yield label.strip() or "link", address.strip()


def _target(matter: FrontMatter, key: str, address: str) -> str | None:
    """Return an address as a header holds it, files brought along; None, noted, for no address."""
    address = re.sub(r"\\(?=[_*#&~])", "", address.strip().strip("<>\"'"))
    if not address or address == "#":
        return None

    def left(message: str) -> None:
        matter.note("left", f'"{shorten(address)}" {message}', key or None)

    if told := check_scheme(address):
        matter.note("left", told.replace("write https://…", "it is left out"), key or None)
        return None
    if fixed := _BROKEN.sub(r"\1://", address) if _BROKEN.match(address) else "":
        matter.note("guessed", f'"{shorten(address)}" is read as {shorten(fixed)}', key or None)
        address = fixed
    if address.startswith("//"):
        address = f"https:{address}"
    if file := find_asset(matter.source, matter.path, address):
        return matter.source.result.add_asset(file, "papers")
    if WEB_URL.match(address):
        return re.sub(r'[\s"<>{}|]', lambda sign: f"%{ord(sign[0]):02X}", address)
    if not is_path(address):
        return left("is no web address (write https://…)")
    if address.lower().endswith(ASSET_SUFFIXES):
        return left("is not here (put the file into content/papers/, and name it in its paper)")
    if _BARE.fullmatch(address):
        matter.note("guessed", f'"{shorten(address)}" is read as https://…', key or None)
        return f"https://{address}"
    return left("was a page of the old site, and is left out")


def _identified(
    matter: FrontMatter, headers: dict[str, str], label: str, key: str, address: str
) -> bool:
    """Take the identifier that an address stands for; tell whether it needs no link besides."""
    if label.lower() not in _PAPER:
        return False
    for name, scheme in SCHEMES.items():
        if identifier := scheme.parse(address) if re.match("http", address, re.I) else None:
            known = headers.setdefault(name, identifier)
            same = re.sub(r"v\d+$", "", known).lower() == re.sub(r"v\d+$", "", identifier).lower()
            return same and "pdf" not in address.lower().removeprefix("https://")
    if "doi" not in headers and (identifier := find_doi(address)):
        headers["doi"] = identifier
        told = f'the DOI {identifier} is read from "{shorten(address)}"'
        matter.note("guessed", told, key or None)
    return False
