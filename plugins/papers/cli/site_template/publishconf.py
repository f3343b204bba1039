"""Settings of the published site: those of the preview, and what differs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *
from pelican.plugins.papers.published import *

# The workflow asks GitHub Pages for the site's address. To publish elsewhere, write it here:
# SITEURL = "https://www.ada.example"
