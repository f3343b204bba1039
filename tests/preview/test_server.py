"""The server of the preview, with real sockets, files and browsers, and a simple site."""

import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, write
from jinja2 import Template
from papers.check import ShownNotices
from papers.model.problem import CommandError, Problem
from papers.preview import live_reload, server, watcher
from playwright.sync_api import Error

POLICY = re.search(
    'content="(default-src[^"]+)',
    Template((ROOT / "theme" / "templates" / "_policy.html").read_text("utf-8")).render(),
)[1]
WRONG = Problem("content/papers/p.md", '"2026-13" is not a valid date (write a month)', "date", 3)
HINT = Problem("content/papers/p.md", "has no link", notice=True)
Change = Enum("Change", ["NOTHING", "STYLE", "PAGES"])
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def html(body: str, style: str = "") -> str:
    """Return a page with the policy that the theme's pages have."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head = f"<head><meta charset='utf-8'>{policy}<title>A page</title>{style}</head>"
    return f"<!DOCTYPE html><html lang='en'>{head}<body>{body}</body></html>"


class Answer(NamedTuple):
    """An answer of a site."""

    data: bytes
    type: str


class Site:
    """A simple site: its pages are the files that it read at the last update."""

    types = {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css",
        ".svg": "image/svg+xml",
        ".mp4": "video/mp4",
    }

    def __init__(self, folder: Path):
        self.folder, self.folders = folder, [folder]
        self.version, self.problems, self.pages = 0, [], {}
        self.shown_notices = None
        self.updates: list[set[Path]] = []
        self.held: dict[str, list[Problem]] = {}
        self.go = threading.Event()
        self.go.set()

    def update_in_place(self, changed: set[Path]) -> Change:
        return Change.NOTHING

    def update(self, changed: set[Path]) -> Change:
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        pages = {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}
        self.updates.append(changed)
        self.go.wait()
        new = {path for path, _ in pages.items() ^ self.pages.items()}
        self.pages = pages
        self.version += bool(new)
        style = all(path.endswith(".css") for path in new)
        return Change["STYLE" if new and style else "PAGES" if new else "NOTHING"]

    def paths(self) -> list[str]:
        return list(self.pages)

    def held_back(self, path: str) -> list[Problem]:
        return self.held.get(path, [])

    def answer(self, path: str) -> Answer | None:
        kind = self.types.get(Path(path).suffix, "application/octet-stream")
        return Answer(self.pages[path], kind) if path in self.pages else None


class Served:
    """A site that is served, and the lines printed in the terminal."""

    def __init__(self, site: Site):
        self.site, self.lines, self.port = site, [], 0

    def ask(self, path="/", method="GET", host=None, connection=None, **headers):
        """Return the answer to a request, with its bytes as `body`."""
        asked = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        asked.request(method, path, headers=headers | ({"Host": host} if host else {}))
        answer = asked.getresponse()
        answer.body = answer.read()
        if connection is None:
            asked.close()
        return answer

    def text(self, path="/") -> str:
        return self.ask(path).body.decode()

    @contextmanager
    def stream(self) -> Iterator[Callable[[], tuple[str, dict]]]:
        """Open the stream of events, and yield a function that waits for the next one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/_preview/events")
        answer = connection.getresponse()

        def following() -> tuple[str, dict]:
            while not (line := answer.readline()).startswith(b"event: "):
                assert line, "the stream has ended"
            data = answer.readline().removeprefix(b"data: ")
            return line[7:].decode().strip(), json.loads(data)

        with closing(connection), answer:
            yield following


def eventually(condition: Callable[[], object]) -> None:
    """Wait until a condition is true."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "never so"
        time.sleep(0.005)


@contextmanager
def serving(site: Site, port: int = 0) -> Iterator[Served]:
    """Serve a site until the end of the block."""
    served = Served(site)
    threads = threading.active_count()
    with server.start_server(site, port, served.lines.append):
        eventually(lambda: any("http://" in line for line in served.lines))
        served.port = int(re.search(r":(\d+)/", " ".join(served.lines))[1])
        try:
            yield served
        finally:
            site.go.set()
    eventually(lambda: threading.active_count() <= threads)


@pytest.fixture(autouse=True)
def no_nets(monkeypatch):
    """End servers at once, and let no change be found only by the look of each second."""
    monkeypatch.setattr(server, "_POLL_INTERVAL", 0.005)
    monkeypatch.setattr(watcher, "_SAFETY", 100)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a folder of content with a page."""
    return write(tmp_path / "content", {"index.html": html("Old."), "news/n.html": html("News.")})


@pytest.fixture
def served(folder) -> Iterator[Served]:
    """A site that is served."""
    with serving(Site(folder)) as running:
        yield running


def rename_save(path: Path, text: str) -> None:
    """Save as editors do: write another file, then replace the first one by it."""
    beside = path.with_name(f"{path.name}~")
    beside.write_text(text)
    beside.replace(path)


# --- Files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("save", [Path.write_text, rename_save])
def test_never_old(served, save):
    """A reload right after a save shows the old page."""
    for n in range(40):
        save(served.site.folder / "index.html", html(f"Edit {n}."))
        assert f"Edit {n}." in served.text()
        # With another distance to the watcher's steps each time.
        time.sleep(n % 8 / 1000)
    assert len(served.site.updates) < 50


def test_saves_are_seen_unasked(served):
    """A save causes no update before a request, or more than one."""
    with served.stream() as following:
        assert following()[0] == "state"
        for n in range(10):
            rename_save(served.site.folder / "index.html", html(f"Edit {n}."))
            assert following()[0] == "pages"
    assert [len(changed) for changed in served.site.updates] == [0] + 10 * [1]
    assert served.site.updates[1] == {served.site.folder / "index.html"}


def test_saves_at_once_are_one(served):
    """The site is built for each file where an editor saves all its files."""
    names = [f"n{n}.html" for n in range(20)]
    write(served.site.folder, dict.fromkeys(names, html("New.")))
    eventually(lambda: len(served.site.pages) == 22)
    assert len(served.site.updates) <= 3


def test_names_of_temporary_files(tmp_path):
    """The terminal names files that an editor or `sed -i` writes for a moment."""
    temporary = [
        ".1ji07zua",
        ".#a.md",
        ".a.md.swp",
        "sedUiW1Yc",
        "4913",
        "a.md~",
        "a.md.tmp",
        ".~a",
    ]
    watched = ["a.md", ".htaccess", ".nojekyll", "sediment", "a.swap.md", "seda12.md"]
    write(tmp_path, dict.fromkeys([*temporary, *watched, ".well-known/x", ".git/y"], "x"))
    names = {os.path.relpath(path, tmp_path) for path in watcher._Snapshot([tmp_path]).files}
    assert names == {*watched, ".well-known/x"}


def test_a_long_save(folder, monkeypatch):
    """The first half of a file that takes long to write is shown as the whole."""
    page = folder / "index.html"
    monkeypatch.setattr(watcher, "_QUIET", 100)
    assert watcher._Snapshot([folder]).forget_fresh({str(page)})
    monkeypatch.setattr(watcher, "_QUIET", 0)
    assert not watcher._Snapshot([folder]).forget_fresh({str(page)})
    with serving(Site(folder)) as served:
        monkeypatch.setattr(watcher, "_QUIET", 0.3)
        monkeypatch.setattr(watcher, "_MAX_WAIT", 0.02)
        page.write_text("Half.")
        eventually(lambda: len(served.site.updates) > 2)
        assert served.site.updates[2] == {page}


def test_edit_during_an_update(served):
    """A save during an update is lost, or a request after it gets the old page."""
    site, page = served.site, served.site.folder / "index.html"
    site.go.clear()
    page.write_text(html("First."))
    eventually(lambda: len(site.updates) == 2)
    got = []
    readers = [threading.Thread(target=lambda: got.append(served.text())) for _ in range(3)]
    page.write_text(html("Second."))
    for reader in readers:
        reader.start()
    assert not got and len(site.updates) == 2
    site.go.set()
    for reader in readers:
        reader.join(10)
    assert len(got) == 3 and all("Second." in text for text in got)
    assert len(site.updates) == 3


def test_folders_go_and_come(served):
    """Changes in a folder that was deleted, created again, renamed or replaced are lost."""
    site, folder = served.site, served.site.folder
    shutil.rmtree(folder)
    eventually(lambda: not site.pages)
    assert served.ask().status == 404
    for n in range(2):
        write(folder, {"deep/er/x.html": html(f"Back {n}.")})
        eventually(lambda: "deep/er/x.html" in site.pages)
        (folder / "deep").rename(folder / "moved")
        eventually(lambda: "moved/er/x.html" in site.pages)
        (folder / "moved/er/x.html").write_text(html("Edited."))
        eventually(lambda: b"Edited." in site.pages["moved/er/x.html"])
        folder.rename(folder.with_name("away"))
        eventually(lambda: not site.pages)
        other = write(folder.with_name("other"), {"y.html": html("Other.")})
        other.rename(folder)
        eventually(lambda: "y.html" in site.pages)
        (folder / "y.html").write_text(html("Edited, too."))
        eventually(lambda: b"too" in site.pages["y.html"])
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name("away"))
        eventually(lambda: not site.pages)


def test_a_folder_that_comes_late(folder, tmp_path):
    """A folder that is created later, or named later by settings, is never watched."""
    site = Site(folder)
    site.folders = [folder, tmp_path / "a" / "b"]
    with serving(site):
        write(tmp_path / "a" / "b", {"t.html": ""})
        eventually(lambda: {tmp_path / "a" / "b" / "t.html"} in site.updates)
        site.folders, seen = [folder, tmp_path / "c"], len(site.updates)
        (folder / "index.html").touch()
        # The edit and the files of the folder that is not watched any more, in one update or two.
        both = {folder / "index.html", tmp_path / "a/b/t.html"}
        eventually(lambda: set().union(*site.updates[seen:]) >= both)
        write(tmp_path / "c", {"t.html": ""})
        eventually(lambda: tmp_path / "c" / "t.html" in site.updates[-1])


def test_single_files(folder, tmp_path):
    """Only the first change of the settings is seen, where an editor replaces the file."""
    site, settings = Site(folder), tmp_path / "pelicanconf.py"
    settings.touch()
    site.folders = [folder, settings]
    with serving(site):
        for n in range(3):
            rename_save(settings, f"SITENAME = {n}")
            eventually(lambda: site.updates[-1] == {settings})
            site.updates.append(set())
            (tmp_path / "beside.txt").write_text(str(n))
        settings.unlink()
        eventually(lambda: site.updates[-1] == {settings})
        site.updates.append(set())
        settings.touch()
        eventually(lambda: site.updates[-1] == {settings})
    assert not any(tmp_path / "beside.txt" in changed for changed in site.updates)


@posix
def test_links(folder, tmp_path):
    """The target of a link is not watched, or a link to itself is followed without end."""
    write(tmp_path / "far", {"f.html": html("1"), "folder/g.html": html("1")})
    (folder / "f.html").symlink_to(tmp_path / "far" / "f.html")
    (folder / "folder").symlink_to(tmp_path / "far" / "folder")
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere").symlink_to(tmp_path / "nothing")
    with serving(Site(folder)) as served:
        for name in ("f.html", "folder/g.html", "f.html"):
            served.site.updates.append(set())
            rename_save(tmp_path / "far" / name, html("2"))
            eventually(lambda name=name: served.site.updates[-1] == {folder / name})


def test_passing_files(served):
    """Temporary files of editors, or the output of a build, cause an update."""
    site, folder = served.site, served.site.folder
    names = [".#a.md", "#a.md#", "a.md~", ".a.md.swp", ".a.md.swx", "4913", "x.tmp", ".DS_Store"]
    names += [".git/index", "__pycache__/a.pyc", ".venv/lib/a.py"]
    write(folder, dict.fromkeys(names, "x"))
    served.text()
    (folder / "a.md").touch()
    eventually(lambda: len(site.updates) > 1)
    assert site.updates[1:] == [{folder / "a.md"}]


def test_output_of_a_site_in_its_own_folder(tmp_path):
    """With PATH = "." each build causes another one."""
    site = Site(write(tmp_path, {"pelicanconf.py": "", "index.html": html("Old.")}))
    site.folders = [tmp_path, tmp_path / "pelicanconf.py"]
    with serving(site) as served:
        write(tmp_path, {"output/x.html": "", "cache/x": "", "papers/output/x.html": ""})
        served.text()
        assert site.updates[1:] == [{tmp_path / "papers/output/x.html"}]


@pytest.mark.parametrize("fails", ["at first", "later"])
def test_without_a_watcher(folder, monkeypatch, fails):
    """The preview ends, or sees no changes, where the system cannot watch more folders."""

    class Broken:
        def __init__(self, *options):
            if fails == "at first":
                raise OSError(28, "No space left on device")

        def watch(self, *options):
            raise RuntimeError("error in underlying watcher")

        def close(self):
            pass

    monkeypatch.setattr(watcher, "RustNotify", Broken)
    with serving(Site(folder)) as served, served.stream() as following:
        following()
        (folder / "index.html").write_text(html("New."))
        assert following()[0] == "pages"


def test_quiet(served):
    """The preview uses the processor while nothing happens, or while a folder is missing."""
    served.site.problems = [WRONG]
    served.site.folders = [*served.site.folders, served.site.folder / "not" / "there"]
    served.text()
    with served.stream():
        for missing in (False, True):
            if missing:
                shutil.rmtree(served.site.folder)
                eventually(lambda: not served.site.pages)
            start = time.process_time()
            time.sleep(1)
            assert time.process_time() - start < 0.1
    assert len(served.site.updates) < 4


def test_memory(served):
    """Every update leaves objects in memory."""
    page, size = served.site.folder / "index.html", []
    with served.stream() as following:
        following()
        tracemalloc.start()
        for n in range(240):
            page.write_text(html(f"Edit {n}."))
            served.site.updates.clear()
            served.site.problems = [Problem("content/x.md", f"wrong {n}")]
            assert f"Edit {n}." in served.text()
            served.lines.clear()
            if n in (39, 239):
                taken = tracemalloc.take_snapshot().filter_traces(
                    [
                        tracemalloc.Filter(True, module.__file__)
                        for module in (server, watcher, live_reload)
                    ]
                )
                size.append(sum(one.size for one in taken.statistics("filename")))
                threads = threading.active_count()
        tracemalloc.stop()
    assert size[1] - size[0] < 20_000
    assert threading.active_count() <= threads


# --- Requests --------------------------------------------------------------------------------


def test_pages(served):
    """A page differs from the site's by more than the script, or browsers may cache it."""
    answer = served.ask("/?x=1")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    before, tag, after = re.split("(<script.*</script>\n)", answer.body.decode())
    assert before + after == html("Old.") and after.startswith("</head>")
    assert 'src="/_preview/preview.js"' in tag and " defer" in tag
    write(served.site.folder, {"x.css": "p {}", "bare.html": "<p>No head", "ü b/index.html": ""})
    assert served.ask("/x.css?v=7").body == b"p {}"
    assert served.text("/bare.html").startswith("<p>No head<script")
    assert served.ask("/%C3%BC%20b/").status == 200


def test_heads_of_pages(served):
    """HEAD has a body, or other headers than GET, which breaks the connection."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    for path in ("/", "/none", "/_preview/preview.js", "/_preview/state"):
        head = served.ask(path, "HEAD", connection=connection)
        get = served.ask(path, connection=connection)
        assert head.body == b"" and head.status == get.status
        assert {*head.headers.items()} - {("Date", head.headers["Date"])} == {
            *get.headers.items()} - {("Date", get.headers["Date"])}  # fmt: skip
    connection.close()
    assert served.ask("/_preview/events", "HEAD").headers["Content-Type"] == "text/event-stream"
    assert served.ask("/", "POST").status == 501


def test_folders_have_slashes(served):
    """Relative links of a folder without a slash are wrong, or a redirect leads to another host."""
    assert served.ask("/news").status == 404, "it has no index.html"
    write(served.site.folder, {"ü/index.html": html("Umlaut.")})
    answer = served.ask("/%C3%BC?q=1")
    assert (answer.status, answer.headers["Location"]) == (307, "/%C3%BC/?q=1")
    write(served.site.folder, {"evil.example/index.html": ""})
    assert served.ask("//evil.example").headers["Location"] in (None, "/evil.example/")


def test_lost_pages(served):
    """A missing page is not answered by the site's own 404 page, or with another status."""
    answer = served.ask("/none/")
    assert answer.status == 404 and b"/_preview/preview.js" in answer.body
    write(served.site.folder, {"404.html": html("Lost?")})
    answer = served.ask("/none/")
    assert answer.status == 404 and b"Lost?" in answer.body and b"preview.js" in answer.body
    write(served.site.folder, {"ü/index.html": html("Ü"), "a&b.html": html("A")})
    served.text()
    sitemap = served.text("/sitemap.xml")
    addresses = re.findall("<loc>http://127.0.0.1:[0-9]+(.*)</loc>", sitemap)
    assert addresses == ["/a%26b.html", "/", "/news/n.html", "/%C3%BC/"]
    shell = html('<a href="./x/">x</a><main id="m">Lost?</main>', '<link href="./x.css">')
    write(served.site.folder, {"404.html": shell})
    for path in ("/none", "/a/b/none/"):
        text = served.text(path)
        assert '<a href="/x/">' in text and 'href="/x.css"' in text and "Lost?" in text
    served.site.held = {"held/index.html": [replace(WRONG, message="<b>")]}
    for path in ("/held/", "/held", "/held/index.html"):
        answer = served.ask(path)
        text = answer.body.decode()
        assert answer.status == 404 and '<a href="/x/">' in text and "Lost?" not in text
        assert "<code>content/papers/p.md:3</code>: date: &lt;b&gt;" in text
        assert text.count("<title>") == 1 and "<title>This page cannot be shown yet</title>" in text
    (served.site.folder / "404.html").unlink()
    assert "<code>content/papers/p.md:3</code>: date: &lt;b&gt;" in served.text("/held/")
    served.site.problems = [Problem("content/home.md", "<b> is wrong")]
    (served.site.folder / "index.html").unlink()
    assert "<code>content/home.md</code>: &lt;b&gt; is wrong" in served.text()


@pytest.mark.parametrize(
    "path",
    ["/../secret", "/news/../../secret", "/%2e%2e/secret", "/..%2fsecret", "/news/%2E%2e%2fx",
     "/..%5csecret", "/%00", "/index.html%00", "/%ff", "//index.html/", "/news//n.html", "/./",
     "/index.html/", "http://localhost/index.html", "*", "/_preview/", "/_preview/../index.html",
     "/_preview/serve.py", "/%252e%252e/secret"],
)  # fmt: skip
def test_paths_outside(served, path):
    """A URL points outside the site, or one page has many URLs."""
    served.site.folder.with_name("secret").write_text("secret")
    asked = []
    served.site.answer = asked.append
    assert served.ask(path).status == 404
    assert not any({"..", ".", ""} & {*name.split("/")} for name in asked)
    assert not any(sign in name for name in asked for sign in "\\\0")


def test_hosts(served):
    """A page of another host, whose name resolves to this one, reads drafts (DNS rebinding)."""
    for host in ("localhost", f"LOCALHOST:{served.port}", "127.0.0.1:1", "[::1]:8000"):
        assert served.ask(host=host).status == 200
    for host in ("evil.example", "localhost.evil.example", "evil@localhost", "127.0.0.2", "[::2]"):
        for path in ("/", "/_preview/events", "/_preview/state"):
            answer = served.ask(path, host=host)
            assert answer.status == 403 and b"Old." not in answer.body
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 403 " in raw.recv(99)


@pytest.mark.parametrize(
    "asked, status, part, content_range",
    [("bytes=0-", 206, (0, 100), "0-99/100"), ("bytes=10-19", 206, (10, 20), "10-19/100"),
     ("bytes=-5", 206, (95, 100), "95-99/100"), ("bytes=90-500", 206, (90, 100), "90-99/100"),
     ("bytes=-500", 206, (0, 100), "0-99/100"), ("bytes=100-", 416, (0, 0), "*/100"),
     ("bytes=-0", 416, (0, 0), "*/100"), ("bytes=9-3", 200, (0, 100), None),
     ("bytes=-", 200, (0, 100), None), ("bytes=0-1,5-6", 200, (0, 100), None),
     ("lines=0-1", 200, (0, 100), None), (f"bytes={'9' * 9000}-", 200, (0, 100), None)],
)  # fmt: skip
def test_ranges(served, asked, status, part, content_range):
    """A video cannot be played from its middle, or not at all in Safari."""
    film = bytes(range(100))
    write(served.site.folder, {"film.mp4": film})
    answer = served.ask("/film.mp4", Range=asked)
    assert (answer.status, answer.body) == (status, film[slice(*part)])
    assert answer.headers["Content-Range"] == (content_range and f"bytes {content_range}")
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_large_files_are_not_held(served):
    """A range of a film, or a few slow readers, take as much memory as the film is long."""
    film = served.site.folder.parent / "film.mp4"
    with film.open("wb") as file:
        file.truncate(2**29)
        file.seek(2**29 - 2)
        file.write(b"ok")
    opened = []

    def answer(path: str) -> Answer:
        opened.append(film.open("rb"))
        return Answer(opened[-1], "video/mp4")

    served.site.answer = answer
    tracemalloc.start()
    part = served.ask("/film.mp4", Range="bytes=-2")
    assert (part.status, part.body) == (206, b"ok")
    assert part.headers["Content-Range"] == f"bytes {2**29 - 2}-{2**29 - 1}/{2**29}"
    assert served.ask("/film.mp4", "HEAD").headers["Content-Length"] == str(2**29)
    readers = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(6)]
    for reader in readers:
        reader.sendall(b"GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert len(reader.recv(2**20, socket.MSG_WAITALL)) == 2**20
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    for reader in readers:
        reader.close()
    assert size < 2**24
    eventually(lambda: len(opened) == 8 and all(file.closed for file in opened))


def test_a_file_that_becomes_shorter(served):
    """The next answer fills up a file that became shorter while it was sent."""
    film = served.site.folder.parent / "film.mp4"
    film.write_bytes(bytes(2**25))
    served.site.answer = lambda path: Answer(film.open("rb"), "video/mp4")
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(b"GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2)
        raw.recv(10)
        os.truncate(film, 2**24)
        assert read_all(raw).count(b"HTTP/1.1") == 0


def read_all(raw: socket.socket) -> bytes:
    """Return what a connection sends until its end."""
    raw.settimeout(10)
    return b"".join(iter(lambda: raw.recv(2**16), b""))


@pytest.mark.parametrize(
    "asked, statuses",
    [(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\r\n"
      b"GET /news/n.html HTTP/1.1\r\nHost: a\r\n", [200]),
     (b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      b"zz\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n", [501]),
     (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n"
      b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
     (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", [501]),
     (b"GET /\r\n\r\n", [400]), (b"\x16\x03\x01\n\n", [400]),
     (b"GET /" + b"a" * 2**20 + b" HTTP/1.1\r\n\r\n", [414]),
     (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
     (b"GET /%c0%ae%c0%ae/ HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
     (b"GET /%0d%0aX:%20y HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
     (b"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n", [404]),
     (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2, [200, 200]),
     (b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n" * 2, [200])],
)  # fmt: skip
def test_raw_requests(served, asked, statuses):
    """Part of a request is answered as the next one, or a wrong request gets no answer."""
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(asked)
        raw.shutdown(socket.SHUT_WR)
        got = read_all(raw)
    assert [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", got)] == statuses
    assert got.startswith(b"HTTP/1.1 ") and b"\r\nX: y" not in got


NAVIGATION = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def test_other_origins(served):
    """A page of another origin shows pictures, frames drafts, or reads what changes."""
    other = {"Origin": "http://evil.example"}
    refused = [other, {"Origin": "null"}, {"Origin": "http://localhost:1"}]
    for site in ("cross-site", "same-site", "x"):
        for mode, dest in (
            ("no-cors", "image"), ("navigate", "iframe"), ("navigate", "object"),
            ("cors", "empty"), ("websocket", "empty"), ("no-cors", "document"), ("navigate", ""),
        ):  # fmt: skip
            refused.append({"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest})
    for headers in refused:
        for path in ("/", "/none", "/_preview/state", "/_preview/events"):
            answer = served.ask(path, **headers)
            assert answer.status == 403 and b"Old." not in answer.body, headers
    host = f"localhost:{served.port}"
    for headers in (
        {"Sec-Fetch-Site": "cross-site"} | NAVIGATION,
        {"Sec-Fetch-Site": "none"} | NAVIGATION,
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"},
        {"Origin": f"http://{host}"},
    ):
        assert served.ask(host=host, **headers).status == 200, headers
    for path in ("/", "/none", "/_preview/state", "/_preview/preview.js"):
        headers = served.ask(path).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_many_connections(served, monkeypatch):
    """Idle or slow connections keep others out, or one that is in use ends for them."""
    monkeypatch.setattr(server, "_MAX_CONNECTIONS", 6)
    with served.stream() as following:
        following()
        raws = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(40)]
        for raw in raws[::2]:
            raw.sendall(b"GET / HTTP/1.1\r\nHo")
        eventually(lambda: "Old." in served.text())
        assert read_all(raws[0]) == b""
        (served.site.folder / "index.html").write_text(html("New."))
        assert following()[0] == "pages"
        for raw in raws:
            raw.close()
    eventually(lambda: threading.active_count() < 20)


def test_connections_in_use(served, monkeypatch):
    """Streams without end are opened until nothing is left, or one too many is never told."""
    monkeypatch.setattr(server, "_MAX_CONNECTIONS", 3)
    monkeypatch.setattr(live_reload, "_HEARTBEAT", 0.02)
    with served.stream() as first, served.stream() as second, served.stream() as third:
        for following in (first, second, third):
            following()
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            served.text()

    def is_answered() -> bool:
        try:
            return "Old." in served.text()
        except (ConnectionError, http.client.HTTPException):
            return False

    eventually(is_answered)


def test_no_descriptors_left(served, monkeypatch):
    """Without descriptors the server tries again and again, or never again."""
    accept, failures = server.ThreadingTCPServer.get_request, []

    def fail(self) -> None:
        failures.append(time.process_time())
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(server.ThreadingTCPServer, "get_request", fail)
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        time.sleep(0.4)
        assert 0 < len(failures) < 9
        monkeypatch.setattr(server.ThreadingTCPServer, "get_request", accept)
        assert b"Old." in read_all(raw)


@posix
def test_descriptors_for_updates(monkeypatch):
    """Connections take all descriptors of a process, so that the site cannot be read."""
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda kind: limits)
    for limit, count in ((64, 16), (256, 64), (1024, 200), (resource.RLIM_INFINITY, 200)):
        limits = (limit, resource.RLIM_INFINITY)
        assert server._max_connections() == count


def test_persistent_connection(served):
    """Each request needs a connection of its own, or waits 40 ms for an acknowledgement."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    served.ask(connection=connection)
    first, start = connection.sock, time.monotonic()
    for _ in range(50):
        served.ask(connection=connection)
    assert connection.sock is first and time.monotonic() - start < 1.9
    connection.close()


@posix
def test_readers_that_go_away(served, capfd):
    """A closed tab causes a traceback, or its thread stays."""
    served.site.pages["film.mp4"] = bytes(10_000_000)
    threads = threading.active_count()
    for path in ("/film.mp4", "/_preview/events", "/"):
        raw = socket.create_connection(("127.0.0.1", served.port))
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        raw.recv(10)
        # With a reset.
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        raw.close()
    for n in range(3):
        (served.site.folder / "index.html").write_text(html(f"{n}"))
        served.text()
    eventually(lambda: threading.active_count() <= threads)
    assert capfd.readouterr() == ("", "")


def test_heartbeat(served, monkeypatch):
    """A stream stays open after its browser has gone without a word, and its thread stays, too."""
    monkeypatch.setattr(live_reload, "_HEARTBEAT", 0.02)
    threads = threading.active_count()
    with served.stream() as following:
        following()
        assert threading.active_count() == threads + 1
    eventually(lambda: threading.active_count() == threads)


# --- Events and the terminal -----------------------------------------------------------------


def test_events(served):
    """Browsers miss an event, get it twice, or get one without a change."""
    site = served.site
    with served.stream() as following:
        name, state = following()
        assert name == "state" and state["problems"] == [] and state["pages"] == site.version == 1
        write(site.folder, {"a.css": "p {}"})
        name, now = following()
        assert (name, now["style"], now["pages"]) == ("style", 2, 1)
        assert now["server"] == state["server"] and now["number"] > state["number"]
        site.problems = [HINT, WRONG]
        (site.folder / "a.css").touch()
        name, now = following()
        assert (name, now["style"]) == ("problems", 2)
        wrong = {"where": "content/papers/p.md:3", "what": f"date: {WRONG.message}"}
        assert now["problems"][1] == wrong | {"notice": False}
        # Found while a page was asked for.
        site.problems = []
        served.text()
        assert following()[1]["problems"] == []
        (site.folder / "index.html").touch()
        (site.folder / "index.html").write_text(html("New."))
        assert following()[1]["pages"] == 3


def test_terminal(folder, monkeypatch):
    """The terminal lacks what was built, the problems, or that they are fixed."""
    monkeypatch.chdir(folder.parent)
    site = Site(folder)
    site.problems = [HINT, WRONG]
    with serving(site) as served:

        def printed_after(*names: str) -> list[str]:
            served.lines.clear()
            write(folder, dict.fromkeys(names, str(time.monotonic_ns())))
            served.text()
            return [re.sub(r"\d\d:\d\d:\d\d|0\.\d\d", "T", line) for line in served.lines]

        at, *wrong, address = served.lines
        assert re.fullmatch(r"\d\d:\d\d:\d\d built in \d\.\d\d s", at)
        assert address.startswith(f"http://localhost:{served.port}/")
        assert wrong == [f"{HINT} [notice]", str(WRONG), "1 problem, 1 notice"]
        page = os.path.join("content", "x.md")
        assert printed_after("x.md") == [f"T rebuilt in T s: {page}"]
        site.problems = [HINT]
        assert printed_after("x.css")[1:] == [f"{HINT} [notice]", "All problems are fixed."]
        site.problems = []
        assert printed_after("a.css", "b.css", "c.css", "d.css")[0].endswith("c.css and 1 more")
        if os.name != "nt":
            assert "\x1b" not in printed_after("\x1b[2J.css")[0]


def test_notices_once(folder, tmp_path):
    """Each start of the preview, and each change, prints all notices again."""
    site = Site(folder)
    site.problems = [HINT]
    site.shown_notices = ShownNotices(tmp_path / "cache", folder.parent)
    hidden = "1 notice shown before; `pelican-papers check` lists all"
    for expected in ([f"{HINT} [notice]"], [hidden]):
        lines: list[str] = []
        live = live_reload.LiveSite(site, lines.append)
        assert live.publish() == (HINT,) and lines == expected
    site.problems = [HINT, WRONG]
    lines.clear()
    live.publish()
    assert lines == [str(WRONG), "1 problem, 1 notice"]


def test_first_build(folder):
    """The URL is printed before the site answers, or an edit during the first build is lost."""
    site, lines = Site(folder), []
    site.go.clear()
    with server.start_server(site, 0, lines.append):
        eventually(lambda: site.updates)
        (folder / "index.html").write_text(html("During."))
        assert lines == []
        site.go.set()
        eventually(lambda: b"During." in site.pages.get("index.html", b""))
        assert len(site.updates) == 2


def test_taken_ports(folder):
    """Where the port is in use, another one is used without asking, or a traceback is printed."""
    with serving(Site(folder)) as served:
        with pytest.raises(
            CommandError, match=rf"port {served.port} is already in use \(.*--port 9000"
        ):
            server.serve(Site(folder), served.port)
        with pytest.raises(CommandError, match="port 70000"):
            server.serve(Site(folder), 70000)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_next_port(folder, monkeypatch, host):
    """Another program that uses the port at one address of localhost answers for us."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((host, 0))
        except OSError:
            pytest.skip("there is no such address")
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setattr(server, "_PORTS", range(port, port + 50))
        with serving(Site(folder), None) as served:
            assert port < served.port
            assert (
                served.lines[0]
                == f"Port {port} is already in use. Using port {served.port} instead."
            )


@posix
def test_ctrl_c(folder):
    """Ctrl-C prints a traceback, waits for open tabs or a long update, or exits with an error."""
    code = f"""if 1:
        import sys
        sys.path[:0] = [{str(ROOT / "plugins")!r}, {str(ROOT / "tests")!r},
            {str(Path(__file__).parent)!r}]
        from pathlib import Path
        from papers.preview.server import serve
        from test_server import Site
        site = Site(Path({str(folder)!r}))
        sys.exit(serve(site, 0))
    """
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code], stderr=subprocess.PIPE, text=True
    )
    with process:
        lines = [process.stderr.readline(), process.stderr.readline()]
        served = Served(None)
        served.port = int(re.search(r":(\d+)/", lines[1])[1])
        with served.stream() as following:
            following()
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert (process.stderr.read(), process.wait(10)) == ("Preview stopped.\n", 0)
            # An open tab would be waited for without end.
            assert time.monotonic() - start < 8


def test_a_broken_update_is_no_riddle(folder, monkeypatch):
    """A bug in the preview leaves a server that never answers."""
    site, hooked = Site(folder), []
    monkeypatch.setattr(threading, "excepthook", hooked.append)
    monkeypatch.setattr(site, "update", lambda changed: 1 / 0)
    assert server.serve(site, 0, print) == 1
    assert hooked[0].exc_type is ZeroDivisionError


def test_a_bug_after_an_update_in_place(folder, monkeypatch):
    """After a bug in the full update, the preview goes on with updates in place only."""
    site, hooked = Site(folder), []
    update = site.update
    monkeypatch.setattr(threading, "excepthook", hooked.append)
    monkeypatch.setattr(
        site, "update_in_place", lambda changed: Change["PAGES" if changed else "NOTHING"]
    )
    monkeypatch.setattr(
        site, "update", lambda changed: update(changed) if site.version == 0 else 1 / 0
    )

    def edit(line: str) -> None:
        if line.startswith("http"):
            write(folder, {"index.html": html("Edited.")})

    assert server.serve(site, 0, edit) == 1
    assert hooked[0].exc_type is ZeroDivisionError


# --- The browser's half ----------------------------------------------------------------------

PANEL = 'document.querySelector("html > div").shadowRoot.querySelector("section").innerText'
LONG = "".join(f"<p id=p{n}>Paragraph {n}.<br><br><br></p>" for n in range(90))


@pytest.fixture
def visit(browser, served):
    """Return a function that opens a page; its errors fail the test."""
    context, said = browser.new_context(), []

    def open_page(path="/"):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"http://localhost:{served.port}{path}")
        page.evaluate("window.same = true")
        return page

    yield open_page
    context.close()
    assert [text for text in said if "404 (Not Found)" not in text] == []


def until(page, expression: str) -> None:
    """Wait until an expression is true in a page, which may be reloaded meanwhile."""
    said, end = "", time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if said := page.evaluate(expression):
                return
        except Error as error:
            said = error
        page.wait_for_timeout(30)
    raise AssertionError(f"never true: {expression}: {said}")


def shows(page, words: str) -> None:
    """Wait until a page is loaded and has a text."""
    loaded = 'document.readyState === "complete"'
    until(page, f'{loaded} && document.body.innerText.includes("{words}")')


def test_reload(served, visit):
    """A change of a page is not shown under a content policy as strict as ours."""
    page = visit()
    for n in range(3):
        (served.site.folder / "index.html").write_text(html(f"Edit {n}."))
        shows(page, f"Edit {n}.")
    assert page.evaluate("window.same") is None


def test_style_in_place(served, visit):
    """A change of the stylesheet reloads the page, flickers, or adds a stylesheet each time."""
    sheets = '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">'
    write(served.site.folder, {
        "index.html": html("Text.", sheets), "a.css": "body { color: #000001 }",
        "b.css": "body { margin: 1px }"})  # fmt: skip
    page = visit()
    # Between the old sheet and the new one there is a moment without any.
    page.evaluate("""new MutationObserver(() => {
        window.bare ||= document.styleSheets.length < 2;
    }).observe(document.head, { childList: true })""")
    for n in range(2, 9):
        write(served.site.folder, {"a.css": f"body {{ color: rgb(0, 0, {n}) }}"})
        if n % 3 == 0:
            until(page, f'getComputedStyle(document.body).color === "rgb(0, 0, {n})"')
    until(page, 'getComputedStyle(document.body).color === "rgb(0, 0, 8)"')
    until(page, 'document.querySelectorAll("link[rel=stylesheet]").length === 2')
    held = []
    page.route("**/a.css?v=*", lambda route: held.append(route))
    for n in (1, 2):
        write(served.site.folder, {"a.css": f"body {{ color: rgb(0, 0, 9{n}) }}"})
        while len(held) < n:
            page.wait_for_timeout(10)
    for route in held:
        route.continue_()
    until(page, 'getComputedStyle(document.body).color === "rgb(0, 0, 92)"')
    until(page, 'document.querySelectorAll("link[rel=stylesheet]").length === 2')
    order = "[...document.styleSheets].map(one => new URL(one.href).pathname)"
    assert page.evaluate(order) == ["/a.css", "/b.css"]
    assert page.evaluate("[window.same, window.bare]") == [True, False]


def test_scroll(served, visit):
    """A save changes the scroll position."""
    index = served.site.folder / "index.html"
    # What Chromium does of itself, others do not.
    style = "<style>html { overflow-anchor: none }</style>"
    plot = '<img src="plot.svg" alt="">'
    size = 'xmlns="http://www.w3.org/2000/svg" width="300" height="300"'
    write(served.site.folder, {"plot.svg": f"<svg {size}/>", "index.html": html(LONG, style)})
    for path in ("/", "/#p70"):
        page = visit(path)
        page.evaluate("scrollTo(0, document.querySelector('#p40').offsetTop - 7)")
        before = [f"<p>Longer {path} {n}.</p>" * 9 * (n + 1) + plot + LONG for n in range(3)]
        # At last, what stood at the top was itself edited.
        for body in [*before, "<p>New.</p>" + LONG.replace(">Paragraph 40", ">Edited 40")]:
            index.write_text(html(body, style))
            shows(page, "Edited 40" if "Edited" in body else body[3 : body.index("<", 1)])
            page.wait_for_timeout(50)
            top = page.evaluate("document.querySelector('#p40').getBoundingClientRect().top")
            assert abs(top - 7) < 2
        page.evaluate("scrollTo(0, 0)")
        index.write_text(html("<p>Above.</p>" + LONG, style))
        shows(page, "Above.")
        assert page.evaluate("scrollY") == 0
        page.close()
        index.write_text(html(LONG, style))


def test_open_and_focused(served, visit):
    """A save closes what was opened, or moves the focus to the start."""
    body = "<details><summary>More {}</summary>Text.</details>"
    index = served.site.folder / "index.html"
    index.write_text(html(body.format("A") + body.format("B") + '<a href="#x">Link</a>'))
    page = visit()
    page.evaluate("document.querySelectorAll('details')[1].open = true")
    page.evaluate("document.querySelector('a').focus()")
    both = body.format("New") + body.format("A") + body.format("B")
    index.write_text(html(both + '<a href="#y">Another</a><a href="#x">Link</a>'))
    shows(page, "Another")
    opened = "[...document.querySelectorAll('details')].map(one => one.open)"
    until(page, "document.activeElement.textContent === 'Link'")
    assert page.evaluate(opened) == [False, False, True]


def test_panel(served, visit):
    """Problems are not shown, stay after they are fixed, cannot be closed, or appear in print."""
    page, site = visit(), served.site

    def tell(*problems: Problem) -> None:
        site.problems = list(problems)
        served.text()

    assert page.evaluate(PANEL) == ""
    tell(WRONG, HINT)
    until(page, f"{PANEL}.includes('1 problem')")
    text = page.evaluate(PANEL)
    assert "content/papers/p.md:3" in text and f"date: {WRONG.message}" in text
    assert "1 notice" in text and HINT.message not in text
    status = page.get_by_role("status")
    status.locator("summary").first.click()
    assert "1 notice" in page.evaluate(PANEL) and HINT.message not in page.evaluate(PANEL)
    status.locator("summary").last.click()
    assert HINT.message in page.evaluate(PANEL)
    page.emulate_media(media="print")
    assert not status.is_visible()
    page.emulate_media(media="screen")
    for scheme, dark in (("light", False), ("dark", True)):
        page.emulate_media(color_scheme=scheme)
        colour = status.locator("> div").evaluate("one => getComputedStyle(one).backgroundColor")
        assert (int(re.search(r"\d+", colour)[0]) < 100) is dark
    status.get_by_role("button", name="Close").click()
    assert page.evaluate(PANEL) == ""
    page.reload()
    page.wait_for_timeout(200)
    assert page.evaluate(PANEL) == "", "it comes back though nothing is new"
    tell(WRONG)
    until(page, f"{PANEL}.includes('1 problem')")
    tell()
    until(page, f"{PANEL} === ''")
    tell(Problem("content/<img src=x>.md", "<b>bold</b>"))
    until(page, f"{PANEL}.includes('<b>bold</b>') && {PANEL}.includes('<img src=x>')")


@pytest.mark.parametrize("width", [1280, 320])
def test_panel_covers_nothing(served, visit, width):
    """The panel hides the end of a page or what has the focus, moves it, or is half of a phone."""
    folder, site = served.site.folder, served.site
    write(folder, {"index.html": html(LONG + '<footer><a href="#p1">The end</a></footer>')})
    page = visit()
    page.set_viewport_size({"width": width, "height": 600})
    page.evaluate("scrollTo(0, 300)")
    top = "document.querySelector('#p9').getBoundingClientRect().top"
    before = page.evaluate(top)
    site.problems = [
        WRONG,
        *[replace(WRONG, line=n, message="long " * 40) for n in range(30)],
        HINT,
    ]
    served.text()
    until(page, f"{PANEL}.includes('31 problems, 1 notice')")
    assert page.evaluate(top) == before
    bar = "document.querySelector('html > div').getBoundingClientRect()"
    assert page.evaluate(f"{bar}.height") < 60
    page.get_by_role("status").locator("summary").first.click()
    until(page, f"{bar}.height > 200")
    assert page.evaluate(f"{bar}.height") < 330
    # In the end the footer is above the panel, opened or not, and so does what has the focus.
    for _ in range(2):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        end = "document.querySelector('footer').getBoundingClientRect().bottom"
        until(page, f"{end} <= {bar}.top")
        page.evaluate("scrollTo(0, 0); document.querySelector('footer a').focus()")
        until(page, f"{end} <= {bar}.top")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("status").locator("summary").first.click()
    # It stays as it was left, once the browser has told the panel of the click.
    entries = "Object.entries(sessionStorage)"
    until(page, f"{entries}.some(([key, value]) => key.endsWith('-open') && value === 'yes')")
    page.reload()
    until(page, f"{bar}.height > 200")
    page.get_by_role("button", name="Close").click()
    until(page, "getComputedStyle(document.documentElement).paddingBottom === '0px'")


def test_home_that_cannot_be_built(served, visit):
    """Without a home page the browser shows no problem, nor the page once it is fixed."""
    served.site.problems = [WRONG]
    (served.site.folder / "index.html").unlink()
    page = visit()
    until(page, f"{PANEL}.includes('2026-13')")
    served.site.problems = []
    write(served.site.folder, {"index.html": html("Mended.")})
    shows(page, "Mended.")
    until(page, f"{PANEL} === ''")


def test_many_tabs(served, visit):
    """With six tabs open, browsers have no connection left for a seventh."""
    pages = [visit() for _ in range(7)]
    (served.site.folder / "index.html").write_text(html("For all."))
    for page in pages:
        shows(page, "For all.")
    # The one that listened for all goes.
    pages.pop(0).close()
    (served.site.folder / "index.html").write_text(html("For the rest."))
    for page in pages:
        shows(page, "For the rest.")


def test_a_server_that_comes_back(folder, browser):
    """A page is not reloaded after the server was restarted and files have changed."""
    with serving(Site(folder)) as first:
        page = browser.new_page()
        page.goto(f"http://localhost:{first.port}/")
        shows(page, "Old.")
        until(page, "performance.getEntriesByName(location.origin + '/_preview/state').length")
    (folder / "index.html").write_text(html("Meanwhile."))
    with serving(Site(folder), first.port):
        shows(page, "Meanwhile.")
        page.close()


def test_a_link_during_an_update(served, visit):
    """A link that is followed during an update leads back when the update ends."""
    index, site = served.site.folder / "index.html", served.site
    index.write_text(html('<a href="news/n.html">Go</a>'))
    page = visit()
    site.go.clear()
    index.write_text(html("New."))
    eventually(lambda: len(site.updates) == 3)
    page.evaluate("document.querySelector('a').click()")
    page.wait_for_timeout(50)
    site.go.set()
    shows(page, "News.")
    page.wait_for_timeout(50)
    shows(page, "News.")
    assert page.url.endswith("/news/n.html")


def test_pages_of_other_origins(served, browser):
    """A page of another origin shows pictures or drafts in a frame, or cannot link to a page."""
    own = f"http://localhost:{served.port}"
    size = 'xmlns="http://www.w3.org/2000/svg" width="30" height="30"'
    body = f"<img src='{own}/plot.svg'><iframe src='{own}/'></iframe><a href='{own}/'>Go</a>"
    write(served.site.folder, {"plot.svg": f"<svg {size}/>", "evil.html": body})
    page = browser.new_page()
    page.goto(f"{own}/evil.html")
    width = "document.querySelector('img').naturalWidth"
    assert page.evaluate(width) == 30 and "Old." in page.frames[1].content()
    page.goto(f"http://127.0.0.1:{served.port}/evil.html")
    assert page.evaluate(width) == 0 and "Old." not in page.frames[1].content()
    page.get_by_role("link", name="Go").click()
    shows(page, "Old.")
    assert page.url == f"{own}/"
    page.close()


def test_back(served, visit):
    """The browser's "back" button shows the page and style from before an edit."""
    sheet = '<link rel="stylesheet" href="a.css">'
    write(served.site.folder, {"a.css": "body { margin: 1px }", "index.html": html("1", sheet)})
    page = visit()
    page.goto(f"http://localhost:{served.port}/news/n.html")
    page.evaluate("window.same = true")
    write(served.site.folder, {"a.css": "body { margin: 2px }", "index.html": html("2", sheet)})
    until(page, "window.same === undefined")
    page.go_back()
    shows(page, "2")
    until(page, "getComputedStyle(document.body).marginTop === '2px'")
