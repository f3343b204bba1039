"""Templates that print a page without the policy, or point outside the site."""

import os
from types import SimpleNamespace

import pytest
from conftest import ROOT, run_papers, write
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateRuntimeError,
)
from mistakes import GOOD, lay
from papers.check.page_policy import check_page_policy, check_template_files
from papers.check.templates import check_template_links
from papers.site.template_filters import _PageTemplate

THEME = ROOT / "theme" / "templates"
INCLUDE = '{% include "_policy.html" %}'
META = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
BASE = "templates/base.html"


@pytest.fixture
def policy_problems(tmp_path):
    """Return a function that checks templates of a site, and returns the files with problems."""
    context = {
        "PATH": tmp_path / "content", "THEME": str(ROOT / "theme"), "DIRECT_TEMPLATES": [],
        "generated_content": {"a": SimpleNamespace(template="cv"), "b": None},
        "TEMPLATE_PAGES": {"own/about.html": "about/index.html", "robots.html": "robots.txt"},
    }  # fmt: skip
    theme = FileSystemLoader(THEME)
    own = FileSystemLoader([tmp_path / "templates", THEME])
    environment = Environment(loader=ChoiceLoader([own, PrefixLoader({"!theme": theme})]))

    def check(files: dict[str, str]) -> list[str]:
        write(tmp_path / "templates", files)
        return [problem.file for problem in check_page_policy(context, environment)]

    return check


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"base.html": '{% extends "!theme/base.html" %}'},
        {"base.html": f"<html><head>{INCLUDE}</head>"},
        {"base.html": f"<head>\n{META}{{{{ x }}}}"},
        {"cv.html": '{# mine #}{% extends "page.html" %}{% block content %}<p>{% endblock %}'},
        {"cv.html": f"{{% set a = 1 %}}<!DOCTYPE html>\n<head><title>x</title>{INCLUDE}"},
        {"head.html": f'<meta charset="utf-8">{INCLUDE}', "cv.html": '{% include "head.html" %}'},
        {"_policy.html": META, "part.html": "<p>a part</p>"},
        {"page.html": "{% if %}"},
    ],
)  # fmt: skip
def test_pages_with_the_policy(policy_problems, files):
    """A template that prints the policy, or is none of a page, is reported."""
    assert policy_problems(files) == []


@pytest.mark.parametrize(
    "text",
    [
        "<html><head></head>",
        f"<head><!-- {INCLUDE} -->",
        f"<head>{{% if x %}}{INCLUDE}{{% endif %}}",
        f"<head>{{% block policy %}}{INCLUDE}{{% endblock %}}",
        f"<head><script src=x></script>{INCLUDE}",
        f"<head></head><body>{INCLUDE}",
        f"{{# {INCLUDE} #}}<p>",
        f"{{% raw %}}{INCLUDE}{{% endraw %}}",
        "{% include '_parts.html' %}",
        '{% if x %}{% extends "page.html" %}{% endif %}<p>',
        '<meta http-equiv="Content-Security-Policy">',
    ],
)
def test_pages_without_the_policy(policy_problems, text):
    """A page is published without the policy, and nothing is reported."""
    assert policy_problems({"base.html": text}) == [BASE]
    assert policy_problems({"base.html": f"{INCLUDE}", "cv.html": text}) == ["templates/cv.html"]
    assert policy_problems({"redirect.html": text}) == [
        "templates/cv.html", "templates/redirect.html",
    ]  # fmt: skip


def test_template_pages(policy_problems, tmp_path):
    """A page that the setting TEMPLATE_PAGES makes has no policy, and nothing is reported."""
    write(tmp_path / "content", {"own/about.html": "<p>About", "robots.html": "User-agent: *"})
    assert policy_problems({}) == ["content/own/about.html"]
    write(tmp_path / "content", {"own/about.html": '{% extends "base.html" %}'})
    assert policy_problems({}) == []
    assert policy_problems({"base.html": "<p>"}) == [BASE]


@pytest.mark.parametrize(
    "text",
    [
        "<p>A page",
        "",
        f'{{% set a = "<scr" ~ "ipt src=x></script>" %}}{{{{ a|safe }}}}{INCLUDE}',
        f"{{% set a = '<!-' ~ '-' %}}{{{{ a|safe }}}}{INCLUDE}",
        '<p>http-equiv="Content-Security-Policy" content="default-src \'none\'"',
        f"<head></head>{INCLUDE}",
    ],
)
def test_printed_pages_without_the_policy(text):
    """A page whose template does not tell that it has no policy is published."""
    environment = Environment(loader=FileSystemLoader(THEME))
    environment.template_class = _PageTemplate
    template = environment.from_string(text)
    with pytest.raises(TemplateRuntimeError, match=r"^a/b\.html has no policy \(write \{%"):
        template.render({"output_file": "a/b.html"})
    assert template.render({"output_file": "robots.txt"}) == template.render()
    good = environment.from_string(f"<head><title>T</title>{INCLUDE}{text}")
    assert "<title>T</title><meta" in good.render(output_file="a/b.html")


def test_build_of_a_page_without_the_policy(tmp_path):
    """A page without the policy, of a template that the check does not know, is published."""
    settings = 'AUTHOR_SAVE_AS = AUTHOR_URL = "by/{slug}.html"\n'
    settings += 'THEME_TEMPLATES_OVERRIDES = ["templates"]\n'
    lay(write(tmp_path, {"templates/author.html": "<html><p>By {{ author }}"}), GOOD, settings)
    done = run_papers("build", "--settings", "publishconf.py", cwd=tmp_path)
    assert done.returncode and "Traceback" not in done.stderr
    assert "templates/author.html: by/ada-lovelace.html has no policy (write" in done.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("text", ["", "<meta name=generator>", f"{{% if x %}}{META}{{% endif %}}"])
def test_policy_that_is_none(policy_problems, text):
    """A template in place of the theme's policy takes it from all pages."""
    assert policy_problems({"_policy.html": text}) == ["templates/_policy.html"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_template_links(tmp_path):
    """A link in templates/, or in a theme of the site's own, publishes a file from outside."""
    write(tmp_path, {"secret/x.html": "root:x", "templates/a.html": "", "theme/static/a.css": ""})
    site = write(tmp_path / "site", {"templates/a.html": "", "theme/templates/a.html": ""})
    write(site, {"more/x.html": "", "theme/static/css/a.css": "", "content/home.md": ""})
    links = {
        "templates/page.html": "../../secret/x.html",
        "templates/_policy.html": "/etc/passwd",
        "templates/sub": "../../secret",
        "templates/same.html": "a.html",
        "linked": "more",
        "theme/static/css/x.css": "../../../more/x.html",
        "theme/static/all": "/etc",
        "theme/templates/b.html": "../static/css/a.css",
    }
    for name, target in links.items():
        (site / name).symlink_to(target)
    context = {
        "PATH": str(site / "content"), "THEME": str(site / "theme"),
        "THEME_STATIC_PATHS": ["static"],
        "THEME_TEMPLATES_OVERRIDES": [
            str(site / name) for name in ("templates", "linked", "../templates", "none")
        ],
    }  # fmt: skip
    problems = {problem.file: problem.message for problem in check_template_links(context)}
    out, folder = "(copy the file itself there)", "is a link to a folder"
    assert problems.keys() == links.keys() - {"templates/same.html", "theme/templates/b.html"}
    assert problems["templates/page.html"] == f"points outside templates/ {out}"
    assert problems["theme/static/css/x.css"] == f"points outside theme/ {out}"
    assert problems["linked"].startswith(folder) and problems["templates/sub"].startswith(folder)


BLOCKED = """{% extends "page.html" %}
{# <script src="https://c.example/x.js"></script> #}
<link rel="canonical" href="https://x.example/"><link rel="icon" href="https://x.example/i.png">
<script src="{{ SITEURL }}/theme/x.js"></script><script type="application/json">{}</script>
<script async src="//gc.zgo.at/count.js"></script>
<style>b { background: url(https://p.example/x.png) }</style>
<a href="https://ok.example/"><!-- <img src="https://ok.example/x.png"> --></a>
<iframe src="https://player.vimeo.com/video/{{ page.number }}"></iframe>
<img src="https://ada.example/e.png" alt=""><b onclick="x()">x</b>
{% if {
  "a": 1} %}{% endif %}<script>
alert(1)</script>
"""


@pytest.mark.parametrize(
    "allowed, lines",
    [
        ({}, [3, 5, 6, 8, 9, 11]),
        ({"scripts": ["https://gc.zgo.at"], "images": ["https://x.example"]}, [6, 8, 9, 11]),
        ({"frames": ["https://player.vimeo.com"], "images": ["https://*.example.org"]},
         [3, 5, 6, 9, 11]),
    ],
)  # fmt: skip
def test_blocked_files(tmp_path, allowed, lines):
    """A template loads what the policy blocks, and nobody says so; or what it loads is allowed."""
    context = {
        "PATH": str(tmp_path / "content"), "THEME": str(ROOT / "theme"), "ALLOWED_HOSTS": allowed,
        "THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "templates")], "SITEURL": "https://ada.example",
        "TEMPLATE_PAGES": {"own/about.html": "about/index.html"},
    }  # fmt: skip
    write(tmp_path, {"templates/cv.html": BLOCKED, "content/own/about.html": "<script>1</script>"})
    *problems, last = check_template_files(context)
    assert sorted(problem.line for problem in problems) == lines
    assert {problem.file for problem in problems} == {"templates/cv.html"}
    hint = "put it into a file in content/extra/ and load that with src"
    assert str(last) == f"content/own/about.html:1: an inline script does not run ({hint})"
    vimeo = [problem.message for problem in problems if problem.line == 8]
    assert vimeo == [
        '"https://player.vimeo.com/video/_" is on another host and is not loaded (link to it, or '
        'allow it: ALLOWED_HOSTS = {"frames": ["https://player.vimeo.com"]})'
    ] * (8 in lines)
    write(tmp_path / "templates", {"_policy.html": META})
    assert check_template_files(context) == []
