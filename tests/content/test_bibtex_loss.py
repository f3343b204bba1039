"""No field of a .bib vanishes without a notice, whatever the type of its entry."""

import json
import re
from pathlib import Path

import pytest
from conftest import share
from papers.content import bibtex_parser
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.paper import Paper

# The types of BibTeX and biblatex 3.20, and some that other programs write.
TYPES = (
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection "
    "suppcollection dataset manual misc online patent periodical suppperiodical proceedings "
    "mvproceedings inproceedings reference mvreference inreference report software thesis "
    "unpublished conference electronic mastersthesis phdthesis techreport www artwork audio "
    "bibnote commentary image jurisdiction legislation legal letter movie music performance review "
    "standard video custom preprint talk bachelorsthesis"
).split()
# The fields of BibTeX, and those of biblatex 3.20 (2.2.2) that hold text.
TEXTS = (
    "abstract addendum address afterword annote booksubtitle booktitle booktitleaddon chapter "
    "comment edition eid entrysubtype eventtitle eventtitleaddon howpublished indextitle "
    "institution issue issuesubtitle issuetitle issuetitleaddon journal journalsubtitle "
    "journaltitle journaltitleaddon key keywords label library location mainsubtitle maintitle "
    "maintitleaddon nameaddon note number organization origlanguage origlocation origpublisher "
    "origtitle pagetotal bookpagination pagination part publisher reprinttitle school series "
    "shorthand shorthandintro shortjournal shortseries shorttitle subtitle titleaddon type usera "
    "userb userc userd usere userf venue verba verbb verbc version volume volumes"
).split()
NAMES = (
    "afterword annotator bookauthor commentator editor editora editorb editorc foreword holder "
    "introduction shortauthor shorteditor translator namea nameb namec collaboration"
).split()
# The values of others, and what to look for instead of the whole.
OTHERS = {
    "doi": ("10.1000/mkdoi", "10.1000/mkdoi"), "isbn": ("978-0-262-03384-8", "978-0-262-03384-8"),
    "issn": ("1234-5679", "1234-5679"), "isan": ("Mkisan", "Mkisan"), "ismn": ("Mkismn", "Mkismn"),
    "isrn": ("Mkisrn", "Mkisrn"), "iswc": ("Mkiswc", "Mkiswc"),
    "url": ("https://url.example/mk", "https://url.example/mk"),
    "eprint": ("2301.09999", "2301.09999"), "pages": ("11--13", "11–13"),
    "month": ("may", "2019-05"), "eventdate": ("2018-01-02", "2018-01-02"),
    "origdate": ("1918", "1918"), "language": ("Mklanguage", "Mklanguage"),
    "pubstate": ("Mkpubstate", "Mkpubstate"), "pmid": ("12345678", "12345678"),
    "hyphenation": ("Mkhyphenation", "Mkhyphenation"), "related": ("mkrelated", "mkrelated"),
    "crossref": ("mkcrossref", "mkcrossref"), "xdata": ("mkxdata", "mkxdata"),
    "annotation": ("Mkannotation", "Mkannotation"), "author+an": ("1=mkan", "mkan"),
    "articleno": ("Mkarticleno", "Mkarticleno"), "reportnumber": ("Mkreport", "Mkreport"),
    "award": ("Mkaward", "Mkaward"), "abbr": ("Mkabbr", "Mkabbr"), "lccn": ("Mklccn", "Mklccn"),
    "code": ("https://code.example/mk", "https://code.example/mk"),
    "mrnumber": ("Mkmr", "Mkmr"), "adsurl": ("https://ads.example/mk", "https://ads.example/mk"),
}  # fmt: skip
# What is for programs, and tells a reader nothing.
OF_PROGRAMS = set(
    "urldate file timestamp owner bibsource biburl date-added annote comment pagetotal "
    "shortjournal shorttitle shortauthor language mrnumber adsurl lccn".split()
)


def shown(paper: Paper) -> str:
    """Return all that pages and exports show of a paper."""
    entry = bibliography.format_bibtex(paper)
    return "\n".join(
        (
            bibliography.format_full_bibtex(paper, entry),
            bibliography.format_ris(paper),
            json.dumps(bibliography.format_csl(paper), ensure_ascii=False),
            paper.imprint, paper.type_label, paper.venue_label, paper.date.isoformat(),
            *paper.honours, *(link.address for link in paper.links),
        )
    )  # fmt: skip


def read(type_: str, fields: dict[str, str]) -> tuple[Paper, list[str]]:
    """Return the paper of an entry, and the messages on it and its file."""
    text = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    file_header, header = bibtex_parser.parse_bibtex("x.bib", f"@{type_}{{k{text}}}\n".encode())
    paper = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    problems = [*file_header.problems, *header.problems]
    assert paper, problems
    return paper, [str(problem) for problem in problems]


@pytest.mark.parametrize("type_", share(TYPES, one_in=6))
def test_no_field_vanishes(type_):
    """A field is neither on the page nor in an export, and no notice names it."""
    needed = {
        "author": "Ann Mkauthor", "title": "Mktitle", "year": "2019",
        "journal": "Mkjournal", "booktitle": "Mkbooktitle",
    }  # fmt: skip
    values = {name: (f"Mk{name}", f"Mk{name}") for name in TEXTS}
    values |= {name: (f"Ann Mk{name}", f"Mk{name}") for name in NAMES} | OTHERS
    entry = needed | {name: value for name, (value, _) in values.items()}
    entry |= dict.fromkeys(OF_PROGRAMS, "x")
    paper, messages = read(type_, entry)
    text, notices = shown(paper), "\n".join(messages)
    lost = []
    for name, marker in {name: marker for name, (_, marker) in values.items()}.items():
        named = re.search(rf"(?<![\w+-]){re.escape(name)}(?![\w+-])", notices)
        if marker.casefold() not in text.casefold() and not named and name not in OF_PROGRAMS:
            lost.append(name)
    assert not lost


@pytest.mark.parametrize("type_", ["misc", "article", "inproceedings", "book", "thesis"])
def test_fields_alone(type_):
    """A field vanishes where no other hides it, or is reported though it is shown."""
    needed = {"author": "Ann Stone", "title": "T", "year": "2019"}
    venue = {"article": "journal", "inproceedings": "booktitle", "thesis": "school"}.get(type_)
    values = {name: f"Mk{name}" for name in TEXTS}
    values |= {name: value for name, (value, _) in OTHERS.items()}
    for name, value in values.items():
        if name in OF_PROGRAMS:
            continue
        entry = needed | ({venue: "Mkvenue"} if venue else {}) | {name: value}
        paper, messages = read(type_, entry)
        marker = OTHERS.get(name, (value, value))[1].casefold()
        assert marker in shown(paper).casefold() or any(name in text for text in messages), name
