"""Decode TeX, and encode text as TeX."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.export.latex_encoder import encode_latex
from papers.util.latex import decode_latex, decode_latex_title, find_macros


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
        ("<p>One &amp; two</p><p>H<sub>2</sub>O</p>", "One & two\n\nH₂O"),
        (r"{\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        (r"\unknown{x} and \spc y", r"\unknown{x} and \spc y"),
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
    ("tex", "text"),
    [
        (r"10\textsuperscript{9} cells, 3<sup>5</sup> states", "10⁹ cells, 3⁵ states"),
        (r"10\textsuperscript{-3} K, 10<sup>−1.5</sup>", "10⁻³ K, 10^−1.5"),
        (r"H\textsubscript{2}O, {CO<sub>2</sub>}, x<sub>i</sub>", "H₂O, CO₂, x_i"),
        (r"\textsuperscript{13}C, Ca<sup>2+</sup>, R<jats:sup>n</jats:sup>", "¹³C, Ca²⁺, Rⁿ"),
        (r"19\textsuperscript{th} and XIX<sup>e</sup>", "19th and XIXe"),
        (r"Acme\textsuperscript{\tiny\textregistered}, Foo\textsuperscript{TM}", "Acme®, Foo™"),
        (r"\ensuremath{10^{-3}} and \ensuremath{\alpha}", r"$10^{-3}$ and α"),
        (r"\textsuperscript{{A}}\textsuperscript", "^A"),
    ],
)
def test_scripts(tex, text):
    """10⁹ becomes 109, or the 19th century gets a formula."""
    assert decode_latex(tex) == decode_latex_title(tex)[0] == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"A \mkbibquote{big} \mkbibemph{deal}", 'A "big" deal'),
        (r"\enquote{a \enquote{b} c} \enquote*{d}", '"a \'b\' c" "d"'),
        (r"\glqq Wort\grqq{} und \glq Wort\grq, \flqq mot\frqq", "„Wort“ und ‚Wort‘, «mot»"),
        ("\"`Wort\"' ,,Wort'' <<mot>>", "„Wort“ „Wort“ «mot»"),
        ('a << b, 1,,2 and 5"` wide', "a << b, 1,,2 and 5\"' wide"),
        ("?`Que? !`Hola! What?``a''", '¿Que? ¡Hola! What?"a"'),
        (r"\pounds 3 \copyright\ \euro{} 5, 20\textdegree", "£3 © € 5, 20°"),
        (r"{\tiny a} {\Large b} {\huge c} \textmd{d} \sout{e}", "a b c d e"),
        (r"\texorpdfstring{$x$}{y} \foreignlanguage{german}{Wort} a\label{b}", "y Wort a"),
        (r"Skibi\ifmmode \acute{n}\else \'{n}\fi{}ski \ifmmode x\fi y", "Skibiński y"),
        (
            r"On: \begin{itemize}\item one \item two\end{itemize} End",
            "On:\n\n• one\n\n• two\n\nEnd",
        ),
        (r"As \begin{equation}a_1=b\end{equation}", "As $$a_1=b$$"),
    ],
)
def test_macros(tex, text):
    """Quotation marks, ligatures or common macros of a text are printed as TeX."""
    assert decode_latex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text", "macros"),
    [
        (r"As \cite{Rock2010} says\footnote{n{o}}.", r"As \cite{Rock2010} says\footnote{no}.",
         [r"\cite", r"\footnote"]),
        (r"See \ref{a}, $\alpha$ and \foo", r"See \ref{a}, $\alpha$ and \foo", [r"\ref", r"\foo"]),
        (r"\begin{foo}x\end{foo}", r"\begin{foo}x\end{foo}", [r"\begin", r"\end"]),
        (r"C:{\textbackslash}users \'{E} \& \(a_b\)", r"C:\users É & \(a_b\)", []),
    ],
)  # fmt: skip
def test_find_macros(tex, text, macros):
    """TeX that no page can print is shown, and nothing reports it."""
    assert decode_latex(tex) == text
    assert find_macros(text, tex) == macros


def test_decode_composes_letters():
    """The same name is two different strings in two exports."""
    assert decode_latex("Cafe\u0301") == decode_latex(r"Caf\'e") == "Caf\u00e9"


@pytest.mark.parametrize(
    ("tex", "title", "protected"),
    [
        ("{LLM} and {Bayesian} {M}arkov", "LLM and Bayesian Markov", ("Bayesian", "Markov")),
        ("{{Deep Learning for X}}", "Deep Learning for X", ("Deep", "Learning", "X")),
        (r"{\"O}sterreich and {{\"O}sterreich}", "Österreich and Österreich", ("Österreich",)),
        (r"\emph{Escherichia} {iPhone} K-means", "\x04Escherichia\x05 iPhone K-means", ()),
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
        ("The 'best' of 'both worlds', O'Brien's", "The `best' of `both worlds', {O'Brien's}"),
        ("van 't Veer and the dogs' den of '20", "van 't Veer and the dogs' den of '20"),
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


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\begin{enumerate}\item[(a)] one \item two\end{enumerate}", "(a) one\n\n• two"),
        (r"\begin{description}\item[Key] value\end{description}", "Key value"),
        (r"\textquote[Stone]{big} and \blockquote[Rock]{x}", '"big" (Stone) and "x" (Rock)'),
        (r"a\hspace{1cm}b", "a b"),
        (r"\uppercase{abc} and \MakeLowercase{ABC}", "ABC and abc"),
        (r"$a \ifmmode b\else c\fi$ and \ifmmode b\else c\fi", "$a b$ and c"),
        (r"\~{}user and \^{}", "~user and ^"),
        (r"\BibTeX{} and \hyp{}x", "BibTeX and -x"),
        (r"\copyright 2020, \textcopyright{} 2021 (\copyright)", "© 2020, © 2021 (©)"),
    ],
)
def test_macros_with_options(tex, text):
    """A macro's option stays in the text, or its argument loses its case, sign or blank."""
    assert decode_latex(tex) == text
    assert find_macros(text, tex) == []


@pytest.mark.parametrize(
    "tex",
    [r"As \citep[p. 3]{Rock} says", r"\SI{10}{\kilo\metre}", r"\frac{1}{2}", r"\foo[a]{b}{c}"],
)
def test_unknown_macros_stay_whole(tex):
    """A macro that is not known loses the braces of its arguments, or is not reported."""
    assert decode_latex(tex) == tex
    assert find_macros(tex, tex)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Th{\'\abreve}ng", r"Th\abreveng"),
        (r"\'{\foo}", r"\foo"),
        (r"\v{\bar}x", r"\barx"),
    ],
)
def test_accents_of_macros(tex, text):
    """An accent is put on the backslash of a macro that is not known, which nobody reports."""
    assert decode_latex(tex) == text
