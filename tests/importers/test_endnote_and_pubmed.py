"""EndNote's .enw and XML, and PubMed's .nbib become papers as RIS does."""

import time

import pytest
from test_references import import_file, notes

ENW = """%0 Journal Article
%T A study of looms
%A Stone, Ann
%A World Loom Group,
%J Journal of Weaving
%V 12
%N 3
%P 123-130
%@ 1234-567X
%D 2020
%8 March 5
%R 10.1000/182
%K one
two, three
%X First paragraph.

Second paragraph.
%U https://x.example/a
%? Translator, Tina

%0 Conference Proceedings
%T On conferences
%A Ada Lovelace
%E Rock, Bob
%B Proceedings of the 5th Looms Conference
%C Rome
%D 2019
%I ACM

%0 Thesis
%A Cantucci, Elena
%T Permian strata
%D 1990
%I University of California, Berkeley
%9 Dissertation

%0 Edited Book
%A Stone, Ann
%T Whole
%B Loom Studies
%D 1999
%@ 978-3-16-148410-0
"""


@pytest.mark.parametrize("name", ["x.enw", "x.txt"])
def test_enw(name, tmp_path):
    """A file of EndNote's or Google Scholar's is refused, or a value of it is lost."""
    result = import_file(tmp_path, name, ENW)
    article, paper, thesis, book = [document.headers for document in result.documents]
    assert article == {
        "type": "article-journal", "title": "A study of looms", "venue": "Journal of Weaving",
        "authors": "Ann Stone, World Loom Group", "volume": "12", "issue": "3",
        "pages": "123–130", "issn": "1234-567X", "date": "2020-03-05", "doi": "10.1000/182",
        "tags": "one; two, three", "url": "https://x.example/a",
    }  # fmt: skip
    assert result.documents[0].body == "First paragraph.\n\nSecond paragraph."
    assert paper == {
        "type": "paper-conference", "title": "On conferences", "authors": "Ada Lovelace",
        "editor": "Bob Rock", "venue": "Proceedings of the 5th Looms Conference",
        "address": "Rome", "date": "2019", "publisher": "ACM",
    }  # fmt: skip
    assert thesis == {
        "type": "thesis", "title": "Permian strata", "authors": "Elena Cantucci", "date": "1990",
        "venue": "University of California, Berkeley", "genre": "Dissertation",
    }  # fmt: skip
    assert book == {
        "type": "book", "title": "Whole", "editor": "Ann Stone", "series": "Loom Studies",
        "date": "1999", "isbn": "978-3-16-148410-0",
    }  # fmt: skip
    assert [document.line for document in result.documents] == [1, 21, 30, 37]
    assert notes(result, "left") == [
        f"{name}: unused tags: %? (line 19) (write what readers need into `Note:`)"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Refer's own meanings: a team, other information; and no type.
        ("%T Corn\n%Q Loom Group\n%O Presented in Rome\n%D 1891\n",
         {"title": "Corn", "authors": "Loom Group", "note": "Presented in Rome", "date": "1891"}),
        ("%0 Journal Article\n%T T\n%A Stone, A.\n%J J\n%O Artn e155\n%D 2021\n",
         {"title": "T", "authors": "A. Stone", "venue": "J", "pages": "e155", "date": "2021"}),
        ("\ufeff%0 Serial\n%0 Audio\n%T Podcast\n%A Stone, A.\n%D 2021\n",
         {"title": "Podcast", "authors": "A. Stone", "date": "2021"}),
        ("%0 Report\n%T R\n%A Stone, A.\n%I RAND\n%R R-12\n%@ R-12\n%D 2021\n",
         {"title": "R", "authors": "A. Stone", "venue": "RAND", "date": "2021", "number": "R-12"}),
        ("%0 Journal Article\n%T T\n%A 余敏\n%A 朱江\n%J 情报\n%D 2009\n%G chi\n",
         {"title": "T", "authors": "余敏, 朱江", "venue": "情报", "date": "2009", "lang": "zh"}),
    ],
)  # fmt: skip
def test_enw_of_others(text, expected, tmp_path):
    """A file of a library's catalogue loses its authors, or its language is refused."""
    [document] = import_file(tmp_path, "x.enw", text).documents
    assert {n: v for n, v in document.headers.items() if n != "type"} == expected


ACL = """%0 Conference Proceedings
%T Looms for All
%A Stone, Ann
%A van der Berg, Bob
%Y Choi, Jinho D.
%S Proceedings of the 58th Annual Meeting on Looms
%D 2020
%8 July
%I Association for Looms
%C Online
%F stone-berg-2020-looms
%R 10.18653/v1/2020.acl-main.1
%U https://aclanthology.org/2020.acl-main.1/
%U https://doi.org/10.18653/v1/2020.acl-main.1
%P 1-12
"""


@pytest.mark.parametrize(
    "text",
    [
        ACL,
        ACL.replace("%Y", "%E").replace("%S", "%B"),
        ACL.replace("%8 July", "%8 July 2020").replace("%F", "%2 x\n%F"),
    ],
)
def test_enw_of_the_acl(text, tmp_path):
    """A paper of the ACL Anthology loses its proceedings, editors or key."""
    [document] = import_file(tmp_path, "x.enw", text).documents
    assert document.headers == {
        "type": "paper-conference", "title": "Looms for All", "date": "2020-07",
        "authors": "Ann Stone, Bob van der Berg", "editor": "Jinho D. Choi", "pages": "1–12",
        "venue": "Proceedings of the 58th Annual Meeting on Looms", "address": "Online",
        "publisher": "Association for Looms", "key": "stone-berg-2020-looms",
        "doi": "10.18653/v1/2020.acl-main.1", "acl": "2020.acl-main.1",
    }  # fmt: skip


def test_enw_without_types(tmp_path):
    """Records without a type, which blank lines separate, become one."""
    text = (
        "%T One\n%A Stone, Ann\n%D 2020\n\n%T Two\n%A Rock, Bo\n%D 2021\n\n\n%A Clay, C\n%T Three\n"
    )
    documents = import_file(tmp_path, "x.enw", text).documents
    assert [document.headers["title"] for document in documents] == ["One", "Two", "Three"]


XML = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
<record><source-app name="EndNote">EndNote</source-app>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" size="100%">Stone, Ann</style></author>
<author>World Loom Group, Rome,</author></authors>
<subsidiary-authors><author>Clay, T.</author></subsidiary-authors></contributors>
<titles><title><style face="normal">Of 10</style>
  <style face="superscript">-3</style>
<style face="normal"> looms &amp; H</style><style face="subscript">2</style>O</title>
<secondary-title>Journal of Looms</secondary-title><alt-title>J. Looms</alt-title></titles>
<periodical><full-title>Journal of Looms</full-title><abbr-1>J. Looms</abbr-1></periodical>
<pages>12-20</pages><volume>3</volume><number>4</number>
<keywords><keyword>a</keyword><keyword>b, c</keyword></keywords>
<dates><year>2021</year><pub-dates><date>Mar 3</date></pub-dates></dates>
<isbn>1234-5678&#xD;1234-5678</isbn><accession-num>25246403</accession-num>
<remote-database-name>Medline</remote-database-name>
<urls><related-urls><url>https://x.example/1</url></related-urls>
<pdf-urls><url>internal-pdf://own.pdf</url></pdf-urls></urls>
<electronic-resource-num>10.1000/99</electronic-resource-num>
<abstract>One &lt; two.</abstract></record>
<record><ref-type>10</ref-type>
<contributors><authors><author>Rock, B.</author></authors></contributors>
<titles><title>Paper</title><secondary-title>Looms 2020</secondary-title></titles>
<dates><year>2020</year></dates><custom1>Rome</custom1>
<custom3>Proceedings of the Conference on Looms</custom3></record>
</records></xml>
"""


@pytest.mark.parametrize("name", ["x.xml", "x.txt"])
def test_xml(name, tmp_path):
    """EndNote's XML is refused, a value is lost, or a superscript becomes a digit."""
    (tmp_path / "PDF").mkdir()
    (tmp_path / "PDF" / "own.pdf").write_bytes(b"%PDF")
    result = import_file(tmp_path, name, XML)
    article, paper = [document.headers for document in result.documents]
    assert article == {
        "type": "article-journal", "title": "Of 10⁻³ looms & H₂O", "venue": "Journal of Looms",
        "venue_short": "J. Looms", "authors": "Ann Stone; {World Loom Group, Rome}",
        "pages": "12–20", "volume": "3", "issue": "4", "tags": "a; b, c", "date": "2021-03-03",
        "issn": "1234-5678", "pmid": "25246403", "url": "https://x.example/1",
        "doi": "10.1000/99", "links": "pdf | own.pdf",
    }  # fmt: skip
    assert result.documents[0].body == "One < two."
    assert paper == {
        "type": "paper-conference", "title": "Paper", "authors": "B. Rock", "date": "2020",
        "venue": "Proceedings of the Conference on Looms", "venue_short": "Looms 2020",
        "address": "Rome",
    }  # fmt: skip
    [note] = notes(result, "left")
    assert "<contributors/subsidiary-authors/author> (line 7)" in note
    assert [document.line for document in result.documents] == [3, 22]


def test_xml_in_utf_16(tmp_path):
    """XML in UTF-16, as some versions of EndNote write it, is refused."""
    data = XML.replace("UTF-8", "UTF-16").encode("utf-16")
    assert len(import_file(tmp_path, "x.xml", data).documents) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<xml><record><ref-type>17</ref-type></xml>", "is not valid XML in line 1"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xml><record><ref-type>&a;</ref-type></record></xml>',
         "declares entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><record><ref-type>&a;</ref-type>'
         "</record></xml>", "declares entities"),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x.example/">%a;]><xml><record><ref-type/></record>'
         "</xml>", "declares entities"),
    ],
)  # fmt: skip
def test_invalid_xml(text, message, tmp_path):
    """Broken XML ends with a traceback; entities read files, or fill the memory."""
    with pytest.raises(ValueError, match=f"x.xml {message}"):
        import_file(tmp_path, "x.xml", text)


NBIB = """PMID- 8692918
OWN - NLM
IS  - 1091-6490 (Electronic)
IS  - 0027-8424 (Print)
IS  - 0027-8424 (Linking)
VI  - 93
IP  - 14
DP  - 1996 Jul 9
TI  - The structure of bovine F1-ATPase complexed with the antibiotic inhibitor
      aurovertin B.
PG  - 6913-7
LID - 10.1073/pnas.93.14.6913 [doi]
AB  - BACKGROUND: In the structure of 10 < 11 proteins that was
      determined.
FAU - van Raaij, M J
AU  - van Raaij MJ
AD  - Laboratory of Molecular Biology, Cambridge, United
      Kingdom.
FAU - Wong Kee Song, Louis M
AU  - Wong Kee Song LM
CN  - ATP Group, The
LA  - eng
PT  - Journal Article
PT  - Review
TA  - Proc Natl Acad Sci U S A
JT  - Proceedings of the National Academy
MH  - Animals
MH  - Aurovertins/*chemistry/*metabolism
PMC - PMC38908
AID - 10.1073/pnas.93.14.6913 [doi]

PMID- 21249755
PB  - NCBI (US)
DP  - 2009 Jan-Feb
TI  - Peutz-Jeghers Syndrome
BTI - Cancer Syndromes
FED - Rock, Bob L
FAU - Westra, Wytske
LA  - fre
PT  - Book Chapter
PL  - Bethesda (MD)

PMID-3
LID - https://x.example/3 [pii]
DP  - 2021 Dec
TI  - Looms in mice?
LID - e12990 [pii]
AU  - Stone AB
AU  - Le Goff C
PT  - Preprint
JT  - bioRxiv
OT  - one
OT  - two, three
MH  - *Looms
"""


@pytest.mark.parametrize("name", ["x.nbib", "pubmed-set.txt"])
def test_nbib(name, tmp_path):
    """A file of PubMed's is refused, or a value of it is lost."""
    result = import_file(tmp_path, name, NBIB)
    article, chapter, preprint = [document.headers for document in result.documents]
    assert article == {
        "type": "article-journal", "lang": "en", "pmid": "8692918", "issn": "1091-6490",
        "title": "The structure of bovine F1-ATPase complexed with the antibiotic inhibitor "
        "aurovertin B", "venue": "Proceedings of the National Academy", "volume": "93",
        "venue_short": "Proc Natl Acad Sci U S A", "issue": "14", "date": "1996-07-09",
        "authors": "M. J. van Raaij; Louis M. {Wong Kee Song}; {ATP Group, The}",
        "pages": "6913–6917", "doi": "10.1073/pnas.93.14.6913", "tags": "Aurovertins",
        "pmcid": "PMC38908",
    }  # fmt: skip
    body = result.documents[0].body
    assert body == "BACKGROUND: In the structure of 10 < 11 proteins that was determined."
    assert chapter == {
        "type": "chapter", "title": "Peutz-Jeghers Syndrome", "venue": "Cancer Syndromes",
        "authors": "Wytske Westra", "editor": "Bob L. Rock", "publisher": "NCBI (US)",
        "address": "Bethesda (MD)", "date": "2009", "lang": "fr", "pmid": "21249755",
    }  # fmt: skip
    assert preprint == {
        "type": "article", "title": "Looms in mice?", "authors": "A. B. Stone, C. {Le Goff}",
        "venue": "bioRxiv", "genre": "Preprint", "date": "2021-12", "pages": "e12990",
        "tags": "one; two, three", "pmid": "3", "url": "https://x.example/3",
    }  # fmt: skip
    assert [document.line for document in result.documents] == [1, 32, 43]
    assert notes(result, "left") == [
        f"{name}: unused tags: AD (line 17), IS (line 4), MH (line 27), OWN (line 2), "
        "PT (line 24) (write what readers need into `Note:`)"
    ]


def test_eric(tmp_path):
    """ERIC's records, which have no number and full names in AU, become one."""
    text = (
        "OWN - ERIC\r\nTI  - On tests\r\nAU  - Bernhardt, Barbara\r\nOT  - Tests\r\n"
        "JT  - Language\r\nDP  - Apr 1990\r\nPG  - 98-101\r\nPT  - Journal Articles\r\n\r\n"
        "OWN - ERIC\r\nTI  - On robustness\r\nAU  - Leipzig, Jeremy\r\nJT  - ProQuest LLC\r\n"
        "SO  - Ph.D. Dissertation, Drexel University\r\nDP  - 2021\r\n"
        "LID - http://eric.ed.gov/?id=ED620611\r\nPT  - Dissertations/Theses\r\n"
    )
    one, two = [document.headers for document in import_file(tmp_path, "x.nbib", text).documents]
    assert (one["authors"], one["date"], one["pages"]) == (
        "Barbara Bernhardt", "1990-04", "98–101",
    )  # fmt: skip
    assert (two["type"], two["venue"]) == ("thesis", "Drexel University")
    assert two["url"] == "http://eric.ed.gov/?id=ED620611"


def test_long_files_are_fast(tmp_path):
    """The time that a file takes grows with the square of its length."""
    start = time.process_time()
    record = XML[XML.index("<record>") : XML.index("</record>") + 9]
    for name, text in (
        ("a.enw", ENW * 50),
        ("b.enw", "%0 Book\n%X " + "word\n\n" * 8_000),
        ("c.nbib", NBIB * 50),
        ("d.xml", f"<xml>{record * 100}</xml>"),
        ("e.xml", f"<xml><record><ref-type/>{'<a>' * 3000}x{'</a>' * 3000}</record></xml>"),
        ("f.nbib", "PMID- 1\nTI  - " + "      [<&$*\n" * 8_000),
    ):
        import_file(tmp_path, name, text)
    assert time.process_time() - start < 5
