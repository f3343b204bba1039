"""What the preview shows at an address that has no page: why, in the site's own looks."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from ..model import Problem

_PLAIN = """<!DOCTYPE html><html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title></title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto;
padding: 0 1rem; overflow-wrap: anywhere; }</style></head>
<body><main></main></body>
</html>
"""
_NOT_YET = "This page cannot be shown yet"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAIN = re.compile(r"(<main\b[^>]*>).*(</main>)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
# As the theme writes addresses in a page at the root, where 404.html is.
_RELATIVE = re.compile(rb'(?<==")\./')


def show_anywhere(not_found: bytes) -> bytes:
    """Return the site's 404.html with addresses that are right at any address of the preview."""
    return _RELATIVE.sub(b"/", not_found)


def format_sitemap(paths: Iterable[str], origin: str) -> bytes:
    """Return a sitemap, of which 404.html proposes the nearest pages; a preview has no other."""
    pages = sorted(path for path in paths if path.endswith(".html") and path != "404.html")
    addresses = (quote(re.sub(r"(^|/)index\.html$", r"\1", page)) for page in pages)
    items = "".join(f"<url><loc>{escape(origin)}/{address}</loc></url>\n" for address in addresses)
    return f'<urlset xmlns="{_SITEMAP}">\n{items}</urlset>\n'.encode()


def explain_missing_page(not_found: bytes | None, problems: Iterable[Problem]) -> bytes:
    """Return a page that says what must be corrected before there is a page at an address.

    It is the site's 404.html with another text, or a plain page where there is none.
    """
    advice = "<p>Correct the mistakes in its file. The page appears here when you save it.</p>"
    return _fill(not_found, _NOT_YET, f"{advice}\n{_format_list(problems)}")


def explain_missing_site(problems: Iterable[Problem]) -> bytes:
    """Return a page for a site that has neither a page at an address nor a 404.html."""
    items = _format_list(problems)
    return _fill(None, _NOT_YET if items else "Page not found", items)


def _fill(page: bytes | None, title: str, html_below: str) -> bytes:
    """Return a page with a title and some HTML below it in place of its main part."""
    html = page.decode(errors="replace") if page else _PLAIN
    if not _MAIN.search(html):
        html = _PLAIN
    main = f'<div class="column">\n<h1>{title}</h1>\n{html_below}\n</div>'
    html = _MAIN.sub(lambda match: f"{match[1]}\n{main}\n{match[2]}", html, count=1)
    return _TITLE.sub(lambda _: f"<title>{title}</title>", html, count=1).encode()


def _format_list(problems: Iterable[Problem]) -> str:
    items = "".join(f"<li>{_format_problem(problem)}</li>\n" for problem in problems)
    return f"<ul>\n{items}</ul>" if items else ""


def _format_problem(problem: Problem) -> str:
    where = problem.file + (f":{problem.line}" if problem.line else "")
    what = ": ".join(filter(None, (problem.entry, problem.key, problem.message)))
    return f"<code>{escape(where)}</code>: {escape(what)}"
