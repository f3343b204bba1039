"""The pages that list texts: all of a kind, or those with one value of a facet."""

from pelican.generators import PagesGenerator
from pelican.writers import Writer

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
