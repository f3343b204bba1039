"""How many pages of the last site a new one would lose."""

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from .atomic_swap import PublishRefused

# Of fewer pages, half are soon gone for a good reason.
_FEW = 4
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What no page's path has, and a terminal might obey.
_STRANGE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|(^|/)\.\.?(/|$)|^/|//")


def list_pages(folder: Path) -> set[str]:
    """Return the paths of a site's pages, below `folder`."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return {path for path in paths if not path.startswith(".")}


def parse_sitemap(text: str, siteurl: str) -> set[str]:
    """Return the paths of the pages that a published sitemap.xml names, below the site's root.

    Raises ValueError, in words, for what is no sitemap of the site at `siteurl`.
    """
    if "<!DOCTYPE" in text:
        raise ValueError("the sitemap has a document type, and may be harmful")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeError) as error:
        raise ValueError(f"the sitemap is no XML ({error})") from None
    if root.tag != f"{_SITEMAP}urlset":
        raise ValueError("the sitemap lists no pages, for it has no <urlset>")
    start = f"{siteurl.rstrip('/')}/"
    paths = set()
    for loc in root.iterfind(f"{_SITEMAP}url/{_SITEMAP}loc"):
        address = (loc.text or "").strip()
        path = unquote(f"{address}/".removeprefix(start)[:-1])
        if not f"{address}/".startswith(start) or _STRANGE.search(path):
            raise ValueError(f"the sitemap names {address[:200]!r}, which is no page of {start}")
        paths.add(f"{path}index.html" if path.endswith("/") or not path else path)
    return {path for path in paths if path.endswith(".html")}


def refuse_page_loss(new: Path, last: set[str]) -> None:
    """Raise Refusal where `new` has no home page, or half or more of the pages `last` are gone."""
    found = list_pages(new)
    if "index.html" not in found:
        raise PublishRefused(
            "the new site has no index.html, so the last one stays (see content/home.md)"
        )
    gone = sorted(last - found)
    if len(last) >= _FEW and 2 * len(gone) >= len(last):
        more = f" and {len(gone) - 5} more" if len(gone) > 5 else ""
        raise PublishRefused(
            f"{len(gone)} of {len(last)} pages would be gone, so the last site stays: "
            f"{', '.join(gone[:5])}{more} (if that is meant: `ALLOW_LOSS=yes make publish`, "
            "or the option --allow-loss)"
        )
