"""Titles are typeset once, and are markup from then on."""

import pytest
from papers.content.typography import make_typesetter, typeset_title

SETTINGS = {
    "PAPERS_TYPOGRIFY": True,
    "TYPOGRIFY_DASHES": "default",
    "TYPOGRIFY_OMIT_FILTERS": ["amp", "caps", "initial_quotes", "widont"],
    "TYPOGRIFY_IGNORE_TAGS": [],
}


@pytest.mark.parametrize(
    ("title", "markup"),
    [
        ('The "best" of all', "The “best” of all"),
        ('"$x$" and $f\'(x)$', "“$x$” and $f&#39;(x)$"),
        ("$a<b$ & <b>", "$a&lt;b$ &amp; &lt;b&gt;"),
        ("&lt; is an entity", "&amp;lt; is an entity"),
    ],
)
def test_title(title, markup):
    """A formula gets curly quotes or HTML in a social card, or a title's HTML works on a page."""
    assert typeset_title(title, make_typesetter(SETTINGS)) == markup
