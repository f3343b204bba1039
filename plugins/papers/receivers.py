"""What the plugin does at each of Pelican's signals."""

from pelican import Pelican, signals

from . import build, foreign_theme, pages, pipeline, site
from .check import resolve_template_folders


def connect_receivers(pelican: Pelican) -> None:
    """Connect the receivers that the site's theme needs, and prepare the settings."""
    resolve_template_folders(pelican.settings)
    knows_papers = foreign_theme.theme_knows_papers(pelican.settings)
    # Receivers stay connected, and the next site in this process may have another theme.
    for connects, receivers in ((knows_papers, _RECEIVERS), (not knows_papers, _FOREIGN)):
        for signal, receiver in receivers:
            (signal.connect if connects else signal.disconnect)(receiver)
    (pipeline.prepare_settings if knows_papers else foreign_theme.apply_settings)(pelican)


_RECEIVERS = [
    (signals.article_generator_init, build.use_parse_cache),
    (signals.page_generator_init, build.use_parse_cache),
    (signals.readers_init, pages.add_readers),
    (signals.content_object_init, build.complete_new_content),
    (signals.generator_init, site.add_filters),
    (signals.article_generator_context, pages.add_placeholder_date),
    (signals.page_generator_finalized, pipeline.read_papers),
    (signals.all_generators_finalized, pipeline.gather_papers),
    (signals.get_generators, build.add_output_generator),
    (signals.get_writer, build.choose_writer),
    (signals.article_writer_finalized, site.write_search_index),
    (signals.article_writer_finalized, site.write_title_cards),
    (signals.article_writer_finalized, build.start_writing),
    (signals.page_writer_finalized, site.write_downloads),
    (signals.page_writer_finalized, site.write_listings),
    (signals.page_writer_finalized, site.write_feeds),
    (signals.page_writer_finalized, site.write_sitemap),
    (signals.page_writer_finalized, site.write_llms_txt),
    (signals.page_writer_finalized, site.write_redirects),
    (signals.page_writer_finalized, site.write_build_info),
    (signals.page_writer_finalized, site.publish_cleaned_images),
    (signals.page_writer_finalized, site.minify_stylesheets),
    (signals.page_writer_finalized, build.hold_for_preview),
]
# For a theme without templates for papers.
_FOREIGN = [
    (signals.readers_init, foreign_theme.add_paper_reader),
    (signals.page_generator_finalized, foreign_theme.add_paper_pages),
    (signals.all_generators_finalized, foreign_theme.report_paper_problems),
    (signals.page_writer_finalized, foreign_theme.write_paper_downloads),
]
