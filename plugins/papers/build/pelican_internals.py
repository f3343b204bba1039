"""All that we use of Pelican and its parts beyond their documented interfaces.

tests/build/test_pelican_internals.py fails when a release of Pelican changes one of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pelican
from pelican import Pelican, contents
from pelican.contents import Content
from pelican.generators import CachingGenerator, Generator


def generator_classes(pelican: Pelican) -> list[type[Generator]]:
    """Return the generators of a run in their order: Pelican's own and those of plugins.

    `_get_generator_classes`: Pelican has no public list of its own generators.
    """
    return pelican._get_generator_classes()


def html_with_markers(content: Content) -> str:
    """Return the HTML of a content with its {filename}, {static} and {attach} links as written.

    `_content`: `content.content` resolves the links, which depends on all other files.
    """
    return content._content


def set_context(content: Content, context: dict) -> None:
    """Let a content that was unpickled belong to a site.

    `_context`: otherwise only the constructor sets it, which would read all metadata again.
    """
    content._context = context


def output_path(content: Content) -> str:
    """Return the path to which a content is written, below the output folder.

    The getter of `Content.save_as`: that of Static notes that somebody knows the path, after
    which {attach} no longer moves the file.
    """
    return Content.save_as.fget(content)


def clear_rendered_cache() -> None:
    """Let all texts and summaries be made again.

    `cache` of `pelican.utils.memoized`: it holds the texts of all contents that ever were.
    """
    for method in (contents.Content.get_content, contents.Content.get_summary):
        method.cache.clear()


def replace_cache(
    generator: CachingGenerator, get: Callable[[str, Any], Any], save: Callable[[], None]
) -> None:
    """Let a generator take contents from another cache than Pelican's.

    `get_cached_data` and `save_cache`: no setting names a class of caches.
    """
    generator.get_cached_data, generator.save_cache = get, save


@contextmanager
def hide_summary() -> Iterator[None]:
    """Let Pelican print no "Done: Processed 5 articles, 0 drafts …" after a run.

    `pelican.console`: no setting turns the line off. What Pelican logs is printed elsewhere.
    """
    shown = pelican.console
    pelican.console = type(shown)(quiet=True)
    try:
        yield
    finally:
        pelican.console = shown
