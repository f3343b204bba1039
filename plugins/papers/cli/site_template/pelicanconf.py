"""Settings of your site. Every other setting has a default, which you can override here.

https://github.com/pelican-papers/pelican-papers/blob/main/docs/settings.md lists them all.
"""

from pelican.plugins.papers.defaults import *

AUTHOR = SITENAME = "Your Name"
# Every spelling of your name in papers, in any script. These are shown in bold.
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
