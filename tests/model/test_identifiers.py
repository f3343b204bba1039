"""Identifiers of papers."""

from papers.model.identifiers import SCHEMES


def test_invalid_arxiv_ids():
    """An id in the digits of another script, or of a thirteenth month, has a dead link."""
    assert [SCHEMES["arxiv"].parse(text) for text in ("٢٥١٠.10650", "2513.10650")] == [None, None]
