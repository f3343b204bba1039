"""`publish`: the site for publishing, unless half of its pages are missing."""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from ..publish import list_pages, load_settings, parse_sitemap, refuse_page_loss
from ..util import check_site_url, is_local_host
from .site_build import add_build_arguments, build_output

EXAMPLES = """examples:
  pelican-papers publish --url https://you.github.io/name
  SITEURL=https://you.github.io/name pelican-papers publish
  pelican-papers publish                   with SITEURL in publishconf.py
  pelican-papers publish --last last.xml   compare with a downloaded sitemap
"""
_NO_ADDRESS = """\
publish: the site's address is not set. Links, feeds and search engines need it. Set it in one of
three ways, with your own address:
  pelican-papers publish --url https://you.github.io/name
  SITEURL=https://you.github.io/name pelican-papers publish   (or make publish SITEURL=…)
  SITEURL = "https://you.github.io/name" in publishconf.py
On GitHub, the workflow sets it. `pelican-papers serve` and `build` work without an address."""
_NEXT_STEP = """\
The site for {address}/ is in {output}
To publish it, copy this folder to your web server. On GitHub, run `git push` instead: the workflow
builds and publishes the site."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_build_arguments(parser)
    parser.add_argument(
        "--url",
        type=_parse_url,
        metavar="URL",
        help="the site's address, such as https://you.github.io/name; default: SITEURL, from the "
        "environment or publishconf.py",
    )
    parser.add_argument(
        "--allow-loss",
        action="store_true",
        help="publish even if half of the last site's pages are gone",
    )
    parser.add_argument(
        "--last",
        type=Path,
        metavar="FILE",
        help="sitemap.xml of the last site, if it is not in the output folder",
    )


def run(options: argparse.Namespace) -> int:
    """Build the published site; return 1 if something is wrong, or half of the pages are gone."""
    override = {}
    if options.url:
        # Settings that are made of the address need it as well.
        os.environ["SITEURL"] = override["SITEURL"] = options.url
    elif not _has_address(options.settings):
        print(_NO_ADDRESS, file=sys.stderr)
        return 1

    def approve(new: Path, last: Path, address: str) -> None:
        pages = list_pages(last) if last.is_dir() else set()
        if options.last is not None and options.last.is_file():
            try:
                pages = parse_sitemap(options.last.read_text("utf-8", "replace"), address)
            except ValueError as error:
                # A sitemap of another program is no reason not to publish.
                print(f"{options.last} is not compared: {error}", file=sys.stderr)
        is_intended = options.allow_loss or os.environ.get("ALLOW_LOSS") == "yes"
        refuse_page_loss(new, set() if is_intended else pages)

    return build_output(options, _NEXT_STEP, approve, **override)


def _parse_url(text: str) -> str:
    """Return the address of a site without the slash at its end."""
    url = text.strip().rstrip("/")
    if message := check_site_url(url):
        raise argparse.ArgumentTypeError(message)
    return url


def _has_address(settings: Path) -> bool:
    """Tell whether the environment or the settings name the site's address.

    Without one, published.py has that of a server on this computer.
    """
    url = load_settings(settings).get("SITEURL")
    if os.environ.get("SITEURL", "").strip() or not isinstance(url, str):
        return True
    # An address that cannot be one is reported with all other settings.
    return bool(url) and (
        check_site_url(url) is not None or not is_local_host(urlsplit(url).hostname)
    )
