"""Decode TeX, and encode text as TeX."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.util.latex import decode_latex, decode_latex_title, encode_latex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"M{\"u}ller, {\'E}cole, \v{c}\c{c} {\o} \aa", "Müller, École, čç ø å"),
        (r"G\"{o}del, \'{\i}, \u g, \L{}ukasz, Stra{\ss}e", "Gödel, í, ğ, Łukasz, Straße"),
        (r"50\% of 100% \& more & a\_b \#1 \$5", "50% of 100% & more & a_b #1 $5"),
        (r"``a'' -- b---c 1--2", '"a" – b—c 1–2'),
        (r"a~b\ c\,d\\e f\/g", "a b c d e fg"),
        (r"{\bf Bold} \emph{it} \textbf{{x}y} \textsc{A}", "Bold it xy A"),
        (r"$\alpha$-divergence, $ x $, \(a_b\)", r"$\alpha$-divergence, $x$, \(a_b\)"),
        (r"\alpha \textgreater 1 \LaTeX\ \textregistered", "α>1 LaTeX ®"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}", "E. coli"),
        ("<p>One &amp; two</p><p>H<sub>2</sub>O</p>", "One & two\n\nH2O"),
        (r"{\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        (r"\unknown{x} and \spc y", r"\unknownx and \spc y"),
        (r"\href{https://a.example}{here}, \url{https://a.example/~b_c%20}",
         "here, https://a.example/~b_c%20"),
        ("One.\n\n  Two\nlines.", "One.\n\nTwo lines."),
        ("{{{", ""), ("}}}x", "x"), ("\\", "\\"), ("$", "$"), (r"\"", ""),
    ],
)  # fmt: skip
def test_decode(tex, text):
    """An accent, a percent sign, a formula or the end of an abstract is lost."""
    assert decode_latex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Nguy{\~\^e}n, Th{\'\u a}ng, Th{\'{\^e}}", "Nguyễn, Thắng, Thế"),
        (r"Nguy\~{\^e}n \`{\^{a}}u \d{\^o} \~{ê}", "Nguyễn ầu ộ ễ"),
        (r"\' Emile, \c c, \'\i, \u{\i}", "Émile, ç, í, ĭ"),
        (r"G{\u{a}}in{\textcommabelow{s}}, B{\h{u}}i, \t{oo}", "Găinș, Bủi, o͡o"),
        (r"a\'{}b \'{\relax}c", "ab c"),
    ],
)
def test_accents(tex, text):
    """Of two accents on a letter one is lost, or an accent is lost before a space."""
    assert decode_latex(tex) == text


@pytest.mark.parametrize(
    ("tex", "title", "protected"),
    [
        ("{LLM} and {Bayesian} {M}arkov", "LLM and Bayesian Markov", ("Bayesian", "Markov")),
        ("{{Deep Learning for X}}", "Deep Learning for X", ("Deep", "Learning", "X")),
        (r"{\"O}sterreich and {{\"O}sterreich}", "Österreich and Österreich", ("Österreich",)),
        (r"\emph{Escherichia} {iPhone} K-means", "Escherichia iPhone K-means", ()),
    ],
)
def test_protected_capitals(tex, title, protected):
    """A style lowers the capital of a name because its braces are lost."""
    assert decode_latex_title(tex) == (title, protected)


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("RL for LLM Reasoning", "{RL} for {LLM} Reasoning"),
        ("Trade-Offs of K-Means on iPhones", "Trade-Offs of {K-Means} on {iPhones}"),
        ("É & 50% $x_1$ of {all}", r"{\'E} \& 50\% $x_1$ of {\textbraceleft}all{\textbraceright}"),
        ('"LLMs": a–b', "``{LLMs}'': a--b"),
    ],
)
def test_encode(title, tex):
    """A capital is not protected, a character ends a field, or a formula is escaped."""
    assert encode_latex(title, ()) == tex


# Text without TeX, as papers have it.
TEXT = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\\<>&`'$-") | st.just(" "),
    max_size=40,
).map(lambda text: unicodedata.normalize("NFC", " ".join(text.split())))


@given(TEXT)
def test_round_trip(text):
    """A text changes when it is encoded and decoded."""
    text = decode_latex(text.replace("{", "").replace("}", "").replace("~", ""))
    assert decode_latex(encode_latex(text)) == text
    title, protected = decode_latex_title(encode_latex(text, ()))
    assert title == text and protected == ()


@given(st.text(max_size=60) | st.text(r"\{}$%&#~^_\"'`-abÉ ", max_size=60))
def test_any_text(text):
    """A text crashes the decoder, or has braces that end the field it is written to."""
    depth = 0
    for sign in encode_latex(decode_latex(text)):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_prices():
    """Two prices are encoded as a formula, whose percent signs comment out the line."""
    text = decode_latex(r"Costs \$5, 100\% of a\_b \& c in US\$")
    assert encode_latex(text) == r"Costs \$5, 100\% of a\_b \& c in US\$"
    assert "{\\textbackslash}input" in encode_latex(r"$\input{x}$")
