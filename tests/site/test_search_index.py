"""The site's search in a browser: every page found, in every script, loaded only when used."""

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
    """Chinese in an English page is one word as long as the sentence."""
    assert separate_cjk("大模型 RL强化x") == "大 模 型 RL 强 化 x"


def find(seen, query: str) -> list[str]:
    """Type a query, and return the titles of the results."""
    seen.page.get_by_role("searchbox").fill(query)
    until(
        seen.page,
        f"new URLSearchParams(location.search).get('q') === {json.dumps(query)}"
        " && document.querySelector('[role=status]').textContent.endsWith('found')",
    )
    seen.page.wait_for_timeout(100)
    return seen.page.locator(".search li > a").all_inner_texts()


def test_search(browser, site):
    """A paper is not found by title, author, venue, text or topic; Chinese is not found at all."""
    with Visit(browser, site, "search/") as seen:
        assert not any("pagefind" in url for url in seen.asked)
        for query, title in {
            "networks": "Deep $\\ell_1$ networks", "network": "Deep $\\ell_1$ networks",
            "Müller": "Deep $\\ell_1$ networks", "C++": "Deep $\\ell_1$ networks",
            "ICLR": "Deep $\\ell_1$ networks", "zebras": "Deep $\\ell_1$ networks",
            "强化学习": "大模型强化学习的技巧与陷阱", "李雷": "大模型强化学习的技巧与陷阱",
            "PPO技巧": "大模型强化学习的技巧与陷阱", "quaternions": "Ada Lovelace",
            "reinforcement": "A talk",
        }.items():  # fmt: skip
            assert title in find(seen, query), query
        assert find(seen, "zzsecret") == []
        find(seen, "zebras")
        text = seen.page.locator(".search li p").first
        assert "<script>alert(1)</script> zebras & lions" in text.inner_text()
        assert text.locator("mark").all_inner_texts() == ["zebras"]
        find(seen, "强化学习")
        assert "大模型强化学习的技巧" in seen.page.locator(".search li p").first.inner_text()
        assert len(find(seen, "pony")) == 10
        seen.page.get_by_role("button", name="More").click()
        until(seen.page, "document.querySelectorAll('.search li > a').length > 10")
        assert seen.said == [] and all(url.startswith(f"{LOCAL}/") for url in seen.asked)


def test_keyboard_and_address(browser, site):
    """The search has no shortcut, takes what is typed elsewhere, or has no address to share."""
    with Visit(browser, site, "papers/net/") as seen:
        assert not any("pagefind" in url for url in seen.asked)
        seen.page.keyboard.press("/")
        seen.page.wait_for_url(f"{LOCAL}/search/#_field")
        until(seen.page, "document.activeElement.type === 'search'")
        seen.page.keyboard.type("a/b")
        assert seen.page.get_by_role("searchbox").input_value() == "a/b"
        seen.page.goto(f"{LOCAL}/search/?q=ponies")
        link = seen.page.locator(".search li > a").first
        link.wait_for()
        link.click()
        seen.page.wait_for_url(f"{LOCAL}/news/**")


def test_axe_on_results(browser, site):
    """The results are not accessible to screen readers."""
    for scheme in ("light", "dark"):
        with Visit(browser, site, "search/?q=pony", color_scheme=scheme) as seen:
            seen.page.locator(".search li > a").first.wait_for()
            seen.page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
            found = seen.page.evaluate("axe.run()")
            assert [rule["id"] for rule in found["violations"]] == []


def test_without_a_script(browser, site):
    """Without a script, the search field does nothing and says nothing."""
    with Visit(browser, site, "search/", java_script_enabled=False) as seen:
        assert "Search needs a script" in seen.page.inner_text("main")
        seen.page.get_by_role("searchbox").fill("x")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url(f"{LOCAL}/news/?q=x")


def test_lost(browser, site):
    """A page that does not exist offers no search for it."""
    with Visit(browser, site, "404.html") as seen:
        seen.page.route("**/paper/nett", lambda route: route.fulfill(
            status=404, content_type="text/html", body=site.text("404.html")))  # fmt: skip
        seen.page.goto(f"{LOCAL}/paper/nett")
        near = seen.page.locator(".search li > a").first
        near.wait_for()
        assert near.inner_text() == "/papers/net/"
        near.click()
        seen.page.wait_for_url(f"{LOCAL}/papers/net/")


def test_index_is_the_same_again(tmp_path):
    """The index differs from build to build, or holds pages that are gone."""
    content = write(tmp_path / "content", FILES)
    found = []
    for name in ("one", "two", "two"):
        site = build(content, tmp_path / name, settings=SETTINGS, SITEURL=SUBPATH)
        found.append({path: data for path, data in site.files().items() if "pagefind/" in path})
    assert found[0] == found[1] == found[2] and found[0]
    assert not any("ui" in path for path in found[0])
    assert sum(path.endswith(".pf_fragment") for path in found[0]) == len(FILES) - 1
    page = site.page("search/")
    assert words(page.h1) == "Search" and page.form["action"] == f"{SUBPATH}/news/"
    assert page.select_one("a[data-search]")["data-search"] == f"{SUBPATH}/"
