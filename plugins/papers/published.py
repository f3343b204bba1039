"""Settings of the published site: `from papers.published import *`, after those of the preview."""

import os

# The site's URL without a trailing slash. The workflow gets it from GitHub Pages; without one,
# the site is built for `pelican -l`.
SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/") or "http://localhost:8000"
RELATIVE_URLS = False

# Drafts, hidden files and future news are not published.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
