"""What each file of a site depends on: its contents, templates and listings."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from pelican.contents import Content

from ..defaults import THEME
from ..pages import Listing
from ..util import LazyPattern
from .fingerprint import digest, settings_digest
from .pelican_internals import html_with_markers, output_path
from .template_cache import RELATED

# A file's bytes, a file to copy, or the files of a folder by their paths in it.
FileContent = bytes | Path | dict[str, bytes]


class Output(NamedTuple):
    """A file below the site's root, what makes it, and what it depends on beside the whole site.

    `facts` holds contents, templates, listings, and values whose `repr` tells them apart; `...`
    stands for all contents. A path that ends with a slash is a folder that has no other files.
    """

    path: str
    make: Callable[[], FileContent]
    facts: tuple


# Names of the context that any page may show.
_SHARED_NAMES = (
    "menu", "social", "feeds", "icons", "downloads", "portrait", "social_card", "generator",
    "pictures",
)  # fmt: skip
_LINK = LazyPattern(r"[{|](?:filename|static|attach|index)[}|]")
# Attributes of contents that templates print, beside those that Pelican reads.
_PRINTED = (
    "title", "template", "status", "lang", "when", "draft_label", "paper", "references", "topics",
    "facet_values", "downloads", "bibtex", "social_card", "post",
)  # fmt: skip


class Dependencies:
    """The digests of what files depend on; to be used when all contents are complete."""

    def __init__(self, context: dict, settings: dict):
        self.context = context
        self.settings = settings
        # Whether a template shows any content, by its name.
        self._shows_lists: dict[str, bool] = {}
        self._contents: dict[Content, str] = {}

    def forget_content(self, content: Content) -> None:
        """Forget the digest of a content that has changed."""
        self._contents.pop(content, None)
        self.__dict__.pop("_all_contents", None)

    def forget_templates(self) -> None:
        """Forget the digests of templates that have changed; none was added or removed."""
        for name in ("_templates", "_site"):
            self.__dict__.pop(name, None)
        self._shows_lists.clear()

    def digest_output(self, output: Output) -> str:
        """Return the digest of all that a file depends on."""
        return digest(self._site, output.path, *self._expand(output.facts))

    def _expand(self, facts: Iterable[object]) -> Iterator[object]:
        """Yield values whose `repr` tells the facts apart."""
        for fact in facts:
            if fact is ...:
                yield self._all_contents
            elif isinstance(fact, Content):
                yield self._content(fact)
                for name in RELATED:
                    value = getattr(fact, name, None) or ()
                    related = [value] if isinstance(value, Content) else value
                    yield [self._content(other) for other in related]
                if not self._has_our_templates:
                    yield self._all_contents
            elif isinstance(fact, Template):
                if fact.name not in self._shows_lists:
                    templates = fact.environment.bytecode_cache
                    shows_lists = templates.shows_lists(fact.environment, fact.name)
                    self._shows_lists[fact.name] = shows_lists
                yield fact.name
                if self._shows_lists[fact.name]:
                    yield self._all_contents
            elif isinstance(fact, list):
                yield from self._expand(fact)
            elif isinstance(fact, Listing):
                yield fact.facet, fact.value, fact.label, fact.address
                yield self._facets
                yield from map(self._content, fact.items)
            else:
                yield fact

    def _content(self, content: Content) -> str:
        """Return the digest of a content, which is computed once."""
        if content not in self._contents:
            self._contents[content] = self._digest_content(content)
        return self._contents[content]

    def _digest_content(self, content: Content) -> str:
        """Return a digest of all that templates print of a content, without related ones."""
        html, metadata = html_with_markers(content), content.metadata
        if _LINK.search(html):
            html = content.get_content(self.context["SITEURL"])
        attributes = vars(content)
        values = [attributes.get(name) for name in _PRINTED]
        texts = [(key, str(value)) for key, value in metadata.items() if key != "header"]
        return digest(content.url, content.save_as, html, content.header.source, values, texts)

    @cached_property
    def _has_our_templates(self) -> bool:
        """Tell whether all templates are ours; others may print anything of any content."""
        return Path(self.settings["THEME"]).resolve() == Path(THEME).resolve() and not any(
            os.path.isdir(folder) and any(Path(folder).rglob("*.html"))
            for folder in self.settings["THEME_TEMPLATES_OVERRIDES"]
        )

    @cached_property
    def _facets(self) -> object:
        return [
            (facet, [(item.label, item.address, len(item.papers)) for item in items])
            for facet, items in self.context["facets"].items()
        ]

    @cached_property
    def _site(self) -> str:
        """Return a digest of what any page may show, and of the code and templates."""
        shared = [self.context.get(name) for name in _SHARED_NAMES]
        files = sorted(
            (path, output_path(static)) for path, static in self.context["static_content"].items()
        )
        return digest(settings_digest(self.settings), shared, files, self._templates)

    @cached_property
    def _templates(self) -> str:
        theme = Path(self.settings["THEME"], "templates")
        folders = [*self.settings["THEME_TEMPLATES_OVERRIDES"], theme]
        paths = (path for folder in folders for path in sorted(Path(folder).rglob("*")))
        return digest([(str(path), path.read_bytes()) for path in paths if path.is_file()])

    @cached_property
    def _all_contents(self) -> str:
        contents = (*self.context["articles"], *self.context["pages"])
        selected = [page.url for page in self.context["selected_papers"]]
        return digest(self._facets, selected, *map(self._content, contents))
