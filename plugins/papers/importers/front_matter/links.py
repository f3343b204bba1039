"""The identifiers, links and files of a paper in front matter."""

import re
from collections.abc import Iterator

from ...content import KEY_NAMES, LINK_KEYS, NESTED_ID_KEY, link_label
from ...model import SCHEMES, find_doi
from ...util import check_scheme, is_path, shorten
from ..common import find_asset, join_values, plain_text
from ..result import ASSET_SUFFIXES
from .parser import FrontMatter

# Keys whose addresses are none of the paper.
_NO_LINK_KEY = re.compile(
    r"image|img|teaser|picture|thumb|cover|header|overlay|permalink|canonical|redirect|venue|journal|"
    r"publication|conference|license|author|alias|avatar|logo"
)
_LIST_KEYS = ("links", "buttons", "url_custom", "header.actions")
_LABEL_KEYS = ("label", "name", "text", "title", "type", "icon")
_ADDRESS_KEYS = ("url", "href", "link", "address", "file")
WEB_URL = re.compile(r"https?://[^\s/?#]|mailto:\S+@", re.IGNORECASE)
_ADDRESS_KEY = re.compile(r"(?P<label>[a-z][a-z0-9_]{1,30}?)_?(?:url|link|page)")
# The addresses of the examples of Academic and HugoBlox.
_EXAMPLE_ADDRESS = re.compile(
    r"https?://(?:(?:www\.)?example\.(?:org|com)/?$|eprints\.soton\.ac\.uk/352095/|"
    r"github\.com/(?:HugoBlox/hugo-blox-builder|wowchemy/wowchemy-hugo-themes|gcushen/hugo-academic))",
    re.IGNORECASE,
)
_NO_SCHEME = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){0,5}\.[a-z]{2,6}/\S*", re.IGNORECASE)
_BROKEN_SCHEME = re.compile(r"^(https?)(?::/?|//)(?![/:])(?=[\w.-]+\.)", re.IGNORECASE)
# Labels of the paper itself; their addresses contain its identifiers.
_PAPER = frozenset(
    "paper pdf doi arxiv preprint link url html hal openreview acl pubmed pmid publication article "
    "journal publisher dblp fulltext source thesis".split()
) | {"semantic scholar", "full text", "acl anthology", "published version"}  # fmt: skip
_LABEL_PATTERNS = {
    "slides": r"slides?|presentation|deck", "poster": r"poster", "video": r"video|recording",
    "preprint": r"pre-?prints?", "code": r"code|github|repo(?:sitory)?", "paper": r"papers?",
}  # fmt: skip


def normalize_label(label: str) -> str:
    """Return the label that our papers use for a link."""
    label = re.sub(r"[|｜\n]", " ", plain_text(label)).strip(" :.,[]")
    text = label.lower()
    if text == "custom link" or WEB_URL.match(text):  # The theme's example, or no label.
        return "link"
    if ours := LINK_KEYS.get(text.replace(" ", "_")):
        return ours
    if len(text.split()) > 5 or not text.isascii():
        return label
    if re.search(r"\b(?:access|download|available|read|view|get|link to)\b", text):
        text = re.sub(r"\b(?:pdf|article|publication|online)\b", "paper", text)
    elif len(text.split()) > 2:
        return label
    for type_, form in _LABEL_PATTERNS.items():
        if re.search(rf"\b(?:{form})\b", text):
            return type_
    return text if text in _PAPER else label


def is_paper_link(label: str) -> bool:
    """Tell whether a link leads to the paper, its slides, code or the like."""
    label = normalize_label(label).lower()
    return label in _PAPER or label in _LABEL_PATTERNS or label in LINK_KEYS.values()


def read_paper_links(
    matter: FrontMatter, headers: dict[str, str], text_links: Iterator[tuple[str, str]] = ()
) -> None:
    """Set identifiers and links of a paper; `text_links` are (label, address) in its text."""
    links: dict[str, str] = {}
    pairs = [
        *_read_identifiers(matter, headers),
        *_read_links(matter),
        *(("", *pair) for pair in text_links),
    ]
    for key, label, address in pairs:
        label = normalize_label(label) or "link"
        target = _resolve_address(matter, key, address)
        if target and not (
            WEB_URL.match(target) and _add_identifier(matter, headers, label, key, target)
        ):
            links.setdefault(target, label)
    headers["links"] = "\n".join(f"{label} | {address}" for address, label in links.items())


def _read_identifiers(
    matter: FrontMatter, headers: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Set the identifiers in keys; yield (key, label, address) of other addresses in them."""
    for key in list(matter.data):
        nested = NESTED_ID_KEY.fullmatch(key)
        name = KEY_NAMES.get(nested["key"] if nested else key, key).removesuffix("_id")
        name = name.replace("semantic_scholar", "semanticscholar")
        if name not in SCHEMES:
            continue
        value = matter.pop_text(key).replace("\\", "")
        identifier = SCHEMES[name].parse(value)
        if identifier:
            headers.setdefault(name, identifier)
        elif WEB_URL.match(value):
            matter.note(
                "guessed", f'"{shorten(value)}" is not a valid {name} id, and became a link', key
            )
            yield key, name if name != "doi" else "paper", value
        elif value:
            matter.note("left", f'"{shorten(value)}" is not a valid {name} id and was skipped', key)


def _read_links(matter: FrontMatter) -> Iterator[tuple[str, str, str]]:
    """Yield (key, label, address) of the links in keys."""
    for key in list(matter.data):
        label = link_label(key) if key not in KEY_NAMES and key not in _LIST_KEYS else None
        match = _ADDRESS_KEY.fullmatch(key)
        if key in _LIST_KEYS:
            value = matter.data.pop(key)
            items = value if isinstance(value, list) else [value]
            for item in items:
                yield from ((key, *pair) for pair in _read_link_item(matter, key, item))
        elif label or key == "url" or (match and WEB_URL.match(join_values(matter.data[key]))):
            name = label or (match["label"].replace("_", " ") if match else "link")
            for item in matter.pop_items(key):
                yield key, name, join_values(item)
        elif _is_own_link(matter, key):
            yield key, key.replace("_", " "), matter.pop_text(key)


def _is_own_link(matter: FrontMatter, key: str) -> bool:
    """Tell whether a key that nothing else reads holds one web address."""
    value = matter.data[key]
    if key in KEY_NAMES or not isinstance(value, str) or _NO_LINK_KEY.search(key):
        return False
    return re.fullmatch(r"https?://[^\s/]\S*", value) is not None


def _read_link_item(matter: FrontMatter, key: str, item: object) -> Iterator[tuple[str, str]]:
    if isinstance(item, dict):
        label = next((join_values(item[name]) for name in _LABEL_KEYS if item.get(name)), "")
        address = next((join_values(item[name]) for name in _ADDRESS_KEYS if item.get(name)), "")
        provider, keys = (
            join_values(item.get("provider", "")).lower(),
            {*_LABEL_KEYS, *_ADDRESS_KEYS},
        )
        if provider in SCHEMES and (
            identifier := SCHEMES[provider].parse(join_values(item.get("id", "")))
        ):
            address = address or SCHEMES[provider].url(identifier)
        if address:
            yield label, address
        elif not keys & item.keys():
            yield from ((name, join_values(value)) for name, value in item.items() if value)
        elif label and not item.keys() & set(_ADDRESS_KEYS):
            matter.note("left", f'the link "{shorten(label)}" leads nowhere', key)
    elif isinstance(item, list) and len(item) == 2:
        yield join_values(item[0]), join_values(item[1])
    elif isinstance(item, str) and item:
        label, _, address = item.rpartition("|")
        yield label.strip() or "link", address.strip()


def _resolve_address(matter: FrontMatter, key: str, address: str) -> str | None:
    """Return an address for a header, with its file copied; None, with a note, for no address."""
    address = re.sub(r"\\(?=[_*#&~])", "", address.strip().strip("<>\"'"))
    if not address or address == "#":
        return None
    if _EXAMPLE_ADDRESS.match(address):
        matter.note("left", f'"{shorten(address)}" is the theme\'s example', key or None)
        return None

    def left(message: str) -> None:
        matter.note("left", f'"{shorten(address)}" {message}', key or None)

    if message := check_scheme(address):
        matter.note("left", message.replace("write https://…", "it was skipped"), key or None)
        return None
    if repaired := _BROKEN_SCHEME.sub(r"\1://", address) if _BROKEN_SCHEME.match(address) else "":
        matter.note("guessed", f'"{shorten(address)}" is read as {shorten(repaired)}', key or None)
        address = repaired
    if address.startswith("//"):
        address = f"https:{address}"
    if file := find_asset(matter.source, matter.path, address):
        return matter.source.result.add_asset(file, "papers")
    if WEB_URL.match(address):
        return re.sub(r'[\s"<>{}|]', lambda char: f"%{ord(char[0]):02X}", address)
    if not is_path(address):
        return left("is not a web address (write https://…)")
    if address.lower().endswith(ASSET_SUFFIXES):
        return left("was not found (put the file into content/papers/, and name it in its paper)")
    if _NO_SCHEME.fullmatch(address):
        matter.note("guessed", f'"{shorten(address)}" is read as https://…', key or None)
        return f"https://{address}"
    return left("was a page of the old site and was skipped")


def _add_identifier(
    matter: FrontMatter, headers: dict[str, str], label: str, key: str, address: str
) -> bool:
    """Set the identifier in an address; tell whether it makes the link superfluous."""
    if label.lower() not in _PAPER:
        return False
    for name, scheme in SCHEMES.items():
        if identifier := scheme.parse(address) if re.match("http", address, re.I) else None:
            existing = headers.setdefault(name, identifier)
            return scheme.is_same(existing, identifier) and "pdf" not in address.lower()
    if "doi" not in headers and (identifier := find_doi(address)):
        headers["doi"] = identifier
        message = f'the DOI {identifier} is read from "{shorten(address)}"'
        matter.note("guessed", message, key or None)
    return False
