"""The plugin in a site by pelican-quickstart with a theme that has no templates for papers."""

import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from conftest import PAPER, ROOT, Site, pelican, words, write

ANSWERS = ".\nAda's Site\nAda Lovelace\nen\nn\nn\nUTC\nn\n"
POST = "Title: A post\nDate: 2026-02-03\nCategory: misc\nMood: fine\n\nHello, no page of ours.\n"
FILES = {
    "post.md": POST,
    "blog/long.md": "Title: A longer post\nDate: 2026-02-04\n\nIt goes on.\n",
    "papers/lite-ppo.md": PAPER.replace("A Paper", "Tricks & Traps <b>").replace(
        "\n\n", "\nVenue: ICLR\nArxiv: 2508.08221\nPdf: lite.pdf\nImage: images/a.svg\n"
        "Image_alt: A curve goes up.\n\nWe see $x^2$ and [slides]({static}lite.pdf).\n\n",
    ),
    "papers/lite.pdf": b"%PDF-1.4",
    "papers/more.bib": "@book{knuth84, title={Lit}, author={Knuth, D.}, year=1984, publisher={P}}",
    "papers/d.md": PAPER.replace("\n\n", "\nStatus: draft\n\n").replace("A Paper", "Secret"),
    "papers/u.md": PAPER.replace("\n\n", "\nHidden_until: 2999\n\n").replace("A Paper", "Secret"),
    "images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>',
}  # fmt: skip


@pytest.fixture
def quickstart(tmp_path):
    """Return a function that builds a site by pelican-quickstart."""
    command = [sys.executable, "-m", "pelican.tools.pelican_quickstart"]
    subprocess.run(command, cwd=tmp_path, input=ANSWERS, text=True, capture_output=True, check=True)

    def make(files, theme="simple", *settings) -> Site:
        write(tmp_path / "content", files)
        plugin = 'PLUGINS=["papers"]', f'PLUGIN_PATHS=["{(ROOT / "plugins").as_posix()}"]'
        done = pelican("content", "-t", theme, "-o", "out", "-e", *plugin, *settings, cwd=tmp_path)
        return Site(tmp_path / "out", done.returncode, done.stdout + done.stderr)

    return make


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_papers_appear(quickstart, theme):
    """With another theme, papers are posts without authors, or end the build."""
    site = quickstart(FILES, theme)
    assert site.code == 0, site.printed
    page = BeautifulSoup(site.text("papers/lite-ppo/"), "html5lib")
    assert "Tricks & Traps <b>" in words(page) and "Ada Lovelace, Alan Turing" in words(page)
    assert words(page.select_one(".paper-venue")).startswith("ICLR 2026")
    assert page.select_one("math msup") and "@inproceedings{lite-ppo," in words(page)
    links = {words(a): a["href"] for a in page.select(".paper-links a, p a")}
    assert links["[paper]"] == "https://arxiv.org/abs/2508.08221"
    for label in ("[pdf]", "slides"):
        assert (site.output / links[label].lstrip("/")).read_bytes() == b"%PDF-1.4"
    assert (site.output / page.select_one("figure img")["src"].lstrip("/")).is_file()
    for label in ("BibTeX", "RIS", "CSL-JSON"):
        assert (site.output / "papers/lite-ppo" / links[label]).is_file()
    publications = BeautifulSoup(site.text("publications/"), "html5lib")
    urls = [
        a["href"] for a in publications.select(".papers a") if a["href"].startswith("../papers/")
    ]
    assert urls == ["../papers/lite-ppo/", "../papers/knuth84/"]
    assert site.text("papers.bib").count("@") == 2
    assert not any("Secret" in site.text(path) for path in site.pages())
    # A blog is read by the site's own rules, as any article is.
    assert "It goes on." in site.text("a-longer-post.html")
    assert "A longer post" in site.text("") and "A post" in site.text("")
    menu = [words(a) for a in BeautifulSoup(site.text(""), "html5lib").select("nav a")]
    assert "Publications" in menu and not any("Lit" in name for name in menu)


def test_other_files_stay_the_sites(quickstart):
    """Posts of such a site are read by our rules, and end the build."""
    site = quickstart({"post.md": POST})
    assert site.code == 0 and (site.output / "a-post.html").is_file(), site.printed
    assert not any((site.output / name).exists() for name in ("publications", "papers.bib"))
    pages = {path: site.text(path) for path in site.pages()}
    assert all("Publications" not in text for text in pages.values())


def test_each_paper_has_a_page(quickstart):
    """A paper is dropped as a translation, is also a post, or overwrites a page."""
    hidden = PAPER.replace("\n\n", "\nStatus: hidden\n\n").replace("A Paper", "Secret")
    files = {
        "post.md": POST,
        "papers/a.md": PAPER,
        "papers/b.md": PAPER.replace("Date:", "Lang: de\nDate:"),
        "papers/h.md": hidden,
        "pages/p.md": "Title: Mine\nSlug: x\nSave_as: publications/index.html\n\nMine.\n",
    }
    site = quickstart(files, "simple", 'ARTICLE_PATHS=["", "papers/"]')
    assert site.code == 0 and "WARNING" not in site.printed, site.printed
    assert {"papers/a/index.html", "papers/b/index.html"} <= set(site.pages())
    assert not any("Secret" in site.text(path) for path in site.pages())
    assert "Mine." in site.text("publications/")
    assert "pages/p.md: has the address publications/, which the list of papers" in site.printed
    site = quickstart({"papers/b.md": PAPER.replace("Date:", "Lang: de\nSlug: a\nDate:")})
    assert site.code == 1 and "b.md: has the same address as content/papers/a.md" in site.printed


def test_problems_of_papers_are_reported(quickstart):
    """A paper with a mistake is dropped silently, or ends the build with a traceback."""
    wrong = {"papers/x.md": PAPER.replace("2026", "2026-13"), "papers/y.md": "Title: Y\n\nZ.\n"}
    site = quickstart(FILES | wrong)
    assert site.code == 1 and "Traceback" not in site.printed
    for message in ("papers/x.md:3: date:", "papers/y.md: authors: missing", "3 problems"):
        assert message in site.printed


def test_serve_says_what_to_run(quickstart, tmp_path):
    """The preview of a site with another theme is empty."""
    quickstart({"post.md": POST})
    conf = f"PLUGINS=['papers']\nPLUGIN_PATHS=[{str(ROOT / 'plugins')!r}]\n"
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(conf)
    with (tmp_path / "publishconf.py").open("a", encoding="utf-8") as file:
        file.write('SITEURL = "https://ada.example"\n')
    command = [sys.executable, ROOT / "plugins/papers", "serve"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "run `pelican --autoreload --listen`" in done.stderr
    for command in ("check", "build", "publish"):
        arguments = [sys.executable, ROOT / "plugins/papers", command]
        done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
