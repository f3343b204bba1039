"""Jekyll sites: settings, .bib files, people, news, pages, the home page."""

import re
from functools import partial
from pathlib import Path

from ...content import Header, parse_bibtex
from ..common import (
    clean_body,
    load_yaml_mapping,
    nested_mapping,
    plain_line,
    plain_text,
    read_social_links,
    yaml_text,
    yaml_texts,
)
from ..references import BibOrigin, import_bib_file
from ..result import SourceTree
from ..webpage import IGNORED_PAGES, import_page, is_publication_page
from .al_folio import (
    add_printed_names,
    guess_owner,
    has_owners_papers,
    import_coauthors,
    import_home,
    import_portrait,
    is_about_page,
    is_owners_paper,
)
from .collections import import_collections
from .layout import read_bib_layout
from .posts import common_headers, import_news, split_post
from .settings import read_owner

JEKYLL_CONFIGS = ("_config.yml", "_config.yaml")
_HOMES = (
    "_pages/about.md",
    "about.md",
    "_pages/home.md",
    "index.md",
    "_pages/index.md",
    "index.html",
)
# Pages that Jekyll generates from data.
_GENERATED = re.compile(
    r"\{%-?\s*bibliography\b|\{%-?\s*include\s+(?:bib_search|projects|repository|news|archive-"
    r"single|publications?)\b|\bsite\.(?:posts|publications|teaching|talks|projects|news|books|"
    r"portfolio|categories|tags|data)\b|\bpaginator\."
)
_TAGS = re.compile(r"\{[{%].*?[%}]\}|<[^<>]*>", re.DOTALL)
_FIRST_HEADING = re.compile(r"# +(?P<words>[^\n]{1,200})\n*")
# The .bib that a list shows: `{% bibliography --file talks %}`.
_SHOWN_FILE = re.compile(r"\{%-?\s*bibliography[^%]{0,200}?\s(?:-f|--file)[ =]+([\w./-]+)")
_UNSUPPORTED_FILES = {
    "_data/venues.yml": "addresses and colours of venues are not supported here",
    "_data/cv.yml": "a CV is written as a page (content/pages/cv.md)",
    "assets/json/resume.json": "a CV is written as a page (content/pages/cv.md)",
}
_UNSUPPORTED_FOLDERS = {"_drafts": "drafts"}


def import_jekyll(source: SourceTree) -> bool:
    """Import a Jekyll site; tell whether it is one."""
    configs = source.list_files(*JEKYLL_CONFIGS)
    if not configs and not source.list_files("_bibliography/*.bib", "_posts/*.md", "_pages/*.md"):
        return False
    config: dict = {}
    for path in configs[:1]:
        config = load_yaml_mapping(source, path)
        read_owner(source, path, config)
    for path in source.list_files("_data/socials.yml", "_data/socials.yaml"):
        read_social_links(source, path, load_yaml_mapping(source, path), any_key=True)
    entries = _import_bib_files(source, config)
    for path in source.list_files("_data/coauthors.yml", "_data/coauthors.yaml"):
        import_coauthors(source, path, entries)
    if entries and configs:
        last = next(iter(yaml_texts(nested_mapping(config, "scholar").get("last_name"))), "")
        guess_owner(source, configs[0], last, entries)
        add_printed_names(source, configs[0], entries)
    import_news(source)
    home = _import_home_page(source)
    if not any(name.startswith("images/portrait.") for name in source.result.assets) and configs:
        author = nested_mapping(config, "author")
        names = [yaml_text(author.get(key)) for key in ("avatar", "image", "photo")]
        names += [yaml_text(config.get(key)) for key in ("avatar", "profile_image", "photo")]
        import_portrait(source, configs[0], next(filter(None, names), ""), None)
    for path in source.list_files("_pages/**/*.md", "*.md"):
        if path != home and path not in source.included:
            with source.limit_reading(path):
                _import_text_page(source, path)
    import_collections(source)
    _note_unsupported(source)
    return True


def _import_bib_files(source: SourceTree, config: dict) -> list[Header]:
    """Import the .bib files with the owner's papers; return their entries."""
    scholar = nested_mapping(config, "scholar")
    folder = yaml_text(scholar.get("source")).strip("./") or "_bibliography"
    if not re.fullmatch(r"[\w./-]+", folder) or ".." in folder:
        folder = "_bibliography"
    paths = source.list_files(f"{folder}/**/*.bib") or source.list_files("_bibliography/**/*.bib")
    site = yaml_text(config.get("url")).rstrip("/")
    base = yaml_text(config.get("baseurl")).strip("/")
    site = f"{site}/{base}".rstrip("/") if site else ""
    layout = read_bib_layout(source)
    entries = []
    main_file = yaml_text(scholar.get("bibliography"))
    names = [path.name for path in paths]
    main_file = next((name for name in (main_file, "papers.bib") if name in names), "")
    listed = _list_shown_files(source)
    for path in sorted(paths, key=lambda path: path.name != main_file):
        is_own = None
        if main_file and path.name != main_file and path.stem not in listed:
            headers = parse_bibtex(source.relative_name(path), source.read_text(path).encode())
            if len(headers) > 1 and not has_owners_papers(source, headers):
                message = "names the owner nowhere (copy it to content/references.bib to cite it)"
                source.note("left", path, message)
                continue
            is_own = partial(is_owners_paper, source)
        origin = BibOrigin(site, layout.buttons, layout.folders, is_own)
        with source.limit_reading(path):
            entries += import_bib_file(source, path, origin)
    return entries


def _list_shown_files(source: SourceTree) -> set[str]:
    """Return the names of the .bib files that pages of publications show."""
    files: set[str] = set()
    for path in source.list_files("_pages/**/*.md", "*.md"):
        text = source.read_text(path)
        if "bibliography" in text:
            header, _, _ = split_post(source, path)
            if is_publication_page(header, path):
                files |= {Path(name).stem for name in _SHOWN_FILE.findall(text)}
    return files


def _import_home_page(source: SourceTree) -> Path | None:
    """Import the home page; return its file."""
    # The page at the site's root is the home page, before others.
    paths = [path for name in _HOMES for path in source.list_files(name)]
    pages = [(path, *split_post(source, path)) for path in paths]
    root_pages = [text for text in pages if (text[1].get("permalink") or "").strip() == "/"]
    for path, header, body, line in (root_pages or pages)[:1]:
        if is_about_page(header):
            import_home(source, path, header, body, line)
        else:
            import_page(source, path)
        return path
    return None


def _import_text_page(source: SourceTree, path: Path) -> None:
    header, text, line = split_post(source, path)
    if path.parent == source.root and _is_about_repository(source, header, path):
        return
    if "404" in (path.stem, (header.get("permalink") or "").strip("/").removesuffix(".html")):
        return
    if _GENERATED.search(text):
        is_list = is_publication_page(header, path) or path.stem.lower() in ("news", "blog")
        if is_list and len(_TAGS.sub("", text).strip()) < 200:
            return  # The new site has these lists, too.
        source.note("left", path, "is generated from data by the old system (write it as a page)")
        return
    if is_publication_page(header, path):
        import_page(source, path)
        return
    body = clean_body(source, path, text, line, "images").strip()
    if not body:
        source.note("left", path, "contains no text")
        return
    permalink = (header.get("permalink") or "").strip("/").removesuffix(".html")
    slug = permalink if re.fullmatch(r"[\w-]+", permalink) else path.stem
    title = plain_line(header.get("title") or "")
    if not title and (heading := _FIRST_HEADING.match(body)):
        # GitHub shows a text without front matter as well; its heading is the title.
        title, body = plain_text(heading["words"]), body[heading.end() :].strip() or body
    headers = {"title": title or path.stem} | common_headers(header)
    if headers.get("aliases", "").strip("/") == slug:
        del headers["aliases"]
    headers["summary"] = plain_line(header.get("description") or "")
    source.add_document("page", headers, body, path, 1, slug)
    source.note("taken", path, "page")


def _is_about_repository(source: SourceTree, header: Header, path: Path) -> bool:
    """Tell whether a file is not a page but about the repository: README, CODE_OF_CONDUCT.

    Beside settings, GitHub shows texts without front matter as well.
    """
    if header.entries or path.stem.lower() in IGNORED_PAGES:
        return path.stem.lower() in IGNORED_PAGES
    return path.stem == path.stem.upper() or not source.list_files(*JEKYLL_CONFIGS)


def _note_unsupported(source: SourceTree) -> None:
    """Note files that are not imported."""
    for name, message in _UNSUPPORTED_FILES.items():
        for path in source.list_files(name):
            source.note("left", path, message)
    for folder, kind in _UNSUPPORTED_FOLDERS.items():
        for path in source.list_files(f"{folder}/**/*.md"):
            message = f"{kind} were skipped (write a page of them, content/pages/{kind}.md)"
            source.note("left", path, message)
