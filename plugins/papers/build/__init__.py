"""Write the site: only what has changed, on all cores."""

from .fingerprint import describe_value, digest
from .incremental import Dependencies
from .parse_cache import ParseCache, use_parse_cache
from .profile import Profile, profile_of
from .writer import DeferredWriter, choose_writer, finish_writing, keep_for_preview, start_writing

__all__ = [
    "DeferredWriter",
    "Dependencies",
    "ParseCache",
    "Profile",
    "choose_writer",
    "describe_value",
    "digest",
    "finish_writing",
    "keep_for_preview",
    "profile_of",
    "start_writing",
    "use_parse_cache",
]
