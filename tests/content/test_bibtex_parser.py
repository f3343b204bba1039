"""BibTeX files as people write them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.content import bibtex_parser
from papers.content.header import Header
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.paper import Paper

FIELDS = "title={T}, author={A B}, year=2026}"
ENTRY = f"@misc{{k, {FIELDS}\n"


def problems_of(text: str) -> list[str]:
    """Return the problems of a .bib."""
    headers = bibtex_parser.parse_bibtex("x.bib", text.encode())
    return [str(problem) for header in headers for problem in header.problems]


def parse(text: str | bytes) -> list[Header]:
    """Return the headers of all entries."""
    data = text if isinstance(text, bytes) else text.encode()
    return bibtex_parser.parse_bibtex("x.bib", data)[1:]


def make_paper(fields: str, type_: str = "misc") -> Paper:
    """Return the paper of an entry with some fields, which must be valid."""
    names = set(re.findall(r"\b(\w+) =", fields))
    required = {"title": "T", "author": "A B", "year": "2026"}
    if "date" in names:
        del required["year"]
    added = "".join(f"{name} = {{{required[name]}}}, " for name in required.keys() - names)
    [header] = parse(f"@{type_}{{k, {added}{fields}}}")
    paper = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    assert paper is not None, header.problems
    return paper


def notices(fields: str, type_: str = "misc") -> list[str]:
    """Return the notices of an entry that has no errors."""
    text = f"@{type_}{{k,\ntitle = {{T}},\nauthor = {{A B}},\nyear = 2026,\n{fields}\n}}"
    [header] = parse(text)
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
        ('year = {2024}, month = "10~" # jan', "2024-01-10"),
        ('year = {2024}, month = "8~" # jul', "2024-07-08"),
        ("year = {2024}, month = {5 June}", "2024-06-05"),
        ("year = {2024}, month = {1st of May}", "2024-05-01"),
        ("year = {2024}, month = {June 2024}", "2024-06"),
        ("year = {2024}, month = {06-15}", "2024-06-15"),
        ("year = {2024}, month = {June--July}", "2024-06"),
        ('year = {2024}, month = jan # "/" # feb', "2024-01"),
        ("year = {2024}, month = {December 30 -- January 2}", "2024-12-30"),
        ("year = {2024}, month = {1--3}", "2024-01"),
        ("year = {2024}, month = {2nd Quarter}", "2024"),
        ("year = {2024}, month = {Q3}", "2024"),
        ("year = {2024}, month = {Summer/Fall}", "2024"),
        ("date = {2019-01-02}", "2019-01-02"),
        ("date = {2019-01/2019-03}", "2019-01"),
        ("date = {2021}", "2021"),
        ("year = {2024}, month = {}", "2024"),
        ("year = {2024}, month = {październik}", "2024"),
        ("year = {2024}, month = feb, day = 31", "2024-02"),
        ("year = {2020, submitted to: X}", "2020"),
        ("year = {2020a}", "2020"),
        ("year = {in press}, date = {2021-02}", "2021-02"),
        ("year = {in press}, eprint = {2403.01234v2}, archiveprefix = {arXiv}", "2024-03"),
        ("year = {Forthcoming}, pubstate = {forthcoming}, urldate = {2025-03-04}", "2025-03"),
        ("date = {submitted}, timestamp = {2019-11-02T10:00:00Z}", "2019-11"),
        ("date = {2020/06/05}", "2020-06-05"),
        ("date = {2020 June 5}", "2020-06-05"),
        ("date = {06/2020}", "2020-06"),
        ("date = {05.06.2020}", "2020"),
        ("date = {2020-06-05/}", "2020-06-05"),
        ("date = {2020-06-XX}", "2020-06"),
        ("date = {2020-21}", "2020"),
        ("date = {2020}, month = {5}, day = {3}", "2020-05-03"),
        ("year = {2020}, month = may, day = {3--5}", "2020-05-03"),
        ("year = {2020}, month = {Juni}", "2020-06"),
        ("year = {2020}, month = {3 de mayo}", "2020-05-03"),
        ("year = {2020}, month = {6月5日}", "2020-06-05"),
    ],
)
def test_dates(fields, date):
    """A month is lost, moved or invented."""
    assert make_paper(fields).date.isoformat() == date


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ("year = {in press}, date = {2021}", "accepted"),
        ("year = {2020 (accepted)}", "accepted"),
        ("year = {2020, submitted}", "submitted"),
        ("year = {2020, to appear}, pubstate = {submitted}", "submitted"),
    ],
)
def test_stage_in_year(fields, stage):
    """The stage of a paper that is next to its year is lost, or its date in another field."""
    assert make_paper(fields).stage == stage


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
         ["U. Rasthofer", "W.A. Wall", "V. Gravemeier", "X. Others"]),
        ("Petr Sojka and~Karel Pala", ["Petr Sojka", "Karel Pala"]),
    ],
)  # fmt: skip
def test_names(author, names):
    """A name loses a part, an accent or its position, or a comma drops it."""
    assert [person.name for person in make_paper(f"author = {{{author}}}").authors] == names


def test_marks_and_others():
    """A mark becomes part of a name, or "others" an author."""
    paper = make_paper("author = {Bach*, E. and Kojs$^{\\dagger}$, J. and others}")
    assert [person.marks for person in paper.authors] == ["*", "†"]
    assert paper.has_more_authors and len(paper.authors) == 2


def test_many_authors():
    """A long list of authors is cut."""
    names = " and ".join(f"Name{n}, A." for n in range(300))
    assert len(make_paper(f"author = {{{names}}}").authors) == 300


def test_strings_and_concatenation():
    """A page shows a macro's name, or a value loses a part."""
    headers = parse(
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
    """A paper lacks fields of its crossref, or the proceedings get a page."""
    headers = parse(
        "@inproceedings{a, title={A}, author={A B}, crossref={P}}\n"
        "@inproceedings{b, title={B}, author={A B}, crossref={none}, booktitle={X}, year=2026}\n"
        "@proceedings{p, title={Proc. of Things}, editor={C D}, year={2025}, publisher={ACM}}"
    )
    assert headers[0].get("venue") == "Proc. of Things"
    assert (headers[0].get("date"), headers[0].get("publisher")) == ("2025", "ACM")
    assert [str(problem) for problem in headers[1].problems] == [
        'x.bib:2: b: crossref: "none" is not an entry of this file (add the entry, or delete '
        "the field)"
    ]
    assert not headers[2].entries and headers[2].problems[0].notice


@pytest.mark.parametrize(
    ("type_", "fields", "expected"),
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
def test_types_and_venues(type_, fields, expected):
    """A preprint is cited as a journal article, or an article loses its journal."""
    paper = make_paper(fields, type_)
    assert (paper.type, paper.venue, paper.ids.get("arxiv")) == expected


def test_url_in_howpublished():
    """The URL of a web page is lost: BibTeX has no other field for it."""
    paper = make_paper("howpublished = {\\url{https://a.example/~b_c}, accessed today}")
    assert paper.url == "https://a.example/~b_c" and paper.venue is None


@pytest.mark.parametrize(
    ("note", "stage", "remaining"),
    [
        ("To appear", "accepted", None),
        ("Accepted for publication.", "accepted", None),
        ("Submitted. Best student.", "submitted", "Best student."),
        ("Accepted at the workshop", None, "Accepted at the workshop"),
        ("Poster", None, "Poster"),
    ],
)
def test_stage_in_note(note, stage, remaining):
    """A note loses words, or the stage of publication in it."""
    paper = make_paper(f"note = {{{note}}}")
    assert (paper.stage, paper.note) == (stage, remaining)


def test_al_folio():
    """A field of al-folio is lost."""
    paper = make_paper(
        "abbr = {ICLR}, selected = True, code = {https://a.example/~x?a=1&b=%20--#c},\n"
        'pdf = {https://a.example/p.pdf}, html = {doi:<a href="https://doi.org/10.1/x_y">x</a>},\n'
        "website = {https://b.example/{\\_}x\\&y}, award = {Long}, award_name = {Best Paper},\n"
        "keywords = {a, b}, doi = {https://doi.org/10.1000/182}, bibtex_show = {true},\n"
        "url = {https://doi.org/10.1000/182}, abstract = {50% of it.}",
    )
    assert (paper.venue_short, paper.selected, paper.award) == ("ICLR", True, "Best Paper")
    assert [(link.label, link.address) for link in paper.links] == [
        ("doi", "https://doi.org/10.1000/182"),
        ("code", "https://a.example/~x?a=1&b=%20--#c"),
        ("pdf", "https://a.example/p.pdf"),
        ("html", "https://doi.org/10.1/x_y"),
        ("website", "https://b.example/_x&y"),
    ]
    assert (paper.tags, paper.abstract) == (("a", "b"), "50% of it.")


@pytest.mark.parametrize(
    ("fields", "notice"),
    [
        ("%pdf = {x.pdf},", "x.bib:5: k: %pdf: is ignored (BibTeX has no comments inside an"),
        ("pdf = {x.pdf}", 'x.bib:5: k: pdf: "x.pdf" is not an address or a file (write https://…'),
        ("url = {www.a.example}", 'x.bib:5: k: url: "www.a.example" is read as https://www.a.'),
        ("year = 2026", "x.bib:5: k: year: given twice, first in line 4 (keep one)"),
        ("month = {soon}", 'x.bib:5: k: month: "soon" is not a valid month (write `month = jan`)'),
        ("month = {Q2}", 'x.bib:5: k: month: "Q2" is not a valid month (write `month = jan`)'),
        ("month = {June--July}", 'x.bib:5: k: month: "June--July" is read as 2026-06'),
        ('month = "2--4~" # may', 'x.bib:5: k: month: "2--4~may" is read as 2026-05-02'),
        ("month = 5, day = {3--5}", 'x.bib:5: k: day: "3--5" is read as 3'),
        ("date = {2020-06/2020-07}", 'x.bib:5: k: date: "2020-06/2020-07" is read as 2020-06'),
        ("date = {2020-06-XX}", 'x.bib:5: k: date: "2020-06-XX" is read as 2020-06'),
        ("preview = {x.png}", 'x.bib:5: k: preview: "x.png" does not exist (add the file,'),
        (
            "jornal = {J}",
            "x.bib:5: k: jornal: is not a known field (did you mean `journal`?)",
        ),
        (
            "editor = {Wall, W.A.,}",
            'x.bib:5: k: editor: "Wall, W.A.," ends with a comma (delete it',
        ),
    ],
)
def test_notices(fields, notice):
    """A value is repaired or left out without a notice, or a small defect ends the build."""
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
    """A keyword with a comma becomes two, here or in an exported entry."""
    paper = make_paper(f"keywords = {{{keywords}}}")
    assert paper.tags == tags
    entry = bibliography.format_bibtex(paper)
    [header] = parse(bibliography.format_full_bibtex(paper, entry))
    assert read_paper(header, Path("x.bib"), Path("none"), {}, "k").tags == tags


def test_encodings():
    """A file that is not UTF-8 is refused, garbled, or read without a notice."""
    text = "@misc{k, title = {Müller’s}, author = {A B}, year = 2026}\r\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert parse(data)[0].get("title") == "Müller’s"
    file_header, header = bibtex_parser.parse_bibtex("x.bib", text.encode("cp1252"))
    assert header.get("title") == "Müller’s"
    assert [(str(p), p.notice) for p in file_header.problems] == [
        ("x.bib:1: is not UTF-8 and is read as Windows-1252 (save the file as UTF-8)", True)
    ]


def test_commented_entry():
    """An entry that is commented out is published."""
    [header] = parse("%@misc{k, title = {T}, author = {A B}, year = 2026}")
    assert not header.entries and header.problems[0].notice


def test_backslash_before_brace():
    """An entry is lost because of a backslash before a brace, which BibTeX counts."""
    [header] = parse("@misc{k, title = {A \\}, author = {A B}, year = 2026}\n")
    assert header.get("title") is not None and not header.problems


def test_layout():
    """An entry is lost because of its line breaks, Jekyll's front matter, or a rule of hyphens."""
    headers = parse(
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


@pytest.mark.parametrize("type_", ["commentary", "Commentary", "comments", "stringer", "preambles"])
def test_types_like_other_blocks(type_):
    """An entry vanishes without a word because its type begins like that of a comment."""
    [header] = parse(f"@comment{{x}}\n@{type_}{{k, {FIELDS}\n")
    assert header.get("title") == "T"
    assert header.entries["type"].value == type_.lower()


def test_other_blocks():
    """A comment or a preamble becomes a paper."""
    assert parse('@comment{x, title = {T}}\n@preamble{"x"}\nwords\n@string{a = {b}}\n') == []


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["@misc{", "k,", "title", "=", "{", "}", '"', "#", ",", "\n", "%", "\\", "A B "]
        ),
        max_size=30,
    ).map("".join)
)
def test_any_file(text):
    """A .bib crashes the build, or loses an entry without a problem."""
    for header in parse(text):
        assert header.entries or header.problems
        read_paper(header, Path("x.bib"), Path("none"), {}, "k")


@pytest.mark.parametrize("start", ["@ misc {k,", "@misc\n{k,", "@misc (k,", "  @MISC{k,"])
def test_loose_starts(start):
    """An entry is lost because blanks around its type confuse the parser."""
    text = f"{start} {FIELDS}\n"
    headers = bibtex_parser.parse_bibtex(
        "x.bib", (text.replace("}\n", ")\n") if "(" in start else text).encode()
    )
    assert [header.citation_key for header in headers[1:]] == ["k"] and not headers[1].problems


@pytest.mark.parametrize("start", ["misc{k,", "@book-x{k,", "@a rticle{k,"])
def test_stray_starts(start):
    """An entry without @, or of an invalid type, is lost without a problem."""
    lines = problems_of(f"{ENTRY}\n{start} {FIELDS}\n")
    assert lines == [f'x.bib:3: "{start[:-2]}" does not start an entry (write `@article{{key,`)']


@pytest.mark.parametrize("value", ["{T} volume={3}", '"T" volume="3"'])
def test_missing_comma(value):
    """A field without a comma hides the next one."""
    lines = problems_of(f"@misc{{k, title={value}, author={{A B}}, year=2026}}")
    assert lines == ["x.bib:1: k: title: is not followed by a comma (add one)"]


def test_percent_before_entry():
    """A percent sign in an entry comments out the next one."""
    headers = bibtex_parser.parse_bibtex(
        "x.bib", f"{ENTRY.strip()[:-1]}, note={{5%}}}} @misc{{b, {FIELDS}".encode()
    )
    assert [header.get("title") for header in headers[1:]] == ["T", "T"]


def test_exponential_strings():
    """A chain of macros crashes the build, or fills the memory."""
    chain = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 60))
    text = f'@string{{a0 = "x"}}\n{chain}@misc{{k, title=a59, author={{A B}}, year=2026}}'
    assert len(parse(text)[0].get("title")) <= 10_000


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe; John Roe", ["- Jane Doe", "- John Roe"]),
        ("Doe, J., Roe, J. A., Lee, A.", ["- Doe, J.", "- Roe, J. A.", "- Lee, A."]),
        ("Doe$^{1,2}$, Jane", ["- Doe, Jane"]),
        ("Doe\\thanks{equal}, Jane", ["- Doe, Jane"]),
    ],
)
def test_separators_and_footnotes(author, names):
    """Two authors become one, initials become authors, or a footnote part of a name."""
    text = f"@misc{{k, title={{T}}, author={{{author}}}, year=2026}}"
    assert parse(text)[0].get("authors").split("\n") == names


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("publisher = nopress", '"nopress" is not a known @string'),
        ('note = "a " # nopress', '"nopress" is not a known @string'),
        ("author = {A B} # IEEE_A", '"IEEE_A" is not a known @string'),
    ],
)
def test_undefined_string(field, message):
    """A name that no `@string` defines is published as if it were text."""
    assert any(message in problem for problem in problems_of(f"@misc{{k, {field},\n{FIELDS}"))


@pytest.mark.parametrize(
    "field",
    [
        "month = jan",
        "journal = cacm",
        "selected = yes",
        "volume = 12",
        "pages = 1-2",
        "note = {a # b}",
    ],
)
def test_values_that_are_no_strings(field):
    """A value that needs no `@string` is reported."""
    assert problems_of(f"@misc{{k, {field},\n{FIELDS}") == []


def test_strings_of_other_files(tmp_path):
    """The strings of the folder's other files are not known, or win over those of the file."""
    (tmp_path / "z.bib").write_text('@string{J = "Journal"}@string{own = "Z"}', encoding="utf-8")
    (tmp_path / "a.bib").write_text("@misc{broken", encoding="utf-8")
    strings = bibtex_parser.read_strings(tmp_path)
    text = f"@string{{own = {{Own}}}}\n@misc{{k, howpublished = J, publisher = OWN, {FIELDS}"
    [header] = bibtex_parser.parse_bibtex("x.bib", text.encode(), strings)[1:]
    assert (header.get("venue"), header.get("publisher")) == ("Journal", "Own")


def test_xdata():
    """An entry lacks what its @xdata holds, or the @xdata is a paper."""
    text = """@xdata{a, publisher = {ACM}, address = {X}, xdata = {b}}
    @xdata{b, series = {S}, xdata = {a}}
    @misc{k, title={T}, author={A B}, year=2026, address = {Y}, xdata = {a, nowhere}}"""
    *parents, header = parse(text)
    values = {key: header.get(key) for key in ("publisher", "series", "address")}
    assert values == {"publisher": "ACM", "series": "S", "address": "Y"}
    assert [parent.entries or parent.problems for parent in parents] == [[], []]
    assert [str(problem.message) for problem in header.problems] == [
        '"nowhere" is not a known @xdata (correct the key)'
    ]


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        (r"howpublished = {\href{https://a.example/x}{Site}}", [("link", "https://a.example/x")]),
        (r"note = {\href{https://a.example/x\_y}{Code}}", [("code", "https://a.example/x_y")]),
        (r"howpublished = {Available at \url{https://a.example/a_b}}", [("link", "https://a.example/a_b")]),
        (r"publisher = {\href{https://p.example}{The Press}}", [("link", "https://p.example")]),
        (r"note = {See \url{https://a.example}}, url = {https://a.example}", [("link", "https://a.example")]),
        (r"note = {\href{https://doi.org/10.1000/182}{DOI}}, doi = {10.1000/182}",
         [("doi", "https://doi.org/10.1000/182")]),
    ],
)  # fmt: skip
def test_links_in_texts(fields, links):
    """An address in a text is lost with its macro."""
    paper = make_paper(fields)
    assert [(link.label, link.address) for link in paper.links] == links
    assert paper.venue is None


def test_unread_fields():
    """A field that nothing reads vanishes without a message, or each has one of its own."""
    text = "@misc{k, foo = {a}, bar = {b}, timestamp = {c}, file = {d},\n" + FIELDS
    twice = text + text.replace("{k,", "{l,")
    hint = "(write what readers need into `note`)"
    assert problems_of(twice) == [f"x.bib: these fields are not used: bar, foo {hint}"]


@pytest.mark.parametrize(("type_", "hint"), [("paper", "inproceedings"), ("conf", "inproceedings")])
def test_types_of_other_systems(type_, hint):
    """A hint names a type that is something else."""
    [problem] = problems_of(f"@{type_}{{k, {FIELDS}")
    assert f"(did you mean `@{hint}`?)" in problem
