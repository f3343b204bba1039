"""Settings that nobody would write: each is refused by its name, and nothing crashes."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from conftest import HOME, NEWS, PAPER, ROOT, share
from papers import defaults
from papers.check.settings import (
    _OWN_SETTINGS,
    _WITHOUT_DEFAULT,
    _fallback,
    check_setting_values,
    check_settings,
)
from papers.util import build_time, check_environment
from pelican.settings import DEFAULT_CONFIG
from test_random import SiteBuilder

NAMES = sorted({*DEFAULT_CONFIG, *defaults.__all__, *_OWN_SETTINGS, *_WITHOUT_DEFAULT})
# As they stand in a file of settings.
VALUES = [
    "None", "-1", "''", "'../x'", "'{slug}'", "'{'", "[]", "{}", "[[]]", "object()", "'x' * 10000",
    "lambda *values: None", "'a\\0b'", "'\\ud800'", "1.5", "b'x'", "True", "10 ** 30", "[None]",
    "{'a': 'b'}", "{1: [2]}", "'(?P<x'", "[('a',)]",
]  # fmt: skip
FILES = {"home.md": HOME, "papers/p.md": PAPER, "news/n.md": NEWS + "\nTags: a\n"}
SOUND = (
    DEFAULT_CONFIG
    | {name: getattr(defaults, name) for name in defaults.__all__}
    | {"SITENAME": "Ada Lovelace"}
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[SiteBuilder]:
    """A process that builds sites."""
    if os.name == "nt":
        pytest.skip("Windows has no fork")
    opened = SiteBuilder(tmp_path_factory.mktemp("sites"))
    with opened.process:
        yield opened


@pytest.mark.parametrize("value", share(VALUES, 3))
def test_form(value):
    """A setting of a form that nobody checks ends the build with a traceback."""
    assert list(check_setting_values(SOUND)) == []
    for name in NAMES:
        settings = SOUND | {name: eval(value)}
        findings = list(check_setting_values(settings))
        assert {finding.name for finding in findings} <= {name}
        if findings and name != "SITENAME":
            assert list(check_setting_values(settings | {name: _fallback(name)})) == [], name


@pytest.mark.parametrize(("name", "value"), share(product(NAMES, VALUES), 500))
def test_build(sites, name, value):
    """A setting ends the build with a traceback, or the check is of another opinion."""
    result = sites.build(FILES, {name: value})
    printed = result["check printed"] + result["build printed"]
    assert result["check"] == result["build"] and result["check"] in (0, 1), printed[-3000:]
    assert "Traceback" not in printed, printed[-3000:]
    assert result["check"] == 0 or name in printed or name == "DIRECT_TEMPLATES", printed


# From the issue: each ended the build with a traceback.
TRACEBACKS = [
    ("DEFAULT_LANG", "''"), ("DEFAULT_LANG", "'../x'"), ("DEFAULT_LANG", "'x' * 10000"),
    ("SEARCH_SAVE_AS", "-1"), ("SEARCH_SAVE_AS", "'../x'"), ("SLUGIFY_SOURCE", "'{slug}'"),
    ("CHECK_MODIFIED_METHOD", "None"), ("YEAR_ARCHIVE_SAVE_AS", "'{slug}'"),
    ("ARTICLE_TRANSLATION_ID", "'../x'"), ("DEFAULT_DATE_FORMAT", "None"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), share(TRACEBACKS, 3))
def test_tracebacks(sites, name, value):
    """A setting that ended the build with a traceback does so again."""
    result = sites.build(FILES, {name: value})
    assert result["check"] == result["build"] == 1
    assert f": {name}: " in result["check printed"] and f": {name}: " in result["build printed"]
    assert "Traceback" not in result["check printed"] + result["build printed"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("STATIC_PATHS", ["images", ".."], '".." is not in content/ (name folders inside it)'),
        ("STATIC_PATHS", ["/etc"], '"/etc" is not in content/ (name folders inside it)'),
        ("STATIC_PATHS", [Path("a/../../b")], '"a/../../b" is not in content/'),
        ("ARTICLE_PATHS", ["../news"], '"../news" is not in content/'),
        ("PAGE_PATHS", ["C:\\x", "..\\x"], "is not in content/"),
        ("TIMEZONE", None, "is not a valid time zone"),
        ("TIMEZONE", 5, "is not a valid time zone"),
    ],
)
def test_settings_that_lead_out_of_the_content(tmp_path, name, value, message):
    """A setting of folders publishes files from outside, or ends the check with a traceback."""
    problems, replacements = check_settings(SOUND | {name: value}, tmp_path)
    assert [problem.key for problem in problems] == [name] and message in problems[0].message
    assert check_settings(SOUND | replacements, tmp_path)[0] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOURCE_DATE_EPOCH", "abc"), ("SOURCE_DATE_EPOCH", "1e9"), ("SOURCE_DATE_EPOCH", "9" * 40),
        ("SOURCE_DATE_EPOCH", "-" + "9" * 17), ("RAW_HTML", "off"), ("RAW_HTML", "No"),
        ("ALLOW_LOSS", "true"),
    ],
)  # fmt: skip
def test_environment(tmp_path, monkeypatch, name, value):
    """A variable of the environment ends the build with a traceback, or means its opposite."""
    monkeypatch.setenv(name, value)
    assert [key for key, _ in check_environment()] == [name]
    assert build_time().year >= 2026
    problems, _ = check_settings(SOUND, tmp_path)
    assert [(problem.file, problem.key) for problem in problems] == [("environment", name)]


def test_environment_of_a_command(make):
    """The check and the build do not say that SOURCE_DATE_EPOCH is wrong."""
    site = make(check=False, SOURCE_DATE_EPOCH="abc", conf=ROOT / "publishconf.py")
    assert site.code == 1 and "Traceback" not in site.printed
    assert 'environment: SOURCE_DATE_EPOCH: "abc" is not a number of seconds' in site.printed
