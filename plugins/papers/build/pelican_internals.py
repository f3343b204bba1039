"""All that we use of Pelican beyond its documented interface.

tests/build/test_pelican_internals.py fails when a release of Pelican changes it.
"""

from pelican import Pelican
from pelican.contents import Content
from pelican.generators import Generator


def generator_classes(pelican: Pelican) -> list[type[Generator]]:
    """Return the generators of a run in their order: Pelican's own and those of plugins.

    `_get_generator_classes`: Pelican has no public list of its own generators.
    """
    return pelican._get_generator_classes()


def clear_rendered_cache() -> None:
    """Make all contents render again; Pelican keeps what each content ever returned.

    `cache` of the memoized methods `Content.get_content` and `get_summary`: it has no other way.
    """
    for method in (Content.get_content, Content.get_summary):
        method.cache.clear()
