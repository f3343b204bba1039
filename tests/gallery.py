"""Show every component in every variant: `make gallery` builds a sample site and photographs it.

The pictures go into screenshots/, with screenshots/index.html to look at them side by side.
"""

import html
import shutil
from collections.abc import Iterable
from pathlib import Path

from conftest import ROOT, build, open_browser, until, write
from jinja2 import Environment, FileSystemLoader
from sample import SETTINGS, content, empty_content, plain_content

WIDTHS = (1280, 390, 320)
SCHEMES = ("light", "dark")
SCALES = (1, 2)
# The sizes of icons on their sheet.
SMALL, LARGE = 'width="16" height="16"', 'width="32" height="32"'
PAGES = {
    "home": "index.html", "publications": "publications/index.html",
    "award": "papers/award/index.html", "video": "papers/video/index.html",
    "zh": "papers/zh/index.html", "bare": "papers/bare/index.html",
    "names": "papers/names/index.html", "news": "news/index.html",
    "post": "news/2026-02-long/index.html", "page": "cv/index.html", "404": "404.html",
    "topic": "topics/c-plus-plus/index.html", "search": "search/index.html",
    "project": "papers/project/index.html", "venue": "papers/venue/index.html",
    "hundred": "papers/hundred/index.html", "long": "papers/long/index.html",
    "hebrew": "papers/hebrew/index.html", "year": "publications/2022/index.html",
    "blog": "blog/index.html", "blog-post": "blog/2026-03-tricks/index.html",
}  # fmt: skip


# More sites, each with what it has below content/, and the pages to look at.
SITES = {
    "": (content, PAGES),
    # Sixty papers without figures, no portrait and no news.
    "plain-": (plain_content, {
        "home": "index.html", "publications": "publications/index.html",
        "year": "publications/2021/index.html", "paper": "papers/p00/index.html",
        "cv": "cv/index.html",
    }),
    # Nothing but a home page.
    "empty-": (empty_content, {
        "home": "index.html", "publications": "publications/index.html", "news": "news/index.html",
    }),
}  # fmt: skip


def main(folder: Path) -> None:
    """Build the sites, take the pictures, and print where they are."""
    shutil.rmtree(folder, ignore_errors=True)
    files: dict[str, Path] = {}
    for prefix, (make_content, pages) in SITES.items():
        source = write(folder / f"{prefix}content", make_content())
        site = build(source, folder / f"{prefix}site", "pelicanconf.py", SETTINGS)
        if site.code:
            raise SystemExit(site.printed)
        files |= {f"{prefix}{name}": site.output / path for name, path in pages.items()}
    with open_browser() as browser:
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme
                )
                for name, path in files.items():
                    photograph(page, path, folder / f"{name}-{width}-{scheme}.png")
                page.close()
        for scale in SCALES:
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": 900, "height": 400},
                    color_scheme=scheme,
                    device_scale_factor=scale,
                )
                page.set_content(icon_sheet())
                page.screenshot(path=folder / f"icons-{scale}x-{scheme}.png", full_page=True)
                page.close()
        page = browser.new_page()
        for name, path in files.items():
            page.goto(path.as_uri())
            page.pdf(path=folder / f"{name}.pdf", format="A4")
    (folder / "index.html").write_text(contact_sheet(files), encoding="utf-8")
    print(f"Open {folder / 'index.html'}")


def photograph(page, path: Path, file: Path) -> None:
    """Take a picture of a full page, with images that load lazily."""
    page.goto(path.as_uri())
    page.eval_on_selector_all("img", "all => all.forEach(one => (one.loading = 'eager'))")
    until(page, "[...document.images].every(one => one.complete)")
    page.screenshot(path=file, full_page=True)


def icon_sheet() -> str:
    """Return a page with the icons of all contacts, at 16 and 32 pixels."""
    templates = Environment(loader=FileSystemLoader(ROOT / "theme/templates"), autoescape=True)
    icons = templates.get_template("_icons.html").module
    shapes = {name: str(icons.icon(name)) for name in icons.shapes}
    rows = "".join(
        f"<li>{shape}{shape.replace(SMALL, LARGE)} {name}</li>" for name, shape in shapes.items()
    )
    style = (
        ":root{color-scheme:light dark;background:light-dark(#fdfdfc,#15181b);"
        "color:light-dark(#59616a,#a3abb3)}ul{columns:4;list-style:none}svg{margin:4px}"
    )
    return f"<!DOCTYPE html><title>Icons</title><style>{style}</style><ul>{rows}</ul>"


def contact_sheet(names: Iterable[str]) -> str:
    """Return a page that shows all pictures, a row for each page of the sites."""
    rows = []
    for name in names:
        shots = [f"{name}-{width}-{scheme}.png" for width in WIDTHS for scheme in SCHEMES]
        cells = "".join(
            f'<a href="{shot}"><img src="{shot}" alt="" height="500"></a> ' for shot in shots
        )
        rows.append(f'<h2>{html.escape(name)}</h2><a href="{name}.pdf">Print</a><p>{cells}</p>')
    icons = [f"icons-{scale}x-{scheme}.png" for scale in SCALES for scheme in SCHEMES]
    cells = " ".join(f'<img src="{name}" alt="" height="500">' for name in icons)
    rows.append(f"<h2>icons</h2><p>{cells}</p>")
    style = "<style>p{white-space:nowrap;overflow-x:auto}</style>"
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Gallery</title>{style}{"".join(rows)}'


if __name__ == "__main__":
    main(ROOT / "screenshots")
