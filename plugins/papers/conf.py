"""Settings: unknown, misspelt, of the wrong form, or leading nowhere."""

import difflib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG

from . import defaults, upgrades
from .forms import check_forms
from .model import Problem

FILES = ("pelicanconf.py", "publishconf.py")
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


def settle_templates(settings: dict) -> None:
    """Take folders of templates from beside content/: Pelican takes them from where it is run."""
    folder, given = Path(settings["PATH"]).parent, settings["THEME_TEMPLATES_OVERRIDES"]
    if isinstance(given, list) and all(isinstance(path, str | Path) for path in given):
        settings["THEME_TEMPLATES_OVERRIDES"] = [str(folder / path) for path in given]


def mend_settings(pelican: Pelican) -> None:
    """Put what works in the place of wrong settings, and keep what is wrong for the check."""
    settings = pelican.settings
    # What is None is not given.
    settings |= {name: getattr(defaults, name) for name in _OURS if settings.get(name, 0) is None}
    problems, instead = check_settings(settings, Path(settings["PATH"]).parent)
    settings.update(instead, SETTINGS_WRONG=problems)
    # Facts of one's own for some files take none from the others: addresses are made of these.
    settings["EXTRA_PATH_METADATA"] = defaults.EXTRA_PATH_METADATA | settings["EXTRA_PATH_METADATA"]
    settings["DEFAULT_METADATA"] = {"folder": ""} | settings["DEFAULT_METADATA"]


def check_settings(settings: Mapping, folder: Path) -> tuple[list[Problem], dict]:
    """Return what is wrong with the settings, and what can stand in the place of such ones.

    `folder` holds the files in which they may stand.
    """
    given = dict(assigned(folder))
    found = [*_unknown(settings, given, folder), *check_forms(settings), *_site(settings)]
    problems, renamed = upgrades.check_requirements(folder), {}
    problems += upgrades.renamed_settings(folder, FILES)
    for name, (new, _) in upgrades.SETTINGS.items():
        if name in given and name in settings and new not in given:
            renamed[new] = settings[name]
    for name, message, notice in found:
        file, line = given.get(name, (FILES[0], None))
        problems.append(Problem(file, message, name, line, notice=notice))
    bad = {name for name, _, notice in found if not notice and name in settings}
    known = DEFAULT_CONFIG.keys() | _OURS | _TOLD.keys()
    return problems, renamed | {name: _default(name) for name in bad & known}


def _default(name: str) -> object:
    return _TOLD.get(name, [] if name in _OURS else DEFAULT_CONFIG.get(name))


def assigned(folder: Path) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the names that the files of settings give a value to, with file and line."""
    for file in FILES:
        for name, line, _, stored in upgrades.read_names(folder / file)[1]:
            if stored:
                yield name, (file, line)


def _unknown(settings: Mapping, given: Mapping, folder: Path) -> Iterator[tuple[str, str, bool]]:
    templates = settings.get("DIRECT_TEMPLATES")
    templates = templates if isinstance(templates, list | tuple) else ()
    names = [name for name in templates if isinstance(name, str)]
    known = DEFAULT_CONFIG.keys() | _PELICANS | _OURS
    known |= {f"{name.upper()}_{end}" for name in names for end in ("SAVE_AS", "URL")}
    more = [name for name in given if name not in known | upgrades.SETTINGS.keys()]
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
    own = Path(__file__).parent
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
