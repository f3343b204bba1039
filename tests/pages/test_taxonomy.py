"""Listings: publications by year, venue, type and topic, and news by topic."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from conftest import HOME, LOCAL, NEWS, SETTINGS, build, words, write
from papers.pages.taxonomy import Listing, make_facets
from papers.util.strings import slugify
from test_browser import Visit


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C", "c"), ("C++", "c-plus-plus"), ("C#", "c-sharp"), ("A*", "a-star"),
        ("强化学习", "强化学习"), ("Deep  Learning", "deep-learning"), ("x-y", "x-y"),
        ("R&D", "r-and-d"), ("../../x", "x"), ("🎉", "🎉"), ("%2e", "2e"), ("!!", ""), ("É", "é"),
        ("a\u202eb", "ab"), ("Q" * 300, "q" * 100),
    ],
)  # fmt: skip
def test_slug(name, expected):
    """Two topics share a slug, or a slug leaves its folder."""
    assert slugify(name) == expected


def papers() -> dict[str, str]:
    """Return 14 papers of three years, venues and types."""
    files = {}
    for n in range(14):
        venue = f"Venue: International Conference on X\nVenue_short: {'ICLR' if n % 2 else 'ACL'}\n"
        venue = f"Arxiv: 2508.0822{n % 10}\n" if n > 11 else venue
        tags = "Tags: {}\n".format("; ".join(["RL", "C++"][: n % 3]))
        text = f"Title: Paper {n:02}\nAuthors: A B; Zoë Müller\nDate: {2024 + n % 3}\n{venue}{tags}"
        files[f"papers/p{n:02}.md"] = f"{text}\nOn quicksort.\n"
    return files


def test_order_of_facets():
    """A choice leads to no paper, or years are in the order of their counts."""

    def listing(facet: str, value: str, count: int, **others) -> Listing:
        contents = {"papers": [SimpleNamespace()] * count, **others}
        return Listing(facet, value, value.upper(), f"{facet}/{value}/", contents)

    listings = [
        listing("year", "2020", 9), listing("year", "2022", 1), listing("year", "2021", 0),
        listing("venue", "b", 2), listing("venue", "a", 2), listing("venue", "c", 5),
        listing("type", "thesis", 12), listing("topic", "one", 1), listing("topic", "two", 2),
        listing("topic", "posts", 0, blog=[SimpleNamespace()]), listing("topic", "three", 3),
    ]  # fmt: skip
    assert {
        facet: [item.value for item in items] for facet, items in make_facets(listings).items()
    } == {"year": ["2022", "2020"], "venue": ["c", "a", "b"], "topic": ["three", "two"]}


def test_topics(make):
    """A tag has no page, or its page lacks papers or posts."""
    files = {
        "papers/a.md": "Title: A\nAuthors: A B\nDate: 2026\nVenue: J\nTags: C++, 强化学习\n\nX.\n",
        "papers/b.bib": "@misc{b, title={B}, author={A B}, year=2020, keywords={C, rl}}",
        "news/n.md": "Title: N\nDate: 2026\nTags: C++, C#, RL\n\nWords.\n",
        "news/m.md": "---\ntitle: M\ndate: 2025\ntags: [强化学习, RL]\n---\nWords.\n",
    }
    site = make(files, SITEURL=LOCAL)
    made = {path.split("/")[1] for path in site.files() if path.startswith("topics/")}
    assert made == {"c", "c-plus-plus", "c-sharp", "强化学习", "rl"}
    page = site.page("topics/强化学习/")
    assert words(page.h1) == "强化学习" and words(page.select_one(".card h3")) == "A"
    assert [words(node) for node in page.select(".news .unseen")] == [": M"]
    assert unquote(page.select_one("link[rel=canonical]")["href"]) == f"{LOCAL}/topics/强化学习/"
    links = {words(a): unquote(a["href"]) for a in site.page("news/n/").select("a[rel=tag]")}
    assert links == {
        "C++": f"{LOCAL}/topics/c-plus-plus/", "C#": f"{LOCAL}/topics/c-sharp/",
        "RL": f"{LOCAL}/topics/rl/",
    }  # fmt: skip
    assert len(site.page("papers/b/").select("a[rel=tag]")) == 2
    printed = make({"news/n.md": NEWS.replace("\n\n", "\nTags: !!\n\n")}, check=False).printed
    assert (
        'content/news/n.md:3: tags: "!!" cannot be turned into an address (write letters or digits)'
        in printed
    )


def test_lists_by_facet(make, tmp_path):
    """A listing by year or venue has no page, lacks a paper, or is not linked."""
    site = make(papers(), SITEURL=LOCAL)
    page = site.page("publications/")
    for link in page.select(".filters a"):
        count = int(words(link.span))
        listed = site.page(link["href"].removeprefix(f"{LOCAL}/"))
        assert len(listed.select(".card")) == count
        assert words(listed.h1).endswith(words(link).rsplit(" ", 1)[0])
        if "/topics/" not in link["href"]:
            assert [words(a) for a in listed.select(".filters [aria-current]")] == [words(link)]
    assert (
        len(page.select(".card")) == 14 and words(page.select_one("[role=status]")) == "14 papers"
    )
    facets = [ul["aria-label"] for ul in page.select(".filters ul")]
    assert facets == ["Year", "Venue", "Type", "Topic"]
    assert not page.select(".filters [open]")
    [opened] = site.page("publications/venue/iclr/").select(".filters [open]")
    assert words(opened.summary) == "Venue"
    (tmp_path / "content/papers/p00.md").unlink()
    (tmp_path / "content/papers/p01.md").unlink()
    assert not make().page("publications/").select(".filters")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    files = papers()
    # A card with a figure is laid out in another way than one without.
    for name in ("papers/p03.md", "papers/p04.md"):
        files[name] = files[name].replace("\n\n", "\nImage: p.svg\nImage_alt: A square\n\n", 1)
    figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path d="M0 0h1v1z"/></svg>'
    content = write(folder / "content", {"home.md": HOME, "papers/p.svg": figure} | files)
    return build(content, folder / "output", settings=SETTINGS, SITEURL=LOCAL)


def test_filters_in_a_browser(browser, many):
    """Filters hide no cards with a figure, do not combine, or Back does not undo them.

    Or they do not count, store their state in the URL, or announce results.
    """
    with Visit(browser, many, "publications/") as seen:
        page = seen.page
        status, shown = page.get_by_role("status"), page.locator(".card:visible")
        page.get_by_text("Venue", exact=True).click()
        page.get_by_role("link", name="ICLR").click()
        assert shown.count() == 6 and "?venue=iclr" in page.url
        assert status.inner_text().startswith("6 of 14 papers.")
        page.get_by_role("link", name="2025", exact=False).click()
        assert shown.count() == 2 and status.inner_text().startswith("2 of 14 papers.")
        assert page.get_by_role("link", name="2024").inner_text().split() == ["2024", "2"]
        chosen = page.locator("[aria-current=true]").all_inner_texts()
        assert [text.split() for text in chosen] == [["2025", "2"], ["ICLR", "2"]]
        assert page.locator("main section:visible:has(.card)").count() == 1
        page.get_by_role("link", name="2025").click()
        page.get_by_label("Find").fill("paper 03 MULLER")
        assert shown.count() == 1 and "q=paper+03+MULLER" in page.url
        query = page.url.partition("?")[2]
        page.get_by_label("Find").fill("nothing at all")
        assert shown.count() == 0 and status.inner_text().startswith("0 of 14 papers.")
        page.get_by_role("link", name="Show all").click()
        assert shown.count() == 14 and page.url.endswith("/publications/")
        assert page.evaluate("document.activeElement.type") == "search"
        assert (
            page.locator(".choices li:visible span").filter(has_text=re.compile("^0$")).count() == 0
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert "?year=2026" in page.url and shown.count() == 4
        page.go_back()
        assert page.url.endswith("/publications/") and shown.count() == 14
        page.go_back()
        assert page.get_by_label("Find").input_value() == "nothing at all" and shown.count() == 0
        page.go_forward()
        page.go_forward()
        assert "?year=2026" in page.url and shown.count() == 4
        assert seen.said == []
    with Visit(browser, many, "publications/") as seen:
        seen.page.goto(f"{LOCAL}/publications/?{query}")
        assert seen.page.locator(".card:visible").count() == 1
        assert seen.page.get_by_label("Find").input_value() == "paper 03 MULLER"
    with Visit(browser, many, "publications/2025/") as seen:
        seen.page.get_by_text("Venue", exact=True).click()
        seen.page.get_by_role("link", name="ICLR").click()
        assert seen.page.url == f"{LOCAL}/publications/venue/iclr/"
    with Visit(browser, many, "publications/", java_script_enabled=False) as seen:
        seen.page.get_by_role("link", name="2025").click()
        assert seen.page.locator(".card").count() == 5
