"""Incremental builds write the same files as clean builds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ALL, PAPER, ROOT, nightly, write
from small_site import build_files, differing, edit, make_small_site


@pytest.fixture
def folder(tmp_path):
    """A folder with the settings, theme and content of a small site."""
    return make_small_site(tmp_path)


CHANGES = {
    "nothing": lambda folder: None,
    "a text": lambda folder: edit(folder / "content/news/n3.md", '"item" 3', "other words"),
    "a title": lambda folder: edit(folder / "content/papers/p1.md", "Paper 1", "Another title"),
    "a date": lambda folder: edit(folder / "content/news/n5.md", "2025-06", "1999-06"),
    "a topic": lambda folder: edit(folder / "content/news/n7.md", "Tags: t3", "Tags: new"),
    "a draft": lambda folder: edit(folder / "content/news/n8.md", "Tags:", "Status: draft\nTags:"),
    "an address": lambda folder: edit(folder / "content/news/n9.md", "Tags:", "Slug: s\nTags:"),
    "a new file": lambda folder: write(folder / "content/papers", {"new.md": PAPER}),
    "a removed file": lambda folder: (folder / "content/news/link.md").unlink(),
    "an entry": lambda folder: edit(folder / "content/papers/all.bib", "Entry 1", "Other entry"),
    "people": lambda folder: edit(folder / "content/people.yml", "turing.example", "alan.example"),
    "an attached file": lambda folder: edit(folder / "content/images/a.txt", "attached", "other"),
    "a template": lambda folder: edit(folder / "theme/templates/_news.html", 'class="date"', ""),
    "a custom template": lambda folder: write(
        folder / "templates",
        {"article.html": '{% extends "!theme/article.html" %}{% block lang %}'
         "{% set two = article.newer and article.newer.newer %}"
         '{% if two %} data-two="{{ two.title }}"{% endif %}{% endblock %}'},
    ),
    "the style": lambda folder: edit(folder / "theme/static/css/style.css", "#fdfdfc", "#fffffe"),
    "a setting": lambda folder: edit(folder / "publishconf.py", '"News", "news/"', '"N", "news/"'),
    "a name": lambda folder: edit(folder / "publishconf.py", '"Ada Lovelace"', '"Alan Turing"'),
    "a page edited by hand": lambda folder: edit(folder / "out/news/n3/index.html", "item", "ITEM"),
    "removed pages": lambda folder: shutil.rmtree(folder / "out/papers"),
    "a broken cache": lambda folder: [
        path.write_bytes(path.read_bytes()[:-9] + b"garbage!!") for path in _cache_files(folder)
    ],
    "an empty cache": lambda folder: [path.write_bytes(b"") for path in _cache_files(folder)],
    "another cache": lambda folder: [path.write_bytes(b"[1, 2]") for path in _cache_files(folder)],
}  # fmt: skip


def _cache_files(folder: Path) -> list[Path]:
    files = [path for path in (folder / "cache").glob("*") if path.is_file()]
    assert files
    return files


def test_again(folder):
    """After a change, a build keeps an outdated file of the last site."""
    build_files(folder, "publishconf.py", "out")
    names, step = list(CHANGES), 1 if ALL else 8
    for start in range(0, len(names), step):
        for name in names[start : start + step]:
            CHANGES[name](folder)
        again = build_files(folder, "publishconf.py", "new", last="out")
        shutil.move(folder / "cache", folder / "cache.saved")
        clean = build_files(folder, "publishconf.py", "clean")
        assert differing(again, clean) == [], names[start : start + step]
        shutil.rmtree(folder / "cache")
        shutil.move(folder / "cache.saved", folder / "cache")
        shutil.rmtree(folder / "out")
        (folder / "new").rename(folder / "out")


def test_only_what_changed(folder):
    """A build after a small change writes all pages again."""
    edit(folder / "publishconf.py", 'THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    build_files(folder, "publishconf.py", "out")
    edit(folder / "content/news/n3.md", '"item" 3', "other words")
    build_files(folder, "publishconf.py", "new", last="out")
    same = {
        path.relative_to(folder / "new").as_posix()
        for path in (folder / "new").rglob("*")
        if path.is_file() and path.stat().st_nlink > 1
    }
    assert {"news/n20/index.html", "papers/p1/index.html", "papers/p1/p1.bib"} <= same
    assert not same & {"news/n3/index.html", "news/index.html", "feeds/news.json", "llms.txt"}


def test_pages_that_show_others(folder):
    """A page of the theme keeps the old title of a text that it lists."""
    edit(folder / "publishconf.py", 'THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    build_files(folder, "publishconf.py", "out")
    # Papers list the news and posts about them, a post the parts of its series, and its neighbours.
    edit(folder / "content/news/n3.md", "Item 3", "Another item")
    edit(folder / "content/blog/b3.md", "Post 3", "Another post")
    again = build_files(folder, "publishconf.py", "new", last="out")
    shutil.rmtree(folder / "cache")
    clean = build_files(folder, "publishconf.py", "clean")
    assert differing(again, clean) == []
    assert (
        b"Another post" in clean["papers/p1/index.html"]
        and b"Another post" in clean["blog/b1/index.html"]
    )


def test_profile(folder):
    """The profile of a build lacks the total, a phase or the slowest files."""
    command = [sys.executable, ROOT / "plugins/papers", "publish", "--profile"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for words in ("total", "reading", "checking", "writing", "ms writing pagefind/"):
        assert words in done.stderr


@nightly("builds several sites")
@pytest.mark.skipif(sys.platform != "linux", reason="the comparison reads /proc")
def test_comparison(tmp_path):
    """The command after the figures of the README does not run, or pages are missing."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests/bench/compare.py", "--tools", "ours", "--sizes", "20",
         "--runs", "1", "--edits", "1", "--folder", tmp_path, "--work", tmp_path / "tools"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout and "not shown" not in done.stdout
    assert {"### Full build: s", "### Build after one edit: s", "### Preview, template edited"} <= {
        title.partition(" (")[0].partition(": ms")[0] for title in done.stdout.splitlines()
    }
