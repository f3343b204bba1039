"""BibTeX files, as people write them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.content import bibtex
from papers.content.header import Header
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.paper import Paper


def read(text: str | bytes) -> list[Header]:
    """Return the headers of all entries."""
    data = text if isinstance(text, bytes) else text.encode()
    return bibtex.parse_bibtex("x.bib", data)[1:]


def paper(fields: str, type_: str = "misc") -> Paper:
    """Return the paper of one entry with the given fields, which must be right."""
    names = set(re.findall(r"\b(\w+) =", fields))
    needed = {"title": "T", "author": "A B", "year": "2026"}
    if "date" in names:
        del needed["year"]
    given = "".join(f"{name} = {{{needed[name]}}}, " for name in needed.keys() - names)
    [header] = read(f"@{type_}{{k, {given}{fields}}}")
    found = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    assert found is not None, header.problems
    return found


def notices(fields: str, type_: str = "misc") -> list[str]:
    """Return what is told of one entry that is right but for something small."""
    text = f"@{type_}{{k,\ntitle = {{T}},\nauthor = {{A B}},\nyear = 2026,\n{fields}\n}}"
    [header] = read(text)
    assert read_paper(header, Path("x.bib"), Path("none"), {}, "k"), header.problems
    assert all(problem.notice for problem in header.problems)
    return [str(problem) for problem in header.problems]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2024", "2024"),
        ("year = {2024}, month = may", "2024-05"),
        ("year = {2024}, month = {May 27}", "2024-05-27"),
        ('year = {2024}, month = nov # "~2"', "2024-11-02"),
        ("year = {2024}, month = {Sept.}", "2024-09"),
        ("year = {2024}, month = 10, day = 3", "2024-10-03"),
        ("year = {2016}, month = {2016-06-03T00:00:00}", "2016-06-03"),
        ("year = {2024}, month = {06}, date = {4}", "2024-06-04"),
        ("date = {2019-01-02}", "2019-01-02"),
        ("date = {2019-01/2019-03}", "2019-01"),
        ("date = {2021}", "2021"),
        ("year = {2024}, month = {}", "2024"),
        ("year = {2024}, month = {październik}", "2024"),
        ("year = {2024}, month = feb, day = 31", "2024-02"),
        ("year = {2020, submitted to: X}", "2020"),
    ],
)
def test_dates(fields, date):
    """A month is lost, moved, or made up."""
    assert paper(fields).date.isoformat() == date


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Smith, Ada and Alan Turing", ["Ada Smith", "Alan Turing"]),
        ("M{\\\"u}ller, J{\\'e}r{\\^o}me", ["Jérôme Müller"]),
        ("{DES Collaboration} and {van Ede}*, Freek", ["DES Collaboration", "Freek van Ede"]),
        ("Ludwig van Beethoven AND Wall, W.A.,", ["Ludwig van Beethoven", "W.A. Wall"]),
        ("安藤, 厚志 and 황성수", ["安藤厚志", "황성수"]),
        ("\\textbf{R.} \\underline{\\textbf{Kucharski}} and A B", ["R. Kucharski", "A B"]),
        ("Kojs$^{\\dagger}$, Juraj and Zhang,Y. *", ["Juraj Kojs", "Y. Zhang"]),
        ("Ada Lovelace\\textsuperscript{*} and Bach*, E.", ["Ada Lovelace", "E. Bach"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("{\\'A}gueda {Fuentes-Guerra Toral}", ["Águeda Fuentes-Guerra Toral"]),
        ("{Barnes and Noble, Inc.}", ["Barnes and Noble, Inc."]),
        ("Rasthofer U., Wall W.A., Gravemeier V., Others X.",
         ["Rasthofer U.", "Wall W.A.", "Gravemeier V.", "Others X."]),
        ("Petr Sojka and~Karel Pala", ["Petr Sojka", "Karel Pala"]),
    ],
)  # fmt: skip
def test_names(author, names):
    """A name loses a part, an accent or its place, or is dropped over a comma."""
    assert [person.name for person in paper(f"author = {{{author}}}").authors] == names


def test_marks_and_others():
    """A mark becomes part of a name, or "others" an author."""
    found = paper("author = {Bach*, E. and Kojs$^{\\dagger}$, J. and others}")
    assert [person.marks for person in found.authors] == ["*", "†"]
    assert found.has_more_authors and len(found.authors) == 2


def test_hundred_authors():
    """A long list is cut."""
    names = " and ".join(f"Name{n}, A." for n in range(300))
    assert len(paper(f"author = {{{names}}}").authors) == 300


def test_strings_and_concatenation():
    """A macro is printed by its name, or a part of a value is lost."""
    headers = read(
        '@string{jn = "Journal of"}\n@STRING(me = {Ada Lovelace})\n@string{loop = loop # "x"}\n'
        "@article{a, title = {A} # { B}, author = ME, year = 2026, journal = jn # { Things}}\n"
        "@misc{b, title = loop, author = me, year = 2026, selected = true}"
    )
    assert headers[0].get("title") == "A B"
    assert headers[0].get("venue") == "Journal of Things"
    assert headers[0].get("authors") == "- Ada Lovelace"
    assert headers[1].get("title") == "loopx"
    assert headers[1].get("selected") == "true"


def test_crossref():
    """A paper lacks what stands in the entry that it refers to, or that one gets a page."""
    headers = read(
        "@inproceedings{a, title={A}, author={A B}, crossref={P}}\n"
        "@inproceedings{b, title={B}, author={A B}, crossref={none}, booktitle={X}, year=2026}\n"
        "@proceedings{p, title={Proc. of Things}, editor={C D}, year={2025}, publisher={ACM}}"
    )
    assert headers[0].get("venue") == "Proc. of Things"
    assert (headers[0].get("date"), headers[0].get("publisher")) == ("2025", "ACM")
    assert [str(problem) for problem in headers[1].problems] == [
        'x.bib:2: b: crossref: "none" is no entry here'
    ]
    assert not headers[2].entries and headers[2].problems[0].notice


@pytest.mark.parametrize(
    ("type_", "fields", "found"),
    [
        ("article", "journal = {J}", ("article-journal", "J", None)),
        ("article", "journal = {arXiv preprint arXiv:2301.00001}", ("article", None, "2301.00001")),
        ("article", "journal = {CoRR}, volume = {abs/1706.03762}", ("article", None, "1706.03762")),
        ("article", "journal = {bioRxiv}", ("article", "bioRxiv", None)),
        ("misc", "eprint = {2301.00001}, archiveprefix = {arXiv}", ("article", None, "2301.00001")),
        ("misc", "howpublished = {\\url{https://a.example}}", ("document", None, None)),
        ("inbook", "pages = {1}", ("book", None, None)),
        ("inproceedings", "booktitle = {B}, journal = {J}", ("paper-conference", "B", None)),
        ("conference", "booktitle = {B}, arxiv = {}", ("paper-conference", "B", None)),
        ("phdthesis", "school = {S}", ("thesis", "S", None)),
        ("techreport", "institution = {I}", ("report", "I", None)),
        ("article", "journal = {\\mnras}", ("article-journal",
         "Monthly Notices of the Royal Astronomical Society", None)),
        ("Unpublished", "note = {Submitted}", ("manuscript", None, None)),
        ("article", "note = {Submitted}", ("manuscript", None, None)),
    ],
)  # fmt: skip
def test_types_and_venues(type_, fields, found):
    """A preprint is cited as a journal's, or a journal's paper loses the journal."""
    record = paper(fields, type_)
    assert (record.type, record.venue, record.ids.get("arxiv")) == found


def test_address_in_howpublished():
    """The address of a web page is lost, for BibTeX's users write it there."""
    found = paper("howpublished = {\\url{https://a.example/~b_c}, accessed today}")
    assert found.url == "https://a.example/~b_c" and found.venue is None


@pytest.mark.parametrize(
    ("note", "stage", "rest"),
    [
        ("To appear", "accepted", None),
        ("Accepted for publication.", "accepted", None),
        ("Submitted. Best student.", "submitted", "Best student."),
        ("Accepted at the workshop", None, "Accepted at the workshop"),
        ("Poster", None, "Poster"),
    ],
)
def test_stage_in_a_note(note, stage, rest):
    """A note loses its words, or the stage that it tells."""
    found = paper(f"note = {{{note}}}")
    assert (found.stage, found.note) == (stage, rest)


def test_al_folio():
    """What al-folio's users have written is lost."""
    found = paper(
        "abbr = {ICLR}, selected = True, code = {https://a.example/~x?a=1&b=%20--#c},\n"
        'pdf = {https://a.example/p.pdf}, html = {doi:<a href="https://doi.org/10.1/x_y">x</a>},\n'
        "website = {https://b.example/{\\_}x\\&y}, award = {Long}, award_name = {Best Paper},\n"
        "keywords = {a, b}, doi = {https://doi.org/10.1000/182}, bibtex_show = {true},\n"
        "url = {https://doi.org/10.1000/182}, abstract = {50% of it.}",
    )
    assert (found.venue_short, found.selected, found.award) == ("ICLR", True, "Best Paper")
    assert [(link.label, link.address) for link in found.links] == [
        ("doi", "https://doi.org/10.1000/182"),
        ("code", "https://a.example/~x?a=1&b=%20--#c"),
        ("pdf", "https://a.example/p.pdf"),
        ("html", "https://doi.org/10.1/x_y"),
        ("website", "https://b.example/_x&y"),
    ]
    assert (found.tags, found.abstract) == (("a", "b"), "50% of it.")


@pytest.mark.parametrize(
    ("fields", "notice"),
    [
        ("%pdf = {x.pdf},", "x.bib:5: k: %pdf: is left out (BibTeX knows no comments within an"),
        ("pdf = {x.pdf}", 'x.bib:5: k: pdf: "x.pdf" is no address and no file (write https://…'),
        ("url = {www.a.example}", 'x.bib:5: k: url: "www.a.example" is read as https://www.a.'),
        ("year = 2026", "x.bib:5: k: year: given twice, first in line 4 (keep one)"),
        ("month = {soon}", 'x.bib:5: k: month: "soon" is no month (write `month = jan`)'),
        ("preview = {x.png}", 'x.bib:5: k: preview: "x.png" is not there (put the file there,'),
        ("jornal = {J}", "x.bib:5: k: jornal: is no field that is read (did you mean `journal`?)"),
        ("editor = {Wall, W.A.,}", 'x.bib:5: k: editor: a comma ends "Wall, W.A.," (take it'),
    ],
)
def test_notices(fields, notice):
    """Something is mended or left out in silence, or a small defect ends the build."""
    assert notices(fields)[0].startswith(notice)


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        ("a, b", ("a", "b")),
        ("a;b, c;", ("a", "b, c")),
        ("one", ("one",)),
    ],
)
def test_keywords(keywords, tags):
    """A keyword with a comma falls into two, here or where it is read again."""
    found = paper(f"keywords = {{{keywords}}}")
    assert found.tags == tags
    [again] = read(bibliography.format_full_bibtex(found, bibliography.format_bibtex(found)))
    assert read_paper(again, Path("x.bib"), Path("none"), {}, "k").tags == tags


def test_encodings():
    """A file that is not UTF-8 is refused, garbled, or read without a word."""
    text = "@misc{k, title = {Müller’s}, author = {A B}, year = 2026}\r\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert read(data)[0].get("title") == "Müller’s"
    whole, header = bibtex.parse_bibtex("x.bib", text.encode("cp1252"))
    assert header.get("title") == "Müller’s"
    assert [(str(p), p.notice) for p in whole.problems] == [
        ("x.bib:1: not UTF-8, read as Windows-1252 (save the file as UTF-8)", True)
    ]


def test_commented_entry():
    """An entry that its author has commented out is published."""
    [header] = read("%@misc{k, title = {T}, author = {A B}, year = 2026}")
    assert not header.entries and header.problems[0].notice


def test_brace_behind_a_backslash():
    """An entry is lost over a backslash before its last brace, which BibTeX counts."""
    [header] = read("@misc{k, title = {A \\}, author = {A B}, year = 2026}\n")
    assert header.get("title") is not None and not header.problems


def test_layout_of_an_entry():
    """An entry is lost over its key's line, the head that Jekyll wants, or a rule of hyphens."""
    headers = read(
        "---\n---\n\n% words = {in} a comment\n------\n--- 2026\n------\n"
        "@InProceedings{\n    one,\n  title={A \n  B},\n  url={\n  https://a.example/x\n  },\n"
        'author="A B\nand C D", ANNOTATION={* by lot}, year="2026"}\n'
        "@misc(two, title={T}, author={A B}, year=2026)\n"
    )
    assert [header.citation_key for header in headers] == ["one", "two"]
    assert not any(header.problems for header in headers)
    assert headers[0].get("title") == "A B"
    assert headers[0].get("url") == "https://a.example/x"
    assert headers[0].get("authors") == "- A B\n- C D"
    assert headers[0].get("annotation") == "* by lot"


def test_other_blocks():
    """A comment or a preamble is taken for a paper."""
    assert read('@comment{x, title = {T}}\n@preamble{"x"}\nwords\n@string{a = {b}}\n') == []


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["@misc{", "k,", "title", "=", "{", "}", '"', "#", ",", "\n", "%", "\\", "A B "]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_file_is_read_or_told(text):
    """Some .bib brings down the build, or an entry of it is lost in silence."""
    for header in read(text):
        assert header.entries or header.problems
        read_paper(header, Path("x.bib"), Path("none"), {}, "k")
