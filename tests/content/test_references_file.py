"""The works of content/references.bib."""

from conftest import write
from papers.content import ReferencesFile

ENTRY = "@inproceedings{%s, title={T}, author={A B}, year=2020, booktitle=%s}\n"


def test_strings_of_papers(tmp_path):
    """references.bib does not know the @strings of the papers' files, or takes them for its own."""
    write(tmp_path, {
        "papers/a.bib": "@string{icml = {Int. Conf. on Learning}}\n@string{own = {Theirs}}\n",
        "papers/more/b.bib": "@string{jn = {A Journal}}\n",
        "references.bib": "@string{own = {Ours}}\n" + ENTRY % ("a", "icml") + ENTRY % ("b", "own")
        + ENTRY % ("c", 'jn # "s"'),
    })  # fmt: skip
    references = ReferencesFile(tmp_path, {})
    venues = [references.get(key).venue for key in ("a", "B", "c")]
    assert venues == ["Int. Conf. on Learning", "Ours", "A Journals"]
    assert references.problems == []
