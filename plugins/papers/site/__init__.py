"""What is written beside the pages: feeds, sitemap, search, downloads, media."""

from .build_info import BUILD_INFO_FILE, generator_name, write_build_info
from .downloads import format_papers, list_downloads, write_downloads
from .feeds import list_feeds, write_feeds
from .llms_txt import markdown_path
from .media import SiteMedia, publish_cleaned_images, write_title_cards
from .search import SEARCH_FOLDER, write_search_index
from .sitemap import list_sitemap_files, write_sitemap
from .stylesheet import minify_css, minify_stylesheets
from .template_filters import add_filters

__all__ = [
    "BUILD_INFO_FILE",
    "SEARCH_FOLDER",
    "SiteMedia",
    "add_filters",
    "format_papers",
    "generator_name",
    "list_downloads",
    "list_feeds",
    "list_sitemap_files",
    "minify_css",
    "minify_stylesheets",
    "publish_cleaned_images",
    "markdown_path",
    "write_build_info",
    "write_downloads",
    "write_feeds",
    "write_title_cards",
    "write_search_index",
    "write_sitemap",
]
