"""The settings of a site: unknown, misspelt, of a wrong type, or with a value that cannot work."""

import difflib
import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from inspect import signature
from pathlib import Path
from string import Formatter
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment
from pelican.settings import DEFAULT_CONFIG

from .. import defaults
from ..content import FormulaError, to_mathml
from ..defaults import EXTRA_PATH_METADATA
from ..model import Problem
from ..util import check_scheme, is_path
from .renamed_settings import (
    RENAMED_SETTINGS,
    check_renamed_settings,
    check_requirements,
    find_setting_names,
)

SETTINGS_FILES = ("pelicanconf.py", "publishconf.py")
# The settings that this plugin adds to Pelican's.
_OWN_SETTINGS = set(
    "OWNER SOCIAL MENUITEMS MATH_MACROS RAW_HTML PUBLICATIONS_URL ARCHIVES_URL".split()
)
# What Pelican and its own theme read, and have no default for.
_WITHOUT_DEFAULT = set(
    "AUTHOR AUTORELOAD_IGNORE_CACHE CATEGORY_FEED_RSS DEBUG DEFAULT_DATE FEED_ALL_RSS FEED_ATOM "
    "FEED_DOMAIN FEED_RSS GITHUB_URL JINJA_EXTENSIONS LINKS SITESUBTITLE SUMMARY_MAX_PARAGRAPHS "
    "TAG_FEED_ATOM TAG_FEED_RSS TIMEZONE TRANSLATION_FEED_RSS TWITTER_USERNAME".split()
)
# What replaces an invalid value, where it is not Pelican's default.
_FALLBACKS = {
    "AUTHOR": "",
    "MATH_MACROS": {},
    "RAW_HTML": False,
    "SITENAME": "—",
    "TIMEZONE": "UTC",
}
# The ends of the names of Pelican's lists of paths, names and patterns.
_TEXT_LISTS = ("_PATHS", "_EXCLUDES", "_OVERRIDES", "IGNORE_FILES", "DIRECT_TEMPLATES")
# The fields of Pelican's patterns for addresses.
_URL_FIELDS = set(
    "author base_name category date extension folder lang name number page_name path slug tag "
    "title url save_as status period".split()
)
_LANGUAGE = re.compile(r"(?=.{2,35}$)[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_EXAMPLE_HOST = re.compile(r"(?:.+\.)?example\.(?:com|org|net)", re.IGNORECASE)


class Finding(NamedTuple):
    """What is wrong with a setting."""

    name: str
    message: str
    notice: bool = False


def _is_anything(value: object) -> bool:
    return True


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_text_list(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _is_text_or_list(value: object) -> bool:
    return isinstance(value, str) or _is_text_list(value)


def _is_metadata_name(value: object) -> bool:
    return not value or _is_text_or_list(value)


def _is_order(value: object) -> bool:
    return not value or isinstance(value, str) or callable(value)


def _is_page_size(value: object) -> bool:
    return not value or isinstance(value, int)


def _is_owner(value: object) -> bool:
    return value is None or _is_text_or_list(value)


def _is_time_zone(value: object) -> bool:
    try:
        return value is None or bool(ZoneInfo(value))
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        return False


def _is_macro_table(value: object) -> bool:
    return value is None or (
        isinstance(value, Mapping) and _is_text_list([*value, *value.values()])
    )


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _has_type_of(default: object, required: bool, value: object) -> bool:
    """Tell whether a value can replace one of Pelican's defaults; False can replace a text."""
    if value is None:
        return not required
    if isinstance(default, str) and value is False:
        return True
    return isinstance(value, (list, tuple) if isinstance(default, list | tuple) else type(default))


def _describe_type(value: object) -> str:
    names = {str: "a text", bool: "True or False", int: "a number", list: "a list", tuple: "a list"}
    return names.get(type(value), "a table" if isinstance(value, Mapping) else "something else")


def _default_row(name: str, default: object) -> tuple[Callable[[object], bool], str]:
    required = name == "THEME" or isinstance(default, list | tuple | dict)
    accepts = partial(_has_type_of, default, required)
    return accepts, f"is {{type}}, and must be {_describe_type(default)}"


# For each setting which values it accepts, and the message for all others.
SCHEMA: dict[str, tuple[Callable[[object], bool], str]] = {
    name: _default_row(name, default)
    for name, default in DEFAULT_CONFIG.items()
    if default is not None
} | {
    "PELICAN_CLASS": (_is_anything, ""),
    "SUMMARY_MAX_LENGTH": (_is_anything, ""),
    "SITENAME": (_is_text, 'is {type} (write SITENAME = "…")'),
    "AUTHOR": (_is_text, 'is {type} (write AUTHOR = "…")'),
    "SITEURL": (_is_text, 'is {type} (write SITEURL = "…")'),
    "PUBLICATIONS_URL": (_is_text, 'is {type} (write PUBLICATIONS_URL = "…")'),
    "ARCHIVES_URL": (_is_text, 'is {type} (write ARCHIVES_URL = "…")'),
    "DEFAULT_LANG": (_is_text, 'is {type} (write DEFAULT_LANG = "…")'),
    "TIMEZONE": (_is_time_zone, '"{value}" is no time zone (write TIMEZONE = "UTC")'),
    "LOCALE": (_is_text_or_list, 'is no name of a locale (write LOCALE = ["C.UTF-8", "C"])'),
    "DEFAULT_PAGINATION": (_is_page_size, "is no number (write DEFAULT_PAGINATION = 10, or False)"),
    "OWNER": (_is_owner, 'is no list of names (write OWNER = ["Ada Lovelace", "A. Lovelace"])'),
    "MATH_MACROS": (
        _is_macro_table, 'is no table (write MATH_MACROS = {{"\\\\RR": r"\\mathbb{{R}}"}})',
    ),
    "RAW_HTML": (_is_bool, "is neither True nor False (write RAW_HTML = True)"),
}  # fmt: skip
SCHEMA |= dict.fromkeys(
    ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID"),
    (_is_metadata_name, 'is no name of metadata (write "slug", a list of such, or None)'),
)
SCHEMA |= dict.fromkeys(
    ("ARTICLE_ORDER_BY", "PAGE_ORDER_BY"),
    (_is_order, 'is no order (write "date", "reversed-date" and the like)'),
)


def check_setting_values(settings: Mapping) -> Iterator[Finding]:
    """Yield the settings whose values have a wrong type, or cannot work."""
    for name, (accepts, message) in SCHEMA.items():
        if name in settings and not accepts(settings[name]):
            value = settings[name]
            yield Finding(name, message.format(type=_describe_type(value), value=value))
    for check in (
        _check_text_lists, _check_site_name, _check_language, _check_site_url, _check_url_patterns,
        _check_jinja_options, _check_link_lists, _check_macros,
    ):  # fmt: skip
        yield from check(settings)


def _check_text_lists(settings: Mapping) -> Iterator[Finding]:
    for name in DEFAULT_CONFIG:
        values = settings.get(name)
        if name.endswith(_TEXT_LISTS) and isinstance(values, list | tuple):
            if not all(isinstance(value, str | Path) for value in values):
                yield Finding(name, "holds more than texts (write each between quotes)")


def _check_site_name(settings: Mapping) -> Iterator[Finding]:
    name = settings.get("SITENAME")
    if not name or name == DEFAULT_CONFIG["SITENAME"]:
        yield Finding("SITENAME", 'missing (write SITENAME = "Ada Lovelace")')


def _check_language(settings: Mapping) -> Iterator[Finding]:
    """Check for a tag of BCP 47, which HTML and the search need."""
    language = settings.get("DEFAULT_LANG", "en")
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
        example = language.replace("_", "-")
        example = example if _LANGUAGE.fullmatch(example) else "en"
        message = f'"{language[:40]}" is no language (write DEFAULT_LANG = "{example}")'
        yield Finding("DEFAULT_LANG", message)


def _check_url_patterns(settings: Mapping) -> Iterator[Finding]:
    """Find patterns of addresses with a field that no content has."""
    tables = [settings.get("DEFAULT_METADATA")]
    if isinstance(paths := settings.get("EXTRA_PATH_METADATA"), Mapping):
        tables += paths.values()
    fields = _URL_FIELDS.union(*(table for table in tables if isinstance(table, Mapping)))
    for name, pattern in settings.items():
        if not (name.endswith(("_URL", "_SAVE_AS")) and isinstance(pattern, str)):
            continue
        if "{" not in pattern:
            continue
        try:
            used = [field for _, field, _, _ in Formatter().parse(pattern) if field]
        except ValueError as error:
            yield Finding(name, f'"{pattern}" is no pattern: {error} (write news/{{slug}}/)')
            continue
        for field in (re.split(r"[.\[]", field)[0] for field in used):
            if field not in fields:
                yield Finding(name, f"{{{field}}} is given by no text (write {{slug}})")


def _check_jinja_options(settings: Mapping) -> Iterator[Finding]:
    options = settings.get("JINJA_ENVIRONMENT")
    for option in options if isinstance(options, Mapping) else ():
        if option not in signature(Environment).parameters:
            message = f'"{option}" is no option of Jinja\'s (take it away)'
            yield Finding("JINJA_ENVIRONMENT", message)


def _check_link_lists(settings: Mapping) -> Iterator[Finding]:
    for name in ("SOCIAL", "MENUITEMS"):
        example = f'{name} = [("Email", "mailto:ada@example.org")]'
        links = settings.get(name)
        if isinstance(links, list | tuple):
            for link in links:
                for message in _check_link(link, name, example):
                    yield Finding(name, message)
        elif links is not None:
            yield Finding(name, f"is no list of pairs (write {example})")


def _check_link(link: object, name: str, example: str) -> Iterator[str]:
    if not (_is_text_list(link) and len(link) == 2):
        yield f"{str(link)[:40]} is no pair of label and address (write {example})"
        return
    label, address = link
    if not label.strip():
        yield f'"{address[:40]}" has no label (write {example})'
    if message := check_scheme(address):
        yield message
    elif name == "SOCIAL" and is_path(address) and not re.match(r"[\w./~-]+$", address):
        yield f'"{address[:40]}" is no address (write https://… or mailto:…)'


def _check_macros(settings: Mapping) -> Iterator[Finding]:
    macros = settings.get("MATH_MACROS")
    if isinstance(macros, Mapping) and _is_macro_table(macros):
        try:
            to_mathml("$x$", tuple(macros.items()))
        except FormulaError as error:
            message = str(error).removeprefix("MATH_MACROS: ")
            yield Finding("MATH_MACROS", f"{message} (mend it)")


def _check_site_url(settings: Mapping) -> Iterator[Finding]:
    url = settings.get("SITEURL")
    if not isinstance(url, str) or settings.get("RELATIVE_URLS") or not url:
        return
    example = "https://you.github.io"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or re.search(r"[\s<>\"'\\^`{|}]", url):
        yield Finding("SITEURL", f'"{url}" is no address of a site (write {example})')
        return
    if parts.username or parts.password or "?" in url or "#" in url:
        yield Finding("SITEURL", f'"{url}" has more than host and folder (write {example})')
    if url.endswith("/"):
        yield Finding("SITEURL", f'"{url}" ends with a slash (write {url.rstrip("/")})')
    if _EXAMPLE_HOST.fullmatch(host):
        message = f"{host} is an example (write the site's address, as {example})"
        yield Finding("SITEURL", message)
    if parts.scheme == "http" and not _is_local(host):
        yield Finding("SITEURL", f'"{url}" is not https (write https{url[4:]})', notice=True)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))


def resolve_template_folders(settings: dict) -> None:
    """Make folders of templates relative to that of content/.

    Pelican takes them as relative to the folder that it is run in.
    """
    root, folders = Path(settings["PATH"]).parent, settings["THEME_TEMPLATES_OVERRIDES"]
    if isinstance(folders, list) and all(isinstance(folder, str | Path) for folder in folders):
        settings["THEME_TEMPLATES_OVERRIDES"] = [str(root / folder) for folder in folders]


def repair_settings(settings: dict) -> list[Problem]:
    """Replace invalid settings by values that work, and return the problems."""
    # A setting that is None has its default.
    settings |= {
        name: getattr(defaults, name) for name in _OWN_SETTINGS if settings.get(name, 0) is None
    }
    problems, replacements = check_settings(settings, Path(settings["PATH"]).parent)
    settings.update(replacements)
    # A site's metadata for some files must not remove that of the others: it is in addresses.
    settings["EXTRA_PATH_METADATA"] = EXTRA_PATH_METADATA | settings["EXTRA_PATH_METADATA"]
    settings["DEFAULT_METADATA"] = {"folder": ""} | settings["DEFAULT_METADATA"]
    # Pelican would unpickle whatever lies in its cache, which our own replaces.
    settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
    return problems


def check_settings(settings: Mapping, folder: Path) -> tuple[list[Problem], dict]:
    """Return the problems of the settings, and valid values for invalid settings.

    `folder` holds the files that may define them.
    """
    assignments = dict(find_assignments(folder))
    findings = [*_check_unknown(settings, assignments, folder), *check_setting_values(settings)]
    problems = [
        *check_requirements(folder),
        *check_renamed_settings(folder, SETTINGS_FILES),
    ]
    for name, message, notice in findings:
        file, line = assignments.get(name, (SETTINGS_FILES[0], None))
        problems.append(Problem(file, message, name, line, notice=notice))
    renamed = {
        new: settings[old]
        for old, (new, _) in RENAMED_SETTINGS.items()
        if old in assignments and old in settings and new not in assignments
    }
    invalid = {name for name, _, notice in findings if not notice and name in settings}
    replaceable = DEFAULT_CONFIG.keys() | _OWN_SETTINGS | _FALLBACKS.keys()
    return problems, renamed | {name: _fallback(name) for name in invalid & replaceable}


def _fallback(name: str) -> object:
    return _FALLBACKS.get(name, [] if name in _OWN_SETTINGS else DEFAULT_CONFIG.get(name))


def find_assignments(folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the names that the files of settings assign a value to, with file and line."""
    for file in SETTINGS_FILES:
        for name, line, _, assigned in find_setting_names(folder / file)[1]:
            if assigned:
                yield name, (file, line)


def _check_unknown(settings: Mapping, assignments: Mapping, folder: Path) -> Iterator[Finding]:
    templates = settings.get("DIRECT_TEMPLATES")
    templates = templates if isinstance(templates, list | tuple) else ()
    known = DEFAULT_CONFIG.keys() | _WITHOUT_DEFAULT | _OWN_SETTINGS
    known |= {
        f"{name.upper()}_{end}"
        for name in templates
        if isinstance(name, str)
        for end in ("SAVE_AS", "URL")
    }
    unknown = [name for name in assignments if name not in known | RENAMED_SETTINGS.keys()]
    readers = _read_templates_and_plugins(settings, folder) if unknown else ""
    for name in unknown:
        if re.search(rf"\b{name}\b", readers):
            continue
        if matches := difflib.get_close_matches(name, known, n=1, cutoff=0.8):
            yield Finding(name, f"is no setting (did you mean `{matches[0]}`?)")
        else:
            message = "is read by nothing (take it away, or use it in a template)"
            yield Finding(name, message, notice=True)


def _read_templates_and_plugins(settings: Mapping, folder: Path) -> str:
    """Return the text of all files of the theme and the site that may read a setting."""
    theme, this_plugin = Path(str(settings.get("THEME", ""))), Path(__file__).parents[1]
    plugins = [path for path in folder.glob("plugins/**/*.py") if this_plugin not in path.parents]
    paths = [*theme.glob("templates/**/*.html"), *folder.glob("templates/**/*.html"), *plugins]
    return "\n".join(path.read_text("utf-8", "replace") for path in paths if path.is_file())
