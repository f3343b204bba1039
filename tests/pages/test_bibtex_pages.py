"""The pages of papers from .bib files, and from both kinds of front matter."""

import json

import pytest
from bs4 import BeautifulSoup
from conftest import HOME, NEWS, PAPER, words, write

ENTRY = """@inproceedings{LitePPO, title = {Tricks or Traps}, author = {Zihe Liu and Ada Lovelace},
  booktitle = {ICLR}, year = 2026, abstract = {From the .bib: 1 < 2.}, code = {https://b.example},
  keywords = {rl, llm}, language = {english}}
"""
MINIMAL = "@misc{k, title={T}, author={A B}, year=2026}\n"
PLAIN = """Title: 'Quoted': a "title"
Authors: Zihe Liu*; Ada Lovelace; ROLL Team
Date: 2026-02
Venue: ICLR
Arxiv: 2510.10650
Tags: rl; llm
Selected: yes
Links: code | https://a.example
    机器之心 | https://b.example
    code | https://c.example
Image: fig.svg
Image_alt: A figure.
Image_caption: More of it.
Lang: en

An *abstract*.
"""
YAML = """---
title: "'Quoted': a \\"title\\""
authors:
  - name: Zihe Liu*
    affiliation: Somewhere
  - Ada Lovelace
  - ROLL Team
date: 2026-02
venue: ICLR
arxiv: 2510.10650
tags: [rl, llm]
selected: true
links:
  - label: code
    url: https://a.example
  - 机器之心: https://b.example
  - {name: code, url: https://c.example}
image:
  filename: fig.svg
  alt: A figure.
  caption: More of it.
lang: en
doi:
---

An *abstract*.
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'


def titles(site, path: str = "publications/") -> list[str]:
    """Return the titles of a page's cards."""
    return [words(node) for node in site.page(path).select(".card h3")]


def test_both_headers_give_the_same_site(make):
    """YAML loses a list, a nested value, a quoted title or the trailing zero of an id."""
    files = {"papers/fig.svg": SVG}
    plain = make(files | {"papers/p.md": PLAIN}).files()
    assert make(files | {"papers/p.md": YAML}).files() == plain
    assert "2510.10650" in plain["papers/p/p.bib"].decode()
    assert json.loads(plain["papers.json"])[0]["keyword"] == "rl, llm"


@pytest.mark.parametrize("folder", ["news", "pages"])
def test_news_and_pages_in_yaml(make, folder):
    """News or a page with YAML front matter are lost, or lose their date or tags."""
    plain = 'Title: A: "b"\nDate: 2026-02\nTags: a, b\nSummary: Words\n\nText.\n'
    yaml = "---\ntitle: 'A: \"b\"'\ndate: 2026-02\ntags: [a, b]\nsummary: Words\n---\nText.\n"
    first = make({f"{folder}/n.md": plain}).files()
    assert make({f"{folder}/n.md": yaml}).files() == first
    assert len(first) > 5


def test_every_entry_has_a_page(make):
    """An entry has no page, card or citation file, or its URL is not made of its key."""
    bib = ENTRY + ENTRY.replace("LitePPO", "DBLP:conf/x/Y_1").replace("Tricks", "Other")
    site = make({"papers/some/x.bib": bib})
    assert sorted(titles(site)) == ["Other or Traps", "Tricks or Traps"]
    page = site.page("papers/liteppo/")
    assert words(page.h1) == "Tricks or Traps"
    assert words(page.select_one(".prose p")) == "From the .bib: 1 < 2."
    assert words(page.select_one(".byline strong")) == "Ada Lovelace"
    assert "papers/dblp-conf-x-y_1/dblp-conf-x-y_1.bib" in site.files()
    assert "@inproceedings{DBLP:conf/x/Y_1," in site.text("papers.bib")


@pytest.mark.parametrize(
    ("name", "key"), [("liteppo.md", ""), ("2026-tricks.md", "Key: LitePPO\n")]
)
def test_markdown_adds_to_an_entry(make, name, key):
    """A Markdown file with the key of an entry becomes a second paper, or loses values."""
    text = f"{key}Title: Better title\nSelected: yes\nTags: own\n"
    site = make({"papers/x.bib": ENTRY, f"papers/{name}": text})
    assert titles(site) == ["Better title"]
    page = site.page(f"papers/{name.removesuffix('.md')}/")
    assert words(page.select_one(".prose p")) == "From the .bib: 1 < 2."
    assert words(page.select_one(".venue")) == "ICLR 2026"
    assert page.select_one(".pills a")["href"] == "https://b.example"
    [item] = json.loads(site.text("papers.json"))
    assert (item["id"], item["keyword"]) == ("LitePPO", "own")


def test_body_wins_over_the_entry(make):
    """The abstract of the .bib replaces the better one of the Markdown file."""
    site = make({"papers/x.bib": ENTRY, "papers/liteppo.md": "Selected: yes\n\nA *better* one.\n"})
    assert words(site.page("papers/liteppo/").select_one(".prose p")) == "A better one."
    assert "A better one." in site.text("papers.bib")
    assert titles(site) == ["Tricks or Traps"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("liteppo.md", "Status: draft\n"),
        ("liteppo.md", "Status: skip\n"),
        ("other.md", "Status: skip\nKey: LitePPO\n"),
    ],
)
def test_draft_keeps_its_entry_back(make, name, header):
    """An entry is published although its Markdown file has the status skip."""
    site = make({"papers/x.bib": ENTRY, f"papers/{name}": header})
    assert not any(b"Tricks or Traps" in data for data in site.files().values())


def test_problem_of_a_merged_paper_names_the_right_file(make):
    """A mistake in the .bib is reported for the Markdown file, or the other way round."""
    bib = ENTRY.replace("year = 2026", "year = {soon}")
    files = {"papers/x.bib": bib, "papers/liteppo.md": "Selected: perhaps\n"}
    printed = make(files, check=False).printed
    assert 'content/papers/x.bib:2: LitePPO: year: "soon" is not a valid date' in printed
    assert 'content/papers/liteppo.md:1: selected: "perhaps" is neither yes nor no' in printed


def test_address_taken_twice(make):
    """Two papers overwrite each other, or a file of the site."""
    files = {"papers/x.bib": ENTRY, "papers/p.md": PAPER.replace("Date:", "Slug: LITEPPO\nDate:")}
    site = make(files, check=False)
    assert "has the same address as" in site.printed and site.code == 1
    files = {"papers/p.md": PAPER, "extra/papers.bib": "x"}
    assert "has the same address as the site's own papers.bib" in make(files, check=False).printed


def test_files_beside_the_page(make):
    """A paper's slides or video are not published, or not in the folder of its page."""
    text = PAPER.replace(
        "Date:",
        "Pdf: p.pdf\nSlides: talks/my slides.pdf\nPoster: poster.png\nVideo: v.mp4\n"
        "Links: supp | files/s.zip\nDate:",
    )
    files = {
        "papers/p.md": text, "papers/p.pdf": b"%PDF", "talks/my slides.pdf": b"%PDF",
        "poster.png": b"x", "papers/v.mp4": b"x", "files/s.zip": b"x",
    }  # fmt: skip
    site = make(files)
    pills = site.page("papers/p/").select(".pills.big a:not([data-cite])")
    links = {words(a): a["href"] for a in pills}
    names = {"PDF": "p.pdf", "Slides": "my%20slides.pdf", "Poster": "poster.png",
             "Video": "v.mp4", "Supp": "s.zip"}  # fmt: skip
    assert links == {
        label: f"http://localhost:8000/papers/p/{name}" for label, name in names.items()
    }
    assert {f"papers/p/{name.replace('%20', ' ')}" for name in names.values()} <= set(site.files())


def test_year_and_month(make):
    """Separate headers for year and month are not read as a date."""
    text = PAPER.replace("Date: 2026", "Year: 2026\nMonth: Feb")
    site = make({"papers/p.md": text})
    assert "2026.02" in words(site.page("papers/p/").select_one(".facts"))


def test_owner_by_aliases_of_people(make):
    """The owner is not marked under an alias of content/people.yml."""
    people = '洛芙莱斯:\n  aliases: [Ada Lovelace, "Lovelace, A."]\n  orcid: 0000-0002-1825-0097\n'
    files = {
        "people.yml": people,
        "papers/a.md": PAPER.replace("Ada Lovelace, Alan", "洛芙莱斯; Alan"),
        "papers/b.md": PAPER.replace("Ada Lovelace, Alan", "Lovelace, A.; Alan"),
    }
    site = make(files)
    assert words(site.page("papers/a/").select_one(".byline strong")) == "洛芙莱斯"
    assert words(site.page("papers/b/").select_one(".byline strong")) == "A. Lovelace"


def test_link_labels(make):
    """Links with one label are joined, or a header `github` is not a link."""
    links = "Github: https://g.example\nLinks: code | https://a.example\n  code | https://b.example"
    site = make({"papers/p.md": PAPER.replace("Date:", f"{links}\nUrl: https://u.example\nDate:")})
    pills = site.page("papers/p/").select(".pills.big a")
    assert [words(a) for a in pills] == ["Code", "Code", "Code", "Link", "BibTeX"]
    assert site.page("papers/p/").select_one("[rel=canonical]")["href"].endswith("/papers/p/")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x"])
def test_no_script_in_an_address(make, link):
    """A URL in a .bib runs a script."""
    bib = ENTRY.replace("https://b.example", link)
    site = make({"papers/x.bib": bib}, check=False)
    assert site.code == 1 and "is not a web address (write https://…)" in site.printed


def test_entries_from_outside(make, tmp_path):
    """A .bib outside content/ is published through a symbolic link, or a hidden file is."""
    write(tmp_path, {"secret.bib": ENTRY, "content/papers/.hidden.bib": ENTRY})
    site = make({"papers/q.md": PAPER})
    assert titles(site) == ["A Paper"]
    (tmp_path / "content/papers/link.bib").symlink_to(tmp_path / "secret.bib")
    site = make(check=False)
    assert "content/papers/link.bib: points outside content/" in site.printed


def test_same_bytes_twice_in_one_process(tmp_path):
    """A second build in one process writes other bytes."""
    import subprocess
    import sys

    from conftest import ROOT

    content = write(tmp_path / "c", {"home.md": HOME, "papers/x.bib": ENTRY, "news/n.md": NEWS})
    code = (
        "import sys\nfrom pelican import Pelican\nfrom pelican.settings import read_settings\n"
        "for name in ('first', 'second'):\n"
        f"    over = dict(PATH={str(content)!r}, OUTPUT_PATH={str(tmp_path)!r} + '/' + name)\n"
        "    Pelican(read_settings('pelicanconf.py', override=over)).run()\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    first, second = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")}
        for n in ("first", "second")
    )
    assert first == second and len(first) > 10


def test_copy_and_select(make, browser):
    """One click does not select a citation, scripts on or off, or the button does not copy it."""
    site = make({"papers/x.bib": ENTRY}, conf="pelicanconf.py")
    address = (site.output / "papers/liteppo/index.html").as_uri()
    shown = BeautifulSoup(site.text("papers/liteppo/"), "html5lib").select_one(".citation")
    for scripts in (False, True):
        context = browser.new_context(
            java_script_enabled=scripts, permissions=["clipboard-read", "clipboard-write"]
        )
        page = context.new_page()
        page.goto(address)
        page.locator(".citation").click()
        selected = page.evaluate("getSelection().toString()")
        assert selected.strip() == shown.get_text().strip()
        assert page.locator("button").count() == scripts
        if scripts:
            page.get_by_role("button", name="Copy").click()
            page.get_by_role("button", name="Copied").wait_for()
            assert page.evaluate("navigator.clipboard.readText()") == shown.get_text()
        context.close()


def test_draft_entry(make):
    """An entry is published whose status is draft."""
    site = make({"papers/x.bib": MINIMAL.replace("year", "status={draft}, year")})
    assert not (site.output / "papers").exists()
    assert "k: status: keeps it off the site" in site.printed


def test_exact_key_comes_first(make):
    """A Markdown file is added to an entry of a similar key, and the one of its own key is lost."""
    bib = MINIMAL.replace("{k,", "{a/b,") + MINIMAL.replace("{k,", "{a-b,").replace("{T}", "{U}")
    site = make({"papers/x.bib": bib, "papers/a-b.md": "Selected: yes\n"}, check=False)
    assert site.code == 1 and "has the same address as" in site.printed


@pytest.mark.parametrize("name", ["papers/x.bib", "papers/p.md"])
def test_long_names(make, name):
    """A URL that is too long for a file name crashes the build."""
    text = MINIMAL.replace("{k,", f"{{{'日' * 100},")
    if name.endswith(".md"):
        text = f"Title: T\nAuthors: A B\nDate: 2026\nSlug: {'日' * 90}\n"
    site = make({name: text}, check=False)
    assert "Traceback" not in site.printed
    assert site.code == (1 if name.endswith(".md") else 0)


def test_link_to_itself(make, tmp_path):
    """A symbolic link to itself crashes the build."""
    folder = tmp_path / "content" / "papers"
    folder.mkdir(parents=True)
    (folder / "l.bib").symlink_to(folder / "l.bib")
    (folder / "d").symlink_to(tmp_path)
    site = make(check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/papers/d: is a link to a folder" in site.printed
