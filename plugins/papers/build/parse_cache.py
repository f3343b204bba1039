"""What sources were read as: by all cores, and kept from one build to the next."""

import logging
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, CachingGenerator
from pelican.urlwrappers import URLWrapper

from ..pages import Article, Page, PapersReader, build_day, draft_reason
from ..util import WarningListener, replace_file
from .fingerprint import digest, only_our_plugin, settings_digest
from .parallel import parallel_map
from .profile import profile_of
from .run_state import RunMode, state_of

_ENDS = tuple(f".{end}" for end in PapersReader.file_extensions)
_DIGEST = len(digest())
# The attributes of a content that are the site's.
_SITES = ("settings", "_context")


def use_parse_cache(generator: CachingGenerator) -> None:
    """Have a generator take what is known of its sources, and keep what it reads.

    It stands in for Pelican's own cache of contents, whose links are dead in the next build.
    """
    settings = generator.settings
    if only_our_plugin(settings) and settings["WITH_FUTURE_DATES"]:
        readings = ParseCache(generator)
        generator.get_cached_data = readings.get
        generator.save_cache = readings.save


class ParseCache:
    """The contents of a generator's Markdown files, by the digests of their bytes.

    A content is kept as it was before anybody has seen it.
    """

    def __init__(self, generator: CachingGenerator):
        self.generator = generator
        self.settings = settings = generator.settings
        kind = "preview" if settings["RELATIVE_URLS"] else "published"
        name = f"read-{kind}-{type(generator).__name__}.pickle"
        self.file = Path(settings["CACHE_PATH"], name)
        self.told = settings_digest(settings)
        self.read: dict[str, bytes] | None = None
        self.wrappers: dict[_Name, URLWrapper] = {}
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.known = self._load()

    def get(self, source: str, default: Any = None) -> Any:
        """Return the content of a source, or `default` where Pelican is to read it itself."""
        if self.read is None:
            self.read = self._read_all()
        data = self.read.get(source)
        return default if data is None else self._content(pickle.loads(data))

    def again(self, source: str) -> Content | None:
        """Return the content of a source as it is now; None where it is not right."""
        data, _, right = self._read(source) if self._is_text(source) else (None, False, False)
        return self._content(pickle.loads(data)) if right else None

    def save(self) -> None:
        """Keep what is right for the next build; this one has got all of it."""
        if self.kept != self.known and state_of(self.settings).mode is not RunMode.CHECK:
            data = pickle.dumps(self.kept, pickle.HIGHEST_PROTOCOL)
            with suppress(OSError):
                replace_file(self.file, self.told.encode() + digest(data).encode() + data)
        self.read, self.kept, self.known = {}, {}, {}

    def _load(self) -> dict[str, tuple[str, bytes]]:
        try:
            data = memoryview(self.file.read_bytes())
        except OSError:
            return {}
        told, right, data = data[:_DIGEST], data[_DIGEST : 2 * _DIGEST], data[2 * _DIGEST :]
        whole = told == self.told.encode() and right == digest(bytes(data)).encode()
        return pickle.loads(data) if whole else {}

    def _read_all(self) -> dict[str, bytes]:
        """Return what is known, and read the rest."""
        name = "ARTICLE" if isinstance(self.generator, ArticlesGenerator) else "PAGE"
        settings, found, digests = self.generator.settings, {}, {}
        sources = self.generator.get_files(
            settings[f"{name}_PATHS"], exclude=settings[f"{name}_EXCLUDES"]
        )
        for source in sorted(sources):
            if self._is_text(source):
                try:
                    with open(os.path.join(self.generator.path, source), "rb") as file:
                        digests[source] = digest(file.read())
                except OSError:
                    continue  # Which Pelican is to tell.
                known = self.known.get(source)
                if known and known[0] == digests[source]:
                    found[source] = known[1]
                    self.kept[source] = known
        rest = [source for source in digests if source not in found]
        profile = profile_of(settings)
        with profile.phase("reading"):
            done = parallel_map(rest, self._read, profile.progress("reading", len(rest)))
        profile.take("reading", rest, done)
        for source, each in zip(rest, done, strict=True):
            found[source], lasting, _ = each.result
            if lasting:
                self.kept[source] = digests[source], found[source]
        if preview := settings.get("PREVIEW"):
            preview.readings |= dict.fromkeys(found, self)
        return found

    def _is_text(self, source: str) -> bool:
        path = os.path.join(self.generator.path, source)
        # A link leads to what can be another tomorrow, and a pipe has no end.
        return source.endswith(_ENDS) and os.path.isfile(path) and not os.path.islink(path)

    def _read(self, source: str) -> tuple[bytes | None, bool, bool]:
        """Return the content of a source, whether it can be kept, and whether it is right."""
        is_article = isinstance(self.generator, ArticlesGenerator)
        kind = "article" if is_article else "page"
        listener = _Listener()
        logging.getLogger().addHandler(listener)
        try:
            content = self.generator.readers.read_file(
                base_path=self.generator.path,
                path=source,
                content_class=Article if is_article else Page,
                context=self.generator.context,
                preread_signal=getattr(signals, f"{kind}_generator_preread"),
                preread_sender=self.generator,
                context_signal=getattr(signals, f"{kind}_generator_context"),
                context_sender=self.generator,
            )
        finally:
            logging.getLogger().removeHandler(listener)
        if not isinstance(content, Article | Page):
            return None, False, False  # It is to be skipped.
        content.get_static_links()
        parts = {key: value for key, value in vars(content).items() if key not in _SITES}
        parts["metadata"] = _mapped(parts["metadata"], _named)
        parts = _mapped(parts, _named)
        data = pickle.dumps((type(content), parts), pickle.HIGHEST_PROTOCOL)
        # What is not for everybody yet lies in content/ alone: a cache may go from hand to hand.
        private = draft_reason(content, build_day())
        lasting = not (listener.heard or content.header.depends_on_files or private)
        return data, lasting, not listener.heard

    def _content(self, found: tuple[type[Content], dict]) -> Content:
        kind, parts = found
        content = kind.__new__(kind)
        parts["metadata"] = _mapped(parts["metadata"], self._wrapped)
        vars(content).update(_mapped(parts, self._wrapped))
        content.settings, content._context = self.generator.settings, self.generator.context
        return content

    def _wrapped(self, value: Any) -> Any:
        if type(value) is not _Name:
            return value
        if value not in self.wrappers:
            kind, name = value
            self.wrappers[value] = kind(name, self.generator.settings)
        return self.wrappers[value]


class _Name(tuple):
    """What stands for a category, a tag or an author, who hold all settings: class and name."""


def _mapped(values: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        sys.intern(key): [change(each) for each in value] if type(value) is list else change(value)
        for key, value in values.items()
    }


def _named(value: Any) -> Any:
    return _Name((type(value), str(value.name))) if isinstance(value, URLWrapper) else value


class _Listener(WarningListener):
    heard = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note that something was told, which is to be told again in the next build."""
        self.heard = True
