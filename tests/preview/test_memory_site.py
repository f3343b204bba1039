"""The preview in memory shows what a build would write."""

import gc
import io
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from contextlib import closing

import pytest
from conftest import ALL, PAPER, ROOT, write
from papers.preview.memory_site import MemorySite, UpdateKind
from papers.preview.server import start_server
from papers.util import files
from pelican.contents import Content
from PIL import Image
from small_site import build_files, differing, edit, make_small_site


@pytest.fixture
def folder(tmp_path):
    """Return a folder with settings, theme and content of a small site."""
    return make_small_site(tmp_path)


@pytest.fixture
def site(folder):
    """Return the preview of that site."""
    with closing(MemorySite(folder / "pelicanconf.py")) as site:
        yield site


def test_preview_is_a_build(folder, site):
    """After many edits, the preview differs from a clean build."""
    chance = random.Random(7)
    site.update(set())
    content = folder / "content"
    for turn in range(12):
        changed = set()
        for _ in range(chance.randint(1, 3)):
            kind = chance.choice(["news/n{}.md", "papers/p{}.md", "news/x{}.md", "papers/x{}.md"])
            path = content / kind.format(chance.randint(0, 9))
            if not path.exists():
                write(content, {path.relative_to(content).as_posix(): PAPER})
            elif path.name[0] == "x":
                path.unlink()
            else:
                edit(path, "Title: ", f"Title: T{turn} ")
                path.write_text(path.read_text() + f"\n\nMore {turn}.\n")
            changed.add(path)
        for path in chance.sample(sorted(site.paths()), 10):
            site.answer(path)
        # Some are shown in a hurry, and not all of those are read again before the next edit.
        if (
            site.update_in_place(changed) is UpdateKind.NOTHING
            or turn == 11
            or chance.random() < 0.5
        ):
            site.update(set())
        for path in chance.sample(sorted(site.paths()), 10):
            site.answer(path)
    clean = build_files(folder, "pelicanconf.py", "clean")
    assert len(clean) > 100
    assert [problem for problem in site.problems if not problem.notice] == []
    shown = {path: answer.data for path in clean if (answer := site.answer(path))}
    assert differing(shown, clean) == []
    assert {path for path in site.paths() if not path.endswith("/")} <= clean.keys()


IN_PLACE = (
    ("content/news/n3.md", '"item" 3', 'other "words" -- here', "news/n3/index.html"),
    ("content/news/n3.md", "Title: ", "Title: Another ", "news/n3/index.html"),
    ("content/papers/p1.md", "Paper 1", "Paper *A* & B", "papers/p1/index.html"),
    ("content/papers/p1.md", "Paper *A*", "Paper C", "papers/p1/p1.bib"),
    ("theme/templates/_news.html", 'class="date"', 'class="day"', "news/index.html"),
    ("content/blog/b1.md", "Title: ", "Title: Another ", "blog/b1/index.html"),
    ("content/blog/b1.md", "Title: Another ", "Title: One more ", "blog/index.html"),
    ("content/blog/b1.md", "Authors: ", "Authors: Jane Roe; ", "blog/b1/index.html"),
    ("content/home.md", "Role: ", "Role: Late ", "index.html"),
)


NOT_IN_PLACE = (
    ("content/news/n4.md", "Tags:", "Slug: elsewhere\nTags:"),
    ("content/news/n5.md", "\n\n", "\n\n[File]({static}/images/b.txt) "),
    ("content/news/n6.md", "Tags:", "Status: draft\nTags:"),
    ("content/news/n7.md", "Date: ", "Dato: "),
    ("content/blog/b2.md", "Series: Part", "Image: images/none.png"),
    ("content/papers/p2.md", "\n\n", "\nPDF: p2.pdf\n\n"),
    ("content/papers/p3.md", "Authors: ", "Persons: "),
    ("content/papers/all.bib", "Entry 1", "Another entry"),
    ("content/people.yml", "turing.example", "alan.example"),
    ("theme/templates/_parts.html", "{% macro", "{% makro"),
    ("pelicanconf.py", "PATH, CACHE_PATH", "PATH , CACHE_PATH"),
)


def test_update_in_place(folder, site):
    """A change is not shown before the whole site is read, or shown wrongly."""
    site.update(set())
    for path, old, new, page in IN_PLACE:
        site.answer(page)
        edit(folder / path, old, new)
        assert site.update_in_place({folder / path}) is UpdateKind.PAGES, path
        shown = site.answer(page).data
        assert shown == build_files(folder, "pelicanconf.py", "clean")[page], path
        # The browser does not load again what it shows.
        assert site.update(set()) is UpdateKind.NOTHING, path
        assert site.answer(page).data == shown
    for path, old, new in NOT_IN_PLACE:
        text = (folder / path).read_text(encoding="utf-8")
        edit(folder / path, old, new)
        assert site.update_in_place({folder / path}) is UpdateKind.NOTHING, path
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "content/news/n8.md").unlink()
    assert site.update_in_place({folder / "content/news/n8.md"}) is UpdateKind.NOTHING
    assert site.update_in_place({folder / "content/news/none.md"}) is UpdateKind.NOTHING
    assert site.update_in_place(set()) is UpdateKind.NOTHING


def test_update_after_one_in_place(folder, site):
    """After an update in place, errors elsewhere in the site are not reported."""
    site.update(set())
    before = site.answer("publications/index.html").data
    file = folder / "content/papers/p1.md"
    edit(file, "Title: Paper 1", "Title: Zebra")
    assert site.update_in_place({file}) is UpdateKind.PAGES
    assert b"Zebra" in site.answer("publications/index.html").data != before
    edit(folder / "content/news/n3.md", "Title: ", "Titel: ")
    assert site.update(set()) is UpdateKind.PAGES
    assert {problem.file for problem in site.problems if not problem.notice} == {
        "content/news/n3.md"
    }


def test_preview_recovers(folder, site):
    """A broken template, text or setting ends the preview, or its problem stays when fixed."""
    assert site.update(set()) is UpdateKind.PAGES and site.problems == []
    for path, old, new in (
        ("theme/templates/article.html", "{{ article.title }}", "{{ article.nothing.title }}"),
        ("theme/templates/article.html", "{% block content %}", "{% blok content %}"),
        ("theme/templates/base.html", "{% block lang %}", "{% blok lang %}"),
        ("pelicanconf.py", "PATH, CACHE_PATH", "PATH, CACHE_PATH = 1 / 0 #"),
        ("content/news/n3.md", "Date: ", "Dato: "),
        ("content/papers/all.bib", "title={Entry 1}", "title={Entry 1"),
    ):
        file = folder / path
        edit(file, old, new)
        site.update_in_place({file})
        site.update({file})
        page = site.answer("news/n4/index.html")
        assert [problem for problem in site.problems if not problem.notice], path
        edit(file, new, old)
        assert site.update({file}) is UpdateKind.PAGES
        page = site.answer("news/n4/index.html")
        assert b"Item 4" in page.data and site.problems == [], path
    style = folder / "theme/static/css/style.css"
    edit(style, "#fdfdfc", "#fffffe")
    assert site.update({style}) is UpdateKind.STYLE
    assert b"#fffffe" in site.answer("theme/css/style.css").data
    assert site.answer("theme/css/../../pelicanconf.py") is None


def test_files_of_the_cache(folder, site):
    """Pictures and icons, which are made in the cache, are not shown."""
    text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    portrait = io.BytesIO()
    Image.new("RGB", (900, 900), "red").save(portrait, "PNG")
    write(folder / "content/images", {"portrait.png": portrait.getvalue()})
    write(folder / "content/extra", {"favicon.svg": text})
    site.update(set())
    paths = [path for path in site.paths() if not path.endswith("/")]
    assert any(path.startswith("pictures/") for path in paths) and "icon-512.png" in paths
    assert [path for path in paths if site.answer(path) is None] == []


def replace_file_by_link(file, secret):
    file.unlink()
    file.symlink_to(secret)


def replace_folder_by_link(file, secret):
    secret.with_name(file.name).write_bytes(secret.read_bytes())
    file.parent.rename(file.parent.with_name(f"{file.parent.name}-away"))
    file.parent.symlink_to(secret.parent)


def replace_file_by_pipe(file, secret):
    file.unlink()
    os.mkfifo(file)


def replace_file_by_hidden_file(file, secret):
    hidden = file.with_name(".hidden")
    hidden.write_bytes(secret.read_bytes())
    replace_file_by_link(file, hidden)


SWAPS = (
    replace_file_by_link,
    replace_folder_by_link,
    replace_file_by_pipe,
    replace_file_by_hidden_file,
)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
def test_swapped_files(folder, site, tmp_path):
    """A file that a link or a pipe replaces after the site was read is shown, or hangs."""
    secret = write(tmp_path / "private", {"key": "secret"}) / "key"
    texts = {f"extra/f{n}/a.txt": "public" for n in range(len(SWAPS))}
    large = {f"extra/g{n}/a.bin": bytes(2**20 + 1) for n in range(len(SWAPS))}
    content = write(folder / "content", texts | large)
    site.update(set())
    for n, swap in enumerate(SWAPS):
        for name in (f"f{n}/a.txt", f"g{n}/a.bin"):
            answer = site.answer(name)
            if name.endswith(".txt"):
                assert answer.data == b"public"
            else:
                with answer.data as file:
                    assert file.read() == bytes(2**20 + 1)
            swap(content / "extra" / name, secret)
            assert site.answer(name) is None, (swap, name)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
def test_swapped_while_it_is_opened(tmp_path, monkeypatch):
    """A link takes the place of a file between its check and its reading, and is followed."""
    secret = write(tmp_path / "private", {"key": "secret"}) / "key"
    content = write(tmp_path / "content", {"a/key": "public"})
    check = files.is_public

    def swap_and_check(path, folder):
        # First the file that is opened is the secret one, then the path is good again.
        (content / "a").unlink()
        (content / "b").rename(content / "a")
        return check(path, folder)

    (content / "a").rename(content / "b")
    (content / "a").symlink_to(secret.parent)
    assert files.open_file(content / "a/key", lambda path: swap_and_check(path, content)) is None
    with files.open_file(content / "a/key", lambda path: check(path, content)) as file:
        assert file.read() == b"public"


def test_preview_starts_once(folder):
    """The preview restarts again and again, or its exit code after Ctrl-C is not 0."""
    log = folder / "log"
    with log.open("wb") as log_file:
        command = [sys.executable, ROOT / "plugins/papers", "serve", "--port", "0"]
        running = subprocess.Popen(command, cwd=folder, stdout=log_file, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: b"Ctrl-C" in log.read_bytes())
        time.sleep(1.5)
        edit(folder / "content/news/n3.md", '"item" 3', "other words")
        wait_for(lambda: b"n3.md" in log.read_bytes())
    finally:
        running.send_signal(signal.SIGINT)
        code = running.wait(20)
    printed = log.read_text()
    assert code == 0 and printed.count(" built in ") == 1 and "Traceback" not in printed


def wait_for(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_memory_does_not_grow(folder, site):
    """Each update of the preview leaves the last site in memory, which never is collected."""
    news, done = folder / "content/news/n1.md", threading.Event()
    # As in `serve`: beside another thread, no process is forked.
    thread = threading.Thread(target=done.wait)
    thread.start()
    gc.collect()
    gc.freeze()
    # When Python collects differs from machine to machine, but not what it may collect.
    frozen, thresholds, turns = gc.get_freeze_count(), gc.get_threshold(), 200 if ALL else 12
    counts, last_sites = [], []
    try:
        for turn in range(turns):
            edit(news, "Title: ", f"Title: {turn} ")
            site.update({news} if turn else set())
            assert site.answer("index.html") and site.answer("news/n1/index.html")
            assert frozen / 2 < gc.get_freeze_count() <= frozen
            assert gc.isenabled() and gc.get_threshold() == thresholds
            last_sites.append(weakref.ref(site._run))
            if turn in (2, turns - 1):
                gc.collect()
                held = gc.get_objects()
                counts.append((len(held), sum(isinstance(each, Content) for each in held)))
                del held
        assert site.problems == []
        assert [number for number, last in enumerate(last_sites) if last()] == [turns - 1]
        (objects, contents), (later_objects, later_contents) = counts
        assert later_objects - objects < 1_000 and later_contents == contents
    finally:
        done.set()
        thread.join()
        gc.unfreeze()


def test_held_pages(folder, site):
    """A page that a mistake holds back is as if it had never been, or never comes again."""
    content = folder / "content"
    wrong = {
        "papers/p1.md": ("papers/p1/index.html", "2026-13", "Date"),
        "news/n3.md": ("news/n3/index.html", "2026-13", "Date"),
        "home.md": ("index.html", "no language", "Lang"),
        "pages/cv.md": ("cv/index.html", "gone", "Template"),
    }
    write(content, {"pages/cv.md": "Title: CV\n\nWords.\n"})
    good = {name: (content / name).read_text(encoding="utf-8") for name in wrong}
    bib = "@article{key26,title={T},author={A. Lovelace},journal={J},year={%s}}\n"
    write(content, {"papers/all.bib": bib % "2026"})
    site.update(set())
    for path in [*(path for path, _, _ in wrong.values()), "papers/key26/index.html"]:
        assert site.answer(path) and site.held_back(path) == [], path
    for name, (_, value, key) in wrong.items():
        lines = [line for line in good[name].split("\n") if not line.startswith(f"{key}:")]
        write(content, {name: "\n".join([f"{key}: {value}", *lines])})
    write(content, {"papers/all.bib": bib % "soon"})
    site.update({content / name for name in wrong})
    for name, (path, _, key) in wrong.items():
        assert site.answer(path) is None, path
        (problem,) = site.held_back(path)
        assert (problem.file, problem.line) == (f"content/{name}", 1) and problem.key == key.lower()
    held = site.held_back("papers/key26/index.html")
    assert held and {problem.file for problem in held} == {"content/papers/all.bib"}
    assert site.held_back("papers/none/index.html") == []
    write(content, good | {"papers/all.bib": bib % "2026"})
    site.update({content / name for name in good})
    for path, _, _ in wrong.values():
        assert site.answer(path) and site.held_back(path) == []


def test_where_there_is_no_page(folder, site, browser):
    """The preview's 404 has no style and finds nothing, and a page with a mistake is just lost."""
    content = folder / "content"
    good = (content / "papers/p1.md").read_text(encoding="utf-8")
    edit(content / "papers/p1.md", "Title: ", "Weight: heavy\nTitle: ")
    lines: list[str] = []
    with browser.new_context() as context, start_server(site, 0, lines.append):
        while not (match := re.search(r"http://localhost:\d+", " ".join(lines))):
            time.sleep(0.01)
        page, host = context.new_page(), match[0]
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(f"{host}/papers/p1/")
            assert page.locator("h1").inner_text() == "This page cannot be shown yet"
            item = page.locator("main li").inner_text()
            assert item.startswith("content/papers/p1.md:1: weight: ") and "heavy" in item
            for address in ("/papers/p1/", "/a/b/none/", "/none"):
                page.goto(f"{host}{address}")
                style = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
                assert style != "rgba(0, 0, 0, 0)" and page.locator("nav a").count() > 2
                assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(f"{host}/a/b/none/")
        page.locator("input[type=search]").fill("Paper 2")
        page.locator("form[data-search] ol a").first.wait_for()
        page.locator("form[data-search] ol a").first.click()
        page.locator("h1", has_text="Paper 2").wait_for()
        # The nearest addresses are proposed, as on the published site.
        page.goto(f"{host}/news/nn4/")
        page.locator("form[data-search] ol a", has_text="/news/n4").first.wait_for()
        # A page that is corrected comes by itself.
        page.goto(f"{host}/papers/p1/")
        write(content, {"papers/p1.md": good})
        page.locator("h1", has_text="Paper 1").wait_for()
