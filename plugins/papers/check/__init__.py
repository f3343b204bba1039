"""Find everything that is wrong with a site, and report it in one place."""

from .checker import check_contents
from .external_links import LinkLocation, check_external_links
from .fixes import apply_fixes, collect_fixes, format_diff
from .internal_links import find_external_links
from .report import (
    Checked,
    count_problems,
    format_problems,
    github_annotations,
    on_github,
    problems_to_json,
    report_problems,
    sort_problems,
)
from .settings import SETTINGS_FILES, check_settings, repair_settings, resolve_template_folders
from .templates import copy_template

__all__ = [
    "Checked",
    "LinkLocation",
    "SETTINGS_FILES",
    "apply_fixes",
    "check_contents",
    "check_external_links",
    "check_settings",
    "collect_fixes",
    "copy_template",
    "count_problems",
    "find_external_links",
    "format_diff",
    "format_problems",
    "github_annotations",
    "on_github",
    "problems_to_json",
    "repair_settings",
    "report_problems",
    "resolve_template_folders",
    "sort_problems",
]
