"""Links between the texts of an old site, which lead to the new files."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from ..util import is_path, shorten
from .common import LINK_PATTERN, make_slug, match_url
from .result import Document, ImportResult

_ENDING = re.compile(r"\.(?:q?md|html?|markdown|jemdoc|org|rst)$")
_INDEX = re.compile(r"(?:^|/)_?index$")
# Folders of sources that addresses do not have.
_SOURCE_FOLDER = re.compile(r"^(?:content|_pages|pages|source|src/content|src/pages)/")
_POST = re.compile(r"(?:.*/)?_posts/(?:.*/)?(\d{4})-(\d\d?)-(\d\d?)-([^/]+)")
_POST_ADDRESS = re.compile(r"(?:.*/)?(\d{4}/\d\d/\d\d/[^/]+)")
_HREF = re.compile(r'(?P<before><a\b[^<>]{0,200}?\bhref=")(?P<url>[^"<>\s]{1,1000})(?=")')
_LISTS = {"paper": "/publications/", "news": "/news/", "post": "/blog/"}
_LIST_NAMES = {
    "paper": "publication publications papers pubs research/publications".split(),
    "news": "news blog posts post".split(),
    "post": "blog posts post".split(),
}


def resolve_old_links(result: ImportResult) -> None:
    """Let links to texts of the old site lead to the files that these texts became."""
    targets = _collect_targets(result)
    resolved: set[tuple[str, str]] = set()
    for document in result.documents:

        def find(url: str, document: Document = document) -> str | None:
            target = _find_target(targets, document, url)
            if target:
                file = "" if url.startswith("/") else document.file
                resolved.add((file, f'"{shorten(url)}" was a page of the old site'))
            return target

        def replace_link(match: re.Match) -> str:
            target = find(match_url(match))
            if target is None:
                return match[0]
            title = f" {match['title']}" if match["title"] else ""
            return f"[{match['text']}]({target}{title})"

        def replace_href(match: re.Match) -> str:
            return f"{match['before']}{find(match['url']) or match['url']}"

        document.body = LINK_PATTERN.sub(replace_link, document.body)
        document.body = _HREF.sub(replace_href, document.body)
    if resolved:
        result.notes[:] = [
            note for note in result.notes
            if not {(note.file, words := note.message.partition(" (")[0]), ("", words)} & resolved
        ]  # fmt: skip


def _collect_targets(result: ImportResult) -> dict[str, str]:
    """Return the new addresses of texts by their old ones, without those of two texts."""
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in result.documents:
        target = _new_file(document)
        for key in _old_addresses(document):
            owners[key].append((document.kind, target))
    kinds = {document.kind for document in result.documents}
    kinds |= {"paper"} if result.bib_files else set()
    targets = {
        name: _LISTS[kind] for kind, names in _LIST_NAMES.items() if kind in kinds for name in names
    }
    for key, candidates in owners.items():
        if pages := [target for kind, target in candidates if kind in ("page", "home")]:
            candidates = [("page", target) for target in pages]
        if len(set(candidates)) == 1:
            targets[key] = candidates[0][1]
        elif (kind := min(kind for kind, _ in candidates)) in _LISTS:
            targets[key] = _LISTS["paper" if any(k == "paper" for k, _ in candidates) else kind]
    return targets


def _new_file(document: Document) -> str:
    if document.kind == "home":
        return "{filename}/home.md"
    folder = {"paper": "papers", "news": "news", "post": "blog", "page": "pages"}[document.kind]
    name = document.slug or make_slug(document.headers.get("title", ""))
    return f"{{filename}}/{folder}/{name}.md"


def _old_addresses(document: Document) -> Iterator[str]:
    """Yield the addresses of a text on the old site, normalized."""
    name = _normalize(document.file)
    yield name
    if (below := _SOURCE_FOLDER.sub("", name)) != name:
        yield below
    if match := _POST.fullmatch(name):
        year, month, day, slug = match.groups()
        yield from (f"posts/{slug}", f"{year}/{month:0>2}/{day:0>2}/{slug}", f"blog/{year}/{slug}")
    for alias in document.headers.get("aliases", "").split(","):
        if alias.strip():
            yield _normalize(alias.strip())
    if document.kind == "home":
        yield ""
    elif document.kind == "page" and document.slug and document.slug != name:
        yield document.slug


def _normalize(path: str) -> str:
    path = unquote(re.split("[?#]", path)[0]).strip("/").lower()
    return _INDEX.sub("", _ENDING.sub("", path)).strip("/")


def _find_target(targets: dict[str, str], document: Document, url: str) -> str | None:
    """Return the new address that a link leads to; None for a link that stays as it is."""
    if not is_path(url) or url.startswith(("#", "{", "?")):
        return None
    path = _normalize(url)
    candidates = [path, *(match[1] for match in [_POST_ADDRESS.fullmatch(path)] if match)]
    if not url.startswith("/"):
        folder = posixpath.dirname(document.file)
        beside = posixpath.normpath(posixpath.join(folder, re.split("[?#]", url)[0]))
        candidates.insert(0, _normalize(beside if beside != "." else ""))
    # The names of a page's parts may be others here.
    return next((targets[key] for key in candidates if key in targets), None)
