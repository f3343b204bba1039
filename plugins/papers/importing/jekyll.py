"""Sites of Jekyll's: settings, .bib files, people, news, pages, the home page."""

import re
from pathlib import Path

from .. import bibtex
from ..headers import Header
from . import alfolio, bibs, bodies, cited, identity, pages, posts
from .found import Found, Source, Text

CONFIGS = ("_config.yml", "_config.yaml")
_HOMES = (
    "_pages/about.md",
    "about.md",
    "_pages/home.md",
    "index.md",
    "_pages/index.md",
    "index.html",
)
# Pages that a system fills from its data; we make ours.
_MADE = re.compile(
    r"\{%-?\s*bibliography\b|\{%-?\s*include\s+(?:bib_search|projects|repository|news|archive-"
    r"single|publications?)\b|\bsite\.(?:posts|publications|teaching|talks|projects|news|books|"
    r"portfolio|categories|tags|data)\b|\bpaginator\."
)
_LEFT = {
    "_data/venues.yml": "addresses and colours of venues have no place here",
    "_data/cv.yml": "a CV is written as a page (content/pages/cv.md)",
    "assets/json/resume.json": "a CV is written as a page (content/pages/cv.md)",
}
_COLLECTIONS = {
    "_projects": "projects", "_teachings": "courses", "_teaching": "courses", "_talks": "talks",
    "_books": "books", "_portfolio": "projects", "_drafts": "drafts",
}  # fmt: skip


def read(source: Source, found: Found) -> bool:
    """Take what any site of Jekyll's holds; tell whether it is one."""
    configs = source.files(*CONFIGS)
    if not configs and not source.files("_bibliography/*.bib", "_posts/*.md", "_pages/*.md"):
        return False
    config: dict = {}
    for path in configs[:1]:
        config = identity.load(source, path)
        identity.read(source, path, config)
    for path in source.files("_data/socials.yml", "_data/socials.yaml"):
        identity.read_social(source, path, identity.load(source, path), alone=True)
    entries = _bibs(source, config)
    for path in source.files("_data/coauthors.yml", "_data/coauthors.yaml"):
        alfolio.coauthors(source, path, entries)
    if entries and configs:
        last = next(
            iter(identity.texts_of(identity.part_of(config, "scholar").get("last_name"))), ""
        )
        alfolio.name_owner(source, configs[0], last, entries)
        alfolio.add_printed(source, configs[0], entries)
    posts.news(source)
    home = _home(source, found)
    if not any(name.startswith("images/portrait.") for name in found.files) and configs:
        author = identity.part_of(config, "author")
        alfolio.portrait(source, configs[0], identity.text_of(author.get("avatar")), None)
    for path in source.files("_pages/**/*.md", "*.md"):
        if path != home and path not in source.parts:
            _page(source, path)
    _rest(source)
    return True


def _bibs(source: Source, config: dict) -> list[Header]:
    """Take the .bib files of the owner's papers; return their entries."""
    scholar = identity.part_of(config, "scholar")
    folder = identity.text_of(scholar.get("source")).strip("./") or "_bibliography"
    if not re.fullmatch(r"[\w./-]+", folder) or ".." in folder:
        folder = "_bibliography"
    paths = source.files(f"{folder}/**/*.bib") or source.files("_bibliography/**/*.bib")
    site = identity.text_of(config.get("url")).rstrip("/")
    base = identity.text_of(config.get("baseurl")).strip("/")
    site = f"{site}/{base}".rstrip("/") if site else ""
    entries = []
    shown = identity.text_of(scholar.get("bibliography"))
    shown = shown if any(path.name == shown for path in paths) else ""
    for path in paths:
        if shown and path.name != shown:
            others = bibtex.read(source.name(path), source.read(path).encode())
            if not alfolio.are_theirs(source, others):
                told = "names the owner nowhere (copy it to content/references.bib to cite it)"
                source.note("left", path, told)
                continue
        entries += bibs.take(source, path, site)
    return entries


def _home(source: Source, found: Found) -> Path | None:
    """Take the home page; return its file."""
    # Of two, the one at the site's root.
    paths = [path for name in _HOMES for path in source.files(name)]
    texts = [(path, *posts.split(source, path)) for path in paths]
    roots = [text for text in texts if (text[1].get("permalink") or "").strip() == "/"]
    for path, header, body, line in (roots or texts)[:1]:
        if alfolio.is_about(header):
            alfolio.home(source, path, header, body, line)
        else:
            pages.read(source, path, found)
        return path
    return None


def _page(source: Source, path: Path) -> None:
    header, text, line = posts.split(source, path)
    if path.parent == source.root and not (
        header.entries and path.stem.lower() not in pages.NO_PAGES
    ):
        return
    if "404" in (path.stem, (header.get("permalink") or "").strip("/").removesuffix(".html")):
        return
    if _MADE.search(text):
        source.note("left", path, "is made of data by its system (write it as a page of its own)")
        return
    if pages.is_list(header, path):
        pages.read(source, path, source.found)
        return
    body = bodies.clean(source, path, text, line, "images").strip()
    if not body:
        source.note("left", path, "holds no text of its own")
        return
    link = (header.get("permalink") or "").strip("/").removesuffix(".html")
    slug = link if re.fullmatch(r"[\w-]+", link) else path.stem
    headers = {"title": cited.plain(header.get("title") or "") or path.stem} | posts.common(header)
    if headers.get("aliases", "").strip("/") == slug:
        del headers["aliases"]
    headers["summary"] = cited.plain(header.get("description") or "")
    source.found.texts.append(Text("page", headers, body, slug, source.name(path), 1))
    source.note("taken", path, "page")


def _rest(source: Source) -> None:
    """Note what has no place here."""
    for name, told in _LEFT.items():
        for path in source.files(name):
            source.note("left", path, told)
    for folder, what in _COLLECTIONS.items():
        for path in source.files(f"{folder}/**/*.md"):
            told = f"{what} are left (write a page of them, content/pages/{what}.md)"
            source.note("left", path, told)
