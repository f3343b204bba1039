"""The posts of an old site's blog, which are not news."""

import re

from .result import ImportResult

_BLOG_FOLDER = re.compile(r"(?:.*/)?(?:_posts|posts?|blog)/.+")
# In bytes, of which a Chinese character has three: about a minute of reading.
_LONG_POST = 1500
_NEWS_BLOCK = re.compile(r"(?im)^(?P<heading>##? *(?:latest )?news\s*\n\s*)?\[NEWS\] *$")


def separate_blog(result: ImportResult) -> None:
    """Make blog posts of the news from a folder of posts, if it is a blog.

    It is one beside news from elsewhere, and where half of its texts are long; what other sites
    have there are news.
    """
    news = [document for document in result.documents if document.kind == "news"]
    posts = [document for document in news if _BLOG_FOLDER.fullmatch(document.file)]
    is_long = [len(post.body.encode()) >= _LONG_POST for post in posts]
    if not posts or (len(posts) == len(news) and 2 * sum(is_long) < len(posts)):
        return
    for post in posts:
        post.kind = "post"
    for document in result.documents:
        if document.kind == "page" and document.slug == "blog":
            document.slug = "blog-page"  # The list of posts has this address.
        if document.kind == "home" and len(posts) == len(news):
            document.body = _NEWS_BLOCK.sub(_blog_block, document.body)


def _blog_block(match: re.Match) -> str:
    return "## Blog\n\n[BLOG]" if match["heading"] else "[BLOG]"
