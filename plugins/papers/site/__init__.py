"""What is written beside the pages: feeds, sitemap, search, downloads, media."""

from .build_info import BUILD_INFO_FILE, generator_name, write_build_info
from .downloads import format_papers, list_downloads, write_downloads
from .feeds import list_feeds, write_feeds
from .generated_pages import write_listings, write_redirects
from .llms_txt import list_llms_files, markdown_path, write_llms_txt
from .media import check_media, measure_portrait, publish_cleaned_images, publish_media
from .open_graph import write_title_cards
from .search_index import SEARCH_FOLDER, write_search_index
from .sitemap import list_sitemap_files, write_sitemap
from .stylesheet import minify_css, minify_stylesheets
from .template_filters import add_filters
from .urls import filter_menu

__all__ = [
    "BUILD_INFO_FILE",
    "SEARCH_FOLDER",
    "add_filters",
    "check_media",
    "filter_menu",
    "format_papers",
    "generator_name",
    "list_downloads",
    "list_feeds",
    "list_llms_files",
    "list_sitemap_files",
    "markdown_path",
    "measure_portrait",
    "minify_css",
    "minify_stylesheets",
    "publish_cleaned_images",
    "publish_media",
    "write_build_info",
    "write_downloads",
    "write_feeds",
    "write_listings",
    "write_llms_txt",
    "write_redirects",
    "write_search_index",
    "write_sitemap",
    "write_title_cards",
]
