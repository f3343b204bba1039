"""Files of references, BibTeX, RIS, CSL-JSON and ORCID's records, become papers."""

import json
import re
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
import rispy
from conftest import ROOT, share, write
from hypothesis import given
from hypothesis import strategies as st
from papers.content import bibtex_parser, frontmatter
from papers.content.header_keys import normalize_keys
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.importers.common import author_list
from papers.importers.common.content_file import make_slug, render_document
from papers.importers.common.text import escape_markdown, plain_line
from papers.importers.references import dispatch
from papers.importers.result import ImportResult, SourceTree
from papers.model.dates import PartialDate
from papers.model.identifiers import SCHEMES
from papers.model.names import parse_authors, parse_name
from papers.model.paper import Paper
from papers.model.publication_types import TYPES

CORPUS = ROOT.parent / "shared" / "corpus"
FILES = sorted([*CORPUS.glob("bib/*.bib"), *CORPUS.glob("bib-extra/*.bib")])
needs_corpus = pytest.mark.skipif(not FILES, reason="the real .bib files are not here")


def import_file(folder: Path, name: str, data: str | bytes) -> ImportResult:
    """Import a file of references."""
    path, result = write(folder, {name: data}) / name, ImportResult()
    assert dispatch.import_references(SourceTree(path, result), path)
    return result


def notes(result: ImportResult, kind: str) -> list[str]:
    """Return the notes of one kind."""
    return [str(note) for note in result.notes if note.kind == kind]


def paper_of(document, folder: Path) -> Paper:
    """Return the paper that is read from a written document."""
    header, _ = frontmatter.split_header("x.md", render_document(document.headers, document.body))
    normalize_keys(header)
    paper = read_paper(header, folder / "x.md", folder, {}, "x")
    assert paper, (header.problems, document)
    return paper


def test_incomplete_entry(tmp_path):
    """The import has no note on an entry that is not a valid paper."""
    result = import_file(tmp_path, "x.bib", "@article{a, title = {A},\n  author = {B, C}\n}")
    assert notes(result, "left") == [
        "x.bib:1: a: date: missing (write `date = {…}`)",
        "x.bib:1: a: venue: missing (write `journal = {…}`, or another type)",
    ]


def test_fields_that_are_not_used(tmp_path):
    """The import says that it guessed fields which it leaves out, or lists what programs add."""
    fields = (
        "title = {A}, author = {B C}, year = 2020, copyright = {X}, shorttitle = {Y}, shelf = 4"
    )
    result = import_file(tmp_path, "x.bib", f"@misc{{a, {fields}}}")
    assert notes(result, "guessed") == []
    [note] = notes(result, "left")
    assert "these fields are not used: shelf (" in note


def test_long_files_are_fast(tmp_path):
    """The time that a file takes grows with the square of its length."""
    entry = "@misc{{k{n}, title = {{T{n}}}, pdf = {{gone.pdf}},\n  file = {{a.pdf:pdf}}\n}}\n"
    item = {"type": "book", "title": "T", "author": [{"family": "A"}], "issued": {"raw": "1"}}
    record = "TY  - JOUR\nTI  - T\nAU  - A, B\nPY  - 2020\nJO  - J\nER  - \n"
    start = time.process_time()
    for name, text in (
        ("a.bib", "".join(entry.format(n=n) for n in range(400))),
        ("b.bib", "file = {" + "a;:\\" * 20_000),
        ("c.json", json.dumps([item | {"title": f"T{n}"} for n in range(1000)], indent=1)),
        ("d.ris", record * 1000),
        ("e.ris", "TY  - JOUR\nAB  - " + "[<&$*" * 20_000 + "\nAU  - " + "a,{" * 20_000),
    ):
        import_file(tmp_path, name, text)
    assert time.process_time() - start < 10


# Attributes that exports do not have, or have for some identifiers only.
NOT_EXPORTED = {
    "key", "annotation", "award", "presentation", "license", "links", "figure", "selected",
    "weight", "bibtex", "titles", "protected_words", "abstract", "ids", "has_more_authors",
}  # fmt: skip


def exported_values(paper: Paper, without: set[str]) -> dict:
    """Return the values of a paper that an export has."""
    names = {field.name for field in fields(Paper)} - NOT_EXPORTED - without
    values = {name: getattr(paper, name) for name in names}
    for name in ("authors", "editors"):
        people = getattr(paper, name)
        values[name] = tuple(replace(author, marks="", collective=False) for author in people)
    values["venue_short"] = paper.venue_short or paper.venue
    # An import makes an identifier of its address.
    parsed = {name: scheme.parse(paper.url or "") for name, scheme in SCHEMES.items()}
    values["url"] = None if any(parsed.values()) else paper.url
    return values | {name: paper.ids.get(name) or parsed[name] for name in ("doi", "arxiv")}


@pytest.mark.parametrize("form", ["json", "ris"])
def test_pages_with_hyphens_read_back(form, tmp_path):
    """A hyphen within the number of a page becomes a range on the way out or in."""
    pages = ["12–20", "021905-1–021905-13", "S-7", "S-7–S-9", "iv–xii"]
    papers = [
        Paper(key="k", title="T", authors=(), date=PartialDate(2020), venue="J", pages=text)
        for text in pages
    ]
    text = "".join(map(bibliography.format_ris, papers))
    if form == "json":
        text = json.dumps([bibliography.format_csl(paper) for paper in papers])
    documents = import_file(tmp_path, f"x.{form}", text).documents
    assert [document.headers["pages"] for document in documents] == pages


@needs_corpus
@pytest.mark.parametrize("form", ["json", "ris"])
def test_real_exports_read_back(form, tmp_path):
    """A paper changes when it is exported as CSL-JSON or RIS and imported again."""
    count, changed = 0, []
    # RIS has one tag for ISBN and ISSN, of which the import takes one each; a preprint's number
    # becomes its arXiv id.
    without = {"isbn", "issn", "marked_title"} if form == "ris" else {"number"}
    for path in share(FILES, 6):
        headers = [
            h for h in bibtex_parser.parse_bibtex(path.name, path.read_bytes())[1:] if h.entries
        ]
        papers = [
            read_paper(h, tmp_path / "x", tmp_path, {}, h.citation_key or "k") for h in headers
        ]
        papers = [paper for paper in papers if paper]
        if not papers:
            continue
        text = "".join(map(bibliography.format_ris, papers))
        if form == "json":
            text = json.dumps([bibliography.format_csl(paper) for paper in papers])
        result = import_file(tmp_path, f"{path.stem}.{form}", text)
        assert len(result.documents) == len(papers)
        for first, document in zip(papers, result.documents, strict=True):
            again = paper_of(document, tmp_path)
            one, two = exported_values(first, without), exported_values(again, without)
            changed += [first.key] * (one != two)
        count += len(papers)
    assert count > 50 and len(changed) <= 3 * count // 500, changed
    print(f"{form}: {count} papers, {len(changed)} changed")


def test_own_exports_read_back(tmp_path):
    """A paper of this site changes when it is exported and imported again."""
    papers = []
    for path in sorted((ROOT / "content/papers").glob("*.md")):
        header, body = frontmatter.split_header(path.name, path.read_text(encoding="utf-8"))
        normalize_keys(header)
        header.plain_text = body.strip()
        papers.append(read_paper(header, path, ROOT / "content", {}, path.stem))
    assert papers and all(papers)
    csl = json.dumps(
        [bibliography.format_csl(paper) for paper in papers], indent=1, ensure_ascii=False
    )
    for name, text in (("a.json", csl), ("a.ris", "".join(map(bibliography.format_ris, papers)))):
        result = import_file(tmp_path, name, text)
        without = {"stage", "note"} if name == "a.ris" else set()
        for paper, document in zip(papers, result.documents, strict=True):
            assert exported_values(paper_of(document, tmp_path), without) == exported_values(
                paper, without
            )
            assert (
                document.line
                and paper.title in text.split("\n")[document.line - 1 + (name == "a.ris")]
            )
        assert not notes(result, "left") and not notes(result, "guessed")


TEXTS = st.text("ab\"'*_[]{}<>&$\\`#:|!-+.1;,()é刘 \n", max_size=40)


@given(TEXTS)
def test_abstracts_stay_plain(text):
    """A character of an abstract is read as Markdown, and disappears or looks different."""
    from markdown import Markdown
    from papers.content.math import MathExtension
    from papers.util.html import html_to_text

    config = {"extensions": ["extra", "sane_lists", "admonition", MathExtension()]}
    shown = html_to_text(Markdown(**config).convert(escape_markdown(text)))
    wanted = plain_line(text)
    assert re.sub(r"\s+", "", shown) == re.sub(r"\s+", "", wanted)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_names_stay_names(people):
    """A name with a comma, "and" or a semicolon in it becomes two, or is lost."""
    names = [author_list.format_person(family, first) for family, first in people]
    # What has no letter, such as "[1]", is a mark of an affiliation.
    names = [name for name in names if any(map(str.isalpha, name))]
    try:
        count = sum(bool(parse_name(name).name) for name in names)
    except ValueError:
        return
    if names and count == len(names) and not any(name.startswith("- ") for name in names):
        authors, others = parse_authors(author_list.format_people(names), {})
        assert len(authors) + others == len(names)


@pytest.mark.parametrize(
    ("family", "given", "suffix", "name"),
    [
        ("De Klerk", "Etienne", "", "Etienne {De Klerk}"),
        ("van Hasselt", "Hado", "", "Hado van Hasselt"),
        ("King", "Martin Luther", "Jr.", "Martin Luther King Jr."),
        ("刘", "子赫", "", "刘 子赫"),
        ("DES Collaboration", "", "", "DES Collaboration"),
        ("Large Hadron People", "", "", "{Large Hadron People}"),
        ("Plato", "", "", "Plato"),
    ],
)
def test_parts_of_names(family, given, suffix, name):
    """A family name of two words loses the first one, or a team becomes a person."""
    assert author_list.format_person(family, given, suffix) == name
    person = parse_name(name)
    assert (person.family, person.given, person.suffix) == (family, given, suffix)


RIS = """\ufeffTY  - CPAPER\r
TI  - A title that\r
goes on: <i>here</i>\r
AU  - Lovelace, Ada\r
AU  - King, Martin Luther, Jr.\r
AU  - Engine Builders\r
A2  - De Klerk, Etienne\r
PY  - 2025/03//spring\r
DA  - 2025/03/12/\r
T2  - Proceedings of X\r
JA  - PX\r
SP  - 1\r
EP  - 12\r
SN  - 1234-567X\r
DO  - https://doi.org/10.1000/182\r
UR  - https://doi.org/10.1000/182\r
UR  - https://x.example/more\r
L1  - https://x.example/p.pdf\r
L1  - files/7/own.pdf\r
L1  - file:///home/ada/gone.pdf\r
KW  - one\r
KW  - two, three\r
AB  - First *line* [1].\r
\r
- Second.\r
XX  - odd\r
ER  - \r
\r
TY  - NOPE\r
T1  - Other\r
A1  - Builders, The\r
Y1  - 1999\r
"""


def test_ris(tmp_path):
    """A tag of RIS, a continued line, or the last record without an end is lost."""
    write(tmp_path, {"files/7/own.pdf": b"%PDF"})
    result = import_file(tmp_path, "x.ris", RIS)
    assert result.documents[0].headers == {
        "title": "A title that goes on: here", "type": "paper-conference", "date": "2025-03-12",
        "venue": "Proceedings of X", "venue_short": "PX", "pages": "1–12", "issn": "1234-567X",
        "authors": "Ada Lovelace, Martin Luther King Jr., {Engine Builders}",
        "editor": "Etienne {De Klerk}", "doi": "10.1000/182", "url": "https://x.example/more",
        "tags": "one; two, three",
        "links": "pdf | https://x.example/p.pdf\npdf | own.pdf",
    }  # fmt: skip
    assert result.documents[0].body == "First \\*line\\* [1].\n\n\\- Second."
    assert result.documents[1].headers["title"] == "Other"
    assert (result.documents[0].line, result.documents[1].line) == (
        1,
        RIS[: RIS.index("TY  - NOPE")].count("\n") + 1,
    )
    assert list(result.assets) == ["papers/own.pdf"]
    messages = "\n".join(map(str, result.notes))
    for words in (
        '"file:///home',
        "unused tags: PY (line 8), XX (line 26)",
        '"NOPE" was read',
        "no `ER  -`",
    ):
        assert words in messages
    assert len(rispy.loads(RIS[1:] + "ER  - \r\n", skip_unknown_tags=True)) == len(result.documents)


DATABASES = """TY  - JOUR
AU  - van Rossum, GB
AU  - Lovelace, A
TI  - Of a web
T2  - JOURNAL OF WEBS
JI  - J. Webs
PU  - WILEY
PI  - HOBOKEN
SN  - 00218979 (ISSN)
DA  - SEP 15
PY  - 2020
VL  - n/a
C7  - e12990
LA  - English
AN  - WOS:000220133300004
AD  - Univ Web
N1  - Times Cited:  5
N1  - With a note
KW  - one
two
PM  - 123456
ER  -

TY  - CONF
AU  - A.-B. Lovelace
AU  - Ada King
TI  - Of machines
PY  - 2023
N1  - https://doi.org/10.1000/182
ID  - 10.1000/182
ER  -

TY  - JOUR
AU  - Engine Builders
TI  - Of teams
T2  - X
PY  - 2023
ER  -
"""


def test_ris_of_databases(tmp_path):
    """A variant of Web of Science, Scopus or IEEE is lost, or becomes a note."""
    one, two, three = (t.headers for t in import_file(tmp_path, "x.ris", DATABASES).documents)
    assert {name: value for name, value in one.items() if name != "title"} == {
        "type": "article-journal", "venue": "JOURNAL OF WEBS", "venue_short": "J. Webs",
        "authors": "G. B. van Rossum, A. Lovelace", "date": "2020-09-15", "publisher": "WILEY",
        "address": "HOBOKEN", "issn": "00218979", "pages": "e12990", "lang": "en",
        "note": "With a note", "tags": "one, two", "pmid": "123456",
    }  # fmt: skip
    assert two["authors"] == "A.-B. Lovelace, Ada King"
    assert (two["doi"], "key" in two, "note" in two) == ("10.1000/182", False, False)
    assert three["authors"] == "{Engine Builders}"


CSL = [
    {
        "id": "http://zotero.org/users/1/items/ABC", "type": "article",
        "title": "A <i>B</i> &amp; C",
        "author": [{"family": "Beeck", "given": "Kristof", "non-dropping-particle": "van"},
                   {"literal": "Two Words"}, {"family": "Solo"}],
        "issued": {"date-parts": [["2024", 5, "3"], ["2024", 6]]},
        "note": "arXiv:2405.00001 [cs]\nversion: 2", "number": "arXiv:2405.00001",
        "publisher": "arXiv", "URL": "http://arxiv.org/abs/2405.00001", "language": "en",
        "abstract": "Of $x_1 < 2$ and 5 * 3.", "custom": {"a": 1},
    },
    {"id": 7, "type": "thesis", "title": "T", "publisher": "ETH", "genre": "PhD thesis",
     "issued": {"raw": "12 May 2020"}, "author": [{"family": "A", "given": "B"}],
     "URL": "javascript:alert(1)", "status": "in press", "keyword": "a, b"},
    {"id": "x", "type": "chapter", "title": "N", "issued": {"literal": "about 1999"},
     "author": "nobody", "DOI": "none", "page": "3-4"},
    {"id": "y", "type": "chapter", "title": ""},
    "odd",
]  # fmt: skip


@pytest.mark.parametrize("records", [CSL, {"items": CSL}])
def test_csl_json(records, tmp_path):
    """A variable of CSL-JSON is lost, or an omitted one has no note."""
    result = import_file(tmp_path, "x.json", json.dumps(records, indent=2))
    one, two, three = (text.headers for text in result.documents)
    assert one == {
        "title": "A B & C", "type": "article", "authors": "Kristof van Beeck; {Two Words}; Solo",
        "date": "2024-05-03", "arxiv": "2405.00001", "publisher": "arXiv", "lang": "en",
        "note": "version: 2",
    }  # fmt: skip
    assert result.documents[0].body == "Of $x_1 < 2$ and 5 \\* 3."
    assert two["venue"] == "ETH" and two["date"] == "2020-05-12" and two["tags"] == "a, b"
    assert two["note"] == "in press" and "url" not in two
    assert three == {"title": "N", "date": "1999", "key": "x", "pages": "3–4"}
    messages = "\n".join(map(str, result.notes))
    for words in (
        "javascript",
        '"none" is not a valid doi id',
        "no authors",
        "no venue",
        "no title",
        '"odd"',
    ):
        assert words in messages
    assert all(note.line for note in result.notes if note.kind == "guessed")


MORE = {
    "type": "article-journal", "title": "Ada's", "issued": {"date_parts": [["2002", 4]]},
    "author": [{"family": "Alembert", "given": "Jean", "non-dropping-particle": "d’"},
               {"name": "The Team"}, {}, {"literal": "others"}],
    "note": "container-title: J\nCollection Title: S", "language": "eng",
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Words.</jats:p>",
}  # fmt: skip


def test_more_of_csl_json(tmp_path):
    """Zotero's Extra, an older name of dates, or a team is lost; an empty name is an author."""
    document = import_file(tmp_path, "x.json", json.dumps([MORE])).documents[0]
    names = ("authors", "date", "venue", "series", "lang")
    expected = ["Jean d’Alembert, The Team, et al.", "2002-04", "J", "S", "en"]
    assert [document.headers.get(name) for name in names] == expected
    assert document.body == "Words."
    assert make_slug("Ada's theorem of large things") == "adas-theorem-large-things"
    assert make_slug("Con") == "con-1" and make_slug("Consensus") == "consensus"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 200_000, "nested too deeply"),
        ('{"a": 1,\n', "x.json is not valid JSON in line 2"),
        (f'[{{"title": "x", "type": "y", "a": {"9" * 5000}}}]', "a number that is too long"),
    ],
)
def test_invalid_json(text, message, tmp_path):
    """Invalid JSON ends with a traceback."""
    with pytest.raises(ValueError, match=message):
        import_file(tmp_path, "x.json", text)
    result = ImportResult()
    assert not dispatch.import_references(SourceTree(tmp_path, result), tmp_path / "x.json")
    assert message.removeprefix("x.json ") in notes(result, "left")[0]


def test_other_files_are_no_references(tmp_path):
    """A file of another type is imported as references."""
    files = {
        "a.json": "[1, 2]",
        "b.json": '{"name": "x"}',
        "c.txt": "Hello: you\n",
        "d.xml": "<feed>Ã©</feed>",
    }
    for name in files:
        path, result = write(tmp_path, files) / name, ImportResult()
        assert not dispatch.import_references(SourceTree(path, result), path)
        assert not result.notes


SUMMARY = {
    "title": {"title": {"value": "A work"}, "subtitle": {"value": "Its end"}},
    "type": "journal-article", "journal-title": {"value": "Nature"}, "display-index": "1",
    "publication-date": {"year": {"value": "2020"}, "month": {"value": "02"}, "day": None},
    "external-ids": {"external-id": [
        {"external-id-type": "doi", "external-id-value": "https://doi.org/10.1000/182",
         "external-id-normalized": {"value": "10.1000/182"}, "external-id-relationship": "self"},
        {"external-id-type": "doi", "external-id-value": "10.1000/1",
         "external-id-relationship": "part-of"},
        {"external-id-type": "issn", "external-id-value": "1234-567X",
         "external-id-relationship": "part-of"}]},
    "url": {"value": "https://doi.org/10.1000/182"},
}  # fmt: skip
OTHER = SUMMARY | {"display-index": "0", "journal-title": {"value": "nature"}, "url": None}
WORK = {
    "title": {"title": {"value": "Whole"}}, "type": "conference-paper",
    "contributors": {"contributor": [
        {"credit-name": {"value": "Ada Lovelace"}}, {"credit-name": {"value": "Turing, Alan"}},
        {"credit-name": {"value": "Ed"}, "contributor-attributes": {"contributor-role": "editor"}},
    ]},
    "citation": {"citation-type": "bibtex",
                 "citation-value": "@inproceedings{k, title={W}, booktitle={Proc. X}, pages={1--2},"
                 " author={Lovelace, A.}, year={2021}}"},
    "publication-date": {"year": {"value": "2021"}},
}  # fmt: skip
PERSON = {
    "name": {"given-names": {"value": "Ada"}, "family-name": {"value": "Lovelace"},
             "credit-name": {"value": "A. K. Lovelace"}},
    "researcher-urls": {"researcher-url": [
        {"url-name": "Home", "url": {"value": "https://ada.example"}},
        {"url-name": "Bad", "url": {"value": "javascript:x"}}]},
    "biography": {"content": "Born in London."},
}  # fmt: skip


def test_orcid(tmp_path):
    """A work of ORCID is lost or doubled, or gets authors without a note."""
    uri = {"uri": "https://orcid.org/0000-0002-1825-0097"}
    works = {"group": [{"work-summary": [OTHER, SUMMARY]}, {"work-summary": [{"title": None}]}]}
    record = {"orcid-identifier": uri, "person": PERSON, "activities-summary": {"works": works}}
    result = import_file(tmp_path, "orcid.json", json.dumps(record, indent=1))
    assert [text.headers for text in result.documents] == [
        {"title": "A work: Its end", "type": "article-journal", "venue": "Nature",
         "date": "2020-02", "doi": "10.1000/182", "issn": "1234-567X", "authors": "Ada Lovelace"}
    ]  # fmt: skip
    assert result.owner.names == ["Ada Lovelace", "A. K. Lovelace"]
    assert result.owner.social == [("ORCID", uri["uri"]), ("Home", "https://ada.example")]
    (guessed,) = notes(result, "guessed")
    assert re.match(r"orcid\.json:\d+: A work: Its end: ORCID names no authors", guessed)
    assert len(notes(result, "left")) == 2
    plain = import_file(tmp_path, "works.json", json.dumps(works))
    assert "authors" not in plain.documents[0].headers
    for data in (WORK, {"bulk": [{"work": WORK}]}):
        (text,) = import_file(tmp_path, "work.json", json.dumps(data)).documents
        assert text.headers["authors"] == "Ada Lovelace, Alan Turing"
        assert text.headers["venue"] == "Proc. X" and text.headers["pages"] == "1–2"


ZOTERO = """@article{a, author = {A, B}, title = {T}, journal = {J}, year = 2020,
  file = {Full Text:files/3/A - 2020 - T\\:x.pdf:application/pdf;Page:files/3/x.html:text/html}
}
@article{b, author = {A, B}, title = {U}, journal = {J}, year = 2020,
  file = {/home/me/b.pdf},
}
@inproceedings{DBLP:conf/nips/X20, author = {A, B}, title = {V}, crossref = {DBLP:conf/nips/2020},
  timestamp = {Thu, 01 Jan 2020 00:00:00 +0100}, biburl = {https://dblp.org/rec/x.bib},
  bibsource = {dblp computer science bibliography, https://dblp.org}
}
@proceedings{DBLP:conf/nips/2020, editor = {C, D}, title = {NeurIPS 2020}, year = 2020}
"""


def test_a_bib_of_zotero_and_dblp(tmp_path):
    """A PDF that Zotero exports is lost, or the proceedings of an entry of DBLP."""
    write(tmp_path, {"files/3/A - 2020 - T:x.pdf": b"%PDF", "files/3/x.html": "x"})
    result = import_file(tmp_path, "lib.bib", ZOTERO)
    assert list(result.assets) == ["papers/A-2020-T-x.pdf"]
    _, a, b, x, parent = bibtex_parser.parse_bibtex("lib.bib", result.bib_files["lib.bib"].encode())
    assert a.get("pdf") == "A-2020-T-x.pdf" and not b.get("pdf")
    assert (x.citation_key, x.get("venue")) == ("DBLP:conf/nips/X20", "NeurIPS 2020")
    assert not parent.entries
    assert any("lib.bib:5: the files of 1 entry" in message for message in notes(result, "left"))


@pytest.mark.parametrize("kind", [*TYPES])
def test_each_type_reads_back(kind, tmp_path):
    """A type changes when a paper is exported as CSL-JSON."""
    text = f"Title: T\nAuthors: A. B\nDate: 2020\nVenue: V\nType: {kind}\n\n"
    header, _ = frontmatter.split_header("x.md", text)
    normalize_keys(header)
    paper = read_paper(header, tmp_path / "x", tmp_path, {}, "x")
    result = import_file(tmp_path, "x.json", json.dumps([bibliography.format_csl(paper)]))
    assert paper_of(result.documents[0], tmp_path).type == paper.type
