"""Compiled templates, which last from build to build, and the variables that each shows."""

from typing import NamedTuple

from jinja2 import BytecodeCache, Environment, meta, nodes
from jinja2.bccache import Bucket

from ..util import LazyPattern, TrustedCache

# Attributes of a content that hold others; its page shows some of them.
RELATED = ("newer", "older", "papers", "news", "articles", "translations")
# Variables of templates that hold the contents which are among the facts of a page.
_OWN_VARIABLES = ("article", "page", "content", "listing", "choice")
# A template that names one of these may show any content.
LIST_NAMES = set(
    "articles authors categories cards dates draft_pages drafts generated_content hidden_articles "
    "hidden_pages listings pages papers people period_archives related_posts selected_papers "
    "static_links staticfiles tags".split()
)
# A variable that the Python code of a template takes from the context.
_CONTEXT_NAME = LazyPattern(r"\bresolve\('(\w+)'\)")


class _Parsed(NamedTuple):
    """A template's source, its variables, and the names of the templates that it refers to."""

    source: str
    variables: set[str]
    references: set[str]


class TemplateCache(BytecodeCache):
    """Compiled templates, which are code, and so must be ours.

    It compiles them itself, to parse them only once: that takes as long as many pages.
    """

    def __init__(self, cache: TrustedCache, folder: str):
        self.cache, self.folder = cache, folder
        self._parsed: dict[str, _Parsed] = {}

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

    def find_variables(self, environment: Environment, name: str) -> set[str]:
        """Return the variables of a template, and of all that it includes, extends or imports."""
        variables, names, remaining = set(), {name}, [name]
        while remaining:
            name = remaining.pop()
            source, file, _ = environment.loader.get_source(environment, name)
            if name not in self._parsed:
                # Compiled for the processes that will print it.
                self.get_bucket(environment, name, file, source)
            if name not in self._parsed or self._parsed[name].source != source:
                self._parse(environment, name, file, source)
            variables |= self._parsed[name].variables
            remaining += self._parsed[name].references - names
            names |= self._parsed[name].references
        return variables

    def _parse(self, environment: Environment, name: str, file: str | None, source: str) -> str:
        """Return a template as Python code, and note what it refers to."""
        tree = environment.parse(source, name, file)
        python = environment.compile(tree, name, file, raw=True)
        variables = set(_CONTEXT_NAME.findall(python)) - environment.globals.keys()
        references = set(meta.find_referenced_templates(tree))
        # As in article.newer.newer, which is not among the facts of the article's page.
        is_distant = any(
            node.attr in RELATED and getattr(node.node, "name", None) not in _OWN_VARIABLES
            for node in tree.find_all(nodes.Getattr)
        )
        # None stands for a name that is computed when the page is rendered.
        if is_distant or None in references:
            variables = LIST_NAMES
        self._parsed[name] = _Parsed(source, variables, references - {None})
        return python
