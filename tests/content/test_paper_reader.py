"""Identifiers and links in the forms that people paste."""

import pytest
from papers.content.frontmatter import split_header
from papers.content.header_keys import normalize_keys
from papers.content.paper_reader import read_paper

HEAD = "Title: T\nAuthors: A B\nDate: 2026\n"


def links(header: str, folder) -> list[tuple[str, str]]:
    """Return the links of a paper with some headers, which must be valid."""
    block, _ = split_header("p.md", f"{HEAD}{header}\n")
    normalize_keys(block)
    paper = read_paper(block, folder / "papers" / "p.md", folder, {}, "p")
    assert block.problems == []
    return [(link.label, link.address) for link in paper.links]


@pytest.mark.parametrize(
    "text",
    [
        "2508.08221",
        "arXiv:2508.08221",
        "arXiv: 2508.08221",
        "arXiv:2508.08221 [cs.CL]",
        "arxiv.org/abs/2508.08221",
        "https://arxiv.org/pdf/2508.08221.pdf",
        "https://www.arxiv.org/html/2508.08221/",
        "https://export.arxiv.org/abs/2508.08221?context=cs",
        "10.48550/arXiv.2508.08221",
    ],
)
def test_arxiv(tmp_path, text):
    """An id that is pasted as a URL or with its class is refused, or has a wrong link."""
    assert links(f"Arxiv: {text}", tmp_path) == [("paper", "https://arxiv.org/abs/2508.08221")]


def test_old_arxiv(tmp_path):
    """An id from before 2007 is refused."""
    assert links("Arxiv: math.GT/0309136v2", tmp_path) == [
        ("paper", "https://arxiv.org/abs/math.GT/0309136v2")
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182.", "10.1000/182"),
        ("DOI 10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("doi.org/10.1000.10/182", "10.1000.10/182"),
        ("10.1002/(SICI)1<1::AID>3.0.CO;2-#", "10.1002/(SICI)1%3C1::AID%3E3.0.CO;2-%23"),
        ("https://doi.org/10.1002/%28SICI%291%3C1", "10.1002/(SICI)1%3C1"),
    ],
)
def test_doi(tmp_path, text, address):
    """A DOI is cut at a character that is special in URLs."""
    assert links(f"Doi: {text}", tmp_path) == [("doi", f"https://doi.org/{address}")]


def test_links(tmp_path):
    """A link loses its order, its label or a part of its address."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "my paper.pdf").write_bytes(b"x")
    header = """Arxiv: 2508.08221
Links: paper | https://example.org/a|b
    - 机器之心 ｜ <https://example.org/?x=1#y>
    paper | my%20paper.pdf
    pdf | {static}/papers/my paper.pdf
    mail | mailto:a@example.org"""
    assert links(header, tmp_path) == [
        ("paper", "https://arxiv.org/abs/2508.08221"),
        ("paper", "https://example.org/a|b"),
        ("机器之心", "https://example.org/?x=1#y"),
        ("paper", "papers/my paper.pdf"),
        ("pdf", "papers/my paper.pdf"),
        ("mail", "mailto:a@example.org"),
    ]


@pytest.mark.parametrize(
    ("line", "correction"),
    [
        ("code: https://a.example", "code | https://a.example"),
        ("[code](https://a.example)", "code | https://a.example"),
        ("https://a.example", "paper | https://a.example"),
        ("code", "code | https://example.org"),
    ],
)
def test_corrections(tmp_path, line, correction):
    """A message suggests a line that is wrong, too."""
    block, _ = split_header("p.md", f"{HEAD}Links: {line}\n")
    assert read_paper(block, tmp_path / "p.md", tmp_path, {}, "p") is None
    assert f"(write `{correction}`)" in str(block.problems[0])


@pytest.mark.parametrize(
    "entry",
    ["@misc{a, title={T}} @book", "x @misc{a, title={T}}", "@misc{a, year=1}@misc{b, year=1}"],
)
def test_text_around_verbatim_entry(make, entry):
    """Text around an entry in a header breaks the next entry in papers.bib."""
    text = f"Title: T\nAuthors: A B\nDate: 2026\nBibtex: {entry}\n"
    site = make({"papers/p.md": text}, check=False)
    assert site.code == 1
    assert "p.md:4: bibtex: is not a BibTeX entry" in site.printed


def read(header: str, folder, body: str = ""):
    """Return the paper of some headers, and the problems."""
    block, _ = split_header(
        "p.md", f"{HEAD}{header}\n".replace("Title: T\n" * ("Title:" in header), "")
    )
    normalize_keys(block)
    block.plain_text = body
    paper = read_paper(block, folder / "papers" / "p.md", folder, {}, "p")
    return paper, [problem.message for problem in block.problems]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nets of 10<sup>9</sup> cells", "Nets of 10⁹ cells"),
        ("H<sub>2</sub>O at 10<SUP>-3</SUP> K", "H₂O at 10⁻³ K"),
        ("Cafe\u0301 & a < b", "Caf\u00e9 & a < b"),
    ],
)
def test_texts_of_headers(tmp_path, title, text):
    """A title shows tags, or its letters are not composed in exports."""
    paper, problems = read(f"Title: {title}\nVenue: {title}", tmp_path, "Cafe\u0301")
    assert problems == []
    assert (paper.title, paper.venue, paper.abstract) == (text, text, "Caf\u00e9")


@pytest.mark.parametrize(
    ("header", "pages", "imprint"),
    [
        ("Pages: 12-20", "12–20", "J, pp. 12–20"),
        ("Pages: 12--20", "12–20", "J, pp. 12–20"),
        ("Pages: S12 — S20", "S12–S20", "J, pp. S12–S20"),
        ("Pages: pp. 12–20, 31-32", "12–20, 31–32", "J, pp. 12–20, 31–32"),
        ("Pages: 12", "12", "J, p. 12"),
        ("Page: 12–", "12", "J, p. 12"),
        ("Article-number: 2114", "2114", "J, p. 2114"),
        ("Eid: 155\nPages: 1-14", "1–14", "J, art. 155, pp. 1–14"),
        ("Articleno: 155\nPages: 155:1-155:14", "155:1–155:14", "J, pp. 155:1–155:14"),
    ],
)
def test_pages(tmp_path, header, pages, imprint):
    """A range with a hyphen is one page, or the number of an article is lost."""
    paper, problems = read(f"Journal: J\n{header}", tmp_path)
    assert problems == []
    assert (paper.pages, paper.imprint) == (pages, imprint)


@pytest.mark.parametrize(
    ("header", "number", "issue", "imprint"),
    [
        ("Number: 2", None, "2", "J, no. 2"),
        ("Number: 2\nIssue: Summer", "2", "Summer", "J, no. 2, Summer"),
        ("Volume: 4\nNumber: 2\nIssue: Summer", "2", "Summer", "J, 4(2), Summer"),
        ("Volume: 4\nNumber: 2\nIssue: 2", None, "2", "J, 4(2)"),
    ],
)
def test_numbers_of_an_issue(tmp_path, header, number, issue, imprint):
    """An issue's number is lost beside its name."""
    paper, problems = read(f"Journal: J\n{header}", tmp_path)
    assert problems == []
    assert (paper.number, paper.issue, paper.imprint) == (number, issue, imprint)


def test_annotation(tmp_path):
    """A private note on a paper is published, or what the marks of authors mean is not."""
    paper, problems = read("Annotation: weak, do not cite", tmp_path)
    assert paper.annotation is None
    assert len(problems) == 1
    assert problems[0].startswith("is not shown because no author has a mark")
    marked, problems = read("Annotation: * by lot\nNote: n", tmp_path)
    assert marked.annotation is None
    block, _ = split_header("p.md", "Title: T\nAuthors: A B*\nDate: 2026\nAnnotation: * by lot\n")
    normalize_keys(block)
    paper = read_paper(block, tmp_path / "papers" / "p.md", tmp_path, {}, "p")
    assert (paper.legend, block.problems) == ("* by lot", [])


@pytest.mark.parametrize(
    ("value", "pages"),
    [
        ("Article 155", "155"), ("Art. no. e12", "e12"), ("Article No.: 7", "7"),
        ("No. 155", "155"), ("article ID 3141", "3141"), ("pp. iv-ix", "iv–ix"),
    ],
)  # fmt: skip
def test_words_before_pages(tmp_path, value, pages):
    """A page reads "p. Article 155", and so do all exports."""
    paper, problems = read(f"Pages: {value}", tmp_path)
    assert (paper.pages, problems) == (pages, [])


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("ISBN 978-0-262-03384-8", "978-0-262-03384-8"),
        ("ISBN-13: 9780262033848", "9780262033848"),
        ("e-ISBN: 0-262-03384-X", "0-262-03384-X"),
        ("978-0-262-03384-8 (pbk.)", "978-0-262-03384-8 (pbk.)"),
    ],
)
def test_words_before_an_isbn(tmp_path, value, number):
    """The word ISBN is a part of the number in all exports."""
    paper, problems = read(f"Isbn: {value}", tmp_path)
    assert (paper.isbn, problems) == (number, [])
