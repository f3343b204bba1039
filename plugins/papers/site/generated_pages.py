"""Pages without a file of their own: lists of texts, and redirects from old addresses."""

from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..content import parse_aliases
from ..model import NEWS, PAPERS
from ..pages import Listing


def write_listings(generator: PagesGenerator, writer: Writer) -> None:
    """Write the pages of all listings but that of news, which Pelican writes."""
    context = generator.context
    for listing in context["listings"]:
        if listing.is_written and listing.kind is not NEWS:
            writer.write_file(
                f"{listing.address}index.html",
                generator.get_template(_choose_template(listing)),
                context,
                relative_urls=generator.settings["RELATIVE_URLS"],
                listing=listing,
            )


def _choose_template(listing: Listing) -> str:
    if listing.facet == "topic":
        return "topic"
    return "publications" if listing.kind in (PAPERS, None) else "archives"


def write_redirects(generator: PagesGenerator, writer: Writer) -> None:
    """Write a page for each alias, an old address of a text."""
    context = generator.context
    template = generator.get_template("redirect")
    relative = generator.settings["RELATIVE_URLS"]
    for content in [*context["articles"], *generator.pages]:
        for path in parse_aliases(content.header):
            writer.write_file(path, template, context, relative_urls=relative, target=content)
