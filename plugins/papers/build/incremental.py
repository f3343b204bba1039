"""What each file of a site is made of, so that it is known whether it would be what it was."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, Template, meta, nodes
from pelican.contents import Content

from ..defaults import THEME
from ..pages import Listing
from ..util import replace_file
from .fingerprint import digest, only_our_plugin, settings_digest

# A file's bytes, a file to copy, or the files of a folder by their paths in it.
FileContent = bytes | Path | dict[str, bytes]


class Output(NamedTuple):
    """A file below the site's root, what makes it, and all that is its own in it.

    `facts` holds contents and whatever has a `repr` that tells it from others; `...` is the
    whole site. A path that ends with a slash is a folder of files that nobody else writes to.
    """

    path: str
    make: Callable[[], FileContent]
    facts: tuple


# What any page can show, beside what it is about.
_SHARED = (
    "menu", "social", "feeds", "icons", "downloads", "portrait", "social_card", "generator",
    "pictures",
)  # fmt: skip
# Where a content is more than itself: what its page shows of others.
_BESIDE = ("newer", "older", "papers", "news", "articles", "translations")
# What templates call that of which the facts are known.
_NEAR = ("article", "page", "content", "listing", "choice")
# What all pages share though it tells of some: a template that names one shows the whole site.
_LISTS = set(
    "articles authors categories cards dates draft_pages drafts generated_content hidden_articles "
    "hidden_pages listings pages papers people period_archives related_posts selected_papers "
    "static_links staticfiles tags".split()
)
_LINK = re.compile(r"[{|](?:filename|static|attach|index)[}|]")


class Dependencies:
    """The digests of a site's files, asked for when all of its contents are complete."""

    def __init__(self, context: dict, settings: dict):
        self.context = context
        self.settings = settings
        # The names that templates are given, by a digest of all templates.
        self.names: dict[str, dict[str, list[str]]] = {self._templates: {}}
        self._contents: dict[Content, str] = {}
        self._looked: dict[str, tuple[set[str], set[str]]] = {}

    def take_names(self, known: Mapping[str, Mapping[str, list[str]]]) -> None:
        """Take what is known of templates: to look into them takes as long as to print hundreds."""
        self.names[self._templates] |= known.get(self._templates, {})

    def forget(self, content: Content) -> None:
        """Look at a content again: it has changed."""
        self._contents.pop(content, None)
        self.__dict__.pop("_whole", None)

    def forget_templates(self) -> None:
        """Look at the templates again: they have changed, but none came or went."""
        for name in ("_templates", "_site"):
            self.__dict__.pop(name, None)
        self.names = {self._templates: {}}
        self._looked.clear()

    def of(self, path: str, facts: Iterable[object]) -> str:
        """Return the digest of a file that has these facts, see outputs.Output."""
        return digest(self._site, path, *self._expanded(facts))

    def _expanded(self, facts: Iterable[object]) -> Iterator[object]:
        for fact in facts:
            if fact is ...:
                yield self._whole
            elif isinstance(fact, Content):
                yield self._content(fact)
                for name in _BESIDE:
                    beside = getattr(fact, name, None) or ()
                    others = [beside] if isinstance(beside, Content) else beside
                    yield [self._content(other) for other in others]
                if not self._is_ours:
                    yield self._whole
            elif isinstance(fact, Template):
                names = self.names[self._templates]
                if fact.name not in names:
                    names[fact.name] = sorted(_named(fact.environment, fact.name, self._looked))
                yield fact.name
                if not _LISTS.isdisjoint(names[fact.name]):
                    yield self._whole
            elif isinstance(fact, list):
                yield from self._expanded(fact)
            elif isinstance(fact, Listing):
                yield fact.facet, fact.value, fact.label, fact.address
                yield self._facets
                yield from map(self._content, (*fact.papers, *fact.articles))
            else:
                yield fact

    def _content(self, content: Content) -> str:
        if content not in self._contents:
            self._contents[content] = self._made(content)
        return self._contents[content]

    def _made(self, content: Content) -> str:
        """Return a digest of all that templates print of a content, but not of others."""
        html, metadata = content._content, content.metadata
        if _LINK.search(html):
            html = content.get_content(self.context["SITEURL"])
        facts = vars(content)
        more = [facts.get(name) for name in _PRINTED]
        words = [(key, str(value)) for key, value in metadata.items() if key != "header"]
        return digest(content.url, content.save_as, html, content.header.source, more, words)

    @cached_property
    def _is_ours(self) -> bool:
        """Tell whether the templates are ours alone: others may print anything of anything."""
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
        """Return a digest of what any page shows, and of what makes it."""
        shared = [self.context.get(name) for name in _SHARED]
        files = sorted(
            (path, Content.save_as.fget(static))
            for path, static in self.context["static_content"].items()
        )
        return digest(settings_digest(self.settings), shared, files, self._templates)

    @cached_property
    def _templates(self) -> str:
        theme = Path(self.settings["THEME"], "templates")
        folders = [*self.settings["THEME_TEMPLATES_OVERRIDES"], theme]
        paths = (path for folder in folders for path in sorted(Path(folder).rglob("*")))
        return digest([(str(path), path.read_bytes()) for path in paths if path.is_file()])

    @cached_property
    def _whole(self) -> str:
        contents = (*self.context["articles"], *self.context["pages"])
        chosen = [page.url for page in self.context["selected_papers"]]
        return digest(self._facets, chosen, *map(self._content, contents))


def _named(environment: Environment, name: str, looked: dict[str, tuple]) -> set[str]:
    """Return the variables that a template, and those it is made of, are given by the site.

    `looked` holds what is known of single templates.
    """
    found, names, ahead = set(), {name}, [name]
    while ahead:
        name = ahead.pop()
        if name not in looked:
            looked[name] = _look(environment, name)
        own, others = looked[name]
        found |= own
        ahead += others - names
        names |= others
    return found


def _look(environment: Environment, name: str) -> tuple[set[str], set[str]]:
    """Return the variables that a template is given, and the templates that it names."""
    source, file, _ = environment.loader.get_source(environment, name)
    tree = environment.parse(source, name, file)
    others = set(meta.find_referenced_templates(tree))
    # From one content to another, and on to a third.
    far = any(
        each.attr in _BESIDE and getattr(each.node, "name", None) not in _NEAR
        for each in tree.find_all(nodes.Getattr)
    )
    # A name that is made when the page is printed can be any.
    given = _LISTS if far or None in others else meta.find_undeclared_variables(tree)
    return given, others - {None}


# What reading and gathering gave a content, beside its text and metadata.
_PRINTED = (
    "title", "template", "status", "lang", "when", "draft_label", "paper", "references", "topics",
    "facet_values", "downloads", "bibtex", "social_card",
)  # fmt: skip


class BuildManifest:
    """The files of the last site, with the digests of what they were made of.

    They lie in the output folder, and what is known of them in the cache. A file that has been
    touched since, by whomever, is as good as none.
    """

    def __init__(self, settings: dict, digests: Dependencies):
        kind = "preview" if settings["RELATIVE_URLS"] else "published"
        self.file = Path(settings["CACHE_PATH"], f"last-{kind}.json")
        self.folder = Path(settings.get("LAST_OUTPUT") or settings["OUTPUT_PATH"])
        self.digests = digests
        known = _read(self.file) if only_our_plugin(settings) else {}
        self.known: dict[str, list] = known.get("files", {})
        self.kept: dict[str, list] = {}
        digests.take_names(known.get("templates", {}))

    def take(self, outputs: Iterable[Output], new: Path) -> list[Output]:
        """Have what is the same in a new folder; return what is to be made."""
        made = []
        folders: set[str] = set()
        for output in outputs:
            told = self.digests.of(output.path, output.facts)
            self.kept[output.path] = [told, {}]
            known, files = self.known.get(output.path, (None, {}))
            same = told == known and files
            if same and all(_is(f"{self.folder}/{path}", stamp) for path, stamp in files.items()):
                for path in files if new != self.folder else ():
                    _link(f"{self.folder}/{path}", f"{new}/{path}", folders)
                self.kept[output.path][1] = files
            else:
                made.append(output)
        return made

    def keep(self, made: Iterable[tuple[Output, list[str]]], new: Path) -> None:
        """Remember what was made of what."""
        for output, paths in made:
            self.kept[output.path][1] = {path: _stamp(f"{new}/{path}") for path in paths}
        known = {"templates": self.digests.names, "files": self.kept}
        with suppress(OSError):
            replace_file(self.file, json.dumps(known).encode())


def _read(file: Path) -> dict[str, list]:
    try:
        known = json.loads(file.read_bytes())
        right = all(isinstance(known[name], dict) for name in ("templates", "files"))
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return known if right else {}


def _stamp(path: str) -> list[int]:
    found = os.stat(path)
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _is(path: str, stamp: list[int]) -> bool:
    try:
        return _stamp(path) == stamp
    except OSError:
        return False


def _link(old: str, new: str, folders: set[str]) -> None:
    folder = os.path.dirname(new)
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    try:
        os.link(old, new)
    except OSError:
        # Not on every disk, and not from one to another.
        with suppress(FileNotFoundError):
            shutil.copy2(old, new)
