"""What a new site installs: the packages that made it, and nothing else, wherever it is built."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, make_environment, nightly, write
from papers.check import renamed_settings
from papers.check.renamed_settings import check_requirements
from papers.cli import installation
from papers.model import CommandError

# Nothing listens there, so a request fails at once.
NOWHERE = "https://127.0.0.1:9"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command without pip's own settings; return what it prints."""
    env = {name: value for name, value in os.environ.items() if name != "PIP_FIND_LINKS"}
    env |= {"PIP_NO_COMPILE": "1"} | environment
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(python: Path, *arguments: str | Path, cwd: Path, **environment: str) -> None:
    """Install this program into an environment, as its owner does."""
    uv = [Path(sys.executable).with_name("uv"), "pip", "install", "--python", python]
    run(*uv, "--no-deps", "--offline", *arguments, cwd=cwd, **environment)


def install_site(site: Path, python: Path, **environment: str) -> None:
    """Run the install step of a site's workflow in an environment."""
    workflow = yaml.safe_load((site / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    steps = {step.get("name"): step.get("run") for step in workflow["jobs"]["build"]["steps"]}
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    run("bash", "-e", "-c", steps["Install"], cwd=site, PATH=path, **environment)


def keep_three_packages(site: Path) -> None:
    """Shorten the locked packages of a site: pip needs a second for all."""
    lock = site / "requirements-locked.txt"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text[: text.index("certifi==")], encoding="utf-8")


@pytest.fixture(scope="session")
def wheel(installed) -> Path:
    """The wheel of this repository."""
    return next(installed.parents[2].glob("*.whl"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """The Python of an environment with all packages but this program."""
    return make_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture
def empty(environment) -> Callable[[], None]:
    """Remove this program from the environment, also before a test."""

    def remove() -> None:
        home = next(environment.parents[1].glob("lib/python*/site-packages"))
        for name in ("pelican/plugins/papers", "pelican/themes/papers", *home.glob("pelican_p*")):
            shutil.rmtree(home / name, ignore_errors=True)
        environment.with_name("pelican-papers").unlink(missing_ok=True)

    remove()
    return remove


@contextmanager
def serve_index(files: dict[str, str]) -> Iterator[str]:
    """Serve an index of packages that has one release; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            is_known = self.path == "/simple/pelican-papers/"
            self.send_response(200 if is_known else 404)
            self.end_headers()
            listed = [{"filename": n, "hashes": {"sha256": h}} for n, h in files.items()]
            self.wfile.write(json.dumps({"files": listed}).encode() if is_known else b"")

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple/"
        finally:
            server.shutdown()
            thread.join()


def read_requirements(site: Path) -> tuple[str, str]:
    """Return the line that names this program, and the first lines of the locked packages."""
    text = (site / "requirements.txt").read_text(encoding="utf-8")
    lock = (site / "requirements-locked.txt").read_text(encoding="utf-8")
    packages = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    start = packages.index("anyio==")
    assert lock.endswith(packages[start:]) and text.count("\n") == 3
    return text.splitlines()[-1], lock[: lock.index("anyio==")]


def test_release_is_pinned(tmp_path, wheel, environment, empty):
    """A site of a release is published with another release, or with altered files."""
    command, site = environment.with_name("pelican-papers"), tmp_path / "s"
    here = ["--no-index", "--find-links", wheel.parent]
    install(environment, *here, "pelican-papers==0.1.0", cwd=tmp_path)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    other = {"pelican_papers-0.1.0.post1-py3-none-any.whl": "0" * 64}
    files = {wheel.name: digest, "pelican_papers-0.1.0.tar.gz": "1" * 64} | other
    with serve_index(files) as address:
        printed = run(command, "init", "s", cwd=tmp_path, PIP_INDEX_URL=address)
    assert "installs pelican-papers 0.1.0 as release 0.1.0 of 127.0.0.1" in printed
    line, own = read_requirements(site)
    assert line == "pelican-papers==0.1.0" and not (site / "vendor").exists()
    assert re.findall(r"sha256:(\w+)", own) == sorted([digest, "1" * 64])
    empty()
    keep_three_packages(site)
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent)}
    install_site(site, environment, **offline)
    assert command.exists()


@nightly("builds the wheel twice")
def test_commit_is_pinned(tmp_path, installed, environment, empty):
    """A site of a commit is published with a release that does not exist, or a later commit."""
    command, site = environment.with_name("pelican-papers"), tmp_path / "s"
    source, repository = installed.parents[2] / "source", tmp_path / "repository"
    git = ["git", f"--git-dir={repository}", f"--work-tree={source}"]
    git += ["-c", "user.name=Ada", "-c", "user.email=ada@a.example"]
    run("git", "init", "-q", "-b", "main", "--bare", repository, cwd=tmp_path)
    run(*git, "add", "-A", cwd=source)
    run(*git, "commit", "-q", "-m", "One", cwd=source)
    commit = run(*git, "rev-parse", "HEAD", cwd=source).strip()
    # What a host would send comes from the repository here.
    address = f"{NOWHERE}/papers.git"
    options = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": address,
        "PIP_NO_BUILD_ISOLATION": "false",
    }
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run(environment, *pip, f"git+{address}@main", cwd=tmp_path, **options)
    run(*git, "commit", "-q", "--allow-empty", "-m", "Two", cwd=source)
    printed = run(command, "init", "s", cwd=tmp_path)
    assert f"as commit {commit[:12]} of {address}" in printed
    line, own = read_requirements(site)
    assert line == f"pelican-papers @ git+{address}@{commit}" and "sha256" not in own
    empty()
    keep_three_packages(site)
    install_site(site, environment, PIP_NO_INDEX="1", **options)
    again = run(command, "init", "again", cwd=tmp_path)
    assert commit[:12] in again and read_requirements(tmp_path / "again")[0] == line


def test_wheel_is_copied(tmp_path, installed, wheel, environment, empty):
    """A site made by a wheel that is on this computer only cannot be built elsewhere."""
    printed = run(installed, "init", "s", cwd=tmp_path)
    assert "as a copy of what is installed here, in vendor/" in printed
    line, own = read_requirements(tmp_path / "s")
    assert line == f"./vendor/{wheel.name}"
    assert (tmp_path / "s/vendor" / wheel.name).read_bytes() == wheel.read_bytes()
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in own
    moved = (tmp_path / "s").rename(tmp_path / "elsewhere")
    install_site(moved, environment, PIP_NO_INDEX="1")
    version = run(environment.with_name("pelican-papers"), "--version", cwd=moved)
    assert version == "pelican-papers 0.1.0\n"


@nightly("downloads all packages")
def test_empty_environment(tmp_path, installed):
    """The locked packages are not all that is needed, or cannot be installed."""
    run(installed, "init", "s", cwd=tmp_path)
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "empty"], check=True)
    install_site(tmp_path / "s", tmp_path / "empty/bin/python")
    done = run(tmp_path / "empty/bin/pelican-papers", "check", cwd=tmp_path / "s")
    assert "No problems" in done


def origin_of(**parts) -> dict:
    return {"url": parts.pop("url"), **parts}


VCS = {"vcs": "git", "commit_id": COMMIT}
ORIGINS = {
    "a commit of a repository here": (
        origin_of(url="file:///home/ada/papers", vcs_info=VCS),
        "a copy of commit 0123456789ab of a repository on this computer, in vendor/",
    ),
    "a commit that needs a key": (
        origin_of(url="ssh://git@a.example/papers.git", vcs_info=VCS),
        "a copy of commit 0123456789ab of ssh://git@a.example/papers.git, which cannot be read",
    ),
    "a folder": (
        origin_of(url="file:///home/ada/papers", dir_info={}), "a copy of what is installed here"
    ),
    "a wheel that is gone": (
        origin_of(url="file:///tmp/gone.whl", archive_info={"hashes": {"sha256": "0" * 64}}),
        "a copy of what is installed here",
    ),
    "a wheel of a host without https": (
        origin_of(url="http://a.example/x.whl", archive_info={"hashes": {"sha256": "0" * 64}}),
        "a copy of what is installed here",
    ),
    "a release that the index lacks": ({}, "because 127.0.0.1 does not have 0.1.0, in vendor/"),
}  # fmt: skip


@pytest.fixture
def distribution(installed, monkeypatch) -> PathDistribution:
    """The installed package, as what runs."""
    home = next(installed.parents[1].glob("lib/python*/site-packages"))
    package = PathDistribution(home / "pelican_papers-0.1.0.dist-info")
    monkeypatch.setattr(installation, "_find_distribution", lambda: package)
    return package


@pytest.mark.parametrize("name", ORIGINS)
def test_other_origins_are_packed(monkeypatch, distribution, wheel, name):
    """A site names what only this computer has, or its wheel lacks files of what is installed."""
    origin, account = ORIGINS[name]
    monkeypatch.setattr(installation, "read_install_origin", lambda: origin)
    monkeypatch.setattr(installation, "_SECONDS", 1)
    with serve_index({"pelican_papers-0.0.9.tar.gz": "0" * 64}) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        pin = installation.find_pin()
    assert account in pin.account and pin.requirement == f"./vendor/{wheel.name}"
    assert pin.hashes == (hashlib.sha256(pin.wheel).hexdigest(),)
    packed, built = zipfile.ZipFile(io.BytesIO(pin.wheel)), zipfile.ZipFile(wheel)
    names = {entry for entry in built.namelist() if not entry.endswith("/")}
    assert set(packed.namelist()) == names and packed.testzip() is None
    assert all(
        packed.read(entry) == built.read(entry) for entry in names if not entry.endswith("RECORD")
    )


@pytest.mark.parametrize(
    ("origin", "requirement", "has_hash", "account"),
    [
        ({}, "pelican-papers==0.1.0", False, "without its hash because 127.0.0.1 does not answer"),
        (
            origin_of(url=f"{NOWHERE}/p.git", vcs_info=VCS),
            f"pelican-papers @ git+{NOWHERE}/p.git@{COMMIT}", False, "commit 0123456789ab of https",
        ),
        (
            origin_of(url=f"{NOWHERE}/x.whl", archive_info={"hashes": {"sha256": "a" * 64}}),
            f"pelican-papers @ {NOWHERE}/x.whl", True, f"the file {NOWHERE}/x.whl",
        ),
    ],
)  # fmt: skip
def test_offline(monkeypatch, distribution, origin, requirement, has_hash, account):
    """Without a network `init` fails, or claims to have verified what it has not."""
    monkeypatch.setattr(installation, "read_install_origin", lambda: origin)
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    pin = installation.find_pin()
    assert pin.requirement == requirement and pin.wheel is None and account in pin.account
    lock = installation.make_requirements(pin)["requirements-locked.txt"].decode()
    assert (f"{requirement} \\\n" in lock) == has_hash == bool(pin.hashes)


def test_hashes_are_added_later(monkeypatch, tmp_path, distribution):
    """A site that was made offline keeps a release without hashes."""
    monkeypatch.setattr(installation, "read_install_origin", lambda: {})
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    write(tmp_path, installation.make_requirements(installation.find_pin()))
    (problem,) = check_requirements(tmp_path)
    assert str(problem) == (
        "requirements-locked.txt: pelican-papers: has no hashes of the release "
        "(run `pelican-papers check --fix` when online)"
    )
    with serve_index({"pelican_papers-0.1.0.tar.gz": "a" * 64}) as address:
        monkeypatch.setenv("PIP_INDEX_URL", address)
        pin = installation.find_pin()
    for path, (_, text) in installation.renew_requirements(tmp_path, pin).items():
        path.write_text(text, encoding="utf-8")
    assert check_requirements(tmp_path) == []
    files = installation.make_requirements(pin)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files


@pytest.mark.parametrize(
    ("pinned", "is_reported"),
    [
        ("pelican-papers==0.0.9", True),
        ("pelican-papers == 0.2.0  # mine", True),
        ("./vendor/pelican_papers-0.0.9-py3-none-any.whl", True),
        (f"pelican-papers @ git+https://a.example/p.git@{'f' * 40}", True),
        ("./vendor/pelican_papers-0.1.0-py3-none-any.whl", False),
        (f"pelican-papers @ git+https://a.example/p.git@{COMMIT}", False),
        ("pelican-papers>=0.1", False),
        ("pelican-papers-extra==0.0.9", False),
        ("", False),
    ],
)
def test_other_pins_are_reported(monkeypatch, tmp_path, pinned, is_reported):
    """A site is published with another release than the one that checks it, without a word."""
    monkeypatch.setattr(renamed_settings, "read_install_origin", lambda: {"vcs_info": VCS})
    write(tmp_path, {"requirements.txt": f"# Mine\n{pinned}\n"})
    problems = check_requirements(tmp_path)
    assert len(problems) == is_reported and all(problem.line == 2 for problem in problems)


def test_repository_is_packed():
    """`python plugins/papers init` names a release that does not exist."""
    pin = installation.find_pin()
    names = zipfile.ZipFile(io.BytesIO(pin.wheel)).namelist()
    assert pin.account == "a wheel built from its repository, in vendor/"
    assert "pelican/plugins/papers/cli/requirements-locked.txt" in names


def test_loose_copy(monkeypatch):
    """A copy of the plugin's folder alone writes requirements that cannot be installed."""
    monkeypatch.setattr(installation, "find_repository", lambda: None)
    with pytest.raises(CommandError, match="install it with pip"):
        installation.find_pin()


def test_upgrade(tmp_path, installed, wheel):
    """After an upgrade a site is published with the old release, or with its packages."""
    run(installed, "init", "s", cwd=tmp_path)
    site = tmp_path / "s"
    names = ["requirements.txt", "requirements-locked.txt"]
    fresh = {name: (site / name).read_text(encoding="utf-8") for name in names}
    old = {name: text.replace("0.1.0", "0.0.9") for name, text in fresh.items()}
    old["requirements-locked.txt"] = old["requirements-locked.txt"].replace("anyio==4", "anyio==3")
    old["requirements.txt"] += "pelican-papers-more\n"
    (site / "vendor" / wheel.name).rename(site / "vendor" / wheel.name.replace("0.1.0", "0.0.9"))
    write(site, old)
    printed = run(installed, "check", cwd=site)
    assert (
        "requirements.txt:3: pelican-papers: the site is published with 0.0.9, and this is 0.1.0 "
        "(run `pelican-papers check --fix`) [notice]" in printed
    )
    assert "requirements.txt" not in run(installed, "check", "--fix", cwd=site)
    assert (
        site / "requirements.txt"
    ).read_text() == f"{fresh['requirements.txt']}pelican-papers-more\n"
    assert (site / "requirements-locked.txt").read_text() == fresh["requirements-locked.txt"]
    assert [path.name for path in (site / "vendor").iterdir()] == [wheel.name]
