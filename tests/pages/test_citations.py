"""Citations in texts, and the links between papers and news."""

from conftest import HOME, NEWS, words

REFERENCES = """
@article{knuth84, title={Literate Programming}, author={Knuth, Donald E.}, year=1984,
  journal={The Computer Journal}, doi={10.1093/comjnl/27.2.97}}
@book{two, title={Two}, author={A Roe and B Doe}, year=1990, publisher={P}}
@article{broken, title={No year}, author={A B}, journal={J}, pdf={gone.pdf}}
"""


def paper(title: str, headers: str = "") -> str:
    return f"Title: {title}\nAuthors: Ann Liu; B C; D E\nDate: 2026\nVenue: J\n{headers}\n"


def test_citations(make):
    """A citation stays a key, has no reference, a dead link, or loses the words around it."""
    text = (
        "See [@lite-PPO], [see @knuth84, p. 3; @second], @lite alone, [me@x.org], `[@code]`, "
        "[@knuth84](https://example.org) and [@two].\n\nMore [@knuth84].\n"
    )
    files = {
        "papers/a.md": paper("The $\\ell_1$ trick", "Key: lite-ppo\n\nAs in [@knuth84]."),
        "papers/second.md": paper("A second"),
        "references.bib": REFERENCES,
        "news/n.md": f"Title: N\nDate: 2026\n\n{text}",
        "home.md": HOME + "\nAs [@two] say.\n",
    }
    site = make(files, SITEURL="https://ada.example")
    page = site.page("news/n/")
    cited = [words(node) for node in page.select("article cite")]
    assert cited == [
        "(Liu et al., 2026b)", "(see Knuth, 1984, p. 3; Liu et al., 2026a)", "(Roe and Doe, 1990)",
        "(Knuth, 1984)",
    ]  # fmt: skip
    assert "@lite alone, [me@x.org], [@code]" in words(page.article)
    items = {item["id"]: item for item in page.select("li[id^=ref-]")}
    assert list(items) == ["ref-knuth84", "ref-second", "ref-lite-ppo", "ref-two"]
    for link in page.select("article cite a"):
        assert link["href"].removeprefix("#") in items
    assert items["ref-lite-ppo"].a["href"] == "https://ada.example/papers/a/"
    assert items["ref-lite-ppo"].math and "(2026b)" in words(items["ref-lite-ppo"])
    assert items["ref-knuth84"].a["href"] == "https://doi.org/10.1093/comjnl/27.2.97"
    assert words(items["ref-knuth84"]).startswith("Donald E. Knuth (1984). Literate P")
    assert not items["ref-two"].a
    assert words(site.page("papers/a/").select_one(".prose cite")) == "(Knuth, 1984)"
    assert site.page("").select("#ref-two")
    assert "As in (Knuth, 1984)." in site.text("papers/a/a.bib")
    assert "(see Knuth, 1984, p. 3;" in page.find("meta", {"name": "description"})["content"]
    # In a list there are no entries to lead to.
    listed = site.page("news/")
    assert "(see Knuth, 1984, p. 3;" in words(listed.main) and not listed.select("cite a")


def test_unknown_keys(make):
    """A citation with an unknown key is printed, or only the first is reported."""
    files = {
        "papers/lite-ppo.md": paper("T"),
        "references.bib": REFERENCES,
        "news/n.md": "Title: N\nDate: 2026\nPapers: lite-pppo; z\n\n[@knuth85] [@lite-pp0] [@q]\n",
    }
    site = make(files, check=False)
    lines = site.printed.splitlines()
    assert site.code == 1 and "5 problems: nothing was written." in lines
    start = "content/news/n.md:5: "
    of = "is not a paper of the site or of references.bib"
    assert f"{start}[@knuth85] {of} (did you mean `knuth84`?)" in lines
    assert f"{start}[@lite-pp0] {of} (did you mean `lite-ppo`?)" in lines
    assert f"{start}[@q] {of} (correct the key)" in lines
    site = make({"news/n.md": NEWS + "[@broken]\n"}, check=False)
    assert "content/references.bib:5: broken: date: missing (write `date = {…}`)" in site.printed


def test_broken_reference(make):
    """A work with an error is reported as missing, or its error is not reported."""
    files = {
        "references.bib": "@article{k, title={T}, author={A B}, journal={J}, yearr=2020}\n",
        "news/n.md": NEWS + "[@k]\n",
        "news/m.md": NEWS + "[@K]\n",
    }
    site = make(files, check=False)
    mistake = "content/references.bib:1: k: date: missing (write `date = {…}`)"
    assert site.printed.splitlines() == [mistake, "1 problem: nothing was written."]


def test_news_and_papers(make):
    """A post does not link to its paper, or a paper not to its news."""
    files = {
        "papers/lite-ppo.md": paper("First", "Key: liu26\n"),
        "papers/b.bib": "@article{bee, title={Second}, author={A B}, journal={J}, year=2020}",
        "news/a.md": "Title: A\nDate: 2026-01\nPapers: LIU26; bee\n\nFirst news.\n",
        "news/b.md": "---\ntitle: B\ndate: 2026-02\npapers: [lite-ppo]\n---\nSecond news.\n",
        "news/c.md": "Title: C\nDate: 2026-03\n\nNo paper.\n",
    }
    site = make(files)
    leads = [a["href"] for a in site.page("news/a/").select("#_papers ~ ul a")]
    assert leads == ["http://localhost:8000/papers/lite-ppo/", "http://localhost:8000/papers/bee/"]
    news = [words(item.div) for item in site.page("papers/lite-ppo/").select(".news li")]
    assert news == ["Second news.", "First news."]
    assert [words(i.div) for i in site.page("papers/bee/").select(".news li")] == ["First news."]
    assert not site.page("news/c/").select("#_papers")
    near = {a["rel"][0]: words(a) for a in site.page("news/b/").select(".back a[rel]")}
    assert near == {"next": "Newer: C", "prev": "Older: A"}
    assert [a["rel"] for a in site.page("news/c/").select(".back a[rel]")] == [["prev"]]
