"""How this program is installed, and how a site can install the same elsewhere.

A site has two files. `requirements.txt` names this program in one line, and the plugins that the
site's owner adds. `requirements-locked.txt` has every package with its hashes: pip verifies hashes
for all lines of a file or for none, and a commit of a repository has no hash.
"""

import base64
import csv
import hashlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..model import CommandError
from ..util import (
    PACKAGE,
    LazyPattern,
    find_repository,
    read_install_origin,
    replace_file,
    version_of,
)

REQUIREMENTS, LOCK = "requirements.txt", "requirements-locked.txt"
VENDOR = "vendor"
_LOCK_FILE = Path(__file__).with_name(LOCK)
_WHEEL_NAME = PACKAGE.replace("-", "_")
# The lines of requirements.txt that name this program.
_OWN_LINE = LazyPattern(
    rf"^[ \t]*(?:{PACKAGE}(?![\w.-])|\./{VENDOR}/{_WHEEL_NAME}-).*$", re.MULTILINE
)
_ACCOUNT_LINE = LazyPattern(rf"^# This site is built with {PACKAGE} .*$", re.MULTILINE)
# The index, as pip and uv are reported it.
_INDEX_VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX")
_PYPI = "https://pypi.org/simple"
_JSON = "application/vnd.pypi.simple.v1+json"
_SECONDS = 10
# What an installer adds to the files of a wheel.
_INSTALLER_FILES = {
    "RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_build.json", "uv_cache.json",
}  # fmt: skip
# What builds a wheel without a download: see build-system in pyproject.toml.
_BUILD_PACKAGES = ("hatchling", "hatch_fancy_pypi_readme")
_REQUIREMENTS_TEXT = """\
# This site is built with {package} {version}: {account}.
# Add other Pelican plugins below, one on each line. {lock} lists all packages with their hashes.
{requirement}
"""
_LOCK_TEXT = """\
# All packages that build this site, with their hashes. Written for {package} {version};
# after an upgrade, `{package} check --fix` writes this file again.
{own}{packages}"""


class Pin(NamedTuple):
    """How a site installs this program: a line, hashes if it has some, a wheel, and words."""

    requirement: str
    account: str
    hashes: tuple[str, ...] = ()
    wheel: bytes | None = None

    @property
    def wheel_path(self) -> str:
        """The path of the wheel in a site."""
        return self.requirement.removeprefix("./")


def find_pin() -> Pin:
    """Return how a site can install what runs here; raises CommandError where it cannot.

    That is a release by its version, a repository by its commit, and anything else by its wheel.
    """
    if (installed := _find_distribution()) is None:
        if (repository := find_repository()) is None:
            hint = f"install it with pip, then run `{PACKAGE} init`"
            raise CommandError(f"the packages that this program needs are not known here ({hint})")
        return _pin_wheel(*_build_wheel(repository), "a wheel built from its repository")
    origin = read_install_origin()
    address, details = str(origin.get("url", "")), origin.get("archive_info") or {}
    if not origin:
        return _pin_release(installed)
    if commit := (origin.get("vcs_info") or {}).get("commit_id"):
        return _pin_commit(installed, origin["vcs_info"].get("vcs", "git"), address, commit)
    digest = (details.get("hashes") or {}).get("sha256", "")
    if address.startswith("https://") and digest and _is_public(address) is not False:
        return Pin(f"{PACKAGE} @ {address}", f"the file {address}", (digest,))
    name, data = _read_wheel(address, digest)
    if data is None:
        name, data = _pack_wheel(installed)
    return _pin_wheel(name, data, "a copy of what is installed here")


def make_requirements(pin: Pin) -> dict[str, bytes]:
    """Return the files of a site that install what was pinned, by their paths in it."""
    files = {
        REQUIREMENTS: _make_requirements(pin).encode(),
        LOCK: _make_lock(pin).encode(),
    }
    return files if pin.wheel is None else files | {pin.wheel_path: pin.wheel}


def renew_requirements(folder: Path, pin: Pin) -> dict[Path, tuple[str, str]]:
    """Return the texts before and after of the requirements of a site that is to have this pin.

    A site without locked packages has none, and its owner's own lines stay.
    """
    if not (folder / LOCK).is_file():
        return {}
    texts = {name: (folder / name).read_text("utf-8", "replace") for name in (REQUIREMENTS, LOCK)}
    account = _make_requirements(pin).partition("\n")[0]
    changed = _ACCOUNT_LINE.sub(lambda _: account, texts[REQUIREMENTS], count=1)
    changed = _OWN_LINE.sub(lambda _: pin.requirement, changed, count=1)
    after = {REQUIREMENTS: changed, LOCK: _make_lock(pin)}
    return {folder / name: (texts[name], text) for name, text in after.items()}


def replace_wheel(folder: Path, pin: Pin) -> None:
    """Write the wheel of a site that has one, and remove those of other versions."""
    for path in (folder / VENDOR).glob(f"{_WHEEL_NAME}-*.whl"):
        if pin.wheel is None or path.name != Path(pin.wheel_path).name:
            path.unlink()
    if pin.wheel is not None:
        replace_file(folder / pin.wheel_path, pin.wheel)


def describe_pin(pin: Pin) -> str:
    """Return what a site installs, in words for its owner."""
    text = f"The site installs {PACKAGE} {version_of(PACKAGE)} as {pin.account}"
    return f"{text}; {LOCK} lists all other packages with their hashes."


def _make_requirements(pin: Pin) -> str:
    """Return the file that names this program."""
    return _REQUIREMENTS_TEXT.format(
        package=PACKAGE,
        version=version_of(PACKAGE),
        account=pin.account,
        lock=LOCK,
        requirement=pin.requirement,
    )


def _make_lock(pin: Pin) -> str:
    """Return the packages of a site, with their hashes, and this one where it has any."""
    file = _LOCK_FILE
    if not file.is_file() and (repository := find_repository()):
        file = repository / REQUIREMENTS
    packages = re.sub(r"^#.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    hashes = "".join(f" \\\n    --hash=sha256:{digest}" for digest in pin.hashes)
    own = f"{pin.requirement}{hashes}\n" if hashes else ""
    version = version_of(PACKAGE)
    return _LOCK_TEXT.format(package=PACKAGE, version=version, own=own, packages=packages)


def _find_distribution() -> Distribution | None:
    """Return the installed package that this module is part of, None in a repository."""
    try:
        installed = distribution(PACKAGE)
    except PackageNotFoundError:
        return None
    own = Path(__file__).resolve()
    names = [file for file in installed.files or () if file.name == own.name]
    return installed if any(Path(file.locate()).resolve() == own for file in names) else None


def _pin_release(installed: Distribution) -> Pin:
    """Pin a release, or the wheel of one that the index does not have."""
    version, index = installed.version, _find_index()
    hashes = _ask_hashes(index, version)
    host = urlsplit(index).hostname or index
    if hashes is None:
        account = f"release {version}, without its hash because {host} does not answer"
        return Pin(f"{PACKAGE}=={version}", account)
    if hashes:
        return Pin(f"{PACKAGE}=={version}", f"release {version} of {host}", tuple(hashes))
    account = f"a copy of what is installed here, because {host} does not have {version}"
    return _pin_wheel(*_pack_wheel(installed), account)


def _find_index() -> str:
    addresses = [os.environ.get(name, "").strip().rstrip("/") for name in _INDEX_VARIABLES]
    return next((text for text in addresses if text.startswith(("https://", "http://"))), _PYPI)


def _ask_hashes(index: str, version: str) -> list[str] | None:
    """Return the hashes of a release's files; [] if it is not there, None without an answer."""
    import httpx

    try:
        response = httpx.get(
            f"{index}/{PACKAGE}/",
            headers={"Accept": _JSON},
            timeout=_SECONDS,
            follow_redirects=True,
        )
        if response.status_code == 404:
            return []
        files = response.raise_for_status().json()["files"]
        return sorted(
            file["hashes"]["sha256"]
            for file in files
            if re.fullmatch(
                rf"{_WHEEL_NAME}-{re.escape(version)}(-.*\.whl|\.tar\.gz)", file["filename"]
            )
        )
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, LookupError, TypeError):
        return None


def _pin_commit(installed: Distribution, vcs: str, address: str, commit: str) -> Pin:
    """Pin a commit of a public repository, or else the wheel that was built from it."""
    short = commit[:12]
    if address.startswith("file:"):
        reason = f"commit {short} of a repository on this computer"
    elif not address.startswith("https://"):
        reason = f"commit {short} of {address}, which cannot be read without a key"
    elif _is_public(f"{address}/info/refs?service=git-upload-pack") is False:
        reason = f"commit {short} of {address}, which is not public"
    else:
        return Pin(f"{PACKAGE} @ {vcs}+{address}@{commit}", f"commit {short} of {address}")
    return _pin_wheel(*_pack_wheel(installed), f"a copy of {reason}")


def _is_public(address: str) -> bool | None:
    """Tell whether an address answers without a password; None where nothing answers."""
    import httpx

    try:
        with httpx.stream("GET", address, timeout=_SECONDS, follow_redirects=True) as response:
            return response.is_success
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return None


def _pin_wheel(name: str, data: bytes, account: str) -> Pin:
    digest = hashlib.sha256(data).hexdigest()
    return Pin(f"./{VENDOR}/{name}", f"{account}, in {VENDOR}/", (digest,), data)


def _read_wheel(address: str, digest: str) -> tuple[str, bytes | None]:
    """Return the name and bytes of a local wheel, None if it is not that with the hash."""
    parts = urlsplit(address)
    path = Path(url2pathname(parts.path))
    if parts.scheme != "file" or path.suffix != ".whl" or not path.is_file():
        return "", None
    data = path.read_bytes()
    is_same = not digest or hashlib.sha256(data).hexdigest() == digest
    return path.name, data if is_same else None


def _pack_wheel(installed: Distribution) -> tuple[str, bytes]:
    """Return the name and bytes of a wheel with the files of an installed package."""
    folder = f"{_WHEEL_NAME}-{installed.version}.dist-info"
    contents = {}
    for file in sorted(installed.files or (), key=str):
        name = file.as_posix()
        added = name.startswith(f"{folder}/") and file.name in _INSTALLER_FILES
        # Programs in bin/ come from entry_points.txt.
        if not (added or ".." in file.parts or file.suffix == ".pyc"):
            contents[name] = file.read_binary()
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        rows.writerow([name, f"sha256={digest}", len(data)])
    rows.writerow([f"{folder}/RECORD", "", ""])
    contents[f"{folder}/RECORD"] = record.getvalue().encode()
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in contents.items():
            # The same bytes, whenever it is packed.
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return f"{_WHEEL_NAME}-{installed.version}-py3-none-any.whl", wheel.getvalue()


def _build_wheel(repository: Path) -> tuple[str, bytes]:
    """Return the name and bytes of the wheel of a repository, built by what is at hand."""
    with tempfile.TemporaryDirectory() as folder:
        python = [sys.executable, "-m"]
        if all(map(importlib.util.find_spec, _BUILD_PACKAGES)):
            command = [*python, "hatchling", "build", "-t", "wheel", "-d", folder]
        elif importlib.util.find_spec("pip"):
            command = [*python, "pip", "wheel", "--quiet", "--no-deps", "-w", folder, "."]
        else:
            command = [shutil.which("uv") or "uv", "build", "--wheel", "--out-dir", folder, "."]
        try:
            done = subprocess.run(command, cwd=repository, capture_output=True, text=True)
            reason = done.stderr.strip().splitlines()[-1:] if done.returncode else []
        except OSError as error:
            reason = [str(error)]
        if wheel := next(Path(folder).glob("*.whl"), None):
            return wheel.name, wheel.read_bytes()
    hint = f"connect to the Internet, or install {PACKAGE} and run `{PACKAGE} init`"
    raise CommandError(
        f"no wheel can be built from {repository}: {' '.join(reason) or 'unknown reason'} ({hint})"
    )
