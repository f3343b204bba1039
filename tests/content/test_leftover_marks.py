"""Marks of Markdown that a page shows."""

import pytest
from papers.content.markdown.leftover_marks import find_leftover_marks, find_mark_in_header


@pytest.mark.parametrize(
    "html, pieces",
    [
        ("<div>**bold** and __so__</div>", ["**bold**", "__so__"]),
        ("<div>*it* _is_</div>", ["*it*", "_is_"]),
        ("<td>![A cat](cat.png)</td>", ["![A cat](cat.png)"]),
        ("<div>[x]({filename}y.md)</div>", ["[x]({filename}y.md)"]),
        ("<div>\n1. one\n2. two\n</div>", ["1. one"]),
        ("<div>\n```python\nx\n```\n</div>", ["```python", "```"]),
        ("<div>\n| a | b |\n|---|:-:|\n| c | d |\n</div>", ["|---|:-:|"]),
        ("<div>$x_1 + \\alpha$</div>", ["$x_1 + \\alpha$"]),
        ("<p>We are **hiring.</p>", ["**hiring."]),
        # What is not a mark, or is not shown.
        ("<p>snake_case_name, 2 * 3 * 4, f(x)[0](1), a[i][j], x**2, ** p < .05, [1][2]</p>", []),
        ("<pre>**a**</pre><p><code>[a](b)</code> <kbd>`</kbd>`</p><!-- **c** -->", []),
        ("<script>a = `x`;\n- b\n- c</script><style>\n* a\n* b</style><svg>**x**</svg>", []),
        ("<p>``quoted'' and 5* hotels, *footnote</p>", []),
        ("<p>#1 and C# and ###</p>", []),
        ('<p title="**a**">A <b>b</b></p>', []),
    ],
)
def test_leftover_marks(html, pieces):
    """Raw Markdown is printed on a page, or other text is mistaken for it."""
    assert sorted(piece for piece, _ in find_leftover_marks(html, html)) == sorted(pieces)


@pytest.mark.parametrize(
    "value, mark",
    [
        ("A **bold** title", "**bold**"),
        ("The *New* Way", "*New*"),
        ("With `code` in it", "`code`"),
        ("On [arXiv](https://arxiv.org)", "[arXiv](https://arxiv.org)"),
        ("A* search, C*-algebras and W*-algebras", None),
        ("Of $a**b**c$ and $`x`$", None),
        ("f[0](x), 2 * 3 * 4, ``quoted'' words, [CLS] tokens", None),
        ("*", None),
    ],
)
def test_marks_in_headers(value, mark):
    """A title with marks is printed with them, or a name with a star is taken for one."""
    assert find_mark_in_header(value) == mark


def test_escaped_marks():
    """Marks that a backslash escapes are reported."""
    assert not list(find_leftover_marks("<p>*a* **b** [c](d)</p>", r"\*a\* \*\*b\*\* \[c\](d)"))


def test_long_texts():
    """A text of nothing but marks takes minutes."""
    for text in ("[" * 20_000, "**" * 20_000, "<kbd>*a" * 2_000, "| -" * 20_000, "`a " * 20_000):
        assert len(list(find_leftover_marks(text, text))) < 10
