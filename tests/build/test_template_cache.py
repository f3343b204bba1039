"""Templates are compiled once, and known by the variables that they show."""

from jinja2 import DictLoader, Environment, FileSystemLoader, meta
from papers.build import TemplateCache
from papers.defaults import THEME
from papers.site.template_filters import TEMPLATE_FILTERS
from papers.util import TrustedCache

OWN = {
    "page.html": "{% extends 'base.html' %}{% from 'parts.html' import card with context %}"
    "{% set own = SITENAME %}{{ own }}{% for page in pages %}{{ page.title }}{{ card(page) }}"
    "{% endfor %}",
    "base.html": "{{ 'resolve' }}{% if menu is defined and range(3) %}{{ menu }}{% endif %}",
    "parts.html": "{% macro card(papers) %}{{ papers }}{{ owner }}{% endmacro %}",
}


def make_environment(folder, loader) -> Environment:
    environment = Environment(
        loader=loader, bytecode_cache=TemplateCache(TrustedCache(folder), "t")
    )
    environment.filters |= {each.__name__: each for each in TEMPLATE_FILTERS}
    environment.filters["strftime"] = str
    return environment


def test_variables(tmp_path):
    """A release of Jinja compiles in another way, and pages miss changes of what they show."""
    for loader in (FileSystemLoader(f"{THEME}/templates"), DictLoader(OWN)):
        environment = make_environment(tmp_path, loader)
        for name in environment.list_templates():
            source = loader.get_source(environment, name)[0]
            expected = meta.find_undeclared_variables(environment.parse(source))
            environment.bytecode_cache.shows_lists(environment, name)
            variables = environment.bytecode_cache._parsed[name].variables
            # None, because the template may show contents that are not its page's.
            assert variables is None or set(variables) == expected, name
    assert environment.bytecode_cache.shows_lists(environment, "page.html")
    assert not environment.bytecode_cache.shows_lists(environment, "parts.html")


def test_pages_of_papers_depend_on_no_list(tmp_path):
    """A macro has the name of a list, and one edited post renews the pages of all papers."""
    environment = make_environment(tmp_path, FileSystemLoader(f"{THEME}/templates"))
    for name in ("paper.html", "project.html", "article.html", "page.html"):
        assert not environment.bytecode_cache.shows_lists(environment, name), name


def test_template_is_compiled_once(tmp_path, monkeypatch):
    """Each build, and each of its processes, compiles all templates again, or an old version."""
    compiled, templates = [], OWN.copy()
    compile_template = Environment.compile
    monkeypatch.setattr(
        Environment,
        "compile",
        lambda self, source, name, *rest, **options: (
            compiled.append(name) or compile_template(self, source, name, *rest, **options)
        ),
    )
    for _ in range(2):
        environment = make_environment(tmp_path, DictLoader(templates))
        environment.get_template("parts.html")
        assert environment.bytecode_cache.shows_lists(environment, "page.html")
        environment.get_template("page.html").render(SITENAME="S", menu="M", pages=[])
        assert sorted(compiled) == sorted(OWN)
    templates["page.html"] = "{% include 'base.html' %}"
    assert not environment.bytecode_cache.shows_lists(environment, "page.html")
    templates["base.html"] = "{{ papers }}"
    assert environment.bytecode_cache.shows_lists(environment, "page.html")
    assert environment.get_template("page.html").render(papers="P") == "P"
    assert len(compiled) == len(OWN) + 2
