"""The forms that settings must have."""

import re
from collections.abc import Iterator, Mapping
from inspect import signature
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment
from pelican.settings import DEFAULT_CONFIG

from .body import check_scheme
from .files import is_path
from .formulas import FormulaError, mathml

_TEXTS = ("SITENAME", "AUTHOR", "SITEURL", "PUBLICATIONS_URL", "ARCHIVES_URL", "DEFAULT_LANG")
# Settings of Pelican's whose form is free.
_FREE = set(
    "PELICAN_CLASS SUMMARY_MAX_LENGTH PLUGINS TIMEZONE LOCALE DEFAULT_PAGINATION "
    "ARTICLE_ORDER_BY PAGE_ORDER_BY ARTICLE_TRANSLATION_ID PAGE_TRANSLATION_ID".split()
)
# Lists of names.
_NAMES = ("_PATHS", "_EXCLUDES", "_OVERRIDES", "IGNORE_FILES", "DIRECT_TEMPLATES")
# What addresses can be made of.
_FIELDS = set(
    "author base_name category date extension folder lang name number page_name path slug tag "
    "title url save_as status period".split()
)


def check_forms(settings: Mapping) -> Iterator[tuple[str, str, bool]]:
    """Yield the name of each setting of a wrong form, what is wrong, and False: no mere notice."""
    for name, default in DEFAULT_CONFIG.items():
        value = settings.get(name)
        kinds = (list, tuple) if isinstance(default, list | tuple) else type(default)
        if name in _FREE or name in _TEXTS or default is None:
            continue
        if value is None and not (name in settings and _is_needed(name, default)):
            continue
        if isinstance(default, str) and value == "":
            continue
        if not isinstance(value, kinds) and not (
            isinstance(default, str | bool) and value is False
        ):
            yield name, f"is {_kind(value)}, and must be {_kind(default)}", False
        elif name.endswith(_NAMES) and not all(isinstance(each, str | Path) for each in value):
            yield name, "holds more than texts (write each between quotes)", False
    for name in _TEXTS:
        if settings.get(name) is not None and not isinstance(settings[name], str):
            yield name, f'is {_kind(settings[name])} (write {name} = "…")', False
    if not settings.get("SITENAME") or settings.get("SITENAME") == DEFAULT_CONFIG["SITENAME"]:
        yield "SITENAME", 'missing (write SITENAME = "Ada Lovelace")', False
    yield from _patterns(settings)
    known = signature(Environment).parameters
    jinja = settings.get("JINJA_ENVIRONMENT")
    for name in jinja if isinstance(jinja, Mapping) else ():
        if name not in known:
            yield "JINJA_ENVIRONMENT", f'"{name}" is no option of Jinja\'s (take it away)', False
    zone = settings.get("TIMEZONE")
    if zone is not None and not _is_zone(zone):
        yield "TIMEZONE", f'"{zone}" is no time zone (write TIMEZONE = "UTC")', False
    locale = settings.get("LOCALE", "")
    if not isinstance(locale, str) and not _are_texts(locale):
        yield "LOCALE", 'is no name of a locale (write LOCALE = ["C.UTF-8", "C"])', False
    for name, value in settings.items():
        if name.endswith("_TRANSLATION_ID") and value and not _is_text_or_texts(value):
            yield name, 'is no name of metadata (write "slug", a list of such, or None)', False
        if name.endswith("_ORDER_BY") and value and not (isinstance(value, str) or callable(value)):
            yield name, 'is no order (write "date", "reversed-date" and the like)', False
        if name == "DEFAULT_PAGINATION" and value and not isinstance(value, int):
            yield name, "is no number (write DEFAULT_PAGINATION = 10, or False)", False
    owner = settings.get("OWNER")
    if owner is not None and not (isinstance(owner, str) or _are_texts(owner)):
        yield "OWNER", 'is no list of names (write OWNER = ["Ada Lovelace", "A. Lovelace"])', False
    for name in ("SOCIAL", "MENUITEMS"):
        yield from ((name, message, False) for message in _links(settings.get(name), name))
    macros = settings.get("MATH_MACROS")
    if macros is not None:
        if not isinstance(macros, Mapping) or not _are_texts([*macros, *macros.values()]):
            yield (
                "MATH_MACROS",
                'is no table (write MATH_MACROS = {"\\\\RR": r"\\mathbb{R}"})',
                False,
            )
        elif wrong := _macros(macros):
            yield "MATH_MACROS", f"{wrong} (mend it)", False
    if not isinstance(settings.get("RAW_HTML", True), bool):
        yield "RAW_HTML", "is neither True nor False (write RAW_HTML = True)", False


def _is_text_or_texts(value: object) -> bool:
    return isinstance(value, str) or _are_texts(value)


def _is_needed(name: str, default: object) -> bool:
    return name == "THEME" or isinstance(default, list | tuple | dict)


def _patterns(settings: Mapping) -> Iterator[tuple[str, str, bool]]:
    """Find addresses with a name in braces that no content gives a value to."""
    more = [settings.get("DEFAULT_METADATA")]
    if isinstance(paths := settings.get("EXTRA_PATH_METADATA"), Mapping):
        more += paths.values()
    known = _FIELDS.union(*(facts for facts in more if isinstance(facts, Mapping)))
    for name, value in settings.items():
        if not (name.endswith(("_URL", "_SAVE_AS")) and isinstance(value, str) and "{" in value):
            continue
        try:
            fields = [
                re.split(r"[.\[]", field)[0] for _, field, _, _ in Formatter().parse(value) if field
            ]
        except ValueError as error:
            yield name, f'"{value}" is no pattern: {error} (write news/{{slug}}/)', False
            continue
        for field in fields:
            if field not in known:
                yield name, f"{{{field}}} is given by no text (write {{slug}})", False


def _is_zone(name: object) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        return False


def _links(value: object, name: str) -> Iterator[str]:
    example = f'{name} = [("Email", "mailto:ada@example.org")]'
    if value is None:
        return
    if not isinstance(value, list | tuple):
        yield f"is no list of pairs (write {example})"
        return
    for item in value:
        if not (isinstance(item, list | tuple) and len(item) == 2 and _are_texts(item)):
            yield f"{str(item)[:40]} is no pair of label and address (write {example})"
            continue
        label, address = item
        if not label.strip():
            yield f'"{address[:40]}" has no label (write {example})'
        if wrong := check_scheme(address):
            yield wrong
        elif name == "SOCIAL" and is_path(address) and not re.match(r"[\w./~-]+$", address):
            yield f'"{address[:40]}" is no address (write https://… or mailto:…)'


def _macros(macros: Mapping[str, str]) -> str | None:
    try:
        mathml("$x$", tuple(macros.items()))
    except FormulaError as error:
        return str(error).removeprefix("MATH_MACROS: ")
    return None


def _are_texts(values: object) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)


def _kind(value: object) -> str:
    names = {str: "a text", bool: "True or False", int: "a number", list: "a list", tuple: "a list"}
    return names.get(type(value), "a table" if isinstance(value, Mapping) else "something else")
