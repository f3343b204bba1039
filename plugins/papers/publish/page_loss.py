"""Refuse a new site that would lose pages of the last one."""

import os
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from ..util import LazyPattern
from .atomic_swap import PublishRefused

# A site with fewer pages can lose half of them for a good reason.
_MIN_PAGES = 4
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Absolute paths, `..`, and characters that a terminal might interpret.
_UNSAFE = LazyPattern(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|(^|/)\.\.?(/|$)|^/|//")


def list_pages(folder: Path) -> set[str]:
    """Return the paths of a site's pages, below `folder`."""
    # os.walk() is several times faster than Path.rglob(), and there can be thousands of files.
    pages = (
        Path(parent, name).relative_to(folder).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
        if name.endswith(".html")
    )
    return {page for page in pages if not page.startswith(".")}


def parse_sitemap(text: str, siteurl: str) -> set[str]:
    """Return the paths of the pages that a published sitemap.xml names, below the site's root.

    Raises ValueError with the reason if it is not a sitemap of the site at `siteurl`.
    """
    if "<!DOCTYPE" in text:
        raise ValueError("the sitemap has a document type, and may be harmful")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeError) as error:
        raise ValueError(f"the sitemap is not valid XML ({error})") from None
    if root.tag != f"{_SITEMAP}urlset":
        raise ValueError("the sitemap lists no pages because it has no <urlset>")
    start = f"{siteurl.rstrip('/')}/"
    paths = set()
    for loc in root.iterfind(f"{_SITEMAP}url/{_SITEMAP}loc"):
        address = (loc.text or "").strip()
        path = unquote(f"{address}/".removeprefix(start)[:-1])
        if not f"{address}/".startswith(start) or _UNSAFE.search(path):
            raise ValueError(f"the sitemap names {address[:200]!r}, which is not a page of {start}")
        paths.add(f"{path}index.html" if path.endswith("/") or not path else path)
    return {path for path in paths if path.endswith(".html")}


def refuse_page_loss(new: Path, last: set[str]) -> None:
    """Raise PublishRefused if `new` has no home page or has lost half of the pages `last`."""
    pages = list_pages(new)
    if "index.html" not in pages:
        raise PublishRefused(
            "the new site has no index.html, so the last site was not replaced (see "
            "content/home.md)"
        )
    lost = sorted(last - pages)
    if len(last) >= _MIN_PAGES and 2 * len(lost) >= len(last):
        others = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
        raise PublishRefused(
            f"{len(lost)} of {len(last)} pages would be gone, so the last site was not replaced: "
            f"{', '.join(lost[:5])}{others} (if this is intended, run "
            "`ALLOW_LOSS=yes make publish`, or add --allow-loss)"
        )
