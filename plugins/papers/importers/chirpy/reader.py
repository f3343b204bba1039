"""Chirpy: settings, posts, and the tabs of its menu, one of which introduces the owner."""

import re
from pathlib import Path

from ..common import (
    add_portrait,
    add_profile,
    label_profile,
    load_yaml_mapping,
    nested_mapping,
    plain_text,
    profile_address,
    set_owner,
    yaml_text,
    yaml_texts,
)
from ..front_matter import (
    FrontMatter,
    import_post,
    mark_imprecise_dates,
    read_text_page,
    read_yaml_records,
)
from ..references import import_bib_file
from ..result import SourceTree
from ..webpage import IGNORED_PAGES, find_person_name, import_page

_THEME = re.compile(r"^\s*(?:remote_)?theme\s*:.*chirpy", re.IGNORECASE | re.MULTILINE)
# Attributes of kramdown: sizes of pictures, names of files, kinds of boxes.
_ATTRIBUTES = re.compile(r"[ \t]?\{:(?![\w-]+\}\n)[^{}\n]{0,300}\}")
_MACHINE_TABS = ("archives", "categories", "tags")


def import_chirpy(source: SourceTree) -> bool:
    """Import a site of Chirpy; tell whether it is one."""
    configs = source.list_files("_config.yml", "_config.yaml")
    tabs = source.list_files("_tabs/*.md")
    if not configs or not (tabs or _THEME.search(source.read_text(configs[0]))):
        return False
    source.converters[".md"] = lambda text: _ATTRIBUTES.sub("", text)
    config = load_yaml_mapping(source, configs[0])
    _read_owner(source, configs[0], config)
    _import_posts(source)
    for path in source.list_files("*.bib", "_data/*.bib", "_bibliography/*.bib", "assets/**/*.bib"):
        with source.limit_reading(path):
            import_bib_file(source, path)
    _import_tabs(source, configs[0], config, tabs)
    return True


def _read_owner(source: SourceTree, path: Path, config: dict) -> None:
    social = nested_mapping(config, "social")
    title = yaml_text(config.get("title"))
    set_owner(source, yaml_text(social.get("name")) or find_person_name(title))
    source.result.owner.role = plain_text(yaml_text(config.get("tagline"))) or None
    pairs = [profile_address("email", yaml_text(social.get("email")))]
    pairs += [(label_profile(url), url) for url in yaml_texts(social.get("links"))]
    for key in ("github", "twitter", "linkedin", "mastodon"):
        pairs.append(profile_address(key, yaml_text(nested_mapping(config, key).get("username"))))
    for file in source.list_files("_data/contact.yml", "_data/contact.yaml"):
        for item in read_yaml_records(source, file):
            if re.match("https?://", url := str(item.data.get("url", ""))):
                pairs.append((label_profile(url, str(item.data.get("type", ""))), url))
    known: set[str] = set()
    for label, address in pairs:
        if address and (label not in known or label == "Website"):
            known.add(label)
            add_profile(source, path, label, address)
    avatar = yaml_text(config.get("avatar"))
    if avatar and not add_portrait(source, [source.find_file(avatar)]):
        message = f'the image "{avatar}" was not found (save it as content/images/portrait.jpg)'
        source.note("left", path, message)


def _import_posts(source: SourceTree) -> None:
    names: dict[str, str] = {}
    for path in source.list_files("_data/authors.yml", "_data/authors.yaml"):
        for key, value in load_yaml_mapping(source, path).items():
            names[str(key)] = yaml_text(value.get("name")) if isinstance(value, dict) else ""
    posts: list[FrontMatter] = []
    for path in source.list_files("_posts/**/*.md", "_posts/**/*.markdown"):
        with source.limit_reading(path):
            if matter := read_text_page(source, path):
                posts.append(matter)
    mark_imprecise_dates(posts)
    for matter in posts:
        folder = matter.pop_text("media_subpath", "img_path").strip("/")
        source.asset_folders = (folder,) if folder else ()
        authors = [plain_text(item) for key in ("author", "authors")
                   for item in matter.pop_items(key)]  # fmt: skip
        with source.limit_reading(matter.path):
            words = ", ".join(names.get(name) or name for name in authors)
            import_post(matter, matter.path.stem, words)
    source.asset_folders = ()
    for path in source.list_files("_drafts/**/*.md"):
        source.note("left", path, "drafts were skipped (copy them into content/news/)")


def _import_tabs(source: SourceTree, config_path: Path, config: dict, tabs: list[Path]) -> None:
    """Import the tabs and other pages; the text about the owner becomes the home page."""
    pages = [
        path for path in (*tabs, *source.list_files("*.md"))
        if path.stem.lower() not in (*IGNORED_PAGES, "index")
    ]  # fmt: skip
    about = next((path for path in pages if path.stem.lower().startswith("about")), None)
    count = len(source.result.documents)
    if about:
        import_page(source, about, is_home=True)
    home = next((text for text in source.result.documents[count:] if text.kind == "home"), None)
    owner = source.result.owner
    if home is None:
        name = owner.name or yaml_text(config.get("title")) or "Home"
        source.add_document("home", {"title": name}, "", config_path, 1)
        home = source.result.documents[-1]
    home.headers["role"] = owner.role or home.headers.get("role", "")
    home.headers["summary"] = plain_text(yaml_text(config.get("description")))
    if any(text.kind == "news" for text in source.result.documents) and "[NEWS]" not in home.body:
        home.body = f"{home.body}\n\n## Posts\n\n[NEWS]".strip()
    for path in pages:
        text = source.read_text(path)
        if path != about and text.lstrip().startswith("---"):
            layout = re.search(r"(?m)^layout\s*:\s*[\"']?(\w+)", text)
            if not (layout and layout[1] in _MACHINE_TABS):
                import_page(source, path, is_home=False)
