"""Fields of BibTeX and biblatex that name a type, a stage or an identifier."""

import re
from pathlib import Path

import pytest
from papers.content import bibtex_parser
from papers.content.frontmatter import split_header
from papers.content.header_keys import check_paper_keys, normalize_keys
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.paper import Paper

VENUES = {
    "article": "journal", "inproceedings": "booktitle", "thesis": "school", "patent": "note",
}  # fmt: skip


def read_entry(fields: str, type_: str = "misc") -> tuple[Paper | None, list[str]]:
    """Return the paper of an entry, and its problems and those of the file."""
    text = f"@{type_}{{k, title = {{T}}, author = {{A B}}, year = 2026, {fields}}}"
    file_header, header = bibtex_parser.parse_bibtex("x.bib", text.encode())
    paper = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    problems = [*file_header.problems, *header.problems]
    return paper, [re.sub(r"^x\.bib:\d+: k: ", "", str(problem)) for problem in problems]


def read_header(headers: str) -> tuple[Paper | None, list[str]]:
    """Return the paper of a file with some headers, and the problems."""
    header, _ = split_header("p.md", f"Title: T\nAuthors: A B\nDate: 2026\n{headers}\n")
    normalize_keys(header)
    paper = read_paper(header, Path("none/papers/p.md"), Path("none"), {}, "p")
    return paper, [str(problem) for problem in header.problems]


@pytest.mark.parametrize(
    ("entry", "genre", "type_", "label"),
    [
        ("thesis", "mathesis", "thesis", "Master's thesis"),
        ("thesis", "phdthesis", "thesis", "PhD thesis"),
        ("thesis", "candthesis", "thesis", "Candidate thesis"),
        ("thesis", r"\bibstring{bathesis}", "thesis", "Bachelor's thesis"),
        ("thesis", "{PhD}", "thesis", "PhD thesis"),
        ("report", "techreport", "report", "Technical report"),
        ("report", "resreport", "report", "Research report"),
        ("patent", "patentus", "patent", "US patent"),
        ("patent", "patreqeu", "patent", "European patent request"),
        ("misc", "software", "software", "Software"),
        ("misc", "datacd", "document", "CD-ROM"),
        ("phdthesis", "Theses", "thesis", "PhD thesis"),
        ("phdthesis", r"Habilitation {\`a} diriger des recherches", "thesis",
         "Habilitation à diriger des recherches"),
        ("techreport", "Research Report", "report", "Research Report"),
        ("misc", "Diplomarbeit", "thesis", "Diplomarbeit"),
        ("misc", r"Th\`ese de doctorat", "thesis", "Thèse de doctorat"),
        ("misc", "Tesis doctoral", "thesis", "Tesis doctoral"),
        ("misc", "博士学位论文", "thesis", "博士学位论文"),
        ("misc", "Technischer Bericht", "report", "Technischer Bericht"),
        ("report", "Working paper", "report", "Working paper"),
        ("unpublished", "preprint", "article", "Preprint"),
    ],
)  # fmt: skip
def test_types(entry, genre, type_, label):
    """A key of biblatex or a word of HAL is printed as it is, or does not tell the type."""
    paper, problems = read_entry(f"institution = {{I}}, type = {{{genre}}}", entry)
    assert (paper.type, paper.type_label, problems) == (type_, label, [])


@pytest.mark.parametrize(
    ("headers", "label"),
    [
        ("Type: thesis\nSchool: S\nGenre: mathesis", "Master's thesis"),
        ("Type: mathesis\nSchool: S", "Master's thesis"),
        ("Type: resreport\nInstitution: I\nGenre: resreport", "Research report"),
    ],
)
def test_types_in_headers(headers, label):
    """A key of biblatex is printed as it is, or no type in a header."""
    paper, problems = read_header(headers)
    assert (paper.type_label, problems) == (label, [])


@pytest.mark.parametrize(
    ("entry", "genre", "notice"),
    [
        ("thesis", "dipthesis", 'type: "dipthesis" is not a biblatex type and is shown as it is '
         "(write the type in words)"),
        ("patent", "patentjp", 'type: "patentjp" is not a biblatex type and is shown as it is '
         "(write the type in words)"),
        ("inproceedings", "Poster", 'type: "Poster" is not shown in an @inproceedings '
         "(write it into `note`)"),
        ("article", "Editorial", 'type: "Editorial" is not shown in an @article '
         "(write it into `note`)"),
    ],
)  # fmt: skip
def test_unknown_types(entry, genre, notice):
    """A type that is not known, or has no place, is left out without a word."""
    assert read_entry(f"{VENUES[entry]} = {{X}}, type = {{{genre}}}", entry)[1] == [notice]


@pytest.mark.parametrize(
    ("entry", "genre"),
    [("article", "Journal Article"), ("article", "article"), ("inproceedings", "Conference paper"),
     ("inproceedings", "Proceedings Article")],
)  # fmt: skip
def test_types_that_repeat_the_entry(entry, genre):
    """A notice says that the type of an article is not shown, which it is."""
    assert read_entry(f"{VENUES[entry]} = {{X}}, type = {{{genre}}}", entry)[1] == []


@pytest.mark.parametrize(
    ("state", "stage", "note"),
    [
        ("submitted", "submitted", None), ("Under Review", "submitted", None),
        ("eingereicht", "submitted", None), ("soumis", "submitted", None),
        ("在审", "submitted", None), ("forthcoming", "accepted", None),
        ("inpress", "accepted", None), (r"\bibstring{inpress}", "accepted", None),
        ("in press", "accepted", None), ("im Druck", "accepted", None),
        (r"{\`a} para{\^\i}tre", "accepted", None), ("in corso di stampa", "accepted", None),
        ("no prelo", "accepted", None), ("即将出版", "accepted", None),
        ("prepublished", "preprint", None), ("Pre-published", "preprint", None),
        ("working paper or preprint", "preprint", None), ("published", None, None),
        ("inpreparation", None, "In preparation"), ("en préparation", None, "In preparation"),
        ("in Vorbereitung", None, "In preparation"),
    ],
)  # fmt: skip
def test_stages(state, stage, note):
    """A key of biblatex, or a word in its languages, is not a stage."""
    for field in ("pubstate", "stage"):
        paper, problems = read_entry(f"{field} = {{{state}}}")
        assert (paper.stage, paper.note, problems) == (stage, note, []), field
    if "\\" not in state:
        paper, problems = read_header(f"Pubstate: {state}")
        assert (paper.stage, paper.note, problems) == (stage, note, [])


@pytest.mark.parametrize(
    ("fields", "stage", "note", "type_"),
    [
        ("note = {working paper or preprint}", "preprint", None, "article"),
        ("note = {Im Druck. Bester Beitrag.}", "accepted", "Bester Beitrag.", None),
        ("note = {In preparation}", None, "In preparation", "manuscript"),
        ("pubstate = {inpreparation}, note = {With data}", None, "In preparation. With data",
         "manuscript"),
        ("pubstate = {submitted}", "submitted", None, "manuscript"),
        ("pubstate = {prepublished}", "preprint", None, "article"),
    ],
)  # fmt: skip
def test_articles_without_journal(fields, stage, note, type_):
    """A paper that no journal has yet cannot be published without one."""
    paper, problems = read_entry(fields + (", journal = {J}" if type_ is None else ""), "article")
    assert (paper.stage, paper.note, problems) == (stage, note, [])
    assert paper.type == (type_ or "article-journal")


def test_unknown_stage():
    """A stage that is not known is left out without a word."""
    notice = (
        'pubstate: "In revision" is not a valid stage '
        "(write preprint, submitted, accepted, published)"
    )
    assert read_entry("pubstate = {In revision}")[1] == [notice]


# The fields of an entry, its identifiers and its links.
IDENTIFIED = [
    (
        "eprint = {2301.00001}, archiveprefix = {arXiv}, "
        "url = {http://arxiv.org/abs/2301.00001v2}, doi = {10.48550/arXiv.2301.00001}, html = {https://www.arxiv.org/abs/2301.00001}",
        {"arxiv": "2301.00001", "doi": "10.48550/arXiv.2301.00001"},
        [("paper", "https://arxiv.org/abs/2301.00001")],
    ),
    (
        "url = {https://arxiv.org/pdf/2301.00001v2.pdf}",
        {"arxiv": "2301.00001v2"},
        [("paper", "https://arxiv.org/abs/2301.00001v2")],
    ),
    (
        "eprint = {http://arxiv.org/abs/cs/0112017}, pdf = {https://arxiv.org/pdf/cs/0112017}",
        {"arxiv": "cs/0112017"},
        [("paper", "https://arxiv.org/abs/cs/0112017"), ("pdf", "https://arxiv.org/pdf/cs/0112017")],
    ),
    (
        "doi = {10.48550/arXiv.2301.00001}, number = {arXiv:2301.00001}, "
        "note = {arXiv:2301.00001 [cs]}",
        {"arxiv": "2301.00001", "doi": "10.48550/arXiv.2301.00001"},
        [("paper", "https://arxiv.org/abs/2301.00001")],
    ),
    (
        "doi = {http://dx.doi.org/10.1000/X\\_1}, url = {http://dx.doi.org/10.1000/x_1}, "
        "ee = {https://doi.org/10.1000/X_1}",
        {"doi": "10.1000/X_1"},
        [("doi", "https://doi.org/10.1000/X_1")],
    ),
    (
        "acl = {P19-1001}, url = {https://www.aclweb.org/anthology/P19-1001/}",
        {"acl": "P19-1001"},
        [("acl", "https://aclanthology.org/P19-1001/")],
    ),
    (
        "hal_id = {hal-01234567}, hal_version = {v1}, url = {https://inria.hal.science/hal-01234567}",
        {"hal": "hal-01234567"},
        [("hal", "https://hal.science/hal-01234567")],
    ),
    (
        "pmid = {123}, pmcid = {PMC456}, url = {http://www.ncbi.nlm.nih.gov/pubmed/123}",
        {"pmid": "123", "pmcid": "PMC456"},
        [("pubmed", "https://pubmed.ncbi.nlm.nih.gov/123/"),
         ("pmc", "https://pmc.ncbi.nlm.nih.gov/articles/PMC456/")],
    ),
    (
        "doi = {10.1101/2020.01.01.123456}, "
        "url = {https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1}",
        {"doi": "10.1101/2020.01.01.123456"},
        [("doi", "https://doi.org/10.1101/2020.01.01.123456")],
    ),
    (
        "doi = {https://dl.acm.org/doi/10.1145/123.456}, code = {https://doi.org/10.1145/123.456}",
        {"doi": "10.1145/123.456"},
        [("doi", "https://doi.org/10.1145/123.456"), ("code", "https://doi.org/10.1145/123.456")],
    ),
    (
        "eprint = {123}, eprinttype = {jstor}",
        {},
        [("eprint", "https://www.jstor.org/stable/123")],
    ),
    (
        "doi = {10.1002/(SICI)1{\\textless}1::AID{\\textgreater}3.0.CO;2-2}",
        {"doi": "10.1002/(SICI)1<1::AID>3.0.CO;2-2"},
        [("doi", "https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0.CO;2-2")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "ids", "links"), IDENTIFIED)
def test_identifiers(fields, ids, links):
    """An address of an identifier is a second or third link to the paper, or no identifier."""
    paper, problems = read_entry(fields)
    assert (dict(paper.ids), problems) == (ids, [])
    assert [(link.label, link.address) for link in paper.links] == links
    assert (paper.number, paper.note) == (None, None)
    again = bibtex_parser.parse_bibtex("y.bib", bibliography.format_bibtex(paper).encode())[1]
    expected = {name: id_ for name, id_ in ids.items() if name in ("arxiv", "doi", "pmid")}
    ids = read_paper(again, Path("y.bib"), Path("none"), {}, "k").ids
    assert {name: ids[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("headers", "ids", "links"),
    [
        ("Arxiv: 2301.00001\nLinks: Paper | https://arxiv.org/pdf/2301.00001\n"
         "    pdf | https://arxiv.org/pdf/2301.00001", {"arxiv": "2301.00001"}, ["paper", "pdf"]),
        ("Url: https://aclanthology.org/2020.acl-main.1", {"acl": "2020.acl-main.1"}, ["acl"]),
        ("Url: https://openreview.net/pdf?id=vtz8ZWRz67", {"openreview": "vtz8ZWRz67"},
         ["openreview"]),
        ("Pmc: PMC4198043\nS2cid: 13756489",
         {"pmcid": "PMC4198043", "semanticscholar": "CorpusID:13756489"},
         ["pmc", "semantic scholar"]),
    ],
)  # fmt: skip
def test_identifiers_in_headers(headers, ids, links):
    """An address of an identifier is a second link to the paper, or no identifier."""
    paper, problems = read_header(headers)
    assert (dict(paper.ids), [link.label for link in paper.links]) == (ids, links)
    assert problems == []


@pytest.mark.parametrize(
    ("fields", "notice"),
    [
        ("eprint = {12345}", 'eprint: "12345" is not a valid arxiv id (write it as '
            '2508.08221, '
         "or write its address into `url`)"),
        ("eprint = {x}, eprinttype = {Foo}", 'eprint: "x" is not a valid Foo id (write it as '
            '2508.08221, '
         "or write its address into `url`)"),
        ("arxiv = {2301.00001}, eprint = {2301.00002}",
         "eprint: differs from `arxiv` (keep one)"),
    ],
)  # fmt: skip
def test_unknown_eprints(fields, notice):
    """An eprint that is not an identifier vanishes, or ends the build."""
    paper, problems = read_entry(fields)
    assert paper and problems == [notice]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("urn:isbn:978-0-262-03384-8", "978-0-262-03384-8"),
        ("https://isbnsearch.org/isbn/9780262033848", "9780262033848"),
        ("ISBN-10 0-262-03384-X", "0-262-03384-X"),
    ],
)
def test_isbn(value, number):
    """The address of an ISBN is exported as its number."""
    assert read_entry(f"isbn = {{{value}}}")[0].isbn == number


@pytest.mark.parametrize(
    ("type_", "hint"),
    [
        ("paper", "inproceedings"), ("conf", "inproceedings"), ("msc", "mastersthesis"),
        ("blogpost", "online"), ("newsarticle", "newspaper"), ("techrep", "techreport"),
        ("journalpaper", "article"), ("artcle", "article"), ("inproceeding", "inproceedings"),
        ("boook", "book"), ("phdthesys", "phdthesis"), ("unpublishd", "unpublished"),
        ("recipe", None), ("working", None), ("statute", None), ("mail", None), ("event", None),
        ("course", None), ("teapot", None),
    ],
)  # fmt: skip
def test_hints_at_types(type_, hint):
    """A hint names a type that is something else, or does not see a misspelling."""
    words = f"did you mean `@{hint}`?" if hint else "write `@misc`"
    assert f"`@{type_}` is not an entry type ({words})" in read_entry("", type_)[1]


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("jornal", "journal"),
        ("tittle", "title"),
        ("abstarct", "abstract"),
        ("keyword", "keywords"),
        ("boktitle", "booktitle"),
        ("subject", None),
        ("shortsubject", None),
        ("mrnote", None),
        ("age", None),
    ],
)
def test_hints_at_fields(field, hint):
    """A hint names a field that is something else, or does not see a misspelling."""
    expected = f"these fields are not used: {field} (" if hint is None else f"did you mean `{hint}`"
    assert expected in "".join(read_entry(f"{field} = {{x}}")[1])


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("Tittle", "title"),
        ("Autors", "authors"),
        ("Arxv", "arxiv"),
        ("Licence", "license"),
        ("Supervisor", None),
        ("Speaker", None),
        ("Citation", None),
        ("Picture", None),
        ("Event", None),
        ("Math", None),
    ],
)
def test_hints_at_headers(header, hint):
    """A hint names a header that is something else, or does not see a misspelling."""
    block, _ = split_header("p.md", f"Title: T\n{header}: x\n")
    check_paper_keys(block)
    words = f"did you mean `{hint}`?" if hint else "see https:"
    assert f"unknown header ({words}" in str(block.problems[0])


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Publisher: Nature Publishing Group", None),
        ("Pages: 2024.02.03.578912 Section: New Results", None),
        ("Pages: 2021.11.02.466801\nSection: Confirmatory Results", None),
        ("ISSN: 0028-0836, 1476-4687", None),
        ("Company: Cold Spring Harbor Laboratory Label: none", None),
        ("Conference Name: 2019 IEEE/CVF Conference on Vision (CVPR)", None),
        ("_eprint: https://doi.org/10.1080/01621459.2020.1", None),
        ("_eprint: https://onlinelibrary.wiley.com/doi/pdf/10.1 Publisher: J. Wiley & Sons", None),
        ("ISSN: 0036-8075\nBest Paper Award", "Best Paper Award"),
        ("With an appendix\nPublisher: Elsevier", "With an appendix"),
        ("Publisher: Springer. To appear in print", "To appear in print"),
        ("Pages: 12 with four appendices", "with four appendices"),
        ("Joint first authors: A and B", "Joint first authors: A and B"),
        ("See the errata. Pages: 3 and 4", "See the errata. Pages: 3 and 4"),
        ("Publisher site: open access", "Publisher site: open access"),
        ("Award: Best Poster", "Award: Best Poster"),
    ],
)
def test_notes_of_zotero(note, expected):
    """Readers see the field Extra of Zotero, or words that a person wrote are lost."""
    assert read_entry(f"note = {{{note}}}")[0].note == expected


def test_identifiers_in_notes_of_zotero():
    """An identifier that Zotero keeps in Extra is lost, or replaces that of its own field."""
    paper, problems = read_entry("note = {PMID: 31452104\nPMCID: PMC6744200\nDOI: 10.1038/x}")
    assert problems == [] and paper.note is None
    assert dict(paper.ids) == {"doi": "10.1038/x", "pmid": "31452104", "pmcid": "PMC6744200"}
    assert read_entry("doi = {10.1038/y}, note = {DOI: 10.1038/x}")[0].ids == {"doi": "10.1038/y"}


@pytest.mark.parametrize(
    "fields",
    [
        "copyright = {CC BY}, shorttitle = {T}, file = {a.pdf:/home/a.pdf:application/pdf}",
        "urldate = {2024-01-02}, language = {en}, langid = {english}, annote = {mine}",
        "mendeley-groups = {A}, ranking = {rank3}, readstatus = {read}, local-url = {file://x}",
        "mrclass = {11A}, mrnumber = {12}, adsnote = {x}, unique-id = {y}, coden = {Z}",
    ],
)
def test_fields_of_reference_managers(fields):
    """What a program adds to every entry is a notice that never goes away."""
    assert read_entry(fields)[1] == []
