"""The settings of a site: unknown, misspelt, of a wrong type, or with a value that cannot work."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from inspect import signature
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import Environment
from pelican.settings import DEFAULT_CONFIG

from .. import defaults
from ..content import FormulaError, check_allowed_hosts, to_mathml
from ..defaults import EXTRA_PATH_METADATA
from ..model import Problem
from ..util import (
    LazyPattern,
    check_environment,
    check_scheme,
    check_site_url,
    find_misspelt,
    is_local_host,
)
from .renamed_settings import (
    RENAMED_SETTINGS,
    check_renamed_settings,
    check_requirements,
)
from .setting_forms import check_address_patterns, describe_bad_text, is_inside, setting_forms
from .setting_places import SETTINGS_FILES, find_assignments, find_unused_variables

# The settings that this plugin adds to Pelican's.
_OWN_SETTINGS = set(
    "ACCEPTED_NOTICES ALLOWED_HOSTS OWNER SOCIAL MENUITEMS MATH_MACROS RAW_HTML PUBLICATIONS_URL "
    "ARCHIVES_URL VENUES".split()
)
# What Pelican and its own theme read, and have no default for.
_WITHOUT_DEFAULT = set(
    "AUTHOR AUTORELOAD_IGNORE_CACHE CATEGORY_FEED_RSS DEBUG DEFAULT_DATE FEED_ALL_RSS FEED_ATOM "
    "FEED_DOMAIN FEED_RSS JINJA_EXTENSIONS SUMMARY_MAX_PARAGRAPHS TAG_FEED_ATOM TAG_FEED_RSS "
    "TIMEZONE TRANSLATION_FEED_RSS".split()
)
# What themes of Pelican read, and the setting that has it here.
_OF_OTHER_THEMES = {
    "FACEBOOK_URL": "SOCIAL", "GITHUB_URL": "SOCIAL", "LINKS": "SOCIAL", "LINKEDIN_URL": "SOCIAL",
    "SITESUBTITLE": "Role: in content/home.md", "TWITTER_USERNAME": "SOCIAL",
}  # fmt: skip
_KNOWN_SETTINGS = DEFAULT_CONFIG.keys() | _WITHOUT_DEFAULT | _OWN_SETTINGS
# What replaces an invalid value, where it is not Pelican's default.
_FALLBACKS = {
    # Pelican's default would move all pages, and hide what is wrong with their addresses.
    "SLUGIFY_SOURCE": defaults.SLUGIFY_SOURCE,
    # With Pelican's, the folders of papers and of the root's files would be reported as unread.
    "ARTICLE_PATHS": defaults.ARTICLE_PATHS,
    "PAGE_PATHS": defaults.PAGE_PATHS,
    "STATIC_PATHS": defaults.STATIC_PATHS,
    "AUTHOR": "",
    "MATH_MACROS": {},
    "VENUES": {},
    "RAW_HTML": False,
    "SITENAME": "—",
    "TIMEZONE": "UTC",
}
# The ends of the names of Pelican's lists of paths, names and patterns.
_CONTENT_PATHS = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS")
_TEXT_LISTS = ("_PATHS", "_EXCLUDES", "_OVERRIDES", "IGNORE_FILES", "DIRECT_TEMPLATES")
_LANGUAGE = LazyPattern(r"(?=.{2,35}$)[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_EXAMPLE_HOST = LazyPattern(r"(?:.+\.)?example\.(?:com|org|net)", re.IGNORECASE)


class Finding(NamedTuple):
    """What is wrong with a setting."""

    name: str
    message: str
    notice: bool = False


def _is_anything(value: object) -> bool:
    return True


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_nonempty_text(value: object) -> bool:
    return _is_text(value) and value != ""


def _is_text_list(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _is_notice_list(value: object) -> bool:
    """Tell whether a value is a list of texts, none of which stands for all notices."""
    return value is None or _is_text_list(value) and all(item.strip(" *:") for item in value)


def _is_text_or_list(value: object) -> bool:
    return isinstance(value, str) or _is_text_list(value)


def _is_metadata_name(value: object) -> bool:
    return value is None or value is False or _is_text_or_list(value)


def _is_order(value: object) -> bool:
    return value is None or value is False or isinstance(value, str) or callable(value)


def _is_page_size(value: object) -> bool:
    return not value or isinstance(value, int)


def _is_owner(value: object) -> bool:
    return value is None or _is_text_or_list(value)


def _is_time_zone(value: object) -> bool:
    try:
        return bool(ZoneInfo(value))
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        return False


def _is_text_table(value: object) -> bool:
    return value is None or isinstance(value, Mapping) and _is_text_list([*value, *value.values()])


def _is_table(value: object) -> bool:
    return value is None or isinstance(value, Mapping)


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
    names = {
        type(None): "None",
        str: "a string",
        bool: "True or False",
        int: "a number",
        list: "a list",
        tuple: "a list",
    }
    return names.get(type(value), "a table" if isinstance(value, Mapping) else "something else")


def _default_row(name: str, default: object) -> tuple[Callable[[object], bool], str]:
    required = isinstance(default, list | tuple | dict) or (
        isinstance(default, str) and "FEED" not in name
    )
    accepts = partial(_has_type_of, default, required)
    return accepts, f"is {{type}}, but must be {_describe_type(default)}"


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
    "SITEURL": (partial(_has_type_of, "", True), 'is {type} (write SITEURL = "…")'),
    "PUBLICATIONS_URL": (_is_nonempty_text, 'is {type} (write PUBLICATIONS_URL = "…")'),
    "ARCHIVES_URL": (_is_text, 'is {type} (write ARCHIVES_URL = "…")'),
    "DEFAULT_LANG": (partial(_has_type_of, "", True), 'is {type} (write DEFAULT_LANG = "…")'),
    "TIMEZONE": (_is_time_zone, '"{value}" is not a valid time zone (write TIMEZONE = "UTC")'),
    "LOCALE": (_is_text_or_list, 'is not the name of a locale (write LOCALE = ["C.UTF-8", "C"])'),
    "DEFAULT_PAGINATION": (_is_page_size, "is not a number (write DEFAULT_PAGINATION = 10, or "
    "False)"),
    "OWNER": (_is_owner, 'is not a list of names (write OWNER = ["Ada Lovelace", "A. Lovelace"])'),
    "MATH_MACROS": (
        _is_text_table, 'is not a dictionary (write MATH_MACROS = {{"\\\\RR": r"\\mathbb{{R}}"}})',
    ),
    "VENUES": (
        _is_text_table, 'is not a dictionary (write VENUES = {{"Conference on Stones": "CoSto"}})',
    ),
    "ALLOWED_HOSTS": (
        _is_table,
        'is {type}, not a dictionary (write ALLOWED_HOSTS = {{"scripts": ["https://gc.zgo.at"]}})',
    ),
    "ACCEPTED_NOTICES": (
        _is_notice_list,
        "is not a list of notices (write ACCEPTED_NOTICES = [\"content/papers/old.bib: …\"])",
    ),
    "RAW_HTML": (_is_bool, "is neither True nor False (write RAW_HTML = True)"),
}  # fmt: skip
SCHEMA |= dict.fromkeys(
    ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID"),
    (_is_metadata_name, 'is not the name of metadata (write "slug", a list of such, or None)'),
)
SCHEMA |= dict.fromkeys(
    ("ARTICLE_ORDER_BY", "PAGE_ORDER_BY"),
    (_is_order, 'is not a valid order (write "date", "reversed-date" and the like)'),
)
# The same for values of the right type.
FORMS = setting_forms(DEFAULT_CONFIG)


def check_setting_values(settings: Mapping) -> Iterator[Finding]:
    """Yield the settings whose values have a wrong type, or cannot work."""
    for name in SCHEMA | FORMS:
        rows = [table[name] for table in (SCHEMA, FORMS) if name in table and name in settings]
        value = settings.get(name)
        message = next((message for accepts, message in rows if not accepts(value)), None)
        if message is not None:
            yield Finding(name, message.format(type=_describe_type(value), value=value))
    for name, message in check_address_patterns(settings, SCHEMA):
        yield Finding(name, message)
    for check in (
        _check_texts, _check_text_lists, _check_site_name, _check_language, _check_site_url,
        _check_translations, _check_jinja_options, _check_link_lists, _check_macros,
        _check_hosts,
    ):  # fmt: skip
        yield from check(settings)


def _check_texts(settings: Mapping) -> Iterator[Finding]:
    for name in DEFAULT_CONFIG.keys() | _OWN_SETTINGS | _WITHOUT_DEFAULT | set(defaults.__all__):
        if name in ("DEFAULT_LANG", "JINJA_GLOBALS", "MATH_MACROS"):
            continue  # They are not texts, or have limits of their own.
        for message in describe_bad_text(settings.get(name)):
            yield Finding(name, message)
            break


def _check_text_lists(settings: Mapping) -> Iterator[Finding]:
    for name in DEFAULT_CONFIG:
        values = settings.get(name)
        if name.endswith(_TEXT_LISTS) and isinstance(values, list | tuple):
            if not all(isinstance(value, str | Path) for value in values):
                yield Finding(name, "must contain only strings (put each in quotes)")
            elif name in _CONTENT_PATHS:
                for value in values:
                    if not is_inside(str(value)):
                        message = f'"{str(value)[:60]}" is not in content/ (name folders inside it)'
                        yield Finding(name, message)


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
        message = f'"{language[:40]}" is not a valid language (write DEFAULT_LANG = "{example}")'
        yield Finding("DEFAULT_LANG", message)


def _check_translations(settings: Mapping) -> Iterator[Finding]:
    """Find metadata that not all texts have; Pelican finds translations by it."""
    metadata = settings.get("DEFAULT_METADATA")
    names = {"slug", "title", "lang", *(metadata if isinstance(metadata, Mapping) else ())}
    for name in ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID"):
        value = settings.get(name)
        fields = [value] if isinstance(value, str) and value else value or []
        if _is_text_list(fields) and not names.issuperset(fields):
            yield Finding(name, 'is not set in every file (write "slug", or None)')


def _check_jinja_options(settings: Mapping) -> Iterator[Finding]:
    options = settings.get("JINJA_ENVIRONMENT")
    for option in options if isinstance(options, Mapping) else ():
        if option not in signature(Environment).parameters:
            message = f'"{option}" is not a Jinja option (delete it)'
            yield Finding("JINJA_ENVIRONMENT", message)


def _check_link_lists(settings: Mapping) -> Iterator[Finding]:
    examples = {
        "SOCIAL": 'SOCIAL = [("Email", "mailto:ada@example.org")]',
        "MENUITEMS": 'MENUITEMS = [("News", "news/"), ("CV", "cv/")]',
    }
    for name, example in examples.items():
        links = settings.get(name)
        if isinstance(links, list | tuple):
            for link in links:
                for message in _check_link(link, example):
                    yield Finding(name, message)
        elif links is not None:
            yield Finding(name, f"is not a list of pairs (write {example})")


def _check_link(link: object, example: str) -> Iterator[str]:
    if not (_is_text_list(link) and len(link) == 2):
        yield f"{str(link)[:40]} is not a pair of label and address (write {example})"
        return
    label, address = link
    if not label.strip():
        yield f'"{address[:40]}" has no label (write {example})'
    if message := check_scheme(address):
        yield message


def _check_macros(settings: Mapping) -> Iterator[Finding]:
    macros = settings.get("MATH_MACROS")
    if isinstance(macros, Mapping) and _is_text_table(macros):
        try:
            to_mathml("$x$", tuple(macros.items()))
        except FormulaError as error:
            message = str(error).removeprefix("MATH_MACROS: ")
            yield Finding("MATH_MACROS", f"{message} (correct it)")


def _check_hosts(settings: Mapping) -> Iterator[Finding]:
    table = settings.get("ALLOWED_HOSTS")
    for message in check_allowed_hosts(table) if isinstance(table, Mapping) else ():
        yield Finding("ALLOWED_HOSTS", message)


def _check_site_url(settings: Mapping) -> Iterator[Finding]:
    url = settings.get("SITEURL")
    if not isinstance(url, str) or settings.get("RELATIVE_URLS") or not url:
        return
    if message := check_site_url(url):
        yield Finding("SITEURL", message)
        return
    parts = urlsplit(url)
    if url.endswith("/"):
        yield Finding("SITEURL", f'"{url}" ends with a slash (write {url.rstrip("/")})')
    if _EXAMPLE_HOST.fullmatch(parts.hostname):
        message = f"{parts.hostname} is an example (write the address of your site, such as https://you.github.io)"
        yield Finding("SITEURL", message)
    if parts.scheme == "http" and not is_local_host(parts.hostname):
        yield Finding("SITEURL", f'"{url}" is not https (write https{url[4:]})', notice=True)


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
    problems += _check_lower_case(_KNOWN_SETTINGS, folder)
    problems += [Problem("environment", message, name) for name, message in check_environment()]
    for name, message, notice in findings:
        file, line = assignments.get(name, (SETTINGS_FILES[0], None))
        problems.append(Problem(file, message, name, line, notice=notice))
    renamed = {
        new: settings[old]
        for old, (new, _) in RENAMED_SETTINGS.items()
        if old in assignments and old in settings and new not in assignments
    }
    invalid = {name for name, _, notice in findings if not notice and name in settings}
    return problems, renamed | {name: _fallback(name) for name in invalid}


def _fallback(name: str) -> object:
    if name in _FALLBACKS:
        return _FALLBACKS[name]
    if name in DEFAULT_CONFIG:
        return DEFAULT_CONFIG[name]
    default = getattr(defaults, name) if name in defaults.__all__ else ""
    # Links of a default may lead to pages that the site has not.
    return [] if isinstance(default, list) else default


def _check_unknown(settings: Mapping, assignments: Mapping, folder: Path) -> Iterator[Finding]:
    templates = settings.get("DIRECT_TEMPLATES")
    templates = templates if isinstance(templates, list | tuple) else ()
    known = _KNOWN_SETTINGS | {
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
        if replacement := _OF_OTHER_THEMES.get(name):
            yield Finding(name, f"is not used (write it into {replacement})", notice=True)
        elif close := find_misspelt(name, known):
            yield Finding(name, f"is not a setting (did you mean `{close}`?)")
        else:
            message = "is not used (delete it, or use it in a template)"
            yield Finding(name, message, notice=True)


def _check_lower_case(known: Collection[str], folder: Path) -> Iterator[Problem]:
    """Yield the settings that are not written in capitals, without which nothing reads them."""
    for file in SETTINGS_FILES:
        for name, line in find_unused_variables(folder / file):
            if name.upper() in known:
                message = f"is not a setting (did you mean `{name.upper()}`?)"
                yield Problem(file, message, name, line)


def _read_templates_and_plugins(settings: Mapping, folder: Path) -> str:
    """Return the text of all files of the theme and the site that may read a setting."""
    theme, this_plugin = Path(str(settings.get("THEME", ""))), Path(__file__).parents[1]
    plugins = [path for path in folder.glob("plugins/**/*.py") if this_plugin not in path.parents]
    paths = [*theme.glob("templates/**/*.html"), *folder.glob("templates/**/*.html"), *plugins]
    return "\n".join(path.read_text("utf-8", "replace") for path in paths if path.is_file())
