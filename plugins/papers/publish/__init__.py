"""Run Pelican for the commands, and replace the last site in one step."""

from .atomic_swap import BuildLocked, build_and_swap
from .page_loss import list_pages, parse_sitemap, refuse_page_loss
from .pelican_run import (
    build_site,
    capture_warnings,
    check_site,
    run_pelican,
    template_location,
)
from .site_settings import (
    CODE_ERRORS,
    content_folder,
    describe_settings_error,
    load_settings,
    load_site,
)

__all__ = [
    "BuildLocked",
    "CODE_ERRORS",
    "build_and_swap",
    "build_site",
    "capture_warnings",
    "check_site",
    "content_folder",
    "describe_settings_error",
    "list_pages",
    "load_settings",
    "load_site",
    "parse_sitemap",
    "refuse_page_loss",
    "run_pelican",
    "template_location",
]
