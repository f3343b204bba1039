"""What we use of Pelican beyond its documented interface is still there."""

import inspect

import pelican
from papers.build.pelican_internals import (
    clear_rendered_cache,
    generator_classes,
    hide_summary,
    html_with_markers,
    output_path,
    replace_cache,
    set_context,
)
from pelican import Pelican, contents, generators
from pelican.contents import Content, Page, Static
from pelican.settings import DEFAULT_CONFIG

HINT = "see build/pelican_internals.py"


def make(content_class: type[Content], html: str = "", **metadata: str) -> Content:
    settings, context = (
        DEFAULT_CONFIG | {"PATH": "/content", "PLUGINS": ["papers"]},
        {"localsiteurl": "", "SITEURL": ""},
    )
    return content_class(html, metadata, settings=settings, context=context)


def test_generator_classes():
    """A release of Pelican renames the method that lists the generators of a run."""
    assert hasattr(Pelican, "_get_generator_classes"), HINT
    assert list(inspect.signature(Pelican._get_generator_classes).parameters) == ["self"], HINT
    source = inspect.getsource(Pelican.run)
    assert "self._get_generator_classes()" in source, "Pelican.run no longer uses it"
    settings = {"TEMPLATE_PAGES": {}, "OUTPUT_SOURCES": False}
    site = type("Site", (Pelican,), {"__init__": lambda self: None})()
    site.settings = settings
    names = [generator.__name__ for generator in generator_classes(site)]
    assert names[:2] == ["ArticlesGenerator", "PagesGenerator"] and names[-1] == "StaticGenerator"


def test_hide_summary():
    """A release of Pelican prints its numbers, most of which are 0, after our commands again."""
    source = inspect.getsource(Pelican.run)
    assert "console.print(" in source and "Done: Processed" in source, HINT
    shown = pelican.console
    with hide_summary():
        assert pelican.console is not shown and pelican.console.quiet
    assert pelican.console is shown and not shown.quiet


def test_html_with_markers():
    """A release of Pelican renames the attribute that holds a text before its links are made."""
    html = '<a href="{filename}/a.md">a</a>'
    assert html_with_markers(make(Page, html, title="T")) == html, HINT


def test_set_context():
    """A release of Pelican renames the attribute by which a content finds the others."""
    page = make(Page, '<a href="{index}">a</a>', title="T")
    set_context(page, {"localsiteurl": "https://there.example", "SITEURL": ""})
    assert "there.example" in page.get_content("https://there.example"), HINT
    assert "_context" in vars(page) and len([k for k in vars(page) if "context" in k]) == 1, HINT


def test_output_path():
    """A release of Pelican makes a static file stay where it is once its path was asked for."""
    static = make(Static, title="a.txt", slug="a", save_as="a.txt")
    assert output_path(static) == "a.txt", HINT
    assert static._output_location_referenced is False, HINT
    assert static.save_as and static._output_location_referenced is True, HINT


def test_clear_rendered_cache():
    """A release of Pelican has another way to remember texts, and the preview shows old ones."""
    page = make(Page, "<p>old</p>", title="T")
    assert page.get_content("") == "<p>old</p>"
    page._content = "<p>new</p>"
    assert page.get_content("") == "<p>old</p>", f"{HINT}: Pelican remembers texts no more"
    clear_rendered_cache()
    assert page.get_content("") == "<p>new</p>", HINT
    assert contents.Content.get_summary.cache == {}, HINT


def test_replace_cache():
    """A release of Pelican no longer asks the methods that we replace, and our cache is unused."""
    assert {"get_cached_data", "save_cache"} <= set(dir(generators.CachingGenerator)), HINT
    for generator in (generators.ArticlesGenerator, generators.PagesGenerator):
        source = inspect.getsource(generator.generate_context)
        assert "self.get_cached_data(" in source and "self.save_cache()" in source, HINT
    generator = type("Generator", (), {})()
    replace_cache(generator, "get", "save")
    assert (generator.get_cached_data, generator.save_cache) == ("get", "save")
