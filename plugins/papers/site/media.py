"""The site's images: responsive ones, those without metadata, icons; made and published."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from pelican.contents import Static
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..images import (
    FAVICON_SOURCE,
    FIGURE_CARD_WIDTH,
    FIGURE_WIDTH,
    ICON_FILES,
    IMAGE_SUFFIXES,
    PORTRAIT_WIDTH,
    SVG_RENDERER,
    ResponsiveImage,
    check_drawing,
    draw_icon,
    draw_icons,
    has_location,
    hashed_path,
    is_rendered,
    load_image,
    measure_image,
    refuse_active_svg,
    remove_metadata,
    render_image,
)
from ..model import Figure, Problem
from ..pages import figure_of, is_draft, linked_paths
from .media_store import MediaStore
from .open_graph import assign_social_cards
from .urls import encode_static_urls, static_paths

# The icons that browsers and phones look for: file, relation, sizes.
_ICONS = [
    ("favicon.ico", "icon", "32x32"), ("favicon.svg", "icon", "any"),
    ("favicon.png", "icon", ""), ("apple-touch-icon.png", "apple-touch-icon", ""),
    ("site.webmanifest", "manifest", ""),
]  # fmt: skip


def measure_portrait(context: dict, problems: list[Problem]) -> Figure | None:
    """Return the picture content/images/portrait.*, or None."""
    for path, static in sorted(context["static_content"].items()):
        if re.fullmatch(r"images/portrait\.(?!txt|md)\w+", path, re.IGNORECASE):
            try:
                return Figure(path, *measure_image(Path(static.source_path)), context["SITENAME"])
            except ValueError as error:
                problems.append(Problem(f"{Path(context['PATH']).name}/{path}", str(error)))
    return None


def check_media(context: dict, problems: list[Problem]) -> None:
    """Add what is wrong with images to `problems`; make none."""
    store = MediaStore(context, problems)
    with closing(SVG_RENDERER), ThreadPoolExecutor() as pool:
        list(pool.map(partial(_check_image, store), _shown_images(context)))
    _check_icons(store)
    _images_with_location(store)


def _check_image(store: MediaStore, path: str) -> None:
    file = store.source(path)
    try:
        measure_image(file)
        if is_rendered(file, store.cache):
            return
        if path.lower().endswith(".svg"):
            check_drawing(file, FIGURE_CARD_WIDTH)
        else:
            load_image(file, 1)
    except ValueError as error:
        store.report(path, error)


def publish_media(context: dict, problems: list[Problem]) -> None:
    """Make the files that pages show of images, and hand them to Pelican to publish.

    The context gets `pictures`, from paths below content/ to ResponsiveImages, `social_card`,
    `icons`, tuples of file, relation and sizes, `cleaned_images`, files that are published
    instead of others, and `title_cards`, which are made when the site is written. Papers and
    blog posts get `social_card`, too. What is wrong with images is added to `problems`.
    """
    encode_static_urls(context)
    store = MediaStore(context, problems)
    contents = [*context["articles"], *context["pages"]]
    own_cards = [c for c in contents if getattr(c, "paper", None) or getattr(c, "post", None)]
    with closing(SVG_RENDERER), ThreadPoolExecutor() as pool:
        # Pillow decodes and encodes images without holding Python's lock.
        images = pool.map(lambda item: _render(store, *item), _shown_images(context).items())
        context["pictures"] = dict(images)
        cleaned = pool.map(partial(_clean, store), _images_with_location(store))
        context["cleaned_images"] = dict(filter(None, cleaned))
        assign_social_cards(store, own_cards, pool)
        context["icons"] = _add_icons(store)
    context["title_cards"] = store.deferred
    for path in store.broken:
        # A preview goes on without them.
        context["staticfiles"].remove(context["static_content"].pop(path))
    for address, file in sorted(store.files.items()):
        metadata = {"title": address, "save_as": address, "url": address}
        static = Static("", metadata, context, source_path=str(file), context=context)
        context["staticfiles"].append(static)


def _shown_images(context: dict) -> dict[str, int]:
    """Return the images that pages show: path below content/, and greatest width in pixels."""
    widths = {context["portrait"].path: PORTRAIT_WIDTH} if context["portrait"] else {}
    for content in filter(None, context["generated_content"].values()):
        if is_draft(content):
            continue
        figure = figure_of(content)
        for path in [*linked_paths(content).values(), *([figure.path] if figure else [])]:
            if path.lower().endswith(IMAGE_SUFFIXES) and path in context["static_content"]:
                widths[path] = FIGURE_WIDTH
    return dict(sorted(widths.items()))


def _render(store: MediaStore, path: str, max_width: int) -> tuple[str, ResponsiveImage]:
    file = store.source(path)
    try:
        image = render_image(file, path, max_width, store.cache)
    except ValueError as error:
        store.report(path, error)
        # A preview shows the pages all the same.
        return path, ResponsiveImage(1, 1, path, (), path, False)
    store.files |= {address: store.cache.path(address) for address in image.files}
    return path, image


def _images_with_location(store: MediaStore) -> list[str]:
    """Return the images that say where they were taken; report drawings that run scripts."""
    paths = []
    for path in store.context["static_content"]:
        file = store.source(path)
        try:
            if path.lower().endswith(".svg"):
                refuse_active_svg(file)
            elif has_location(file):
                paths.append(path)
        except ValueError as error:
            store.report(path, error)
    return paths


def _clean(store: MediaStore, path: str) -> tuple[str, Path] | None:
    file = store.source(path)
    address = f"{hashed_path(file.stem, b'clean', file.read_bytes())}{file.suffix.lower()}"
    try:
        store.cache.ensure(address, lambda: remove_metadata(file))
    except ValueError as error:
        store.report(path, error)
        return None
    return path, store.cache.path(address)


def publish_cleaned_images(generator: PagesGenerator, writer: Writer) -> None:
    """Publish images without metadata instead of those that say where they were taken.

    All pages must be written: the address of an {attach}ed file depends on its source.
    """
    context = generator.context
    for path, cleaned in context["cleaned_images"].items():
        static = context["static_content"][path]
        static.override_save_as, static.override_url = static.save_as, unquote(static.url)
        static.source_path = str(cleaned)


def _add_icons(store: MediaStore) -> list[tuple[str, str, str]]:
    """Make the icons that the site does not bring itself, and return those that it has."""
    own = static_paths(store.context)
    if FAVICON_SOURCE in store.context["static_content"]:
        try:
            _make_icons(store, own)
        except ValueError as error:
            store.report(FAVICON_SOURCE, error)
    return [icon for icon in _ICONS if icon[0] in own | store.files.keys()]


def _check_icons(store: MediaStore) -> None:
    """Report a drawing of which no icons can be made."""
    if FAVICON_SOURCE in store.context["static_content"] and not _are_made(store):
        try:
            draw_icon(store.source(FAVICON_SOURCE))
        except ValueError as error:
            store.report(FAVICON_SOURCE, error)


def _icon_addresses(store: MediaStore) -> dict[str, str]:
    """Return where the cache has each of the icons."""
    data, name = store.source(FAVICON_SOURCE).read_bytes(), store.context["SITENAME"]
    stem = hashed_path("icons", data, name.encode())
    return {file: f"{stem}-{file}" for file in ICON_FILES}


def _are_made(store: MediaStore) -> bool:
    return all(store.cache.has(address) for address in _icon_addresses(store).values())


def _make_icons(store: MediaStore, own: set[str]) -> None:
    addresses = _icon_addresses(store)
    if not _are_made(store):
        drawing, name = store.source(FAVICON_SOURCE), store.context["SITENAME"]
        for file, data in draw_icons(drawing, name):
            store.cache.ensure(addresses[file], lambda data=data: data)
    for file in addresses.keys() - own:
        store.files[file] = store.cache.path(addresses[file])
