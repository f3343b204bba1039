"""Compiled templates, which last from build to build, and what each refers to."""

import json
from functools import cached_property
from typing import NamedTuple

from jinja2 import BytecodeCache, Environment, meta, nodes
from jinja2.bccache import Bucket

from ..util import LazyPattern, TrustedCache
from .fingerprint import digest

# Attributes of a content that hold others; its page shows some of them.
RELATED = ("newer", "older", "papers", "mentions", "parts", "articles", "translations")
# Variables of templates that hold the contents which are among the facts of a page.
_OWN_VARIABLES = ("article", "page", "content", "listing", "choice")
# A template that names one of these may show any content.
LIST_NAMES = set(
    "articles authors categories cards dates draft_pages drafts generated_content hidden_articles "
    "hidden_pages listings lists pages papers people period_archives related_posts selected_papers "
    "static_links staticfiles tags".split()
)
# A variable that the Python code of a template takes from the context.
_CONTEXT_NAME = LazyPattern(r"\bresolve\('(\w+)'\)")


class _Parsed(NamedTuple):
    """What a template refers to: variables, and other templates by their names.

    `variables` is None where the template may show any content. `digest` is that of its source.
    """

    digest: str
    variables: list[str] | None
    references: list[str]


class TemplateCache(BytecodeCache):
    """Compiled templates, which are code, and so must be ours, and what each refers to.

    It compiles them itself, to parse them only once: that takes as long as many pages.
    """

    def __init__(self, cache: TrustedCache, folder: str):
        self.cache, self.folder = cache, folder
        self._file = f"{folder}/references.json"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template as it was compiled, if it was."""
        if data := self.cache.read(f"{self.folder}/{bucket.key}"):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Save a compiled template; without a writable cache the build is slower, but not wrong."""
        self.cache.write(f"{self.folder}/{bucket.key}", bucket.bytecode_to_string())

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a template as an earlier build compiled it, or compile it now."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is None:
            python = self._parse(environment, name, filename, source)
            bucket.code = compile(python, filename or "<template>", "exec")
            self.set_bucket(bucket)
        return bucket

    def shows_lists(self, environment: Environment, name: str) -> bool:
        """Tell whether a template, or one that it refers to, may show any content."""
        known, names, remaining, is_list = dict(self._parsed), {name}, [name], False
        while remaining:
            parsed = self._read(environment, remaining.pop())
            is_list |= parsed.variables is None or not LIST_NAMES.isdisjoint(parsed.variables)
            remaining += set(parsed.references) - names
            names |= set(parsed.references)
        if self._parsed != known:
            self.cache.write(self._file, json.dumps(self._parsed).encode())
        return is_list

    @cached_property
    def _parsed(self) -> dict[str, _Parsed]:
        """What is known of templates by their names."""
        saved = json.loads(self.cache.read(self._file) or b"{}")
        return {name: _Parsed(*values) for name, values in saved.items()}

    def _read(self, environment: Environment, name: str) -> _Parsed:
        """Return what a template refers to."""
        source, file, _ = environment.loader.get_source(environment, name)
        if not self._is_known(name, source):
            # Compiled for the processes that will print it.
            self.get_bucket(environment, name, file, source)
        if not self._is_known(name, source):
            self._parse(environment, name, file, source)
        return self._parsed[name]

    def _is_known(self, name: str, source: str) -> bool:
        return name in self._parsed and self._parsed[name].digest == digest(source.encode())

    def _parse(self, environment: Environment, name: str, file: str | None, source: str) -> str:
        """Return a template as Python code, and note what it refers to."""
        tree = environment.parse(source, name, file)
        python = environment.compile(tree, name, file, raw=True)
        variables = sorted(set(_CONTEXT_NAME.findall(python)) - environment.globals.keys())
        references = set(meta.find_referenced_templates(tree))
        # As in article.newer.newer, which is not among the facts of the article's page.
        is_distant = any(
            node.attr in RELATED and getattr(node.node, "name", None) not in _OWN_VARIABLES
            for node in tree.find_all(nodes.Getattr)
        )
        # None stands for a name that is computed when the page is rendered.
        is_open = is_distant or None in references
        self._parsed[name] = _Parsed(
            digest(source.encode()), None if is_open else variables, sorted(references - {None})
        )
        return python
