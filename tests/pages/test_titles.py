"""Italics of titles on the pages of a site, and plain titles elsewhere."""

import json

from conftest import words

PAPER = "Title: {}\nAuthors: Ada Lovelace\nDate: 2020\nVenue: J\nSelected: yes\n\n{}\n"
BIB = """@misc{fly, title = {The "\\textit{Drosophila}" & <b> wing}, year = 2021, author = {A B}}
@misc{side, title = {On \\emph{E. coli}}, year = 2022, author = {A B}}
"""


def test_italics_in_titles(make):
    """Species are not in italics, or a page's title, a feed or a citation shows marks or tags."""
    files = {
        "papers/mouse.md": PAPER.format("On *Mus musculus* & <script>x</script>", "See [@fly]."),
        "papers/star.md": PAPER.format("A* search beats B* search, by 5 * 3", "Text."),
        "papers/all.bib": BIB,
        "papers/side.md": "Selected: yes\n",
        "news/note.md": "Title: _Danio rerio_ arrives\nDate: 2026\n\nText.\n",
    }
    site = make(files, SITEURL="https://ada.example")
    for path, html, plain in [
        (
            "papers/mouse/",
            "On <em>Mus musculus</em> &amp; &lt;script&gt;",
            "On Mus musculus & <script>",
        ),
        (
            "papers/star/",
            "A* search beats B* search, by 5 * 3",
            "A* search beats B* search, by 5 * 3",
        ),
        ("papers/fly/", "“<em>Drosophila</em>” &amp; wing", "“Drosophila” & wing"),
        ("papers/side/", "On <em>E. coli</em>", "On E. coli"),
        ("news/note/", "<em>Danio rerio</em> arrives", "Danio rerio arrives"),
    ]:
        page = site.page(path)
        assert html in page.h1.decode_contents(), page.h1
        assert plain in page.title.get_text() and "<em>" not in page.title.get_text()
        if path.startswith("papers"):
            title = page.find("meta", {"name": "citation_title"})["content"]
            assert "*M" not in title and "<em>" not in title and "\\x04" not in repr(title)
            data = json.loads(page.find("script", {"type": "application/ld+json"}).string)
            assert "<em>" not in json.dumps(data) and "u0004" not in json.dumps(data)
    assert [words(em) for em in site.page("").select("h3 em")] == ["E. coli", "Mus musculus"]
    reference = site.page("papers/mouse/").select_one("#ref-fly")
    assert words(reference.em) == "Drosophila"
    for path, data in site.files().items():
        if path.endswith((".html", ".xml", ".json", ".txt", ".bib", ".ris", ".md")):
            assert b"\x04" not in data and b"\x05" not in data, path
    feed = site.text("feeds/all.atom.xml") if "feeds/all.atom.xml" in site.files() else ""
    assert "*" not in feed and "&lt;em" not in feed
    assert "{On \\textit{E. coli}}" in site.text("papers/side/side.bib")
    assert json.loads(site.text("papers/side/side.json"))[0]["title"] == "On <i>E. coli</i>"
    assert "TI  - On E. coli" in site.text("papers/side/side.ris")
