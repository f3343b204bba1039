"""The built site in a browser: every kind of page, in both colour schemes, at three widths."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from conftest import ALL, LOCAL, ROOT, node_module, share, until
from gallery import icon_sheet
from sample import SETTINGS
from selectolax.lexbor import LexborHTMLParser

KINDS = {
    "home": "", "publications": "publications/", "paper": "papers/award/",
    "teaser": "papers/video/", "bare": "papers/bare/", "right to left": "papers/names/",
    "chinese": "papers/zh/", "hundred authors": "papers/hundred/", "long word": "papers/word/",
    "year": "publications/2026/", "topic": "topics/c-plus-plus/",
    "news": "news/", "post": "news/2026-02-long/", "page": "cv/", "search": "search/",
    "lost": "404.html", "project": "papers/project/",
}  # fmt: skip
WIDTHS = (1280, 390, 320)
TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript",
         "svg": "image/svg+xml", "webmanifest": "application/manifest+json"}  # fmt: skip


class Look(NamedTuple):
    """How a page is visited: a key of KINDS, a width in pixels, and a colour scheme."""

    kind: str
    width: int
    scheme: str = "light"


# The dark scheme moves nothing, and test_axe looks at its colours: see the nightly tests.
DARK = [Look(kind, width, "dark") for kind in KINDS for width in WIDTHS] if ALL else []


# What holds at 1280 and at 320 pixels seldom fails between them: see test_layout.
def each_look(*dark: Look, widths=WIDTHS if ALL else (1280, 320), one_in=1):
    """Parametrize a test by the pages, in the light scheme at some widths, and by other looks.

    Each run has one in so many of the light looks: of two widths, one after the other.
    """
    light = share([Look(kind, width) for kind in KINDS for width in widths], one_in)
    looks = [pytest.param(look, id="-".join(map(str, look))) for look in (*light, *dark)]
    return pytest.mark.parametrize("seen", looks, indirect=True)


class Visit:
    """A page of a built site in a browser, with its requests and what it wrote to the console."""

    def __init__(self, browser, site, path, *, width=1280, height=800, **options):
        self.site = site
        self.scheme = options.get("color_scheme", "light")
        self.asked, self.said, self.bytes = [], [], {}
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.route("**/*", self.answer)
        self.page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.open(path, width, height)

    def open(self, path: str, width: int = 1280, height: int = 800) -> None:
        """Go to a page, which costs a fifth of another context."""
        self.path, self.width = path, width
        for record in (self.asked, self.said, self.bytes):
            record.clear()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(f"{LOCAL}/{path}")

    def answer(self, route) -> None:
        """Answer a request with a file of the site, or abort it; the network is not used."""
        url = route.request.url
        self.asked.append(url)
        name = unquote(re.split("[?#]", url.removeprefix(f"{LOCAL}/"))[0])
        file = self.site.output / name
        file = file / "index.html" if file.is_dir() else file
        if not url.startswith(f"{LOCAL}/") or not file.is_file():
            route.abort()
            return
        self.bytes[name] = file.read_bytes()
        kind = TYPES.get(file.suffix[1:])
        route.fulfill(body=self.bytes[name], **({"content_type": kind} if kind else {}))

    def scroll(self) -> None:
        """Load all images, those below the view too."""
        self.page.eval_on_selector_all("img", "all => all.forEach(one => one.loading = 'eager')")
        until(self.page, "[...document.images].every(one => one.complete)")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.page.context.close()


@pytest.fixture
def visit(browser, sample):
    """Return a function that opens a page of the sample."""
    return lambda path, site=sample, **options: Visit(browser, site, path, **options)


@pytest.fixture(scope="module")
def visits(browser, sample) -> Iterator[dict[tuple, Visit]]:
    """Visits by their options, each in a context of its own, which the tests share."""
    visits: dict[tuple, Visit] = {}
    yield visits
    for visit in visits.values():
        visit.page.context.close()


def share_visit(browser, sample, visits, path: str, width: int, **options) -> Visit:
    """Open a page in the context of these options."""
    key = tuple(options.items())
    if key in visits:
        visits[key].open(path, width)
    else:
        visits[key] = Visit(browser, sample, path, width=width, **options)
    return visits[key]


@pytest.fixture(scope="module")
def seen(browser, sample, visits, request) -> Visit:
    """A visit of a page of the sample, which all tests of that look share: see each_look."""
    look: Look = request.param
    visit = share_visit(
        browser, sample, visits, KINDS[look.kind], look.width, color_scheme=look.scheme
    )
    visit.scroll()
    return visit


@pytest.fixture
def plain(browser, sample, visits, seen) -> Visit:
    """The same page without scripts."""
    return share_visit(browser, sample, visits, seen.path, seen.width, java_script_enabled=False)


@each_look(*DARK, one_in=2)
def test_quiet_and_steady(seen):
    """A page asks another host, logs an error, moves while it loads, or scrolls sideways."""
    watch = """() => new Promise(done => {
        let shift = 0;
        new PerformanceObserver(list => {
            // The browser moves a video's own controls late; they are no nodes of the page.
            for (const entry of list.getEntries())
                if (entry.sources.some(source => source.node)) shift += entry.value;
        }).observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => setTimeout(() => done(shift), 50));
    })"""
    assert seen.page.evaluate(watch) == 0
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= seen.width
    assert all(url.startswith((f"{LOCAL}/", "data:")) for url in seen.asked), seen.asked
    assert seen.said == []
    broken = "[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"
    assert seen.page.evaluate(broken) == []


# Links and buttons outside running text that are too small for a thumb (WCAG 2.2, 2.5.8).
SMALL_TARGETS = """[...document.querySelectorAll(
    ".site a, .pills > :is(a, button), summary, .copy, .choices a, h3 a, .plate, .back a, " +
    ".contacts a, .contents a, .titled > a, .head p a, .facts a, [type=search]"
)].filter(one => one.getClientRects().length).map(one => {
    const box = one.getBoundingClientRect();
    return [one.outerHTML.slice(0, 90), box.width, box.height];
}).filter(([, width, height]) => width < 24 || height < 24)"""

# What does not stand on the grid: everything ends on one right edge, and from 62rem on the rail
# and the column have one left edge each. Returns sentences.
OFF_GRID = """() => {
    const wrong = [], header = document.querySelector("header.site");
    const box = one => one.getBoundingClientRect();
    const {left, right} = box(header), is = (a, b) => Math.abs(a - b) < 1.5;
    const shown = name => [...document.querySelectorAll(name)].filter(one =>
        one.checkVisibility({visibilityProperty: true}) && box(one).width);
    const column = shown(".column, main > :not(.rail, .head, .column)");
    for (const one of [...shown("footer.site, header.site nav"), ...column])
        if (!is(box(one).right, right)) wrong.push(`${one.className} ends at ${box(one).right}`);
    for (const one of shown(".card, .news, .news > li, .list, pre, table, .plate, .facts, dl"))
        if (box(one).right > right + 1.5 && !one.closest("[role=group]"))
            wrong.push(`${one.className || one.tagName} sticks out to ${box(one).right}`);
    const isWide = innerWidth >= 62 * 16;
    // A project page has no rail: its column is as wide as the grid, and the facts end it.
    for (const one of shown(".rail:not(.project ~ *)")) {
        // The rail scrolls where it is too long; its padding has room for the focus ring.
        const style = getComputedStyle(one);
        const begin = box(one).left + parseFloat(style.paddingLeft);
        const end = box(one).right - parseFloat(style.paddingRight);
        if (!is(begin, left)) wrong.push(`the rail begins at ${begin}`);
        if (isWide && !is(end - begin, 13.5 * 16)) wrong.push(`the rail has ${end - begin}`);
        if (isWide && style.position !== "sticky") wrong.push("the rail scrolls");
    }
    const start = isWide ? left + 17 * 16 : left;
    for (const one of column)
        if (!is(box(one).left, one.matches(".project") ? left : start))
            wrong.push(`${one.className} begins at ${box(one).left}`);
    if (isWide && !is(box(header.querySelector("nav")).left, start)) wrong.push("the menu");
    for (const item of shown(":is(.site, .contacts, .choices, .pills, .news, .facts) li"))
        if (getComputedStyle(item).listStyleType !== "none" && getComputedStyle(item).display ===
            "list-item") wrong.push(`a bullet: ${item.outerHTML.slice(0, 150)}`);
    for (const date of shown(".prose dt")) {
        const row = date.nextElementSibling;
        const isBeside = box(row).left >= box(date).right && box(row).top < box(date).bottom;
        if (row.tagName === "DD" && !isBeside)
            wrong.push(`${date.textContent} is not beside its words`);
    }
    return wrong;
}"""


@each_look(widths=(1280, 320))
def test_layout(seen):
    """A page is not on the grid at a width, scrolls sideways, or its rail or targets are wrong.

    320 pixels are also what 1280 are at 400 % zoom. A wide page is made narrower in place.
    """
    widths = (1280, 768, 390) if seen.width == 1280 else (seen.width,)
    height = seen.page.viewport_size["height"]
    try:
        for width in widths:
            seen.page.set_viewport_size({"width": width, "height": height})
            assert seen.page.evaluate(OFF_GRID) == [], width
            assert seen.page.evaluate(SMALL_TARGETS) == [], width
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        seen.page.set_viewport_size({"width": seen.width, "height": height})
    if seen.width == 1280:
        # The rail stays in view to the end of the text that it belongs to.
        stays = """() => {
            const rail = document.querySelector(".rail:not(.project ~ *)");
            const column = document.querySelector(".column");
            if (!rail || !column || rail.offsetHeight > innerHeight - 40) return true;
            const end = column.getBoundingClientRect().bottom - rail.offsetHeight - 200;
            scrollTo({top: Math.min(end, 900), behavior: "instant"});
            const {top} = rail.getBoundingClientRect();
            scrollTo({top: 0, behavior: "instant"});
            return end < 200 || top >= 0 && top < 120;
        }"""
        assert seen.page.evaluate(stays)


# What is cut off on paper, or is of no use there.
LOST_IN_PRINT = """() => [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    if (!one.checkVisibility() || !box.width || one.closest(".unseen")) return false;
    return box.right > innerWidth + 1 || one.matches("nav, button, .skip, [data-cite]");
}).map(one => one.outerHTML.slice(0, 120))"""


@each_look(widths=(1280,))
def test_other_media(seen):
    """Print cuts text off or has menus and buttons; colours of one's own hide a button's edge."""
    page = seen.page
    try:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})  # A4 with its margins.
        assert page.evaluate(LOST_IN_PRINT) == []
        page.emulate_media(media="screen", forced_colors="active", reduced_motion="reduce")
        edges = """[...document.querySelectorAll("button, [type=search], .pills > a")].filter(
            one => one.checkVisibility() && getComputedStyle(one).borderTopStyle !== "solid"
        ).map(one => one.outerHTML.slice(0, 120))"""
        assert page.evaluate(edges) == []
        # A figure is drawn for its plate, and is black on black without it.
        plates = page.eval_on_selector_all(
            ".plate", "all => all.map(one => getComputedStyle(one).backgroundColor)"
        )
        assert set(plates) <= {"rgb(255, 255, 255)"}
        style = "getComputedStyle(document.documentElement).scrollBehavior"
        assert page.evaluate(style) == "auto"
        assert page.evaluate("document.getAnimations().length") == 0
    finally:
        page.emulate_media(media="null", forced_colors="null", reduced_motion="null")
        page.set_viewport_size({"width": seen.width, "height": 800})


@each_look(*DARK, one_in=2)
def test_axe(seen):
    """A screen reader, a keyboard or weak eyes cannot use a page (WCAG 2.2 AA)."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
    seen.page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    # An empty heading of a table is "incomplete" to axe, which leaves it to people to decide.
    run = """async rules => {
        const {passes, violations, incomplete} = await axe.run({runOnly: rules});
        const empty = incomplete.filter(rule => rule.id === "empty-table-header");
        return [passes.length, [...violations, ...empty].flatMap(rule => rule.nodes.map(
            node => [rule.id, node.html.slice(0, 200), node.failureSummary]))];
    }"""
    passes, violations = seen.page.evaluate(run, tags)
    assert passes and violations == []
    # Colours alone differ in the dark scheme.
    seen.page.emulate_media(color_scheme="dark")
    try:
        passes, violations = seen.page.evaluate(
            run, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
        )
        assert passes and violations == []
    finally:
        seen.page.emulate_media(color_scheme=seen.scheme)


@each_look(widths=(1280, 320) if ALL else (320,), one_in=2)
def test_without_scripts(seen, plain):
    """Text is cut off or hidden, or can be read with a script only."""
    hidden = """() => [...document.querySelectorAll("main *")].filter(one =>
        [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    ).filter(one => {
        const style = getComputedStyle(one);
        const clamped = style.webkitLineClamp !== "none" || style.textOverflow !== "clip";
        const cut = one.scrollWidth > one.clientWidth + 1 && style.overflowX === "hidden";
        const unseen = one.closest(
            "noscript, [hidden], .unseen, .anchor, .desk, details:not([open])"
        );
        return !unseen && (clamped || cut || !one.checkVisibility({opacityProperty: true}));
    }).map(one => one.outerHTML.slice(0, 120))"""
    text = seen.page.inner_text("main")
    assert seen.page.evaluate(hidden) == []
    shown = plain.page.inner_text("main")
    for note in plain.page.locator("noscript").all_inner_texts():
        shown = shown.replace(note, "")
    assert not any(url.endswith(".js") for url in plain.asked)
    # A script adds nothing but the button that copies.
    assert shown.split() == re.sub(r"\n+Copy(?=\n)", "", text).split()


@each_look()
@pytest.mark.parametrize(
    "style",
    [
        "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-block-end: 2em !important }",
        "html { font-size: 200% !important }",
    ],
    ids=["spaced", "twice as large"],
)
def test_text_as_its_reader_sets_it(seen, style):
    """Text that a reader widens or enlarges is cut off, or the page scrolls sideways for it."""
    outside = """() => [...document.querySelectorAll("main *, .site *")].filter(one => {
        const box = one.getBoundingClientRect();
        const scrolled = "pre, math, [role=group]";
        const free = one.closest(`.unseen, .skip, ${scrolled}, details:not([open]) span`);
        return box.width && !free && (box.right > innerWidth + 1 || box.left < -1);
    }).map(one => one.outerHTML.slice(0, 120))"""
    height = "document.documentElement.getBoundingClientRect().height"
    before = seen.page.evaluate(height)
    element = seen.page.add_style_tag(content=style)
    try:
        assert seen.page.evaluate(height) > before
        assert seen.page.evaluate(outside) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= seen.width
    finally:
        element.evaluate("style => style.remove()")


@each_look(widths=WIDTHS if ALL else (1280,), one_in=2)
def test_keyboard(seen):
    """The keyboard jumps about, gets stuck, or does not show where it is."""
    where = """() => {
        const one = document.activeElement, box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const order = [...document.querySelectorAll("*")].indexOf(one);
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        return [order, one.tagName, ring && one.matches(":focus-visible"), box.width * box.height];
    }"""
    reach = """() => [...document.querySelectorAll(
        "a[href], button, summary, input:checked:enabled, input[type=search], [tabindex='0'], video"
    )].filter(one => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})).length"""
    seen.page.keyboard.press("Tab")
    stops = []
    # From the last stop the browser goes to its own controls, or to the first stop again.
    while (stop := seen.page.evaluate(where))[1] != "BODY" and stop[0] not in [
        order for order, *_ in stops[:-1]
    ]:
        if not stops or stop[0] != stops[-1][0]:
            stops.append(stop)
        seen.page.keyboard.press("Tab")
        assert len(stops) < 300
    orders = [order for order, *_ in stops]
    assert orders == sorted(orders)
    assert [stop for stop in stops if not stop[2] or stop[3] < 100] == []
    assert len(stops) == seen.page.evaluate(reach)


def test_skip_link(visit):
    """Keyboard users have to tab through the menu on every page."""
    with visit("") as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.getBoundingClientRect().height") > 24
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.closest('main') !== null")


def test_rows(visit):
    """A row hides a title, an author, a venue, a link or the abstract, or needs a script."""
    with visit("publications/", java_script_enabled=False) as seen:
        page = seen.page
        for part in ("h3", ".byline", ".venue", ".pills"):
            locator = page.locator(f".list .card {part}")
            assert all(locator.nth(n).is_visible() for n in range(locator.count())), part
        row = page.locator(".card", has_text="An award and an oral")
        summary = row.get_by_text("Abstract")
        assert not row.locator(".opened").is_visible()
        place = "one => one.offsetTop - one.closest('.card').offsetTop"
        before = summary.evaluate(place)
        summary.click()
        assert summary.evaluate(place) == before
        opened, pills = row.locator(".opened").bounding_box(), row.locator(".pills").bounding_box()
        assert abs(opened["width"] - pills["width"]) < 1
        row.get_by_text("BibTeX").click()
        assert page.url.endswith("/papers/award/#cite")


# Of each contact: the box of its link, icon and word, the colours of its icon, in order.
CONTACTS = """[...document.querySelectorAll(".contacts a")].map(one => {
    const icon = one.querySelector("svg"), word = document.createRange(), {fill, display} =
        getComputedStyle(icon);
    word.selectNodeContents(one.lastChild);
    const box = part => { const {x, y, width, height} = part.getBoundingClientRect();
        return {x, y, width, height, middle: y + height / 2, end: x + width}; };
    return {link: box(one), icon: box(icon), word: box(word), fill, display};
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contacts(visit, scheme):
    """An icon is not beside its word, or cannot be seen; contacts are too small for a thumb."""
    with visit("", color_scheme=scheme) as seen:
        for width in (320, 390, 768, 1280):
            seen.page.set_viewport_size({"width": width, "height": 800})
            contacts = seen.page.evaluate(CONTACTS)
            assert len(contacts) == len(SETTINGS["SOCIAL"])
            muted = "rgb(89, 97, 106)" if scheme == "light" else "rgb(163, 171, 179)"
            for contact in contacts:
                link, icon, word = contact["link"], contact["icon"], contact["word"]
                assert contact["fill"] == muted and contact["display"] != "none"
                assert icon["width"] == icon["height"] == 16 and link["height"] == 32
                assert abs(icon["middle"] - word["middle"]) < 2, (width, contact)
                assert 4 <= word["x"] - icon["end"] <= 10 and link["end"] <= width
            rows = {contact["link"]["y"] for contact in contacts}
            # A column in the rail; below 62rem as few rows as there is room for.
            assert len(rows) == len(contacts) if width == 1280 else len(rows) <= 4 - width // 390
            tops = sorted(rows)
            assert all(after - before == 32 for before, after in itertools.pairwise(tops))


def test_shapes_of_icons(browser):
    """An icon is empty, tiny or drawn beyond its grid of 24 units."""
    page = browser.new_page()
    page.set_content(icon_sheet())
    boxes = page.evaluate("""[...document.querySelectorAll("li")].map(one => {
        const {x, y, width, height} = one.querySelector("path").getBBox();
        return [one.textContent.trim(), x, y, x + width, y + height];
    })""")
    page.close()
    assert len(boxes) > 50
    for name, *box in boxes:
        assert min(box[:2]) >= -0.2 and max(box[2:]) <= 24.2, (name, box)
        assert max(box[2] - box[0], box[3] - box[1]) >= 18, (name, box)


def test_home_card(visit):
    """A card without a figure leaves room for one, or a figure is cut or beside its card."""
    with visit("") as seen:
        cards = seen.page.locator(".card")
        for card in (cards.nth(n) for n in range(cards.count())):
            box, words = card.bounding_box(), card.locator(".words").bounding_box()
            if not card.locator(".plate").count():
                assert words["width"] == box["width"]
                continue
            plate = card.locator(".plate").bounding_box()
            assert plate["x"] >= words["x"] + words["width"] and plate["height"] <= 172
            assert abs(plate["x"] + plate["width"] - box["x"] - box["width"]) < 1
            assert (
                card.locator("img").evaluate("one => getComputedStyle(one).objectFit") == "contain"
            )


def test_long_list_of_authors(visit):
    """Authors who are hidden need a script to be seen, or the owner is hidden with them."""
    with visit("", java_script_enabled=False) as seen:
        card = seen.page.locator(".card", has_text="A hundred authors")
        assert card.locator("strong").is_visible()
        assert not card.get_by_text("Author Numberfa,").is_visible()
        card.locator("summary").click()
        assert card.get_by_text("Author Numberfa,").is_visible()
    with visit("papers/hundred/", java_script_enabled=False) as seen:
        byline = seen.page.locator(".byline")
        line = seen.page.locator(".byline .person").first.bounding_box()["height"]
        assert (
            byline.bounding_box()["height"] < 3.5 * line and byline.locator("strong").is_visible()
        )
        byline.locator("summary").click()
        assert byline.get_by_text("Author Numberfa,").is_visible()


def test_right_size_of_pictures(visit):
    """A screen gets an image with fewer pixels than it shows, or with many more."""
    paths = ("", "papers/award/", "cv/")
    for scale in (1, 2):
        # From narrow to wide: a browser takes a larger image that it has already.
        with visit("", width=min(WIDTHS), device_scale_factor=scale) as seen:
            for width in sorted(WIDTHS):
                # Each size and each page in every run; all of their pairs in the nightly tests.
                for path in paths if ALL else paths[(width + scale) % 3 :][:1]:
                    seen.open(path, width)
                    seen.scroll()
                    shown = seen.page.evaluate(
                        """() => [...document.querySelectorAll("picture:has(source) img")].map(
                        one => [one.currentSrc, one.clientWidth, one.width && one.naturalWidth])"""
                    )
                    for address, across, _ in shown:
                        file_width = int(re.search(r"-(\d+)\.webp$", address)[1])
                        largest = max(map(int, re.findall(r"(\d+)w", sources(seen.page, address))))
                        assert file_width >= min(across * scale, largest) * 0.99, address
                        assert file_width <= max(2.2 * across * scale, 208), (address, across)


def sources(page, address: str) -> str:
    """Return the srcset that holds an address."""
    return page.evaluate(
        """address => [...document.querySelectorAll("source")].map(one => one.srcset)
        .find(set => set.includes(address))""",
        address,
    )


def test_project_page_without_scripts(visit):
    """A strip cannot be scrolled, parts do not close each other, or a phone squeezes pictures."""
    for width in (1280, 320):
        with visit("papers/project/", width=width, java_script_enabled=False) as seen:
            page = seen.page
            strip, last = page.locator(".strip"), page.locator(".strip figure").last
            assert not is_within(last, width)
            strip.focus()
            # A press goes on while the scrolling of the last one does.
            for _ in range(100):
                page.keyboard.press("ArrowRight")
                if is_within(last, width):
                    break
                page.wait_for_timeout(20)
            assert is_within(last, width)
            before, after = (box.bounding_box() for box in page.locator(".compare figure").all())
            assert (before["y"] == after["y"]) is (width == 1280)
            first, second = page.locator("article details").all()
            assert (
                first.locator("p").last.is_visible() and not second.locator("td").last.is_visible()
            )
            second.locator("summary").click()
            assert (
                not first.locator("p").last.is_visible() and second.locator("td").last.is_visible()
            )
            page.mouse.wheel(500, 0)
            assert page.locator("h1").bounding_box()["x"] >= 0
            media = page.locator("article > figure").bounding_box()
            text = page.locator("#cite").bounding_box()
            assert (media["width"] > 1.2 * text["width"]) is (width == 1280)


def is_within(locator, width: int) -> bool:
    """Tell whether an element is within the view from left to right."""
    box = locator.bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= width + 1


def test_stylesheet_is_the_only_one(sample):
    """A page has inline styles, or loads a second stylesheet; only project pages have one."""
    for path in sample.pages():
        page = LexborHTMLParser(sample.text(path))
        number = 2 if page.css(".project") else 1
        assert len(page.css("link[rel=stylesheet]")) == number and not page.css("style, [style]")
    names = [path for path in sample.files() if path.endswith(".css")]
    assert names == ["theme/css/project.css", "theme/css/style.css"]
    assert (ROOT / "theme/static/css/style.css").is_file()


def test_address_that_cannot_be_decoded(browser, sample):
    """For an address with a `%` that encodes nothing, the page "not found" proposes none."""
    page_not_found = sample.text("404.html")
    with Visit(browser, sample, "") as visit:
        visit.page.route(re.compile("/publicaton%"), lambda route: route.fulfill(
            body=page_not_found, content_type="text/html"
        ))  # fmt: skip
        for path in ("publicaton%/", "publicaton%E0%A4%A/", "publicaton%zz"):
            visit.page.goto(f"{LOCAL}/{path}")
            until(visit.page, "!!document.querySelector('form[data-lost] + * a, [data-lost] ol a')")
            assert not [text for text in visit.said if "URI" in text]
