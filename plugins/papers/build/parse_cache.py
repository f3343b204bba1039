"""The contents of source files, read on all cores and saved for the next build."""

import logging
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pelican import signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, CachingGenerator
from pelican.urlwrappers import URLWrapper

from ..pages import (
    Article,
    Page,
    PapersReader,
    build_day,
    draft_reason,
)
from ..util import TrustedCache, WarningListener
from .fingerprint import digest, only_our_plugin, settings_digest
from .parallel import parallel_map
from .pelican_internals import replace_cache, set_context
from .run_state import RunMode, profile_of, state_of

_SUFFIXES = tuple(f".{suffix}" for suffix in PapersReader.file_extensions)
_DIGEST_SIZE = len(digest())
# Attributes of a content that belong to the site, and are not saved.
_SITE_ATTRIBUTES = ("settings", "_context")


def use_parse_cache(generator: CachingGenerator) -> None:
    """Let a generator take contents from our cache, or from none beside other plugins.

    Pelican's own cache of contents is used in no case: its links are dead in the next build.
    """
    settings = generator.settings
    if only_our_plugin(settings) and settings["WITH_FUTURE_DATES"]:
        cache = ParseCache(generator)
        replace_cache(generator, cache.get, cache.save)
    else:
        replace_cache(generator, lambda source, default=None: default, lambda: None)


class _Reading(NamedTuple):
    """A content as it was read: pickled, or None; whether to save it; whether it is valid."""

    data: bytes | None
    is_lasting: bool = False
    is_valid: bool = False


class ParseCache:
    """The contents of a generator's Markdown files, by the digests of their bytes.

    A content is pickled before anything else has seen it.
    """

    def __init__(self, generator: CachingGenerator):
        self.generator = generator
        self.settings = settings = generator.settings
        kind = "preview" if settings["RELATIVE_URLS"] else "published"
        self.name = f"read-{kind}-{type(generator).__name__}.pickle"
        self.cache = TrustedCache(Path(settings["CACHE_PATH"]))
        self.fingerprint = settings_digest(settings)
        self.wrappers: dict[_Name, URLWrapper] = {}
        # Pickled contents by their sources, those of this build; entries have digests, too.
        self.contents: dict[str, bytes] | None = None
        self.entries: dict[str, tuple[str, bytes]] = {}
        self.last_entries = self._load()

    def get(self, source: str, default: Any = None) -> Any:
        """Return the content of a source, or `default` where Pelican is to read it itself."""
        if self.contents is None:
            self.contents = self._read_all()
        data = self.contents.get(source)
        return default if data is None else self._restore(data)

    def read_again(self, source: str) -> Content | None:
        """Return the content of a source as it is now; None where it is not valid."""
        reading = self._read(source) if self._is_cacheable(source) else _Reading(None)
        return self._restore(reading.data) if reading.is_valid else None

    def save(self) -> None:
        """Save the entries for the next build, and free the memory of this one's."""
        if self.entries != self.last_entries and (
            state_of(self.settings).mode is not RunMode.CHECK
        ):
            data = pickle.dumps(self.entries, pickle.HIGHEST_PROTOCOL)
            self.cache.write(self.name, self.fingerprint.encode() + data)
        self.contents, self.entries, self.last_entries = {}, {}, {}

    def _load(self) -> dict[str, tuple[str, bytes]]:
        # Only what this user's builds have written is unpickled.
        saved = self.cache.read(self.name) or b""
        if saved[:_DIGEST_SIZE] != self.fingerprint.encode():
            return {}
        return pickle.loads(memoryview(saved)[_DIGEST_SIZE:])

    def _read_all(self) -> dict[str, bytes]:
        """Return all contents: those of the last build, and the others after reading them."""
        name = "ARTICLE" if isinstance(self.generator, ArticlesGenerator) else "PAGE"
        settings, contents, digests = self.generator.settings, {}, {}
        sources = self.generator.get_files(
            settings[f"{name}_PATHS"], exclude=settings[f"{name}_EXCLUDES"]
        )
        for source in filter(self._is_cacheable, sorted(sources)):
            try:
                with open(os.path.join(self.generator.path, source), "rb") as file:
                    digests[source] = digest(file.read())
            except OSError:
                continue  # Pelican reports it.
            entry = self.last_entries.get(source)
            if entry and entry[0] == digests[source]:
                self.entries[source] = entry
                contents[source] = entry[1]
        changed = [source for source in digests if source not in contents]
        profile = profile_of(settings)
        with profile.phase("reading"):
            results = parallel_map(changed, self._read, profile.progress("reading", len(changed)))
        profile.add_files("reading", changed, results)
        for source, done in zip(changed, results, strict=True):
            contents[source] = done.result.data
            if done.result.is_lasting:
                self.entries[source] = digests[source], done.result.data
        if state_of(settings).mode is RunMode.PREVIEW:
            state_of(settings).parse_caches |= dict.fromkeys(contents, self)
        return contents

    def _is_cacheable(self, source: str) -> bool:
        path = os.path.join(self.generator.path, source)
        # A link may lead to another file tomorrow, and a pipe has no end.
        return source.endswith(_SUFFIXES) and os.path.isfile(path) and not os.path.islink(path)

    def _read(self, source: str) -> _Reading:
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
            return _Reading(None)  # Its status is "skip".
        content.get_static_links()
        attributes = {
            key: value for key, value in vars(content).items() if key not in _SITE_ATTRIBUTES
        }
        attributes["metadata"] = _map_values(attributes["metadata"], _to_name)
        attributes = _map_values(attributes, _to_name)
        data = pickle.dumps((type(content), attributes), pickle.HIGHEST_PROTOCOL)
        # A cache may be shared; what is not published yet is in the content folder alone.
        private = draft_reason(content, build_day())
        depends = content.header.depends_on_files
        return _Reading(data, not (listener.warned or depends or private), not listener.warned)

    def _restore(self, data: bytes) -> Content:
        content_class, attributes = pickle.loads(data)
        content = content_class.__new__(content_class)
        attributes["metadata"] = _map_values(attributes["metadata"], self._to_wrapper)
        vars(content).update(_map_values(attributes, self._to_wrapper))
        content.settings = self.generator.settings
        set_context(content, self.generator.context)
        return content

    def _to_wrapper(self, value: Any) -> Any:
        if type(value) is not _Name:
            return value
        if value not in self.wrappers:
            wrapper_class, name = value
            self.wrappers[value] = wrapper_class(name, self.generator.settings)
        return self.wrappers[value]


class _Name(tuple):
    """The class and name of a category, tag or author, which itself holds all settings."""


def _map_values(values: dict[str, Any], function: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        sys.intern(key): list(map(function, value)) if type(value) is list else function(value)
        for key, value in values.items()
    }


def _to_name(value: Any) -> Any:
    return _Name((type(value), str(value.name))) if isinstance(value, URLWrapper) else value


class _Listener(WarningListener):
    warned = False

    def emit(self, record: logging.LogRecord) -> None:
        """Note that a warning was logged: the next build is to log it, too."""
        self.warned = True
