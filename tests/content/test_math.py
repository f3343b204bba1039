"""Formulas: MathML on pages, TeX in feeds and texts."""

from html import escape

import feedparser
import pytest
from conftest import NEWS, words
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from papers.content.markdown import DialectExtension
from papers.content.math import (
    FormulaError,
    MathExtension,
    find_formulas,
    mark_math,
    render_math,
    to_mathml,
    unmark_math,
)
from papers.pages.citations import Citations, render_citations
from papers.util.html import html_to_text

# From titles and abstracts of real papers; the last ten are harder.
FORMULAS = r"""
x^2
O(n \log n)
\mathcal{O}(1/\epsilon^2)
\ell_1
\beta
\alpha\text{-divergence}
\mathbb{R}^n
\mathbbm{1}_{x>0}
10^{-3}
\sim 10\%
5\times 10^{4}~\mathrm{M}_\odot
^{137}\mathrm{Cs}
p < 0.05
\pm 0.3
\sqrt{T}
\tilde{\mathcal{O}}(d\sqrt{T})
\|x\|_2
\mathrm{KL}(p\|q)
\nabla f(x_k)
\hat{\boldsymbol\theta}
\bm{x}^\top \bm{y}
K=8
\frac{1}{n}\sum_{i=1}^n x_i
\operatorname*{arg\,max}_\theta \mathbb{E}[r]
f\colon X \to Y
x \mapsto \max(0, x)
a \leq b \geq c \neq d \approx e
\mbox{AUC} = 0.9
(\epsilon,\delta)
H_2O
\begin{aligned} a &= b \\ c &= d \end{aligned}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}
\underbrace{a+b}_{n}
\left\{ x \,\middle|\, x > 0 \right\}
\xrightarrow[n\to\infty]{d}
\stackrel{\text{def}}{=}
\prod_{t=1}^{T} \pi_\theta(a_t \mid s_t)
\int_{-\infty}^{\infty} e^{-x^2}\,\mathrm{d}x = \sqrt{\pi}
x_1, \dotsc, x_n, a \dotsb b
\begin{split} a &= b \\ c &= d \end{split}
\begin{eqnarray*} a &=& b \end{eqnarray*}
\begin{alignat*}{2} a &= b & c &= d \end{alignat*}
\begin{multline} a \\ b \end{multline}
\begin{align} a \label{eq:1} \\ b \nonumber \end{align}
\begin{smallmatrix} 1 & 2 \end{smallmatrix}
\displaylines{x = 1 \\ y = \frac{1}{2}}
\sum_{\substack{i < 1 \\ j}} x
\min\left(r_t\hat A_t,\ \operatorname{clip}(r_t, 1-\varepsilon, 1+\varepsilon)\hat A_t\right)
""".strip().splitlines()
PIECES = (
    "$ $$ \\( \\) \\[ \\] [@a] [ ] @k ` * _ { } \\ & < > | - # 1 \\frac ^ ![x](a.mp4) 中 x".split()
    + ["\n", "\n\n", "    ", "```\n", '![x](a.png "t $x$")', "|--|\n", "\x02"]
)


def markdown(text: str) -> str:
    extensions = [make() for make in (DialectExtension, MathExtension, Citations)]
    return Markdown(extensions=["extra", *extensions]).convert(text)


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas(tex):
    """A common formula is not converted, or Markdown removes a part of it."""
    assert len(FORMULAS) == 49
    for formula in (f"${tex}$", f"$${tex}$$", rf"\({tex}\)", f"\\[\n{tex}\n\\]"):
        html = markdown(f"It is\n{formula}\nthen." if "\n" in formula else f"It is {formula}.")
        assert list(find_formulas(html)) == [formula]
        assert list(find_formulas(mark_math(f"It is {formula}."))) == [formula]
        assert "<math" in render_math(html, {}) and "<code" not in render_math(html, {})


AMSMATH = {
    r"1, \dotsc, 5": "<mo>,</mo><mn>5</mn>",
    r"r^{\*}(x)": "<mo>∗</mo>",
    r"\begin{split} a &= b \\ c &= d \end{split}": "<mtable",
    r"\begin{align\*} a &= b \\* c \end{align\*}": "<mtable",
    r"a_1 + \dotsb + a_n": ">⋯</mo>",
}


@pytest.mark.parametrize("tex", AMSMATH)
def test_amsmath(tex):
    """A command of amsmath, or a star escaped for Markdown, ends the build."""
    assert AMSMATH[tex] in to_mathml(f"$${tex}$$")


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("from $5 to $10, and US$3 or A$4", []),
        ("costs $5 and more words, a lot of$ them", []),
        (r"A$\beta$42 and A$\beta$40", [r"$\beta$", r"$\beta$"]),
        (r"`$x$` and \$5 and `\\(x\\)` and \\(x", []),
        # Of kramdown and Goldmark, where MathJax finds them.
        (r"so \\(x_1\\), \\[y\\] and \\(a\) b\\)", [r"\(x_1\)", r"\[y\]", r"\(a\) b\)"]),
        ("\\\\[\nx\n= y\n\\\\]", ["\\[\nx\n= y\n\\]"]),
        ("- a\n\n  $$\n  x\n  - y\n  $$\n- b", ["$$\nx\n- y\n$$"]),
        ("> $$\n> x\n> = y\n> $$", ["$$\nx\n= y\n$$"]),
        ("so $`x_1`$ and `$x$`", ["$x_1$"]),
        ("```math\nx\n- y\n```", ["$$\nx\n- y\n$$"]),
        ("- a\n  ```math\n  x\n  ```\n- b", ["$$\nx\n$$"]),
        ("so $$x$$ and\n$$y$$", ["$$x$$", "$$y$$"]),
        ("$a_1*b$ and *c* and $d*e_2$", ["$a_1*b$", "$d*e_2$"]),
        ("$x<y$ and $y>z$", ["$x<y$", "$y>z$"]),
        ("$$\na\n> b\n# c\n$$", ["$$\na\n> b\n# c\n$$"]),
        ("    $$x$$", []),
        ("```\n$$x$$\n```", []),
        ("| $|x|$ | b |\n|--|--|\n| $\\|y\\|$ | c |", [r"$\vert{}x\vert{}$", r"$\Vert{}y\Vert{}$"]),
        ("- a\n- \\[ b \\\\ c \\]", [r"\[ b \\ c \]"]),
    ],
)
def test_formulas_in_text(text, formulas):
    """A price becomes a formula, or a formula stays in dollars."""
    assert list(find_formulas(markdown(text))) == formulas


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\foo", 'unknown command "\\foo"'),
        (r"\frac{1", "expected closing token"),
        ("a & b", 'found "&"'),
        (r"\begin{foo}x\end{foo}", 'unknown environment "foo"'),
        (r"\href{javascript:alert(1)}{x}", "unknown command"),
    ],
)
def test_invalid_formulas(tex, reason):
    """An invalid formula is dropped without an error, or its message has many lines."""
    with pytest.raises(FormulaError, match="^") as error:
        to_mathml(f"${tex}$")
    assert reason in str(error.value) and "\n" not in str(error.value)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text(text):
    """Dollars, brackets and backslashes crash the build, or a letter is lost."""
    assert unmark_math(mark_math(text)) == escape(text, quote=False)
    html = markdown(text)
    render_math(html, {})
    assert html_to_text(render_citations(html, [])) is not None


def test_recursive_macros():
    """A macro that expands to itself hangs the build."""
    with pytest.raises(FormulaError):
        to_mathml(r"$\a$", (("\\a", r"\b"), ("\\b", r"\a")))


def test_formulas_of_a_site(make):
    """A title, summary, caption or .bib field shows TeX, or a feed or citation MathML."""
    tex, seen = r"$\ell_1 -- \RR x'$", "ℓ1−−ℝx′"
    bib = f"@article{{b, title={{On {tex}}}, author={{Ada Lovelace}}, journal={{J}}, year=2020, "
    bib += f"abstract={{In .bib {tex}, for \\$5.}}}}"
    paper = f'Title: On {tex} -- "so"\nAuthors: Ada Lovelace\nDate: 2026\nVenue: J\nSelected: yes\n'
    files = {
        "papers/b.bib": bib,
        "papers/p.md": f"{paper}Summary: Short {tex}.\n\nBody {tex}, $$a\\\\b$$\n",
        "news/n.md": f"Title: News {tex}\nDate: 2026-01\n\nWords {tex}.\n",
    }
    site = make(files, settings={"MATH_MACROS": {"\\RR": "\\mathbb{R}"}}, SITEURL="https://a.test")
    for path in ("papers/p/", "papers/b/", "news/n/", "publications/", ""):
        page = site.page(path)
        assert words(page.select_one("math")).replace(" ", "") == seen, path
        assert not page.select("main code.math"), path
    assert site.page("papers/p/").title.text.startswith(f"On {tex} – “so”")
    assert len(site.page("papers/p/").select("h1 math, .prose math")) == 3
    assert f"abstract = {{Body {tex}, $$a\\\\b$$}}" in site.text("papers.bib")
    assert r"for \$5" in site.text("papers.bib")
    entry = feedparser.parse(site.text("feeds/news.atom.xml")).entries[0]
    assert entry.title == f"News {tex}" and tex in entry.content[0].value


def test_invalid_formulas_are_reported(make):
    """A page shows an invalid formula, and no problem says where it is."""
    files = {
        "news/n.md": NEWS + "\nSo $\\foo$ and `$\\bar$`.\n",
        "papers/p.md": "Title: A $\\frac{1$ b\nAuthors: A B\nDate: 2026\nVenue: J\n\nX.\n",
        "papers/b.bib": "@misc{b, title={T}, author={A B}, year=2020, abstract={$\\HB$}}",
    }
    site = make(files, check=False)
    assert site.code == 1
    hint = "(correct it, or define the command in MATH_MACROS)"
    assert (
        f'content/news/n.md:6: $\\foo$ cannot be shown: unknown command "\\foo" {hint}'
        in site.printed
    )
    assert "content/papers/p.md:1: title: $\\frac{1$ cannot be shown: expected" in site.printed
    assert (
        "b.bib:1: b: abstract: $\\HB$ cannot be shown" in site.printed
        and "[notice]" in site.printed
    )
    assert "2 problems: nothing was written." in site.printed
