"""Blogs of old sites become blogs, and their news stay news."""

import pytest
from conftest import SETTINGS, build, words, write
from papers.importers import import_source, write_import

LONG = "Engines weave patterns as looms do, and both read their cards in order. " * 30
CHINESE = "我们发现两个技巧就足够了，其余的都可以省去。" * 30
SHORT = "Three papers were accepted."


def post(title: str, body: str, date: str = "2024-03-01") -> str:
    """Return a text with front matter."""
    return f"---\ntitle: {title}\ndate: {date}\n---\n{body}\n"


JEKYLL = {
    "_config.yml": "title: Ada Lovelace\nauthor:\n  name: Ada Lovelace\n",
    "_pages/about.md": "---\npermalink: /\ntitle: About\n---\nI study engines.\n",
}
HUGO = {"hugo.toml": "title = 'Ada Lovelace'\n", "content/_index.md": "---\ntitle: Ada\n---\nHi.\n"}
SITES = {
    "posts beside news": (
        JEKYLL | {
            "_news/a.md": post("Won", SHORT), "_posts/2024-03-01-b.md": post("Looms", "Short."),
            "_posts/2024-03-02-c.md": post("Engines", LONG),
        },
        {"Won": "news", "Looms": "post", "Engines": "post"},
    ),
    "long posts": (
        JEKYLL | {
            "_posts/2024-03-01-b.md": post("Looms", LONG),
            "_posts/2024-03-02-c.md": post("Engines", SHORT),
        },
        {"Looms": "post", "Engines": "post"},
    ),
    "news in the folder of posts": (
        JEKYLL | {
            "_posts/2024-03-01-b.md": post("Looms", LONG),
            "_posts/2024-03-02-c.md": post("Won", SHORT),
            "_posts/2024-03-03-d.md": post("Moved", SHORT),
        },
        {"Looms": "news", "Won": "news", "Moved": "news"},
    ),
    "long posts of Hugo": (
        HUGO | {"content/blog/b.md": post("Looms", LONG)}, {"Looms": "post"},
    ),
    "posts beside news of Hugo": (
        HUGO | {
            "content/news/a.md": post("Won", SHORT),
            "content/post/b/index.md": post("技巧", CHINESE),
        },
        {"Won": "news", "技巧": "post"},
    ),
    "news of Hugo, however long": (
        HUGO | {"content/news/a.md": post("Won", LONG)}, {"Won": "news"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_posts_and_news(tmp_path, name):
    """The blog beside the news is left, a blog becomes news, or news a blog."""
    files, kinds = SITES[name]
    result = import_source(write(tmp_path, files))
    posts = {
        text.headers["title"]: text.kind
        for text in result.documents
        if text.kind in ("news", "post")
    }
    assert posts == kinds
    assert not any("blog beside" in note.message for note in result.notes)


def test_imported_blog_is_built(tmp_path):
    """An imported blog is not on the site, its links are dead, or a second import doubles it."""
    old = write(tmp_path / "old", JEKYLL | {
        "_posts/2024-03-01-b.md": post("Looms", f"[This](/blog/), [it](/2024/03/02/c/). {LONG}"),
        "_posts/2024-03-02-c.md": post("Engines", LONG),
        "_pages/blog.md": "---\ntitle: Blog\npermalink: /blog/\n---\nWhat I write about.\n",
    })  # fmt: skip
    content = tmp_path / "content"
    first = list(write_import(import_source(old), content, "old"))
    assert {path.name for path in (content / "blog").iterdir()} == {"b.md", "c.md"}
    assert all(note.kind == "taken" for note in first)
    again = list(write_import(import_source(old), content, "old"))
    assert not any(note.kind == "taken" for note in again)
    if not (content / "home.md").exists():
        write(content, {"home.md": "Title: Ada\n\n[BLOG]\n"})
    site = build(content, tmp_path / "out", settings=SETTINGS)
    assert site.code == 0, site.printed
    assert [words(a) for a in site.page("blog/").select("a.title")] == ["Engines", "Looms"]
    links = {words(a): a["href"] for a in site.page("blog/b/").select(".prose a")}
    assert links["This"].endswith("/blog-page/") and links["it"].endswith("/blog/c/")
