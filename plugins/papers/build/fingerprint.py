"""Digests of values, of settings, and of the code that makes a site."""

import hashlib
import os
import sys
import sysconfig
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from blinker import Signal
from pelican import signals

from ..util import LazyPattern
from .run_state import RUN_STATE

# No page depends on these.
_IGNORED_SETTINGS = (
    "OUTPUT_PATH", "CACHE_PATH", "THEME_STATIC_PATHS", "ACCEPTED_NOTICES", RUN_STATE
)  # fmt: skip
_MEMORY_ADDRESS = LazyPattern(r" at 0x[0-9a-f]+")
_PACKAGE_FOLDERS = sorted({sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")})
_PLUGIN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_PACKAGE = __name__.removesuffix(".build.fingerprint")


def only_our_plugin(settings: Mapping) -> bool:
    """Tell whether a build runs no code of others: no other plugin, no receiver of a signal.

    What such code reads, stores and changes is unknown. So where there is some, nothing of the
    last build is used, and pages are written one after the other, as Pelican does it.
    """
    return len(settings["PLUGINS"]) == 1 and all(
        is_ours(receiver)
        for signal in vars(signals).values()
        for receiver in list_receivers(signal)
    )


def list_receivers(signal: object) -> list[Callable]:
    """Return all that is connected to a signal."""
    receivers = signal.receivers.values() if isinstance(signal, Signal) else ()
    # Most are weak references.
    alive = (each() if isinstance(each, weakref.ref) else each for each in list(receivers))
    return [receiver for receiver in alive if receiver is not None]


def is_ours(receiver: Callable) -> bool:
    """Tell whether a function is one of this plugin."""
    module = getattr(receiver, "__module__", None) or ""
    return module == _PACKAGE or module.startswith(f"{_PACKAGE}.")


def digest(*values: object) -> str:
    """Return a digest of values; each is bytes, or has a `repr` that tells it from others."""
    state = hashlib.blake2b(digest_size=16)
    for value in values:
        state.update(value if isinstance(value, bytes) else repr(value).encode("utf-8", "replace"))
        state.update(b"\0")
    return state.hexdigest()


def settings_digest(settings: Mapping) -> str:
    """Return a digest of settings, of the code that reads them, and of the packages it uses."""
    values = sorted(
        (key, describe_value(value))
        for key, value in settings.items()
        if key not in _IGNORED_SETTINGS
    )
    return digest(values, sys.version, *_list_packages(), *_digest_code())


def describe_value(value: object) -> str:
    """Return a text that tells values apart; a function's is its name, without its code."""
    if isinstance(value, Mapping):
        items = [(str(key), describe_value(item)) for key, item in value.items()]
        return repr(sorted(items))
    if isinstance(value, list | tuple):
        return repr([describe_value(item) for item in value])
    if isinstance(value, set | frozenset):
        return repr(sorted(describe_value(item) for item in value))
    name = getattr(value, "__qualname__", None)
    return f"{value.__module__}.{name}" if name else _MEMORY_ADDRESS.sub("", repr(value))


def _list_packages() -> Iterator[str]:
    """Yield the names and versions of all installed packages, a text for each folder."""
    for folder in _PACKAGE_FOLDERS:
        names = os.listdir(folder) if os.path.isdir(folder) else []
        yield "\n".join(sorted(name for name in names if "-info" in name))


def _digest_code() -> Iterator[str]:
    """Yield the path and a digest of each Python file in use that lies in no installed package."""
    prefixes = tuple(os.path.join(folder, "") for folder in _PACKAGE_FOLDERS)
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    own = {file for file in files if file.endswith(".py") and not file.startswith(prefixes)}
    for folder, folders, names in os.walk(_PLUGIN_FOLDER):
        # No build runs them, and they are half of the code.
        folders[:] = [name for name in folders if name != "importers"]
        own |= {os.path.join(folder, name) for name in names if name.endswith(".py")}
    for file in sorted(own):
        try:
            status = os.stat(file)
        except OSError:
            continue
        yield file
        yield _digest_file(file, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@lru_cache(4096)
def _digest_file(path: str, *_status: int) -> str:
    """Return the digest of a file; its size and times tell when it has to be read again."""
    return digest(Path(path).read_bytes())
