"""Settings of the preview: whose site it is. All others have a default.

The module that is taken over holds them, and what each means: write here what is to differ.
"""

from pelican.plugins.papers.defaults import *

AUTHOR = SITENAME = "Your Name"
# Every form of your name that papers print, in any script.
OWNER = [AUTHOR]
SOCIAL = [
    ("Email", "mailto:you@university.example"),
    # ("Google Scholar", "https://scholar.google.com/citations?user=YOU"),
    # ("GitHub", "https://github.com/YOU"),
    # ("ORCID", "https://orcid.org/0000-0000-0000-0000"),
]
MENUITEMS = [
    ("Publications", "publications/"),
    ("News", "news/"),
    ("Blog", "blog/"),
]
