"""Build real sites in folders of their own, and read the results."""

import compileall
import getpass
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NoReturn, TypeVar

import html5lib
import pytest
from bs4 import BeautifulSoup
from command_server import AT_START, INSTALLED, command_server, needs_own_process
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, sync_playwright
from sample import SETTINGS as SAMPLE
from sample import content

try:
    import fcntl
except ImportError:  # Windows, where the tests run in one process.
    fcntl = None

# Settings and plugins that lie in a test's folder would leave __pycache__ there.
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
# The key of the caches, which all processes share: the user's own is left alone.
STATE_FOLDER = f"pelican-papers-tests-{getpass.getuser()}"
os.environ["XDG_STATE_HOME"] = os.path.join(tempfile.gettempdir(), STATE_FOLDER)

ROOT = Path(__file__).resolve().parent.parent
Item = TypeVar("Item")
SUBPATH = "https://user.github.io/repo"
# The address of published sites in the browser; no server listens there.
LOCAL = "https://ada.example"
# The first takes half of the time of the others.
BROWSERS = tuple(
    "chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable".split()
)
# Not those of pelicanconf.py, which the site's owner may change.
SETTINGS = {
    "SITENAME": "Ada Lovelace",
    "OWNER": ["Ada Lovelace"],
    "SOCIAL": [["Email", "mailto:ada@example.org"]],
    "MENUITEMS": [["Publications", "publications/"], ["News", "news/"]],
}
HOME = "Title: Ada Lovelace\nRole: Analyst\n\n## News\n\n[NEWS]\n\n## Papers\n\n[PAPERS]\n\nBye.\n"
PAPER = "Title: A Paper\nAuthors: Ada Lovelace, Alan Turing\nDate: 2026\n\nAn abstract.\n"
NEWS = "Title: An item\nDate: 2026-02\n\nSome **words**.\n"

# At the end of a file of settings: `pelican -r` ends where it would wait for changes.
ONE_RELOAD = """
import pelican

def end(*arguments):
    raise KeyboardInterrupt

pelican.wait_for_changes = end
"""

# tests/project is about the repository's own content; a fork has other content.
_HOME = ROOT / "content" / "home.md"
_OURS = _HOME.is_file() and "Yancheng He" in _HOME.read_text(encoding="utf-8")
collect_ignore_glob = [] if _OURS else ["project/test_*.py"]

# The same examples in every run and no deadline: a slow machine is not a failure.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.load_profile("steady")


# The slowest files, by their CPU seconds; begun first, they leave no process alone at the end.
SLOW = {
    "test_browser": 92, "test_attack": 39, "test_audits": 35, "test_problems": 34,
    "test_server": 31, "test_random": 18, "test_corpus": 17, "test_always_builds": 17,
    "test_memory_site": 17, "test_repository": 17, "test_main": 16, "test_import": 15,
    "test_incremental": 15, "test_init": 11, "test_installation": 11, "test_pipeline": 11,
    "test_search_index": 11, "test_svg_renderer": 10, "test_never_half": 10, "test_webpage": 9,
    "test_upgrades": 9, "test_fork": 8, "test_new": 8, "test_limits": 7, "test_neighbours": 7,
    "test_repairs": 6,
}  # fmt: skip
# `make test-all` and the nightly workflow run every repetition, `make test` a share of each.
ALL = os.environ.get("PAPERS_TESTS") == "all"


def pytest_configure(config: pytest.Config) -> None:
    """Compile the plugin once, and not in each of the processes that the tests start."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "plugins", quiet=2)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slowest files; `--dist loadfile` gives each file to one process."""
    items.sort(key=lambda item: SLOW.get(item.path.stem, 0), reverse=True)


def pytest_collection_finish() -> None:
    """Write no more bytecode: that of the tests themselves saves a second run five seconds."""
    sys.dont_write_bytecode = True


def share(items: Iterable[Item], one_in: int) -> list[Item]:
    """Return every item in the nightly tests, and else one in so many, evenly spread.

    They shift by one in each row of `one_in` items, so a product of two lists is sampled fairly.
    """
    return [item for n, item in enumerate(items) if ALL or (n + n // one_in) % one_in == 0]


@dataclass(frozen=True)
class Site:
    """A build: its output folder, its exit code, and what it printed."""

    output: Path
    code: int
    printed: str

    def text(self, path: str) -> str:
        """Return the text of a file; a folder's path, or "", means its index.html."""
        file = self.output / path
        return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")

    def page(self, path: str = "", strict: bool = True) -> BeautifulSoup:
        """Return a page, parsed as a browser does; strict fails on invalid HTML."""
        text = self.text(path)
        if strict:
            validate(text)
        return BeautifulSoup(text, "html5lib")

    def files(self) -> dict[str, bytes]:
        """Return all written files: path to bytes."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }

    def pages(self) -> list[str]:
        """Return the paths of all pages."""
        return [path for path in self.files() if path.endswith(".html")]


@lru_cache(512)
def validate(html: str) -> None:
    """Raise html5lib's ParseError for invalid HTML; the sites that tests share ask it often."""
    html5lib.HTMLParser(strict=True).parse(html)


def words(node) -> str:
    """Return the text of a parsed node with single spaces."""
    return " ".join(node.get_text().split())


def pelican(
    *arguments: str | Path, cwd: Path = ROOT, own_process: bool = False, **environment: str
) -> subprocess.CompletedProcess:
    """Run the pelican command, in a fork where nothing asks for a process of its own."""
    return _run("pelican", arguments, cwd, own_process, environment)


def run_papers(
    *arguments: str | Path, cwd: Path = ROOT, own_process: bool = False, **environment: str
) -> subprocess.CompletedProcess:
    """Run `python plugins/papers`, in a fork where nothing asks for a process of its own."""
    return _run("papers", arguments, cwd, own_process, environment)


def run_installed(
    command: Path, *arguments: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess:
    """Run the installed command, in a fork where its environment allows it."""
    arguments, seconds = list(map(str, arguments)), 120
    environment = dict(os.environ) if env is None else env
    if not needs_own_process(environment.keys() - os.environ.keys()):
        server = command_server(command.with_name("python"), INSTALLED)
        return server.run(command, arguments, cwd, environment, seconds)
    return subprocess.run(
        [command, *arguments], cwd=cwd, env=environment, capture_output=True,
        text=True, encoding="utf-8", timeout=seconds,
    )  # fmt: skip


def _run(program, arguments, cwd, own_process, environment) -> subprocess.CompletedProcess:
    arguments, seconds = list(map(str, arguments)), 120
    own_process = own_process or needs_own_process(environment)
    environment = os.environ | AT_START | environment
    if not own_process:
        return command_server().run(program, arguments, cwd, environment, seconds)
    start = ["-m", "pelican"] if program == "pelican" else [str(ROOT / "plugins/papers")]
    return subprocess.run(
        [sys.executable, "-W", "error", *start, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
    )


def build(
    content: Path,
    output: Path,
    conf: str = "publishconf.py",
    settings: dict | None = None,
    arguments: tuple[str, ...] = ("--fatal", "warnings"),
    **options: str | bool,
) -> Site:
    """Build `content` with this repository's settings; `settings` override them.

    `options` are those of `pelican`, among them variables of the environment.
    """
    overrides = [f"{key}={json.dumps(value)}" for key, value in (settings or {}).items()]
    extra = ["-e", *overrides] if overrides else []
    done = pelican(content, "-s", ROOT / conf, "-o", output, *arguments, *extra, **options)
    return Site(output, done.returncode, done.stdout + done.stderr)


def without_progress(stderr: str) -> str:
    """Return what a command prints without the progress that it shows after two seconds."""
    return re.sub(r"(?m)^\w[\w ]* [\d,]+ of [\d,]+\n", "", stderr)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


@pytest.fixture(autouse=True)
def forget_settings() -> Iterator[None]:
    """Let no settings file import that of another test's site."""
    yield
    for name in ("pelicanconf", "publishconf"):
        sys.modules.pop(name, None)


@pytest.fixture
def make(tmp_path):
    """Return a function that builds a site of home.md and the given files."""

    def make_site(files=None, *, check=True, **options) -> Site:
        content = write(tmp_path / "content", {"home.md": HOME} | (files or {}))
        settings = SETTINGS | options.pop("settings", {})
        site = build(content, tmp_path / "output", settings=settings, **options)
        if check:
            assert site.code == 0, site.printed
        return site

    return make_site


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, for which other test processes wait."""
    with path.open("a") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def make_once(request, tmp_path_factory) -> Callable[[str, Callable[[Path], Item]], Item]:
    """Return a function that makes something in a folder, once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    # The variable of the environment is also seen by a pytest that a test starts.
    base = base.parent if hasattr(request.config, "workerinput") else base

    def make(name: str, function: Callable[[Path], Item]) -> Item:
        result = base / f"{name}.pickle"
        with locked(base / f"{name}.lock"):
            if not result.exists():
                (base / name).mkdir(exist_ok=True)
                result.write_bytes(pickle.dumps(function(base / name)))
            return pickle.loads(result.read_bytes())

    return make


@pytest.fixture(scope="session")
def preview(make_once) -> Site:
    """This repository's content, as `pelican content` builds it."""
    return make_once("preview", partial(build_repository, conf="pelicanconf.py"))


@pytest.fixture(scope="session")
def published(make_once) -> Site:
    """This repository's content, published under a sub-path."""
    return make_once("published", partial(build_repository, SITEURL=SUBPATH))


def build_repository(output: Path, **options: str) -> Site:
    """Build this repository's site by the command itself."""
    site = build(ROOT / "content", output, own_process=True, **options)
    assert site.code == 0, site.printed
    return site


def nightly(reason: str) -> pytest.MarkDecorator:
    """Return a mark for a test that `make test` skips."""
    return pytest.mark.skipif(not ALL, reason=f"{reason}: for the nightly tests")


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed."""
    path = next(filter(None, map(shutil.which, names)), None)
    return path or absent(names[0])


def absent(name: str) -> NoReturn:
    """Skip the test because a tool is not installed; in CI, which installs all, fail."""
    message = f"{name} is not installed (apt install {name}, or the like)"
    (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


@cache
def node_module(path: str) -> Path:
    """Return a file of the packages in tests/package.json, which npm installs at first use."""
    folder = ROOT / "tests" / "node_modules"
    lock, installed = ROOT / "tests" / "package-lock.json", folder / ".package-lock.json"
    with locked(lock):
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=lock.parent, capture_output=True, text=True)
            if done.returncode:
                pytest.fail(f"npm ci: {done.stderr}")
    return folder / path


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open the system's Chromium or Chrome headless, or else Playwright's own.

    Where there is none yet, Playwright's is downloaded. Raises LookupError where that fails.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            command = [sys.executable, "-m", "playwright", "install", "chromium"]
            if subprocess.run(command, capture_output=True).returncode:
                raise LookupError
        # Chromium refuses its sandbox to root, as in containers; it shows only our own pages.
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = ["--disable-gpu", *(["--no-sandbox"] if root else [])]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true in a page; its policy forbids wait_for_function."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")


@pytest.fixture(scope="session")
def browser():
    """A headless browser."""
    opened = open_browser()
    try:
        running = opened.__enter__()
    except LookupError:
        absent("chromium")
    yield running
    opened.__exit__(None, None, None)


@pytest.fixture(scope="session")
def sample(make_once) -> Site:
    """A site with every component in every variant, published at a domain's root."""
    return make_once("sample", build_sample)


def build_sample(folder: Path) -> Site:
    """Build the site of sample.py."""
    site = build(
        write(folder / "content", content()), folder / "output", settings=SAMPLE, SITEURL=LOCAL
    )
    assert site.code == 0, site.printed
    return site


@pytest.fixture(scope="session")
def installed(make_once) -> Path:
    """The console command of the wheel, in an environment of its own with what it needs."""
    if os.name == "nt":
        pytest.skip("makes links to installed packages")
    return make_once("installed", install_wheel)


def install_wheel(folder: Path) -> Path:
    """Build the wheel, install it beside links to what it needs, and return its command."""
    # In a copy, so that building leaves nothing in the repository.
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.txt"):
        (folder / "source").mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / "source" / name)
    for name in ("plugins", "theme"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignore)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheel = ["wheel", "--no-deps", "--no-build-isolation", "-w", folder, folder / "source"]
    subprocess.run([*pip, *wheel], check=True)
    python, wheel_file = make_environment(folder / "venv"), next(folder.glob("*.whl"))
    command = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel_file]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "venv/bin/pelican-papers"


def make_environment(folder: Path) -> Path:
    """Make an environment with links to what is installed here; return its Python."""
    venv.create(folder)
    home = next(folder.glob("lib/python*/site-packages"))
    for path in Path(pytest.__file__).parent.parent.iterdir():
        if path.name == "pelican":
            shutil.copytree(path, home / path.name)
        elif not path.name.startswith(("__", "_virtualenv", "distutils")):
            (home / path.name).symlink_to(path)
    return folder / "bin/python"
