"""Videos and maps of other hosts in texts: a link, which loads them on a click."""

import html
import re
from time import process_time

import pytest
from bs4 import BeautifulSoup
from conftest import HOME, LOCAL, NEWS, PAPER, SETTINGS, Site, build, until, words, write
from markdown import Markdown
from papers.content.markdown.embeds import _EmbeddedFrames, unframe_embeds
from playwright.sync_api import Page
from sample import picture
from test_browser import Visit

YOUTUBE, VIMEO, BV = "aB3-_efGh1x", "76979871", "BV1uv411q7Mv"
HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com",
         "https://player.bilibili.com", "https://www.openstreetmap.org",
         "https://docs.example.org"]  # fmt: skip
# Each form, and of its link the words, the address, the frame, and the ratio where it is not usual.
FORMS = {
    "markdown": (
        f"![The robot pours tea](https://www.youtube.com/watch?v={YOUTUBE})",
        "The robot pours tea Video on YouTube",
        f"https://www.youtube.com/watch?v={YOUTUBE}",
        f"https://www.youtube-nocookie.com/embed/{YOUTUBE}?autoplay=1", None,
    ),
    "short": (
        f"![A short one](https://youtube.com/shorts/{YOUTUBE})", "A short one Video on YouTube",
        f"https://www.youtube.com/watch?v={YOUTUBE}",
        f"https://www.youtube-nocookie.com/embed/{YOUTUBE}?autoplay=1", "9 / 16",
    ),
    "caption": (
        f'![The talk](https://vimeo.com/{VIMEO} "Our *talk* of 2026")', "The talk Video on Vimeo",
        f"https://vimeo.com/{VIMEO}",
        f"https://player.vimeo.com/video/{VIMEO}?autoplay=1&dnt=1", None,
    ),
    "bilibili": (
        f"![机器人倒茶](https://www.bilibili.com/video/{BV}/?spm_id_from=333)",
        "机器人倒茶 Video on Bilibili", f"https://www.bilibili.com/video/{BV}/",
        f"https://player.bilibili.com/player.html?isOutside=true&bvid={BV}&p=1&autoplay=1", None,
    ),
    "map": (
        "![The way to our lab](https://www.openstreetmap.org/?mlat=51.5&mlon=-0.12#map=17/51.5/-0.12)",
        "The way to our lab Map on OpenStreetMap",
        "https://www.openstreetmap.org/?mlat=51.5&mlon=-0.12#map=17/51.50000/-0.12000",
        "https://www.openstreetmap.org/export/embed.html?bbox=-0.12343%2C51.49840%2C-0.11657%2C"
        "51.50160&layer=mapnik&marker=51.5%2C-0.12", "4 / 3",
    ),
    "poster": (
        f"[![The robot, seen from above]({{static}}/images/p.png)](https://youtu.be/{YOUTUBE})",
        "Video on YouTube", f"https://youtu.be/{YOUTUBE}",
        f"https://www.youtube-nocookie.com/embed/{YOUTUBE}?autoplay=1", None,
    ),
    "wordless": (
        f"![Video](https://vimeo.com/{VIMEO})", "Video on Vimeo", f"https://vimeo.com/{VIMEO}",
        f"https://player.vimeo.com/video/{VIMEO}?autoplay=1&dnt=1", None,
    ),
    "pasted": (
        f'<iframe width="560" height="315" src="https://www.youtube.com/embed/{YOUTUBE}?si=x&amp;'
        'start=7" title="YouTube video player" frameborder="0" allow="autoplay; web-share" '
        'referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe>',
        "Video on YouTube", f"https://www.youtube.com/watch?v={YOUTUBE}&t=7s",
        f"https://www.youtube-nocookie.com/embed/{YOUTUBE}?autoplay=1&start=7", "560 / 315",
    ),
    "pasted with a box and a script": (
        '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://player.vimeo.com'
        f'/video/{VIMEO}?h=2c9cfc5030&amp;badge=0" frameborder="0" style="position:absolute;top:0"'
        ' title="A &lt;b&gt; &quot;talk&quot;"></iframe></div><script src="https://player.vimeo.com'
        '/api/player.js"></script>',
        'A <b> “talk” Video on Vimeo', f"https://vimeo.com/{VIMEO}/2c9cfc5030",
        f"https://player.vimeo.com/video/{VIMEO}?autoplay=1&dnt=1&h=2c9cfc5030", None,
    ),
    "pasted within words": (
        f'See <iframe src="//player.bilibili.com/player.html?bvid={BV}&p=2" width="640px" '
        'height="360px"> </iframe> here.',
        "Video on Bilibili", f"https://www.bilibili.com/video/{BV}/?p=2",
        f"https://player.bilibili.com/player.html?isOutside=true&bvid={BV}&p=2&autoplay=1",
        "640 / 360",
    ),
    "pasted map": (
        '<iframe width="425" height="350" src="https://www.openstreetmap.org/export/embed.html?bbox='
        '-0.13%2C51.50%2C-0.11%2C51.52&amp;layer=mapnik"></iframe><br/><small><a href="https://www.'
        'openstreetmap.org/#map=15/51.51/-0.12">View Larger Map</a></small>',
        "Map on OpenStreetMap", "https://www.openstreetmap.org/#map=15/51.51000/-0.12000",
        "https://www.openstreetmap.org/export/embed.html?bbox=-0.13%2C51.50%2C-0.11%2C51.52&layer="
        "mapnik", "425 / 350",
    ),
    "any allowed host": (
        '<iframe src="https://docs.example.org/slides?a=1&amp;b=2" title="My slides"></iframe>',
        "My slides Page on docs.example.org", "https://docs.example.org/slides?a=1&b=2",
        "https://docs.example.org/slides?a=1&b=2", None,
    ),
}  # fmt: skip
CODE = f"```html\n<iframe src='https://www.youtube.com/embed/{YOUTUBE}'></iframe>\n```\n"


def files(forms: list[str]) -> dict[str, str | bytes]:
    """Return a site that has the forms on a page, in a post, in a paper, and at home."""
    texts = "\n\n".join(FORMS[name][0] for name in forms)
    return {
        "home.md": f"{HOME}\n{FORMS['markdown'][0]}\n",
        "pages/talks.md": f"Title: Talks\n\n{texts}\n\n{CODE}\n<!-- {FORMS['pasted'][0]} -->\n",
        "pages/none.md": "Title: None\n\nNo video.\n",
        "news/video.md": NEWS.split("\n\n")[0] + f"\n\n{FORMS['markdown'][0]}\n",
        "papers/a.md": f"{PAPER}\n{FORMS['caption'][0]}\n",
        "images/p.png": picture("PNG", 640, 480),
    }


@pytest.fixture(scope="module")
def allowed(make_once) -> Site:
    """A site that allows the hosts of all forms."""
    return make_once("embeds", lambda folder: made(folder, {"frames": HOSTS}, list(FORMS)))


@pytest.fixture(scope="module")
def refused(make_once) -> Site:
    """A site that allows no other host."""
    forms = [name for name in FORMS if name != "any allowed host"]
    return make_once("no-embeds", lambda folder: made(folder, {}, forms))


def made(folder, hosts: dict, forms: list[str]) -> Site:
    content = write(folder / "content", files(forms))
    settings = SETTINGS | {"ALLOWED_HOSTS": hosts}
    site = build(content, folder / "output", settings=settings, SITEURL=LOCAL)
    assert site.code == 0, site.printed
    return site


def find_link(page: BeautifulSoup, name: str):
    links = page.select("a.embed")
    assert len(links) == len(FORMS)
    return links[list(FORMS).index(name)]


@pytest.mark.parametrize("name", FORMS)
def test_forms(allowed, name):
    """A form of a video or map is shown as another one, without its words, or at another size."""
    link = find_link(allowed.page("talks/"), name)
    _, label, address, frame, ratio = FORMS[name]
    assert words(link).replace('"', "“", 1).replace('"', "”") == label
    assert (link["href"], link["data-frame"]) == (address, frame)
    assert link.get("style") == (ratio and f"aspect-ratio: {ratio}")
    assert ("video" in link["class"]) == ("Video on" in label)


def test_site(allowed, refused):
    """A frame or a script of a host is left in a page, or the script is on pages without videos."""
    for site in (allowed, refused):
        for path in site.pages():
            page = site.page(path)
            assert not page.select("iframe")
            has_frames = bool(page.select("[data-frame]"))
            assert bool(page.select('script[src$="/js/embed.js"]')) == has_frames, path
            assert "player.js" not in site.text(path)
        page = site.page("talks/")
        assert "<iframe src=" in page.select_one("pre").get_text()
        assert page.select_one(".embed img[alt='The robot, seen from above']") or site is refused
    figure = allowed.page("talks/").select_one("figure:has(> .embed)")
    assert figure.select_one("figcaption em").get_text() == "talk"
    for path in ("", "papers/a/", "news/video/"):
        assert allowed.page(path).select("main a.embed[data-frame]"), path
    # In a list, and in feeds, it is a link like others.
    link = allowed.page("news/").select_one("main a[href*=youtube]")
    assert "class" not in link.attrs and "data-frame" not in link.attrs
    assert "frame-src" in allowed.text("none/") and "frame-src" not in refused.text("talks/")


def test_without_the_setting(refused):
    """A host that the site does not allow is asked on a click, or its video cannot be reached."""
    links = refused.page("talks/").select("a.embed")
    # A picture of our own that links to a video stays what it is.
    expected = {name: form for name, form in FORMS.items() if name != "any allowed host"}
    del expected["poster"]
    assert [link["href"] for link in links] == [form[2] for form in expected.values()]
    assert not any("data-frame" in link.attrs for link in links)


def click(page: Page, number: int, key: str | None = None) -> None:
    """Click a link, or press a key on it."""
    link = page.locator("a.embed").nth(number)
    link.scroll_into_view_if_needed()
    if key:
        link.focus()
        page.keyboard.press(key)
    else:
        link.click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_clicks(browser, allowed, width, scheme):
    """A host is asked before the click, the page moves, or the frame cannot be used."""
    with Visit(browser, allowed, "talks/", width=width, color_scheme=scheme) as seen:
        seen.scroll()
        page, names = seen.page, list(FORMS)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(url.startswith(f"{LOCAL}/") for url in seen.asked) and seen.said == []
        boxes = "[...document.querySelectorAll('.embed')].map(one => {"
        boxes += "const box = one.getBoundingClientRect(); return [box.width, box.height]})"
        before, height = page.evaluate(boxes), page.evaluate("document.body.scrollHeight")
        assert all(box[0] <= width and box[1] >= 100 for box in before)
        answer = "<!DOCTYPE html><title>x</title><button autofocus>Play</button>"
        for host in HOSTS:
            page.context.route(
                f"{host}/**", lambda route: route.fulfill(body=answer, content_type="text/html")
            )
        for number, key in ((0, None), (1, "Enter"), (2, " "), (2, None), (4, None), (5, None)):
            # Those that are frames already are not links.
            name = [name for name in names if name not in seen.__dict__.setdefault("done", [])][
                number
            ]
            seen.done.append(name)
            click(page, number, key)
            _, label, _, source, _ = FORMS[name]
            frame = page.locator(f'iframe[src="{source}"]').last
            frame.wait_for()
            title = re.sub(r" (?:Video|Map|Page) on [\w.]+$", "", label)
            title = "The robot, seen from above" if name == "poster" else title
            assert frame.get_attribute("title") == title
            assert page.evaluate("document.activeElement.src") == source
        after = page.evaluate(boxes)
        assert all(
            abs(a - b) < 1 for box, other in zip(before, after, strict=True)
            for a, b in zip(box, other, strict=True)
        )  # fmt: skip
        assert abs(page.evaluate("document.body.scrollHeight") - height) < 2
        assert [text for text in seen.said if "Content Security Policy" in text] == []
        sandbox = page.locator("iframe").first.get_attribute("sandbox").split()
        assert "allow-top-navigation" not in sandbox and "allow-scripts" in sandbox


def test_other_clicks(browser, allowed, refused):
    """A click with a key, or where the host is not allowed, or without scripts, loads a frame."""
    with Visit(browser, allowed, "talks/") as seen:
        with seen.page.context.expect_page():
            seen.page.locator("a.embed").first.click(modifiers=["ControlOrMeta"])
        assert seen.page.locator("iframe").count() == 0
    with Visit(browser, refused, "talks/") as seen:
        seen.page.locator("a.embed").first.evaluate("one => one.removeAttribute('role')")
        assert seen.page.locator("a.embed[role]").count() == 0
        seen.page.locator("a.embed").first.click()
        until(seen.page, "true")
        assert seen.page.locator("iframe").count() == 0
    with Visit(browser, allowed, "talks/", java_script_enabled=False) as seen:
        link = seen.page.locator("a.embed").first
        assert (
            link.is_visible() and html.unescape(link.get_attribute("href")) == FORMS["markdown"][2]
        )
        seen.page.context.on("request", lambda request: seen.asked.append(request.url))
        link.click(no_wait_after=True)
        seen.page.wait_for_timeout(100)
        assert any(url.startswith("https://www.youtube.com/watch") for url in seen.asked)


@pytest.mark.parametrize(
    "text",
    [
        "<iframe>" + "<!--" * 100_000, "<iframe>" + "<script " * 100_000, "<iframe>" * 30_000,
        "<div style='padding:1'>" * 50_000 + "<iframe>", '<iframe "' * 100_000,
        f'<iframe src="https://vimeo.com/{VIMEO}"></iframe>' + "\n" * 300_000,
        "<iframe>" + "<div style='padding:1'>" + " " * 300_000, '<iframe src="x' * 100_000,
    ],
    ids=range(8),
)  # fmt: skip
def test_long_texts(text):
    """A text of tags without an end takes minutes."""
    started = process_time()
    _EmbeddedFrames(Markdown(), {}).run(text)
    unframe_embeds(text.replace("<iframe", '<a class="embed'))
    assert process_time() - started < 3
