"""Whether a file would be what it was: digests of all that it is made of."""

import hashlib
import os
import re
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

from .run_state import RUN_STATE

# What no file of a site depends on, or what stands in the digests otherwise.
_APART = (
    "OUTPUT_PATH",
    "CACHE_PATH",
    "LAST_OUTPUT",
    "WRITER",
    "PREVIEW",
    "PROFILE",
    RUN_STATE,
)
_AT = re.compile(r" at 0x[0-9a-f]+")


def only_our_plugin(settings: Mapping) -> bool:
    """Tell whether no other plugin has a say: what that reads, nobody else knows."""
    return len(settings["PLUGINS"]) == 1


def digest(*facts: object) -> str:
    """Return what tells facts from others that are not the same."""
    told = hashlib.blake2b(digest_size=16)
    for fact in facts:
        told.update(fact if isinstance(fact, bytes) else repr(fact).encode("utf-8", "replace"))
        told.update(b"\0")
    return told.hexdigest()


def settings_digest(settings: Mapping) -> str:
    """Return a digest of settings, of the code that reads them, and of the packages it uses."""
    given = sorted(
        (key, describe_value(value)) for key, value in settings.items() if key not in _APART
    )
    return digest(given, *_code())


def describe_value(value: object) -> str:
    """Return a value in words: functions by their names, for their code is known otherwise."""
    if isinstance(value, Mapping):
        items = [(str(key), describe_value(each)) for key, each in value.items()]
        return repr(sorted(items))
    if isinstance(value, list | tuple):
        return repr([describe_value(each) for each in value])
    if isinstance(value, set | frozenset):
        return repr(sorted(describe_value(each) for each in value))
    name = getattr(value, "__qualname__", None)
    return f"{value.__module__}.{name}" if name else _AT.sub("", repr(value))


def _code() -> Iterator[bytes]:
    """Yield the code that is no package's, and the names of the packages, with versions."""
    yield sys.version.encode()
    packages = {sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib")}
    for folder in sorted(packages):
        found = os.listdir(folder) if os.path.isdir(folder) else []
        yield "\n".join(sorted(name for name in found if "-info" in name)).encode()
    apart = tuple(os.path.join(folder, "") for folder in packages)
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    own = {file for file in files if file.endswith(".py") and not file.startswith(apart)}
    own |= {str(path) for path in Path(__file__).parents[1].rglob("*.py")}
    for file in sorted(own):
        if os.path.isfile(file):
            yield file.encode()
            yield Path(file).read_bytes()
