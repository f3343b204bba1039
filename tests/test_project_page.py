"""`Layout: project`: a paper's page as a project page, from the same record."""

import json

import pytest
from conftest import words

PAGE = "papers/project/"


@pytest.fixture(scope="module")
def page(sample):
    """The project page of the sample, parsed."""
    return sample.page(PAGE)


def test_authors(page):
    """An author has another affiliation, or a mark is not explained."""
    assert [words(sup) for sup in page.select(".byline sup")] == ["1*", "1,2*", "3", "2", "3†"]
    assert [words(item) for item in page.select(".affiliations span")] == [
        "1University of London;", "2Analytical Engine Laboratory, Somerset;", "3清华大学",
    ]  # fmt: skip
    assert words(page.select_one(".legend")) == "* equal contribution, † corresponding author"


def test_one_affiliation_needs_no_number(sample):
    """A single affiliation has a number that no author has."""
    page = sample.page("papers/project-plain/")
    assert not page.select(".byline sup")
    assert [words(item) for item in page.select(".affiliations")] == ["ENS, Paris"]


def test_same_record(sample, page):
    """Google Scholar, search engines or a reference manager get less than of another paper."""
    tags = {}
    for meta in page.select("meta[name^=citation]"):
        tags.setdefault(meta["name"], []).append(meta["content"])
    other = {meta["name"] for meta in sample.page("papers/bare/").select("meta[name^=citation]")}
    assert tags.keys() >= other
    names = "Ada Lovelace; Charles Babbage; Grace Hopper; Zoë Müller-Lüdenscheidt; 李雷"
    assert tags["citation_author"] == names.split("; ")
    abstract = "We fly three boxes along a line, without a motor. The method needs no labels."
    assert tags["citation_abstract"][0].startswith(abstract)
    assert "Results" not in tags["citation_abstract"][0]
    types = {part["@type"] for part in json.loads(page.select_one("[type*=ld]").string)["@graph"]}
    assert "ScholarlyArticle" in types
    assert "@inproceedings{project," in page.select_one("pre.citation").text
    assert "Related work" in sample.text(f"{PAGE}index.md")
    records = sample.text("papers.bib")
    assert "@inproceedings{project," in records
    assert "University" not in records and "pilots" not in records


def test_components(page):
    """A component is missing, or a heading stands above nothing."""
    article = page.article
    assert [words(head).removesuffix(" #") for head in article.select("h2")] == [
        "Abstract", "Results", "Before and after", "Ablations", "Related work",
        "Acknowledgements", "References", "Cite",
    ]  # fmt: skip
    assert article.select_one("header ~ figure video[poster]")
    assert len(article.select(".strip > figure")) == 6
    assert len(article.select(".compare > figure > picture > source")) == 2
    assert [part["name"] for part in article.select("details")] == ["ablation"] * 2
    assert all(image.get("alt") for image in article.select("img"))
    assert len(article.select("img:not([loading=lazy])")) == 1
    styles = [link["href"].rpartition("/")[2] for link in page.select("link[rel=stylesheet]")]
    assert styles == ["style.css", "project.css"]


def test_title_above_sections(make):
    """A text that begins with a section has an empty abstract above it."""
    paper = "Title: T\nAuthors: Ada Lovelace\nDate: 2026\nLayout: Project\n\n## Method\n\nWords.\n"
    page = make({"papers/p.md": paper}).page("papers/p/")
    assert [words(head).removesuffix(" #") for head in page.select("h2")] == ["Method", "Cite"]
