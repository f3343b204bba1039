"""Sites of Chirpy: posts, tabs, and the links between them."""

import pytest
from conftest import write
from papers.importers import detect
from papers.importers.result import ImportResult

PNG = b"\x89PNG\r\n\x1a\n"
CONFIG = """title: Ada's notes
tagline: Analyst
description: Notes of an analyst.
github:
  username: ada
social:
  name: Ada Lovelace
  email: ada@x.example
  links:
    - https://github.com/ada
    - https://www.linkedin.com/in/ada
avatar: /assets/img/me.png
"""
SITE = {
    "_config.yml": f"theme: jekyll-theme-chirpy\n{CONFIG}",
    "index.html": "---\nlayout: home\n---\n",
    "README.md": "# Chirpy Starter\n",
    "_data/authors.yml": "ada:\n  name: Ada Lovelace\n",
    "_data/contact.yml": "- type: github\n- type: mastodon\n  url: https://m.example/@ada\n",
    "_tabs/about.md": "---\nicon: fas fa-x\norder: 4\n---\n\n"
    "I count. See [first](/posts/first/).\n\n"
    "## Publications\n\n- **Ada Lovelace**, Alan Turing. *Notes on engines*. Nature, 2020.\n",
    "_tabs/archives.md": "---\nlayout: archives\n---\n",
    "_tabs/research.md": "---\ntitle: Research\n---\nI study numbers.\n",
    "_posts/2024-01-02-first.md": "---\ntitle: First\nauthor: ada\n"
    "date: 2024-01-02 10:00:00 +0800\ncategories: [Math]\ntags: [engines]\n"
    "image:\n  path: plot.png\n  alt: A plot of what an engine counts\n  lqip: data:x\n"
    "media_subpath: /assets/img/first/\npin: true\n---\n\n"
    "See [second]({% post_url 2024-02-03-second %}) and [part](/posts/second/#part).\n\n"
    "> Mind this.\n{: .prompt-info }\n\n"
    '![What an engine counts in a year](plot.png){: w="7" h="4" }\n_Words_\n',
    "_posts/2024-02-03-second.md": "---\ntitle: Second\n---\n"
    "See [it](/posts/first) and [away](/x).\n",
    "_drafts/idea.md": "---\ntitle: Idea\n---\nWords.\n",
    "assets/img/me.png": PNG,
    "assets/img/first/plot.png": PNG,
}  # fmt: skip


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of one kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.mark.parametrize("settings", [
    f"theme: jekyll-theme-chirpy\n{CONFIG}",
    f"remote_theme: cotes2020/jekyll-theme-chirpy\n{CONFIG}", CONFIG,
])  # fmt: skip
def test_site(tmp_path, settings):
    """Chirpy's tabs, owner, pictures of posts or links between posts are lost."""
    result = detect.import_source(write(tmp_path / "old", SITE | {"_config.yml": settings}))
    owner = result.owner
    assert (owner.name, owner.role) == ("Ada Lovelace", "Analyst")
    assert owner.social == [
        ("Email", "mailto:ada@x.example"), ("GitHub", "https://github.com/ada"),
        ("LinkedIn", "https://www.linkedin.com/in/ada"), ("Mastodon", "https://m.example/@ada"),
    ]  # fmt: skip
    assert "images/portrait.png" in result.assets and "images/plot.png" in result.assets
    (home,), (page,), (paper,) = (documents(result, kind) for kind in ("home", "page", "paper"))
    assert home.body == (
        "I count. See [first]({filename}/news/first.md).\n\n## Publications\n\n[PAPERS]\n\n"
        "## Posts\n\n[NEWS]"
    )
    assert home.headers["summary"] == "Notes of an analyst."
    assert (page.headers["title"], page.body) == ("Research", "I study numbers.")
    assert paper.headers["title"] == "Notes on engines"
    first, second = documents(result, "news")
    assert first.headers == {
        "title": "First",
        "date": "2024-01-02",
        "tags": "engines, Math",
        "authors": "Ada Lovelace",
    }
    assert first.body == (
        "![A plot of what an engine counts]({static}/images/plot.png)\n\n"
        "See [second]({filename}/news/second.md) and [part]({filename}/news/second.md).\n\n"
        "> Mind this.\n\n![What an engine counts in a year]({static}/images/plot.png)\n_Words_"
    )
    assert second.body == "See [it]({filename}/news/first.md) and [away](/x)."
    assert second.headers["date"] == "2024-02-03"
    left = [str(note) for note in result.notes if note.kind == "left"]
    assert any("_drafts/idea.md" in note for note in left) and any('"/x"' in note for note in left)
    assert not any("prompt" in note or "/posts/" in note for note in left)


def test_site_without_about(tmp_path):
    """A blog without a page about its owner has no home page."""
    files = {name: data for name, data in SITE.items() if "about" not in name}
    (home,) = documents(detect.import_source(write(tmp_path, files)), "home")
    assert home.headers["title"] == "Ada Lovelace" and home.body == "## Posts\n\n[NEWS]"
