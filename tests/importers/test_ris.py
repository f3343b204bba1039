"""RIS as programs and publishers write it: each tag reaches the header that it is for."""

import codecs

import pytest
from conftest import ROOT
from test_references import import_file, notes

CASE = ROOT.parent / "shared" / "cases" / "reading" / "19-ris" / "papers.ris"


def headers_of(folder, text: str | bytes, name: str = "x.ris") -> dict[str, str]:
    """Return the headers of the only record of a text."""
    [document] = import_file(folder, name, text).documents
    return document.headers


def record(type_: str, *lines: str) -> str:
    """Return a record of RIS with a title."""
    return "\n".join([f"TY  - {type_}", "TI  - T", *lines, "ER  - ", ""])


@pytest.mark.skipif(not CASE.exists(), reason="the cases are not here")
def test_case(tmp_path):
    """Zotero's mixed author tags, Y1 beside DA, series, proceedings, or single blanks are lost."""
    result = import_file(tmp_path, CASE.name, CASE.read_bytes())
    order, dates, series, both, blanks = [document.headers for document in result.documents]
    assert order["authors"] == "Ann First, Bob Second, Carl Third"
    assert dates["date"] == "1950-01-01"
    assert series["series"] == "Lecture Notes in Geology" and not series.get("venue")
    assert both["venue"] == "Proceedings of the 58th Meeting"
    assert (both["venue_short"], both["address"]) == ("ACL 2020", "Seattle")
    assert (blanks["issn"], blanks["doi"]) == ("1755-0998", "10.1111/j.1755-0998.2009.02750.x")
    assert "url" not in blanks and "note" not in blanks and "links" not in blanks
    assert notes(result, "left") == [
        "papers.ris: unused tags: Y1 (line 14) (write what readers need into `Note:`)"
    ]


@pytest.mark.parametrize(
    ("lines", "authors", "editor"),
    [
        (["A1  - First, Ann", "AU  - Second, Bo", "A1  - Third, C."],
         "Ann First, Bo Second, C. Third", ""),
        (["AU  - Second, Bo", "A1  - First, Ann", "AU  - Third, C."],
         "Bo Second, Ann First, C. Third", ""),
        (["A1  - Stone, Ann", "AU  - Stone, Ann"], "Ann Stone", ""),
        (["AU  - Stone, A.", "AU  - Rock, B.", "AU  - Stone, A."],
         "A. Stone, B. Rock, A. Stone", ""),
        (["AU  - Stone, Ann; Rock, Bo"], "Ann Stone, Bo Rock", ""),
        (["AU  - Stone, Ann and Rock, Bo"], "Ann Stone, Bo Rock", ""),
        (["AU  - Stone, Ann", "AU  - {Loom Group, The}"], "Ann Stone; {Loom Group, The}", ""),
        (["ED  - Stone, Ann", "A2  - Rock, Bo"], "", "Ann Stone, Bo Rock"),
        (["AU  - Wu, Xiao-Ming 0001", "AU  - Stone, Ann"], "Xiao-Ming Wu, Ann Stone", ""),
        (["AU  - Stone, Ann", "Rock, Bo"], "Ann Stone, Bo Rock", ""),
        (["AU  - Stone, Ann", "AU  - Committee of Editors of", "the Journals"],
         "Ann Stone, {Committee of Editors of the Journals}", ""),
        (["AU  - Stone, Ann", "AU  - et al."], "Ann Stone, et al.", ""),
        (["AU  - Stone, Ann", "AU  - others"], "Ann Stone, et al.", ""),
    ],
)  # fmt: skip
def test_people(lines, authors, editor, tmp_path):
    """The authors are in the order of their tags, one is lost, or two become one."""
    headers = headers_of(tmp_path, record("CHAP", *lines, "T2  - B", "PY  - 2020"))
    assert (headers.get("authors", ""), headers.get("editor", "")) == (authors, editor)


@pytest.mark.parametrize(
    ("type_", "lines", "authors", "editor"),
    [
        ("BOOK", ["AU  - Stone, A.", "A2  - Rock, B.", "T2  - Series"], "A. Stone", ""),
        ("BOOK", ["AU  - Stone, A.", "A2  - Rock, B."], "A. Stone", "B. Rock"),
        ("BOOK", ["A2  - Rock, B.", "T2  - Series"], "", "B. Rock"),
        ("BOOK", ["AU  - Stone, A.", "A2  - Rock, B.", "A3  - Clay, C."], "A. Stone", "C. Clay"),
        ("EDBOOK", ["AU  - Stone, A.", "T2  - Series"], "", "A. Stone"),
        ("EBOOK", ["AU  - Stone, A.", "A2  - Rock, B.", "T3  - Series"], "A. Stone", "B. Rock"),
        ("THES", ["AU  - Stone, A.", "A3  - Advisor, A."], "A. Stone", ""),
    ],
)
def test_editors_of_books(type_, lines, authors, editor, tmp_path):
    """The editors of a series become those of its book."""
    headers = headers_of(tmp_path, record(type_, *lines, "PB  - P", "PY  - 2020"))
    assert (headers.get("authors", ""), headers.get("editor", "")) == (authors, editor)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Y1  - 1900/01/01", "DA  - 1950/01/01"], "1950-01-01"),
        (["DA  - 2020/06/02/", "Y1  - 2019///"], "2020-06-02"),
        (["Y1  - 2021/05//Spring"], "2021-05"),
        (["PY  - 2020", "DA  - 2019/12/30", "Y1  - 2020/03/01"], "2020-03-01"),
        (["PY  - 2020//", "DA  - Mar 5", "Y2  - 2024/01/01"], "2020-03-05"),
        (["DA  - 1950/01/01 12:00:00"], "1950-01-01"),
        (["PY  - 2022", "DA  - 20220405"], "2022-04-05"),
        (["DA  - 0000"], None),
    ],
)
def test_dates(lines, date, tmp_path):
    """The date is that of the first print, of the access, or has another year than PY."""
    assert headers_of(tmp_path, record("GEN", "AU  - A, B", *lines)).get("date") == date


@pytest.mark.parametrize(
    ("type_", "lines", "expected"),
    [
        ("BOOK", ["T2  - LNCS", "PB  - P"], {"series": "LNCS", "publisher": "P"}),
        ("BOOK", ["T3  - LNCS", "CY  - Rome"], {"series": "LNCS", "address": "Rome"}),
        ("EBOOK", ["BT  - Whole"], {"title": "T"}),
        ("CHAP", ["T2  - Book", "T3  - LNCS"], {"venue": "Book", "series": "LNCS"}),
        ("CONF", ["C3  - Proc. of the 9th X Conference", "T2  - X 2020", "T3  - LNCS"],
         {"venue": "Proc. of the 9th X Conference", "venue_short": "X 2020", "series": "LNCS"}),
        ("CPAPER", ["T2  - X Conference", "C1  - Rome", "CY  - Rome"],
         {"venue": "X Conference", "address": "Rome"}),
        ("CONF", ["BT  - Proceedings of X", "CY  - Rome"],
         {"venue": "Proceedings of X", "address": "Rome"}),
        ("CONF", ["C3  - Proc. of X 2020", "T2  - X 2020", "J2  - X"],
         {"venue": "Proc. of X 2020", "venue_short": "X"}),
        ("JOUR", ["T2  - J. of X", "JF  - Journal of X", "J2  - JX"],
         {"venue": "Journal of X", "venue_short": "JX"}),
        ("JOUR", ["JO  - Journal of X", "JA  - J. X"],
         {"venue": "Journal of X", "venue_short": "J. X"}),
        ("JOUR", ["J2  - Nature"], {"venue": "Nature"}),
        ("JOUR", ["T2  - J. X", "JO  - Journal of X"],
         {"venue": "Journal of X", "venue_short": "J. X"}),
        ("THES", ["PB  - ETH", "M3  - PhD thesis"], {"venue": "ETH", "genre": "PhD thesis"}),
        ("THES", ["PB  - ETH", "VL  - Ph.D."], {"venue": "ETH", "genre": "Ph.D."}),
        ("RPRT", ["PB  - RAND", "T2  - Papers", "SN  - R-12"],
         {"venue": "RAND", "series": "Papers", "number": "R-12"}),
        ("PAT", ["SN  - US1", "PB  - Loom Inc."], {"number": "US1", "publisher": "Loom Inc."}),
        ("SLIDE", ["T2  - Looms 2020", "M3  - Keynote"],
         {"venue": "Looms 2020", "genre": "Keynote"}),
        ("INPR", ["T2  - J"], {"venue": "J", "stage": "accepted"}),
    ],
)  # fmt: skip
def test_tags_of_types(type_, lines, expected, tmp_path):
    """A tag is read as another type has it: the series of a book, a conference's proceedings."""
    result = import_file(tmp_path, "x.ris", record(type_, "AU  - Stone, Ann", "PY  - 2020", *lines))
    headers = result.documents[0].headers
    names = "venue venue_short series genre address number publisher stage".split()
    imported = {name: headers[name] for name in names if name in headers}
    assert imported == {name: value for name, value in expected.items() if name != "title"}
    assert headers["title"] == "T"


def test_long_conference(tmp_path):
    """The name of a conference is lost without a word, or becomes a label of a whole line."""
    text = record("CONF", "AU  - A, B", "PY  - 2020", "C3  - Advances in the Science of Looms",
                  "T2  - Thirty-Fourth International Conference on Looms and Mills")  # fmt: skip
    result = import_file(tmp_path, "x.ris", text)
    assert "venue_short" not in result.documents[0].headers
    assert "T2 (line 6)" in notes(result, "left")[0]


@pytest.mark.parametrize(
    "separator", [" - ", "  -", " -", "- ", "-", "\t-\t", "\t- ", "   - ", " -\t", "\u00a0\u00a0- "]
)
def test_separators(separator, tmp_path):
    """A record with one blank, none or a tab after its tags is read as one value."""
    lines = ["TY JOUR", "TI Single", "AU Stone, Ann", "T2 J", "PY 2020", "SN 1755-0998",
             "ST Single", "AN 12", "DB Base", "QQ unknown", "N1 Words that", "AI-driven.",
             "ER "]  # fmt: skip
    text = "\n".join(
        line[:2] + separator + line[3:] if line[2:3] == " " else line for line in lines
    )
    result = import_file(tmp_path, "x.ris", text)
    [document] = result.documents
    expected = {
        "type": "article-journal", "title": "Single", "authors": "Ann Stone", "venue": "J",
        "date": "2020", "issn": "1755-0998", "note": "Words that AI-driven.",
    }  # fmt: skip
    if separator in ("-", "  -", " -"):
        # Where nothing is after the hyphen, only known tags are tags.
        document.headers["note"] = document.headers["note"].replace(f"QQ{separator}unknown ", "")
    assert document.headers == expected
    assert all(f"{tag} (line" in notes(result, "left")[0] for tag in ("AN", "DB"))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("\ufeff" + text).encode("utf-16"),
        lambda text: f"Provider: Press\nContent: text\n\n{text}".encode(),
        lambda text: text.replace("TY", "\ufeffTY").encode(),
        lambda text: "\n".join(f"  {line}" for line in text.split("\n")).encode(),
    ],
)
def test_bytes(encode, tmp_path):
    """A mark of the encoding, other line ends or lines before the first record hide records."""
    text = record("GEN", "AU  - Stone, Ann", "PY  - 2020") + record(
        "GEN", "AU  - Rock, B", "PY  - 1"
    )
    for name in ("x.ris", "x.txt"):
        documents = import_file(tmp_path, name, encode(text)).documents
        assert [document.headers["authors"] for document in documents] == ["Ann Stone", "B Rock"]


def test_continued_lines(tmp_path):
    """A continued line that looks like a tag ends the value, or an unknown tag is glued to it."""
    text = record("GEN", "AU  - Stone, Ann", "PY  - 2020", "AB  - Looms of the",
                  "US - based mills.", "ZZ  - odd", "N1  - A note", "", "in two parts")  # fmt: skip
    document = import_file(tmp_path, "x.ris", text).documents[0]
    assert document.body == "Looms of the US - based mills."
    assert document.headers["note"] == "A note in two parts"


@pytest.mark.parametrize(
    ("lines", "doi"),
    [
        (["N1  - 10.1000/182"], "10.1000/182"),
        (["N1  - doi: 10.1000/182"], "10.1000/182"),
        (["N1  - Cited By :3. DOI: 10.1000/182; ISSN 1"], "10.1000/182"),
        (["M3  - 10.1000/182"], "10.1000/182"),
        (["L3  - 10.1000/182"], "10.1000/182"),
        (["L3  - http://dx.doi.org/10.1000/182"], "10.1000/182"),
        (["UR  - http://dx.doi.org/10.1000/182"], "10.1000/182"),
        (["UR  - https://www.press.example/doi/full/10.1000/182"], "10.1000/182"),
        (["DO  - https://doi.org/10.1000/182", "UR  - https://doi.org/10.1000/182"], "10.1000/182"),
        (["DI  - 10.1000/182"], "10.1000/182"),
        (["L1  - doi:10.1000/182"], "10.1000/182"),
    ],
)
def test_dois(lines, doi, tmp_path):
    """The DOI in a note, in the type of work or in an address is lost, or is a second link."""
    text = record("JOUR", "AU  - Stone, Ann", "T2  - J", "PY  - 2020", *lines)
    headers = headers_of(tmp_path, text)
    assert headers["doi"] == doi
    assert ("url" in headers) == ("press" in lines[0]) and "links" not in headers
    assert "note" not in headers


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["SN  - 1755-0998"], {"issn": "1755-0998"}),
        (["SN  - 978-3-16-148410-0"], {"isbn": "978-3-16-148410-0"}),
        (["SN  - 9783161484100 (ISBN); 17550998 (ISSN)"],
         {"isbn": "9783161484100", "issn": "17550998"}),
        (["SN  - 3-16-148410-X", "SN  - 1755-0998"],
         {"isbn": "3-16-148410-X", "issn": "1755-0998"}),
        (["SN  - ISSN 1755-0998"], {"issn": "1755-0998"}),
        (["SN  - 0027-8424 1091-6490"], {"issn": "0027-8424"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("type_", ["JOUR", "CONF", "BOOK"])
def test_serials(type_, lines, expected, tmp_path):
    """An ISSN is published as an ISBN, or with words around it."""
    headers = headers_of(tmp_path, record(type_, "AU  - A, B", "T2  - V", "PY  - 2020", *lines))
    assert {name: headers[name] for name in ("isbn", "issn") if name in headers} == expected


@pytest.mark.parametrize(
    ("type_", "lines", "expected"),
    [
        ("JOUR", ["SP  - 12", "EP  - 20"], {"pages": "12–20"}),
        ("JOUR", ["SP  - 12-20", "EP  - 20"], {"pages": "12–20"}),
        ("JOUR", ["EP  - 20", "SP  - 12"], {"pages": "12–20"}),
        ("JOUR", ["SP  - 12--20"], {"pages": "12–20"}),
        ("JOUR", ["EP  - 20"], {"pages": "20"}),
        ("JOUR", ["M2  - 12", "EP  - 20"], {"pages": "12–20"}),
        ("JOUR", ["SE  - 12", "SP  - 12", "EP  - 20"], {"pages": "12–20"}),
        ("NEWS", ["SE  - Science", "SP  - A4"], {"pages": "A4"}),
        ("NEWS", ["SE  - Science"], {}),
        ("JOUR", ["C7  - e12990"], {"pages": "e12990"}),
        ("JOUR", ["SP  - 1", "EP  - 14", "C7  - 155"], {"pages": "1–14", "article_number": "155"}),
        ("JOUR", ["M1  - 3", "VO  - 12"], {"issue": "3", "volume": "12"}),
        ("JOUR", ["IS  - 2, Summer", "VL  - 12"],
         {"number": "2", "issue": "Summer", "volume": "12"}),
        ("RPRT", ["M1  - R-1"], {"number": "R-1"}),
        ("BOOK", ["M1  - 7", "VL  - 2"], {"number": "7", "volume": "2"}),
        ("CHAP", ["SV  - 7", "M1  - 3"], {"number": "7"}),
        ("ELEC", ["VL  - 2024", "M1  - May 3"], {}),
    ],
)  # fmt: skip
def test_numbers(type_, lines, expected, tmp_path):
    """Pages, an article's number or an issue are lost, doubled or glued together."""
    text = record(type_, "AU  - Stone, Ann", "T2  - J", "PB  - P", "PY  - 2020", *lines)
    headers = headers_of(tmp_path, text)
    names = ("pages", "article_number", "volume", "issue", "number")
    assert {name: headers[name] for name in names if name in headers} == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["AN  - 25246403", "DB  - PubMed"], {"pmid": "25246403"}),
        (["UR  - PM:25246403"], {"pmid": "25246403"}),
        (["UR  - https://x.example/a", "UR  - https://pubmed.ncbi.nlm.nih.gov/25246403/"],
         {"pmid": "25246403", "url": "https://x.example/a"}),
        (["UR  - https://arxiv.org/pdf/2301.00001v2.pdf; https://x.example/a"],
         {"arxiv": "2301.00001v2", "url": "https://x.example/a"}),
        (["ID  - DBLP:conf/iclr/Wu020"], {"dblp": "conf/iclr/Wu020"}),
        (["AN  - arXiv:2301.00001", "UR  - http://arxiv.org/abs/2301.00001"],
         {"arxiv": "2301.00001"}),
        (["C2  - PMC1234567"], {"pmcid": "PMC1234567"}),
        (["UR  - https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/"], {"pmcid": "PMC1234567"}),
        (["UR  - https://x.example/a", "L2  - https://x.example/full"],
         {"url": "https://x.example/a", "links": "full text | https://x.example/full"}),
    ],
)  # fmt: skip
def test_addresses(lines, expected, tmp_path):
    """An identifier stays an address, or there are two links to one preprint."""
    headers = headers_of(tmp_path, record("GEN", "AU  - Stone, Ann", "PY  - 2020", *lines))
    names = ("pmid", "pmcid", "arxiv", "dblp", "url", "links")
    assert {name: headers[name] for name in names if name in headers} == expected


def test_unread_tags(tmp_path):
    """Values vanish without a word, or each record of a file has a note of its own."""
    lines = ["AU  - A, B", "PY  - 2020", "Y2  - 2024/01/01", "A4  - Translator, T.", "ST  - T"]
    text = record("GEN", *lines) + record("BILL", *lines, "QX  - odd", "N1  - Export Date: today")
    result = import_file(tmp_path, "x.ris", text)
    assert notes(result, "left") == [
        "x.ris: unused tags: A4 (line 6), N1 (line 17), QX (line 16), Y2 (line 5) "
        "(write what readers need into `Note:`)"
    ]
    assert notes(result, "guessed") == ['x.ris:9: T: "BILL" was read as a document']
    assert notes(import_file(tmp_path, "y.ris", "\n"), "left") == ["y.ris: contains no record"]
