"""Settings: unknown, misspelt, of the wrong form, or leading nowhere."""

import difflib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from inspect import signature
from pathlib import Path
from string import Formatter
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
    check_requirements,
    find_setting_names,
    renamed_settings,
)

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


def check_setting_types(settings: Mapping) -> Iterator[tuple[str, str, bool]]:
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
        to_mathml("$x$", tuple(macros.items()))
    except FormulaError as error:
        return str(error).removeprefix("MATH_MACROS: ")
    return None


def _are_texts(values: object) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)


def _kind(value: object) -> str:
    names = {str: "a text", bool: "True or False", int: "a number", list: "a list", tuple: "a list"}
    return names.get(type(value), "a table" if isinstance(value, Mapping) else "something else")


SETTINGS_FILES = ("pelicanconf.py", "publishconf.py")
# What Pelican reads beside what it has defaults for, and its own theme.
_PELICANS = set(
    "AUTHOR AUTORELOAD_IGNORE_CACHE CATEGORY_FEED_RSS DEBUG DEFAULT_DATE FEED_ALL_RSS FEED_ATOM "
    "FEED_DOMAIN FEED_RSS GITHUB_URL JINJA_EXTENSIONS LINKS SITESUBTITLE SUMMARY_MAX_PARAGRAPHS "
    "TAG_FEED_ATOM TAG_FEED_RSS TIMEZONE TRANSLATION_FEED_RSS TWITTER_USERNAME".split()
)
_OURS = set("OWNER SOCIAL MENUITEMS MATH_MACROS RAW_HTML PUBLICATIONS_URL ARCHIVES_URL".split())
# What stands in for these, where it is not Pelican's default.
_TOLD = {"AUTHOR": "", "MATH_MACROS": {}, "RAW_HTML": False, "SITENAME": "—", "TIMEZONE": "UTC"}
_EXAMPLE = re.compile(r"(?:.+\.)?example\.(?:com|org|net)", re.IGNORECASE)


def resolve_template_folders(settings: dict) -> None:
    """Take folders of templates from beside content/: Pelican takes them from where it is run."""
    folder, given = Path(settings["PATH"]).parent, settings["THEME_TEMPLATES_OVERRIDES"]
    if isinstance(given, list) and all(isinstance(path, str | Path) for path in given):
        settings["THEME_TEMPLATES_OVERRIDES"] = [str(folder / path) for path in given]


def repair_settings(settings: dict) -> list[Problem]:
    """Replace wrong settings by values that work, and return the problems."""
    # What is None is not given.
    settings |= {name: getattr(defaults, name) for name in _OURS if settings.get(name, 0) is None}
    problems, instead = check_settings(settings, Path(settings["PATH"]).parent)
    settings.update(instead)
    # Facts of one's own for some files take none from the others: addresses are made of these.
    settings["EXTRA_PATH_METADATA"] = EXTRA_PATH_METADATA | settings["EXTRA_PATH_METADATA"]
    settings["DEFAULT_METADATA"] = {"folder": ""} | settings["DEFAULT_METADATA"]
    return problems


def check_settings(settings: Mapping, folder: Path) -> tuple[list[Problem], dict]:
    """Return what is wrong with the settings, and what can stand in the place of such ones.

    `folder` holds the files in which they may stand.
    """
    given = dict(find_assignments(folder))
    found = [*_unknown(settings, given, folder), *check_setting_types(settings), *_site(settings)]
    problems, renamed = check_requirements(folder), {}
    problems += renamed_settings(folder, SETTINGS_FILES)
    for name, (new, _) in RENAMED_SETTINGS.items():
        if name in given and name in settings and new not in given:
            renamed[new] = settings[name]
    for name, message, notice in found:
        file, line = given.get(name, (SETTINGS_FILES[0], None))
        problems.append(Problem(file, message, name, line, notice=notice))
    bad = {name for name, _, notice in found if not notice and name in settings}
    known = DEFAULT_CONFIG.keys() | _OURS | _TOLD.keys()
    return problems, renamed | {name: _default(name) for name in bad & known}


def _default(name: str) -> object:
    return _TOLD.get(name, [] if name in _OURS else DEFAULT_CONFIG.get(name))


def find_assignments(folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the names that the files of settings give a value to, with file and line."""
    for file in SETTINGS_FILES:
        for name, line, _, stored in find_setting_names(folder / file)[1]:
            if stored:
                yield name, (file, line)


def _unknown(settings: Mapping, given: Mapping, folder: Path) -> Iterator[tuple[str, str, bool]]:
    templates = settings.get("DIRECT_TEMPLATES")
    templates = templates if isinstance(templates, list | tuple) else ()
    names = [name for name in templates if isinstance(name, str)]
    known = DEFAULT_CONFIG.keys() | _PELICANS | _OURS
    known |= {f"{name.upper()}_{end}" for name in names for end in ("SAVE_AS", "URL")}
    more = [name for name in given if name not in known | RENAMED_SETTINGS.keys()]
    read = _texts(settings, folder) if more else ""
    for name in more:
        if re.search(rf"\b{name}\b", read):
            continue
        if close := difflib.get_close_matches(name, known, n=1, cutoff=0.8):
            yield name, f"is no setting (did you mean `{close[0]}`?)", False
        else:
            yield name, "is read by nothing (take it away, or use it in a template)", True


def _texts(settings: Mapping, folder: Path) -> str:
    """Return the templates, and plugins of one's own, which may read any setting."""
    theme = Path(str(settings.get("THEME", "")))
    found = [*theme.glob("templates/**/*.html"), *folder.glob("templates/**/*.html")]
    own = Path(__file__).parents[1]
    found += [path for path in folder.glob("plugins/**/*.py") if own not in path.parents]
    return "\n".join(path.read_text("utf-8", "replace") for path in found if path.is_file())


def _site(settings: Mapping) -> Iterator[tuple[str, str, bool]]:
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
        yield "SITEURL", f'"{url}" is no address of a site (write {example})', False
        return
    if (
        parts.query
        or parts.fragment
        or parts.username
        or parts.password
        or "?" in url
        or "#" in url
    ):
        yield "SITEURL", f'"{url}" has more than host and folder (write {example})', False
    if url.endswith("/"):
        yield "SITEURL", f'"{url}" ends with a slash (write {url.rstrip("/")})', False
    if _EXAMPLE.fullmatch(host):
        yield "SITEURL", f"{host} is an example (write the site's address, as {example})", False
    if parts.scheme == "http" and not _is_here(host):
        yield "SITEURL", f'"{url}" is not https (write https{url[4:]})', True


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))
