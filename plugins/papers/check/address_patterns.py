"""The patterns of addresses and files in the settings: their fields, and where they lead."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from string import Formatter
from types import SimpleNamespace

from .setting_forms import is_inside

_NAMES = re.compile(r".*_(?:SAVE_AS|URL)|(?:.*_)?FEED_(?:.*_)?(?:ATOM|RSS)(?:_URL)?")
# Pelican asks for these patterns wherever a template of their name is printed.
_REQUIRED = ("ARCHIVES_SAVE_AS", "SEARCH_SAVE_AS")
_CONTENT_FIELDS = set(
    "author base_name category date extension folder lang name number page_name path slug tag "
    "title url save_as status period".split()
)
# The fields of patterns that are for other things than texts.
_FIELDS = (
    (re.compile(r"(?:YEAR|MONTH|DAY)_ARCHIVE_.*"), ("date",)),
    (re.compile(r"(?:AUTHOR|CATEGORY|TAG)_FEED_.*"), ("slug",)),
    (re.compile(r"TRANSLATION_FEED_.*"), ("lang",)),
    (re.compile(r"(?:FEED|.*_FEED)_.*"), ()),
)
_OBJECT = SimpleNamespace(slug="a", name="a")
_EXAMPLES = {
    "author": _OBJECT, "category": _OBJECT, "tag": _OBJECT, "number": 1,
    "date": datetime(2026, 2, 3, tzinfo=UTC), "period": (2026, 2, 3),
}  # fmt: skip
_MAX_ADDRESS = 1000


def check_address_patterns(
    settings: Mapping, checked: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the names of patterns that give no address within the site, and what is wrong.

    The types of those in `checked` have been checked.
    """
    tables = [settings.get("DEFAULT_METADATA")]
    if isinstance(paths := settings.get("EXTRA_PATH_METADATA"), Mapping):
        tables += paths.values()
    fields = _CONTENT_FIELDS.union(*(table for table in tables if isinstance(table, Mapping)))
    for name, pattern in settings.items():
        if not _NAMES.fullmatch(name):
            continue
        if isinstance(pattern, str):
            own = next((own for names, own in _FIELDS if names.fullmatch(name)), fields)
            for message in _check_pattern(name, pattern, own):
                yield name, message
        elif name not in checked and (name in _REQUIRED or pattern not in (None, False)):
            yield name, "is no text (write a path between quotes)"


def _check_pattern(name: str, pattern: str, fields: Collection[str]) -> Iterator[str]:
    if not name.endswith("_URL") and not is_inside(pattern):
        yield f'"{pattern[:40]}" is outside the site (write a path within it)'
        return
    if "{" not in pattern and "}" not in pattern:
        return
    try:
        used = [field for _, field, _, _ in Formatter().parse(pattern) if field]
    except ValueError as error:
        yield f'"{pattern}" is no pattern: {error} (write news/{{slug}}/)'
        return
    unknown = [field for field in used if re.split(r"[.\[]", field)[0] not in fields]
    example = f"write {{{next(iter(fields))}}}" if len(fields) == 1 else "write {slug}"
    for field in unknown:
        first = re.split(r"[.\[]", field)[0]
        yield f"{{{first}}} is given by no text ({example if fields else 'take it away'})"
    if not unknown and not _can_format(pattern, fields):
        yield f'"{pattern[:40]}" is no pattern (write news/{{slug}}/)'


def _can_format(pattern: str, fields: Collection[str]) -> bool:
    values = dict.fromkeys(fields, "a") | {
        field: value for field, value in _EXAMPLES.items() if field in fields
    }
    try:
        return len(pattern.format(**values)) < _MAX_ADDRESS
    except (AttributeError, LookupError, MemoryError, OverflowError, TypeError, ValueError):
        return False
