"""Independent audits of the built site: Nu and Lighthouse; its size; its print."""

import functools
import gzip
import http.server
import io
import json
import os
import re
import shutil
import subprocess
import threading
import unicodedata
from contextlib import nullcontext

import gallery
import pytest
from conftest import (
    ALL,
    BROWSERS,
    LOCAL,
    ROOT,
    absent,
    build,
    nightly,
    node_module,
    program,
    share,
    until,
    words,
    write,
)
from PIL import Image
from pypdf import PdfReader
from sample import SETTINGS, content, empty_content, figure, paper, picture
from selectolax.lexbor import LexborHTMLParser
from test_browser import Visit

MOST_PAPERS = 60
VENUES = (
    ("International Conference on Learning Representations", "ICLR"),
    ("Journal of Machine Learning Research", ""),
    ("Conference on Neural Information Processing Systems", "NeurIPS"),
)
TITLES = (
    "A Short One", "How Few Tricks Are Enough for Reinforcement Learning",
    "On the Importance of What Nobody Reports: A Careful Study of Tricks That Are in Use",
    "Tricks, and How to Tell Them from Traps in the Training of Large Language Models",
)  # fmt: skip
# Every kind of page but the rare variants of a paper's; the first is in every run.
LIGHTHOUSE = """
publications/ publications/2026/ papers/award/ papers/project/ papers/hundred/ topics/c-plus-plus/
news/ news/2026-02-long/ blog/ blog/2026-03-tricks/ cv/ search/
""".split()
LIGHTHOUSE.insert(0, "")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A site of sixty papers with figures, ten of them on the home page."""
    cited = ("papers/award.md", "papers/bare.md")
    files = {
        name: data
        for name, data in content().items()
        if name in cited or not name.startswith("papers/")
    }
    for n in range(MOST_PAPERS):
        more = {"Selected": "yes", **figure(f"p{n}.png")} if n < 10 else {}
        venue, short = VENUES[n % len(VENUES)]
        files[f"papers/p{n:02}.md"] = paper(
            f"{TITLES[n % len(TITLES)]} ({n})", date=str(2026 - n // 7), Venue=venue,
            Venue_short=short, Arxiv=f"2508.{n:05}", Code="https://github.com/ada/x", **more,
        )  # fmt: skip
        if more:
            files[f"images/p{n}.png"] = picture("PNG", 1200 + n, 800)
    folder = write(tmp_path_factory.mktemp("many") / "content", files)
    site = build(folder, folder.parent / "output", settings=SETTINGS, SITEURL=LOCAL)
    assert site.code == 0, site.printed
    return site


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a server of the sample, which is built for that address."""
    output = tmp_path_factory.mktemp("served")
    handler = functools.partial(Quiet, directory=str(output / "site"))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        url = f"http://localhost:{server.server_port}"
        site = build(write(output / "content", content()), output / "site", settings=SETTINGS,
                     SITEURL=url)  # fmt: skip
        assert site.code == 0, site.printed
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield url
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder, compressed as hosts do."""

    protocol_version = "HTTP/1.1"

    def send_head(self):
        path = self.translate_path(self.path)
        path = os.path.join(path, "index.html") if os.path.isdir(path) else path
        if not path.endswith((".html", ".css", ".js", ".svg")) or not os.path.isfile(path):
            return super().send_head()
        with open(path, "rb") as file:
            data = gzip.compress(file.read())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def log_message(self, *args):
        pass


def test_nu(sample, preview, many, tmp_path):
    """A page is invalid HTML, or loads what its own policy forbids."""
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    files = []
    for number, site in enumerate((sample, preview, many)):
        for path in share(site.pages(), 1 if site is sample else 4):
            file = tmp_path / str(number) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            # The checker reads files, which have no host, and takes JSON-LD for a script.
            text = site.text(path).replace("'self'", LOCAL)
            if site is preview:
                text = re.sub('<meta http-equiv="Content-Security-Policy".*?>', "", text)
            text = re.sub('<script type="application/ld.json">.*?</script>', "", text)
            file.write_text(text, encoding="utf-8")
            files.append(file)
    command = [program("java"), "-jar", jar, "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert [(m["url"], m["message"]) for m in json.loads(done.stderr)["messages"]] == []


# Speed is a matter of quiet cores: it is measured in the nightly tests; see test_weight.
CATEGORIES = ["accessibility", "best-practices", "seo", *(["performance"] if ALL else [])]


@pytest.mark.parametrize("path", share(LIGHTHOUSE, one_in=len(LIGHTHOUSE)))
def test_lighthouse(address, path, tmp_path):
    """A page is slow on a phone, or ranks low in search engines."""
    chrome = next(filter(None, map(shutil.which, BROWSERS)), None) or absent("chromium")
    command = [
        program("node"), node_module("lighthouse/cli/index.js"), f"{address}/{path}", "--quiet",
        f"--only-categories={','.join(CATEGORIES)}", "--output=json",
        f"--output-path={tmp_path}/report.json",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]  # fmt: skip
    # A busy machine can spoil a measurement; it cannot make a slow page fast.
    for _ in range(3 if ALL else 1):
        done = subprocess.run(
            command, env=os.environ | {"CHROME_PATH": chrome}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        scores = {name: part["score"] for name, part in report["categories"].items()}
        if all(score == 1 for score in scores.values()):
            break
    wrong = [
        (name, audit.get("displayValue"))
        for name, audit in report["audits"].items()
        if audit["score"] not in (None, 1)
    ]
    assert len(scores) == len(CATEGORIES) and set(scores.values()) == {1}, (scores, wrong)


@pytest.mark.parametrize("name", ["published", "sample", "many"])
def test_weight(name, request, browser):
    """A page, the stylesheet or an image is too large for a slow network."""
    site = request.getfixturevalue(name)
    home = site.text("").encode()
    # The sample has more cards than people do, one of a hundred authors.
    assert len(home) <= (30_000 if name == "sample" else 26_624)
    assert len(gzip.compress(home)) <= 7_000
    style = site.text("theme/css/style.css").encode()
    assert len(style) <= 16_384 and len(gzip.compress(style)) <= 4_800
    for path in site.pages():
        page = LexborHTMLParser(site.text(path))
        scripts = [script.attributes["src"] for script in page.css("script[src]")]
        names = {address.rpartition("/theme/js/")[2] for address in scripts}
        assert names <= {"site.js", "filter.js", "search.js"} and len(names) <= 2
        for source in page.css(".card source"):
            for address in source.attributes["srcset"].split(", "):
                file = address.partition(" ")[0].partition("/pictures/")[2]
                assert (site.output / "pictures" / file).stat().st_size <= 40_000
    if name == "published":
        return  # It lies under a sub-path, of which the browser here knows nothing.
    look = {"width": 390, "height": 844, "device_scale_factor": 2}
    with Visit(browser, site, "", **look) as seen:
        seen.page.wait_for_load_state("networkidle")
        assert sum(map(len, seen.bytes.values())) <= 200_000
        # The browser decides how far below the view it loads lazy images.
        later = set(
            seen.page.eval_on_selector_all("img[loading=lazy]", "all => all.map(i => i.currentSrc)")
        )
        assert 2 <= len([url for url in seen.asked if url not in later]) <= 6, seen.asked


def test_sixty_papers(browser, many):
    """With sixty papers the list is too long, its first paper is below the first screen, a filter
    leaves others in view, an abstract does not open in place, or BibTeX is not copied."""
    look = {"height": 800, "permissions": ["clipboard-read", "clipboard-write"]}
    with Visit(browser, many, "publications/", **look) as seen:
        page = seen.page
        height = "document.documentElement.scrollHeight"
        first = page.locator(".card").first
        assert page.evaluate(height) <= 8100
        assert page.locator(".card").count() >= MOST_PAPERS
        box = first.bounding_box()
        assert box["y"] + box["height"] < 400
        page.mouse.wheel(0, 3000)
        until(page, "scrollY === 3000")
        field = page.get_by_role("searchbox")
        assert 0 < field.bounding_box()["y"] < 120
        field.fill("nobody reports")
        until(page, "location.search === '?q=nobody+reports'")
        cards = page.locator(".card:visible")
        assert cards.count() == MOST_PAPERS / 4
        assert all("Nobody Reports" in text for text in cards.all_inner_texts())
        assert page.locator(".card:has(.plate):visible").count() == 2
        page.get_by_role("link", name="2026").click()
        assert cards.count() == 2 and page.locator("main section:visible").count() == 1
        page.go_back()
        assert cards.count() == MOST_PAPERS / 4
        cards.first.get_by_text("Abstract").click()
        opened, card = cards.first.locator(".opened").bounding_box(), cards.first.bounding_box()
        assert abs(opened["x"] - card["x"]) < 2 and opened["width"] >= 400
        cards.first.get_by_text("Abstract").click()
        assert not cards.first.locator(".opened").is_visible()
        cards.first.get_by_role("link", name="BibTeX").click()
        cards.first.get_by_text("Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith("@")
        field.fill("")
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        assert page.evaluate(height) <= 12_700
        box = first.bounding_box()
        assert box["y"] + box["height"] < 844
        assert seen.said == []


def test_print(browser, sample):
    """In print a card is cut in two, a URL or a co-author is missing, or the menu shows."""
    with Visit(browser, sample, "") as seen:
        seen.scroll()
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(seen.page.pdf())).pages]
        titles = seen.page.locator(".card:has(.pills) h3").all_inner_texts()
    assert len(pages) >= 2
    for text in pages:
        # A PDF has a ligature for fi.
        shown = " ".join(unicodedata.normalize("NFKC", text).split())
        starts = sum(" ".join(title.split())[:20] in shown for title in titles)
        assert starts == shown.count("Code: https://github.com/ada/x"), shown
    whole = " ".join(" ".join(pages).split())
    assert "Skip to content" not in whole and "Author Numberfa" in whole
    with Visit(browser, sample, "news/2026-02-long/") as seen:
        pages = PdfReader(io.BytesIO(seen.page.pdf())).pages
        assert "the_end" in "".join(page.extract_text() for page in pages)
    with Visit(browser, sample, "publications/") as seen:
        pages = PdfReader(io.BytesIO(seen.page.pdf())).pages
        shown = "".join(page.extract_text() for page in pages)
        assert "An older paper" in shown and not re.search("Abstract|BibTeX|Venue", shown)


@nightly("builds several sites")
def test_gallery(browser, tmp_path, monkeypatch):
    """`make gallery` fails, and nobody sees what a change of the theme does."""
    monkeypatch.setattr(gallery, "WIDTHS", (320,))
    pages = {"home": "index.html"}
    sites = {"": (empty_content, pages), "x-": (empty_content, {"cv": "cv/index.html"})}
    monkeypatch.setattr(gallery, "SITES", sites)
    monkeypatch.setattr(gallery, "open_browser", lambda: nullcontext(browser))
    gallery.main(tmp_path / "g")
    made = {path.name for path in (tmp_path / "g").glob("*.*")}
    names = {f"{name}-320-{scheme}.png" for name in ("home", "x-cv") for scheme in gallery.SCHEMES}
    icons = {f"icons-{scale}x-{scheme}.png" for scale in (1, 2) for scheme in gallery.SCHEMES}
    assert made == names | icons | {"home.pdf", "x-cv.pdf", "index.html"}
    with Image.open(tmp_path / "g/home-320-dark.png") as picture:
        assert picture.width == 320 and picture.convert("RGB").getpixel((2, 2)) == (21, 24, 27)


def test_sample_has_every_class(sample):
    """The gallery and the audits miss a part of the theme."""
    used = set()
    for path in sample.pages():
        for node in sample.page(path).select("[class]"):
            used |= set(node["class"])
    style = (ROOT / "theme/static/css/style.css").read_text(encoding="utf-8")
    names = (
        "moving subtitle legend kind choices filters portrait venue contacts facts contents honour"
    )
    for name in f"{names} opened desk pictured rail".split():
        assert f".{name}" in style and name in used, name
    assert words(sample.page("404.html").h1)
