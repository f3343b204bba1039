"""Strings of BibTeX that are defined in another file than the one that is imported."""

import pytest
from conftest import write
from papers.content import bibtex_parser
from papers.importers import detect
from papers.importers.references import dispatch
from papers.importers.result import ImportResult, SourceTree

PAPERS = (
    "@article{str, author = {Ann Stone}, title = {T}, journal = IEEE_J # { (B)}, "
    "publisher = nopress, year = 2020, month = jan}\n"
)
ABBREVIATIONS = (
    '@string{IEEE_J = "IEEE Trans. Stones"}\n@STRING(ST = "Stones {\\"u}ber") @string{x = ST}\n'
)


def values_of(text: str, key: str) -> list[str | None]:
    """Return the values of a field in the entries of a .bib."""
    return [header.get(key) for header in bibtex_parser.parse_bibtex("x.bib", text.encode())[1:]]


def test_strings_beside_one_file(tmp_path):
    """A .bib is imported without the strings of the file beside it, or with those of none."""
    write(tmp_path, {"papers.bib": PAPERS, "abbrev.bib": ABBREVIATIONS})
    result = ImportResult()
    path = tmp_path / "papers.bib"
    assert dispatch.import_references(SourceTree(path, result), path)
    text = result.bib_files["papers.bib"]
    assert text == "@string{ieee_j = {IEEE Trans. Stones}}\n" + PAPERS
    assert values_of(text, "venue") == ["IEEE Trans. Stones (B)"]
    notes = [str(note) for note in result.notes]
    assert any(
        'papers.bib:1: str: publisher: "nopress" is not a known @string' in note for note in notes
    )
    assert not any("IEEE_J" in note for note in notes)


@pytest.mark.parametrize(
    "scholar", ["", "scholar:\n  bibliography: papers.bib\n  last_name: Stone\n"]
)
def test_strings_of_a_site(tmp_path, scholar):
    """A file of strings beside the papers of a Jekyll site is left, and its strings are lost."""
    other = "@article{two, author = {Ann Stone}, title = {U}, journal = st, year = 2021}\n"
    files = {
        "_config.yml": f"title: Ann Stone\nfirst_name: Ann\nlast_name: Stone\n{scholar}",
        "_bibliography/papers.bib": PAPERS, "_bibliography/more.bib": other,
        "_bibliography/abbrev.bib": ABBREVIATIONS,
    }  # fmt: skip
    result = detect.import_source(write(tmp_path, files))
    venues = [values_of(text, "venue") for _, text in sorted(result.bib_files.items())]
    assert venues == [["Stones über"], ["IEEE Trans. Stones (B)"]]
    [note] = [str(note) for note in result.notes if "abbrev.bib" in str(note)]
    assert "its strings are written into the files beside it that use them" in note


def test_own_strings_stay(tmp_path):
    """A string of the file itself is replaced by that of another file."""
    own = '@string{ieee_j = "Own"}\n'
    write(tmp_path, {"papers.bib": own + PAPERS, "abbrev.bib": ABBREVIATIONS})
    result = ImportResult()
    path = tmp_path / "papers.bib"
    assert dispatch.import_references(SourceTree(path, result), path)
    assert result.bib_files["papers.bib"] == own + PAPERS
