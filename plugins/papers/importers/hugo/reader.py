"""Sites of HugoBlox, Wowchemy and Academic: papers, news, people and the home page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...util import shorten
from ..common import clean_body, fold_text, make_slug, plain_text
from ..front_matter import (
    FrontMatter,
    add_paper,
    clean_slug,
    mark_imprecise_dates,
    merge_abstract,
    merge_aliases,
    note_unread_keys,
    read_bibtex_file,
    read_date,
    read_tags,
    separate_shared_dois,
    split_abstract,
)
from ..result import SourceTree
from .authors import (
    AuthorFolder,
    guess_author_names,
    is_widget,
    read_author_folders,
    read_markdown_page,
    read_owner_settings,
    replace_author_folders,
)
from .collections import find_kind, import_collections
from .home import import_author_home
from .landing import read_landing, read_widgets, render_landing

_PAPERS = ("publication", "publications")
_NEWS = ("post", "posts", "news", "blog")
_LANG = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
# Languages with other scripts than Latin.
_SCRIPTS = ("zh", "ja", "ko", "ru", "uk", "ar", "fa", "he", "hi", "th")
_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"([^\"\n]{1,300})\"\s*[%>]\}\}")
HUGO_CONFIGS = [f"{name}.{end}" for name in ("hugo", "config", "config/_default/*")
            for end in ("toml", "yaml", "yml")]  # fmt: skip


@dataclass(slots=True)
class Page:
    """A text of the site: its path, its language, and the path's parts without the language."""

    path: Path
    lang: str
    parts: tuple[str, ...]
    matter: FrontMatter | None = None
    bib: dict[str, str] = field(default_factory=dict)

    @property
    def is_folder(self) -> bool:
        """Whether it is the text of a folder, whose files belong to it."""
        return self.path.stem.split(".")[0] == "index"

    @property
    def name(self) -> str:
        """The name of its folder or file."""
        return self.parts[-1] if self.parts else ""


def import_hugo(source: SourceTree) -> bool:
    """Import a site of HugoBlox; tell whether it is one."""
    settings = source.list_files(*HUGO_CONFIGS)
    files = source.list_files("content/**/*.md")
    main = _main_language(source, settings)
    pages = sorted(
        _read_pages(source, files, main), key=lambda page: (page.lang != main, page.lang)
    )
    people = read_author_folders(source, [page.path for page in pages if "authors" in page.parts])
    if not (people or any(set(_PAPERS) & set(page.parts[:-1]) for page in pages)):
        return False
    read_owner_settings(source, people, settings)
    other_texts: dict[str, list[Path]] = defaultdict(list)
    papers, news, seen = [], [], {}
    items, widgets = [], []
    landing: FrontMatter | None = None
    for page in pages:
        section = next((part for part in page.parts[:-1] if part in (*_PAPERS, *_NEWS)), "")
        kind = find_kind(page.parts) if len(page.parts) > 1 and page.lang == main else None
        is_index = page.path.stem.split(".")[0] == "_index"
        if page.parts[:1] == ("home",):
            widgets.append(page.path)
            continue
        if not page.parts and is_index:
            landing = landing or read_markdown_page(source, page.path)
            if landing and not landing.body.strip():
                continue
        if kind and (not is_index or _has_text(source, page.path)):
            items.append((kind, page.path))
            continue
        if is_index or not section:
            is_person = page.path in (author.matter.path for author in people.values())
            if "authors" not in page.parts and not is_person and _has_text(source, page.path):
                other_texts[page.parts[0] if page.parts else ""].append(page.path)
            continue
        page.matter = read_markdown_page(source, page.path)
        if page.matter is None or is_widget(page.matter):
            continue
        first = seen.setdefault(page.parts, page)
        if first is page or not _is_translation(first, page):
            (papers if section in _PAPERS else news).append(page)
    _import_papers(source, papers, people, main)
    for page in news:
        with source.limit_reading(page.path):
            _import_news(page)
    import_collections(source, items, people, widgets)
    sections = [] if landing is None else read_landing(landing)
    sections = sections or read_widgets(source, widgets)
    import_author_home(source, people, sections, _site_title(source, settings))
    for path in (path for _, paths in sorted(other_texts.items()) for path in paths):
        with source.limit_reading(path):
            _import_text(source, path)
    return True


def _import_text(source: SourceTree, path: Path) -> None:
    """Import another text as a page; its sections are a part of it."""
    matter = read_markdown_page(source, path)
    if matter is None:
        return
    title = plain_text(matter.pop_text("title"))
    parts = [clean_body(source, path, matter.body, matter.body_line, "images").strip()]
    parts += render_landing(source, read_landing(matter), "")
    body = "\n\n".join(part for part in parts if part and not part.endswith(("[NEWS]", "[PAPERS]")))
    if not body:
        source.note("left", path, "contains no text")
        return
    if "slides" in path.parts or matter.data.get("draft") == "true":
        source.note("left", path, "is a draft or a set of slides and was skipped")
        return
    parent = path.parent.name
    name = parent if path.stem.split(".")[0] in ("index", "_index") else path.stem
    headers = {"title": title or name, "lang": ""}
    source.add_document("page", headers, body, path, 1, make_slug(name))
    source.note("taken", path, "page")


def _has_text(source: SourceTree, path: Path) -> bool:
    """Tell whether a file has text, or is only the head of a list."""
    if path.stem.split(".")[0] != "_index":
        return True
    text = source.read_text(path)
    if re.search(r"(?m)^sections:", text):
        return True
    return bool(re.sub(r"(?s)^\s*(---|\+\+\+).*?^\1", "", text, count=1, flags=re.M).strip())


def _site_title(source: SourceTree, settings: list[Path]) -> str:
    form = r"(?m)^title\s*[:=]\s*[\"']?([^\"'\n#]{1,100})"
    titles = (re.search(form, source.read_text(path)) for path in settings)
    return next((match[1].strip() for match in titles if match), "")


def _main_language(source: SourceTree, settings: list[Path]) -> str:
    for path in settings:
        if match := re.search(r"(?im)^\s*defaultContentLanguage\s*[:=]\s*[\"']?([\w-]+)",
                              source.read_text(path)):  # fmt: skip
            return match[1].lower()
    return "en"


def _read_pages(source: SourceTree, files: list[Path], main: str) -> Iterator[Page]:
    sections = (*_PAPERS, *_NEWS, "authors", "home")
    folders = {path.relative_to(source.root).parts[1:3] for path in files}
    langs = {parts[0] for parts in folders
             if len(parts) == 2 and _LANG.fullmatch(parts[0]) and parts[1] in sections}  # fmt: skip
    for path in files:
        parts = path.relative_to(source.root).parts[1:]
        lang = parts[0].lower() if parts[0] in langs else main
        parts = parts[1:] if parts[0] in langs else parts
        stem, _, suffix = path.stem.rpartition(".")
        if stem and _LANG.fullmatch(suffix):
            lang = suffix.lower()
        name = path.stem.split(".")[0]
        yield Page(path, lang, parts[:-1] if name in ("index", "_index") else (*parts[:-1], name))


def _is_translation(first: Page, page: Page) -> bool:
    """Tell whether a paper is a translation of the first one, which then gets its title."""
    title, other = (plain_text(item.matter.data.get("title", "")) for item in (page, first))
    if fold_text(title) != fold_text(other):
        if page.lang[:2] in _SCRIPTS and not re.search("[\u0400-\uffff]", title):
            return False
        first.matter.data.setdefault(f"title_{page.lang.replace('-', '_')}", title)
    name = page.matter.source.relative_name(first.path)
    page.matter.note("left", f"is {name} in another language; no more than its title is taken")
    return True


def _import_papers(
    source: SourceTree, pages: list[Page], people: dict[str, AuthorFolder], main: str
) -> None:
    for page in pages:
        for bib in page.matter.files_beside("cite.bib") if page.is_folder else ():
            page.bib = read_bibtex_file(source, bib, plain_text(page.matter.data.get("title", "")))
    pairs = [(page.matter, page.bib) for page in pages]
    separate_shared_dois(pairs)
    guessed = guess_author_names(source, pairs, people)
    files = _paper_files(pages)
    mark_imprecise_dates([page.matter for page in pages])
    for page in pages:
        replace_author_folders(page.matter, people, guessed)
        page.matter.body = _REF.sub(lambda ref: _resolve_ref(files, ref), page.matter.body)
        with source.limit_reading(page.path):
            _import_paper(source, page, main)
    merge_aliases(source.result.documents)


def _paper_files(pages: list[Page]) -> dict[str, str]:
    """Return the new names of papers' files, by their paths and their folders' names."""
    files, titles = {}, set()
    for page in pages:
        title = plain_text(page.matter.data.get("title", ""))
        if fold_text(title) not in titles:
            name = clean_slug(page.name) or make_slug(title)
            files["/".join(page.parts).lower()] = files[page.name.lower()] = name
        titles.add(fold_text(title))
    return files


def _resolve_ref(files: dict[str, str], ref: re.Match) -> str:
    """Return the address of the paper that a `ref` in a text names."""
    path = re.sub(r"(?:/_?index)?(?:\.md)?(?:[?#].*)?$", "", ref[1]).strip("/").lower()
    return f"{{filename}}/papers/{files[path]}.md" if path in files else ref[0]


def _import_paper(source: SourceTree, page: Page, main: str) -> None:
    matter = page.matter
    slides = matter.data.get("slides", "")
    if isinstance(slides, str) and re.fullmatch(r"[\w -]+", slides):
        matter.note(
            "left", f'"{slides}", slides that the theme makes, are not supported here', "slides"
        )
        del matter.data["slides"]
    title = plain_text(matter.data.get("title", ""))
    text, links, _ = split_abstract(matter, title, "")
    body = merge_abstract(matter, matter.pop_text("abstract"), "abstract", text)
    pdfs = matter.files_beside("*.pdf") if page.is_folder else []
    links += [("pdf", path.name) for path in pdfs if path.stem == page.name]
    old_path = "/".join(("" if page.lang == main else f"/{page.lang}", *page.parts, ""))
    add_paper(matter, body, page.name, "", links, page.bib, old_path.lower().replace(" ", "-"),
                "featured" if page.is_folder else "")  # fmt: skip
    for path in pdfs:
        if path.resolve() not in map(Path.resolve, source.result.assets.values()):
            source.note("left", path, "lies beside a paper that does not name it")


def _import_news(page: Page) -> None:
    matter = page.matter
    title = plain_text(matter.pop_text("title"))
    body = clean_body(matter.source, page.path, matter.body, matter.body_line, "news")
    if not (title or body):
        matter.note("left", "is empty and was skipped")
        return
    headers = {"title": title or shorten(plain_text(body)), "tags": read_tags(matter)}
    headers["date"] = read_date(matter, "date", "publishdate", "lastmod")
    if not headers["date"]:
        matter.note("left", "has no date (write `Date: 2026-02` into its file)")
    if matter.pop_text("draft").lower() == "true":
        headers["status"] = "draft"
    summary = plain_text(matter.pop_text("summary", "subtitle", "description"))
    body = body or summary or headers["title"]
    matter.source.add_document("news", headers, body, page.path, 1, clean_slug(page.name))
    note_unread_keys(matter, "authors author slides url_code url_pdf url_slides url_video")
