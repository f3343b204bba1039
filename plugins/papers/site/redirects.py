"""Pages at old addresses of texts, their `Aliases:`, that lead to the new ones."""

from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..content import parse_aliases


def write_redirects(generator: PagesGenerator, writer: Writer) -> None:
    """Write a page for each alias."""
    context = generator.context
    template = generator.get_template("redirect")
    relative = generator.settings["RELATIVE_URLS"]
    for content in [*context["articles"], *generator.pages]:
        for path in parse_aliases(content.header):
            writer.write_file(path, template, context, relative_urls=relative, target=content)
