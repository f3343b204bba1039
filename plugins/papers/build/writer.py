"""How Pelican writes a site that has our plugin: when, by which writer, and in which order."""

from functools import partial
from pathlib import Path

from jinja2 import Template
from pelican import Pelican
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.utils import get_relative_path, path_to_url
from pelican.writers import Writer

from ..pages import complete_content
from .fingerprint import only_our_plugin
from .output_queue import OutputQueue
from .pelican_internals import clear_rendered_cache
from .run_state import RunMode, state_of


class DeferredWriter(Writer):
    """Pelican's writer, but it adds pages to the queue of outputs.

    It sends no `content_written`: it is used where nobody listens.
    """

    def write_file(
        self, name, template, context, relative_urls=False, paginated=None, template_name=None,
        override_output=False, url=None, **kwargs,
    ):  # fmt: skip
        """Add a page to the queue; Pelican's own writer writes those that have several parts."""
        lists = kwargs.keys() & {"articles", "dates"} if paginated is None else paginated
        if lists and template_name in self.settings["PAGINATED_TEMPLATES"]:
            super().write_file(
                name, template, context, relative_urls, paginated, template_name,
                override_output, url, **kwargs,
            )  # fmt: skip
        elif name:
            queue = state_of(self.settings).outputs
            if override_output:
                queue.outputs.pop(name, None)
            make = partial(_render_page, template, context, name, relative_urls, kwargs)
            queue.add(name, make, template, *kwargs.values())


def _render_page(
    template: Template, context: dict, name: str, relative_urls: bool, kwargs: dict
) -> bytes:
    """Return a page as Pelican's own writer makes it."""
    variables = context.copy()
    if relative_urls:
        variables["SITEURL"] = variables["localsiteurl"] = path_to_url(get_relative_path(name))
    variables["output_file"] = name
    variables |= kwargs
    # Contents make their links for the page that is being made.
    context["localsiteurl"] = variables["localsiteurl"]
    # A preview may have loaded another version of the template by now.
    return template.environment.get_template(template.name).render(variables).encode()


class OutputGenerator(Generator):
    """Writes the queue of outputs.

    Pelican runs it after its own generators of pages, before that of static files, and before
    `finalized`: other plugins then find every file.
    """

    def refresh_metadata_intersite_links(self) -> None:
        """Move attached files to the folders of their pages; Pelican calls this before it writes.

        Every plugin has changed contents by now, and some may have read them before.
        """
        context, alone = self.context, only_our_plugin(self.settings)
        for content in [*context["articles"], *context["pages"]]:
            if not alone:
                complete_content(content)
            if not alone or "attach" in content.header.html:
                content.get_content(context["SITEURL"])
        if not alone:
            clear_rendered_cache()

    def generate_output(self, writer: Writer) -> None:
        """Write all files that are queued, but in a preview, which makes them when asked for."""
        state = state_of(self.settings)
        if state.mode is not RunMode.PREVIEW or not only_our_plugin(self.settings):
            state.outputs.write_all(self.context)


def add_output_generator(pelican: Pelican) -> type[Generator]:
    """Return the generator that writes what was queued."""
    return OutputGenerator


def choose_writer(pelican: Pelican) -> type[Writer] | None:
    """Begin a queue of outputs, and return the writer of pages.

    Other plugins may read or change a page as soon as it is written, count on the order of pages,
    or bring a writer of their own: with them, Pelican chooses.
    """
    state_of(pelican.settings).outputs = OutputQueue(pelican.settings)
    return DeferredWriter if only_our_plugin(pelican.settings) else None


def complete_new_content(content: Content) -> None:
    """Complete a content that our reader did not read, beside another plugin that may print it."""
    if isinstance(content, Article | Page) and not hasattr(content, "header"):
        if not only_our_plugin(content.settings):
            complete_content(content)


def start_writing(generator: ArticlesGenerator, writer: Writer) -> None:
    """Start what takes long and was queued first, unless other plugins may still change texts."""
    state = state_of(generator.settings)
    if state.mode is RunMode.BUILD and only_our_plugin(generator.settings):
        state.outputs.start(generator.context)


def hold_for_preview(generator: PagesGenerator, writer: Writer) -> None:
    """Hold what a preview answers with, and copy no static files for it."""
    state = state_of(generator.settings)
    if state.mode is RunMode.PREVIEW:
        state.context, state.environment = generator.context, generator.env
        if only_our_plugin(generator.settings):
            files = generator.context["staticfiles"]
            state.static_files = {file.save_as: Path(file.source_path) for file in files}
            generator.context["staticfiles"] = []
