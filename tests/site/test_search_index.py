"""Search, in a browser."""

import json

import pytest
from conftest import HOME, LOCAL, SETTINGS, SUBPATH, build, node_module, until, words, write
from papers.site.search_index import separate_cjk
from test_browser import Visit

CHINESE = "Title: 大模型强化学习的技巧与陷阱\nAuthors: 李雷; Ada Lovelace\nDate: 2026\nLang: zh\n"
NETWORKS = (
    "Title: Deep $\\ell_1$ networks\nAuthors: Zoë Müller\nDate: 2025\nVenue: ICLR\nTags: C++\n"
)
MANY = ", ".join(f"Author N{chr(97 + n)}" for n in range(20)) + ", Ada Lovelace"
FILES = {
    "home.md": HOME.replace("## Papers", "I care for <b>quaternions</b> & more."),
    "papers/zh.md": CHINESE + "Venue: 中国科学\n\n我们发现两个 PPO 技巧就足够了。\n",
    "papers/net.md": NETWORKS
    + "\nWe train &lt;script>alert(1)&lt;/script> zebras & lions, e.g. two. "
    "All of them (Smith et al. 2020) run.\n\n## More zebras\n\n"
    + "A word, " * 80
    + "then okapis.\n",
    "papers/giraffe.md": f"Title: On giraffes\nTitle_zh: 长颈鹿\nAuthors: {MANY}\nDate: 2019\n\n"
    "A neck. It is long.\n",
    "papers/x.bib": "@article{bib, title={Meerkats}, author={Ada Lovelace}, year=2019, journal="
    "{Kats}}\n@misc{abs, title={Gnus}, author={Ada Lovelace}, year=2018, abstract={They graze.}}\n",
    "papers/old.md": "Title: Giraffes of old\nAuthors: Ada Lovelace\nDate: 2018\n\nThey ate.\n",
    "news/giraffe.md": "Title: Giraffes\nDate: 2026-03\n\nGiraffes, giraffes on giraffes!\n",
    "news/neck.md": "Title: Accepted\nDate: 2026-03\n\nGiraffes "
    + "giraffes giraffes. " * 9
    + "\n",
    "news/n.md": "Title: A talk\nDate: 2026-02\n\nOn reinforcement 强化 and ponies.\n",
    "papers/d.md": "Title: Draft\nStatus: draft\n\nzzsecret\n",
} | {f"news/pony{n:02}.md": f"Title: Pony {n}\nDate: 2020\n\nOne pony.\n" for n in range(15)}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    site = build(
        write(folder / "content", FILES), folder / "output", settings=SETTINGS, SITEURL=LOCAL
    )
    assert site.code == 0, site.printed
    return site


def test_separate_cjk():
    """A Chinese sentence in an English page is indexed as a single word."""
    assert separate_cjk("大模型 RL强化x") == "大 模 型 RL 强 化 x"
    assert separate_cjk("大模\n RL强", "|") == "大|模 RL|强"


def find(visit, query: str) -> list[list[str]]:
    """Type a query, and return the lines of the results, with the words marked in brackets."""
    visit.page.get_by_role("searchbox").fill(query)
    until(
        visit.page,
        f"new URLSearchParams(location.search).get('q') === {json.dumps(query)} && "
        "/result|found|not load/.test(document.querySelector('[role=status]').textContent)",
    )
    return visit.page.evaluate(
        """() => [...document.querySelectorAll(".search li")].map(one => [...one.children].map(
            line => [...line.childNodes].map(part =>
                part.nodeName === "MARK" ? `[${part.textContent}]` : part.textContent).join("")))"""
    )


def status(visit) -> str:
    """Return what is announced."""
    return visit.page.inner_text("[role=status]")


def focused(visit) -> str:
    """Return the text of what has the focus."""
    return visit.page.evaluate("document.activeElement.textContent || document.activeElement.type")


def test_results(browser, site):
    """A paper is not found by its title, author, venue, text or topic, or in Chinese; news come
    before papers; the excerpt is the title; what cannot be found or loaded looks like nothing."""
    with Visit(browser, site, "search/") as visit:
        page = visit.page
        assert not any("pagefind" in url for url in visit.asked)
        assert not page.get_by_role("button", name="More").is_visible()
        page.route("**/pagefind.js", lambda route: route.abort())
        assert find(visit, "pony") == [] and "Check the connection" in status(visit)
        assert page.get_by_role("link", name="publications", exact=True).is_visible()
        visit.said.clear()
        page.unroute("**/pagefind.js")
        net, zh = "Deep $\\ell_1$ networks", "大模型强化学习的技巧与陷阱"
        for query, title in {
            "networks": net, "network": net, "Müller": net, "C++": net, "ICLR": net,
            "zebras": net, "强化学习": zh, "李雷": zh, "PPO技巧": zh, "quaternions": "Ada Lovelace",
            "reinforcement": "A talk", "长颈鹿": "On giraffes", "Author Nt": "On giraffes",
        }.items():  # fmt: skip
            titles = [title.replace("[", "").replace("]", "") for title, *_ in find(visit, query)]
            assert title in titles, query
        assert find(visit, "zzsecret") == [] and status(visit).startswith(
            "Nothing found for “zzsecret”. Try"
        )
        assert page.get_by_role("link", name="publications", exact=True).is_visible()
        # Papers of that title, the newest first; posts of that title; what has it in the text.
        giraffes = find(visit, "giraffes")
        assert [title for title, *_ in giraffes] == [
            "On [giraffes]", "[Giraffes] of old", "[Giraffes]", "Accepted",
        ]  # fmt: skip
        assert status(visit) == "4 results"
        assert not page.get_by_role("link", name="publications", exact=True).is_visible()
        names = ", ".join(f"Author N{letter}" for letter in "abcdef")
        assert giraffes[0][1:] == [f"{names}, …, Ada Lovelace · 2019", "A neck."]
        assert giraffes[2][1:] == [
            "2026.03 · News",
            "[Giraffes], [giraffes] on [giraffes]!",
        ]
        assert find(visit, "neck")[0][0] == "On giraffes" and status(visit) == "1 result"
        [(_, about, text)] = find(visit, "lions")
        assert about == "Zoë Müller · ICLR 2025"
        assert text == "We train <script>alert(1)</script> zebras & [lions], e.g. two."
        assert find(visit, "smith")[0][2] == "All of them ([Smith] et al. 2020) run."
        text = find(visit, "okapis")[0][2]
        assert text.startswith("… ") and text.endswith("[okapis].") and len(text) < 160
        title, about, text = find(visit, "技巧")[0]
        assert (title, text) == (
            "大模型强化学习的[技][巧]与陷阱",
            "我们发现两个 PPO [技][巧]就足够了。",
        )
        assert about == "李雷, Ada Lovelace · 中国科学 2026"
        # A paper without an abstract, and one whose abstract is in a .bib.
        assert find(visit, "Meerkats") == [["[Meerkats]", "Ada Lovelace · Kats 2019"]]
        assert find(visit, "graze")[0][2] == "They [graze]."
        assert find(visit, "quaternions")[0][1].startswith("I care for [quaternions]")
        assert len(find(visit, "pony")) == 10 and status(visit) == "16 results"
        page.get_by_role("button", name="More").click()
        until(page, "document.activeElement.closest('li')")
        assert focused(visit) == page.locator(".search li a").nth(10).inner_text()
        assert page.locator(".search li").count() == 16
        assert not page.get_by_role("button", name="More").is_visible()
        axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = page.evaluate("axe.run()")["violations"]
            assert [rule["id"] for rule in violations] == []
        assert visit.said == [] and all(url.startswith(f"{LOCAL}/") for url in visit.asked)


def test_keyboard_and_address(browser, site):
    """A shortcut does not focus the field, results need a mouse, or a search has no address."""
    with Visit(browser, site, "papers/net/") as visit:
        page = visit.page
        assert not any("pagefind" in url for url in visit.asked)
        page.keyboard.press("Control+k")
        page.wait_for_url(f"{LOCAL}/search/#_field")
        until(page, "document.activeElement.type === 'search'")
        page.keyboard.type("a/b")
        assert page.get_by_role("searchbox").input_value() == "a/b"
        page.keyboard.press("Escape")
        assert page.get_by_role("searchbox").input_value() == "" and page.url == f"{LOCAL}/search/"
        assert status(visit) == ""
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        page.keyboard.type("ponies")
        until(page, "document.querySelectorAll('.search li').length === 10")
        page.keyboard.press("Enter")
        assert find(visit, "giraffes of old")[0][0] == "[Giraffes] [of] [old]"
        page.go_back()
        until(page, "document.querySelector('[role=status]').textContent === '16 results'")
        assert page.get_by_role("searchbox").input_value() == "ponies"
        links = page.locator(".search li a")
        page.get_by_role("searchbox").focus()
        for key, stop in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
            page.keyboard.press(key)
            assert links.nth(stop).evaluate("one => one === document.activeElement")
        page.keyboard.press("ArrowUp")
        assert focused(visit) == "search"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{LOCAL}/news/**")
        page.go_back()
        page.wait_for_url(f"{LOCAL}/search/?q=ponies")
        links.first.wait_for()


def test_without_a_script(browser, site):
    """Without JavaScript, the search field does nothing and does not say so."""
    with Visit(browser, site, "search/", java_script_enabled=False) as visit:
        assert "Search needs JavaScript" in visit.page.inner_text("main")
        visit.page.get_by_role("searchbox").fill("x")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(f"{LOCAL}/news/?q=x")


def test_page_not_found(browser, site):
    """The 404 page does not suggest the page with a similar address."""
    with Visit(browser, site, "404.html") as visit:
        visit.page.route("**/paper/nett", lambda route: route.fulfill(
            status=404, content_type="text/html", body=site.text("404.html")))  # fmt: skip
        visit.page.goto(f"{LOCAL}/paper/nett")
        suggestion = visit.page.locator(".search li > a").first
        suggestion.wait_for()
        assert suggestion.inner_text() == "/papers/net/"
        assert status(visit) == "Did you mean one of these?"
        suggestion.click()
        visit.page.wait_for_url(f"{LOCAL}/papers/net/")


def test_index_is_reproducible(tmp_path):
    """The index differs between builds, or contains pages that no longer exist."""
    content = write(tmp_path / "content", FILES)
    indexes = []
    for name in ("one", "two", "two"):
        site = build(content, tmp_path / name, settings=SETTINGS, SITEURL=SUBPATH)
        indexes.append({path: data for path, data in site.files().items() if "pagefind/" in path})
    assert indexes[0] == indexes[1] == indexes[2] and indexes[0]
    assert not any("ui" in path for path in indexes[0])
    assert sum(path.endswith(".pf_fragment") for path in indexes[0]) == len(FILES)
    page = site.page("search/")
    assert words(page.h1) == "Search" and page.form["action"] == f"{SUBPATH}/news/"
    assert page.select_one("a[data-search]")["data-search"] == f"{SUBPATH}/"
