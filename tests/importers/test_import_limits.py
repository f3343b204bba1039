"""One hostile or broken file of another system ends no import, and is named."""

import os
import time

import pytest
from conftest import write
from papers.importers import detect, write_import
from papers.importers.result import Document, ImportResult

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


QUARTO = {
    "_quarto.yml": "project:\n  type: website\n",
    "index.qmd": POST.format("").replace("T", "Me"),
}
LISTING = "---\ntitle: T\nlisting:\n  contents: {}\n---\n"
PELICAN = {"pelicanconf.py": "AUTHOR = 'Ada Lovelace'\nLINKS = {}\n", "content/a.md": POST}
HOSTILE_SITES = {
    "a file that includes itself": {
        **QUARTO,
        "a.qmd": POST.format("") + "{{< include _b.qmd >}}\n" * 30,
        "_b.qmd": "{{< include _b.qmd >}}\n" * 30,
    },
    "files that include each other": {
        **QUARTO,
        "a.qmd": POST.format("") + "{{< include _b.qmd >}}\n" * 30,
        "_b.qmd": "{{< include _c.md >}}\n" * 30,
        "_c.md": "{{< include _b.qmd >}}\n" * 30,
    },
    "a large file that is included often": {
        **QUARTO,
        "a.qmd": POST.format("") + "{{< include _b.qmd >}}\n" * 150,
        "_b.qmd": "words " * 9000,
    },
    **{
        f"a listing of {contents[:9]}": {**QUARTO, "p.qmd": LISTING.format(contents)}
        for contents in ("x" * 5000, "y/" * 3000, f"'*/{'z' * 300}*/x.qmd'")
    },
    **{
        f"a setting {value}": {**PELICAN, "pelicanconf.py": PELICAN["pelicanconf.py"].format(value)}
        for value in ("{[]: 1}", "{{}}", "[{'a', []}]", "-'a'", "1 + 'a'")
    },
}


@pytest.mark.parametrize("files", HOSTILE_SITES.values(), ids=HOSTILE_SITES)
def test_hostile_site_ends_no_import(tmp_path, files):
    """Files that include each other take hours, and odd settings end with a traceback."""
    write(tmp_path, files)
    start = time.process_time()
    assert detect.import_source(tmp_path).documents
    assert time.process_time() - start < 4


@pytest.mark.parametrize("name", ["content/posts/big.md", "big.qmd", "content/big.md"])
def test_very_large_file_is_left(tmp_path, name):
    """A file of more than 64 MB ends an import with a traceback."""
    site = {"hugo.toml": "title = 'Ada'\n", "content/posts/a.md": POST.format("")}
    sites = {"content/posts/big.md": site, "big.qmd": QUARTO, "content/big.md": PELICAN}
    write(tmp_path, sites[name])
    (tmp_path / name).touch()
    os.truncate(tmp_path / name, 65 * 2**20)
    result = detect.import_source(tmp_path)
    assert result.documents
    assert f"{name}: is longer than 64 MB (split it)" in map(str, result.notes)
    with pytest.raises(ValueError, match="is longer than 64 MB"):
        detect.import_source(tmp_path / name)


@pytest.mark.parametrize("settings", ["pelicanconf.py", "hugo.toml", "_config.yml"])
def test_very_large_bibliography_is_left(tmp_path, settings):
    """One .bib of more than 64 MB ends the import of all the rest."""
    post = POST.format("")
    write(tmp_path, {
        settings: {"hugo.toml": "title = 'Ada'\n"}.get(settings, "theme = 'jekyll-theme-chirpy'\n"),
        "content/posts/a.md": post, "_posts/2020-01-01-a.md": post, "_tabs/about.md": post,
    })  # fmt: skip
    (tmp_path / "big.bib").touch()
    os.truncate(tmp_path / "big.bib", 65 * 2**20)
    result = detect.import_source(tmp_path)
    assert result.documents
    assert "big.bib: is longer than 64 MB (split it)" in map(str, result.notes)


def test_very_large_asset_is_left(tmp_path):
    """A film of several gigabytes is read into memory."""
    result = ImportResult([Document("news", {"title": "T"}, "[film]({static}/news/film.mp4)")])
    result.assets["news/film.mp4"] = tmp_path / "film.mp4"
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 600 * 2**20)
    notes = list(write_import(result, tmp_path / "content", "old-site"))
    assert not (tmp_path / "content" / "news" / "film.mp4").exists()
    assert "film.mp4: is larger than 512 MB and was skipped (link to it)" in map(str, notes)


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
@pytest.mark.parametrize("name", ["\udcff.md", "a\udce9b.md", "x\nb\x1b[31m.md", "\x9b31m.md"])
def test_odd_names_of_files(tmp_path, name):
    """A name in Latin-1 ends an import with a traceback; others steer the terminal."""
    old = tmp_path / "old"
    write(old, {"index.md": PAGE})
    with open(os.path.join(os.fsencode(old), os.fsencode(name)), "w") as file:
        file.write("# \n\nWords, with a number: 1.\n")
    result = detect.import_source(old)
    notes = [*write_import(result, tmp_path / "content", "old"), *result.notes]
    assert len(result.documents) == 2
    for note in notes:
        assert str(note).encode().decode().isprintable()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.enw", "%0 Journal Article\n%T A Paper\n%A Lovelace, Ada\n%D {}\n"),
        ("r.nbib", "PMID- 1\nTI  - A Paper\nFAU - Lovelace, Ada\nDP  - {}\n"),
        ("r.ris", "TY  - JOUR\nTI  - A Paper\nAU  - Lovelace, Ada\nPY  - {}\nER  - \n"),
        (
            "r.bib",
            "@article{{a, title={{A Paper}}, author={{Ada Lovelace}}, author+an={{{0}=equal}},"
            " journal={{N}}, year={{{0}}}, month={{{0}}}}}",
        ),
    ],
)
def test_long_number_is_no_date(tmp_path, name, text):
    """One year of 5,000 digits ends the import of all references, in words of Python's."""
    write(tmp_path, {name: text.format("9" * 5000)})
    result = detect.import_source(tmp_path / name)
    assert result.documents or result.bib_files
    list(write_import(result, tmp_path / "content", "old"))


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
