"""Links and the figure of a paper: addresses, and files that lie in content/."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from ..images import IMAGE_SUFFIXES, measure_image
from ..model import SCHEMES, Figure, Link
from ..util import TEXT_SUFFIXES, check_secure, find_file, is_path, shorten
from .body import is_wordless
from .header import Header
from .keys import KEY_NAMES, link_label

# Labels of links that lead to the paper itself.
PDF_LABELS = ("paper", "pdf", "preprint")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*|mailto:\S+@\S+", re.IGNORECASE)
# An address that lacks no more than its beginning.
_BARE = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}/\S*|www\.\S+", re.IGNORECASE
)
_SCRIPT = re.compile(r"\s*(?:javascript|data|vbscript|file):", re.IGNORECASE)
# Where al-folio keeps what a .bib names.
_FOLDERS = ("assets/pdf/", "assets/img/publication_preview/", "images/")


def read_links(
    header: Header, ids: Mapping[str, str], file: Path, content: Path
) -> tuple[Link, ...]:
    """Return the links of identifiers, then those of the header, in their order."""
    links = [Link(SCHEMES[name].label, SCHEMES[name].url(ids[name])) for name in ids]
    known = {link.address for link in links}
    for name in SCHEMES:
        if name not in ids and _WEB_ADDRESS.fullmatch(header.get(name) or ""):
            links.append(Link(name, header.get(name)))
    for key, label, address in _given(header):
        for part in _parts(address):
            link = _link(header, key, label, part, file, content)
            if link and (key != "url" or link.address not in known):
                links.append(link)
    return tuple(dict.fromkeys(links))


def read_figure(header: Header, file: Path, content: Path) -> Figure | None:
    """Return the picture that a header names."""
    name, alt = header.get("image"), header.get("image_alt")
    if name is None:
        return None
    path = _find(name, file, content)
    if path is None:
        hint = "put the file there, or write its path below content/"
        header.warn_or_error("image", f'"{shorten(name)}" is not there ({hint})')
    if alt is None and (path or not header.is_from_bib("image")):
        hint = "say in a sentence what the picture shows"
        line, notice = header.entries["image"].line, header.is_from_bib("image")
        header.report("image_alt", f"missing ({hint})", line, notice)
    if alt and is_wordless(alt):
        hint = "say in a sentence what the picture shows"
        told = f'"{shorten(alt)}" says nothing of the picture ({hint})'
        header.report("image_alt", told, notice=True)
    if path is None:
        return None
    try:
        if not path.lower().endswith(IMAGE_SUFFIXES):
            raise ValueError("is no picture (save it as PNG, JPEG, WebP or SVG)")
        width, height = measure_image(content / path)
    except ValueError as error:
        header.report("image", f'"{shorten(name)}" {error}')
        return None
    alt = alt or f"Figure of “{header.get('title')}”"
    return Figure(path, width, height, alt, header.get("image_caption"))


def _given(header: Header) -> Iterator[tuple[str, str, str]]:
    """Yield key, label and address of every link, in the order of the header."""
    for key, entry in header.entries.items():
        if key == "links":
            yield from _lines(header, key)
        elif entry.value and (key == "url" or (key not in KEY_NAMES and link_label(key))):
            yield key, "link" if key == "url" else link_label(key), entry.value


def _lines(header: Header, key: str) -> Iterator[tuple[str, str, str]]:
    for line in filter(None, (header.get(key) or "").split("\n")):
        label, _, address = (part.strip() for part in line.replace("｜", "|").partition("|"))
        label = label.removeprefix("- ")
        address = address.removeprefix("{static}").removeprefix("{attach}").strip("<>")
        if label and address:
            if label.lower() == "github":
                told = f'"{label}" is read as "code" (write `code | {shorten(address)}`)'
                header.suggest(key, told, header.line_of(line), (label, "code"))
                label = "code"
            yield key, label, address
            continue
        found = re.search(r"https?://[^\s)>\]]+", line)
        name = " ".join(re.sub(r"https?://\S*|[^\w\s]", " ", line).split()) or "paper"
        example = f"{name} | {found[0] if found else 'https://example.org'}"
        header.report(key, f'"{shorten(line)}" is not `label | address` (write `{example}`)')


def _parts(address: str) -> list[str]:
    """Return the addresses in a value that holds several of them, or the value itself."""
    parts = re.sub(r"^- ", "", address, flags=re.MULTILINE).split()
    return parts if len(parts) > 1 and all(map(_WEB_ADDRESS.fullmatch, parts)) else [address]


def _link(
    header: Header, key: str, label: str, address: str, file: Path, content: Path
) -> Link | None:
    if _WEB_ADDRESS.fullmatch(address):
        if not header.is_from_bib(key) and (told := check_secure(address)):
            header.report(key, told, header.line_of(address), notice=True)
        return Link(label, address)
    if _SCRIPT.match(address):
        header.report(key, f'"{shorten(address)}" is no web address (write https://…)')
    elif not is_path(address):
        header.warn_or_error(key, f'"{shorten(address)}" is no web address (write https://…)')
    elif address.lower().endswith(TEXT_SUFFIXES):
        header.report(key, f'"{shorten(address)}" is no file to publish (name another)')
    elif path := _find(address, file, content):
        return Link(label, path)
    elif header.is_from_bib(key) and _BARE.fullmatch(address):
        header.warn_or_error(key, f'"{shorten(address)}" is read as https://{shorten(address)}')
        return Link(label, f"https://{address}")
    else:
        hint = "write https://…, or the path of a file below content/"
        header.warn_or_error(key, f'"{shorten(address)}" is no address and no file ({hint})')
    return None


def _find(name: str, file: Path, content: Path) -> str | None:
    """Return the path below content/ of a file that a header names, plainly or percent-encoded."""
    forms = dict.fromkeys((name, unquote(name)))
    candidates = (f"{folder}{form}" for folder in ("", *_FOLDERS) for form in forms)
    return next((path for form in candidates if (path := find_file(form, file, content))), None)


_ALIAS = r"(?!.*(?:\.\.|/\.))/?[^\s?#%\\:\"<>|*./][^\s?#%\\:\"<>|*]{,150}"


def parse_aliases(header: Header) -> list[str]:
    """Return the paths below the site's root to which old addresses of a file lead."""
    names = header.get_list("aliases")
    paths = (name.lstrip("/") for name in names if re.fullmatch(_ALIAS, name))
    return [
        f"{path.rstrip('/')}/index.html" if not path.endswith((".html", ".htm")) else path
        for path in paths
    ]


def check_aliases(header: Header) -> None:
    """Note an old address that is none of this site's."""
    for name in header.get_list("aliases"):
        if not re.fullmatch(_ALIAS, name):
            header.report("aliases", f'"{name}" is no path of this site (write /old/address/)')
