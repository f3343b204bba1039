"""Settings of your site. Every other setting has a default, which you can override here.

https://github.com/pelican-papers/pelican-papers/blob/main/docs/settings.md lists them all.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().with_name("plugins")))
from papers.defaults import *

AUTHOR = SITENAME = "Yancheng He"
# Every spelling of your name in papers, in any script. These are shown in bold.
OWNER = [AUTHOR]
SOCIAL = [
    ("Email", "mailto:sydney_he@163.com"),
]
MENUITEMS = [
    ("Publications", "publications/"),
    ("News", "news/"),
    ("Blog", "blog/"),
]
