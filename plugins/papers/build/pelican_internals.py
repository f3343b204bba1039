"""All that we use of Pelican beyond its documented interface.

tests/build/test_pelican_internals.py fails when a release of Pelican changes it.
"""

from pelican import Pelican
from pelican.generators import Generator


def generator_classes(pelican: Pelican) -> list[type[Generator]]:
    """Return the generators of a run in their order: Pelican's own and those of plugins.

    `_get_generator_classes`: Pelican has no public list of its own generators.
    """
    return pelican._get_generator_classes()
