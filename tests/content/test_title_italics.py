"""Italics in titles, such as the names of species."""

from pathlib import Path

import pytest
from papers.content import bibtex_parser, parse_bibtex
from papers.content.paper_reader import read_paper
from papers.export.bibliography import format_bibtex, format_csl
from papers.importers.references.bibtex import import_bib_entries
from papers.importers.result import ImportResult
from papers.util import mark_markdown_italics, replace_italics


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("On *Drosophila melanogaster* wings", "On <Drosophila melanogaster> wings"),
        ("_E. coli_ and _B. subtilis_", "<E. coli> and <B. subtilis>"),
        (
            "(*C. elegans*): <i>Danio rerio</i>, <em>too</em>",
            "(<C. elegans>): <Danio rerio>, <too>",
        ),
        ("*$p$-values* and *“x”*", "<$p$-values> and <“x”>"),
        ("A* search and *-algebras of type C*", "A* search and *-algebras of type C*"),
        ("5 * 3 * 2 and a*b*c", "5 * 3 * 2 and a*b*c"),
        ("C*-algebras and *-homomorphisms", "C*-algebras and *-homomorphisms"),
        ("snake_case_names and __init__", "snake_case_names and __init__"),
        (r"A\* and B\*, \_x\_", "A* and B*, _x_"),
        ("$a^*$ and $b^*$, $x_1$ and $y_2$", "$a^*$ and $b^*$, $x_1$ and $y_2$"),
        ("**Bold** stays", "**Bold** stays"),
        ("* open and _open", "* open and _open"),
        ("<i>open", "<i>open"),
    ],
)
def test_markdown(title, marked):
    """Marks are printed, or an asterisk of mathematics makes italics."""
    markup = mark_markdown_italics(title).replace("<i>", "[i]")
    assert replace_italics(markup, "<", ">") == marked.replace("<i>open", "[i]open")


@pytest.mark.parametrize(
    ("field", "html"),
    [
        (r"On \textit{{Drosophila} melanogaster} and \emph{E. coli}",
         "On <i>Drosophila melanogaster</i> and <i>E. coli</i>"),
        (r"{\it Arabidopsis thaliana} genes", "<i>Arabidopsis thaliana</i> genes"),
        (r"Caf\'e \textsl{Ni\~no} \textbf{x}", "Café <i>Niño</i> x"),
        ("<i>Mus musculus</i> &lt;i&gt;in vivo&lt;/i&gt;", "<i>Mus musculus</i> <i>in vivo</i>"),
        (r"\emph{The \textit{Homo} genus} now", "<i>The Homo genus</i> now"),
        ("A* search by *-algebras", "A* search by *-algebras"),
        (r"{\em Unclosed", "Unclosed"),
    ],
)  # fmt: skip
def test_bibtex(field, html):
    r"""The italics of `\textit` and `<i>` in a .bib are lost, in pages and in exports."""
    text = f"@misc{{k, title = {{{field}}}, author = {{A B}}, year = 2020}}"
    if "Unclosed" in field:
        text = text.replace("Unclosed", "Unclosed}")
        html = "<i>Unclosed</i>"
    header = parse_bibtex("x.bib", text.encode())[1]
    paper = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    plain = html.replace("<i>", "").replace("</i>", "")
    assert (paper.title, header.problems) == (plain, [])
    assert format_csl(paper)["title"] == html
    if "<i>" in html:
        assert r"\textit{" in format_bibtex(paper)
        again = bibtex_parser.parse_bibtex("y.bib", format_bibtex(paper).encode())[1]
        assert (
            read_paper(again, Path("y"), Path("none"), {}, "k").marked_title == paper.marked_title
        )


def test_import(tmp_path):
    """`new paper` and `import` write a .bib's title without its italics."""
    data = (
        rb"@misc{k, title = {On \emph{E. coli} and \textit{B. subtilis}}, year = 2020, author={A}}"
    )
    result = ImportResult()
    assert import_bib_entries("x.bib", data, tmp_path, result) == []
    assert result.documents[0].headers["title"] == "On *E. coli* and *B. subtilis*"
