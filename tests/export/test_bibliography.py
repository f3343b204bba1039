"""Export formats, read by independent libraries."""

import json
import re
import subprocess
import unicodedata
from pathlib import Path

import bibtexparser
import jsonschema
import pybtex.database
import pytest
import rispy
from bs4 import BeautifulSoup
from conftest import absent, program
from extruct import JsonLdExtractor
from papers.content import normalize_keys, parse_bibtex, read_paper, split_header
from papers.export import (
    format_bibtex,
    format_csl,
    format_full_bibtex,
    format_ris,
    format_scholar_tags,
    paper_json_ld,
)
from papers.importers import import_source
from papers.importers.common import render_document
from papers.model import Author, Paper, PartialDate

NASTY = "</script><b>\"'}{\\ & % $5 # _ ~ ^ -- 😀\u2028"
BIB = r"""
@article{zeta2020, author = {van Ede, Freek and {DES Collaboration} and King, Jr., Martin and
  M{\"u}ller*, J{\'e}r{\^o}me and 安藤, 厚志 and others}, title = {{Bayesian} {LLM}s for $\alpha$:
  "quotes" -- 50\% \& more}, journal = {Journal of {\O} Things}, volume = 12, number = 3,
  pages = {1--22}, year = 2020, month = may # "~14", doi = {10.1000/a_b}, pmid = {123},
  issn = {1234-5678}, publisher = {Springer}, keywords = {a; b & c}, note = {Note.},
  abstract = {First 50\% paragraph.

Second ``one''.}, abbr = {JT}, award = {Best Paper}, presentation = {Oral}, selected = yes}
@inproceedings{acl, author = {Ada Lovelace and Alan Turing}, title = {Accepted}, year = 2021,
  month = 8, booktitle = {Proceedings of the ACL}, editor = {Jane Doe}, series = {LNCS},
  address = {Rome}, note = {To appear}, url = {https://example.org/a_b?c=%20&d={x}~y#z}}
@phdthesis{thesis, author = {Ada Lovelace}, title = {The thesis}, school = {MIT}, year = 1999}
@mastersthesis{master, author = {Ada Lovelace}, title = {The master}, school = {MIT},
  year = 1999}
@techreport{report, author = {Ada Lovelace}, title = {The report}, institution = {RAND},
  number = {R-1}, year = 1999}
@misc{preprint, author = {Ada Lovelace}, title = {The preprint}, eprint = {2301.00001},
  year = 2023, archiveprefix = {arXiv}}
@book{book, editor = {Ada Lovelace and Alan Turing}, title = {The book}, publisher = {MIT Press},
  isbn = {978-0-262-03384-8}, edition = {2}, year = 2001}
@incollection{chapter, author = {Ada Lovelace}, title = {The chapter}, booktitle = {B}, pages = {7},
  publisher = {P}, year = 2001}
@patent{patent, author = {Ada Lovelace}, title = {The patent}, number = {US1}, year = 2001}
@dataset{dataset, author = {Ada Lovelace}, title = {The dataset}, publisher = {Zenodo}, year = 2001}
@unpublished{draft, author = {Ada Lovelace}, title = {The draft}, note = {Submitted}, year = 2001}
"""
FILES = {
    "papers/x.bib": BIB,
    "papers/nasty.md": f"Title: {NASTY}\nAuthors: {re.sub('[{}]', '', NASTY)}; Ada B\n"
    f"Date: 2022\nVenue: {NASTY}\nNote: {NASTY}\nTags: {NASTY}\nAward: {NASTY}\n"
    f"Links: {NASTY} | https://example.org/</script>\n\nText.\n",
    "papers/own.md": "Title: Own\nAuthors: Ada Lovelace\nDate: 2019-05\nVenue: ICLR\n"
    "Pdf: own.pdf\nSlides: slides.pdf\nImage: own.svg\nImage_alt: A plot.\nImage_caption: Fig.\n"
    "Title_zh: 自己的\nType: paper-conference\nLang: en\n\nAbstract with **bold** words.\n",
    "papers/own.pdf": b"%PDF-1.4",
    "papers/slides.pdf": b"%PDF-1.4",
    "papers/own.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>',
    "papers/word.md": "---\ntitle: Word for word\nauthors: [Ada Lovelace]\ndate: 2018\nvenue: X\n"
    "bibtex: |\n  @inproceedings{verbatim:1,\n    Title = \"As it {Is}\",\n    year=2018\n"
    "  }\n---\n",
    "people.yml": "Jérôme Müller:\n  aliases: [J. Müller]\n  address: https://jm.example\n"
    "  orcid: 0000-0002-1825-0097\n",
}  # fmt: skip
ADDRESS = "https://ada.example/x"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with a paper of each type, and one with hostile text."""
    from conftest import HOME, SETTINGS, build, write

    folder = tmp_path_factory.mktemp("cite")
    content = write(folder / "content", FILES | {"home.md": HOME})
    settings = SETTINGS | {"OWNER": ["Ada Lovelace"]}
    built = build(content, folder / "output", settings=settings, SITEURL=ADDRESS)
    assert built.code == 0, built.printed
    return built


def graph(site, path: str) -> dict[str, dict]:
    """Return the items of a page's JSON-LD by type."""
    [json_ld] = JsonLdExtractor().extract(site.text(path))
    assert json_ld["@context"] == "https://schema.org"
    return {item["@type"]: item for item in json_ld["@graph"]}


def citation_tags(site, path: str) -> list[tuple[str, str]]:
    """Return the citation tags of a page."""
    page = site.page(path)
    return [(m["name"], m["content"]) for m in page.select("head meta[name^=citation_]")]


def test_bibtex(site):
    """A strict parser rejects an entry, or an accent or brace is wrong."""
    text = site.text("papers.bib")
    strict = pybtex.database.parse_string(text, "bibtex")
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks and len(library.entries) == len(strict.entries) == 14
    entry = strict.entries["zeta2020"]
    assert list(entry.fields) == [
        "title", "journal", "year", "month", "volume", "number", "pages", "publisher", "issn",
        "doi", "pmid", "note", "keywords", "abstract",
    ]  # fmt: skip
    assert entry.fields["title"] == (
        "{Bayesian} {LLMs} for $\\alpha$: ``quotes'' -- 50\\% \\& more"
    )
    assert "author = {van Ede, Freek and {DES Collaboration} and King, Jr., Martin and" in text
    assert "M{\\\"u}ller, J{\\'e}r{\\^o}me and 安藤, 厚志 and others}" in text
    assert entry.fields["month"] == "May~14"


def test_bibtex_types_and_stages(site):
    """A thesis, a patent or a paper to appear is cited as another type."""
    entries = pybtex.database.parse_string(site.text("papers.bib"), "bibtex").entries
    types = {key: entry.type for key, entry in entries.items() if key.islower()}
    assert types | {"zeta2020": "article"} == types | {
        "acl": "inproceedings", "thesis": "phdthesis", "master": "mastersthesis",
        "report": "techreport", "preprint": "misc", "book": "book", "chapter": "incollection",
        "patent": "patent", "dataset": "dataset", "draft": "unpublished",
    }  # fmt: skip
    assert entries["acl"].fields["note"] == "To appear"
    assert entries["acl"].fields["url"] == "https://example.org/a_b?c=%20&d=%7Bx%7D~y#z"
    assert entries["preprint"].fields["eprint"] == "2301.00001"
    assert [str(person) for person in entries["book"].persons["editor"]] == [
        "Lovelace, Ada", "Turing, Alan",
    ]  # fmt: skip


def test_entry_on_page(site):
    """A page shows an entry that differs from the file, or has curly quotes."""
    citation = site.page("papers/own/").select_one(".citation").get_text()
    file = site.text("papers/own/own.bib")
    assert citation.strip() == re.sub(r"  abstract = .*\n", "", file).strip()
    assert "title = {Own}" in citation and "abstract" in file


def test_verbatim(site):
    """A BibTeX entry in a paper's header is changed."""
    entry = '@inproceedings{verbatim:1,\n  Title = "As it {Is}",\n  year=2018\n}'
    assert site.page("papers/word/").select_one(".citation").get_text().strip() == entry
    assert site.text("papers/word/word.bib").strip() == entry
    assert json.loads(site.text("papers/word/word.json"))[0]["id"] == "verbatim:1"


@pytest.mark.parametrize("style", ["plain", "alpha"])
def test_bibtex_compiles(site, tmp_path, style):
    """BibTeX reports an error in an entry."""
    command = program("bibtex")
    (tmp_path / "papers.bib").write_text(site.text("papers.bib"), encoding="utf-8")
    (tmp_path / "x.aux").write_text(
        f"\\citation{{*}}\n\\bibdata{{papers}}\n\\bibstyle{{{style}}}\n"
    )
    done = subprocess.run([command, "x"], cwd=tmp_path, capture_output=True, text=True)
    if "I couldn't open style file" in done.stdout:
        absent("texlive-base")
    assert "error" not in done.stdout.lower() and done.returncode == 0, done.stdout
    assert (tmp_path / "x.bbl").read_text(encoding="utf-8").count("\\bibitem") == 14


def test_biber(site, tmp_path):
    """biber reports an error in an entry."""
    latex, biber, find = program("latex"), program("biber"), program("kpsewhich")
    for package in ("keyval", "biblatex"):
        if subprocess.run([find, f"{package}.sty"], capture_output=True).returncode:
            absent("texlive-bibtex-extra")
    (tmp_path / "papers.bib").write_text(site.text("papers.bib"), encoding="utf-8")
    (tmp_path / "x.tex").write_text(
        "\\documentclass{article}\n\\usepackage{biblatex}\n\\addbibresource{papers.bib}\n"
        "\\begin{document}\\nocite{*}x\\end{document}\n"
    )
    command = [latex, "-interaction=batchmode", "-draftmode", "x"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    done = subprocess.run([biber, "x"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "ERROR" not in done.stdout, done.stdout
    assert (tmp_path / "x.bbl").read_text(encoding="utf-8").count("\\entry{") == 14


def test_ris(site):
    """A RIS record ends at a line break, or a value has the wrong tag."""
    text = (site.output / "papers.ris").read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    records = {record["title"]: record for record in rispy.loads(text)}
    assert len(records) == 14 and text.count("ER  - ") == 14
    [record] = [values for title, values in records.items() if title.startswith("Bayesian")]
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == [
        "van Ede, Freek", "DES Collaboration", "King, Martin, Jr.", "Müller, Jérôme", "安藤, 厚志",
    ]  # fmt: skip
    assert (record["start_page"], record["end_page"], record["year"]) == ("1", "22", "2020")
    assert record["date"] == "2020/05/14/"
    assert record["doi"] == "10.1000/a_b"


NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
    "additionalProperties": False,
}
# The part of CSL-JSON's schema (csl-data.json, CSL 1.0.2) that papers use.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {
                "enum": [
                    "article", "article-journal", "article-magazine", "article-newspaper", "book",
                    "chapter", "dataset", "document", "manuscript", "paper-conference", "patent",
                    "report", "software", "speech", "thesis", "webpage",
                ]
            },
            "author": {"type": "array", "items": NAME},
            "editor": {"type": "array", "items": NAME},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array", "maxItems": 2, "minItems": 1,
                        "items": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
                    }
                },
            },
        }
        | {
            name: {"type": "string", "minLength": 1}
            for name in "id title container-title container-title-short collection-title publisher "
            "publisher-place genre status volume issue number page edition ISBN ISSN DOI PMID "
            "PMCID URL abstract keyword language note".split()
        },
    },
}  # fmt: skip


def test_csl_json(site):
    """The file is not valid CSL-JSON, or a value has the wrong key."""
    data = json.loads(site.text("papers.json"))
    jsonschema.validate(data, CSL)
    items = {item["id"]: item for item in data}
    assert len(items) == 14
    item = items["zeta2020"]
    assert item["issued"] == {"date-parts": [[2020, 5, 14]]}
    assert item["author"][:3] == [
        {"family": "van Ede", "given": "Freek"},
        {"literal": "DES Collaboration"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]
    assert (item["page"], item["container-title-short"]) == ("1-22", "JT")
    assert items["thesis"]["genre"] == "PhD thesis" and items["acl"]["status"] == "accepted"
    assert items["preprint"]["URL"] == "https://arxiv.org/abs/2301.00001"


def test_scholar_tags(site):
    """Google Scholar ignores a page: an author has a mark, the date is wrong, or two venues."""
    pairs = citation_tags(site, "papers/zeta2020/")
    assert [content for name, content in pairs if name == "citation_author"] == [
        "Freek van Ede", "DES Collaboration", "Martin King Jr.", "Jérôme Müller", "安藤厚志",
    ]  # fmt: skip
    tags = dict(pairs)
    assert tags["citation_publication_date"] == "2020/5/14"
    assert tags["citation_journal_title"] == "Journal of Ø Things"
    assert "citation_conference_title" not in tags and "citation_pdf_url" not in tags
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("1", "22")
    assert tags["citation_doi"] == "10.1000/a_b"
    assert tags["citation_title"].startswith("Bayesian LLMs")
    own = dict(citation_tags(site, "papers/own/"))
    assert own["citation_publication_date"] == "2019"
    assert own["citation_conference_title"] == "ICLR"
    assert own["citation_pdf_url"] == f"{ADDRESS}/papers/own/own.pdf"
    assert (site.output / "papers/own/own.pdf").is_file()
    assert "citation_dissertation_institution" in dict(citation_tags(site, "papers/thesis/"))
    assert "citation_technical_report_institution" in dict(citation_tags(site, "papers/report/"))
    assert citation_tags(site, "papers/book/") == []


def test_json_ld(site):
    """A page has no ScholarlyArticle, or the owner has another id on each page."""
    items = graph(site, "papers/zeta2020/")
    work = items["ScholarlyArticle"]
    assert work["@id"] == f"{ADDRESS}/papers/zeta2020/#paper"
    assert work["datePublished"] == "2020-05-14" and work["award"] == ["Oral", "Best Paper"]
    assert work["isPartOf"]["issueNumber"] == "3"
    volume = work["isPartOf"]["isPartOf"]
    assert volume["volumeNumber"] == "12" and volume["isPartOf"]["@type"] == "Periodical"
    assert work["author"][1]["@type"] == "Organization"
    assert work["author"][3]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert items["WebPage"]["mainEntity"] == {"@id": work["@id"]}
    assert "https://doi.org/10.1000/a_b" in work["sameAs"]
    owner = graph(site, "papers/own/")["ScholarlyArticle"]["author"][0]["@id"]
    home = graph(site, "")["Person"]
    assert owner == home["@id"] and home["name"] == "Ada Lovelace"


def test_owner(make):
    """The home page's JSON-LD lacks the owner's profiles."""
    social = [["Email", "mailto:a@b.example"], ["Scholar", "https://scholar.example/ada"]]
    site = make(settings={"SOCIAL": social, "OWNER": ["Ada Lovelace", "洛芙莱斯"]}, SITEURL=ADDRESS)
    [data] = JsonLdExtractor().extract(site.text(""))
    [person] = data["@graph"]
    assert person["sameAs"] == ["https://scholar.example/ada"]
    assert person["alternateName"] == ["洛芙莱斯"] and person["jobTitle"] == "Analyst"


def test_hostile_text(site):
    """A text closes a script, a tag, a field or a record, and injects another."""
    text = site.text("papers/nasty/")
    page = BeautifulSoup(text, "html5lib")
    assert not page.main.select("script, h1 b, .venue b, .pills b")
    assert len(page.select("script")) == 2
    words = " ".join(NASTY.split())
    work = graph(site, "papers/nasty/")["ScholarlyArticle"]
    assert work["name"].startswith("</script><b>\"'}{\\ &")
    assert dict(citation_tags(site, "papers/nasty/"))["citation_title"].startswith(words[:20])
    item = json.loads(site.text("papers/nasty/nasty.json"))[0]
    assert item["title"].startswith("</script>")
    entry = pybtex.database.parse_string(site.text("papers/nasty/nasty.bib"), "bibtex")
    assert list(entry.entries) == ["nasty"]
    assert Path(site.output, "papers/nasty/nasty.ris").read_bytes().count(b"TY  - ") == 1


def test_people(site):
    """A co-author's page is not linked on the paper's page, or is linked on cards."""
    link = site.page("papers/zeta2020/").select_one(".byline a")
    assert (link.get_text(), link["href"]) == ("Jérôme Müller", "https://jm.example")
    assert not site.page("publications/").select(".byline a")


def test_paper_page(site):
    """A paper's page lacks a field of the paper."""
    page = site.page("papers/zeta2020/")
    words = " ".join(page.main.get_text().split())
    assert "JT 2020 Oral Best Paper" in words
    facts = " ".join(page.select_one(".facts dl").get_text().split())
    assert facts.startswith("Published inJournal of Ø Things, 12(3), pp. 1–22, Springer Type")
    assert "TypeJournal article Date2020.05.14" in facts and "DOI10.1000/a_b" in facts
    assert "* equal contribution" in words and "et al." in words
    assert "First 50% paragraph. Second “one”." in words
    assert [node.get_text() for node in page.select("#cite .pills a")] == [
        "BibTeX", "RIS", "CSL-JSON",
    ]  # fmt: skip
    own = site.page("papers/own/")
    assert own.figcaption.get_text() == "Fig."
    assert (own.select_one("[lang=zh]").get_text(), own.h1.get_text()) == ("自己的", "Own")
    assert "(eds.)" in site.page("papers/book/").select_one(".byline").get_text()


def test_publications(site):
    """The list of publications lacks stages, years or downloads."""
    page = site.page("publications/")
    kinds = {node.h3.get_text(): node.select_one(".kind").get_text()
             for node in page.select(".card:has(.kind)")}  # fmt: skip
    assert kinds["Accepted"] == "Conference paper, to appear"
    assert "Manuscript, submitted" in kinds.values() and "PhD thesis" not in kinds.values()
    years = [node["data-year"] for node in page.select("nav a[data-year]")]
    assert years == ["2023", "2022", "2021", "2020", "2019", "2018", "2001", "1999"]
    downloads = [node["href"] for node in page.select(".head a[href*='/papers.']")]
    assert downloads == [f"{ADDRESS}/papers.{end}" for end in ("bib", "ris", "json")]


@pytest.mark.parametrize(
    ("values", "bibtex", "ris", "csl"),
    [
        ({"number": "2", "issue": "Summer"}, ["number = {2}", "issue = {Summer}"],
         ["IS  - 2, Summer"], {"number": "2", "issue": "Summer"}),
        ({"issue": "2", "pages": "155"}, ["number = {2}", "pages = {155}"],
         ["IS  - 2", "SP  - 155"], {"issue": "2", "page": "155"}),
        ({"pages": "1–14", "article_number": "155"}, ["pages = {1--14}", "eid = {155}"],
         ["SP  - 1", "EP  - 14", "C7  - 155"], {"page": "1-14", "number": "155"}),
    ],
)  # fmt: skip
def test_numbers(values, bibtex, ris, csl):
    """The number of an article or of an issue is not in all exports."""
    paper = Paper(
        key="k", title="T", authors=(Author("A"),), date=PartialDate(2026), type="article-journal",
        venue="J", **values,
    )  # fmt: skip
    assert all(f"  {line},\n" in format_bibtex(paper) for line in bibtex)
    assert all(f"{line}\r\n" in format_ris(paper) for line in ris)
    assert format_csl(paper).items() >= csl.items()


def paper_with(type_: str = "paper-conference", **values) -> Paper:
    """Return a paper of a venue."""
    values = {"venue": "Proceedings of the 9th Conference on Looms"} | values
    return Paper(
        key="k", title="T", authors=(Author("A"),), date=PartialDate(2026), type=type_, **values
    )


@pytest.mark.parametrize(
    ("type_", "values", "lines"),
    [
        # As Zotero and EndNote read them: the proceedings in C3, the conference in T2.
        ("paper-conference", {"venue_short": "LOOMS 2026"},
         {"C3": "Proceedings of the 9th Conference on Looms", "T2": "LOOMS 2026"}),
        ("paper-conference", {"venue": "ICLR"}, {"C3": "ICLR", "T2": "ICLR"}),
        ("article-journal", {"venue": "J", "article_number": "155", "pages": "1–14"},
         {"T2": "J", "C7": "155", "SP": "1", "EP": "14"}),
        ("article-journal", {"venue": "J", "issn": "1234-5678", "isbn": "3-16-148410-X"},
         {"T2": "J", "SN": "1234-5678"}),
        ("chapter", {"venue": "B", "isbn": "3-16-148410-X"}, {"T2": "B", "SN": "3-16-148410-X"}),
        ("thesis", {"venue": "ETH", "genre": "PhD thesis"}, {"PB": "ETH", "M3": "PhD thesis"}),
        ("report", {"venue": "RAND", "publisher": "P"}, {"PB": "RAND"}),
        ("speech", {"venue": "Looms"}, {"TY": "SLIDE", "T2": "Looms"}),
        ("manuscript", {"venue": None}, {"TY": "MANSCPT"}),
        ("article", {"venue": None}, {"TY": "UNPB", "M3": "Preprint"}),
        ("book", {"venue": None, "series": "LNCS"}, {"T2": "LNCS"}),
        ("chapter", {"venue": "B", "series": "LNCS"}, {"T2": "B", "T3": "LNCS"}),
    ],
)  # fmt: skip
def test_ris_of_types(type_, values, lines):
    """Zotero or EndNote reads a value of a type as another, or not at all."""
    written = [line.split("  - ") for line in format_ris(paper_with(type_, **values)).splitlines()]
    first = {tag: value for tag, value in reversed(written)}
    tags = lines.keys() | {"C3", "T2", "T3", "M3", "SN", "PB", "C7"}
    assert {tag: first[tag] for tag in tags if tag in first} == lines


@pytest.mark.parametrize(
    ("type_", "values"),
    [("report", {"venue": "RAND", "publisher": "P"}), ("thesis", {"venue": "ETH"}),
     ("thesis", {"venue": "ETH", "publisher": "ETH"})],
)  # fmt: skip
def test_institutions(type_, values):
    """An institution is lost where there is a publisher, too, or is named twice."""
    paper = paper_with(type_, **values)
    item = format_csl(paper)
    named = {name: item[name] for name in ("container-title", "publisher") if name in item}
    assert list(named.values()) == list(dict.fromkeys(values.values()))
    written = re.findall("PB  - (.+?)\r", format_ris(paper))
    assert written == list(dict.fromkeys(values.values()))


@pytest.mark.parametrize(
    ("tags", "keyword"),
    [
        (("a", "b c"), "a, b c"),
        (("graphs, random", "trees"), "graphs, random; trees"),
        (("graphs, random",), "graphs, random;"),
        (("a; b", "c, d"), "a; b\nc, d\n"),
        (("a; b",), "a; b\n"),
        (("图，随机", "b"), "图，随机; b"),
    ],
)
def test_tags_with_commas(tags, keyword, tmp_path):
    """A tag that holds a comma becomes two when our CSL-JSON is read again."""
    item = format_csl(paper_with(tags=tags))
    assert item["keyword"] == keyword
    source = tmp_path / "x.json"
    source.write_text(json.dumps([item]), encoding="utf-8")
    [document] = import_source(source).documents
    header, _ = split_header("x.md", render_document(document.headers, ""))
    assert header.get_list("tags") == tags


def test_numbers_in_csl(tmp_path):
    """The number of an article beside another number is lost in CSL-JSON."""
    values = {"number": "2", "issue": "Summer", "article_number": "155", "pages": "1–14"}
    for numbers in (values, values | {"number": None, "issue": "3"}):
        item = format_csl(paper_with("article-journal", **numbers))
        source = tmp_path / "x.json"
        source.write_text(json.dumps([item]), encoding="utf-8")
        [document] = import_source(source).documents
        assert {name: document.headers.get(name) or None for name in values} == numbers


DECOMPOSED = "Cafe\u0301 Zu\u0308rich"


@pytest.mark.parametrize("form", ["md", "yaml", "bib"])
def test_text_is_composed(form, tmp_path):
    """A letter and its accent are two characters in an export: searches do not find it."""
    text = DECOMPOSED
    fields = {
        name: f"{text} {name}"
        for name in "title venue venue_short series publisher address note edition genre license"
        " award title_fr".split()
    } | {"authors": text, "editor": text, "date": "2020", "type": "article-journal"}
    fields |= {"links": f"{text} | https://x.example/"}
    fields |= {"tags": f"{text} a, b", "volume": text, "issue": text, "pages": text}
    if form == "md":
        lines = [f"{name.capitalize()}: {value}" for name, value in fields.items()]
        [header, body] = split_header("x.md", "\n".join([*lines, "", text]))
    elif form == "yaml":
        tags = fields.pop("tags")
        lines = [f"{name}: {value}" for name, value in fields.items()]
        lines = ["---", *lines, f"tags: [{tags}]", "---", text]
        [header, body] = split_header("x.md", "\n".join(lines))
    else:
        renamed = {"authors": "author", "venue": "journal", "type": "", "tags": "keywords",
                   "venue_short": "abbr", "genre": "type"}  # fmt: skip
        lines = [
            f"{renamed.get(name, name)} = {{{value}}}"
            for name, value in fields.items()
            if renamed.get(name, name)
        ]
        lines.append(f"abstract = {{{text}}}")
        [_, header] = parse_bibtex("x.bib", f"@article{{k, {', '.join(lines)}}}".encode())
        body = ""
    normalize_keys(header)
    header.plain_text = body.strip()
    paper = read_paper(header, tmp_path / "x.md", tmp_path, {}, "k")
    assert paper, header.problems
    site = {"url": "https://a.example", "name": "A"}
    exports = [
        format_ris(paper), json.dumps(format_csl(paper), ensure_ascii=False),
        format_full_bibtex(paper, format_bibtex(paper)), str(list(format_scholar_tags(paper))),
        json.dumps(paper_json_ld(paper, "https://a.example/p", site, {}), ensure_ascii=False),
    ]  # fmt: skip
    for export in exports:
        assert unicodedata.is_normalized("NFC", export), export
    assert exports[0].count(unicodedata.normalize("NFC", DECOMPOSED)) > 10
