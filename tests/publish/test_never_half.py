"""Killed builds leave a complete site; the same sources give the same bytes.

Run as a program with a folder, this module runs the builds that are killed.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ALL, HOME, NEWS, PAPER, ROOT, SETTINGS, SUBPATH, Site, program, write
from papers.build import RUN_STATE, RunState
from papers.build.output_queue import OutputQueue
from papers.publish.atomic_swap import MARKER, build_and_swap
from papers.site import build_info
from papers.site.search_index import SEARCH_FOLDER as INDEX
from papers.util import versions
from sample import picture

KILLS = 200 if ALL else 10
PAGES = ["", "publications/", "news/", "papers/p/", "papers/q/", "news/n/", "topics/c/"]
EDITION = re.compile(rb"Edition (\d+)\b")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, no umask and no modes")


def edition(number: int) -> dict[str, str | bytes]:
    """Return content that shows a number on each page, always with the same image."""
    title = f"A Paper of Edition {number}\nImage: images/x.png\nImage_alt: A plot\nTags: C"
    paper = PAPER.replace("A Paper", title)
    return {
        "home.md": HOME.replace("Bye.", f"Edition {number}."),
        "papers/p.md": paper,
        "papers/q.md": paper + "Much more. " * 20,
        "news/n.md": NEWS.replace("An item", f"An item of Edition {number}"),
        "images/x.png": picture("PNG", 300, 200),
    }


class Driver:
    """Builds editions of a site, each in a fork of this process."""

    def __init__(self, folder: Path):
        from papers.site import search_index
        from pelican.log import init
        from pelican.settings import read_settings

        self.content, self.output = folder / "content", folder / "around/output"
        self.number = 0
        # Receivers stay connected, in the children too.
        self.search, self.index = search_index, search_index.write_search_index
        search_index.write_search_index = no_index
        os.chdir(ROOT)
        write(self.content, edition(0))
        paths = {"PATH": str(self.content), "CACHE_PATH": str(folder / "cache")}
        overrides = SETTINGS | paths | {"SITEURL": SUBPATH}
        self.settings = read_settings("publishconf.py", override=overrides)
        init(fatal="warnings")

    def run(self, written: Callable[[], object] = lambda: None) -> None:
        """Build in this process; `written` is called before the swap."""
        from pelican import Pelican

        def build(new: Path) -> None:
            Pelican(self.settings | {"OUTPUT_PATH": str(new)}).run()
            written()

        with redirect_stdout(sys.stderr):
            build_and_swap(self.output, build)

    def build(self, kill: Callable[[int], None] | None = None, index: bool = False) -> int:
        """Build the next edition in a child process, and return its exit code.

        `kill` returns when the child is to be killed. Its argument is a pipe, which has a byte to
        read as soon as the site is written.
        """
        self.number += 1
        write(self.content, edition(self.number))
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            self.search.write_search_index = self.index if index else no_index
            self.run(lambda: os.write(theirs, b"!"))
            os._exit(0)
        os.close(theirs)
        if kill:
            kill(ours)
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.close(ours)
        return code

    def published(self) -> tuple[set[int], set[str]]:
        """Return the editions of the site's pages, and its files except the search index."""
        paths = [path for path in self.output.rglob("*") if path.is_file()]
        pages = [path.read_bytes() for path in paths if path.suffix == ".html"]
        files = {path.relative_to(self.output).as_posix() for path in paths}
        numbers = {int(number) for page in pages for number in EDITION.findall(page)}
        return numbers, {file for file in files if not file.startswith(INDEX)}


def no_index(generator, writer) -> None:
    """Skip the search index, which starts another program."""


def drive(folder: Path) -> dict:
    """Kill builds of a site that is being served; return the outcomes and failures.

    Prints a line when the site can be served.
    """
    driver = Driver(folder)
    driver.run()
    _, files = driver.published()
    print("built", flush=True)
    start = time.perf_counter()
    outcomes = Counter(driver.build() for _ in range(3))
    failures = [] if outcomes == {0: 3} else [f"exit codes {outcomes}"]
    duration, last_edition = (time.perf_counter() - start) / 3, driver.number
    for number in range(KILLS):
        code = driver.build(killer(number, duration), number % 20 == 0)
        numbers, remaining = driver.published()
        if remaining != files or numbers not in [{last_edition}, {driver.number}]:
            failures.append(
                f"{number}: pages of {numbers} after {last_edition}; files: {remaining ^ files}"
            )
        swapped = driver.number in numbers
        outcomes[f"{'killed' if code == -signal.SIGKILL else code}, swapped: {swapped}"] += 1
        last_edition = driver.number if swapped else last_edition
    if driver.build(index=True) or driver.published()[0] != {driver.number}:
        failures.append("the last build failed")
    return {"outcomes": outcomes, "failures": failures, "files": os.listdir(driver.output.parent)}


def killer(number: int, duration: float) -> Callable[[int], None] | None:
    """Return what waits for the moment of a kill: from the start to the end, or near the swap.

    The first one kills at once, and every fourth build is not killed, on a machine of any speed.
    """
    share = number / KILLS

    def anywhere(pipe: int) -> None:
        time.sleep(share * duration)

    def around_the_swap(pipe: int) -> None:
        os.read(pipe, 1)
        time.sleep(share * duration / 4)

    return (anywhere, around_the_swap, around_the_swap, None)[number % 4]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, with a timeout."""

    timeout = 10

    def log_message(self, *arguments) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder on this machine, and return the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


class Visitor(threading.Thread):
    """Requests all pages in a loop until it is stopped; collects editions and problems."""

    def __init__(self, port: int):
        super().__init__()
        self.port, self.stop = port, threading.Event()
        self.editions, self.problems = [0], []

    def run(self) -> None:
        """Request all pages, one after the other."""
        while not self.stop.is_set():
            for page in PAGES:
                if problem := self.visit(page):
                    self.problems.append(f"/{page} after {self.editions[-1]}: {problem}")
                time.sleep(0.01)

    def visit(self, page: str) -> str | None:
        """Request a page, and return what is wrong with it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"/{page}")
            response = connection.getresponse()
            text = response.read()
        except (OSError, HTTPException) as error:
            return repr(error)
        finally:
            connection.close()
        if response.status != 200 or not text.rstrip().endswith(b"</html>"):
            return f"{response.status}, {text[-40:]}"
        numbers = {int(number) for number in EDITION.findall(text)}
        if len(numbers) != 1 or min(numbers) < self.editions[-1]:
            return f"editions {numbers}"
        self.editions.append(min(numbers))


@POSIX
def test_killed_builds(tmp_path):
    """A build killed at any moment removes a page, or leaves half of a site."""
    (tmp_path / "temporary").mkdir()
    path = os.pathsep.join([str(ROOT / "plugins"), str(ROOT / "tests")])
    driver = subprocess.Popen(
        [sys.executable, "-W", "error", __file__, tmp_path],
        env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with driver:
        try:
            assert driver.stdout.readline() == "built\n", driver.stderr.read()
            with served(tmp_path / "around/output") as port:
                visitor = Visitor(port)
                visitor.start()
                try:
                    printed, errors = driver.communicate(timeout=240)
                finally:
                    visitor.stop.set()
                    visitor.join()
        finally:
            driver.kill()
    assert driver.returncode == 0, errors
    result = json.loads(printed)
    assert not result["failures"] and not visitor.problems
    assert result["files"] == ["output"]
    # Otherwise the test has tested nothing.
    outcomes = result["outcomes"]
    assert outcomes["killed, swapped: False"] and outcomes["0, swapped: True"] >= KILLS // 4
    assert len(set(visitor.editions)) > 1


# List folders in another order; Path.glob and os.walk call these two functions.
SHUFFLE = """
import os, random
listdir, scandir = os.listdir, os.scandir
class Shuffled:
    def __init__(self, entries):
        self.entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *arguments):
        pass
    close = __exit__
def shuffled(entries):
    return random.Random(5).sample(entries, len(entries))
def shuffled_listdir(*arguments):
    return shuffled(sorted(listdir(*arguments)))
def shuffled_scandir(*arguments):
    with scandir(*arguments) as entries:
        return Shuffled(shuffled(sorted(entries, key=lambda entry: entry.name)))
os.listdir, os.scandir = shuffled_listdir, shuffled_scandir
"""
CONDITIONS = "day zone locale seed order copy umask cores cold over".split()
# For any two conditions there is a build with both, and one with each of them alone; `published`
# has none. Five builds are the minimum: any two of these sets differ and overlap.
BUILDS = {
    name: set(builds) for name, builds in zip(CONDITIONS, combinations(range(5), 3), strict=True)
}


# Of any three of them, one has each condition.
@POSIX
@pytest.mark.parametrize("number", range(5) if ALL else (0, 2, 4))
def test_same_bytes(published, tmp_path, number):
    """The date, the machine, its disk, or an earlier build changes the site."""
    conditions = {name for name, builds in BUILDS.items() if number in builds}
    content, output = ROOT / "content", tmp_path / "output"
    if "copy" in conditions:
        content = tmp_path / "content"
        copy_backwards(ROOT / "content", content)
    command = [sys.executable, "-W", "error", "-m", "pelican", content]
    command += ["-s", ROOT / "publishconf.py", "--fatal", "warnings"]
    command += (
        ["-e", f"CACHE_PATH={json.dumps(str(tmp_path / 'cache'))}"] if "cold" in conditions else []
    )
    environment = os.environ | {
        "SITEURL": SUBPATH,
        "TZ": "Pacific/Kiritimati" if "zone" in conditions else "America/St_Johns",
        "LC_ALL": "C" if "locale" in conditions else "C.UTF-8",
        "PYTHONHASHSEED": str(number) if "seed" in conditions else "random",
    }
    if "order" in conditions:
        folder = write(tmp_path / "path", {"sitecustomize.py": SHUFFLE})
        environment["PYTHONPATH"] = str(folder)
        # Another kind of disk, for programs that are not written in Python.
        environment |= {"TMPDIR": "/dev/shm"} if os.path.isdir("/dev/shm") else {}
    if "cores" in conditions:
        command = [program("taskset"), "-c", str(min(os.sched_getaffinity(0))), *command]
    if "day" in conditions:
        command = [program("faketime"), "2031-05-05 05:05:05", *command]

    def build(new: Path) -> None:
        if "over" in conditions:
            shutil.copytree(published.output, new, dirs_exist_ok=True)
        done = subprocess.run(
            [*command, "-o", new], cwd=ROOT, env=environment, capture_output=True, text=True,
            umask=0o077 if "umask" in conditions else 0o022, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    build_and_swap(output, build)
    expected, files = (
        comparable_files(site, "copy" in conditions) for site in (published, Site(output, 0, ""))
    )
    assert not {
        path for path in expected.keys() | files.keys() if expected.get(path) != files.get(path)
    }
    wrong_modes = {path for path in output.rglob("*") if path.stat().st_mode & 0o777 != mode(path)}
    assert not wrong_modes and output.stat().st_mode & 0o777 == 0o755


def mode(path: Path) -> int:
    """Return the mode that a path of a site should have."""
    return 0o755 if path.is_dir() else 0o644


def copy_backwards(content: Path, copy: Path) -> None:
    """Copy content file by file, the last first, so that a disk lists it in another order."""
    for path in sorted(content.rglob("*"), reverse=True):
        if path.is_file():
            write(copy, {path.relative_to(content).as_posix(): path.read_bytes()})


def comparable_files(site: Site, copied: bool) -> dict[str, bytes]:
    """Return the files of a site, without the commit if the content was copied."""
    files = site.files()
    # Pelican itself writes no marker.
    files.pop(MARKER, None)
    if copied:
        versions = json.loads(files[build_info.BUILD_INFO_FILE])["versions"]
        files[build_info.BUILD_INFO_FILE] = json.dumps(versions).encode()
    return files


def git(folder: Path, *arguments: str) -> str:
    """Run git with a made-up user, and return what it prints."""
    name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]
    command = [program("git"), "-C", folder, *name, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path) -> Path:
    """The content of a repository with one commit."""
    content = write(tmp_path / "repository", {"content/home.md": HOME, ".gitignore": "output"})
    git(content, "init", "--quiet")
    git(content, "add", ".")
    git(content, "commit", "--quiet", "--message", "first")
    return content / "content"


def make_build_info(content: Path, relative: bool = False) -> dict:
    """Return the contents of build.json, and check that it is the same twice."""
    texts = set()
    for _ in range(2):
        state = RunState(outputs=OutputQueue({"OUTPUT_PATH": "output"}))
        context = {"PATH": str(content), "RELATIVE_URLS": relative, RUN_STATE: state}
        build_info.write_build_info(SimpleNamespace(context=context), None)
        texts.add(state.outputs.outputs[build_info.BUILD_INFO_FILE].make())
    assert len(texts) == 1
    text = texts.pop().decode()
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=1) + "\n"
    return json.loads(text)


def test_origin(repository):
    """build.json lacks the commit, or names one while files differ from it."""
    commit = git(repository, "rev-parse", "HEAD")
    info = make_build_info(repository)
    assert info["commit"] == commit and info["changed"] is False
    write(repository, {"draft.md": "not yet tracked"})
    assert make_build_info(repository) == info
    write(repository.parent, {".gitignore": "output\nnone"})
    assert make_build_info(repository) == info | {"changed": True}
    git(repository, "commit", "--quiet", "--all", "--message", "second")
    next_info = make_build_info(repository)
    assert next_info["commit"] not in (commit, None) and next_info["changed"] is False


def test_origin_within_a_hook(repository, tmp_path, monkeypatch):
    """A site that a git hook builds names a commit of the hook's repository."""
    info = make_build_info(repository)
    other = write(tmp_path / "other", {"a": ""})
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "none"))
    assert make_build_info(repository) == info and info["commit"]


def test_origin_changes_nothing(repository):
    """Finding the commit runs a program that a repository names, or rewrites its index."""
    folder, seen = repository.parent, repository.parent / "output" / "seen"
    spy = write(folder / ".git/hooks", {"spy": f"#!/bin/sh\nmkdir -p {seen}\n"}) / "spy"
    spy.chmod(0o755)
    shutil.copy(spy, spy.with_name("post-index-change"))
    git(folder, "config", "core.fsmonitor", str(spy))
    git(folder, "config", "core.pager", str(spy))
    os.utime(repository / "home.md", (1, 1))
    index = (folder / ".git/index").read_bytes()
    assert make_build_info(repository)["changed"] is False
    assert (folder / ".git/index").read_bytes() == index and not seen.exists()


@POSIX
@pytest.mark.parametrize(
    "script",
    [None, f"echo '# branch.oid {'0' * 40}'; exit 128", "exec sleep 60", "echo '# branch.oid x'"],
    ids=["missing", "refuses", "hangs", "babbles"],
)
def test_origin_unknown(repository, tmp_path, monkeypatch, script):
    """A build fails without git, or if git fails or hangs."""
    folder = write(tmp_path / "bin", {"git": f"#!/bin/sh\n{script}\n"} if script else {"x": ""})
    for path in folder.iterdir():
        path.chmod(0o755)
    monkeypatch.setattr(build_info, "_TIMEOUT", 0.3)
    monkeypatch.setenv("PATH", f"{folder}:/bin" if script else str(folder))
    start = time.monotonic()
    info = make_build_info(repository)
    assert (info["commit"], info["changed"]) == (None, False) and time.monotonic() - start < 10


def test_origin_without_a_commit(tmp_path):
    """A site outside a repository, or in one without a commit, cannot be built."""
    content = write(tmp_path / "new/content", {"home.md": HOME})
    info = make_build_info(content)
    assert info["commit"] is None
    git(content.parent, "init", "--quiet")
    git(content.parent, "add", ".")
    assert make_build_info(content) == info


def test_origin_of_the_preview(repository):
    """A preview gets a file that changes with each commit."""
    with pytest.raises(KeyError):
        make_build_info(repository, relative=True)


def test_versions(published, repository, monkeypatch):
    """A version is wrong or missing, or build.json names the machine or its user."""
    info = json.loads(published.text(build_info.BUILD_INFO_FILE))
    assert list(info) == ["changed", "commit", "versions"]
    names = "markdown pagefind pelican pelican-papers pillow typogrify".split()
    assert list(info["versions"]) == names
    assert all(re.match(r"\d+\.\d+", version) for version in info["versions"].values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert info["versions"]["pelican-papers"] == project["version"]
    versions = info["versions"]
    assert build_info.generator_name() == (
        f"Pelican {versions['pelican']}, pelican-papers {versions['pelican-papers']}"
    )


@pytest.mark.parametrize("text", [None, "[project", '[project]\nname = "x"\nversion = "9"', ""])
def test_unknown_version(tmp_path, monkeypatch, text):
    """The plugin, copied into another project, reports that project's version."""
    project = write(
        tmp_path, {"plugins/papers/x": "", **({"pyproject.toml": text} if text else {})}
    )
    monkeypatch.setattr(versions, "__file__", str(project / "plugins/papers/util/versions.py"))
    assert build_info.generator_name().endswith(", pelican-papers")


if __name__ == "__main__":
    print(json.dumps(drive(Path(sys.argv[1]))))
