"""What we use of Pelican beyond its documented interface is still there."""

import inspect

from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, StaticGenerator


def test_generator_classes():
    """A release of Pelican renames the method that lists the generators of a run."""
    assert hasattr(Pelican, "_get_generator_classes"), "see build/pelican_internals.py"
    assert list(inspect.signature(Pelican._get_generator_classes).parameters) == ["self"]
    source = inspect.getsource(Pelican.run)
    assert "self._get_generator_classes()" in source, "Pelican.run no longer uses it"
    assert issubclass(ArticlesGenerator, Generator) and issubclass(StaticGenerator, Generator)
