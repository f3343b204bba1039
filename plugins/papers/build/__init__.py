"""Write the site: only what has changed, on all cores, and beside other plugins."""

from .dependencies import Dependencies
from .fingerprint import describe_value, digest, only_our_plugin
from .parse_cache import use_parse_cache
from .pelican_internals import (
    clear_rendered_cache,
    generator_classes,
    hide_summary,
    output_path,
)
from .profile import Profile
from .run_state import RUN_STATE, CheckResult, RunMode, RunState, profile_of, state_of
from .template_cache import TemplateCache
from .writer import (
    add_output_generator,
    choose_writer,
    complete_new_content,
    hold_for_preview,
    start_writing,
)

__all__ = [
    "CheckResult",
    "Dependencies",
    "Profile",
    "RUN_STATE",
    "RunMode",
    "RunState",
    "TemplateCache",
    "add_output_generator",
    "choose_writer",
    "clear_rendered_cache",
    "complete_new_content",
    "describe_value",
    "digest",
    "generator_classes",
    "hide_summary",
    "hold_for_preview",
    "only_our_plugin",
    "output_path",
    "profile_of",
    "start_writing",
    "state_of",
    "use_parse_cache",
]
