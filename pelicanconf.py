"""Settings of the preview: whose site it is. All others have a default.

plugins/papers/defaults.py holds them, and what each means: write here what is to differ.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().with_name("plugins")))
from papers.defaults import *

AUTHOR = SITENAME = "Yancheng He"
# Every form of your name that papers print, in any script.
OWNER = [AUTHOR]
SOCIAL = [
    ("Email", "mailto:sydney_he@163.com"),
]
MENUITEMS = [
    ("Publications", "publications/"),
    ("News", "news/"),
    ("Blog", "blog/"),
]
