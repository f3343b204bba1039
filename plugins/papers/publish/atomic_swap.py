"""A site is built beside the last one, checked, and takes its place whole or not at all.

While a build runs, and after one that was killed, `output.new` lies beside `output`. In it `new-*`
is what may be deleted at any time, and `old-*` a whole site.
"""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if os.name == "nt":
    import msvcrt
else:
    import fcntl

_BUSY = "another build of this site is running (wait until it ends)"


class PublishRefused(ValueError):
    """A new site is not to take the last one's place; says why, and what to do."""


class BuildLocked(RuntimeError):
    """Another build of the same site is running; says so."""


def build_and_swap(
    output: Path,
    build: Callable[[Path], None],
    approve: Callable[[Path, Path], None] | None = None,
) -> None:
    """Let `build` write a whole site into an empty folder, which then takes the place of `output`.

    `approve` gets that folder and `output`, which need not exist, and raises to refuse. Of the last
    site, only what begins with a dot at its top is kept, as `.git` is. Whatever is raised before
    the swap, `output` stays as it was. Raises what the two do, Refusal where `output` is no folder
    for a site, Busy, and OSError where files cannot be written.
    """
    output = output.resolve()
    _refuse_place(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_name(f"{output.name}.new")
    with _alone(beside):
        _tidy(beside, output)
        try:
            new = Path(tempfile.mkdtemp(prefix="new-", dir=beside))
            build(new)
            if approve:
                approve(new, output)
            _set_modes(new)
            _flush(new)
            _swap(new, output)
            _flush(output)
        finally:
            _tidy(beside, output)


def _refuse_place(output: Path) -> None:
    """Refuse a folder that is no site's: all that lies in it would be deleted."""
    if Path.cwd().is_relative_to(output):
        raise PublishRefused(
            f"{output} is the folder you work in, or above it (name another folder)"
        )
    if output.exists() and not output.is_dir():
        raise PublishRefused(f"{output} is a file (name a folder)")
    if os.path.ismount(output):
        raise PublishRefused(f"{output} is a whole disk or volume (name a folder in it)")
    names = {path.name for path in output.iterdir()} if output.exists() else set()
    if "index.html" not in names and any(not name.startswith(".") for name in names):
        hint = "delete it, or name another folder"
        raise PublishRefused(f"{output} holds files and no index.html, so it is no site ({hint})")


@contextmanager
def _alone(beside: Path) -> Iterator[None]:
    """Hold the lock that lies in a folder made for it; the system frees that of a killed build."""
    beside.mkdir(exist_ok=True)
    path = beside / "lock"
    try:
        file = path.open("wb")
    except FileNotFoundError:
        raise BuildLocked(_BUSY) from None
    with file:
        if not _lock(file, path):
            raise BuildLocked(_BUSY)
        try:
            yield
        finally:
            if os.name == "nt":
                file.close()  # It deletes no open file.
            with suppress(OSError):
                path.unlink()
                beside.rmdir()


def _lock(file: BinaryIO, path: Path) -> bool:
    """Lock a file, unless another build holds it, or has taken it away by now."""
    try:
        if os.name == "nt":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except (BlockingIOError, PermissionError, FileNotFoundError):
        return False


def _tidy(beside: Path, output: Path) -> None:
    """Take away what any build has left, so that from any moment on a whole site is in place."""
    for old in list(beside.glob("old-*")):
        if not output.exists():
            old.rename(output)
            continue
        for path in [path for path in old.iterdir() if path.name.startswith(".")]:
            if not os.path.lexists(output / path.name):
                path.rename(output / path.name)
        # From here on it is no whole site, and is not to be put back.
        old.rename(_renamed(old, "new"))
    for new in beside.glob("new-*"):
        # What cannot be deleted is left to the next build: the site is in place.
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, output: Path) -> None:
    """Put a new site in the place of the last one, which is then an `old-*`, where there is one."""
    if not output.exists():
        new.rename(output)
        return
    # Named beforehand: a build killed right behind the swap must not leave `.git` in a `new-*`.
    old = new.rename(_renamed(new, "old"))
    if not _exchange(old, output):
        old.rename(new)
        output.rename(old)
        new.rename(output)


def _renamed(folder: Path, kind: str) -> Path:
    return folder.with_name(f"{kind}-{folder.name.partition('-')[2]}")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where system or disk know no such thing."""
    names = os.fsencode(one), os.fsencode(other)
    # Flags and numbers are of linux/fs.h and fcntl.h, and of stdio.h of macOS.
    if renameat2 := _system("renameat2"):
        return renameat2(-100, names[0], -100, names[1], 2) == 0
    if renamex_np := _system("renamex_np"):
        return renamex_np(*names, 2) == 0
    return False


def _system(name: str) -> Callable[..., int] | None:
    """Return a function of the system's C library, where it has it."""
    return None if os.name == "nt" else getattr(ctypes.CDLL(None, use_errno=True), name, None)


def _set_modes(site: Path) -> None:
    """Let a web server read all files, whatever the umask was."""
    for path in [site, *site.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def _flush(site: Path) -> None:
    """Have a site on the disk: after a power cut, names could be there without their bytes."""
    if syncfs := _system("syncfs"):
        descriptor = os.open(site, os.O_RDONLY)
        failed = syncfs(descriptor) and ctypes.get_errno()
        os.close(descriptor)
        if failed:
            raise OSError(failed, os.strerror(failed), str(site))
        return
    for path in site.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
