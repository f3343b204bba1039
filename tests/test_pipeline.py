"""Sites with other content than ours: empty, large, unfinished, hostile."""

import os
import re
import time
from html import unescape
from urllib.parse import quote, unquote, urlsplit

import feedparser
import pytest
from conftest import NEWS, PAPER, words, write
from PIL import Image
from sample import picture


@pytest.mark.parametrize("conf", ["pelicanconf.py", "publishconf.py"])
def test_empty_site(make, conf):
    """A new user's site fails, shows headings over nothing, or links to empty lists."""
    site = make(conf=conf)
    home = site.page()
    assert words(home.main) == "Ada Lovelace Analyst Email Bye."
    assert [words(node) for node in home.select("nav a")] == ["Search"]
    assert "No papers yet." in site.text("publications/")
    assert "No news yet." in site.text("news/")


def test_empty_site_has_the_same_bytes(make):
    """The feed of a site without news has the time of the build as its date."""
    first = make().files()
    time.sleep(1.1)
    assert make().files() == first


def test_empty_settings(make):
    """A site without social links and menu shows empty lists."""
    site = make(settings={"SOCIAL": [], "MENUITEMS": []})
    page = site.page()
    assert [words(a) for a in page.select("nav a, .pills")] == ["Search"]
    assert words(page.footer) == "© Ada Lovelace Feed"


def test_hundred_papers(make):
    """A long list lacks a paper, or shows one in a wrong year."""
    files = {
        f"papers/p{n}.md": f"Title: Paper {n:03}\nAuthors: A B\nDate: {1990 + n % 30}\n\nText.\n"
        for n in range(100)
    }
    site = make(files)
    page = site.page("publications/")
    years = [int(words(node)) for node in page.select("section h2[id]")]
    assert [int(node["data-year"]) for node in page.select("nav a[data-year]")][:10] == years[:10]
    assert years == sorted(range(1990, 2020), reverse=True)
    for section in page.select("section:has(h2[id])"):
        year = int(words(section.h2))
        for title in section.select("h3"):
            assert 1990 + int(words(title).removeprefix("Paper ")) % 30 == year
    assert len(page.select(".card")) == 100
    assert len(site.page().select(".card")) == 5
    assert "All 100 publications" in words(site.page().main)


def test_selected_and_weight(make):
    """Cards are ordered by date in spite of `Selected` and `Weight`."""
    files = {
        "papers/a.md": PAPER.replace("A Paper", "Third").replace("2026", "2026-12"),
        "papers/b.md": PAPER.replace("Date:", "Selected: yes\nWeight: 2\nDate:"),
        "papers/c.md": PAPER.replace("A Paper", "First").replace(
            "Date: 2026", "Selected: yes\nWeight: 1\nDate: 2020"
        ),
    }
    site = make(files)
    assert [words(node) for node in site.page().select(".card h3")] == ["First", "A Paper"]
    everything = [words(node) for node in site.page("publications/").select(".card h3")]
    assert everything == ["A Paper", "Third", "First"]


def test_news_order_does_not_depend_on_the_file_system(make):
    """The order of two news items of one month changes from build to build."""
    files = {
        f"news/2026-02-{name}.md": NEWS.replace("An item", name) for name in ("b", "d", "a", "c")
    }
    files["news/x.md"] = NEWS.replace("An item", "day").replace("2026-02", "2026-02-14")
    for seed in ("1", "2"):
        page = make(files, PYTHONHASHSEED=seed).page("news/")
        titles = [words(node.a).rpartition(" ")[2] for node in page.select(".news > li")]
        assert titles == ["day", "d", "c", "b", "a"]


def test_long_news(make):
    """The list shows all paragraphs of a post, or has no link to the others."""
    files = {
        "news/long.md": NEWS + "\nA second paragraph.\n",
        "news/short.md": NEWS,
        "news/list.md": "Title: Only a list\nDate: 2026-01\n\n- one\n- two\n",
        "news/summary.md": NEWS.replace("Date:", "Summary: In *short*.\nDate:"),
    }
    site = make(files)
    shown = [words(node.div) for node in site.page("news/").select(".news > li")]
    assert sorted(shown) == [
        "An item In short.",
        "An item Some words.",
        "Only a list",
        "Some words.",
    ]
    assert "A second paragraph." in site.text("news/long/")


def test_plain_page(make):
    """A page in content/pages/ has no URL, or cannot be an item of the menu."""
    menu = [["CV", "cv/"], ["Old", "https://example.org/"]]
    site = make(
        {"pages/cv.md": "Title: CV\n\nBorn. See [a paper]({filename}/papers/p.md).\n",
         "papers/p.md": PAPER},
        settings={"MENUITEMS": menu},
        SITEURL="https://ada.example/x",
    )  # fmt: skip
    page = site.page("cv/")
    assert words(page.h1) == "CV"
    assert page.select_one("nav [aria-current]")["href"] == "https://ada.example/x/cv/"
    assert page.select("nav a")[1]["href"] == "https://example.org/"
    assert page.select_one(".prose a")["href"] == "https://ada.example/x/papers/p/"


def test_files_of_a_paper(make):
    """A picture or PDF beside the paper's file is not published, or a link to it is dead."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
    extra = "Image: my fig.svg\nImage_alt: A figure.\nLinks: pdf | p.pdf\nDate:"
    files = {
        "papers/p.md": PAPER.replace("Date:", extra),
        "papers/p.pdf": b"%PDF-1.4",
        "papers/my fig.svg": picture,
        "papers/not-named.pdf": b"%PDF-1.4",
    }
    site = make(files, SITEURL="https://ada.example/x")
    page = site.page("papers/p/")
    assert page.figure.img["src"] == "https://ada.example/x/papers/p/my%20fig.svg"
    assert (page.figure.img["width"], page.figure.img["height"]) == ("30", "20")
    assert page.select_one(".pills a")["href"] == "https://ada.example/x/papers/p/p.pdf"
    assert {"papers/p/my fig.svg", "papers/p/p.pdf"} <= site.files().keys()
    assert not any(path.endswith("not-named.pdf") for path in site.files())


def test_portrait(make, tmp_path):
    """A portrait is not found or distorted, or a site without one fails."""
    assert not make().page().select("img")
    (tmp_path / "content" / "images").mkdir()
    Image.new("RGB", (60, 80)).save(tmp_path / "content" / "images" / "portrait.webp")
    image = make().page().img
    assert "/pictures/portrait-" in image["src"]
    assert (image["width"], image["height"], image["alt"]) == ("60", "80", "Ada Lovelace")


def test_root_files(make):
    """robots.txt and other files of content/extra/ are not at the site's root."""
    site = make({"extra/robots.txt": "x", "extra/a/b.txt": "b", "extra/.env": "SECRET"})
    assert site.text("robots.txt") == "x"
    assert site.text("a/b.txt") == "b"
    assert not any(b"SECRET" in data for data in site.files().values())


@pytest.mark.parametrize("name", ["favicon.svg", "favicon.png", "favicon.ico"])
def test_favicon(make, name):
    """A favicon of another format is not linked, or browsers request a missing one."""
    assert make().page().select_one("link[rel=icon]")["href"] == "data:,"
    data = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>' if "svg" in name else "x"
    site = make({f"extra/{name}": data}, SITEURL="https://ada.example")
    shown = [link["href"] for link in site.page().select("link[rel=icon]")]
    assert f"https://ada.example/{name}" in shown


FILE_NAMES = (
    "r\u00e9sum\u00e9", "na\u0308ive", "a b", "C++", "r&d", "a&lt;b", "50%", "p%20q", "x#1", "w?z",
    "it's", 'q"q', "(c) [d]", "e,f;g", "中 文",
)  # fmt: skip

if os.name == "nt":
    FILE_NAMES = tuple(name for name in FILE_NAMES if not {"?", '"'} & set(name))


def test_names_of_linked_files(make):
    """A blank, an accent or a sign in a file's name is not encoded in an address, or twice."""
    links = "\n\n".join(
        f"[x]({{static}}{quote(name)}.txt) ![Boxes on a line]({{static}}{quote(name)}.png)"
        for name in FILE_NAMES
    )
    image = picture("PNG", 400, 300)
    files: dict = {f"news/{name}.{end}": image for name in FILE_NAMES for end in ("txt", "png")}
    files["news/p.md"] = f"Title: P\nDate: 2026-01\n\n{links}\n"
    for n, name in enumerate(FILE_NAMES):
        headers = f"Slug: s{n}\nPdf: {name}.pdf\nImage: {name}.png\nImage_alt: Boxes on a line.\n"
        files[f"papers/{n}.md"] = PAPER.replace("\n\n", f"\n{headers}\n", 1)
        files |= {f"papers/{name}.pdf": b"%PDF-1.4", f"papers/{name}.png": image}
    site = make(files, SITEURL="https://ada.example")
    written = site.files()
    addresses = set()
    for path in site.pages():
        for node in site.page(path).select("[href], [src], [srcset], meta[content^=https]"):
            sources = [part.split()[0] for part in node.get("srcset", "").split(", ") if part]
            addresses |= {*sources, *map(node.get, ("href", "src", "content"))}
    for path in ("feeds/news.atom.xml", "feeds/papers.atom.xml"):
        addresses |= set(re.findall('"(https[^"]*)"', unescape(unescape(site.text(path)))))
    for path in ("feeds/news.json", "llms.txt", "sitemap.xml", "papers/s0/index.html"):
        addresses |= set(re.findall(r'https://ada[^"<>\s\\)]*', site.text(path)))
    own = {address for address in addresses if (address or "").startswith("https://ada.example/")}
    assert not [address for address in own if not re.fullmatch(r"[!#-;=?-~]+", address)]
    paths = {unquote(urlsplit(address).path)[1:] for address in own}
    assert [
        path for path in paths if path not in written and f"{path}index.html" not in written
    ] == []
    assert {f"news/{name}.txt" for name in FILE_NAMES} <= paths
    assert sum(path.endswith(".pdf") for path in paths) == len(FILE_NAMES)


def test_forms_of_accents(make):
    """A header names a file with a composed accent, and a Mac has stored it with another."""
    paper = PAPER.replace("\n\n", "\nPdf: r\u00e9sum\u00e9.pdf\nSlides: nai\u0308ve.pdf\n\n", 1)
    files = {"papers/re\u0301sume\u0301.pdf": "%PDF-", "papers/na\u00efve.pdf": "%PDF-"}
    files["papers/p.md"] = paper
    assert len([path for path in make(files).files() if path.endswith(".pdf")]) == 2


def test_drafts_stay_private(make):
    """A draft is published through its own `Save_as` or a file, or ends the build."""
    secret = "Unpublished finding"
    text = f"\n\n{secret} [x]({{static}}/papers/d.pdf) [y]({{static}}/papers/both.pdf)"
    text += " [z]({static}/papers/%C3%A9.pdf) [gone]({static}gone.pdf)\n"
    site = make(
        {
            "papers/d.md": f"Title: {secret}\nStatus: draft{text}",
            "papers/d.pdf": secret,
            "papers/\u00e9.pdf": secret,
            "papers/both.pdf": "for all",
            "news/d.md": f"Title: {secret}\nDate: 2026-01\nStatus: Draft{text}",
            "news/e.md": f"Title: {secret}\nStatus: draft\nSave_as: e/index.html\nUrl: e/{text}",
            "pages/d.md": f"Title: {secret}\nStatus: draft\nSave_as: d.html{text}",
            "pages/s.md": f"Title: {secret}\nStatus: skip{text}",
            "papers/p.md": PAPER + "[both]({static}both.pdf)",
            "papers/.hidden.md": PAPER.replace("A Paper", secret),
            "papers/backup.md~": PAPER.replace("A Paper", secret),
        },
    )
    assert not any(secret.encode() in data for data in site.files().values())
    assert {"papers/p/index.html", "papers/both.pdf"} <= site.files().keys()


def test_draft_home(make):
    """A site without a home page is published."""
    site = make({"home.md": "Title: A\nStatus: draft\n\nHi.\n"}, check=False)
    assert site.code == 1
    assert (
        "content/home.md:2: status: is not allowed on the home page (delete the header)"
        in site.printed
    )


def test_own_templates(make, tmp_path):
    """A template of the site cannot change one block of the theme's."""
    own = {
        "base.html": '{% extends "!theme/base.html" %}\n{% block style %}{{ super() }}'
        '<link rel="stylesheet" href="{{ "extra/my.css" | address }}">{% endblock %}\n'
        "{% block footer %}<footer>Mine</footer>{% endblock %}\n",
        "article.html": '{% extends "!theme/article.html" %}\n'
        "{% block content %}{{ super() }}<p>Thanks for reading.</p>{% endblock %}\n",
    }
    settings = {"THEME_TEMPLATES_OVERRIDES": [str(write(tmp_path / "templates", own))]}
    site = make({"news/n.md": NEWS, "papers/p.md": PAPER, "extra/my.css": ""}, settings=settings)
    for path in ("", "papers/p/", "news/n/", "publications/"):
        page = site.page(path)
        assert words(page.footer) == "Mine" and page.main
        styles = [link["href"] for link in page.select("link[rel=stylesheet]")]
        assert styles[0].endswith("theme/css/style.css") and styles[1].endswith("/my.css")
    assert "Thanks for reading." in words(site.page("news/n/"))
    assert "Thanks for reading." not in words(site.page("papers/p/"))


def test_menu_marks_the_page(make):
    """The menu does not mark the current page, or has a URL with a double slash."""
    files = {"papers/p.md": PAPER, "news/n.md": NEWS, "pages/cv.md": "Title: CV\n\nText.\n"}
    menu = [["Papers", "publications/"], ["News", "news/"], ["CV", "/cv/"]]
    site = make(files, settings={"MENUITEMS": menu}, SITEURL="https://ada.example")
    for path, name in [("publications/", "Papers"), ("news/", "News")]:
        current = site.page(path).select("[aria-current=page]")
        assert [node.get_text() for node in current] == [name]
    assert site.page().select("nav a")[2]["href"] == "https://ada.example/cv/"
    assert site.page("cv/").select_one("nav [aria-current]").get_text() == "CV"


def test_site_in_chinese(make):
    """A site in a language that Docutils does not know, or a tag of symbols, fails."""
    files = {"papers/p.md": PAPER, "news/n.md": NEWS.replace("Date:", "Tags: 🎉, C++\nDate:")}
    site = make(files, settings={"DEFAULT_LANG": "zh"})
    assert site.page().html["lang"] == "zh"


def test_languages(make):
    """A paper in another language has the language of the site in its markup."""
    zh = PAPER.replace("Date:", "Lang: zh\nDate:")
    he = NEWS.replace("Date:", "Lang: he\nDate:")
    site = make({"papers/p.md": zh, "papers/q.md": PAPER, "news/n.md": he})
    home = site.page()
    assert home.html["lang"] == "en" and "lang" not in home.main.attrs
    assert [card.get("lang") for card in home.select(".card")] == ["zh", None]
    assert (home.select_one(".news li")["lang"], home.select_one(".news li")["dir"]) == (
        "he",
        "rtl",
    )
    assert site.page("papers/p/").main["lang"] == "zh"
    assert site.page("news/n/").main["dir"] == "rtl"


def test_text_is_text(make):
    """A title, name, label or alternative text becomes markup in a page."""
    nasty = '<b x="1">&amp;"\'</b><script>alert(1)</script>'
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'
    files = {
        "papers/p.md": f"Title: {nasty}\nAuthors: {nasty}; Ada Lovelace\nDate: 2026\n"
        f"Venue: {nasty}\nImage: f.svg\nImage_alt: {nasty}\nSelected: yes\n"
        f"Links: {nasty} | https://example.org/?a=1&b=<i>\"'\n\nText.\n",
        "papers/f.svg": picture,
        "news/n.md": f"Title: {nasty}\nDate: 2026\n\nText. More.\n\nText.\n",
        "pages/q.md": f"Title: {nasty}\n\nText.\n",
    }
    site = make(files)
    for path in site.pages():
        page = site.page(path)
        assert not page.select("script:not([src], [type='application/ld+json']), b, i"), path
    feed = feedparser.parse(site.text("feeds/news.atom.xml"))
    assert feed.entries[0].title_detail.value == words(site.page("news/n/").h1)
    page = site.page("papers/p/")
    assert words(page.h1).startswith("<b x=") and "&amp;" in words(page.h1)
    assert words(page.h1).endswith("</b><script>alert(1)</script>")
    assert page.figure.img["alt"] == nasty
    assert page.select_one(".pills a")["href"] == "https://example.org/?a=1&b=<i>\"'"


def test_typography(make):
    """Quotes stay straight, `--` stays two hyphens, or code is changed."""
    files = {
        "news/n.md": 'Title: A "quoted" title -- it\'s\nDate: 2026\n\n"Text" it\'s, `"code"`--x.\n'
    }
    page = make(files).page("news/n/")
    assert words(page.h1) == "A “quoted” title – it’s"
    assert words(page.select_one(".prose p:not(.date)")) == '“Text” it’s, "code"–x.'
    assert page.title.get_text().startswith("A “quoted” title – it’s")
