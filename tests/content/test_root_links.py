"""Addresses that begin with `/`: at content/, or at the root of the site, wherever that is."""

import json
import re
import time

import pytest
from bs4 import BeautifulSoup
from conftest import HOME, NEWS, PAPER, ROOT, SETTINGS, SUBPATH, build, write
from papers.content import Header, add_site_url
from papers.content.markdown import name_files
from papers.publish import check_site
from sample import picture

SVG = '<svg viewBox="0 0 9 9"/>'
FILES = {
    "images/a.png": picture("PNG", 90, 60), "images/b c.svg": SVG, "extra/cv.pdf": b"%PDF-1.4",
    "extra/my.css": "p{}", "files/talk.pdf": b"%PDF-1.4", "pages/cv.md": "Title: CV\n\n## Jobs\n",
    "images/film.mp4": bytes(9),
    "files/film.mp4": bytes(9), "extra/demo/index.html": "<!doctype html><title>x</title>",
}  # fmt: skip
# What is written, and what the page has: the address below the site's root, or a piece of a tag.
FORMS = {
    "[Home](/)": "/",
    "[CV](/cv/)": "/cv/",
    "[Jobs](/cv/#jobs)": "/cv/#jobs",
    "[source](/pages/cv.md)": "/cv/",
    "[its jobs](/pages/cv.md#jobs)": "/cv/#jobs",
    "[all](/publications/?year=2026)": "/publications/?year=2026",
    "[root file](/cv.pdf)": "/cv.pdf",
    "[its source](/extra/cv.pdf)": "/cv.pdf",
    "[talk](/files/talk.pdf)": "/files/talk.pdf",
    "![Two boxes](/images/a.png)": "/pictures/a-",
    "![A drawing](/images/b%20c.svg)": "/images/b",
    '<video src="{static}/images/film.mp4" poster="{static}../images/a.png"></video>':
        "/images/a.png",
    '<video poster="{static}/images/a.png" src="{static}/images/film.mp4"></video>':
        "/images/film.mp4",
    '<video poster="/images/a.png" src="{static}/files/film.mp4"></video>': "/files/film.mp4",
    "[reference][r]\n\n[r]: /news/": "/news/",
    "<a href='/cv/'>x</a>": "/cv/",
    "<a class=x href=/cv/>x</a>": "/cv/",
    '<A HREF=" /cv/ ">x</A>': "/cv/",
    '<img src="/images/a.png" alt="Two boxes">': "/pictures/a-",
    '<img alt="a &gt; b" src="/images/a.png">': "/pictures/a-",
    '<video src="/images/film.mp4" poster="/images/a.png"></video>': "/images/film.mp4",
    '<object data="/images/b%20c.svg"></object>': "/images/b",
    '<img src="/images/a.png" alt="Two boxes" srcset="/images/a.png 1x, /images/b%20c.svg 2x">':
        "/images/a.png 1x, {}/images/b%20c.svg 2x",
    '<picture><source srcset="{static}/images/a.png"><img src="/images/a.png" alt="x y"></picture>':
        "/images/a.png",
    '<p style="background: url(/images/a.png)">x</p>': "url({}/images/a.png)",
    """<p style="background: url('/images/b%20c.svg')">x</p>""": "/images/b%20c.svg",
    "<style>.x { background: url(\"/images/a.png\") } @import '/my.css';</style>":
        "@import '{}/my.css'",
    '<svg viewBox="0 0 9 9"><use href="/images/b%20c.svg#i"/></svg>': "/images/b",
    '<blockquote cite="/cv/">x</blockquote>': "/cv/",
    '<form action="/search/"><input name="q"></form>': "/search/",
    '<iframe title="A demo" src="/demo/"></iframe>': "/demo/",
    '<div markdown="1">[within](/cv/)</div>': "/cv/",
    "<details><summary>x</summary>\n\n[within](/cv/)\n\n</details>": "/cv/",
    "| a |\n|---|\n| [cell](/cv/) |": "/cv/",
}  # fmt: skip
VIDEO = "Title: V\n\n[x](/files/film.mp4)\n"
# What stays as it is.
OTHERS = [
    "`/cv/` and a/b, and/or 1 / 2", "<code>&lt;a href=\"/cv/\"></code>", "<a href='#jobs'>x</a>",
    "<a href=\"https://a.example/cv/\">x</a>", '<p data-x="/cv/" title="/cv/">/cv/</p>',
    "    [code](/cv/)",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages(make_once):
    """The pages of all forms, in a site in a folder of its host."""
    return make_once("root-links", build_pages)


def build_pages(folder):
    texts = {f"pages/p{n}.md": f"Title: P{n}\n\n{text}\n" for n, text in enumerate(FORMS)}
    texts |= {
        f"pages/o{n}.md": f"Title: O{n}\n\n## Jobs\n\n{text}\n" for n, text in enumerate(OTHERS)
    }
    post = f"Summary: See the [cv](/cv/).\n{NEWS}[cv](/cv/) ![Two boxes](/images/a.png)\n"
    more = {"home.md": HOME, "news/n.md": post, "papers/p.md": PAPER + "[cv](/cv/)\n"}
    content = write(folder / "content", FILES | texts | more)
    site = build(content, folder / "output", settings=SETTINGS, SITEURL=SUBPATH)
    assert site.code == 0, site.printed
    return site


@pytest.mark.parametrize("n", range(len(FORMS)), ids=list(FORMS))
def test_forms(pages, n):
    """A link from the root points outside a site that is in a folder of its host."""
    html = pages.text(f"p{n}/").partition("<main")[2].partition("</main>")[0]
    wanted = list(FORMS.values())[n]
    wanted = wanted if "{}" in wanted else f"{{}}{wanted}"
    assert wanted.format(*[SUBPATH] * 2) in html, html
    assert not re.search(r"""[="'(\s]/(?!/)[a-z]|\{static\}""", html), html


@pytest.mark.parametrize("n", range(len(OTHERS)), ids=OTHERS)
def test_what_stays(pages, n):
    """Text, code, or the value of another attribute gets the site's address."""
    html = pages.text(f"o{n}/").partition("<main")[2].partition("</main>")[0]
    assert SUBPATH not in html


def test_lists_and_feeds(pages):
    """A link from the root of a post is dead on the home page, or in a feed."""
    for path in ("", "news/", "news/n/", "feeds/news.json", "papers/p/"):
        assert f"{SUBPATH}/cv/" in pages.text(path) and '"/cv/' not in pages.text(path), path
    assert all(
        len(picture.select("img[width]")) == 1
        for picture in pages.page("news/n/").select("picture")
    )
    assert pages.page("news/n/").select("picture")


def test_preview(make):
    """A file that is named from the root is not in the preview, or its picture has no size."""
    text = "Title: P\n\n[a](/pages/cv.md) [b](/cv/) [c](/files/talk.pdf) ![Boxes](/images/a.png)\n"
    files = FILES | {"pages/p.md": text, "pages/v.md": VIDEO}
    site = make(files, conf="pelicanconf.py")
    links = [a["href"] for a in site.page("p/").select("main a")]
    assert links == ["../cv/", "/cv/", "../files/talk.pdf"]
    assert (site.output / "files/talk.pdf").is_file()
    assert site.page("p/").select("main picture img[width]")


@pytest.mark.parametrize("siteurl", [SUBPATH, "https://ada.example", "http://localhost:8000"])
def test_check(tmp_path, siteurl):
    """What is a dead link is found only on GitHub, or without file, line and what to write."""
    wrong = {
        "[a](/gone/)": '"/gone/" is not a page of this site',
        '<img src="/images/gone.png" alt="x y">': '"/images/gone.png" is not a file of this site',
        '<img src="/images/a.png" srcset="/images/gone.png 2x" alt="x y">': '"/images/gone.png" is',
        '<p style="background: url(/images/gone.png)">x</p>': '"/images/gone.png" is not a file',
        '<img src="/images/a.png" srcset="{static}/gone.png 2x" alt="x y">':
            '"{static}/gone.png" does not work in srcset',
        '<video poster="/images/gone.jpg"></video>': '"/images/gone.jpg" is not a file',
        '<form action="/find/">x</form>': '"/find/" is not a page',
        "[a](/pages/gone.md)": '"/pages/gone.md" is not a page',
        '<video src="{static}/files/film.mp4" poster="{static}/files/talk.pdf"></video>':
            '"{static}/files/film.mp4" is not read, as its tag names another file',
        "[a](/files/)": '"/files/" is not a page',
    }  # fmt: skip
    if siteurl == SUBPATH:
        wrong["[a](/repo/cv/)"] = (
            '"/repo/cv/" is not a page of this site because links start at /repo/ (write /cv/)'
        )
    files = {f"pages/w{n}.md": f"Title: W{n}\n\nx\n\n{text}\n" for n, text in enumerate(wrong)}
    problems = check(tmp_path, files, siteurl)
    for n, message in enumerate(wrong.values()):
        reported = [p for p in problems if p.file == f"content/pages/w{n}.md" and not p.notice]
        assert len(reported) == 1 and reported[0].line == 5, reported
        assert reported[0].message.startswith(message), reported


def check(folder, files, siteurl):
    """Return the problems of a site."""
    write(folder / "content", {"home.md": HOME} | FILES | files)
    plugins = str(ROOT / "plugins")
    conf = f"""import sys
sys.path.insert(0, {plugins!r})
from papers.defaults import *
from papers.published import *
globals().update({json.dumps(SETTINGS)})
PLUGIN_PATHS = [{plugins!r}]
"""
    write(folder, {"publishconf.py": conf})
    return check_site(folder / "publishconf.py", SITEURL=siteurl).problems


@pytest.mark.parametrize(
    ("siteurl", "severity"),
    [(SUBPATH, "error"), ("https://ada.example", None), ("http://localhost:8000", "notice")],
)
def test_templates_and_files(tmp_path, siteurl, severity):
    """A template or stylesheet of the site asks the root of the host, where another site is."""
    block = '{{% extends "!theme/page.html" %}}{{% block content %}}\n{}\n{{% endblock %}}\n'
    page = (
        '<a href="/cv/">x</a><a href="/">y</a>{# <a href="/no/"> #}<a href="{{ SITEURL }}/a">z</a>'
    )
    write(tmp_path / "templates", {"page.html": block.format(page)})
    css = "p{}\n@import '/my.css'; p { background: url( /images/a.png ) } q { src: url(x.png) }\n"
    files = {
        "extra/css/x.css": css + "/* url(/no.png) */",
        "extra/demo/index.html": "<a href='/cv/'>",
    }
    wanted = {
        ("templates/page.html", 2, "{{ SITEURL }}/cv/"),
        ("templates/page.html", 2, "{{ SITEURL }}/"),
        ("content/extra/css/x.css", 2, "../my.css"),
        ("content/extra/css/x.css", 2, "../images/a.png"),
        ("content/extra/demo/index.html", 1, "../cv/"),
    }
    problems = [p for p in check(tmp_path, files, siteurl) if "starts at the root" in p.message]
    reported = {(p.file, p.line, re.search(r"\(write (.*)\)", p.message)[1]) for p in problems}
    assert reported == (wanted if severity else set())
    assert all(p.notice == (severity == "notice") for p in problems)


@pytest.mark.parametrize(
    "html",
    [
        "<style>" * 30_000 + "url(/a)", "<style " * 30_000, "=" + " " * 200_000 + "x /a",
        "url(" * 50_000 + "/a", '<p style="' + "url( " * 900 + '">' * 50, "<a " + "href=/a " * 3000,
        ('<img srcset="' + "/a, " * 900 + '">') * 20, '<img srcset="/a' + "," * 3900 + '">',
        "@import" + " " * 200_000 + "/a", "{static}" * 50_000, '<a href="{static}/a" ' * 9_000,
    ],
)  # fmt: skip
def test_harmful_texts(html):
    """A text of a hundred thousand tags that end nowhere takes minutes."""
    start = time.process_time()
    name_files(Header("content/x.md"), html, {"PATH": "/none", "STATIC_PATHS": []})
    add_site_url(html, {"SITEURL": SUBPATH})
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"SITEURL": SUBPATH}, f"{SUBPATH}/cv/"),
        ({"SITEURL": SUBPATH, "RELATIVE_URLS": True}, "/repo/cv/"),
        ({"SITEURL": "https://ada.example", "RELATIVE_URLS": True}, "/cv/"),
        ({"SITEURL": "", "RELATIVE_URLS": True}, "/cv/"),
        ({"SITEURL": ""}, "/cv/"),
    ],
)
def test_relative_addresses(settings, address):
    """A site with relative addresses loses its folder, or a preview leads to the published site."""
    assert add_site_url('<a href="/cv/">x</a>', settings) == f'<a href="{address}">x</a>'


def test_every_form_is_whole():
    """An address that is replaced ends the tag, or loses its entities."""
    html = """<a title='"' href="/a?b=1&amp;c=&quot;x">x</a><!-- <a href="/b"> --><img src=/c/d>"""
    header = Header("x.md")
    new = add_site_url(name_files(header, html, {"PATH": "/none"}), {"SITEURL": SUBPATH})
    link, image = BeautifulSoup(new, "html5lib").select("a, img")
    assert link["href"] == f'{SUBPATH}/a?b=1&c="x' and link["title"] == '"'
    assert image["src"] == f"{SUBPATH}/c/d" and header.depends_on_files
