"""Facts about the site in content/, whatever its content is.

The workflow runs these before it publishes, so they hold for anybody's content.
"""

import os
import re
import shutil
import subprocess
import sys
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
from conftest import PAPER, ROOT, SUBPATH, build, pelican

LINKED = {"a": "href", "link": "href", "img": "src", "script": "src"}


def dead_links(site, base: str) -> list[str]:
    """Return the URLs within the site, whose address is `base`, that lead to no file."""
    files = site.files()
    dead = []
    for path in site.pages():
        page = site.page(path, strict=False)
        here = f"{base}/{path.removesuffix('index.html')}"
        for tag, attribute in LINKED.items():
            for node in page.select(f"{tag}[{attribute}]"):
                target = urlsplit(urljoin(here, node[attribute]))
                if f"{target.scheme}://{target.netloc}" != urljoin(base, "/").rstrip("/"):
                    continue
                root = urlsplit(base).path + "/"
                name = unquote(target.path)
                inside = name.startswith(root)
                name = name.removeprefix(root)
                file = name + "index.html" if name == "" or name.endswith("/") else name
                if not inside or file not in files:
                    dead.append(f"{path}: {node[attribute]}")
                elif file.endswith(".html") and target.fragment not in ("", "top"):
                    there = site.page(file, strict=False)
                    name = unquote(target.fragment)
                    if not (there.find(id=name) or there.find(attrs={"name": name})):
                        dead.append(f"{path}: {node[attribute]}")
    return dead


def test_links_under_a_sub_path(published):
    """A link that works at a domain's root is dead at user.github.io/repo/."""
    assert dead_links(published, SUBPATH) == []


def test_links_of_the_preview(preview):
    """A relative URL in the preview is dead on a page two folders down."""
    assert dead_links(preview, "http://localhost:8000") == []
    # Relative addresses work at any depth, so also below a folder.
    assert dead_links(preview, "http://localhost:8000/some/folder") == []


def test_links_at_a_domain_root(tmp_path):
    """A URL of a site at a domain's root has a slash too much or too few."""
    site = build(ROOT / "content", tmp_path / "o", SITEURL="https://ada.example/")
    assert site.code == 0, site.printed
    assert dead_links(site, "https://ada.example") == []
    assert "example.net//" not in "".join(site.text(path) for path in site.pages())


def test_no_request_to_another_host(published):
    """The theme loads a script, a font, a picture or a style from another host."""
    for path in published.pages():
        page = published.page(path, strict=False)
        for node in page.select("head script[src], link[rel~=icon], link[rel~=stylesheet]"):
            assert node.get("src", node.get("href", "")).startswith((SUBPATH, "data:,")), path
        for node in page.select(".plate img, .portrait img"):
            assert node["src"].startswith(SUBPATH), path
    style = published.text("theme/css/style.css")
    assert "url(" not in style and "@import" not in style


def test_every_page_has_what_a_head_needs(published):
    """A page has no title, description, language or canonical URL."""
    for path in published.pages():
        page = published.page(path, strict=False)
        if not page.select("body > a.skip"):
            continue  # A file of content/extra/, as it is.
        assert page.title.get_text().strip() and page.html["lang"] and page.h1
        assert page.select_one("meta[name=description]")["content"].strip(), path
        if path != "404.html":
            address = f"{SUBPATH}/{path.removesuffix('index.html')}"
            assert page.select_one("link[rel=canonical]")["href"] == address


def test_feed(published):
    """The feed is not valid, or has relative URLs."""
    feed = feedparser.parse(published.text("feeds/news.atom.xml"))
    assert not feed.bozo
    assert all(entry.link.startswith(f"{SUBPATH}/") for entry in feed.entries)


def test_pages_as_files(make):
    """A paper whose page is not an index.html gets its text outside of the site."""
    pages = {"PAGE_URL": "{slug}.html", "PAGE_SAVE_AS": "{slug}.html"}
    site = make({"papers/p.md": PAPER}, settings=pages, SITEURL=SUBPATH)
    assert site.text("p.md").startswith("# A Paper") and "An abstract." in site.text("p.html")


def test_same_bytes(published, tmp_path):
    """The bytes depend on hash seed, time zone, locale or an earlier build in the process."""
    first = published.files()
    away = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    other = build(ROOT / "content", tmp_path / "o", SITEURL=SUBPATH, **away)
    assert other.code == 0, other.printed
    assert other.files() == first
    twice = (
        "import sys; from pelican import Pelican; from pelican.settings import read_settings\n"
        "for name in ('a', 'b'):\n"
        "    conf = read_settings('publishconf.py', {'OUTPUT_PATH': f'{sys.argv[1]}/{name}'})\n"
        "    Pelican(conf).run()\n"
    )
    environment = os.environ | {"SITEURL": SUBPATH, "PYTHONHASHSEED": "8"}
    subprocess.run([sys.executable, "-c", twice, tmp_path], cwd=ROOT, env=environment, check=True)
    for name in ("a", "b"):
        again = type(published)(tmp_path / name, 0, "").files()
        assert again == first


def test_under_pelicans_own_workflow(published, tmp_path):
    """Something is derived from SITEURL before Pelican's reusable workflow sets it."""
    done = pelican(
        "--settings", "publishconf.py", "--extra-settings", f'SITEURL="{SUBPATH}"',
        f'FEED_DOMAIN="{SUBPATH}"', "--output", tmp_path / "o",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert type(published)(tmp_path / "o", 0, "").files() == published.files()


def test_from_another_folder(tmp_path):
    """The settings work only in their own folder."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    done = pelican(tmp_path / "content", "-s", ROOT / "pelicanconf.py", "-o", "o", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "o" / "index.html").is_file()


def test_nothing_private_is_written(published):
    """A dotfile, a backup or the page of a draft is published."""
    files = published.files()
    assert not [path for path in files if re.search(r"(^|/)\.|~$|^drafts/", path)]
