"""Pelican: the owner in its settings, articles, pages and .bib files."""

import ast
import re
from functools import partial
from pathlib import Path

from ..common import add_portrait, add_profile, label_profile, plain_text, set_owner
from ..front_matter import FrontMatter, import_post, mark_imprecise_dates, read_text_page
from ..references import import_bib_file
from ..result import SourceTree
from ..webpage import IGNORED_PAGES, find_person_name, import_page
from .texts import convert_markdown_text, convert_rst

_TEXTS = ("md", "markdown", "mkd", "rst", "html")
_PICTURES = ("PROFILE_IMAGE", "PROFILE_IMAGE_URL", "AVATAR", "HEADSHOT", "SITELOGO", "SITE_LOGO",
             "PROFILE_PICTURE")  # fmt: skip
_HOME_NAMES = ("index", "home", "about", "about-me", "bio")


def import_pelican(source: SourceTree) -> bool:
    """Import a site of Pelican; tell whether it is one."""
    paths = source.list_files("pelicanconf.py")
    if not paths:
        return False
    settings: dict[str, object] = {}
    with source.limit_reading(paths[0]):
        settings = _read_settings(source, paths[0])
    content = str(settings.get("PATH") or "content").strip("./")
    if not (source.root / content).is_dir() or not re.fullmatch(r"[\w./-]*", content):
        content = "content"
    convert = partial(convert_markdown_text, folder=content)
    source.converters |= dict.fromkeys((".md", ".markdown", ".mkd"), convert)
    source.converters[".rst"] = partial(convert_rst, folder=content)
    source.asset_folders = tuple(filter(None, (content, f"{content}/extra", f"{content}/images")))
    _read_owner(source, paths[0], settings)
    _import_texts(source, content, settings)
    for path in source.list_files("*.bib", f"{content}/**/*.bib" if content else "**/*.bib"):
        with source.limit_reading(path):
            import_bib_file(source, path)
    return True


def _read_settings(source: SourceTree, path: Path) -> dict[str, object]:
    """Return the settings that are plain values; the file is not executed."""
    settings: dict[str, object] = {}
    try:
        tree = ast.parse(source.read_text(path))
    except SyntaxError as error:
        source.note("left", path, f"cannot be read as Python: {error.msg}", error.lineno)
        return {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                settings[node.targets[0].id] = ast.literal_eval(node.value)
            except (ValueError, TypeError):
                continue  # What is computed is not a setting of the owner's.
    return settings


def _text(settings: dict[str, object], *names: str) -> str:
    values = (settings.get(name) for name in names)
    return next((plain_text(value) for value in values if isinstance(value, str) and value), "")


def _read_owner(source: SourceTree, path: Path, settings: dict[str, object]) -> None:
    title = _text(settings, "SITENAME", "SITETITLE")
    set_owner(source, _text(settings, "AUTHOR") or find_person_name(title))
    source.result.owner.role = (
        _text(settings, "SITESUBTITLE", "TAGLINE", "SITE_DESCRIPTION") or None
    )
    for pair in _pairs(settings.get("SOCIAL")):
        add_profile(source, path, label_profile(pair[1], pair[0]), pair[1])
    if email := _text(settings, "EMAIL", "AUTHOR_EMAIL"):
        add_profile(source, path, "Email", f"mailto:{email.removeprefix('mailto:')}")
    pictures = [_text(settings, name).lstrip("/") for name in _PICTURES]
    add_portrait(source, [source.find_file(name) for name in pictures if name])
    for label, address in _pairs(settings.get("LINKS")):
        source.note("left", path, f'the link "{label}", {address}, is not supported here')


def _pairs(value: object) -> list[tuple[str, str]]:
    items = value if isinstance(value, (list, tuple)) else ()
    return [
        (item[0], item[1]) for item in items
        if isinstance(item, (list, tuple)) and len(item) >= 2
        and all(isinstance(part, str) for part in item[:2])
    ]  # fmt: skip


def _import_texts(source: SourceTree, content: str, settings: dict[str, object]) -> None:
    """Import articles as news, pages as pages, and the page at the root as the home page."""
    folders = settings.get("PAGE_PATHS", ["pages"])
    folders = folders if isinstance(folders, (list, tuple)) else [folders]
    base = source.root / content
    pages, posts = [], []
    for path in source.list_files(*(f"{content}/**/*.{end}".lstrip("/") for end in _TEXTS)):
        name = path.relative_to(base).as_posix()
        if path.stem.lower() in IGNORED_PAGES or name.startswith(("extra/", "theme/", "output/")):
            continue
        is_page = any(name.startswith(f"{str(folder).strip('/')}/") for folder in folders)
        with source.limit_reading(path):
            if matter := read_text_page(source, path):
                (pages if is_page else posts).append(matter)
    mark_imprecise_dates(posts)
    for matter in posts:
        with source.limit_reading(matter.path):
            authors = matter.pop_text("author", "authors") or ""
            own = authors == (source.result.owner.name or "")
            import_post(matter, matter.path.stem, "" if own else authors)
    home = _find_home(pages)
    for matter in sorted(pages, key=lambda matter: matter is not home):
        import_page(source, matter.path, is_home=matter is home)
    documents = source.result.documents
    if not any(document.kind == "home" for document in documents):
        name = source.result.owner.name or _text(settings, "SITENAME") or "Home"
        body = "## News\n\n[NEWS]" if any(doc.kind == "news" for doc in documents) else ""
        headers = {"title": name, "role": source.result.owner.role or ""}
        source.add_document("home", headers, body, source.root / "pelicanconf.py", 1)


def _find_home(pages: list[FrontMatter]) -> FrontMatter | None:
    """Return the page at the site's root, or the one about the owner."""
    for matter in pages:
        if matter.data.get("save_as") == "index.html":
            return matter
    names = {matter.path.stem.lower(): matter for matter in reversed(pages)}
    return next((names[name] for name in _HOME_NAMES if name in names), None)
