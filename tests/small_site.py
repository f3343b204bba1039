"""A small site of papers, entries and news, to build and to preview with changes."""

import shutil
from pathlib import Path

from conftest import HOME, NEWS, PAPER, ROOT, write
from papers.publish import build_site

CONF = f"""import runpy
given = runpy.run_path({str(ROOT)!r} + "/{{conf}}.py")
globals().update({{{{name: value for name, value in given.items() if name.isupper()}}}})
SITENAME = AUTHOR = "Ada Lovelace"
OWNER, SOCIAL, MENUITEMS = [AUTHOR], [], [("News", "news/"), ("Publications", "publications/")]
{{url}}
PATH, CACHE_PATH = "content", "cache"
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""
BIB = "@article{{b{n}, title={{Entry {n}}}, author={{Roe, Jane}}, year={{2020}}, journal={{J}}}}\n"
CONTENT = {
    "home.md": HOME,
    "people.yml": "Alan Turing:\n  url: https://turing.example/\n",
    "papers/all.bib": "".join(BIB.format(n=n) for n in range(3)),
    "images/a.txt": "attached",
    **{
        f"blog/b{n}.md": f"Title: Post {n}\nDate: 2025-{n}\nAuthors: Ada Lovelace\nSeries: Part\n"
        "Papers: p1\nTags: t1\n\nWords.\n"
        for n in range(1, 4)
    },
    "news/link.md": NEWS.replace("words", "words, [file]({attach}/images/a.txt), [@p1]"),
    **{f"papers/p{n}.md": PAPER.replace("A Paper", f"Paper {n}") for n in range(24)},
    **{
        f"news/n{n}.md": f"Title: Item {n}\nDate: 2025-{1 + n % 12:02}-{1 + n % 28:02}\n"
        f'Tags: t{n % 4}\nPapers: p{n % 24}\n\nIt\'s "item" {n} -- of [many]({{filename}}n0.md).\n'
        for n in range(24)
    },
}


def make_small_site(folder: Path) -> Path:
    """Write settings, theme and content of the site into a folder, and return it."""
    write(folder, {
        "publishconf.py": CONF.format(conf="publishconf", url='SITEURL = "https://ada.example"'),
        "pelicanconf.py": CONF.format(conf="pelicanconf", url=""),
    })  # fmt: skip
    shutil.copytree(ROOT / "theme", folder / "theme")
    write(folder / "content", CONTENT)
    return folder


def build_files(folder: Path, conf: str, output: str, last: str | None = None) -> dict[str, bytes]:
    """Build into a new folder and return its files."""
    shutil.rmtree(folder / output, ignore_errors=True)
    build_site(folder / conf, folder / output, folder / (last or output))
    files = (path for path in (folder / output).rglob("*") if path.is_file())
    return {path.relative_to(folder / output).as_posix(): path.read_bytes() for path in files}


def differing(files: dict[str, bytes], others: dict[str, bytes]) -> list[str]:
    """Return the paths of files that are not the same."""
    return sorted(path for path in files | others if files.get(path) != others.get(path))


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
