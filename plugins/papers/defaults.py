"""The default settings of a site: `from papers.defaults import *`.

A site's pelicanconf.py imports them and overrides some; published.py has those of the published
site.
"""

import logging
import os
from copy import deepcopy
from pathlib import Path

from jinja2 import StrictUndefined
from markdown.extensions.toc import slugify_unicode

# The theme: theme/ in the repository, pelican/themes/papers in an installed package.
_ABOVE = Path(__file__).resolve().parents[2]

# --- Owner: each site sets these ----------------------------------------------
AUTHOR = SITENAME = "Your name"
OWNER = []
SOCIAL = []
MENUITEMS = [
    ("Publications", "publications/"),
    ("News", "news/"),
    ("Blog", "blog/"),
]

# --- Language and time: fixed, so that the same sources give the same bytes ---
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]

# --- Files and folders ---------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = str(_ABOVE / ("theme" if (_ABOVE / "theme").is_dir() else "themes/papers"))
# Folders of the site's own templates, which take precedence over the theme's and can extend them.
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["papers"]
ARTICLE_PATHS = ["news", "blog"]
PAGE_PATHS = ["home.md", "pages", "papers"]
STATIC_PATHS = ["images", "extra"]
# Pelican's default ignores nothing, not even .env.
IGNORE_FILES = [".*", "*~", "#*#", "__pycache__"] + [
    f"*.{end}" for end in ("bak", "orig", "rej", "swp", "swo", "tmp", "old")
]

# --- URLs ----------------------------------------------------------------------
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
# Files with the same name in other folders are other pages, not translations.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None

# --- Drafts: the preview shows them, labelled, at their future URLs ------------
DRAFT_URL = DRAFT_LANG_URL = ARTICLE_URL
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ARTICLE_SAVE_AS
DRAFT_PAGE_URL = DRAFT_PAGE_LANG_URL = PAGE_URL
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = PAGE_SAVE_AS

# --- Pages that Pelican would write: of authors, categories and tags, and feeds --
DEFAULT_METADATA = {"category": "News"}
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DISPLAY_PAGES_ON_MENU = False

# --- Text ----------------------------------------------------------------------
# Other sites that pages may load from: {"scripts": ["https://gc.zgo.at"]}.
ALLOWED_HOSTS = {}
# Notices not to report: lines of `pelican-papers check`, or how they begin.
ACCEPTED_NOTICES = []
# Your own commands in formulas: {"\\RR": r"\mathbb{R}", "\\norm": r"\lVert #1 \rVert"}.
MATH_MACROS = {}
# Short names of venues, by words of their full names: {"Conference on Stones": "CoSto"}.
VENUES = {}
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
# HTML in texts is kept. The workflow turns this off for pull requests from forks.
RAW_HTML = os.environ.get("RAW_HTML") != "no"
# Straight quotes become curly, -- and --- become dashes; nothing else changes.
TYPOGRIFY = True
TYPOGRIFY_OMIT_FILTERS = ["amp", "caps", "initial_quotes", "widont"]
TYPOGRIFY_DASHES = "oldschool"
SUMMARY_MAX_PARAGRAPHS = 1
SUMMARY_MAX_LENGTH = None
# Warnings of Pelican to hide: the plugin reports the first, the others are about unused features.
LOG_FILTER = [
    (logging.WARNING, "Empty alt attribute for image %s in %s"),
    (logging.WARNING, "Docutils has no localization for '%s'. Using 'en' instead."),
    (logging.WARNING, 'Unable to generate valid slug for %s "%s".'),
]
# HTML in a header is text, and an unknown name in a template is an error.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}

# --- Each settings file gets copies: changing a list in one does not change the others ---
_VALUES = {name: value for name, value in globals().items() if name.isupper() and name[0] != "_"}
__all__ = list(_VALUES)
for _name in __all__:
    del globals()[_name]


def __getattr__(name: str) -> object:
    """Return a copy of a setting's value."""
    if name in _VALUES:
        return deepcopy(_VALUES[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
