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
FILES = {
    "home.md": HOME.replace("Bye.", "I care for <b>quaternions</b> & more."),
    "papers/zh.md": CHINESE + "Venue: 中国科学\n\n我们发现两个 PPO 技巧就足够了。\n",
    "papers/net.md": NETWORKS + "\nWe train &lt;script>alert(1)&lt;/script> zebras & lions.\n",
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


def find(visit, query: str) -> list[str]:
    """Type a query, and return the titles of the results."""
    visit.page.get_by_role("searchbox").fill(query)
    until(
        visit.page,
        f"new URLSearchParams(location.search).get('q') === {json.dumps(query)}"
        " && document.querySelector('[role=status]').textContent.endsWith('found')",
    )
    visit.page.wait_for_timeout(100)
    return visit.page.locator(".search li > a").all_inner_texts()


def test_search(browser, site):
    """A paper is not found by its title, author, venue, text or topic, or in Chinese."""
    with Visit(browser, site, "search/") as visit:
        assert not any("pagefind" in url for url in visit.asked)
        for query, title in {
            "networks": "Deep $\\ell_1$ networks", "network": "Deep $\\ell_1$ networks",
            "Müller": "Deep $\\ell_1$ networks", "C++": "Deep $\\ell_1$ networks",
            "ICLR": "Deep $\\ell_1$ networks", "zebras": "Deep $\\ell_1$ networks",
            "强化学习": "大模型强化学习的技巧与陷阱", "李雷": "大模型强化学习的技巧与陷阱",
            "PPO技巧": "大模型强化学习的技巧与陷阱", "quaternions": "Ada Lovelace",
            "reinforcement": "A talk",
        }.items():  # fmt: skip
            assert title in find(visit, query), query
        assert find(visit, "zzsecret") == []
        find(visit, "zebras")
        text = visit.page.locator(".search li p").first
        assert "<script>alert(1)</script> zebras & lions" in text.inner_text()
        assert text.locator("mark").all_inner_texts() == ["zebras"]
        find(visit, "强化学习")
        assert "大模型强化学习的技巧" in visit.page.locator(".search li p").first.inner_text()
        assert len(find(visit, "pony")) == 10
        visit.page.get_by_role("button", name="More").click()
        until(visit.page, "document.querySelectorAll('.search li > a').length > 10")
        assert visit.said == [] and all(url.startswith(f"{LOCAL}/") for url in visit.asked)


def test_keyboard_and_address(browser, site):
    """The shortcut does not focus the field, or a search has no address to share."""
    with Visit(browser, site, "papers/net/") as visit:
        assert not any("pagefind" in url for url in visit.asked)
        visit.page.keyboard.press("/")
        visit.page.wait_for_url(f"{LOCAL}/search/#_field")
        until(visit.page, "document.activeElement.type === 'search'")
        visit.page.keyboard.type("a/b")
        assert visit.page.get_by_role("searchbox").input_value() == "a/b"
        visit.page.goto(f"{LOCAL}/search/?q=ponies")
        link = visit.page.locator(".search li > a").first
        link.wait_for()
        link.click()
        visit.page.wait_for_url(f"{LOCAL}/news/**")


def test_axe_on_results(browser, site):
    """The results are not accessible to screen readers."""
    for scheme in ("light", "dark"):
        with Visit(browser, site, "search/?q=pony", color_scheme=scheme) as visit:
            visit.page.locator(".search li > a").first.wait_for()
            visit.page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
            results = visit.page.evaluate("axe.run()")
            assert [rule["id"] for rule in results["violations"]] == []


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
    assert sum(path.endswith(".pf_fragment") for path in indexes[0]) == len(FILES) - 1
    page = site.page("search/")
    assert words(page.h1) == "Search" and page.form["action"] == f"{SUBPATH}/news/"
    assert page.select_one("a[data-search]")["data-search"] == f"{SUBPATH}/"
