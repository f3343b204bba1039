"""Write the site: only what has changed, on all cores."""

from .fingerprint import describe_value, digest
from .incremental import Dependencies
from .parse_cache import ParseCache, use_parse_cache
from .pelican_internals import clear_rendered_cache, generator_classes
from .profile import Profile, profile_of
from .run_state import RUN_STATE, CheckResult, RunMode, RunState, state_of
from .writer import DeferredWriter, choose_writer, finish_writing, keep_for_preview, start_writing

__all__ = [
    "CheckResult",
    "DeferredWriter",
    "Dependencies",
    "ParseCache",
    "Profile",
    "RUN_STATE",
    "RunMode",
    "RunState",
    "choose_writer",
    "clear_rendered_cache",
    "describe_value",
    "digest",
    "finish_writing",
    "generator_classes",
    "keep_for_preview",
    "profile_of",
    "start_writing",
    "state_of",
    "use_parse_cache",
]
