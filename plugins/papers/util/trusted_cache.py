"""A folder of files that earlier builds made, and that anybody may have changed since."""

import hashlib
import hmac
import os
import stat
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from .files import replace_file

_KEY_SIZE = 32
# Where no key can be stored, what this process has made is all that it trusts.
_PROCESS_KEY = os.urandom(_KEY_SIZE)
# In bytes; no cache of ours is as large.
_MAX_SIZE = 1 << 30
_TAG_SUFFIX = ".tag"


class TrustedCache:
    """Files that were made by this user, and not changed since; all others count as missing.

    Beside each file lies its tag: a digest of its name and bytes that only the owner of the key
    can compute. The key lies in the user's state folder, outside any project. Links, files of
    other users, and what is not a regular file are not read.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the path of a file, which need not exist; `name` is relative to the folder."""
        return self.folder / name

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None where it is missing or not to be trusted."""
        if self._has_link(name):
            return None
        path = self.path(name)
        data, tag = read_own_file(path), read_own_file(_tag_path(path))
        if data is None or tag is None or not hmac.compare_digest(tag, self._tag(name, data)):
            return None
        return data

    def write(self, name: str, data: bytes) -> bool:
        """Write a file and its tag; tell whether that was possible."""
        if self._has_link(name):
            return False
        if self._key == _PROCESS_KEY:
            self._key = _create_key() or _PROCESS_KEY
        path = self.path(name)
        try:
            # After a power cut, what is not whole has another tag.
            replace_file(path, data, flush=False)
            replace_file(_tag_path(path), self._tag(name, data), flush=False)
        except OSError:
            return False
        return True

    def delete(self, name: str) -> None:
        """Delete a file, if that is possible; its tag is of no use without it."""
        if not self._has_link(name):
            with suppress(OSError):
                self.path(name).unlink()

    def _has_link(self, name: str) -> bool:
        """Tell whether the folder of the cache, or one between it and a file, is a link."""
        return any(self.path(folder).is_symlink() for folder in Path(name).parents)

    def _tag(self, name: str, data: bytes) -> bytes:
        digest = hashlib.blake2b(name.encode() + b"\0", digest_size=32, key=self._key)
        digest.update(data)
        return digest.hexdigest().encode()

    @cached_property
    def _key(self) -> bytes:
        return _read_key() or _PROCESS_KEY


def read_own_file(path: Path, max_size: int = _MAX_SIZE, refused_mode: int = 0) -> bytes | None:
    """Return the bytes of a regular file of this user; None for a link and whatever else.

    None, too, for a file with one of the permissions `refused_mode`.
    """
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    try:
        # Windows has no O_NOFOLLOW, and neither owners nor permissions that Python knows.
        if not hasattr(os, "O_NOFOLLOW") and path.is_symlink():
            return None
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size > max_size:
                return None
            if os.name == "posix":
                if status.st_uid != os.geteuid() or status.st_mode & refused_mode:
                    return None
            with open(descriptor, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return None


def _tag_path(path: Path) -> Path:
    return path.with_name(path.name + _TAG_SUFFIX)


def _key_file() -> Path | None:
    """Return where the key lies, or None where the user has no home.

    See the XDG Base Directory Specification, which has relative paths ignored.
    """
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        if os.path.isabs(folder := os.environ.get(name, "")):
            return Path(folder, "pelican-papers", "cache-key")
    home = os.path.expanduser("~")
    state = Path(home, ".local", "state", "pelican-papers", "cache-key")
    return state if os.path.isabs(home) else None


def _read_key() -> bytes | None:
    """Return the key, unless others may know it."""
    file = _key_file()
    key = read_own_file(file, _KEY_SIZE, refused_mode=0o077) if file else None
    return key if key and len(key) == _KEY_SIZE else None


def _create_key() -> bytes | None:
    """Store a new key, unless there is one; return it, or None where that is not possible."""
    file, key = _key_file(), _read_key()
    if key or not file:
        return key
    new = file.with_name(f"{file.name}-{os.urandom(8).hex()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(new, os.urandom(_KEY_SIZE), mode=0o600)
        # Of several processes that begin at the same time, the first one's key is everybody's.
        with suppress(OSError):
            os.link(new, file)
        if key := _read_key():
            new.unlink()
        else:
            os.replace(new, file)
    except OSError:
        return None
    return key or _read_key()
