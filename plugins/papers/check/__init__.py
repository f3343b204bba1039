"""Find everything that is wrong with a site, and report it in one place."""

from .checker import check_contents
from .links import LinkLocation, check_external_links, find_external_links
from .notices import ShownNotices, accept_notices, describe_hidden, find_unused_acceptances
from .report import (
    format_github_annotations,
    format_problems,
    problems_to_json,
    report_problems,
    runs_on_github,
    sort_problems,
    summarize_problems,
)
from .setting_places import SETTINGS_FILES
from .settings import check_settings, repair_settings, resolve_template_folders
from .templates import add_origin_comment

__all__ = [
    "LinkLocation",
    "SETTINGS_FILES",
    "ShownNotices",
    "accept_notices",
    "add_origin_comment",
    "check_contents",
    "check_external_links",
    "check_settings",
    "describe_hidden",
    "find_external_links",
    "find_unused_acceptances",
    "format_github_annotations",
    "format_problems",
    "problems_to_json",
    "repair_settings",
    "report_problems",
    "resolve_template_folders",
    "runs_on_github",
    "sort_problems",
    "summarize_problems",
]
