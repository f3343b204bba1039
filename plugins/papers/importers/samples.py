"""Samples that come with the templates of other systems, and are nobody's content.

A file is a sample while both its title and its words are the template's: one that somebody has
edited is theirs.
"""

import re
import unicodedata

# The title, or a pattern of it, and words of each version of the text; all folded by `_fold`.
# al-folio, its blog and its forks; academicpages; HugoBlox (Wowchemy, Academic).
_ITEMS = [
    (r"", "write your biography here tell the world about yourself"),
    (r"a long announcement with details", "announcements and news can be much longer than just"),
    (r"project \d+|a project with .*|an other project.*|another project.*",
     "every project has a beautiful feature showcase page"),
    (r"teaching|courses", "for now this page is assumed to be a static description of your"),
    (r"teaching|courses", "materials for courses you taught replace this text with your"),
    (r"a post with (?:formatting and links|images|code(?: diff)?|math|(?:\w+ )?comments|twitter|"
     r"jupyter notebook|github metadata|image galleries|redirect|diagrams|videos?|audios?|tabs|"
     r"table of contents.*|custom blockquotes|bibliography|vega lite|geojson|echarts|chart js|"
     r"tikzjax|typograms|pseudo code|advanced image components|plotly js|open graph.*)|"
     r"a distill style blog post|displaying beautiful tables with bootstrap tables|"
     r"displaying external posts on your al folio blog",
     r"this theme|this (?:blog |example )?post|this is (?:an example|a|what)|an example|al folio|"
     r"hipster|lorem ipsum|jean shorts|you can|we can|it supports|below is|citation"),
    (r"the godfather", "the godfather is a crime novel|a book review"),
    (r"paper title number \d+", "this paper is about|your name you|academicpages"),
    (r"(?:talk|tutorial|conference proceeding talk) \d+ on relevant topic in your field",
     "this is a description of your|more information here|academicpages|yay markdown"),
    (r"teaching experience \d+", "this is a description of a teaching experience|heading 1"),
    (r"portfolio item number \d+", "this is an item in your portfolio"),
    (r"blog post number \d+", "this is a sample blog post|lorem ipsum"),
    (r"future blog post", "this post will show up by default"),
    (r"markdown", "locations of key files directories|displaylines nabla cdot e|jemoji plugin|"
     "academic pages uses"),
    (r"archive layout with content", "a variety of common markup showing how the theme styles"),
    (r"cv|curriculum vitae|resume", "github university|version control theory"),
    (r"page not in menu|page not in the menu", "this is a page not in"),
    (r"an example (?:conference paper|journal article|preprint|working paper)\b.*",
     "lorem ipsum|click the cite button|supplementary notes can be added here|"
     "create your slides in markdown"),
    (r"example (?:talk|event|project|page|course).*|(?:external|internal) project|slides",
     r"lorem ipsum|slides can be added|click on the slides button|hugo ?blox|wowchemy|"
     r"an example of (?:linking directly to an external|using the in built)|external link"),
    (r"python basics|visualization|statistics|embed (?:a )?(?:video|quiz)|hide content|"
     r"private content|some course|learn python",
     r"hugo ?blox|wowchemy|lorem ipsum|academic framework"),
    (r"(?:welcome to|academic|display|writing|write|blog with|easily|communicate|manage your|"
     r"sharpen your|teach|unlock|create your|data visuali|second brain).*",
     "wowchemy|hugo ?blox|academic (?:website|framework|kickstart)|the website builder|"
     "lorem ipsum"),
    (r"pandas|pytorch|scikit learn|scikit", "flexible and powerful data analysis|"
     "pytorch is a python package|scikit learn is a python module|hugo ?blox"),
    (r"nelson bighetti|吳恩達|alice wu.*|admin",
     "is a professor of artificial intelligence at the stanford ai lab"),
]  # fmt: skip
_ITEM_PATTERNS = [(re.compile(title), re.compile(rf"\b(?:{words})")) for title, words in _ITEMS]
# Whole texts, without a title.
_ANNOUNCEMENT = re.compile(
    r"a simple inline announcement(?: with markdown emoji(?: sparkles| smile)*)?"
    r"|announcements and news can be much longer than just quick inline posts.{0,200}"
)
# What the paragraphs of a template's home page begin with.
_PARAGRAPH = re.compile(
    r"write your biography here tell the world|put your address p o box other info right below|"
    r"link to your social media connections too this theme|"
    r"this is the front page of a website that is powered by|a data driven personal website$|"
    r"like many other jekyll based github pages templates|many of the features of dynamic content "
    r"management systems|register a github account if you don t have one|fork this (?:repository|"
    r"template)|go to the repository s settings|set site wide configuration|upload any files like "
    r"pdfs|check status by going to the repository|getting started$|site wide configuration$|the "
    r"main configuration file for the site is|create content metadata$|for site content there is "
    r"one markdown file|markdown generator$|(?:i have also created|the repository includes) a set "
    r"of jupyter notebooks|how to edit your site s github repository$|many people use a git client|"
    r"example editing a markdown file for a talk|for more info$|more info about configuring "
    r"academicpages|nelson bighetti is a professor of artificial intelligence"
)
_HEADER = re.compile(r"\A\s*---[ \t]*\n(?P<header>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_HOME = re.compile(r"^permalink\s*:\s*[\"']?/[\"']?\s*$", re.MULTILINE)
_TITLE = re.compile(r"^title\s*:\s*(?P<title>.*)$", re.MULTILINE)
_TEMPLATE_TAG = re.compile(r"\{%[^%]{0,500}%\}|\{\{[^{}]{0,500}\}\}|<!--.*?-->", re.DOTALL)
# Longer than any sample; what is after it is not compared.
MAX_SAMPLE_SIZE = 40_000


def is_sample(text: str) -> bool:
    """Tell whether the text of a file is a template's, with its title."""
    text = text.replace("\r\n", "\n")
    match = _HEADER.match(text)
    if match and _HOME.search(match["header"]):
        return False  # The home page is needed, whatever its words are.
    header, body = (match["header"], text[match.end() :]) if match else ("", text)
    title_line = _TITLE.search(header)
    title, folded = _fold(title_line["title"] if title_line else ""), _fold(body)
    if _ANNOUNCEMENT.fullmatch(folded) and title in ("", "a long announcement with details"):
        return True
    whole = f"{folded} {_fold(header)}"
    return any(
        pattern.fullmatch(title) and words.search(whole) for pattern, words in _ITEM_PATTERNS
    )


def strip_sample_paragraphs(text: str) -> str:
    """Return a text without the paragraphs that a template's home page comes with."""
    parts = text.split("\n\n")
    remaining = [part for part in parts if not _PARAGRAPH.match(_fold(part))]
    return "\n\n".join(remaining) if len(remaining) < len(parts) else text


def is_sample_entry(title: str, authors: str, date: str) -> bool:
    """Tell whether an entry of a .bib is one of Albert Einstein's papers, al-folio's samples."""
    year = re.match(r"\d{4}", date)
    is_einsteins = re.search(r"\beinstein\b", _fold(authors)) is not None
    return is_einsteins and bool(title) and (not year or int(year[0]) < 1970)


def _fold(text: str) -> str:
    """Return the words of a text in lower case, without marks and template syntax."""
    plain = unicodedata.normalize("NFKC", _TEMPLATE_TAG.sub(" ", text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))
