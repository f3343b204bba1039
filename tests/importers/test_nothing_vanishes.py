"""A marker in each field of each type of record is in the paper, or in a note."""

import json
import re
import string

import pytest
from papers.importers.common.csl_record import _TYPES as CSL_TYPES
from papers.importers.references.endnote import _ELEMENTS
from papers.importers.references.record_types import _NAMES, TYPES
from papers.importers.references.ris import _KNOWN_TAGS
from papers.model.publication_types import TYPES as OWN_TYPES
from test_references import import_file, paper_of

# RIS's types (2001), EndNote's, Zotero's and Citavi's, and one that nobody has.
RIS_TYPES = {
    *TYPES,
    *"ADVS ART BILL CASE CHART CTLG EQUA FIGURE GRANT GRNT HEAR INTV LEGAL MAP MPCT MULTI MUSIC "
    "POD PRESS SOUND STAT TVEP UNBILL VIDEO XYZ".split(),
}
RIS_TAGS = sorted({*_KNOWN_TAGS, "PT", "QQ", "U6", "WE", "X1", "ZZ"} - {"TY", "ER"})
# CSL 1.0.2, appendix IV, and what Zotero and Crossref write beside it.
CSL_NAMES = (
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editorial-director editor-translator executive-producer guest host "
    "illustrator interviewer narrator organizer original-author performer producer recipient "
    "reviewed-author script-writer series-creator translator"
).split()
CSL_DATES = "accessed available-date event-date issued original-date submitted".split()
CSL_TEXTS = (
    "abstract annote archive archive_collection archive_location archive-place authority "
    "call-number chapter-number citation-key citation-label citation-number collection-number "
    "collection-title container-title container-title-short dimensions division DOI edition event "
    "event-title event-place first-reference-note-number genre ISBN ISSN issue jurisdiction "
    "keyword language license locator medium note number number-of-pages number-of-volumes "
    "original-publisher original-publisher-place original-title page page-first part-number "
    "part-title PMCID PMID printing-number publisher publisher-place references reviewed-genre "
    "reviewed-title scale section source status supplement-number title title-short URL version "
    "volume volume-title year-suffix shortTitle journalAbbreviation custom xyz"
).split()
# The values of fields that have a form, where a word would not do; `{}` is the marker.
FORMS = {
    "DO": "10.1000/{}", "UR": "https://x.example/{}", "L1": "https://x.example/{}.pdf",
    "L2": "https://x.example/{}", "L4": "https://x.example/{}", "DA": "2020/03/05 {}",
    "AU": "{}, Ann", "A1": "{}, Ann", "A2": "{}, Ann", "ED": "{}, Ann", "AB": "Words {}.",
    "KW": "{}; two, three", "M3": "10.1000/{}", "ET": "2020 {}", "N1": "Export Date: {}",
    "AN": "WOS:{}", "DOI": "10.1000/{}", "URL": "https://x.example/{}", "page": "{}-20",
    "number": "arXiv:{}", "PMCID": "PMC{}",
}  # fmt: skip


def markers(names: list[str]) -> dict[str, str]:
    """Return a word for each name, which no other word contains."""
    return {name: f"marker{n:04}q" for n, name in enumerate(names)}


def find_vanished(folder, file: str, text: str, marked: dict[str, str]) -> set[str]:
    """Return the fields whose marker is neither in a paper nor in a note."""
    result = import_file(folder, file, text)
    papers = [repr(paper_of(document, folder)) + document.body for document in result.documents]
    assert papers
    words = "\n".join([str(note) for note in result.notes] + papers).lower()
    named = {match[1] for match in re.finditer(r"(\S+) \((?:line \d+|its end)\)", words)}
    named |= {name.partition(".")[0] for name in named}
    return {
        name for name, marker in marked.items() if marker not in words and name.lower() not in named
    }


@pytest.mark.parametrize("forms", [{}, FORMS], ids=["words", "forms"])
def test_ris(forms, tmp_path):
    """A tag of a type of RIS vanishes without a word."""
    marked = markers(RIS_TAGS)
    lines = [f"{tag}  - {forms.get(tag, '{}').format(word)}" for tag, word in marked.items()]
    lines += ["DA  - 2020"] if forms else ["PY  - 2020"]
    vanished = {}
    for type_ in sorted(RIS_TYPES):
        text = "\n".join([f"TY  - {type_}", *lines, "ER  - ", ""])
        if names := find_vanished(tmp_path, "x.ris", text, marked):
            vanished[type_] = names
    assert not vanished


@pytest.mark.parametrize("forms", [{}, FORMS], ids=["words", "forms"])
def test_csl(forms, tmp_path):
    """A variable of a type of CSL vanishes without a word."""
    marked = markers([*CSL_NAMES, *CSL_DATES, *CSL_TEXTS])
    vanished = {}
    for type_ in sorted({*CSL_TYPES, *OWN_TYPES, "bill", "broadcast", "song", "xyz"}):
        item = {name: [{"family": marked[name], "given": "Ann"}] for name in CSL_NAMES}
        item |= {name: {"literal": f"2020 {marked[name]}"} for name in CSL_DATES}
        item |= {name: forms.get(name, "{}").format(marked[name]) for name in CSL_TEXTS}
        text = json.dumps([item | {"type": type_, "custom": {"a": marked["custom"]}}])
        if names := find_vanished(tmp_path, "x.json", text, marked):
            vanished[type_] = names
    assert not vanished


def test_enw(tmp_path):
    """A tag of EndNote's tagged format vanishes without a word."""
    tags = [f"%{sign}" for sign in f"{string.ascii_uppercase}123456789?@!#$]&()*+^><[=~"]
    marked = markers(tags)
    vanished = {}
    for type_ in [*_NAMES, "Film or Broadcast"]:
        lines = [f"{tag} {word}" for tag, word in marked.items()]
        text = "\n".join([f"%0 {type_.title()}", *lines, "%D 2020", ""])
        if names := find_vanished(tmp_path, "x.enw", text, marked):
            vanished[type_] = names
    assert not vanished


def test_endnote_xml(tmp_path):
    """An element of EndNote's XML vanishes without a word."""
    paths = [path for path in _ELEMENTS if path != "ref-type"] + ["odd/new", "foreign-keys/key"]
    marked = markers([f"<{path}>" for path in paths])
    vanished = {}
    for type_ in [*_NAMES, "Film or Broadcast"]:
        parts = [f'<ref-type name="{type_.title()}">1</ref-type>']
        for name, word in marked.items():
            path = name.strip("<>").split("/")
            parts += ["".join(f"<{part}>" for part in path), word]
            parts.append("".join(f"</{part}>" for part in reversed(path)))
        text = f"<xml><record>{''.join(parts)}<dates><year>2020</year></dates></record></xml>"
        if names := find_vanished(tmp_path, "x.xml", text, marked):
            vanished[type_] = names
    assert not vanished


def test_nbib(tmp_path):
    """A tag of PubMed's format vanishes without a word."""
    tags = (
        "OWN STAT DCOM LR IS VI IP DP TI BTI TT PG LID AB CI AD AUID AU FAU CN ED FED LA SI GR PT "
        "DEP PL TA JT JID RN SB CIN CON EFR EIN CRI CRF MH OTO OT PMC MID COIS EDAT MHDA CRDT PHST "
        "AID PST SO PB CTI EN ISBN ISSN KW PS FPS RF GN OAB OABL OCI OID IR FIR NM CTDT DRDT XYZ"
    ).split()
    marked = markers(tags)
    vanished = {}
    for type_ in ["Journal Article", "Book", "Book Chapter", "Preprint", "Dataset", "Review"]:
        # AU and ED say what FAU and FED say; without these they are read.
        for absent in ({"AU", "ED"}, {"FAU", "FED"}):
            lines = [f"{tag:4}- {word}" for tag, word in marked.items() if tag not in absent]
            text = "\n".join(["PMID- 1", f"PT  - {type_}", *lines, "DP  - 2020", ""])
            checked = {tag: word for tag, word in marked.items() if tag not in absent}
            if names := find_vanished(tmp_path, "x.nbib", text, checked):
                vanished[type_] = names
    assert not vanished
