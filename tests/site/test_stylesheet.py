"""Minified stylesheets."""

import os
from types import SimpleNamespace

import pytest
from conftest import write
from papers.site import minify_css, minify_stylesheets

CSS = "/* A comment. */\na {\n  color: red;\n}\n"
FILES = {"static/css/style.css": CSS, "static/css/print/p.css": CSS, "extra.css": CSS}


def minify(folder) -> dict[str, str]:
    """Minify the stylesheets of a theme, and return those that Pelican will copy."""
    settings = {
        "THEME": str(folder / "theme"), "THEME_STATIC_PATHS": ["static", "extra.css"],
        "CACHE_PATH": str(folder / "cache"), "IGNORE_FILES": [".*"], "PLUGINS": ["papers"],
    }  # fmt: skip
    for _ in range(2):
        minify_stylesheets(SimpleNamespace(settings=settings), None)
    *theme_paths, minified = map(folder.joinpath, settings["THEME_STATIC_PATHS"])
    assert len(theme_paths) == 2
    files = (file for file in minified.rglob("*") if file.is_file())
    return {file.relative_to(minified).as_posix(): file.read_text() for file in files}


def test_minified_files(tmp_path):
    """A stylesheet is not minified, in the wrong folder, or outdated after an edit."""
    write(tmp_path / "theme", FILES)
    os.symlink("nowhere", tmp_path / "theme/static/css/.#style.css")
    minified = minify_css(CSS)
    assert minified == "a{color:red}\n"
    assert minify(tmp_path) == dict.fromkeys(
        ["css/style.css", "css/print/p.css", "extra.css"], minified
    )
    assert not (tmp_path / "cache").exists()
    write(tmp_path / "theme", {"static/css/style.css": CSS.replace("red", "blue")})
    assert minify(tmp_path)["css/style.css"] == minified.replace("red", "blue")


@pytest.mark.parametrize(
    ("css", "minified"),
    [
        ("a :is(b, i) { c: d }", "a :is(b,i){c:d}"),
        ('a::after { content: ": " attr(href); }', 'a::after{content:": " attr(href)}'),
        ("@media (min-width: 3rem) { a:hover { --b: 1px solid } }",
         "@media (min-width:3rem){a:hover{--b:1px solid}}"),
        ("@supports selector(:has(> a)) { a > b + c { d: e f } }",
         "@supports selector(:has(> a)){a > b + c{d:e f}}"),
    ],
)  # fmt: skip
def test_blanks_that_mean_something(css, minified):
    """A descendant becomes another selector, or a string loses its blank."""
    assert minify_css(css) == f"{minified}\n"
