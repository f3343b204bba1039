"""One hostile or broken file of another system ends no import, and is named."""

import time

import pytest
from conftest import write
from papers.importers import detect

PAGE = "# Publications\n\n- Ada Lovelace. *A Paper on Engines*. Nature, 2020.\n"
TOML = '+++\ntitle = "T"\ndate = "2020-01-01"\n{}\n+++\nWords.\n'
POST = "---\ntitle: T\ndate: 2020-01-01\n{}\n---\nWords.\n"


@pytest.mark.parametrize(
    "text",
    [
        TOML.format("number = " + "1" * 5000),
        TOML.format("list = " + "[" * 2000 + "]" * 2000),
        TOML.format("time = 2020-13-45T99:99:99Z"),
        POST.format("list: " + "[" * 300 + "]" * 300),
        POST.format("map: " + "{a: " * 300 + "}" * 300),
        POST.format("".join(f"{' ' * n}a{n}:\n" for n in range(300))),
    ],
)
def test_bad_front_matter_is_left_and_named(tmp_path, text):
    """One bad file ends a whole import, and the message does not name it."""
    good = TOML.format('authors = ["Ada Lovelace"]').replace('"T"', '"Good"')
    files = {"publication/bad/index.md": text, "publication/good/index.md": good}
    write(tmp_path / "content", files)
    result = detect.import_source(tmp_path)
    assert [document.headers["title"] for document in result.documents] == ["Good"]
    assert any(note.file == "content/publication/bad/index.md" for note in result.notes)


@pytest.mark.parametrize(
    "error", [RecursionError, MemoryError, IndexError("at 7"), AssertionError, ValueError("odd")]
)
def test_what_ends_one_page_is_noted(tmp_path, monkeypatch, error):
    """An error in one page of a folder ends the import of the others with a traceback."""
    from papers.importers.webpage import page

    compose = page._compose_page

    def fail(source, parsed, *arguments):
        if parsed.path.name == "bad.md":
            raise error
        compose(source, parsed, *arguments)

    monkeypatch.setattr(page, "_compose_page", fail)
    write(
        tmp_path, {"index.md": PAGE, "bad.md": "# Bad\n\nWords.\n", "talks.md": "# Talks\n\nOne.\n"}
    )
    result = detect.import_source(tmp_path)
    assert {document.file for document in result.documents} == {"index.md", "talks.md"}
    assert "bad.md" in [note.file for note in result.notes if note.kind == "left"]


@pytest.mark.parametrize(
    "text",
    [
        PAGE + " " * 100_000 + "x",
        "# Publications\n\n- " + "\u3000" * 100_000 + "x\n",
        "# Publications\n\n- a" + "\t" * 50_000 + "b\n",
        PAGE + "\\[" * 20_000,
        PAGE + "[a" * 20_000,
        PAGE + "<p>" * 10_000,
        "<h2>Publications</h2><ul><li>" + "<table><tr>" * 3000,
    ],
    ids=lambda text: repr(text[-12:]),
)
def test_page_is_read_in_seconds(tmp_path, text):
    """A page with 100 KB of blanks, or of one sign, takes minutes to import."""
    write(tmp_path, {"index.md": text})
    start = time.process_time()
    try:
        detect.import_source(tmp_path / "index.md")
    except ValueError as error:
        assert str(error).startswith("index.md ")
    assert time.process_time() - start < 8
