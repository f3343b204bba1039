"""The stylesheets of the theme are minified where Pelican copies them from."""

import os
from types import SimpleNamespace

from conftest import write
from papers.site import minify_css, minify_stylesheets

CSS = "/* A comment. */\na {\n  color: red;\n}\n"
FILES = {"static/css/style.css": CSS, "static/css/print/p.css": CSS, "extra.css": CSS}


def minify(folder) -> dict[str, str]:
    """Minify the stylesheets of a theme, and return those that Pelican is to copy."""
    settings = {
        "THEME": str(folder / "theme"), "THEME_STATIC_PATHS": ["static", "extra.css"],
        "CACHE_PATH": str(folder / "cache"), "IGNORE_FILES": [".*"], "PLUGINS": ["papers"],
    }  # fmt: skip
    for _ in range(2):
        minify_stylesheets(SimpleNamespace(settings=settings), None)
    *own, copied = map(folder.joinpath, settings["THEME_STATIC_PATHS"])
    assert len(own) == 2
    files = (file for file in copied.rglob("*") if file.is_file())
    return {file.relative_to(copied).as_posix(): file.read_text() for file in files}


def test_minified_files(tmp_path):
    """A stylesheet is copied as it was written, to another place, or as it was before an edit."""
    write(tmp_path / "theme", FILES)
    os.symlink("nowhere", tmp_path / "theme/static/css/.#style.css")
    small = minify_css(CSS)
    assert small == "a{color: red}\n"
    assert minify(tmp_path) == dict.fromkeys(
        ["css/style.css", "css/print/p.css", "extra.css"], small
    )
    for file in (tmp_path / "cache").rglob("*.css"):
        file.write_text("broken")
    assert set(minify(tmp_path).values()) == {small}
    write(tmp_path / "theme", {"static/css/style.css": CSS.replace("red", "blue")})
    assert minify(tmp_path)["css/style.css"] == small.replace("red", "blue")


def test_cache_that_cannot_be_written(tmp_path):
    """A build fails where the cache cannot be written to."""
    write(tmp_path, {"cache": "no folder"})
    write(tmp_path / "theme", FILES)
    settings = {
        "THEME": str(tmp_path / "theme"), "THEME_STATIC_PATHS": ["static"],
        "CACHE_PATH": str(tmp_path / "cache"), "IGNORE_FILES": [], "PLUGINS": ["papers"],
    }  # fmt: skip
    minify_stylesheets(SimpleNamespace(settings=settings), None)
    assert settings["THEME_STATIC_PATHS"] == ["static"]
