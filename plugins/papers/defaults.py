"""The settings of a site, but for whose it is: `from papers.defaults import *`.

A file of settings takes these over and says what differs; published.py adds what differs
when the site is published.
"""

import logging
import os
from copy import deepcopy
from pathlib import Path

from jinja2 import StrictUndefined
from markdown.extensions.toc import slugify_unicode

# The theme lies beside the plugins: theme/ in the repository, pelican/themes/papers installed.
_ABOVE = Path(__file__).resolve().parents[2]

# --- Who: these are to be said by each site ----------------------------------
AUTHOR = SITENAME = "Your name"
OWNER = []
SOCIAL = []
MENUITEMS = [
    ("Publications", "publications/"),
    ("News", "news/"),
]

# --- Language and time: fixed, so that the same sources give the same bytes --
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]

# --- Where things are --------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = str(_ABOVE / ("theme" if (_ABOVE / "theme").is_dir() else "themes/papers"))
# Templates of one's own, which go before those of the theme and can extend them.
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["papers"]
ARTICLE_PATHS = ["news"]
PAGE_PATHS = ["home.md", "pages", "papers"]
STATIC_PATHS = ["images", "extra"]
# Pelican's own default ignores nothing, not even .env.
IGNORE_FILES = [".*", "*~", "#*#", "__pycache__"] + [
    f"*.{end}" for end in ("bak", "orig", "rej", "swp", "swo", "tmp", "old")
]

# --- Addresses ---------------------------------------------------------------
SITEURL = ""
RELATIVE_URLS = True
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = ARTICLE_LANG_URL = "news/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "news/{slug}/index.html"
PAGE_URL = PAGE_LANG_URL = "{folder}{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{folder}{slug}/index.html"
EXTRA_PATH_METADATA = {
    "home.md": {"template": "home", "url": "", "save_as": "index.html"},
    "pages": {"folder": ""},
    "papers": {"folder": "papers/", "template": "paper"},
}
# Files in content/extra/ are published at the site's root.
PATH_METADATA = r"extra/(?P<path>.+)"
FILENAME_METADATA = ""
DIRECT_TEMPLATES = ["archives", "search", "404"]
SEARCH_SAVE_AS = "search/index.html"
PUBLICATIONS_URL = "publications/"
ARCHIVES_URL = "news/"
ARCHIVES_SAVE_AS = "news/index.html"
# A file of the same name elsewhere is another page, not a translation.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None

# --- Drafts: in the preview, marked, at the addresses that they will have -----
DRAFT_URL = DRAFT_LANG_URL = ARTICLE_URL
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ARTICLE_SAVE_AS
DRAFT_PAGE_URL = DRAFT_PAGE_LANG_URL = PAGE_URL
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = PAGE_SAVE_AS

# --- What is not made: news need no taxonomy ----------------------------------
DEFAULT_METADATA = {"category": "News"}
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DISPLAY_PAGES_ON_MENU = False

# --- Text ----------------------------------------------------------------------
# Commands of your own in formulas: {"\\RR": r"\mathbb{R}", "\\norm": r"\lVert #1 \rVert"}.
MATH_MACROS = {}
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.admonition": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {"slugify": slugify_unicode},
    },
    "output_format": "html5",
}
# HTML in a text is its author's right; the workflow takes it from pull requests of strangers.
RAW_HTML = os.environ.get("RAW_HTML") != "no"
# Quotes are curled, -- and --- become dashes; nothing else is touched.
TYPOGRIFY = True
TYPOGRIFY_OMIT_FILTERS = ["amp", "caps", "initial_quotes", "widont"]
TYPOGRIFY_DASHES = "oldschool"
SUMMARY_MAX_PARAGRAPHS = 1
SUMMARY_MAX_LENGTH = None
# Told by the plugin, with file and remedy; of no Markdown; of pages that are not made.
LOG_FILTER = [
    (logging.WARNING, "Empty alt attribute for image %s in %s"),
    (logging.WARNING, "Docutils has no localization for '%s'. Using 'en' instead."),
    (logging.WARNING, 'Unable to generate valid slug for %s "%s".'),
]
# HTML in a header is text, and a misspelt name in a template is an error.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

# --- Each file of settings gets values of its own: what it adds to a list is not the next one's
_VALUES = {name: value for name, value in globals().items() if name.isupper() and name[0] != "_"}
__all__ = list(_VALUES)
for _name in __all__:
    del globals()[_name]


def __getattr__(name: str) -> object:
    """Return a setting's value, as it stands above."""
    if name in _VALUES:
        return deepcopy(_VALUES[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
