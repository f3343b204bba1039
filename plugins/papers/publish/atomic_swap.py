"""Build a site beside the last one, then replace that in one step, or not at all.

During a build, and after one that was killed, the folder `output.new` lies beside `output`. In it,
`new-*` can be deleted at any time, and `old-*` is a complete site.
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

_LOCKED = "another build of this site is running (wait until it ends)"


class PublishRefused(ValueError):
    """A new site must not replace the last one; the message says why, and what to do."""


class BuildLocked(RuntimeError):
    """Another build of the same site is running."""


def build_and_swap(
    output: Path,
    build: Callable[[Path], None],
    approve: Callable[[Path, Path], None] | None = None,
) -> None:
    """Replace `output` by an empty folder into which `build` has written a site.

    `approve` gets that folder and `output`, which need not exist, and raises an error to refuse.
    Names with a leading dot in `output`, such as `.git`, stay. If anything fails, `output` does
    not change. Raises the errors of `build` and `approve`, PublishRefused if `output` is not a
    folder for a site, BuildLocked, and OSError if files cannot be written.
    """
    output = output.resolve()
    _refuse_unsafe_folder(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    workspace = output.with_name(f"{output.name}.new")
    with _exclusive_lock(workspace):
        _clean_up(workspace, output)
        try:
            new = Path(tempfile.mkdtemp(prefix="new-", dir=workspace))
            build(new)
            if approve:
                approve(new, output)
            _set_modes(new)
            _flush(new)
            _swap(new, output)
            _flush(output)
        finally:
            _clean_up(workspace, output)


def _refuse_unsafe_folder(output: Path) -> None:
    """Refuse a folder that does not hold a site, as its files would be deleted."""
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
def _exclusive_lock(workspace: Path) -> Iterator[None]:
    """Create a folder and hold a lock in it, which the system releases if the build is killed."""
    workspace.mkdir(exist_ok=True)
    path = workspace / "lock"
    try:
        file = path.open("wb")
    except FileNotFoundError:
        raise BuildLocked(_LOCKED) from None
    with file:
        if not _lock(file, path):
            raise BuildLocked(_LOCKED)
        try:
            yield
        finally:
            if os.name == "nt":
                file.close()  # Windows does not delete open files.
            with suppress(OSError):
                path.unlink()
                workspace.rmdir()


def _lock(file: BinaryIO, path: Path) -> bool:
    """Lock a file; return False if another build has locked or deleted it."""
    try:
        if os.name == "nt":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except (BlockingIOError, PermissionError, FileNotFoundError):
        return False


def _clean_up(workspace: Path, output: Path) -> None:
    """Delete what any build has left; a complete site is in place at each moment."""
    for old in list(workspace.glob("old-*")):
        if not output.exists():
            old.rename(output)
            continue
        for path in [path for path in old.iterdir() if path.name.startswith(".")]:
            if not os.path.lexists(output / path.name):
                path.rename(output / path.name)
        # It is no longer complete, and must not be restored.
        old.rename(_renamed(old, "new"))
    for new in workspace.glob("new-*"):
        # The next build tries again what cannot be deleted.
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, output: Path) -> None:
    """Replace the last site by a new one; the last one, if there is any, becomes an `old-*`."""
    if not output.exists():
        new.rename(output)
        return
    # Renamed before: a build killed right after the swap must not leave `.git` in a `new-*`.
    old = new.rename(_renamed(new, "old"))
    if not _exchange(old, output):
        old.rename(new)
        output.rename(old)
        new.rename(output)


def _renamed(folder: Path, prefix: str) -> Path:
    return folder.with_name(f"{prefix}-{folder.name.partition('-')[2]}")


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; return False if system or file system cannot."""
    names = os.fsencode(first), os.fsencode(second)
    # AT_FDCWD and RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS.
    if renameat2 := _c_function("renameat2"):
        return renameat2(-100, names[0], -100, names[1], 2) == 0
    if renamex_np := _c_function("renamex_np"):
        return renamex_np(*names, 2) == 0
    return False


def _c_function(name: str) -> Callable[..., int] | None:
    """Return a function of the system's C library, or None."""
    return None if os.name == "nt" else getattr(ctypes.CDLL(None, use_errno=True), name, None)


def _set_modes(site: Path) -> None:
    """Make all files readable for a web server, whatever the umask is."""
    for path in [site, *site.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def _flush(site: Path) -> None:
    """Write a site to the disk; after a power cut, files could be there without their bytes."""
    if syncfs := _c_function("syncfs"):
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
