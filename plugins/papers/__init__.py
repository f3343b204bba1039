"""Papers and news of a researcher's homepage, for Pelican."""

from pelican import Pelican, signals

from .build import choose_writer, finish_writing, keep_for_preview, start_writing, use_parse_cache
from .check import resolve_template_folders
from .foreign_theme import (
    add_paper_pages,
    add_paper_reader,
    apply_settings,
    report_paper_problems,
    theme_knows_papers,
    write_paper_downloads,
)
from .pages import add_placeholder_date, add_reader, write_listings
from .pipeline import gather_papers, prepare_settings, read_papers
from .site import (
    add_filters,
    minify_stylesheets,
    publish_cleaned_images,
    write_build_info,
    write_downloads,
    write_feeds,
    write_llms_txt,
    write_redirects,
    write_search_index,
    write_sitemap,
    write_title_cards,
)


def register() -> None:
    """Connect the plugin; Pelican calls this once."""
    signals.initialized.connect(begin)


def begin(pelican: Pelican) -> None:
    """Prepare the settings, and connect what the site's theme needs."""
    resolve_template_folders(pelican.settings)
    known = theme_knows_papers(pelican.settings)
    # Signals outlive a build, and the next one in this process may be of another site.
    for ours, receivers in ((known, _OF_OURS), (not known, _OF_GUESTS)):
        for signal, receiver in receivers:
            (signal.connect if ours else signal.disconnect)(receiver)
    (prepare_settings if known else apply_settings)(pelican)


# What is done where the theme has templates for papers, and where it has none.
_OF_OURS = [
    (signals.article_generator_init, use_parse_cache),
    (signals.page_generator_init, use_parse_cache),
    (signals.readers_init, add_reader),
    (signals.generator_init, add_filters),
    (signals.article_generator_context, add_placeholder_date),
    (signals.page_generator_finalized, read_papers),
    (signals.all_generators_finalized, gather_papers),
    (signals.get_writer, choose_writer),
    (signals.article_writer_finalized, write_search_index),
    (signals.article_writer_finalized, write_title_cards),
    (signals.article_writer_finalized, start_writing),
    (signals.page_writer_finalized, write_downloads),
    (signals.page_writer_finalized, write_listings),
    (signals.page_writer_finalized, write_feeds),
    (signals.page_writer_finalized, write_sitemap),
    (signals.page_writer_finalized, write_llms_txt),
    (signals.page_writer_finalized, write_redirects),
    (signals.page_writer_finalized, write_build_info),
    (signals.page_writer_finalized, publish_cleaned_images),
    (signals.page_writer_finalized, keep_for_preview),
    (signals.finalized, finish_writing),
    (signals.finalized, minify_stylesheets),
]
_OF_GUESTS = [
    (signals.readers_init, add_paper_reader),
    (signals.page_generator_finalized, add_paper_pages),
    (signals.all_generators_finalized, report_paper_problems),
    (signals.page_writer_finalized, write_paper_downloads),
]
