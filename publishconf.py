"""Settings of the published site: those in pelicanconf.py, with the changes below."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *
from papers.published import *

# On GitHub, the workflow sets the site's address. To publish elsewhere, set it here:
# SITEURL = "https://www.ada.example"
