"""Sites of Jekyll's: settings, .bib files, people, news, pages, the home page."""

import re
from pathlib import Path

from .. import bibtex, blocks
from ..dates import PartialDate
from ..headers import Header
from . import alfolio, bibs, bodies, cited, owners
from .found import Found, Source, Text

CONFIGS = ("_config.yml", "_config.yaml")
_HOMES = ("_pages/about.md", "about.md", "_pages/home.md", "index.md", "_pages/index.md")
# Files that say of a repository what it is, and are no page of the site.
_NO_PAGES = frozenset("readme license licence changelog contributing install customize faq".split())
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
# Old addresses, as the header `aliases` takes them.
_OLD = re.compile(r"/?[\w-]+(?:[./-]+[\w-]+)*/?")
_DAY = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")


def read(source: Source, found: Found) -> bool:
    """Take what any site of Jekyll's holds; tell whether it is one."""
    configs = source.files(*CONFIGS)
    if not configs and not source.files("_bibliography/*.bib", "_posts/*.md", "_pages/*.md"):
        return False
    config: dict = {}
    for path in configs[:1]:
        config = owners.load(source, path)
        owners.read(source, path, config)
    for path in source.files("_data/socials.yml", "_data/socials.yaml"):
        owners.read_social(source, path, owners.load(source, path))
    entries = _bibs(source, config)
    for path in source.files("_data/coauthors.yml", "_data/coauthors.yaml"):
        alfolio.coauthors(source, path, entries)
    if entries and configs:
        last = next(iter(owners.texts_of(_scholar(config).get("last_name"))), "")
        alfolio.name_owner(source, configs[0], last, entries)
        alfolio.add_printed(source, configs[0], entries)
    _news(source)
    home = _home(source, found)
    for path in source.files("_pages/**/*.md", "*.md"):
        if path != home:
            _page(source, path)
    _rest(source)
    return True


def _scholar(config: dict) -> dict:
    return config["scholar"] if isinstance(config.get("scholar"), dict) else {}


def _bibs(source: Source, config: dict) -> list[Header]:
    """Take the .bib files of the owner's papers; return their entries."""
    scholar = _scholar(config)
    folder = owners.text_of(scholar.get("source")).strip("./") or "_bibliography"
    if not re.fullmatch(r"[\w./-]+", folder) or ".." in folder:
        folder = "_bibliography"
    paths = source.files(f"{folder}/**/*.bib") or source.files("_bibliography/**/*.bib")
    site = owners.text_of(config.get("url")).rstrip("/")
    base = owners.text_of(config.get("baseurl")).strip("/")
    site = f"{site}/{base}".rstrip("/") if site else ""
    entries = []
    shown = owners.text_of(scholar.get("bibliography"))
    shown = shown if any(path.name == shown for path in paths) else ""
    for path in paths:
        if shown and path.name != shown:
            others = bibtex.read(source.name(path), source.read(path).encode())
            if not alfolio.are_theirs(source, others):
                told = "names the owner nowhere (copy it to content/references.bib to cite it)"
                source.note("left", path, told)
                continue
        name, number = path.name, 1
        while name in source.found.bibs:
            number += 1
            name = f"{path.stem}-{number}.bib"
        entries += bibs.take(source, path, name, site)
    return entries


def _split(source: Source, path: Path) -> tuple[Header, str, int]:
    """Return a text's header, its body and the line at which that begins."""
    header, body = blocks.split(source.name(path), source.read(path))
    if header.text.lstrip()[:3] != "---":
        # Without YAML there is no header: a word and a colon begin a text.
        return Header(header.file, text=header.text), header.text, 1
    for problem in header.problems:
        source.note("guessed" if problem.notice else "left", path, problem.message, problem.line)
    return header, body, header.text.count("\n") - body.count("\n") + 1


def _news(source: Source) -> None:
    paths = source.files("_news/**/*.md")
    for path in paths:
        _item(source, path)
    for path in source.files("_posts/**/*.md"):
        if paths:
            told = "a blog beside the news is left (copy what is to move into content/news/)"
            source.note("left", path, told)
        else:
            _item(source, path)


def _item(source: Source, path: Path) -> None:
    header, text, line = _split(source, path)
    named = _DAY.fullmatch(path.stem)
    date = ""
    for given in (header.get("date"), named and named[1]):
        try:
            date = date or (PartialDate.parse(given).isoformat() if given else "")
        except ValueError as error:
            source.note("left", path, f"date: {error}", header.entries["date"].line)
    body = bodies.clean(source, path, text, line, "news").strip()
    title = cited.plain(header.get("title") or "")
    if not title:
        title = _first_words(body)
    if not body and not title:
        source.note("left", path, "is empty, and is not taken")
        return
    if not date:
        source.note("left", path, "has no date (write `Date: 2026-02` into its file)")
    headers = {"title": title, "date": date, "tags": header.get("tags") or ""} | _common(header)
    source.found.texts.append(
        Text("news", headers, body or title, named[2] if named else path.stem, source.name(path), 1)
    )
    source.note("taken", path, "news")


def _first_words(body: str) -> str:
    """Return a title for an item that has none: its first sentence, or its first words."""
    text = re.sub(r"!\[[^\]]*\]\([^()]*\)|<[^<>]*>", " ", body)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)|\[([^\[\]]*)\]\[[^\[\]]*\]", r"\1\2", text)
    text = " ".join(re.sub(r"[*`#>_~]+|:[a-z0-9_+]+:", " ", text).split())
    sentence = re.match(r".{10,80}?[.!?。！](?=\s|$)", text)
    if sentence:
        return sentence[0].rstrip(".。")
    words = text if len(text) <= 80 else f"{text[:80].rpartition(' ')[0] or text[:80]}…"
    return words.strip(" ,;:")


def _common(header: Header) -> dict[str, str]:
    """Return what any text's header keeps: that it is a draft, and its old addresses."""
    found = {}
    if (header.get("published") or "").lower() == "false":
        found["status"] = "draft"
    old = [header.get("permalink") or "", *(header.get("redirect_from") or "").split("\n")]
    old = [name.removeprefix("- ").strip() for name in old]
    names = [name for name in old if name.strip("/") and _OLD.fullmatch(name)]
    return found | ({"aliases": ", ".join(dict.fromkeys(names))} if names else {})


def _home(source: Source, found: Found) -> Path | None:
    """Take the home page; return its file."""
    # Of two, the one at the site's root.
    paths = [path for name in _HOMES for path in source.files(name)]
    texts = [(path, *_split(source, path)) for path in paths]
    roots = [text for text in texts if (text[1].get("permalink") or "").strip() == "/"]
    for path, header, body, line in (roots or texts)[:1]:
        if alfolio.is_about(header):
            alfolio.home(source, path, header, body, line)
        else:
            from . import pages

            pages.read(source, path, found)
        return path
    return None


def _page(source: Source, path: Path) -> None:
    header, text, line = _split(source, path)
    if path.parent == source.root and not (header.entries and path.stem.lower() not in _NO_PAGES):
        return
    if "404" in (path.stem, (header.get("permalink") or "").strip("/").removesuffix(".html")):
        return
    if _MADE.search(text):
        source.note("left", path, "is made of data by its system (write it as a page of its own)")
        return
    body = bodies.clean(source, path, text, line, "images").strip()
    if not body:
        source.note("left", path, "holds no text of its own")
        return
    link = (header.get("permalink") or "").strip("/").removesuffix(".html")
    slug = link if re.fullmatch(r"[\w-]+", link) else path.stem
    headers = {"title": cited.plain(header.get("title") or "") or path.stem} | _common(header)
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
