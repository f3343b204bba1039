"""Pictures of the site: what pages show of them, sharing cards and icons; made and published."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from html import unescape
from pathlib import Path

from pelican.contents import Page, Static
from pelican.generators import Generator, PagesGenerator
from pelican.writers import Writer

from ..build import DeferredWriter
from ..images import (
    FAVICON_SOURCE,
    FIGURE_WIDTH,
    ICON_FILES,
    IMAGE_SUFFIXES,
    PORTRAIT_WIDTH,
    ImageCache,
    ResponsiveImage,
    draw_figure_card,
    draw_icons,
    draw_site_card,
    draw_title_card,
    has_location,
    hashed_path,
    is_rendered,
    load_image,
    measure_image,
    refuse_active_svg,
    remove_metadata,
    remove_missing_glyphs,
    render_image,
)
from ..model import Problem
from ..pages import is_draft, linked_paths, output_path

# What browsers and phones ask for: file, relation, sizes.
_ICONS = [
    ("favicon.ico", "icon", "32x32"), ("favicon.svg", "icon", "any"),
    ("favicon.png", "icon", ""), ("apple-touch-icon.png", "apple-touch-icon", ""),
    ("site.webmanifest", "manifest", ""),
]  # fmt: skip


class SiteMedia:
    """Makes files of the files in content/, once, and hands them to Pelican to publish.

    What is wrong with a picture goes into `problems`.
    """

    def __init__(self, context: dict, problems: list[Problem]):
        self.context = context
        self.problems = problems
        self.cache = ImageCache(Path(context["CACHE_PATH"]))
        # Address, and where the file lies.
        self.made: dict[str, Path] = {}
        # Address, and what makes the file when all others are made.
        self.later: dict[str, Callable[[], bytes]] = {}
        self.wrong: set[str] = set()

    def make(self, pages: Iterable[Page]) -> None:
        """Make all that the site's pages show.

        The context gets `pictures`, from paths below content/ to Pictures, `sharing`, the address
        of the site's sharing card or None, `icons`, tuples of file, relation and sizes, and
        `cleaned`, files that are published in place of others. Pages with a paper get `sharing`.
        """
        context = self.context
        wanted = list(self._shown().items())
        papers = [page for page in pages if getattr(page, "paper", None)]
        with ThreadPoolExecutor() as pool:
            # Pillow reads and writes pictures outside Python's lock.
            made = pool.map(lambda item: self._render(*item), wanted)
            context["pictures"] = dict(made)
            cleaned = pool.map(self._clean, self._telling())
            context["cleaned"] = dict(filter(None, cleaned))
            assign_social_cards(self, papers, pool)
        context["later"] = self.later
        context["icons"] = self._icons()
        for path in self.wrong:
            # The preview goes on without it.
            context["staticfiles"].remove(context["static_content"].pop(path))
        for address, path in sorted(self.made.items()):
            metadata = {"title": address, "save_as": address, "url": address}
            static = Static("", metadata, context, source_path=str(path), context=context)
            context["staticfiles"].append(static)

    def inspect(self) -> None:
        """Note what is wrong with pictures, and make none."""
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(self._look_at, self._shown()):
                pass
        self._telling()

    def _look_at(self, path: str) -> None:
        file = self.file(path)
        try:
            measure_image(file)
            if not is_rendered(file, self.cache):
                load_image(file, 1)
        except ValueError as error:
            self.problem(path, error)

    def _shown(self) -> dict[str, int]:
        """Return the pictures that pages show: path, and width in pixels at the most."""
        context = self.context
        shown = {context["portrait"].path: PORTRAIT_WIDTH} if context["portrait"] else {}
        for content in filter(None, context["generated_content"].values()):
            if is_draft(content):
                continue
            figure = getattr(getattr(content, "paper", None), "figure", None)
            for path in [*linked_paths(content).values(), *([figure.path] if figure else [])]:
                if path.lower().endswith(IMAGE_SUFFIXES) and path in context["static_content"]:
                    shown[path] = FIGURE_WIDTH
        return dict(sorted(shown.items()))

    def file(self, path: str) -> Path:
        """Return where the file of a path below content/ lies."""
        return Path(self.context["static_content"][path].source_path)

    def keep(self, address: str, make: Callable[[], bytes]) -> str:
        """Have a file made, unless it is there, and published at an address, which is returned."""
        self.cache.keep(address, make)
        self.made[address] = self.cache.path(address)
        return address

    def problem(self, path: str, error: ValueError) -> None:
        """Note once what is wrong with a picture, unless that is told where a header names it."""
        if path not in self.wrong:
            self.wrong.add(path)
            told = f'/{path.rpartition("/")[2]}" {error}'
            for content in filter(None, self.context["generated_content"].values()):
                if any(f"/{p.message}".endswith(told) for p in content.header.problems):
                    return
            self.problems.append(Problem(f"{Path(self.context['PATH']).name}/{path}", str(error)))

    def _render(self, path: str, widest: int) -> tuple[str, ResponsiveImage]:
        file = self.file(path)
        try:
            picture = render_image(file, path, widest, self.cache)
        except ValueError as error:
            self.problem(path, error)
            # For the preview, which goes on.
            return path, ResponsiveImage(1, 1, path, (), path, False)
        self.made |= {address: self.cache.path(address) for address in picture.files}
        return path, picture

    def _telling(self) -> list[str]:
        """Return the pictures that tell where they were taken; refuse drawings that run scripts."""
        telling = []
        for path in self.context["static_content"]:
            file = self.file(path)
            try:
                if path.lower().endswith(".svg"):
                    refuse_active_svg(file)
                elif has_location(file):
                    telling.append(path)
            except ValueError as error:
                self.problem(path, error)
        return telling

    def _clean(self, path: str) -> tuple[str, Path] | None:
        file = self.file(path)
        address = f"{hashed_path(file.stem, b'clean', file.read_bytes())}{file.suffix.lower()}"
        try:
            self.cache.keep(address, lambda: remove_metadata(file))
        except ValueError as error:
            self.problem(path, error)
            return None
        return path, self.cache.path(address)

    def _icons(self) -> list[tuple[str, str, str]]:
        own = {output_path(static) for static in self.context["static_content"].values()}
        if FAVICON_SOURCE in self.context["static_content"]:
            try:
                self._make_icons(own)
            except ValueError as error:
                self.problem(FAVICON_SOURCE, error)
        return [icon for icon in _ICONS if icon[0] in own | self.made.keys()]

    def _make_icons(self, own: set[str]) -> None:
        drawing = self.file(FAVICON_SOURCE)
        stem = hashed_path("icons", drawing.read_bytes(), self.context["SITENAME"].encode())
        addresses = {file: f"{stem}-{file}" for file in ICON_FILES}
        if not all(self.cache.path(address).exists() for address in addresses.values()):
            for file, data in draw_icons(drawing, self.context["SITENAME"]):
                self.cache.keep(addresses[file], lambda data=data: data)
        for file, address in addresses.items():
            if file not in own:
                self.made[file] = self.cache.path(address)


def write_title_cards(generator: Generator, writer: DeferredWriter) -> None:
    """Write what is made when all other files are; an address tells what of."""
    for address, make in generator.context["later"].items():
        writer.put(address, make, address)


def publish_cleaned_images(generator: PagesGenerator, writer: Writer) -> None:
    """Publish cleaned files in the place of those that tell where they were taken.

    Not before all pages are written: where an {attach}ed file goes depends on where it lies.
    """
    context = generator.context
    for path, cleaned in context["cleaned"].items():
        static = context["static_content"][path]
        static.override_save_as, static.override_url = static.save_as, static.url
        static.source_path = str(cleaned)


def assign_social_cards(media: SiteMedia, papers: list[Page], pool: Executor) -> None:
    """Give the site, and each page with a paper, its `sharing`: a card's address, or None.

    The preview has none: a card needs an absolute address.
    """
    context = media.context
    published = not context["RELATIVE_URLS"]
    context["social_card"] = _of_site(media) if published else None
    shown = [page for page in papers if page.paper.figure and published]
    drawn = dict(zip(shown, pool.map(partial(_of_figure, media), shown), strict=True))
    for page in papers:
        own = (drawn.get(page) or _in_type(media, page)) if published else None
        page.social_card = own or context["social_card"]


def _of_site(media: SiteMedia) -> str | None:
    context = media.context
    home = context["generated_content"].get("home.md")
    role = home.metadata.get("role", "") if home else ""
    texts = remove_missing_glyphs(context["SITENAME"], unescape(str(role)))
    portrait = context["portrait"]
    file = media.file(portrait.path) if portrait else None
    if texts is None or (portrait and portrait.path not in context["pictures"]):
        return None
    stem = hashed_path("card", "\n".join(texts).encode(), file.read_bytes() if file else b"")
    return media.keep(f"{stem}.jpg", lambda: draw_site_card(*texts, file))


def _of_figure(media: SiteMedia, page: Page) -> str | None:
    path = page.paper.figure.path
    if path not in media.context["pictures"]:
        return None
    file = media.file(path)
    stem = hashed_path(f"{page.slug}-card", file.read_bytes())
    try:
        return media.keep(f"{stem}.jpg", lambda: draw_figure_card(file))
    except ValueError as error:
        media.problem(path, error)
        return None


def _in_type(media: SiteMedia, page: Page) -> str | None:
    paper = page.paper
    byline = paper.byline()
    authors = ", ".join(author.name for author in byline.shown)
    more = f" and {len(byline.hidden)} more" if byline.hidden else ""
    texts = remove_missing_glyphs(
        " · ".join([paper.venue_label, *paper.honours]), unescape(str(page.title)),
        authors + more + (" et al." if paper.has_more_authors else ""), media.context["SITENAME"],
    )  # fmt: skip
    if texts is None:
        return None
    address = hashed_path(f"{page.slug}-card", "\n".join(texts).encode()) + ".png"
    media.later[address] = partial(draw_title_card, *texts)
    return address
