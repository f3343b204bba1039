"""What a new release changes in a site: names of headers and settings, and its own templates."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HOME, PAPER, ROOT, run_papers, write
from papers.check.templates import add_origin_comment
from papers.cli.main import main

CONF = f"""import sys
sys.path.insert(0, {str(ROOT / "plugins")!r})
from papers.defaults import *
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
SITENAME, OWNER = "Ada Lovelace", ["Ada Lovelace"]
SITEURL, RELATIVE_URLS = "https://ada.example", False
"""
# A later release, which has renamed a header and a setting.
LATER = """
import sys
from papers.check.renamed_settings import RENAMED_SETTINGS
from papers.content.header_keys import RENAMED_HEADERS
RENAMED_HEADERS["mood"] = ("note", "0.9")
RENAMED_SETTINGS["OWNERS"] = ("OWNER", "0.9")
from papers.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def site(tmp_path) -> Path:
    """Return the folder of a site."""
    files = {"publishconf.py": CONF, "content/home.md": HOME, "content/papers/p.md": PAPER}
    return write(tmp_path, files)


def check(site: Path, files=None) -> subprocess.CompletedProcess:
    """Write files into a site, and run `check` there."""
    done = run_papers("check", cwd=write(site, files or {}))
    assert "Traceback" not in done.stderr, done.stderr
    return done


def check_with_later_release(site: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run `check` of the later release in a site."""
    command = [sys.executable, "-W", "error", "-c", LATER, "check", *arguments]
    done = subprocess.run(
        command, cwd=site, capture_output=True, text=True, encoding="utf-8",
        env={"PYTHONPATH": str(ROOT / "plugins"), "PATH": "", "SYSTEMROOT": ""},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_renamed(site):
    """After a rename, a header or setting with the old name is ignored without a word."""
    files = {
        "content/papers/p.md": PAPER.replace("\n\n", "\nMood: Fine.\n\n", 1),
        "content/papers/y.md": "---\ntitle: Y\nauthors: Ada Lovelace\ndate: 2025\nmood: Good.\n---",
        "publishconf.py": CONF.replace("SITENAME, OWNER = ", "SITENAME, OWNERS = "),
        "requirements.txt": "# one\npelican-papers==0.0.1\n",
    }
    done = check_with_later_release(write(site, files))
    assert done.returncode == 0
    assert done.stdout.splitlines()[:4] == [
        "content/papers/p.md:4: mood: was renamed to `Note` in 0.9 (use the new name) [notice]",
        "content/papers/y.md:5: mood: was renamed to `note` in 0.9 (use the new name) [notice]",
        "publishconf.py:5: OWNERS: was renamed to `OWNER` in 0.9 (use the new name) [notice]",
        "requirements.txt:2: pelican-papers: the site is published with 0.0.1, and this is 0.1.0 "
        "(write pelican-papers==0.1.0) [notice]",
    ]
    assert check_with_later_release(site, "--fix").stdout.startswith("No problems, no notices")
    texts = {name: (site / name).read_text(encoding="utf-8") for name in files}
    assert "\nNote: Fine.\n" in texts["content/papers/p.md"]
    assert "\nnote: Good.\n" in texts["content/papers/y.md"]
    assert "SITENAME, OWNER = " in texts["publishconf.py"]
    assert texts["requirements.txt"] == "# one\npelican-papers==0.1.0\n"


def test_renamed_everywhere(site):
    """A .bib's old name is ignored; `--fix` misses a use of a name, or writes a header twice."""
    files = {
        "content/papers/p.md": PAPER.replace("\n\n", "\nNote: New.\nMood: Old.\n\n", 1),
        "content/papers/b.bib": "@misc{b, title={B}, author={Ada Lovelace}, year=2020, mood={X}}",
        "pelicanconf.py": "\r\nif 0:\r\n    x = ['OWNERS', OWNERS[0]]; OWNERS = 'É' + OWNERS\r\n",
    }
    done = check_with_later_release(write(site, files), "--fix")
    assert done.returncode == 0 and done.stdout.splitlines()[:2] == [
        "content/papers/b.bib:1: b: mood: was renamed to `note` in 0.9 (use the new name) [notice]",
        "content/papers/p.md:5: mood: was renamed to `Note` in 0.9, and both are set (keep one) "
        "[notice]",
    ]
    settings = (site / "pelicanconf.py").read_bytes().decode()
    assert settings.endswith("x = ['OWNERS', OWNER[0]]; OWNER = 'É' + OWNER\r\n")


THEME = ROOT / "theme" / "templates"
PARTS = (THEME / "_parts.html").read_text(encoding="utf-8")
STALE = {
    "a block that is gone": (
        'base.html', '{% extends "!theme/base.html" %}\n{% block foter %}x{% endblock %}',
        "templates/base.html:2: block `foter` is not in any template that it extends "
        "(did you mean `footer`?) [notice]",
    ),
    "a block within another": (
        "base.html", '{% extends "!theme/base.html" %}{% block head %}{% block mine %}'
        "{% endblock %}{% endblock %}", None,
    ),
    "a macro that is gone": (
        "topic.html", '{% from "_parts.html" import crd with context %}',
        'templates/topic.html:1: "_parts.html" has no `crd` (did you mean `card`?)',
    ),
    "a template that is gone": (
        "topic.html", '\n{% include "_gone.html" %}',
        'templates/topic.html:2: "_gone.html" no longer exists (choose another)',
    ),
    "an optional template": (
        "topic.html", '{% include "_policy.html" %}{% include "_x.html" ignore missing %}', None,
    ),
    "a filter that is gone": (
        "page.html", "{{ page.title | gone }}",
        "templates/page.html:1: cannot be read: No filter named 'gone'. (correct or delete it)",
    ),
    "a name that is gone": (
        "page.html", '{% include "_policy.html" %}{% if mine is defined %}{{ mine }}{% endif %}\n'
        "{{ selected_paper }}",
        "templates/page.html:2: nothing gives `selected_paper` a value (did you mean "
        "`selected_papers`?)",
    ),
    "a name that no page has": (
        "page.html", '{% extends "!theme/page.html" %}{% block content %}\n{{ page.titel }}'
        "{{ page.mine | default(1) }}{% endblock %}",
        "templates/page.html:2: no page has `titel` (did you mean `title`?)",
    ),
    "a name of an include": (
        "page.html", '{% extends "!theme/page.html" %}{% block content %}{% for mine in papers %}'
        '{% include "_mine.html" %}{% endfor %}{% endblock %}', None,
        {"_mine.html": "{{ mine.url }}"},
    ),
    "a copy of another state": (
        "404.html", add_origin_comment(
            'older\n{% include "_policy.html" %}', "404.html", "0.0.1"
        ),
        "templates/404.html:1: the theme's 404.html has changed since it was copied",
    ),
    "a copy of this state": (
        "404.html",
        add_origin_comment((THEME / "404.html").read_text("utf-8"), "404.html", "0.1.0") + "Mine.",
        None,
    ),
    "a copy that lacks a macro": (
        "_parts.html", PARTS.replace("macro venue(", "macro venues("),
        "templates/_parts.html: has no `venue`, which the theme needs in paper.html "
        "(copy it from the theme)",
    ),
    "a copy that lacks a block": (
        "base.html", (THEME / "base.html").read_text(encoding="utf-8").replace(
            "{% block lang %}{% endblock %}", ""
        ),
        "templates/base.html: has no `lang`, which the theme needs in article.html",
    ),
    "a name that the theme does not have": (
        "old.html", "x", "templates/old.html: is not used: the theme has no old.html",
    ),
    "a partial that is not used": ("_mine.html", "x", "templates/_mine.html: is not used"),
    "a template that a page names": (
        "cv.html", '{% extends "base.html" %}{% set a = 1 %}{% macro m(b) %}{{ b }}{% endmacro %}'
        '{% if a %}{% set c = 1 %}{% endif %}{{ mine | default("") }}{% block content %}{{ a }}'
        "{{ c }}{{ m(1) }}{% for p in papers %}{% block q scoped %}{{ p.url }}{% endblock %}"
        "{% endfor %}{% endblock %}", None,
    ),
    "a template that extends itself": (
        "page.html", '{% extends "page.html" %}',
        'templates/page.html:1: "page.html" extends itself (write "!theme/page.html")',
    ),
    "a template nested too deeply": (
        "page.html", f"{{{{ {'(' * 3000}1{')' * 3000} }}}}",
        "templates/page.html: cannot be read: it is nested too deeply",
    ),
    "a template in another encoding": (
        "page.html", b"\xe9",
        "templates/page.html:1: cannot be read: it is not UTF-8",
    ),
    "a page without the policy": (
        "page.html", "<html><head><title>x</title></head>{{ page.content }}</html>",
        "templates/page.html: prints a page without the content security policy (write {% include",
    ),
    "a folder": ("page.html/x.txt", "x", None),
    "macros within a condition": (
        "_parts.html", f"{{% if SITENAME %}}{PARTS}{{% endif %}}", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STALE)
def test_stale_templates(site, case):
    """After an upgrade, a template prints nothing, or an error does not name it."""
    name, text, message, *more = STALE[case]
    page = (
        {"content/pages/cv.md": "Title: CV\nTemplate: cv\n\nWords.\n"} if name == "cv.html" else {}
    )
    others = {f"templates/{other}": text for each in more for other, text in each.items()}
    done = check(site, {f"templates/{name}": text} | page | others)
    if message is None:
        assert done.stdout.startswith("No problems, no notices"), done.stdout
    else:
        assert message in done.stdout
        assert done.returncode == ("[notice]" not in done.stdout)
        assert done.stdout.count("templates/") == 1 + done.stdout.count(f"compare it with {ROOT}")


def test_new_template(site, monkeypatch, capsys):
    """`new template` overwrites a file or copies a template without the comment on its origin."""
    monkeypatch.chdir(site)
    assert main(["new", "template", "404.html", "-s", "publishconf.py"]) == 0
    assert Path(capsys.readouterr().out.strip()) == Path("templates/404.html")
    copy = site / "templates" / "404.html"
    text = copy.read_text(encoding="utf-8")
    assert text.endswith((THEME / "404.html").read_text(encoding="utf-8"))
    assert check(site).stdout.startswith("No problems, no notices")
    assert main(["new", "template", "404.html", "-s", "publishconf.py"]) == 1
    assert "already exists" in capsys.readouterr().err
    for name in ("gone.html", "../../pelicanconf.py"):
        assert main(["new", "template", name, "-s", "publishconf.py"]) == 1
        assert "404.html" in capsys.readouterr().err
    for conf, code, message in (
        ("THEME_TEMPLATES_OVERRIDES = []", 1, 'write THEME_TEMPLATES_OVERRIDES = ["templates"]'),
        ("THEME_TEMPLATES_OVERRIDES = [5]", 1, 'write THEME_TEMPLATES_OVERRIDES = ["templates"]'),
        ("import subprocess; subprocess.run(['false'], check=True)", 2, "CalledProcessError"),
        ('THEME = "/gone"', 2, "Could not find the theme"),
    ):
        write(site, {"pelicanconf.py": f"{CONF}\n{conf}\n"})
        assert main(["new", "template", "page.html"]) == code
        assert message in capsys.readouterr().err
    newer = re.sub(r"[0-9a-f]{12}", "0123456789ab", text, count=1)
    assert "has changed since it was copied" in check(site, {"templates/404.html": newer}).stdout
