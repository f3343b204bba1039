"""What is kept from one build to the next changes how long it takes, and nothing else."""

import gc
import io
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ALL, HOME, NEWS, PAPER, ROOT, write
from hypothesis import given
from hypothesis import strategies as st
from pelican.contents import Content
from PIL import Image, ImageChops

sys.path.insert(0, str(ROOT / "plugins"))
from papers.build import parallel  # noqa: E402
from papers.images.indexed_png import (
    assemble_png,
    blank_strip,
    compress_strip,  # noqa: E402
)
from papers.model.problem import CommandError
from papers.preview.memory_site import (
    MemorySite,
    UpdateKind,  # noqa: E402
)
from papers.publish import build_site, load_settings  # noqa: E402

CONF = f"""import runpy
given = runpy.run_path({str(ROOT)!r} + "/{{conf}}.py")
globals().update({{{{name: value for name, value in given.items() if name.isupper()}}}})
SITENAME = AUTHOR = "Ada Lovelace"
OWNER, SOCIAL, MENUITEMS = [AUTHOR], [], [("News", "news/"), ("Publications", "publications/")]
{{url}}
PATH, CACHE_PATH = "content", "cache"
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""
BIB = "@article{{b{n}, title={{Entry {n}}}, author={{Roe, Jane}}, year={{2020}}, journal={{J}}}}\n"
CONTENT = {
    "home.md": HOME,
    "people.yml": "Alan Turing:\n  url: https://turing.example/\n",
    "papers/all.bib": "".join(BIB.format(n=n) for n in range(3)),
    "images/a.txt": "attached",
    "news/link.md": NEWS.replace("words", "words, [file]({attach}/images/a.txt), [@p1]"),
    **{f"papers/p{n}.md": PAPER.replace("A Paper", f"Paper {n}") for n in range(24)},
    **{
        f"news/n{n}.md": f"Title: Item {n}\nDate: 2025-{1 + n % 12:02}-{1 + n % 28:02}\n"
        f'Tags: t{n % 4}\nPapers: p{n % 24}\n\nIt\'s "item" {n} -- of [many]({{filename}}n0.md).\n'
        for n in range(24)
    },
}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with settings, theme and content of a small site."""
    write(tmp_path, {
        "publishconf.py": CONF.format(conf="publishconf", url='SITEURL = "https://ada.example"'),
        "pelicanconf.py": CONF.format(conf="pelicanconf", url=""),
    })  # fmt: skip
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    write(tmp_path / "content", CONTENT)
    return tmp_path


@pytest.fixture
def site(folder):
    """Return the preview of that site."""
    with closing(MemorySite(folder / "pelicanconf.py")) as site:
        yield site


def built(folder: Path, conf: str, output: str, last: str | None = None) -> dict[str, bytes]:
    """Build into a new folder and return its files."""
    shutil.rmtree(folder / output, ignore_errors=True)
    build_site(folder / conf, folder / output, folder / (last or output))
    files = (path for path in (folder / output).rglob("*") if path.is_file())
    return {path.relative_to(folder / output).as_posix(): path.read_bytes() for path in files}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


CHANGES = {
    "nothing": lambda folder: None,
    "a text": lambda folder: edit(folder / "content/news/n3.md", '"item" 3', "other words"),
    "a title": lambda folder: edit(folder / "content/papers/p1.md", "Paper 1", "Another title"),
    "a date": lambda folder: edit(folder / "content/news/n5.md", "2025-06", "1999-06"),
    "a topic": lambda folder: edit(folder / "content/news/n7.md", "Tags: t3", "Tags: new"),
    "a draft": lambda folder: edit(folder / "content/news/n8.md", "Tags:", "Status: draft\nTags:"),
    "an address": lambda folder: edit(folder / "content/news/n9.md", "Tags:", "Slug: s\nTags:"),
    "a file more": lambda folder: write(folder / "content/papers", {"new.md": PAPER}),
    "a file less": lambda folder: (folder / "content/news/link.md").unlink(),
    "an entry": lambda folder: edit(folder / "content/papers/all.bib", "Entry 1", "Other entry"),
    "people": lambda folder: edit(folder / "content/people.yml", "turing.example", "alan.example"),
    "an attached file": lambda folder: edit(folder / "content/images/a.txt", "attached", "other"),
    "a template": lambda folder: edit(folder / "theme/templates/_parts.html", 'class="date"', ""),
    "an own template": lambda folder: write(
        folder / "templates",
        {"article.html": '{% extends "!theme/article.html" %}{% block lang %}'
         "{% set two = article.newer and article.newer.newer %}"
         '{% if two %} data-two="{{ two.title }}"{% endif %}{% endblock %}'},
    ),
    "the style": lambda folder: edit(folder / "theme/static/css/style.css", "#fdfdfc", "#fffffe"),
    "a setting": lambda folder: edit(folder / "publishconf.py", '"News", "news/"', '"N", "news/"'),
    "a name": lambda folder: edit(folder / "publishconf.py", '"Ada Lovelace"', '"Alan Turing"'),
    "a page by hand": lambda folder: edit(folder / "out/news/n3/index.html", "item", "ITEM"),
    "pages gone": lambda folder: shutil.rmtree(folder / "out/papers"),
    "a broken cache": lambda folder: [
        path.write_bytes(path.read_bytes()[:-9] + b"garbage!!") for path in _kept(folder)
    ],
    "an empty cache": lambda folder: [path.write_bytes(b"") for path in _kept(folder)],
    "another's cache": lambda folder: [path.write_bytes(b"[1, 2]") for path in _kept(folder)],
}  # fmt: skip


def _kept(folder: Path) -> list[Path]:
    found = [path for path in (folder / "cache").glob("*") if path.is_file()]
    assert found
    return found


def test_again(folder):
    """After a change, a file of the last site stands that a clean build would make otherwise."""
    built(folder, "publishconf.py", "out")
    names, step = list(CHANGES), 1 if ALL else 4
    for name in (names[start : start + step] for start in range(0, len(names), step)):
        for each in name:
            CHANGES[each](folder)
        again = built(folder, "publishconf.py", "new", last="out")
        shutil.move(folder / "cache", folder / "cache.kept")
        clean = built(folder, "publishconf.py", "clean")
        assert differing(again, clean) == [], name
        shutil.rmtree(folder / "cache")
        shutil.move(folder / "cache.kept", folder / "cache")
        shutil.rmtree(folder / "out")
        (folder / "new").rename(folder / "out")


def test_only_what_changed(folder):
    """A build after a small change makes all pages anew."""
    edit(folder / "publishconf.py", 'THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    built(folder, "publishconf.py", "out")
    edit(folder / "content/news/n3.md", '"item" 3', "other words")
    built(folder, "publishconf.py", "new", last="out")
    same = {
        path.relative_to(folder / "new").as_posix()
        for path in (folder / "new").rglob("*")
        if path.is_file() and path.stat().st_nlink > 1
    }
    assert {"news/n20/index.html", "papers/p1/index.html", "papers/p1/p1.bib"} <= same
    assert not same & {"news/n3/index.html", "news/index.html", "feeds/news.json", "llms.txt"}


def test_preview_is_a_build(folder, site):
    """After many edits the preview shows what a clean build would not."""
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
    clean = built(folder, "pelicanconf.py", "clean")
    assert len(clean) > 100
    told = [problem for problem in site.problems if not problem.notice]
    assert told == []
    shown = {path: answer.data for path in clean if (answer := site.answer(path))}
    assert differing(shown, clean) == []
    assert {path for path in site.paths() if not path.endswith("/")} <= clean.keys()


HURRIED = (
    ("content/news/n3.md", '"item" 3', 'other "words" -- here', "news/n3/index.html"),
    ("content/news/n3.md", "Title: ", "Title: Another ", "news/n3/index.html"),
    ("content/papers/p1.md", "Paper 1", "Paper *A* & B", "papers/p1/index.html"),
    ("content/papers/p1.md", "Paper *A*", "Paper C", "papers/p1/p1.bib"),
    ("theme/templates/_parts.html", 'class="date"', 'class="day"', "news/index.html"),
    ("content/home.md", "Role: ", "Role: Late ", "index.html"),
)
NOT_HURRIED = (
    ("content/news/n4.md", "Tags:", "Slug: elsewhere\nTags:"),
    ("content/news/n5.md", "\n\n", "\n\n[File]({static}/images/b.txt) "),
    ("content/news/n6.md", "Tags:", "Status: draft\nTags:"),
    ("content/news/n7.md", "Date: ", "Dato: "),
    ("content/papers/p2.md", "\n\n", "\nPDF: p2.pdf\n\n"),
    ("content/papers/p3.md", "Authors: ", "Persons: "),
    ("content/papers/all.bib", "Entry 1", "Another entry"),
    ("content/people.yml", "turing.example", "alan.example"),
    ("theme/templates/_parts.html", "{% macro", "{% makro"),
    ("pelicanconf.py", "PATH, CACHE_PATH", "PATH , CACHE_PATH"),
)


def test_preview_hurries(folder, site):
    """A change waits for the whole site to be read, or what is shown at once is not the truth."""
    site.update(set())
    for path, old, new, page in HURRIED:
        site.answer(page)
        edit(folder / path, old, new)
        assert site.update_in_place({folder / path}) is UpdateKind.PAGES, path
        shown = site.answer(page).data
        assert shown == built(folder, "pelicanconf.py", "clean")[page], path
        # The browser does not load again what it shows.
        assert site.update(set()) is UpdateKind.NOTHING, path
        assert site.answer(page).data == shown
    for path, old, new in NOT_HURRIED:
        text = (folder / path).read_text(encoding="utf-8")
        edit(folder / path, old, new)
        assert site.update_in_place({folder / path}) is UpdateKind.NOTHING, path
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "content/news/n8.md").unlink()
    assert site.update_in_place({folder / "content/news/n8.md"}) is UpdateKind.NOTHING
    assert site.update_in_place({folder / "content/news/none.md"}) is UpdateKind.NOTHING
    assert site.update_in_place(set()) is UpdateKind.NOTHING


def test_preview_makes_sure(folder, site):
    """What is shown at once stays where the rest of the site says otherwise, or is not told."""
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


def test_preview_goes_on(folder, site):
    """A broken template, settings or text ends the preview, or its problem stays when mended."""
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


def test_settings_begin_anew(tmp_path, monkeypatch):
    """What settings add to a list of the defaults is in it twice, or stays when it is taken out."""
    added = "MENUITEMS += [('{0}', '{0}/')]\n"
    write(tmp_path, {
        "pelicanconf.py": f"from papers.defaults import *\n{added.format('cv')}",
        "publishconf.py": f"from pelicanconf import *\n{added.format('blog')}",
    })  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    for _ in range(2):
        menu = load_settings(tmp_path / "publishconf.py")["MENUITEMS"]
        assert [label for label, _ in menu] == ["Publications", "News", "cv", "blog"]


def test_preview_grows_not(folder, site):
    """Each update leaves its contents in memory for ever."""
    file = folder / "content/news/n3.md"
    site.update(set())
    counts = []
    for n in range(6):
        file.write_text(f"Title: Item\nDate: 2025\n\nTurn {n}\n")
        site.update({file})
        site.answer("index.html")
        gc.collect()
        counts.append(sum(isinstance(each, Content) for each in gc.get_objects()))
    assert max(counts[1:]) <= counts[0] + 3


def test_shared_work():
    """Work that fails, warns or dies in another process is lost, or its error is."""
    first = os.getpid()

    def work(n: int) -> int:
        if n % 50 == 7 and os.getpid() != first:
            os._exit(9)
        return n * n

    assert [done.result for done in parallel.parallel_map(range(500), work)] == [
        n * n for n in range(500)
    ]
    with pytest.raises(ZeroDivisionError):
        parallel.parallel_map(range(500), lambda n: 1 / (n - 250))
    assert parallel.parallel_map([], work) == []


def test_shared_work_ends(tmp_path):
    """A build that was killed goes on in its helpers, and writes into the next one's folder."""
    code = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT / "plugins")!r})
from papers.build import parallel
parallel._processes = lambda: 3
def work(n):
    with open({str(tmp_path / "done")!r}, "a") as file:
        print(os.getpid(), file=file)
    time.sleep(0.02)
parallel.parallel_map(range(3000), work)
"""
    done = tmp_path / "done"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        end = time.monotonic() + 20
        while not done.exists() or len(set(done.read_text().split())) < 3:
            assert time.monotonic() < end, "no others work"
            time.sleep(0.01)
        process.kill()
    time.sleep(0.3)
    size = done.stat().st_size
    time.sleep(0.3)
    assert done.stat().st_size == size


def test_a_build_that_fails_ends(folder, monkeypatch):
    """A template that cannot be printed leaves processes that write on."""
    start_worker, workers = parallel._start_worker, []
    monkeypatch.setattr(parallel, "_processes", lambda: 3 if hasattr(os, "fork") else 1)
    monkeypatch.setattr(
        parallel,
        "_start_worker",
        lambda *args: workers.append(start_worker(*args)) or workers[-1],
    )
    file = folder / "theme/templates/article.html"
    edit(file, "{{ article.title }}", "{{ article.nothing.title }}")
    with pytest.raises(CommandError, match=r"article\.html"):
        built(folder, "publishconf.py", "out")
    assert bool(workers) == hasattr(os, "fork")
    for process, file in workers:
        assert file.closed
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@given(st.integers(1, 40), st.integers(1, 40), st.randoms())
def test_png(width, height, chance):
    """The PNG of a card is none that others can read, or shows other colours."""
    palette = [value * 17 for value in range(16) for _ in range(3)]
    picture = Image.new("P", (width, height), 0)
    picture.putpalette(palette)
    for _ in range(chance.randint(0, 5)):
        place = chance.randrange(width), chance.randrange(height)
        picture.putpixel(place, chance.randrange(16))
    cuts = sorted({0, height, *(chance.randint(0, height) for _ in range(3))})
    bands = [
        blank_strip(width, end - start) if not any(part.tobytes()) else compress_strip(part)
        for start, end in itertools.pairwise(cuts)
        for part in [picture.crop((0, start, width, end))]
    ]
    with Image.open(io.BytesIO(assemble_png(width, bands, palette))) as read:
        read.verify()
    with Image.open(io.BytesIO(assemble_png(width, bands, palette))) as read:
        assert read.size == picture.size and read.mode == "P"
        assert not ImageChops.difference(read.convert("RGB"), picture.convert("RGB")).getbbox()


def test_preview_begins_once(folder):
    """The preview starts itself again and again, or does not end with 0 when it is stopped."""
    log = folder / "log"
    with log.open("wb") as told:
        command = [sys.executable, ROOT / "plugins/papers", "serve", "--port", "0"]
        running = subprocess.Popen(command, cwd=folder, stdout=told, stderr=subprocess.STDOUT)
    try:
        waited(lambda: b"Ctrl-C" in log.read_bytes())
        time.sleep(1.5)
        edit(folder / "content/news/n3.md", '"item" 3', "other words")
        waited(lambda: b"n3.md" in log.read_bytes())
    finally:
        running.send_signal(signal.SIGINT)
        code = running.wait(20)
    printed = log.read_text()
    assert code == 0 and printed.count(" built in ") == 1 and "Traceback" not in printed


def waited(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_profile(folder):
    """Nobody can tell what a build spends its time on."""
    command = [sys.executable, ROOT / "plugins/papers", "publish", "--profile"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for words in ("in all", "reading", "checking", "writing", "ms writing pagefind/"):
        assert words in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the comparison looks at /proc")
def test_comparison(tmp_path):
    """The command that the README names for its figures does not run, or finds pages missing."""
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
