"""The form that each setting of Pelican must have, where its type alone says too little."""

import datetime
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from string import Formatter
from types import ModuleType, SimpleNamespace

from jinja2 import Environment
from markdown import Markdown
from pelican.utils import get_date

from .. import defaults
from ..util import LazyPattern

Form = tuple[Callable[[object], bool], str]
# More is in no setting by intention, and some systems have no longer names of files.
_MAX_TEXT = 1000
# What invalid options raise where a library takes them.
_OPTION_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NameError, TypeError,
    ValueError, re.error,
)  # fmt: skip


def is_text(value: object) -> bool:
    """Tell whether a value is a text that can be printed and written into a file."""
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        return False
    return value.isascii() and value.isprintable() or not re.search(r"[\0\ud800-\udfff]", value)


def _is_name(value: object) -> bool:
    return is_text(value) and bool(value.strip())


def _is_folder(value: object) -> bool:
    return _is_name(str(value)) and isinstance(value, str | Path)


def _is_inner_folder(value: object) -> bool:
    return _is_name(value) and is_inside(value)


def is_inside(path: str) -> bool:
    """Tell whether a path stays inside the folder that it begins in."""
    parts = PurePosixPath(path.replace("\\", "/"))
    return not parts.is_absolute() and ".." not in parts.parts


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _is_optional_count(value: object) -> bool:
    return value is None or value is False or _is_count(value)


def _is_pattern(value: object) -> bool:
    try:
        return is_text(value) and bool(re.compile(value))
    except (re.error, RecursionError, OverflowError):
        return False


def _is_link_pattern(value: object) -> bool:
    return _is_pattern(value) and "what" in re.compile(value).groupindex


def _is_substitution(value: object) -> bool:
    if not (isinstance(value, list | tuple) and len(value) in (2, 3) and _is_pattern(value[0])):
        return False
    try:
        return is_text(value[1]) and is_text(re.sub(value[0], value[1], "a-b c"))
    except (re.error, LookupError):
        return False


def _is_date_format(value: object) -> bool:
    try:
        return _is_name(value) and is_text(datetime.date(2026, 2, 3).strftime(value))
    except ValueError:
        return False


def _is_localized_format(value: object) -> bool:
    if isinstance(value, list | tuple):
        return len(value) == 2 and _is_name(value[0]) and _is_date_format(value[1])
    return _is_date_format(value)


def _is_date(value: object) -> bool:
    try:
        if isinstance(value, list | tuple):
            return bool(datetime.datetime(*value))
        return value in (None, "", "fs") or (is_text(value) and bool(get_date(value)))
    except _OPTION_ERRORS:
        return False


def _is_log_rule(value: object) -> bool:
    is_pair = isinstance(value, list | tuple) and len(value) == 2
    return is_pair and isinstance(value[0], int) and is_text(value[1])


def _is_pagination_rule(value: object) -> bool:
    is_rule = isinstance(value, list | tuple) and len(value) == 3
    return is_rule and _is_count(value[0]) and is_text(value[1]) and is_text(value[2])


def _is_plugin(value: object) -> bool:
    return _is_name(value) or isinstance(value, ModuleType) or hasattr(value, "register")


def _is_metadata(value: object) -> bool:
    return _is_text(value) or isinstance(value, int | float | datetime.date)


def _is_text(value: object) -> bool:
    return value is None or is_text(value)


def _is_any(value: object) -> bool:
    return True


def _is_reader(value: object) -> bool:
    return not value or isinstance(value, type)


def _list_of(accepts: Callable[[object], bool], least: int = 0) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, list | tuple) and len(value) >= least and all(map(accepts, value))
    )


def _table_of(accepts: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, Mapping)
        and all(map(_is_name, value))
        and all(map(accepts, value.values()))
    )


def _one_of(*values: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in values


def _is_optional(accepts: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or accepts(value)


def _is_path_metadata(value: object) -> bool:
    return _table_of(_table_of(_is_metadata))(value)


def _is_destination(value: object) -> bool:
    return _is_name(value) and is_inside(value)


def _are_markdown_options(value: object) -> bool:
    if value == defaults.MARKDOWN:
        return True
    if not (isinstance(value, Mapping) and all(map(_is_name, value))):
        return False
    configs = value.get("extension_configs", {})
    if not _table_of(lambda options: isinstance(options, Mapping))(configs):
        return False
    extensions = value.get("extensions", [])
    if not isinstance(extensions, list | tuple):
        return False
    try:
        # Pelican adds the extensions that are configured.
        Markdown(**{**value, "extensions": [*extensions, *configs]})
    except _OPTION_ERRORS:
        return False
    return True


def _are_jinja_options(value: object) -> bool:
    if value == defaults.JINJA_ENVIRONMENT:
        return True
    if not (isinstance(value, Mapping) and all(map(_is_name, value))):
        return False
    try:
        Environment(**value).from_string("{{ 1 }}").render()
    except TypeError as error:
        # That an option is unknown has a message of its own.
        return "unexpected keyword" in str(error)
    except _OPTION_ERRORS:
        return False
    return True


_FOLDER = 'is not the name of a folder (write {name} = "{default}")'
_NUMBER = "is not a number of 0 or more (write {name} = {default})"
_EXPRESSION = 'is not a valid regular expression (write {name} = r"{default}")'
_CHOICE = 'is not one of the allowed values (write {name} = "{default}")'
_TABLE = "is not a dictionary of names and values (write {name} = {{}})"
_FUNCTIONS = "is not a dictionary of functions (write {name} = {{}})"
_SUBSTITUTIONS = (
    'is not a list of pairs of a regular expression and a string (write [("C\\\\+", "c")])'
)
_FORMS: dict[str, Form] = {
    "CACHE_PATH": (_is_folder, _FOLDER),
    "OUTPUT_PATH": (_is_folder, _FOLDER),
    "THEME": (_is_folder, "is not the name of a folder (delete it)"),
    "THEME_STATIC_DIR": (_is_inner_folder, _FOLDER),
    "CHECK_MODIFIED_METHOD": (_one_of("mtime", *hashlib.algorithms_guaranteed), _CHOICE),
    "CONTENT_CACHING_LAYER": (_one_of("reader", "generator"), _CHOICE),
    "SLUGIFY_SOURCE": (_one_of("title", "basename"), 'is neither "title" nor "basename" '
                       '(write SLUGIFY_SOURCE = "basename")'),
    "TYPOGRIFY_DASHES": (_one_of("default", "oldschool", "oldschool_inverted"), _CHOICE),
    "DEFAULT_CATEGORY": (_is_name, 'is not a name (write DEFAULT_CATEGORY = "misc")'),
    "DEFAULT_DATE": (_is_date, 'is not a valid date (write DEFAULT_DATE = "2026-02-03")'),
    "DEFAULT_DATE_FORMAT": (_is_date_format, "is not a date format (write {name} = \"%d %B %Y\")"),
    "DATE_FORMATS": (_table_of(_is_localized_format), 'is not a dictionary of languages and date '
        'formats '
                     '(write DATE_FORMATS = {{"en": "%d %B %Y"}})'),
    "DEFAULT_METADATA": (_table_of(_is_metadata), _TABLE),
    "EXTRA_PATH_METADATA": (_is_path_metadata, "is not a dictionary of paths and their "
    "metadata (write "
                            '{name} = {{"extra/a.txt": {{"path": "a.txt"}}}})'),
    "DEFAULT_ORPHANS": (_is_count, _NUMBER),
    "FEED_MAX_ITEMS": (_is_optional_count, _NUMBER),
    "PORT": (_is_count, _NUMBER),
    "SUMMARY_MAX_LENGTH": (_is_optional_count,
                           "is not a number of 0 or more (write {name} = 50, or None)"),
    "SUMMARY_MAX_PARAGRAPHS": (_is_optional_count,
                               "is not a number of 0 or more (write {name} = 1, or None)"),
    "DEFAULT_PAGINATION": (_is_optional_count,
                           "is not a number (write DEFAULT_PAGINATION = 10, or False)"),
    "FILENAME_METADATA": (_is_pattern, _EXPRESSION),
    "PATH_METADATA": (_is_pattern, _EXPRESSION),
    "INTRASITE_LINK_REGEX": (_is_link_pattern, "is not a valid regular expression with a group "
    "(?P<what>…) "
                             "(delete it)"),
    "SLUG_REGEX_SUBSTITUTIONS": (_list_of(_is_substitution), _SUBSTITUTIONS),
    "JINJA_FILTERS": (_table_of(callable), _FUNCTIONS),
    "JINJA_TESTS": (_table_of(callable), _FUNCTIONS),
    "JINJA_GLOBALS": (_table_of(_is_any), _TABLE),
    "DOCUTILS_SETTINGS": (_table_of(_is_any), _TABLE),
    "PYGMENTS_RST_OPTIONS": (_table_of(_is_any), _TABLE),
    "JINJA_ENVIRONMENT": (_are_jinja_options, "is not a dictionary of options that Jinja "
                          "accepts (delete it)"),
    "MARKDOWN": (_are_markdown_options, "is not a dictionary of options that Python-"
                 "Markdown accepts (delete it)"),
    "LOG_FILTER": (_list_of(_is_log_rule), "is not a list of pairs of a level and a message (write "
                   '[(logging.WARNING, "…")])'),
    "PAGINATED_TEMPLATES": (_table_of(_is_optional_count), "is not a dictionary of templates and "
    "numbers "
                            '(write {name} = {{"archives": 10}})'),
    "PAGINATION_PATTERNS": (_list_of(_is_pagination_rule, 1), "is not a list of a number, an "
    "address "
                            "and a file each (delete it)"),
    "PLUGINS": (_is_optional(_list_of(_is_plugin)), 'is not a list of names (write ["papers"])'),
    "PLUGIN_PATHS": (_list_of(_is_folder), 'is not a list of folders (write ["plugins"])'),
    "READERS": (_table_of(_is_reader), "is not a dictionary of readers (write READERS = {{}})"),
    "TEMPLATE_PAGES": (_table_of(_is_destination), "is not a dictionary of templates and "
                       'files (write {{"cv.html": "cv/index.html"}})'),
    "TEMPLATE_EXTENSIONS": (_list_of(_is_name, 1), 'is not a list of endings (write [".html"])'),
    "LOCALE": (lambda value: is_text(value) or _list_of(is_text, 1)(value),
               'is not the name of a locale (write LOCALE = ["C.UTF-8", "C"])'),
}  # fmt: skip
_FORMS |= dict.fromkeys(
    ("FORMATTED_FIELDS", "OUTPUT_RETENTION", "TYPOGRIFY_IGNORE_TAGS", "TYPOGRIFY_OMIT_FILTERS"),
    (_list_of(_is_name), "is not a list of names (write {name} = {default})"),
)
_FORMS |= dict.fromkeys(
    ("FEED_DOMAIN", "GITHUB_URL", "SITESUBTITLE", "TWITTER_USERNAME"),
    (_is_text, 'is {type} (write {name} = "…")'),
)
_FORMS |= {
    f"{kind}_REGEX_SUBSTITUTIONS": _FORMS["SLUG_REGEX_SUBSTITUTIONS"]
    for kind in ("AUTHOR", "CATEGORY", "TAG")
}


def add_default(name: str, form: Form, default: object) -> Form:
    """Return a form whose message names its setting and default."""
    accepts, message = form
    literal = str(default).replace("{", "{{").replace("}", "}}")
    return accepts, message.replace("{name}", name).replace("{default}", literal)


def setting_forms(values: Mapping) -> dict[str, Form]:
    """Return for each setting which values it accepts, and the message for all others.

    `values` are examples of valid ones.
    """
    return {name: add_default(name, form, values.get(name)) for name, form in _FORMS.items()}


def describe_bad_text(value: object, depth: int = 3) -> Iterator[str]:
    """Yield what is wrong with the texts in a value, and in the lists and tables that it holds."""
    if isinstance(value, str):
        if re.search(r"[\0\ud800-\udfff]", value):
            yield "contains a character that a file cannot contain (delete it)"
        elif len(value) > _MAX_TEXT:
            yield f"has more than {_MAX_TEXT:,} characters (make it shorter)"
    elif depth and isinstance(value, Mapping):
        for item in [*value, *value.values()]:
            yield from describe_bad_text(item, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for item in value:
            yield from describe_bad_text(item, depth - 1)


# --- Patterns of addresses and files ----------------------------------------------------
_NAMES = LazyPattern(r".*_(?:SAVE_AS|URL)|(?:.*_)?FEED_(?:.*_)?(?:ATOM|RSS)(?:_URL)?")
# Pelican asks for these patterns wherever a template of their name is printed.
_REQUIRED = ("ARCHIVES_SAVE_AS", "SEARCH_SAVE_AS")
_CONTENT_FIELDS = set(
    "author base_name category date extension folder lang name number page_name path slug tag "
    "title url save_as status period".split()
)
# The fields of patterns that are for other things than texts.
_FIELDS = (
    (LazyPattern(r"(?:YEAR|MONTH|DAY)_ARCHIVE_.*"), ("date",)),
    (LazyPattern(r"(?:AUTHOR|CATEGORY|TAG)_FEED_.*"), ("slug",)),
    (LazyPattern(r"TRANSLATION_FEED_.*"), ("lang",)),
    (LazyPattern(r"(?:FEED|.*_FEED)_.*"), ()),
)
_OBJECT = SimpleNamespace(slug="a", name="a")
_EXAMPLES = {
    "author": _OBJECT, "category": _OBJECT, "tag": _OBJECT, "number": 1,
    "date": datetime.datetime(2026, 2, 3, tzinfo=datetime.UTC), "period": (2026, 2, 3),
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
            yield name, "is not a string (write a path in quotes)"


def _check_pattern(name: str, pattern: str, fields: Collection[str]) -> Iterator[str]:
    if not name.endswith("_URL") and not is_inside(pattern):
        yield f'"{pattern[:40]}" is outside the site (write a path within it)'
        return
    if "{" not in pattern and "}" not in pattern:
        return
    try:
        used = [field for _, field, _, _ in Formatter().parse(pattern) if field]
    except ValueError as error:
        yield f'"{pattern}" is not a valid pattern: {error} (write news/{{slug}}/)'
        return
    unknown = [field for field in used if re.split(r"[.\[]", field)[0] not in fields]
    example = f"write {{{next(iter(fields))}}}" if len(fields) == 1 else "write {slug}"
    for field in unknown:
        first = re.split(r"[.\[]", field)[0]
        yield f"{{{first}}} is not a field of any file ({example if fields else 'delete it'})"
    if not unknown and not _can_format(pattern, fields):
        yield f'"{pattern[:40]}" is not a valid pattern (write news/{{slug}}/)'


def _can_format(pattern: str, fields: Collection[str]) -> bool:
    values = dict.fromkeys(fields, "a") | {
        field: value for field, value in _EXAMPLES.items() if field in fields
    }
    try:
        return len(pattern.format(**values)) < _MAX_ADDRESS
    except (AttributeError, LookupError, MemoryError, OverflowError, TypeError, ValueError):
        return False
