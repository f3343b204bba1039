"""Links and the figure of a paper: web addresses, and files below content/; old addresses."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from ..images import IMAGE_SUFFIXES, measure_image
from ..model import SCHEMES, Figure, Link
from ..util import (
    TEXT_SUFFIXES,
    LazyPattern,
    check_secure,
    decode_latex_line,
    find_file,
    is_path,
    shorten,
)
from .body import is_wordless
from .header import Header
from .header_keys import KEY_NAMES, TEXT_FIELDS, link_label

# Labels of links that lead to the paper itself.
PDF_LABELS = ("paper", "pdf", "preprint")
# Other labels of links that lead to the paper itself.
_OWN_LABELS = frozenset((*PDF_LABELS, "link", "html", "eprint")) | {
    label for name, scheme in SCHEMES.items() for label in (name, scheme.label)
}
_WEB_ADDRESS = LazyPattern(r"https?://[^\s/?#]+\S*|mailto:\S+@\S+", re.IGNORECASE)
# A web address without its scheme.
_NO_SCHEME = LazyPattern(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}/\S*|www\.\S+", re.IGNORECASE
)
_SCRIPT = LazyPattern(r"\s*(?:javascript|data|vbscript|file):", re.IGNORECASE)
# Where al-folio has the files that a .bib names.
_FOLDERS = ("assets/pdf/", "assets/img/publication_preview/", "images/")
# Characters in addresses that TeX needs escaped.
_ESCAPED = LazyPattern(
    r"\{\\?([&%_#~$])\}|\\([&%_#~$])"
    r"|\{?\\(?P<macro>textasciitilde|textunderscore|textless|textgreater|sim)\b ?(?:\{\})?\}?"
)
_CHARS = {"textunderscore": "_", "textless": "<", "textgreater": ">"}
WEB_FIELD = LazyPattern(r"\s*(?:\\(?:url|href)\s*\{\s*)?(?:https?://|www\.)")
_TEX_LINK = LazyPattern(
    r"\\(?:href\s*\{(?P<href>[^{}]*)\}\s*\{(?P<label>(?:[^{}]|\{[^{}]*\})*)\}|url\s*\{(?P<url>[^{}]*)\})"
)
# Words of a field that say only that there is an address.
_LINK_WORDS = LazyPattern(
    r"\s*(?:(?:available|accessible|accessed|online|retrieved|see|url|website|web|page|at|from|via)\b"
    r"|[\s.,:;()\[\]{}])*",
    re.IGNORECASE,
)


def read_links(
    header: Header, ids: Mapping[str, str], file: Path, content: Path
) -> tuple[Link, ...]:
    """Return the links of identifiers, then those of the header, in its order."""
    # arXiv's own DOI leads to where its id leads.
    number = SCHEMES["arxiv"].parse(ids.get("doi", ""))
    is_repeated = number and SCHEMES["arxiv"].is_same(number, ids.get("arxiv", ""))
    links = [
        Link(SCHEMES[name].label, SCHEMES[name].url(ids[name]))
        for name in ids
        if not (name == "doi" and is_repeated)
    ]
    for name in SCHEMES:
        if name not in ids and _WEB_ADDRESS.fullmatch(header.get(name) or ""):
            links.append(Link(name, header.get(name)))
    for key, label, address in _parse_links(header):
        for part in _split_addresses(address):
            link = _make_link(header, key, label, part, file, content)
            if link and not _is_repeated(link, ids):
                links.append(link)
    return tuple(dict.fromkeys(links))


def _is_repeated(link: Link, ids: Mapping[str, str]) -> bool:
    """Tell whether a link leads to the paper itself, where one of its identifiers leads, too."""
    label = link.label.lower()
    if label == "pdf" and "pdf" in link.address.lower():
        return False
    if label not in _OWN_LABELS or not _WEB_ADDRESS.fullmatch(link.address):
        return False
    return any(
        (identifier := SCHEMES[name].parse(link.address)) and SCHEMES[name].is_same(identifier, id_)
        for name, id_ in ids.items()
    )


def read_figure(header: Header, file: Path, content: Path) -> Figure | None:
    """Return the figure that a header names, None without one."""
    name, alt = header.get("image"), header.get("image_alt")
    if name is None:
        for key in ("image_alt", "image_caption"):
            if header.get(key) and not header.is_from_bib(key):
                hint = "add `Image:`, or delete this"
                header.report(key, f"is shown only together with `Image:` ({hint})", notice=True)
        return None
    path = _find_file(name, file, content)
    if path is None:
        hint = "add the file, or write its path relative to content/"
        header.warn_or_error("image", f'"{shorten(name)}" does not exist ({hint})')
    if alt is None and (path or not header.is_from_bib("image")):
        hint = "describe the image in one sentence"
        line, notice = header.entries["image"].line, header.is_from_bib("image")
        header.report("image_alt", f"missing ({hint})", line, notice)
    if alt and is_wordless(alt):
        hint = "describe the image in one sentence"
        message = f'"{shorten(alt)}" does not describe the image ({hint})'
        header.report("image_alt", message, notice=True)
    if path is None:
        return None
    try:
        if not path.lower().endswith(IMAGE_SUFFIXES):
            raise ValueError("is not an image (save it as PNG, JPEG, WebP or SVG)")
        width, height = measure_image(content / path)
    except ValueError as error:
        header.report("image", f'"{shorten(name)}" {error}')
        return None
    alt = alt or f"Figure of “{header.get('title')}”"
    return Figure(path, width, height, alt, header.get("image_caption"))


def _parse_links(header: Header) -> Iterator[tuple[str, str, str]]:
    """Yield key, label and address of each link, in the order of the header."""
    for key, entry in header.entries.items():
        if key == "links":
            yield from _parse_list(header, key)
        elif entry.value and (key == "url" or (key not in KEY_NAMES and link_label(key))):
            yield key, "link" if key == "url" else link_label(key), entry.value


def _parse_list(header: Header, key: str) -> Iterator[tuple[str, str, str]]:
    """Yield the links of a header with one `label | address` a line; report other lines."""
    for line in filter(None, (header.get(key) or "").split("\n")):
        label, _, address = (part.strip() for part in line.replace("｜", "|").partition("|"))
        label = unicodedata.normalize("NFC", label.removeprefix("- "))
        address = address.removeprefix("{static}").removeprefix("{attach}").strip("<>")
        if label and address:
            if label.lower() == "github":
                message = f'"{label}" is read as "code" (write `code | {shorten(address)}`)'
                header.suggest(key, message, header.line_of(line), (label, "code"))
                label = "code"
            yield key, label, address
            continue
        match = re.search(r"https?://[^\s)>\]]+", line)
        name = " ".join(re.sub(r"https?://\S*|[^\w\s]", " ", line).split()) or "paper"
        example = f"{name} | {match[0] if match else 'https://example.org'}"
        header.report(key, f'"{shorten(line)}" is not `label | address` (write `{example}`)')


def _split_addresses(address: str) -> list[str]:
    """Return the web addresses in a value, or the value itself if it is something else."""
    parts = re.sub(r"^- ", "", address, flags=re.MULTILINE).split()
    return parts if len(parts) > 1 and all(map(_WEB_ADDRESS.fullmatch, parts)) else [address]


def _make_link(
    header: Header, key: str, label: str, address: str, file: Path, content: Path
) -> Link | None:
    if _WEB_ADDRESS.fullmatch(address):
        if not header.is_from_bib(key) and (message := check_secure(address)):
            header.report(key, message, header.line_of(address), notice=True)
        return Link(label, address)
    if _SCRIPT.match(address):
        header.report(key, f'"{shorten(address)}" is not a web address (write https://…)')
    elif not is_path(address):
        header.warn_or_error(key, f'"{shorten(address)}" is not a web address (write https://…)')
    elif address.lower().endswith(TEXT_SUFFIXES):
        header.report(key, f'"{shorten(address)}" cannot be published as a file (choose another)')
    elif path := _find_file(address, file, content):
        return Link(label, path)
    elif header.is_from_bib(key) and _NO_SCHEME.fullmatch(address):
        header.warn_or_error(key, f'"{shorten(address)}" is read as https://{shorten(address)}')
        return Link(label, f"https://{address}")
    else:
        hint = "write https://…, or the path of a file in content/"
        header.warn_or_error(key, f'"{shorten(address)}" is not an address or a file ({hint})')
    return None


def _find_file(name: str, file: Path, content: Path) -> str | None:
    """Return the path below content/ of a file whose name may be percent-encoded."""
    forms = dict.fromkeys((name, unquote(name)))
    candidates = (f"{folder}{form}" for folder in ("", *_FOLDERS) for form in forms)
    return next((path for form in candidates if (path := find_file(form, file, content))), None)


_ALIAS = r"(?!.*(?:\.\.|/\.))/?[^\s?#%\\:\"<>|*./][^\s?#%\\:\"<>|*]{,150}"


def parse_aliases(header: Header) -> list[str]:
    """Return the paths in the site of the pages that redirect from a file's old addresses."""
    names = header.get_list("aliases")
    paths = (name.lstrip("/") for name in names if re.fullmatch(_ALIAS, name))
    return [
        f"{path.rstrip('/')}/index.html" if not path.endswith((".html", ".htm")) else path
        for path in paths
    ]


def check_aliases(header: Header) -> None:
    """Report old addresses that cannot be paths of the site."""
    for name in header.get_list("aliases"):
        if not re.fullmatch(_ALIAS, name):
            header.report("aliases", f'"{name}" is not a path of this site (write /old/address/)')


def extract_links(fields: dict[str, str], lines: dict[str, int]) -> None:
    r"""Make fields of the `\href` and `\url` in the texts of a BibTeX entry.

    `lines` are the numbers of the lines in which the fields begin.
    """
    # Identifiers are at the end of their addresses.
    others = (value for name, value in fields.items() if name not in TEXT_FIELDS)
    values = map(unescape_verbatim, others)
    addresses = tuple(value for value in values if len(value) > 6 and " " not in value)
    links: dict[str, list[str]] = {}
    for name in [name for name in fields if name in TEXT_FIELDS]:
        value = fields[name]
        is_url = name == "howpublished" and not fields.get("url")
        if "\\href" not in value and "\\url" not in value or (is_url and WEB_FIELD.match(value)):
            continue
        pairs = [
            (decode_latex_line(match["label"] or "").lower(), address)
            for match in _TEX_LINK.finditer(value)
            if (address := unescape_verbatim(match["href"] or match["url"] or ""))
            and re.match("https?://", address)
            and not address.endswith(addresses)
        ]
        is_link = not _LINK_WORDS.sub("", _TEX_LINK.sub("", value))
        if pairs and is_link and name in ("howpublished", "note"):
            fields[name] = ""
            if is_url:
                fields["url"], lines["url"] = pairs.pop(0)[1], lines[name]
        for label, address in pairs:
            key = f"url_{label}" if re.fullmatch("[a-z]{2,20}", label) else "url_link"
            links.setdefault(key, []).append(address)
            lines.setdefault(key, lines[name])
    for name, values in links.items():
        if not fields.get(name):
            fields[name] = " ".join(dict.fromkeys(values))


def unescape_verbatim(value: str) -> str:
    """Return a value that is not a text, such as an address, without what TeX escaped."""
    if match := re.search(r"""<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)""", value, re.IGNORECASE):
        value = match[1]
    if match := re.fullmatch(r"\s*\\(?:url|path|href)\s*\{([^{}]*)\}.*", value, re.DOTALL):
        value = match[1]
    while len(value) > 1 and value[0] + value[-1] == "{}":
        value = value[1:-1]
    return _ESCAPED.sub(
        lambda match: match[1] or match[2] or _CHARS.get(match["macro"], "~"), value
    ).strip()
