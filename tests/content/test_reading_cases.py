"""The collected cases of texts that arrived wrong, read in place; each kind has tests elsewhere.

Without the collection these tests are skipped.
"""

import json
from pathlib import Path

import pytest
from conftest import ROOT
from papers.content import bibtex_parser
from papers.content.frontmatter import split_header
from papers.content.header_keys import normalize_keys
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.export.scholar_tags import format_scholar_tags
from papers.model.paper import Paper

CASES = ROOT.parent / "shared" / "cases" / "reading"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")


def read_bib(folder: str) -> tuple[dict[str, Paper], list[str]]:
    """Return the papers of a case's papers.bib by their keys, and the messages."""
    path = CASES / folder / "papers.bib"
    strings = bibtex_parser.read_strings(path.parent)
    headers = bibtex_parser.parse_bibtex("papers.bib", path.read_bytes(), strings)
    papers = {
        header.citation_key: read_paper(header, path, path.parent, {}, "k")
        for header in headers
        if header.entries
    }
    return papers, [str(problem) for header in headers for problem in header.problems]


def read_markdown(path: Path) -> tuple[Paper, list[str]]:
    """Return the paper of a Markdown file, and the messages."""
    header, _ = split_header(path.name, path.read_text(encoding="utf-8"))
    normalize_keys(header)
    paper = read_paper(header, path, path.parent, {}, path.stem)
    return paper, [str(problem) for problem in header.problems]


def names(paper: Paper) -> list[str]:
    """Return the printed names of the authors."""
    return [author.name for author in paper.authors]


@pytest.mark.parametrize(
    ("folder", "key", "expected"),
    [
        ("02-names-accent-first", "acc", ["Ann Stone", "Émile Rock", "Ali Şahin", "Jan Štern",
                                          "T. Özel", "Hans Ørsted", "Łukasz Nowak"]),
        ("03-names-tilde", "til", ["Ana Muñoz", "João Pedra", "Luís Peña Gil", "Vy Nguyễn"]),
        ("10-two-accents", "two", ["Thắng Nguyễn", "An Thế"]),
        ("14-collaboration", "col", ["Ann Stone", "ATLAS"]),
    ],
)  # fmt: skip
def test_names(folder, key, expected):
    """An accent, a tie or a collaboration is lost from the names of a .bib."""
    papers, _ = read_bib(folder)
    assert names(papers[key]) == expected


def test_pages():
    """A hyphen between pages in a header makes one page of them."""
    paper, problems = read_markdown(CASES / "04-md-pages-hyphen" / "p.md")
    assert problems == [] and "pp. 12–20" in paper.imprint
    tags = dict(format_scholar_tags(paper))
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("12", "20")
    ris = bibliography.format_ris(paper)
    assert "SP  - 12\r\n" in ris and "EP  - 20\r\n" in ris
    assert "pages = {12--20}" in bibliography.format_bibtex(paper)


def test_superscripts():
    """Raised text is flattened, which changes numbers."""
    papers, problems = read_bib("06-superscript")
    assert papers["sup"].title == "Nets of 10⁹ cells and 3⁵ states at 10⁻³ K" and problems == []


def test_article_numbers():
    """The number of an article, or of an issue with a name, is lost."""
    papers, problems = read_bib("07-article-number")
    assert [papers[key].pages for key in ("mdpi", "acm", "aps")] == ["2114", "155", "125113"]
    assert (papers["both"].number, papers["both"].issue) == ("2", "Summer")
    assert all("numpages" in problem for problem in problems)


def test_annotation():
    """A private note on a paper is published."""
    papers, [problem] = read_bib("08-annotation-private")
    assert papers["note"].legend == "" and "annotation: is not shown" in problem


def test_macros():
    """Macros without a meaning stand in titles and names, and nothing is reported."""
    papers, problems = read_bib("09-macros-shown")
    paper = papers["mac"]
    assert names(paper) == ["Ion Găinș", "R. Skibiński", "A. Bủi"]
    assert paper.title == 'A "big" deal® for £3 © «x»'
    [problem] = problems
    assert r"\cite, \footnote" in problem


def test_strings():
    """The strings of another file of the folder are not known, or others are not reported."""
    papers, [problem] = read_bib("12-string-undefined")
    assert (
        papers["str"].venue == "IEEE Trans. Stones"
        and '"nopress" is not a known @string' in problem
    )


def test_links():
    """An address that is in words of TeX is lost."""
    papers, problems = read_bib("15-href")
    addresses = [[link.address for link in papers[key].links] for key in ("hrf", "how")]
    assert addresses == [["https://example.org/x", "https://example.org/code"],
                         ["https://example.org/a_b"]]  # fmt: skip
    assert papers["how"].venue_label == "2020" and problems == []


@pytest.mark.parametrize("number", range(1, 8))
def test_authors_of_headers(number):
    """What is not a name becomes an author, or two authors become one."""
    paper, _ = read_markdown(CASES / "17-md-authors" / f"n{number}.md")
    expected = {
        5: [("Stone", "A"), ("Rock", "B")],
        6: [("علي", "محمد"), ("حسن", "أحمد")],
        7: [("Stone", "Ann")],
    }.get(number, [("Stone", "Ann"), ("Rock", "Bob")])
    assert [(author.family, author.given) for author in paper.authors] == expected
    assert paper.has_more_authors == (number == 7)
    assert json.dumps(bibliography.format_csl(paper)).count('"family"') == len(expected)


def test_hints():
    """@xdata gets a page and gives nothing, or @paper is said to be a newspaper."""
    papers, [problem] = read_bib("23-hints")
    assert papers["inx"].publisher == "ACM"
    assert "did you mean `@inproceedings`?" in problem
