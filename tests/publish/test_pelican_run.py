"""Pelican as our commands run it."""

import logging
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import NEWS, PAPER, ROOT, write
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from papers.build import RUN_STATE, RunState
from papers.model.problem import CommandError
from papers.publish.pelican_run import (
    build_site,
    capture_warnings,
    check_site,
    read_content,
    run_pelican,
)
from papers.publish.site_settings import load_settings, load_site
from pelican import signals

CONF = f"""from papers.defaults import *
SITENAME = AUTHOR = "Ada Lovelace"
OUTPUT_PATH = "output"
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""
FILES = {
    "pelicanconf.py": CONF,
    "content/home.md": "Title: Ada Lovelace\n\nHi.\n",
    "content/papers/p.md": PAPER,
    "content/news/n.md": NEWS,
}


@pytest.fixture
def conf(tmp_path) -> Path:
    """Return the settings of a small site."""
    return write(tmp_path, FILES) / "pelicanconf.py"


def test_a_check_writes_nothing(conf):
    """A check deletes or writes the site, or leaves a cache behind."""
    output = write(conf.parent / "output", {"index.html": "the last site"})
    conf.write_text(f"{CONF}DELETE_OUTPUT_DIRECTORY = True\n", encoding="utf-8")
    before = {path for path in conf.parent.rglob("*") if path.is_file()}
    result = check_site(conf)
    assert [page.paper.title for page in result.papers] == ["A Paper"] and not result.problems
    assert {path for path in conf.parent.rglob("*") if path.is_file()} == before
    assert (output / "index.html").read_text(encoding="utf-8") == "the last site"


def test_a_check_after_a_build(conf):
    """A check that takes texts from the cache of a build misses problems and suggestions."""
    papers = {
        "p.md": PAPER.replace("Date:", "Doi: https://doi.org/10.1000/182\nVenue: {ICLR}\nDate:"),
        "e.md": PAPER.replace("Date:", "Venue:\nDate:"),
    }
    write(conf.parent / "content/papers", papers)
    first = sorted(map(str, check_site(conf).problems))
    build_site(conf, conf.parent / "output", conf.parent / "output")
    assert list(conf.parent.glob("cache/read-*"))
    assert sorted(map(str, check_site(conf).problems)) == first != []


def test_what_pelican_cannot_read():
    """A file that Pelican cannot read is reported with a function in place of the reason."""
    with capture_warnings() as problems:
        try:
            raise ValueError("no such thing")
        except ValueError:
            logging.getLogger("pelican").exception("Could not process %s", "news/bad.md")
    hint = "Pelican cannot read it: no such thing (correct it, or write Markdown)"
    assert [str(problem) for problem in problems] == [f"content/news/bad.md: {hint}"]


def test_a_check_reads_as_pelican_does(conf):
    """A release of Pelican prepares its generators otherwise, and a check finds other things."""

    def describe(generators: list) -> list:
        context = generators[0].context
        return [
            [type(generator).__name__ for generator in generators],
            sorted(context),
            sorted(context["generated_content"]),
            sorted(context["static_content"]),
        ]

    descriptions = []

    def record(generators: list) -> None:
        descriptions.append(describe(generators))

    signals.all_generators_finalized.connect(record)
    try:
        read_content(load_site(conf)[0])
        load_site(conf)[0].run()
    finally:
        signals.all_generators_finalized.disconnect(record)
    assert descriptions[0] == descriptions[1]


def test_settings_are_read_again(tmp_path, monkeypatch):
    """What settings add to a list of the defaults is in it twice, or stays after it is deleted."""
    added = "MENUITEMS += [('{0}', '{0}/')]\n"
    write(tmp_path, {
        "pelicanconf.py": f"from papers.defaults import *\n{added.format('cv')}",
        "publishconf.py": f"from pelicanconf import *\n{added.format('blog')}",
    })  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    for _ in range(2):
        menu = load_settings(tmp_path / "publishconf.py")["MENUITEMS"]
        assert [label for label, _ in menu] == ["Publications", "News", "Blog", "cv", "blog"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1 / 0 }}", "{{ '%d'|format('x') }}", "{{ papers() }}", "{{ ''.join(1) }}",
        "{{ 'é'.encode('ascii') }}", "{% for a in 5 %}{% endfor %}", "{{ {'a b': 2}|xmlattr }}",
        "{{ [].pop() }}", "{{ {}.pop('a') }}", "{{ 'a'.b.c }}", "{% include 'page.html' %}",
    ],
)  # fmt: skip
def test_errors_of_templates(tmp_path, text):
    """What Python raises for an expression of the owner's template is a traceback."""
    inner = write(tmp_path, {"page.html": f"<p>\n{text}", "own.html": "{% include 'page.html' %}"})
    environment = Environment(loader=FileSystemLoader(inner), undefined=StrictUndefined)
    site = SimpleNamespace(settings={RUN_STATE: RunState()})
    with pytest.raises(CommandError, match=r"^a template cannot be rendered: .*page\.html:2: \S"):
        run_pelican(site, lambda site: environment.get_template("own.html").render(papers=[]))


def test_errors_elsewhere_are_not_those_of_templates():
    """An error of the plugin's own is reported as one of a template, without its traceback."""
    site = SimpleNamespace(settings={RUN_STATE: RunState()})
    with pytest.raises(ZeroDivisionError):
        run_pelican(site, lambda site: 1 / 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "SITENAME = Zoë",
            "NameError: name 'Zoë' is not defined (put text in quotes: SITENAME = \"Zoë\")",
        ),
        ("SITENAME = Ada Lovelace  # me", '(put text in quotes: SITENAME = "Ada Lovelace")'),
        ("LANGUAGE = en", '(put text in quotes: LANGUAGE = "en")'),
        ("SOCIAL = [(Email, 'mailto:a@b.example')]", '(put text in quotes: "Email")'),
        ("SITEURL = os.environ['X']", "(write `import os` above it)"),
        ("DRAFTS = false", "(write False)"),
        ("SITENAME = (", "SyntaxError: '(' was never closed"),
        ("X = 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_text_without_quotes(tmp_path, line, message):
    """Who forgets the quotes reads the words of Python, without what to write."""
    file = tmp_path / "pelicanconf.py"
    file.write_text(f"# Settings\n{line}\n", "utf-8")
    with pytest.raises(CommandError) as caught:
        load_settings(file)
    assert "pelicanconf.py:2: " in str(caught.value)
    assert str(caught.value).endswith(message)
