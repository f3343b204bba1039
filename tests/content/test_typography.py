"""Quotes and dashes."""

from hypothesis import given
from hypothesis import strategies as st
from papers.content.typography import make_typesetter
from typogrify.filters import typogrify


@given(st.text(alphabet="ab '\"-.`\\<>&;#x/=", max_size=60))
def test_typeset_where_needed(text):
    """A quote or dash is left as it was written where Typogrify would have set it."""
    omitted = ["amp", "caps", "initial_quotes", "widont"]
    for dashes in ("default", "oldschool", "oldschool_inverted"):
        settings = {"PAPERS_TYPOGRIFY": True, "TYPOGRIFY_DASHES": dashes,
                    "TYPOGRIFY_IGNORE_TAGS": [], "TYPOGRIFY_OMIT_FILTERS": omitted}  # fmt: skip
        typeset = make_typesetter(settings)
        assert typeset(text) == typogrify(text, [], **dict.fromkeys(omitted, False))
