"""What differs in the published site: `from papers.published import *`, behind the preview's."""

import os

# The site's address, without a slash at the end. The workflow sets it from
# GitHub Pages; without one the site is made for a look at it with `pelican -l`.
SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/") or "http://localhost:8000"
RELATIVE_URLS = False

# Drafts, hidden files and what is of days to come are not published.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
