"""The variables of the environment that a build reads."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

_SWITCHES = ("RAW_HTML", "ALLOW_LOSS")


def build_time() -> datetime:
    """Return the time of the build in UTC, or that of SOURCE_DATE_EPOCH where it is valid."""
    return _parse_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")) or datetime.now(UTC)


def check_environment() -> Iterator[tuple[str, str]]:
    """Yield the names of variables with an invalid value, and what is wrong with it."""
    for name in _SWITCHES:
        value = os.environ.get(name, "")
        if value not in ("", "yes", "no"):
            yield name, f'is "{value[:40]}" in the environment (set it to yes or no)'
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not _parse_epoch(epoch):
        message = "is not a number of seconds since 1970 in the environment (unset it, or take"
        yield "SOURCE_DATE_EPOCH", f'"{epoch[:40]}" {message} 1770000000)'


def _parse_epoch(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (OSError, OverflowError, ValueError):
        return None
