"""Honours: one by one, with labels that fit on a card."""

import pytest
from papers.model.honours import shorten_honour, split_honours


@pytest.mark.parametrize(
    ("text", "honours"),
    [
        (None, ()), ("", ()), ("Oral", ("Oral",)), ("Oral; Best Paper.", ("Oral", "Best Paper")),
        ("Oral Presentation (rate: 1.8%), Best Paper Award at the Workshop on Stones, Sand, Clay",
         ("Oral Presentation (rate: 1.8%)",
          "Best Paper Award at the Workshop on Stones, Sand, Clay")),
        ("Best Poster Award and the Stone Prize at CoSto", ("Best Poster Award",
                                                           "Stone Prize at CoSto")),
        ("Best Paper Award, Paris, France, 2021", ("Best Paper Award, Paris, France, 2021",)),
        ("Best Paper and Presentation", ("Best Paper and Presentation",)),
        ("优秀论文, 高影响力论文", ("优秀论文", "高影响力论文")),
        ("Award (of A; and of B)", ("Award (of A; and of B)",)),
    ],
)  # fmt: skip
def test_split(text, honours):
    """Two honours are one chip, or one with a place is two."""
    assert split_honours(text) == honours


@pytest.mark.parametrize(
    ("honour", "label"),
    [
        ("oral", "Oral"), ("Oral Presentation [top 2%]", "Oral"),
        ("Long Oral Presentation", "Long Oral"), ("Best Paper Award", "Best Paper Award"),
        ("Oral Plenary Presentation [rate: 70/784 (8.9%)]", "Oral Plenary Presentation"),
        ("Best Paper Award at CoSto 2024", "Best Paper Award at CoSto 2024"),
        ("Best Paper Award at the 7th Conference on Stones", "Best Paper Award"),
        ("Best Paper Award at the ICML Workshop on Stones and Sand", "Best Paper Award (workshop)"),
        ('Best paper award on the "Learning for Stones" track', "Best paper award (track)"),
        ("Won the best paper award", "Best paper award"),
        ("Awarded runner up for the best paper award", "Runner up for the best paper award"),
        ("Winner of the Challenge on Stones on the Friendly Side of the Hill",
         "Winner of the Challenge"),
        ("First of Those Who Threw Stones on the Friendly Side of the Hill",
         "First of Those Who Threw Stones on the…"),
        ("中国图象图形学报2024年度优秀论文", "中国图象图形学报2024年度优秀论文"),
        ("(top 2%)", "(top 2%)"), ("", ""), ("x" * 100, "X" + "x" * 44 + "…"),
    ],
)  # fmt: skip
def test_label(honour, label):
    """An honour takes three lines of a card, or an award of a workshop is one of the conference."""
    assert shorten_honour(honour) == label
