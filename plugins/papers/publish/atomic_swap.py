"""Build a site beside the last one, then replace that in one step, or not at all.

Only a folder that a build has made is replaced: it holds the marker `.pelican-papers`, which has a
digest of the folder's path, so that a copy elsewhere is not mistaken for it.

During a build, and after one that was killed, a folder `.pelican-papers-*` lies beside `output`. In
it, `new-site` can be deleted at any time, and `old-site` is a complete site.
"""

import ctypes
import hashlib
import os
import re
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

MARKER = ".pelican-papers"
_MARKER_TEXT = """\
pelican-papers made this folder, and each build replaces everything in it:
keep your own files elsewhere, such as in content/extra/.
{digest}
"""
_GENERATOR = re.compile(rb'<meta name="generator" content="[^"<>]*\bpelican-papers\b')
_LOCKED = "another build of this site is running (wait until it ends)"
_REPLACE_HINT = "choose another folder with --output, or replace everything in it with --replace"


class PublishRefused(ValueError):
    """A new site must not replace the last one; the message says why, and what to do."""


class BuildLocked(RuntimeError):
    """Another build of the same site is running."""


def build_and_swap(
    output: Path,
    build: Callable[[Path], None],
    approve: Callable[[Path, Path], None] | None = None,
    replace: bool = False,
) -> None:
    """Replace `output` by an empty folder into which `build` has written a site.

    `approve` gets that folder and `output`, which need not exist, and raises an error to refuse.
    With `replace`, `output` may be a folder that no build has made, or a link to one. Names with
    a leading dot in `output`, such as `.git`, stay. If anything fails, `output` does not change.
    Raises the errors of `build` and `approve`, PublishRefused if `output` must not be replaced,
    BuildLocked, and OSError if files cannot be written.
    """
    is_link, output = output.is_symlink(), Path(os.path.realpath(output))
    _refuse_unsafe_folder(output)
    is_ours = replace or _is_ours(output)
    if not is_ours:
        _refuse_foreign_folder(output, is_link)
    output.parent.mkdir(parents=True, exist_ok=True)
    with _exclusive_lock(output):
        _clean_up(output)
        try:
            workspace = tempfile.mkdtemp(prefix=f"{_work_name(output)}-", dir=output.parent)
            new = Path(workspace, "new-site")
            new.mkdir()
            build(new)
            if not is_ours:
                _refuse_foreign_files(output, new)
            if approve:
                approve(new, output)
            (new / MARKER).write_text(_marker_text(output), "utf-8")
            _set_modes(new)
            _flush(new)
            _swap(new, output)
            _flush(output)
        finally:
            _clean_up(output)


def _refuse_unsafe_folder(output: Path) -> None:
    """Refuse a folder that no site may replace, whatever it holds."""
    for path, name in ((".", "the folder you work in"), ("~", "your home folder")):
        if Path(os.path.realpath(os.path.expanduser(path))).is_relative_to(output):
            raise PublishRefused(f"{output} is {name} or contains it (choose another folder)")
    if output.exists() and not output.is_dir():
        raise PublishRefused(f"{output} is a file (name a folder)")
    if os.path.ismount(output):
        raise PublishRefused(f"{output} is a whole disk or volume (name a folder in it)")


def _refuse_foreign_folder(output: Path, is_link: bool) -> None:
    """Refuse a folder without the marker, unless it is empty, or its home page may be ours."""
    names = sorted(path.name for path in output.iterdir()) if output.exists() else []
    names = [name for name in names if not name.startswith(".")]
    if not names:
        return
    if is_link:
        raise PublishRefused(
            f"the output folder is a link to {output}, which no build of this site made "
            f"({_REPLACE_HINT})"
        )
    if not _is_page_of_ours(output / "index.html"):
        raise PublishRefused(_describe_foreign_files(output, names))


def _refuse_foreign_files(output: Path, new: Path) -> None:
    """Refuse a folder without the marker that holds more than a site as `new`.

    Releases before the marker have written such folders, as the command `pelican` does.
    """
    if not output.exists():
        return
    files = (path for path in output.rglob("*") if path.is_symlink() or not path.is_dir())
    names = ((path, path.relative_to(output)) for path in sorted(files))
    foreign = [
        name.as_posix()
        for path, name in names
        if not name.parts[0].startswith(".") and not _is_file_of_ours(path, new / name)
    ]
    if foreign:
        raise PublishRefused(_describe_foreign_files(output, foreign))


def _describe_foreign_files(output: Path, names: list[str]) -> str:
    others = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return (
        f"{output} contains files that no build of this site made: "
        f"{', '.join(names[:3])}{others} ({_REPLACE_HINT})"
    )


def _is_file_of_ours(path: Path, new: Path) -> bool:
    """Tell whether a build has written a file, or whether the new site has the same one."""
    if path.is_symlink() or not path.is_file():
        return False
    if path.suffix == ".html":
        is_same = new.is_file() and path.read_bytes() == new.read_bytes()
        return is_same or _is_page_of_ours(path)
    return new.is_file()


def _is_page_of_ours(path: Path) -> bool:
    """Tell whether the head of a page names this plugin."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return bool(_GENERATOR.search(file.read(4096)))


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder holds the marker of a build that was made for this place."""
    marker, text = folder / MARKER, _marker_text(folder).encode()
    if marker.is_symlink() or not marker.is_file():
        return False
    with marker.open("rb") as file:
        return file.read(len(text) + 1) == text


def _marker_text(output: Path) -> str:
    return _MARKER_TEXT.format(digest=_digest(output))


def _work_name(output: Path) -> str:
    """Return how the names of the files begin that builds make beside an output folder."""
    return f"{MARKER}-{_digest(output)[:16]}"


def _digest(output: Path) -> str:
    """Return a digest of a folder's path; the path itself would be published with the marker."""
    return hashlib.sha256(os.fsencode(os.path.normcase(output))).hexdigest()


@contextmanager
def _exclusive_lock(output: Path) -> Iterator[None]:
    """Hold a lock beside a folder, which the system releases if the build is killed."""
    path = output.with_name(f"{_work_name(output)}.lock")
    with open(path, "ab", opener=_open_no_link) as file:
        if not _lock(file, path):
            raise BuildLocked(_LOCKED)
        try:
            yield
        finally:
            if os.name == "nt":
                file.close()  # Windows does not delete open files.
            with suppress(OSError):
                path.unlink()


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)


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


def _clean_up(output: Path) -> None:
    """Delete what builds of `output` have left; a complete site is in place at each moment.

    The names of their folders hold a digest of the output folder's path: no other folder has such
    a name, nor has a copy of one elsewhere.
    """
    for workspace in output.parent.glob(f"{_work_name(output)}-*"):
        if workspace.is_symlink() or not workspace.is_dir():
            continue
        old = workspace / "old-site"
        if old.is_dir() and not old.is_symlink():
            _recover(old, output)
        # The next build tries again what cannot be deleted.
        shutil.rmtree(workspace, ignore_errors=True)


def _recover(old: Path, output: Path) -> None:
    """Put a complete site in its place if there is none, or else its entries like `.git`."""
    if not output.exists():
        old.rename(output)
        return
    for path in list(old.iterdir()):
        is_entry = path.name.startswith(".") and path.name != MARKER
        if is_entry and not os.path.lexists(output / path.name):
            path.rename(output / path.name)
    # It is no longer complete, and must not be restored.
    old.rename(old.with_name("deleted-site"))


def _swap(new: Path, output: Path) -> None:
    """Replace the last site by a new one; the last one, if there is any, becomes `old-site`."""
    if not output.exists():
        new.rename(output)
        return
    # Renamed before: a build killed right after the swap must not leave `.git` in `new-site`.
    old = new.rename(new.with_name("old-site"))
    if not _exchange(old, output):
        old.rename(new)
        output.rename(old)
        new.rename(output)


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
    os.chmod(site, 0o755)
    folders = [str(site)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    continue
                if entry.is_dir():
                    folders.append(entry.path)
                mode = 0o755 if entry.is_dir() else 0o644
                if entry.stat(follow_symlinks=False).st_mode & 0o7777 != mode:
                    os.chmod(entry.path, mode)


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
